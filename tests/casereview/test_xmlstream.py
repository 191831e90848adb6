"""A stranger's XML is read with the line of everything in it, or refused in one clear line."""

from __future__ import annotations

import encodings.aliases
import os
import string
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import defusedxml.ElementTree
import pytest
from defusedxml.common import DefusedXmlException
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from casereview.errors import CaseReviewError
from casereview.exchange import xmlpieces
from casereview.exchange.xmlstream import MAX_BYTES, Element, XmlStream

in_one_directory = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def read(path: Path, data: bytes | str, max_bytes: int = MAX_BYTES) -> list[tuple[str, Element]]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(XmlStream(path, root="Message", within=frozenset({"Children"}), max_bytes=max_bytes))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "census.xml"


NAMES = st.text(string.ascii_letters, min_size=1, max_size=3)
SPACE = st.text(" \t\n", max_size=4)
TEXT = st.text(string.ascii_letters + "<&>é李 \n", max_size=8)
ATTRIBUTES = st.dictionaries(NAMES, st.text(string.ascii_letters + "<&\"'é", max_size=5), max_size=2)


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> str:
    """An element as text: attributes, either a text or further elements with space or stray text between."""
    name = draw(NAMES)
    attributes = "".join(f" {key}={quoteattr(value)}" for key, value in draw(ATTRIBUTES).items())
    inner = draw(st.lists(trees(depth=depth - 1), max_size=3)) if depth else []
    between = st.one_of(SPACE, TEXT.map(escape))
    body = "".join(draw(between) + element for element in inner) + draw(between)
    return f"<{name}{attributes}>{body}</{name}>"


def as_lxml_sees(element: etree._Element) -> Element:
    """The same shape, built by another parser: attributes, then text and elements in order."""
    line = int(str(element.sourceline))
    held: list[Element] = [("@" + str(k), line, str(v), []) for k, v in element.attrib.items()]
    if not len(element):
        text = element.text or ""
        return (str(element.tag), line, "" if held and not text.strip() else text, held)
    for stray, follows in [(element.text, None), *((child.tail, child) for child in element)]:
        if follows is not None:
            held.append(as_lxml_sees(follows))
        if stray and stray.strip():
            held.append(("", 0, stray.strip(), []))
    return (str(element.tag), line, "", held)


def without_stray_lines(element: Element) -> Element:
    name, line, text, held = element
    return (name, line if name else 0, text, [without_stray_lines(inner) for inner in held])


@in_one_directory
@given(st.lists(trees(), max_size=4), SPACE)
def test_everything_in_a_file_is_handed_over_with_its_line(file: Path, pieces: list[str], space: str) -> None:
    body = "".join(space + piece for piece in pieces)
    source = f"<Message>\n<Children>{body}</Children>{body}</Message>"
    message = etree.fromstring(source.encode())
    expected = [("Children", as_lxml_sees(piece)) for piece in message[0]]
    expected += [("Message", as_lxml_sees(piece)) for piece in list(message)[1:] if piece.tag != "Children"]
    assert [(c, without_stray_lines(e)) for c, e in read(file, source)] == expected


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("<Message>\n<Children>\n\n odd\n<A/></Children></Message>", 4),
        ("<Message>\n<Children><A/>\n odd\n</Children></Message>", 3),
        ("<Message>\n<Children>odd</Children></Message>", 2),
        ("<Message>\n<Children/>\nodd\n\n</Message>", 3),
        ("<Message><Children><A>\n\nodd\n<B/></A></Children></Message>", 3),
        ("<Message><Children><A><B/>\n\nodd\n</A></Children></Message>", 3),
    ],
)
def test_stray_text_is_kept_with_the_line_it_begins_on(file: Path, source: str, line: int) -> None:
    found = [e for _, piece in read(file, source) for e in [piece, *piece[3]] if e[0] == ""]
    assert found == [("", line, "odd", [])]


def test_comments_and_cdata_do_not_break_a_text_apart(file: Path) -> None:
    source = "<Message><Children><A>one <!-- x -->and <![CDATA[<two>]]><?pi?></A></Children></Message>"
    assert read(file, source) == [("Children", ("A", 1, "one and <two>", []))]


