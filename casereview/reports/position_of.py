"""What a position paper is made of: recommendations, whose local side it tells, and the day it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casereview.learning.recommendations import LOCAL, Doing, Said, Tracked
from casereview.reports.saying import short_date

GAP = "not recorded"


@dataclass(frozen=True, slots=True)
class Line:
    """A recommendation of the paper, with what is not known of it."""

    one: Tracked
    gaps: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.one.number}  {self.one.title}".strip()


@dataclass(frozen=True, slots=True)
class Paper:
    """What a position paper is made of.

    place  whose local side it tells; every place's without it
    day    the day it speaks of
    """

    name: str
    day: date
    lines: tuple[Line, ...]
    place: str = ""

    @property
    def single(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.one.whole)

    @property
    def together(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.one.whole)

    def local(self, one: Tracked) -> tuple[Said, ...]:
        return tuple(said for said in one.newest(LOCAL) if self.place in ("", said.who))

    def actions(self, one: Tracked) -> tuple[Doing, ...]:
        return tuple(doing for doing in one.actions if self.place in ("", doing.place) or not doing.place)


def when(doing: Doing) -> str:
    return doing.by_words or (short_date(doing.by) if doing.by else GAP)
