"""What a body kept for the whole authority must look like: one shape for each kind, asked of all that comes in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from casereview.method.kinds import ProtectedKind
from casereview.people import Kept
from casereview.text import shown

MOST = 10**15  # of numbers: no count, year or share of ours comes near it
_YEAR = re.compile(r"[12][0-9]{3}")
_BLOCKAGE = re.compile(r"B[0-9]{1,9}")


# ---- single values ---------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Is:
    """What a value must be, in words and as a question about it."""

    words: str
    fits: Callable[[Any], bool]


def _text(value: Any) -> bool:
    """Half a character (a lone surrogate) can be written into no store and no file."""
    return isinstance(value, str) and not any("\ud800" <= char <= "\udfff" for char in value)


def _day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value) is not None
    except ValueError:
        return False


def _whole(value: Any) -> bool:
    return type(value) is int and 0 <= value < MOST


def _figure(value: Any) -> bool:
    """A published number, or the mark in its place; what is no number at all (NaN) is not below anything."""
    return _text(value) or (type(value) in (int, float) and abs(value) < MOST)


TEXT, DAY, WHOLE = Is("text", _text), Is("a day", _day), Is("a whole number", _whole)
FROM_ONE = Is("a whole number from 1", lambda value: _whole(value) and value > 0)
FIGURE = Is("a number or a mark", _figure)
YEAR = Is("a year", lambda value: isinstance(value, str) and _YEAR.fullmatch(value) is not None)
SEED = Is("a whole number", lambda value: type(value) is int and abs(value) < 10**1000)
WHOLE_OR_NULL = Is("a whole number or null", lambda value: value is None or _whole(value))
DAY_OR_NULL = Is("a day or null", lambda value: value is None or _day(value))
DAY_OR_NOT = Is("a day", lambda value: value in ("", None) or _day(value))
ACCREDITATION = Is(
    "accredited, in training or not accredited", lambda value: value in ("accredited", "in training", "not accredited")
)
PROTECTED = Is("what an identity key holds", lambda value: isinstance(value, str) and value in get_args(ProtectedKind))
SHARE_OR_NULL = Is("0 to 100 or null", lambda value: value is None or (_whole(value) and 0 <= value <= 100))
STATUS = Is("open, escalated or removed", lambda value: value in ("open", "escalated", "removed"))

YES_NO = Is("yes or no", lambda value: isinstance(value, bool))


def _pack(value: Any) -> bool:
    """A whole learning pack, as it was checked when it was first read."""
    from casereview.learning.pack_check import is_sound

    return is_sound(value)


PACK = Is("a learning pack", _pack)

# ---- what is put together of them --------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Listed:
    each: Shape
    least: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """An object with names of its own, such as a year, and one shape for all that stands under them."""

    each: Shape
    name: Is = TEXT


Shape = Is | Listed | Named | dict[str, "Shape"]
"""An object has all of a dict's names; one that ends in "?" may be absent. Others may be there as well."""

ACT: Shape = {"on": DAY, "by": TEXT, "act": TEXT, "text": TEXT}
SAID: dict[str, Shape] = {"text": TEXT, "by": TEXT, "on": DAY}
AREA: dict[str, Shape] = {"name": TEXT, "level": TEXT, "region": TEXT}

