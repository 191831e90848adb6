"""Who a child of a census return is: from the details kept of the child, in the codes of the year's layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from casereview.exchange import cin_records as codes
from casereview.exchange.cin_export_notes import Note
from casereview.exchange.cin_export_rows import NEED_NOT_STATED, UNKNOWN_SOURCE
from casereview.exchange.cin_records import CinAssessment, CinEpisode, CinProtectionPlan, CinSection47

ETHNICITY_UNKNOWN = "NOBT"
NOT_SCHOOL_AGE = "UN1"
SCHOOL_AGE = 5
FIRST_WITH_PLANS = 2022  # child in need plans came into the layout
FIRST_WITH_SEX = 2025  # Sex M, F, U in the place of GenderCurrent 0, 1, 2, 9
_TO_GENDER = {"M": "1", "F": "2", "U": "0"}
_TO_SEX = {"1": "M", "2": "F", "0": "U", "9": "U"}
_UPN = re.compile(r"[A-Za-z][0-9]{11}[0-9A-Za-z]")
Say = Callable[[str, str, str], None]  # element, what is missing, what was done


def described(episode: CinEpisode, details: Mapping[str, str], year: int, say: Say) -> CinEpisode:
    """The episode with what is kept of the child. What is not known is written with the census's own code for that.

    Nothing is guessed: a missing birth date stays missing, and so does a disability.
    """
    born = _day(details, "born", "PersonBirthDate", say)
    expected = _day(details, "expected", "ExpectedPersonBirthDate", say)
    if born is None and expected is None:
        say("PersonBirthDate", "no date of birth is recorded", "left empty; the check for it (8525) will ask")
    disabilities = _listed(details, say)
    episode = replace(
        episode,
        birth_date=born,
        expected_birth_date=expected,
        death_date=_day(details, "died", "PersonDeathDate", say),
        sex_or_gender=_sex(details.get("sex or gender", ""), year, say),
        ethnicity=_code(details, "ethnicity", codes.ETHNICITIES, "Ethnicity", ETHNICITY_UNKNOWN, say),
        disabilities=disabilities,
    )
    return _numbered(episode, details, year, say)


def _day(details: Mapping[str, str], name: str, element: str, say: Say) -> date | None:
    text = details.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        say(element, f"“{text}” is not a date such as 2015-05-31", "left empty")
        return None


def _code(
    details: Mapping[str, str], name: str, known: frozenset[str], element: str, unknown: str, say: Say
) -> str:  # fmt: skip
    text = details.get(name, "").strip()
    if text in known:
        return text
    says = f"“{text}” is not a code of the census" if text else f"{name} is not recorded"
    say(element, says, f"written as {unknown}, its code for not yet obtained")
    return unknown


def _sex(text: str, year: int, say: Say) -> str:
    newer = year >= FIRST_WITH_SEX
    wanted, other = (codes.SEXES, _TO_SEX) if newer else (codes.GENDERS, _TO_GENDER)
    element = "Sex" if newer else "GenderCurrent"
    text = text.strip().upper()
    if text in wanted:
        return text
    unknown = "U" if newer else "0"
    if text in other:
        asked = "sex" if newer else "gender"
        say(element, f"kept as “{text}”; the layout of {year} asks for {asked}", f"written as {other[text]}")
        return other[text]
    says = f"“{text}” is not a code of the census" if text else "it is not recorded"
    say(element, says, f"written as {unknown}, its code for not recorded")
    return unknown


def _listed(details: Mapping[str, str], say: Say) -> tuple[str, ...]:
    given = [part.strip() for part in details.get("disabilities", "").split(",") if part.strip()]
    if not given:
        says = "no disability and no absence of one is recorded"
        say("Disability", says, "left empty: the census has a code for none, and none for not known")
    for odd in (code for code in given if code not in codes.DISABILITIES):
        say("Disability", f"“{odd}” is not a code of the census", "left out")
    return tuple(code for code in given if code in codes.DISABILITIES)


def _numbered(episode: CinEpisode, details: Mapping[str, str], year: int, say: Say) -> CinEpisode:
    """The pupil number, or the census's reason for having none."""
    upn, former = (_upn(details, name, say) for name in ("UPN", "former UPN"))
    unknown = details.get("UPN unknown") or None
    if unknown is not None and unknown not in codes.UPN_UNKNOWNS:
        say("UPNunknown", f"“{unknown}” is not a code of the census", "left out")
        unknown = None
    if upn is None and unknown is None:
        unknown = NOT_SCHOOL_AGE if _below_school_age(episode, year) else None
        if unknown is None:
            say("UPN", "no pupil number and no reason for its absence is recorded", "both left empty")
    return replace(episode, upn=upn, former_upn=former, upn_unknown=unknown)


