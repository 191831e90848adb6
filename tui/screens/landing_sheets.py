"""Reading in Annex A workbooks, CSV files and spreadsheets: tried first, row by row, then read in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rich.text import Text

from casereview.errors import CaseReviewError
from casereview.exchange.annex import import_annex
from casereview.exchange.mapping_sample import sample_mapping
from casereview.exchange.table_in_errors import must_be_free, save_new
from casereview.exchange.table_in_import import import_table
from casereview.exchange.table_in_wanted import RowOutcome, SheetReport
from casereview.service.desk import Desk
from casereview.text import shown
from tui.screens.asks import YES_NO, Answers, Ask, FieldFaults, Pairs, typed
from tui.screens.doing import sure
from tui.screens.form import FormScreen, offer_form
from tui.screens.landing import LAND, MB, STAYS, TRY, WHAT
from tui.screens.look import MISSING, QUIET
from tui.screens.page import Page
from tui.screens.paths import new, there
from tui.screens.report import Line, ReportScreen
from tui.screens.sheet import TextScreen
from tui.screens.work import Progress, Work

SAMPLE = "sample"
OUTCOMES = {"created": "new", "updated": "brought up to date", "unchanged": "as it was", "refused": "left out"}
DETAILS = Ask("details", "Take names and other details of children as well?", "yes-no", options=YES_NO, start="no",
              says="they are kept apart from the journal")  # fmt: skip


class RowsReport(ReportScreen):
    heading = "What came of each row"
    about = (
        "The counts, and a line for every row of the file: what became of it, or would, and why. Below them what else "
        "there is to know. / filters, such as by “left out”; e writes what is listed into a CSV file. Enter shows one "
        "in full. After a trial, i reads the same file in."
    )
    file_name = "rows"

    def says(self) -> str:
        return "rows and remarks; ✗ was left out · enter shows one in full"


def _most() -> Ask:
    return Ask("most", "Refuse a file larger than how many megabytes?", "number", True, start="100")


def _checked(given: Answers) -> Answers:
    given["path"] = there(given["file"], "file")
    if not given["most"].isdecimal() or not 0 < len(given["most"].lstrip("0")) < 7:
        raise FieldFaults({"most": "A whole number, such as 100."})
    return given


def _with(asks: tuple[Ask, ...], began: Answers) -> tuple[Ask, ...]:
    """The questions with what was answered the time before."""
    yes = {True: "yes", False: "no"}
    held = {name: yes[value] if isinstance(value, bool) else value for name, value in began.items()}
    return tuple(replace(ask, start=held.get(ask.name, ask.start)) for ask in asks)


# ---- Annex A -------------------------------------------------------------------------------------------------------
def ask_annex(page: Page, start: Answers | None = None) -> None:
    desk = page.desk

    def ask(workflows: Pairs) -> None:
        asks = _with((
            Ask("file", "Which workbook?", required=True, says="Ofsted Annex A, .xlsx; Lists 2 to 5 are read"),
            Ask("what", "What is to be done?", "choice", True, WHAT, start=TRY),
            Ask("authority", "Does each child's id begin with a code?", says="301 makes 301-12345, as in a census"),
            Ask("workflow", "Which workflow do the assessments follow?", "choice", options=workflows,
                says="left empty: the one in force when each began"),
            DETAILS, _most(),
        ), start or {})  # fmt: skip

        def submit(answers: Answers, seen: int | None) -> Answers:
            return _checked(typed(asks, answers, desk.today))

        form = FormScreen("Read an Annex A workbook in", asks, submit, keep_word="Begin",
                          says=f"A trial reads the whole workbook and says what would happen. {STAYS}")  # fmt: skip
        offer_form(page, form, lambda given: _begin(page, given, _annex, ask_annex))

    page.ask("workflows", lambda: _assessments(desk), ask)


def _assessments(desk: Desk) -> Pairs:
    return tuple((d.title, d.name) for d in desk.catalogue.usable() if d.kind == "assessment" and d.importing)


def _annex(desk: Desk, given: Answers, progress: Progress) -> SheetReport:
    return import_annex(
        desk, given["path"], authority=given.get("authority", ""), dry_run=given["what"] == TRY,
        workflow=given.get("workflow"), with_details=bool(given.get("details")), max_bytes=int(given["most"]) * MB,
        progress=progress,
    )  # fmt: skip


# ---- tables with a mapping -------------------------------------------------------------------------------------------
def ask_table(page: Page, start: Answers | None = None) -> None:
    desk = page.desk
    what = (*WHAT, ("only write a mapping to begin with, from its headings", SAMPLE))
    asks = _with((
        Ask("file", "Which file?", required=True, says="a table: .csv, .tsv or .xlsx"),
        Ask("mapping", "Which mapping says which column is what?", required=True,
            says="a .toml file; a new one, where one is to be written"),
        Ask("what", "What is to be done?", "choice", True, what, start=TRY),
        Ask("sheet", "Which sheet?", says="of a workbook with more than one"),
        Ask("errors", "Where do rows that are refused go?", says="a new .csv file; left empty: nowhere"),
        DETAILS, _most(),
    ), start or {})  # fmt: skip

    def submit(answers: Answers, seen: int | None) -> Answers:
        given = _checked(typed(asks, answers, desk.today))
        given["map"] = (new if given["what"] == SAMPLE else there)(given["mapping"], "mapping")
        if given.get("errors"):
            given["left"] = new(given["errors"], "errors")
            try:
                must_be_free(given["left"])
            except CaseReviewError as error:
                raise FieldFaults({"errors": f"{error.says} {error.remedy or ''}".strip()}) from None
        return given

    form = FormScreen("Read a table in", asks, submit, keep_word="Begin",
                      says=f"A trial reads the whole file and says what would become of each row. {STAYS}")  # fmt: skip
    offer_form(page, form, lambda given: _table(page, given))


def _table(page: Page, given: Answers) -> None:
    if given["what"] != SAMPLE:
        _begin(page, given, _tabled, ask_table)
        return

    def write() -> str:
        text = sample_mapping(given["path"], sheet=given.get("sheet", ""), max_bytes=int(given["most"]) * MB)
        save_new(given["map"], text.encode())
        return text

    def written(text: str) -> None:
        says = Text(f"Written to {shown(given['mapping'], width=200)}. Look at every line, then try it.\n\n", "bold")
        page.app.push_screen(TextScreen(says.append(text, "not bold")))

    page.ask("mapping", write, written)


def _tabled(desk: Desk, given: Answers, progress: Progress) -> SheetReport:
    return import_table(
        desk, given["path"], given["map"], sheet=given.get("sheet", ""), dry_run=given["what"] == TRY,
        errors=given.get("left", ""), with_details=bool(given.get("details")), max_bytes=int(given["most"]) * MB,
        progress=progress,
    )  # fmt: skip


# ---- both ------------------------------------------------------------------------------------------------------------
Read = Callable[[Desk, Answers, Progress], SheetReport]
AskAgain = Callable[[Page, Answers | None], None]


def _begin(page: Page, given: Answers, read: Read, again: AskAgain) -> None:
    if given["what"] == TRY:
        _start(page, given, read, again)
    else:
        sure(page, f"Read {given['file']} in?", lambda: _start(page, given, read, again), STAYS)


def _start(page: Page, given: Answers, read: Read, again: AskAgain) -> None:
    desk, trial = page.desk, given["what"] == TRY

    def report(found: SheetReport) -> RowsReport:
        def land(screen: ReportScreen) -> None:
            # the refused rows were written by the trial already
            _begin(screen, {**given, "what": LAND} | ({"left": ""} if found.errors_file else {}), read, again)

        return RowsReport(counted(found, given["file"]), lines_of(found), land if trial else None)

    label = f"{'Trying' if trial else 'Reading in'} {shown(given['file'], width=60)}"
    stays = "Nothing is changed by a trial." if trial else STAYS
    begun = Work(label, lambda progress: read(desk, given, progress), report, stays, lambda: again(page, given),
                 writes=not trial)  # fmt: skip
    page.house.begin(begun)


def lines_of(found: SheetReport) -> list[Line]:
    """A line for every row, and after them what is to be told besides."""
    rows = [_line(row, found.dry_run) for row in found.rows]
    told = {(p.line, p.says) for p in found.problems if p.refused or p.done.startswith("kept as it is")}
    rest = [p for p in found.problems if (p.line, p.says) not in told]
    return rows + [Line(p.line, p.child or "", p.says, p.done, p.refused) for p in rest]


def _line(row: RowOutcome, trial: bool) -> Line:
    says = ": ".join(filter(None, (row.list, row.says or row.case or OUTCOMES[row.outcome])))
    done = f"{'would be ' if trial and row.outcome in ('created', 'updated') else ''}{OUTCOMES[row.outcome]}"
    return Line(row.line, row.child, says, done, row.outcome == "refused")


def counted(found: SheetReport, file: str) -> Text:
    """How many rows there were and what became of them."""
    would = "would be " if found.dry_run else ""
    text = Text().append(f"{shown(file, width=200)}\n", "bold")
    text.append(f"{found.read:,} row{'' if found.read == 1 else 's'}: ")
    text.append(f"{found.created:,} {would}new, {found.updated:,} {would}brought up to date, ")
    text.append(f"{found.unchanged:,} as they were, ")
    text.append(f"{found.refused:,} left out", MISSING if found.refused else "")
    for note in found.notes:
        text.append(f"\n{shown(note)}", QUIET)
    if found.missing:
        missing = ", ".join(found.missing[:20]) + (" …" if len(found.missing) > 20 else "")
        says = "open here and no longer in the file (nothing was removed)"
        text.append(f"\n{len(found.missing):,} {says}: {missing}", QUIET)
    if found.errors_file:
        text.append(f"\nThe rows left out are in {shown(found.errors_file, width=200)}, each with why. "
                    "Mend them there, then read that file in with the same mapping.")  # fmt: skip
    if found.dry_run:
        text.append("\nThis was a trial: nothing was changed. i reads it in.", "bold")
    return text
