"""The register, the morning and the counts of a pack, worked out from the journal of a store file and nothing else.

It opens the file with sqlite3, reads workflows as TOML and counts days with the `holidays` package. Nothing of
casereview, workflows, storage or tui is imported: what it finds, it finds by itself, from decisions 3 to 8 and the
page on the morning list. Slow and plain on purpose.
"""

from __future__ import annotations

import json
import sqlite3
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import holidays

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
WORKFLOWS = Path(__file__).parents[2] / "workflows"
TELLS_HOW_THINGS_STAND = {"progress", "delay explained", "new date", "decision"}
DOING = {
    "opened", "step-taken", "reopened", "recorded", "child-seen", "family-told", "reason-given", "answered",
    "date-agreed", "lane-set", "waiting-started", "waiting-ended",
}  # fmt: skip
ORDER = (
    "urgent_late", "past_statutory", "longer_of_concern", "longer_lapsed", "longer_unexplained", "longer_explained",
    "past_agreed", "checkpoint_missed", "longer_justified", "on_course",
)  # fmt: skip


# ---- days ------------------------------------------------------------------------------------------------------
@cache
def _free() -> frozenset[date]:
    found = holidays.country_holidays("GB", subdiv="ENG", years=range(2009, 2031))
    return frozenset(found)


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in _free()


def between(start: date, end: date) -> int:
    """Working days in (start, end]; negative the other way round."""
    if end < start:
        return -between(end, start)
    return sum(works(start + n * DAY) for n in range(1, (end - start).days + 1))


def after(start: date, count: int) -> date:
    day = start
    while count:
        day += DAY
        count -= works(day)
    return day


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# ---- what the journal says of a case --------------------------------------------------------------------------
@dataclass
class Word:
    """A reason or an answer, with its place in the journal."""

    number: int
    on: date
    by: str
    body: dict[str, Any]
    with_date: bool = False
    reason: Word | None = None  # the reason an answer is about


@dataclass
class Time:
    """One expectation of one case."""

    started: date
    usual: date | None
    asks: date | None
    looks: list[date]
    statutory: date | None = None
    agreed: date | None = None
    agreed_on: date | None = None
    moved: int = 0
    measured: date | None = None
    ended: bool = False
    cut: bool = False
    reasons: list[Word] = field(default_factory=list)
    answers: list[Word] = field(default_factory=list)


@dataclass
class Person:
    must: bool
    told: dict[str, date] = field(default_factory=dict)
    told_on: date | None = None
    promised: date | None = None
    excepted_since: date | None = None
    excepted_until: date | None = None


@dataclass
class Case:
    ref: str
    flow: dict[str, Any]
    stage: str
    since: date
    opened: date
    team: str | None
    workers: list[tuple[date, str]]
    closed: bool = False
    restricted: bool = False
    admitted: set[str] = field(default_factory=set)
    conflicts: dict[str, str] = field(default_factory=dict)
    roles: dict[str, set[str]] = field(default_factory=dict)
    times: dict[str, Time] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    sights: list[date] = field(default_factory=list)
    targets: dict[str, date] = field(default_factory=dict)
    in_lane: bool = False
    done_on: date | None = None

    def known_to(self, person: str) -> bool:
        if self.conflicts.get(person) in ("declared", "restrict", "replace"):
            return False
        return not self.restricted or person in self.admitted

    def workers_on(self, day: date) -> set[str]:
        """Everyone who was the worker at any time of that day."""
        before = [who for since, who in self.workers if since < day]
        return {*(who for since, who in self.workers if since == day), *before[-1:]}


def read(place: Path) -> dict[str, Case]:
    """Every case of a store file by id, as its journal tells it."""
    texts: dict[str, dict[str, Any]] = {}
    cases: dict[str, Case] = {}
    with sqlite3.connect(f"file:{place}?mode=ro", uri=True) as file:
        for digest, text in file.execute("SELECT hash, text FROM definition"):
            texts[digest] = tomllib.loads(text)
        rows = file.execute(
            "SELECT j.stream, j.number, j.kind, j.day, j.actor, b.body FROM journal j JOIN journal_body b "
            "ON b.seq = j.seq WHERE j.stream <> 'registry' ORDER BY j.seq"
        )
        for stream, number, kind, day, actor, body in rows:
            said, on = json.loads(body), date.fromisoformat(day)
            if kind in ("opened", "imported"):
                cases[stream] = _begun(said, on, texts[said["hash"]], kind)
            _happened(cases[stream], kind, number, on, actor, said)
    return cases


