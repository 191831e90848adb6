"""A thematic sample: cases drawn at random by a seed, looked at for one theme, and what was found across them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from casereview.oversight.figures.suppress import SMALLEST, shown
from casereview.oversight.quality.listed import About
from casereview.oversight.quality.looks import Look, tallied
from casereview.oversight.quality.words import counted

WHAT = "thematic-sample"
MOST = 200
LOOKED, WAITING = "looked at", "not looked at yet"


def draw(ids: Iterable[str], number: int, seed: int) -> list[str]:
    """So many of the ids, the same for the same seed on any machine, each as likely as any other.

    The order is that of a digest of seed and id: whether a further case is among the ids moves none of the others.
    """
    return sorted(set(ids), key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).digest())[:number]


def key_of(theme: str) -> str:
    """A short name for a theme, by which it is kept and asked for."""
    plain = unicodedata.normalize("NFKD", theme).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:40].strip("-")
    return slug or hashlib.sha256(theme.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Note:
    """Something done about the theme: drawn, given to somebody, said about all of it together."""

    on: date
    by: str
    by_name: str
    act: str
    text: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A case of the sample, who is to look at it, and the looks made for this theme."""

    about: About
    given_to: str
    given_name: str
    looks: tuple[Look, ...]

    @property
    def case(self) -> str:
        return self.about.case

    @property
    def state(self) -> str:
        return LOOKED if self.looks else WAITING

    @property
    def words(self) -> str:
        return f"{self.case} {self.about.title} {self.given_name} {' '.join(look.words for look in self.looks)}"


@dataclass(frozen=True, slots=True)
class Theme:
    """A thematic sample as this viewer may see it: cases they may not know of are absent, from every number too.

    asked  what the cases were drawn from, in words
    says   what was found across them; never by worker
    """

    key: str
    theme: str
    reason: str
    seed: int
    asked: str
    by: str
    by_name: str
    on: date
    cases: tuple[Drawn, ...]
    notes: tuple[Note, ...]
    says: tuple[str, ...] = field(default=())


def belongs(look: Look, theme: str, drawn_on: date, given_to: str) -> bool:
    """Whether a look was made for a theme: it says so, or names none and was made since by whoever was asked to."""
    if look.theme.strip():
        return look.theme.strip().casefold() == theme.casefold()
    return bool(given_to) and look.by == given_to and look.on >= drawn_on


def gathered(cases: Sequence[Drawn], smallest: int = SMALLEST) -> tuple[str, ...]:
    """What was found across the cases, in words and counts; nothing of a sample too small for that."""
    looks = [look for one in cases for look in one.looks]
    looked = sum(bool(one.looks) for one in cases)
    lines = [f"{looked:,} of {counted(len(cases), 'case')} looked at so far."]
    if shown(looked, smallest) is None:
        return (*lines, f"Fewer than {smallest} cases: read each of them; together they say nothing.")
    lines += tallied(looks, smallest)[1:]
    return tuple(lines)


def noted(on: date, by: str, act: str, text: str) -> dict[str, Any]:
    """One line of a theme's story, as it is kept."""
    return {"on": on.isoformat(), "by": by, "act": act, "text": text}
