"""What a form asks: one description per field, read from a record's definition or from the table of acts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from casereview.case import Case, empty_values
from casereview.errors import CaseReviewError
from casereview.text import parse_date
from workflows.definition import Definition, Field, RecordKind

AskType = Literal["line", "long", "lines", "date", "number", "yes-no", "choice", "choices"]
Pairs = tuple[tuple[str, str], ...]  # (what a person reads, the value kept)
Answers = dict[str, Any]

YES_NO: Pairs = (("yes", "yes"), ("no", "no"))


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. `start` is what stands there at first; `reader`: whom the answer is for.

    length: a date that may be given as a length of time too, counted from today or from when the time began.
    """

    name: str
    ask: str
    type: AskType = "line"
    required: bool = False
    options: Pairs = ()
    reader: str = ""
    says: str = ""
    start: Any = None
    length: Literal["", "today", "start"] = ""


@dataclass(frozen=True, slots=True)
class Known:
    """People and teams a form lets one choose from, and the records of the case that a field may point to."""

    people: Pairs = ()
    teams: Pairs = ()
    children: Pairs = ()
    records: dict[str, Pairs] = field(default_factory=dict)  # kind -> live records
    profiles: Pairs = ()  # timescale profiles kept here that speak of the case's workflow


class FieldFaults(CaseReviewError):
    """Answers that cannot be kept: what is wrong, beside the field it is about."""

    def __init__(self, faults: dict[str, str]) -> None:
        one = len(faults) == 1
        super().__init__(f"{len(faults)} answer{' needs' if one else 's need'} another look.")
        self.faults = faults


def pairs(values: Iterable[str]) -> Pairs:
    return tuple((value, value) for value in values)


def typed(asks: Iterable[Ask], answers: Answers, today: date) -> Answers:
    """Answers as a command takes them: dates as dates, what is left empty left out.

    Raises FieldFaults naming every field that is required and empty or cannot be read.
    """
    kept: Answers = {}
    faults: dict[str, str] = {}
    for ask in asks:
        value = answers.get(ask.name)
        if empty_values(value):
            if ask.required:
                faults[ask.name] = "This is needed."
            continue
        try:
            kept[ask.name] = _typed(ask, value, today)
        except CaseReviewError as error:
            faults[ask.name] = f"{error.says} {error.remedy or ''}".strip()
    if faults:
        raise FieldFaults(faults)
    return kept


def _typed(ask: Ask, value: Any, today: date) -> Any:
    match ask.type:
        case "date":
            return parse_date(value, ask.ask, today=today)
        case "yes-no":
            return value == "yes"
        case "choices":
            return tuple(value)
        case _:
            return value


# ---- a record's form out of its definition -------------------------------------------------------------------
def record_asks(
    kind: RecordKind, case: Case, definition: Definition, known: Known, start: Answers | None = None
) -> tuple[Ask, ...]:
    """Every field of a kind of record, with what it holds now when it is being corrected."""
    return tuple(
        _record_ask(f, case, definition, known, (start or {}).get(f.name)) for f in kind.fields.values()
    )


def _record_ask(f: Field, case: Case, definition: Definition, known: Known, start: Any) -> Ask:
    kind: AskType
    options: Pairs = ()
    match f.type:
        case "person":
            kind, options = "choice", known.people
        case "child":
            kind, options = "choice", known.children or pairs(case.children)
        case "record":
            kind, options = "choice", known.records.get(f.of, ())
        case "steps":
            kind, options = "choices", tuple((s.title, s.name) for s in definition.steps.values() if s.track is None)
        case "choice" | "choices":
            kind, options = f.type, tuple((_meaning(answer, f, definition), answer) for answer in f.options)
        case _:
            kind = f.type
    return Ask(f.name, f.ask, kind, f.required, options, f.reader, f.says, _shown_start(f, start))


def _meaning(answer: str, f: Field, definition: Definition) -> str:
    """An answer as it is read; of one that chooses how full a case is, what that means for those who are heard."""
    chooses = definition.option_of.partition(".")[2] == f.name and definition.option(answer)
    return f"{answer} (conversations: {chooses.conversations})" if chooses and chooses.conversations else answer


def _shown_start(f: Field, value: Any) -> Any:
    """A value as the form's widgets hold it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if f.type == "lines" and isinstance(value, list):
        return "\n".join(str(item) for item in value)
    return str(value) if isinstance(value, int) else value
