"""Key practice episodes on the screen: the list, and the page of one, with what it still asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.method.episode_said import (
    NONE_YET,
    TONE,
    dates_of,
    episode_said,
    named,
    none_said,
    standing_of,
)
from casereview.method.episodes import EPISODE, EVIDENCE, FACTOR, FINDING, Episode, begun, episodes
from casereview.method.lines import Say
from casereview.service.review import read_review
from casereview.text import shown
from tui.screens.look import MET, MISSING, QUIET, day
from tui.screens.page import Offer, Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.review_rows import ReviewRows, add_in, correct_in
from tui.screens.said import SaidPage
from tui.screens.table import Column


def show_episodes(page: Page, ref: str) -> None:
    page.app.push_screen(EpisodesScreen(ref))


class EpisodesScreen(ReviewRows[Episode]):
    heading = "Key practice episodes"
    about = (
        "Moments or stretches of time that mattered for how the case went, good work among them. Each is looked at by "
        "the standard of its day and, above all, explained: how did it make sense to those who were there? With only "
        "one of the two it is not complete. Enter opens its page."
    )
    columns = (
        Column("No.", 5, right=True),
        Column("Episode", 18, grow=3),
        Column("From", 12),
        Column("To", 12, from_width=90),
        Column("By its standard", 16),
        Column("Heads", 6, right=True),
        Column("Findings", 9, right=True, from_width=100),
        Column("Stands", 14, grow=2),
    )
    header = ("record", "episode", "from", "to", "by its standard", "empty heads", "findings", "stands")
    file_name = "episodes"
    _none = NONE_YET

    def reader(self) -> Callable[[], list[Episode]]:
        def read() -> list[Episode]:
            review = read_review(self.desk, self.ref).review
            self._none = none_said(review).text
            return list(episodes(review))

        return read

    def record(self, row: Episode) -> int | None:
        return row.rec.number

    def cells(self, row: Episode) -> Sequence[str | Text]:
        heads = sum(len(level.heads) for level in row.levels)
        return (
            str(row.rec.number), row.rec.text("title"), day(row.rec.day("date_from")), day(row.rec.day("date_to")),
            row.rec.text("judgement") or Text("–", QUIET), f"{heads - len(row.empty_heads)}/{heads}",
            str(len(row.findings)), Text(_short(row), MET if row.is_complete else MISSING),
        )  # fmt: skip

    def exported(self, row: Episode) -> Sequence[object]:
        rec = row.rec
        return (
            rec.number, rec.text("title"), rec.day("date_from"), rec.day("date_to"), rec.text("judgement"),
            "; ".join(row.empty_heads), len(row.findings), standing_of(row),
        )  # fmt: skip

    def says(self) -> str:
        return f"{TONE}  enter: its page"

    def nothing(self) -> str:
        return f"{self._none}\n\nn writes one down."

    def choose(self, row: Episode) -> None:
        self.app.push_screen(EpisodeScreen(self.ref, row.rec.number))

    def action_new(self) -> None:
        add_in(self, self.ref, EPISODE)


def _short(one: Episode) -> str:
    if not one.is_complete:
        return "not complete"
    return f"complete; {len(one.open)} to ask" if one.open else "complete"


class EpisodeScreen(SaidPage):
    heading = "Episode"
    about = (
        "One key practice episode: what happened, how it made sense at the time, how it looks by the standard of its "
        "day, what surrounded the work by level and head, who saw what, where it is known from, and the findings that "
        "rest on it. An empty head is a question to the reviewers. Left and right go to the episodes beside it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "other(-1)", "Before", id="episode.before", show=False, tooltip="The episode before this one"),
        Binding("right", "other(1)", "Next", id="episode.next", key_display="→", tooltip="The episode after this one"),
        Binding("down", "line(1)", "Down", id="episode.down", show=False, tooltip="A line further down"),
        Binding("up", "line(-1)", "Up", id="episode.up", show=False, tooltip="A line back up"),
        Binding("c", "correct", "Correct", id="episode.correct", tooltip="The episode itself"),
        Binding("a", "factor", "Factor", id="episode.factor", tooltip="What surrounded the work, by head"),
        Binding("v", "evidence", "Source", id="episode.evidence", tooltip="What it rests on: a talk, a document …"),
        Binding("x", "correct_other", "Parts", id="episode.other", tooltip="Correct a factor, source or finding"),
        Binding("n", "finding", "Finding", id="episode.finding", tooltip="A finding that shows itself here"),
        Binding("t", "tunnel", "Tunnel", id="episode.tunnel", tooltip="As somebody could see it when this began"),
    ]

    def __init__(self, ref: str, number: int) -> None:
        super().__init__(ref)
        self.number = number
        self.all: tuple[Episode, ...] = ()

    @property
    def one(self) -> Episode | None:
        return next((one for one in self.all if one.rec.number == self.number), None)

    def found(self, also: Any) -> None:
        assert self.review is not None
        self.all = episodes(self.review)

    def above(self) -> Text:
        one = self.one
        if one is None:
            return Text()
        at = [other.rec.number for other in self.all].index(self.number) + 1
        text = Text().append(shown(one.rec.text("title"), width=60), "bold").append(f"   {dates_of(one.rec)}")
        return text.append(f"   {at} of {len(self.all)}", QUIET)

    def said(self) -> Iterable[Say]:
        if self.one is None or self.review is None:
            return [Say("This episode is no longer here: it was withdrawn.", "ask")]
        return [Say(TONE, "quiet"), Say(""), *episode_said(self.review, self.one)]

    # ---- keys --------------------------------------------------------------------------------------------------
    def action_line(self, by: int) -> None:
        self.box.scroll_relative(y=by, animate=False)

    def action_other(self, by: int) -> None:
        numbers = [one.rec.number for one in self.all]
        if self.number in numbers:
            self.number = numbers[(numbers.index(self.number) + by) % len(numbers)]
            self.draw()
            self.box.scroll_home(animate=False)

    def action_correct(self) -> None:
        if self.one is not None:
            correct_in(self, self.ref, self.number)

    def action_factor(self) -> None:
        """Under which head first: the empty ones say so."""
        one = self.one
        if one is None:
            return
        heads = [head for level in one.levels for head in level.heads]
        choices = [
            Choice(h.head.name, h.head.name, f"{len(h.factors)} so far" if h.factors else f"empty. {h.head.asks}")
            for h in heads
        ]

        def chosen(head: str | None) -> None:
            if head is not None:
                add_in(self, self.ref, FACTOR, {"episode": self.number, "head": head})

        self.app.push_screen(PickScreen("Under which head?", choices), chosen)

    def action_evidence(self) -> None:
        add_in(self, self.ref, EVIDENCE, {"episode": self.number})

    def action_finding(self) -> None:
        add_in(self, self.ref, FINDING, {"episode": self.number})

    def action_correct_other(self) -> None:
        one = self.one
        choices = [Choice(str(number), says) for number, says in self._others(one)] if one else []
        if not choices:
            self.app.notify("Nothing hangs on this episode yet: a adds a factor, v a source.", markup=False)
            return

        def chosen(number: str | None) -> None:
            if number is not None:
                correct_in(self, self.ref, int(number))

        self.app.push_screen(PickScreen("Correct which?", choices), chosen)

    def _others(self, one: Episode) -> Iterator[tuple[int, str]]:
        assert self.review is not None
        for rec in one.factors:
            yield rec.number, f"Factor: {rec.text('head')}: {rec.text('factor')}"
        for evidence in one.evidence:
            links = ", ".join(named(self.review, rec) for rec in evidence.sources)
            yield evidence.rec.number, f"Source: {links or evidence.rec.text('shows')}"
        for rec in (*one.findings, *one.other):
            yield rec.number, named(self.review, rec)

    def action_tunnel(self) -> None:
        from tui.screens.tunnel import TunnelScreen

        if self.one is not None:
            self.app.push_screen(TunnelScreen(self.ref, day=begun(self.one.rec)))

    def offers(self) -> Iterator[Offer]:
        yield Offer("Add a contributory factor", "Under one of the heads", self.action_factor)
        yield Offer("Add a source", "What this episode rests on", self.action_evidence)
        yield Offer("Add a finding", "That shows itself in this episode", self.action_finding)
        yield Offer("Correct the episode", "What was first written stays readable", self.action_correct)
        yield Offer("The view from the tunnel", "As somebody could see it when this began", self.action_tunnel)
