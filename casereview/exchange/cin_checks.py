"""Reads single values of a census file and lists what is wrong with them, by line, with what was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise

from casereview.errors import CaseReviewError, meant
from casereview.exchange.cin_records import CinAssessment, CinEpisode, CinHeader, Problem
from casereview.exchange.xmlstream import Element
from casereview.text import EARLIEST, LATEST, NAME_LIMIT, clean, shown

WITHOUT = "kept without it"
KEPT = "kept"
LEFT_OUT = "left out"
# Leaving one of these out is leaving out an entry, and is counted as a refusal.
ENTRIES = frozenset({"Child", "CINdetails", "Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans"})

Leaves = dict[str, Element]
Groups = dict[str, list[Element]]


def assessments_in(elements: Iterable[Element]) -> int:
    """How many assessments stand among these elements or inside them."""
    return sum((name == "Assessments") + assessments_in(inside) for name, _, _, inside in elements)


class Notes:
    """The problems found in one child, or in the header; every reading method lists what it cannot use."""

    __slots__ = ("child", "found", "year")

    def __init__(self, child: str | None, year: int | None) -> None:
        self.child = child
        self.year = year
        self.found: list[Problem] = []

    def add(self, line: int, says: str, done: str, refused: bool = False, lost: int = 0) -> None:
        """List one problem."""
        self.found.append(Problem(line, self.child, says, done, refused, lost))

    def lose(self, assessments: int) -> None:
        """Notes on the refusal just listed how many assessments went with it."""
        last = max((n for n, problem in enumerate(self.found) if problem.refused), default=None)
        if last is not None:
            self.found[last] = replace(self.found[last], lost=assessments)

    def taken(self) -> list[Problem]:
        """The problems found since the last call, in the order of their lines."""
        if not self.found:
            return []
        found = sorted(self.found, key=lambda problem: problem.line)
        self.found.clear()
        return found

    def split(
        self, element: Element, leaves: frozenset[str], groups: frozenset[str] = frozenset()
    ) -> tuple[Leaves, Groups]:
        """What an element holds: single values by name, and lists of nested elements; all else is listed."""
        single: Leaves = {}
        many: Groups = {}
        for held in element[3]:
            name, _, _, inside = held
            if name in leaves and name not in single:
                single[name] = held
                if inside:
                    self._nothing_inside(held)
            elif name in groups:
                many.setdefault(name, []).append(held)
            else:
                self.unexpected(held, element[0], again=name in leaves, known=leaves | groups)
        if element[2] and not element[2].isspace():
            self.unexpected(("", element[1], element[2], []), element[0])
        return single, many

    def unexpected(
        self, held: Element, container: str, *, again: bool = False, known: frozenset[str] = frozenset()
    ) -> None:
        """List something that has no place where it stands; `known` are the elements that have."""
        name, line, text, _ = held
        if not name:
            says = f"the stray text “{quoted(text)}” stands between the elements of {quoted(container)}"
        elif name[0] == "@":
            says = f"{quoted(container)} has the attribute “{quoted(name[1:])}”, unknown to the census"
        elif again:
            says = f"{name} “{quoted(text)}” is given again in {quoted(container)}; the first is used"
        else:
            says = f"the element {quoted(name)} has no place in {quoted(container)}{meant(name, known)}"
        self.add(line, says, LEFT_OUT, refused=name in ENTRIES, lost=assessments_in([held]))

    def _nothing_inside(self, leaf: Element) -> None:
        for held in leaf[3]:
            self.unexpected(held, leaf[0])

    def listed(self, groups: Groups, container: str, item: str) -> list[Element]:
        """The repeated values inside a container such as Disabilities; an empty container is listed."""
        found: list[Element] = []
        wrappers = groups.get(container, [])
        for number, wrapper in enumerate(wrappers):
            if number:
                self.add(wrapper[1], f"{container} is given again", "kept together with the first")
            items = self.split(wrapper, frozenset(), frozenset((item,)))[1].get(item, [])
            if not items:
                self.add(wrapper[1], f"{container} is empty", KEPT)
            for held in items:
                if held[3]:
                    self._nothing_inside(held)
            found += items
        return found

    def one(self, groups: Groups, name: str) -> Element | None:
        """The nested element of which there should be one; further ones are listed as refused."""
        found = groups.get(name)
        if not found:
            return None
        for further in found[1:]:
            self.add(further[1], f"{name} is given again; the first is used", f"refused this {name}", True)
        return found[0]

    def need(self, leaves: Leaves, name: str, line: int, done: str = WITHOUT, refused: bool = False) -> Element | None:
        """A value that must be there; its absence is listed at the line of what should hold it."""
        leaf = leaves.get(name)
        if leaf is None:
            self.add(line, f"{name} is missing", done, refused)
        return leaf

    def day(self, leaf: Element | None, done: str = WITHOUT, refused: bool = False) -> date | None:
        """A date; `done` is what is said to have been done when it cannot be used."""
        if leaf is None:
            return None
        text = leaf[2]
        # Only this one of the ISO spellings is a date in XML; fromisoformat would also take 20240131.
        if len(text) == 10 and text[4] == text[7] == "-":
            try:
                day = date.fromisoformat(text)
            except ValueError:
                pass
            else:
                if EARLIEST <= day <= LATEST:
                    return day
        return self._odd_day(leaf, done, refused)

    def _odd_day(self, leaf: Element, done: str, refused: bool) -> date | None:
        name, line, text, _ = leaf
        bare = text.strip(" \t\r\n")
        if not bare:
            self.add(line, f"{name} is empty", done, refused)
            return None
        if bare != text:  # XML schema allows space around a date, so there is nothing to list
            return self.day((name, line, bare, []), done, refused)
        if _zoned(bare):
            self.add(line, f"{name} “{bare}” has a time zone", "kept the day without the time zone")
            return self.day((name, line, bare[:10], []), done, refused)
        try:
            day = date.fromisoformat(bare) if len(bare) == 10 and bare[7] == "-" else None
        except ValueError:
            day = None
        outside = f"is outside the years {EARLIEST.year} to {LATEST.year}"
        self.add(line, f"{name} “{quoted(bare)}” {outside if day else 'is not a date'}", done, refused)
        return None

    def code(
        self,
        leaf: Element | None,
        codes: frozenset[str],
        years: Mapping[str, tuple[int, int]] | None = None,
        done: str = WITHOUT,
    ) -> str | None:
        """A code of the census, or None when it is not one; one of another year is listed and kept."""
        if leaf is None:
            return None
        name, line, text, _ = leaf
        if text not in codes:
            bare = text.strip()
            if bare not in codes:
                says = f"{name} “{quoted(text)}” is not a code of the census" if bare else f"{name} is empty"
                self.add(line, says, done)
                return None
            self.add(line, f"{name} “{bare}” has spaces around it", "kept without the spaces")
            text = bare
        if years and text in years and self.year is not None:
            first, last = years[text]
            if not first <= self.year <= last:
                says = f"from the {first} census on" if self.year < first else f"only up to the {last} census"
                self.add(line, f"{name} “{text}” is used {says}, and this file is for {self.year}", KEPT)
        return text

    def flag(self, leaf: Element | None) -> bool | None:
        """Yes or no as the census writes it: true, TRUE, 1, false, FALSE, 0."""
        if leaf is None:
            return None
        text = leaf[2].strip()
        if text in ("0", "false", "FALSE"):
            return False
        if text in ("1", "true", "TRUE"):
            return True
        self.add(leaf[1], f"{leaf[0]} “{quoted(text)}” is neither true nor false", WITHOUT)
        return None

    def text(self, leaf: Element | None, done: str = WITHOUT, refused: bool = False) -> str | None:
        """Free text, cleaned; listed when cleaning changed a character, when it is empty or far too long."""
        if leaf is None:
            return None
        name, line, raw, _ = leaf
        try:
            text = clean(raw, limit=NAME_LIMIT)
        except CaseReviewError:
            self.add(line, f"{name} is longer than {NAME_LIMIT} characters", done, refused)
            return None
        if not text:
            self.add(line, f"{name} is empty", done, refused)
            return None
        if "\ufffd" in text:
            says = f"{name} “{quoted(text)}” holds characters that cannot be shown"
            self.add(line, says, "kept with each marked")
        return text


def quoted(text: str) -> str:
    """A value or a name from a file as it may stand inside a message: short and printable."""
    return shown(text, width=40)


def _zoned(text: str) -> bool:
    zone = text[10:]
    return zone == "Z" or (len(zone) == 6 and zone[0] in "+-" and zone[3] == ":" and zone[1:3].isdigit())


def queries(header: CinHeader, episode: CinEpisode) -> Iterator[Problem]:
    """What the sector's published checks would ask about the assessments of an episode; nothing is changed.

    Source: the rule numbers and wordings of the open sector validator for the 2023-24 collection. The query
    about assessments open for long (8670Q) is not here: its working-day count differs from ours.
    """
    for line, says in _queries(header, episode):
        yield Problem(line, episode.child_id, says, KEPT)


def _queries(header: CinHeader, episode: CinEpisode) -> Iterator[tuple[int, str]]:
    for assessment in episode.assessments:
        yield from ((assessment.line, says) for says in _about_one(header.year, episode, assessment))
    line = episode.line
    open_now = [a for a in episode.assessments if a.authorised is None]
    if len(open_now) > 1:
        yield open_now[1].line, "8896: more than one assessment of this referral is open"
    in_order = sorted(episode.assessments, key=lambda a: a.start)
    for earlier, later in pairwise(in_order):
        if earlier.authorised is None or later.start < earlier.authorised:
            yield later.line, "8863Q: this assessment overlaps another of the same referral"
    if episode.closure_reason in ("RC8", "RC9") and not episode.assessments:
        yield line, f"8825Q: closed after assessment ({episode.closure_reason}), and there is no assessment"
    nothing_found = [a for a in episode.assessments if a.factors == ("21",)]
    if nothing_found and len(episode.assessments) == 1 and episode.closure_reason not in ("RC8", "RC9"):
        yield line, "8873Q: the only assessment found no factors, and the closure is not RC8 or RC9"
    work = episode.assessments or episode.section47s or episode.cp_plans or episode.cin_plans
    if episode.referral_nfa and work:
        yield line, "8831: the referral is marked as needing no further action, and work followed"


def _about_one(year: int | None, episode: CinEpisode, assessment: CinAssessment) -> Iterator[str]:
    factors, authorised = assessment.factors, assessment.authorised
    if authorised is None:
        if factors:
            yield "8614: factors are given for an assessment that is not completed"
        if episode.closure_date is not None:
            yield "8867: the episode is closed and this assessment is open"
    elif not factors:
        yield "8897Q: the assessment is completed and no factors are given"
    if len(set(factors)) < len(factors):
        yield "8898: the same factor is given twice"
    if "21" in factors and len(set(factors)) > 1:
        yield "8869: code 21 (no factors) is given together with other factors"
    if year is None:
        return
    begins, ends = date(year - 1, 4, 1), date(year, 3, 31)
    if authorised is not None and not begins <= authorised <= ends:
        yield f"8696: the assessment ended outside the year to 31 March {year}"
    if authorised is None and not begins <= assessment.start <= ends:
        yield f"8736: the assessment is open and did not start in the year to 31 March {year}"
