"""Reading a bundle: everything in it is checked to the last line before anything is changed."""

from __future__ import annotations

import hashlib
import json
import re
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from casereview.chain import GENESIS, Link, fault_of, read_instant
from casereview.errors import CaseReviewError
from casereview.events import REGISTRY, Event, KeptSet, event_from_plain
from casereview.kept import wrong_with
from casereview.people import Kept
from casereview.profiles import WHAT as PROFILES
from casereview.profiles import profile_in
from casereview.service.definitions import read_profile
from casereview.service.refold import UNREADABLE, event_of
from casereview.text import shown
from casereview.views import Head
from workflows.catalogue import from_text
from workflows.errors import WorkflowError

FORMAT = 1
MAX_LINE = 16_000_000  # bytes of one entry
MAX_BYTES = 2_000_000_000
_STORE = re.compile(r"[0-9A-Za-z._-]{0,64}")
_SALT = re.compile(r"[0-9a-f]{64}")
_TEXTS = ("stream", "kind", "on", "recorded_at", "actor", "acting_as", "commitment", "prev", "hash")


@dataclass(slots=True)
class Bundle:
    """A bundle read and checked. Of its entries only the places in the file are held: 8 bytes for each.

    case      the id of the one case it holds; None for a whole store
    registry  people, teams and children that travel with a case (a whole store has them in its chain)
    """

    path: str
    header: dict[str, Any] = field(default_factory=dict)
    workflows: list[dict[str, Any]] = field(default_factory=list)
    registry: list[Event] = field(default_factory=list)
    streams: dict[str, array[int]] = field(default_factory=dict)
    entries: int = 0

    @property
    def case(self) -> str | None:
        case: str | None = self.header["case"]
        return case

    @property
    def store(self) -> str:
        store: str = self.header["store"]
        return store

    @property
    def head(self) -> Head:
        return Head(self.header["head"]["seq"], self.header["head"]["hash"])

    def cases(self) -> list[str]:
        return [stream for stream in self.streams if stream != REGISTRY]

    def links(self) -> Iterator[Link]:
        """The whole chain, in order."""
        for number, _, _, line in _lines(self.path):
            if "entry" in line:
                yield _link(line["entry"], self.path, number)

    def links_of(self, stream: str) -> Iterator[Link]:
        with Path(self.path).open("rb") as file:
            for place in self.streams.get(stream, ()):
                file.seek(place)
                yield _link(_json(self.path, 0, file.readline(MAX_LINE))["entry"], self.path, 0)

    def named(self) -> Iterator[Event]:
        """People, teams, closures and children, in the order in which they were entered there."""
        yield from self.registry
        for link in self.links_of(REGISTRY):
            event = event_of(link)
            if event is not None:
                yield event


def fault(path: str, number: int, says: str) -> CaseReviewError:
    where = f"{path} line {number}" if number else path
    return CaseReviewError(says, where=where, remedy="Nothing was changed. Export the bundle again.")


@contextmanager
def sound(path: str) -> Iterator[None]:
    """What is in a bundle is anybody's writing: nonsense in it ends in one sentence, never in a traceback."""
    try:
        yield
    except UNREADABLE as error:
        raise fault(path, 0, f"holds what no store writes ({type(error).__name__})") from None
    except WorkflowError as error:
        raise fault(path, 0, f"holds a workflow that cannot be used: {error.says}") from None


def read_bundle(path: str) -> Bundle:
    """Reads and checks everything: shape, digest, every link, every workflow text.

    Raises CaseReviewError, naming the line, for a bundle that is cut short, altered or none at all.
    """
    with sound(path):
        _must_be_file(path)
        return _Check(path).read()


def _must_be_file(path: str) -> None:
    if not Path(path).is_file():
        raise CaseReviewError("There is no such file.", where=shown(path, width=200), remedy="Check the path.")
    if Path(path).stat().st_size > MAX_BYTES:
        raise CaseReviewError("is larger than any bundle this version reads", where=path)