@pytest.mark.parametrize(
    ("coding", "named"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "UTF-16"),
        ("iso-8859-1", "ISO-8859-1"),
        ("cp1252", "windows-1252"),
    ],
)
def test_the_usual_encodings_are_read(file: Path, coding: str, named: str) -> None:
    source = f'<?xml version="1.0" encoding="{named}"?><Message><Children>\n<A>Zoë</A></Children></Message>'
    assert read(file, source.encode(coding)) == [("Children", ("A", 2, "Zoë", []))]


def test_an_encoding_of_whatever_name_is_read_or_refused(file: Path) -> None:
    for name in sorted({*encodings.aliases.aliases, "nonsense", "rot13", "idna", "punycode", "undefined"}):
        source = f'<?xml version="1.0" encoding="{name}"?><Message><Children><A>b</A></Children></Message>'
        try:
            found = read(file, source)
        except CaseReviewError as refused:
            assert "census.xml, line 1" in str(refused)
        else:
            assert len(found) <= 1


def test_a_namespace_on_the_root_is_taken_off_and_another_is_not(file: Path) -> None:
    source = '<c:Message xmlns:c="urn:cin" xmlns:o="urn:other"><c:Children><c:A/><o:A/><A/></c:Children></c:Message>'
    file.write_text(source)
    stream = XmlStream(file, root="Message", within=frozenset({"Children"}))
    assert [element[0] for _, element in stream] == ["A", "urn:other}A", "A"]
    assert stream.namespace == "urn:cin"


def wrapped(inside: str) -> str:
    return f"<Message>\n<Children>\n{inside}\n</Children></Message>"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPES = {
    "billion laughs": f'<!DOCTYPE m [<!ENTITY l0 "ha">{LAUGHS}]>' + wrapped("<A>&l9;</A>"),
    "quadratic": f'<!DOCTYPE m [<!ENTITY a "{"a" * 50_000}">]>' + wrapped(f"<A>{'&a;' * 50_000}</A>"),
    "one small entity": '<!DOCTYPE m [<!ENTITY a "b">]>' + wrapped("<A>&a;</A>"),
    "plain doctype": "<!DOCTYPE Message>" + wrapped("<A/>"),
    "external file": '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + wrapped("<A>&x;</A>"),
    "external subset": '<!DOCTYPE m SYSTEM "http://127.0.0.1:9/x.dtd">' + wrapped("<A/>"),
    "parameter entity": '<!DOCTYPE m [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>' + wrapped("<A/>"),
}


@pytest.mark.parametrize("name", DOCTYPES)
def test_any_doctype_is_refused_as_defusedxml_refuses_it(file: Path, name: str) -> None:
    with pytest.raises(CaseReviewError, match=r"line 1: .*DOCTYPE"):
        read(file, DOCTYPES[name])
    with pytest.raises(DefusedXmlException):
        defusedxml.ElementTree.fromstring(DOCTYPES[name], forbid_dtd=True)


def test_an_xinclude_is_only_an_element_of_another_namespace(file: Path) -> None:
    source = wrapped('<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>')
    [(_, element)] = read(file, source)
    assert element[2] == "" and [inner[0] for inner in element[3]] == ["@href", "@parse"]


