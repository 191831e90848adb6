"""The versions of a record: each in full, what differs between two word by word, and going back to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.errors import CaseReviewError
from casereview.service.versions import Version, Versions, go_back, versions
from casereview.text import shown
from casereview.when import recorded
from tui.screens.asks import Answers, Ask, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import MET, MISSING, QUIET, day
from tui.screens.page import Page
from tui.screens.record_view import answer
from tui.screens.relying import rely
from tui.screens.rows import RowsPage
from tui.screens.sheet import TextScreen
from tui.screens.table import Column

STYLES = {"same": "", "gone": f"{MISSING} strike", "new": f"{MET} underline"}
WHY = Ask("reason", "Why is it changed back?", "line", required=True, says="what stands there now stays readable")


def open_versions(page: Page, ref: str, number: int) -> None:
    page.app.push_screen(VersionsScreen(ref, number))


class VersionsScreen(RowsPage[Version]):
    heading = "Versions"
    about = (
        "Every version of a record, the newest first: who left it so, when and why. Enter shows a version in full, d "
        "what differs between it and the one marked with m (without a mark, the one before it), word by word. b goes "
        "back to it: by a correction with a reason, so that nothing is lost."
    )
    columns = (
        Column("No.", 5, right=True), Column("On", 12), Column("By", 14, grow=1), Column("Why", 16, grow=2),
        Column("Changed", 14, grow=2), Column("Recorded", 23, from_width=110),
    )  # fmt: skip
    header = ("version", "on", "by", "why", "changed", "recorded")
    file_name = "versions"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "differences", "Differences", id="versions.differences",
                tooltip="Word by word, between this version and the marked one or the one before"),
        Binding("m", "mark", "Mark", id="versions.mark", tooltip="Compare others with this version"),
        Binding("b", "restore", "Go back to it", id="versions.back", tooltip="Correct the record to what it said here"),
    ]  # fmt: skip

    def __init__(self, ref: str, number: int) -> None:
        super().__init__()
        self.ref, self.number = ref, number
        self.found: Versions | None = None
        self.marked = 0

    def case_in_hand(self) -> str:
        return self.ref

    def reader(self) -> Callable[[], list[Version]]:
        desk, ref, number = self.desk, self.ref, self.number

        def read() -> list[Version]:
            self.found = versions(desk, ref, number)
            return list(reversed(self.found.versions))

        return read

    def cells(self, row: Version) -> Sequence[str | Text]:
        mark = "*" if row.number == self.marked else ""
        what = "withdrawn" if row.withdrawn else self._changed(row)
        why = row.why or ("as first written" if row.number == 1 else "–")
        return f"{mark}{row.number}", day(row.on), row.by_name, why, what, recorded(row.recorded_at)

    def _changed(self, row: Version) -> str:
        if self.found is None or row.number == 1:
            return "–"
        names = [one.name.replace("_", " ") for one in self.found.between(row.number - 1, row.number)]
        return ", ".join(names) or "–"

    def says(self) -> str:
        if self.found is None:
            return ""
        relied = f"; others rely on it: {'; '.join(self.found.relied)}" if self.found.relied else ""
        return f"{self.found.title}, no. {self.number} of {self.ref}{relied}"

    def nothing(self) -> str:
        return "There is no version that may be read."

    # ---- what is shown -----------------------------------------------------------------------------------------
    def choose(self, row: Version) -> None:
        if self.found is not None:
            self.app.push_screen(TextScreen(_whole(self.found, row)))

    def action_mark(self) -> None:
        row = self.table.row()
        if row is not None:
            self.marked = 0 if self.marked == row.number else row.number
            self._list(keep=True)

    def action_differences(self) -> None:
        row, found = self.table.row(), self.found
        if row is None or found is None:
            return
        first, second = sorted((self.marked or max(row.number - 1, 1), row.number))
        self.app.push_screen(TextScreen(_compared(found, first, second)))

    # ---- going back --------------------------------------------------------------------------------------------
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "restore":
            row = self.table.row() if self.loaded else None
            return row is not None and self.found is not None and row.number < len(self.found.versions) and self.able
        return super().check_action(action, parameters)

    @property
    def able(self) -> bool:
        return self.found is not None and not self.found.newest.withdrawn

    def action_restore(self) -> None:
        row, found, desk = self.table.row(), self.found, self.desk
        if row is None or found is None:
            return

        def submit(answers: Answers, seen: int | None) -> Sequence[str]:
            reason = typed([WHY], answers, desk.today)["reason"]
            return go_back(desk, found.ref, found.number, row.number, reason, seen).says

        form: FormScreen[Sequence[str]] = FormScreen(
            f"Back to version {row.number}: {found.title}, {found.ref}", (WHY,), submit, seen=found.seen,
            says=rely(found.relied), renew=partial(_seen_now, desk, found), keep_word="Go back",
        )  # fmt: skip
        offer_form(self, form, lambda says: self.kept(tuple(says)))


def _seen_now(desk: object, found: Versions) -> int:
    from casereview.service.desk import Desk

    assert isinstance(desk, Desk)
    return versions(desk, found.ref, found.number).seen


def _whole(found: Versions, one: Version) -> Text:
    text = Text().append(f"{shown(found.title)}, no. {found.number}: version {one.number}\n", "bold")
    text.append(f"{day(one.on)}, {shown(one.by_name)}  recorded {recorded(one.recorded_at)}\n", QUIET)
    text.append(f"because: {shown(one.why)}\n" if one.why else "")
    text.append("Withdrawn: it no longer counts.\n" if one.withdrawn else "")
    fields = found.form.fields if found.form else {}
    for name in (*fields, *(n for n in one.values if n not in fields)):
        value = one.values.get(name)
        if value in (None, "", []):
            continue
        field = fields.get(name)
        text.append(f"\n{shown(field.ask if field else name)}", "bold")
        said = found.names.person(str(value)) if field and field.type == "person" else answer(value)
        text.append(f"\n{shown(said, one_line=False)}\n")
    return text


def _compared(found: Versions, first: int, second: int) -> Text:
    text = Text().append(f"{shown(found.title)}, no. {found.number}: version {first} to {second}\n", "bold")
    text.append("struck through: words that went; underlined: words that came\n", QUIET)
    fields = found.form.fields if found.form else {}
    try:
        different = found.between(first, second)
    except CaseReviewError as error:
        return text.append(str(error), MISSING)
    for one in different:
        field = fields.get(one.name)
        text.append(f"\n{shown(field.ask if field else one.name)}\n", "bold")
        for piece in one.pieces:
            text.append(shown(piece.text, one_line=False), STYLES[piece.mark])
        text.append("\n")
    return text if different else text.append("\nThey say the same.")
