"""What follows from facts that were just written down: what else is put in motion, and what a person is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casereview.describe import describe
from casereview.events import Appointed, Entry, inner_event
from casereview.service.advice import advice

if TYPE_CHECKING:
    from casereview.case import Case
    from casereview.ports import Writing
    from casereview.service.desk import Desk
    from workflows.definition import Definition


def what_follows(
    desk: Desk, work: Writing, case: Case, definition: Definition, entries: Sequence[Entry]
) -> tuple[str, ...]:
    """Feeds the blockage board, in the same transaction; returns what was done, and what to think of next."""
    events = [inner_event(entry.event) for entry in entries]
    if any(getattr(event, "group", "") == "system cause" for event in events):
        from casereview.service.blockages import feed

        feed(desk, work, case, definition, entries)
    names = desk.known(work).names
    says = (*(describe(entry, definition, names) for entry in entries), *advice(case, entries))
    if any(isinstance(event, Appointed) for event in events):
        from casereview.service.reviewers import on_appointing

        says = (*says, *on_appointing(desk, work, case, definition, entries))
    return says
