"""Turns our dataclasses into plain JSON values and back; built once per class, so folding stays fast."""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Plain = Any  # JSON values: None, bool, int, str, list, dict
Convert = Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


@cache
def _pair(kind: Any) -> tuple[Convert, Convert]:
    """(encode, decode) for a type hint; `_same` where JSON already holds the value."""
    origin = get_origin(kind)
    if kind in (str, int, bool, float, Any, type(None), dict, object) or origin is Literal:
        return _same, _same
    if kind is date:
        return date.isoformat, date.fromisoformat
    if kind is datetime:
        return datetime.isoformat, datetime.fromisoformat
    if is_dataclass(kind):
        return _encoder(kind), _decoder(kind)
    if origin in (Union, types.UnionType):
        return _optional(kind)
    if origin in (tuple, list):
        return _sequence(origin, get_args(kind))
    if origin is dict:
        return _mapping(get_args(kind)[1])
    raise TypeError(f"no JSON form for {kind!r}")


def _optional(kind: Any) -> tuple[Convert, Convert]:
    inner = [k for k in get_args(kind) if k is not type(None)]
    if len(inner) != 1:
        return _same, _same  # str | int | bool: JSON values already
    encode, decode = _pair(inner[0])
    if encode is _same:
        return _same, _same
    return (
        lambda value: None if value is None else encode(value),
        lambda value: None if value is None else decode(value),
    )


def _sequence(origin: Any, args: tuple[Any, ...]) -> tuple[Convert, Convert]:
    if origin is tuple and not (len(args) == 2 and args[1] is Ellipsis):
        pairs = [_pair(a) for a in args]
        return (
            lambda value: [encode(v) for (encode, _), v in zip(pairs, value, strict=True)],
            lambda value: tuple(decode(v) for (_, decode), v in zip(pairs, value, strict=True)),
        )
    encode, decode = _pair(args[0])
    build = tuple if origin is tuple else list
    if encode is _same:
        return list, build
    return (
        lambda value: [encode(v) for v in value],
        lambda value: build(decode(v) for v in value),
    )


def _mapping(inner: Any) -> tuple[Convert, Convert]:
    encode, decode = _pair(inner)
    if encode is _same:
        return dict, dict
    return (
        lambda value: {k: encode(v) for k, v in value.items()},
        lambda value: {k: decode(v) for k, v in value.items()},
    )


def _plan(cls: Any) -> list[tuple[str, Convert, Convert, Any]]:
    hints = get_type_hints(cls)
    plan = []
    for f in fields(cls):
        encode, decode = _pair(hints[f.name])
        default = f.default if f.default is not MISSING else MISSING
        if default is MISSING and f.default_factory is not MISSING:
            default = f.default_factory()
        plan.append((f.name, encode, decode, default))
    return plan


def _encoder(cls: Any) -> Convert:
    # Built on first use, so that classes may refer to each other. Values equal to the default are left
    # out: bodies stay short, and a field added later with a default changes no old digest.
    plan: list[tuple[str, Convert, Convert, Any]] = []

    def encode(value: Any) -> dict[str, Plain]:
        if not plan:
            plan.extend(_plan(cls))
        out: dict[str, Plain] = {}
        for name, enc, _, default in plan:
            item = getattr(value, name)
            if default is MISSING or item != default:
                out[name] = enc(item)
        return out

    return encode


def _decoder(cls: Any) -> Convert:
    @cache  # on first use, so that classes may refer to each other
    def plan() -> tuple[frozenset[str], list[tuple[str, Convert]]]:
        found = _plan(cls)
        return frozenset(name for name, *_ in found), [(name, dec) for name, _, dec, _ in found if dec is not _same]

    def decode(value: dict[str, Plain]) -> Any:
        known, changing = plan()  # JSON holds the others as they are
        values = dict(value) if value.keys() <= known else {k: v for k, v in value.items() if k in known}
        for name, dec in changing:
            if name in values:
                values[name] = dec(values[name])
        return cls(**values)

    return decode


def to_plain(value: Any) -> dict[str, Plain]:
    """The JSON form of one of our dataclasses; fields at their default are left out."""
    cls: Any = type(value)
    encode, _ = _pair(cls)
    plain: dict[str, Plain] = encode(value)
    return plain


def from_plain(cls: type[T], plain: dict[str, Plain]) -> T:
    """The dataclass again; raises TypeError or ValueError where `plain` does not fit `cls`."""
    hint: Any = cls
    _, decode = _pair(hint)
    value: T = decode(plain)
    return value


# Made once: json.dumps would make one for every call that asks for its own spelling.
_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def dumps(plain: Plain) -> str:
    """Canonical JSON: sorted keys, no spaces, UTF-8 kept as it is. Equal values give equal text."""
    return _canonical.encode(plain)
