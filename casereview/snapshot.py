"""A folded case as text, to keep beside its journal: written and read by msgspec, several times faster than by hand.

A snapshot is never the truth: it can be folded again at any time, and `verify` compares it with the journal. What
is chained (the bodies of entries) is written by `codec` instead, whose form must never change.
"""

from __future__ import annotations

from functools import cache

import msgspec

from casereview.case import Case


@cache
def _encoder() -> msgspec.json.Encoder:
    return msgspec.json.Encoder()


@cache
def _decoder() -> msgspec.json.Decoder[Case]:
    return msgspec.json.Decoder(Case)


def pack(case: Case) -> str:
    """The case as JSON."""
    return _encoder().encode(case).decode()


def unpack(text: str) -> Case:
    """The case again; fields it does not know are at their defaults. Raises ValueError when it does not fit."""
    return _decoder().decode(text)
