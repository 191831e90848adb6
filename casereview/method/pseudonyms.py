"""Made-up ways of speaking of people: a position and a number, or a letter that gives nobody's name away."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

LETTERS = "ABCDEFGHJKLMNPRSTVWXY"
"""Without I, O, Q, U and Z, which are misread or point to few names."""
CHILD = ("child", "baby", "young person", "sibling")
"""Positions that are told apart by a letter; all others by a number, such as Health Visitor 2."""
ONLY_ONE = ("mother", "father", "grandmother", "grandfather", "stepfather", "stepmother", "aunt", "uncle")
"""Relations that stand alone while there is one of each."""


def pseudonym(position: str, taken: Collection[str], real: str = "") -> str:
    """The next free pseudonym for somebody in a position, such as "Child E", "Mother" or "Health Visitor 2".

    taken  those in use in this review, in any spelling
    real   the real name, if it is known here: a letter that begins a part of it is never offered
    Raises ValueError where the position has no letter in it, or no letter is left.
    """
    words = " ".join(position.split())
    if not re.search(r"\w", words):
        raise ValueError("a pseudonym begins with a position, such as Child or Health Visitor")
    title = " ".join(word if word.isupper() else word.capitalize() for word in words.split())
    used = {" ".join(one.casefold().split()) for one in taken}
    if words.casefold() in CHILD:
        initials = {part[0].upper() for part in re.split(r"[\W_]+", real) if part}
        offered: Iterator[str] = (f"{title} {letter}" for letter in LETTERS if letter not in initials)
    elif words.casefold() in ONLY_ONE and title.casefold() not in used:
        offered = iter((title,))
    else:
        first = 2 if words.casefold() in ONLY_ONE else 1
        offered = (f"{title} {number}" for number in range(first, first + len(used) + 1))
    found = next((one for one in offered if one.casefold() not in used), None)
    if found is None:
        raise ValueError("no letter is left: use a word, such as Child Heron")
    return found
