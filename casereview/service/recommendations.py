"""Recommendations followed as cases: read side by side, and read in from a file, each once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from casereview.case import Case
from casereview.errors import CaseReviewError, NotFound
from casereview.events import Happening, Imported
from casereview.learning.recommendation_file import LARGEST, FileRecommendation, FileSet, example_text, read_set
from casereview.learning.recommendation_gaps import gaps
from casereview.learning.recommendations import KIND, Tracked, in_order, tracked
from casereview.method.review import Rec, review_of_rows
from casereview.people import holds_any
from casereview.ports import Reading, Writing
from casereview.service.desk import Desk
from casereview.service.record_access import readable
from casereview.service.registry import KEEPERS
from casereview.text import shown
from casereview.views import Scope
from workflows.definition import Definition

WORKFLOW = "recommendation"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which recommendations are looked at; everything empty is all of them.

    answer, whose  by how they were answered; only with a position of this side
    place    only what a place says something of; also whose gaps are told
    gaps, slipped, open   only with a gap; with a date that moved; still followed
    until    only what had been said by that day, whenever it was entered here
    """

    set: str = ""
    answer: str = ""
    place: str = ""
    gaps: bool = False
    slipped: bool = False
    open: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """A recommendation with what is not known of it on the day it is looked at."""

    one: Tracked
    gaps: tuple[str, ...]


def followed(desk: Desk, asked: Asked | None = None) -> tuple[Followed, ...]:
    """The recommendations this person may know of, by set and number."""
    wanted = asked or Asked()
    day = wanted.until or desk.today
    with desk.reading() as work:
        me = desk.me(work).id
        cases = work.every_case(me, Scope(kind=KIND))
        found = [
            _tracked(desk, work, case, wanted.until) for case in cases
            if not desk.definition_of(work, case).stages[case.main.stage].void
        ]  # fmt: skip
    rows = (Followed(one, gaps(one, day, wanted.place)) for one in in_order(found))
    return tuple(row for row in rows if _wanted(row, wanted))


def _wanted(row: Followed, asked: Asked) -> bool:
    one = row.one
    return (
        (not asked.set or asked.set.casefold() in one.set.casefold())
        and (not asked.answer or one.answer.casefold() == asked.answer.casefold())
        and (not asked.place or one.whole or not asked.gaps or bool(row.gaps))
        and (not asked.gaps or bool(row.gaps))
        and (not asked.slipped or bool(one.slipped))
        and (not asked.open or not one.closed)
    )


def one_followed(desk: Desk, ref: str, until: date | None = None) -> Followed:
    """A recommendation by its reference. Raises NotFound, or CaseReviewError where the case is none."""
    with desk.reading() as work:
        case = desk.case(work, ref)
        definition = desk.definition_of(work, case)
        if definition.kind != KIND:
            raise CaseReviewError(
                f"this belongs to a recommendation, and {case.ref} is of the kind {definition.kind}", where=case.ref,
                remedy="Recommendations: casereview recommendations",
            )  # fmt: skip
        one = _tracked(desk, work, case, until)
    return Followed(one, gaps(one, until or desk.today))


def _tracked(desk: Desk, work: Reading, case: Case, until: date | None) -> Tracked:
    definition = desk.definition_of(work, case)
    total = work.records(case.id, limit=1).total
    rows, withheld = readable(desk, work, case, work.records(case.id, limit=max(total, 1)).rows)
    recs: dict[str, tuple[Rec, ...]] = dict(review_of_rows(case, definition, rows, withheld).recs)
    stage = definition.stages[case.main.stage].title
    found = tracked(case.ref, case.title, stage, case.closed is not None, recs, until)
    return found if found.text else replace(found, text=case.title)


# ---- from a file --------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ReadIn:
    """What reading a file of recommendations in brought about."""

    name: str
    created: tuple[str, ...]  # references
    known: int  # that were here already, and were left as they are
    dry_run: bool


def read_in(desk: Desk, path: str, *, dry_run: bool = False) -> ReadIn:
    """Opens a case for every recommendation of a file that is not here yet. Nothing lands from a file with a fault.

    Raises CaseReviewError, naming the place in the file; NotFound without an office.
    """
    return _land(desk, _text_of(path), shown(path, width=200), dry_run)


def read_example(desk: Desk, *, dry_run: bool = False) -> ReadIn:
    """The shipped example, read in like any file."""
    return _land(desk, example_text(), "the example", dry_run)


def _text_of(path: str) -> str:
    where = shown(path, width=200)
    try:
        with Path(path).expanduser().open("rb") as stream:
            raw = stream.read(LARGEST + 1)
        if len(raw) > LARGEST:
            says = f"is larger than {LARGEST // 1_000_000} MB: no list of recommendations is"
            raise CaseReviewError(says, where=where, remedy="Nothing was changed.")
        return raw.decode("utf-8-sig")
    except (OSError, ValueError, RuntimeError):
        remedy = "Check the path; it must be a text file in UTF-8."
        raise CaseReviewError("this file cannot be read", where=where, remedy=remedy) from None


def _land(desk: Desk, text: str, where: str, dry_run: bool) -> ReadIn:
    definition = desk.catalogue.find(WORKFLOW)
    found = read_set(text, where, definition)
    if dry_run:
        with desk.reading() as work:
            _may(desk, work)
            new = [one for one in found.found if work.case_by_key(_key(found, one)) is None]
        return ReadIn(found.name, tuple(one.number for one in new), len(found.found) - len(new), True)
    with desk.writing() as work:
        _may(desk, work)
        created = land_in(desk, work, found, where)
    return ReadIn(found.name, created, len(found.found) - len(created), False)


def _may(desk: Desk, work: Reading) -> None:
    if not holds_any(desk.me(work), KEEPERS, desk.today):
        remedy = "Ask a data officer, business manager, service manager or chair."
        raise NotFound("reading recommendations in takes an office", remedy=remedy)


def land_in(desk: Desk, work: Writing, found: FileSet, source: str) -> tuple[str, ...]:
    """The same inside a transaction that is open already; the references of what is new."""
    definition = desk.keep(work, desk.catalogue.find(WORKFLOW))
    new = [one for one in found.found if work.case_by_key(_key(found, one)) is None]
    return tuple(_open(desk, work, definition, found, one, source) for one in new)


def _key(found: FileSet, one: FileRecommendation) -> str:
    return f"recommendation:{found.key}:{one.number}"


def _open(
    desk: Desk, work: Writing, definition: Definition, found: FileSet, one: FileRecommendation, source: str
) -> str:
    """Opened here on the day it is read in; what it says has the days it was said on."""
    row: dict[str, Any] = {"set": found.name, "number": one.number}
    event = Imported(
        ref=desk.new_reference(work, definition, desk.today), title=one.title, workflow=definition.name,
        version=definition.version, hash=definition.hash, nation=desk.known(work).info.nation, stage=one.stage,
        opened=desk.today, key=_key(found, one), source=source, records=one.records, row=row,
    )  # fmt: skip
    desk.land(work, Case(desk.new_id()), (Happening(event, desk.today),), definition)
    return event.ref
