"""One reading of the store for a list of help and quality: the cases a viewer may know of, named and related."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from casereview.case import Case, Listed
from casereview.oversight.quality.listed import About, about
from casereview.ports import Reading
from casereview.service import record_access
from casereview.service.desk import Desk
from casereview.service.figure_notes import smallest_in
from casereview.views import RecordRow, Scope

if TYPE_CHECKING:
    from workflows.definition import Definition

AT_ONCE = 500  # children asked for in one go


@dataclass(frozen=True, slots=True)
class Known:
    """A case by name, its workflow, and who is on its list."""

    about: About
    definition: Definition
    roster: Mapping[str, Listed]

    def kind_title(self, kind: str) -> str:
        found = self.definition.records.get(kind)
        return found.title if found else kind.replace("-", " ")


@dataclass(slots=True)
class Lookup:
    """The transaction, whose it is, and what has been looked up already. Cases opened by mistake are left out."""

    desk: Desk
    work: Reading
    me: str
    smallest: int
    _abouts: dict[str, About] = field(default_factory=dict)
    _known: dict[str, Known | None] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.desk.today

    def definition(self, case: Case) -> Definition:
        return self.desk.definition(self.work, case.hash)

    def is_void(self, case: Case) -> bool:
        return self.definition(case).stages[case.main.stage].void

    def about(self, case: Case) -> About:
        if case.id not in self._abouts:
            team = self.desk.known(self.work).names.team(case.team) if case.team else ""
            self._abouts[case.id] = about(case, team, self.definition(case).stages[case.main.stage].title)
        return self._abouts[case.id]

    def cases(self, scope: Scope) -> Iterator[Case]:
        for case in self.work.every_case(self.me, scope):
            if not self.is_void(case):
                yield case

    def case(self, case_id: str) -> Case | None:
        """One case, if this viewer may know of it and it was not opened by mistake."""
        case = self.work.case(self.me, case_id)
        return None if case is None or self.is_void(case) else case

    def newest(self, case: Case, kind: str) -> RecordRow | None:
        """The newest record of a kind that counts."""
        tally = case.records.get(kind)
        return record_access.one(self.desk, self.work, case, max(tally.live)) if tally and tally.live else None

    def live(self, case: Case, *kinds: str) -> list[RecordRow]:
        """Every record of these kinds that counts, in the order written down."""
        numbers = sorted(n for kind in kinds if (t := case.records.get(kind)) for n in t.live)
        rows = (record_access.one(self.desk, self.work, case, number) for number in numbers)
        return [row for row in rows if row is not None and not row.withdrawn]

    def known(self, case_id: str) -> Known | None:
        """A case named, where this viewer may know of it; looked up once."""
        if case_id not in self._known:
            case = self.case(case_id)
            self._known[case_id] = None if case is None else Known(self.about(case), self.definition(case), case.roster)
        return self._known[case_id]

    def name(self, person: str) -> str:
        return self.desk.known(self.work).names.person(person)

    def families(self, children: Iterable[str]) -> dict[str, str]:
        """Child -> its family group, or itself: those among them this viewer may know of."""
        ids = sorted(set(children))
        found: dict[str, str] = {}
        for at in range(0, len(ids), AT_ONCE):
            some = self.work.known_children(self.me, ids[at : at + AT_ONCE])
            found |= {child.id: child.family or child.id for child in some}
        return found


@contextmanager
def looking(desk: Desk) -> Iterator[Lookup]:
    """A reading of the store by whoever sits at the desk."""
    with desk.reading() as work:
        yield Lookup(desk, work, desk.me(work).id, smallest_in(work))
