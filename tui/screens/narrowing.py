"""Narrowing and ordering a list without typing: what there is to choose from, written into the filter as a term."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from casereview.query import Query, QueryFault, parse
from casereview.query.parsing import quoted
from casereview.query.terms import GROUPS, OVERDUE, SORTS, STANDINGS
from casereview.words import standing_word
from tui.screens.look import standing
from tui.screens.picking import Choice, PickScreen

if TYPE_CHECKING:
    from casereview.service.desk import Desk
    from tui.screens.asked_page import AskedPage

PARTS = {"workflow": "workflow", "kind": "kind of case", "stage": "stage", "worker": "worker", "child": "child",
         "reason": "reason"}  # fmt: skip
# What a choice takes the place of, where it is about the same thing.
INSTEAD = {"worker": ("worker", "mine", "my-part", "no-worker"), "team": ("team", "my-teams", "no-team"),
           "reason": ("reason", "no-reason")}  # fmt: skip


def typed_of(page: AskedPage) -> Query:
    """What is typed, as far as it can be read."""
    try:
        return parse(page.typed)
    except QueryFault:
        return Query()


def _now(page: AskedPage, name: str) -> str:
    return next((t.values[0] for t in typed_of(page).terms if t.name == name and t.values and not t.negative), "")


def choose_team(page: AskedPage) -> None:
    from casereview.service.registry import teams

    desk = page.desk

    def read() -> list[Choice]:
        mine = Choice("my-teams", "my teams", "those you manage")
        return [Choice("", "every team"), *(Choice(f"team:{quoted(t.id)}", t.name) for t in teams(desk)), mine]

    def chosen(term: str | None) -> None:
        if term is not None:
            page.put_term(term, *INSTEAD["team"])

    def choose(choices: list[Choice]) -> None:
        page.app.push_screen(PickScreen("Which team?", choices), chosen)

    page.ask("teams", read, choose)


def choose_standing(page: AskedPage) -> None:
    """On the register only what is overdue is chosen from: it lists nothing else unless it is asked to."""
    words = OVERDUE if page.of == "register" else tuple(STANDINGS)
    every = Choice("", "everything overdue" if page.of == "register" else "any standing")
    ordered = [word for word in STANDINGS if word in words]
    choices = [Choice(f"standing:{w}", standing(STANDINGS[w]), standing_word(STANDINGS[w]).means) for w in ordered]

    def chosen(term: str | None) -> None:
        if term is not None:
            page.put_term(term, "overdue", "standing")

    page.app.push_screen(PickScreen("Which standing?", [every, *choices]), chosen)


def choose_only(page: AskedPage) -> None:
    def part_chosen(part: str | None) -> None:
        if part is not None:
            desk = page.desk
            page.ask("only", partial(values_of, desk, part), partial(choose, part))

    def choose(part: str, choices: list[Choice]) -> None:
        def narrowed(value: str | None) -> None:
            if value is not None:
                page.put_term(f"{part}:{quoted(value)}" if value else "", *INSTEAD.get(part, (part,)))

        page.app.push_screen(PickScreen("Which one?", choices, _now(page, part)), narrowed)

    parts = [Choice(name, f"Only one {words}", _now(page, name)) for name, words in PARTS.items()]
    page.app.push_screen(PickScreen("Only what?", parts), part_chosen)


def values_of(desk: Desk, part: str) -> list[Choice]:
    """The values of a part; runs in a thread."""
    from casereview.service.registry import children, people

    every = [Choice("", f"every {PARTS[part]}")]
    if part == "worker":
        return every + [Choice(p.id, p.name, "has left" if p.left else "") for p in people(desk)]
    if part == "child":
        return every + [Choice(c.id, c.id, c.family) for c in children(desk)]
    usable = desk.catalogue.usable()
    if part == "kind":
        return every + [Choice(kind, kind) for kind in sorted({d.kind for d in usable})]
    if part == "stage":
        titles = {s.name: s.title for d in usable for s in d.stages.values()}
        return every + [Choice(name, title, name) for name, title in sorted(titles.items(), key=lambda s: s[1])]
    if part == "reason":
        codes = {r.code: r for d in usable for r in d.reasons.values()}
        return every + [Choice(code, f"{code}  {r.title}", r.group) for code, r in sorted(codes.items())]
    return every + [Choice(d.name, d.title, d.name) for d in usable]


def choose_order(page: AskedPage) -> None:
    turned = [
        Choice(f"-{name}", f"{says}, turned round") for name, says in SORTS.items() if name in ("opened", "beyond")
    ]
    choices = [*(Choice(name, says) for name, says in SORTS.items()), *turned]

    def chosen(order: str | None) -> None:
        if order is not None:
            page.put_term(f"sort:{order}", "sort")

    page.app.push_screen(PickScreen("In which order?", choices, page.asked.value("sort")), chosen)


def choose_group(page: AskedPage) -> None:
    choices = [Choice("", "no headings but the standings"), *(Choice(name, says) for name, says in GROUPS.items())]

    def chosen(group: str | None) -> None:
        if group is not None:
            page.put_term(f"group:{group}" if group else "", "group")

    page.app.push_screen(PickScreen("Under which headings?", choices, page.asked.value("group")), chosen)
