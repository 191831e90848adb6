"""Findings on the screen: the list by pattern, and the page of one, from its questions to what came of its actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.method.finding_said import NONE_YET, finding_said
from casereview.method.findings import (
    ACTION,
    EVIDENCE,
    FINDING,
    GRADES,
    IMPACT,
    PASSED_ON,
    POSITION,
    RECOMMENDATION,
    RESPONSE,
    TARGET,
    Anatomy,
    findings,
)  # fmt: skip
from casereview.method.lines import Say
from casereview.method.resting import RESTS
from casereview.service.findings import findings_of
from casereview.service.method_settings import lists
from casereview.text import shown
from tui.commands.findings import COLUMNS, asks_of, finding_json, kept_to_others
from tui.screens.findings_acts import correct_other, impact_of, move_state
from tui.screens.look import MET, MISSING, QUIET
from tui.screens.page import Offer, Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.review_rows import ReviewRows, add_in, correct_in
from tui.screens.said import SaidPage
from tui.screens.table import Column

ADDS = (
    Choice(EVIDENCE, "Evidence of how usual it is", "for or against", key="v"),
    Choice(RESTS, "What it rests on", "one source to an entry", key="o"),
    Choice(RECOMMENDATION, "A recommendation", "clear-cut, for the board to judge, or for research", key="e"),
    Choice(TARGET, "Its target", "of a clear-cut recommendation alone", key="t"),
    Choice(POSITION, "The board's position", "accepted, with comment, or not", key="p"),
    Choice(RESPONSE, "The board's written answer", "public, one finding to an answer", key="r"),
    Choice(PASSED_ON, "To whom it is passed on", "where it cannot be answered here alone", key="w"),
    Choice(ACTION, "An action", "and the difference it means to make", key="a"),
    Choice(IMPACT, "A look at an effect", "was it done, and did it help?", key="i"),
)
FIRMLY = dict(zip(GRADES, (MISSING, "", MET), strict=True))


def show_findings(page: Page, ref: str) -> None:
    page.app.push_screen(FindingsScreen(ref))


class FindingsScreen(ReviewRows[Anatomy]):
    heading = "Findings"
    about = (
        "The patterns this review found, by kind; good practice that the system makes likely is among them. How "
        "firmly each stands is read from the evidence written down: none is indicative only, one kind is weak, two "
        "kinds or more support it; what speaks against it is counted apart. Enter opens its page. What is worth "
        "knowing and no pattern is kept apart (l), with what taking part taught."
    )
    columns = (
        Column("No.", 5, right=True),
        Column("Finding", 20, grow=4),
        Column("Pattern", 14, grow=2, from_width=100),
        Column("State", 12, grow=1),
        Column("Evidence", 20),
        Column("Acts", 9, from_width=90),
        Column("Still asked", 12, grow=1),
    )
    header = COLUMNS
    file_name = "findings"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "learning", "Other learning", id="findings.learning",
                tooltip="Additional learning, and what those who took part learned"),
    ]  # fmt: skip

    withheld = 0

    def reader(self) -> Callable[[], list[Anatomy]]:
        def read() -> list[Anatomy]:
            found = findings_of(self.desk, self.ref)
            self.withheld = found.withheld
            return list(found.rows)

        return read

    def record(self, row: Anatomy) -> int | None:
        return row.number

    def cells(self, row: Anatomy) -> Sequence[str | Text]:
        against = f", {len(row.grade.speaks_against)} against" if row.grade.speaks_against else ""
        asks = asks_of(row)
        good = Text("+ ", MET) if row.rec.text("effect") == "supports" else Text()
        return (
            str(row.number), good.append(row.rec.text("statement"), "default"), row.rec.text("category") or "–",
            row.state or Text("none", QUIET), Text(f"{row.grade.word}{against}", FIRMLY[row.grade.word]),
            row.routed or Text("–", QUIET), Text(asks, QUIET if asks == "–" else MISSING),
        )  # fmt: skip

    def exported(self, row: Anatomy) -> Sequence[object]:
        data = finding_json(self.ref, row)
        values = (data[name] for name in COLUMNS)
        return ["; ".join(map(str, value)) if isinstance(value, list) else value for value in values]

    def says(self) -> str:
        return "by pattern · + good practice · enter: its page"

    def nothing(self) -> str:
        return kept_to_others(self.withheld) if self.withheld else f"{NONE_YET}\n\nn writes down the first."

    def choose(self, row: Anatomy) -> None:
        self.app.push_screen(FindingScreen(self.ref, row.number))

    def action_new(self) -> None:
        add_in(self, self.ref, FINDING, {"state": "candidate"})

    def action_learning(self) -> None:
        self.app.push_screen(LearnedScreen(self.ref))


class LearnedScreen(SaidPage):
    heading = "Other learning"
    about = (
        "Two things that are not findings and are worth as much: points from this case that are no pattern of the "
        "system, and what those who took part learned by taking part."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add('additional-learning')", "Point", id="learned.point", tooltip="A further point of this case"),
        Binding("t", "add('learning-of-participants')", "Learned", id="learned.taught",
                tooltip="What somebody learned by taking part"),
    ]  # fmt: skip

    def action_add(self, kind: str) -> None:
        add_in(self, self.ref, kind)

    def said(self) -> Iterable[Say]:
        review = self.review
        if review is None:
            return
        yield Say("Additional learning", "head")
        for rec in review.of("additional-learning"):
            yield Say(f"for {rec.text('for_whom')} (no. {rec.number})", "label", 2)
            yield Say(rec.text("learning"), "text", 4)
        if not review.of("additional-learning"):
            yield Say("None is written down. n adds a point.", "quiet", 2)
        yield Say("")
        yield Say("What taking part taught", "head")
        for rec in review.of("learning-of-participants"):
            yield Say(f"{rec.text('whose')} (no. {rec.number})", "label", 2)
            yield Say(rec.text("learned"), "text", 4)
            if rec.text("does_now"):
                yield Say(f"now: {rec.text('does_now')}", "text", 4)
        if not review.of("learning-of-participants"):
            yield Say("Nobody's learning is written down yet. t adds it, in their own words.", "quiet", 2)


class FindingScreen(SaidPage):
    heading = "Finding"
    about = (
        "One finding: its questions, how firmly it stands, what it rests on, who can act on it, what the board said, "
        "what is done and whether it helped. Keys add evidence, a source, the board's position and answer, an action "
        "and a look at its effect, each with this finding filled in; m moves its state, with a reason. The review may "
        "be closed: what is learned goes on. Left and right go to the findings beside it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "other(-1)", "Before", id="finding.before", show=False, tooltip="The finding before this one"),
        Binding("right", "other(1)", "Next", id="finding.next", show=False, tooltip="The finding after this one"),
        Binding("down", "line(1)", "Down", id="finding.down", show=False, tooltip="A line further down"),
        Binding("up", "line(-1)", "Up", id="finding.up", show=False, tooltip="A line back up"),
        Binding("c", "correct", "Correct", id="finding.correct", tooltip="The finding itself"),
        Binding("m", "move", "State", id="finding.move", tooltip="Move it on or back, with a reason"),
        Binding("n", "add_any", "Add", id="finding.add", tooltip="Evidence, a source, what the board says, an action"),
        Binding("i", "impact", "Effect", id="finding.impact", tooltip="A look at what came of an action"),
        Binding("v", f"add('{EVIDENCE}')", "Evidence", id="finding.evidence", show=False, tooltip="How usual it is"),
        Binding("o", f"add('{RESTS}')", "Source", id="finding.source", show=False, tooltip="What it rests on"),
        Binding("p", f"add('{POSITION}')", "Position", id="finding.position", show=False, tooltip="Of the board"),
        Binding("r", f"add('{RESPONSE}')", "Answer", id="finding.response", show=False, tooltip="The board's answer"),
        Binding("w", f"add('{PASSED_ON}')", "Pass on", id="finding.pass", show=False, tooltip="To those who can act"),
        Binding("a", f"add('{ACTION}')", "Action", id="finding.action", show=False, tooltip="What is done for it"),
        Binding("x", "correct_other", "Parts", id="finding.other",
                tooltip="Correct evidence, a source, a position, an answer, an action, a look"),
    ]  # fmt: skip

    def __init__(self, ref: str, number: int) -> None:
        super().__init__(ref)
        self.number = number
        self.all: tuple[Anatomy, ...] = ()

    @property
    def one(self) -> Anatomy | None:
        return next((one for one in self.all if one.number == self.number), None)

    def read(self) -> Any:
        return lists(self.desk)

    def found(self, also: Any) -> None:
        assert self.review is not None
        self.all = findings(self.review, also)

    def above(self) -> Text:
        one = self.one
        if one is None:
            return Text()
        at = [other.number for other in self.all].index(self.number) + 1
        after = f"   {one.state}, {one.grade.word}   {at} of {len(self.all)}"
        room = max(self.app.size.width - 2 - len(after), 10)
        return Text(shown(one.rec.text("statement"), width=room), "bold").append(after, QUIET)

    def said(self) -> Iterable[Say]:
        if self.one is None:
            return [Say("This finding is no longer here, or it is kept to others.", "ask")]
        return finding_said(self.one)

    # ---- keys --------------------------------------------------------------------------------------------------
    def action_line(self, by: int) -> None:
        self.box.scroll_relative(y=by, animate=False)

    def action_other(self, by: int) -> None:
        numbers = [one.number for one in self.all]
        if self.number in numbers:
            self.number = numbers[(numbers.index(self.number) + by) % len(numbers)]
            self.draw()
            self.box.scroll_home(animate=False)

    def action_add(self, kind: str) -> None:
        one = self.one
        if one is None:
            return
        if kind == IMPACT:
            self.action_impact()
            return
        start: dict[str, Any] = {"finding": one.number}
        if one.recommended:
            start["recommendation"] = one.recommended[-1].rec.number
        if self.review is not None and kind in self.review.definition.records:
            fields = self.review.definition.records[kind].fields
            start = {name: value for name, value in start.items() if name in fields}
        if kind == PASSED_ON and one.routed:
            start["level"] = one.routed
        if kind == RESPONSE and one.positions:
            start["position"] = one.positions[-1].text("position")
        if kind == ACTION:
            start["status"] = "not started"
        add_in(self, self.ref, kind, start)

    def action_add_any(self) -> None:
        def chosen(kind: str | None) -> None:
            if kind is not None:
                self.action_add(kind)

        self.app.push_screen(PickScreen("Add what?", self._adds()), chosen)

    def _adds(self) -> list[Choice]:
        """What the workflow of this review has: recommendations are of the profile of 2008."""
        has = self.review.definition.records if self.review else {}
        return [choice for choice in ADDS if choice.value in has]

    def action_correct(self) -> None:
        if self.one is not None:
            correct_in(self, self.ref, self.number)

    def action_move(self) -> None:
        if self.one is not None:
            move_state(self, self.ref, self.one)

    def action_impact(self) -> None:
        if self.one is not None:
            impact_of(self, [followed.action for followed in self.one.actions], lambda n: self._impact(n))

    def _impact(self, action: int) -> None:
        add_in(self, self.ref, IMPACT, {"action": action, "checked_on": self.desk.today.isoformat()})

    def action_correct_other(self) -> None:
        if self.one is not None:
            correct_other(self, self.ref, self.one)

    def offers(self) -> Iterator[Offer]:
        yield Offer("Move its state", "Candidate to evaluated, with a reason", self.action_move)
        for choice in self._adds():
            yield Offer(str(choice.label), choice.says, partial(self.action_add, choice.value))
        yield Offer("Correct something of it", "Evidence, position, answer, action, look", self.action_correct_other)
