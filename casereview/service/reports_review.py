"""The papers of a review that are for publication: made of what may be published, drafts until all is in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Literal

from casereview.case import Case
from casereview.errors import CaseReviewError
from casereview.method.publication import artefacts
from casereview.method.review import Review
from casereview.ports import Reading
from casereview.reports.document import Document, Pair, long_date
from casereview.reports.provenance import Source
from casereview.reports.review.brief import SIZES, brief
from casereview.reports.review.end import rests_on
from casereview.reports.review.report import report
from casereview.reports.review.response import response
from casereview.reports.review.told import Part, Told, missing, month, public_only, settled
from casereview.service.desk import Desk
from casereview.service.method_settings import lists_in
from casereview.service.reports import source_of
from casereview.service.review import review_in
from casereview.service.review_finished import Seen, in_finished
from casereview.service.review_numbers import newest, numbers
from casereview.views import Head

How = Literal["", "draft", "final"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A paper: as decisions on publication call it, its title, who speaks in it, and what it is made of."""

    name: str
    document: str
    title: str
    author: str
    makes: tuple[Callable[[Told], Iterator[Part]], ...]  # the fullest first
    long: bool = True  # a title page of its own, contents, and a page on where it comes from
    numbered: bool = False  # its parts are numbered
    pages: int = 0  # at most so many: the first of `makes` that keeps to it; 0: as many as it takes


REPORT = Kind("review", "report", "Review report", "The lead reviewers", (report,), numbered=True)
BRIEFS = tuple(partial(brief, size=size) for size in SIZES)
BRIEF = Kind("brief", "learning brief", "Learning brief", "The lead reviewers", BRIEFS, long=False, pages=2)
RESPONSE = Kind("response", "board response", "The board’s response", "The board", (response,))
KINDS = {kind.name: kind for kind in (REPORT, BRIEF, RESPONSE)}


@dataclass(frozen=True, slots=True)
class Made:
    """A paper, and why it is a draft: what stands in the way of a final one, each in a sentence.

    seen  what of the identity key stands in its own text; None where whoever writes it may not look for that
    """

    document: Document
    because: tuple[str, ...]
    seen: Seen | None

    @property
    def final(self) -> bool:
        return not self.because


class NotReady(CaseReviewError):
    """A final paper was asked for, and something stands in its way."""

    status = 1


def paper(desk: Desk, ref: str, kind: Kind, how: How = "") -> Made:
    """Makes one paper: final where everything is in order, a draft otherwise, or as it is asked for.

    Raises NotFound; CaseReviewError for whoever may not read all that is published, and NotReady with everything that
    stands in the way where a final one is asked for, or would be made with something missing.
    """
    told, source, decided, since = _read(desk, ref, kind)
    lacks = missing(kind.makes[0](replace(told, final=True)))
    because = [*decided, *(f"not written yet: {one.says}" for one in dict.fromkeys(lacks))]
    because += _unsaid(told.review)
    if how != "draft" and not because:
        facts = (("Published", month(since)),) if since else ()
        final = _fitting(kind, replace(told, final=True), source, "", facts)
        seen = in_finished(desk, ref, final)
        if seen is None or not seen.places:
            return Made(final, (), seen)
        because += [f"of the identity key, in it: {place}" for place in seen.places]
    if how == "final":
        raise NotReady(f"the {kind.document} cannot be final: {'; '.join(because)}", where=told.ref,
                       remedy="Without --final it is written as a draft.")  # fmt: skip
    marking = f"DRAFT of entry {told.review.case.number:,}"
    draft = _fitting(kind, told, source, marking)
    return Made(draft, tuple(because) or ("a draft was asked for",), in_finished(desk, ref, draft))


def _read(desk: Desk, ref: str, kind: Kind) -> tuple[Told, Source, list[str], date | None]:
    with desk.reading() as work:
        case = desk.case(work, ref)
        review = review_in(desk, work, case)
        withheld(review)
        told = Told(public_only(review), numbers(desk, work, case), lists_in(work), False, desk.today)
        since = next((one.since for one in artefacts(review) if one.document == kind.document), None)
        return told, of_case(desk, work, case), _undecided(review, kind), since


def withheld(review: Review) -> None:
    """Whoever may not read all that is published gets no paper: one with holes in it would say what is not so."""
    public = [kind for kind in review.definition.records.values() if kind.published]
    kinds = [kind.title for kind in public if review.withheld.get(kind.name)]
    if kinds:
        raise CaseReviewError(
            f"this paper holds what is not yours to read: {', '.join(kinds)}", where=review.case.ref,
            remedy="Ask a lead reviewer for it.",
        )  # fmt: skip


def of_case(desk: Desk, work: Reading, case: Case) -> Source:
    """Where a paper on one case comes from: the entry it stands at, whatever was written elsewhere since.

    Without the entry's place in the store, which would tell of cases that are hidden (law 7): the same for everybody.
    """
    head = Head(0, newest(desk, work, case).hash)
    return replace(source_of(desk, work, f"the review {case.ref}"), head=head)


def _undecided(review: Review, kind: Kind) -> list[str]:
    """What stands in the way of a final paper, apart from what is in it."""
    case, found = review.case, []
    states = {one.document: one.state for one in artefacts(review)}
    if (state := states.get(kind.document, "not decided")) != "published":
        decide = f"casereview record {case.ref} publication-decision"
        found.append(f"publication of the {kind.document} is {state}: {decide}")
    if case.scan is None or case.scan.entry <= case.worded:
        says = "nobody has looked through what is published since it last changed"
        found.append(f"{says}: casereview scan {case.ref} --keep")
    elif case.scan.protected:
        found.append(f"the last look through it found somebody of the identity key: casereview scan {case.ref}")
    return found


def _unsaid(review: Review) -> list[str]:
    kinds = [kind.name for kind in review.definition.records.values() if kind.published]
    return [] if kinds else ["this workflow says of no kind of record that it is published"]


# ---- the file -----------------------------------------------------------------------------------------------------
def _fitting(kind: Kind, told: Told, source: Source, marking: str, facts: tuple[Pair, ...] = ()) -> Document:
    """The fullest form that keeps to the pages there are."""
    from casereview.reports.pdf import pages_of

    forms = (_document(kind, told, source, make, marking, facts) for make in kind.makes)
    found = next(forms)
    while kind.pages and pages_of(found) > kind.pages:
        shorter = next(forms, None)
        if shorter is None:
            break
        found = shorter
    return found


def _document(
    kind: Kind, told: Told, source: Source, make: Callable[[Told], Iterator[Part]], marking: str,
    facts: tuple[Pair, ...],
) -> Document:  # fmt: skip
    case = told.review.case
    ends = rests_on(told, source, marking) if kind.long else ()
    blocks = settled((*make(told), *ends), final=told.final, numbered=kind.numbered)
    day = long_date(source.day)
    if marking:
        facts = (("Review", case.ref), ("Standing", f"{marking}; not for publication"), ("As at", day))
    if source.practice:
        facts = (*facts, ("Practice", "Everything in it is made up, for practice."))
    running = f"{kind.title}: {case.title}"
    foot = f"{case.ref} · {marking} · as at {day}" if marking else case.ref
    return Document(case.title, kind.title, source.day, kind.author, blocks, facts, running, foot,
                    contents=kind.long, marking=marking, cover=kind.long)  # fmt: skip
