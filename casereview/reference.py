"""Case references: prefix, year, and random characters with a check character; never sequential."""

from __future__ import annotations

import random

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O or 1/I: they are read out over the telephone


def check_character(prefix: str, year: int, drawn: str) -> str:
    """The last character of a reference; one wrong or two swapped neighbours change it."""
    total = 0
    for place, character in enumerate(f"{prefix}{year}{drawn}", start=1):
        total += (place * 2 + 1) * ord(character)
    return ALPHABET[total % len(ALPHABET)]


def new_reference(prefix: str, year: int, chance: random.Random, length: int = 4) -> str:
    """Such as SA-2024-7K3QX. Gaps and order tell nothing about how many cases there are, or which are hidden."""
    drawn = "".join(chance.choice(ALPHABET) for _ in range(length))
    return f"{prefix}-{year}-{drawn}{check_character(prefix, year, drawn)}"


def is_whole(reference: str) -> bool:
    """Whether a reference's check character fits, so that a slip of the pen is told from an unknown case."""
    parts = reference.split("-")
    if len(parts) != 3 or not parts[1].isdigit() or len(parts[2]) < 2:
        return False
    prefix, year, drawn = parts[0], int(parts[1]), parts[2][:-1]
    return check_character(prefix, year, drawn) == parts[2][-1]
