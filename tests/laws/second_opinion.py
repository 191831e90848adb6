"""Standing worked out a second time, from plain facts and straight from decisions 3 to 8, with nothing of ours.

It goes through the facts day by day and keeps no snapshot. Also: the same facts as journal entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from casereview import events as ev
from casereview.calendar import Calendar, calendar_for
from casereview.case import Case
from casereview.clocks import Arrival, clocks_at, start_clock
from casereview.events import Entry, Event
from casereview.fold import apply
from tests.stories import MAX, MO, START, WREN, definition
from workflows.span import Span

DAY = timedelta(days=1)
CALENDAR: Calendar = calendar_for("england-wales")
EXPECTATION = definition().expectations["decision"]
BY_LAW = replace(EXPECTATION, statutory=Span(15, "working days"), statutory_from=START)
INDICATIVE = CALENDAR.add_working_days(START, 20)
ASKS_FROM = CALENDAR.add_working_days(INDICATIVE, 5)
LOOKS = (CALENDAR.add_working_days(START, 5), CALENDAR.add_working_days(START, 10))
TARGET = CALENDAR.add_working_days(START, 5)
LEGAL = CALENDAR.add_working_days(START, 15)  # where a law sets a time for this case: sooner than the usual one
TELLING = {"progress", "delay explained", "new date", "decision"}
GROUPS = {"JUDG": "can justify", "POLC": "only with an owned action", "UNAL": "system cause", "NONE": "none found"}
PARENTS = ("mother", "father")


@dataclass(frozen=True)
class Fact:
    """One thing that happened. What the words mean depends on `what`; a date that is not needed is None."""

    what: str  # reason, answer, date, told, except, seen, look, lane, out, assign, end; law: a legal limit applies
    on: date
    by: str = ""
    word: str = ""
    until: date | None = None
    flag: bool = False


# ---- the second opinion --------------------------------------------------------------------------------------
def standing(facts: Sequence[Fact], day: date) -> str:
    """The standing on a day, by what had happened by then. `facts` are in the order of the journal."""
    known = [f for f in facts if f.on <= day]
    ends = [f for f in known if f.what == "end"]
    return _finished(known, ends[0]) if ends else _open(known, day)


def _open(known: list[Fact], day: date) -> str:
    lane = [f for f in known if f.what in ("lane", "out")]
    if lane and lane[-1].what == "lane" and day > TARGET:
        return "urgent_late"
    if any(f.what == "law" for f in known) and day > LEGAL:
        return "past_statutory"
    promise = _measured(known)
    past_usual, past_promise = day > ASKS_FROM, promise is not None and day > promise
    if not past_usual and not past_promise:
        return "checkpoint_missed" if any(look < day for look in _looks_left(known)) else "on_course"
    word = _word(known)
    if word is not None and word.word == "not agreed":
        return "longer_of_concern"
    if word is not None and word.word == "agreed":
        return "longer_justified" if _holds(known, word, day) else "longer_lapsed"
    if any(f.what == "reason" and f.word != "NONE" for f in _with_dates(known)):
        return "longer_explained"
    return "past_agreed" if past_promise and not past_usual else "longer_unexplained"


def _finished(known: list[Fact], end: Fact) -> str:
    by_then = [f for f in known if f.on <= end.on]
    lane = [f for f in known[: known.index(end)] if f.what in ("lane", "out")]
    urgent = bool(lane) and lane[-1].what == "lane"
    promise = _measured(known)
    legal = LEGAL if any(f.what == "law" for f in known) else None
    limit = min(d for d in (TARGET if urgent else ASKS_FROM, promise, legal) if d)
    if end.on <= limit:
        return "done_early" if end.flag and end.on < (TARGET if urgent else INDICATIVE) else "done_within"
    word = _word(by_then)
    if word is not None and word.word == "agreed" and _holds(by_then, word, end.on):
        return "done_longer_justified"
    reasons = [f for f in _with_dates(known) if f.what == "reason" and f.word != "NONE"]
    if reasons and reasons[0].on > end.on:
        return "done_explained_afterwards"
    return "done_longer_unexplained"


def _with_dates(known: Iterable[Fact]) -> list[Fact]:
    """A long date agreed in good time is its own reason and its own answer, until and with that date."""
    out: list[Fact] = []
    for f in known:
        out.append(f)
        if justifies(f):
            assert f.until is not None
            out.append(replace(f, what="reason"))
            out.append(replace(f, what="answer", word="agreed", until=f.until + DAY, flag=True))
    return out


def justifies(f: Fact) -> bool:
    return f.what == "date" and f.until is not None and f.until > INDICATIVE >= f.on


def _word(known: Iterable[Fact]) -> Fact | None:
    """The manager's latest answer."""
    answers = [f for f in _with_dates(known) if f.what == "answer"]
    return answers[-1] if answers else None


