"""The morning list of one person: the questions of every open case that is theirs, in one reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from casereview.case import Case
from casereview.errors import CaseReviewError
from casereview.events import KeptSet
from casereview.oversight.matter import KINDS, ONE, RULES, Matter, Question, Rules
from casereview.oversight.morning import in_order, questions
from casereview.people import Person, holds_any
from casereview.ports import Reading
from casereview.roles import appointed_to, roles_of
from casereview.service.desk import Desk
from casereview.views import Scope

REVIEWS = ("review",)  # kinds of case that belong to no team: whoever holds a role on one is asked about it
ABOVE = ("service-manager",)  # sees what those who were asked first have left unanswered
OVERSEES = ("service-manager", "chair", "business-manager")
WHAT, KEY = "setting", "morning"
LONGEST = 1000  # working days: about four years


@dataclass(frozen=True, slots=True)
class Morning:
    """What is asked of a person on a day. `cases`: the open cases of theirs that were looked at for it.

    above   how many more were looked at for what others have left unanswered
    """

    day: date
    cases: int
    questions: tuple[Question, ...]
    above: int = 0
    rules: Rules = RULES


def morning(
    desk: Desk, *, team: str = "", silent_after: int | None = None, unanswered_after: int | None = None,
    kinds: tuple[str, ...] = (),
) -> Morning:  # fmt: skip
    """Questions to whoever sits at the desk; nothing is written.

    Theirs are the cases of teams they manage, those they are the worker of or appointed to, and reviews they hold a
    role in; for a service manager also what others have left unanswered for long, by whom. With `team`, only the cases
    of that team in which they have a part. `silent_after`, `unanswered_after`: working days; None: as the authority
    keeps them. Raises CaseReviewError when one is less than one, or for a kind of question that there is not.
    """
    from casereview.oversight.quality.themes import WHAT as THEME

    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise CaseReviewError(f"{unknown[0]!r} is not a kind of question", remedy=f"Known: {', '.join(KINDS)}.")
    today = desk.today
    with desk.reading() as work:
        me = desk.me(work)
        rules = _asked_for(rules_of(work), silent_after, unanswered_after)
        found: list[Question] = []
        seen = 0
        for case in _cases(work, me, today, team):
            (matter,) = _matters(desk, work, case, [me], today)
            if matter.concerns:
                seen += 1
                found += questions(matter, today, rules)
        above = 0
        if holds_any(me, ABOVE, today) and not team:
            managers, mine = _managers(desk, work), frozenset(_managed(me, today))
            for case in work.every_case(me.id, Scope(open=True)):
                above += 1
                if case.worker == me.id or case.team in mine or appointed_to(me, case, today):
                    continue  # asked about those already
                found += _unanswered(desk, work, me, case, managers.get(case.team or "", ()), today, rules)
        found += _blockages(desk, work, me, team)
        themes = not team and bool(work.kept(THEME))  # else what draws and gathers samples need not be loaded
    if themes:
        found += _themes(desk)
    wanted = [one for one in found if not kinds or one.kind in kinds]
    return Morning(today, seen, in_order(wanted), above, rules)


def oversees(desk: Desk) -> bool:
    """Whether this person answers for the work of others: then their day begins with the morning list."""
    with desk.reading() as work:
        me = desk.me(work)
        return holds_any(me, OVERSEES, desk.today) or bool(_managed(me, desk.today))


def _managed(me: Person, day: date) -> list[str]:
    return [o.team for o in me.offices if o.office == "manager" and o.held_on(day)]


def _cases(work: Reading, me: Person, day: date, team: str) -> list[Case]:
    if team:
        return work.open_cases(me.id, teams=(team,))
    return work.open_cases(me.id, teams=_managed(me, day), worker=me.id, kinds=REVIEWS, appointed=me.id)


def _matters(desk: Desk, work: Reading, case: Case, people: Sequence[Person], day: date) -> list[Matter]:
    """One case as it concerns each of these people on a day."""
    definition, calendar = desk.definition_of(work, case), desk.calendar(work, case.nation, case.team)
    return [
        Matter(case, definition, calendar, person.id, roles_of(person, case, definition, day)) for person in people
    ]


# ---- one level up ----------------------------------------------------------------------------------------------
def _managers(desk: Desk, work: Reading) -> dict[str, list[Person]]:
    """Team -> those who manage it today, looked up once for all cases."""
    found: dict[str, list[Person]] = {}
    for person in desk.known(work).people.values():
        for team in {o.team for o in person.offices if o.office == "manager" and o.team}:
            if not person.left and person.holds("manager", desk.today, team):
                found.setdefault(team, []).append(person)
    return found


def _unanswered(
    desk: Desk, work: Reading, me: Person, case: Case, of_team: Sequence[Person], day: date, rules: Rules
) -> Iterator[Question]:
    """What the managers of a case's team have been asked for long and have not answered; a question, never a move.

    Where no manager of the team may know of it, it is asked about as if it were this person's own.
    """
    managers = [person for person in of_team if case.known_to(person.id)]
    names: dict[tuple[str, str], list[str]] = {}
    first: dict[tuple[str, str], Question] = {}
    for matter in _matters(desk, work, case, managers or [me], day):
        for one in questions(matter, day, rules, risen=True):
            first.setdefault((one.kind, one.key), one)
            names.setdefault((one.kind, one.key), []).append(desk.known(work).names.person(matter.person))
    for (kind, key), one in first.items():
        who = ", ".join(sorted(names[kind, key])) if managers else "nobody, for want of a manager who may answer"
        long = f"{one.days} working day{'' if one.days == 1 else 's'}"
        says = f"{ONE[kind]}: unanswered for {long} by {who}. {one.says}"
        yield replace(one, kind="unanswered", says=says, command=f"casereview show {case.ref}", key=f"{kind} {key}")


# ---- what is asked besides cases -------------------------------------------------------------------------------
def _blockages(desk: Desk, work: Reading, me: Person, team: str) -> Iterator[Question]:
    """Theirs on the board, and what nobody owns in a team they manage."""
    from casereview.oversight.blockages import WHAT as BLOCKAGE
    from casereview.oversight.blockages import from_kept

    names, nation = desk.known(work).names, desk.known(work).info.nation
    managed = _managed(me, desk.today) + ([""] if holds_any(me, OVERSEES, desk.today) else [])
    for one in map(from_kept, work.kept(BLOCKAGE)):
        mine = one.owner == me.id or (not one.owner and one.team in managed)
        if one.status == "removed" or not mine or team not in ("", one.team):
            continue
        look = " The weekly look is due." if one.waits(desk.today) else ""
        says = f"“{one.text}” {'What takes it away?' if one.owner else 'Nobody owns it yet.'}{look}"
        command = f"casereview blockage {'look' if one.owner else 'own'} {one.key}{' …' if one.owner else ''}"
        days = desk.calendar(work, nation, one.team or None).working_days(one.raised_on, desk.today)
        beside = f"{names.team(one.team) if one.team else 'everyone'} · last touched {one.looked_on}"
        since, title = one.raised_on, "the blockage board"
        yield Question("blockage", one.key, title, "", says, since, None, days, command, beside)


def _themes(desk: Desk) -> Iterator[Question]:
    """Cases drawn for a theme and given to this person, not looked at yet."""
    from casereview.service.quality_themes import given_to_me

    given = given_to_me(desk)
    with desk.reading() as work:
        nation = work.info().nation
        for theme, one in given:
            days = desk.calendar(work, nation, None).working_days(theme.on, desk.today)
            says = f"You were asked to look at this one for the theme “{theme.theme}”."
            command = f"casereview record {one.case} quality-look"
            beside = f"{one.about.team_name or 'no team'} · at “{one.about.stage}”"
            title, hidden = one.about.title, desk.case(work, one.case).restricted
            yield Question("theme", one.case, title, "", says, theme.on, None, days, command, beside, theme.key, hidden)


# ---- the authority's own numbers -------------------------------------------------------------------------------
def rules_of(work: Reading) -> Rules:
    """The numbers as the authority keeps them; the local defaults until it does."""
    kept = work.kept_one(WHAT, KEY)
    known = {one.name for one in fields(Rules)}
    body = {name: int(value) for name, value in (kept.body if kept else {}).items() if name in known}
    return replace(RULES, **body)


def rules(desk: Desk) -> Rules:
    with desk.reading() as work:
        return rules_of(work)


def set_rules(desk: Desk, **changed: int) -> Rules:
    """Settles numbers for everyone. For those who keep people and teams: raises NotFound for anyone else.

    Raises CaseReviewError for a number that is not from 1 to 1000 working days.
    """
    from casereview.service.registry import require_keeper

    for name, number in changed.items():
        _checked(name, number)
    with desk.writing() as work:
        require_keeper(desk, work)
        new = replace(rules_of(work), **changed)
        kept = work.kept_one(WHAT, KEY)
        story = list(kept.body.get("story", ())) if kept else []
        text = ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in changed.items())
        story.append({"on": desk.today.isoformat(), "by": desk.person, "act": "set", "text": text})
        body = {one.name: getattr(new, one.name) for one in fields(Rules)} | {"story": story}
        desk.register(work, KeptSet(WHAT, KEY, body=body))
    return new


def _asked_for(kept: Rules, silent_after: int | None, unanswered_after: int | None) -> Rules:
    given = {"silent_after": silent_after, "unanswered_after": unanswered_after}
    for name, number in given.items():
        if number is not None:
            _checked(name, number)
    return replace(kept, **{name: number for name, number in given.items() if number is not None})


def _checked(name: str, number: int) -> None:
    if not 1 <= number <= LONGEST:
        where = {"silent_after": "--days-of-silence", "unanswered_after": "--unanswered-after"}.get(name, name)
        raise CaseReviewError(f"{number} is not a number of working days from 1 to {LONGEST}", where=where)
