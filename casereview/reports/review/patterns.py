"""The findings in a review report: how the case is a window, a summary, each in detail, and what else was learned."""

from __future__ import annotations

from collections.abc import Iterator

from casereview.method.findings import EVIDENCE, Anatomy
from casereview.method.review import Rec
from casereview.reports.document import Column, Heading, Items, Note, Paragraph, Table
from casereview.reports.review import figures
from casereview.reports.review.columns import wide
from casereview.reports.review.recommended import not_agreed, recommendations
from casereview.reports.review.told import TOLD_AS_FOUND, NotYet, Part, Told, month, text
from casereview.reports.saying import counted

LEVELS = {
    "front line": "the front line", "local board and agencies": "the local board and its agencies",
    "national": "those who act nationally", "research needed": "research",
}  # fmt: skip


def window(told: Told) -> Iterator[Part]:
    yield Heading("In what way this case is a window on the system")
    yield from told.own("how the case is a window", "what light this case sheds on how reliable the system is")
    said = [(told.number_of[one.number], text(one.rec, "implications")) for one in told.findings]
    if any(words for _, words in said):
        says = f"What each {told.called} means for how reliable the system is that is there to protect children:"
        yield Paragraph(says)
        rows = tuple((str(at), words) for at, words in said if words)
        columns = wide((told.called.capitalize(), 0.6), ("It means", 5))
        yield Table(f"What the {told.called}s mean for reliability", columns, rows)


def summary(told: Told) -> Iterator[Part]:
    yield Heading(f"Summary of {told.called}s")
    if not told.every_finding:
        yield from told.add("finding", "the findings about the system", must=True)
        return
    yield from _not_agreed(told)
    if not told.findings:
        return
    yield Paragraph(f"The review brought out {counted(len(told.findings), told.called)}: each is something underneath, "
                    "in how the system works, and what that does to the safety of children. What supports good "
                    "practice counts as much as what hinders it.")  # fmt: skip
    rows = tuple(
        (str(told.number_of[one.number]), text(one.rec, "statement"), one.rec.text("category"), firm(one),
         LEVELS.get(one.rec.text("level"), one.rec.text("level")))
        for one in told.findings
    )  # fmt: skip
    columns = wide(("", 0.35), (told.called.capitalize(), 3.6), ("Kind", 1.7), ("How firm", 1.2), ("Who can act", 1.4))
    yield Table(f"The {told.called}s", columns, rows)
    yield from figures.patterns(told)


def _not_agreed(told: Told) -> Iterator[NotYet]:
    """A final report holds agreed findings only, and says so where one is neither agreed nor put aside."""
    for one in told.every_finding:
        if one.state not in TOLD_AS_FOUND:
            state = one.state or "without a state"
            what = f"that {told.called} {one.number} is agreed or not taken forward (it is {state})"
            yield NotYet(what, f"casereview correct {told.ref} {one.number} state=…", True)
    for rec in not_agreed(told):
        state = rec.text("state") or "without a state"
        what = f"that recommendation {rec.number} is agreed or withdrawn (it is {state})"
        yield NotYet(what, f"casereview correct {told.ref} {rec.number} state=…", True)


def firm(one: Anatomy) -> str:
    """What its authors call it, and how far the evidence carries that; in 2008 it was not asked how firm."""
    strength = one.rec.text("strength")
    return f"{strength}; evidence: {one.grade.word}" if strength else f"evidence: {one.grade.word}"


# ---- one by one --------------------------------------------------------------------------------------------------
def detail(told: Told) -> Iterator[Part]:
    yield Heading(f"{told.called.capitalize()}s in detail")
    for one in told.findings:
        yield from _finding(told, one)


def _finding(told: Told, one: Anatomy) -> Iterator[Part]:
    rec, at = one.rec, told.number_of[one.number]
    yield Heading(f"{told.called.capitalize()} {at}", 2)
    yield Paragraph(text(rec, "statement"), "The pattern.")
    if not told.final and one.state not in TOLD_AS_FOUND:
        yield Note(f"This {told.called} is {one.state or 'without a state'}: it may still change, or go.")
    yield Paragraph(_kind(one), "What kind of pattern.")
    for answer in one.answers:
        if answer.field not in ("geographic_spread", "how_usual"):
            must = told.final or one.state in TOLD_AS_FOUND
            yield from told.field(rec, answer.field, f"finding {at}: {answer.ask}", lead=answer.ask, must=must)
    yield from _usual(told, at, one)
    if text(rec, "against"):
        yield Paragraph(text(rec, "against"), "What speaks against it, and where that was looked for.")
    if text(rec, "summary"):
        yield Paragraph(text(rec, "summary"), "In short.")
    yield from _to_weigh(told, one)


