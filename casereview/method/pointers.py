"""What in a text may point to somebody although it is on no list: shapes of schools, streets, numbers, conditions."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Pointer:
    kind: str
    form: re.Pattern[str]
    says: str
    offer: str


def _read() -> tuple[tuple[Pointer, ...], frozenset[str], frozenset[str]]:
    data = tomllib.loads((files(__package__) / "data" / "pointers.toml").read_text("utf-8"))
    pointers = [Pointer(p["kind"], re.compile(p["form"]), p["says"], p["offer"]) for p in data["pointer"]]
    rare = "|".join(re.escape(word) for word in data["conditions"]["words"])
    says, offer = data["conditions"]["says"], data["conditions"]["offer"]
    pointers.append(Pointer("rare condition", re.compile(rf"\b(?:{rare})\b", re.IGNORECASE), says, offer))
    return tuple(pointers), frozenset(data["generic"]), frozenset(data["ordinary"])


POINTERS, GENERIC, ORDINARY = _read()


def without_generic(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """What is a place's own, without the words that all of them have (school, road, surgery)."""
    own = tuple(token for token in tokens if token not in GENERIC and not token.isdigit())
    return own or tokens
