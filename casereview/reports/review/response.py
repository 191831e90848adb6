"""The board's response: finding by finding, what it holds of each, what it does, and how it will know."""

from __future__ import annotations

from collections.abc import Iterator

from casereview.method.findings import ACTION, IMPACT, POSITION, RESPONSE, Anatomy
from casereview.method.review import Rec
from casereview.reports.document import Heading, Items, Note, Paragraph, Table
from casereview.reports.review import recommended
from casereview.reports.review.columns import wide
from casereview.reports.review.times import month
from casereview.reports.review.told import Part, Told, text
from casereview.reports.saying import counted

SAYS = (
    "The analysis is the reviewers’; the answer is the board’s. Below each of them stands what the board holds of it, "
    "what it does and why, what difference is meant for children, and how it will know. A measure is not always the "
    "answer, and doing nothing can be one, with its reason."
)
_FIELDS = (
    ("reasoning", "What the board thought about it.", True), ("options", "Ways to answer that were considered.", False),
    ("already_done", "What has been done already.", False),
    ("difference", "The difference intended for children.", False),
    ("how_known", "How the board will know.", False), ("no_action_reason", "Why nothing needs doing.", False),
)  # fmt: skip


def response(told: Told) -> Iterator[Part]:
    yield Heading("The response in short")
    if not told.findings:
        yield from told.no_findings()
        return
    yield Paragraph(SAYS)
    yield _in_short(told)
    for one in told.findings:
        yield from _answered(told, one)
    yield from _other_actions(told)


def _in_short(told: Told) -> Table:
    rows = []
    for one in told.findings:
        answers, count = _answers(told, one), len(_actions(told, one))
        held = "; ".join(dict.fromkeys(_position(told, rec, subject) for subject, rec in answers))
        held = held or "; ".join(rec.text("position") for rec in _taken(told, one.rec, "finding")[-1:])
        rows.append((str(told.number_of[one.number]), text(one.rec, "statement"), held or "not answered yet",
                     counted(count, "action") if count else "–"))  # fmt: skip
    columns = wide(("", 0.4), (told.called.capitalize(), 4), ("Position", 1.5), ("Actions", 1))
    return Table(f"Each {told.called} and its answer", columns, tuple(rows))


# ---- one finding ---------------------------------------------------------------------------------------------------
def _answers(told: Told, one: Anatomy) -> list[tuple[Rec, Rec]]:
    """What is answered (the finding, or a recommendation made of it), and the newest response to it."""
    subjects = [(one.rec, "finding"), *((rec, recommended.POINTS) for rec in recommended.made_of(told, one.number))]
    found = []
    for subject, name in subjects:
        responses = [rec for rec in told.review.pointing(RESPONSE, name, subject.number) if _whole(rec, name)]
        if responses:
            found.append((subject, responses[-1]))
    return found


def _whole(rec: Rec, name: str) -> bool:
    """A response to a recommendation may name its pattern too: it is told once, under the recommendation."""
    return name != "finding" or rec.link(recommended.POINTS) is None


def _position(told: Told, rec: Rec, subject: Rec) -> str:
    """The newest position taken, in the response or on its own."""
    name = "finding" if subject.kind == "finding" else recommended.POINTS
    taken = told.review.pointing(POSITION, name, subject.number)
    return rec.text("position") or (taken[-1].text("position") if taken else "")


def _answered(told: Told, one: Anatomy) -> Iterator[Part]:
    at = told.number_of[one.number]
    yield Heading(f"{told.called.capitalize()} {at}")
    yield Paragraph(text(one.rec, "statement"))
    if one.rec.many("questions"):
        yield Paragraph("", "The reviewers asked the board:")
        yield Items(one.rec.many("questions"))
    yield from _positions(told, one.rec, "finding")
    answers = _answers(told, one)
    made = recommended.made_of(told, one.number)
    if not recommended.has_them(told) and not answers:
        yield from told.add(RESPONSE, f"the board’s answer to {told.called} {at}", must=True)
    numbers = {rec.number: n for n, rec in enumerate(recommended.in_order(told), 1)}
    for subject, rec in answers:
        if subject.kind == recommended.KIND:
            yield Heading(f"Recommendation {numbers[subject.number]}", 2)
            yield Paragraph(text(subject, "text"))
            yield from _positions(told, subject, recommended.POINTS)
        yield from _response(told, rec)
    for subject in made:
        if subject.number not in {found.number for found, _ in answers}:
            yield from told.add(RESPONSE, f"the answer to recommendation {numbers[subject.number]}", must=True)
    yield from _acted(told, one)


