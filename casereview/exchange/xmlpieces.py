"""Reads a large XML file from a stranger piece by piece: constant memory, line numbers, nothing looked up.

The parser is `xml.parsers.expat` itself, with the guards that `defusedxml` puts on it (no document type, no
entity declared, no external reference) and limits that neither has (depth, attributes, length of a text,
size of one piece). Expat was chosen because it alone gives all three things needed: the line of every element
(the parsers behind `xml.etree` and `defusedxml.ElementTree` keep it to themselves), the speed of C with two
small Python calls per element (the SAX readers make many more), and every guard visible in one place.
"""

from __future__ import annotations

from typing import NoReturn, Protocol, TypeAlias
from xml.parsers import expat

from casereview.text import shown

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


Piece: TypeAlias = tuple[str, Element]
"""The name of the container a piece stands in, and the piece."""

Open: TypeAlias = tuple[str, int, list[Element]]
"""An element not yet closed: its name, its line, and the list it will be added to."""

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


class Refuse(Protocol):
    """Stops the reading of the whole file: what is wrong, on which line, what to do."""

    def __call__(self, says: str, line: int | None = None, remedy: str | None = None) -> NoReturn: ...


class XmlPieces:
    """Turns the bytes of a file, fed block by block, into pieces; `ready` holds those finished so far."""

    def __init__(self, root: str, within: frozenset[str], refuse: Refuse) -> None:
        self.root = root
        self.within = within
        self.refuse = refuse
        self.namespace: str | None = None
        self.root_line = 0
        self.piece_at: int | None = None
        self.fed = 0
        self.ready: list[Piece] = []
        self.pending: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        _guard(self)
        _build(self)

    def feed(self, block: bytes) -> None:
        """Read one more block, or, when it is empty, the end of the file."""
        self.fed += len(block)
        try:
            self.parser.Parse(block, not block)
        except expat.ExpatError as error:
            said = expat.ErrorString(error.code)
            self.refuse(_SAYS.get(said, f"this is not well-formed XML ({said})"), error.lineno)
        except (LookupError, ValueError):  # what expat's binding raises for an encoding it cannot use
            says = "the encoding named in the first line cannot be read"
            self.refuse(says, 1, "Save the file as UTF-8.")
        self._check_block()

    def _check_block(self) -> None:
        # Between blocks rather than per element: the same protection to within one block, at no cost.
        line = self.parser.CurrentLineNumber
        if self.pending and sum(map(len, self.pending)) > MAX_TEXT:
            self.refuse(f"a text is longer than {MAX_TEXT:,} characters", line)
        if self.piece_at is not None and self.fed - self.piece_at > MAX_PIECE + BLOCK:
            self.refuse(f"one entry is larger than {MAX_PIECE // 1024 // 1024} MB", line)
        if self.fed - self.parser.CurrentByteIndex > MAX_PIECE + BLOCK:
            self.refuse(f"one tag or comment is larger than {MAX_PIECE // 1024 // 1024} MB", line)


def _guard(pieces: XmlPieces) -> None:
    """The guards of `defusedxml` with `forbid_dtd`, and a limit it lacks on namespaces open at once."""
    parser = pieces.parser
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    declared = 0

    def no_doctype(*_: object) -> NoReturn:
        pieces.refuse(
            "the file declares a document type or an entity (DOCTYPE), which can be used to attack a reader",
            parser.CurrentLineNumber,
            "Remove the DOCTYPE, or export the file again without it.",
        )

    def declare(*_: object) -> None:
        nonlocal declared
        declared += 1
        if declared > MAX_ATTRIBUTES:
            says = f"more than {MAX_ATTRIBUTES:,} namespaces are declared at once"
            pieces.refuse(says, parser.CurrentLineNumber)

    def undeclare(*_: object) -> None:
        nonlocal declared
        declared -= 1

    parser.StartDoctypeDeclHandler = no_doctype
    parser.EntityDeclHandler = no_doctype
    parser.UnparsedEntityDeclHandler = no_doctype
    parser.ExternalEntityRefHandler = no_doctype
    parser.StartNamespaceDeclHandler = declare
    parser.EndNamespaceDeclHandler = undeclare


