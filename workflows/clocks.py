"""The times that guidance, law and local procedures have named, each with its source and how far to rely on it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path as FilePath

from workflows.errors import Fault, WorkflowFaulty, WorkflowNotFound, did_you_mean, quoted
from workflows.lines import Path
from workflows.page import Page, Table
from workflows.span import Span
from workflows.trust import TRUST, Trust, trust

CLOCKS_FILE = FilePath(__file__).with_name("clocks.toml")
KINDS = ("guidance maximum", "indicative", "local", "local checkpoint", "case-agreed", "statutory")
EDITIONS = ("wt2010", "trial", "wt2013", "local")

_TIME = frozenset({
    "time", "words", "kind", "from", "to", "editions", "where", "years", "valid-from", "valid-to",
    "source", "trust", "start-source", "start-trust", "says",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of guidance, or what stood in its place. A first or last day that is not known is None."""

    name: str
    title: str
    start: date | None
    end: date | None
    source: str
    trust: Trust


@dataclass(frozen=True, slots=True)
class Time:
    """One figure of a clock. `span` is None where it is no single length of time; `words` then says what it is.

    start_trust  how far to rely on the day it counts from, where that differs from the figure itself
    """

    span: Span | None
    words: str
    kind: str
    start: str
    end: str
    editions: tuple[str, ...]
    where: str
    years: str
    valid_from: date | None
    valid_to: date | None
    source: str
    trust: Trust
    start_source: str
    start_trust: Trust
    says: str

    @property
    def amount(self) -> str:
        return str(self.span) if self.span else self.words

    @property
    def short(self) -> str:
        """How far to rely on it, for a list: where the figure was checked and the day it counts from was not, both."""
        if self.checked or not self.trust.checked:
            return self.trust.short
        return f"in part {self.start_trust.short}; the figure: {self.trust.short}"

    @property
    def checked(self) -> bool:
        """Whether both the figure and the day it counts from have been checked."""
        return self.trust.checked and self.start_trust.checked


@dataclass(frozen=True, slots=True)
class Clock:
    id: str
    title: str
    says: str
    times: tuple[Time, ...]


@dataclass(frozen=True, slots=True)
class Clocks:
    editions: Mapping[str, Edition]
    clocks: Mapping[str, Clock]

    def find(self, name: str) -> Clock:
        """By id, whichever way it is typed (CORE_GROUP is core-group). Raises WorkflowNotFound."""
        wanted = name.strip().lower().replace("_", "-")
        if wanted not in self.clocks:
            remedy = did_you_mean(wanted, self.clocks)
            raise WorkflowNotFound(f"There is no clock called {quoted(name)}.", remedy=remedy)
        return self.clocks[wanted]


def parse(text: str, where: str) -> tuple[Clocks, list[Fault]]:
    """What the text says, and every fault in it. Raises ValueError for a text that is no TOML."""
    page, data = Page(where, text), tomllib.loads(text)
    page.only(data, (), {"format", "editions", "clocks"})
    editions = {name: _edition(page, table, name) for name, table in page.tables(data, (), "editions").items()}
    clocks = {name: _clock(page, table, name, editions) for name, table in page.tables(data, (), "clocks").items()}
    return Clocks(editions, clocks), page.faults


@cache
def shipped() -> Clocks:
    """The list that comes with casereview. Raises WorkflowFaulty where the file was damaged."""
    try:
        found, faults = parse(CLOCKS_FILE.read_text(encoding="utf-8"), CLOCKS_FILE.name)
    except ValueError:
        found, faults = Clocks({}, {}), [Fault(CLOCKS_FILE.name, None, "", "This is not well-formed TOML.")]
    if faults:
        raise WorkflowFaulty(str(CLOCKS_FILE), faults)
    return found


def read_trust(page: Page, table: Table, path: Path, key: str = "trust", *, needed: bool = True) -> Trust | None:
    """The trust mark at a key; None where there is none, which is a fault where one is needed."""
    mark = page.text(
        table, path, key, needed="how far this can be relied on (S, V, R, L, D, E, I or M)" if needed else ""
    )
    if mark and mark not in TRUST:
        page.fault((*path, key), f"There is no trust mark {quoted(mark)}.", f"Choose from: {', '.join(TRUST)}.")
        return None
    return trust(mark) if mark else None


def _edition(page: Page, table: Table, name: str) -> Edition:
    path: Path = ("editions", name)
    page.only(table, path, {"title", "from", "to", "source", "trust"})
    return Edition(
        name,
        page.text(table, path, "title", needed="what people call it"),
        page.date(table, path, "from"),
        page.date(table, path, "to"),
        page.text(table, path, "source", needed="where this was read"),
        read_trust(page, table, path) or trust(""),
    )


def _clock(page: Page, table: Table, name: str, editions: Mapping[str, Edition]) -> Clock:
    path: Path = ("clocks", name)
    page.only(table, path, {"title", "says", "times"})
    given = table.get("times")
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) for one in given):
        page.fault(path, "It names no time.", f"Add [[clocks.{name}.times]].")
        given = []
    times = tuple(_time(page, one, (*path, "times", number), editions) for number, one in enumerate(given))
    title = page.text(table, path, "title", needed="what is timed")
    return Clock(name, title, page.text(table, path, "says"), times)


def _time(page: Page, table: Table, path: Path, editions: Mapping[str, Edition]) -> Time:
    page.only(table, path, _TIME)
    span = page.span(table["time"], (*path, "time"), hours=True) if "time" in table else None
    words = page.text(table, path, "words", needed="" if "time" in table else "the time, or why there is none")
    kind = page.text(table, path, "kind", needed="what kind of time it is")
    if kind and kind not in KINDS:
        page.fault((*path, "kind"), f"There is no kind {quoted(kind)}.", did_you_mean(kind, KINDS))
    named = page.texts(table, path, "editions")
    for edition in named:
        if edition not in editions:
            says = f"There is no edition {quoted(edition)}."
            page.fault((*path, "editions"), says, did_you_mean(edition, editions))
    mark = read_trust(page, table, path) or trust("")
    return Time(
        span,
        words,
        kind,
        page.text(table, path, "from", needed="what it counts from"),
        page.text(table, path, "to", needed="what it counts to"),
        named,
        page.text(table, path, "where"),
        page.text(table, path, "years"),
        page.date(table, path, "valid-from"),
        page.date(table, path, "valid-to"),
        page.text(table, path, "source", needed="where this was read"),
        mark,
        page.text(table, path, "start-source"),
        read_trust(page, table, path, "start-trust", needed=False) or mark,
        page.text(table, path, "says"),
    )
