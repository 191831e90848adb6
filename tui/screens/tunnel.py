"""The view from the tunnel on the screen: as one person could see the case on one day, and two of them side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.method.lines import Say, day_words
from casereview.method.narrative import MOMENT, PART, Viewpoint, Voices
from casereview.method.tunnel import Tunnel, tunnel
from casereview.method.tunnel_said import nobody_said, tunnel_said, who_words
from casereview.service.desk import Desk
from casereview.text import shown
from tui.screens.asks import Answers, Ask, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import QUIET, day
from tui.screens.page import Offer, Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.review_rows import add_in, correct_in
from tui.screens.said import SaidPage

NEXT = "a notes who took part; p how it looked to somebody; f a fact, and who knew it from when."


def show_tunnel(page: Page, ref: str) -> None:
    page.app.push_screen(TunnelScreen(ref))


class TunnelScreen(SaidPage):
    heading = "Tunnel"
    about = (
        "The case as one person could see it on one day: how it looked to them, what they knew by then, the moments "
        "they told of. What came out later is hidden, and so is everything written with hindsight; below stands how "
        "much that is, and never what. Left and right go to the day before or after on which something changed for "
        "them, up and down to another person; space and the page keys scroll."
    )
    showing = (MOMENT,)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "day(-1)", "Before", id="tunnel.before", key_display="←",
                tooltip="The last day before on which something changed for them"),
        Binding("right", "day(1)", "After", id="tunnel.after", key_display="→",
                tooltip="The next day on which something changed for them"),
        Binding("up", "person(-1)", "Person", id="tunnel.up", key_display="↑", show=False,
                tooltip="As the person before sees it, on the same day"),
        Binding("down", "person(1)", "Person", id="tunnel.down", key_display="↓",
                tooltip="As the next person sees it, on the same day"),
        Binding("w", "whose", "Whose", id="tunnel.whose", show=False, tooltip="Choose whose view"),
        Binding("d", "choose_day", "Day", id="tunnel.day", show=False, tooltip="Any other day"),
        Binding("s", "beside", "Beside", id="tunnel.beside", tooltip="A second view beside this one"),
        Binding("p", "view", "View", id="tunnel.view", tooltip="Write down how it looked to them from this day"),
        Binding("f", "fact", "Fact", id="tunnel.fact", tooltip="Write down a fact that they knew from this day"),
        Binding("c", "correct", "Correct", id="tunnel.correct", tooltip="A record of what is seen here"),
        Binding("a", "participant", "Participant", id="tunnel.add", show=False, tooltip="Somebody who took part"),
    ]  # fmt: skip

    def __init__(self, ref: str, whose: str = "", day: date | None = None) -> None:
        """whose: a viewpoint's key; the first there is, where it is left out or gone."""
        super().__init__(ref)
        self.key, self.day = whose, day
        self.people: tuple[Viewpoint, ...] = ()
        self.seen: Tunnel | None = None

    def found(self, also: Any) -> None:
        assert self.review is not None
        self.people = Voices(self.review).all
        self._look()

    def _look(self) -> None:
        """The tunnel of the person and the day in hand; where there is no day yet, of their first."""
        if self.review is None or not self.people:
            self.seen = None
            return
        whose = next((one for one in self.people if one.key == self.key), self.people[0])
        self.key = whose.key
        if self.day is None:
            self.day = next(iter(tunnel(self.review, whose, date.max).days), None)
        self.seen = tunnel(self.review, whose, self.day or _first_day(self))
        self.day = self.seen.day

    def above(self) -> Text:
        if self.seen is None:
            return Text()
        at = sum(1 for one in self.seen.days if one <= self.seen.day)
        who = shown(who_words(self.seen.whose), width=max(self.app.size.width - 4, 20))
        text = Text().append(f"{who}\n", "bold").append(day_words(self.seen.day), "bold #e8d9b0")
        days = f"change {at} of {len(self.seen.days)}" if self.seen.days else "no day is written down for them"
        return text.append(f"   {days}   only what they could see by then", QUIET)

    def said(self) -> Iterable[Say]:
        if self.seen is not None:
            return tunnel_said(self.seen, named=False)
        return [*nobody_said(self.review), Say(""), Say(NEXT)] if self.review else ()

    def _go(self) -> None:
        self._look()
        self.draw()
        self.box.scroll_home(animate=False)

    # ---- moving ------------------------------------------------------------------------------------------------
    def action_day(self, by: int) -> None:
        if self.seen is not None:
            to = self.seen.later() if by > 0 else self.seen.earlier()
            if to is None:
                words = "after" if by > 0 else "before"
                self.app.notify(f"Nothing is recorded to have changed for them {words} this day.", markup=False)
                return
            self.day = to
            self._go()

    def action_person(self, by: int) -> None:
        keys = [one.key for one in self.people]
        if self.key in keys:
            self.key = keys[(keys.index(self.key) + by) % len(keys)]
            self._go()

    def action_whose(self) -> None:
        def chosen(key: str | None) -> None:
            if key is not None:
                self.key = key
                self._go()

        pick_person(self, "Whose view?", self.people, chosen, self.key)

    def action_choose_day(self) -> None:
        ask_day(self, self.day, self._to)

    def _to(self, to: date) -> None:
        self.day = to
        self._go()

    def action_beside(self) -> None:
        from tui.screens.side_by_side import SideBySideScreen

        def chosen(key: str | None) -> None:
            if key is not None:
                self.app.push_screen(SideBySideScreen(self.ref, self.key, key, self.day))

        others = tuple(one for one in self.people if one.key != self.key)
        pick_person(self, "Whose view beside it?", others, chosen)

    # ---- writing -----------------------------------------------------------------------------------------------
    def _who(self) -> dict[str, Any]:
        whose = self.seen.whose if self.seen else None
        return {"whose": whose.label, **({"participant": whose.number} if whose.number else {})} if whose else {}

    def action_view(self) -> None:
        part = self._part()
        start = {**self._who(), **({"from_day": _iso(self.day)} if self.day else {})}
        add_in(self, self.ref, "perspective", start | ({"segment": part} if part else {}))

    def action_fact(self) -> None:
        start: dict[str, Any] = {"known_to": [self.seen.whose.label]} if self.seen else {}
        part = self._part()
        start |= {"known_from": _iso(self.day)} if self.day else {}
        add_in(self, self.ref, "known-when", start | ({"segment": part} if part else {}))

    def action_participant(self) -> None:
        add_in(self, self.ref, "participant")

    def _part(self) -> int | None:
        """The part of the story that this day falls in; the newest begun, where there are several."""
        begun = [
            (first, rec.number)
            for rec in (self.review.of(PART) if self.review else ())
            if (first := rec.day("date_from")) and self.day and first <= self.day
        ]
        return max(begun)[1] if begun else None

    def action_correct(self) -> None:
        """Only what is seen here is offered: a list of the rest would be a look out of the tunnel."""
        choices = [Choice(str(number), says) for number, says in _records(self.seen)] if self.seen else []
        if not choices:
            self.app.notify("Nothing is seen here yet that could be corrected.", markup=False)
            return

        def chosen(number: str | None) -> None:
            if number is not None:
                correct_in(self, self.ref, int(number))

        self.app.push_screen(PickScreen("Correct which?", choices), chosen)

    def offers(self) -> Iterator[Offer]:
        yield Offer("Another person's view", "Choose whose", self.action_whose)
        yield Offer("Another day", "Any day of the case", self.action_choose_day)
        yield Offer("Two views side by side", "A second beside this one", self.action_beside)
        yield Offer("Write down a view", "How it looked to them from this day", self.action_view)
        yield Offer("Write down a fact", "That they knew from this day", self.action_fact)


