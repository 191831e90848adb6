"""Two people's views beside each other on the screen: as both could see it on one day, or whole, from outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.method.lines import Look, day_words
from casereview.method.narrative import MOMENT, Viewpoint, Voices
from casereview.method.side_by_side import abreast_lines, day_after, day_before, tunnel_lines
from casereview.method.tunnel import Tunnel, tunnel
from casereview.text import shown
from tui.screens.page import Offer
from tui.screens.said import SaidPage
from tui.screens.tunnel import ask_day, pick_person


class SideBySideScreen(SaidPage):
    heading = "Side by side"
    about = (
        "Two views of the same case beside each other. On a day: what each could see by then, and nothing later. o "
        "turns to both accounts whole, from outside, with what each did not know then, and back."
    )
    showing = (MOMENT,)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "day(-1)", "Before", id="beside.before", key_display="←",
                tooltip="The last day before on which something changed for either"),
        Binding("right", "day(1)", "After", id="beside.after", key_display="→",
                tooltip="The next day on which something changed for either"),
        Binding("up", "person(-1)", "Person", id="beside.up", key_display="↑", show=False,
                tooltip="The person before, on the right"),
        Binding("down", "person(1)", "Person", id="beside.down", key_display="↓",
                tooltip="The next person, on the right"),
        Binding("w", "whose", "Whose", id="beside.whose", tooltip="Choose whose view stands on the right"),
        Binding("x", "swap", "Swap", id="beside.swap", tooltip="The right one to the left"),
        Binding("d", "choose_day", "Day", id="beside.day", tooltip="Any other day"),
        Binding("o", "outside", "Outside", id="beside.outside", tooltip="Both whole, from outside; and back"),
    ]  # fmt: skip

    def __init__(self, ref: str, one: str, other: str, day: date | None) -> None:
        """The keys of two viewpoints, and the day; None: from outside."""
        super().__init__(ref)
        self.keys = [one, other]
        self.day, self.outside = day, day is None
        self.people: tuple[Viewpoint, ...] = ()
        self.seen: tuple[Tunnel, Tunnel] | None = None

    def found(self, also: Any) -> None:
        assert self.review is not None
        self.people = Voices(self.review).all
        self._look()

    def _both(self) -> tuple[Viewpoint, Viewpoint]:
        one, other = (next((p for p in self.people if p.key == key), self.people[0]) for key in self.keys)
        return one, other

    def _look(self) -> None:
        if self.review is None or not self.people:
            self.seen = None
            return
        one, other = self._both()
        at = self.day or date.max
        self.seen = tunnel(self.review, one, at), tunnel(self.review, other, at)
        if self.day is None:
            self.day = min((*self.seen[0].days, *self.seen[1].days), default=None)

    def above(self) -> Text:
        if self.seen is None:
            return Text()
        names = "  |  ".join(shown(one.whose.label) for one in self.seen)
        at = "from outside, whole" if self.outside or self.day is None else day_words(self.day)
        return Text().append(f"{names}   {at}", "bold")

    def lines(self, width: int) -> Iterable[tuple[str, Look]]:
        if self.seen is None or self.review is None:
            return []
        if self.outside:
            return abreast_lines(self.review, *self._both(), width)
        return tunnel_lines(*self.seen, width)

    def _go(self) -> None:
        self._look()
        self.draw()
        self.box.scroll_home(animate=False)

    # ---- keys --------------------------------------------------------------------------------------------------
    def action_day(self, by: int) -> None:
        if self.seen is None:
            return
        to = day_after(*self.seen) if by > 0 else day_before(*self.seen)
        if self.outside and self.day is not None:
            to = self.day  # back into the tunnel first, where one had come from
        if to is None:
            self.app.notify("Nothing is recorded to have changed for either there.", markup=False)
            return
        self.day, self.outside = to, False
        self._go()

    def action_person(self, by: int) -> None:
        keys = [one.key for one in self.people if one.key != self.keys[0]]
        if keys:
            at = keys.index(self.keys[1]) if self.keys[1] in keys else -by
            self.keys[1] = keys[(at + by) % len(keys)]
            self._go()

    def action_whose(self) -> None:
        def chosen(key: str | None) -> None:
            if key is not None:
                self.keys[1] = key
                self._go()

        others = tuple(one for one in self.people if one.key != self.keys[0])
        pick_person(self, "Whose view on the right?", others, chosen, self.keys[1])

    def action_swap(self) -> None:
        self.keys.reverse()
        self._go()

    def action_choose_day(self) -> None:
        ask_day(self, self.day, self._to)

    def _to(self, to: date) -> None:
        self.day, self.outside = to, False
        self._go()

    def action_outside(self) -> None:
        self.outside = not self.outside
        self._go()

    def offers(self) -> Iterator[Offer]:
        yield Offer("Another person on the right", "Choose whose", self.action_whose)
        yield Offer("Whole, from outside", "With what each did not know then; and back", self.action_outside)
        yield Offer("Another day", "What each could see by then", self.action_choose_day)
