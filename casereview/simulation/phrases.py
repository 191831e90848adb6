"""The small pieces of invented text that made-up cases are told with."""

from __future__ import annotations

import random
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=1)
def _all() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "data" / "phrases.toml").read_text("utf-8"))


def theme(number: int) -> dict[str, Any]:
    """One kind of worry, with everything that is said about it."""
    themes: list[dict[str, Any]] = _all()["themes"]
    return themes[number % len(themes)]


def reason(code: str) -> dict[str, str]:
    """The worker's account for a reason code: text, effect and, where one is asked for, an action."""
    found: dict[str, str] = next(r for r in _all()["reasons"] if r["code"] == code)
    return found


def pick(group: str, name: str, chance: random.Random) -> Any:
    """One of the phrases of that name, or the only one."""
    said = _all()[group][name]
    return chance.choice(said) if isinstance(said, list) else said


def listed(group: str, name: str) -> list[Any]:
    found: list[Any] = _all()[group][name]
    return found


def nested(group: str, name: str) -> Any:
    """A part of a group as it stands: pairs, or phrases by a further word."""
    return _all()[group][name]
