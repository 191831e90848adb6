"""Takes the names of children and families out of what was written, where the store knows them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from casereview.case import Case
from casereview.people import Child

LEFT_OUT = "[name left out]"
SHORTEST = 2  # letters: a single one is an initial, and would take half the text with it
# What people on a family's list are called that tells nobody who they are.
_RELATIONS = (
    "aunt baby boy brother carer carers child children cousin dad daughter family father foster friend girl gp "
    "grandad granddad grandfather grandma grandmother grandparent grandparents great guardian half health her his "
    "home in law maternal mother mum mam mummy daddy nan nana neighbour new nephew niece none nursery of older "
    "other own parent parents partner paternal person police referrer school sibling siblings sister social son "
    "special step stepfather stepmother the their twin uncle unborn visitor worker young younger youngest ex and "
    "adoptive birth an team hospital club service college teacher whoever somebody someone referred people "
    "professional head midwife doctor nurse who with at for "
)
RELATIONS = frozenset(_RELATIONS.split())
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def names_in(child: Child) -> set[str]:
    """Every word of the details that are names, such as name, surname or known_as."""
    found: set[str] = set()
    for kind, value in child.details:
        if "name" in kind.casefold() or kind.casefold() in ("known_as", "known as", "alias", "forenames"):
            found |= set(_WORD.findall(value))
    return found


def names_on_roster(case: Case) -> set[str]:
    """Words of how people are listed that are neither a relation nor small: they may be names."""
    found: set[str] = set()
    for listed in case.roster.values():
        words = set(_WORD.findall(listed.label)) | set(_WORD.findall(listed.advocate))
        known = RELATIONS | {word.casefold() for word in _WORD.findall(listed.relation)}
        found |= {word for word in words if word[0].isupper() and word.casefold() not in known}
    return found


class NamesOut:
    """Text with the names of these children and families taken out, whole words only, whatever their case."""

    def __init__(self, case: Case | None = None, children: Iterable[Child] = ()) -> None:
        names = {name for child in children for name in names_in(child)} | (names_on_roster(case) if case else set())
        kept = sorted((name for name in names if len(name) >= SHORTEST), key=lambda name: (-len(name), name))
        self._found = (
            re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, kept))})(?![^\W_])", re.IGNORECASE) if kept else None
        )

    def __call__(self, text: str) -> str:
        """The same text; each run of names becomes one mark."""
        if self._found is None or not text:
            return text
        out = self._found.sub(LEFT_OUT, text)
        return re.sub(rf"{re.escape(LEFT_OUT)}(?:[ \t]+{re.escape(LEFT_OUT)})+", LEFT_OUT, out)
