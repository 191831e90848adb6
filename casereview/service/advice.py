"""What somebody should know right after they recorded something, where it does not do all that it may seem to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casereview.case import Case
from casereview.describe import day
from casereview.events import DateAgreed, Entry, inner_event


def advice(case: Case, entries: Iterable[Entry]) -> Iterator[str]:
    """Sentences to follow what was kept, with the command that does the rest."""
    for entry in entries:
        event = inner_event(entry.event)
        if isinstance(event, DateAgreed) and not event.justifies:
            yield from _date(case, event)


def _date(case: Case, event: DateAgreed) -> Iterator[str]:
    """A date moved after it had passed: the child has waited since the first one (decision 4)."""
    run = case.runs[event.expectation]
    if run.measured is not None and run.agreed == event.agreed and not run.reasons:
        yield (
            f"The date had passed when it was changed, so the time is still counted from {day(run.measured)}. "
            f"Why it takes longer is a reason of its own: casereview reason {case.ref} CODE --text … --effect …"
        )
