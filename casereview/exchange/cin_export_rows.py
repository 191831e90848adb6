"""One case as what a census return may say of it: as its own return said, or as it was recorded here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from casereview.case import Case
from casereview.exchange.cin_export_notes import Note
from casereview.exchange.cin_export_said import Said, said_of
from casereview.exchange.cin_factors import factors_recorded
from casereview.exchange.cin_records import CinAssessment, CinEpisode
from casereview.exchange.landing_rows import SOURCES
from casereview.ports import Reading
from casereview.service.desk import Desk
from workflows.definition import Definition

# The census codes of who referred, where one option of the shipped referral record is exactly one code. Of "health
# service" and the council's own services the census asks for more than is recorded.
_ALIKE = {words: [code for code, said in SOURCES.items() if said == words] for words in set(SOURCES.values())}
SOURCE_CODES = {
    **{words: codes[0] for words, codes in _ALIKE.items() if len(codes) == 1},
    "young person": "1C", "another authority": "5C", "voluntary organisation": "8", "other": "8",
    "neighbour or acquaintance": "1B",
}  # fmt: skip
UNKNOWN_SOURCE, NEED_NOT_STATED = "10", "N0"
# How an episode of need ends, where the decision of the shipped workflows says that it does.
ENDS = {"no further action": "RC8", "early help": "RC9"}
PASSED_ON = {"transferred": "RC5"}  # by the stage the case ended in


@dataclass(frozen=True, slots=True)
class CensusYear:
    """The year from 1 April to 31 March `number`."""

    number: int

    @property
    def begins(self) -> date:
        return date(self.number - 1, 4, 1)

    @property
    def ends(self) -> date:
        return date(self.number, 3, 31)

    def __contains__(self, day: date) -> bool:
        return self.begins <= day <= self.ends


@dataclass(frozen=True, slots=True)
class Part:
    """What one case gives to the return of one child: an episode with one assessment, or with none.

    said   the census year of the file it came from, 0 where it was recorded here
    """

    case: str
    child: str  # the id in this store
    episode: CinEpisode
    said: int = 0


def parts_of(
    desk: Desk, work: Reading, case: Case, year: CensusYear, authority: str, notes: list[Note]
) -> Iterator[Part]:
    """What a case gives to the return of a year; nothing where it is not in it. What is missing goes to `notes`."""
    definition = desk.definition_of(work, case)
    if definition.stages[case.main.stage].void or case.opened > year.ends:
        return
    authorised = authorised_on(definition, case)
    said = said_of(work, case, year.number)
    if said is not None and said.authority == authority:
        yield from _as_said(work, case, said, authorised, year, notes)
        return
    if (over := authorised or case.closed) is not None and over < year.begins:
        return
    if said is not None:
        says = f"it came in a file of the authority {said.authority}"
        notes.append(_left_out(case, said.child, "LEA", says, "the case is not in the return"))
        return
    if not case.children:
        notes.append(_left_out(case, "", "LAchildID", "no child is recorded on it", "the case is not in the return"))
    for child in case.children:
        yield from _as_recorded(work, case, child, authority, authorised, year, notes)


def authorised_on(definition: Definition, case: Case) -> date | None:
    """The day the work ended with its manager's word: when the main expectation ended as it was meant to."""
    main = definition.main_expectation()
    run = case.runs.get(main.name) if main else None
    if run is not None:
        return None if run.cut_short else run.ended
    done = definition.importing.done if definition.importing else ""
    return case.closed if case.main.stage == done else None


def own_id(child: str, authority: str) -> str:
    """The child as the authority calls it: an id of this store, without the authority in front."""
    return child.removeprefix(f"{authority}-") or child


def _left_out(case: Case, child: str, element: str, says: str, done: str) -> Note:
    return Note(case.ref, child, element, says, done, left_out=True)


# ---- what a return said ------------------------------------------------------------------------------------------
def _as_said(
    work: Reading, case: Case, said: Said, authorised: date | None, year: CensusYear, notes: list[Note]
) -> Iterator[Part]:
    """The row as it was said; where no file of this year said it, as things stood on its last day."""
    (row,) = said.episode.assessments
    if said.episode.referral_date is None:
        if row.start <= year.ends and (row.authorised or year.ends) >= year.begins:
            says = "the file it came from gave no referral date, and the census has no code for an unknown day"
            done = "the child is not in the return for this case"
            notes.append(_left_out(case, said.child, "CINreferralDate", says, done))
        return
    stored = case.children[0] if case.children else f"{said.authority}-{said.child}"
    if row.authorised is None and authorised is not None and authorised <= year.ends:
        row = replace(row, authorised=authorised)  # finished here since
    if row.authorised is not None and (here := factors_recorded(work, case, stored, notes, said.child)):
        row = replace(row, factors=here)  # what was recorded here is the newer word
    episode = said.episode
    if said.year != year.number:
        if row.authorised is not None and row.authorised < year.begins:
            return
        row, episode = _row_as_at(row, year), _episode_as_at(episode, year)
    if said.year != year.number and not _belongs(case, said.child, row, year, notes):
        yield Part(case.ref, stored, replace(episode, assessments=()), said.year)
        return
    yield Part(case.ref, stored, replace(episode, assessments=(row,)), said.year)


def _row_as_at(row: CinAssessment, year: CensusYear) -> CinAssessment:
    if row.authorised is not None and row.authorised > year.ends:
        row = replace(row, authorised=None, factors=())  # factors are given once it is completed
    return replace(row, internal_review=_by(row.internal_review, year))


