"""Everything by which words of a record could come out, as functions of a desk and a reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import timedelta
from typing import Any, cast

from casereview import commands as cmd
from casereview.errors import CaseReviewError
from casereview.exchange.bundle import export_bundle
from casereview.oversight.quality.beside import beside
from casereview.service import identities, overrides, quality_stories, record_reads, versions, whole
from casereview.service.asof import PastDesk, desk_at
from casereview.service.desk import Desk
from casereview.service.morning import morning
from casereview.service.quality_reading import looking
from casereview.service.reading import cases, history, records, show
from casereview.service.reports_sampled import sampled
from casereview.service.review import read_review
from casereview.service.written import record
from casereview.testing import FixedClock
from casereview.views import CaseQuery, Scope
from tests.records.keeping import DAY

Answer = Callable[[Desk, str], object]


def said(act: Callable[[], object]) -> object:
    """What came of it; an error by its words."""
    try:
        return act()
    except CaseReviewError as error:
        return (type(error).__name__, str(error), error.status)


ASKED_CLOSELY = ("referral", "conversation", "turning-point", "comment", "finding", "supervision", "meeting")


def _numbers(desk: Desk, ref: str) -> list[int]:
    """Records of a few kinds, and an entry that is none."""
    found = show(desk, ref).case.records
    return [1, *(number for kind in ASKED_CLOSELY if kind in found for number in found[kind].live)]


def _shown(desk: Desk, ref: str, **how: Any) -> object:
    view = show(desk, ref, **how)
    return view.case, view.row, view.expectations, [(one.step.name, one.asked) for one in view.steps], view.roles


def _seen_long_ago(desk: Desk, ref: str) -> object:
    return [
        said(lambda n=n: desk.do(ref, cmd.MarkLooked("x"), seen=n)) for n in (1, 30, 60, 90)  # type: ignore[misc]
    ]


def _live(desk: Desk, ref: str) -> object:
    case_id = show(desk, ref).case.id
    with looking(desk) as look:
        case = look.case(case_id)
        assert case is not None
        kinds = tuple(case.records)
        return [*look.live(case, *kinds), *(look.newest(case, kind) for kind in kinds)]


def _beside(desk: Desk, ref: str) -> object:
    with desk.reading() as work:
        return beside(desk, work, work.every_case(desk.person, Scope()))


def _then(answer: Answer) -> Answer:
    """The same question on the desk of an earlier day."""

    def asked(desk: Desk, ref: str) -> object:
        later = Desk(desk.store, FixedClock(desk.today + timedelta(9)), desk.catalogue, desk.person)
        with closing(cast(PastDesk, desk_at(later, DAY))) as past:
            return answer(past, ref)

    return asked


def _corrected(desk: Desk, ref: str) -> object:
    """Trying to correct what one may not read tells nothing of what it says."""
    guess = {"statement": "a guess", "comment": "a guess", "overview": "a guess"}
    return [said(lambda n=n: desk.do(ref, cmd.CorrectRecord(n, "x", guess))) for n in _numbers(desk, ref)]  # type: ignore[misc]


ANSWERS: Mapping[str, Answer] = {
    "records": lambda desk, ref: records(desk, ref, limit=500),
    "records in full": lambda desk, ref: records(desk, ref, limit=500, in_full=True),
    "each record": lambda desk, ref: [said(lambda n=n: record(desk, ref, n)) for n in _numbers(desk, ref)],  # type: ignore[misc]
    "history": lambda desk, ref: history(desk, ref, limit=500),
    "show": _shown,
    "show then": lambda desk, ref: _shown(desk, ref, as_at=DAY),
    "a review as a whole": lambda desk, ref: (lambda read: (read.review.recs, read.review.withheld))(
        read_review(desk, ref, showing=("conversation", "turning-point"))
    ),
    "versions": lambda desk, ref: [said(lambda n=n: versions.versions(desk, ref, n)) for n in _numbers(desk, ref)],  # type: ignore[misc]
    "who relies": lambda desk, ref: [said(lambda n=n: versions.relied_on(desk, ref, n)) for n in _numbers(desk, ref)],  # type: ignore[misc]
    "going back": lambda desk, ref: [
        said(lambda n=n: versions.go_back(desk, ref, n, 1, "x")) for n in _numbers(desk, ref)  # type: ignore[misc]
    ],
    "a conflict": _seen_long_ago,
    "a correction": _corrected,
    "cases": lambda desk, ref: [cases(desk, CaseQuery(text=text)) for text in ("", "Quill", "words", "review")],
    "live": _live,
    "beside": _beside,
    "voices": lambda desk, ref: said(lambda: quality_stories.voices_heard(desk)),
    "overrides": lambda desk, ref: overrides.overrides(desk),
    "morning": lambda desk, ref: said(lambda: morning(desk)),
    "a sample": lambda desk, ref: said(lambda: sampled(desk, ref)),
    "who read": lambda desk, ref: said(lambda: record_reads.reads(desk, ref)),
    "the key": lambda desk, ref: said(lambda: identities.identities(desk, ref, "")),
    "anchor": lambda desk, ref: said(lambda: whole.anchor(desk) and None),
    "records then": _then(lambda desk, ref: records(desk, ref, limit=500, in_full=True)),
    "history then": _then(lambda desk, ref: history(desk, ref, limit=500)),
    "a review then": _then(lambda desk, ref: read_review(desk, ref, showing=("conversation",)).review.recs),
    "the key then": _then(lambda desk, ref: said(lambda: identities.identities(desk, ref, ""))),
}


def told(desk: Desk, ref: str) -> dict[str, Any]:
    return {name: said(lambda a=answer: a(desk, ref)) for name, answer in ANSWERS.items()}  # type: ignore[misc]


def bundled(desk: Desk, ref: str, target: str) -> object:
    return said(lambda: export_bundle(desk, target, ref) and None)
