"""One census assessment as the facts it becomes: what the return said, and nothing it did not say."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from casereview.calendar import Calendar
from casereview.case import Case
from casereview.clocks import Arrival, clocks_at
from casereview.codec import dumps
from casereview.errors import CaseReviewError
from casereview.events import ChildSet, Clock, Clocks, Ended, Event, Happening, Imported, ImportUpdated, Values
from casereview.exchange.cin import CinAssessment, CinEpisode
from casereview.exchange.cin_factors import in_words
from casereview.ports import Reading, Writing
from casereview.service.desk import Desk
from casereview.service.profiles import starting
from workflows.definition import Definition, Importing

MOST_DAYS = 4096  # start days whose dates are remembered
SOURCES = {  # the census codes of who referred, in the words of the shipped referral record
    "1A": "family, relative or carer", "1B": "neighbour or acquaintance", "1C": "young person", "1D": "other",
    "2A": "school", "2B": "other education service", "3A": "health service", "3B": "health service",
    "3C": "health service", "3D": "health service", "3E": "health service", "3F": "health service",
    "4": "housing", "5A": "another council service", "5B": "another council service", "5C": "another authority",
    "6": "police", "7": "court or probation", "8": "other", "9": "anonymous", "10": "not known",
}  # fmt: skip


def landing_place(definition: Definition) -> Importing:
    """Where a workflow lets imported cases land; raises CaseReviewError when it does not say."""
    if definition.importing is None:
        raise CaseReviewError(
            f"workflow {definition.name} does not say where imported cases land",
            remedy="Add an [import] section to it, or name another with --workflow.",
        )
    return definition.importing


@dataclass(frozen=True, slots=True)
class Row:
    """One assessment of a file, with what tells it from others and from itself in a later file.

    key     finds its case again; digest: changes when the file says anything else of it
    said    everything the return said of the assessment and its episode, as it said it
    child   the id of the child in this store
    """

    episode: CinEpisode
    assessment: CinAssessment
    key: str
    said: Values
    digest: str
    child: str


def row_of(episode: CinEpisode, assessment: CinAssessment) -> Row:
    said = _said(episode, assessment)
    digest = hashlib.sha256(dumps(said).encode()).hexdigest()[:32]
    return Row(episode, assessment, f"cin:{assessment.key(episode)}", said, digest, child_id(episode))


def _said(episode: CinEpisode, assessment: CinAssessment) -> Values:
    said = {
        "start": assessment.start,
        "authorised": assessment.authorised,
        "internal_review": assessment.internal_review,
        "factors": list(assessment.factors),
        "referral": episode.referral_date,
        "referral_source": episode.referral_source,
        "primary_need": episode.primary_need,
        "referral_nfa": episode.referral_nfa,
        "closure": episode.closure_date,
        "closure_reason": episode.closure_reason,
        "conference": episode.initial_cpc_date,
        "section_47": [s.start for s in episode.section47s],
        "child_protection_plans": [p.start for p in episode.cp_plans],
        "child_in_need_plans": [p.start for p in episode.cin_plans],
        **_said_of_plans(episode),
    }
    return {name: _plain(value) for name, value in said.items() if value not in (None, [])}


def _said_of_plans(episode: CinEpisode) -> dict[str, list[dict[str, object]]]:
    """Enquiries and plans with all that was said of each, so that a return can be given back whole."""
    return {
        "section_47_said": [
            {"start": s.start, "target": s.conference_target, "conference": s.conference,
             "not_required": s.conference_not_required} for s in episode.section47s
        ],
        "child_in_need_said": [{"start": p.start, "end": p.end} for p in episode.cin_plans],
        "child_protection_said": [
            {"start": p.start, "end": p.end, "initial": p.initial_category, "latest": p.latest_category,
             "previous": p.previous_plans, "reviews": list(p.reviews)} for p in episode.cp_plans
        ],
    }  # fmt: skip


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items() if item not in (None, [])}
    return value.isoformat() if isinstance(value, date) else value


def child_id(episode: CinEpisode) -> str:
    """The authority's own identifier, which is opaque, made unique by the authority."""
    return f"{episode.authority or 'unknown'}-{episode.child_id}"


def keep_children(desk: Desk, work: Writing, wanted: Mapping[str, CinEpisode]) -> None:
    """Enters children the store does not know, and adds to those it knows what the file says anew."""
    known = {child.id: child for child in work.children(list(wanted))}
    events: list[Event] = []
    for name, episode in wanted.items():
        details, child = _details(episode), known.get(name)
        held = dict(child.details) if child else {}
        if child is None or {**held, **details} != held:
            events.append(ChildSet(name, child.family if child else "", {**held, **details}))
    if events:
        desk.register(work, *events)


def _details(episode: CinEpisode) -> dict[str, str]:
    said = {
        "born": episode.birth_date,
        "expected": episode.expected_birth_date,
        "died": episode.death_date,
        "sex or gender": episode.sex_or_gender,
        "ethnicity": episode.ethnicity,
        "disabilities": ", ".join(episode.disabilities),
        "UPN": episode.upn,
        "former UPN": episode.former_upn,
        "UPN unknown": episode.upn_unknown,
    }
    return {name: str(value) for name, value in said.items() if value}


