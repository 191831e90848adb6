"""The findings of a review, taken apart, and the actions of every review: for whoever may read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casereview.case import Case
from casereview.describe import Names
from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.method.actions import ORDERS, WORDS, Action, actions_of, in_order
from casereview.method.findings import ACTION, FINDING, GRADES, IMPACT, Anatomy, anatomy, findings
from casereview.method.lists import plain
from casereview.method.review import Rec, review_of_rows
from casereview.ports import Reading
from casereview.service.desk import Desk
from casereview.service.method_settings import lists_in
from casereview.service.record_access import readable
from casereview.service.review import KIND, review_in
from casereview.views import RecordRow, Scope
from workflows.definition import Definition, RecordKind


@dataclass(frozen=True, slots=True)
class Found:
    """What a review found: findings by pattern; kept apart, additional learning; beside them, what taking part taught.

    total     how many findings there are before any of them is left out by what was asked
    withheld  how many findings this reader may not read
    """

    ref: str
    title: str
    rows: tuple[Anatomy, ...]
    total: int
    additional: tuple[Rec, ...]
    learned: tuple[Rec, ...]
    withheld: int
    names: Names
    definition: Definition

    @property
    def kind(self) -> RecordKind | None:
        return self.definition.records.get(FINDING)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings are listed: a state, a grade of evidence, a level (or local, national, research), a pattern."""

    state: str = ""
    strength: str = ""
    level: str = ""
    category: str = ""

    def has(self, one: Anatomy) -> bool:
        rec = one.rec
        return (
            self.state in ("", rec.text("state"))
            and self.strength in ("", one.grade.word)
            and self.level in ("", rec.text("level"), one.routed)
            and self.category in ("", rec.text("category"), *rec.many("also_category"))
        )


def findings_of(desk: Desk, ref: str, wanted: Wanted | None = None) -> Found:
    """The findings of a review. Raises CaseReviewError for a state, grade, level or pattern there is not."""
    with desk.reading() as work:
        case = desk.case(work, ref)
        review = review_in(desk, work, case)
        lists = lists_in(work)
        asked = _spelt(wanted or Wanted(), review.definition.records.get(FINDING), tuple(lists.routing))
        rows = findings(review, lists)
        return Found(
            case.ref, case.title, tuple(one for one in rows if asked.has(one)), len(rows),
            review.of("additional-learning"), review.of("learning-of-participants"), review.withheld.get(FINDING, 0),
            desk.known(work).names, review.definition,
        )  # fmt: skip


def _spelt(wanted: Wanted, kind: RecordKind | None, routed: tuple[str, ...]) -> Wanted:
    """As the workflow spells it: any case, and the beginning of a word where only one begins so."""

    def options(field: str) -> tuple[str, ...]:
        return kind.fields[field].options if kind and field in kind.fields else ()

    return Wanted(
        _one(wanted.state, options("state"), "a state of a finding"),
        _one(wanted.strength, GRADES, "a grade of evidence"),
        _one(wanted.level, (*options("level"), *routed), "a level"),
        _one(wanted.category, options("category"), "a pattern"),
    )


def _one(given: str, options: Iterable[str], what: str) -> str:
    if not given:
        return ""
    known = list(dict.fromkeys(options))
    word = plain(given)
    exact = [one for one in known if plain(one) == word]
    found = exact or [one for one in known if plain(one).startswith(word)]
    if len(found) == 1:
        return found[0]
    remedy = did_you_mean(given, known) if not found else f"It could be: {'; '.join(found)}."
    raise CaseReviewError(f"{given!r} is not {what}", remedy=remedy or f"One of: {'; '.join(known)}.")


@dataclass(frozen=True, slots=True)
class OneFinding:
    """A finding by itself, with the names of the workflow's fields and of people."""

    ref: str
    title: str
    one: Anatomy
    names: Names
    definition: Definition


def finding_of(desk: Desk, ref: str, number: int) -> OneFinding:
    """One finding by its record number. Raises NotFound naming those there are."""
    with desk.reading() as work:
        case = desk.case(work, ref)
        review = review_in(desk, work, case)
        rec = review.one(FINDING, number)
        if rec is None:
            known = ", ".join(str(one.number) for one in review.of(FINDING)) or "none that you may read"
            raise NotFound(f"{case.ref} has no finding {number} for you", remedy=f"There are: {known}.")
        one = anatomy(review, rec, lists_in(work))
        return OneFinding(case.ref, case.title, one, desk.known(work).names, review.definition)


# ---- actions, across reviews -----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Asked:
    """Which actions are listed. open: only those about which something is still to be done or learned."""

    open: bool = True
    stands: str = ""
    owner: str = ""
    case: str = ""
    order: str = "by-about"

    def has(self, one: Action) -> bool:
        return (
            (one.open or not self.open)
            and self.stands in ("", one.stands)
            and plain(self.owner) in plain(one.rec.text("owner"))
            and self.case in ("", one.case)
        )


def all_actions(desk: Desk, asked: Asked | None = None) -> list[Action]:
    """The actions of every review this person may know of, closed ones included: learning stays open."""
    asked = asked or Asked()
    if asked.order not in ORDERS:
        raise CaseReviewError(f"{asked.order!r} is not an order", remedy=f"One of: {', '.join(ORDERS)}.")
    if asked.stands not in ("", *WORDS):
        raise CaseReviewError(f"{asked.stands!r} is not where an action stands", remedy=f"One of: {', '.join(WORDS)}.")
    with desk.reading() as work:
        found = [one for case, rows in _by_review(desk, work) for one in _actions(desk, work, case, rows)]
    return in_order((one for one in found if asked.has(one)), asked.order)


def _by_review(desk: Desk, work: Reading) -> list[tuple[Case, list[RecordRow]]]:
    rows: dict[str, list[RecordRow]] = {}
    me = desk.me(work).id
    for case_id, row in work.every_record(me, (ACTION, IMPACT, FINDING), Scope(kind=KIND)):
        rows.setdefault(case_id, []).append(row)
    kept = {case_id for case_id, found in rows.items() if any(row.kind == ACTION for row in found)}
    return [(desk.case(work, case_id), rows[case_id]) for case_id in rows if case_id in kept]


def _actions(desk: Desk, work: Reading, case: Case, rows: list[RecordRow]) -> list[Action]:
    seen, withheld = readable(desk, work, case, rows)
    return list(actions_of(review_of_rows(case, desk.definition_of(work, case), seen, withheld)))
