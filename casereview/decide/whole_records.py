"""What a record must hold before it may say something, and which others cannot be taken from under it."""

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


# ---- what something else rests on ------------------------------------------------------------------------------
def rested_on(
    case: Case, kind: RecordKind, number: int, before: Values, after: Values | None, definition: Definition
) -> Refusal | None:
    """Why a record may not be withdrawn (`after` is None) or point elsewhere: another says what it alone bears out."""
    if after is None and (held := _holds(case, kind, number, definition)) is not None:
        return held
    for other in definition.records.values():
        for asks in other.only_with:
            of, _, field = asks.pointed.partition(".")
            target = before.get(field) if of == kind.name else None
            if not isinstance(target, int) or (after is not None and after.get(field) == target):
                continue
            if _says(case, other, target, asks) and _alone(case, kind, field, number, target):
                says = f"{other.title} {target} rests on this alone: {asks.says}. Nothing was changed."
                more = f"casereview record {case.ref} {kind.name} {field}={target}"
                first = f"First say otherwise there (casereview correct {case.ref} {target})"
                return Refusal(says, remedy=f"{first}, or write down what else bears it out: {more}")
    return None


def _holds(case: Case, kind: RecordKind, number: int, definition: Definition) -> Refusal | None:
    """A suspension in force always has what says why, and when to look again."""
    for track in definition.tracks.values():
        hold, visit = track.hold, case.tracks.get(track.name)
        if hold is None or hold.record != kind.name or visit is None or visit.stage not in hold.stages:
            continue
        if case.tally(kind.name).live == [number]:
            another = f"Write down another first (casereview record {case.ref} {kind.name})"
            up_again = f"take the case up again: casereview why {case.ref}"
            says = f"This is what the case is held by: {hold.says}. Nothing was changed."
            return Refusal(says, remedy=f"{another}, correct this one, or {up_again}")
    return None


def _says(case: Case, kind: RecordKind, number: int, asks: OnlyWith) -> bool:
    """Whether a record that counts says now what asks to be borne out, as far as its answers are kept at hand."""
    tally = case.records.get(kind.name)
    if tally is None or number not in tally.live:
        return False
    return all(set(tally.answers.get(name, {}).get(str(number), ())) & set(wanted) for name, wanted in asks.where)


def _alone(case: Case, kind: RecordKind, field: str, number: int, target: int) -> bool:
    pointing = case.tally(kind.name).answers.get(field, {})
    return not any(str(target) in words for one, words in pointing.items() if one != str(number))
