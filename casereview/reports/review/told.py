"""What the papers of a review are told from: only what may be published, and numbers; and what is not written yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from casereview.method.counts import Counts
from casereview.method.episodes import EPISODE, begun
from casereview.method.findings import NOT_TAKEN, STATES, Anatomy, findings
from casereview.method.lists import Lists
from casereview.method.review import Rec, Review
from casereview.reports.document import Block, Figure, Heading, Note, Paragraph
from casereview.reports.review.times import month, months

TEXT = "report-text"
TOLD_AS_FOUND = STATES[STATES.index("agreed") :]
__all__ = ["TEXT", "Missing", "NotYet", "Part", "Told", "month", "months", "public_only", "settled", "text"]


@dataclass(frozen=True, slots=True)
class NotYet:
    """A place in a paper for which nothing is written. `must`: no final paper without it."""

    what: str
    command: str
    must: bool = False

    @property
    def says(self) -> str:
        return f"{self.what}: {self.command}"


Part = Block | NotYet
Missing = tuple[NotYet, ...]


def public_only(review: Review) -> Review:
    """The same review with only those kinds of record whose words the workflow file says are published."""
    public = {name for name, kind in review.definition.records.items() if kind.published}
    recs = {kind: found for kind, found in review.recs.items() if kind in public}
    return replace(review, recs=recs, withheld={})


@dataclass(frozen=True)
class Told:
    """A review as a paper for publication tells it.

    review  of published kinds only: a paper cannot quote what is not there
    final   it goes out: what is optional and not written is left out without a word
    """

    review: Review
    counts: Counts
    lists: Lists
    final: bool
    today: date

    @property
    def ref(self) -> str:
        return self.review.case.ref

    @property
    def called(self) -> str:
        """What this profile calls a finding: a finding, or a pattern."""
        kind = self.review.definition.records.get("finding")
        return kind.title.lower() if kind else "finding"

    @cached_property
    def scope(self) -> Rec | None:
        return self.review.newest("scope")

    @cached_property
    def episodes(self) -> tuple[Rec, ...]:
        """In the order of time; those without a date last."""
        return tuple(sorted(self.review.of(EPISODE), key=lambda rec: (begun(rec) or date.max, rec.number)))

    @cached_property
    def findings(self) -> tuple[Anatomy, ...]:
        """By pattern; what was not taken forward is left out, and of a final paper what is not agreed."""
        return tuple(one for one in self.every_finding if not self.final or one.state in TOLD_AS_FOUND)

    @cached_property
    def every_finding(self) -> tuple[Anatomy, ...]:
        return tuple(one for one in findings(self.review, self.lists) if one.state != NOT_TAKEN)

    @cached_property
    def number_of(self) -> dict[int, int]:
        """A finding's number in the paper, by that of its record."""
        return {one.number: at for at, one in enumerate(self.findings, 1)}

    def no_findings(self) -> Iterator[NotYet]:
        """That there is none, or none that is agreed."""
        if not self.every_finding:
            yield from self.add("finding", f"the {self.called}s about the system", must=True)
        elif not self.findings:
            yield NotYet(f"that a {self.called} is agreed", f"casereview findings {self.ref}", True)

    def written(self, part: str) -> str:
        """What the writers say in a part of their own; the newest counts."""
        found = [rec.text("text") for rec in self.review.of(TEXT) if rec.text("part") == part]
        return found[-1] if found else ""

    def own(self, part: str, what: str, *, must: bool = False) -> Iterator[Part]:
        """A part in the writers' words, or that it is not written yet."""
        said = self.written(part)
        if said:
            yield Paragraph(said)
        elif TEXT in self.review.definition.records:
            yield NotYet(what, f'casereview record {self.ref} {TEXT} part="{part}"', must)

    def add(self, kind: str, what: str, *, must: bool = False) -> Iterator[NotYet]:
        """That nothing of a kind is written yet, where the workflow has it."""
        if kind in self.review.definition.records:
            yield NotYet(what, f"casereview record {self.ref} {kind}", must)

    def field(self, rec: Rec, name: str, what: str, *, lead: str = "", must: bool = False) -> Iterator[Part]:
        """What a field says, as a paragraph; or that it is not answered yet, where the workflow asks it."""
        said = rec.text(name)
        kind = self.review.definition.records.get(rec.kind)
        if said:
            yield Paragraph(said, lead)
        elif kind is not None and name in kind.fields:
            yield NotYet(what, f"casereview correct {self.ref} {rec.number}", must)


def text(rec: Rec | None, name: str) -> str:
    return rec.text(name).strip() if rec is not None else ""


# ---- from parts to a document ------------------------------------------------------------------------------------
def missing(parts: Iterable[Part]) -> Missing:
    """What must be there before the paper is final, and is not."""
    return tuple(one for one in parts if isinstance(one, NotYet) and one.must)


def settled(parts: Sequence[Part], *, final: bool, numbered: bool = True) -> tuple[Block, ...]:
    """The paper itself: a draft says what is not written yet, a final leaves empty parts out."""
    shown: list[Block] = []
    for part in parts:
        if not isinstance(part, NotYet):
            shown.append(part)
        elif not final:
            shown.append(Note(f"Not written yet: {part.says}"))
    return tuple(_numbered(_without_empty(shown), numbered))


def _without_empty(blocks: Sequence[Block]) -> list[Block]:
    """Without headings under which nothing stands."""
    kept: list[Block] = []
    below = 0  # the level of the heading that comes next, 0 where text comes next
    for block in reversed((*blocks, Heading("", 1))):
        if isinstance(block, Heading):
            if 0 < below <= block.level:
                continue
            below = block.level
        else:
            below = 0
        kept.append(block)
    return kept[:0:-1]


def _numbered(blocks: Iterable[Block], numbered: bool) -> Iterator[Block]:
    """Figures, and where it is long its parts and appendices, by number or letter: they are spoken of by it."""
    part, appendix, figure = 0, 0, 0
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            if block.text.startswith(APPENDIX):
                appendix += 1
                title = block.text.removeprefix(APPENDIX).strip()
                yield replace(block, text=f"{APPENDIX} {chr(64 + appendix)}. {title}" if numbered else title)
            else:
                part += 1
                yield replace(block, text=f"{part}. {block.text}" if numbered else block.text)
        elif isinstance(block, Figure):
            figure += 1
            yield replace(block, title=f"Figure {figure}. {block.title}")
        else:
            yield block


APPENDIX = "Appendix"
Write = Callable[[Told], Iterator[Part]]
