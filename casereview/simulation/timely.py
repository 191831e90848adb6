"""What is done about time in a made-up assessment, told as acts: dates, reasons, answers, and what the family hears."""

from __future__ import annotations

from dataclasses import replace

from casereview.case import Case
from casereview.commands import AgreeDate, Assign, Command, EndWaiting, GiveAnswer, GiveReason, StartWaiting, Tell
from casereview.events import ContactKind
from casereview.simulation.longer import DATES, INDICATIVE, WITH_ACTION
from casereview.simulation.phrases import listed, pick, reason
from casereview.simulation.telling import EXPLAINING, OPENING, PLANNING, Telling

WAITS = {"AGIN": 3, "POLC": 1, "HIST": 2, "SPEC": 0}  # reason code -> which of the phrases on waiting


def worker_changes(told: Telling) -> None:
    """Where that is the reason, another worker takes over some days before the date passes."""
    fate, one = told.fate, told.one
    if fate.code != "WKCH" or one.days <= fate.beyond or len(told.staff.workers[one.team]) < 2:
        return
    told.changed_on = max(2, fate.beyond - 6)
    command = Assign(worker=told.worker(told.changed_on), note="The first worker is unwell; the family has been told.")
    told.act(told.changed_on, OPENING, told.manager, command)


def about_time(told: Telling, planned: int) -> None:
    """The date agreed when the work is planned, and what becomes of it once it is passed."""
    fate, one = told.fate, told.one
    agreed = told.date(fate.agreed)
    told.act(planned, PLANNING, told.manager, AgreeDate(agreed, "Agreed with the worker at the beginning."))
    _waiting(told)
    match fate.how:
        case "in time":
            _in_time(told)
        case "new date":
            _new_date(told)
        case "after":
            _after(told)
        case "afterwards":
            day = one.days + 1
            told.act(day, EXPLAINING, told.worker(day), _reason(told, day))
        case _:
            pass


def _reason(told: Telling, day: int) -> GiveReason:
    said = reason(told.fate.code)
    command = GiveReason(told.fate.code, said["text"], said["effect"], proposed=told.date(day + 10))
    if told.fate.code not in WITH_ACTION:
        return command
    owner = told.staff.people[told.worker(day)]
    return replace(command, action=said["action"], action_owner=owner, action_due=told.date(day + 25))


def _in_time(told: Telling) -> None:
    """A long date agreed before the indicative time is passed is itself the justification."""
    day, said = INDICATIVE - 4, reason(told.fate.code)
    due = told.one.days + told.chance.choice((2, 4, 6, 9)) if told.often(0.8) else INDICATIVE + 5
    text = f"{pick('answers', 'long_date', told.chance)} {said['text']}"
    agreed = told.date(max(due, INDICATIVE + 5))
    command = AgreeDate(agreed, text, told.fate.code)
    if told.fate.code in WITH_ACTION:
        owner = told.staff.people[told.worker(day)]
        command = replace(command, action=said["action"], action_owner=owner, action_due=agreed)
    told.act(day, EXPLAINING, told.manager, command)
    if told.fate.told:
        _say(told, day + 1, "new date", pick("along", "promised", told.chance))


def _new_date(told: Telling) -> None:
    """Moved in good time, and still within what is usual."""
    day = max(2, told.fate.agreed - 2)
    new = next(days for days in DATES if days > told.fate.agreed and days >= told.one.days)
    command = AgreeDate(told.date(new), "One more visit is needed; still within what is usual.")
    told.act(day, EXPLAINING, told.manager, command)
    _say(told, day, "new date", pick("along", "promised", told.chance))


def _after(told: Telling) -> None:
    """A reason once the date has passed, the manager's answer, and again when an agreement runs out."""
    fate, chance = told.fate, told.chance
    settled = fate.until is not None or fate.reply in ("", "not agreed")
    day = fate.beyond + (1 if settled else chance.choice((0, 1, 2, 4)))
    while day < told.one.days:
        told.act(day, EXPLAINING, told.worker(day), _reason(told, day))
        if not fate.reply:
            return
        answered = day + (1 if settled else chance.choice((1, 2, 3)))
        until = fate.until if fate.until is not None else answered + chance.choice((8, 10, 12, 15))
        until = max(until, answered + 1)
        if answered > told.one.days:
            return
        told.act(answered, EXPLAINING, told.manager, _answer(told, until))
        if fate.told:
            _say(told, answered + 1, "delay explained", pick("along", "delay", chance))
        if fate.reply != "agreed" or not fate.renewed or fate.until is not None:
            return
        day = until - 1


def _answer(told: Telling, until: int) -> Command:
    reply = told.fate.reply
    if reply == "agreed":
        return GiveAnswer("agreed", pick("answers", "agreed", told.chance), told.date(until))
    if not told.fate.can_be_agreed:
        text = pick("answers", "not_yet", told.chance)
    else:
        text = pick("answers", reply.replace(" ", "_"), told.chance)
    return GiveAnswer("not agreed" if reply == "not agreed" else "tell me more", text)


def _say(told: Telling, day: int, contact: ContactKind, text: str) -> None:
    heard = pick("along", "heard", told.chance)
    command = Tell(contact, method="telephone", text=text, said=heard, promised_on=told.date(day + 10))
    told.act(day, EXPLAINING, told.worker(day), command)


def _waiting(told: Telling) -> None:
    """Waiting is written down beside the time and never taken off it."""
    fate = told.fate
    if fate.code not in WAITS or told.one.days <= fate.beyond:
        return
    whom, what = listed("along", "waiting")[WAITS[fate.code]]
    since = max(3, fate.beyond - 8)
    told.act(since, EXPLAINING, told.worker(since), StartWaiting(whom, what))
    until = told.one.days - 2
    if until > since + 3:
        told.act(until, EXPLAINING, told.worker(until), _over)


def _over(case: Case) -> Command:
    return EndWaiting(int(next(iter(case.waiting))), note="It came, and was read with the family's account.")
