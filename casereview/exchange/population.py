"""Population information read in from CSV: area, year, measure, value, source; never guessed or unsourced."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casereview.errors import CaseReviewError, did_you_mean
from casereview.events import Event, KeptSet
from casereview.exchange.dfe import RowProblem, csv_rows, opened
from casereview.service.desk import Desk
from casereview.service.registry import require_keeper
from casereview.text import LINE_LIMIT, NAME_LIMIT, clean, shown

WHAT = "population"
COLUMNS = ("area", "year", "measure", "value", "source")
MAX_BYTES, MAX_ROWS, MAX_PROBLEMS = 20 * 1024**2, 100_000, 200
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?%?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,9})?%?")
_MARK = re.compile(r"[a-z~:.*-]{1,5}", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(slots=True)
class PopulationReport:
    """What a file held and what became of it, counted in figures."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: list[RowProblem] = field(default_factory=list)


def import_population(desk: Desk, path: str, *, dry_run: bool = False, max_bytes: int = MAX_BYTES) -> PopulationReport:
    """Keeps each figure of a file under its area, year and measure; the same file again changes nothing.

    Rows that cannot be used are listed by line and left out. Takes an office that keeps the registry. Raises
    CaseReviewError when the file as a whole cannot be used; then nothing is changed.
    """
    where = shown(Path(path).name, width=120)
    report = PopulationReport()
    wanted: dict[str, dict[str, object]] = {}
    with opened(path, max_bytes, where) as file, io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as stream:
        for line, row in _named(csv_rows(stream, where), where):
            report.read += 1
            if report.read > MAX_ROWS:
                raise CaseReviewError(f"it has more than {MAX_ROWS:,} rows", where=where)
            _take(report, wanted, line, row)
    if not wanted and not report.problems:
        raise CaseReviewError("it holds no figures", where=where, remedy=f"Its columns are {', '.join(COLUMNS)}.")
    _keep(desk, wanted, report, dry_run)
    return report


def _named(lines: Iterator[tuple[int, list[str]]], where: str) -> Iterator[tuple[int, dict[str, str]]]:
    _, header = next(lines, (0, []))
    if not header:
        raise CaseReviewError("the file is empty", where=where, remedy=f"Its columns are {', '.join(COLUMNS)}.")
    names = [cell.strip().casefold() for cell in header]
    for wanted in COLUMNS:
        if names.count(wanted) != 1:
            remedy = f"{did_you_mean(wanted, names)} Its columns are {', '.join(COLUMNS)}."
            raise CaseReviewError(f"it has no column called {wanted}", where=where, remedy=remedy.strip())
    for line, cells in lines:
        if any(cell.strip() for cell in cells):
            held = dict(zip(names, cells, strict=False))
            yield line, {name: held.get(name, "").strip() for name in COLUMNS}


def _take(report: PopulationReport, wanted: dict[str, dict[str, object]], line: int, row: dict[str, str]) -> None:
    says = _wrong_with(row)
    if not says:
        key = "/".join(clean(row[name], limit=NAME_LIMIT).casefold().replace("/", " ") for name in COLUMNS[:3])
        body: dict[str, object] = {name: clean(row[name], limit=LINE_LIMIT) for name in COLUMNS}
        if wanted.setdefault(key, body) == body:
            return
        says = f"{body['measure']} of {body['area']} in {body['year']} has two different values"
    report.refused += 1
    if len(report.problems) < MAX_PROBLEMS:
        report.problems.append(RowProblem(line, says, "the row was left out"))


def _wrong_with(row: dict[str, str]) -> str:
    for name in COLUMNS:
        if not row[name]:
            return f"{name} is empty" if name != "source" else "source is empty: a figure without one is not kept"
        if len(row[name]) > (LINE_LIMIT if name == "source" else NAME_LIMIT):
            return f"{name} is too long"
    if not _YEAR.fullmatch(row["year"]):
        return f"year “{shown(row['year'], width=20)}” is not a year such as 2024"
    if not any(form.fullmatch(row["value"]) for form in (_NUMBER, _GROUPED, _MARK)):
        return f"value “{shown(row['value'], width=20)}” is neither a number nor a mark"
    return ""


def _keep(desk: Desk, wanted: dict[str, dict[str, object]], report: PopulationReport, dry_run: bool) -> None:
    with desk.writing() as work:
        require_keeper(desk, work)
        events: list[Event] = []
        for key, body in wanted.items():
            held = work.kept_one(WHAT, key)
            if held is not None and held.body == body:
                report.unchanged += 1
                continue
            report.new += held is None
            report.changed += held is not None
            events.append(KeptSet(WHAT, key, body=body))
        if events and not dry_run:
            desk.register(work, *events)