# ---- what both screens share -----------------------------------------------------------------------------------
def _first_day(screen: TunnelScreen) -> date:
    """Where nothing of a person has a day: the first day of the story, or today."""
    parts = screen.review.of(PART) if screen.review else ()
    return min((first for rec in parts if (first := rec.day("date_from"))), default=screen.desk.today)


def _first_words(answers: tuple[tuple[str, str, str], ...]) -> str:
    return answers[0][2] if answers else "nothing written yet"


def _records(seen: Tunnel) -> Iterator[tuple[int, str]]:
    for part in seen.parts:
        for view in part.views:
            yield view.number, f"View: {_first_words(view.answers)}"
    for fact in seen.facts:
        yield fact.by, f"{'Fact' if fact.by == fact.number else 'Came to know'}: {fact.fact}"
    for moment in seen.moments:
        yield moment.number, f"Moment: {moment.head}"


def _iso(one: date | None) -> str:
    return one.isoformat() if one else ""


def pick_person(page: Page, title: str, people: tuple[Viewpoint, ...], chosen: Any, now: str = "") -> None:
    if not people:
        page.app.notify("The story names nobody else yet.", markup=False)
        return
    choices = [Choice(one.key, one.label, one.agency if one.agency != one.label else "") for one in people]
    page.app.push_screen(PickScreen(title, choices, now), chosen)


def ask_day(page: Page, now: date | None, then: Any) -> None:
    ask = Ask("day", "Which day?", "date", True, says="such as 20 Nov 2026", start=day(now) if now else None)
    desk: Desk = page.desk

    def submit(answers: Answers, seen: int | None) -> date:
        found: date = typed([ask], answers, desk.today)["day"]
        return found

    offer_form(page, FormScreen("A day of the case", [ask], submit), then)
