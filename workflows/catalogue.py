"""The workflows there are: those shipped and a board's own, by name, version and content."""

from __future__ import annotations

import contextlib
import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from workflows.errors import Fault, WorkflowError, WorkflowFaulty, WorkflowNotFound, did_you_mean, quoted

if TYPE_CHECKING:
    from workflows.definition import Definition

SHIPPED = Path(__file__).parent
NO_WORKFLOWS = frozenset({"clocks.toml"})  # other files that are shipped beside them
_FIRST_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that says it holds this name and version; whether it has faults is known when it is used."""

    name: str
    version: str
    hash: str
    path: Path
    text: str
    shipped: bool


class Catalogue:
    """Shipped definitions and those in a folder of the board's own. Files are read once, when first asked for.

    A local file with faults is reported by `faults` and refused by `get`; the others can still be used.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._found: dict[str, dict[str, Entry]] | None = None
        self._listing: list[Fault] = []

    # ---- what there is ---------------------------------------------------------------------------------

    def names(self) -> tuple[str, ...]:
        """Every name, in alphabetical order."""
        return tuple(sorted(self._entries()))

    def versions(self, name: str) -> tuple[str, ...]:
        """The versions of a workflow, newest first. Raises WorkflowNotFound."""
        return tuple(sorted(self._of(name), key=_order, reverse=True))

    def entries(self) -> tuple[Entry, ...]:
        """Every name and version with its file, in order, without reading further than the head of each."""
        return tuple(self._of(name)[version] for name in self.names() for version in self.versions(name))

    def faults(self) -> tuple[Fault, ...]:
        """Every fault in every local file, and every name and version that two files claim differently."""
        found = list(self._listed_faults())
        for entry in self.entries():
            if not entry.shipped:
                found += _checked(entry.text, str(entry.path))[1]
        return tuple(found)

    def usable(self) -> tuple[Definition, ...]:
        """The newest version of each name, leaving out any with faults."""
        found: list[Definition] = []
        for name in self.names():
            with contextlib.suppress(WorkflowFaulty):
                found.append(self.get(name))
        return tuple(found)

    # ---- getting one -----------------------------------------------------------------------------------

    def get(self, name: str, version: str | None = None) -> Definition:
        """A definition, the newest version when none is named. Raises WorkflowNotFound or WorkflowFaulty."""
        versions = self._of(name)
        wanted = version if version is not None else self.versions(name)[0]
        if wanted not in versions:
            says = f"There is no version {quoted(wanted)} of {name}."
            raise WorkflowNotFound(says, remedy=did_you_mean(wanted, versions))
        entry = versions[wanted]
        claimed = [fault for fault in self._listed_faults() if fault.place == _claim(name, wanted)]
        if claimed and not entry.shipped:  # what is shipped stays usable, whatever stands in a local folder
            raise WorkflowFaulty(str(entry.path), claimed)
        return _or_raise(entry.text, str(entry.path))

    def by_path(self, path: Path) -> Definition:
        """The definition in a file anywhere. Raises WorkflowNotFound or WorkflowFaulty."""
        if not path.is_file():
            raise WorkflowNotFound("There is no such file.", where=str(path), remedy="Check the path.")
        from workflows.reading import text_of

        text, faults = text_of(path)
        if faults:
            raise WorkflowFaulty(str(path), faults)
        return _or_raise(text, str(path))

    def find(self, name_or_path: str) -> Definition:
        """By name, by NAME@VERSION, or by path: a path has a separator or ends in .toml."""
        if name_or_path.endswith(".toml") or "/" in name_or_path or "\\" in name_or_path:
            return self.by_path(Path(name_or_path))
        name, at, version = name_or_path.partition("@")
        return self.get(name, version if at else None)

    def from_text(self, text: str, hash: str) -> Definition:
        """See the function of the same name; here so that a catalogue is all a store needs."""
        return from_text(text, hash)

    def claimed(self, definition: Definition, path: Path) -> tuple[Fault, ...]:
        """The fault of a file whose name and version another file here has with other content, if it has one."""
        other = self._entries().get(definition.name, {}).get(definition.version)
        if other is None or other.hash == definition.hash or other.path.resolve() == path.resolve():
            return ()
        mine = Entry(definition.name, definition.version, definition.hash, path, "", shipped=False)
        return (_two_texts(mine, other),)

    # ---- finding the files -----------------------------------------------------------------------------

    def _of(self, name: str) -> dict[str, Entry]:
        entries = self._entries()
        if name not in entries:
            says = f"There is no workflow called {quoted(name)}."
            raise WorkflowNotFound(says, remedy=did_you_mean(name, entries))
        return entries[name]

    def _listed_faults(self) -> list[Fault]:
        self._entries()
        return self._listing

    def _entries(self) -> dict[str, dict[str, Entry]]:
        if self._found is None:
            self._found = {}
            self._gather(SHIPPED, shipped=True)
            if self._folder is not None and self._folder.is_dir():
                self._gather(self._folder, shipped=False)
        return self._found

    def _gather(self, folder: Path, *, shipped: bool) -> None:
        from workflows.reading import text_of

        assert self._found is not None
        for path in sorted(folder.glob("*.toml")):
            if shipped and path.name in NO_WORKFLOWS:
                continue
            text, faults = text_of(path)
            if not faults:
                name, version = _head(text)
                if not name or not version:  # an unusual head, or a fault that the reading will name
                    definition, faults = _checked(text, str(path))
                    name, version = (definition.name, definition.version) if definition else ("", "")
            if faults:
                self._listing += faults
                continue
            entry = Entry(name, version, _hash(text), path, text, shipped)
            other = self._found.setdefault(name, {}).setdefault(version, entry)
            if other.hash != entry.hash:
                self._listing.append(_two_texts(entry, other))


