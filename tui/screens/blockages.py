"""The blockage board on the screen: what stands in the way, who answers for it, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.oversight.blockages import Blockage
from casereview.service.blockages import Debrief, Item, board, debrief, escalate, look_at, own, raise_blockage, remove
from casereview.service.registry import people, teams
from casereview.text import shown
from tui.commands.blockages import debrief_text
from tui.screens.asks import Answers, Ask, Pairs, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import MISSING, QUIET, day
from tui.screens.page import Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.rows import RowsPage
from tui.screens.sheet import TextScreen
from tui.screens.table import Column


def show_blockages(page: Page) -> None:
    page.app.push_screen(BlockagesScreen())


class BlockagesScreen(RowsPage[Item]):
    heading = "Blockages"
    about = (
        "What the system puts in the way of good work: a queue, a form, a shortage. Anyone may raise one; a manager "
        "owns it, looks at it weekly, takes it away or passes it up. No case, child, family or colleague is named. "
        "When several open cases of a team give the same system reason, the board asks by itself."
    )
    columns = (
        Column("No.", 5),
        Column("What stands in the way", 24, grow=4),
        Column("Team", 12, grow=1),
        Column("Status", 10),
        Column("Owner", 12, grow=1),
        Column("Costs", 10, grow=1, from_width=100),
        Column("Last touched", 12),
    )
    header = ("number", "what stands in the way", "team", "status", "owner", "costs", "last touched", "open cases")
    file_name = "blockages"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "week", "Week", id="blockages.week", tooltip="The weekly de-brief: what came and what went"),
        Binding("r", "removed", "Removed", id="blockages.removed", tooltip="Also what has been taken away, or not"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.with_removed = False

    def reader(self) -> Callable[[], list[Item]]:
        return partial(board, self.desk, removed=self.with_removed)

    def cells(self, row: Item) -> Sequence[str | Text]:
        one = row.blockage
        fed = f" ({row.cases} open cases)" if row.cases else ""
        status = {"escalated": "passed up"}.get(one.status, one.status)
        owner = row.owner_name or Text("nobody yet", MISSING)
        touched = Text(day(one.looked_on), MISSING if row.waits else "")
        return one.key, f"{one.text}{fed}", row.team_name, status, owner, one.weight or "–", touched

    def exported(self, row: Item) -> Sequence[object]:
        one = row.blockage
        return one.key, one.text, row.team_name, one.status, row.owner_name, one.weight, one.looked_on, row.cases

    def says(self) -> str:
        also = "what was taken away too" if self.with_removed else "what still stands in the way"
        return f"{also} · enter: what can be done · a marked day: the weekly look is due"

    def nothing(self) -> str:
        return "Nothing is on the board.\n\nn raises a blockage: what the system puts in the way."

    def action_removed(self) -> None:
        self.with_removed = not self.with_removed
        self.look_again()

    def action_week(self) -> None:
        def tell(week: Debrief) -> None:
            said = shown(debrief_text(week), one_line=False)
            text = Text.assemble((f"The week since {day(week.since)}\n\n", "bold"), said)
            self.app.push_screen(TextScreen(text, wide=True))

        self.ask("week", partial(debrief, self.desk), tell)

    def action_new(self) -> None:
        desk = self.desk
        self.ask("teams", lambda: tuple((t.name, t.id) for t in teams(desk)), self._ask_new)

    def _ask_new(self, known: Pairs) -> None:
        desk = self.desk
        asks = (
            Ask("text", "What stands in the way?", "long", True, says="no person and no case is named"),
            Ask("team", "Of whose work?", "choice", options=known, says="of everyone's when left empty"),
            Ask("weight", "What does it cost?", says="such as two days a week"),
        )

        def submit(answers: Answers, seen: int | None) -> Blockage:
            given = typed(asks, answers, desk.today)
            return raise_blockage(desk, given.pop("text"), **given)

        form = FormScreen("Raise a blockage", asks, submit)
        offer_form(self, form, lambda item: self.kept((f"{item.key} is on the board.",)))

    def choose(self, row: Item) -> None:
        count = len(row.blockage.acts)
        choices = [Choice("story", "The whole story", f"{count} {'entry' if count == 1 else 'entries'}")]
        if row.blockage.status != "removed":
            choices += [
                Choice("look", "Write down a look", "what was found or tried"),
                Choice("own", "Name its owner", row.owner_name or "nobody yet"),
                Choice("escalate", "Pass it up", "it is beyond the team"),
                Choice("remove", "It is gone", "and how it was taken away"),
            ]
        acts = {"story": _story, "look": _look, "own": _own, "escalate": _escalate, "remove": _remove}

        def chosen(name: str | None) -> None:
            if name is not None:
                acts[name](self, row)

        self.app.push_screen(PickScreen(f"{row.blockage.key}  {shown(row.blockage.text, width=60)}", choices), chosen)


def _story(page: BlockagesScreen, row: Item) -> None:
    def tell(names: dict[str, str]) -> None:
        text = Text.assemble((f"{row.blockage.key}  ", "bold"), shown(row.blockage.text), "\n")
        for act in row.blockage.acts:
            who = names.get(act.by, act.by) or "by itself"
            said = names.get(act.text, act.text) if act.act == "owned" else act.text
            text.append(f"\n{day(act.on)}  {act.act}, {shown(who)}", QUIET).append(f"\n  {shown(said)}" if said else "")
        page.app.push_screen(TextScreen(text))

    page.ask("names", lambda: {p.id: p.name for p in people(page.desk)}, tell)


def _one_text(page: BlockagesScreen, row: Item, title: str, ask: str, keep: Callable[[str], Blockage]) -> None:
    asks = (Ask("text", ask, "long", True, says="no person and no case is named"),)

    def submit(answers: Answers, seen: int | None) -> Blockage:
        return keep(typed(asks, answers, page.desk.today)["text"])

    form = FormScreen(f"{title}: {row.blockage.key}", asks, submit)
    offer_form(page, form, lambda item: page.kept((f"{item.key}: {item.acts[-1].act}.",)))


def _look(page: BlockagesScreen, row: Item) -> None:
    _one_text(page, row, "The weekly look", "What was found, or tried?", partial(look_at, page.desk, row.blockage.key))


def _remove(page: BlockagesScreen, row: Item) -> None:
    _one_text(page, row, "It is gone", "How was it taken away?", partial(remove, page.desk, row.blockage.key))


def _escalate(page: BlockagesScreen, row: Item) -> None:
    _with_people(page, row, "Pass it up", escalate, why="Why is it beyond the team?")


def _own(page: BlockagesScreen, row: Item) -> None:
    _with_people(page, row, "Name its owner", own)


def _with_people(
    page: BlockagesScreen, row: Item, title: str, keep: Callable[..., Blockage], why: str = ""
) -> None:  # fmt: skip
    desk = page.desk

    def ask(known: Pairs) -> None:
        who = Ask("to" if why else "person", "Which manager?", "choice", options=known,
                  says="nobody yet when left empty" if why else "you when left empty")  # fmt: skip
        asks = (*((Ask("text", why, "long", True),) if why else ()), who)

        def submit(answers: Answers, seen: int | None) -> Blockage:
            return keep(desk, row.blockage.key, **typed(asks, answers, desk.today))

        form = FormScreen(f"{title}: {row.blockage.key}", asks, submit)
        offer_form(page, form, lambda item: page.kept((f"{item.key}: {item.acts[-1].act}.",)))

    page.ask("people", lambda: tuple((p.name, p.id) for p in people(desk) if not p.left and p.offices), ask)
