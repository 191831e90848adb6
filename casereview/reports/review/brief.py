"""The learning brief: two pages for those who work with families, in general terms, without anybody in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casereview.reports.document import Heading, Items, Paragraph
from casereview.reports.review.practice import good
from casereview.reports.review.told import Part, Told, text

FOR = (
    "For those who work with children and families, and those who lead them. It tells what one review learned about "
    "how services work together. It is about patterns and not about people: most of them will be met elsewhere too."
)
MORE = "The review report tells the whole, and how firm each pattern is."


@dataclass(frozen=True, slots=True)
class Size:
    """How much is told: patterns, lines of other lists, and characters of each text."""

    patterns: int
    others: int
    letters: int


SIZES = (Size(12, 8, 900), Size(10, 6, 600), Size(8, 5, 420), Size(7, 4, 300), Size(6, 3, 200), Size(5, 2, 120))
"""From the fullest to the tersest: the first that keeps to the pages there are."""


def brief(told: Told, size: Size = SIZES[0]) -> Iterator[Part]:
    yield Paragraph(FOR)
    yield Heading("What happened, in general terms")
    own = told.written("brief: what happened")
    if own or not told.written("succinct summary"):
        for part in told.own("brief: what happened", "what happened, in general terms", must=True):
            yield Paragraph(_cut(part.text, size.letters)) if isinstance(part, Paragraph) else part
    else:
        yield Paragraph(_cut(told.written("succinct summary"), size.letters))
    yield from _patterns(told, size)
    yield from _good(told, size)
    yield from _try(told, size)
    yield Paragraph(MORE)


def _patterns(told: Told, size: Size) -> Iterator[Part]:
    yield Heading("The patterns behind it")
    if not told.findings:
        yield from told.no_findings()
        return
    found = [one for one in told.findings if one.rec.text("effect") != "supports"] or list(told.findings)
    said = []
    for one in found[: size.patterns]:
        short = text(one.rec, "summary") if size.letters > 300 else ""
        said.append(_cut(" ".join(f"{text(one.rec, 'statement')} {short}".split()), size.letters))
    yield Items(tuple(said), numbered=True)
    yield from _left(len(found) - len(said), "pattern")


def _good(told: Told, size: Size) -> Iterator[Part]:
    """Work that went well is as much to learn from."""
    yield Heading("What worked well")
    said = [text(one.rec, "statement") for one in told.findings if one.rec.text("effect") == "supports"]
    said += [f"{rec.text('title')}: {text(rec, 'why_key') or text(rec, 'description')}" for rec in good(told.episodes)]
    if said:
        yield Items(tuple(_cut(" ".join(one.split()), size.letters) for one in said[: size.others]))
        yield from _left(len(said) - size.others, "example")


def _try(told: Told, size: Size) -> Iterator[Part]:
    yield Heading("What you might try, and ask in your team")
    own = [line for line in told.written("brief: what to try").splitlines() if line.strip()]
    other = [text(rec, "learning") for rec in told.review.of("additional-learning")]
    other += [f"{text(rec, 'does_now')}" for rec in told.review.of("learning-of-participants") if text(rec, "does_now")]
    asked = [question for one in told.findings for question in one.rec.many("questions")]
    said = own or [*other, *asked]
    if not own:
        yield from (part for part in told.own("brief: what to try", "what teams could try, one to a line"))
    if said:
        yield Items(tuple(_cut(" ".join(one.split()), size.letters) for one in said[: size.others]))
        yield from _left(len(said) - size.others, "thing to try", "things to try")


def _left(count: int, one: str, many: str = "") -> Iterator[Part]:
    if count > 0:
        yield Paragraph(f"{count} more {one if count == 1 else many or one + 's'} in the report.")


def _cut(said: str, most: int) -> str:
    """A text, or as many of its sentences as there is room for; at the least some of its words."""
    if len(said) <= most:
        return said
    head = said[:most]
    end = max(head.rfind(mark) for mark in (". ", "! ", "? ", ".\n"))
    return head[: end + 1] if end > most // 3 else f"{head.rsplit(' ', 1)[0]}…"
