"""The pool on the screen: what recurs, in how many reviews of how many, down to the findings themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.learning.pool import (
    BY,
    BY_WORDS,
    ORIGIN_WORDS,
    ORIGINS,
    Asked,
    By,
    Pooled,
    Recurrence,
    Row,
    findings_left,
    reviews_left,
    value_of,
)
from casereview.learning.telling import cells, kind_of, table_rows, under
from casereview.method.lines import Say
from casereview.service.learning import Pool, pool, recur
from tui.screens.look import MISSING, QUIET
from tui.screens.page import Offer, Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.pool_similar import choose_finding, read_out
from tui.screens.rows import RowsPage
from tui.screens.table import Column

NONE_YET = "No finding is like that.\n\nesc goes back."
NONE_HERE = (
    "This review has no finding yet that you may read. Once it has, enter on it looks for those of other reviews and "
    "boards that are like it.\n\nesc goes back."
)


def show_pool(page: Page) -> None:
    page.app.push_screen(PoolScreen())


def show_elsewhere(page: Page, ref: str) -> None:
    """The findings of one review, each of which can be looked for elsewhere."""
    page.app.push_screen(ElsewhereScreen(frozenset(), f"of {ref}", ref))


class PoolScreen(RowsPage[Row]):
    heading = "Findings across reviews"
    about = (
        "What recurs, in how many reviews of how many. Our reviews, other boards' packs and published reviews are "
        "counted apart; a review nobody coded is counted as not coded, never as one without it. The editions of 2008 "
        "and later are never merged. enter: the findings behind a line; b: counted by something else; k: what the "
        "numbers are counted against; t: how the names of both editions stand beside each other."
    )
    columns = (
        Column("What", 24, grow=4),
        Column("Edition", 7),
        Column("Ours", 8, right=True),
        Column("Packs", 8, right=True),
        Column("Published", 9, right=True),
        Column("Findings", 8, right=True),
    )
    header = ("what", "edition", *(f"{ORIGIN_WORDS[one]}: reviews" for one in ORIGINS),
              *(f"{ORIGIN_WORDS[one]}: of" for one in ORIGINS), "findings")  # fmt: skip
    file_name = "pool"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "by", "Counted by", id="pool.by", tooltip="Kind of pattern, level, firmness, year, board …"),
        Binding("w", "where", "Which", id="pool.where", tooltip="Ours, packs, published, or all"),
        Binding("k", "counted", "Against what", id="pool.counted", tooltip="What the numbers are counted against"),
        Binding("t", "names", "Editions", id="pool.names", tooltip="The kinds of 2008 and later beside each other"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.by: By = "pattern"
        self.asked = Asked()
        self.found: Recurrence | None = None
        self.pool: Pool | None = None

    def reader(self) -> Callable[[], list[Row]]:
        desk, by, asked = self.desk, self.by, self.asked

        def read() -> list[Row]:
            self.found, self.pool = recur(desk, by, asked)
            return list(self.found.rows)

        return read

    def cells(self, row: Row) -> Sequence[str | Text]:
        label, *counts, findings = cells(row)
        few = self.found.few() if self.found else ()
        shares = [Text(said, MISSING if one in few else "") for one, said in zip(ORIGINS, counts, strict=True)]
        return label, row.edition or "–", *shares, findings

    def exported(self, row: Row) -> Sequence[object]:
        counts = [row.counts[one] for one in ORIGINS]
        return row.label, row.edition, *(c.reviews for c in counts), *(c.of for c in counts), row.findings

    def says(self) -> str:
        if self.found is None:
            return ""
        words = {"here": "ours", "pack": "packs", "published": "published"}
        coded = ", ".join(f"{words[one]} {self.found.coded[one]} of {self.found.reviews[one]}"
                          for one in ORIGINS if self.found.reviews[one])  # fmt: skip
        few = " · few: read them" if self.found.few() else ""
        return f"by {BY_WORDS[self.by]} · reviews with it, of those coded\nCoded: {coded}{few}"

    def nothing(self) -> str:
        return "No review is coded by that yet.\n\nb counts by something else; k says which reviews are not coded."

    def choose(self, row: Row) -> None:
        keys = self._behind(row)
        self.app.push_screen(FindingsScreen(keys, row.label))

    def _behind(self, row: Row) -> frozenset[str]:
        if self.pool is None:
            return frozenset()
        left = findings_left(reviews_left(self.pool.reviews, self.asked), self.asked)
        return frozenset(
            one.key for one in left
            if (value_of(one, self.by) or "not said") == row.value and row.edition in ("", one.edition)
        )  # fmt: skip

    def action_by(self) -> None:
        def chosen(value: str | None) -> None:
            found = next((one for one in BY if one == value), None)
            if found is not None:
                self.by = found
                self.look_again()

        self.app.push_screen(PickScreen("Counted by what?", [Choice(one, BY_WORDS[one]) for one in BY]), chosen)

    def action_where(self) -> None:
        def chosen(value: str | None) -> None:
            if value is not None:
                origins = tuple(one for one in ORIGINS if value in ("all", one))
                self.asked = replace(self.asked, origins=origins)
                self.look_again()

        choices = [Choice("all", "all of them", "counted apart"), *(Choice(o, ORIGIN_WORDS[o]) for o in ORIGINS)]
        self.app.push_screen(PickScreen("Which reviews?", choices), chosen)

    def action_counted(self) -> None:
        if self.found is not None:
            read_out(self, [Say("What the numbers are counted against", "head"), *map(Say, under(self.found))])

    def action_names(self) -> None:
        rows = [Say(f"{earlier}  ↔  {later}  ({how})") for earlier, later, how in table_rows()]
        said = [Say("2008 beside later", "head"), *rows, Say(""),
                Say("For reading both side by side: a finding keeps the kind it was given.", "quiet")]  # fmt: skip
        read_out(self, said)

    def offers(self) -> Iterator[Offer]:
        yield from super().offers()
        yield Offer("Count by something else", BY_WORDS[self.by], self.action_by)
        yield Offer("What the numbers are counted against", "Which reviews are not coded, and why", self.action_counted)


class FindingsScreen(RowsPage[Pooled]):
    heading = "Findings one by one"
    about = (
        "The findings behind a number, each with where it comes from. enter: read it in full, look for similar ones, "
        "or say that it is the same pattern as another. Nothing is ever merged."
    )
    columns = (
        Column("Finding", 20),
        Column("Statement", 24, grow=5),
        Column("Kind of pattern", 14, grow=1, from_width=100),
        Column("From", 14, grow=1),
        Column("Year", 6),
    )
    header = ("finding", "from", "board", "statement", "edition", "pattern", "level", "strength", "state", "year")
    file_name = "findings"

    def __init__(self, keys: frozenset[str], label: str, ref: str = "") -> None:
        """ref: a review whose findings are listed, whichever they are."""
        super().__init__()
        self.keys, self.label, self.ref = keys, label, ref

    def reader(self) -> Callable[[], list[Pooled]]:
        desk, keys, ref = self.desk, self.keys, self.ref
        return lambda: [one for one in pool(desk).findings if one.key in keys or (ref and one.review == ref)]

    def cells(self, row: Pooled) -> Sequence[str | Text]:
        whose = "ours" if row.origin == "here" else row.board
        return row.key, row.statement, kind_of(row), Text(whose, "" if row.origin == "here" else QUIET), row.year or "–"

    def exported(self, row: Pooled) -> Sequence[object]:
        return (row.key, row.origin, row.board, row.statement, row.edition, kind_of(row), row.level, row.strength,
                row.state, row.year)  # fmt: skip

    def says(self) -> str:
        return f"{self.label} · enter: read, find similar ones, link"

    def nothing(self) -> str:
        return NONE_YET

    def choose(self, row: Pooled) -> None:
        choose_finding(self, row)

    def case_in_hand(self) -> str:
        row = self.table.row() if self.loaded else None
        return row.review if row and row.origin == "here" else self.ref


class ElsewhereScreen(FindingsScreen):
    heading = "Findings elsewhere"
    about = (
        "The findings of this review. enter on one: read it in full, look for those of other reviews and boards that "
        "are like it, or say that it is the same pattern as another. Nothing is ever merged."
    )

    def nothing(self) -> str:
        return NONE_HERE
