"""Case references: prefix, year, and random characters with a check character; never sequential."""

from __future__ import annotations

import random
from collections.abc import Iterable

from casereview.errors import NotFound
from casereview.text import clean

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O or 1/I: they are read out over the telephone
_LETTERS, _DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"


def check_character(prefix: str, year: int, drawn: str) -> str:
    """The last character of a reference: one wrong character, or two swapped neighbours, change it.

    Every character is a number below 32 and the check is a polynomial over the field of 32 elements; sums
    with weights cannot promise both. Raises ValueError for a character no reference has.
    """
    values = [_LETTERS.index(c) for c in prefix] + [_DIGITS.index(c) for c in str(year)]
    return ALPHABET[_check(values + [ALPHABET.index(c) for c in drawn])]


def _check(values: Iterable[int]) -> int:
    total = 0
    for value in values:
        total = _double(total ^ value)
    return total


def _double(value: int) -> int:
    """Times x, modulo x^5 + x^2 + 1."""
    return (value << 1) ^ 0b100101 if value & 0b10000 else value << 1


def new_reference(prefix: str, year: int, chance: random.Random, length: int = 4) -> str:
    """Such as SA-2024-7K3QZ. Gaps and order tell nothing about how many cases there are, or which are hidden."""
    drawn = "".join(chance.choice(ALPHABET) for _ in range(length))
    return f"{prefix}-{year}-{drawn}{check_character(prefix, year, drawn)}"


def is_whole(reference: str) -> bool:
    """Whether a reference's check character fits, so that a slip of the pen is told from an unknown case."""
    parts = reference.split("-")
    if len(parts) != 3 or len(parts[2]) < 2:
        return False
    try:
        if str(int(parts[1])) != parts[1]:
            return False
        return check_character(parts[0], int(parts[1]), parts[2][:-1]) == parts[2][-1]
    except ValueError:
        return False


def no_case(ref: str) -> NotFound:
    """What is said of a case that is unknown and of one that is hidden, alike (law 7)."""
    remedy = "See: casereview cases"
    if not is_whole(ref.upper()):
        remedy = "Check the reference: it does not read as one. " + remedy
    return NotFound(f"there is no case {clean(ref, limit=200)}", remedy=remedy)
