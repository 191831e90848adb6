"""Recommendations, in reviews held by the guide of 2008: three kinds, of which only the clear-cut has a target."""

from __future__ import annotations

from collections.abc import Iterator

from casereview.method.review import Rec
from casereview.reports.document import Heading, Paragraph, Table
from casereview.reports.review.columns import wide
from casereview.reports.review.times import month
from casereview.reports.review.told import TOLD_AS_FOUND, Part, Told, text

KIND, TARGET, POINTS = "system-recommendation", "measurable-target", "recommendation"
CLEAR_CUT, WITHDRAWN = "clear-cut", "withdrawn"


def has_them(told: Told) -> bool:
    """Whether this profile ends in recommendations rather than in questions for the board."""
    return KIND in told.review.definition.records


def made_of(told: Told, finding: int) -> list[Rec]:
    """Those made of one pattern; of a final paper only the agreed."""
    found = [rec for rec in told.review.pointing(KIND, "finding", finding) if rec.text("state") != WITHDRAWN]
    return [rec for rec in found if not told.final or rec.text("state") == "agreed"]


def in_order(told: Told) -> list[Rec]:
    """Every recommendation, by the pattern it is made of: the order they are numbered in."""
    return [rec for one in told.findings for rec in made_of(told, one.number)]


def recommendations(told: Told, finding: int) -> Iterator[Part]:
    """What is recommended because of one pattern, with the target of a clear-cut one."""
    if not has_them(told):
        return
    found = made_of(told, finding)
    if not found:
        yield from told.add(KIND, "what is recommended because of it")
        return
    numbers = {rec.number: at for at, rec in enumerate(in_order(told), 1)}
    for rec in found:
        yield Heading(f"Recommendation {numbers[rec.number]}: {rec.text('kind')}", 3)
        yield from told_one(told, rec)


def told_one(told: Told, rec: Rec) -> Iterator[Part]:
    yield Paragraph(text(rec, "text"))
    if rec.text("addressed_to"):
        yield Paragraph(rec.text("addressed_to"), "To whom.")
    if text(rec, "why_kind"):
        yield Paragraph(text(rec, "why_kind"), "Why it is of this kind.")
    targets = told.review.pointing(TARGET, POINTS, rec.number)
    if rec.text("kind") == CLEAR_CUT:  # the other kinds are never asked for one
        rows = tuple(
            (text(one, "what"), one.text("measure"), one.text("owner") or "–", month(one.day("by_about")) or "–")
            for one in targets
        )
        if rows:
            columns = wide(("What would be done", 3), ("How one could see it", 2), ("Owner", 1.4), ("By about", 1))
            yield Table("Its target", columns, rows)
        else:
            yield from told.add(TARGET, "the target of a clear-cut recommendation")


def not_agreed(told: Told) -> Iterator[Rec]:
    """Recommendations a final report would leave out without anybody having put them aside."""
    public = {one.number for one in told.every_finding if one.state in TOLD_AS_FOUND}
    for rec in told.review.of(KIND):
        if rec.link("finding") in public and rec.text("state") not in ("agreed", WITHDRAWN):
            yield rec
