"""The last parts of a position paper: each recommendation in full, what meetings agreed, and the papers it is from."""

from __future__ import annotations

from collections.abc import Iterator

from casereview.learning.recommendations import LOCAL, NATIONAL, NOT_SAID, Said, Tracked
from casereview.reports.document import Block, Column, Heading, Items, Pairs, Paragraph, Table
from casereview.reports.position_of import GAP, Line, Paper, when


def each(paper: Paper, line: Line) -> Iterator[Block]:
    one = line.one
    yield Heading(line.name, 2)
    facts = [("Recommended", one.text), ("Addressed to", one.addressed_to), ("Source", one.source)]
    facts += [(_whose(said, "answer"), _answer(said)) for said in one.answers]
    facts += [(f"National position: {said.who}", _told(said)) for said in one.newest(NATIONAL)]
    if not one.newest(NATIONAL):
        facts.append(("National position", GAP))
    facts += [(f"Earlier: {said.who}", _told(said)) for said in one.earlier(NATIONAL)]
    local = paper.local(one)
    facts += [(f"Local position: {said.who}", _told(said)) for said in local]
    if not local and not one.whole:
        facts.append(("Local position", GAP))
    facts += [(f"Earlier: {said.who}", _told(said)) for said in one.earlier(LOCAL) if paper.place in ("", said.who)]
    facts += [("Did it help?", f"Done: {seen.done}. Made a difference: {seen.helped}. {seen.evidence}")
              for seen in one.impacts]  # fmt: skip
    yield Pairs(tuple((what, text) for what, text in facts if text))


def _whose(said: Said, what: str) -> str:
    return f"{'National' if said.whose == NATIONAL else 'Local'} {what}: {said.who}"


def _answer(said: Said) -> str:
    how = "Answered; how is not said" if said.answer == NOT_SAID else said.answer.capitalize()
    words = said.text if said.text.startswith(how) else f"{how}. {said.text}".strip()
    return "\n".join(part for part in (words, _where(said)) if part)


def _told(said: Said) -> str:
    ours = "That it belongs to this recommendation is our reading; the paper does not name it." if said.ours else ""
    return "\n".join(part for part in (said.text, ours, _where(said)) if part)


def _where(said: Said) -> str:
    return " · ".join(part for part in (said.when, said.source) if part)


def meetings(paper: Paper) -> Iterator[Block]:
    found = [(line, doing) for line in paper.lines for doing in line.one.minutes]
    if not found:
        return
    yield Heading("Agreed in meetings")
    columns = (Column("No.", weight=0.4), Column("Meeting and minute", weight=1.9), Column("Agreed", weight=3),
               Column("Owner", weight=1.2), Column("By when", weight=0.9), Column("Standing", weight=0.9))  # fmt: skip
    yield Table("Actions in minutes", columns, tuple(
        (line.one.number or "all", f"{doing.meeting}: {doing.minute}", doing.what, doing.owner or GAP, when(doing),
         doing.status)
        for line, doing in found
    ))  # fmt: skip


def sources(paper: Paper) -> Iterator[Block]:
    found = {
        part.strip()
        for line in paper.lines
        for text in _every_source(line.one)
        for part in text.split(";") if part.strip()
    }  # fmt: skip
    if found:
        yield Heading("Where this is from")
        yield Paragraph("In our own words and short. The papers say more, and are the ones to read.")
        yield Items(tuple(sorted(found, key=str.casefold)))


def _every_source(one: Tracked) -> Iterator[str]:
    yield one.source
    yield from (said.source for said in (*one.answers, *one.positions))
    yield from (doing.source for doing in one.actions)
    yield from (link.source for chain in one.chains for link in chain.links)
