"""The same rows for returns and published figures: files read in, spreadsheets and returns written out."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from tests.bad_inputs.bed import Bed
from tests.bad_inputs.rows import Check, Row, every, refused
from tests.exchange.test_dfe import AREA, MEASURES, c2, england, place

OUT = ("export", "cin", "--year", "2024", "--authority", "999", "--check-only")
HEADER = ",".join((*AREA, *MEASURES))
POPULATION = "area,year,measure,value,source\n"


def not_read(content: str | bytes, says: str, *more: str, command: tuple[str, ...] = ("import", "dfe")) -> Check:
    """A file of which nothing may be taken in."""

    def check(bed: Bed) -> None:
        path = bed.file(content if isinstance(content, bytes) else content.encode(), "given.csv")
        bed.refused(*command, path, *more, says=says)

    return check


def read(make: Callable[[Path], str]) -> Check:
    """A file that is taken in, twice, and shown without harm."""

    def check(bed: Bed) -> None:
        path = make(bed.folder / "good.csv")
        assert bed.taken("import", "dfe", path, "--json").json[0]["new"] >= 1
        assert bed.taken("import", "dfe", path, "--json").json[0]["unchanged"] >= 1
        bed.taken("published")
        assert bed.taken("verify").status == 0

    return check


def cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def no_formula_in_a_comparison(bed: Bed) -> None:
    """An area called like a formula is text in the file that is written."""
    name = '=HYPERLINK("http://x","y")'
    bed.taken("import", "dfe", c2(bed.folder / "in.csv", england(), place(name)))
    bed.taken("compare", "E10000099", "--csv", str(bed.folder / "out.csv"))
    assert f"'{name}" in cells(bed.folder / "out.csv")[0]


def no_formula_among_findings(bed: Bed) -> None:
    for number, child in enumerate(("=1+1", "@SUM(1)")):
        bed.taken("child", "add", "--id", child)
        case = bed.taken(
            "open", "single-assessment", "--title", f"Another {number}", "--team", "north", "--child", child,
            "--opened", "2024-03-04", "--json",
        ).json["case"]  # fmt: skip
        bed.taken("record", case, "referral", "received_on=2024-03-04", "--as", "ben")
    bed.taken(*OUT, "--findings", str(bed.folder / "out.csv"))
    named = {cell for row in cells(bed.folder / "out.csv") for cell in row if "1+1" in cell or "SUM" in cell}
    assert named == {"'=1+1", "'@SUM(1)"}


def listed_by_line(content: str, line: int, says: str) -> Check:
    """A row of population information that is left out, beside one that is kept."""

    def check(bed: Bed) -> None:
        path = bed.file((POPULATION + content).encode(), "given.csv")
        report = bed.taken("service", "import", path, "--json").json
        assert [(one["line"], says in one["says"]) for one in report["problems"]] == [(line, True)], report
        bed.taken("service", "list")

    return check


GOOD = "Testshire,2024,Pupil absence,5.1%,The census of schools\n"


def writes(*line: str) -> Check:
    """Nothing is written over, whichever of its files is named."""

    def check(bed: Bed) -> None:
        bed.taken("record", bed.ref, "referral", "received_on=2024-06-03", "--as", "ben")
        theirs = bed.folder / "theirs"
        theirs.write_text("theirs")
        bed.refused(*(one.replace("{path}", str(theirs)) for one in line), says="theirs")
        assert theirs.read_text() == "theirs"

    return check


RETURNS = [
    Row(37, "formula as the name of an area", no_formula_in_a_comparison),
    Row(40, "formula as the id of a child", no_formula_among_findings),
    Row(58, "published figures past the size limit", every(
        not_read(HEADER + "\n" + " " * 3_000, "larger than", "--max-size", "2KB"),
        refused("import", "dfe", "x", "--max-size", "lots", says="is not a size"),
        not_read(POPULATION + " " * 3_000, "larger than", "--max-size", "2KB", command=("service", "import")),
    )),
    Row(59, "published figures truncated, empty, not CSV", every(
        not_read("", "empty"), not_read(HEADER, "no row"), not_read(HEADER + '\n"2024', "not CSV"),
        not_read(b"PK\x03\x04" + b"\x07" * 99, "given.csv"), not_read(b"\0" * 5_000, "given.csv"),
        not_read("Dear all,\nplease find attached", "no published table"),
        refused("import", "dfe", "{folder}", says="no such file"),
        refused("import", "dfe", "{folder}/nothing.csv", says="no such file"),
        not_read("", "the file is empty", command=("service", "import")),
        not_read("area,year,measure,value\n", "no column called source", command=("service", "import")),
    )),
    Row(60, "published figures in another encoding", every(
        not_read(HEADER.encode() + b"\n\xff\xfe\x00", "UTF-8"), not_read((HEADER + "\n").encode("utf-16"), "UTF-8"),
        read(lambda path: c2(path, england(), place("Ynys Môn \x1b[2J"))),
        read(lambda path: c2(path, england(2023), place(code="E10000098"), encoding="utf-8")),
    )),
    Row(61, "another table, a row twice, a figure without a source", every(
        not_read("geographic_level,category,characteristic,number\n", "England alone"),
        not_read(HEADER.replace("Median_days", "Meddian_days"), "Median_days is missing"),
        listed_by_line(f"{GOOD}Testshire,2024,Poverty,21%,\n", 3, "source is empty"),
        listed_by_line(f"{GOOD}Testshire,2024,Pupil absence,6%,Another\n", 3, "two different values"),
        listed_by_line(f"{GOOD}Testshire,24,Poverty,21%,x\n", 3, "is not a year"),
        listed_by_line(f"{GOOD}Testshire,2024,Poverty,=1+1,x\n", 3, "neither a number nor a mark"),
    )),
    Row(61, "a return that cannot be", every(
        refused(*OUT[:2], "--year", "2016", "--check-only", says="not a census year"),
        refused(*OUT[:2], "--year", "2031", "--check-only", says="begins on"),
        refused(*OUT[:2], "--year", "soon", "--check-only", says="--year"),
        refused(*OUT[:4], says="--out"), refused(*OUT[:4], "--check-only", says="--authority"),
        refused(*OUT[:4], "--check-only", "--authority", "9;9", says="three digits"),
        refused(*OUT, "--team", "nowhere", says="team", status=1),
        refused("compare", says="import dfe", status=1),
        refused("service", "add", "children-safer", "5", "--of", "4", "--since", "2024-01-01", "--until", "2024-02-01",
                "--source", "x", says="cannot be"),
        refused("service", "add", "children-safer", "5", "--since", "2024-02-01", "--until", "2024-01-01",
                "--source", "x", says="before the first"),
        refused("service", "add", "children-safer", "5", "--since", "2024-01-01", "--until", "2024-02-01",
                "--source", " ", says="a source"),
    )),
    Row(62, "paths of returns", every(
        writes(*OUT[:2], "--year", "2025", "--authority", "999", "--out", "{path}"),
        writes(*OUT[:2], "--year", "2025", "--authority", "999", "--check-only", "--findings", "{path}"),
    )),
]  # fmt: skip
