"""The page of service information in words, and as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from casereview.oversight.questions import answers
from casereview.oversight.service_information import FIGURE, ServicePage
from casereview.service.desk import Desk

HEADINGS = ("kind", "measure", "area", "from", "to", "value", "source", "words")
NO_POPULATION = (
    "Nothing is kept of the population, and nothing is guessed. Read a file in: area, year, measure, value, source."
)


def blocks(desk: Desk, page: ServicePage) -> Iterator[tuple[str, list[str]]]:
    """Headings, each with its lines: the numbers of the service, every measure with its question, the population."""
    team = f", {page.team}" if page.team else ""
    yield f"From {page.since} to {page.until}{team}", list(page.numbers)
    for section in page.sections:
        lines: list[str] = []
        for one in section.recorded:
            lines.append(one.line(page.smallest))
            if one.words:
                lines.append(f"In their words: {one.words}")
        lines += [section.missing] if section.missing else []
        lines += [*section.ours, f"Is this good or bad? {section.measure.asks}"]
        yield section.measure.title, lines
    said = [f"{one.by_name}, {one.on}: {one.text}" for one in answers(desk, FIGURE)]
    if said:
        yield "What people have said about these figures", said
    yield "Population", [
        f"{p.measure}, {p.area}, {p.year}: {p.value}. Source: {p.source}." for p in page.population
    ] or [NO_POPULATION]  # fmt: skip


def rows(page: ServicePage) -> Iterator[tuple[object, ...]]:
    """Every figure with its time and source; those too small to show are said to be so."""
    for section in page.sections:
        for one in section.recorded:
            said, title = one.says(page.smallest), section.measure.title
            yield "service", title, "", one.since, one.until, said, one.source, one.words
    for p in page.population:
        yield "population", p.measure, p.area, p.year, p.year, p.value, p.source, ""
