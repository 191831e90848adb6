"""Prints what is written down in a case of a workflow, who reads it, and how full a case may be."""

from __future__ import annotations

from workflows.definition import Definition, Field, OnlyWith, Option, RecordKind
from workflows.shown_words import p, roles, sentence, title, when

_KIND_OF_ANSWER = {
    "line": "a line",
    "lines": "a list, one to a line",
    "long": "as long as it needs",
    "date": "a date",
    "choice": "one of",
    "choices": "any of",
    "number": "a number",
    "yes-no": "yes or no",
    "person": "a person",
    "child": "a child",
    "record": "another record",
    "steps": "steps of this workflow",
}


def options(d: Definition) -> list[str]:
    """The sliding scale, one entry to an option."""
    return [_option(option) for option in d.options.values()]


def _option(option: Option) -> str:
    facts = (("Conversations", option.conversations), ("Meetings", option.meetings), ("Strength", option.strength))
    text = f"{option.title}.{sentence(option.says)}"
    text += "".join(sentence(f"{what}: {said}") for what, said in facts if said)
    return p(f"* {text}{f' [{option.source}]' if option.source else ''}")


def record(d: Definition, kind: RecordKind) -> str:
    """A kind of record with who reads it, what it is held to and every question."""
    text = f"{kind.title} ({kind.name}), by {roles(d, kind.by)}.{sentence(kind.says)}"
    text += f" [{kind.source}]" if kind.source else ""
    lines = [p(text, "")]
    lines += [p(f"Read by {_readers(d, kind)}.", "   ")] if kind.readers else []
    lines += [p("Each reading is written down.", "   ")] if kind.logged else []
    lines += [p("Its words may be published.", "   ")] if kind.published else []
    lines += [p(f"Only with all that belongs to it: {_only_with(d, kind, asks)}.", "   ") for asks in kind.only_with]
    return "\n".join([*lines, *(_field(d, field) for field in kind.fields.values())])


def _readers(d: Definition, kind: RecordKind) -> str:
    own = " and whoever wrote it" if kind.own_reads else ""
    later = [f"{title(d.roles, role)} from “{title(d.stages, stage)}” on" for role, stage in kind.readers_from]
    return "; ".join([f"{roles(d, kind.readers)}{own}", *later])


def _only_with(d: Definition, kind: RecordKind, asks: OnlyWith) -> str:
    where = when(d, tuple((f"{kind.name}.{name}", wanted) for name, wanted in asks.where))
    pointing = title(d.records, asks.pointed.partition(".")[0])
    needs = [*asks.fields, *([f"an entry of “{pointing}”"] if asks.pointed else [])]
    source = f" [{asks.source}]" if asks.source else ""
    return f"{where} needs {', '.join(needs)}: {asks.says}{source}"


def _field(d: Definition, field: Field) -> str:
    answer = _KIND_OF_ANSWER[field.type]
    if field.options:
        answer += f": {'; '.join(field.options)}"
    if field.of in d.records:
        answer = f"a record: {d.records[field.of].title}"
    needed = ", needed" if field.required else ""
    reader = f" Read by {field.reader}." if field.reader else ""
    return p(f"- {field.ask} ({field.name}: {answer}{needed}){reader}", "   ")