def _begun(said: dict[str, Any], on: date, flow: dict[str, Any], kind: str) -> Case:
    stage = said.get("stage") or next(iter(flow["stages"]))
    worker = said.get("worker")
    opened = _day(said.get("opened")) or on
    case = Case(said["ref"], flow, stage, on, opened, said.get("team"), [(on, worker)] if worker else [])
    case.closed = bool(said.get("closed"))
    return case


def _happened(case: Case, kind: str, number: int, on: date, actor: str, said: dict[str, Any]) -> None:
    handler = HANDLERS.get(kind)
    if handler is not None:
        handler(case, number, on, actor, said)
    if kind in ("profile-changed", "dates-moved"):
        _moved(case, said.get("clocks") or ())
    else:
        _clocks(case, said.get("clocks") or {}, kind == "imported")
    if kind == "child-seen":
        _looked(case, "seen", on)
    if kind == "recorded":
        _looked(case, said["record"], on)
    if kind in DOING:
        case.done_on = max(on, case.done_on or on)
    if kind == "imported":
        for time in case.times.values():
            time.looks = [day for day in time.looks if day >= on]


def _clocks(case: Case, clocks: dict[str, Any], landed: bool) -> None:
    if not landed:
        _ends(case, clocks)
    for one in clocks.get("started", ()):
        looks = [date.fromisoformat(day) for day in one.get("checkpoints", ())]
        case.times[one["expectation"]] = Time(
            date.fromisoformat(one["started"]), _day(one.get("indicative")), _day(one.get("asks_from")), looks,
            _day(one.get("statutory")),
        )  # fmt: skip
        if case.in_lane and one.get("target"):
            case.targets[one["expectation"]] = date.fromisoformat(one["target"])
    if landed:
        _ends(case, clocks)
    for name, planned in clocks.get("planned", ()):
        time = case.times.get(name)
        if time is not None:
            time.looks = sorted({*time.looks, date.fromisoformat(planned)})


def _moved(case: Case, clocks: Sequence[dict[str, Any]]) -> None:
    """Another timescale profile, or another calendar: the dates of what runs afresh, and nothing else of it."""
    for one in clocks:
        time = case.times[one["expectation"]]
        time.usual, time.asks = _day(one.get("indicative")), _day(one.get("asks_from"))
        time.looks = [date.fromisoformat(day) for day in one.get("checkpoints", ())]


def _ends(case: Case, clocks: dict[str, Any]) -> None:
    for one in clocks.get("ended", ()):
        if one["expectation"] in case.times:
            case.times[one["expectation"]].ended = True
            case.times[one["expectation"]].cut = bool(one.get("cut_short"))


def _looked(case: Case, record: str, on: date) -> None:
    """A look held clears every planned one up to that day, or else the next."""
    for name, time in case.times.items():
        if not time.ended and case.flow["expectations"][name].get("checkpoint-record") == record:
            if any(day <= on for day in time.looks):
                time.looks = [day for day in time.looks if day > on]
            else:
                time.looks = time.looks[1:]


def _step(case: Case, number: int, on: date, actor: str, said: dict[str, Any]) -> None:
    if not said.get("track"):
        case.stage, case.since = said["to"], on
        case.closed = bool(case.flow["stages"][said["to"]].get("end"))


def _reopened(case: Case, number: int, on: date, actor: str, said: dict[str, Any]) -> None:
    case.stage, case.since, case.closed = said["to"], on, False
    for time in case.times.values():
        if time.cut:
            time.ended, time.cut = False, False


def _assigned(case: Case, number: int, on: date, actor: str, said: dict[str, Any]) -> None:
    case.team = said.get("team") or case.team
    if said.get("worker"):
        case.workers.append((on, said["worker"]))


