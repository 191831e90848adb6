"""Parts of the board pack: what it is, where things stand, what the numbers cannot say, what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from casereview.oversight.figures.suppress import shown
from casereview.reports.document import Answer, Block, Column, Heading, Items, Note, Paragraph, Table, long_date
from casereview.reports.provenance import Source, seen_by
from casereview.reports.saying import counted, number
from casereview.views import BY_CONCERN, OVERDUE
from casereview.words import standing_word

LATE = tuple(one for one in BY_CONCERN if not one.startswith("done") and one != "on_course")
"""Every open standing that somebody should look at, most concern first."""


def what_it_is(source: Source, first: date) -> Iterator[Block]:
    yield Heading("What this is, and what it is not")
    yield Paragraph(
        f"This paper tells how {source.about} stood on {long_date(source.day)}, and what was finished since "
        f"{long_date(first)}. It is made from what was recorded by then, without anything being chosen, left out or "
        "reworded by hand, except that names of children and families known to the store are taken out."
    )
    yield Paragraph("It is a paper to ask questions from:")
    yield Items((
        "It shows which work takes longer than expected, why, what that means for the child, what the manager said "
        "and until when, and whether the family knows.",
        "It shows help and quality beside every time: what was decided, how good the work was when somebody looked, "
        "what children and families said, and who came again.",
        "It is not a measure of performance. An indicative time is by when most are done; some children need it "
        "sooner, and for some it is right to take longer. Longer may or may not be a concern: it depends on the "
        "reasons (Munro 2012, 2.28).",
        "It is not a ranking of teams or of people. No worker is named in it, and nothing in it is counted by worker.",
    ))  # fmt: skip
    yield seen_by(source)


def standings(counts: Mapping[str, int], source: Source, *, listed: bool) -> Iterator[Block]:
    """How many running expectations have each standing. listed: the late ones are told one by one further on."""
    yield Heading("Where things stand")
    yield Paragraph(
        "Every running expectation, such as a decision or a plan, has one standing on a day. It is worked out from "
        "the dates agreed for this child, the times that are usual, the reason given and what the manager said of "
        "it. Those of most concern come first."
    )
    known = [one for one in BY_CONCERN if counts.get(one)] + sorted(set(counts) - set(BY_CONCERN))
    rows = []
    for standing in known:
        word, count = standing_word(standing), counts[standing]
        plain = listed and standing in LATE
        rows.append((word.words, number(count if plain else shown(count, source.smallest)), word.means))
    yield Table(
        "Running expectations by standing", (Column("Standing", weight=2.2), Column("How many", right=True),
        Column("What it means", weight=5)), tuple(rows), "Nothing is running.",
    )  # fmt: skip
    if listed and any(counts.get(one) for one in LATE):
        yield Note(
            "Those of concern are listed one by one in the next part, so their numbers are given as they are. "
            f"Everywhere else: {_rounded(source)}"
        )
    else:
        yield Note(_rounded(source).capitalize())


def _rounded(source: Source) -> str:
    return (
        f"numbers below {source.smallest} are not shown, and others are rounded down to a multiple of "
        f"{source.smallest}, so they need not add up."
    )


def cannot_say(source: Source) -> Iterator[Block]:
    yield Heading("What these numbers cannot say")
    yield Items((
        "Whether a child is safer. A time says when something was signed, not what it did.",
        "Whether the right time was taken. Quick can be right, and quick can be too soon; long can be patience, and "
        "long can be drift. The reasons and the work itself have to be read.",
        "What was not recorded. Where nothing is written it may not have been done, or not been written down; this "
        "paper says “not recorded” and means no more than that.",
        "Anything about small groups. A number below "
        f"{source.smallest} is not shown, and neither are others from which it could be worked out; the rest are "
        f"rounded down to a multiple of {source.smallest}, so they need not add up. Small numbers go up and down by "
        "chance.",
        "How a team or a person performs. Work is not handed out by lot: a team with more worrying or more "
        "complicated work takes longer, and should.",
        "What was brought in from a census return beyond its dates: a return carries no reasons, no quality looks and "
        "no words of children.",
    ))  # fmt: skip


def to_ask(counts: Mapping[str, int], source: Source, *, listed: bool) -> Iterator[Block]:
    """Questions for the board, from what there is; with room for what the meeting says."""
    yield Heading("Questions for the board")
    questions = list(_from(counts, source.smallest, listed))
    questions.append("What did children and families say this year that the numbers do not show?")
    questions.append("What should the board ask to see in more depth, from which cases, and by when?")
    yield Items(tuple(questions), numbered=True)
    yield Answer("What the board said, and who does what by when", lines=6)


ASKS = {
    "urgent_late": "An urgent target has passed for {n}: is each of these children safe today, and who has seen them?",
    "past_statutory": "A time set by law or statutory guidance has passed for {n}: who has been told, and what is in "
    "the way?",
    "longer_of_concern": "A manager does not agree with the reason for {n}: what was asked for, and has it happened?",
    "longer_lapsed": "What was agreed no longer holds for {n}: has the day to look again passed, was the family not "
    "told, or the child not seen?",
    "longer_unexplained": "Nobody has said why for {n}: do workers have the time and the help to say it?",
    "longer_explained": "A reason waits for a manager's answer for {n}: what do managers need in order to look?",
    "past_agreed": "The date agreed for the child has passed for {n}: was it realistic, and does the family know?",
    "checkpoint_missed": "A planned look was not held for {n}: what took its place?",
    "longer_justified": "It is agreed that {n} will take longer: what does the time bring these children?",
}


def _about(count: int, smallest: int) -> str:
    told = shown(count, smallest)
    if told is None:
        return "some expectations"
    return f"{'at least ' if smallest > 1 else ''}{counted(told, 'expectation')}"


def _from(counts: Mapping[str, int], smallest: int, listed: bool) -> Iterator[str]:
    for standing, question in ASKS.items():
        count = counts.get(standing, 0)
        if count:
            yield question.format(n=counted(count, "expectation") if listed else _about(count, smallest))
    if not any(counts.get(one) for one in OVERDUE):
        yield "Nothing is past its date. Is that because children were helped in good time, or because dates were kept?"
