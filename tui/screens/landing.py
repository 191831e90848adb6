"""Reading a census file in: tried first, then read in, with everything that is wrong in it by its line."""

from __future__ import annotations

from rich.text import Text

from casereview.exchange.landing import ImportReport, import_cin
from casereview.service.desk import Desk
from casereview.text import shown
from tui.screens.asks import Answers, Ask, FieldFaults, Pairs, typed
from tui.screens.doing import sure
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import MISSING, QUIET
from tui.screens.page import Page
from tui.screens.paths import there
from tui.screens.report import Line, ReportScreen
from tui.screens.work import Progress, Work

MB = 1024**2
TRY, LAND = "try", "land"
WHAT: Pairs = (("only try it: nothing is changed", TRY), ("read it in", LAND))
STAYS = (
    "It is read in by batches, each whole or not at all. What was read in stays; reading the same file in "
    "again goes on from there and changes nothing twice."
)


def ask_census(page: Page, start: Answers | None = None) -> None:
    desk, began = page.desk, start or {}

    def ask(workflows: Pairs) -> None:
        asks = (
            Ask("file", "Which file?", required=True, start=began.get("file"), says="a children in need census, XML"),
            Ask("what", "What is to be done?", "choice", True, WHAT, start=began.get("what") or TRY),
            Ask("workflow", "Which workflow do the assessments follow?", "choice", options=workflows,
                start=began.get("workflow"), says="left empty: the one in force when each began"),
            Ask("most", "Refuse a file larger than how many megabytes?", "number", True,
                start=began.get("most") or "500"),
        )  # fmt: skip

        def submit(answers: Answers, seen: int | None) -> Answers:
            given = typed(asks, answers, desk.today)
            given["path"] = there(given["file"], "file")
            if not given["most"].isdecimal() or not 0 < len(given["most"].lstrip("0")) < 7:
                raise FieldFaults({"most": "A whole number, such as 500."})
            return given

        form = FormScreen("Read a census file in", asks, submit, keep_word="Begin",
                          says=f"A trial reads the whole file and says what would happen. {STAYS}")  # fmt: skip
        offer_form(page, form, lambda given: _begin(page, given))

    page.ask("workflows", lambda: _assessments(desk), ask)


def _assessments(desk: Desk) -> Pairs:
    return tuple((d.title, d.name) for d in desk.catalogue.usable() if d.kind == "assessment" and d.importing)


def _begin(page: Page, given: Answers) -> None:
    if given["what"] == TRY:
        _start(page, given)
    else:
        sure(page, f"Read {given['file']} in?", lambda: _start(page, given), STAYS)


def _start(page: Page, given: Answers) -> None:
    desk, trial = page.desk, given["what"] == TRY

    def run(progress: Progress) -> ImportReport:
        return import_cin(
            desk, given["path"], dry_run=trial, workflow=given.get("workflow"), max_bytes=int(given["most"]) * MB,
            progress=progress,
        )  # fmt: skip

    def report(found: ImportReport) -> ReportScreen:
        def land(screen: ReportScreen) -> None:
            _begin(screen, {**given, "what": LAND})

        lines = [Line(p.line, p.child or "", p.says, p.done, p.refused) for p in found.problems]
        return ReportScreen(counted(found, given["file"]), lines, land if trial else None)

    label = f"{'Trying' if trial else 'Reading in'} {shown(given['file'], width=60)}"
    stays = "Nothing is changed by a trial." if trial else STAYS
    page.house.begin(Work(label, run, report, stays, lambda: ask_census(page, given), writes=not trial))


def counted(found: ImportReport, file: str) -> Text:
    """How many assessments there were and what became of them."""
    would = "would be " if found.dry_run else ""
    text = Text().append(f"{shown(file, width=200)}\n", "bold")
    text.append(f"{found.read:,} assessment{'' if found.read == 1 else 's'}: ")
    text.append(f"{found.created:,} {would}new, {found.updated:,} {would}brought up to date, ")
    text.append(f"{found.unchanged:,} as they were, ")
    text.append(f"{found.refused:,} left out", MISSING if found.refused else "")
    if found.missing:
        missing = ", ".join(found.missing[:20]) + (" …" if len(found.missing) > 20 else "")
        says = "open here and no longer in the file (nothing was removed)"
        text.append(f"\n{len(found.missing):,} {says}: {missing}", QUIET)
    if found.dry_run:
        text.append("\nThis was a trial: nothing was changed. i reads it in.", "bold")
    return text
