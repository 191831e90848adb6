"""What the core needs from the outside: a store and a clock. Stores are interchangeable; one suite tests all.

Law 7 lives in these signatures: whatever reads cases for a person takes that person's id as `viewer` and
must leave out every case the person may not know of (restricted without being admitted, or behind a conflict
of interest), from rows, totals and counts alike. `viewer=None` is reserved for the few acts that need the
whole store (verify, backup, export, rebuild), which the service allows only to an auditor or data officer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from casereview.case import Case
from casereview.chain import Link
from casereview.events import Entry, Happening
from casereview.people import Child, Closure, Kept, Person, Team
from casereview.registry import Registry
from casereview.views import (
    CaseKey,
    CaseQuery,
    CaseRow,
    Head,
    Page,
    Projected,
    RecordRow,
    RegisterPage,
    RegisterQuery,
    Scope,
    StoreInfo,
)


class Clock(Protocol):
    """Time as a capability: tests and practice give their own."""

    def now(self) -> datetime:
        """This instant, aware, in UTC: only for when a thing was recorded."""
        ...

    def today(self) -> date:
        """The London date everything is judged on."""
        ...


class Reading(Protocol):
    """One consistent view of the store."""

    def info(self) -> StoreInfo: ...
    def people(self) -> list[Person]: ...
    def person(self, person_id: str) -> Person | None: ...
    def teams(self) -> list[Team]: ...
    def closures(self) -> list[Closure]: ...
    def children(self, ids: Sequence[str]) -> list[Child]: ...
    def family(self, family: str) -> list[Child]: ...
    def known_children(self, viewer: str | None, ids: Sequence[str] | None = None) -> list[Child]:
        """Children this viewer may know of (among `ids`, if given), by id (law 7).

        Those in no case yet, and those in a case the viewer may know of.
        """
        ...

    def kept(self, what: str, owner: str | None = None) -> list[Kept]:
        """Everything of one kind kept for the authority, by key; of one owner where it is given ("": everyone's).

        What nothing could read (`casereview.kept`) is passed over, here and by `kept_one`; the journal holds it.
        """
        ...

    def kept_one(self, what: str, key: str) -> Kept | None: ...

    def definition_text(self, digest: str) -> str | None: ...

    def case(self, viewer: str | None, ref: str) -> Case | None:
        """The case by reference or id, folded; None alike when unknown and when this viewer may not know."""
        ...

    def find(self, viewer: str | None, ref: str) -> CaseKey | None:
        """The same question as `case`, for what needs no more than the key: a long case takes long to read."""
        ...

    def case_by_key(self, import_key: str) -> Case | None:
        """An imported case by the key of its row (for importing only)."""
        ...

    def cases_of(self, viewer: str | None, children: Sequence[str], today: date) -> list[CaseRow]:
        """Every case about any of these children, oldest first."""
        ...

    def open_cases(
        self, viewer: str | None, *, teams: Sequence[str], worker: str = "", kinds: Sequence[str] = (),
        appointed: str = "",
    ) -> list[Case]:
        """Every open case of one of these teams, or of this worker ("" for nobody), or of one of these kinds.

        Or to which this person was appointed and the appointment was not ended, whatever its days: whoever asks
        judges those. Folded, in order of reference; each once.
        """
        ...  # fmt: skip

    def every_case(self, viewer: str | None, scope: Scope) -> Iterator[Case]:
        """Every case in a scope that this viewer may know of, folded, in order of reference; streamed."""
        ...

    def every_record(self, viewer: str | None, kinds: Sequence[str], scope: Scope) -> Iterator[tuple[str, RecordRow]]:
        """Case id and record, as it stands, of these kinds in every such case; withdrawn ones are left out.

        In order of the case's reference, then of the record's number; `by_name` is left empty.
        """
        ...

    def cases(self, viewer: str | None, query: CaseQuery, today: date) -> Page[CaseRow]: ...
    def register(self, viewer: str | None, query: RegisterQuery, today: date) -> RegisterPage:
        """Rows in the order of concern, then longest beyond first, then reference; working days left at 0."""
        ...

    def history(
        self, case_id: str, *, before: int | None = None, limit: int | None = None, after: int = 0
    ) -> list[Entry]:
        """Entries of a case's stream, newest first below `before`; with no limit, all of them oldest first.

        Bodies disposed of are left out. The caller has obtained the case through `case`.
        """
        ...

    def entries_of_kind(self, viewer: str | None, kinds: Sequence[str], *, limit: int = 200) -> list[Entry]:
        """The newest entries of these kinds in every case this viewer may know of, newest first."""
        ...

    def records(
        self, case_id: str, *, kind: str = "", offset: int = 0, limit: int = 50
    ) -> Page[RecordRow]:
        """Records as they stand, newest first, withdrawn ones included and marked."""
        ...

    def record(self, case_id: str, number: int) -> RecordRow | None: ...
    def head(self) -> Head: ...

    # the whole store: verify, backup, bundles
    def links(self, *, after: int = 0, stream: str | None = None) -> Iterator[Link]:
        """The chain in order of seq (of one stream: in order of number), streamed."""
        ...

    def case_ids(self, viewer: str | None = None) -> Iterator[str]:
        """Ids of all cases, or of those this viewer may know of, in order."""
        ...

    def snapshot(self, case_id: str) -> Case | None: ...
    def projected(self, case_id: str) -> list[Projected]: ...
    def registry(self) -> Registry:
        """The registry as the tables hold it (to compare with the fold of its stream)."""
        ...

    def definitions(self) -> list[tuple[str, str, str, str]]:
        """(hash, name, version, text) of every workflow kept."""
        ...


class Writing(Reading, Protocol):
    """One transaction; everything in it lands together or not at all. May hold many commands (a batch)."""

    def append(
        self, stream: str, number: int, happenings: Sequence[Happening], *,
        actor: str, at: datetime, acting_as: str = "",
    ) -> list[Entry]:
        """Chains facts to a stream whose last entry is `number`. Raises Conflict when it is not.

        For the REGISTRY stream `number` is ignored and the registry tables are updated as well.
        """
        ...  # fmt: skip

    def save(self, case: Case, rows: Sequence[Projected], *, kind: str, stage_title: str) -> None:
        """Keeps the folded case, what lists need of it, and who may know of it."""
        ...

    def put_record(self, case_id: str, row: RecordRow) -> None:
        """Inserts or replaces a record as it now stands."""
        ...

    def keep_definition(self, digest: str, name: str, version: str, text: str) -> None: ...
    def append_links(self, links: Iterable[Link], *, apart: bool = False) -> None:
        """Takes a chain verbatim into an empty journal (bundles). Raises StoreProblem when not empty.

        apart: pieces of a chain, with others missing, one call after the other (a replica).
        """
        ...

    def dispose(self, seqs: Sequence[int]) -> None:
        """Takes away what these entries said. The chain keeps their digests; the caller journals the decision."""
        ...

    def forget_projections(self) -> None:
        """Drops everything that can be folded again (rebuild)."""
        ...


class Store(Protocol):
    def read(self) -> AbstractContextManager[Reading]: ...
    def write(self) -> AbstractContextManager[Writing]: ...
    def replica(self, info: StoreInfo) -> Store:
        """An empty store of this process alone that behaves like this one and is gone when it is closed.

        For looking at everything as it stood: the past is folded into it and asked the same questions.
        """
        ...

    def backup(self, target: str) -> None:
        """A whole copy at a path that does not exist yet; raises StoreProblem otherwise."""
        ...

    def close(self) -> None: ...
