"""The register of reviewers: listed with what each has in hand, entered, changed and taken out by a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.method.reviewers import ACCREDITED, STATES, Reviewer
from casereview.service.registry import people
from casereview.service.reviewers import ORDERS, TEXTS, Listed, add, change, in_order, register, remove
from tui.screens.asks import Answers, Ask, Pairs, pairs, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import MISSING, QUIET, day
from tui.screens.page import Page
from tui.screens.rows import RowsPage
from tui.screens.sheet import TextScreen
from tui.screens.table import Column

REASON = Ask("reason", "Why?", "line", required=True)


def show_reviewers(page: Page) -> None:
    page.app.push_screen(ReviewersScreen())


class ReviewersScreen(RowsPage[Listed]):
    heading = "Reviewers"
    about = (
        "Who may lead or supervise a review: accreditation and training, supervision, to whom they answer, which "
        "agencies they are not independent of, and how many open reviews they have in hand, of those you may know of. "
        "An appointment of somebody else is never refused because of it; it is said. s sorts; n enters somebody."
    )
    columns = (
        Column("Name", 16, grow=2), Column("Accreditation", 14), Column("In hand", 8, right=True),
        Column("Supervised", 16, grow=2, from_width=90), Column("Answers to", 16, grow=2, from_width=110),
        Column("Works for", 16, grow=2),
    )  # fmt: skip
    header = ("id", "name", "accreditation", "since", "by", "training", "supervision", "supervised by", "answers to",
              "works for", "leads", "supervises", "note")  # fmt: skip
    file_name = "reviewers"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "sort", "Sort", id="reviewers.sort", tooltip="By name, by how much is in hand, accredited first"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.order = ORDERS[0]

    def reader(self) -> Callable[[], list[Listed]]:
        desk, order = self.desk, self.order
        return lambda: register(desk, order=order)

    def cells(self, row: Listed) -> Sequence[str | Text]:
        one = row.reviewer
        name = Text(f"{row.name} (has left)" if row.left else row.name, QUIET if row.left else "")
        state = Text(one.state, "" if one.state == ACCREDITED else MISSING)
        supervised = one.supervised_by or one.supervision
        return name, state, str(row.load), supervised or "–", one.accountable or "–", ", ".join(one.works_for) or "–"

    def exported(self, row: Listed) -> Sequence[object]:
        one = row.reviewer
        return (
            one.person, row.name, one.state, one.accredited_on, one.accredited_by, one.training, one.supervision,
            one.supervised_by, one.accountable, "; ".join(one.works_for), "; ".join(row.leads),
            "; ".join(row.supervises), one.note,
        )  # fmt: skip

    def says(self) -> str:
        return f"by {self.order}"

    def nothing(self) -> str:
        return "Nobody is in the register of reviewers yet.\n\nn enters somebody."

    def action_sort(self) -> None:
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self.rows = in_order(self.rows, self.order)
        self._list()

    def choose(self, row: Listed) -> None:
        keys = {"c": "change it", "w": "take it out"}

        def after(key: str | None) -> None:
            if key == "c":
                self._form(row, ())
            elif key == "w":
                self._remove(row)

        self.app.push_screen(TextScreen(_whole(row), keys, wide=True), after)

    def action_new(self) -> None:
        desk = self.desk
        there = {row.reviewer.person for row in self.rows}

        def read() -> Pairs:
            return tuple((p.name, p.id) for p in people(desk) if not p.left and p.id not in there)

        self.ask("people", read, lambda known: self._form(None, known))

    def _form(self, row: Listed | None, known: Pairs) -> None:
        desk = self.desk
        asks = _asks(row, known)

        def submit(answers: Answers, seen: int | None) -> Sequence[str]:
            given = _given(typed(asks, answers, desk.today))
            if row is None:
                added = add(desk, given.pop("person"), given)
                return (f"{added.name} is in the register of reviewers.",)
            changed = change(desk, row.reviewer.person, given, given.pop("reason"))
            return (f"{changed.name}: {changed.reviewer.acts[-1].act}.",)

        form: FormScreen[Sequence[str]] = FormScreen("The register of reviewers", asks, submit)
        offer_form(self, form, lambda says: self.kept(tuple(says)))

    def _remove(self, row: Listed) -> None:
        desk = self.desk

        def submit(answers: Answers, seen: int | None) -> Sequence[str]:
            remove(desk, row.reviewer.person, typed([REASON], answers, desk.today)["reason"])
            return (f"{row.name} is no longer in the register.",)

        form: FormScreen[Sequence[str]] = FormScreen(f"{row.name}: out of the register", (REASON,), submit)
        offer_form(self, form, lambda says: self.kept(tuple(says)))


def _given(answers: dict[str, Any]) -> dict[str, Any]:
    """What was emptied is emptied in the register too."""
    emptied = dict.fromkeys(TEXTS, "")
    lines = answers.get("works_for", "")
    works = tuple(lines.splitlines() if isinstance(lines, str) else lines)
    return {**emptied, "accredited_on": None, **answers, "works_for": works}


def _asks(row: Listed | None, known: Pairs) -> tuple[Ask, ...]:
    one = row.reviewer if row else Reviewer("")
    who = () if row else (Ask("person", "Who?", "choice", required=True, options=known),)
    why = (REASON,) if row else ()
    return (
        *who,
        Ask("state", "Accreditation", "choice", required=True, options=pairs(STATES), start=one.state),
        Ask("accredited_on", "Since when?", "date",
            start=one.accredited_on.isoformat() if one.accredited_on else None),
        Ask("accredited_by", "Accredited by whom?", start=one.accredited_by),
        Ask("training", "Which training, and when?", start=one.training),
        Ask("supervision", "How are they supervised?", start=one.supervision),
        Ask("supervised_by", "Supervised by whom?", start=one.supervised_by),
        Ask("accountable", "To whom do they answer for their reviews?", start=one.accountable),
        Ask("works_for", "For which agencies do they work, or did they lately?", "lines",
            start="\n".join(one.works_for), says="one to a line"),
        Ask("note", "Anything else", "long", start=one.note),
        *why,
    )  # fmt: skip


def _whole(row: Listed) -> Text:
    one = row.reviewer
    facts = (
        ("Accreditation", "; ".join(filter(None, (
            one.state, f"since {day(one.accredited_on)}" if one.accredited_on else "", one.accredited_by)))),
        ("Training", one.training), ("Supervision", "; ".join(filter(None, (one.supervision, one.supervised_by)))),
        ("Answers to", one.accountable), ("Works or worked for", ", ".join(one.works_for)),
        ("Leads", ", ".join(row.leads)), ("Supervises", ", ".join(row.supervises)), ("Note", one.note),
    )  # fmt: skip
    text = Text(f"{row.name} ({one.person})\n", "bold")
    for what, said in facts:
        text.append(f"{what}: ", QUIET).append(f"{said or '–'}\n")
    for act in one.acts:
        text.append(f"{day(act.on)}: {act.act}{': ' + act.text if act.text else ''}\n", QUIET)
    return text
