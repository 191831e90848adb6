"""What every report needs of the store: where it comes from, names to leave out, and one steady look at everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from casereview.case import Case
from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.people import holds_any
from casereview.ports import Reading
from casereview.reports.document import Block, Document, Pair, long_date
from casereview.reports.namesout import NamesOut
from casereview.reports.provenance import InUse, Source, facts, foot
from casereview.service.definitions import kept_profile
from casereview.service.desk import Desk
from casereview.service.figure_notes import smallest_in
from casereview.service.whole import WHOLE_STORE
from casereview.text import shown
from casereview.views import Head, Scope

Progress = Callable[[str, int, int], None]
T = TypeVar("T")
TRIES = 3


def silent(what: str, done: int, of: int) -> None:
    """Says nothing of how far it has come."""


def steadily(desk: Desk, read: Callable[[], T]) -> T:
    """Reads several lists as of one head of the journal: again, when somebody has written in between.

    Raises CaseReviewError where the store never rests.
    """
    for _ in range(TRIES):
        before = head_of(desk)
        found = read()
        if head_of(desk) == before:
            return found
    raise CaseReviewError(
        "others were writing while the report was made, each time it was tried",
        remedy="Try again in a moment, or make it of yesterday with --as-at.",
    )


def head_of(desk: Desk) -> tuple[int, str]:
    with desk.reading() as work:
        head = desk.head(work)
        return head.seq, head.hash


def team_named(work: Reading, team: str) -> str:
    """The name of a team, by its id. Raises NotFound."""
    if not team:
        return ""
    known = {one.id: one.name for one in work.teams()}
    if team not in known:
        raise NotFound(f"there is no team {shown(team, width=40)!r}", remedy=did_you_mean(team, known))
    return known[team]


def source_of(desk: Desk, work: Reading, about: str, scope: Scope | None = None) -> Source:
    """Where a report of these cases comes from; without a scope, no workflow is named."""
    info, me, head = desk.known(work).info, desk.me(work), desk.head(work)
    if not holds_any(me, WHOLE_STORE, desk.today):
        head = Head(0, head.hash)  # how many entries there are would tell of cases that are hidden (law 7)
    asked_on: date | None = getattr(desk, "asked_on", None)
    source = Source(
        desk.today, info.store, info.practice, head, me.name, about, (), smallest_in(work), asked_on,
        desk.acting_as,
    )
    return source if scope is None else replace(source, workflows=_workflows(desk, work, me.id, scope))


def _workflows(desk: Desk, work: Reading, viewer: str, scope: Scope) -> tuple[InUse, ...]:
    """Only those that a case this person may know of follows: what hidden cases follow is hidden as well."""
    texts, profiles = set(), set()
    for case in work.every_case(viewer, scope):
        texts.add((case.workflow, case.version, case.hash))
        profiles.add(case.profile)
    found = [InUse(*one) for one in sorted(texts)]
    for digest in sorted(profiles - {""}):
        profile = kept_profile(work, digest)
        found.append(InUse(profile.name, profile.version, digest, profile=True))
    return tuple(found)


def names_out(work: Reading, case: Case) -> NamesOut:
    """What takes the names of a case's children and family, their brothers and sisters included, out of a text."""
    children = work.children(case.children)
    siblings = [child for family in sorted({c.family for c in children if c.family}) for child in work.family(family)]
    return NamesOut(case, [*children, *siblings])


def document(title: str, source: Source, blocks: Iterable[Block], *more: Pair, subtitle: str = "") -> Document:
    """A report with its title page and the lines on top and below."""
    day = long_date(source.day)
    return Document(
        title, subtitle or f"{source.about[:1].upper()}{source.about[1:]}, as at {day}", source.day, source.prepared_by,
        tuple(blocks), facts(source, *more), f"{title} · as at {day}", foot(source),
    )  # fmt: skip
