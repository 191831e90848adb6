"""The words, heads and questions the method's prompts go by: data, with what a board added or left out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Feature:
    """One of the four features that make an approach a systems approach."""

    key: str
    title: str
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Check:
    """Something that is noticed. `since`: stages from which it is asked (none: from the beginning).

    needs  what waits for it elsewhere, where the method would not be itself without it; a prompt never blocks
    """

    key: str
    feature: str
    title: str
    asks: str
    needs: str = ""
    since: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marker:
    """A quality marker, and the stages of a review it belongs to."""

    key: str
    title: str
    part: str
    stages: tuple[str, ...]
    asks: str


@dataclass(frozen=True)
class Lists:
    """Everything the prompts go by. `terms`: a word or phrase that looks back, in small letters -> its question."""

    features: Mapping[str, Feature]
    checks: Mapping[str, Check]
    terms: Mapping[str, str]
    quoted: str
    texts: Mapping[str, tuple[str, ...]]
    routing: Mapping[str, tuple[str, ...]]
    within: frozenset[str]
    roles: tuple[str, ...]
    causes: tuple[str, ...]
    persons: tuple[str, ...]
    first: tuple[str, ...]  # kinds of meeting at which the account is looked at by those who were there
    second: tuple[str, ...]  # and the patterns
    share: int
    heard: frozenset[str]

    @cached_property
    def looks_back(self) -> re.Pattern[str]:
        """Any of the terms, the longest first, with whatever spaces a text has between its words."""
        return any_of(tuple(self.terms))

    def routed(self, level: str) -> str:
        """local, national or research; "" where the author has not said, or in words that are not known here."""
        return next((to for to, levels in self.routing.items() if level in levels), "")

    def about_practice(self, kind: str, name: str) -> bool:
        """Whether a field of a kind of record holds text about practice."""
        fields = self.texts.get(kind, ())
        return name in fields or "*" in fields


@lru_cache(maxsize=64)
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Matches any of these words or phrases as whole words, small or large letters, straight or curled apostrophes."""
    if not words:
        return re.compile(r"(?!)")
    ordered = sorted({plain(word) for word in words}, key=len, reverse=True)
    parts = (r"\s+".join(re.escape(part).replace("'", "['\u2019]") for part in word.split()) for word in ordered)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def plain(words: str) -> str:
    """A word or phrase as it is compared: small letters, single spaces, straight apostrophes."""
    return " ".join(words.casefold().replace("\u2019", "'").split())


# ---- reading the data -------------------------------------------------------------------------------------------
@lru_cache(maxsize=1)
def shipped() -> Lists:
    """The lists as they are shipped."""
    raw = _read("prompts.toml")
    looking, evidence, roles = raw["hindsight"], raw["evidence"], raw["roles"]
    return Lists(
        features={key: Feature(key, **one) for key, one in raw["features"].items()},
        checks={key: _check(key, one) for key, one in raw["checks"].items()},
        terms={plain(form): one["asks"] for one in looking["words"] for form in one["forms"]},
        quoted=looking["quoted"],
        texts={kind: tuple(names) for kind, names in looking["texts"].items()},
        routing={to: tuple(levels) for to, levels in raw["routing"].items()},
        within=frozenset(evidence["within"]),
        roles=tuple(roles["words"]),
        causes=tuple(roles["causes"]),
        persons=tuple(raw["scope"]["about-persons"]),
        first=tuple(raw["meetings"]["first"]),
        second=tuple(raw["meetings"]["second"]),
        share=raw["participants"]["share"],
        heard=frozenset(raw["participants"]["heard"]),
    )


def with_local(lists: Lists, *, added: Mapping[str, str], left_out: tuple[str, ...], share: int | None) -> Lists:
    """The lists with the words a board added (word -> question) and without those it left out."""
    gone = {plain(word) for word in left_out}
    fallback = lists.checks["hindsight"].asks
    terms = {word: asks for word, asks in lists.terms.items() if word not in gone}
    terms |= {plain(word): asks or fallback for word, asks in added.items() if plain(word)}
    return replace(lists, terms=terms, share=lists.share if share is None else share)


@lru_cache(maxsize=1)
def markers() -> tuple[Marker, ...]:
    """The quality markers, in their order."""
    raw = _read("markers.toml")["markers"]
    return tuple(Marker(key, m["title"], m["part"], tuple(m["stages"]), m["asks"]) for key, m in raw.items())


def marker_source() -> str:
    return str(_read("markers.toml")["source"])


def _check(key: str, one: dict[str, Any]) -> Check:
    return Check(key, one["feature"], one["title"], one["asks"], one.get("needs", ""), tuple(one.get("from", ())))


@lru_cache(maxsize=2)
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "data" / name).read_text("utf-8"))
