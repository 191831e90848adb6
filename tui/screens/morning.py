"""The morning list: questions that wait for this person, grouped as `casereview today` prints them."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from casereview.errors import CaseReviewError
from casereview.text import shown
from tui.screens.listing import Nothing
from tui.screens.look import MISSING, QUIET, day, days, short
from tui.screens.messages import CursorMoved, RowChosen
from tui.screens.page import Offer, Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.table import Column, Group, PageTable

if TYPE_CHECKING:
    from casereview.oversight.matter import Question
    from casereview.service.morning import Morning
    from casereview.service.reading import CaseView

BY_FORM = ("answer", "reason", "tell", "tell --except", "seen", "agree-date", "review")
SILENCES = (5, 10, 15, 20, 30)


# What reads and answers questions is imported when they are: the first screen of a day is not to wait for it.
class MorningScreen(Page):
    heading = "Today"
    about = (
        "What waits for you: urgent cases, reasons to answer, justifications that end within a week or have lapsed, "
        "checkpoints, news promised to families and changed dates they do not know, lawful exceptions that end, what "
        "only you can take on, blockages, missing dates, silence. What is justified stays quiet until the week before "
        "it is looked at again; the overdue register shows it every day. What others have left unanswered for long "
        "shows to a service manager. Cases of another team that you are appointed to are asked about too. Below the "
        "list stands the question under the cursor, with what is known of the help, and the command that answers it."
    )
    CSS_PATH: ClassVar[list[str | PurePath]] = ["morning.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "answer", "Answer", id="today.answer",
                tooltip="Answer the question under the cursor: its form, or the case where there is none"),
        Binding("t", "team", "Team", id="today.team", tooltip="Only one team"),
        Binding("k", "kind", "Kind", id="today.kind", tooltip="Only one kind of question"),
        Binding("e", "export", "Export", id="today.export",
                tooltip="Into a spreadsheet file, or without names as text or as a calendar"),
        Binding("f3", "app.go('overdue')", "Overdue", id="today.overdue", tooltip="The overdue register"),
        Binding("f7", "app.oversight", "Oversight", id="today.oversight",
                tooltip="Families, blockages, help and quality, figures, reports"),
        Binding("n", "silence", "Silence", id="today.silence", show=False,
                tooltip="After how many working days without anything done you are asked"),
        Binding("o", "app.office", "Office", id="today.office", show=False,
                tooltip="People, teams, days without work, workflows, files in and out, the store"),
        Binding("c", "clear", "Clear", id="today.clear", show=False, tooltip="Every team and kind; the usual silence"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.team, self.kind = "", ""
        self.silent_after: int | None = None  # as the authority keeps it
        self.found: Morning | None = None
        self._columns = (
            Column("Case", 13),
            Column("Title", 14, grow=2),
            Column("Asks", 24, grow=5),
            Column("When", 13, grow=1),
        )

    def body(self) -> ComposeResult:
        yield Static(" Reading the open cases that are yours…", id="state", markup=False)
        table: PageTable[Question] = PageTable(self._columns, self._cells, id="questions")
        yield table
        yield Nothing(id="nothing", markup=False)
        with VerticalScroll(id="question-box", can_focus=False):
            yield Static(id="question", markup=False)

    def _cells(self, row: Question) -> Sequence[str | Text]:
        late = row.by is not None and row.days > 0
        word = "since" if row.by is None else "by"
        return row.case, row.title, row.says, Text(f"{word} {short(row.on, self.desk.today)}", MISSING if late else "")

    @property
    def table(self) -> PageTable[Question]:
        return self.query_one("#questions", PageTable)

    # ---- reading -----------------------------------------------------------------------------------------------
    def on_mount(self) -> None:
        self.query_one("#nothing").display = False
        self.table.focus()
        self.look_again()

    def look_again(self) -> None:
        desk, team, silent_after = self.desk, self.team, self.silent_after
        kinds = (self.kind,) if self.kind else ()

        def read() -> Morning:
            from casereview.service.morning import morning

            return morning(desk, team=team, silent_after=silent_after, kinds=kinds)

        self.ask("today", read, self._show, failed=self._cannot)

    def _show(self, found: Morning) -> None:
        from casereview.oversight.matter import KINDS

        self.found, asked = found, found.questions
        groups = [(heading, sum(one.kind == kind for one in asked)) for kind, heading in KINDS.items()]
        headings = [Group(Text(f"{heading}  {count:,}"), count) for heading, count in groups if count]
        self._swap("" if asked else nothing(found))
        self.table.begin(asked, len(asked), headings, keep=True)
        only = f" · team {self.team}" if self.team else ""
        only += f" · only: {KINDS[self.kind]}" if self.kind else ""
        only += f" · {found.above:,} more, for what is unanswered" if found.above else ""
        looked = f"question{'' if len(asked) == 1 else 's'} from {found.cases:,} open cases that are yours{only}"
        self.query_one("#state", Static).update(Text.assemble((f" {len(asked):,} ", "bold"), (shown(looked), QUIET)))

    def _cannot(self, error: CaseReviewError) -> None:
        self._swap(f"This could not be read: {shown(str(error))}\n\nF5 tries again.")

    def _swap(self, instead: str) -> None:
        """The list with the question under it, or words in their place."""
        words = self.query_one("#nothing", Nothing)
        words.update(Text(instead))
        words.display = bool(instead)
        self.table.display = self.query_one("#question-box").display = not instead
        self.set_focus(words if instead else self.table)

    def on_cursor_moved(self, message: CursorMoved) -> None:
        row = self.table.row()
        self.query_one("#question", Static).update(_whole(row) if row else "")

    # ---- acting ------------------------------------------------------------------------------------------------
    def on_row_chosen(self, message: RowChosen) -> None:
        row = self.table.row(message.index)
        if row is not None:
            self._open(row)

    def _open(self, row: Question) -> None:
        """The case a question is about, or the board."""
        if row.kind == "blockage":
            from tui.screens.blockages import show_blockages

            show_blockages(self)
        else:
            self.house.open_case(row.case)

    def action_answer(self) -> None:
        row = self.table.row()
        if row is None:
            return
        verb, kind = _verb(row)
        if verb not in (*BY_FORM, "record"):
            self._open(row)
            return
        from casereview.service.reading import show

        desk = self.desk
        self.ask("act", lambda: show(desk, row.case), lambda view: self._begin(view, row, verb, kind))

    def _begin(self, view: CaseView, row: Question, verb: str, kind: str) -> None:
        from tui.screens.acts import act_named
        from tui.screens.doing import do_act
        from tui.screens.families import tell_some
        from tui.screens.recording import add_record

        if verb == "record":
            add_record(self, view, view.definition.records[kind])
            return
        if verb == "tell" and not view.case.roster:
            verb = "tell --add"
        elif verb == "tell":
            tell_some(self, view, _people(row))
            return
        names = [e.name for e in view.definition.expectations.values() if e.title == row.expectation]
        do_act(self, view, act_named(verb), names[0] if names else "")

    def action_team(self) -> None:
        from casereview.service.registry import teams

        desk = self.desk

        def choose(choices: list[Choice]) -> None:
            self.app.push_screen(PickScreen("Which team?", choices), self._narrow_team)

        every = Choice("", "all that is yours")
        self.ask("teams", lambda: [every, *(Choice(t.id, t.name) for t in teams(desk))], choose)

    def _narrow_team(self, team: str | None) -> None:
        if team is not None:
            self.team = team
            self.look_again()

    def action_silence(self) -> None:
        choices = [Choice(str(number), days(number)) for number in SILENCES]
        question = "Ask me after how many days without anything done?"
        self.app.push_screen(PickScreen(question, choices), self._narrow_silence)

    def _narrow_silence(self, number: str | None) -> None:
        if number is not None:
            self.silent_after = int(number)
            self.look_again()

    def action_kind(self) -> None:
        from casereview.oversight.matter import KINDS

        choices = [Choice("", "every kind"), *(Choice(kind, heading) for kind, heading in KINDS.items())]
        self.app.push_screen(PickScreen("Which kind of question?", choices, self.kind), self._narrow_kind)

    def _narrow_kind(self, kind: str | None) -> None:
        if kind is not None:
            self.kind = kind
            self.look_again()

    def action_export(self) -> None:
        from tui.screens.morning_export import export

        if self.found is not None:
            export(self, self.found)

    def action_clear(self) -> None:
        self.team, self.kind, self.silent_after = "", "", None
        self.look_again()

    def case_in_hand(self) -> str:
        row = self.table.row()
        return row.case if row is not None else ""

    def offers(self) -> Iterator[Offer]:
        row = self.table.row()
        if row is not None:
            yield Offer("Answer the question under the cursor", row.case, self.action_answer)
            yield Offer("Open the case under the cursor", row.case, self.table.action_choose)
        yield Offer("Only one team", "", self.action_team)
        yield Offer("Only one kind of question", "", self.action_kind)
        yield Offer("Export the list", "A spreadsheet file, or without names text or a calendar", self.action_export)
        yield Offer("Days of silence", "After how many working days you are asked", self.action_silence)
        yield Offer("Clear the filters", "", self.action_clear)


def _verb(row: Question) -> tuple[str, str]:
    """The command that answers it, and for a record its kind."""
    words = shlex.split(row.command)
    if "--except" in words:
        return "tell --except", ""
    return words[1], words[3] if len(words) > 3 else ""


def _people(row: Question) -> list[str]:
    """Whom the command names to be told."""
    words = shlex.split(row.command)
    return [word for option, word in pairwise(words) if option == "--to"]


def _whole(row: Question) -> Text:
    text = Text.assemble((f"{row.case}  ", "bold"), (shown(row.title), "bold"), "\n")
    text.append(f"{shown(row.says)}\n")
    word = "since" if row.by is None else "by"
    far = f"{days(abs(row.days))}{' ahead' if row.days < 0 else ''}"
    about = f"{shown(row.expectation)}: " if row.expectation else ""
    text.append(f"{about}{word} {day(row.on)}, {far}\n", QUIET)
    text.append(f"{shown(row.beside)}\n")
    return text.append(shown(row.command), QUIET)


def nothing(found: Morning) -> str:
    if not found.cases and not found.above:
        return (
            "No open case is yours: none of a team you manage, none you are the worker of, no review you have a role "
            "in.\n\nF2  goes to the cases you may know of"
        )
    return (
        "Nothing waits for you: no answer, date, checkpoint or promised news is due.\n\n"
        "It does not say that help is good.\n\nF3  shows every time that is longer, justified or not"
    )
