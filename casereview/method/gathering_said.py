"""What was gathered, as lines: a conversation part by part, a meeting, a comment with what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casereview.method.conversations import Moment, Talk
from casereview.method.lines import Say, counted, day_words
from casereview.method.meetings import Comment, Meeting

NOT_WRITTEN = "not written down"


def talk_said(talk: Talk) -> Iterator[Say]:
    """A conversation as it is read: its parts in order, those passed over said to be."""
    by = f" with {' and '.join(talk.held_by)}" if talk.held_by else ""
    when = f" on {day_words(talk.held_on)}" if talk.held_on else ""
    yield Say(f"{talk.rec.number}  {talk.who} ({talk.agency}): {talk.status}{when}{by}", "head")
    if talk.why_not:
        yield Say(talk.why_not, indent=2)
    for number, part in enumerate(talk.parts, 1):
        yield Say("")
        yield Say(f"{number}. {part.title}", "title")
        moments = talk.moments if part.title == "Turning points" else ()
        for moment in moments:
            yield from _moment(moment)
        for asked, answer in () if moments else part.said:
            yield Say(_question(asked, part.title), "label", 2)
            yield Say(answer, indent=4)
        if not part.said and not moments:
            yield Say("passed over", "quiet", 2)
    yield Say("")
    if talk.checked_on:
        yield Say(f"The note was agreed on {day_words(talk.checked_on)}.")
    else:
        yield Say("The note is not agreed yet.", "ask")


def _question(asked: str, title: str) -> str:
    """A question under the heading of its part: without the number and the name that stand there already."""
    plain = re.sub(r"^\d+\.\s+", "", asked)
    head, colon, rest = plain.partition(": ")
    plain = rest if colon and head.casefold() == title.casefold() else plain
    return plain[:1].upper() + plain[1:]


def _moment(moment: Moment) -> Iterator[Say]:
    when = f" ({day_words(moment.on)})" if moment.on else ""
    yield Say(f"{moment.rec.number}  {moment.moment}{when}", "title", 2)
    for asked, answer in moment.said:
        yield Say(asked, "label", 4)
        yield Say(answer, indent=6)
    if moment.passed_over:
        yield Say(f"{counted(moment.passed_over, 'question')} passed over", "quiet", 4)


def meeting_said(one: Meeting) -> Iterator[Say]:
    yield Say(f"{day_words(one.on)}  {one.kind}  ({one.rec.number})", "head")
    for what, said in (
        ("came", "; ".join(one.attended)), ("could not come", "; ".join(one.absent)),
        ("looked at", "; ".join(one.looked_at)), ("decided", one.decided), ("changed", "; ".join(one.changed)),
    ):  # fmt: skip
        yield Say(f"{what}: {said or NOT_WRITTEN}", "text" if said else "quiet", 2)
    if one.comments:
        waits = f"{one.open} waiting for an answer" if one.open else "all answered"
        yield Say(f"{counted(len(one.comments), 'comment')}, {waits}", "ask" if one.open else "text", 2)


def comment_said(one: Comment, ref: str) -> Iterator[Say]:
    yield Say(f"{one.rec.number}  {one.from_whom}, {day_words(one.on)}, about {one.about}", "title")
    yield Say(one.text, indent=2)
    yield Say(f"→ {one.outcome}{f': {one.answer}' if one.answer else ''}", "ask" if one.open else "text", 2)
    if one.open:
        yield Say(f"casereview correct {ref} {one.rec.number} outcome=… answer=… --reason answered", "quiet", 2)