def _kind(one: Anatomy) -> str:
    rec = one.rec
    effect = {"supports": "It supports good practice.", "hinders": "It hinders good practice.",
              "both": "It both supports and hinders good practice."}  # fmt: skip
    also = [kind for kind in rec.many("also_category") if kind != rec.text("category")]
    touches = f", which touches {' and '.join(also)} as well" if also else ""
    level = LEVELS.get(rec.text("level"), rec.text("level"))
    act = f" Who can act on it: {level}." if level else ""
    kind = f"{rec.text('category')[:1].upper()}{rec.text('category')[1:]}{touches}."
    return f"{kind} {effect.get(rec.text('effect'), '')}{act}"


def _usual(told: Told, at: int, one: Anatomy) -> Iterator[Part]:
    """How widespread and usual it is, with the evidence for and against, graded by what is there."""
    rec = one.rec
    spread, usual = rec.text("geographic_spread"), text(rec, "how_usual")
    if spread or usual:
        where = f"{spread[:1].upper()}{spread[1:]}. " if spread else ""
        yield Paragraph(f"{where}{usual}", "How widespread and how usual it is.")
    else:
        yield from told.field(rec, "how_usual", f"finding {at}: how usual it is")
    rows = tuple(_evidence(row) for row in (*one.grade.speaks_for, *one.grade.speaks_against))
    if not rows:
        yield from told.add(EVIDENCE, f"finding {at}: evidence of how usual it is, for or against", must=True)
        return
    columns = wide(("Kind", 1.1), ("What it shows", 3.6), ("How many", 0.9), ("From", 1), ("Speaks", 0.9))
    yield Table("Evidence of how usual it is", columns, rows)
    yield Paragraph(f"{one.grade.says} One kind of evidence is called weak, two kinds or more supported.")


def _evidence(row: Rec) -> tuple[str, ...]:
    number, out_of = row.text("number"), row.text("out_of")
    many = f"{number} of {out_of}" if number and out_of else number or "–"
    speaks = "against it" if row.yes("against") else "for it"
    return row.text("kind"), text(row, "shows"), many, month(row.day("dated")) or "–", speaks


def _to_weigh(told: Told, one: Anatomy) -> Iterator[Part]:
    """Questions for the board, not instructions; recommendations where the profile has them."""
    asked = one.rec.many("questions")
    if asked:
        yield Paragraph("", "Questions for the board.")
        yield Items(asked)
    yield from recommendations(told, one.number)


# ---- beside the findings -----------------------------------------------------------------------------------------
def additional(told: Told) -> Iterator[Part]:
    yield Heading("Additional learning")
    found = told.review.of("additional-learning")
    if not found:
        return
    yield Paragraph("Worth knowing from this case, though no underlying pattern:")
    columns = Column("For whom", weight=1.4), Column("What", weight=4)
    yield Table("Additional learning", columns, tuple((rec.text("for_whom"), text(rec, "learning")) for rec in found))


def participants(told: Told) -> Iterator[Part]:
    yield Heading("What those who took part learned")
    found = told.review.of("learning-of-participants")
    if not found:
        yield from told.add("learning-of-participants", "what taking part taught")
        return
    yield Paragraph("A review teaches in its course as well as by its report. Those who took part said:")
    columns = wide(("Whose learning", 1.3), ("What they learned", 3), ("What they do otherwise now", 2.2))
    yield Table("Learning by taking part", columns, tuple(
        (rec.text("whose"), text(rec, "learned"), text(rec, "does_now") or "–") for rec in found))  # fmt: skip


def conclusion(told: Told) -> Iterator[Part]:
    yield Heading("Conclusion")
    yield from told.own("conclusion", "a conclusion")


PATTERNS = (window, summary, detail, additional, participants, conclusion)
