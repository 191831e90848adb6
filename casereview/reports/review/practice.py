"""The appraisal of practice in a review report: a synopsis by episode, each explained as well as looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casereview.method.episodes import FACTOR, WEIGHTS, begun, ended, late_standard
from casereview.method.factors import BY_NAME, LEVELS
from casereview.method.review import Rec
from casereview.reports.document import Column, Heading, Note, Paragraph, Table
from casereview.reports.review import figures
from casereview.reports.review.told import Part, Told, month, months, text
from casereview.reports.saying import listed

SAYS = (
    "These are the moments, or stretches of time, that mattered most for how the case went: a choice, and never the "
    "whole history. Practice is looked at by the standards of its own day, and beside each judgement stands how the "
    "work made sense to those who did it. The one does not excuse, the other does not blame."
)


def appraisal(told: Told) -> Iterator[Part]:
    yield Heading("Appraisal of professional practice: a synopsis")
    if not told.episodes:
        yield from told.add("key-practice-episode", "the episodes that set the direction", must=True)
        return
    yield Paragraph(SAYS)
    yield from figures.timeline(told)
    for at, rec in enumerate(told.episodes, 1):
        yield from episode(told, at, rec)
    if told.review.of(FACTOR):
        yield Heading("What surrounded the work, taken together", 2)
        yield from figures.factors(told)


def episode(told: Told, at: int, rec: Rec) -> Iterator[Part]:
    yield Heading(f"Episode {at}: {rec.text('title')}", 2)
    when = months_of(rec)
    agencies = listed(rec.many("agencies"))
    about = ". ".join(part for part in (when, agencies) if part)
    if about:
        yield Paragraph(f"{about}.")
    yield from told.field(rec, "description", "what happened", lead="What happened.")
    yield from told.field(rec, "why_key", "why it mattered", lead="Why it mattered.")
    yield from told.field(rec, "local_rationality", f"episode {at}: how it made sense at the time",
                          lead="How it made sense at the time.", must=True)  # fmt: skip
    yield from _judged(told, at, rec)
    yield from _factors(told, rec)
    if text(rec, "differing_views"):
        yield Paragraph(text(rec, "differing_views"), "Where views differ.")


def _judged(told: Told, at: int, rec: Rec) -> Iterator[Part]:
    judgement = rec.text("judgement")
    if not judgement:
        yield from told.field(rec, "judgement", f"episode {at}: how practice was by the standard of its day", must=True)
        return
    standard, since = rec.text("standard"), month(rec.day("standard_date"))
    by = f" Looked at by: {standard}{f' ({since})' if since else ''}." if standard else ""
    yield Paragraph(f"{judgement.capitalize()}. {text(rec, 'appraisal')}".strip(), "How the practice was.")
    if by:
        yield Paragraph(by.strip())
    if late_standard(rec) and not told.final:
        yield Note(late_standard(rec), "caveat")


def _factors(told: Told, rec: Rec) -> Iterator[Part]:
    found = told.review.pointing(FACTOR, "episode", rec.number)
    if not found:
        yield from told.add(FACTOR, f"what surrounded the work in “{rec.text('title')}”")
        return
    columns = (Column("Level and head", weight=1.5), Column("What it was", weight=3.4), Column("Good work", weight=1.1))
    rows = tuple((_place(one), text(one, "factor"), _effect(one)) for one in sorted(found, key=_order))
    yield Table("What surrounded the work and shaped it", columns, rows)


def _order(one: Rec) -> tuple[int, int, int]:
    head = BY_NAME.get(one.text("head"))
    return LEVELS.index(head.level) if head else len(LEVELS), WEIGHTS.get(one.text("weight"), 3), one.number


def _place(one: Rec) -> str:
    head = BY_NAME.get(one.text("head"))
    return f"{head.level if head else LEVELS[-1]}: {one.text('head')}"


def _effect(one: Rec) -> str:
    word = {"supports": "supported", "hinders": "hindered", "both": "both"}.get(one.text("effect"), "–")
    return f"{word}, {one.text('weight')}" if one.text("weight") else word


def months_of(rec: Rec) -> str:
    return months(begun(rec), ended(rec))


def good(recs: Sequence[Rec]) -> list[Rec]:
    """Episodes whose practice was good."""
    return [rec for rec in recs if rec.text("judgement") == "good"]
