"""What children and families said, newest first, in their own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casereview.case import Listed
from casereview.events import FamilyTold
from casereview.oversight.figures.suppress import SMALLEST, shown
from casereview.oversight.quality.listed import About, day_of, text_of
from casereview.oversight.quality.words import about
from casereview.views import RecordRow

CHILD, FAMILY = "child", "family"
STATES = (CHILD, FAMILY)
TOLD = "family-told"
NEWEST = 20_000
"""Contacts looked through for what was said, newest first; in one case all of them."""


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of record in which somebody is heard: whose voice, the fields with words, the day and who said it."""

    voice: str
    fields: tuple[str, ...]
    day: str
    who: str
    unnamed: str


SOURCES: Mapping[str, Source] = {
    "childs-words": Source(CHILD, ("words", "hopes"), "heard_on", "", "the child"),
    "family-view": Source(FAMILY, ("view", "help_asked", "differs"), "heard_on", "whose", "the family"),
    "family-involvement": Source(FAMILY, ("told_us", "represented"), "on", "whom", "the family"),
    "outcome-shared": Source(FAMILY, ("said",), "shared_on", "with_whom", "the family"),
    "goal-progress": Source(FAMILY, ("family_words",), "on", "", "the child and family"),
    "look-back": Source(FAMILY, ("helped",), "looked_on", "from_whom", "the family"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """Words before they are told with their case. kind: of record, or "family-told"; number: entry or record."""

    case_id: str
    on: date
    number: int
    kind: str
    voice: str
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody said, in which case, and where it is written down."""

    about: About
    on: date
    number: int
    kind: str
    kind_title: str
    voice: str
    who: str
    text: str

    @property
    def case(self) -> str:
        return self.about.case

    @property
    def state(self) -> str:
        return self.voice

    @property
    def words(self) -> str:
        return f"{self.case} {self.about.title} {self.who} {self.kind_title} {self.text}"


def said_in(case_id: str, row: RecordRow) -> Iterator[Said]:
    """What a record holds of somebody's words: each field a line of its own."""
    source = SOURCES[row.kind]
    on = day_of(row.values.get(source.day)) or row.on
    who = text_of(row.values.get(source.who)) or source.unnamed
    for name in source.fields:
        if text := text_of(row.values.get(name)).strip():
            yield Said(case_id, on, row.number, row.kind, source.voice, who, text)


def said_when_told(
    case_id: str, on: date, number: int, event: FamilyTold, roster: Mapping[str, Listed]
) -> Iterator[Said]:
    """What people said when they were told something; whoever referred is neither child nor family."""
    people = [roster[p] for p in event.people if p in roster and not roster[p].referrer]
    if not people or not event.said.strip():
        return
    voice = CHILD if all(one.relation.casefold() == CHILD for one in people) else FAMILY
    yield Said(case_id, on, number, TOLD, voice, ", ".join(one.label for one in people), event.said)


def in_order(rows: Iterable[Said]) -> list[Said]:
    """Newest first; of one day, by case and in the order written down."""
    return sorted(rows, key=lambda one: (-one.on.toordinal(), one.case_id, one.number))


def summed(rows: Sequence[Voice], smallest: int = SMALLEST) -> list[str]:
    if not rows:
        return ["Nothing that a child or a family said is written down here yet."]
    lines = []
    for voice, called in ((CHILD, "children"), (FAMILY, "families")):
        some = [one for one in rows if one.voice == voice]
        cases = len({one.case for one in some})
        if shown(cases, smallest) is None:
            lines.append(f"From {called}: a few.")
        else:
            entries = about(len(some), smallest, "entry", "entries")
            lines.append(f"From {called}: {entries} in {about(cases, smallest, 'case')}.")
    return lines
