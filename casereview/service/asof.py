"""Everything as it stood at the end of an earlier day: the past folded into a store of its own, to be asked anything.

Every list, question and figure of a past day is what the same code answers from that store, so none of them
needs a second way of working it out. Need-to-know is today's and that day's: a case restricted since is not in
it, and one that was restricted then is as absent as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from casereview.chain import GENESIS, Link, read_instant
from casereview.clock import PinnedClock
from casereview.errors import CaseReviewError
from casereview.events import REGISTRY, ChildSet, KeptSet
from casereview.people import Child
from casereview.ports import Reading, Writing
from casereview.profiles import WHAT as PROFILES
from casereview.service.desk import Desk
from casereview.service.reading import known_by
from casereview.service.refold import Progress, digest_of, entry_of, event_of, fold_entries
from casereview.views import CaseQuery, Head
from casereview.when import london_day

NOWHERE = Head(0, GENESIS)
AT_ONCE = 200  # cases to a transaction


@dataclass(slots=True)
class PastDesk(Desk):
    """A desk at which nothing can be written, on a day that is over. Close it when done."""

    past_head: Head = NOWHERE
    today_desk: Desk | None = None
    asked_on: date = date.min  # the day on which the past was looked at

    @property
    def live(self) -> Desk:
        return self.today_desk or self

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        raise CaseReviewError(
            f"this is how things stood on {self.today}: it can only be looked at",
            remedy="Leave the earlier day out to go on with today's work.",
        )
        yield  # a generator, like the method it stands in for

    def head(self, work: Reading) -> Head:
        return self.past_head

    def close(self) -> None:
        self.store.close()


def desk_at(desk: Desk, day: date, progress: Progress | None = None, *, as_happened: bool | None = None) -> Desk:
    """The same person's desk on everything as it was known at the end of a day in London; on today, `desk` itself.

    as_happened   by the day things happened instead of the day they were recorded; the default on a practice
                  store, whose past was all recorded in one go (decision 9)
    Raises CaseReviewError for a day to come.
    """
    if day > desk.today:
        raise CaseReviewError(f"{day} has not come yet", where="--as-at", remedy="Give today or an earlier day.")
    if day == desk.today:
        return desk
    with desk.reading() as work:
        happened = desk.known(work).info.practice if as_happened is None else as_happened
        past = PastDesk(
            desk.store.replica(work.info()), PinnedClock(day), desk.catalogue, desk.person, desk.acting_as,
            past_head=head_at(work, day), asked_on=desk.today, today_desk=desk,
        )  # fmt: skip
        try:
            with past.store.write() as copy:
                _registry(desk, work, copy, day, happened)
            _cases(desk, work, past, day, happened, progress)
        except BaseException:
            past.close()
            raise
        return past


def head_at(work: Reading, day: date) -> Head:
    """The last entry of the journal recorded by the end of a day. Entries are recorded in their order."""
    low, high = 0, work.head().seq
    while low < high:
        middle = (low + high + 1) // 2
        link = _link(work, middle)
        low, high = (middle, high) if link is not None and _recorded(link) <= day else (low, middle - 1)
    found = _link(work, low)
    return Head(found.seq, found.hash) if found else Head(0, GENESIS)


def _link(work: Reading, seq: int) -> Link | None:
    return next(work.links(after=seq - 1), None) if seq else None


def _recorded(link: Link) -> date:
    return london_day(read_instant(link.recorded_at))


def _registry(desk: Desk, work: Reading, copy: Writing, day: date, happened: bool) -> None:
    """People, teams, closures and what is kept, as known that day; of the children, those the viewer may know."""
    children = {child.id: child for child in work.known_children(desk.me(work).id)}
    links = (link for link in work.links(stream=REGISTRY) if _counts(link, day, happened, children))
    copy.append_links(links, apart=True)
    for digest, name, version, text in work.definitions():
        copy.keep_definition(digest, name, version, text)


def _counts(link: Link, day: date, happened: bool, children: dict[str, Child]) -> bool:
    if not happened and _recorded(link) > day:
        return False
    if link.kind == ChildSet.kind:
        event = event_of(link)
        return isinstance(event, ChildSet) and event.child in children
    # who works here and what is followed is the ground a practice store stands on, whenever it was laid
    if not happened or link.kind != KeptSet.kind or date.fromisoformat(link.on) <= day:
        return True
    event = event_of(link)
    return isinstance(event, KeptSet) and event.what == PROFILES


def _cases(desk: Desk, work: Reading, past: Desk, day: date, happened: bool, progress: Progress | None) -> None:
    viewer = desk.me(work).id
    total = work.cases(viewer, CaseQuery(limit=0), desk.today).total if progress else 0
    done = 0
    for some in _portions(work.case_ids(viewer)):
        with past.store.write() as copy:
            for case_id in some:
                _case(desk, work, past, copy, case_id, day, happened)
        done += len(some)
        if progress:
            progress(f"cases as on {day}", done, total)


def _portions(ids: Iterator[str]) -> Iterator[list[str]]:
    some: list[str] = []
    for one in ids:
        some.append(one)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _case(
    desk: Desk, work: Reading, past: Desk, copy: Writing, case_id: str, day: date, happened: bool
) -> None:
    links = list(work.links(stream=case_id))
    entries = [entry for entry in map(entry_of, links) if entry is not None]
    if not entries or entries[0].number != 1:
        return  # its beginning has been disposed of: nothing true can be said of that day
    definition = desk.definition(work, digest_of(entries[0].event))
    kept = known_by(entries, day, definition, happened)
    if not kept or kept[0].number != 1:
        return
    case, records = fold_entries(past, copy, case_id, kept)
    numbers = {entry.number for entry in kept}
    copy.append_links((link for link in links if link.number in numbers), apart=True)
    past.save(copy, case, past.definition_of(copy, case))
    for row in records.rows.values():
        copy.put_record(case_id, row)
