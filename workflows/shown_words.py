"""Words and lines that every part of a workflow, printed for a person, is made of."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from workflows.definition import Answers, Definition, Expectation, RecordKind, Role, Stage

WIDTH = 78


def roles(d: Definition, names: tuple[str, ...]) -> str:
    return any_of(tuple(title(d.roles, name) for name in names))


Titled = Mapping[str, Role] | Mapping[str, Stage] | Mapping[str, Expectation] | Mapping[str, RecordKind]


def title(things: Titled, name: str) -> str:
    """The title of what is called `name`, or the name itself: a text kept with old cases may name what is gone."""
    return things[name].title if name in things else name


def sentence(text: str) -> str:
    """The text after a space and with a full stop, if it has none of its own; nothing for nothing."""
    return f" {text}{'' if text.endswith(('.', '?', '!')) else '.'}" if text else ""


def a(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def p(text: str, indent: str = "") -> str:
    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False)


def when(d: Definition, answers: Answers) -> str:
    """While what is the case: "How full a review?" is full or intensive."""
    return " and ".join(f"“{_question(d, name)}” is {any_of(wanted)}" for name, wanted in answers)


def _question(d: Definition, name: str) -> str:
    kind, _, field = name.partition(".")
    found = d.records[kind].fields.get(field) if kind in d.records else None
    return found.ask if found else name


def any_of(names: tuple[str, ...]) -> str:
    """"a, b or c"."""
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