def _upn(details: Mapping[str, str], name: str, say: Say) -> str | None:
    text = details.get(name) or None
    if text is not None and not _UPN.fullmatch(text):
        say(name.replace("former ", "Former"), f"“{text}” is not in the form of a pupil number", "left out")
        return None
    return text


def _below_school_age(episode: CinEpisode, year: int) -> bool:
    """Not yet five when the year ended: what the code UN1 says follows from the birth date."""
    born = episode.birth_date
    if born is None:
        return episode.expected_birth_date is not None
    return date(year, 3, 31) < _birthday(born, SCHOOL_AGE)


def _birthday(born: date, age: int) -> date:
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


# ---- the layout of a year ----------------------------------------------------------------------------------------
def in_layout(episode: CinEpisode, year: int, say: Say) -> CinEpisode:
    """The episode with what the year's layout has a place and a code for; the rest is said and left out."""
    if episode.cin_plans and year < FIRST_WITH_PLANS:
        say("CINPlanDates", f"the layout of {year} has no place for child in need plans", "left out")
        episode = replace(episode, cin_plans=())
    source, need = episode.referral_source, episode.primary_need
    if source is None or not _in_use(source, codes.SOURCE_YEARS, year):
        says = f"the layout of {year} has no code {source}" if source else "who referred is not recorded"
        say("ReferralSource", says, f"written as {UNKNOWN_SOURCE}, its code for unknown")
        source = UNKNOWN_SOURCE
    if need is None:
        say(
            "PrimaryNeedCode", "the main need is not recorded", f"written as {NEED_NOT_STATED}, its code for not stated"
        )
    reason = episode.closure_reason
    if reason is not None and not _in_use(reason, codes.CLOSURE_YEARS, year):
        say("ReasonForClosure", f"the layout of {year} has no code {reason}", "the closure is written without a reason")
        reason = None
    return replace(
        episode,
        referral_source=source,
        primary_need=need or NEED_NOT_STATED,
        closure_reason=reason,
        referral_nfa=bool(episode.referral_nfa),
        assessments=tuple(_with_factors(a, year, say) for a in episode.assessments),
        section47s=tuple(_whole_enquiries(episode.section47s, say)),
        cp_plans=tuple(_whole_plans(episode.cp_plans, say)),
    )


def _in_use(code: str, years: Mapping[str, tuple[int, int]], year: int) -> bool:
    first, last = years.get(code, (0, 9999))
    return first <= year <= last


def _with_factors(row: CinAssessment, year: int, say: Say) -> CinAssessment:
    for odd in (code for code in row.factors if not _in_use(code, codes.FACTOR_YEARS, year)):
        say("AssessmentFactors", f"the layout of {year} has no factor {odd}", "left out")
    if row.authorised is not None and not row.factors:
        say("AssessmentFactors", "no factors are recorded for a completed assessment", "left empty")
    return replace(row, factors=tuple(code for code in row.factors if _in_use(code, codes.FACTOR_YEARS, year)))


def _whole_enquiries(enquiries: Iterable[CinSection47], say: Say) -> Iterable[CinSection47]:
    for enquiry in enquiries:
        if enquiry.conference_not_required is None:
            says = f"of the enquiry of {enquiry.start} it is not recorded whether a conference was needed"
            say("Section47", says, "the enquiry was left out: the census has no code for unknown")
        else:
            yield enquiry


def _whole_plans(plans: Iterable[CinProtectionPlan], say: Say) -> Iterable[CinProtectionPlan]:
    for plan in plans:
        if plan.initial_category is None or plan.latest_category is None or plan.previous_plans is None:
            says = f"of the plan of {plan.start} the category or the number of earlier plans is not recorded"
            say("ChildProtectionPlans", says, "the plan was left out: the census has no code for unknown")
            continue
        if plan.previous_plans == 0:
            says = f"no plan came before that of {plan.start}; the copies of the layout seen here ask for 1 or more"
            say("NumberOfPreviousCPP", says, "written as 0, which is what was said")
        yield plan


def note_for(case: str, child: str, notes: list[Note]) -> Say:
    """Adds to the notes what is said of one case and child."""

    def say(element: str, says: str, done: str) -> None:
        notes.append(Note(case, child, element, says, done))

    return say