# ---- creating and updating ------------------------------------------------------------------------------------------
def create(desk: Desk, work: Writing, source: str, definition: Definition, row: Row) -> None:
    """Opens the case of one assessment where its workflow says, with no requirement evaluated."""
    importing = landing_place(definition)
    episode, assessment = row.episode, row.assessment
    definition = starting(desk, work, desk.keep(work, definition), None, assessment.start)
    nation = desk.known(work).info.nation
    done = assessment.authorised is not None
    event = Imported(
        ref=desk.new_reference(work, definition, assessment.start),
        title=f"{definition.title} of {assessment.start:%B %Y} (imported)",
        workflow=definition.name,
        version=definition.version,
        hash=definition.hash,
        nation=nation,
        stage=importing.done if done else importing.open,
        opened=assessment.start,
        key=row.key,
        source=source,
        children=(row.child,),
        closed=assessment.authorised,
        seen_by_import=row.digest,
        records=_records(definition, episode) + _factors(definition, assessment),
        row=row.said,
        reviews=(assessment.internal_review,) if assessment.internal_review else (),
        clocks=_clocks(desk, work, definition, episode, assessment, nation),
        profile=definition.under,
    )
    desk.land(work, Case(desk.new_id()), (Happening(event, desk.today),), definition)


def _records(definition: Definition, episode: CinEpisode) -> tuple[tuple[str, Values, date], ...]:
    """The referral as the workflow writes it down, where it has such a record."""
    kind = definition.records.get("referral")
    if kind is None or episode.referral_date is None:
        return ()
    values: Values = {}
    if "received_on" in kind.fields:
        values["received_on"] = episode.referral_date.isoformat()
    source = SOURCES.get(episode.referral_source or "")
    if source and "source" in kind.fields and source in kind.fields["source"].options:
        values["source"] = source
    return (("referral", values, episode.referral_date),) if values else ()


def _factors(definition: Definition, assessment: CinAssessment) -> tuple[tuple[str, Values, date], ...]:
    """The factors of a finished assessment, in the words of the workflow, where it has a record of them."""
    words = in_words(definition, assessment.factors)
    if not words or assessment.authorised is None:
        return ()
    values: Values = {"found_on": assessment.authorised.isoformat(), "factors": words}
    kept = {name: value for name, value in values.items() if name in definition.records["factors"].fields}
    return (("factors", kept, assessment.authorised),)


def _clocks(
    desk: Desk, work: Reading, definition: Definition, episode: CinEpisode, assessment: CinAssessment, nation: str
) -> Clocks:
    """What ran from the start, and, for a finished one, that it ended. Looks planned before today are not asked."""
    calendar = desk.calendar(work, nation, None)
    clocks = list(_started(definition, calendar, assessment.start))
    case = Case("", opened=assessment.start)
    for kind, values, on in _records(definition, episode):
        clocks += clocks_at(case, definition, Arrival(on, record=kind, values=values), calendar).started
    if assessment.authorised is not None:
        # a return says nothing of sight of the child and the like: what it does not know is not claimed
        clocks = [c for c in clocks if definition.expectations[c.expectation].end.kind in ("enters", "leaves")]
        return Clocks(tuple(clocks), tuple(Ended(c.expectation) for c in clocks))
    today = desk.today
    return Clocks(tuple(replace(c, checkpoints=tuple(d for d in c.checkpoints if d >= today)) for c in clocks))


_STARTED: dict[tuple[str, str, date], tuple[Clock, ...]] = {}


def _started(definition: Definition, calendar: Calendar, start: date) -> tuple[Clock, ...]:
    """What starts with an assessment: the same for all that start on a day, and a file holds few days."""
    key = (definition.key, calendar.version, start)
    if key not in _STARTED:
        if len(_STARTED) == MOST_DAYS:
            _STARTED.clear()
        arrival = Arrival(start, opened=True)
        _STARTED[key] = clocks_at(Case("", opened=start), definition, arrival, calendar).started
    return _STARTED[key]


def _new_reviews(work: Writing, case: Case, row: Row) -> tuple[date, ...]:
    """A review held that no earlier file told of; one told before is not counted twice."""
    held = row.assessment.internal_review
    told = {day for entry in work.history(case.id) for day in getattr(entry.event, "reviews", ())}
    return (held,) if held is not None and held not in told else ()


def update(desk: Desk, work: Writing, source: str, case: Case, row: Row) -> None:
    """Moves a case nobody has worked on here to where a later file says it is."""
    definition = desk.definition_of(work, case)
    importing = landing_place(definition)
    done = row.assessment.authorised
    # also what ended with an earlier file's date, which this file may have put right
    ended = [name for name, run in case.runs.items() if run.ended in (None, case.closed)]
    event = ImportUpdated(
        stage=importing.done if done else importing.open,
        source=source,
        seen_by_import=row.digest,
        closed=done,
        row=row.said,
        reviews=_new_reviews(work, case, row),
        ended=tuple((name, done) for name in ended) if done else (),
    )
    desk.land(work, case, (Happening(event, desk.today),), definition)