def _agreed(case: Case, number: int, on: date, actor: str, said: dict[str, Any]) -> None:
    time, day = case.times[said["expectation"]], date.fromisoformat(said["agreed"])
    if time.agreed is not None:
        time.moved += 1
        if on > time.agreed and time.measured is None:
            time.measured = time.agreed
    time.agreed, time.agreed_on = day, on
    if said.get("justifies"):
        group = case.flow["reasons"].get(said.get("code", ""), {}).get("class", "can justify")
        time.reasons.append(Word(number, on, actor, {**said, "group": group}))
        until = (day + DAY).isoformat()
        time.answers.append(Word(number, on, actor, {"decision": "agreed", "until": until}, True, time.reasons[-1]))


def _reason(case: Case, number: int, on: date, actor: str, said: dict[str, Any]) -> None:
    case.times[said["expectation"]].reasons.append(Word(number, on, actor, said))


def _answer(case: Case, number: int, on: date, actor: str, said: dict[str, Any]) -> None:
    time = case.times[said["expectation"]]
    time.answers.append(Word(number, on, actor, said, reason=time.reasons[-1] if time.reasons else None))


def _roster(case: Case, number: int, on: date, actor: str, said: dict[str, Any]) -> None:
    if said.get("left"):
        case.people.pop(said["person"], None)
        return
    case.people.setdefault(said["person"], Person(True)).must = said.get("must_be_told", True)


def _told(case: Case, number: int, on: date, actor: str, said: dict[str, Any]) -> None:
    for one in said["people"]:
        person = case.people[one]
        if on >= (person.told_on or on):
            person.promised = _day(said.get("promised_on"))
        person.told_on = max(on, person.told_on or on)
        person.told[said["contact"]] = max(on, person.told.get(said["contact"], on))


def _excepted(case: Case, number: int, on: date, actor: str, said: dict[str, Any]) -> None:
    person = case.people[said["person"]]
    person.excepted_since, person.excepted_until = on, date.fromisoformat(said["until"])


def _lane(case: Case, number: int, on: date, actor: str, said: dict[str, Any]) -> None:
    case.in_lane = bool(said.get("lane"))
    case.targets = {name: date.fromisoformat(day) for name, day in (said.get("targets") or {}).items()}


def _restricted(case: Case, number: int, on: date, actor: str, said: dict[str, Any]) -> None:
    case.restricted, case.admitted = True, set(said.get("people", ()))


def _conflict(case: Case, number: int, on: date, actor: str, said: dict[str, Any]) -> None:
    case.conflicts[said["person"]] = said.get("decision", "declared")


def _appointed(case: Case, number: int, on: date, actor: str, said: dict[str, Any]) -> None:
    case.roles.setdefault(said["person"], set()).add(said["role"])


def _seen(case: Case, number: int, on: date, actor: str, said: dict[str, Any]) -> None:
    case.sights.append(on)


HANDLERS: dict[str, Callable[[Case, int, date, str, dict[str, Any]], None]] = {
    "step-taken": _step, "reopened": _reopened, "assigned": _assigned, "date-agreed": _agreed,
    "reason-given": _reason, "answered": _answer, "roster-set": _roster, "family-told": _told,
    "telling-excepted": _excepted, "lane-set": _lane, "restricted": _restricted, "conflict-declared": _conflict,
    "appointed": _appointed,
    "child-seen": _seen,
}  # fmt: skip


# ---- standing --------------------------------------------------------------------------------------------------
def promise(time: Time) -> date | None:
    return time.measured or time.agreed


def beyond(time: Time) -> date | None:
    dates = [day for day in (time.asks, promise(time), time.statutory) if day is not None]
    return min(dates, default=None)


def standing(case: Case, name: str, time: Time, today: date) -> str:
    target, last = case.targets.get(name), beyond(time)
    if target is not None and today > target:
        return "urgent_late"
    if time.statutory is not None and today > time.statutory:
        return "past_statutory"
    if last is None or today <= last:
        return "checkpoint_missed" if time.looks and time.looks[0] < today else "on_course"
    word = time.answers[-1] if time.answers else None
    if word is not None and word.body["decision"] == "not agreed":
        return "longer_of_concern"
    if word is not None and word.body["decision"] == "agreed":
        return "longer_justified" if today < live_until(case, name, time, word) else "longer_lapsed"
    if any(reason.body.get("group") != "none found" for reason in time.reasons):
        return "longer_explained"
    promised = promise(time)
    if promised is not None and promised < today and (time.asks is None or time.asks >= today):
        return "past_agreed"
    return "longer_unexplained"