def _by(day: date | None, year: CensusYear) -> date | None:
    return day if day is not None and day <= year.ends else None


def _episode_as_at(said: CinEpisode, year: CensusYear) -> CinEpisode:
    """Without what came after the year, and without what was over before it."""
    closed = _by(said.closure_date, year)
    enquiries = [
        replace(s, conference=_by(s.conference, year))
        for s in said.section47s
        if s.start in year or (s.start < year.begins and s.conference is not None and s.conference >= year.begins)
    ]
    return replace(
        said,
        closure_date=closed,
        closure_reason=said.closure_reason if closed else None,
        initial_cpc_date=day if (day := said.initial_cpc_date) and day in year else None,
        section47s=tuple(enquiries),
        cin_plans=tuple(replace(p, end=_by(p.end, year)) for p in said.cin_plans if _runs(p.start, p.end, year)),
        cp_plans=tuple(
            replace(p, end=_by(p.end, year), reviews=tuple(d for d in p.reviews if d <= year.ends))
            for p in said.cp_plans
            if _runs(p.start, p.end, year)
        ),
    )


def _runs(start: date, end: date | None, year: CensusYear) -> bool:
    return start <= year.ends and (end is None or end >= year.begins)


def _belongs(case: Case, child: str, row: CinAssessment, year: CensusYear, notes: list[Note]) -> bool:
    """Whether an assessment has a place in the return: an open one only if it began in the year (rule 8736)."""
    if row.authorised is not None or row.start >= year.begins:
        return True
    says = (
        f"it began on {row.start}, before the year, and was open on {year.ends}: the return has a place only for "
        "open assessments that began in the year (rule 8736)"
    )
    notes.append(_left_out(case, child, "Assessments", says, "the episode is in the return without it"))
    return False


# ---- what was recorded here ----------------------------------------------------------------------------------------
def _as_recorded(
    work: Reading, case: Case, stored: str, authority: str, authorised: date | None, year: CensusYear,
    notes: list[Note],
) -> Iterator[Part]:  # fmt: skip
    child = own_id(stored, authority)
    referral = _newest(work, case, "referral", "received_on", year)
    received = _date_in(referral, "received_on")
    if received is None:
        says = "no referral with the day it came is recorded, and the census has no code for an unknown day"
        notes.append(_left_out(case, child, "CINreferralDate", says, "the child is not in the return for this case"))
        return
    closed, why = _closure(work, case, child, year, notes)
    episode = CinEpisode(
        child, authority, referral_date=received, referral_source=_source(case, child, referral, notes),
        referral_nfa=False, closure_date=closed, closure_reason=why,
    )  # fmt: skip
    done = _by(authorised, year)
    found = factors_recorded(work, case, stored, notes, child) if done is not None else ()
    row = CinAssessment(case.opened, _reviewed(work, case, year), done, found)
    if authorised is None and case.closed is not None and case.closed <= year.ends:
        says = f"it ended on {case.closed} without being authorised; the census knows only a start and an authorisation"
        notes.append(_left_out(case, child, "Assessments", says, "the episode is in the return without it"))
    elif _belongs(case, child, row, year, notes):
        episode = replace(episode, assessments=(row,))
    yield Part(case.ref, stored, episode)


def _newest(work: Reading, case: Case, kind: str, field: str, year: CensusYear) -> dict[str, Any]:
    """The newest record of a kind that is not from after the year; empty where there is none."""
    if kind not in case.records:
        return {}
    for record in work.records(case.id, kind=kind, limit=500).rows:
        if not record.withdrawn and (_date_in(record.values, field) or record.on) <= year.ends:
            return record.values
    return {}


def _date_in(values: dict[str, Any], field: str) -> date | None:
    text = values.get(field)
    return date.fromisoformat(text) if isinstance(text, str) and text else None


def _reviewed(work: Reading, case: Case, year: CensusYear) -> date | None:
    """The last checkpoint review held by the end of the year: the census has a place for one."""
    held = _date_in(_newest(work, case, "checkpoint-review", "held_on", year), "held_on")
    return held if held is not None and held >= case.opened else None


def _source(case: Case, child: str, referral: dict[str, Any], notes: list[Note]) -> str:
    words = str(referral.get("source") or "")
    if words == "not known":
        return UNKNOWN_SOURCE
    if (code := SOURCE_CODES.get(words)) is not None:
        return code
    says = f"recorded is “{words}”; the census asks for more than that" if words else "who referred is not recorded"
    notes.append(Note(case.ref, child, "ReferralSource", says, f"written as {UNKNOWN_SOURCE}, its code for unknown"))
    return UNKNOWN_SOURCE


def _closure(
    work: Reading, case: Case, child: str, year: CensusYear, notes: list[Note]
) -> tuple[date | None, str | None]:
    """The end of the episode, only where the decision says that no need goes on. Help decided on leaves it open."""
    if case.closed is None or case.closed > year.ends:
        return None, None
    if (passed := PASSED_ON.get(case.main.stage)) is not None:
        return case.closed, passed
    reason = ENDS.get(str(_newest(work, case, "decision", "decided_on", year).get("help")))
    if reason == "RC9" and year.number < 2023:
        says = "it was closed to early help, for which the census has a code only from 2023"
        notes.append(Note(case.ref, child, "ReasonForClosure", says, "the episode is written as not yet closed"))
        return None, None
    return (case.closed, reason) if reason else (None, None)
