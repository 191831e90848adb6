"""The family ledger: who is to be told, who was, what they said, and when news is promised."""

from __future__ import annotations

import re

from casereview.case import Case, Listed
from casereview.commands import ExceptTelling, SetRoster, Tell
from casereview.decide.context import Context, Decision, Refusal, happened, line, no_part, not_yours, note
from casereview.errors import CaseReviewError, did_you_mean
from casereview.events import CONTACT_KINDS, EXCEPTION_CODES, FamilyTold, RosterSet, TellingExcepted
from casereview.fold.people import workers_on

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def set_roster(case: Case, command: SetRoster, context: Context) -> Decision:
    if not context.has_part(case):
        return no_part(case)
    known = case.roster.get(command.person)
    if command.left:
        if known is None:
            return _nobody(case, command.person)
        if known.must_be_told and not context.oversees(case):
            return not_yours("Taking someone off the list of those who must be told", context.overseers())
        return happened(RosterSet(command.person, known.label, left=True), context.today)
    if not _ID.fullmatch(command.person):
        raise CaseReviewError(
            f"{line(command.person)!r} cannot be used as a short name on the list",
            remedy="Use small letters, digits and dashes, such as mother or foster-carer-2.",
        )
    now = known or Listed(command.person.replace("-", " ").capitalize())

    def text(new: str | None, old: str) -> str:
        return old if new is None else line(new)

    def flag(new: bool | None, old: bool) -> bool:
        return old if new is None else new

    # the referrer is answered, not told as family: on the list, but not among those who must be told
    must = flag(command.must_be_told, now.must_be_told if known else not command.referrer)
    if known and known.must_be_told and not must and not context.oversees(case):
        # else a worker could bring a lapsed justification back to life by telling fewer people
        return not_yours("Letting someone who must be told go untold", context.overseers())
    event = RosterSet(
        command.person, text(command.label, now.label), text(command.relation, now.relation),
        flag(command.parental_responsibility, now.parental_responsibility), must,
        text(command.language, now.language), text(command.advocate, now.advocate),
        flag(command.referrer, now.referrer),
    )  # fmt: skip
    return happened(event, context.today)


def _nobody(case: Case, person: str) -> Refusal:
    return Refusal(
        f"nobody on the list is {line(person)!r}.",
        remedy=f"{did_you_mean(person, case.roster)} To add someone: casereview tell {case.ref} --add LABEL",
    )


def tell(case: Case, command: Tell, context: Context) -> Decision:
    """One contact with one or more people. With nobody named: everyone who must be told."""
    context.ahead(command.promised_on)
    if not context.has_part(case):
        return no_part(case)
    if command.contact not in CONTACT_KINDS:
        raise CaseReviewError(
            f"{line(command.contact)!r} is not a kind of contact", remedy=did_you_mean(command.contact, CONTACT_KINDS)
        )
    people = tuple(dict.fromkeys(command.people)) or tuple(p for p, who in case.roster.items() if who.must_be_told)
    if not people:
        return Refusal(
            "Nobody is listed who must be told.",
            remedy=f"Add them first: casereview tell {case.ref} --add LABEL",
        )
    for person in people:
        if person not in case.roster:
            return _nobody(case, person)
    on = context.day(command.on, "the day they were told")
    if command.promised_on is not None and command.promised_on < context.today:
        raise CaseReviewError("news cannot be promised for a day that has passed", remedy="Give a later day.")
    event = FamilyTold(
        people, command.contact, line(command.method), line(command.language),
        note(command.said), note(command.text), command.promised_on,
    )  # fmt: skip
    return happened(event, on)


def except_telling(case: Case, command: ExceptTelling, context: Context) -> Decision:
    """Not telling someone is lawful for three reasons only, by a manager's decision, until a date."""
    context.ahead(command.until)
    if not context.oversees(case):
        return not_yours("Recording a lawful exception", context.overseers())
    if context.actor.id in workers_on(case, context.today):
        # a justification rests on the family being told: nobody lets their own duty to tell go (law 3)
        return Refusal(
            "Nobody decides alone that a family they work with is not told.",
            remedy=f"Ask another {context.overseers()}.",
        )
    if command.code not in EXCEPTION_CODES:
        raise CaseReviewError(
            f"{line(command.code)!r} is not one of the lawful exceptions",
            remedy=did_you_mean(command.code, EXCEPTION_CODES),
        )
    if command.person not in case.roster:
        return _nobody(case, command.person)
    if command.until <= context.today:
        raise CaseReviewError("an exception is looked at again on a day still ahead", remedy="Give a later day.")
    event = TellingExcepted(command.person, command.code, command.until, note(command.text))
    return happened(event, context.today)
