"""The parts of a position paper: what was recommended, where it stands nationally and here, what moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from casereview.learning.recommendation_gaps import in_short
from casereview.learning.recommendations import (
    NATIONAL,
    NONE_YET,
    NOT_SAID,
    Chain,
    Said,
    short,
)
from casereview.reports.document import (
    Answer,
    Block,
    Column,
    Heading,
    Items,
    NewPage,
    Note,
    Paragraph,
    Table,
)
from casereview.reports.parts_position_each import each, meetings, sources
from casereview.reports.position_of import GAP, Line, Paper, when
from casereview.reports.saying import counted, listed, short_date

GLANCE = 130  # characters of a position in the table; the whole of it stands further below
ORDER = ("accepted", "accepted in principle", "locally determined", "not adopted as asked", NOT_SAID, NONE_YET)


def blocks(paper: Paper) -> Iterator[Block]:
    """The whole paper but for where it comes from."""
    yield from _summary(paper)
    yield from _asked_of_the_board(paper)
    yield from _at_a_glance(paper)
    yield from _actions(paper)
    yield from _moved(paper)
    yield from _gaps(paper)
    yield NewPage()
    yield Heading("Each recommendation")
    for line in paper.lines:
        yield from each(paper, line)
    yield from meetings(paper)
    yield from sources(paper)


# ---- the first page ------------------------------------------------------------------------------------------------
def _summary(paper: Paper) -> Iterator[Block]:
    yield Heading("Summary")
    single = paper.single
    first = next((line.one for line in paper.lines if line.one.made_by), None)
    by = f", made by {first.made_by}{f' ({first.made_when})' if first.made_when else ''}" if first else ""
    yield Paragraph(
        f"{counted(len(single), 'recommendation')} from: {paper.name}{by}. This paper says how each was answered, "
        f"where it stands nationally and {f'in {paper.place}' if paper.place else 'locally'}, what is being done, and "
        "what is not known. Nothing is filled in: a gap is printed as a gap."
    )
    tally = Counter(line.one.answer for line in single)
    yield Table(
        "How they were answered",
        (Column("Answer", weight=3), Column("How many", right=True), Column("Which", weight=3)),
        tuple(
            (answer, str(tally[answer]),
             ", ".join(line.one.number or "–" for line in single if line.one.answer == answer))
            for answer in [*ORDER, *sorted(set(tally) - set(ORDER))] if tally[answer]
        ),
    )  # fmt: skip
    moved = [line for line in paper.lines if line.one.slipped]
    gaps = [line for line in paper.lines if line.gaps]
    yield Items((
        f"A promised date moved for {counted(len(moved), 'recommendation')}: {_numbers(moved)}." if moved
        else "No promised date has moved.",
        f"Something is not known of {_how_many(gaps, paper)}." if gaps else "Nothing that this paper asks is missing.",
    ))  # fmt: skip


def _how_many(gaps: Sequence[Line], paper: Paper) -> str:
    if len(gaps) > 1 and len(gaps) == len(paper.single) and not any(line.one.whole for line in gaps):
        return "each of them"
    return f"{counted(len(gaps), 'recommendation')}{f': {_numbers(gaps)}' if gaps else ''}"


def _numbers(lines: Sequence[Line]) -> str:
    return listed([line.one.number or f"“{short(line.one.title, 50)}”" for line in lines])


def _asked_of_the_board(paper: Paper) -> Iterator[Block]:
    here = f"in {paper.place}" if paper.place else "locally"
    yield Heading("What the board is asked to do", 2)
    yield Items((
        "Note where the recommendations stand that are led nationally.",
        f"Note what has been done {here}, and what is to come.",
        "Say of each gap who will find out, and by when; or that it need not be known.",
        "Say of each date that moved what it means for children and for practice here.",
    ), numbered=True)  # fmt: skip
    yield Answer("What the board decided", 4)


def _at_a_glance(paper: Paper) -> Iterator[Block]:
    yield Heading("Where they stand")
    yield Table(
        "Each recommendation: nationally, locally, and what is not known; in full further below",
        (Column("No.", weight=0.45), Column("Recommendation", weight=1.5), Column("National position", weight=2.2),
         Column("Local position", weight=2.4), Column("Not known", weight=1.1)),
        tuple(_row(paper, line) for line in paper.single),
        "None is followed here.",
    )  # fmt: skip


def _row(paper: Paper, line: Line) -> tuple[str, ...]:
    one = line.one
    national = one.national
    answer = "" if one.answer in (NOT_SAID, NONE_YET) else f"{one.answer.capitalize()}. "
    ours = "Our reading: " if national and national.ours else ""
    nation = f"{answer}{ours}{short(national.text, GLANCE)}" if national else f"{answer}Position {GAP}"
    local = "\n".join(f"{_place(said)}: {short(said.text, GLANCE)}" for said in paper.local(one))
    return one.number or "–", one.title, nation, local or f"Position {GAP}", in_short(line.gaps) or "–"


def _place(said: Said) -> str:
    return f"{said.who} (our reading)" if said.ours else said.who


def _actions(paper: Paper) -> Iterator[Block]:
    yield Heading("Actions")
    rows = tuple(
        (line.one.number or "–", doing.what, doing.place or ("nationally" if doing.whose == NATIONAL else GAP),
         doing.owner or GAP, when(doing), doing.status)
        for line in paper.lines for doing in paper.actions(line.one)
    )  # fmt: skip
    yield Table("What is done, who sees to it, and by when", _ACTIONS, rows, "No action is recorded.")


_ACTIONS = (Column("No.", weight=0.4), Column("Action", weight=3), Column("Where", weight=0.9),
            Column("Owner", weight=1.5), Column("By when", weight=1.1), Column("Standing", weight=0.9))  # fmt: skip


def _moved(paper: Paper) -> Iterator[Block]:
    chains = [(line, chain) for line in paper.lines for chain in line.one.chains]
    yield Heading("Dates that were promised")
    yield Paragraph(
        "Every date that was given for one thing stands in one line, in the order in which they were said. A later "
        "date is not a fault by itself: the reason given for it, and what it means here, are what counts."
    )
    rows = tuple(
        (line.one.number or "–", chain.what, " → ".join(link.for_words for link in chain.links), _moves(chain),
         _came(chain, paper.day))
        for line, chain in sorted(chains, key=lambda one: -one[1].slips)
    )  # fmt: skip
    columns = (Column("No.", weight=0.4), Column("What", weight=1.8), Column("Promised for", weight=2.4),
               Column("Moved", weight=0.8), Column("Did it come?", weight=1.8))  # fmt: skip
    yield Table("Promised dates", columns, rows, "No promised date is recorded.")
    for line, chain in chains:
        if chain.slips:
            yield Table(
                f"{line.one.number}  {chain.what}: who said so, and when".strip(),
                (Column("For when", weight=1.2), Column("Said by", weight=1.5), Column("When it was said", weight=2),
                 Column("Why it moved, and source", weight=2)),
                tuple(
                    (link.for_words, link.said_by, link.said_when or short_date(link.on),
                     "\n".join(part for part in (link.why, link.source) if part) or GAP)
                    for link in chain.links
                ),
            )  # fmt: skip


def _moves(chain: Chain) -> str:
    return {0: "no", 1: "once", 2: "twice"}.get(chain.slips, f"{chain.slips} times")


def _came(chain: Chain, day: date) -> str:
    last = chain.newest
    if last.kept in ("kept", "not kept"):
        return f"{'yes' if last.kept == 'kept' else 'no'}{f': {last.kept_says}' if last.kept_says else ''}"
    return last.kept_says or ("still ahead" if last.latest >= day else GAP)


def _gaps(paper: Paper) -> Iterator[Block]:
    yield Heading("What is not known")
    rows = tuple((line.one.number or "–", line.one.title, gap) for line in paper.lines for gap in line.gaps)
    columns = (Column("No.", weight=0.4), Column("Recommendation", weight=1.6), Column("Gap", weight=4))
    yield Table("Gaps", columns, rows, "Nothing that this paper asks is missing.")
    if rows:
        yield Note("Who finds each of these out, by when, and which of them need not be known?", "question")
