"""What is written down: records by the forms a definition declares, corrections, and sight of the child."""

from __future__ import annotations

from datetime import date
from typing import Any

from casereview.case import Case, Run, empty_values
from casereview.clocks import Arrival, clocks_at, lane_target, moved_clock
from casereview.commands import AddRecord, CorrectRecord, SeeChild
from casereview.decide.context import (
    Context,
    Decision,
    Refusal,
    happened,
    in_words,
    line,
    no_part,
    not_yours,
    note,
    role_titles,
)
from casereview.decide.whole_records import not_whole, rested_on
from casereview.errors import CaseReviewError, did_you_mean
from casereview.events import ChildSeen, Corrected, DatesMoved, Happening, Recorded, Values
from casereview.fold.people import workers_on
from casereview.review_routes import review_kind
from casereview.text import parse_date
from casereview.views import RecordRow
from workflows.definition import BUILT_IN_RECORDS, Expectation, Field, RecordKind

YES, NO = ("yes", "y", "true"), ("no", "n", "false")
MAX_NUMBER = 2**31 - 1  # the same on every store


def add_record(case: Case, command: AddRecord, context: Context) -> Decision:
    kind = context.definition.records.get(command.record)
    if kind is None:
        remedy = did_you_mean(command.record, context.definition.records)
        if command.record in BUILT_IN_RECORDS:
            remedy = f"A sight of the child is written down by: casereview seen {case.ref}"
        return Refusal(f"this workflow has no record {command.record!r}.", remedy=remedy)
    if not context.roles(case) & set(kind.by):
        return not_yours(f"Recording “{kind.title}”", in_words(role_titles(context.definition, kind.by)))
    if _is_own_work(case, kind, context):
        others = f"Ask another {context.overseers()}."
        return Refusal("Two look together: a review is not recorded by the worker alone.", remedy=others)
    on = context.day(command.on)
    values = checked_values(case, kind, command.values, context)
    missing = [f for f in kind.fields.values() if f.required and empty_values(values.get(f.name))]
    if missing:
        fields = ", ".join(f"{f.name} ({f.ask})" for f in missing)
        return Refusal(f"“{kind.title}” still needs: {fields}.", remedy="Give each as field=value.")
    not_yet = not_whole(case, kind, None, {}, values, context.definition)
    if not_yet is not None:
        return not_yet
    arrival = Arrival(on, record=kind.name, values=values)
    clocks = clocks_at(case, context.definition, arrival, context.calendar)
    return happened(Recorded(kind.name, values, clocks), on)


def _is_own_work(case: Case, kind: RecordKind, context: Context) -> bool:
    """Whoever supervises is not the author: a review with an outcome is recorded by somebody else than the worker."""
    return kind == review_kind(context.definition) and context.actor.id in workers_on(case, context.today)


def correct_record(case: Case, command: CorrectRecord, context: Context) -> Decision:
    """A correction is a new entry with a reason; what was first written stays readable (law 4)."""
    record = context.record
    if record is None:
        return Refusal(
            f"this case has no record {command.number}.", remedy=f"See: casereview records {case.ref}"
        )
    if record.kept_to:
        return Refusal(f"record {command.number} is kept to: {record.kept_to}.", remedy="Ask them to correct it.")
    if record.by != context.actor.id and not context.oversees(case) and not _written_together(case, record, context):
        return not_yours("Correcting someone else's record", context.overseers())
    if record.withdrawn:
        return Refusal(f"record {command.number} has been withdrawn already.")
    reason = note(command.reason)
    if not reason:
        return Refusal("A correction asks for a reason.", remedy="Give it with --reason.")
    kind = context.definition.records.get(record.kind)
    if kind is None and not command.withdraw:  # built in, such as a sight of the child
        return Refusal(
            f"a record of kind {record.kind!r} has no fields to correct.",
            remedy="Withdraw it, and record it again: "
            f"casereview correct {case.ref} {record.number} --withdraw --reason …",
        )
    if kind is None or command.withdraw:
        rests = rested_on(case, kind, record.number, record.values, None, context.definition) if kind else None
        if rests is not None:
            return rests
        return happened(
            Corrected(record.number, record.kind, reason, {}, dict(record.values), True), context.today
        )
    given = checked_values(case, kind, command.values, context)
    changes = {
        name: [record.values.get(name), value]
        for name, value in given.items()
        if record.values.get(name) != value
    }
    if not changes:
        return Refusal("Nothing would change.", remedy="Give at least one field=value that differs.")
    after = {k: v for k, v in {**record.values, **given}.items() if not empty_values(v)}
    emptied = [f.name for f in kind.fields.values() if f.required and empty_values(after.get(f.name))]
    if emptied:
        return Refusal(f"these fields cannot be emptied: {', '.join(emptied)}.")
    not_yet = not_whole(case, kind, record.number, record.values, after, context.definition)
    not_yet = not_yet or rested_on(case, kind, record.number, record.values, after, context.definition)
    if not_yet is not None:
        return not_yet
    corrected = happened(Corrected(record.number, record.kind, reason, changes, after), context.today)
    why = "" if kind.readers else reason  # a line of the journal is for everyone; its record may not be
    return corrected + _moved(case, record.kind, changes, why, context)


def _written_together(case: Case, record: RecordRow, context: Context) -> bool:
    """A review is several people's work: whoever may write a kind of record there may correct another's."""
    kind = context.definition.records.get(record.kind)
    return context.definition.kind == "review" and kind is not None and bool(context.roles(case) & set(kind.by))