SHAPES: dict[str, Shape] = {
    "view": {"name": TEXT, "query": TEXT, "list": TEXT, "by": TEXT},
    "answer": {"figure": TEXT, **SAID},
    "story": {"month": TEXT, "team": TEXT, "workflow": TEXT, **SAID},
    "blockage": {"text": TEXT, "team": TEXT, "code": TEXT, "weight": TEXT, "owner": TEXT, "status": STATUS,
                 "acts": Listed(ACT, 1)},
    "recipient": {"name": TEXT, "post": TEXT, "history": Listed(ACT, 1)},
    "sent": {"paper": TEXT, "name": TEXT, "post": TEXT, "on": DAY, "file": TEXT, "sha256": TEXT, "by": TEXT,
             "recorded_on": DAY},
    "assessment-of-help": {"history": Listed(ACT)},
    "thematic-sample": {"theme": TEXT, "reason": TEXT, "seed": SEED, "asked": TEXT, "by": TEXT, "on": DAY,
                        "cases": Listed({"case": TEXT, "by": TEXT}), "story": Listed(ACT)},
    "population": {"area": TEXT, "year": YEAR, "measure": TEXT, "value": TEXT, "source": TEXT},
    "service-information": {"measure": TEXT, "title": TEXT, "since": DAY, "until": DAY, "value": WHOLE,
                            "of": WHOLE_OR_NULL, "source": TEXT, "collected": DAY, "words": TEXT, "by": TEXT,
                            "on": DAY, "history?": Listed(ACT)},
    "pattern-link": {"both": Listed(TEXT, 2), "live": YES_NO, "acts": Listed(ACT, 1)},
    "learning-board": {"name": TEXT, "contact": TEXT},
    "learning-pack": {"pack": PACK, "hash": TEXT, "received_on": DAY, "by": TEXT, "file": TEXT, "seal": TEXT},
    "reviewer": {"state": ACCREDITATION, "accredited_on": DAY_OR_NULL, "accredited_by": TEXT, "training": TEXT,
                 "supervision": TEXT, "supervised_by": TEXT, "accountable": TEXT, "works_for": Listed(TEXT),
                 "note": TEXT, "history": Listed(ACT, 1)},
    "identity": {"kind": PROTECTED, "text": TEXT, "pseudonym": TEXT, "variants": Listed(TEXT), "person": TEXT},
    "read": {"person": TEXT, "on": DAY, "what": TEXT, "number": WHOLE, "kind": TEXT, "purpose": TEXT},
    "method-settings": {"added": Named(TEXT), "left_out": Listed(TEXT), "share": SHARE_OR_NULL},
    "annex-a": {"lines": Named({"list": WHOLE, "on": DAY, "end?": DAY_OR_NOT, "conference?": DAY_OR_NOT})},
    "profile": {"hash": TEXT, "name": TEXT, "version": TEXT, "title": TEXT, "authority": TEXT, "edition": TEXT,
                "workflows": Listed(TEXT), "text": TEXT, "valid_from?": DAY_OR_NULL, "valid_to?": DAY_OR_NULL,
                "acts?": Listed(ACT),
                "adoptions?": Listed({"team": TEXT, "since": DAY, "until": DAY_OR_NULL, "by": TEXT, "on": DAY})},
}  # fmt: skip
PUBLISHED: Shape = {**AREA, "years": Named(Named(FIGURE), YEAR), "releases": Named(YEAR, YEAR)}
INDEX: Shape = {"title": TEXT, "release": YEAR, "source": TEXT, "areas": Named({**AREA, "years": Listed(YEAR)})}
SETTINGS: dict[str, Shape] = {
    "smallest": {"value": FROM_ONE, "history?": Listed(ACT)},
    "look-back": {"weeks": FROM_ONE, "until": FROM_ONE, "story?": Listed(ACT)},
    "morning": {"silent_after?": FROM_ONE, "ahead?": FROM_ONE, "tell_within?": FROM_ONE, "unanswered_after?": FROM_ONE,
                "story?": Listed(ACT)},
}  # fmt: skip


def wrong_with(kept: Kept) -> str:
    """What is wrong with something kept, in a few words; "" where nothing is, or where nothing here reads its kind."""
    if not all(map(_text, (kept.what, kept.key, kept.owner))):
        return "its kind, name or owner is not text"
    shape = _shape_of(kept)
    if shape is None:
        return ""
    if kept.what == "blockage" and not _BLOCKAGE.fullmatch(kept.key):
        return "its name is not that of a blockage"
    return _wrong(kept.body, shape, "")


def readable(kept: Kept) -> bool:
    """Whether whatever reads its kind can read it: a store filled by an earlier version may hold what cannot be."""
    return not wrong_with(kept)


def _shape_of(kept: Kept) -> Shape | None:
    if kept.what == "setting":
        return SETTINGS.get(kept.key)
    if kept.what == "published":
        return INDEX if kept.key.startswith("index/") else PUBLISHED
    return SHAPES.get(kept.what)


def _wrong(value: Any, shape: Shape, place: str) -> str:
    match shape:
        case Is():
            return "" if shape.fits(value) else f"{place or 'it'} is not {shape.words}"
        case Listed():
            if not isinstance(value, list) or len(value) < shape.least:
                return f"{place or 'it'} is not a list{' of something' if shape.least else ''}"
            found = (_wrong(one, shape.each, f"{place}[{at}]") for at, one in enumerate(value))
        case Named():
            if not isinstance(value, dict):
                return f"{place or 'it'} is not an object"
            if not all(map(shape.name.fits, value)):
                return f"a name in {place or 'it'} is not {shape.name.words}"
            found = (_wrong(one, shape.each, f"{place}.{shown(name, width=40)}") for name, one in value.items())
        case _:
            return _wrong_object(value, shape, place)
    return next((wrong for wrong in found if wrong), "")


def _wrong_object(value: Any, shape: dict[str, Shape], place: str) -> str:
    if not isinstance(value, dict):
        return f"{place or 'it'} is not an object"
    for name, inner in shape.items():
        plain = name.rstrip("?")
        under = f"{place}.{plain}".lstrip(".")
        if plain in value:
            wrong = _wrong(value[plain], inner, under)
        else:
            wrong = f"{under} is missing" if name == plain else ""
        if wrong:
            return wrong
    return ""
