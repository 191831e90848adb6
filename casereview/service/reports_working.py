"""Working papers of a review: the list to chase by and the agenda of a meeting. They are never for publication."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.method.agencies import RETURN, agencies
from casereview.method.meetings import MEETING, Meeting, comments, meetings
from casereview.method.review import Review
from casereview.record_readers import been_at, made_public, open_to
from casereview.reports.document import Block, Document, Pair, long_date
from casereview.reports.review.agenda import KINDS, Agenda
from casereview.reports.review.agenda import agenda as blocks_of
from casereview.reports.review.chase import chase
from casereview.service.desk import Desk
from casereview.service.method_settings import lists_in
from casereview.service.review import review_in
from casereview.service.review_numbers import touched_since
from casereview.text import shown

MARKING = "WORKING PAPER · for those who sit in the review"
OTHER = ("analysis",)  # what a kind of meeting of a local workflow is taken for


def chase_list(desk: Desk, ref: str) -> Document:
    """What is still to come from each agency. Raises CaseReviewError for whoever may not read what was asked."""
    with desk.reading() as work:
        review = review_in(desk, work, desk.case(work, ref))
    _readable(review, (RETURN, "chase", "scope"))
    found = agencies(review, desk.today)
    return _paper(desk, review, "List to chase by", chase(found, desk.today), (("Agencies", str(len(found))),))


def agenda(desk: Desk, ref: str, meeting: str) -> Document:
    """The agenda of a meeting, by the number of its record or by its kind, as far as all who come may read.

    Raises NotFound where there is no such meeting or kind, CaseReviewError where it is not this person's to read.
    """
    with desk.reading() as work:
        case = desk.case(work, ref)
        review = review_in(desk, work, case)
        _readable(review, (MEETING,))
        held = meetings(review)
        kind, this = _which(review, held, meeting)
        last = _last(desk, held, kind, this)
        touched = touched_since(work, case, last.on) if last is not None and last.on else {}
        lists = lists_in(work)
    seen = _for_all(review, kind)
    lacking = tuple(name for name in seen.recs if review.withheld.get(name))
    _readable(review, lacking)
    new = {name: count for name, count in touched.items() if name in _kinds(review, kind) and name != MEETING}
    waiting = sum(one.open for one in comments(review))
    found = Agenda(seen, lists, desk.today, kind, this, last, waiting, new)
    facts: list[Pair] = [("Meeting", kind)]
    if this is not None and this.on is not None:
        facts.append(("On", long_date(this.on)))
    return _paper(desk, review, "Agenda", blocks_of(found), tuple(facts))


def meeting_kinds(review: Review) -> tuple[str, ...]:
    """The kinds of meeting the workflow of a review knows."""
    kind = review.definition.records.get(MEETING)
    return kind.fields["kind"].options if kind and "kind" in kind.fields else ()


def _which(review: Review, held: Iterable[Meeting], said: str) -> tuple[str, Meeting | None]:
    if said.isdecimal():
        this = next((one for one in held if one.rec.number == int(said)), None)
        if this is None:
            raise NotFound(f"{review.case.ref} has no meeting {said} for you",
                           remedy=f"See: casereview meetings {review.case.ref}")  # fmt: skip
        return this.kind, this
    wanted = " ".join(said.casefold().split())
    offered = meeting_kinds(review)
    found = [kind for kind in offered if wanted and wanted in kind.casefold()]
    exact = [kind for kind in found if kind.casefold() == wanted] or found
    if len(exact) != 1:
        says = f"{shown(said, width=40)!r} is {'more than one kind' if exact else 'no kind'} of meeting here"
        remedy = f"They are: {'; '.join(offered)}" if exact or not wanted else did_you_mean(wanted, offered)
        raise CaseReviewError(says, where="--meeting", remedy=remedy)
    return exact[0], None


def _last(desk: Desk, held: Iterable[Meeting], kind: str, this: Meeting | None) -> Meeting | None:
    """The meeting of this kind before the one that comes."""
    until = this.on if this is not None and this.on else None
    before = [
        one for one in held
        if one.kind == kind and one.on is not None and (this is None or one.rec.number != this.rec.number)
        and (one.on < until if until else one.on <= desk.today)
    ]  # fmt: skip
    return before[-1] if before else None


# ---- who may see what ------------------------------------------------------------------------------------------------
def _kinds(review: Review, kind: str) -> frozenset[str]:
    """Kinds of record that everybody who comes to such a meeting may read by then."""
    meeting = KINDS.get(kind, KINDS[OTHER[0]])
    been = been_at(review.case, review.definition) | set(meeting.stages)
    public = made_public(review.case)
    roles: list[tuple[str, ...]] = [(role,) for role in meeting.audience] or [()]
    return frozenset(
        name for name, one in review.definition.records.items()
        if not one.logged and all(open_to(one, role, been, public) for role in roles)
    )  # fmt: skip


def _for_all(review: Review, kind: str) -> Review:
    """The review as far as everybody who comes may read it."""
    may = _kinds(review, kind)
    return replace(review, recs={name: recs for name, recs in review.recs.items() if name in may}, withheld={})


def _readable(review: Review, kinds: Iterable[str]) -> None:
    """Whoever may not read what a paper is made of gets none: one with holes in it would say what is not so."""
    titles = [review.definition.records[name].title for name in kinds if review.withheld.get(name)]
    if titles:
        raise CaseReviewError(
            f"this paper holds what is not yours to read: {', '.join(titles)}", where=review.case.ref,
            remedy="Ask a lead reviewer for it.",
        )  # fmt: skip


def _paper(desk: Desk, review: Review, title: str, blocks: Iterable[Block], facts: tuple[Pair, ...]) -> Document:
    case, day = review.case, long_date(desk.today)
    return Document(
        case.title, title, desk.today, "The review", tuple(blocks), (("Review", case.ref), ("As at", day), *facts),
        f"{title}: {case.title}", f"{case.ref} · entry {case.number:,} · as at {day}", contents=False, marking=MARKING,
        cover=False,
    )  # fmt: skip
