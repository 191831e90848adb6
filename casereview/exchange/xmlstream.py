"""Reads a large XML file from a stranger in constant memory, or says in one line why not."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NoReturn, TypeAlias

from casereview.errors import CaseReviewError
from casereview.exchange.xmlpieces import BLOCK, Element, Piece, XmlPieces
from casereview.text import shown

__all__ = ["MAX_BYTES", "Element", "Piece", "Progress", "XmlStream"]

MAX_BYTES = 100 * 1024 * 1024
Progress: TypeAlias = Callable[[int, int], None]


class XmlStream:
    """The pieces of one XML file in order, each as `(name of the container, Element)`.

    `root` is the name the outermost element must have; `within` are the containers below it that are passed
    through: each thing directly inside them, or inside the root, is one piece. A namespace on the root is
    taken off every name and kept in `namespace`. Comments and processing instructions are not data.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        root: str,
        within: frozenset[str] = frozenset(),
        max_bytes: int = MAX_BYTES,
        progress: Progress | None = None,
    ) -> None:
        self.path = path
        self.root = root
        self.within = within
        self.max_bytes = max_bytes
        self.progress = progress
        self.namespace: str | None = None
        self.root_line = 0

    def __iter__(self) -> Iterator[Piece]:
        """Read the file once. Raises `CaseReviewError` saying what, on which line, and what to do."""
        try:
            file = open(self.path, "rb", opener=_open_regular)  # noqa: SIM115 - closed by the next line but one
        except (OSError, ValueError) as error:  # ValueError: a path that holds a NUL
            self._unreadable(error)
        with file:
            yield from self._pieces(file)

    def refuse(self, says: str, line: int | None = None, remedy: str | None = None) -> NoReturn:
        """Stop reading: the whole file is refused, with the place named."""
        where = self._name() + (f", line {line}" if line else "")
        remedy = remedy or "Correct the file at its source and try again."
        raise CaseReviewError(says + ".", where=where, remedy=remedy)

    def _unreadable(self, error: Exception) -> NoReturn:
        reason = getattr(error, "strerror", None) or str(error)
        remedy = "Check the path and who may read it."
        self.refuse(f"the file cannot be read ({reason.lower()})", remedy=remedy)

    def _name(self) -> str:
        return shown(Path(self.path).name, width=80) or "the file"

    def _pieces(self, file: BinaryIO) -> Iterator[Piece]:
        total = os.fstat(file.fileno()).st_size
        self._check_size(total)
        pieces = XmlPieces(self.root, self.within, self.refuse)
        while True:
            block = self._read(file)
            self._check_size(pieces.fed + len(block))
            try:
                pieces.feed(block)
            finally:  # what stands before a fault is handed over first, so that it can be listed
                self.namespace, self.root_line = pieces.namespace, pieces.root_line
                yield from pieces.ready
            pieces.ready.clear()
            if self.progress:
                self.progress(pieces.fed, total)
            if not block:
                return

    def _read(self, file: BinaryIO) -> bytes:
        try:
            return file.read(BLOCK)
        except OSError as error:
            self._unreadable(error)

    def _check_size(self, size: int) -> None:
        if size > self.max_bytes:
            mb = 1024 * 1024
            self.refuse(
                f"the file has {size / mb:,.1f} MB and the limit is {self.max_bytes / mb:,.1f} MB",
                remedy="If the file is meant to be that large, raise the limit with --max-size.",
            )


def _open_regular(path: str, flags: int) -> int:
    # Looked at before it is opened: opening a pipe or a device could wait for ever.
    if not stat.S_ISREG(Path(path).stat().st_mode):
        raise OSError(0, "not a file")
    return os.open(path, flags)
