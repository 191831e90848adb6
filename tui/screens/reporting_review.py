"""The papers of a review on the screen: which one, then its form, then the file, written while one looks elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from casereview.errors import CaseReviewError
from casereview.text import shown
from tui.commands.report_review import said
from tui.screens.asks import Answers, Ask
from tui.screens.page import Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.reporting import AS_AT, Paper, _file, _offer
from tui.screens.work import Progress

if TYPE_CHECKING:
    from casereview.reports.document import Document
    from casereview.service.desk import Desk
    from casereview.service.reports_review import Made

AUTO = "as it stands"
HOW = (
    ("final if everything is in order, a draft otherwise", AUTO), ("a draft in any case", "draft"),
    ("only a final: otherwise say what stands in its way", "final"),
)  # fmt: skip
KEEP = "Keep drafts among those who sit in the review. Only a new file is written."


@dataclass(frozen=True, slots=True)
class Line:
    """One paper to choose: its name on the command line, what it is called, and what it is."""

    name: str
    label: str
    says: str
    ask: Callable[[Page, str, Answers | None], None]


def show_papers(page: Page, ref: str) -> None:
    """Which paper? Then its form."""
    lines = {line.name: line for line in LINES}
    choices = [Choice(line.name, line.label, line.says) for line in LINES]

    def chosen(name: str | None) -> None:
        if name:
            lines[name].ask(page, ref, None)

    page.app.push_screen(PickScreen(f"Which paper of {shown(ref, width=40)}?", choices), chosen)


# ---- for publication -----------------------------------------------------------------------------------------------
def _ask_public(name: str, title: str, says: str, page: Page, ref: str, start: Answers | None) -> None:
    from casereview.service.reports_review import KINDS, paper

    asks = (_file(page, f"{ref}-{name}"), Ask("how", "As what?", "choice", options=HOW, start=AUTO), AS_AT)
    made: list[Made] = []

    def make(desk: Desk, given: Answers, progress: Progress) -> Document:
        how = given.get("how", AUTO)
        made.append(paper(desk, ref, KINDS[name], "" if how == AUTO else how))
        return made[-1].document

    def after(given: Answers, document: Document, file: str, content: bytes) -> tuple[str, ...]:
        return ("\n".join(said(made[-1])),)

    again = partial(_ask_public, name, title, says, page, ref)
    _offer(page, Paper(title, f"{says} {KEEP}", asks, make, again, after), start or {})


# ---- working papers ------------------------------------------------------------------------------------------------
def _ask_chase(page: Page, ref: str, start: Answers | None) -> None:
    from casereview.service.reports_working import chase_list

    def make(desk: Desk, given: Answers, progress: Progress) -> Document:
        return chase_list(desk, ref)

    says = f"What is still to come from each agency, a page to print. {KEEP}"
    asks, again = (_file(page, f"{ref}-chase"), AS_AT), partial(_ask_chase, page, ref)
    _offer(page, Paper("Write the list to chase by", says, asks, make, again), start or {})


def _ask_agenda(page: Page, ref: str, start: Answers | None) -> None:
    desk = page.desk

    def read() -> tuple[tuple[str, str], ...]:
        from casereview.service.reports_working import meeting_kinds
        from casereview.service.review import read_review

        return tuple((kind, kind) for kind in meeting_kinds(read_review(desk, ref).review))

    page.ask("kinds", read, partial(_agenda, page, ref, start or {}))


def _agenda(page: Page, ref: str, start: Answers, kinds: tuple[tuple[str, str], ...]) -> None:
    from casereview.service.reports_working import agenda

    asks = (
        _file(page, f"{ref}-agenda"),
        Ask("kind", "Of the next meeting of which kind?", "choice", options=kinds),
        Ask("number", "Or of a meeting that is written down: the number of its record", "number"),
        AS_AT,
    )

    def make(desk: Desk, given: Answers, progress: Progress) -> Document:
        number, kind = given.get("number"), given.get("kind", "")
        if not number and not kind:
            raise CaseReviewError("an agenda is of a meeting", remedy="Choose a kind, or give a number.")
        return agenda(desk, ref, str(number) if number else kind)

    says = f"What the meeting is to look at, as far as everybody who comes may read it. {KEEP}"
    again = partial(_ask_agenda, page, ref)
    _offer(page, Paper("Write an agenda", says, asks, make, again), start)


def _public(name: str, label: str, says: str) -> Line:
    return Line(name, label, says, partial(_ask_public, name, f"Write the {label[:1].lower()}{label[1:]}", f"{says}."))


LINES = (
    _public("review", "Review report", "What happened, why it made sense, and the findings, for publication"),
    _public("brief", "Learning brief", "Two pages for practitioners: patterns, what worked well, what to try"),
    _public("response", "Board response", "Finding by finding: what the board does, and how it will know"),
    Line("chase", "List to chase by", "What is still to come from each agency", _ask_chase),
    Line("agenda", "Agenda", "What a meeting is to look at", _ask_agenda),
)
