"""A list that is asked in words: what is typed, what is chosen into it as terms, and what is done to rows in hand."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.widgets import Input

from casereview.query import Query, QueryFault, parse
from tui.screens.page import Page


class AskedPage(Page):
    """typed   what stands in the filter: a query
    asked   the newest query that could be read, with what is asked beside it
    viewed  the name of the saved view it came from, while it has not been changed
    marked  references of the rows marked for doing one thing to all of them, in the order they were marked
    """

    of: ClassVar[Literal["register", "cases"]] = "cases"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "views", "Views", id="list.views", tooltip="Choose a saved view, or save what is listed now"),
        Binding("t", "team", "Team", id="list.team", show=False, tooltip="Only one team"),
        Binding("s", "standing", "Standing", id="list.standing", show=False, tooltip="Only one standing"),
        Binding("f", "only", "Only", id="list.only", show=False,
                tooltip="Only one workflow, kind, stage, worker, child or reason"),
        Binding("b", "order", "Order", id="list.order", show=False, tooltip="In which order they are listed"),
        Binding("c", "clear", "Clear", id="list.clear", show=False, tooltip="Every filter as it was at first"),
        Binding("l", "words", "Words", id="list.words", show=False,
                tooltip="Every word and term the filter takes, with what it means"),
        Binding("x", "mark", "Mark", id="list.mark", show=False,
                tooltip="Mark the row, or take its mark off; then i or k does one thing to all that are marked"),
        Binding("i", "hand_over", "Hand over", id="list.hand-over", show=False,
                tooltip="Hand what is marked, or the row, to another worker: shown first, then case by case"),
        Binding("k", "mark_seen", "Seen", id="list.seen", show=False,
                tooltip="Note that you looked at what is marked, or at the row; it answers and justifies nothing"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.typed = ""
        self.asked = Query()
        self.viewed = ""
        self.marked: dict[str, None] = {}

    # ---- what subclasses give ----------------------------------------------------------------------------------
    def base(self, typed: Query) -> str:
        """What is asked beside what is typed, where that does not say otherwise."""
        return ""

    def reset(self) -> None:
        """Everything a subclass asks beside the filter, as it was at first."""

    def nothing_beside(self) -> None:
        """A view is shown as it was saved: nothing else is asked any longer."""

    def reload(self, *, keep: bool = False) -> None:
        """Asks anew; `keep` leaves the cursor where it is."""
        raise NotImplementedError

    def action_mark(self) -> None:
        raise NotImplementedError

    # ---- what is asked -----------------------------------------------------------------------------------------
    def wanted(self) -> Query:
        """Everything that is asked now. Raises QueryFault, pointing into what is typed."""
        typed = parse(self.typed)
        return Query((*typed.terms, *parse(self.base(typed)).terms), typed.source)

    def put(self, text: str, view: str = "") -> None:
        """Another query in the filter, asked at once."""
        field = self.query_one("#filter", Input)
        with field.prevent(Input.Changed):
            field.value = text
        if view:
            self.nothing_beside()
        self.typed, self.viewed = text, view
        self.reload()

    def put_term(self, text: str, *gone: str) -> None:
        """One more term in the filter, in place of those of the names in `gone`."""
        try:
            typed = parse(self.typed)
        except QueryFault:
            typed = Query()  # what cannot be read gives way
        self.put(str(typed.without(*gone).with_terms(text)))

    def action_clear(self) -> None:
        self.reset()
        self.marked.clear()
        self.put("")

    # ---- choices that write a term ----------------------------------------------------------------------------
    def action_team(self) -> None:
        from tui.screens.narrowing import choose_team

        choose_team(self)

    def action_standing(self) -> None:
        from tui.screens.narrowing import choose_standing

        choose_standing(self)

    def action_only(self) -> None:
        from tui.screens.narrowing import choose_only

        choose_only(self)

    def action_order(self) -> None:
        from tui.screens.narrowing import choose_order

        choose_order(self)

    def action_views(self) -> None:
        from tui.screens.views import choose_view

        choose_view(self)

    def action_words(self) -> None:
        from casereview.query.terms import described
        from tui.screens.look import data
        from tui.screens.sheet import TextScreen

        self.app.push_screen(TextScreen(data(described(), lines=True), wide=True))

    # ---- many at once -------------------------------------------------------------------------------------------
    def action_hand_over(self) -> None:
        from tui.screens.bulk import hand_over

        hand_over(self, self.in_hand())

    def action_mark_seen(self) -> None:
        from tui.screens.bulk import mark_seen

        mark_seen(self, self.in_hand())

    def in_hand(self) -> list[str]:
        """What is marked, or else the row under the cursor."""
        return list(self.marked) or [ref for ref in (self.case_in_hand(),) if ref]