def _positions(told: Told, subject: Rec, name: str) -> Iterator[Part]:
    own = _taken(told, subject, name)
    if own:
        rec = own[-1]
        why = f" {text(rec, 'reasons')}" if text(rec, "reasons") else ""
        held = f"{rec.text('position').capitalize()}, {month(rec.day('taken_on'))}.{why}"
        yield Paragraph(held, "The board’s position.")


def _taken(told: Told, subject: Rec, name: str) -> list[Rec]:
    """Positions on a finding itself, or on a recommendation."""
    found = told.review.pointing(POSITION, name, subject.number)
    return [rec for rec in found if name != "finding" or rec.link(recommended.POINTS) is None]


def _response(told: Told, rec: Rec) -> Iterator[Part]:
    kind = f" ({rec.text('kind')})" if rec.text("kind") else ""
    yield Paragraph(f"{rec.text('position').capitalize()}{kind}.", "The board’s answer.")
    for name, lead, must in _FIELDS:
        if text(rec, name):
            yield Paragraph(text(rec, name), lead)
        elif must:
            yield from told.field(rec, name, lead, must=True)
    if not text(rec, "difference") and not text(rec, "no_action_reason"):
        yield from told.field(rec, "difference", "what difference is intended for children")


# ---- what is done ----------------------------------------------------------------------------------------------------
def _actions(told: Told, one: Anatomy) -> list[Rec]:
    numbers = {rec.number for rec in recommended.made_of(told, one.number)}
    return [
        rec for rec in told.review.of(ACTION)
        if rec.link("finding") == one.number or rec.link(recommended.POINTS) in numbers
    ]  # fmt: skip


def _acted(told: Told, one: Anatomy) -> Iterator[Part]:
    found = _actions(told, one)
    if found:
        yield from _table(told, found, "What is done")
    elif not any(text(rec, "no_action_reason") for _, rec in _answers(told, one)):
        yield from told.add(ACTION, f"what is done because of {told.called} {told.number_of[one.number]}")


def _table(told: Told, actions: list[Rec], caption: str) -> Iterator[Part]:
    columns = wide(("What", 2.6), ("Owner", 1.3), ("By about", 1), ("Difference intended", 2),
                   ("What would show it", 1.8), ("Stands", 1))  # fmt: skip
    yield Table(caption, columns, tuple(
        (text(rec, "what"), rec.text("owner"), month(rec.day("by_about")) or "–", text(rec, "difference") or "–",
         text(rec, "signal") or "–", rec.text("status"))
        for rec in actions
    ))  # fmt: skip
    seen = [(rec, look) for rec in actions for look in told.review.pointing(IMPACT, ACTION, rec.number)]
    if seen:
        yield Table("Was it done, and did it help?", wide(("Action", 2), ("When", 1), ("Done", 0.8), ("Helped", 1),
                    ("What tells us so, and what else changed", 3.4)), tuple(
            (text(rec, "what"), month(look.day("checked_on")), look.text("done"), look.text("helped"), _tells(look))
            for rec, look in seen
        ))  # fmt: skip


def _tells(look: Rec) -> str:
    also = f"\nNot intended: {text(look, 'unintended')}" if text(look, "unintended") else ""
    return f"{text(look, 'evidence')}{also}"


def _other_actions(told: Told) -> Iterator[Part]:
    """Actions of no finding that is told here."""
    shown = {rec.number for one in told.findings for rec in _actions(told, one)}
    others = [rec for rec in told.review.of(ACTION) if rec.number not in shown and rec.link("finding") is None]
    if others:
        yield Heading("Other actions")
        yield from _table(told, others, "What is done besides")
    if told.findings and not told.review.of(RESPONSE) and not told.final:
        yield Note("The board has answered nothing yet: the response is written one by one.")
