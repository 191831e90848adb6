"""A children in need census return of one year, from the assessments its maker may know of."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import BinaryIO

from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.exchange.cin_export_child import described, in_layout, note_for
from casereview.exchange.cin_export_notes import Note
from casereview.exchange.cin_export_rows import CensusYear, Part, parts_of
from casereview.exchange.cin_export_said import PREFIX
from casereview.exchange.cin_precheck import Finding, check_return
from casereview.exchange.cin_records import CinEpisode, CinHeader
from casereview.exchange.cin_write import write_cin
from casereview.people import holds_any
from casereview.ports import Reading
from casereview.service.desk import Desk
from casereview.service.whole import WHOLE_STORE
from casereview.text import shown
from casereview.views import Scope

FIRST_YEAR, LAST_LAYOUT = 2017, 2024
SOFTWARE = "casereview"
AT_ONCE = 500  # children read at a time
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class CinReturn:
    """What was written, what could not be, and what the sector's checks will ask.

    file      where it was written; "" when it was only checked, or when there was nothing to write
    caveats   what holds of every return made here, said each time
    """

    year: int
    authority: str
    team: str
    file: str
    children: int
    episodes: int
    assessments: int
    open: int
    notes: tuple[Note, ...]
    findings: tuple[Finding, ...]
    caveats: tuple[str, ...]


@dataclass(slots=True)
class _Gathered:
    """The episodes of the year by child, each child as the authority calls it."""

    notes: list[Note] = field(default_factory=list)
    parts: dict[str, list[Part]] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)  # cases of workflows that are none of the census's


class _Nowhere:
    """Takes what is written and keeps nothing: a check writes the whole return all the same."""

    def write(self, data: bytes) -> int:
        return len(data)


def export_cin(
    desk: Desk, year: int, target: str | os.PathLike[str] | None, *, authority: str = "", team: str = "",
    progress: Progress | None = None,
) -> CinReturn:  # fmt: skip
    """Writes the return for the year that ends on 31 March `year` into a new file, or only checks it (target None).

    Holds the year's episodes in memory, about a kilobyte each. Without `team` it takes the office of auditor or
    data officer; in either case only what this person may know of is in it (law 7), and nothing says what is not.
    Raises CaseReviewError for a year or an authority that cannot be, and NotFound where there is nothing to return.
    """
    census = _year(desk, year)
    with desk.reading() as work:
        _may(desk, work, team)
        number = authority or _only_authority(desk, work, team)
        _three_digits(number)
        gathered = _gather(desk, work, census, number, team, progress)
        episodes, refs = _episodes(work, gathered, census.number)
    if not episodes and not gathered.notes:
        says = f"there is no assessment of the census year {year} among the cases you may know of"
        raise NotFound(says, remedy=f"The year {year} runs from {census.begins} to {census.ends}.")
    made_at = desk.clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    header = CinHeader(
        year=year, reference_date=census.ends, authority=number, software=SOFTWARE, serial="001", made_at=made_at
    )
    findings = check_return(header, episodes, refs)
    if episodes:
        nowhere: BinaryIO = _Nowhere()  # type: ignore[assignment]
        write_cin(nowhere if target is None else target, header, episodes)
    rows = [row for episode in episodes for row in episode.assessments]
    return CinReturn(
        year, number, team, str(target) if target is not None and episodes else "",
        len({e.child_id for e in episodes}), len(episodes), len(rows), sum(r.authorised is None for r in rows),
        tuple(gathered.notes), findings, _caveats(desk, census, team, gathered.others),
    )  # fmt: skip


def _year(desk: Desk, year: int) -> CensusYear:
    census = CensusYear(year)
    if not FIRST_YEAR <= year <= 2099:
        raise CaseReviewError(
            f"{year} is not a census year known here", where="--year",
            remedy=f"Layouts are known from {FIRST_YEAR} on; 2024 is the year that ends on 31 March 2024.",
        )  # fmt: skip
    if census.begins > desk.today:
        raise CaseReviewError(f"the census year {year} begins on {census.begins}", where="--year")
    return census


def _may(desk: Desk, work: Reading, team: str) -> None:
    me = desk.me(work)
    if team and team not in desk.known(work).teams:
        raise NotFound(
            f"no team is known as {shown(team, width=60)!r}", remedy=did_you_mean(team, desk.known(work).teams)
        )
    if not team and not holds_any(me, WHOLE_STORE, desk.today):
        raise NotFound(
            "a return of the whole authority speaks for every child in it, and takes the office of auditor or data"
            " officer",
            remedy="Ask someone who holds it, or look at one team's part: --team TEAM",
        )


def _three_digits(authority: str) -> None:
    if not (len(authority) == 3 and authority.isascii() and authority.isdigit()):
        raise CaseReviewError(
            f"the authority {shown(authority, width=40)!r} is not a code of three digits", where="--authority",
            remedy="Give the code under which your authority sends its census.",
        )  # fmt: skip


def _only_authority(desk: Desk, work: Reading, team: str) -> str:
    """The authority whose files were read in here, where it is one."""
    found: Counter[str] = Counter()
    for case in work.every_case(desk.person, Scope(kind="assessment", team=team)):
        if case.import_key.startswith(PREFIX):
            found[case.import_key.removeprefix(PREFIX).partition("/")[0]] += 1
    if len(found) == 1:
        return next(iter(found))
    several = f" (files of {', '.join(sorted(found))} were read in)" if found else ""
    raise CaseReviewError(
        f"whose return it is has to be said{several}", where="--authority",
        remedy="Give the three digits of your authority: --authority 999",
    )  # fmt: skip


def _caveats(desk: Desk, census: CensusYear, team: str, others: Counter[str]) -> tuple[str, ...]:
    found = [
        "It holds the assessments that you may know of. A case kept to named people is in it only for those it "
        "names: ask whoever keeps such cases whether one belongs in the return.",
        "It holds children with an assessment here in the year. A child in need without one is not in it.",
    ]
    if team:
        found.append("It is one team's part, to look at; it is not a return.")
    if census.ends >= desk.today:
        found.append(f"The year is not over until {census.ends}: this is how it stands today.")
    if census.number > LAST_LAYOUT:
        found.append(
            f"The layout of {census.number} has not been seen here; the newest known is that of {LAST_LAYOUT}."
        )
    found += [
        f"{count:,} {'case follows' if count == 1 else 'cases follow'} the workflow “{shown(title)}”, which does not "
        "say where census cases land (no [import] in it), and so is taken for another kind of assessment."
        for title, count in sorted(others.items())
    ]
    return tuple(found)


# ---- gathering -----------------------------------------------------------------------------------------------------
def _gather(
    desk: Desk, work: Reading, census: CensusYear, authority: str, team: str, progress: Progress | None
) -> _Gathered:
    gathered, looked = _Gathered(), 0
    for looked, case in enumerate(
        work.every_case(desk.person, Scope(kind="assessment", team=team, opened_to=census.ends)), start=1
    ):
        if progress and looked % AT_ONCE == 0:
            progress("cases", looked, 0)
        if case.closed is not None and case.closed < census.begins and not case.import_key.startswith(PREFIX):
            continue
        if (definition := desk.definition_of(work, case)).importing is None:
            gathered.others[definition.title] += 1
            continue
        for part in parts_of(desk, work, case, census, authority, gathered.notes):
            gathered.parts.setdefault(part.child, []).append(part)
    return gathered


def _episodes(work: Reading, gathered: _Gathered, year: int) -> tuple[list[CinEpisode], dict[int, str]]:
    """Every episode, children in order of their ids; `line` of an assessment and an episode leads to its case."""
    found: list[CinEpisode] = []
    refs: dict[int, str] = {}
    ids = sorted(gathered.parts)
    for at in range(0, len(ids), AT_ONCE):
        details = {child.id: dict(child.details) for child in work.children(ids[at : at + AT_ONCE])}
        for stored in ids[at : at + AT_ONCE]:
            parts = gathered.parts.pop(stored)
            say = note_for(parts[0].case, parts[0].episode.child_id, gathered.notes)
            person = described(parts[0].episode, details.get(stored, {}), year, say)
            for episode, ref in _merged(parts, refs):
                episode = _as(person, episode)
                episode = in_layout(episode, year, note_for(ref, episode.child_id, gathered.notes))
                refs[len(refs) + 1] = ref
                found.append(replace(episode, line=len(refs)))
    found.sort(key=lambda e: (e.child_id, e.referral_date))
    return found, refs


def _as(person: CinEpisode, episode: CinEpisode) -> CinEpisode:
    return replace(
        episode, birth_date=person.birth_date, expected_birth_date=person.expected_birth_date,
        death_date=person.death_date, sex_or_gender=person.sex_or_gender, ethnicity=person.ethnicity,
        disabilities=person.disabilities, upn=person.upn, former_upn=person.former_upn,
        upn_unknown=person.upn_unknown,
    )  # fmt: skip


def _merged(parts: Iterable[Part], refs: dict[int, str]) -> list[tuple[CinEpisode, str]]:
    """One episode to a referral. What a file of the newest year says of it stands; two that differ stay two."""
    groups: dict[object, list[Part]] = {}
    for part in parts:
        groups.setdefault(part.episode.referral_date, []).append(part)
    found: list[tuple[CinEpisode, str]] = []
    for group in groups.values():
        newest = max(part.said for part in group)
        bases: dict[CinEpisode, list[Part]] = {}
        for part in group:
            if part.said == newest:
                bases.setdefault(replace(part.episode, assessments=()), []).append(part)
        older = [part for part in group if part.said != newest]
        first = next(iter(bases))
        bases[first] += older
        found += sorted((_joined(base, held, refs) for base, held in bases.items()), key=_by_ordinal)
    return found


def _joined(base: CinEpisode, parts: list[Part], refs: dict[int, str]) -> tuple[CinEpisode, str]:
    rows = []
    for part in parts:
        for row in part.episode.assessments:
            refs[len(refs) + 1] = part.case
            rows.append(replace(row, line=len(refs)))
        if base.closure_date is None and part.episode.closure_date is not None:
            base = replace(base, closure_date=part.episode.closure_date, closure_reason=part.episode.closure_reason)
    rows.sort(key=lambda row: (row.start, row.ordinal, row.line))
    if any(row.authorised is None for row in rows) and not any(part.said for part in parts):
        base = replace(base, closure_date=None, closure_reason=None)  # another assessment of it is still open
    return replace(base, assessments=tuple(rows)), parts[0].case


def _by_ordinal(found: tuple[CinEpisode, str]) -> tuple[int, int]:
    ordinals = [row.ordinal for row in found[0].assessments] or [0]
    return max(ordinals), min(ordinals)