def _moved(case: Case, kind: str, changes: dict[str, Any], reason: str, context: Context) -> tuple[Happening, ...]:
    """A corrected day moves what is still counted from it, with both values; what has ended keeps its own."""
    clocks, before = [], {}
    targets: dict[str, date] = {}
    for name, run in case.runs.items():
        expectation = context.definition.expectations[name]
        started = None if run.ended else _corrected_start(expectation, run, kind, changes)
        calendar = context.calendar
        clock = moved_clock(expectation, run, started, calendar, calendar, case.opened) if started else None
        if started is None or clock is None:
            continue
        clocks.append(clock)
        before[name] = f"started {run.started}, indicative {run.indicative}"
        target = lane_target(case, context.definition, expectation, started, context.calendar)
        if target is not None and case.lane:
            targets[name] = target
            before[f"{name} in the urgent lane"] = str(case.lane.targets.get(name))
    if not clocks:
        return ()
    says = f"a date was corrected: {reason}" if reason else "a date was corrected"
    version = context.calendar.version
    return happened(DatesMoved(says, version, tuple(clocks), targets, before), context.today)


def _corrected_start(expectation: Expectation, run: Run, kind: str, changes: dict[str, Any]) -> date | None:
    """The day an expectation really started, where the day it is counted from was corrected."""
    start = expectation.start
    if (start.kind, start.name) != ("field", kind):
        return None
    old, new = changes.get(start.field, (None, None))
    # a later record of the kind started nothing, and moves nothing
    return date.fromisoformat(str(new)) if old == run.started.isoformat() and not empty_values(new) else None


def see_child(case: Case, command: SeeChild, context: Context) -> Decision:
    if not context.has_part(case):
        return no_part(case)
    on = context.day(command.on, "the day the child was seen")
    by = context.person(command.by).id if command.by else context.actor.id
    clocks = clocks_at(case, context.definition, Arrival(on, record="seen"), context.calendar)
    event = ChildSeen(
        by, command.alone, line(command.with_whom), line(command.where), note(command.note), clocks
    )
    return happened(event, on)


# ---- values --------------------------------------------------------------------------------------------------
def checked_values(case: Case, kind: RecordKind, given: Values, context: Context) -> Values:
    """Values as they are kept. Raises CaseReviewError naming every field that is wrong, all at once."""
    values: Values = {}
    faults = []
    for name, value in given.items():
        field = kind.fields.get(name)
        if field is None:
            faults.append(f"{name!r} is not a field of it. {did_you_mean(name, kind.fields)}")
            continue
        try:
            values[name] = checked_value(case, field, value, context)
        except CaseReviewError as error:
            faults.append(f"{name}: {error}")
    if faults:
        raise CaseReviewError("; ".join(faults), where=f"record {kind.name}")
    return {name: value for name, value in values.items() if not empty_values(value) or name in given}


def checked_value(case: Case, field: Field, value: Any, context: Context) -> Any:
    """One value, cleaned and in the type the field declares; "" stays "" (not filled in)."""
    if isinstance(value, str) and not value.strip():
        return ""
    match field.type:
        case "line":
            return line(_text(value))
        case "long":
            return note(_text(value))
        case "date":
            return _date(value, context)
        case "number":
            return _number(value)
        case "yes-no":
            return _yes_no(value)
        case "choice":
            return _option(_text(value), field.options)
        case "lines":
            return [line(item) for item in _items(value, "\n;")]
        case "choices":
            return [_option(item, field.options) for item in _items(value, ",;")]
        case "steps":
            return [_option(item, tuple(context.definition.steps)) for item in _items(value, ",;")]
        case "person":
            return context.person(_text(value)).id
        case "child":
            return _option(_text(value), tuple(case.children))
        case "record":
            return _record_number(case, field, value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise CaseReviewError("text is expected here")
    return value


def _items(value: Any, separators: str) -> list[str]:
    """The items of a list, together no longer than a note: an entry too long could never be read back in."""
    if isinstance(value, list):
        note("\n".join(map(_text, value)))
        return [item for item in value if item.strip()]
    text = note(_text(value))
    for separator in separators[1:]:
        text = text.replace(separator, separators[0])
    return [item.strip() for item in text.split(separators[0]) if item.strip()]


def _option(value: str, options: tuple[str, ...]) -> str:
    wanted = " ".join(value.split()).casefold()
    for option in options:
        if option.casefold() == wanted or _code(option) == wanted:
            return option
    raise CaseReviewError(f"{line(value)!r} is not one of the answers.", remedy=did_you_mean(value, options))


def _code(option: str) -> str | None:
    """The code an answer begins with, such as 1B in “1B a parent or carer”: enough to choose it by."""
    first, _, words = option.casefold().partition(" ")
    return first if words and any(letter.isdigit() for letter in first) else None


def _date(value: Any, context: Context) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return parse_date(_text(value), today=context.today).isoformat()


def _number(value: Any) -> int:
    try:
        number = value if isinstance(value, int) and not isinstance(value, bool) else int(_text(value).strip())
    except ValueError:
        raise CaseReviewError("a whole number is expected here") from None
    if not -MAX_NUMBER <= number <= MAX_NUMBER:
        raise CaseReviewError("this number is out of range")
    return number


def _yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = _text(value).strip().casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise CaseReviewError("answer yes or no")


def _record_number(case: Case, field: Field, value: Any) -> int:
    tally = case.records.get(field.of)
    try:
        number = _number(value)
    except CaseReviewError:
        known = ", ".join(str(n) for n in tally.live) if tally and tally.live else "none yet"
        says = "the number of a record is expected here, a whole number"
        raise CaseReviewError(says, remedy=f"Known: {known}. See: casereview records {case.ref}") from None
    if tally is None or number not in tally.live:
        known = ", ".join(str(n) for n in tally.live) if tally and tally.live else "none yet"
        raise CaseReviewError(f"there is no {field.of} {number}", remedy=f"Known: {known}.")
    return number
