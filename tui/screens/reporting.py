"""Papers on the screen: the board pack, the annual report and a sample, written to a file while one looks elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from casereview.errors import CaseReviewError
from casereview.service.registry import teams
from casereview.text import parse_ref, shown
from tui.screens.asks import Answers, Ask, FieldFaults, Pairs, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import data
from tui.screens.page import Page
from tui.screens.sheet import TextScreen
from tui.screens.work import Progress, Work

if TYPE_CHECKING:
    from casereview.reports.document import Document
    from casereview.service.desk import Desk

Started = tuple[Answers, Answers]
"""What was typed, and what it means."""
Made = tuple[str, tuple[str, ...]]
"""The file that was written, and what else came of it."""
STAYS = "Stopped half-way, no file is left behind."
CARE = "It holds what is known of children and families: keep it as safe as the store. Only a new file is written."
FORMS = "end it in .md, .html, .docx (Word) or .pdf"
AS_AT = Ask("as_at", "As things stood at the end of an earlier day?", "date", says="today when left empty")
WHICH = (("open and closed ones", "all"), ("open ones", "open"), ("closed ones", "closed"))


# ---- the board pack ----------------------------------------------------------------------------------------------
def ask_oversight(page: Page, start: Answers | None = None) -> None:
    _with_teams(page, partial(_oversight, page, start or {}))


def _oversight(page: Page, began: Answers, teams: Pairs) -> None:
    from casereview.service.reports_oversight import Asked, oversight

    asks = (
        _file(page, "board-pack"),
        Ask("team", "Of which team?", "choice", options=teams, says="every team when left empty"),
        Ask("since", "What was finished since when?", "date", says="a year before when left empty"),
        Ask("singly", "Tell the longer ones one by one?", "yes-no", start="yes",
            says="no: no case is told, and every small number is hidden"),
        AS_AT,
    )  # fmt: skip

    def make(desk: Desk, given: Answers, progress: Progress) -> Document:
        asked = Asked(given.get("team", ""), given.get("since"), given.get("singly", True))
        return oversight(desk, asked, progress)

    says = f"What a board needs to see of this work, without a child's or a family's name. {CARE}"
    _offer(page, Paper("Write the board pack", says, asks, make, partial(ask_oversight, page)), began)


# ---- the annual report -------------------------------------------------------------------------------------------
def ask_annual(page: Page, start: Answers | None = None) -> None:
    from casereview.service.reports_annual import annual
    from casereview.service.reports_papers import may_send, record_sent

    asks = (
        _file(page, "annual-report"),
        Ask("year", "Of which year?", required=True, start=_last_year(page.desk.today),
            says="the year it begins in: 2025 is April 2025 to March 2026"),
        Ask("calendar", "January to December instead?", "yes-no", start="no"),
        Ask("to", "Sent to whom?", "lines", says="one name to a line; each is kept under “Who receives papers”"),
        Ask("beside", "Beside what is published of which areas?", "lines", says="England when left empty"),
        Ask("on", "Sent on which day?", "date", says="today when left empty"),
        AS_AT,
    )  # fmt: skip
    def make(desk: Desk, given: Answers, progress: Progress) -> Document:
        whom = may_send(page.desk, lines_of(given.get("to")), given.get("on"))
        return annual(
            desk, _year(given), whom, calendar=given.get("calendar", False), areas=lines_of(given.get("beside")),
            progress=progress,
        )  # fmt: skip

    def sent(given: Answers, paper: Document, file: str, content: bytes) -> tuple[str, ...]:
        whom = may_send(page.desk, lines_of(given.get("to")), given.get("on"))
        kept = record_sent(page.desk, paper.title, whom, file, content, on=given.get("on")) if whom else []
        return tuple(f"Recorded as sent on {one.on} to {one.name}." for one in kept)

    says = f"The year's figures beside what somebody judges of the help that was given. {CARE}"
    _offer(page, Paper("Write the annual report", says, asks, make, partial(ask_annual, page), sent), start or {})


def _last_year(today: date) -> str:
    return str(today.year - (2 if today.month < 4 else 1))


def _year(given: Answers) -> int:
    if not str(given["year"]).strip().isdigit():
        raise FieldFaults({"year": "Give it in figures, such as 2025."})
    return int(given["year"])


def lines_of(value: Any) -> list[str]:
    """What was typed, one to a line; empty lines are left out."""
    lines = value.splitlines() if isinstance(value, str) else list(value or ())
    return [line.strip() for line in lines if line.strip()]


# ---- a sample ----------------------------------------------------------------------------------------------------
def ask_sample(page: Page, start: Answers | None = None) -> None:
    began = start or {"cases": page.case_in_hand()}
    _with_teams(page, partial(_sample, page, began))


def _sample(page: Page, began: Answers, teams: Pairs) -> None:
    from casereview.service.reports_sample import Sampling, sample

    asks = (
        _file(page, "sample"),
        Ask("reason", "Why these cases, or why a sample?", "long", True),
        Ask("cases", "Which cases?", says="references with spaces between them; leave it empty to draw some at random"),
        Ask("random", "How many, drawn at random?", "number"),
        Ask("seed", "A word to draw them by", says="printed in the paper, so that anybody can draw the same ones"),
        Ask("team", "Drawn from the cases of which team?", "choice", options=teams, says="all of them when left empty"),
        Ask("workflow", "Drawn from the cases of which workflow?", says="all of them when left empty"),
        Ask("only", "Drawn from which?", "choice", options=WHICH, start="all"),
        Ask("closed_since", "Drawn from those closed since when?", "date"),
        AS_AT,
    )

    def make(desk: Desk, given: Answers, progress: Progress) -> Document:
        refs = tuple(parse_ref(ref) for ref in str(given.get("cases", "")).replace(",", " ").split())
        which = {"all": None, "open": True, "closed": False}[given.get("only", "all")]
        asked = Sampling(
            given["reason"], refs, int(given.get("random") or 0), given.get("seed", ""), given.get("team", ""),
            given.get("workflow", ""), which, given.get("closed_since"),
        )  # fmt: skip
        return sample(desk, asked, progress)

    says = f"For inspection, or for learning: each case with its journey, oversight, supervision and help. {CARE}"
    _offer(page, Paper("Write a sample of the work", says, asks, make, partial(ask_sample, page)), began)


# ---- what they share ---------------------------------------------------------------------------------------------
Make = Callable[["Desk", Answers, Progress], "Document"]
After = Callable[[Answers, "Document", str, bytes], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper: its form, how it is made, what follows when it is written, and how to begin again."""

    title: str
    says: str
    asks: tuple[Ask, ...]
    make: Make
    again: Callable[[Answers], None]
    after: After | None = None


