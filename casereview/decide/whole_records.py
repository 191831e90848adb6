"""What a record must hold before it may say something: a finding is not agreed with a part of it left empty."""

from __future__ import annotations

from casereview.asked import fits
from casereview.case import Case, empty_values
from casereview.decide.context import Refusal, Unmet, in_words, role_titles
from casereview.events import Values
from workflows.definition import Definition, OnlyWith, RecordKind


def not_whole(
    case: Case, kind: RecordKind, number: int | None, before: Values, after: Values, definition: Definition
) -> Refusal | None:
    """Why a record may not be written so yet, everything at once; None where it may. `number`: None for a new one.

    A correction that has nothing to do with it is never held up by it.
    """
    missing: list[Unmet] = []
    for asks in kind.only_with:
        if fits(after, asks.where) and _touched(asks, before, after):
            missing += _missing(case, kind, asks, number, before, after, definition)
    if not missing:
        return None
    says = f"“{kind.title}” cannot say that yet; nothing was written down."
    remedy = "Give what is missing along, or leave that answer until it is there."
    return Refusal(says, tuple(dict.fromkeys(missing)), remedy)


def _touched(asks: OnlyWith, before: Values, after: Values) -> bool:
    names = {*asks.fields, *(name for name, _ in asks.where)}
    return any(before.get(name) != after.get(name) for name in names)


def _missing(
    case: Case, kind: RecordKind, asks: OnlyWith, number: int | None, before: Values, after: Values, d: Definition
) -> list[Unmet]:
    who = in_words(role_titles(d, kind.by))
    record = f"correct {case.ref} {number}" if number is not None else f"record {case.ref} {kind.name}"
    reason = " --reason …" if number is not None else ""
    found = [
        Unmet(f"{kind.name}-{name}", "must", f"{asks.says}: {kind.fields[name].ask}", who,
              f"casereview {record} {name}=…{reason}")
        for name in asks.fields if empty_values(after.get(name))
    ]  # fmt: skip
    if asks.pointed and not fits(before, asks.where) and not _is_pointed_to(case, asks.pointed, number):
        of, _, field = asks.pointed.partition(".")
        target = number if number is not None else "RECORD"
        by = in_words(role_titles(d, d.records[of].by))
        says, command = f"{asks.says}: {d.records[of].title}", f"casereview record {case.ref} {of} {field}={target}"
        found.append(Unmet(f"{kind.name}-{of}", "must", says, by, command))
    return found


def _is_pointed_to(case: Case, pointed: str, number: int | None) -> bool:
    kind, _, field = pointed.partition(".")
    tally = case.records.get(kind)
    if tally is None or number is None:
        return False
    return any(str(number) in words for words in tally.answers.get(field, {}).values())
