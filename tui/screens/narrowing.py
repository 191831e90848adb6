"""Narrowing a list to one workflow, kind, stage, worker or child: what there is to choose from, and saying so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casereview.views import CaseQuery, RegisterQuery
from tui.screens.picking import Choice

if TYPE_CHECKING:
    from casereview.service.desk import Desk

PARTS = {"workflow": "workflow", "kind": "kind of case", "stage": "stage", "worker": "worker", "child": "child"}


def parts_of(asked: CaseQuery | RegisterQuery) -> list[Choice]:
    """What a list can be narrowed by, with what it is narrowed to now."""
    known = [(name, words) for name, words in PARTS.items() if hasattr(asked, name)]
    return [Choice(name, f"Only one {words}", str(getattr(asked, name) or "")) for name, words in known]


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
    return every + [Choice(d.name, d.title, d.name) for d in usable]


def said_of(asked: Any) -> list[str]:
    """What the list is narrowed to, for the line above it."""
    return [f"{words} {getattr(asked, name)}" for name, words in PARTS.items() if getattr(asked, name, "")]
