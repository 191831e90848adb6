"""What a query asks, judged from its words alone and one row at a time: shares nothing with how stores are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from casereview.calendar import Calendar
from casereview.case import Case
from casereview.query import Query, Term
from casereview.views import Projected
from tests.contract import brute
from tests.contract.builders import PEOPLE, TEAMS

ME, MINE = "p-ben", ["t-duty"]
WORDS = {
    "urgent": "urgent_late", "legal-limit": "past_statutory", "of-concern": "longer_of_concern",
    "lapsed": "longer_lapsed",
    "unexplained": "longer_unexplained", "explained": "longer_explained", "past-agreed": "past_agreed",
    "checkpoint-missed": "checkpoint_missed", "justified": "longer_justified", "on-course": "on_course",
    "done-unexplained": "done_longer_unexplained", "done-afterwards": "done_explained_afterwards",
    "done-justified": "done_longer_justified", "done-within": "done_within", "done-early": "done_early",
}  # fmt: skip
CLASSES = {"system": "system cause", "can-justify": "can justify", "none-found": "none found"}
CalendarOf = Callable[[Case], Calendar]


def counted(calendar: Calendar, start: date | None, today: date) -> int:
    """Working days after `start` up to today, one by one."""
    if start is None or start >= today:
        return 0
    days = (start + timedelta(n) for n in range(1, (today - start).days + 1))
    return sum(calendar.is_working(day) for day in days)


def compared(number: int, term: Term) -> bool:
    low, between, high = term.values[0].partition("..")
    if between:
        return int(low or -1) <= number <= int(high or 10**6)
    one = int(low)
    return {":": number == one, ">": number > one, ">=": number >= one, "<": number < one, "<=": number <= one}[term.op]


def on_days(day: date | None, term: Term, today: date) -> bool:
    """Days are written near and in full in these tests, or as 3d."""
    if day is None:
        return False
    low, between, high = term.values[0].partition("..")
    if between:
        return (not low or spelt(low, today) <= day) and (not high or day <= spelt(high, today))
    one = spelt(low, today)
    return {":": day == one, ">": day > one, ">=": day >= one, "<": day < one, "<=": day <= one}[term.op]


def spelt(text: str, today: date) -> date:
    if text == "today":
        return today
    return today + timedelta(int(text[:-1])) if text.endswith("d") else date.fromisoformat(text)


def of_case(term: Term, kept: brute.Kept, today: date) -> bool | None:
    """Whether the case has it; None where it is asked of a time."""
    case = kept.case
    match term.name:
        case "":
            return brute.mentions(case, term.values[0])
        case "opened":
            return on_days(case.opened, term, today)
        case "mine":
            return case.worker == ME
        case "my-part":
            return ME in (case.worker, *(one.person for one in case.appointments if not one.ended))
        case "my-teams":
            return case.team in MINE
        case "team":
            return case.team in [key for key, name in TEAMS.items() if {key, name} & set(term.values)]
        case "worker":
            return case.worker in [key for key, name in PEOPLE.items() if {key, name} & set(term.values)]
        case "no-worker" | "no-team":
            return getattr(case, term.name[3:]) is None
        case "workflow":
            return case.workflow in term.values
        case "kind":
            return kept.kind in term.values
        case "stage":
            return case.main.stage in term.values
        case "child":
            return bool(set(case.children) & set(term.values))
        case "restricted" | "imported":
            return bool(getattr(case, term.name))
        case "open" | "closed":
            return (case.closed is None) == (term.name == "open")
    return None


def of_time(term: Term, case: Case, row: Projected, today: date, calendar_of: CalendarOf) -> bool:
    dated = {"started": row.started, "agreed": row.agreed, "look-again": row.look_on, "promised": row.promised_on,
             "checkpoint": row.next_checkpoint}  # fmt: skip
    if term.name in dated:
        return on_days(dated[term.name], term, today)
    match term.name:
        case "beyond":
            return compared(counted(calendar_of(case), row.beyond_after, today), term)
        case "working-days":
            return compared(counted(calendar_of(case), row.started, today), term)
        case "reason":
            return row.reason in term.values
        case "no-reason":
            return not row.reason
        case "class":
            return row.reason_class in [CLASSES[one] for one in term.values]
        case "waiting":
            whom = row.waiting.casefold()
            return any(part.casefold() in whom for part in term.values) if term.values else bool(whom)
        case "told":
            untold = row.untold_from
            state = "yes" if untold is None else "no" if untold <= today else "excepted"
            return state in term.values
        case "lane":
            return row.lane in term.values
        case "no-date":
            return row.agreed is None
    raise AssertionError(term)


def standing_holds(term: Term, found: str) -> bool:
    if term.name == "overdue":
        wanted = [WORDS[one] for one in term.values]
        return found in wanted if wanted else found in WORDS.values() and not found.startswith(("done", "on_", "check"))
    return found != "" if "any" in term.values else found in [WORDS[one] for one in term.values]


def _others(query: Query) -> Iterable[Term]:
    return (term for term in query.terms if term.name not in ("sort", "group"))


def register(
    every: Sequence[brute.Kept], query: Query, today: date, calendar_of: CalendarOf
) -> list[tuple[str, str]]:
    """(reference, expectation) of every row listed, in no order."""
    says = any(term.name in ("overdue", "standing") and not term.negative for term in query.terms)
    found = []
    for kept in every:
        for row in kept.rows:
            if not row.on_register or row.ended:
                continue
            standing = brute.standing(row, today)
            holds = []
            for term in _others(query):
                if term.name in ("overdue", "standing"):
                    true = standing_holds(term, standing)
                else:
                    case = of_case(term, kept, today)
                    true = of_time(term, kept.case, row, today, calendar_of) if case is None else case
                holds.append(true != term.negative)
            if all(holds) and (says or standing not in brute.NOT_OVERDUE):
                found.append((kept.case.ref, row.expectation))
    return found


def cases(every: Sequence[brute.Kept], query: Query, today: date, calendar_of: CalendarOf) -> set[str]:
    found = set()
    for kept in every:
        running = [row for row in kept.rows if row.on_register and not row.ended]
        holds = []
        for term in _others(query):
            case = of_case(term, kept, today)
            if term.name in ("overdue", "standing"):
                true = standing_holds(term, brute.of_case(kept, today))
            elif case is not None:
                true = case
            else:
                true = any(of_time(term, kept.case, row, today, calendar_of) for row in running)
            holds.append(true != term.negative)
        if all(holds):
            found.add(kept.case.ref)
    return found
