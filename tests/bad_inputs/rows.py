"""How each row of the table of bad inputs is given, as a person could give it, and what is to become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.bad_inputs.bed import TITLE, Bed

Check = Callable[[Bed], None]


@dataclass(frozen=True)
class Row:
    """number: as in docs; words: a name for the test."""

    number: int
    words: str
    check: Check


def name(given: str, kept: str) -> Check:
    """A name: kept as `kept`, and shown so."""

    def check(bed: Bed) -> None:
        added = bed.taken("people", "add", given, "--id", "newcomer", "--json").json
        assert added["name"] == kept
        assert kept in bed.taken("people").out
        opened = bed.taken("open", "single-assessment", "--title", given, "--team", "north", "--json").json
        assert opened["title"] == kept
        assert kept in bed.taken("cases").out
        assert bed.taken("verify").status == 0

    return check


def note(given: bytes, kept: str) -> Check:
    """A longer text, out of a file."""

    def check(bed: Bed) -> None:
        path = bed.file(given)
        fields = ("heard_on=today", f"words=@{path}")
        bed.taken("record", bed.ref, "childs-words", *fields, "--as", "lena")
        newest = bed.taken("records", bed.ref, "--json").json[0]
        assert newest["values"]["words"] == kept
        bed.taken("records", bed.ref)
        assert bed.taken("verify").status == 0

    return check


def refused(*arguments: str, says: str, status: int = 2) -> Check:
    """Each argument may hold {ref}, and {folder} for a folder of its own."""

    def check(bed: Bed) -> None:
        line = [one.replace("{ref}", bed.ref).replace("{folder}", str(bed.folder)) for one in arguments]
        bed.refused(*line, status=status, says=says)

    return check


def every(*checks: Check) -> Check:
    def check(bed: Bed) -> None:
        for one in checks:
            one(bed)

    return check


def as_lena(*fields: str) -> tuple[str, ...]:
    return ("record", "{ref}", *fields, "--as", "lena")


# ---- 20, 23, 24, 27: some that need more than a line ------------------------------------------------------------
def two_references(bed: Bed) -> None:
    """Differing only by what nobody sees, they are one."""
    for hidden in ("\u200b", "\ufeff"):
        shown = bed.taken("show", bed.ref[:3] + hidden + bed.ref[3:], "--json").json
        assert shown["case"] == bed.ref


def two_spellings(bed: Bed) -> None:
    """One letter, or a letter and its accent: the same person, found by either."""
    composed, decomposed = "Ren\u00e9e Sol\u00e9", "Rene\u0301e Sole\u0301"
    assert bed.taken("people", "add", decomposed, "--id", "one", "--json").json["name"] == composed
    for spelt in (composed, decomposed):
        changed = bed.taken("people", "change", spelt, "--login", "renee", "--json").json
        assert changed["person"] == "one"
    bed.taken("open", "single-assessment", "--title", f"Caf\u00e9 {TITLE}", "--team", "north")
    for spelt in ("Caf\u00e9", "Cafe\u0301"):
        assert len(bed.taken("cases", spelt, "--json").json) == 1


def huge_note(bed: Bed) -> None:
    bed.file(b"a" * 10_000_000)
    refused(*as_lena("childs-words", "heard_on=today", "words=@{folder}/given"), says="200000 bytes")(bed)


def marks(bed: Bed) -> None:
    name("a" + "\u0301" * 200, "\u00e1" + "\u0301" * 4)(bed)


BIG = str(2**63)


def beyond_the_end(bed: Bed) -> None:
    """A page or an entry past the last is no fault: there is nothing on it."""
    for number in (str(2**31), BIG):
        assert [line["number"] for line in bed.taken("history", bed.ref, "--before", number, "--json").json] == [1]
        assert bed.taken("cases", "--page", number, "--json").json == []
        assert bed.taken("overdue", "--page", number, "--json").json == []


KEPT = (
    "Ó Briain", "Łukasz", "李", "नमस्ते", "سلام", "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}",
)  # fmt: skip

TEXTS = [
    Row(1, "markup", name("[red]", "[red]")),
    Row(2, "closing markup", name("[/red]", "[/red]")),
    Row(3, "empty closing markup", name("[/]", "[/]")),
    Row(4, "link markup", name("[link=file:///etc/passwd]x[/link]", "[link=file:///etc/passwd]x[/link]")),
    Row(5, "action markup", name("[@click=app.quit]x[/]", "[@click=app.quit]x[/]")),
    Row(6, "clears the screen", name("\x1b[2J", "\ufffd[2J")),
    Row(7, "writes the clipboard", name("\x1b]52;c;aGk=\x07x", "\ufffd]52;c;aGk=\ufffdx")),
    Row(8, "sets the title", name("\x1b]0;title\x07x", "\ufffd]0;title\ufffdx")),
    Row(9, "makes a link", name("\x1b]8;;http://x\x1b\\y", "\ufffd]8;;http://x\ufffd\\y")),
    Row(10, "C1 control", name("\x9b2J", "\ufffd2J")),
    Row(11, "carriage return", name("Case A\rCase B", "Case A Case B")),
    Row(12, "backspaces", name("ab\x08\x08cd", "ab\ufffd\ufffdcd")),
    Row(13, "newline", every(name("one\ntwo", "one two"), note(b"one\ntwo\r\nthree", "one\ntwo\nthree"))),
    Row(14, "tab", name("one\ttwo", "one two")),
    Row(15, "NUL", every(name("a\0b", "a\ufffdb"), note(b"a\0b", "a\ufffdb"))),
    Row(16, "DEL", name("a\x7fb", "a\ufffdb")),
    Row(17, "right to left", name("abc\u202egpj.exe", "abc\ufffdgpj.exe")),
    Row(18, "bidi isolates", name("a\u2066b\u2067c\u2068d\u2069", "a\ufffdb\ufffdc\ufffdd\ufffd")),
    Row(19, "zero width", every(name("a\u200bb\ufeffc", "a\ufffdb\ufffdc"), two_references)),
    Row(20, "lone surrogate", name("a\udcffb", "a\ufffdb")),
    Row(21, "tag characters", name("a\U000e0041b", "a\ufffdb")),
    Row(22, "200 combining marks", marks),
    Row(23, "Cyrillic letter in a reference", refused("show", "S\u0410-2024-7K3QX", says="cyrillic")),
    Row(24, "composed and decomposed", two_spellings),
    Row(25, "names as people write them", every(
        *(note(one.encode(), one) for one in KEPT), name("; ".join(KEPT), "; ".join(KEPT)),
    )),
    Row(26, "100,000 characters in a name", every(
        refused("people", "add", "n" * 100_000, says="at most 200"),
        refused("open", "single-assessment", "--title", "n" * 100_000, says="at most 200"),
    )),
    Row(27, "10 MB in a note", huge_note),
    Row(28, "empty, spaces, nothing", every(
        refused("people", "add", "", says="required"), refused("people", "add", "  \u3000 ", says="required"),
        refused("people", "add", says="missing argument"),
        refused("open", "single-assessment", "--title", "\u200b ", says="required"),
        refused(*as_lena("childs-words", "heard_on=today", "words= "), says="still needs: words", status=1),
        refused(*as_lena("childs-words"), says="still needs", status=1),
    )),
    Row(29, "SQL", name("'; drop table case_file;--", "'; drop table case_file;--")),
]  # fmt: skip
NUMBERS = [
    Row(30, "abc for a number", every(
        refused("history", "{ref}", "--limit", "abc", says="--limit"),
        refused("waiting", "{ref}", "--end", "abc", says="--end"),
        refused("correct", "{ref}", "abc", says="number"),
        refused(*as_lena("goal-progress", "goal=abc", "on=today", "progress=better"), says="whole number"),
    )),
    Row(31, "numbers out of range", every(
        *(refused(*as_lena("goal-progress", f"goal={n}", "on=today", "progress=better"), says="goal")
          for n in (2**31, 2**63, -1, "NaN", "1e9", "inf")),
        *(refused("correct", "{ref}", n, "words=x", "--reason", "y", "--as", "lena", says="no record", status=1)
          for n in (str(2**31), BIG)),
        refused("waiting", "{ref}", "--end", BIG, "--as", "lena", says="no waiting", status=1),
        refused("history", "{ref}", "--before", "-1", says="--before"),
        refused("history", "{ref}", "--limit", "NaN", says="--limit"),
        refused("cases", "--limit", BIG, says="--limit"),
        beyond_the_end,
    )),
    Row(32, "30 February", every(
        refused("open", "single-assessment", "--title", TITLE, "--opened", "2026-02-30", says="no such day"),
        refused(*as_lena("childs-words", "heard_on=2024-02-30", "words=x"), says="no such day"),
    )),
    Row(35, "year 1, year 9999, the future", every(
        *(refused("open", "single-assessment", "--title", TITLE, "--opened", f"{year}-01-01", says="outside")
          for year in ("0001", "9999")),
        refused("open", "single-assessment", "--title", TITLE, "--opened", "2024-06-04", says="future"),
        refused(*as_lena("childs-words", "heard_on=9999-01-01", "words=x"), says="outside"),
        refused("show", "{ref}", "--as-at", "2024-06-04", says="has not come yet"),
    )),
]  # fmt: skip