MEGA = 1_000_000
REFUSED = {
    "empty": (b"", "ends before its first element"),
    "only space": (b"\n\n", "ends before its first element"),
    "not XML": (b"PK\x03\x04 spreadsheet", "not well-formed|not XML"),
    "plain text": (b"child,date\n1,2024-01-01\n", "not XML"),
    "cut short": (wrapped("<A/>").encode()[:-12], "cut short|ends before"),
    "cut in a tag": (b"<Message><Chil", "cut short"),
    "bad UTF-8": (wrapped("<A>\xff</A>").encode("latin-1"), "line 3: .*not well-formed"),
    "NUL": (wrapped("<A>\0</A>").encode(), "line 3: .*not well-formed"),
    "control character": (wrapped("<A>\x1b</A>").encode(), "line 3: .*not well-formed"),
    "control by reference": (wrapped("<A>&#27;</A>").encode(), "line 3: a character reference"),
    "surrogate by reference": (wrapped("<A>&#xD800;</A>").encode(), "line 3: a character reference"),
    "entity unknown": (wrapped("<A>&nbsp;</A>").encode(), "line 3: the file uses an entity"),
    "closing tag missing": (wrapped("<A>").encode(), "line 4: a closing tag"),
    "prefix unknown": (wrapped("<x:A/>").encode(), "line 3: .*unbound prefix"),
    "two roots": (wrapped("<A/>").encode() + b"<More/>", "more in the file after its end"),
    "another root": (b"<Csv>1</Csv>", "begins with <Csv> and should begin with <Message>"),
    "deep": (wrapped("<a>" * 100_000).encode(), "line 3: elements are nested more than 32 deep"),
    "many attributes": (
        wrapped("<A " + " ".join(f"a{n}=''" for n in range(1_001)) + "/>").encode(),
        "line 3: an element has more than 1,000 attributes",
    ),
    "many namespaces": (
        wrapped("<A " + " ".join(f"xmlns:a{n}='u'" for n in range(1_001)) + "/>").encode(),
        "more than 1,000 namespaces",
    ),
    "many names": (wrapped("".join(f"<a{n}/>" for n in range(10_001))).encode(), "10,000 different names"),
    "long text": (wrapped("<A>" + "x" * (MEGA + 1) + "</A>").encode(), "line 3: a text is longer"),
    "endless text": (b"<Message><Children>" + b"x" * 20 * MEGA, "a text is longer"),
    "endless attribute": (b"<Message><Children><A b='" + b"x" * 20 * MEGA, "one tag or comment is larger"),
    "endless comment": (b"<Message><Children><!--" + b"x" * 20 * MEGA, "one tag or comment is larger"),
    "endless entry": (b"<Message><Children><A>" + b"<b/>" * MEGA, "one entry is larger than 2 MB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_or_broken_file_is_refused_in_one_line(file: Path, name: str) -> None:
    data, says = REFUSED[name]
    with pytest.raises(CaseReviewError, match=says) as refused:
        read(file, data)
    assert "\n" not in str(refused.value) and "census.xml" in str(refused.value)
    assert refused.value.remedy and refused.value.status == 2


def test_what_is_just_within_the_limits_is_read(file: Path) -> None:
    deep = xmlpieces.MAX_DEPTH - 2
    inside = "<a>" * deep + "</a>" * deep
    inside += "<A " + " ".join(f"a{n}=''" for n in range(1_000)) + "/>"
    inside += "<A>" + "x" * MEGA + "</A>"
    assert [element[0] for _, element in read(file, wrapped(inside))] == ["a", "A", "A"]


def test_the_size_limit_counts_bytes_and_says_how_to_raise_it(file: Path) -> None:
    source = wrapped("<A/>")
    assert read(file, source, max_bytes=len(source))
    with pytest.raises(CaseReviewError, match="--max-size"):
        read(file, source, max_bytes=len(source) - 1)


@pytest.mark.parametrize("path", ["missing.xml", ".", "nul\0.xml", "long" * 100])
def test_a_path_that_cannot_be_read_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(CaseReviewError, match="cannot be read"):
        list(XmlStream(tmp_path / path, root="Message"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CaseReviewError, match="not a file"):
        list(XmlStream(tmp_path / "pipe", root="Message"))


def test_what_stands_before_a_fault_is_handed_over_first(file: Path) -> None:
    file.write_text(wrapped("<A/><B/><C>"))
    found = []
    with pytest.raises(CaseReviewError):
        for _, element in XmlStream(file, root="Message", within=frozenset({"Children"})):
            found.append(element[0])
    assert found == ["A", "B"]


def test_progress_is_told_in_bytes_up_to_the_whole(file: Path) -> None:
    told: list[tuple[int, int]] = []
    source = wrapped("<A>bcd</A>\n" * 30_000)
    file.write_text(source)
    pieces = sum(
        1
        for _ in XmlStream(
            file,
            root="Message",
            within=frozenset({"Children"}),
            progress=lambda read, total: told.append((read, total)),
        )
    )
    assert pieces == 30_000
    assert told == sorted(told) and told[-1] == (len(source), len(source)) and len(told) > 3
