"""Reads a query into its terms and writes it back in one spelling; `parse(str(query)) == query`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from casereview.errors import CaseReviewError, did_you_mean
from casereview.query import days
from casereview.query.faults import QueryFault
from casereview.query.terms import NOT, TERMS, Meaning
from casereview.text import clean

LENGTH, TERMS_MOST, VALUES_MOST, VALUE_LENGTH = 30_000, 40, 20, 200
NUMBER_MOST = 9_999
WORDS, OR = "", "or"
"""The name of a term that is words to look for."""
_NAMED = re.compile(r"([A-Za-z][A-Za-z-]*)(:|<=|>=|<|>|=)")
_OPEN = {'"': '"', "“": "”"}
_BARE_VALUE = re.compile(r'[^\s,"“”]+')
_BETWEEN = re.compile(r"(.*?)\.\.(.*)")


@dataclass(frozen=True, slots=True)
class Term:
    """One term. `op` is "" where it stands alone; `at` is where it began, `places` where each value did."""

    name: str
    op: str = ""
    values: tuple[str, ...] = ()
    negative: bool = False
    at: int = field(default=0, compare=False)
    places: tuple[int, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        dash = "-" if self.negative else ""
        if self.name == WORDS:
            return f"{dash}{_word(self.values[0])}"
        return f"{dash}{self.name}{self.op}{','.join(map(_value, self.values))}"


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that must all hold. `source` is what was written, for saying where something is wrong."""

    terms: tuple[Term, ...] = ()
    source: str = field(default="", compare=False)

    def __str__(self) -> str:
        return " ".join(map(str, self.terms))

    def has(self, *names: str) -> bool:
        return any(term.name in names for term in self.terms)

    def value(self, name: str) -> str:
        """The one value of `sort` or `group`; "" where it is not said."""
        return next((term.values[0] for term in self.terms if term.name == name), "")

    def without(self, *names: str) -> Query:
        return replace(self, terms=tuple(term for term in self.terms if term.name not in names))

    def with_terms(self, text: str) -> Query:
        """The same with further terms; what can stand only once is replaced."""
        more = parse(text)
        kept = self.without(*(one.name for one in more.terms if one.name in ("sort", "group")))
        return parse(" ".join(filter(None, (str(kept), str(more)))))

    def fault(self, term: Term, says: str, remedy: str | None = None, value: int = 0) -> QueryFault:
        """A fault of a term that only who asks can know of, such as a team that is not there."""
        at = term.places[value] if value < len(term.places) else term.at
        return QueryFault(says, self.source, at, remedy)


def parse(text: str) -> Query:
    """Raises QueryFault, and nothing else, whatever the text."""
    try:
        cleaned = clean(text, limit=LENGTH)
    except CaseReviewError as error:
        raise QueryFault(error.says, "", 0, error.remedy) from None
    return Query(tuple(_Reader(cleaned).terms()), cleaned)


def quoted(text: str) -> str:
    """A value as a term may hold it, in quotes where it needs them."""
    return _value(text)


def _value(text: str) -> str:
    return text if _BARE_VALUE.fullmatch(text) else _in_quotes(text)


def _word(text: str) -> str:
    plain = not any(map(str.isspace, text)) and text[0] not in '-"“' and not _NAMED.match(text)
    return text if (plain and not _reserved(text)) or text == "-" else _in_quotes(text)


def _reserved(text: str) -> bool:
    word = text.casefold()
    return word in (NOT, OR) or (word in TERMS and TERMS[word].bare)


def _in_quotes(text: str) -> str:
    inside = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inside}"'


