"""The sets of published figures that are known here, each recognised by its columns and never by its file's name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from casereview.errors import CaseReviewError, did_you_mean

CIN = "Department for Education, Characteristics of children in need"
WORKFORCE = "Department for Education, Children's social work workforce"
LICENCE = "Open Government Licence v3.0"
AREA = ("time_period", "geographic_level", "country_code", "country_name", "region_code", "region_name", "new_la_code",
        "la_name")  # fmt: skip
AREA_WORKFORCE = ("time_period", "geographic_level", "geo_breakdown", "region_code", "new_la_code", "old_la_code")
# Columns that say which row it is. All others hold figures, also those a later release adds.
SAYS_WHICH = frozenset({*AREA, *AREA_WORKFORCE, "time_identifier", "category", "age_group"})
_BY_CATEGORY = ("category", "characteristic", "category_type", "characteristic_type")


@dataclass(frozen=True, slots=True)
class DataSet:
    """One published table. A file is one of it when it has all its `columns` besides those that say which area.

    key   what it is kept under, the number of the table in the release
    """

    key: str
    title: str
    publication: str
    columns: tuple[str, ...]
    area: tuple[str, ...] = AREA


def _table(key: str, title: str, columns: str) -> DataSet:
    return DataSet(key, title, CIN, tuple(columns.split()))


SETS: tuple[DataSet, ...] = (
    _table("c2", "Assessments completed, by how long they took",
           "Assessments_completed Same_day 1-10_days 11-20_days 21-30_days 31-40_days 41-45_days 46-50_days 51-60_days "
           "61+_days 25th_Percentile_days Median_days 75th_Percentile_days"),
    _table("c1", "Referrals and re-referrals", "Referrals Re_referrals Re_referrals_percent No_Further_Action_percent"),
    _table("c3", "Factors found at the end of assessment", "Episodes_with_assessment_factor Domestic_Abuse_parent"),
    _table("c4", "Section 47 enquiries and initial conferences", "Section47 ICPC Duration_0-10_days Duration_median"),
    _table("c5", "Referrals by source", "Referrals Individual Schools Police Anonymous"),
    _table("c6", "Referrals by month", "Referrals April August December March"),
    _table("b1", "Children in need", "Anypoint_episodes Started_episodes Ended_episodes Awaiting_assessment"),
    _table("b2", "Children in need with a recorded disability", "At31_episodes Autism_percent Mobility_percent"),
    _table("b3", "Children in need by primary need", "At31_episodes N1_Abuse_or_neglect N0_Not_stated"),
    _table("b4", "How long open episodes have lasted", "At31_episodes 3_months_or_less_percent 2years+_percent"),
    _table("b5", "How long ended episodes lasted", "Ended_episodes 3_months_or_less_percent 2years+_percent"),
    _table("b6", "Why episodes ended", "Ended_episodes RC1_Adopted RC7_Other"),
    _table("b7", "Child in need plans", "CINPlan_start CINPlan_end CINPlan_At31"),
    _table("d1", "Child protection plans", "CPP_start CPP_end CPP_anypoint CPP_At31"),
    _table("d2", "Plans starting, by category of abuse", "CPP_start Neglect_Initial Multiple_Latest"),
    _table("d3", "Second or later plans", "CPP_start CPP_subsequent CPP_subsequent_percent"),
    _table("d4", "Plans at 31 March, by category of abuse", "CPP_At31 Neglect_Initial Multiple_Latest"),
    _table("d5", "Plans at 31 March, by how long they have run", "CPP_At31 3_months_or_less 2_years_or_more"),
    _table("d6", "Plans reviewed within the time set", "CPP_At31_3Months Reviewed_within_timescales"),
    _table("d7", "Plans ending, by how long they ran", "CPP_End 3_months_or_less 2_years_or_more"),
    _table("d8", "Plans ending in the first six months of the year", "CPP_End_first_6months 3_months_or_less"),
    _table("population", "Children aged 0 to 17, mid-year estimates", "age_group population_estimate"),
    DataSet("workforce", "Social work workforce: caseload, vacancies, agency, turnover", WORKFORCE,
            ("caseload_fte", "vacancy_rate_fte", "agency_rate_fte", "turnover_rate_fte"), AREA_WORKFORCE),
)  # fmt: skip
# Of these sets: a count, and the counts that are each a part of it.
PARTS = {"c2": (SETS[0].columns[0], SETS[0].columns[1:10])}


def set_of(columns: Collection[str], where: str) -> DataSet:
    """The set a file with these columns is one of; the most particular where several fit.

    Raises CaseReviewError, with the nearest set and what it lacks, when it is none.
    """
    held = set(columns)
    fits = [one for one in SETS if held.issuperset((*one.area, *one.columns))]
    if fits:
        return max(fits, key=lambda one: len(one.columns))
    if "geographic_level" in held and held.intersection(_BY_CATEGORY) and "new_la_code" not in held:
        raise CaseReviewError(
            "this is a table of England alone, by kinds of children: nothing is compared with those here",
            where=where, remedy="The tables with a row for each authority are used: such as c2, c1, b1, d1.",
        )  # fmt: skip
    nearest = max(SETS, key=lambda one: len(held.intersection((*one.area, *one.columns))))
    missing = [name for name in (*nearest.area, *nearest.columns) if name not in held]
    if len(missing) <= len(nearest.columns) and len(missing) < len((*nearest.area, *nearest.columns)) / 2:
        close = did_you_mean(missing[0], held)
        looks = f"it looks like the published table {nearest.key} ({nearest.title})"
        raise CaseReviewError(
            f"{looks}, and the column {missing[0]} is missing", where=where,
            remedy=close or "Take the file as it was published.",
        )  # fmt: skip
    raise CaseReviewError(
        "its columns are those of no published table known here", where=where,
        remedy=f"Known are the Department for Education's tables {', '.join(one.key for one in SETS)}.",
    )  # fmt: skip
