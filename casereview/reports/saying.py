"""How reports put counts, parts, days and quartiles into words, hidden ones included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from casereview.oversight.figures.durations import Quartiles
from casereview.oversight.figures.suppress import Part
from casereview.oversight.questions import Answer, question_of
from casereview.reports.document import Block, Note, Words, long_date

HIDDEN = "not shown"


def number(count: float | None) -> str:
    """A count, or that it is too small to show."""
    return HIDDEN if count is None else f"{count:,.10g}"


def days(count: float | None) -> str:
    """Such as “12.5”; “–” where there is none."""
    return "–" if count is None else f"{count:,.1f}".removesuffix(".0")


def of(part: Part) -> str:
    """Such as “12 of 30”, or why it is not shown."""
    if part.hidden == "few" and part.of is not None:
        return f"a few of {part.of:,}"
    if part.hidden == "nearly all" and part.of is not None:
        return f"nearly all of {part.of:,}"
    if part.count is None or part.of is None:
        return HIDDEN
    return f"{part.count:,} of {part.of:,}" if part.of else "–"


def quarters(found: Quartiles | None) -> tuple[str, str, str]:
    """Lower quartile, median and upper quartile as three cells."""
    return ("–", "–", "–") if found is None else (days(found.lower), days(found.median), days(found.upper))


def period(first: date | None, last: date) -> str:
    """Such as “22 November 2025 to 21 November 2026”."""
    return f"up to {long_date(last)}" if first is None else f"{long_date(first)} to {long_date(last)}"


_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_SHORT = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"


def short_date(day: date | None) -> str:
    """Such as 9 Nov 2026."""
    return "–" if day is None else f"{day.day} {_SHORT[4 * day.month - 4 : 4 * day.month - 1]} {day.year}"


def plain_dates(text: str) -> str:
    """Dates such as 2026-11-09 in a sentence of ours as people write them; for what people wrote, leave it alone."""
    return _ISO.sub(_as_written, text)


def _as_written(found: re.Match[str]) -> str:
    try:
        return short_date(date(int(found[1]), int(found[2]), int(found[3])))
    except ValueError:
        return found[0]


def counted(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """One, two and three."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def asked(figure: str, answers: Iterable[Answer]) -> list[Block]:
    """The question a figure raises, and what people have answered so far (decision 30)."""
    said: list[Block] = [Note(question_of(figure), "question")]
    said += [Words(one.text, f"{one.by_name}, {long_date(one.on)}") for one in answers if one.figure == figure]
    return said
