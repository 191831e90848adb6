"""The kinds of underlying patterns of both editions of the method, and how they stand beside each other: data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

EARLIER, LATER = "2008", "later"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of pattern. `label`: how it is shown."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Edition:
    key: str
    title: str
    source: str
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A row of the table that lets both editions be read side by side."""

    earlier: Kind
    later: Kind
    how: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A published review whose findings were given kinds here; `kinds`: number of the finding -> code and how sure."""

    review: str
    board: str
    edition: str
    year: str
    kinds: Mapping[int, tuple[str, str, str]]  # code, other code, how sure


@dataclass(frozen=True, slots=True)
class Patterns:
    editions: Mapping[str, Edition]
    beside: tuple[Beside, ...]
    readings: Mapping[str, Reading]
    named: Mapping[str, Mapping[str, Kind]]  # edition -> any spelling -> kind

    def kind(self, edition: str, said: str) -> Kind | None:
        """The kind a label or code means within an edition; None for a name of a board's own."""
        return self.named.get(edition, {}).get(_folded(said))

    def edition_of(self, workflow: str, options: Iterable[str]) -> str:
        """Which edition a workflow's categories belong to: by its name, or by the labels it offers."""
        if "2008" in workflow:
            return EARLIER
        found = [_folded(option) for option in options]
        shown = {key: {_folded(kind.label) for kind in edition.kinds} for key, edition in self.editions.items()}
        earlier = sum(option in shown[EARLIER] for option in found)
        return EARLIER if earlier > sum(option in shown[LATER] for option in found) else LATER


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("–", "-").replace("&", "and").split())


@lru_cache(maxsize=1)
def patterns() -> Patterns:
    """The shipped table."""
    data = tomllib.loads((files(__package__) / "data" / "patterns.toml").read_text("utf-8"))
    editions, named = {}, {}
    for key, edition in data["edition"].items():
        kinds = {code: Kind(code, kind["label"]) for code, kind in edition["kinds"].items()}
        editions[key] = Edition(key, edition["title"], edition["source"], tuple(kinds.values()))
        named[key] = {
            _folded(name): kinds[code]
            for code, kind in edition["kinds"].items() for name in (code, kind["label"], *kind["also"])
        }  # fmt: skip
    by_code = {key: {kind.code: kind for kind in edition.kinds} for key, edition in editions.items()}
    beside = tuple(
        Beside(by_code[EARLIER][row["earlier"]], by_code[LATER][row["later"]], row["how"]) for row in data["beside"]
    )
    return Patterns(editions, beside, {row["review"]: _reading(row) for row in data["reading"]}, named)


def _reading(row: dict[str, Any]) -> Reading:
    kinds = {one["number"]: (one["kind"], one["other"], one["sure"]) for one in row["findings"]}
    return Reading(row["review"], row["board"], row["edition"], row["year"], kinds)
