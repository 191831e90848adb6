"""The question every figure raises, and the place where people answer it (decision 30)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.text import required, shown

if TYPE_CHECKING:
    from casereview.service.desk import Desk

WHAT = "answer"
"""Under which name answers are kept among the authority's things."""

# figure -> what it depends on whether this is good or bad. Add yours; a figure without one gets the last.
DEPENDS: dict[str, str] = {
    "durations": "whether the time was used to understand the child and to help, and whether those who needed it "
    "sooner were seen sooner",
    "bunching": "whether work ended then because the child's question was answered, or because the date came",
    "same-day": "whether enough was known to stop, whether the child was seen, and who came again",
    "stages": "what happened in that time, and whose time it was: the worker's, the manager's or somebody else's",
    "waiting": "what the child and family lived with meanwhile, and whether somebody could have moved the obstacle",
    "explained": "what the reasons are, whether anybody looked at them, and what the longer time means for the child",
    "end-to-end": "whether help had begun by then, and what the family was told on the way",
    "right-first-time": "whether what went wrong the first time is now understood, and whether nothing more was "
    "needed or nobody asked again",
    "urgent": "whether the child was safe from the first day, whatever the paper took",
    "trend": "what happened in those months, and who knows the story behind it",
    "forecast": "whether anything will change; a forecast only carries on what was",
    "in-time": "everything a share leaves out: whether the time was right for each child, and whether help was good",
    "quality": "which cases were looked at and why, and what was changed afterwards",
    "progress": "what was tried, what the child and family say, and whether the goal is still theirs",
    "early": "whether enough was known to stop, and whether it lasted for the child or concern came again",
    "look-back": "who was asked, and whether what helped is still there now that we have gone",
    "repeats": "what was understood each time, what was decided, and whether help ended before things had changed",
    "continuity": "what the child was told of each change, and whether somebody they trust stayed",
    "referrers": "what whoever referred will do the next time they are concerned",
    "voices": "whose words are missing, and what was changed because of what was said",
    "published": "how the other places differ, what they count, and whether children there are helped better",
    "service": "what lies behind the number, as those who use and give the help tell it",
}
ANYTHING = "what lies behind it, and whether children were helped"
THEME, SAMPLE = "theme:", "thematic-sample"  # before the short name of a thematic sample; what samples are kept as


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said the figure means, at one time. `key` names it where it is taken back."""

    key: str
    figure: str
    text: str
    by: str
    by_name: str
    on: date


def question_of(figure: str) -> str:
    """The question a figure raises; for any figure, one that is not listed included."""
    asked = "quality" if figure.startswith(THEME) else figure
    return f"Is this good or bad? It depends on {DEPENDS.get(asked, ANYTHING)}."


def figure_of(theme: str) -> str:
    """What the answers to a thematic sample are kept beside: what was found in one says nothing of another."""
    return THEME + theme


def answers(desk: Desk, figure: str = "") -> list[Answer]:
    """What people have said a figure means (every figure without one), oldest first."""
    with desk.reading() as work:
        names = desk.known(work).names
        found = []
        for kept in work.kept(WHAT):
            body = kept.body
            if figure in ("", body["figure"]):
                on = date.fromisoformat(body["on"])
                by = str(body["by"])
                found.append(Answer(kept.key, body["figure"], body["text"], by, names.person(by), on))
        return sorted(found, key=lambda one: (one.on, one.key))


def answer(desk: Desk, figure: str, text: str) -> Answer:
    """Keeps what somebody says a figure means, with their name and the day. Others may say otherwise: all is kept.

    Raises CaseReviewError when there is nothing in it, when it names somebody, or when it is about no figure.
    """
    from casereview.events import KeptSet
    from casereview.service.impersonal import EVERYONES, impersonal

    said = required(text, "the answer", one_line=False, limit=EVERYONES)
    with desk.writing() as work:
        me = desk.me(work)
        said = impersonal(desk, work, said)
        if figure not in (known := {*DEPENDS, *(figure_of(one.key) for one in work.kept(SAMPLE))}):
            raise CaseReviewError(f"there is no figure {shown(figure, width=40)!r}", remedy=did_you_mean(figure, known))
        # of one day, in the order they were given
        key = f"{desk.today}-{len(work.kept(WHAT)):06d}-{desk.new_id()[:8]}"
        body = {"figure": figure, "text": said, "by": me.id, "on": desk.today.isoformat()}
        desk.register(work, KeptSet(WHAT, key, body=body))
        return Answer(key, figure, said, me.id, me.name, desk.today)


def take_back(desk: Desk, key: str) -> None:
    """Takes an answer of one's own off the page; the journal keeps it. Raises NotFound where it is not one's own."""
    from casereview.events import KeptSet

    with desk.writing() as work:
        kept = work.kept_one(WHAT, key)
        if kept is None or kept.body["by"] != desk.me(work).id:
            raise NotFound("you have given no such answer", where=shown(key, width=60), remedy="See: figures answers")
        desk.register(work, KeptSet(WHAT, key, body=dict(kept.body), gone=True))
