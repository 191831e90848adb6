"""Turns a query into what a store is asked: names looked up, days and working days made into dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casereview.calendar import Calendar
from casereview.conditions import Among, Condition, Counted, Ends, Has, Mentions, Within
from casereview.errors import did_you_mean, nearest
from casereview.people import Person, Team
from casereview.query import days
from casereview.query.parsing import WORDS, Query, Term
from casereview.query.terms import ANY, CLASSES, STANDINGS
from casereview.query.terms import OVERDUE as WAYS
from casereview.views import BY_CONCERN, OVERDUE, CaseQuery, RegisterQuery

NO_STANDING = ("–",)
"""A standing no row has: what is asked contradicts itself."""
NEVER: Ends = (date.max, date.min)
OPEN: tuple[str, ...] = tuple(one for one in BY_CONCERN if not one.startswith("done_"))
Spellings = Mapping[str, tuple[str, ...]]
"""What people write, case folded -> the names it stands for."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Who asks, on which day, and what the names stand for. Functions are called only when a term needs them.

    named      of "stage", "workflow", "kind", "reason", "lane": what can be written, of workflows in use, or of
               every one there is
    calendars  (nation, team, calendar), the store's own nation first, with "" for teams without closures
    """

    today: date
    me: str
    my_teams: Callable[[], Sequence[str]]
    people: Callable[[], Sequence[Person]]
    teams: Callable[[], Sequence[Team]]
    named: Callable[[str, bool], Spellings]
    calendars: Callable[[], Sequence[tuple[str, str, Calendar]]]


def register_query(query: Query, setting: Setting, *, offset: int = 0, limit: int = 50) -> RegisterQuery:
    """Raises QueryFault for a name that is not known, or a term that means nothing here."""
    standings = _standings(query, set(OPEN), set(OVERDUE))
    return RegisterQuery(
        standings=standings, also=_conditions(query, setting), order=query.value("sort") or "concern",
        group=query.value("group"), offset=offset, limit=limit,
    )  # fmt: skip


def case_query(query: Query, setting: Setting, *, offset: int = 0, limit: int = 50) -> CaseQuery:
    """Raises QueryFault as `register_query` does."""
    grouped = next((term for term in query.terms if term.name == "group"), None)
    if grouped is not None:
        raise query.fault(grouped, "a list of cases has no headings", "The overdue register does: leave it out here.")
    every = {*BY_CONCERN, ""}
    return CaseQuery(
        standings=_standings(query, every, every), also=_conditions(query, setting),
        order=query.value("sort") or "-opened", offset=offset, limit=limit,
    )  # fmt: skip


# ---- standings ---------------------------------------------------------------------------------------------------
def _standings(query: Query, every: set[str], unsaid: set[str]) -> tuple[str, ...]:
    """Which standings are left: a row has exactly one. Empty where no term is about them.

    `unsaid`: what is listed unless some term asks for standings.
    """
    asked = [term for term in query.terms if term.name in ("overdue", "standing")]
    if not asked:
        return ()
    left = every if any(not term.negative for term in asked) else unsaid
    for term in asked:
        left = left - _meant(term) if term.negative else left & _meant(term)
    return tuple(one for one in (*BY_CONCERN, "") if one in left) or NO_STANDING


def _meant(term: Term) -> set[str]:
    if term.name == "overdue":
        return {STANDINGS[one] for one in term.values or WAYS}
    return set(BY_CONCERN) if ANY in term.values else {STANDINGS[one] for one in term.values}


# ---- everything else -----------------------------------------------------------------------------------------------
def _conditions(query: Query, setting: Setting) -> tuple[Condition, ...]:
    apart = ("overdue", "standing", "sort", "group")
    return tuple(_condition(query, term, setting) for term in query.terms if term.name not in apart)


# Flags, and what each asks for.
_FLAGS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "no-worker": ("worker", ("",)), "no-team": ("team", ("",)), "no-reason": ("reason", ("",)),
    "no-date": ("agreed", ("",)), "restricted": ("restricted", ("yes",)), "imported": ("imported", ("yes",)),
    "open": ("open", ("yes",)), "closed": ("open", ("no",)),
}  # fmt: skip
_DAYS = {"opened": "opened", "started": "started", "agreed": "agreed", "look-again": "look_on",
         "checkpoint": "next_checkpoint", "promised": "promised_on"}  # fmt: skip
_COUNTED = {"beyond": "beyond_after", "working-days": "started"}


def _condition(query: Query, term: Term, setting: Setting) -> Condition:
    name, turned = term.name, term.negative
    if name == WORDS:
        return Mentions("case", term.values, turned)
    if name in _FLAGS:
        of, values = _FLAGS[name]
        return Among(of, values, turned)
    if name in _DAYS:
        return _days(query, term, setting.today)
    if name in _COUNTED:
        return _counted(term, setting)
    if name == "told":
        return _told(term, setting.today)
    if name == "waiting":
        return Mentions("waiting", term.values, turned) if term.values else Has("waiting", turned)
    if name == "class":
        return Among("reason_class", tuple(CLASSES[one] for one in term.values), turned)
    return Among(_OF.get(name, name), _names(query, term, setting), turned)


_OF = {"mine": "worker", "my-part": "part", "my-teams": "team"}


def _names(query: Query, term: Term, setting: Setting) -> tuple[str, ...]:
    """The ids or names a term stands for."""
    known: Spellings
    match term.name:
        case "mine" | "my-part":
            return (setting.me,)
        case "my-teams":
            return tuple(setting.my_teams())
        case "child":
            return term.values
        case "team":
            known = _spellings((team.id, (team.id, team.name)) for team in setting.teams())
        case "worker":
            known = _of_people(setting.people())
        case _:
            known = setting.named(term.name, False)
            if any(value.casefold() not in known for value in term.values):
                known = setting.named(term.name, True)
    found = [_named(query, term, at, known) for at in range(len(term.values))]
    return tuple(dict.fromkeys(name for names in found for name in names))


def _spellings(of: Iterable[tuple[str, Sequence[str]]]) -> dict[str, tuple[str, ...]]:
    """An id is somebody's before a login is, and a login before a name; a name may be that of several."""
    found: dict[str, tuple[str, ...]] = {}
    every = list(of)
    for place in reversed(range(max((len(written) for _, written in every), default=0))):
        here: dict[str, tuple[str, ...]] = {}
        for key, written in every:
            if word := written[place].casefold():
                here[word] = (*here.get(word, ()), key)
        found |= here
    return found


