"""Reads a children in need census file child by child: every good entry, and a list of everything else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date

from casereview.exchange import cin_records as codes
from casereview.exchange.cin_checks import (
    KEPT,
    LEFT_OUT,
    WITHOUT,
    Groups,
    Leaves,
    Notes,
    assessments_in,
    queries,
    quoted,
)
from casereview.exchange.cin_episodes import Person, Starts, read_episode
from casereview.exchange.cin_records import (
    CinAssessment,
    CinEpisode,
    CinHeader,
    CinPlan,
    CinProtectionPlan,
    CinSection47,
    Problem,
)
from casereview.exchange.xmlstream import MAX_BYTES, Element, Progress, XmlStream

__all__ = [
    "CinAssessment",
    "CinEpisode",
    "CinHeader",
    "CinPlan",
    "CinProtectionPlan",
    "CinSection47",
    "Problem",
    "queries",
    "read_cin",
]

_HEADER = frozenset({"CollectionDetails", "Source"})
_COLLECTION = frozenset({"Collection", "Year", "ReferenceDate"})
_SOURCE = frozenset({"SourceLevel", "LEA", "SoftwareCode", "Release", "SerialNo", "DateTime"})
_CHILD = frozenset({"ChildIdentifiers", "ChildCharacteristics", "CINdetails"})
_IDENTIFIERS = frozenset({"LAchildID", "UPN", "FormerUPN", "UPNunknown", "PersonBirthDate"}) | {
    "ExpectedPersonBirthDate",
    "GenderCurrent",
    "Sex",
    "PersonDeathDate",
}
_ETHNICITY = frozenset({"Ethnicity"})
_DISABILITIES = frozenset({"Disabilities"})
_FIRST_YEAR = 2017  # the oldest layout this reader was checked against


def read_cin(
    path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES, progress: Progress | None = None
) -> Iterator[CinHeader | CinEpisode | Problem]:
    """The header, then every episode of every child, with each problem listed just before what it is about.

    Streams: one child is held at a time, besides 64 bits for each child identifier seen (about 30 MB for
    400,000 children) by which one given twice is noticed. `progress` is called with bytes read and in all.
    Good entries are kept whatever is wrong beside them; the order of elements is not insisted on.

    Raises `CaseReviewError`, possibly after much has been read, when the file as a whole cannot be used: not
    XML, cut short, unsafe, too large, not a CIN census. Read a file to its end before acting on any of it.
    """
    stream = XmlStream(path, root="Message", within=frozenset({"Children"}), max_bytes=max_bytes, progress=progress)
    reading = _Reading(stream)
    for container, piece in stream:
        if piece[0] == "Child" and container == "Children":
            yield from reading.child(piece)
        elif piece[0] == "Header" and container == "Message":
            yield from reading.read_header(piece)
        else:
            notes = Notes(None, None)
            notes.unexpected(piece, container)
            yield from notes.taken()
    yield from reading.finish()


class _Reading:
    """One reading of one file: its header and the identifiers seen so far."""

    def __init__(self, stream: XmlStream) -> None:
        self.stream = stream
        self.header: CinHeader | None = None
        # Hashes, not the identifiers: a set of ints stays small. A false alarm has odds of about 1 in 10^8
        # for 400,000 children, and would only list a child that is kept anyway.
        self.seen: set[int] = set()
        self.children = 0

    def read_header(self, element: Element) -> Iterator[CinHeader | Problem]:
        notes = Notes(None, None)
        if self.header is not None:
            notes.add(element[1], "there is a second Header, or one after the children", LEFT_OUT, True)
            yield from notes.taken()
            return
        self.header = _header(self.stream, element, notes)
        if self.stream.namespace:
            says = f"the file uses the namespace “{quoted(self.stream.namespace)}”; the census has none"
            notes.add(self.stream.root_line, says, KEPT)
        yield from notes.taken()
        yield self.header

    def _no_header(self) -> Iterator[CinHeader | Problem]:
        self.header = CinHeader(collection="", line=self.stream.root_line)
        done = "kept; the year and the authority are not known"
        yield Problem(self.stream.root_line, None, "no Header comes before the children", done)
        yield self.header

    def finish(self) -> Iterator[CinHeader | Problem]:
        if self.header is None:
            yield from self._no_header()
        if not self.children:
            says = "there are no children in this file"
            yield Problem(self.stream.root_line, None, says, "nothing to keep")

    def child(self, element: Element) -> Iterator[CinHeader | CinEpisode | Problem]:
        if self.header is None:
            yield from self._no_header()
        assert self.header is not None
        self.children += 1
        notes = Notes(None, self.header.year)
        groups = notes.split(element, frozenset(), _CHILD)[1]
        person = self._person(element, groups, notes, self.header.reference_date)
        details = groups.get("CINdetails", [])
        if person is None:
            notes.lose(assessments_in(details))
            yield from notes.taken()
            return
        if not details:
            notes.add(element[1], "CINdetails is missing", "there is no episode to keep")
        yield from notes.taken()
        starts: Starts = {}
        for detail in details:
            episode = read_episode(self.header, person, notes, detail, starts)
            yield from notes.taken()
            yield episode

    def _person(self, element: Element, groups: Groups, notes: Notes, reference: date | None) -> Person | None:
        """Who the child is; None, with the refusal listed, when nothing identifies the child."""
        who = notes.one(groups, "ChildIdentifiers")
        refused = "refused this child"
        if who is None:
            notes.add(element[1], "ChildIdentifiers is missing", refused, True)
            return None
        leaves, _ = notes.split(who, _IDENTIFIERS)
        name = notes.text(notes.need(leaves, "LAchildID", who[1], refused, True), refused, True)
        if name is None:
            return None
        notes.child = name
        notes.found = [Problem(p.line, name, p.says, p.done, p.refused, p.lost) for p in notes.found]
        known = hash(name)
        if known in self.seen:
            says = "this LAchildID was given to an earlier child in this file"
            notes.add(leaves["LAchildID"][1], says, KEPT)
        self.seen.add(known)
        return _described(notes, name, who[1], leaves, notes.one(groups, "ChildCharacteristics"), reference)


def _header(stream: XmlStream, element: Element, notes: Notes) -> CinHeader:
    groups = notes.split(element, frozenset(), _HEADER)[1]
    details, source = notes.one(groups, "CollectionDetails"), notes.one(groups, "Source")
    for name, found in (("CollectionDetails", details), ("Source", source)):
        if found is None:
            notes.add(element[1], f"{name} is missing", WITHOUT)
    about = notes.split(details, _COLLECTION)[0] if details else {}
    by = notes.split(source, _SOURCE)[0] if source else {}
    collection = notes.text(about.get("Collection")) or ""
    if collection not in ("CIN", ""):
        says = f"this is a file of the collection “{quoted(collection)}”, not of the CIN census"
        stream.refuse(says, about["Collection"][1], "Check that this is the right file.")
    notes.code(by.get("SourceLevel"), frozenset("L"), done=KEPT)
    year = _year(notes, details, about)
    return CinHeader(
        collection=collection,
        year=year,
        reference_date=_reference(notes, details, about, year),
        authority=_authority(notes, source, by),
        software=notes.text(by.get("SoftwareCode")),
        release=notes.text(by.get("Release")),
        serial=notes.text(by.get("SerialNo")),
        made_at=notes.text(by.get("DateTime")),
        line=element[1],
    )


def _year(notes: Notes, details: Element | None, about: Leaves) -> int | None:
    leaf = notes.need(about, "Year", details[1]) if details else None
    if leaf is None:
        return None
    text = leaf[2].strip()
    if not (len(text) == 4 and text.isascii() and text.isdigit() and 2000 <= int(text) <= 2100):
        notes.add(leaf[1], f"Year “{quoted(text)}” is not a census year", WITHOUT)
        return None
    if int(text) < _FIRST_YEAR:
        notes.add(leaf[1], f"Year {text} is older than the layouts known here ({_FIRST_YEAR} on)", KEPT)
    return int(text)


def _reference(notes: Notes, details: Element | None, about: Leaves, year: int | None) -> date | None:
    leaf = notes.need(about, "ReferenceDate", details[1]) if details else None
    day = notes.day(leaf)
    if leaf and day and year and day != date(year, 3, 31):
        notes.add(leaf[1], f"ReferenceDate {day} is not 31 March of the Year {year}", "kept both")
    return day


def _authority(notes: Notes, source: Element | None, by: Leaves) -> str:
    done = "kept; the authority is not known"
    leaf = notes.need(by, "LEA", source[1], done) if source else None
    text = notes.text(leaf, done) or ""
    if leaf and text and not (len(text) == 3 and text.isascii() and text.isdigit()):
        notes.add(leaf[1], f"LEA “{quoted(text)}” is not a code of three digits", "kept as it is")
    return text


def _described(
    notes: Notes, name: str, line: int, leaves: Leaves, traits: Element | None, reference: date | None
) -> Person:
    birth = notes.day(leaves.get("PersonBirthDate"))
    if birth and reference and birth > reference:
        says = f"PersonBirthDate {birth} is after the reference date"
        notes.add(leaves["PersonBirthDate"][1], says, WITHOUT)
        birth = None
    if "Sex" in leaves:
        sex = notes.code(leaves["Sex"], codes.SEXES)
        if "GenderCurrent" in leaves:
            says = "both Sex and GenderCurrent are given; Sex is used"
            notes.add(leaves["GenderCurrent"][1], says, LEFT_OUT)
    else:
        sex = notes.code(notes.need(leaves, "GenderCurrent", line), codes.GENDERS)
    ethnicity, disabilities = None, []
    if traits is None:
        notes.add(line, "ChildCharacteristics is missing", WITHOUT)
    else:
        own, nested = notes.split(traits, _ETHNICITY, _DISABILITIES)
        ethnicity = notes.code(notes.need(own, "Ethnicity", traits[1]), codes.ETHNICITIES)
        disabilities = notes.listed(nested, "Disabilities", "Disability") if nested else []
    return Person(
        name,
        birth,
        notes.day(leaves.get("ExpectedPersonBirthDate")),
        notes.day(leaves.get("PersonDeathDate")),
        sex,
        ethnicity,
        tuple(code for leaf in disabilities if (code := notes.code(leaf, codes.DISABILITIES))),
        notes.text(leaves.get("UPN")),
        notes.text(leaves.get("FormerUPN")),
        notes.code(leaves.get("UPNunknown"), codes.UPN_UNKNOWNS),
    )