def _file(page: Page, name: str) -> Ask:
    return Ask("file", "Into which new file?", required=True, start=f"{name}-{page.desk.today}.docx", says=FORMS)


def _with_teams(page: Page, then: Callable[[Pairs], None]) -> None:
    desk = page.desk
    page.ask("teams", lambda: tuple((one.name, one.id) for one in teams(desk)), then)


def _offer(page: Page, paper: Paper, began: Answers) -> None:
    from casereview.reports.writing import checked

    desk = page.desk
    asks = tuple(replace(ask, start=began[ask.name]) if ask.name in began else ask for ask in paper.asks)

    def submit(answers: Answers, seen: int | None) -> Started:
        given = typed(asks, answers, desk.today)
        try:
            checked(given["file"])
        except CaseReviewError as error:
            raise FieldFaults({"file": f"{error.says}. {error.remedy or ''}".strip()}) from None
        if "year" in given:
            _year(given)
        return dict(answers), given

    form = FormScreen(paper.title, asks, submit, keep_word="Write it", says=paper.says)
    offer_form(page, form, lambda started: _begin(page, paper, *started))


def _begin(page: Page, paper: Paper, answers: Answers, given: Answers) -> None:
    desk = page.desk
    label = f"{paper.title}: {shown(str(given['file']), width=60)}"
    page.house.begin(
        Work(label, lambda progress: _make(desk, given, paper, progress), _told, STAYS, lambda: paper.again(answers),
             writes=paper.after is not None)
    )  # fmt: skip


def _make(desk: Desk, given: Answers, paper: Paper, progress: Progress) -> Made:
    """In the thread: of today or of an earlier day, into a file, and then whatever follows from it."""
    from casereview.reports.writing import write_report
    from casereview.service.asof import PastDesk, desk_at

    day = given.get("as_at")
    of_day = desk_at(desk, day, progress) if day is not None else desk
    try:
        written = paper.make(of_day, given, progress)
    finally:
        if isinstance(of_day, PastDesk):
            of_day.close()
    progress("writing the file", 0, 0)
    path = write_report(written, str(given["file"]))
    also = paper.after(given, written, path.name, path.read_bytes()) if paper.after is not None else ()
    return str(path), also


def _told(made: Made) -> TextScreen:
    file, also = made
    return TextScreen(data("\n\n".join([f"It is in {file}.", *also, CARE]), lines=True))
