"""The morning list into a file: a spreadsheet, or text or a calendar without names; and the numbers it goes by."""

from __future__ import annotations

from pathlib import Path

from casereview.oversight.matter import Question, Rules
from casereview.service import morning_out as out
from casereview.service.morning import Morning, rules, set_rules
from tui.screens.asks import Answers, Ask, FieldFaults, typed
from tui.screens.export import ask_where
from tui.screens.form import FormScreen, offer_form
from tui.screens.page import Page
from tui.screens.picking import Choice, PickScreen

HEADER = ("kind", "case", "title", "time", "asks", "since", "by", "working days", "command", "beside")
WAYS = (
    Choice("csv", "A spreadsheet file", "everything that is listed"),
    Choice("ics", "A calendar file", "reference, kind and day; no names. Written again, it brings itself up to date"),
    Choice("digest", "A text to mail", "reference, kind and day; no names"),
)
SETTINGS = (
    "Working days, for everyone here. They are local defaults and no rule of anybody's: change them to what helps. "
    "It takes one of those who keep people and teams."
)
ENDINGS = {"ics": ".ics", "digest": ".txt"}


def export(page: Page, found: Morning) -> None:
    def chosen(way: str | None) -> None:
        if way == "csv":
            rows = found.questions
            ask_where(page, "today", HEADER, lambda at, count: rows[at : at + count], _cells)
        elif way is not None:
            _ask_file(page, found, way)

    page.app.push_screen(PickScreen("Into what?", WAYS), chosen)


def _cells(one: Question) -> tuple[object, ...]:
    return (one.kind, one.case, one.title, one.expectation, one.says, one.since, one.by, one.days, one.command,
            one.beside)  # fmt: skip


def _ask_file(page: Page, found: Morning, way: str) -> None:
    desk = page.desk
    ask = Ask("file", "Into which file?", required=True, start=f"casereview-today{ENDINGS[way]}")

    def submit(answers: Answers, seen: int | None) -> Path:
        path = Path(typed([ask], answers, desk.today)["file"])
        if way == "ics":
            out.write_over(path, out.calendar(desk, found), out.CALENDAR_BEGINS)
        else:
            out.write_over(path, out.digest(found).encode(), out.DIGEST_BEGINS)
        return path

    says = "Without names, titles or anybody's words. A file written here before is brought up to date."
    form = FormScreen("Take it along", [ask], submit, keep_word="Write it", says=says)
    offer_form(page, form, lambda path: page.app.notify(f"It is in {path}.", markup=False))


def ask_settings(page: Page) -> None:
    """The numbers of the morning list, for everyone here."""
    desk = page.desk
    page.ask("settings", lambda: rules(desk), lambda now: _settings_form(page, now))


def _settings_form(page: Page, now: Rules) -> None:
    desk = page.desk
    asks = (
        Ask("silent_after", "Silence is asked about after", "number", True, start=str(now.silent_after)),
        Ask("ahead", "Promises and planned looks are spoken of before", "number", True, start=str(now.ahead)),
        Ask("tell_within", "A changed date is told within", "number", True, start=str(now.tell_within)),
        Ask("unanswered_after", "A question shows one level up after", "number", True, start=str(now.unanswered_after)),
    )

    def submit(answers: Answers, seen: int | None) -> tuple[str, ...]:
        given = typed(asks, answers, desk.today)
        wrong = {name: "This is a whole number." for name, number in given.items() if not number.strip().isdecimal()}
        if wrong:
            raise FieldFaults(wrong)
        set_rules(desk, **{name: int(number) for name, number in given.items()})
        return ("The morning list goes by these numbers from now on.",)

    form = FormScreen("What the morning list goes by", asks, submit, says=SETTINGS)
    offer_form(page, form, page.kept)
