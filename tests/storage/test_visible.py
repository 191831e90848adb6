"""Law 7 in the source: every query on cases goes through one condition, or is on a short list with its reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import storage
from storage.tables import Table

FOLDER = Path(storage.__file__).parent
GUARDED = ("case_file", "case_snapshot", "expectation", "record", "case_child", "access")
"""Tables in which a row tells that a case exists."""
TOUCHES = re.compile(
    rf"\b(?:FROM|JOIN|INTO|UPDATE)\s+(?:{'|'.join(GUARDED)})\b|\b(?:case_file|case_snapshot|case_child)\b"
)
GATES = {"visible", "visible_in_lists", "seen"}
HANDED_ON = {"where"}
"""Arguments that carry the condition from the function that asked for it."""

ALLOWED = {
    "reading.SqlReading.case_by_key": "importing only: finds the case an earlier import made",
    "reading.SqlReading.records": "the caller has the case through `case`",
    "reading.SqlReading.record": "the caller has the case through `case`",
    "reading.SqlReading.case_ids": "the whole store: verify, backup, rebuild",
    "reading.SqlReading.snapshot": "the whole store: verify, rebuild",
    "reading.SqlReading.projected": "the whole store: verify, rebuild",
    "lists.standings_of": "of cases that a list has let through",
    "writing.SqlWriting._keep_cases": "keeps a case its author has",
}


def functions(tree: ast.AST, inside: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from functions(node, f"{inside}.{node.name}")
        elif isinstance(node, ast.FunctionDef):
            yield f"{inside}.{node.name}", node
        else:
            yield from functions(node, inside)


def words(function: ast.FunctionDef) -> str:
    """All text in it but its docstring; what is put into an f-string shows as {}."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    found = []
    for child in (child for statement in body for child in ast.walk(statement)):
        if isinstance(child, ast.JoinedStr):
            found.append("".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in child.values))
        elif isinstance(child, ast.Constant) and isinstance(child.value, str):
            found.append(child.value)
    return "\n".join(found)


def carries_the_condition(function: ast.FunctionDef) -> bool:
    nodes = list(ast.walk(function))
    calls = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    given = {argument.arg for argument in function.args.args}
    uses = {node.id for node in nodes if isinstance(node, ast.Name)}
    return bool(calls & GATES) or bool(given & HANDED_ON & uses)


def touching(source: str, module: str) -> Iterator[tuple[str, bool]]:
    """(function, whether it carries the condition) for each that names a guarded table in a statement."""
    for name, function in functions(ast.parse(source), module):
        if TOUCHES.search(words(function)):
            yield name, carries_the_condition(function)


def all_touching() -> dict[str, bool]:
    found: dict[str, bool] = {}
    for path in sorted(FOLDER.glob("*.py")):
        if path.stem not in ("tables", "compiled", "compile"):
            found |= dict(touching(path.read_text("utf-8"), path.stem))
    return found


def test_every_query_on_cases_carries_the_condition() -> None:
    open_ones = {name for name, carries in all_touching().items() if not carries}
    assert open_ones - set(ALLOWED) - FRAGMENTS == set()


FRAGMENTS = {"lists._worst", "lists._late", "lists._parts", "conditions._among", "conditions._flag"}
"""Pieces of statements only: `lists.cases` and `register.register` put the condition beside them."""


def test_the_list_of_exceptions_is_not_longer_than_it_must_be() -> None:
    assert set(ALLOWED) | FRAGMENTS <= set(all_touching())
    calls = (FOLDER / "lists.py").read_text("utf-8")
    assert calls.count("_worst(") == 3 and calls.count("_parts(") == 2 and calls.count("_of_standing(") == 2
    assert calls.count("_late(") == 2
    # conditions reach a statement only through a `Where` that began with the condition
    places = {path.stem: path.read_text("utf-8").count("narrow_") for path in FOLDER.glob("*.py")}
    assert {name for name, count in places.items() if count} == {"conditions", "lists", "register"}


def test_every_table_is_either_guarded_or_tells_of_no_case() -> None:
    others = {
        "store_info", "journal", "journal_body", "journal_head", "person", "office", "team", "closure", "child",
        "definition", "kept",
    }  # fmt: skip
    assert set(Table.metadata.tables) == {*GUARDED, *others}


@pytest.mark.parametrize(
    ("source", "carries"),
    [
        ("def f(wire):\n    wire.all('SELECT * FROM case_file')", False),
        ("def f(wire):\n    wire.all(f'SELECT {x} FROM expectation x JOIN person')", False),
        ("class A:\n    def f(self):\n        return 'SELECT 1 FROM a JOIN case_child k'", False),
        ("def f(wire, viewer):\n    c, v = visible(viewer, 'c')\n    wire.all('SELECT * FROM record')", True),
        ("def f(wire, where):\n    wire.all('SELECT * FROM access' + where.sql)", True),
        ("def f(wire, where):\n    wire.all('SELECT * FROM access')", False),
    ],
)
def test_the_scan_sees(source: str, carries: bool) -> None:
    assert [found for _, found in touching(source, "m")] == [carries]


def test_the_scan_sees_no_more_than_there_is() -> None:
    assert list(touching("def f(wire):\n    wire.all('SELECT * FROM person')", "m")) == []