def live_until(case: Case, name: str, time: Time, word: Word) -> date:
    """The first day an agreement no longer holds; date.min where it never did."""
    rule = case.flow["expectations"][name].get("justified", {})
    until = _day(word.body.get("until")) or date.min
    if word.with_date and time.agreed is not None:
        until = min(until, time.agreed + DAY)
    limits = [until]
    reason = word.reason
    own = word.by in case.workers_on(word.on)
    if reason is None or own or (reason.by == word.by and not word.with_date):
        return date.min
    if reason.body.get("group") == "only with an owned action":
        due = _day(reason.body.get("action_due"))
        limits.append(due + DAY if due and reason.body.get("action_owner") else date.min)
    if rule.get("family-told"):
        limits.append(_told_until(case, word.on))
    if seen := rule.get("child-seen"):
        days = int(seen.split()[1])
        limits.append(after(max(case.sights), days) + DAY if case.sights else date.min)
    return min(limits)


def _told_until(case: Case, since: date) -> date:
    musts = [person for person in case.people.values() if person.must]
    if not musts:
        return date.min
    limits = []
    for person in musts:
        if any(kind in TELLS_HOW_THINGS_STAND and on >= since for kind, on in person.told.items()):
            continue
        limits.append(person.excepted_until or date.min)
    return min(limits, default=date.max)


@dataclass(frozen=True)
class Line:
    """A line of the register."""

    standing: str
    since: date
    case: str
    expectation: str
    working_days: int
    beyond: int


def register(cases: dict[str, Case], person: str, today: date) -> list[Line]:
    """Every open expectation on the register, in the order of concern, longest late first."""
    lines = []
    for case in cases.values():
        if not case.known_to(person):
            continue
        for name, time in case.times.items():
            if time.ended or case.flow["expectations"][name].get("shown-only"):
                continue
            what, last = standing(case, name, time, today), beyond(time)
            since = {"urgent_late": case.targets.get(name), "past_statutory": time.statutory}.get(what) or last
            over = max(between(last, today), 0) if last is not None else 0
            lines.append(Line(what, since or date.max, case.ref, name, max(between(time.started, today), 0), over))
    return sorted(lines, key=lambda one: (ORDER.index(one.standing), one.since, one.case, one.expectation))


def counts(lines: list[Line]) -> dict[str, int]:
    return dict(Counter(line.standing for line in lines))


# ---- the morning -----------------------------------------------------------------------------------------------
def morning(
    cases: dict[str, Case], me: str, today: date, offices: set[str], teams: set[str]
) -> Counter[tuple[str, str]]:
    """(kind, case) of every question of eight kinds to whoever manages these teams and holds these offices."""
    found: Counter[tuple[str, str]] = Counter()
    for case in cases.values():
        if case.closed or not case.known_to(me):
            continue
        review = case.flow["kind"] == "review"
        mine = _my_roles(case, me, offices, teams)
        worker = bool(case.workers) and case.workers[-1][1] == me
        if not (case.team in teams or worker or review) or not (mine or worker):
            continue
        found.update((kind, case.ref) for kind in _asked(case, me, today, mine, worker))
    return found


def _my_roles(case: Case, me: str, offices: set[str], teams: set[str]) -> set[str]:
    held = set(case.roles.get(me, ()))
    for name, role in case.flow["roles"].items():
        office = role.get("office")
        if office == "manager":
            held |= {name} if case.team in teams else set()
        elif office in offices:
            held.add(name)
        if role.get("assigned") and case.workers and case.workers[-1][1] == me:
            held.add(name)
    return held