def _holds(known: list[Fact], word: Fact, day: date) -> bool:
    told = _with_dates(known)
    reason = [f for f in told[: told.index(word)] if f.what == "reason"][-1]
    ahead = word.until is not None and day < word.until
    if word.flag:  # given with a date: no longer than the date now agreed
        ahead = ahead and day <= [f for f in known if f.what == "date"][-1].until  # type: ignore[operator]
    second_pair_of_eyes = word.by not in _workers_on(known, word.on) and (word.flag or reason.by != word.by)
    owned = GROUPS[reason.word] != "only with an owned action" or bool(reason.flag and reason.until and not word.flag)
    if owned and GROUPS[reason.word] == "only with an owned action":
        assert reason.until is not None
        owned = reason.until >= day
    everyone = all(_told_or_excepted(known, parent, word.on, day) for parent in PARENTS)
    sight = any(f.what == "seen" and CALENDAR.add_working_days(f.on, 10) >= day for f in known)
    return ahead and second_pair_of_eyes and owned and everyone and sight


def _told_or_excepted(known: list[Fact], parent: str, since: date, day: date) -> bool:
    told = any(f.what == "told" and f.word in TELLING and f.by == parent and since <= f.on <= day for f in known)
    excepted = [f for f in known if f.what == "except" and f.by == parent]
    return told or bool(excepted and excepted[-1].until and day < excepted[-1].until)


def _workers_on(known: list[Fact], day: date) -> set[str]:
    changes = [Fact("assign", START - DAY, WREN)] + [f for f in known if f.what == "assign"]
    before = [f.by for f in changes if f.on < day]
    return {before[-1], *(f.by for f in changes if f.on == day)}


def _measured(known: list[Fact]) -> date | None:
    """The agreed date, or the first one that had passed when it was moved."""
    agreed: date | None = None
    for f in known:
        if f.what == "date":
            if agreed is not None and f.on > agreed:
                return agreed
            agreed = f.until
    return agreed


def _looks_left(known: list[Fact]) -> set[date]:
    left = set(LOOKS)
    for f in known:
        if f.what == "look":
            left -= {day for day in left if day <= f.on} or {min(left, default=f.on)}
    return left


# ---- the same facts as a journal ----------------------------------------------------------------------------------
def lived(facts: Sequence[Fact]) -> Case:
    """The case these facts fold to."""
    case = Case("0" * 32)
    d = definition()
    law = any(fact.what == "law" for fact in facts)
    clocks = ev.Clocks(started=(start_clock(BY_LAW if law else EXPECTATION, START, CALENDAR),))
    opened = ev.Opened("ST-2024-AAAAA", "t", d.name, d.version, d.hash, "england-wales", worker=WREN, clocks=clocks)
    _take(case, opened, START - DAY, MO)
    case.runs["decision"].started = START
    for parent in PARENTS:
        _take(case, ev.RosterSet(parent, parent), START - DAY, MO)
    for fact in (fact for fact in facts if fact.what != "law"):
        _take(case, _event(case, fact), fact.on, fact.by if fact.what in ("reason", "answer", "date") else MO)
    return case


def _take(case: Case, event: Event, on: date, by: str) -> None:
    at = datetime(2024, 6, 1, tzinfo=UTC)
    apply(case, Entry(case.number + 1, case.id, case.number + 1, on, at, by, event), definition())


