"""Dates of a review on an axis on the screen: the case above, the review's own course below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from casereview.method.lines import Look
from casereview.method.timeline import NOTHING, SIGNS, Timeline, drawn, of_the_case, of_the_review
from tui.screens.page import Page
from tui.screens.said import SaidPage


def show_timeline(page: Page, ref: str) -> None:
    page.app.push_screen(TimelineScreen(ref))


class TimelineScreen(SaidPage):
    heading = "Timeline"
    about = (
        "The case on an axis: parts of the story, key practice episodes, facts with when each became known to "
        "somebody, turning points. Below it, on an axis of its own, the course of the review: stages, meetings, "
        "conversations. The numbers are those of the records."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "line(1)", "Down", id="timeline.down", show=False, tooltip="A line further down"),
        Binding("up", "line(-1)", "Up", id="timeline.up", show=False, tooltip="A line back up"),
        Binding("v", "story", "Story", id="timeline.story", tooltip="The story with its parts, to add or correct one"),
        Binding("e", "episodes", "Episodes", id="timeline.episodes", tooltip="The episodes, to add or correct one"),
    ]

    def found(self, also: Any) -> None:
        assert self.review is not None
        self.axes: tuple[Timeline, Timeline] = (
            of_the_case(self.review), of_the_review(self.review, self.desk.today)
        )  # fmt: skip

    def lines(self, width: int) -> Iterable[tuple[str, Look]]:
        for title, axis in zip(("The case", "The review"), self.axes, strict=True):
            yield title, "head"
            here = [*drawn(axis, width)] or [(NOTHING, False)]
            yield from ((text, "title" if is_head else "text") for text, is_head in here)
            yield "", "text"
        yield SIGNS, "quiet"

    def action_line(self, by: int) -> None:
        self.box.scroll_relative(y=by, animate=False)

    def action_story(self) -> None:
        from tui.screens.narrative import StoryScreen

        self.app.push_screen(StoryScreen(self.ref))

    def action_episodes(self) -> None:
        from tui.screens.episodes import EpisodesScreen

        self.app.push_screen(EpisodesScreen(self.ref))
