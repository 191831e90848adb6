"""Timescale profiles: adopted and withdrawn by those whose office it is, in force for what starts from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from casereview.case import Case
from casereview.decide.profile import Offered
from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.events import KeptSet, ProfileChanged, inner_event
from casereview.ports import Reading, Writing
from casereview.profiles import WHAT, Act, Adopted, Adoption, adopted_from, as_body, from_kept, in_force
from casereview.service.definitions import kept_profile
from casereview.service.desk import Desk
from casereview.service.registry import require_keeper
from casereview.text import clean, shown
from workflows.definition import Definition
from workflows.profile import Profile

NONE = "none"  # what the workflow's own times are called where a profile is asked for
NO_PROFILE = "the workflow's own times"


# ---- what there is ---------------------------------------------------------------------------------------------
def adopted(desk: Desk) -> list[Adopted]:
    """Every profile kept here, adopted or withdrawn, in order of name; as known by the day of the desk."""
    with desk.reading() as work:
        known = [(one, _known_by(one, desk.today)) for one in everything(work)]
    return [now for one, now in known if now.acts or not one.acts]


def _known_by(one: Adopted, day: date) -> Adopted:
    return replace(
        one,
        adoptions=tuple(a for a in one.adoptions if a.on <= day),
        acts=tuple(a for a in one.acts if a.on <= day),
    )


def everything(work: Reading) -> list[Adopted]:
    return sorted(map(from_kept, work.kept(WHAT)), key=lambda one: (one.name, one.version))


def find(work: Reading, named: str) -> Adopted:
    """A profile kept here by NAME, NAME@VERSION or hash; of a bare name the newest adopted.

    Raises NotFound with the nearest spelling.
    """
    known = everything(work)
    wanted = named.strip()
    found = [one for one in known if wanted in (one.name, one.label, one.hash)]
    if not found:
        remedy = did_you_mean(wanted, {one.name for one in known}) if known else "See: casereview profile adopt FILE"
        raise NotFound(f"no profile {shown(clean(wanted, limit=200))} is kept here", remedy=remedy)
    return max(found, key=lambda one: max((a.on for a in one.adoptions), default=date.min))


def profile_of(work: Reading, case: Case) -> Profile | None:
    """The profile a case is under; None where it follows its workflow as written."""
    return kept_profile(work, case.profile) if case.profile else None


def starting(desk: Desk, work: Reading, definition: Definition, team: str | None, day: date) -> Definition:
    """The workflow as a case that begins on a day follows it: with the profile then in force, where there is one."""
    return desk.definition_for(work, definition.hash, in_force(known_profiles(desk, work), definition.name, team, day))


def known_profiles(desk: Desk, work: Reading) -> Sequence[Adopted]:
    """Every profile kept here, read once in a transaction: an import asks for each of its rows."""
    besides = desk.known(work).besides
    if WHAT not in besides:
        besides[WHAT] = everything(work)
    found: list[Adopted] = besides[WHAT]
    return found


@dataclass(frozen=True, slots=True)
class CaseProfile:
    """The profile of one case with what became of it: who moved the case, when, from which, and why."""

    profile: Profile | None
    changes: tuple[tuple[date, str, ProfileChanged], ...]


def case_profile(desk: Desk, ref: str) -> CaseProfile:
    with desk.reading() as work:
        case = desk.case(work, ref)
        names = desk.known(work).names
        changes = [
            (entry.on, names.person(entry.actor), event)
            for entry in work.history(case.id)
            if isinstance(event := inner_event(entry.event), ProfileChanged)
        ]
        return CaseProfile(profile_of(work, case), tuple(changes))


# ---- adopting and withdrawing ----------------------------------------------------------------------------------
def adopt(
    desk: Desk,
    profile: Profile,
    *,
    team: str = "",
    since: date | None = None,
    until: date | None = None,
    note: str = "",
) -> Adopted:
    """The authority, or one team, works by a profile from a day to a last day. For what starts then: no case moves.

    since, until   the profile's own dates where they are left out; both included
    Raises NotFound for an unknown team, CaseReviewError where the days do not fit or are another profile's.
    """
    with desk.writing() as work:
        _require_office(desk, work)
        teams = desk.known(work).teams
        if team and team not in teams:
            raise NotFound(f"there is no team {clean(team)!r}", remedy=did_you_mean(team, teams))
        adoption = _adoption(desk, profile, team, since, until)
        known = everything(work)
        _unchanged(profile, known)
        _free(adoption, profile, known)
        before = next((one for one in known if one.hash == profile.hash), None)
        mine = adopted_from(profile)
        if before is not None:
            mine = replace(mine, adoptions=before.adoptions, acts=before.acts)
        whom = desk.known(work).names.team(team) if team else "everyone"
        says = f"for {whom}, from {adoption.since}{f' to {adoption.until}' if adoption.until else ''}"
        act = Act(desk.today, desk.person, "adopted", f"{says}{f': {clean(note)}' if note else ''}")
        mine = replace(mine, adoptions=(*mine.adoptions, adoption)).did(act)
        keep(desk, work, mine)
        return mine


def _adoption(desk: Desk, profile: Profile, team: str, since: date | None, until: date | None) -> Adoption:
    first = since or profile.valid_from
    if first is None:
        raise CaseReviewError("from which day?", where=profile.label, remedy="Give it with --from DATE.")
    last = until or profile.valid_to
    if last is not None and last < first:
        raise CaseReviewError(f"it would end on {last}, before it begins on {first}", where=profile.label,
                              remedy="Give --from and --to the other way round.")  # fmt: skip
    for day, what in ((first, "begins"), (last, "ends")):
        if day is not None and not profile.valid_on(day):
            valid = f"{profile.valid_from or 'any day'} to {profile.valid_to or 'any day'}"
            raise CaseReviewError(f"it {what} on {day}, and the profile is valid from {valid}", where=profile.label,
                                  remedy="Give days within that.")  # fmt: skip
    return Adoption(team, first, last, desk.person, desk.today)


def _unchanged(profile: Profile, known: list[Adopted]) -> None:
    """A version in use never changes: cases that started under it would no longer say what they were measured by."""
    for one in known:
        if one.label == profile.label and one.hash != profile.hash and one.adoptions:
            raise CaseReviewError(
                f"profile {profile.name} version {profile.version} was adopted here with another text",
                remedy="Give the changed file a new version, then adopt that.",
            )


def _free(adoption: Adoption, profile: Profile, known: list[Adopted]) -> None:
    """Two profiles for one workflow, team and first day would leave it to chance which one a case starts under."""
    for one in known:
        shared = set(one.workflows) & set(profile.workflows)
        for other in one.adoptions:
            if shared and other.team == adoption.team and other.since == adoption.since and _lasts(other):
                whom = f"team {other.team}" if other.team else "everyone"
                raise CaseReviewError(
                    f"{one.label} begins on {other.since} for {whom} and {', '.join(sorted(shared))} already",
                    remedy=f"Withdraw it first: casereview profile withdraw {one.label} --reason …",
                )


def _lasts(adoption: Adoption) -> bool:
    """Withdrawn from its first day on, it never was in force."""
    return adoption.until is None or adoption.until >= adoption.since


def withdraw(desk: Desk, named: str, *, team: str | None = None, on: date | None = None, reason: str = "") -> Adopted:
    """Nothing more starts under a profile from a day on (today when left out). Cases that are under it stay.

    team   only that team's adoption ("" for everyone's); every one of them when None
    """
    said = clean(reason).strip()
    if not said:
        raise CaseReviewError("withdrawing a profile asks for a reason", remedy="Give it with --reason.")
    with desk.writing() as work:
        _require_office(desk, work)
        found, day = find(work, named), on or desk.today
        running = [a for a in found.adoptions if team in (None, a.team) and (a.until is None or a.until >= day)]
        if not running:
            raise CaseReviewError(f"{found.label} is not in force from {day} on", remedy="See: casereview profile list")
        last = day.fromordinal(day.toordinal() - 1)
        ended = tuple(replace(a, until=last) if a in running else a for a in found.adoptions)
        act = Act(desk.today, desk.person, "withdrawn", f"from {day}: {said}")
        found = replace(found, adoptions=ended).did(act)
        keep(desk, work, found)
        return found


def _require_office(desk: Desk, work: Reading) -> None:
    try:
        require_keeper(desk, work)
    except NotFound as no:
        raise NotFound("adopting or withdrawing a profile takes an office", remedy=no.remedy) from None


def keep(desk: Desk, work: Writing, profile: Adopted) -> None:
    desk.register(work, KeptSet(WHAT, profile.hash, "", as_body(profile)))


# ---- for a running case ----------------------------------------------------------------------------------------
def offered(desk: Desk, work: Reading, case: Case, named: str) -> Offered:
    """The profile a case is asked to move to. Raises NotFound for one that is not kept here."""
    before = kept_profile(work, case.profile).label if case.profile else NO_PROFILE
    if named.strip().casefold() == NONE:
        return Offered("", NO_PROFILE, before, desk.definition(work, case.hash))
    found = find(work, named)
    unfit = ""
    if case.workflow not in found.workflows:
        unfit = f"{found.label} says nothing of {case.workflow}."
    elif not found.valid_during(case.opened, desk.today):
        unfit = f"{found.label} was valid on no day of this case."
    return Offered(found.hash, found.label, before, desk.definition_for(work, case.hash, found.hash), unfit)