def _event(case: Case, f: Fact) -> Event:
    name = "decision"
    match f.what:
        case "reason":
            owner = "police" if f.flag else ""
            return ev.ReasonGiven(name, f.word, GROUPS[f.word], "t", "e", None, "ask", owner, f.until)
        case "answer":
            return ev.Answered(name, f.word, "t", f.until)  # type: ignore[arg-type]
        case "date":
            assert f.until is not None
            return ev.DateAgreed(name, f.until, "t", "JUDG", justifies(f))
        case "told":
            return ev.FamilyTold((f.by,), f.word)  # type: ignore[arg-type]
        case "except":
            assert f.until is not None
            return ev.TellingExcepted(f.by, "police advice", f.until)
        case "seen":
            return ev.ChildSeen(WREN)
        case "look":
            return ev.Recorded("look-note", {"outcome": "carry on"})
        case "lane":
            return ev.LaneSet("urgent", "infant injury", CALENDAR.version, {name: TARGET})
        case "out":
            return ev.LaneSet("", "no longer", CALENDAR.version)
        case "assign":
            return ev.Assigned(f.by)
    case.enough_known = f.flag
    arrival = Arrival(f.on, leaves="deciding", enters="done", closes=True)
    return ev.StepTaken("decide", "deciding", "done", clocks=clocks_at(case, definition(), arrival, CALENDAR))


# ---- facts by hypothesis -------------------------------------------------------------------------------------------
LAST = 70
_offsets = st.one_of(st.integers(0, LAST), st.sampled_from([(d - START).days for d in (*LOOKS, INDICATIVE, ASKS_FROM)]))


def _near(day: date) -> st.SearchStrategy[date]:
    return st.integers(0, 25).map(lambda n: day + n * DAY)


@st.composite
def one_fact(draw: st.DrawFn, day: date) -> Fact:
    what = draw(st.sampled_from(
        ["reason", "answer", "answer", "date", "told", "told", "told", "except", "seen", "seen", "look",
         "lane", "out", "assign"]
    ))  # fmt: skip
    manager = draw(st.sampled_from([MO, MO, MO, MAX, WREN]))
    match what:
        case "reason":
            author = draw(st.sampled_from([WREN, WREN, MO]))
            code = draw(st.sampled_from(["JUDG", "JUDG", "POLC", "UNAL", "NONE"]))
            due = draw(st.none() | _near(day)) if code == "POLC" else None
            return Fact(what, day, author, code, due, draw(st.sampled_from([True, True, False])))
        case "answer":
            word = draw(st.sampled_from(["agreed", "agreed", "agreed", "not agreed", "tell me more"]))
            return Fact(what, day, manager, word, draw(_near(day + DAY)) if word == "agreed" else None)
        case "date":
            return Fact(what, day, manager, "JUDG", draw(_near(day)))
        case "told":
            word = draw(st.sampled_from(["progress", "delay explained", "started", "copy given"]))
            return Fact(what, day, draw(st.sampled_from(PARENTS)), word)
        case "except":
            return Fact(what, day, draw(st.sampled_from(PARENTS)), "", draw(_near(day + DAY)))
        case "assign":
            return Fact(what, day, draw(st.sampled_from([WREN, MAX, MO])))
    return Fact(what, day)


@st.composite
def histories(draw: st.DrawFn, *, ending: bool | None = None) -> list[Fact]:
    """A life of one expectation: facts in order of their days, answers only where there is something to answer."""
    days = sorted(START + n * DAY for n in draw(st.lists(_offsets, max_size=14)))
    facts: list[Fact] = []
    if draw(st.sampled_from([False, False, True])):
        facts.append(Fact("law", START))
    if draw(st.booleans()):  # half of them hold everything a justification needs, and go on from there
        facts += justified(draw(st.integers(0, 45)), draw(st.integers(1, 40)))
    facts += [draw(one_fact(day)) for day in days]
    facts.sort(key=lambda f: f.on)
    facts = [f for n, f in enumerate(facts) if f.what != "answer" or _answerable(facts[:n])]
    if ending if ending is not None else draw(st.booleans()):
        end = START + draw(_offsets) * DAY
        cut = [f for f in facts if f.on <= end]
        afterwards = [f for f in facts if f.on > end and f.what in ("reason", "told", "seen")]
        facts = [*cut, Fact("end", end, MO, flag=draw(st.booleans())), *afterwards]
    return facts


def _answerable(earlier: list[Fact]) -> bool:
    return any(f.what == "reason" or justifies(f) for f in earlier)


def justified(offset: int, lasts: int) -> list[Fact]:
    day = START + offset * DAY
    told = [Fact("told", day, parent, "delay explained") for parent in PARENTS]
    answer = Fact("answer", day, MO, "agreed", day + lasts * DAY)
    return [Fact("reason", day, WREN, "JUDG"), answer, *told, Fact("seen", day)]
