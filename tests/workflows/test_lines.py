"""A fault is only of use on the right line: every key of every table is found where it stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.support import FIXTURES, SHIPPED_FILES
from workflows.lines import Lines, Path, place

HARD = '''
top = 1   # [not.a.table] and "not a string
"quoted key" = 'x # y = z'
a.b."c.d" = """
[not.a.table]
key = "no"
"""
list = [
  # remark ] }
  { one = 1, two = [ "]", '}' ] },

  "three", 4.5, 2013-04-15T10:00:00Z,
]
raw = \'\'\'\'quoted\'\'\'\'
[ tables . "of things" ]
escaped = "\\"#\\\\"
[[many]]
x = 1
[[many]]
x = 2
[many.inner]
y = 3
'''


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from paths(inner, (*path, number))


def test_a_text_that_is_hard_to_scan() -> None:
    lines = Lines(HARD)
    found = {place(path): lines.of(path) for path in paths(tomllib.loads(HARD))}
    assert found == {
        "top": 2,
        "quoted key": 3,
        "a": 4,
        "a.b": 4,
        "a.b.c.d": 4,
        "list": 8,
        "list[0]": 10,
        "list[0].one": 10,
        "list[0].two": 10,
        "list[0].two[0]": 10,
        "list[0].two[1]": 10,
        "list[1]": 12,
        "list[2]": 12,
        "list[3]": 12,
        "raw": 14,
        "tables": 15,
        "tables.of things": 15,
        "tables.of things.escaped": 16,
        "many": 17,
        "many[0]": 17,
        "many[0].x": 18,
        "many[1]": 19,
        "many[1].x": 20,
        "many[1].inner": 21,
        "many[1].inner.y": 22,
    }


@pytest.mark.parametrize("path", [*SHIPPED_FILES, *sorted(FIXTURES.glob("*.toml"))], ids=lambda path: path.stem)
def test_every_key_of_the_files_we_have_stands_on_the_line_we_name(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    lines, written = Lines(text), text.splitlines()
    checked = 0
    for where in paths(tomllib.loads(text)):
        line = lines.of(where)
        name = where[-1]
        implied = place(where) in ("tracks", "steps") or (len(where) == 3 and where[0] == "tracks")  # have no line
        if isinstance(name, str) and line is not None and not (implied and name in ("stages", "steps")):
            assert name in written[line - 1], (where, line)
            checked += 1
    assert checked > 50


words = st.text("abcxyz_", min_size=1, max_size=6)
values = st.recursive(
    st.one_of(
        st.integers(0, 99).map(str),
        st.sampled_from(['"text"', '"a # b"', "'[c]'", '"""two\nlines ]"""', "'''x\n= y'''", "true", "2013-04-15"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[\n" + ",\n".join(items) + "]"),
        st.dictionaries(words, inner, max_size=3).map(
            lambda pairs: "{ " + ", ".join(f"{k} = {v}" for k, v in pairs.items()) + " }"
        ),
    ),
    max_leaves=6,
)


@given(st.dictionaries(words, st.dictionaries(words, values, max_size=4), max_size=4))
def test_top_keys_stand_where_they_were_written(tables: dict[str, dict[str, str]]) -> None:
    text = ""
    expected: dict[Path, int] = {}
    for name, table in tables.items():
        expected[(name,)] = text.count("\n") + 1
        text += f"[{name}]  # remark\n"
        for key, value in table.items():
            expected[(name, key)] = text.count("\n") + 1
            text += f"{key} = {value}\n\n"
    tomllib.loads(text)  # what we wrote is TOML
    lines = Lines(text)
    assert {path: lines.of(path) for path in expected} == expected
