"""Who may read which records of a case they know of: the one place every reading of records goes through.

Judged by the roles somebody holds today, on the case as it is today, whatever day is looked at. What may not be read
is left as a line that says to whom it is kept; tests hold every module that reads records to coming here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from casereview.case import Case
from casereview.ports import Reading
from casereview.record_readers import (
    been_at,
    kept_to,
    made_public,
    names_person,
    open_to,
    outline,
    points_to,
    restricted,
)
from casereview.service.desk import Desk
from casereview.views import RecordRow, Scope

if TYPE_CHECKING:
    from workflows.definition import Definition, RecordKind

KEY = "identity"  # what the keys of who is who are kept under
DEPTH = 3  # records that lead from one that is somebody's own to the participant it is with


@dataclass(slots=True)
class Access:
    """What one person may read of one case.

    definition   as the case is pinned to it
    roles, been  theirs today, and the stages of the path the case has ever come to
    public       whether what it brought out has ever been published
    pseudonyms   what the identity key of the case calls them, read when it is first asked for
    """

    desk: Desk
    work: Reading
    case: str  # its id
    definition: Definition
    roles: frozenset[str] = frozenset()
    been: frozenset[str] = frozenset()
    public: bool = False
    _pseudonyms: frozenset[str] | None = field(default=None)

    def kind(self, name: str) -> RecordKind | None:
        return self.definition.records.get(name)

    def open(self, kind: str) -> bool:
        """Whether they read every record of a kind; what the workflow does not declare is for everyone."""
        found = self.kind(kind)
        return found is None or open_to(found, self.roles, self.been, self.public)

    def may(self, row: RecordRow) -> bool:
        """Whether they may read one record: by a role, as its author, or because it is of their own account."""
        return self.open(row.kind) or self.theirs(row)

    def theirs(self, row: RecordRow) -> bool:
        kind = self.kind(row.kind)
        if kind is None or not kind.own_reads:
            return False
        person = self.desk.person
        return row.by == person or names_person(kind, row.values, person) or self._with_them(kind, row, DEPTH)

    def _with_them(self, kind: RecordKind, row: RecordRow, depth: int) -> bool:
        for of, number in points_to(kind, row.values):
            if of == "participant":
                other = self.work.record(self.case, number) if self.pseudonyms() else None
                if other is not None and str(other.values.get("pseudonym", "")).casefold() in self.pseudonyms():
                    return True
            elif depth and (further := self.kind(of)) is not None and further.logged:
                other = self.work.record(self.case, number)
                if other is not None and self._with_them(further, other, depth - 1):
                    return True
        return False

    def pseudonyms(self) -> frozenset[str]:
        """What they are called in the review, where the identity key says that somebody there is them."""
        if self._pseudonyms is None:
            person = self.desk.person
            found = (kept.body for kept in self.work.kept(KEY, self.case) if kept.body.get("person") == person)
            self._pseudonyms = frozenset(str(body.get("pseudonym", "")).casefold() for body in found) - {""}
        return self._pseudonyms

    def kept_to(self, kind: str) -> str:
        found = self.kind(kind)
        return kept_to(found, self.definition, self.been) if found else ""

    def titled(self, kind: str) -> str:
        found = self.kind(kind)
        return found.title if found else kind

    def seen(self, row: RecordRow, showing: Sequence[str] = ()) -> RecordRow:
        """The record as they may see it: whole, in outline, or as the line that it is there."""
        if not self.may(row):
            return replace(row, values={}, corrected=0, kept_to=self.kept_to(row.kind))
        kind = self.kind(row.kind)
        if kind is None or not kind.logged or row.by == self.desk.person or row.kind in showing:
            return row
        return replace(row, values=outline(kind, row.values), outline=True)


def access(desk: Desk, work: Reading, case_id: str, digest: str) -> Access | None:
    """What whoever sits at the desk may read of a case, by id and workflow; None where everything is open.

    On an earlier day it is asked of today's store: nobody reads what they no longer may by looking back.
    """
    definition = desk.definition(work, digest)
    if not restricted(definition):
        return None
    cache: dict[tuple[str, str], Access] = desk.known(work).besides.setdefault("access", {})
    who = (case_id, desk.person)  # one transaction may be several people's
    if who not in cache:
        cache[who] = _access(desk, work, case_id, definition)
    return cache[who]


def _access(desk: Desk, work: Reading, case_id: str, definition: Definition) -> Access:
    from casereview.roles import roles_of

    live = desk.live
    if live is not desk:
        with live.reading() as now:
            case = now.case(live.person, case_id)
            roles = roles_of(live.me(now), case, definition, live.today) if case else frozenset()
    else:
        case = work.case(desk.person, case_id)
        roles = roles_of(desk.me(work), case, definition, desk.today) if case else frozenset()
    if case is None:
        return Access(desk, work, case_id, definition)
    return Access(desk, work, case_id, definition, roles, been_at(case, definition), made_public(case))


def access_of(desk: Desk, work: Reading, case: Case) -> Access | None:
    return access(desk, work, case.id, case.hash)


def may_read(desk: Desk, work: Reading, case: Case, row: RecordRow) -> bool:
    """Whether they may read one record of a case they know of."""
    found = access_of(desk, work, case)
    return found is None or found.may(row)


def as_seen(
    desk: Desk, work: Reading, case: Case, rows: Iterable[RecordRow], showing: Sequence[str] = ()
) -> tuple[RecordRow, ...]:  # fmt: skip
    """Every row, as they may see it. `showing`: kinds whose reading the caller has written down."""
    found = access_of(desk, work, case)
    return tuple(rows) if found is None else tuple(found.seen(row, showing) for row in rows)


def readable(
    desk: Desk, work: Reading, case: Case, rows: Sequence[RecordRow], showing: Sequence[str] = ()
) -> tuple[tuple[RecordRow, ...], Mapping[str, int]]:
    """The rows this person may read, and how many of each kind they may not."""
    seen = as_seen(desk, work, case, rows, showing)
    withheld: dict[str, int] = {}
    for row in seen:
        if row.kept_to and not row.withdrawn:
            withheld[row.kind] = withheld.get(row.kind, 0) + 1
    return tuple(row for row in seen if not row.kept_to), withheld


def one(desk: Desk, work: Reading, case: Case, number: int) -> RecordRow | None:
    """A record by number, in outline where reading it is written down; None where it may not be read or is not."""
    row = work.record(case.id, number)
    seen = as_seen(desk, work, case, [row])[0] if row else None
    return None if seen is None or seen.kept_to else seen


def to_correct(desk: Desk, work: Reading, case: Case, number: int) -> RecordRow | None:
    """A record as whoever may read it corrects it: whole; otherwise as the line that it is there."""
    row = work.record(case.id, number)
    return as_seen(desk, work, case, [row], (row.kind,))[0] if row else None


def each(
    desk: Desk, work: Reading, kinds: Sequence[str], scope: Scope
) -> Iterator[tuple[str, RecordRow]]:  # fmt: skip
    """Case id and record of these kinds in every case they may know of, as far as they may read them."""
    found = work.every_record(desk.me(work).id, kinds, scope)
    if not set(kinds) & _restricted_kinds(desk, work):
        yield from found
        return
    for case_id, row in found:
        key = work.find(desk.person, case_id)
        gate = access(desk, work, key.id, key.hash) if key else None
        seen = gate.seen(row) if gate else row
        if key and not seen.kept_to:
            yield case_id, seen


def _restricted_kinds(desk: Desk, work: Reading) -> frozenset[str]:
    """Every kind that some workflow kept here keeps to some: only texts that speak of it are read."""
    cache = desk.known(work).besides
    if "restricted kinds" not in cache:
        some = (digest for digest, _, _, text in work.definitions() if "readers" in text or "logged" in text)
        records = (kind for digest in some for kind in desk.definition(work, digest).records.values())
        cache["restricted kinds"] = frozenset(kind.name for kind in records if kind.readers or kind.logged)
    found: frozenset[str] = cache["restricted kinds"]
    return found
