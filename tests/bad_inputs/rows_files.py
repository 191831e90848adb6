"""The rows of the table that are about files: spreadsheets written, census files read, paths."""

from __future__ import annotations

import csv
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

from tests.bad_inputs.bed import TITLE, Bed
from tests.bad_inputs.rows import Check, Row, every, refused
from tests.exchange.support import assessment, census, episode


# ---- written: spreadsheets ---------------------------------------------------------------------------------------
def titled(*titles: str) -> Check:
    """Cases of these titles, written to a spreadsheet file: each is text, whatever it looks like."""

    def check(bed: Bed) -> None:
        for title in titles:
            bed.taken("open", "single-assessment", "--title", title, "--team", "north")
        written = {row["title"] for row in sheet(bed, "cases")}
        assert written == {TITLE, *(f"'{title}" for title in titles)}

    return check


def sheet(bed: Bed, *command: str) -> list[dict[str, str]]:
    path = bed.folder / "out.csv"
    bed.taken(*command, "--csv", str(path))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def reasoned(bed: Bed, text: str, effect: str) -> dict[str, str]:
    """The row of a late case with a reason in these words, which keep their lines."""
    opening = ("--title", "A late one", "--team", "north", "--worker", "lena", "--json")
    late = bed.taken("open", "single-assessment-2013", *opening).json["case"]
    later = ("--today", "2024-12-02")
    path = bed.file(text.encode())
    bed.taken("reason", late, "JUDG", "--text", f"@{path}", "--effect", effect, "--as", "lena", *later)
    return next(row for row in sheet(bed, "overdue", *later) if row["case"] == late)


def led_by_a_tab(bed: Bed) -> None:
    row = reasoned(bed, "\t=1+1", "\r=2+2")
    assert row["reason.text"].startswith("'") and row["reason.effect"].startswith("'"), row


def read_back_equal(bed: Bed) -> None:
    text = 'commas, "quotes"; semicolons\nand a second line'
    row = reasoned(bed, text, "none, we hope")
    assert row["reason.text"] == text and row["reason.effect"] == "none, we hope"


# ---- read: census files -------------------------------------------------------------------------------------------
def valid(bed: Bed) -> str:
    """A census file of one child."""
    path = census(bed.folder / "valid.xml", episode("C1", assessment()))
    text = Path(path).read_text("utf-8")
    Path(path).unlink()
    return text


def not_read(make: Callable[[str], str | bytes], says: str, *more: str) -> Check:
    """A census file changed so that nothing of it may be taken in; refused in less than a second each time."""

    def check(bed: Bed) -> None:
        made = make(valid(bed))
        path = bed.file(made if isinstance(made, bytes) else made.encode(), "given.xml")
        began = time.monotonic()
        bed.refused("import", "cin", path, *more, says=says)
        assert time.monotonic() - began < 10  # two runs, on a busy machine
        assert "C1" not in bed.run("child", "list").out

    return check


def read(make: Callable[[str], str | bytes]) -> Check:
    def check(bed: Bed) -> None:
        made = make(valid(bed))
        path = bed.file(made if isinstance(made, bytes) else made.encode(), "good.xml")
        assert bed.taken("import", "cin", path, "--json").json["created"] == 1
        assert bed.taken("import", "cin", path, "--json").json["unchanged"] == 1
        assert bed.taken("verify").status == 0

    return check


HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def declared(declarations: str, inside: str = "") -> Callable[[str], str]:
    """With a DOCTYPE, and something that uses it in the first text."""

    def make(text: str) -> str:
        text = text.replace(HEAD, f"{HEAD}<!DOCTYPE Message [{declarations}]>\n")
        return text.replace("<LAchildID>C1", f"<LAchildID>C1{inside}")

    return make


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
TREE = "<x>" * 100_000 + "</x>" * 100_000
ATTRIBUTES = " ".join(f'a{n}="1"' for n in range(100_000))