class _Names(dict[str, str]):
    """Names as the file writes them to names as we know them; looks a new one up once."""

    def __init__(self, pieces: XmlPieces) -> None:
        super().__init__()
        self.pieces = pieces
        self.parser = pieces.parser
        self.prefix = ""

    def __missing__(self, raw: str) -> str:
        if not self:
            self._root(raw)
        if len(self) >= MAX_NAMES:
            says = f"there are more than {MAX_NAMES:,} different names"
            self.pieces.refuse(says, self.parser.CurrentLineNumber)
        self[raw] = name = raw.removeprefix(self.prefix) if self.prefix else raw
        return name

    def _root(self, raw: str) -> None:
        namespace, brace, name = raw.rpartition("}")
        line = self.parser.CurrentLineNumber
        if name != self.pieces.root:
            self.pieces.refuse(
                f"the file begins with <{shown(name, width=40)}> and should begin with <{self.pieces.root}>",
                line,
                "Check that this is the right file.",
            )
        self.prefix = namespace + brace
        self.pieces.namespace = namespace or None
        self.pieces.root_line = line


def _attributes(pieces: XmlPieces, attributes: dict[str, str], line: int) -> list[Element]:
    if len(attributes) > MAX_ATTRIBUTES:
        pieces.refuse(f"an element has more than {MAX_ATTRIBUTES:,} attributes", line)
    # Where a schema lies is a note to validating tools, not something the file says about a child.
    kept = ((k, v) for k, v in attributes.items() if not k.startswith(_SCHEMA_INSTANCE))
    return [("@" + name, line, value, []) for name, value in kept]


def _stray(parts: list[str], line: int) -> list[Element]:
    """Text found between elements, with the line on which it begins; `line` is where it ends."""
    text = "".join(parts)
    if not text or text.isspace():
        return []
    return [("", line - text.lstrip().count("\n"), text.strip(), [])]


def _build(pieces: XmlPieces) -> None:
    """Hang the two calls that expat makes per element on the parser.

    Everything here is run for every element, so what is rare stands in `_Edge`, names are local and depth is
    compared once: `through` containers are open around a piece, and nothing may be deeper than the limit.
    """
    parser, pending = pieces.parser, pieces.pending
    names = _Names(pieces)
    stack: list[Open] = []
    held: list[Element] = []
    edge = _Edge(pieces, stack)
    pop_text = pending.pop
    through, deepest = 0, MAX_DEPTH

    def start(raw: str, attributes: dict[str, str]) -> None:
        nonlocal held, through
        line = parser.CurrentLineNumber
        if pending:
            text = pop_text()
            if pending or not text.isspace():
                held.extend(_stray([*pending, text], line))
                pending.clear()
        stack.append((names[raw], line, held))
        held = _attributes(pieces, attributes, line) if attributes else []
        if not through + 1 < len(stack) <= deepest:
            through = edge.start(through, held)

    def end(_: str) -> None:
        nonlocal held, through
        name, line, outer = stack.pop()
        text = ""
        if pending:
            text = pop_text()
            if pending:  # a long text comes in parts
                text = "".join([*pending, text])
                pending.clear()
            if held or len(text) > MAX_TEXT:
                text = "" if text.isspace() else edge.text(text, held, line)
        outer.append((name, line, text, held))
        held = outer
        if len(stack) <= through:
            through = edge.end(through, held)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = pending.append


class _Edge:
    """What happens only where a piece or a container begins or ends, or where a limit is passed."""

    def __init__(self, pieces: XmlPieces, stack: list[Open]) -> None:
        self.pieces = pieces
        self.parser = pieces.parser
        self.stack = stack

    def start(self, through: int, held: list[Element]) -> int:
        """An element was opened outside every piece, or too deep; how many containers are open now."""
        name, line, before = self.stack[-1]
        if len(self.stack) > MAX_DEPTH:
            self.pieces.refuse(f"elements are nested more than {MAX_DEPTH} deep", line)
        if through:
            self._hand_over(self.stack[-2][0], before)
        if not through or (through == 1 and name in self.pieces.within):
            self._hand_over(name, held)
            return through + 1
        self.pieces.piece_at = self.parser.CurrentByteIndex
        return through

    def end(self, through: int, held: list[Element]) -> int:
        """A piece or a container was closed; `held` is what the container around it holds now."""
        if len(self.stack) < through:  # the container itself: what it still holds stood after its last piece
            name, _, text, left = held.pop()
            self._hand_over(name, left)
            if text:
                self._hand_over(name, _stray([text], self.parser.CurrentLineNumber))
            return through - 1
        self._hand_over(self.stack[-1][0], held)
        self.pieces.piece_at = None
        return through

    def _hand_over(self, container: str, held: list[Element]) -> None:
        self.pieces.ready.extend((container, element) for element in held)
        held.clear()

    def text(self, text: str, held: list[Element], line: int) -> str:
        """The text of an element that also holds others: attributes leave it be, elements make it stray."""
        if len(text) > MAX_TEXT:
            self.pieces.refuse(f"a text is longer than {MAX_TEXT:,} characters", line)
        if all(element[0].startswith("@") for element in held):
            return text
        held.extend(_stray([text], self.parser.CurrentLineNumber))
        return ""
