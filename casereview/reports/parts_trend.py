"""Part of a report: the months beside each other, with the limits they usually keep and what people know of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casereview.oversight.figures.forecast import forecast
from casereview.oversight.figures.months import Point, Trend, trend
from casereview.reports.document import Block, Chart, Note, Paragraph
from casereview.reports.parts_figures import Group
from casereview.reports.saying import HIDDEN, asked, days, listed

Story = tuple[str, str]
"""The month it is about, and what somebody knows of it, with their name."""


def months(group: Group, stories: Sequence[Story]) -> Iterator[Block]:
    """A control chart of the median, month by month, with every signal asking for its story."""
    found = trend(group.facts, group.source.day, smallest=group.source.smallest)
    known = [one for one in found.points if one.value is not None]
    if len(known) < 2:
        yield Paragraph("There are too few months with enough in them to show.", lead="Month by month:")
        return
    yield _chart(found, stories)
    for one in found.points:
        if one.signals and not any(month == one.month for month, _ in stories):
            yield Note(f"{one.month} is {listed(one.signals)}. Who knows what happened then?", "question")
    ahead = forecast(group.facts, group.source.day, found, smallest=group.source.smallest).carried
    if ahead is not None:
        yield Paragraph(
            f"If nothing changes, the median of the next months lies about {days(ahead.value)} working days, and "
            f"single months between {days(ahead.lower)} and {days(ahead.upper)}. This only carries on what was.",
            lead="Looking ahead:",
        )
        yield from asked("forecast", group.answers)
    yield from asked("trend", group.answers)


def _chart(found: Trend, stories: Sequence[Story]) -> Chart:
    labels = tuple(one.month for one in found.points)
    lines: tuple[tuple[str, float], ...] = ()
    if found.limits is not None:
        limits = found.limits
        lines = (("upper limit", round(limits.upper, 1)), ("average", round(limits.centre, 1)),
                 ("lower limit", round(limits.lower, 1)))  # fmt: skip
    notes = tuple((labels.index(month) + 1, text) for month, text in stories if month in labels)
    return Chart(
        "Month by month: median working days of what ended", "line", labels, tuple(one.value for one in found.points),
        "median working days", _tells(found), HIDDEN, lines, notes,
    )  # fmt: skip


def _tells(found: Trend) -> str:
    known: list[Point] = [one for one in found.points if one.value is not None]
    low = min(known, key=lambda one: one.value or 0)
    high = max(known, key=lambda one: one.value or 0)
    said = (
        f"From {known[0].month} to {known[-1].month} the median of a month lay between {days(low.value)} ({low.month}) "
        f"and {days(high.value)} ({high.month}) working days."
    )
    if found.limits is None:
        return f"{said} There are too few months to work out limits from."
    signals = sum(bool(one.signals) for one in found.points)
    if not signals:
        return f"{said} No month stands out from the ups and downs that months always have."
    return f"{said} {signals} of {len(known)} months stand out from the ups and downs that months always have."
