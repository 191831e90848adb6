"""Reading a bundle: everything in it is checked to the last line before anything is changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casereview.chain import GENESIS, Link, fault_of, link_hash
from casereview.codec import dumps
from casereview.errors import CaseReviewError
from casereview.events import Event, event_from_plain
from casereview.service.whole import event_of
from workflows.reading import parse

FORMAT = 1
MAX_LINE = 4_000_000  # characters of one entry
MAX_BYTES = 2_000_000_000


@dataclass(slots=True)
class Bundle:
    """A bundle read and checked to its last line, before anything is changed."""

    header: dict[str, Any]
    workflows: list[dict[str, Any]]
    registry: list[Event]
    path: str

    def links(self) -> Iterator[Link]:
        for _, line in lines(self.path):
            if "entry" in line:
                yield link_from(line["entry"], self.path)


def fault(path: str, number: int, says: str) -> CaseReviewError:
    return CaseReviewError(says, where=f"{path} line {number}", remedy="Nothing was changed. Export the bundle again.")


def lines(path: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with Path(path).open(encoding="utf-8") as file:
            number = 0
            while text := file.readline(MAX_LINE + 1):
                number += 1
                if len(text) > MAX_LINE:
                    raise fault(path, number, "a line is longer than any entry can be")
                yield number, _json(path, number, text)
    except UnicodeDecodeError:
        raise CaseReviewError("this is not a bundle: it is not UTF-8 text", where=path) from None
    except OSError as error:
        raise CaseReviewError(f"cannot be read ({error.strerror})", where=path, remedy="Check the path.") from None


def _json(path: str, number: int, text: str) -> dict[str, Any]:
    try:
        line = json.loads(text)
    except (ValueError, RecursionError):
        raise fault(path, number, "this is not a bundle: a line is not JSON") from None
    if not isinstance(line, dict):
        raise fault(path, number, "this is not a bundle: a line is not an object")
    return line


def link_from(fields: Any, path: str) -> Link:
    try:
        link = Link(**fields)
        texts = (link.stream, link.kind, link.on, link.recorded_at, link.actor, link.acting_as, link.prev, link.hash)
        if not all(isinstance(t, str) for t in texts) or not isinstance(link.seq, int):
            raise TypeError
        return link
    except TypeError:
        raise CaseReviewError("an entry does not have the parts of an entry", where=path) from None


def read_bundle(path: str) -> Bundle:
    """Reads and checks everything: shape, digest, every link, every workflow text."""
    if Path(path).exists() and Path(path).stat().st_size > MAX_BYTES:
        raise CaseReviewError("is larger than any bundle this version reads", where=path)
    bundle = Bundle({}, [], [], path)
    digest, entries, ended = hashlib.sha256(), 0, False
    prev, seq = GENESIS, 0
    for number, line in lines(path):
        if number == 1:
            _check_header(path, line)
            bundle.header = line
        if "end" in line:
            ended = line.get("end") == entries and line.get("digest") == digest.hexdigest()
            break
        digest.update((dumps(line) + "\n").encode())
        if "workflow" in line:
            bundle.workflows.append(_checked_workflow(path, number, line))
        elif "registry" in line:
            bundle.registry.append(_registry_event(path, number, line))
        elif "entry" in line:
            link = link_from(line["entry"], path)
            whole = bundle.header.get("case") is None
            wrong = fault_of(link, seq + 1, prev) if whole else _alone(link)
            if wrong:
                raise fault(path, number, f"entry {link.seq} {wrong}")
            prev, seq, entries = link.hash, link.seq, entries + 1
            event_of(link)
    if not ended:
        raise CaseReviewError("is cut short or was altered: its last line does not fit the rest", where=path)
    return bundle


def _alone(link: Link) -> str | None:
    """A case's entries travel without their neighbours: each is still proved by its own digest."""
    return None if link_hash(link) == link.hash else "was changed"


def _check_header(path: str, line: dict[str, Any]) -> None:
    if line.get("casereview") != "bundle":
        raise CaseReviewError(
            "this is not a casereview bundle", where=path, remedy="Make one: casereview export bundle FILE"
        )
    if line.get("format") != FORMAT:
        raise CaseReviewError(
            "was made by a newer version", where=path, remedy="Update casereview, then read it again."
        )


def _checked_workflow(path: str, number: int, line: dict[str, Any]) -> dict[str, Any]:
    text = line.get("text")
    if not isinstance(text, str) or hashlib.sha256(text.encode()).hexdigest() != line.get("hash"):
        raise fault(path, number, "the text of a workflow was changed")
    definition, faults = parse(text, path)
    if definition is None:
        raise fault(path, number, f"a workflow cannot be read: {faults[0].says}")
    return line


def _registry_event(path: str, number: int, line: dict[str, Any]) -> Event:
    try:
        return event_from_plain(str(line["registry"]), line["body"])
    except (KeyError, TypeError, ValueError):
        raise fault(path, number, "a name cannot be read") from None
