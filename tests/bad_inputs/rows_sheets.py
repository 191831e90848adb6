"""The rows of the table that are about workbooks and tables read in, and the mappings they are read by."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook

from tests.bad_inputs.bed import Bed
from tests.bad_inputs.rows import Check, Row, every, refused

MAPPING = """name = "ours"
workflow = "single-assessment-2013"
[columns]
child = "Child"
opened = "Start"
team = "Team"
reason = "Why"
reason-text = "Words"
"""
HEADS = "Child,Start,Team,Why,Words\n"
LIST = ("Child Unique ID", "Continuous Assessment Start Date", "Continuous Assessment Date of Authorisation",
        "Allocated Team")  # fmt: skip


def workbook(*rows: tuple[object, ...], title: str = "List 4") -> bytes:
    made: Any = Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def packed(**parts: bytes) -> bytes:
    """A workbook with further parts packed in, or some of its own exchanged."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(LIST))) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, old.read(name)))
        for name, content in parts.items():
            new.writestr(name, content)
    return target.getvalue()


def not_taken(content: bytes, says: str, name: str = "given.csv", mapping: str = MAPPING, *more: str) -> Check:
    """The file as a whole is refused in one line, trial or not, and nothing is changed."""

    def check(bed: Bed) -> None:
        path, said = bed.file(content, name), bed.file(mapping.encode(), "map.toml")
        line = ("annex-a", path) if name.endswith("xlsx") else ("csv", path, "--mapping", said)
        began = time.monotonic()
        for also in ((), ("--dry-run",)):
            bed.refused("import", *line, *also, *more, says=says)
        assert time.monotonic() - began < 30  # four runs, on a busy machine

    return check


def left_out(rows: str | bytes, says: str) -> Check:
    """One row of a table is refused, with its line; the other is kept, and what is refused can be fed back."""

    def check(bed: Bed) -> None:
        given = rows if isinstance(rows, bytes) else rows.encode()
        path = bed.file(HEADS.encode() + b"Good,2024-01-08,North,,\n" + given, "given.csv")
        said = bed.file(MAPPING.encode(), "map.toml")
        left = bed.folder / f"left-{len(list(bed.folder.iterdir()))}.csv"
        ran = bed.taken("import", "csv", path, "--mapping", said, "--errors", str(left), "--json")
        assert ran.json["created"] + ran.json["unchanged"] == 1 and ran.json["refused"] == 1, ran
        (problem,) = [one for one in ran.json["problems"] if one["refused"]]
        assert says.casefold() in problem["says"].casefold() and problem["line"] == 3, ran
        bed.taken("import", "csv", path, "--mapping", said)
        again = bed.taken("import", "csv", str(left), "--mapping", said, "--dry-run", "--json").json
        assert again["read"] == 1 and (again["refused"] == 1 or "quotation" in says)
        assert bed.taken("verify").status == 0

    return check


def kept_as_text(*given: str) -> Check:
    """Words that are markup, formulas or drive a terminal are words, in the case and in what is printed."""

    def check(bed: Bed) -> None:
        lines = [f'C{n},2024-01-08,"{text}",JUDG,"{text}"\n' for n, text in enumerate(given)]
        path = bed.file((HEADS + "".join(lines)).encode("utf-8", "surrogatepass"), "given.csv")
        said = bed.file(MAPPING.encode(), "map.toml")
        assert bed.taken("import", "csv", path, "--mapping", said, "--json").json["created"] == len(given)
        bed.taken("import", "csv", path, "--mapping", said)
        bed.taken("cases")
        assert bed.taken("verify").status == 0

    return check


def in_a_workbook(*row: object, says: str) -> Check:
    """A row of List 4 that cannot be used: refused by its list and row, the good one kept."""

    def check(bed: Bed) -> None:
        path = bed.file(workbook(LIST, ("Good", "08/01/2024", None, "North"), row), "given.xlsx")
        ran = bed.taken("import", "annex-a", path, "--json").json
        assert (ran["created"] + ran["unchanged"], ran["refused"]) == (1, 1), ran
        (problem,) = [one for one in ran["problems"] if one["refused"]]
        assert says in problem["says"] and problem["says"].startswith("List 4: ") and problem["line"] == 3, ran
        assert bed.taken("verify").status == 0

    return check


def mended(bed: Bed) -> None:
    """Refused rows open in a spreadsheet as text, and come back as they were."""
    path = bed.file((HEADS + '"=HYPERLINK(1)",soon,"@north",JUDG,"-1+cmd|x"\n').encode(), "given.csv")
    said, left = bed.file(MAPPING.encode(), "map.toml"), bed.folder / "left.csv"
    bed.taken("import", "csv", path, "--mapping", said, "--errors", str(left))
    text = left.read_text("utf-8-sig")
    assert "\"'=HYPERLINK(1)\"" in text and "\"'@north\"" in text and left.stat().st_mode & 0o077 == 0
    left.write_text(text.replace('"soon"', '"2024-01-08"'), "utf-8")
    assert bed.taken("import", "csv", str(left), "--mapping", said, "--json").json["created"] == 1
    assert "=HYPERLINK(1)" in {one["child"] for one in json.loads(bed.run("child", "list", "--json").out)}
    bed.refused("import", "csv", path, "--mapping", said, "--errors", str(left), says="already")
    nowhere = f"{bed.folder}/no/left.csv"
    bed.refused("import", "csv", path, "--mapping", said, "--errors", nowhere, says="no such folder")
    bed.refused("import", "csv", path, "--mapping", said, "--errors", str(bed.store), says="already")


