"""The overdue register: every time that is longer than agreed or usual, grouped by concern, with its story."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from casereview.ports import Reading
from casereview.query import Query
from casereview.query.terms import GROUPS, SORTS
from casereview.rows import NO_GROUP, standing_of_row
from casereview.service.desk import Desk
from casereview.service.reading import CaseView, show
from casereview.views import BY_CONCERN, OVERDUE, RegisterPage, RegisterQuery, RegisterRow
from casereview.words import standing_word
from tui.screens.acts import act_named
from tui.screens.doing import do_act
from tui.screens.hanging import Hanging
from tui.screens.helping import Helped, help_text, read_help
from tui.screens.listing import Listing, ListPage
from tui.screens.look import MISSING, QUIET, colour_of, data, short
from tui.screens.messages import CursorMoved
from tui.screens.page import Offer
from tui.screens.story import everything
from tui.screens.table import Column, Group

HEADER = (
    "case", "title", "stage", "worker", "team", "expectation", "standing", "started", "indicative date", "agreed date",
    "working days", "beyond", "reason", "effect on the child", "manager", "manager's words", "look again on",
    "family told", "news promised", "exception", "help and quality",
)  # fmt: skip


class RegisterScreen(ListPage[RegisterRow]):
    heading = "Overdue register"
    about = (
        "Everything that takes longer than was agreed for this child, or than usual, most concern first. A reason "
        "does not take a case off this list, and an agreed one stays until the work is done: what counts is whether "
        "the reason holds, whether the family knows, and whether the child is being helped meanwhile."
    )
    of = "register"
    columns = (
        Column("Case", 13),
        Column("Title", 12, grow=3),
        Column("Time", 16, grow=1, from_width=110),
        Column("Worker", 10, grow=1),
        Column("Beyond", 6, right=True),
        Column("Reason", 12, grow=4),
        Column("Look on", 9),
        Column("Told", 9),
        Column("Help and quality", 16, grow=2, from_width=130),
    )
    CSS_PATH: ClassVar[list[str | PurePath]] = ["listing.tcss", "register.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,space", "story", "Story", id="register.story", key_display="r",
                tooltip="The whole story of the row: reason, effect on the child, manager's words, family, help"),
        Binding("a", "act('answer')", "Answer", id="register.answer",
                tooltip="Answer the reason: agree until a day, not agreed, or tell me more"),
        Binding("g", "act('reason')", "Reason", id="register.reason", tooltip="Give a reason for the row"),
        Binding("p", "act('review')", "Review", id="register.review", show=False,
                tooltip="Hold a checkpoint review of the row: enough, carry on, or change direction"),
        Binding("d", "act('agree-date')", "Date", id="register.date", show=False, tooltip="Agree a date for the row"),
        Binding("w", "act('tell')", "Tell", id="register.tell", show=False, tooltip="Record what the family was told"),
        Binding("h", "headings", "Headings", id="register.headings", show=False,
                tooltip="Under headings: by team, worker, reason or whom is waited for, each with how many"),
        Binding("f2", "app.go('cases')", "Cases", id="register.cases", tooltip="The list of cases"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._view: CaseView | None = None
        self.helped: dict[str, str] = {}  # case -> what is known of help and quality, in a few words

    def body(self) -> ComposeResult:
        yield from super().body()
        with VerticalScroll(id="story", can_focus=False):
            yield Static(id="told", markup=False)

    def on_mount(self) -> None:
        self.query_one("#story").display = False

    # ---- the list ----------------------------------------------------------------------------------------------
    def cells(self, row: RegisterRow) -> Sequence[str | Text]:
        details = row.expectation.details
        answer = details.get("answer", {})
        return (
            row.row.case,
            row.row.title,
            row.expectation.title,
            row.row.worker_name or "–",
            str(row.beyond) if row.beyond else "–",
            _reason(row, self.desk),
            short(answer.get("until"), self.desk.today),
            _told(details, self.desk),
            self.helped.get(row.row.case, ""),
        )

    def reader(self, query: Query, offset: int, limit: int) -> Callable[[], Listing[RegisterRow]]:
        desk, helped = self.desk, self.helped

        def read() -> Listing[RegisterRow]:
            from casereview.service.quality import beside_of
            from casereview.service.register import ask_register, register

            asked = ask_register(desk, query, offset=offset, limit=limit)
            page = register(desk, asked)
            refs = list(dict.fromkeys(row.row.case for row in page.rows))
            helped.update((case, one.short) for case, one in beside_of(desk, refs).items())
            return Listing(_beyond_target(desk, page.rows), page.total, headings(asked, page))

        return read

    def reference(self, row: RegisterRow) -> str:
        return row.row.case

    def identity(self, row: RegisterRow) -> object:
        return row.row.case, row.expectation.expectation

    def state(self, total: int) -> Text:
        said = [f"view {self.viewed}"] if self.viewed else []
        order, group = self.asked.value("sort"), self.asked.value("group")
        said += [GROUPS[group]] if group else []
        said += [SORTS[order.removeprefix("-")] + (", turned round" if order.startswith("-") else "")] if order else []
        said.append("beyond: working days past its agreed or usual date, or urgent target")
        return Text.assemble((f" {total:,} ", "bold"), data(" · ".join(said), QUIET))

    def nothing(self) -> str:
        if self.typed:
            return "Nothing that is overdue matches.\n\nesc clears the filter, c every filter."
        return (
            "Nothing is longer than agreed or usual.\n\n"
            "F2  goes to the cases: one without an agreed date is never overdue, so look there too"
        )

    def action_headings(self) -> None:
        from tui.screens.narrowing import choose_group

        choose_group(self)

    def action_export(self) -> None:
        from tui.screens.export import ask_where

        desk = self.desk
        read = self.page_reader
        ask_where(self, "overdue", HEADER, lambda at, n: read(at, n)().rows,
                  lambda row: (*_exported(row, desk), self.helped.get(row.row.case, "")))  # fmt: skip

    # ---- the story of a row ------------------------------------------------------------------------------------
    def action_story(self) -> None:
        panel = self.query_one("#story")
        panel.display = not panel.display
        self._read_story()

    def on_cursor_moved(self, message: CursorMoved) -> None:
        self._view = None
        if self.query_one("#story").display:
            self._read_story()

    def _read_story(self) -> None:
        row = self.table.row()
        told = self.query_one("#told", Static)
        if row is None:
            told.update("")
            return
        desk, ref, name = self.desk, row.row.case, row.expectation.expectation

        def read() -> tuple[CaseView, Helped]:
            view = show(desk, ref)
            return view, read_help(desk, view)

        def tell(read: tuple[CaseView, Helped]) -> None:
            view, helped = read
            text = Text.assemble((f"{view.case.ref}  ", "bold"), data(view.case.title, "bold"), "\n")
            text.append_text(everything(view, name))
            text.append("\n\nHelp and quality\n", "bold").append_text(help_text(view, helped))
            told.update(Hanging(text))
            self.query_one("#story").scroll_home(animate=False)

        self.ask("story", read, tell)

    # ---- acts --------------------------------------------------------------------------------------------------
    def action_act(self, name: str) -> None:
        """An act on the case under the cursor; what is recorded is about the time of that row."""
        row = self.table.row()
        if row is None:
            return
        desk, ref, about = self.desk, row.row.case, row.expectation.expectation
        self.ask("act", lambda: show(desk, ref), lambda view: do_act(self, view, act_named(name), about))

    def offers(self) -> Iterator[Offer]:
        yield from super().offers()
        row = self.table.row()
        if row is not None:
            yield Offer("The whole story", row.row.case, self.action_story)
            yield Offer("Give a reason", row.row.case, lambda: self.action_act("reason"))
            yield Offer("Agree a date", row.row.case, lambda: self.action_act("agree-date"))
            if row.expectation.details.get("reason"):
                yield Offer("Answer the reason", row.row.case, lambda: self.action_act("answer"))


def headings(asked: RegisterQuery, page: RegisterPage) -> tuple[Group, ...]:
    """What stands above the rows: groups, or standings in the order of concern; nothing in another order."""
    if asked.group:
        none = NO_GROUP[asked.group]
        return tuple(Group(data(f"{one.title or none}  {one.count:,}", "bold"), one.count) for one in page.groups)
    if asked.order.removeprefix("-") != "concern":
        return ()
    wanted = [one for one in BY_CONCERN if one in (asked.standings or OVERDUE) and page.counts.get(one)]
    ordered = reversed(wanted) if asked.order.startswith("-") else wanted
    return tuple(Group(_heading(one, page.counts[one]), page.counts[one]) for one in ordered)


def _heading(value: str, count: int) -> Text:
    word = standing_word(value)
    return Text(f"{word.sign} {word.words}  {count:,}", style=colour_of(value))


def _beyond_target(desk: Desk, rows: Sequence[RegisterRow]) -> list[RegisterRow]:
    """What is urgent and late and has no other date is beyond its target by so many working days."""
    if not any(_only_target(row) for row in rows):
        return list(rows)
    with desk.reading() as work:
        return [replace(row, beyond=_past(desk, work, row)) if _only_target(row) else row for row in rows]


def _only_target(row: RegisterRow) -> bool:
    return row.row.standing == "urgent_late" and row.expectation.target is not None and not row.beyond


def _past(desk: Desk, work: Reading, row: RegisterRow) -> int:
    target = row.expectation.target
    calendar = desk.calendar(work, row.nation, row.row.team)
    return calendar.working_days(target, desk.today) if target is not None else 0


def _reason(row: RegisterRow, desk: Desk) -> Text:
    reason, target = row.expectation.details.get("reason"), row.expectation.target
    until = f"by {short(target, desk.today)}: " if target else ""
    if not reason:
        return Text(f"{until}none yet", style=MISSING)
    return data(until + (reason.get("text") or reason.get("code", "")))


def _told(details: dict[str, Any], desk: Desk) -> Text:
    family = details.get("family", {})
    if family.get("told_on"):
        return Text(short(family["told_on"], desk.today))
    if family.get("exception"):
        return Text("excepted", style=QUIET)
    return Text("not told" if family.get("listed") else "no list", style=MISSING)


def _exported(row: RegisterRow, desk: Desk) -> tuple[object, ...]:
    seen, details = row.expectation, row.expectation.details
    reason, answer, family = (details.get(part) or {} for part in ("reason", "answer", "family"))
    return (
        row.row.case, row.row.title, row.row.stage_title, row.row.worker_name, row.row.team_name, seen.title,
        standing_word(standing_of_row(seen, desk.today)).words, seen.started, seen.indicative, seen.agreed,
        row.working_days, row.beyond,
        reason.get("text"), reason.get("effect"), answer.get("decision"), answer.get("text"), answer.get("until"),
        family.get("told_on"), family.get("promised_on"), family.get("exception"),
    )  # fmt: skip
