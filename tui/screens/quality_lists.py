"""Help and quality on the screen: looks, early closures, goals, look-backs, repeats, continuity, referrers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType

from casereview.oversight.quality.continuity import Continuity
from casereview.oversight.quality.early import Ended
from casereview.oversight.quality.goals import Goal
from casereview.oversight.quality.listed import Found, Wanted
from casereview.oversight.quality.looking_back import DUE, KIND, LookBack
from casereview.oversight.quality.looks import Look
from casereview.oversight.quality.referrers import Referrer
from casereview.oversight.quality.repeats import Repeat
from casereview.service import quality, quality_stories
from casereview.service.desk import Desk
from casereview.service.reading import CaseView, show
from tui.commands import quality_rows as laid
from tui.screens.asks import Answers
from tui.screens.page import Offer, Page
from tui.screens.quality import MOST, QualityPage, push
from tui.screens.table import Column


def show_looks(page: Page) -> None:
    push(page, LooksScreen())


def show_early(page: Page) -> None:
    push(page, EarlyScreen())


def show_goals(page: Page) -> None:
    push(page, GoalsScreen())


def show_look_backs(page: Page) -> None:
    push(page, LookBacksScreen(Wanted(state=DUE, limit=MOST)))


def show_repeats(page: Page) -> None:
    push(page, RepeatsScreen())


def show_continuity(page: Page) -> None:
    push(page, ContinuityScreen())


def show_referrers(page: Page) -> None:
    push(page, ReferrersScreen())


class LooksScreen(QualityPage[Look]):
    heading = "Quality looks"
    about = (
        "Looks at the quality of the work, newest first: for each question a word and what was seen, never a mark; and "
        "decisions nobody has looked at yet. It is about the work for a child, not about the worker. Enter opens the "
        "case; a look is recorded there."
    )
    columns = (
        Column("On", 11), Column("Case", 13), Column("About", 14, grow=2), Column("By", 12, grow=1, from_width=100),
        Column("What was found", 18, grow=3), Column("What was seen", 14, grow=3, from_width=80),
    )  # fmt: skip
    file_name, figure, laid = "quality-looks", "quality", laid.LOOKS

    def find(self, desk: Desk, wanted: Wanted) -> Found[Look]:
        return quality.quality_looks(desk, wanted)


class EarlyScreen(QualityPage[Ended]):
    heading = "Closed early, came again"
    about = (
        "What was closed early in the last year (enough was known, on the day it began, or before the child was seen), "
        "beside cases about the same child or a brother or sister that came within a year. Stopping early is a success "
        "where it lasts. Enter opens the case."
    )
    columns = (
        Column("Closed", 11), Column("Case", 13), Column("About", 14, grow=2), Column("Days", 5, right=True),
        Column("Early because", 14, grow=2), Column("Came again", 14, grow=2),
        Column("Beside it", 14, grow=2, from_width=110),
    )  # fmt: skip
    file_name, figure, laid = "closed-early", "early", laid.EARLY

    def find(self, desk: Desk, wanted: Wanted) -> Found[Ended]:
        return quality.closed_early(desk, wanted)


class GoalsScreen(QualityPage[Goal]):
    heading = "Goals and progress"
    about = (
        "Goals agreed with families in open cases, where each stands beside its beginning, in the family's own words. "
        "First come those where it is time to think again, and those of which nothing is recorded since worker and "
        "manager last looked. Enter opens the case; p records how things are now."
    )
    columns = (
        Column("Where it stands", 15, grow=1), Column("Case", 13), Column("Goal", 16, grow=3),
        Column("At the beginning", 14, grow=2, from_width=90), Column("Now", 14, grow=2),
        Column("In the family's words", 14, grow=2, from_width=120),
    )  # fmt: skip
    file_name, figure, laid = "goals", "progress", laid.GOALS
    takes_closed = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "record('goal-progress')", "Progress", id="goals.progress", tooltip="Record how things are now"),
    ]

    def find(self, desk: Desk, wanted: Wanted) -> Found[Goal]:
        return quality.goals_and_progress(desk, wanted, closed=self.closed)

    def action_record(self, kind: str) -> None:
        row = self.table.row()
        if row is not None and row.number:
            record_here(self, kind, {"goal": row.number, "on": self.desk.today.isoformat()})


class LookBacksScreen(QualityPage[LookBack]):
    heading = "Did it last?"
    about = (
        "Closed cases to look back at, some weeks after closing: were things better for the child, and did it last? "
        "How many weeks is settled locally. w records the answer on the closed case; enter opens it. Asking the family "
        "is better than reading the file."
    )
    columns = (
        Column("State", 9), Column("Case", 13), Column("About", 14, grow=2), Column("Closed", 11, from_width=90),
        Column("On", 11), Column("Did it last", 12, grow=1), Column("What helped, or beside it", 14, grow=3),
    )  # fmt: skip
    file_name, figure, laid = "look-backs", "look-back", laid.LOOK_BACKS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", f"record('{KIND}')", "Write it down", id="lookback.record", tooltip="Record whether it lasted"),
        Binding("l", "weeks", "Weeks", id="lookback.weeks", show=False, tooltip="How long after closing it is asked"),
    ]

    def find(self, desk: Desk, wanted: Wanted) -> Found[LookBack]:
        return quality.look_backs(desk, wanted)

    def action_record(self, kind: str) -> None:
        record_here(self, kind, {"looked_on": self.desk.today.isoformat()})

    def action_weeks(self) -> None:
        from tui.screens.quality_local import ask_weeks

        ask_weeks(self)

    def offers(self) -> Iterator[Offer]:
        yield from super().offers()
        yield Offer("How long after closing it is asked", "Settled for the whole authority", self.action_weeks)


class RepeatsScreen(QualityPage[Repeat]):
    heading = "Repeated concern"
    about = (
        "Children, and groups of brothers and sisters, about whom somebody was concerned more than once, newest first: "
        "what it was about each time, and which help was decided. Only through cases you may know of. Enter shows the "
        "whole journey; o opens the newest case."
    )
    columns = (
        Column("Newest", 11), Column("Newest case", 13), Column("Times", 5, right=True), Column("Children", 12, grow=1),
        Column("Open", 4, right=True), Column("Each time, newest first", 20, grow=5),
    )  # fmt: skip
    file_name, figure, laid = "repeated-concern", "repeats", laid.REPEATS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open_newest", "Newest case", id="repeats.case", tooltip="Open the newest case"),
    ]

    def find(self, desk: Desk, wanted: Wanted) -> Found[Repeat]:
        return quality_stories.repeated_concern(desk, wanted)

    def choose(self, row: Repeat) -> None:
        self.house.open_journey(row.children[0])

    def action_open_newest(self) -> None:
        if (row := self.table.row()) is not None:
            self.house.open_case(row.case)


class ContinuityScreen(QualityPage[Continuity]):
    heading = "Continuity"
    about = (
        "Children with an open case: who has been their worker across all their cases, how often it changed, and how "
        "often the family began again with somebody else. It says nothing about any worker. Enter shows the journey."
    )
    columns = (
        Column("Child", 14, grow=1), Column("Changes", 7, right=True), Column("People", 6, right=True),
        Column("Began again", 11, right=True), Column("Now with", 14, grow=1), Column("So far", 20, grow=4),
    )  # fmt: skip
    file_name, figure, laid = "continuity", "continuity", laid.CONTINUITY
    takes_closed = True

    def find(self, desk: Desk, wanted: Wanted) -> Found[Continuity]:
        return quality_stories.continuity_for_children(desk, wanted, closed=self.closed)

    def choose(self, row: Continuity) -> None:
        self.house.open_journey(row.child)


class ReferrersScreen(QualityPage[Referrer]):
    heading = "Referrers not answered"
    about = (
        "Whoever was concerned enough to refer, and has not been told what came of it since the decision, longest "
        "first. Tell them as far as is right: what they hear decides whether they ask again. t records what they were "
        "told; enter opens the case."
    )
    columns = (
        Column("Decided", 11), Column("Case", 13), Column("Who referred", 14, grow=2), Column("State", 14, grow=2),
        Column("Days since", 10, right=True), Column("Heard on", 11), Column("Run", 14, grow=1, from_width=150),
    )  # fmt: skip
    file_name, figure, laid = "referrers", "referrers", laid.REFERRERS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "tell", "Tell", id="referrers.tell", tooltip="Record what whoever referred was told"),
    ]

    def find(self, desk: Desk, wanted: Wanted) -> Found[Referrer]:
        return quality.referrers_answered(desk, wanted)

    def action_tell(self) -> None:
        row = self.table.row()
        if row is None or not row.person:
            self.app.notify("Nobody is listed as the referrer: enter opens the case, where one can be added.")
            return
        from tui.screens.families import tell_some

        desk, ref, person = self.desk, row.case, row.person
        self.ask("act", lambda: show(desk, ref), lambda view: tell_some(self, view, [person]))


def record_here(page: QualityPage[Goal] | QualityPage[LookBack], kind: str, start: Answers) -> None:
    """Records something on the case under the cursor, without leaving the list. start: what stands in the form."""
    ref = page.case_in_hand()
    if not ref:
        return
    desk = page.desk

    def form(view: CaseView) -> None:
        from tui.screens.recording import add_record

        add_record(page, view, view.definition.records[kind], start)

    page.ask("act", lambda: show(desk, ref), form)
