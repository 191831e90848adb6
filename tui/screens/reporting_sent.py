"""What is kept about papers, on the screen: what was sent, who receives them, and what people judge of the help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple
from functools import partial
from pathlib import Path

from rich.text import Text

from casereview.service.reports_papers import (
    USUAL,
    Judgement,
    Recipient,
    Sent,
    judge_help,
    judgements,
    may_send,
    recipients,
    record_sent,
    sent,
    set_recipient,
)
from casereview.text import shown
from tui.screens.asks import Answers, Ask, FieldFaults, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import QUIET, day
from tui.screens.page import Page
from tui.screens.paths import there
from tui.screens.reporting import lines_of
from tui.screens.rows import RowsPage
from tui.screens.sheet import TextScreen
from tui.screens.table import Column


# ---- what was sent -------------------------------------------------------------------------------------------------
def show_sent(page: Page) -> None:
    page.app.push_screen(SentScreen())


class SentScreen(RowsPage[Sent]):
    heading = "Papers sent"
    about = (
        "Every paper that is recorded as sent: to whom, when, by whom, and the hash of the file, so that what somebody "
        "holds can be told from what they were given. n records one that was sent. Enter shows one in full."
    )
    columns = (
        Column("On", 12),
        Column("Paper", 20, grow=3),
        Column("To", 16, grow=2),
        Column("Post", 16, grow=2, from_width=90),
        Column("Recorded by", 14, grow=1, from_width=110),
    )
    header = ("key", "paper", "to", "post", "on", "file", "sha256", "by", "by name", "recorded on")
    file_name = "papers-sent"

    def reader(self) -> Callable[[], list[Sent]]:
        return partial(sent, self.desk)

    def cells(self, row: Sent) -> Sequence[str | Text]:
        return day(row.on), row.paper, row.name, row.post or Text("–", QUIET), row.by_name

    def exported(self, row: Sent) -> Sequence[object]:
        return astuple(row)

    def says(self) -> str:
        return "newest first · enter shows one in full"

    def nothing(self) -> str:
        return "Nothing is recorded as sent. n records a paper that was."

    def choose(self, row: Sent) -> None:
        text = Text().append(f"{shown(row.paper)}\n", "bold")
        text.append(f"to {shown(row.name)}{f', {shown(row.post)}' if row.post else ''}, on {row.on}\n")
        text.append(f"{shown(row.file)}\nSHA-256 {row.hash}\n", QUIET)
        text.append(f"recorded by {shown(row.by_name)} on {row.recorded_on}", QUIET)
        self.app.push_screen(TextScreen(text))

    def action_new(self) -> None:
        desk = self.desk
        asks = (
            Ask("file", "Which file was sent?", required=True),
            Ask("paper", "What is the paper called?", required=True),
            Ask("to", "To whom?", "lines", True, says="one name to a line, as kept under “Who receives papers”"),
            Ask("on", "When?", "date", says="today when left empty"),
        )

        def submit(answers: Answers, seen: int | None) -> list[Sent]:
            given = typed(asks, answers, desk.today)
            path = Path(there(given["file"], "file"))
            whom = may_send(desk, lines_of(given["to"]), given.get("on"))
            return record_sent(desk, given["paper"], whom, path.name, path.read_bytes(), on=given.get("on"))

        form = FormScreen("Record a paper that was sent", asks, submit)
        offer_form(self, form, lambda kept: self.kept(tuple(f"{k.paper} went to {k.name} on {k.on}." for k in kept)))


# ---- who receives them ---------------------------------------------------------------------------------------------
def show_recipients(page: Page) -> None:
    page.app.push_screen(RecipientsScreen())


class RecipientsScreen(RowsPage[Recipient]):
    heading = "Who receives papers"
    about = (
        "Those the board's papers go to, by name and post. n enters one; enter changes their post, or takes them off "
        f"the list. Boards whose papers this follows sent theirs to: {', '.join(USUAL)}."
    )
    columns = (Column("Name", 18, grow=2), Column("Post", 22, grow=3), Column("Since", 12))
    header = ("name", "post", "since")
    file_name = "recipients"

    def reader(self) -> Callable[[], list[Recipient]]:
        return partial(recipients, self.desk)

    def cells(self, row: Recipient) -> Sequence[str | Text]:
        return row.name, row.post or Text("–", QUIET), day(row.since)

    def says(self) -> str:
        return "enter changes one · n enters one"

    def nothing(self) -> str:
        return "Nobody receives papers yet. n enters somebody."

    def action_new(self) -> None:
        self._ask("Enter who receives papers")

    def choose(self, row: Recipient) -> None:
        self._ask(f"Change {row.name}", row)

    def _ask(self, title: str, row: Recipient | None = None) -> None:
        desk = self.desk
        asks = [Ask("name", "Their name", required=True)] if row is None else []
        asks.append(Ask("post", "What they are", says="such as Leader of the Council", start=row.post if row else None))
        if row is not None:
            asks.append(Ask("gone", "Take them off the list?", "yes-no", start="no"))

        def submit(answers: Answers, seen: int | None) -> tuple[str, ...]:
            given = typed(asks, answers, desk.today)
            name = row.name if row is not None else given["name"]
            gone = bool(given.get("gone"))
            one = set_recipient(desk, name, given.get("post", ""), gone=gone)
            return (f"{one.name} receives papers{' no more' if gone else ''}.",)

        offer_form(self, FormScreen(title, asks, submit), self.kept)


# ---- the help of a year --------------------------------------------------------------------------------------------
def ask_effectiveness(page: Page) -> None:
    """First which year; then what is written of it so far, and room to write it anew."""
    last = str(page.desk.today.year - 1)
    ask = Ask("year", "Of which year?", required=True, start=last, says="the year it begins in")
    desk = page.desk

    def submit(answers: Answers, seen: int | None) -> tuple[int, list[Judgement]]:
        year = str(typed([ask], answers, desk.today)["year"]).strip()
        if not year.isdigit() or len(year) != 4:
            raise FieldFaults({"year": "Give it in four figures, such as 2025."})
        return int(year), judgements(desk, int(year))

    form = FormScreen("How effective was the help of a year?", [ask], submit, keep_word="Go on")
    offer_form(page, form, lambda found: _write(page, *found))


def _write(page: Page, year: int, before: list[Judgement]) -> None:
    desk = page.desk
    newest = before[-1] if before else None
    said = f"Written by {newest.by_name} on {newest.on}. Earlier versions are kept." if newest else "Nobody has yet."
    says = f"It stands in the annual report, with your name and the day. {said}"
    ask = Ask("text", "Were children helped, and how do we know?", "long", True, start=newest.text if newest else None)

    def submit(answers: Answers, seen: int | None) -> Judgement:
        return judge_help(desk, year, typed([ask], answers, desk.today)["text"])

    def kept(one: Judgement) -> None:
        page.house.written((f"Your assessment of the help of {year} is kept.",))

    offer_form(page, FormScreen(f"How effective was the help of {year}?", [ask], submit, says=says), kept)
