"""What a family is owed, as questions of the morning: promised news, a changed date, an exception that ends."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import date, timedelta

from casereview.oversight.families import changed_dates, exception_is_over, is_excepted, is_owed_a_date, untold_of
from casereview.oversight.matter import Matter, Question, Rules

EXCEPTION_SOON = timedelta(days=7)  # calendar days before a lawful exception ends


def about_family(matter: Matter, day: date, rules: Rules) -> Iterator[Question]:
    """None of it is ever quiet: a justification is the manager's, a promise the family's."""
    if matter.in_hand:
        yield from _promised(matter, day, rules)
        yield from _changed(matter, day, rules)
    if matter.oversees:
        yield from _excepted(matter, day)


def _promised(matter: Matter, day: date, rules: Rules) -> Iterator[Question]:
    """News promised by today or the next working days."""
    horizon = matter.calendar.add_working_days(day, rules.ahead)
    owed = sorted(
        (listed.promised_on, person, listed.label)
        for person, listed in matter.case.roster.items()
        if listed.promised_on is not None and listed.promised_on <= horizon and not is_excepted(listed, day)
    )
    if not owed:
        return
    first, whom = owed[0][0], ", ".join(label for _, _, label in owed)
    broken = f"News was promised by {first} and has not been given: {whom}."
    says = broken if first < day else f"News is promised by {first}: {whom}."
    yield matter.ask("family", says, f"tell CASE{_to(person for _, person, _ in owed)} --kind progress", day, by=first)


def _to(people: Iterator[str]) -> str:
    return "".join(f" --to {shlex.quote(person)}" for person in people)


def _changed(matter: Matter, day: date, rules: Rules) -> Iterator[Question]:
    """A date that was changed is told to everyone on the list; the same day counts (assessment 3.9)."""
    for expectation, run in changed_dates(matter.case, matter.definition):
        if run.agreed_on is None or not is_owed_a_date(matter.case, run, day):
            continue
        untold = untold_of(matter.case, run, day)
        due = matter.calendar.add_working_days(run.agreed_on, rules.tell_within)
        news = f"The date was changed to {run.agreed} on {run.agreed_on}"
        if untold:
            says = f"{news}, and is not known to: {', '.join(listed.label for _, listed in untold)}."
            command = f"tell CASE{_to(person for person, _ in untold)} --kind 'new date'"
        else:
            says = f"{news}, and nobody is listed who must be told."
            command = "tell CASE --add LABEL"
        yield matter.ask("told", says, command, day, by=due, about=expectation)


def _excepted(matter: Matter, day: date) -> Iterator[Question]:
    """Not telling somebody ends: in the week before, and after it until they are told or it is decided anew."""
    for person, listed in sorted(matter.case.roster.items()):
        until = listed.excepted_until
        if until is None or until > day + EXCEPTION_SOON:
            continue
        who, why = f"{listed.label} ({listed.excepted})", "Can they be told now, or does it still hold?"
        if is_excepted(listed, day):
            says = f"Not telling {who} is lawful until {until}. {why}"
            command = f"tell CASE --except {shlex.quote(person)} --because {shlex.quote(listed.excepted)} --until DATE"
        elif exception_is_over(listed, day):
            says = f"Not telling {who} was lawful until {until}, and nothing was said to them since. {why}"
            command = f"tell CASE --to {shlex.quote(person)} --kind progress"
        else:
            continue
        yield matter.ask("exception", says, command, day, by=until, key=person)
