"""A finding in words: its anatomy, how firmly it stands, what it rests on, the board's answer, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casereview.method.findings import NOT_TAKEN, Anatomy, Followed
from casereview.method.lines import Say, counted, day_words
from casereview.method.review import Rec

ROUTED = {
    "local": "It can be acted on locally, by the board and its agencies.",
    "national": "It cannot be answered locally alone: it belongs to a national level as well.",
    "research": "It needs research or development before anybody can answer it well.",
    "": "Nobody has said yet who can act on it.",
}
NONE_YET = (
    "No finding is written down yet. A finding is a pattern of the system and what it does to the safety of children: "
    "never a person. Good practice that the system makes likely is a finding too."
)
KINDS = {"hinders": "hinders good practice", "supports": "supports good practice", "both": "hinders and supports"}


def finding_said(one: Anatomy) -> Iterator[Say]:
    """A page of one finding."""
    rec = one.rec
    yield Say(rec.text("statement") or f"Finding {rec.number}", "head")
    also = ", ".join(rec.many("also_category"))
    pattern = f"{rec.text('category') or 'no pattern named'}{f'; touches {also}' if also else ''}"
    yield Say(f"no. {rec.number}   {pattern}", "quiet")
    effect = KINDS.get(rec.text("effect"), "")
    yield Say("   ".join(words for words in (one.state or "no state", effect) if words), "label")
    yield from _standing(one)
    yield from _anatomy(one)
    yield from _evidence(one)
    yield from _rests(one)
    yield from _who_can_act(one)
    yield from _recommended(one)
    yield from _board(one)
    yield from _actions(one)
    yield from _said_of_it(one)
    if one.unseen:
        yield Say("")
        yield Say(f"{counted(one.unseen, 'record')} that may bear on it {'is' if one.unseen == 1 else 'are'} kept to "
                  "others; nothing here counts them.", "quiet")  # fmt: skip


def _standing(one: Anatomy) -> Iterator[Say]:
    for lack in one.ahead:
        yield Say(f"“{one.state}” is ahead of what is there: {lack}", "ask", 2)
    if one.next_state:
        yield Say(f"What is recorded would let it be called “{one.next_state}”.", "quiet", 2)
    if one.state == NOT_TAKEN:
        yield Say("It was not taken forward as a finding. It is kept, with the reason of that.", "quiet", 2)


def _anatomy(one: Anatomy) -> Iterator[Say]:
    yield Say("")
    open_ones = len(one.open_questions)
    yield Say(f"Its questions{f' ({open_ones} not answered yet)' if open_ones else ''}", "title")
    for answer in one.answers:
        yield Say(answer.ask, "label", 2)
        yield Say(answer.text, "text", 4) if answer.answered else Say("Not answered yet.", "ask", 4)
    for name, title in (("summary", "In short"), ("against", "What speaks against it")):
        if one.rec.text(name):
            yield Say(title, "label", 2)
            yield Say(one.rec.text(name), "text", 4)
    questions = one.rec.many("questions")
    if questions:
        yield Say("For the board to weigh", "label", 2)
        for question in questions:
            yield Say(f"– {question}", "text", 4)


def _evidence(one: Anatomy) -> Iterator[Say]:
    grade = one.grade
    yield Say("")
    yield Say("How firmly it stands", "title")
    yield Say(grade.says, "text" if grade.kinds else "ask", 2)
    calls = (f"calls it “{grade.claimed}”" if grade.claimed else "", f"says “{grade.sure}”" if grade.sure else "")
    claimed = " and ".join(word for word in calls if word)
    if claimed:
        beside = "; that is more than the evidence carries" if grade.more else ""
        beside = beside or ("; the evidence would carry more" if grade.less else "")
        yield Say(f"Its author {claimed}{beside}.", "ask" if grade.more else "quiet", 2)
    if grade.kinds and not grade.beyond:
        yield Say("All that speaks for it comes from people in this review.", "ask", 2)
    for row in grade.speaks_for:
        yield from _row(row, "for")
    for row in grade.speaks_against:
        yield from _row(row, "against")


def _row(row: Rec, which: str) -> Iterator[Say]:
    number, of = row.text("number"), row.text("out_of")
    count = f"{number} of {of}" if number and of else f"{number} counted" if number else ""
    parts = (row.text("kind"), count, day_words(row.day("dated"), ""), row.text("where"), f"no. {row.number}")
    yield Say(f"{which}: {', '.join(part for part in parts if part)}", "label", 2)
    yield Say(row.text("shows"), "text", 4)


def _rests(one: Anatomy) -> Iterator[Say]:
    rests = one.rests
    yield Say("")
    yield Say("What it rests on", "title")
    for episode in rests.episodes:
        yield Say(f"episode: {episode.text('title')} (no. {episode.number})", "text", 2)
    for line in rests.trail:
        words = "; ".join(word for word in (line.text("supports"), line.text("shows")) if word)
        yield Say(f"source no. {line.number}: {words or 'not said what it shows'}", "text", 2)
    yield Say(f"agencies: {', '.join(rests.agencies) or 'none named'}", "ask" if rests.one_agency else "text", 2)
    sources = "; ".join(_each_once(rests.sources)) or "none named"
    yield Say(f"sources: {sources}", "ask" if rests.one_source else "text", 2)
    if rests.unseen:
        yield Say("There may be more: some of what it could rest on is kept to others.", "quiet", 2)
    if rests.one_agency:
        yield Say("It rests on one agency alone.", "ask", 2)
    if rests.one_source:
        yield Say("It rests on one source alone.", "ask", 2)


def _who_can_act(one: Anatomy) -> Iterator[Say]:
    yield Say("")
    yield Say("Who can act on it", "title")
    level = one.rec.text("level")
    yield Say(f"{f'{level.capitalize()}. ' if level else ''}{ROUTED.get(one.routed, '')}", "text", 2)
    for told in one.passed_on:
        when = day_words(told.day("passed_on"))
        yield Say(f"passed to {told.text('to_whom')}, {when} (no. {told.number})", "label", 2)
        for name in ("asked", "answer"):
            if told.text(name):
                yield Say(told.text(name), "text", 4)
        if not told.text("answer"):
            yield Say("No answer yet.", "quiet", 4)


def _recommended(one: Anatomy) -> Iterator[Say]:
    """In the profile of 2008; a target is asked of what has a clear remedy, and of nothing else."""
    if one.recommended:
        yield Say("")
        yield Say("What is recommended", "title")
    for each in one.recommended:
        rec = each.rec
        to = f"to {rec.text('addressed_to')}" if rec.text("addressed_to") else ""
        of = ", ".join(word for word in (rec.text("kind"), to, rec.text("state")) if word)
        yield Say(f"{of} (no. {rec.number})", "label", 2)
        yield Say(rec.text("text"), "text", 4)
        for target in each.targets:
            yield Say(f"target: {target.text('what')}; seen by {target.text('measure')}", "text", 4)


def _board(one: Anatomy) -> Iterator[Say]:
    yield Say("")
    yield Say("The board", "title")
    if not one.positions and not one.responses:
        yield Say("No position and no answer yet.", "quiet", 2)
    for rec in one.positions:
        yield Say(f"position: {rec.text('position')}, {day_words(rec.day('taken_on'))} (no. {rec.number})", "label", 2)
        if rec.text("reasons"):
            yield Say(rec.text("reasons"), "text", 4)
    for rec in one.responses:
        yield from _response(rec)


RESPONSE = (
    ("reasoning", ""), ("options", "considered: "), ("difference", "the difference intended for children: "),
    ("how_known", "how it will be known: "), ("already_done", "done already: "),
    ("no_action_reason", "nothing needs doing, because: "),
)  # fmt: skip


def _response(rec: Rec) -> Iterator[Say]:
    of = ", ".join(word for word in (rec.text("position"), rec.text("kind")) if word)
    yield Say(f"written response: {of}, {day_words(rec.day('responded_on'))} (no. {rec.number})", "label", 2)
    for name, lead in RESPONSE:
        if rec.text(name):
            yield Say(f"{lead}{rec.text(name)}", "text", 4)


def _actions(one: Anatomy) -> Iterator[Say]:
    yield Say("")
    yield Say("What is done, and whether it helped", "title")
    if not one.actions:
        yield Say("No action yet. A finding may be answered without one, with the reason.", "quiet", 2)
    for followed in one.actions:
        yield from action_said(followed)


def action_said(followed: Followed) -> Iterator[Say]:
    rec = followed.action
    by = f", by about {day_words(rec.day('by_about'))}" if rec.day("by_about") else ""
    yield Say(f"{rec.text('what')} (no. {rec.number})", "label", 2)
    yield Say(f"{rec.text('status')}; {rec.text('owner')}{by}", "text", 4)
    leads = {"difference": "to make this difference: ", "signal": "what would show it: ", "evidence": ""}
    for name, lead in leads.items():
        if rec.text(name):
            yield Say(f"{lead}{rec.text(name)}", "text", 4)
    if not rec.text("difference"):
        yield Say("The difference intended for children is not said yet.", "ask", 4)
    if not followed.impacts:
        yield Say("Nobody has looked at its effect yet.", "quiet", 4)
    for impact in followed.impacts:
        yield from impact_said(impact)


def impact_said(rec: Rec) -> Iterator[Say]:
    yield Say(f"looked at on {day_words(rec.day('checked_on'))}: done {rec.text('done')}; helped {rec.text('helped')} "
              f"(no. {rec.number})", "label", 4)  # fmt: skip
    yield Say(rec.text("evidence"), "text", 6)
    for name, lead in (("unintended", "nobody intended: "), ("adjust", "to be adjusted: ")):
        if rec.text(name):
            yield Say(f"{lead}{rec.text(name)}", "text", 6)
    if rec.day("look_again"):
        yield Say(f"to be looked at again on {day_words(rec.day('look_again'))}", "quiet", 6)


def _said_of_it(one: Anatomy) -> Iterator[Say]:
    if one.said:
        yield Say("")
        yield Say("Said of it", "title")
    for rec in one.said:
        yield Say(f"{rec.text('from_whom')}, {day_words(rec.day('on'))}: {rec.text('outcome')}", "label", 2)
        yield Say(rec.text("comment"), "text", 4)


def _each_once(sources: Iterable[str]) -> Iterator[str]:
    """Sources as they are read: one that stands in several lines is told once."""
    each = (part.strip() for line in sources for part in line.split(";"))
    yield from dict.fromkeys(part for part in each if part)