def secret(bed: Bed) -> None:
    """What another file holds reaches nobody, whichever way it is asked for."""
    path = Path(bed.file(b"the secret words", "secret.txt"))
    outer = Path(bed.file(b'<!ENTITY e "the secret words">', "outer.dtd"))
    for declarations, inside in (
        (f'<!ENTITY e SYSTEM "file://{path}">', "&e;"),
        (f'<!ENTITY % p SYSTEM "file://{outer}"> %p;', "&e;"),
        ('<!ENTITY e SYSTEM "http://127.0.0.1:9/e">', "&e;"),
    ):
        not_read(declared(declarations, inside), "DOCTYPE")(bed)
    not_read(lambda text: text.replace(HEAD, f'{HEAD}<!DOCTYPE Message SYSTEM "file://{outer}">'), "DOCTYPE")(bed)


def included(bed: Bed) -> None:
    """XInclude is an element nobody knows, no more."""
    path = Path(bed.file(b"the secret words", "secret.txt"))
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{path}" parse="text"/>'
    text = valid(bed).replace("<Ethnicity>", f"{include}<Ethnicity>")
    ran = bed.run("import", "cin", bed.file(text.encode(), "given.xml"))
    assert "Traceback" not in ran.err and "unexpected" not in ran.err and ran.status in (0, 2)
    for command in (("child", "list"), ("cases", "--json"), ("export", "bundle", str(bed.folder / "all"))):
        assert "the secret words" not in bed.run(*command).out
    assert "the secret words" not in (bed.folder / "all").read_text("utf-8")


def twice(bed: Bed) -> None:
    """The same child twice: said by line, and the first of the two is kept."""
    text = valid(bed)
    start, end = text.index("<Child>"), text.index("</Child>") + len("</Child>")
    path = bed.file((text[:end] + text[start:end] + text[end:]).encode(), "given.xml")
    report = bed.taken("import", "cin", path, "--json").json
    assert report["problems"] and all(one["line"] and one["says"] for one in report["problems"]), report
    assert bed.taken("verify").status == 0


def said_by_line(old: str, new: str, says: str) -> Check:
    """What is wrong in one place keeps nobody else's assessment out; it is listed."""

    def check(bed: Bed) -> None:
        text = valid(bed).replace(old, new)
        report = bed.taken("import", "cin", bed.file(text.encode(), "given.xml"), "--dry-run", "--json").json
        assert any(says in one["says"] and one["line"] for one in report["problems"]), report

    return check


# ---- paths ---------------------------------------------------------------------------------------------------------
WRITES = (("export", "bundle", "{path}"), ("backup", "{path}"), ("cases", "--csv", "{path}"))


def never(place: Callable[[Bed], str], says: str) -> Check:
    """Nothing is written there by anything that writes."""

    def check(bed: Bed) -> None:
        for line in WRITES:
            path = place(bed)
            bed.refused(*(one.replace("{path}", path) for one in line), says=says)

    return check


def taken_path(bed: Bed) -> str:
    path = bed.folder / "theirs"
    path.write_text("theirs")
    return str(path)


def link(bed: Bed) -> str:
    path = bed.folder / "link"
    if not path.is_symlink():
        path.symlink_to(bed.folder / "elsewhere")
    return str(path)


def private(bed: Bed) -> None:
    """What is written nobody else may read, whatever the mask; a word that means a device elsewhere is a name."""
    for number, line in enumerate(WRITES):
        path = bed.folder / ("CON" if number == 0 else f"new-{number}")
        bed.taken(*(one.replace("{path}", str(path)) for one in line))
        assert stat.S_IMODE(path.stat().st_mode) == 0o600 or os.name != "posix"
    assert "A matter" not in str([one.name for one in bed.folder.iterdir()])


