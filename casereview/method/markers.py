"""The eighteen quality markers as a checklist: what was said of each, newest first, and which belong to this stage."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.method.lists import Marker, markers
from casereview.method.review import Rec, Review

LOOK = "quality-marker"
ANSWERS = ("yes", "partly", "no")


@dataclass(frozen=True, slots=True)
class Looked:
    """A marker and the looks at it, newest first. `now`: it belongs to the stage the review is in."""

    marker: Marker
    looks: tuple[Rec, ...]
    now: bool

    @property
    def answer(self) -> str:
        return self.looks[0].text("answer") if self.looks else ""

    @property
    def note(self) -> str:
        return self.looks[0].text("note") if self.looks else ""


def checklist(review: Review) -> tuple[Looked, ...]:
    """Every marker in its order; a marker of a board's own file is left as it was written."""
    stage = review.case.main.stage
    given = list(reversed(review.of(LOOK)))
    return tuple(
        Looked(one, tuple(rec for rec in given if rec.text("marker") == one.key), stage in one.stages)
        for one in markers()
    )
