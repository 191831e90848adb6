"""Figures on the screen: which there are, what they are of, and the things an authority keeps about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.oversight.figures.durations import KEYS
from casereview.oversight.figures.months import MEASURES
from casereview.service.desk import Desk
from casereview.service.figure_notes import StoryNote, add_story, remove_story, set_smallest, smallest, stories
from casereview.service.figure_pages import KINDS, Kind, kind_named
from casereview.service.figures import Gathered, Selection, checked, gather
from casereview.service.registry import teams
from casereview.text import shown
from tui.screens.asks import Answers, Ask, Pairs, pairs, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.page import Offer, Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.rows import RowsPage
from tui.screens.table import Column

WHAT: Pairs = tuple((says, name) for name, says in MEASURES.items())


def show_figures(page: Page) -> None:
    page.app.push_screen(FiguresScreen())


class FiguresScreen(RowsPage[Kind]):
    heading = "Figures"
    about = (
        "Figures to understand by, not indicators: how long things take, and why. Each has the question it raises, "
        "what people answered, and beside it help and quality of the same cases. Enter opens one; f chooses which "
        "cases, days and teams. A share “in time” is not among them: i asks for a figure by its name."
    )
    columns = (Column("Figure", 30, grow=1), Column("What it shows", 30, grow=3))
    header = ("figure", "what it shows")
    file_name = "figures"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "only", "Only", id="figures.only", tooltip="Which cases, which days, beside what; an earlier day"),
        Binding("i", "by_name", "By name", id="figures.name", tooltip="A figure that is only for who asks by name"),
        Binding("s", "stories", "Stories", id="figures.stories", tooltip="What people know about a month"),
        Binding("m", "smallest", "Small numbers", id="figures.smallest", tooltip="Which counts are hidden"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.selection, self.as_at = Selection(), None
        self._past: Desk | None = None

    selection: Selection
    as_at: date | None

    # ---- the list ------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], list[Kind]]:
        return lambda: [kind for kind in KINDS if not kind.by_name]

    def cells(self, row: Kind) -> Sequence[str | Text]:
        return row.title, row.says

    def says(self) -> str:
        asked = self.selection
        of = [
            asked.workflow, asked.kind, asked.team, asked.measure, f"from {asked.since}" if asked.since else "",
            f"to {asked.until}" if asked.until else "", f"by {asked.by}" if asked.by else "",
            f"around {asked.around}" if asked.around else "", f"as at {self.as_at}" if self.as_at else "",
        ]  # fmt: skip
        return f"figures of {' · '.join(filter(None, of)) or 'every case you may know of'}"

    def choose(self, row: Kind) -> None:
        from tui.screens.figure_page import FigureScreen

        self.app.push_screen(FigureScreen(self, row))

    def gather(self, progress: Callable[[str, int, int], None]) -> tuple[Desk, Gathered]:
        """Reads what is asked for now, with the desk of the day it is asked of; runs in a thread."""
        from casereview.service.asof import desk_at

        desk = self.desk
        if self.as_at is not None and self.as_at != desk.today:
            if self._past is None or self._past.today != self.as_at:
                self.close_past()
                self._past = desk_at(desk, self.as_at, progress)
            desk = self._past
        return desk, gather(desk, self.selection, progress)

    def close_past(self) -> None:
        if self._past is not None:
            self._past.store.close()
            self._past = None

    def on_unmount(self) -> None:
        self.close_past()

    # ---- what they are of ------------------------------------------------------------------------------------------
    def action_only(self) -> None:
        self.choose_what(self, self.look_again)

    def choose_what(self, screen: Page, then: Callable[[], None]) -> None:
        """Asks which cases and days; `then` looks at them."""
        desk = self.desk
        screen.ask("teams", lambda: tuple((t.name, t.id) for t in teams(desk)), partial(self._ask_what, screen, then))

    def _ask_what(self, screen: Page, then: Callable[[], None], known: Pairs) -> None:
        now, desk = self.selection, self.desk
        asks = (
            Ask("team", "Only this team's?", "choice", options=known, start=now.team or None),
            Ask("workflow", "Only this workflow's?", start=now.workflow, says="such as single-assessment-2013"),
            Ask("kind", "Only this kind?", start=now.kind, says="assessment, review …"),
            Ask("since", "Only what ended on this day or later?", "date", start=_iso(now.since)),
            Ask("until", "Only what ended on this day or before?", "date", start=_iso(now.until)),
            Ask("measure", "What is measured?", start=now.measure,
                says="the name of an expectation, or whole-case; empty: the main one"),
            Ask("by", "How long it took, beside each other by?", "choice", options=pairs(KEYS), start=now.by or None),
            Ask("around", "Bunching around what?", start=now.around, says="indicative, agreed, or such as 45"),
            Ask("what", "Month by month, of what?", "choice", True, WHAT, start=now.what),
            Ask("months", "How many whole months?", "number", start=str(now.months)),
            Ask("as_at", "As it stood at the end of which day?", "date", start=_iso(self.as_at), says="empty: today"),
        )  # fmt: skip

        def submit(answers: Answers, seen: int | None) -> tuple[Selection, date | None]:
            given = typed(asks, answers, desk.today)
            day = given.pop("as_at", None)
            given["months"] = max(int(given.get("months", 24)), 1)
            asked = Selection(**given)
            checked(asked)
            return asked, day

        def use(found: tuple[Selection, date | None]) -> None:
            self.selection, self.as_at = found
            then()

        offer_form(screen, FormScreen("Which cases, and which days?", asks, submit, keep_word="Look"), use)

    def action_by_name(self) -> None:
        ask = Ask("name", "Which figure?", required=True, says="such as in-time; its page begins with its caveat")

        def submit(answers: Answers, seen: int | None) -> Kind:
            return kind_named(typed([ask], answers, self.desk.today)["name"])

        offer_form(self, FormScreen("A figure by its name", [ask], submit, keep_word="Open"), self.choose)

    # ---- what is kept about them -----------------------------------------------------------------------------------
    def action_smallest(self) -> None:
        desk = self.desk
        self.ask("smallest", partial(smallest, desk), self._ask_smallest)

    def _ask_smallest(self, now: int) -> None:
        desk = self.desk
        ask = Ask("number", "Hide counts of cases below which number?", "number", True, start=str(now),
                  says="for everyone; 1 hides nothing; 5 is usual")  # fmt: skip

        def submit(answers: Answers, seen: int | None) -> int:
            return set_smallest(desk, int(typed([ask], answers, desk.today)["number"]))

        form = FormScreen("Small numbers", [ask], submit)
        offer_form(self, form, lambda number: self.kept((f"Counts below {number} are hidden.",)))

    def action_stories(self) -> None:
        self.ask("stories", partial(stories, self.desk), self._list_stories)

    def _list_stories(self, found: list[StoryNote]) -> None:
        told = {one.key: one for one in found}
        choices = [Choice("", "Tell a story about a month", "shown on the charts to everyone")]
        choices += [Choice(one.key, f"{one.month}: {shown(one.text)}", f"{one.by_name}, {one.on}") for one in found]

        def chosen(key: str | None) -> None:
            if key == "":
                tell_story(self)
            elif key is not None:
                _offer_removal(self, told[key])

        self.app.push_screen(PickScreen("Stories", choices), chosen)

    def offers(self) -> Iterator[Offer]:
        yield from super().offers()
        yield Offer("Only some cases or days", "Teams, workflows, days, an earlier day", self.action_only)
        yield Offer("A figure by its name", "Such as in-time", self.action_by_name)
        yield Offer("Stories", "What people know about a month", self.action_stories)
        yield Offer("Small numbers", "Below which number counts are hidden", self.action_smallest)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def tell_story(page: Page, month: str = "") -> None:
    """Asks for a story and pins it to its month."""
    desk = page.desk

    def ask(known: Pairs) -> None:
        asks = (
            Ask("month", "Which month?", required=True, start=month, says="such as 2025-03, or March 2025"),
            Ask("text", "What happened?", "long", True, says="about the work, never about one child or family"),
            Ask("team", "Only on the charts of one team?", "choice", options=known),
            Ask("workflow", "Only on those of one workflow?"),
        )

        def submit(answers: Answers, seen: int | None) -> StoryNote:
            given = typed(asks, answers, desk.today)
            return add_story(desk, given.pop("month"), given.pop("text"), **given)

        form = FormScreen("A story about a month", asks, submit)
        offer_form(page, form, lambda told: page.kept((f"Pinned to {told.month}.",)))

    page.ask("teams", lambda: tuple((t.name, t.id) for t in teams(desk)), ask)


def _offer_removal(page: Page, story: StoryNote) -> None:
    from tui.screens.doing import sure

    def remove() -> None:
        page.act(partial(remove_story, page.desk, story.key), lambda _: page.kept(("It is off the charts.",)))

    sure(page, f"Take this story of {story.month} off the charts?", remove, "The journal keeps it.")
