"""How a review came to be and who holds it, part by part; each line with its form, each part with what adds to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich.text import Text

from casereview.method.commissioning import CONFLICTS, PARTS, Row
from casereview.service.commissioning import Commissioning, commissioning
from casereview.service.reading import show
from casereview.service.reviewers import Listed
from casereview.service.reviewers import register as register_of
from tui.screens.acts import act_named
from tui.screens.doing import do_act
from tui.screens.look import MISSING, QUIET
from tui.screens.page import Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.review_rows import ReviewRows, add_in, correct_in
from tui.screens.sheet import TextScreen
from tui.screens.table import Column

ACTS = {"Roles": "appoint", CONFLICTS: "conflict"}
PROPOSAL = "reviewer-proposal"
ELSE = "somebody else"


def show_commissioning(page: Page, ref: str) -> None:
    page.app.push_screen(CommissioningScreen(ref))


class CommissioningScreen(ReviewRows[Row]):
    heading = "Commissioning"
    about = (
        "How the review came to be and who holds it: the referral, each criterion, the ways to learn that were weighed "
        "and what each would take, the decision and its reasons, the scope and how full it is, who was proposed and "
        "who holds which role, with accreditation, ties and declared conflicts. Enter opens a line, or writes what is "
        "missing; n adds to any part; c corrects."
    )
    columns = (Column("Part", 16), Column("What", 30, grow=4), Column("How it stands", 18, grow=2), Column("No.", 4))
    header = ("part", "what", "how it stands", "record", "to look at")
    file_name = "commissioning"

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self.found: Commissioning | None = None

    def reader(self) -> Callable[[], list[Row]]:
        def read() -> list[Row]:
            self.found = commissioning(self.desk, self.ref)
            return list(self.found.rows)

        return read

    def record(self, row: Row) -> int | None:
        return row.rec

    def cells(self, row: Row) -> Sequence[str | Text]:
        look = QUIET if row.empty else ""
        state = Text(row.state or "–", MISSING if row.notice else look)
        return Text(row.part, look), Text(row.what, look), state, str(row.rec or "")

    def exported(self, row: Row) -> Sequence[object]:
        return row.part, "" if row.empty else row.what, row.state, row.rec, "yes" if row.notice else ""

    def says(self) -> str:
        found = self.found
        if found is None:
            return ""
        how = f"{found.option.title}, " if found.option else ""
        return f"{how}{found.review.definition.profile or found.review.definition.title}"

    def choose(self, row: Row) -> None:
        if row.empty:
            self._add(row.part, row.kind)
            return
        text = Text(f"{row.part}\n", "bold").append(f"{row.what}\n", "").append(f"{row.state}\n", QUIET)
        for ask, answer in row.detail:
            text.append(f"\n{ask}\n", "bold").append(f"{answer}\n", "")
        option = self.found.option if self.found and row.kind == "scope" else None
        if option is not None:
            words = (option.says, option.conversations, option.meetings, option.strength)
            text.append(f"\n{option.title}\n", "bold").append("\n".join(filter(None, words)) + "\n", "")
        keys = {"c": "correct it"} if row.rec is not None else {}

        def after(key: str | None) -> None:
            if key == "c" and row.rec is not None:
                correct_in(self, self.ref, row.rec)

        self.app.push_screen(TextScreen(text, keys, wide=True), after)

    def action_new(self) -> None:
        kinds = self.found.review.definition.records if self.found else {}
        parts = [(part, kind, says) for part, kind, says in PARTS if not kind or kind in kinds]
        here = self.table.row() if self.listed else None
        parts.sort(key=lambda one: here is None or one[0] != here.part)  # the part under the cursor first
        choices = [Choice(part, part, says) for part, _, says in parts]
        by_part = {part: kind for part, kind, _ in parts}

        def chosen(part: str | None) -> None:
            if part is not None:
                self._add(part, by_part[part])

        self.app.push_screen(PickScreen(f"Add to which part?  {self.ref}", choices), chosen)

    def _add(self, part: str, kind: str) -> None:
        if part in ACTS:
            self.ask("act", lambda: show(self.desk, self.ref), lambda view: do_act(self, view, act_named(ACTS[part])))
        elif kind == PROPOSAL:
            self.ask("reviewers", lambda: register_of(self.desk, order="load"), self._propose)
        else:
            add_in(self, self.ref, kind)

    def _propose(self, known: list[Listed]) -> None:
        """From the register first, whoever has least in hand on top; the form says the rest."""
        choices = [
            Choice(one.reviewer.person, one.name, f"{one.reviewer.state}, {one.load} in hand") for one in known
            if not one.left
        ]  # fmt: skip

        def chosen(person: str | None) -> None:
            if person is not None:
                start: dict[str, Any] = {} if person == ELSE else {"reviewer": person}
                add_in(self, self.ref, PROPOSAL, start)

        self.app.push_screen(
            PickScreen("Who is proposed?", [*choices, Choice(ELSE, ELSE, "who is not in the register")]), chosen
        )