def from_text(text: str, hash: str) -> Definition:
    """The definition whose text a store keeps with its cases.

    It was checked when it was first used, so it is not held to today's checker, only to its hash.
    Raises WorkflowError when the text is not the one the hash was taken of, or cannot be read at all.
    """
    if _hash(text) != hash:
        says = "The text of this workflow is not the one its cases were started with."
        raise WorkflowError(says, remedy="Run: casereview verify")
    definition, faults = _kept(text)
    if definition is None:
        raise WorkflowFaulty("the workflow kept with its cases", faults)
    return definition


def _two_texts(entry: Entry, other: Entry) -> Fault:
    whose = "comes with casereview" if other.shipped else f"is already {other.path.name}"
    says = f"Version {entry.version} of {entry.name} {whose}, with other content."
    place = _claim(entry.name, entry.version)
    return Fault(str(entry.path), None, place, says, "A version never changes: give the new text a new version.")


def _claim(name: str, version: str) -> str:
    return f"{name}@{version}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _head(text: str) -> tuple[str, str]:
    """The name and version a file gives above its first table; empty when it gives none that can be read."""
    table = _FIRST_TABLE.search(text)
    try:
        top = tomllib.loads(text[: table.start()].removeprefix("\ufeff") if table else text)
    except (ValueError, RecursionError):
        return "", ""
    name, version = top.get("name"), top.get("version")
    return (name, version) if isinstance(name, str) and isinstance(version, str) else ("", "")


@lru_cache(maxsize=64)
def _checked(text: str, where: str) -> tuple[Definition | None, list[Fault]]:
    from workflows.reading import parse  # with the checker: not loaded until a workflow is used

    return parse(text, where)


@lru_cache(maxsize=64)
def _kept(text: str) -> tuple[Definition | None, list[Fault]]:
    from workflows.reading import read

    definition, page = read(text, "the workflow kept with its cases")
    return definition, page.faults


def _or_raise(text: str, where: str) -> Definition:
    definition, faults = _checked(text, where)
    if definition is None:
        raise WorkflowFaulty(where, faults)
    return definition


def _order(version: str) -> tuple[tuple[int, int, str], ...]:
    """Versions compare number by number: 10 is newer than 9, 2.1 than 2, and 2 than 2-draft."""
    parts = re.findall(r"[0-9]+|[A-Za-z]+", version)
    numbered = [(2, int(part), "") if part.isdigit() else (0, 0, part) for part in parts]
    return (*numbered, (1, 0, ""))
