"""Checking that nothing was altered, anchors kept elsewhere, making the lists again, and copying the store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.text import Text

from casereview.errors import CaseReviewError
from casereview.service import whole
from casereview.text import shown
from casereview.views import Head
from tui.screens.asks import Answers, Ask, Pairs, typed
from tui.screens.doing import sure
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import MET, MISSING, QUIET, data
from tui.screens.page import Page
from tui.screens.paths import new, there, write_new
from tui.screens.sheet import TextScreen
from tui.screens.work import Progress, Work

CHECK, REBUILD = "check", "rebuild"
WHAT: Pairs = (("check it", CHECK), ("make every list again from the journal, then check it", REBUILD))
STAYS = "Checking changes nothing. Lists that are being made again are made whole or left as they were."
COPY_STAYS = "Stopped half-way, no copy is left behind."


@dataclass(frozen=True, slots=True)
class _Checked:
    found: whole.Verified
    anchors: int
    line: str | None
    kept_in: str


# ---- verify ------------------------------------------------------------------------------------------------------
def ask_verify(page: Page, start: Answers | None = None) -> None:
    desk, began = page.desk, start or {}
    asks = (
        Ask("what", "What is to be done?", "choice", True, WHAT, start=began.get("what") or CHECK),
        Ask("anchor", "Against which anchor?", start=began.get("anchor"), says="a file that holds lines kept earlier"),
        Ask("print", "Make an anchor afterwards?", "yes-no", start=began.get("print") or "yes",
            says="a line to keep elsewhere: only against it is tampering evident"),
        Ask("keep", "Keep the anchor in which new file?", start=began.get("keep"), says="it is shown in any case"),
    )  # fmt: skip

    def submit(answers: Answers, seen: int | None) -> Answers:
        given = typed(asks, answers, desk.today)
        given["anchors"] = _anchors(there(given["anchor"], "anchor")) if given.get("anchor") else ()
        given["path"] = new(given["keep"], "keep") if given.get("keep") else ""
        return given

    says = "Every entry is checked against the one before it, and every list against what was written down."
    form = FormScreen("Check the store", asks, submit, says=says, keep_word="Begin")
    offer_form(page, form, lambda given: _begin(page, given, _as_typed(asks, given)))


def _as_typed(asks: tuple[Ask, ...], given: Answers) -> Answers:
    """Answers as the form holds them, so that it can be shown again."""
    return {ask.name: ("yes" if given.get(ask.name) is True else "no" if given.get(ask.name) is False
                       else given.get(ask.name)) for ask in asks}  # fmt: skip


def _anchors(path: str) -> tuple[Head, ...]:
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        reason = getattr(wrong, "strerror", None) or "it is not UTF-8 text"
        raise CaseReviewError(f"cannot be read: {reason}", where=path) from None
    return tuple(whole.read_anchors(text, path))


def _begin(page: Page, given: Answers, answers: Answers) -> None:
    if given["what"] == CHECK:
        _start(page, given, answers)
        return
    says = f"The journal stays as it is; nobody can write while the lists are made again. {STAYS}"
    sure(page, "Make every list again from the journal?", lambda: _start(page, given, answers), says)


def _start(page: Page, given: Answers, answers: Answers) -> None:
    desk = page.desk

    def run(progress: Progress) -> _Checked:
        if given["what"] == REBUILD:
            whole.rebuild_store(desk, progress)
        found = whole.verify(desk, given["anchors"], progress)
        line = whole.anchor(desk) if given.get("print", False) and found.ok else None
        if line and given["path"]:
            write_new(given["path"], f"{line}\n")
        return _Checked(found, len(given["anchors"]), line, given["path"])

    label = "Making every list again, and checking" if given["what"] == REBUILD else "Checking the store"

    def report(checked: _Checked) -> TextScreen:
        return TextScreen(told(checked), wide=True, hang=False)

    rebuilt = given["what"] == REBUILD
    page.house.begin(Work(label, run, report, STAYS, lambda: ask_verify(page, answers), writes=rebuilt))


def told(checked: _Checked) -> Text:
    """What checking found, and the anchor to keep elsewhere."""
    found, text = checked.found, Text()
    if not found.ok:
        text.append("This store is NOT as it was written.\n\n", f"bold {MISSING}")
        for one in found.problems:
            text.append(f"✗ {shown(one.says)}\n", MISSING)
        return text.append("\nKeep this store as it is, and bring back a backup: casereview restore FILE", QUIET)
    text.append("Whole: ", f"bold {MET}").append(f"{found.entries:,} entries, {found.cases:,} cases")
    if checked.anchors:
        text.append(f", and it holds what {checked.anchors} anchor{'s say' if checked.anchors > 1 else ' says'}")
    text.append(".\n")
    if checked.line:
        text.append("\nKeep this line elsewhere, in the minutes of the board or in a letter:\n\n", QUIET)
        text.append(f"{checked.line}\n", "bold")
    if checked.kept_in:
        text.append(f"\nIt is in {shown(checked.kept_in)}.\n", QUIET)
    return text


# ---- backup ------------------------------------------------------------------------------------------------------
def ask_backup(page: Page, start: Answers | None = None) -> None:
    desk, began = page.desk, start or {}
    asks = (
        Ask("file", "Into which new file?", required=True, start=began.get("file") or f"casereview-{desk.today}.db",
            says="better on another disk"),
    )  # fmt: skip

    def submit(answers: Answers, seen: int | None) -> Answers:
        given = typed(asks, answers, desk.today)
        return {**given, "path": new(given["file"], "file")}

    form = FormScreen("Copy the store", asks, submit, keep_word="Copy it", says="The copy is checked once it is made.")
    offer_form(page, form, lambda given: _copy(page, given))


def _copy(page: Page, given: Answers) -> None:
    desk, path = page.desk, given["path"]

    def run(progress: Progress) -> str:
        progress("copying", 0, 0)
        whole.backup(desk, path)
        return str(path)

    def report(made: str) -> TextScreen:
        care = "It holds everything that people wrote: keep it as safe as the store."
        back = "Bring it back with: casereview restore FILE"
        return TextScreen(data(f"Copied, and checked: {made}\n\n{care}\n{back}", lines=True))

    page.house.begin(Work("Copying the store", run, report, COPY_STAYS, lambda: ask_backup(page, given)))
