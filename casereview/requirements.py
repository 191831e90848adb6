"""What a step asks for: every requirement is evaluated, every time, and none may read today's date (law 1)."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.asked import asked_key, excepted_key
from casereview.case import Case, Visit
from casereview.standing import TELLING, must_be_told
from workflows.definition import Definition, Requirement, Step, Strength


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement of a step on this case: met or not, who can meet it, and the command that does."""

    requirement: str
    strength: Strength
    says: str
    who: tuple[str, ...]  # titles of roles
    command: str
    met: bool
    set_aside: bool = False
    source: str = ""


def asked_by(case: Case, step: Step, definition: Definition) -> tuple[Asked, ...]:
    """Everything a step asks on this case, met and unmet, in the order of the definition."""
    visit = case.main if step.track is None else case.tracks[step.track]
    asked = [_asked(case, step, r, visit, definition) for r in step.requirements if applies(case, r)]
    if step.track is None:
        asked += _holds(case, step, definition)
    return tuple(asked)


def unmet(case: Case, step: Step, definition: Definition) -> tuple[Asked, ...]:
    return tuple(a for a in asked_by(case, step, definition) if not a.met and not a.set_aside)


def applies(case: Case, asks: Requirement | Step) -> bool:
    """Whether it is asked of this case, or a way for it: its `when` holds, or nothing is there yet that could tell."""
    for name, wanted in asks.when:
        kind, _, field = name.partition(".")
        tally = case.records.get(kind)
        if tally is None or not tally.live:
            continue
        words = tally.answers.get(field, {}).get(str(tally.live[-1]), [])
        if words and not any(word in wanted for word in words):
            return False
    return True


def _asked(case: Case, step: Step, asks: Requirement, visit: Visit, definition: Definition) -> Asked:
    met = _MET[asks.kind](case, step, asks, visit, definition)
    return Asked(
        asks.key,
        asks.strength,
        asks.says + ("" if met else _without(case, step, asks, definition)),
        titles(definition, asks.who),
        _command(case, step, asks, definition),
        met,
        asks.strength == "expected" and _is_set_aside(case, step, asks.key),
        asks.source,
    )


def _without(case: Case, step: Step, asks: Requirement, definition: Definition) -> str:
    """What a person must know to meet it at once: which records, by their numbers, and which answers will do.

    The case itself does not hold what its records say.
    """
    if asks.kind == "each":
        lacking = lacking_each(case, step, asks)
        return f" (still without: {_called(asks.name, definition)} {', '.join(map(str, lacking))})" if lacking else ""
    if asks.kind == "field":
        failing = failing_field(case, step, asks)
        kind = asks.name.partition(".")[0]
        return f" (still: {_called(kind, definition)} {', '.join(map(str, failing))})" if len(failing) > 1 else ""
    if asks.kind == "record":
        several = [f"{name}: {_any_of(values)}" for name, values in asks.where if len(values) > 1]
        return f" ({'; '.join(several)})" if several else ""
    return ""


def _any_of(values: tuple[str, ...]) -> str:
    """Such as "published, withdrawn or not published"; an answer with a comma in it is quoted."""
    words = [f"“{value}”" if "," in value else value for value in values]
    return f"{', '.join(words[:-1])} or {words[-1]}"


def failing_field(case: Case, step: Step, asks: Requirement) -> list[int]:
    """The records that do not give the answer a `field` requirement asks for."""
    tally = case.records.get(asks.name.partition(".")[0])
    return sorted(tally.failing.get(asked_key(step.name, asks), [])) if tally is not None else []


def _called(kind: str, definition: Definition) -> str:
    return definition.records[kind].title if kind in definition.records else kind