def _ways(case: Case) -> list[dict[str, Any]]:
    ways = []
    for step in case.flow["steps"].values():
        sources = step["from"] if isinstance(step["from"], list) else [step["from"]]
        everywhere = case.flow["stages"].get(step["to"], {}).get("end") and len(sources) > 1
        if not step.get("track") and case.stage in sources and not everywhere:
            ways.append(step)
    return ways


def _asked(case: Case, me: str, today: date, mine: set[str], worker: bool) -> list[str]:
    overseers = set(case.flow["set-aside"]["by"])
    ways = _ways(case)
    in_hand = worker or bool(mine & overseers) or bool(mine & {role for step in ways for role in step["by"]})
    asked: list[str] = []
    quiet_case = None
    running = [(n, t) for n, t in case.times.items() if not t.ended and not _shown_only(case, n)]
    for name, time in sorted(running, key=lambda one: list(case.flow["expectations"]).index(one[0])):
        quiet = _quiet(case, name, time, today)
        rank = ORDER.index(standing(case, name, time, today))
        if quiet_case is None or rank < quiet_case[0]:
            quiet_case = (rank, quiet)
        if not quiet:
            asked += _about(case, name, time, me, today, mine, in_hand, overseers)
    asked += _of_family(case, today, in_hand, mine & overseers)
    if ways and _mine_alone(case, ways, mine, overseers):
        asked.append("sign-off")
    silent = between(case.done_on or case.since, today) >= 10
    if in_hand and silent and not (quiet_case and quiet_case[1]):
        asked.append("silence")
    return asked


def _shown_only(case: Case, name: str) -> bool:
    return bool(case.flow["expectations"][name].get("shown-only"))


def _quiet(case: Case, name: str, time: Time, today: date) -> bool:
    if standing(case, name, time, today) != "longer_justified" or name in case.targets:
        return False
    return live_until(case, name, time, time.answers[-1]) > today + WEEK


def _about(
    case: Case, name: str, time: Time, me: str, today: date, mine: set[str], in_hand: bool, overseers: set[str]
) -> list[str]:
    asked = []
    reason, word = time.reasons[-1] if time.reasons else None, time.answers[-1] if time.answers else None
    if reason is not None and reason.body.get("group") != "none found":
        if word is None or word.number < reason.number:
            if mine & overseers and reason.by != me and me not in case.workers_on(today):
                asked.append("reason")
        elif word.body["decision"] == "tell me more" and me in {case.workers[-1][1] if case.workers else "", reason.by}:
            asked.append("reason")
    last = beyond(time)
    if word is not None and word.body["decision"] == "agreed" and last is not None and in_hand:
        until = live_until(case, name, time, word)
        if until <= today + WEEK and max(today, until) > last:
            asked.append("justification")
    if time.looks and time.looks[0] <= after(today, 2):
        record = case.flow["expectations"][name]["checkpoint-record"]
        may = set(case.flow["records"][record]["by"]) if record in case.flow["records"] else set()
        if mine & may or (record not in case.flow["records"] and in_hand):
            asked.append("checkpoint")
    target = case.targets.get(name)
    if target is not None and in_hand and 2 * (today - time.started) >= target - time.started:
        asked.append("urgent")
    agrees = case.flow["expectations"][name].get("agreed")
    if agrees and time.agreed is None and time.usual is None and mine & overseers:
        asked.append("date")
    return asked


def _of_family(case: Case, today: date, in_hand: bool, oversees: set[str]) -> list[str]:
    soon = after(today, 2)
    owed = [
        person
        for person in case.people.values()
        if person.promised and person.promised <= soon and not _is_excepted(person, today)
    ]
    return ["family"] if owed and in_hand else []


def _is_excepted(person: Person, today: date) -> bool:
    until, since = person.excepted_until, person.excepted_since
    return until is not None and since is not None and since <= today < until


def _mine_alone(case: Case, ways: list[dict[str, Any]], mine: set[str], overseers: set[str]) -> bool:
    offices = {name for name, role in case.flow["roles"].items() if role.get("office")}
    workers = {name for name, role in case.flow["roles"].items() if role.get("assigned")}
    answering = mine & (offices | overseers)
    return all(answering & set(step["by"]) and not workers & set(step["by"]) for step in ways)
