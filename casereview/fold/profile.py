"""A case under another timescale profile from here on."""

from __future__ import annotations

from casereview import events as ev
from casereview.case import Case
from casereview.events import Entry
from casereview.fold.time import move
from workflows.definition import Definition


def profile_changed(case: Case, entry: Entry, event: ev.ProfileChanged, definition: Definition) -> None:
    case.profile = event.profile
    move(case, event.clocks, event.targets)
