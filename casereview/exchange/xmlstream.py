"""Reads a large XML file from a stranger piece by piece: constant memory, line numbers, nothing looked up.

The parser is `xml.parsers.expat` itself, with the guards that `defusedxml` puts on it (no document type, no
entity declared, no external reference) and limits that neither has (depth, attributes, length of a text,
size of one piece). Expat was chosen because it alone gives all three things needed: the line of every element
(the parsers behind `xml.etree` and `defusedxml.ElementTree` keep it to themselves), the speed of C with two
small Python calls per element (the SAX readers make many more), and every guard visible in one place.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NoReturn, TypeAlias
from xml.parsers import expat

from casereview.errors import CaseReviewError
from casereview.text import shown

MAX_BYTES = 100 * 1024 * 1024
MAX_DEPTH = 32
MAX_ATTRIBUTES = 1_000
MAX_TEXT = 1_000_000
MAX_NAMES = 10_000
# One piece (a child with all its episodes) is held in memory at a time, so its size is what bounds memory.
MAX_PIECE = 2 * 1024 * 1024
BLOCK = 64 * 1024

Element: TypeAlias = tuple[str, int, str, list["Element"]]
"""Name, line, text and what it holds. Stray text between elements is held under the name "" and an attribute
under "@name", so that a reader who looks at everything held has seen everything the file says."""

Progress: TypeAlias = Callable[[int, int], None]

_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance}"
_SAYS = {
    "no element found": "the file ends before its first element is closed: it is empty or cut short",
    "syntax error": "this is not XML",
    "not well-formed (invalid token)": "this is not well-formed XML, or a character is not allowed in XML",
    "unclosed token": "the file ends in the middle of a tag: it is cut short",
    "partial character": "the file ends in the middle of a character: it is cut short",
    "reference to invalid character number": "a character reference names a character not allowed in XML",
    "undefined entity": "the file uses an entity, and this reader accepts none beyond the five of XML",
    "mismatched tag": "a closing tag does not match the tag that is open: something is missing before it",
    "junk after document element": "there is more in the file after its end",
}


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
        self.piece_at: int | None = None

    def __iter__(self) -> Iterator[tuple[str, Element]]:
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
        remedy = remedy or "Nothing was taken in; correct the file at its source and try again."
        raise CaseReviewError(says + ".", where=where, remedy=remedy)

    def _unreadable(self, error: Exception) -> NoReturn:
        reason = getattr(error, "strerror", None) or str(error)
        remedy = "Check the path and who may read it."
        self.refuse(f"the file cannot be read ({reason.lower()})", remedy=remedy)

    def _name(self) -> str:
        return shown(Path(self.path).name, width=80) or "the file"

    def _pieces(self, file: BinaryIO) -> Iterator[tuple[str, Element]]:
        total = os.fstat(file.fileno()).st_size
        self._check_size(total)
        ready: list[tuple[str, Element]] = []
        pending: list[str] = []
        parser = _guarded(self)
        _build(self, parser, ready, pending)
        read = 0
        while True:
            block = self._read(file)
            read += len(block)
            self._check_size(read)
            try:
                parser.Parse(block, not block)
                self._check_block(parser, read, pending)
            except expat.ExpatError as error:
                yield from ready
                said = expat.ErrorString(error.code)
                self.refuse(_SAYS.get(said, f"this is not well-formed XML ({said})"), error.lineno)
            except (LookupError, ValueError):  # what expat's binding raises for an encoding it cannot use
                says = "the encoding named in the first line cannot be read"
                self.refuse(says, 1, "Save the file as UTF-8.")
            except CaseReviewError:
                yield from ready
                raise
            yield from ready
            ready.clear()
            if self.progress:
                self.progress(read, total)
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

    def _check_block(self, parser: expat.XMLParserType, read: int, pending: list[str]) -> None:
        # Between blocks rather than per element: the same protection to within one block, at no cost.
        line = parser.CurrentLineNumber
        if pending and sum(map(len, pending)) > MAX_TEXT:
            self.refuse(f"a text is longer than {MAX_TEXT:,} characters", line)
        if self.piece_at is not None and read - self.piece_at > MAX_PIECE + BLOCK:
            self.refuse(f"one entry is larger than {MAX_PIECE // 1024 // 1024} MB", line)
        if read - parser.CurrentByteIndex > MAX_PIECE + BLOCK:
            self.refuse(f"one tag or comment is larger than {MAX_PIECE // 1024 // 1024} MB", line)


def _open_regular(path: str, flags: int) -> int:
    # Looked at before it is opened: opening a pipe or a device could wait for ever.
    if not stat.S_ISREG(Path(path).stat().st_mode):
        raise OSError(0, "not a file")
    return os.open(path, flags)


def _guarded(stream: XmlStream) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    declared = 0

    def no_doctype(*_: object) -> NoReturn:
        stream.refuse(
            "the file declares a document type or an entity (DOCTYPE), which can be used to attack a reader",
            parser.CurrentLineNumber,
            "Remove the DOCTYPE, or export the file again without it.",
        )

    def declare(*_: object) -> None:
        nonlocal declared
        declared += 1
        if declared > MAX_ATTRIBUTES:
            says = f"more than {MAX_ATTRIBUTES:,} namespaces are declared at once"
            stream.refuse(says, parser.CurrentLineNumber)

    def undeclare(*_: object) -> None:
        nonlocal declared
        declared -= 1

    parser.StartDoctypeDeclHandler = no_doctype
    parser.EntityDeclHandler = no_doctype
    parser.UnparsedEntityDeclHandler = no_doctype
    parser.ExternalEntityRefHandler = no_doctype
    parser.StartNamespaceDeclHandler = declare
    parser.EndNamespaceDeclHandler = undeclare
    return parser


class _Names(dict[str, str]):
    """Names as the file writes them to names as we know them; looks a new one up once."""

    def __init__(self, stream: XmlStream, parser: expat.XMLParserType) -> None:
        super().__init__()
        self.stream = stream
        self.parser = parser
        self.prefix = ""

    def __missing__(self, raw: str) -> str:
        if not self:
            self._root(raw)
        if len(self) >= MAX_NAMES:
            says = f"there are more than {MAX_NAMES:,} different names"
            self.stream.refuse(says, self.parser.CurrentLineNumber)
        self[raw] = name = raw.removeprefix(self.prefix) if self.prefix else raw
        return name

    def _root(self, raw: str) -> None:
        namespace, brace, name = raw.rpartition("}")
        line = self.parser.CurrentLineNumber
        if name != self.stream.root:
            self.stream.refuse(
                f"the file begins with <{shown(name, width=40)}> and should begin with <{self.stream.root}>",
                line,
                "Check that this is the right file.",
            )
        self.prefix = namespace + brace
        self.stream.namespace = namespace or None
        self.stream.root_line = line


def _attributes(stream: XmlStream, attributes: dict[str, str], line: int) -> list[Element]:
    if len(attributes) > MAX_ATTRIBUTES:
        stream.refuse(f"an element has more than {MAX_ATTRIBUTES:,} attributes", line)
    # Where a schema lies is a note to validating tools, not something the file says about a child.
    kept = ((k, v) for k, v in attributes.items() if not k.startswith(_SCHEMA_INSTANCE))
    return [("@" + name, line, value, []) for name, value in kept]


def _stray(pending: list[str], line: int) -> list[Element]:
    """Text found between elements, with the line on which it begins; `line` is where it ends."""
    text = "".join(pending)
    pending.clear()
    if not text or text.isspace():
        return []
    begins = line - text.lstrip().count("\n")
    return [("", begins, text.strip(), [])]


def _build(
    stream: XmlStream, parser: expat.XMLParserType, ready: list[tuple[str, Element]], pending: list[str]
) -> None:
    """Hang the two calls that expat makes per element on the parser. Local names because they are hot."""
    names = _Names(stream, parser)
    through: list[str] = []
    stack: list[tuple[str, int, list[Element]]] = []
    within = stream.within

    def start(raw: str, attributes: dict[str, str]) -> None:
        name = names[raw]
        line = parser.CurrentLineNumber
        held = _attributes(stream, attributes, line) if attributes else []
        if stack:
            if pending and (len(pending) > 1 or not pending[0].isspace()):
                stack[-1][2].extend(_stray(pending, line))
            pending.clear()
            stack.append((name, line, held))
            if len(stack) + len(through) > MAX_DEPTH:
                stream.refuse(f"elements are nested more than {MAX_DEPTH} deep", line)
            return
        if through:
            ready.extend((through[-1], stray) for stray in _stray(pending, line))
        if not through or (len(through) == 1 and name in within):
            through.append(name)
            ready.extend((name, attribute) for attribute in held)
        else:
            stack.append((name, line, held))
            stream.piece_at = parser.CurrentByteIndex

    def end(_: str) -> None:
        if not stack:
            container = through.pop()
            ready.extend((container, stray) for stray in _stray(pending, parser.CurrentLineNumber))
            return
        name, line, held = stack.pop()
        text = ""
        if pending:
            if held and any(not child[0].startswith("@") for child in held):
                held.extend(_stray(pending, parser.CurrentLineNumber))
            else:
                text = pending[0] if len(pending) == 1 else "".join(pending)
                if len(text) > MAX_TEXT:
                    stream.refuse(f"a text is longer than {MAX_TEXT:,} characters", line)
                pending.clear()
        if stack:
            stack[-1][2].append((name, line, text, held))
        else:
            ready.append((through[-1], (name, line, text, held)))
            stream.piece_at = None

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = pending.append