class _Reader:
    """Goes through a query from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def terms(self) -> list[Term]:
        found: list[Term] = []
        while self._to_next():
            if len(found) == TERMS_MOST:
                raise self._fault(f"a query has at most {TERMS_MOST} terms", self.at, "Leave some out.")
            term = self._term()
            twice = next((one for one in found if one.name == term.name and term.name in ("sort", "group")), None)
            if twice is not None:
                raise self._fault(f"{term.name}: stands there twice", term.at, "Leave one of them out.")
            found.append(term)
        words = (one for one in found if one.name == WORDS and self.text[one.places[0]] not in _OPEN)
        lost = next((one for one in words if one.values[0].casefold() == OR), None)
        if lost is not None and any(one.name != WORDS for one in found):
            says, remedy = "terms must all hold: “or” joins none", f'Either value: team:a,b. The word itself: "{OR}"'
            raise self._fault(says, lost.at, remedy)
        return found

    def _fault(self, says: str, at: int, remedy: str | None = None) -> QueryFault:
        return QueryFault(says, self.text, at, remedy)

    def _to_next(self) -> bool:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.at < len(self.text)

    # ---- a term ------------------------------------------------------------------------------------------------
    def _term(self) -> Term:
        began, negative = self.at, False
        if self._is_not():
            self.at, negative = self.at + len(NOT), True
            if not self._to_next():
                raise self._fault(f"nothing stands after “{NOT}”", began, f'To look for the word: "{NOT}"')
        if self.text[self.at] == "-" and self._in_word(self.at + 1):
            if negative or self.text[self.at + 1] == "-":
                raise self._fault("this is turned round twice", self.at, "Leave one dash or “not” out, or use quotes.")
            self.at, negative = self.at + 1, True
        named = _NAMED.match(self.text, self.at)
        term = self._named(named[1], named[2]) if named else self._alone()
        if negative and term.name in ("sort", "group"):
            raise self._fault(f"{term.name}: cannot be turned round", began, "To sort backwards: sort:-opened")
        return replace(term, negative=negative, at=began)

    def _is_not(self) -> bool:
        end = self.at + len(NOT)
        return self.text[self.at : end].casefold() == NOT and not self._in_word(end)

    def _in_word(self, at: int) -> bool:
        return at < len(self.text) and not self.text[at].isspace()

    def _alone(self) -> Term:
        """A phrase in quotes, a flag, or a word to look for."""
        began = self.at
        if self.text[began] in _OPEN:
            phrase = self._in_quotes()
            if self._in_word(self.at):
                raise self._fault("a space is missing after the closing quotation mark", self.at)
            return Term(WORDS, "", (phrase,), places=(began,))
        word = self._upto_space()
        name = word.casefold()
        if name in TERMS and TERMS[name].bare:
            return Term(name)
        return Term(WORDS, "", (self._checked(word, began),), places=(began,))

    def _named(self, written: str, op: str) -> Term:
        began, name = self.at, written.casefold()
        known = TERMS.get(name)
        if known is None:
            remedy = f"{did_you_mean(name, TERMS)} To look for it as words, use quotes."
            raise self._fault(f"there is no term {written!r}", began, remedy)
        self.at += len(written) + len(op)
        op = ":" if op == "=" else op
        if known.kind == "flag":
            raise self._fault(f"{name} stands alone", began + len(written), f"Write {name}, or -{name}.")
        if op != ":" and known.kind not in ("number", "day"):
            raise self._fault(f"{name} is not compared", began + len(written), f"Write {known.example}.")
        if known.kind in ("number", "day"):
            at = self.at
            return Term(name, op, (self._measured(known, op, self._one(known), at),), places=(at,))
        values, places = self._list(known)
        return Term(name, op, values, places=places)

    # ---- values ------------------------------------------------------------------------------------------------
    def _one(self, known: Meaning) -> str:
        if not self._in_word(self.at):
            raise self._missing(known)
        if self.text[self.at] in _OPEN:
            return self._in_quotes()
        return self._upto_space()

    def _missing(self, known: Meaning) -> QueryFault:
        return self._fault(f"nothing stands after {known.name}", self.at, f"There may stand {known.may_be}.")

    def _list(self, known: Meaning) -> tuple[tuple[str, ...], tuple[int, ...]]:
        values: list[str] = []
        places: list[int] = []
        while True:
            at = self.at
            if len(values) == (1 if known.kind in ("sort", "group") else VALUES_MOST):
                raise self._fault(f"{known.name} takes no more than {len(values)}", at, "Leave the rest out.")
            values.append(self._spelt(known, self._listed(known), at))
            places.append(at)
            if not self._in_word(self.at):
                return tuple(values), tuple(places)
            if self.text[self.at] != ",":
                raise self._fault("a space or a comma is missing here", self.at)
            self.at += 1

    def _listed(self, known: Meaning) -> str:
        if not self._in_word(self.at) or self.text[self.at] == ",":
            raise self._missing(known)
        if self.text[self.at] in _OPEN:
            return self._in_quotes()
        found = _BARE_VALUE.match(self.text, self.at)
        if found is None:
            raise self._missing(known)
        self.at = found.end()
        return self._checked(found[0], found.start())

    def _spelt(self, known: Meaning, written: str, at: int) -> str:
        """A value in its one spelling; names are known only to who asks."""
        if known.kind in ("name", "part"):
            return written
        word = written.casefold().replace("_", "-").replace(" ", "-")
        if known.kind == "sort":
            if word.removeprefix("-") not in known.values:
                raise self._not_among(known, word.removeprefix("-"), at)
            return word
        if word not in known.values:
            raise self._not_among(known, word, at)
        return word

    def _not_among(self, known: Meaning, word: str, at: int) -> QueryFault:
        remedy = f"{did_you_mean(word, known.values)} There may stand {known.may_be}."
        if remedy.startswith("Known:"):
            remedy = f"There may stand {known.may_be}."
        return self._fault(f"{word!r} cannot stand after {known.name}:", at, remedy)

    def _measured(self, known: Meaning, op: str, written: str, at: int) -> str:
        between = _BETWEEN.fullmatch(written)
        if between is None:
            return self._measure(known, written, at)
        low, high = between[1].strip(), between[2].strip()
        if op != ":" or not (low or high):
            raise self._fault("a range stands after a colon, with an end", at, f"There may stand {known.may_be}.")
        ends = [self._measure(known, one, at) if one else "" for one in (low, high)]
        if known.kind == "number" and all(ends) and int(ends[0]) > int(ends[1]):
            raise self._fault("the range ends before it begins", at, f"Write {ends[1]}..{ends[0]}.")
        return "..".join(ends)

    def _measure(self, known: Meaning, written: str, at: int) -> str:
        if known.kind == "number":
            if not written.isascii() or not written.isdigit() or int(written[:9]) > NUMBER_MOST:
                raise self._fault(f"{written!r} is not a number of days", at, f"There may stand {known.may_be}.")
            return str(int(written))
        try:
            return days.spelt(written)
        except CaseReviewError as error:
            raise self._fault(error.says, at, f"There may stand {known.may_be}.") from None

    # ---- letters -----------------------------------------------------------------------------------------------
    def _upto_space(self) -> str:
        began = self.at
        while self._in_word(self.at):
            self.at += 1
        return self.text[began : self.at]

    def _in_quotes(self) -> str:
        """What stands between quotation marks; a backslash takes the next character as it is."""
        began, closing, found = self.at, _OPEN[self.text[self.at]], []
        self.at += 1
        while self.at < len(self.text) and self.text[self.at] != closing:
            if self.text[self.at] == "\\" and self.at + 1 < len(self.text):
                self.at += 1
            found.append(self.text[self.at])
            self.at += 1
        if self.at >= len(self.text):
            raise self._fault("a quotation mark opens and is never closed", began, "Close it, or leave it out.")
        self.at += 1
        return self._checked("".join(found), began)

    def _checked(self, text: str, at: int) -> str:
        try:
            kept = clean(text, limit=VALUE_LENGTH)
        except CaseReviewError:
            raise self._fault(f"this is longer than {VALUE_LENGTH} characters", at, "Shorten it.") from None
        if not kept:
            raise self._fault("nothing stands between the quotation marks", at, "Leave them out, or fill them.")
        return kept
