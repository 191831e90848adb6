"""What the pool, a likeness and a recommendation say in lines: the same words on the command line and the screens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casereview.learning.patterns import patterns
from casereview.learning.pool import BY_WORDS, NOT_SAID, ORIGIN_WORDS, ORIGINS, SMALL, Pooled, Recurrence, Row
from casereview.learning.recommendations import LOCAL, NATIONAL, Doing, Said, Tracked
from casereview.learning.similar import Alike
from casereview.method.lines import Say

MOST_WORDS = 6
NEVER_MERGED = "Likeness of words is a reason to read both. It says nothing of whether they are the same."


# ---- the pool ---------------------------------------------------------------------------------------------------
def heads(found: Recurrence) -> tuple[str, ...]:
    return (BY_WORDS[found.by], "our reviews", "packs", "published", "findings")


def cells(row: Row) -> tuple[str, ...]:
    """One row: in how many reviews of how many, by origin, and how many findings in all."""
    label = f"{row.label} (a name of a board's own)" if row.own else row.label
    return (label, *(row.counts[one].says for one in ORIGINS), str(row.findings))


def under(found: Recurrence, smallest: int = SMALL) -> Iterator[str]:
    """What has to be said of the numbers: what they are counted against, and how few that is."""
    yield "Each number: reviews with such a finding, of the reviews in which anybody coded that."
    for one in ORIGINS:
        if found.reviews[one]:
            rest = found.reviews[one] - found.coded[one]
            more = f"; {rest} not coded, which is not the same as without it" if rest else ""
            yield f"{ORIGIN_WORDS[one].capitalize()}: {found.coded[one]} of {found.reviews[one]} coded{more}."
    for gap in found.not_coded:
        few = ", ".join(gap.reviews[:8]) + (f" and {len(gap.reviews) - 8} more" if len(gap.reviews) > 8 else "")
        yield f"  Not counted ({gap.why}): {few}"
    few_of = [f"{ORIGIN_WORDS[one]} ({found.coded[one]})" for one in found.few(smallest)]
    if few_of:
        yield f"So few reviews say little of how usual something is: {'; '.join(few_of)}. Read the findings themselves."
    if found.by == "pattern" and len({row.edition for row in found.rows}) > 1:
        yield "The editions of 2008 and later are counted apart; how their names compare is a table of its own."


def groups(found: Recurrence) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """Rows under the title of their edition; one group without a title where nothing is counted by edition."""
    for edition in dict.fromkeys(row.edition for row in found.rows):
        known = patterns().editions.get(edition)
        yield (known.title if known else ""), tuple(row for row in found.rows if row.edition == edition)


def table_rows() -> Iterator[tuple[str, str, str]]:
    """Both editions beside each other: 2008, later, and how."""
    yield from ((one.earlier.label, one.later.label, one.how) for one in patterns().beside)


# ---- a finding ----------------------------------------------------------------------------------------------------
def kind_of(one: Pooled) -> str:
    found = patterns().kind(one.edition, one.category) if one.category else None
    return found.label if found else one.category or NOT_SAID


def finding(one: Pooled) -> Iterator[Say]:
    """A finding in full, with where it comes from always on top."""
    where = {"here": f"our review {one.review}", "pack": f"a learning pack of {one.board}",
             "published": f"a published review of {one.board or 'another board'}"}[one.origin]  # fmt: skip
    yield Say(f"{one.key} · from {where}", "title")
    yield Say(one.statement)
    if one.contact:
        yield Say(f"Facing the same? {one.board}: {one.contact}", "quiet")
    edition = patterns().editions[one.edition].title if one.edition in patterns().editions else one.edition
    coded = f" ({one.coded_by})" if one.coded_by else ""
    facts = [("Kind of pattern", f"{kind_of(one)}{coded}"), ("Edition", edition), ("Who can act", one.level),
             ("How firm", " · ".join(part for part in (one.strength, one.grade and f"evidence: {one.grade}") if part)),
             ("What it does", one.effect), ("Where it stands", one.state), ("Year", one.year)]  # fmt: skip
    for what, text in facts:
        yield Say(f"{what}: {text or NOT_SAID}")
    for what, text in one.more:
        yield Say(what, "label")
        yield Say(text, indent=2)


def why_alike(one: Alike) -> str:
    """Such as “0.41: letters 0.12, reading / read 0.10 …”: the words and what each adds to the whole."""
    words = [f"{' / '.join(shared.forms)} {shared.weight:.2f}" for shared in one.shared[:MOST_WORDS]]
    rest = len(one.shared) - MOST_WORDS
    more = f" and {rest} more, {sum(s.weight for s in one.shared[MOST_WORDS:]):.2f} together" if rest > 0 else ""
    return f"{one.similarity:.2f} = {' + '.join(words)}{more}"


# ---- a recommendation -----------------------------------------------------------------------------------------------
def recommendation(one: Tracked, gaps: Sequence[str]) -> Iterator[Say]:
    """One recommendation in full: national beside local, dates in their chain, gaps last."""
    number = f"{one.number}  " if one.number else ""
    yield Say(f"{number}{one.title} · {one.ref}", "title")
    yield Say(one.text)
    made = " · ".join(p for p in (one.set, one.made_by, one.made_when, f"to: {one.addressed_to}", one.source) if p)
    yield Say(f"{made} · {one.stage}", "quiet")
    for side, title in ((NATIONAL, "Nationally"), (LOCAL, "Locally")):
        yield Say(title, "head")
        answers = [said for said in one.answers if said.whose == side]
        positions = one.newest(side)
        for said in answers:
            yield from _said(said, f"Answer, {said.who}: {said.answer}")
        for said in positions:
            yield from _said(said, said.who)
        if not positions:
            yield Say("No position is recorded.", "ask", 2)
        for said in one.earlier(side):
            yield from _said(said, f"Earlier, {said.who}")
    yield from _done(one.actions, "Actions")
    yield from _done(one.minutes, "Agreed in meetings")
    if one.chains:
        yield Say("Promised dates", "head")
    for chain in one.chains:
        moved = f" (moved {chain.slips} {'time' if chain.slips == 1 else 'times'})" if chain.slips else ""
        yield Say(f"{chain.what}: {chain.says}{moved}", indent=2)
        for link in chain.links:
            yield Say(f"for {link.for_words}: said by {link.said_by}; {link.said_when or link.on}"
                      f"{f' · {link.source}' if link.source else ''}", "quiet", 4)  # fmt: skip
            if link.why:
                yield Say(f"why it moved: {link.why}", "quiet", 4)
    for seen in one.impacts:
        yield Say("Did it help?", "head")
        yield Say(f"Done: {seen.done}. Made a difference: {seen.helped}. {seen.evidence}", indent=2)
    yield Say("What is not known", "head")
    for gap in gaps:
        yield Say(f"– {gap}", "ask", 2)
    if not gaps:
        yield Say("Nothing that is asked here.", "quiet", 2)


def _said(said: Said, head: str) -> Iterator[Say]:
    yield Say(head, "label", 2)
    if said.text:
        yield Say(said.text, indent=4)
    ours = "our reading that it belongs here" if said.ours else ""
    yield Say(" · ".join(part for part in (said.when, said.source, ours) if part), "quiet", 4)


def _done(found: Sequence[Doing], title: str) -> Iterator[Say]:
    if found:
        yield Say(title, "head")
    for one in found:
        where = f"{one.meeting}, {one.minute}" if one.meeting else one.place or one.whose
        yield Say(one.what, indent=2)
        yield Say(f"{where} · owner: {one.owner or 'not named'} · by: {one.when or 'not said'} · {one.status}",
                  "quiet", 4)  # fmt: skip