def mapped(change: Callable[[str], str], says: str) -> Check:
    return not_taken((HEADS + "C1,2024-01-08,North,,\n").encode(), says, "given.csv", change(MAPPING))


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "haha">]><workbook>&a;</workbook>'
SHEETS = [
    Row(37, "formulas of a table", kept_as_text("=1+1", "+1", "-1", "@SUM(1)", "＝1+1")),
    Row(1, "markup in a table", kept_as_text("[red]x[/]", "\x1b[2J", "abc\u202egpj.exe", "a\u200bb", "\x9b2J")),
    Row(38, "refused rows as formulas", mended),
    Row(32, "days of a table", every(
        left_out("C1,2024-02-30,North,,\n", "there is no such day"),
        left_out("C1,30/02/2024,North,,\n", "there is no such day"),
        left_out("C1,02/13/2024,North,,\n", "there is no such day"),
        left_out("C1,45299,North,,\n", "is not a day"), left_out("C1,8/1/24,North,,\n", "is not a day"),
        left_out("C1,9999-01-01,North,,\n", "outside"), left_out("C1,2024-06-04,North,,\n", "still to come"),
    )),
    Row(32, "days of a workbook", every(
        in_a_workbook("C1", 45299, None, "North", says="the number 45299"),
        in_a_workbook("C1", "=TODAY()", None, "North", says="a formula"),
        in_a_workbook("C1", "8 Jan", None, "North", says="is not a day"),
        in_a_workbook(None, "08/01/2024", None, "North", says="nothing says whom it is about"),
        in_a_workbook(0.1, "08/01/2024", None, "North", says="no id"),
    )),
    Row(26, "100,000 characters in a cell", every(
        left_out(f"C1,2024-01-08,North,JUDG,{'w' * 100_001}\n", "longer than 100,000"),
        left_out(f"C1,2024-01-08,{'n' * 201},,\n", "at most 200"), left_out(f"{'c' * 81},2024-01-08,,,\n", "at most"),
    )),
    Row(43, "quotes and ragged rows", every(
        left_out('C1,2024-01-08,"a"b,,\n', "quotation marks"), left_out("C1,2024-01-08\n", "2 cells"),
        left_out("C1,2024-01-08,a,b,c,d\n", "6 cells"),
        not_taken((HEADS + 'C1,2024-01-08,"open,,\nC2,2024-01-08,,,\n').encode(), "line 2"),
    )),
    Row(15, "NUL in a table", left_out(b"C1\0,2024-01-08,,,\n", "NUL")),
    Row(59, "tables and workbooks that are none", every(
        not_taken(b"", "empty"), not_taken(b"\n\n", "headings"), not_taken(b"PK\x03\x04", "packed"),
        not_taken(HEADS.replace("Start", "Begin").encode(), "no column “Start”"),
        not_taken(b"", "empty", "given.xlsx"), not_taken(b"PK\x03\x04" + b"\7" * 99, "whole workbook", "given.xlsx"),
        not_taken(b"\xd0\xcf\x11\xe0" + b"\0" * 99, "password", "given.xlsx"),
        not_taken(workbook(LIST)[:-99], "whole workbook", "given.xlsx"),
        not_taken(workbook(("a", "b"), title="Notes"), "none of Lists 2 to 5", "given.xlsx"),
        not_taken(workbook(("Child Unique ID", "x")), "has no column", "given.xlsx"),
        refused("import", "annex-a", "{folder}", says="no such file"),
        refused("import", "csv", "{folder}/nothing.csv", "--mapping", "x", says="no such file"),
        refused("import", "csv", says="missing argument"), refused("import", "annex-a", says="missing argument"),
    )),
    Row(60, "encodings of a table", every(
        not_taken(HEADS.encode() + b"C1,\x81\xff,,,\n", "line 2"),
        mapped(lambda text: f'encoding = "latin-42"\n{text}', "latin-42"),
        kept_as_text("Renée", "李", "سلام"),
    )),
    Row(58, "tables past the size limit", every(
        not_taken(HEADS.encode() * 200, "--max-size", "given.csv", MAPPING, "--max-size", "1KB"),
        not_taken(workbook(LIST), "--max-size", "given.xlsx", MAPPING, "--max-size", "1KB"),
        refused("import", "annex-a", "x", "--max-size", "lots", says="is not a size"),
    )),
    Row(53, "DOCTYPE in a workbook", not_taken(packed(**{"xl/workbook.xml": LAUGHS}), "DOCTYPE", "given.xlsx")),
    Row(63, "workbooks that unpack without end", every(
        not_taken(packed(bomb=b"\0" * 30_000_000), "several hundred times", "given.xlsx"),
        not_taken(packed(big=bytes(range(256)) * 450_000), "unpacks to more than 100 MB", "given.xlsx"),
        not_taken(packed(**{f"part{n}": b"" for n in range(2_001)}), "2,000 parts", "given.xlsx"),
    )),
    Row(24, "headings by their letters", every(
        mapped(lambda text: text.replace('"Start"', '"Strat"'), "did you mean “Start”"),
        mapped(lambda text: text.replace("opened", "openned"), "did you mean “opened”"),
        mapped(lambda text: text.replace("assessment", "assesment"), "single-assessment-2013"),
        mapped(lambda text: text + '"record.referal.source" = "Words"\n', "did you mean “referral”"),
        mapped(lambda text: text + "[values.reason]\nold = 'POL'\n", "is not a reason"),
    )),
    Row(28, "mappings that say nothing", every(
        mapped(lambda _: "", "empty"), mapped(lambda _: "x", "TOML"), mapped(lambda _: "name = “ours”", "line 1"),
        mapped(lambda _: "name = 'ours'\n", "columns"), mapped(lambda text: text + "child = 'x'\n", "line 9"),
        refused("import", "csv", "{folder}/board.db", says="mapping"),
        refused("import", "csv", "{folder}/board.db", "--mapping", "{folder}/no.toml", says="no such file"),
    )),
]  # fmt: skip
