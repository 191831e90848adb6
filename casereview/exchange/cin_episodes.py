"""Reads one episode of need of the census: the referral, its assessments, plans and section 47 enquiries."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, TypeAlias

from casereview.exchange import cin_records as codes
from casereview.exchange.cin_checks import KEPT, WITHOUT, Leaves, Notes, quoted
from casereview.exchange.cin_records import (
    CinAssessment,
    CinEpisode,
    CinHeader,
    CinPlan,
    CinProtectionPlan,
    CinSection47,
)
from casereview.exchange.xmlstream import Element

_EPISODE = frozenset({"CINreferralDate", "ReferralSource", "PrimaryNeedCode", "CINclosureDate"}) | {
    "ReasonForClosure",
    "DateOfInitialCPC",
    "ReferralNFA",
}
_WITHIN_EPISODE = frozenset({"Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans"})
_ASSESSMENT = frozenset({"AssessmentActualStartDate", "AssessmentInternalReviewDate", "AssessmentAuthorisationDate"})
_FACTORS = frozenset({"FactorsIdentifiedAtAssessment"})
_PLAN = frozenset({"CINPlanStartDate", "CINPlanEndDate"})
_SECTION47 = frozenset({"S47ActualStartDate", "InitialCPCtarget", "DateOfInitialCPC", "ICPCnotRequired"})
_PROTECTION = frozenset(
    {"CPPstartDate", "CPPendDate", "InitialCategoryOfAbuse", "LatestCategoryOfAbuse", "NumberOfPreviousCPP"}
)
_REVIEWS = frozenset({"Reviews"})
_MOST_PLANS = 999

Starts: TypeAlias = dict[tuple[date | None, date], int]
"""How many assessments of one child share a referral and a start so far."""


class Person(NamedTuple):
    """What the episodes of one child share."""

    child_id: str
    birth: date | None
    expected: date | None
    death: date | None
    sex: str | None
    ethnicity: str | None
    disabilities: tuple[str, ...]
    upn: str | None
    former_upn: str | None
    upn_unknown: str | None


def read_episode(header: CinHeader, person: Person, notes: Notes, detail: Element, starts: Starts) -> CinEpisode:
    """One CINdetails of one child; what cannot be used is listed in `notes`, and the rest is kept."""
    line = detail[1]
    leaves, groups = notes.split(detail, _EPISODE, _WITHIN_EPISODE)
    referral = notes.day(notes.need(leaves, "CINreferralDate", line))
    closure = notes.day(leaves.get("CINclosureDate"), "kept as not yet closed")
    _check_referral(header, notes, leaves, referral, closure)
    assessments = [_assessment(notes, held, referral, starts) for held in groups.get("Assessments", ())]
    plans = [_plan(notes, held) for held in groups.get("CINPlanDates", ())]
    enquiries = [_section47(notes, held) for held in groups.get("Section47", ())]
    protection = [_protection(notes, held) for held in groups.get("ChildProtectionPlans", ())]
    return CinEpisode(
        child_id=person.child_id,
        authority=header.authority,
        birth_date=person.birth,
        expected_birth_date=person.expected,
        death_date=person.death,
        sex_or_gender=person.sex,
        ethnicity=person.ethnicity,
        disabilities=person.disabilities,
        upn=person.upn,
        former_upn=person.former_upn,
        upn_unknown=person.upn_unknown,
        referral_date=referral,
        referral_source=notes.code(
            notes.need(leaves, "ReferralSource", line), codes.REFERRAL_SOURCES, codes.SOURCE_YEARS
        ),
        primary_need=notes.code(leaves.get("PrimaryNeedCode"), codes.PRIMARY_NEEDS),
        closure_date=closure,
        closure_reason=notes.code(leaves.get("ReasonForClosure"), codes.CLOSURE_REASONS, codes.CLOSURE_YEARS),
        initial_cpc_date=notes.day(leaves.get("DateOfInitialCPC")),
        referral_nfa=notes.flag(notes.need(leaves, "ReferralNFA", line)),
        assessments=tuple(read for read in assessments if read),
        cin_plans=tuple(read for read in plans if read),
        section47s=tuple(read for read in enquiries if read),
        cp_plans=tuple(read for read in protection if read),
        line=line,
    )


def _check_referral(
    header: CinHeader, notes: Notes, leaves: Leaves, referral: date | None, closure: date | None
) -> None:
    if referral is None:
        return
    line = leaves["CINreferralDate"][1]
    if header.reference_date and referral > header.reference_date:
        says = f"CINreferralDate {referral} is after the reference date {header.reference_date}"
        notes.add(line, says, KEPT)
    if closure and closure < referral:
        notes.add(line, f"CINclosureDate {closure} is before the referral {referral}", KEPT)


def _assessment(notes: Notes, held: Element, referral: date | None, starts: Starts) -> CinAssessment | None:
    line = held[1]
    refused = "refused this assessment"
    leaves, groups = notes.split(held, _ASSESSMENT, _FACTORS)
    start = notes.day(notes.need(leaves, "AssessmentActualStartDate", line, refused, True), refused, True)
    review = notes.day(leaves.get("AssessmentInternalReviewDate"))
    end = notes.day(leaves.get("AssessmentAuthorisationDate"), "kept as not yet authorised")
    factors = _factors(notes, groups)
    if start is None:
        notes.lose(1)
        return None
    # Counted also when refused below, so that putting the dates right later does not change another's key.
    ordinal = starts[referral, start] = starts.get((referral, start), 0) + 1
    if end and end < start:
        notes.add(line, f"the assessment ends on {end}, before it starts on {start}", refused, True, 1)
        return None
    if referral and start < referral:
        notes.add(line, f"the assessment starts on {start}, before the referral on {referral}", KEPT)
    if review and (review < start or (end and review > end)):
        notes.add(line, f"the internal review on {review} lies outside the assessment", KEPT)
    return CinAssessment(start, review, end, factors, ordinal, line)


def _factors(notes: Notes, groups: dict[str, list[Element]]) -> tuple[str, ...]:
    if not groups:
        return ()
    given = notes.listed(groups, "FactorsIdentifiedAtAssessment", "AssessmentFactors")
    without = "kept without the factor"
    known = (notes.code(leaf, codes.FACTORS, codes.FACTOR_YEARS, without) for leaf in given)
    return tuple(code for code in known if code)


def _plan(notes: Notes, held: Element) -> CinPlan | None:
    leaves, _ = notes.split(held, _PLAN)
    refused = "refused this plan"
    start = notes.day(notes.need(leaves, "CINPlanStartDate", held[1], refused, True), refused, True)
    end = notes.day(leaves.get("CINPlanEndDate"), "kept as not yet ended")
    if start is None or _backwards(notes, held, "plan", start, end):
        return None
    return CinPlan(start, end, held[1])


def _section47(notes: Notes, held: Element) -> CinSection47 | None:
    leaves, _ = notes.split(held, _SECTION47)
    refused = "refused this section 47 enquiry"
    start = notes.day(notes.need(leaves, "S47ActualStartDate", held[1], refused, True), refused, True)
    target = notes.day(leaves.get("InitialCPCtarget"))
    conference = notes.day(leaves.get("DateOfInitialCPC"))
    not_required = notes.flag(notes.need(leaves, "ICPCnotRequired", held[1]))
    return CinSection47(start, target, conference, not_required, held[1]) if start else None


def _protection(notes: Notes, held: Element) -> CinProtectionPlan | None:
    leaves, groups = notes.split(held, _PROTECTION, _REVIEWS)
    line = held[1]
    refused = "refused this plan"
    start = notes.day(notes.need(leaves, "CPPstartDate", line, refused, True), refused, True)
    end = notes.day(leaves.get("CPPendDate"), "kept as not yet ended")
    initial = notes.code(notes.need(leaves, "InitialCategoryOfAbuse", line), codes.ABUSE_CATEGORIES)
    latest = notes.code(notes.need(leaves, "LatestCategoryOfAbuse", line), codes.ABUSE_CATEGORIES)
    previous = _count(notes, notes.need(leaves, "NumberOfPreviousCPP", line))
    given = notes.listed(groups, "Reviews", "CPPreviewDate") if groups else []
    reviews = tuple(day for leaf in given if (day := notes.day(leaf, "kept without the review")))
    if start is None or _backwards(notes, held, "child protection plan", start, end):
        return None
    return CinProtectionPlan(start, end, initial, latest, previous, reviews, line)


def _backwards(notes: Notes, held: Element, what: str, start: date, end: date | None) -> bool:
    if end is None or end >= start:
        return False
    notes.add(held[1], f"the {what} ends on {end}, before it starts on {start}", "refused this plan", True)
    return True


def _count(notes: Notes, leaf: Element | None) -> int | None:
    # The schemas of 2017 to 2024 ask for 1 or more, yet a first plan has none before it: 0 is accepted.
    if leaf is None:
        return None
    text = leaf[2].strip()
    if text.isascii() and text.isdigit() and len(text) <= 9 and int(text) <= _MOST_PLANS:
        return int(text)
    notes.add(leaf[1], f"{leaf[0]} “{quoted(text)}” is not a number of plans", WITHOUT)
    return None
