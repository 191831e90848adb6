"""The family ledger of a case on a screen of its own: each person, what they were told and said, what is owed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from casereview.errors import CaseReviewError
from casereview.oversight.family_words import AHEAD, how, owed_lines, promises, who
from casereview.service.families import Ledger, PersonLedger, Said, ledger
from casereview.text import shown
from tui.screens.acts import act_named
from tui.screens.doing import do_act
from tui.screens.hanging import Hanging
from tui.screens.look import MISSING, QUIET, day
from tui.screens.page import Offer, Page

ACTS = {"tell": "Tell", "tell --add": "Who must be told", "tell --except": "Lawfully not told"}


class LedgerScreen(Page):
    heading = "Family ledger"
    about = (
        "Everyone on the list of the case: who they are, their language and who speaks with them; everything they "
        "were told, when, how and by whom, and what they said; when news was promised, and whether it came. Not "
        "telling somebody is a manager's decision on one of three lawful grounds, and it ends."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "act('tell')", "Tell", id="ledger.tell", tooltip="Record what somebody was told"),
        Binding("y", "act('tell --add')", "List", id="ledger.list",
                tooltip="Put somebody on the list, or change what is known of them"),
        Binding("x", "act('tell --except')", "Exception", id="ledger.except",
                tooltip="A manager: somebody is lawfully not told, until a day"),
        Binding("enter", "open", "Case", id="ledger.case", tooltip="Open the case"),
    ]  # fmt: skip

    def __init__(self, ref: str) -> None:
        super().__init__()
        self.ref = ref
        self.found: Ledger | None = None

    def body(self) -> ComposeResult:
        with VerticalScroll(id="ledger"):
            yield Static("Reading…", id="people", markup=False)

    def on_mount(self) -> None:
        self.query_one("#ledger").focus()
        self.look_again()

    def look_again(self) -> None:
        desk, ref = self.desk, self.ref
        self.ask("ledger", lambda: ledger(desk, ref), self._show, failed=self._cannot)

    def _show(self, found: Ledger) -> None:
        self.found = found
        self.say_where(f"Family ledger of {found.view.case.ref}")
        self.query_one("#people", Static).update(Hanging(ledger_text(found)))

    def _cannot(self, error: CaseReviewError) -> None:
        self.found = None
        self.query_one("#people", Static).update(Text(shown(str(error), one_line=False), style=MISSING))

    def case_in_hand(self) -> str:
        return self.ref

    def action_act(self, name: str) -> None:
        if self.found is not None:
            view = self.found.view
            do_act(self, view, act_named("tell --add" if name != "tell --add" and not view.case.roster else name))

    def action_open(self) -> None:
        self.house.open_case(self.ref)

    def offers(self) -> Iterator[Offer]:
        for name, label in ACTS.items():
            yield Offer(label, act_named(name).says, partial(self.action_act, name))
        yield Offer("Open the case", self.ref, self.action_open)


def ledger_text(found: Ledger) -> Text:
    text = Text().append(f"{shown(found.view.row.title)}\n", "bold").append(f"{shown(found.beside)}\n", QUIET)
    for one in found.people:
        _person(text, one, found)
    if not found.people:
        text.append("\nNobody is listed yet. y adds who must be told.\n", MISSING)
    on_it = set(found.view.case.roster)
    gone = [one for one in found.contacts if not on_it & set(one.people)]
    if gone:
        text.append("\nNo longer on the list, but spoken with\n", "bold")
    for said in gone:
        _contact(text, said)
    return text


def _person(text: Text, one: PersonLedger, found: Ledger) -> None:
    listed, today = one.listed, found.view.day
    text.append(f"\n{shown(listed.label)}", "bold").append(f"  {shown(who(listed))}\n", QUIET)
    for line in owed_lines(one.owed, today):
        ahead = line.startswith(AHEAD)
        text.append(f"  {'' if ahead else '✗ '}{shown(line)}\n", QUIET if ahead else MISSING)
    for excepted in one.exceptions[:1]:
        words = f"  lawfully not told: {excepted.code}, until {day(excepted.until)}"
        text.append(f"{shown(words)}{' (over)' if excepted.until <= today else ''}")
        text.append(f"  {shown(excepted.by)}, {day(excepted.on)}\n", QUIET)
        text.append(f"    {shown(excepted.text)}\n" if excepted.text else "")
    if listed.promises:
        text.append(f"  {shown(promises(listed, today))}\n", QUIET)
    for said in one.contacts:
        _contact(text, said)
    if not one.contacts:
        text.append("  told nothing yet\n", MISSING)


def _contact(text: Text, one: Said) -> None:
    text.append(f"  {day(one.on)}  {shown(one.kind + how(one.method, one.language))}")
    text.append(f"  {shown(one.by)}\n", QUIET)
    text.append(f"    {shown(one.text)}\n" if one.text else "")
    if one.said:
        text.append("    said: ", QUIET).append(f"{shown(one.said)}\n")
    if one.promised_on is not None:
        text.append(f"    news promised by {day(one.promised_on)}{f': {one.fate}' if one.fate else ''}\n", QUIET)
