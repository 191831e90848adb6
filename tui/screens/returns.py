"""The census return on the screen: asked for, checked or written, with every finding explained; published files in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from casereview.exchange.cin_export import CinReturn, export_cin
from casereview.exchange.cin_export_says import HEADINGS, asked, counted, rows, written
from casereview.exchange.dfe_keep import FileKept, import_dfe
from casereview.service.registry import teams
from casereview.text import shown
from tui.screens.asks import Answers, Ask, FieldFaults, Pairs, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import MISSING, QUIET
from tui.screens.page import Page
from tui.screens.paths import new, there
from tui.screens.report import Line, ReportScreen
from tui.screens.rows import RowsPage
from tui.screens.sheet import TextScreen
from tui.screens.table import Column
from tui.screens.work import Progress, Work

CHECK, WRITE = "check", "write"
WHAT: Pairs = (("only check it: nothing is written", CHECK), ("write it into a new file", WRITE))
TRY, LAND = "try", "land"
TAKE: Pairs = (("only try them: nothing is changed", TRY), ("read them in", LAND))
STAYS = "Stopped half-way, no file is left behind."
IN_STAYS = "Each file is kept whole or not at all. Reading the same files in again goes on from there."
MB = 1024**2
Row = tuple[str, ...]


# ---- the return ----------------------------------------------------------------------------------------------------
def ask_return(page: Page, start: Answers | None = None) -> None:
    """Asks for the year and what is to be done; without a team it takes an office, as the service says."""

    def ask(known: Pairs) -> None:
        _return_form(page, start or {}, known)

    page.ask("teams", lambda: tuple((team.name, team.id) for team in teams(page.desk)), ask)


def _return_form(page: Page, began: Answers, known: Pairs) -> None:
    desk = page.desk
    last = desk.today.year - (desk.today.month < 4)
    asks = (
        Ask("year", "Which census year?", "number", True, start=began.get("year") or str(last),
            says="2024 is the year that ends on 31 March 2024"),
        Ask("what", "What is to be done?", "choice", True, WHAT, start=began.get("what") or CHECK),
        Ask("file", "Into which new file?", start=began.get("file") or f"cin-{last}.xml", says="when it is written"),
        Ask("authority", "Which authority?", start=began.get("authority"),
            says="three digits; left empty: the one whose census files were read in"),
        Ask("team", "Only one team's part?", "choice", options=known, start=began.get("team"),
            says="to look at; a return of the whole takes the office of auditor or data officer"),
    )  # fmt: skip

    def submit(answers: Answers, seen: int | None) -> Answers:
        given = typed(asks, answers, desk.today)
        if not str(given["year"]).isdecimal() or len(str(given["year"])) != 4:
            raise FieldFaults({"year": "A year, such as 2024."})
        if given["what"] == WRITE:
            if not given.get("file"):
                raise FieldFaults({"file": "This is needed to write it."})
            given["path"] = new(given["file"], "file")
        return given

    says = "It holds the cases you may know of. What it says of families is in your care once it is written."
    form = FormScreen("Write the census return", asks, submit, keep_word="Begin", says=says)
    offer_form(page, form, lambda given: _make(page, given))


def _make(page: Page, given: Answers) -> None:
    desk, year = page.desk, int(given["year"])

    def run(progress: Progress) -> CinReturn:
        return export_cin(
            desk, year, given.get("path"), authority=given.get("authority", ""), team=given.get("team", ""),
            progress=progress,
        )  # fmt: skip

    label = f"{'Writing' if given['what'] == WRITE else 'Checking'} the census return of {year}"
    page.house.begin(Work(label, run, ReturnScreen, STAYS, lambda: ask_return(page, given)))


class ReturnScreen(RowsPage[Row]):
    heading = "Census return"
    about = (
        "What is in the return, what is not recorded here, and what the sector's checks ask. Each line leads to its "
        "case; enter says why a finding may be right, why it may not be, and what to do. e writes what is listed into "
        "a CSV file. A check is the collection's question, never a standing here."
    )
    columns = (
        Column("Kind", 12),
        Column("Rule", 18),
        Column("Child", 10),
        Column("Case", 14),
        Column("What it says", 24, grow=3),
    )
    header = HEADINGS
    file_name = "census-findings"
    CSS_PATH: ClassVar[list[str]] = ["listing.tcss", "office.tcss"]  # type: ignore[assignment]

    def __init__(self, found: CinReturn) -> None:
        super().__init__()
        self._found = found

    def body(self) -> ComposeResult:
        with VerticalScroll(id="report", can_focus=False):
            yield Static(self._told(), markup=False)
        yield from super().body()

    def _told(self) -> Text:
        found = self._found
        text = Text().append(f"{shown(counted(found))}\n", "bold")
        text.append(f"{shown(written(found, only_checked=not found.file))}\n{asked(found)}")
        for line in found.caveats:
            text.append(f"\n{line}", QUIET)
        return text

    def reader(self) -> Callable[[], list[Row]]:
        found = self._found
        return lambda: list(rows(found))

    def cells(self, row: Row) -> Sequence[str | Text]:
        kind, rule, child, case, what, says = row[:6]
        heavy = kind in ("error", "left out")
        return Text(kind, MISSING) if heavy else kind, rule, child, case, f"{what}: {says}" if what else says

    def exported(self, row: Row) -> Sequence[object]:
        return row

    def says(self) -> str:
        return "enter explains one"

    def nothing(self) -> str:
        return "Nothing is missing, and the checks have nothing to ask."

    def case_in_hand(self) -> str:
        row = self.table.row()
        return row[3] if row is not None else ""

    def choose(self, row: Row) -> None:
        kind, rule, child, case, what, says, right, wrong, do = row
        text = Text().append(f"{rule} ({kind})\n", "bold")
        text.append(" · ".join(part for part in (child, case, what) if part) + "\n", QUIET)
        text.append(f"{says}\n")
        if right:
            text.append(f"\nPerhaps something is wrong: {right}\nPerhaps not: {wrong}\nWhat to do: {do}\n")
        else:
            text.append(f"\nWhat was done: {do}\n")
        self.app.push_screen(TextScreen(text, {"o": "open the case"} if case else None), self._chosen(case))

    def _chosen(self, case: str) -> Callable[[str | None], None]:
        def chosen(key: str | None) -> None:
            if key == "o":
                self.house.open_case(case)

        return chosen


# ---- published files in ------------------------------------------------------------------------------------------
def ask_published(page: Page, start: Answers | None = None) -> None:
    desk, began = page.desk, start or {}
    asks = (
        Ask("files", "Which files?", "lines", True, start=began.get("files"),
            says="one to a line: the department's published CSV files, whatever they are called"),
        Ask("what", "What is to be done?", "choice", True, TAKE, start=began.get("what") or TRY),
    )  # fmt: skip

    def submit(answers: Answers, seen: int | None) -> Answers:
        given = typed(asks, answers, desk.today)
        lines = [line.strip() for line in str(given["files"]).splitlines() if line.strip()]
        return {**given, "paths": [there(line, "files") for line in lines]}

    says = f"Each is known by its columns. A mark, such as c for a number too small to show, stays a mark. {IN_STAYS}"
    form = FormScreen("Read published figures in", asks, submit, keep_word="Begin", says=says)
    offer_form(page, form, lambda given: _take(page, given))


def _take(page: Page, given: Answers) -> None:
    desk, trial = page.desk, given["what"] == TRY

    def run(progress: Progress) -> list[FileKept]:
        return import_dfe(desk, given["paths"], dry_run=trial, progress=progress)

    def report(found: list[FileKept]) -> ReportScreen:
        def land(screen: ReportScreen) -> None:
            _take(screen, {**given, "what": LAND})

        return ReportScreen(_came(found, trial), list(_problems(found)), land if trial else None)

    label = f"{'Trying' if trial else 'Reading in'} {len(given['paths'])} published files"
    page.house.begin(Work(label, run, report, IN_STAYS, lambda: ask_published(page, given), writes=not trial))


def _came(found: list[FileKept], trial: bool) -> Text:
    would = "would be " if trial else ""
    text = Text()
    for one in found:
        if not one.refused:
            text.append(f"{one.of} {one.title}, {one.first}–{one.release}: ", "bold")
            text.append(f"{one.areas:,} areas; {would}new {one.new:,}, {would}changed {one.changed:,}, ")
            text.append(f"as they were {one.unchanged:,}\n")
    if trial:
        text.append("This was a trial: nothing was changed. i reads them in.", "bold")
    return text


def _problems(found: list[FileKept]) -> Sequence[Line]:
    lines: list[Line] = []
    for one in found:
        name = shown(Path(one.file).name)
        if one.refused:
            lines.append(Line(None, name, f"{one.refused}. {one.remedy}".strip(), "the file was not used", True))
        if one.passed_over:
            says = f"{one.passed_over:,} rows are of no area (medians of others)"
            lines.append(Line(None, name, says, "they were not kept"))
        lines += [Line(p.line, name, p.says, p.done) for p in one.problems]
    return lines