class _Check:
    """One reading of one bundle, line by line."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.bundle = Bundle(path)
        self.digest = hashlib.sha256()
        self.prev, self.seq = GENESIS, 0
        self.ended = False

    def read(self) -> Bundle:
        for number, place, raw, line in _lines(self.path):
            if self.ended:
                raise fault(self.path, number, "something stands behind the end of the bundle")
            if number == 1:
                _check_header(self.path, line)
                self.bundle.header = line
            elif "end" in line:
                self.ended = self._end(number, line)
                continue
            else:
                self._line(number, place, line)
            self.digest.update(raw)
        if not self.ended:
            raise fault(self.path, 0, "is cut short: its last line is missing")
        return self.bundle

    def _line(self, number: int, place: int, line: dict[str, Any]) -> None:
        if "workflow" in line:
            self.bundle.workflows.append(_workflow(self.path, number, line))
        elif "registry" in line:
            self.bundle.registry.append(_registry_event(self.path, number, line))
        elif "entry" in line:
            self._entry(number, place, _link(line["entry"], self.path, number))
        else:
            raise fault(self.path, number, "is nothing that a bundle holds")

    def _entry(self, number: int, place: int, link: Link) -> None:
        bundle = self.bundle
        # A case's entries travel without their neighbours: each is still proved by its own digest.
        alone = bundle.case is not None
        wrong = fault_of(link, link.seq if alone else self.seq + 1, link.prev if alone else self.prev)
        if alone and (link.stream != bundle.case or link.seq <= self.seq):
            wrong = "does not belong here"
        places = bundle.streams.setdefault(link.stream, array("Q"))
        if wrong is None and link.number != len(places) + 1:
            wrong = "is not the next of its case"
        if wrong:
            raise fault(self.path, number, f"entry {link.seq} {wrong}")
        try:
            event = event_of(link)
        except CaseReviewError as error:
            raise fault(self.path, number, error.says) from None
        _kept_event(self.path, number, event)
        places.append(place)
        bundle.entries += 1
        self.prev, self.seq = link.hash, link.seq

    def _end(self, number: int, line: dict[str, Any]) -> bool:
        bundle = self.bundle
        if line != {"end": bundle.entries, "digest": self.digest.hexdigest()}:
            raise fault(self.path, number, "was altered or is cut short: its last line does not fit the rest")
        if bundle.case is None and bundle.head != Head(self.seq, self.prev):
            raise fault(self.path, number, "the bundle ends elsewhere than the store it was made of")
        return True


# ---- single lines ----------------------------------------------------------------------------------------------
def _lines(path: str) -> Iterator[tuple[int, int, bytes, dict[str, Any]]]:
    """(number, place in the file, the line as it stands, the line as an object)."""
    try:
        with Path(path).open("rb") as file:
            number, place = 0, 0
            while raw := file.readline(MAX_LINE + 1):
                number += 1
                if len(raw) > MAX_LINE:
                    raise fault(path, number, "a line is longer than any entry can be")
                yield number, place, raw, _json(path, number, raw)
                place += len(raw)
    except OSError as error:
        raise CaseReviewError(f"cannot be read ({error.strerror})", where=path, remedy="Check the path.") from None


def _json(path: str, number: int, raw: bytes) -> dict[str, Any]:
    try:
        line = json.loads(raw.decode())
    except UnicodeDecodeError:
        raise fault(path, number, "this is not a bundle: it is not UTF-8 text") from None
    except (ValueError, RecursionError):
        raise fault(path, number, "this is not a bundle: a line is not JSON, or was cut off") from None
    if not isinstance(line, dict):
        raise fault(path, number, "this is not a bundle: a line is not an object")
    return line


def _link(fields: Any, path: str, number: int) -> Link:
    try:
        link = Link(**fields)
        if not all(isinstance(getattr(link, name), str) for name in _TEXTS):
            raise TypeError
        if not all(type(n) is int and 0 < n < 2**53 for n in (link.seq, link.number)):
            raise TypeError
        disposed = link.salt is None and link.body is None
        if not disposed and not (isinstance(link.body, str) and _SALT.fullmatch(link.salt or "")):
            raise TypeError
        date.fromisoformat(link.on), read_instant(link.recorded_at)
        return link
    except (TypeError, ValueError):
        raise fault(path, number, "an entry does not have the parts of an entry") from None


def _check_header(path: str, line: dict[str, Any]) -> None:
    if line.get("casereview") != "bundle":
        remedy = "Make one: casereview export bundle FILE"
        raise CaseReviewError("this is not a casereview bundle", where=path, remedy=remedy)
    if line.get("format") != FORMAT:
        remedy = "Update casereview, then read it again."
        raise CaseReviewError("was made by a newer version", where=path, remedy=remedy)
    head, case = line.get("head"), line.get("case")
    whole = isinstance(head, dict) and type(head.get("seq")) is int and isinstance(head.get("hash"), str)
    named = isinstance(line.get("store"), str) and _STORE.fullmatch(line["store"])
    if not whole or not named or not isinstance(case, str | None) or case == REGISTRY:
        raise fault(path, 1, "the first line does not have the parts of a bundle's")


def _workflow(path: str, number: int, line: dict[str, Any]) -> dict[str, Any]:
    try:
        definition = from_text(line["text"], line["hash"])
    except WorkflowError as error:
        raise fault(path, number, f"a workflow cannot be used: {error.says}") from None
    if (line["workflow"], line["version"]) != (definition.name, definition.version):
        raise fault(path, number, "a workflow is not the one it is said to be")
    return line


def _registry_event(path: str, number: int, line: dict[str, Any]) -> Event:
    try:
        event = event_from_plain(str(line["registry"]), line["body"])
    except UNREADABLE:
        raise fault(path, number, "a name cannot be read") from None
    _kept_event(path, number, event)
    if isinstance(event, KeptSet) and profile_in(event) is None:  # nothing else that is kept travels with a case
        raise fault(path, number, "holds a timescale profile that was altered")
    return event


def _kept_event(path: str, number: int, event: Event | None) -> None:
    """What is kept for the whole authority is read again and again: what nothing could read comes in nowhere."""
    if not isinstance(event, KeptSet):
        return
    # of what was taken out of use the name alone is read
    what = f"{event.what} gone" if event.gone is True else event.what
    wrong = wrong_with(Kept(what, event.key, event.owner, event.body))
    if wrong or not isinstance(event.gone, bool):
        kind, key = (shown(str(part).replace("-", " "), width=40) for part in (event.what, event.key))
        raise fault(path, number, f"the {kind} “{key}” cannot be read: {wrong or 'gone is not yes or no'}")
    if event.what == PROFILES and not event.gone:
        _profile(path, number, event)


def _profile(path: str, number: int, event: KeptSet) -> None:
    found = profile_in(event)
    if found is None:
        raise fault(path, number, "holds a timescale profile that was altered")
    try:
        read_profile(found.text, found.hash)
    except CaseReviewError as error:
        raise fault(path, number, f"holds a timescale profile that cannot be used: {error.says}") from None
