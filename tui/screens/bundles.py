"""Bundles: one case or a whole store in a file, written and read in without losing anything."""

from __future__ import annotations

from rich.text import Text

from casereview.exchange.bundle import BundleReport, export_bundle, import_bundle
from casereview.text import parse_ref, shown
from tui.screens.asks import Answers, Ask, Pairs, typed
from tui.screens.doing import sure
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import MISSING, data
from tui.screens.page import Page
from tui.screens.paths import new, there
from tui.screens.report import Line, ReportScreen
from tui.screens.sheet import TextScreen
from tui.screens.work import Progress, Work

TRY, LAND = "try", "land"
WHAT: Pairs = (("only try it: nothing is changed", TRY), ("read it in", LAND))
IN_STAYS = "A bundle is read in whole or not at all: stopped half-way, nothing of it is kept, and it can be read again."
OUT_STAYS = "Stopped half-way, no file is left behind."
CARE = "It holds what people wrote: keep it as safe as the store. Only a new file is written, readable by you alone."


# ---- out ---------------------------------------------------------------------------------------------------------
def ask_bundle_out(page: Page, start: Answers | None = None) -> None:
    """The case under the cursor at first, where there is one; the whole store when none is named."""
    desk, began = page.desk, start or {"case": page.case_in_hand()}
    case = began.get("case", "")
    asks = (
        Ask("case", "Which case?", start=case, says="its reference; the whole store when left empty"),
        Ask("file", "Into which new file?", required=True,
            start=began.get("file") or f"{case or 'store'}-{desk.today}.bundle"),
    )  # fmt: skip

    def submit(answers: Answers, seen: int | None) -> Answers:
        given = typed(asks, answers, desk.today)
        if given.get("case"):
            given["case"] = parse_ref(given["case"])
            with desk.reading() as work:
                desk.case(work, given["case"])
        return {**given, "path": new(given["file"], "file")}

    form = FormScreen("Write a bundle", asks, submit, keep_word="Write it", says=CARE)
    offer_form(page, form, lambda given: _write(page, given))


def _write(page: Page, given: Answers) -> None:
    desk, case = page.desk, given.get("case")
    what = case or "the whole store"

    def run(progress: Progress) -> int:
        return export_bundle(desk, given["path"], case, progress)

    def report(entries: int) -> TextScreen:
        return TextScreen(data(f"{entries:,} entries of {what} are in {given['path']}.\n\n{CARE}", lines=True))

    label = f"Writing a bundle of {what}"
    page.house.begin(Work(label, run, report, OUT_STAYS, lambda: ask_bundle_out(page, given)))


# ---- in ----------------------------------------------------------------------------------------------------------
def ask_bundle_in(page: Page, start: Answers | None = None) -> None:
    desk, began = page.desk, start or {}
    asks = (
        Ask("file", "Which file?", required=True, start=began.get("file")),
        Ask("what", "What is to be done?", "choice", True, WHAT, start=began.get("what") or TRY),
    )

    def submit(answers: Answers, seen: int | None) -> Answers:
        given = typed(asks, answers, desk.today)
        return {**given, "path": there(given["file"], "file")}

    says = f"Each case is taken in once, with who wrote what and when; logins and offices never travel. {IN_STAYS}"
    form = FormScreen("Read a bundle in", asks, submit, keep_word="Begin", says=says)
    offer_form(page, form, lambda given: _begin(page, given))


def _begin(page: Page, given: Answers) -> None:
    if given["what"] == TRY:
        _start(page, given)
    else:
        sure(page, f"Read {given['file']} in?", lambda: _start(page, given), IN_STAYS)


def _start(page: Page, given: Answers) -> None:
    desk, trial = page.desk, given["what"] == TRY

    def run(progress: Progress) -> BundleReport:
        return import_bundle(desk, given["path"], dry_run=trial, progress=progress)

    def report(found: BundleReport) -> ReportScreen:
        def land(screen: ReportScreen) -> None:
            _begin(screen, {**given, "what": LAND})

        lines = [Line(None, "", problem, "") for problem in found.problems]
        return ReportScreen(counted(found, given["file"]), lines, land if trial else None)

    label = f"{'Trying' if trial else 'Reading in'} {shown(given['file'], width=60)}"
    page.house.begin(Work(label, run, report, IN_STAYS, lambda: ask_bundle_in(page, given), writes=not trial))


def counted(found: BundleReport, file: str) -> Text:
    would = "would be " if found.dry_run else ""
    text = Text().append(f"{shown(file, width=200)}\n", "bold")
    text.append(f"{found.read:,} case{'' if found.read == 1 else 's'}: ")
    text.append(f"{found.created:,} {would}taken in, {found.unchanged:,} as they were, ")
    text.append(f"{found.refused:,} left out", MISSING if found.refused else "")
    if found.dry_run:
        text.append("\nThis was a trial: nothing was changed. i reads it in.", "bold")
    return text
