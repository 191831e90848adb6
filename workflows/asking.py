"""Reads what a step asks for, and while what is the case."""

from __future__ import annotations

from typing import Any, cast

from workflows import grammar
from workflows.definition import Answers, Requirement, RequirementKind, Strength
from workflows.errors import quoted
from workflows.lines import Path
from workflows.page import Page, Table


def requirements(page: Page, table: Table, path: Path) -> list[Requirement]:
    """Everything under `must` and `expected` of a step."""
    found: list[Requirement] = []
    strengths: tuple[Strength, ...] = ("must", "expected")
    for strength in strengths:
        for item, here in page.listed(table, path, strength, 'Write { has = "worker", says = "...", who = "..." }.'):
            asked = _requirement(page, item, here, strength)
            if asked is not None:
                found.append(asked)
    return found


def _requirement(page: Page, table: Table, path: Path, strength: Strength) -> Requirement | None:
    kinds = [kind for kind in grammar.REGISTRY if kind in table]
    if len(kinds) != 1:
        all_kinds = ", ".join(grammar.REGISTRY)
        page.only(table, path, {*grammar.REQUIREMENT, *grammar.REGISTRY, *_every_taken()})
        says = "It asks for two things at once" if kinds else "It does not say what is asked"
        page.fault(path, f"{says}: {' and '.join(kinds) or 'nothing found'}.", f"Use exactly one of {all_kinds}.")
        return None
    kind = kinds[0]
    _only_what_it_takes(page, table, path, kind)
    name = page.text(table, path, kind, needed=f"write {grammar.REGISTRY[kind].names}")
    points = page.text(table, path, "in", needed=_POINTS) if kind == "each" else ""
    return Requirement(
        key=page.text(table, path, "name") or _key(kind, name, points),
        kind=cast(RequirementKind, kind),
        name=name,
        strength=strength,
        says=page.text(table, path, "says", needed="what a person reads when it is not met"),
        who=page.texts(table, path, "who", needed="the role or roles that can meet it"),
        source=page.text(table, path, "source"),
        this_visit=page.phrase(table, path, "since", grammar.THIS_VISIT, "only what was recorded on this visit counts"),
        at=_at(page, table, path, kind),
        where=answers(page, table, path, "where", 'Write where = { outcome = "carry on" }.'),
        among=page.texts(table, path, "among"),
        at_least=page.number(table, path, "at-least", 1),
        if_any=page.flag(table, path, "if-any"),
        newest=page.flag(table, path, "newest"),
        when=answers(page, table, path, "when", 'Write when = { "scope.option" = "full" }.'),
        points=points,
        except_where=answers(page, table, path, "except-where", 'Write except-where = { state = "withdrawn" }.'),
    )


_POINTS = "the records that are to point to it, as KIND.FIELD"


def _key(kind: str, name: str, points: str) -> str:
    """What `set-aside` calls it, unless it was given a name of its own."""
    pointing = f"-{points.partition('.')[0]}" if points else ""
    return f"{kind}-{name.replace('.', '-')}{pointing}"


def _at(page: Page, table: Table, path: Path, kind: str) -> tuple[str, ...]:
    """The stages of a track that will do, or what somebody is to be told about."""
    if kind == "track":
        return page.texts(table, path, "at", needed="the stages that will do")
    return page.texts(table, path, "about") if kind == "told" else ()


def _every_taken() -> set[str]:
    return {key for asking in grammar.REGISTRY.values() for key in asking.takes}


def _only_what_it_takes(page: Page, table: Table, path: Path, kind: str) -> None:
    takes = grammar.REGISTRY[kind].takes
    elsewhere = _every_taken() - set(takes)
    for key in table:
        if key in elsewhere:
            may = f"{kind} takes {' and '.join(takes)}." if takes else f"{kind} takes nothing further."
            page.fault((*path, key), f"{quoted(key)} has no meaning beside {kind}.", may)
    page.only(table, path, {*grammar.REQUIREMENT, kind, *takes, *elsewhere})


def answers(page: Page, table: Table, path: Path, key: str, remedy: str) -> Answers:
    """Fields and the answers that will do, such as { outcome = "carry on" }; empty when absent."""
    here = (*path, key)
    fields = page.table(table, path, key)
    if key in table and not fields:
        page.fault(here, "It names no field.", remedy)
    spoken = _spoken(fields)
    return tuple(
        (field, _plain(page.texts(spoken, here, field, needed="the answer or answers that will do")))
        for field in spoken
    )


def _spoken(table: Table) -> dict[str, Any]:
    """true and false stand for the answers yes and no; scope.option may be written without quotes, as TOML has it."""
    flat: dict[str, Any] = {}
    for key, value in table.items():
        inner = {f"{key}.{k}": v for k, v in value.items()} if isinstance(value, dict) else {key: value}
        flat.update({k: {True: "yes", False: "no"}[v] if isinstance(v, bool) else v for k, v in inner.items()})
    return flat


def _plain(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in values if value)