def _of_people(people: Sequence[Person]) -> dict[str, tuple[str, ...]]:
    return _spellings((one.id, (one.id, one.login, one.name)) for one in people)


def _named(query: Query, term: Term, at: int, known: Spellings) -> tuple[str, ...]:
    """The whole spelling, or else the only name it is a part of."""
    written = term.values[at]
    word = written.casefold()
    if word in known:
        return known[word]
    parts = {names for spelling, names in known.items() if word in spelling}
    single = set().union(*map(set, parts)) if parts else set()
    if term.name in ("worker", "team", "stage") and len(single) == 1:
        return tuple(single)
    if term.name in ("worker", "team") and parts:
        says = f"{written!r} is part of more than one name"
        raise query.fault(term, says, f"They are {_some(single)}: give one of these.", at)
    raise query.fault(term, f"there is no {term.name} {written!r}", _remedy(term.name, word, known), at)


FEW = 12
SEE = {"worker": "casereview people list", "team": "casereview team list"}


def _some(names: Iterable[str]) -> str:
    listed = sorted(names)
    more = f" and {len(listed) - FEW} more" if len(listed) > FEW else ""
    return ", ".join(listed[:FEW]) + more


def _remedy(name: str, word: str, known: Spellings) -> str:
    """The nearest spelling, or what there is where that is few enough to read."""
    if nearest(word, known) is None and len(known) > FEW:
        return f"See: {SEE.get(name, 'casereview workflows list')}"
    return did_you_mean(word, known)


# ---- days ----------------------------------------------------------------------------------------------------------
def _days(query: Query, term: Term, today: date) -> Within:
    spelling = term.values[0]
    low, between, high = spelling.partition("..")
    first = days.first_and_last(low, today)[0] if low else None
    last = days.first_and_last(high if between else low, today)[1] if high or not between else None
    if between:
        if first is not None and last is not None and first > last:
            raise query.fault(term, "the range ends before it begins", f"It begins on {first} and ends on {last}.")
    elif term.op in (">", ">="):
        first, last = (_next(last, 1) if term.op == ">" else first), None
    elif term.op in ("<", "<="):
        first, last = None, (_next(first, -1) if term.op == "<" else last)
    return Within(_DAYS[term.name], first, last, term.negative)


def _next(day: date | None, by: int) -> date | None:
    if day is None or day in (date.min, date.max):
        return day
    return day + timedelta(days=by)


def _counted(term: Term, setting: Setting) -> Counted:
    """A number of working days as days: by the calendar of each nation and of each team with days of its own."""
    least, most = _least_and_most(term)
    by_calendar = [(nation, team, _ends(one, setting.today, least, most)) for nation, team, one in setting.calendars()]
    usual = by_calendar[0][2] if by_calendar else (None, None)
    apart = {nation for nation, _, ends in by_calendar if ends != usual}
    # Teams before their nation; all of a nation where one differs, so that none is taken for another's.
    others = sorted((one for one in by_calendar if one[0] in apart), key=lambda one: one[1] == "")
    impossible = most is not None and most < 0
    if impossible:
        usual, others = NEVER, []
    return Counted(_COUNTED[term.name], usual, tuple(others), not impossible and least <= 0, term.negative)


def _told(term: Term, today: date) -> Counted:
    """Told: nobody is left out; not told: somebody is, since a day that has come; excepted: from a day to come."""
    no, excepted = "no" in term.values, "excepted" in term.values
    ends: Ends = (None if no else today, None if excepted else today)
    if not no and not excepted:
        ends = NEVER
    return Counted("untold_from", ends, missing="yes" in term.values, negative=term.negative)


def _least_and_most(term: Term) -> tuple[int, int | None]:
    low, between, high = term.values[0].partition("..")
    if between:
        return int(low or 0), int(high) if high else None
    number = int(low)
    return {
        ":": (number, number), ">": (number + 1, None), ">=": (number, None), "<": (0, number - 1), "<=": (0, number),
    }[term.op]  # fmt: skip


def _ends(calendar: Calendar, today: date, least: int, most: int | None) -> Ends:
    """After which day and up to which a day lies that many working days ago; a day ahead is 0 days ago."""
    after = None if most is None else days_ago(calendar, today, most + 1)
    return after, None if least <= 0 else days_ago(calendar, today, least)


def days_ago(calendar: Calendar, today: date, number: int) -> date:
    """The latest day at least `number` (1 or more) working days before `today`, which counts itself.

    As many days back as the calendar goes where there is none.
    """
    low, high = 1, today.toordinal()  # `low` is far enough, or as far as it goes; `high` is not
    while high - low > 1:
        middle = (low + high) // 2
        if calendar.working_days(date.fromordinal(middle), today) >= number:
            low = middle
        else:
            high = middle
    return date.fromordinal(low)