FILES = [
    Row(37, "formula", titled('=HYPERLINK("http://x","y")')),
    Row(38, "leading plus", titled("+1")),
    Row(39, "leading minus", titled("-1", "-1+cmd|' /C calc'!A0")),
    Row(40, "leading at", titled("@SUM(1)")),
    Row(41, "leading tab or return", led_by_a_tab),
    Row(42, "full-width equals", titled("＝1+1")),
    Row(43, "comma, quote, newline", read_back_equal),
    Row(52, "billion laughs", every(
        not_read(declared(LAUGHS, "&j;"), "DOCTYPE"),
        not_read(declared(f'<!ENTITY a "{"a" * 50_000}">', "&a;" * 5_000), "DOCTYPE"),
    )),
    Row(53, "any DOCTYPE", every(
        not_read(declared('<!ENTITY e "x">', "&e;"), "DOCTYPE"), not_read(declared(""), "DOCTYPE"),
        not_read(lambda text: text.replace(HEAD, HEAD + "<!DOCTYPE Message>"), "DOCTYPE"),
    )),
    Row(54, "external entities", secret),
    Row(55, "XInclude", included),
    Row(56, "100,000 nested tags", not_read(lambda t: t.replace("<Ethnicity>", TREE + "<Ethnicity>"), "nested")),
    Row(57, "100,000 attributes, 20 MB of text", every(
        not_read(lambda text: text.replace("<Child>", f"<Child {ATTRIBUTES}>"), "attributes"),
        not_read(lambda text: text.replace("WBRI", "W" * 20_000_000), "long"),
    )),
    Row(58, "past the size limit", every(
        not_read(lambda text: text.replace(HEAD, HEAD + " " * 2_000), "--max-size", "--max-size", "2KB"),
        refused("import", "cin", "x", "--max-size", "lots", says="is not a size"),
        refused("import", "cin", "x", "--max-size", "0", says="is not a size"),
    )),
    Row(59, "truncated, empty, not XML", every(
        not_read(lambda text: text[:len(text) // 2], "line"), not_read(lambda _: b"", "empty"),
        not_read(lambda _: b"Dear all,\nplease find attached", "line"), not_read(lambda _: b"\0" * 5_000, "line"),
        not_read(lambda _: b"PK\x03\x04" + b"\x07" * 999, "line"), not_read(lambda text: text + "<more/>", "line"),
        refused("import", "cin", "{folder}", says="no such file"),
        refused("import", "cin", "{folder}/nothing.xml", says="no such file"),
    )),
    Row(60, "encodings", every(
        not_read(lambda text: text.encode().replace(b"C1", b"C1\xff\xfe"), "line"),
        not_read(lambda text: text.replace("C1", "C1\0"), "line"),
        not_read(lambda text: text.replace("C1", "C1&#27;[2J"), "line"),
        read(lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16")),
    )),
    Row(61, "another census, one child twice", every(
        not_read(lambda text: text.replace("Message>", "Letter>"), "Message"),
        not_read(lambda text: text.replace("<Collection>CIN", "<Collection>CLA"), "CIN"),
        said_by_line("<Message>", '<Message xmlns="urn:another">', "urn:another"),
        said_by_line("<Year>2024", "<Year>1824", "1824"), twice,
    )),
    Row(62, "paths", every(
        never(lambda bed: str(bed.store), "board.db"), never(taken_path, "theirs"), never(link, "link"),
        never(lambda _: "a\0b", "b"), never(lambda bed: f"{bed.folder}/{'n' * 300}", "too long"),
        never(lambda bed: str(bed.folder), "bed"), never(lambda bed: f"{bed.store}/../cron.d/x", "cron.d"),
        *(refused(*line, says="-r") for line in (("export", "bundle", "-rf"), ("backup", "-rf"))),
        refused("--store", "{folder}/" + "n" * 300, "cases", says="long"),
        refused("import", "cin", "n" * 300, says="no such file"),
        private,
    )),
]  # fmt: skip