def lacking_each(case: Case, step: Step, asks: Requirement) -> list[int]:
    """The records of an `each` requirement to which too few of the other kind point."""
    subjects = case.records.get(asks.name)
    if subjects is None:
        return []
    excepted = subjects.matching.get(excepted_key(step.name, asks), []) if asks.except_where else []
    found: dict[str, int] = {}
    kind, _, field = asks.points.partition(".")
    tally = case.records.get(kind)
    if tally is not None:
        counted = set(tally.matching.get(asked_key(step.name, asks), []) if asks.where else tally.live)
        for number, (target, *_rest) in tally.answers.get(field, {}).items():
            if int(number) in counted:
                found[target] = found.get(target, 0) + 1
    return [n for n in subjects.live if n not in excepted and found.get(str(n), 0) < asks.at_least]


def _is_set_aside(case: Case, step: Step, key: str) -> bool:
    return any(s.step == step.name and s.requirement == key for s in case.set_asides)


def titles(definition: Definition, roles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(definition.roles[r].title if r in definition.roles else r for r in roles)


def _holds(case: Case, step: Step, definition: Definition) -> list[Asked]:
    """While a track is suspended, main steps are expected to wait unless listed as free to continue."""
    held = []
    for track in definition.tracks.values():
        visit = case.tracks.get(track.name)
        if track.hold is None or visit is None or visit.stage not in track.hold.stages:
            continue
        key = f"track-{track.name}"
        if step.name in case.exempt.get(track.name, []):
            continue
        out = [s.name for s in definition.steps_from(visit.stage, track.name)]
        command = f"casereview step {case.ref} {out[0] if out else 'STEP'}"
        who = titles(definition, track.hold.who)
        held.append(
            Asked(key, "expected", track.hold.says, who, command, False, _is_set_aside(case, step, key))
        )
    return held


# ---- one small question per kind ---------------------------------------------------------------------------
def _met_has(case: Case, step: Step, asks: Requirement, visit: Visit, definition: Definition) -> bool:
    match asks.name:
        case "agreed-date":
            return any(run.agreed is not None for run in case.runs.values())
        case "worker":
            return case.worker is not None
        case "team":
            return case.team is not None
        case "child":
            return bool(case.children)
        case _:  # "roster": the registry is closed and checked
            return bool(must_be_told(case))


def _met_told(case: Case, step: Step, asks: Requirement, visit: Visit, definition: Definition) -> bool:
    """Everyone told (or lawfully excepted); an empty roster is not told. An exception's end is not read here."""
    if asks.name == "referrer":
        people = [p for p in case.roster.values() if p.referrer]
    else:
        people = must_be_told(case)
    kinds = asks.at or (*TELLING, "started", "copy given")
    after = visit.entry if asks.this_visit else 0  # by journal sequence: on one day there may be two visits
    return bool(people) and all(
        p.excepted_until is not None
        or any(kind in kinds and entry > after for kind, entry in p.told_entry.items())
        for p in people
    )


def _met_record(case: Case, step: Step, asks: Requirement, visit: Visit, definition: Definition) -> bool:
    tally = case.records.get(asks.name)
    if tally is None:
        return False
    numbers = tally.matching.get(asked_key(step.name, asks), []) if asks.where else tally.live
    if asks.newest:
        numbers = [number for number in numbers if number == tally.live[-1]]
    after = visit.entry if asks.this_visit else -(10**9)
    return sum(1 for number in numbers if number > after) >= asks.at_least


def _met_seen(case: Case, step: Step, asks: Requirement, visit: Visit, definition: Definition) -> bool:
    return case.seen_entry > visit.entry if asks.this_visit else case.seen_count > 0


def _met_track(case: Case, step: Step, asks: Requirement, visit: Visit, definition: Definition) -> bool:
    return case.tracks[asks.name].stage in asks.at


def _met_field(case: Case, step: Step, asks: Requirement, visit: Visit, definition: Definition) -> bool:
    """Every record of the kind satisfies it. With none there is nothing to tick, unless none will do."""
    kind = asks.name.partition(".")[0]
    tally = case.records.get(kind)
    if tally is None or not tally.live:
        return asks.if_any
    return not tally.failing.get(asked_key(step.name, asks))


def _met_each(case: Case, step: Step, asks: Requirement, visit: Visit, definition: Definition) -> bool:
    tally = case.records.get(asks.name)
    if tally is None or not tally.live:
        return asks.if_any
    return not lacking_each(case, step, asks)


def _met_appointed(case: Case, step: Step, asks: Requirement, visit: Visit, definition: Definition) -> bool:
    people = {a.person for a in case.appointments if a.role == asks.name and not a.ended}
    role = definition.roles.get(asks.name)
    if role is not None and role.assigned and case.worker is not None:
        people.add(case.worker)
    return len(people) >= asks.at_least


def _met_scanned(case: Case, step: Step, asks: Requirement, visit: Visit, definition: Definition) -> bool:
    """Looked through since the newest change, with nothing of the identity key left unanswered."""
    return case.scan is not None and case.scan.entry > case.worded and not case.scan.protected


_MET = {
    "has": _met_has, "told": _met_told, "record": _met_record, "seen": _met_seen,
    "track": _met_track, "field": _met_field, "each": _met_each, "appointed": _met_appointed,
    "scanned": _met_scanned,
}  # fmt: skip


# ---- the command that meets it -------------------------------------------------------------------------------
def _command(case: Case, step: Step, asks: Requirement, definition: Definition) -> str:
    """As the command line takes it: what a person still has to fill in is in capitals or is …"""
    ref = case.ref
    match asks.kind:
        case "has":
            return {
                "agreed-date": f"casereview agree-date {ref} DATE",
                "worker": f"casereview assign {ref} --worker PERSON",
                "team": f"casereview assign {ref} --team TEAM",
                "child": f"casereview child link {ref} CHILD",
            }.get(asks.name, f"casereview tell {ref} --add LABEL")
        case "told":
            return _telling(case, asks)
        case "record":
            given = "".join(f" {name}={_given(values)}" for name, values in asks.where)
            return f"casereview record {ref} {asks.name}{given}"
        case "seen":
            return f"casereview seen {ref}"
        case "track":
            steps = definition.steps_from(case.tracks[asks.name].stage, asks.name)
            return f"casereview step {ref} {steps[0].name if steps else 'STEP'}"
        case "field":
            kind, _, name = asks.name.partition(".")
            tally = case.records.get(kind)
            if tally is None or not tally.live:
                return f"casereview record {ref} {kind}"
            failing = failing_field(case, step, asks)
            return f"casereview correct {ref} {failing[0] if failing else 'RECORD'} {name}=… --reason …"
        case "each":
            return _pointing(case, step, asks)
        case "scanned":
            return f"casereview scan {ref} --keep"
        case "appointed":
            return f"casereview appoint {ref} PERSON {asks.name}"


def _given(values: tuple[str, ...]) -> str:
    """An answer that is left no choice about, or … for one of several."""
    return f"'{values[0]}'" if len(values) == 1 else "…"


def _pointing(case: Case, step: Step, asks: Requirement) -> str:
    """Writing one down that points to the first still without; with nothing there, that comes first."""
    tally = case.records.get(asks.name)
    if tally is None or not tally.live:
        return f"casereview record {case.ref} {asks.name}"
    kind, _, field = asks.points.partition(".")
    given = "".join(f" {name}='{values[0]}'" for name, values in asks.where if len(values) == 1)
    lacking = lacking_each(case, step, asks)
    return f"casereview record {case.ref} {kind} {field}={lacking[0] if lacking else 'RECORD'}{given}"


def _telling(case: Case, asks: Requirement) -> str:
    """Telling whoever is on the list for it; with nobody there, putting them on it comes first."""
    kind = asks.at[0] if asks.at else "progress"
    if asks.name != "referrer":
        add = not must_be_told(case)
        return f"casereview tell {case.ref} " + ("--add LABEL" if add else f"--kind '{kind}'")
    referrers = [person for person, listed in case.roster.items() if listed.referrer]
    if not referrers:
        return f"casereview tell {case.ref} --add LABEL --referrer"
    to = "".join(f" --to {person}" for person in referrers)
    return f"casereview tell {case.ref}{to} --kind '{kind}'"
