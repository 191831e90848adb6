"""The appendices of a review report: the process in numbers, glossary, standards and sources, where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casereview.method.episodes import EPISODE
from casereview.method.findings import EVIDENCE
from casereview.reports.document import Block, Column, Heading, Items, Line, Pairs, Paragraph, Table, long_date
from casereview.reports.provenance import Source
from casereview.reports.review.told import APPENDIX, Part, Told, month

NOBODY = "Not wishing to take part, not being able to, and being advised to wait are answers, and count against nobody."


def process(told: Told) -> Iterator[Part]:
    found = told.counts
    yield Heading(f"{APPENDIX} The process in detail")
    rows = [*_rows("Meeting", found.meetings), *_rows("Conversation", found.conversations)]
    rows += [*_rows("Conversation held with", found.by_position), *_rows("Asked to take part", found.answers)]
    rows += _rows("With the family", found.family)
    for what, count in (("Documents asked for", found.documents), ("Supervision of the method", found.supervision),
                        ("Quality assurance", found.looked_at), ("Comments on drafts", found.comments),
                        ("of these, kept as differing views", found.kept_apart)):  # fmt: skip
        if count:
            rows.append((what, "", str(count)))
    columns = Column("What", weight=2), Column("Which", weight=3), Column("How many", right=True)
    yield Table("How the review was done", columns, tuple(rows), "Nothing is written down of it yet.")
    yield Paragraph(NOBODY)


def _rows(what: str, found: Mapping[str, int]) -> list[tuple[str, str, str]]:
    return [(what, which, str(count)) for which, count in found.items()]


def glossary(told: Told) -> Iterator[Part]:
    yield Heading(f"{APPENDIX} Glossary")
    yield from told.own("glossary", "words of the trade, explained")


def sources(told: Told) -> Iterator[Part]:
    yield Heading(f"{APPENDIX} Standards and sources")
    used: dict[str, None] = {}
    for rec in told.review.of(EPISODE):
        if rec.text("standard"):
            since = month(rec.day("standard_date"))
            used.setdefault(f"{rec.text('standard')}{f', {since}' if since else ''}")
    if used:
        yield Paragraph("Practice was looked at by these standards, each of its own day:")
        yield Items(tuple(used))
    where = {rec.text("where"): None for rec in told.review.of(EVIDENCE) if rec.text("where")}
    if where:
        yield Paragraph("How usual things are was looked up in:")
        yield Items(tuple(where))
    yield from told.own("sources", "a list of what was read")


def rests_on(told: Told, source: Source, marking: str) -> Iterator[Block]:
    """Where the paper comes from, so that anybody can hold it against the store; kept off its first pages."""
    case = told.review.case
    yield Heading(f"{APPENDIX} Where this paper comes from")
    when = f"the end of {long_date(source.day)}" if source.asked_on else long_date(source.day)
    pairs = [("Review", case.ref), ("As at", when), ("Entry of the review", f"{case.number:,}")]
    if case.worded:
        pairs.append(("What is published last changed", f"at entry {case.worded:,}"))
    pairs += [("Standing", marking or "final")]
    pairs += [("Workflow", f"{case.workflow}, version {case.version}"), ("Hash of its text", case.hash)]
    pairs += [("Store", source.store)]
    pairs.append(("Hash of that entry", source.head.hash))
    if source.practice:
        pairs.append(("Practice store", "Everything in it is made up, for practice."))
    yield Pairs(tuple(pairs))
    yield Paragraph("Its words are those of records that may be published, and nothing else; the rest is counting. "
                    "The anchor of the journal, to be kept in the minutes:")  # fmt: skip
    yield Line(f"casereview anchor {source.head.seq} {source.head.hash}")


END = (process, glossary, sources)
