"""Text as a search for a name must read it: letters only, without case or accents, knowing where each one stood."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from casereview.text import REPLACEMENT

# Letters that Unicode does not take apart, and look-alikes of other alphabets in which a name may be hidden.
_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ŀ": "l",
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "і": "i", "ј": "j", "ѕ": "s", "к": "k",
    "м": "m", "т": "t", "н": "h", "в": "b", "ԁ": "d", "ո": "n", "α": "a", "ε": "e", "ο": "o", "ι": "i", "κ": "k",
    "ν": "v", "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "η": "n", "β": "b", "γ": "y", "μ": "m",
})  # fmt: skip
_HYPHENS = frozenset("-\u00ad\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d")
_QUOTES = frozenset("'’‘`´ʼʹ′‛")
_BREAKS = frozenset("\r\n\v\f\u2028\u2029")

WORD, HYPHEN, BREAK, QUOTE = " ", "-", "\n", "'"
"""What may stand before a letter: the end of a word, a hyphen, the end of a line, an apostrophe; "" for nothing."""


@dataclass(frozen=True, slots=True)
class Folded:
    """letters  the folded letters and digits, one after the other
    at       for each of them, where in the text it stood
    before   for each of them, what stood between it and the one before ("" within a word)
    """

    text: str
    letters: str
    at: tuple[int, ...]
    before: tuple[str, ...]

    def starts_word(self, place: int) -> bool:
        """Whether a word begins here: also after a hyphen or an apostrophe, and where digits meet letters."""
        if place == 0 or self.before[place]:
            return True
        here, earlier = self.letters[place].isdigit(), self.letters[place - 1].isdigit()
        return here != earlier

    def ends_word(self, place: int) -> bool:
        """Whether a word ends before this place."""
        return place >= len(self.letters) or self.starts_word(place)

    def spoken(self, start: int, end: int) -> str:
        """The stretch of the text as it was written."""
        return self.text[self.at[start] : self.at[end - 1] + 1]


def fold(text: str) -> Folded:
    """Case, accents, ligatures, invisible characters and look-alike letters make no difference."""
    letters: list[str] = []
    at: list[int] = []
    before: list[str] = []
    between = WORD
    for place, char in enumerate(text):
        found = _letters(char)
        if not found:
            between = _wider(between, char)
            continue
        for letter in found:
            letters.append(letter)
            at.append(place)
            before.append(between)
            between = ""
    return Folded(text, "".join(letters), tuple(at), tuple(before))


def plain(text: str) -> str:
    """Only the folded letters and digits of a text."""
    return "".join(letter for char in text for letter in _letters(char))


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded; hyphens part them, apostrophes do not."""
    parted = "".join(" " if char in _HYPHENS else char for char in text)
    return tuple(word for part in parted.split() if (word := plain(part)))


def _letters(char: str) -> str:
    if char.isascii():
        return char.lower() if char.isalnum() else ""
    return "".join(_taken_apart(char))


def _taken_apart(char: str) -> Iterator[str]:
    for piece in unicodedata.normalize("NFKD", char.casefold()):
        for letter in piece.translate(_LETTERS):
            if letter.isalnum():
                yield letter


def _wider(between: str, char: str) -> str:
    """What stands between two letters: an end of a word outweighs a line's end, that a hyphen, that an apostrophe."""
    if char == REPLACEMENT or (unicodedata.category(char) in ("Mn", "Cf", "Me") and char not in _HYPHENS):
        return between  # nothing a reader would see, or what stands where such a character was taken out
    new = HYPHEN if char in _HYPHENS else QUOTE if char in _QUOTES else BREAK if char in _BREAKS else WORD
    if new == BREAK and between == HYPHEN:
        return HYPHEN  # a word divided at the end of a line
    if new == WORD and char in " \t" and between in (HYPHEN, BREAK):
        return between  # the next line may be set in
    order = ("", QUOTE, HYPHEN, BREAK, WORD)
    return max(between, new, key=order.index)
