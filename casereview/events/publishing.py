"""Facts of looking through what is to be published: how much was found, and which finds are nobody's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from casereview.events.base import Event


@dataclass(frozen=True, slots=True)
class Scanned(Event):
    """What would be published was looked through. Only how many were found is kept, never what.

    texts      pieces of text looked through; digest: sha256 over them, so that the same texts are known again
    key        entries of the identity key that were looked for
    protected  finds of the identity key that nobody has answered; close, pointers: what else was shown
    """

    kind: ClassVar[str] = "scanned"
    texts: int
    digest: str
    key: int
    protected: int
    close: int = 0
    pointers: int = 0


@dataclass(frozen=True, slots=True)
class KeyChanged(Event):
    """The identity key asks for more than was looked for: what was looked through is looked through again."""

    kind: ClassVar[str] = "key-changed"


@dataclass(frozen=True, slots=True)
class FindAnswered(Event):
    """Somebody looked at a find and says why it is not the person of the identity key.

    find  which one: a digest of the text it stands in and of its place there; a changed text is asked about again
    """

    kind: ClassVar[str] = "find-answered"
    find: str
    reason: str
