"""Cases, their records, and the registry: what is kept comes back, and is nobody's to change by accident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from casereview.case import Case
from casereview.errors import CaseReviewError
from casereview.events import (
    PersonSet,
    TeamSet,
)
from casereview.people import Person
from casereview.ports import Store
from casereview.views import CaseQuery, RecordRow
from tests.contract.builders import (
    AT,
    DAY,
    PEOPLE,
    anything,
    case_id,
    keep,
    make_case,
    make_row,
    opened,
    projected_rows,
    tell_registry,
    texts,
)
from tests.contract.conftest import Backend

ONE, TWO = case_id(1), case_id(2)


# ---- snapshots --------------------------------------------------------------------------------------
def test_any_case_comes_back_as_it_was_kept(backend: Backend) -> None:
    store = backend.fresh()

    @backend.examples(disk=40)
    @given(anything(Case), projected_rows(), texts, texts)
    def holds(case: Case, rows: Sequence[Any], kind: str, stage_title: str) -> None:
        case = replace(case, id=ONE, ref="CR-1")
        with store.write() as writing:
            writing.save(case, rows, kind=kind, stage_title=stage_title)
        with store.read() as reading:
            assert reading.snapshot(ONE) == case
            assert reading.case(None, ONE) == case
            assert reading.case(None, "CR-1") == case
            assert sorted(reading.projected(ONE), key=lambda row: row.expectation) == sorted(
                rows, key=lambda row: row.expectation
            )
            (row,) = reading.cases(None, CaseQuery(), DAY).rows
        assert (row.id, row.case, row.title) == (case.id, case.ref, case.title)
        assert (row.workflow, row.version, row.kind) == (case.workflow, case.version, kind)
        assert (row.stage, row.stage_title, row.number) == (case.main.stage, stage_title, case.number)
        assert (row.opened, row.closed, row.worker, row.team) == (
            case.opened, case.closed, case.worker, case.team,
        )  # fmt: skip
        assert (row.restricted, row.imported) == (case.restricted, case.imported)

    holds()


def test_the_newest_snapshot_counts(store: Store) -> None:
    keep(store, make_case(), make_case(2), rows=[make_row("decision"), make_row("visit")])
    newer = make_case(ref="CR-NEW", title="Renamed", children=["child-a"], number=2)
    keep(store, newer, rows=[make_row("report", asks_from=DAY)])
    with store.read() as reading:
        assert reading.snapshot(ONE) == newer
        assert reading.snapshot(TWO) == make_case(2)
        assert reading.case(None, "CR-NEW") == newer
        assert reading.case(None, make_case().ref) is None
        assert [row.expectation for row in reading.projected(ONE)] == ["report"]
        assert [row.expectation for row in reading.projected(TWO)] == ["decision", "visit"]
        assert [row.title for row in reading.cases_of(None, ["child-a"], DAY)] == ["Renamed"]
        assert sorted(reading.case_ids()) == sorted([ONE, TWO])


def test_what_was_given_and_what_is_given_back_are_copies(store: Store) -> None:
    case, details = make_case(children=["child-a"]), {"reason": {"code": "police"}}
    keep(store, case, rows=[make_row(details=details)])
    case.children.append("child-b")
    details["reason"]["code"] = "changed"
    with store.read() as reading:
        loaded = reading.case(None, ONE)
        assert loaded is not None
        loaded.title = "changed"
        reading.projected(ONE)[0].details.clear()
    with store.read() as reading:
        assert reading.snapshot(ONE) == make_case(children=["child-a"])
        assert reading.projected(ONE)[0].details == {"reason": {"code": "police"}}


@pytest.mark.parametrize("ref", ["", "CR-0", ONE[:-1], "%", "sa-2024-_____"])
def test_what_is_not_there_is_none(store: Store, ref: str) -> None:
    keep(store, make_case())
    with store.read() as reading:
        assert reading.case(None, ref) is None
        assert reading.case("p-amira", ref) is None
        assert reading.snapshot(ref) is None
        assert reading.projected(ref) == []
        assert reading.history(ref) == []
        assert reading.records(ref).rows == ()
        assert reading.case_by_key(ref) is None
        assert reading.person(ref) is None
        assert reading.definition_text(ref) is None


def test_an_imported_case_is_found_by_its_key(store: Store) -> None:
    imported = make_case(imported=True, import_key="E09000003/child-a/2024-01-01/1", import_seen="abc")
    keep(store, imported, make_case(2), make_case(3))
    with store.read() as reading:
        assert reading.case_by_key(imported.import_key) == imported
        assert reading.case_by_key("") is None, "cases of our own have no key"
        assert reading.case_by_key("E09000003") is None


@pytest.mark.parametrize("same", [{"ref": "CR-1"}, {"import_key": "E09000003/child-a"}])
def test_references_and_import_keys_are_of_one_case_only(store: Store, same: dict[str, str]) -> None:
    keep(store, make_case(1, **same))
    with pytest.raises(CaseReviewError):
        keep(store, make_case(2, **same))
    keep(store, make_case(1, title="Said again", **same))
    with store.read() as reading:
        assert list(reading.case_ids()) == [ONE]


def test_cases_of_children_oldest_first(store: Store) -> None:
    keep(
        store,
        make_case(1, opened=date(2024, 3, 1), children=["child-a", "child-b"]),
        make_case(2, opened=date(2023, 3, 1), children=["child-b"], closed=date(2023, 6, 1)),
        make_case(3, opened=date(2024, 3, 1), ref="A-1", children=["child-a"]),
        make_case(4, children=["child-c"]),
        make_case(5),
    )
    with store.read() as reading:
        both = reading.cases_of(None, ["child-a", "child-b", "child-a"], DAY)
        assert [row.id for row in both] == [case_id(2), case_id(3), case_id(1)]
        assert [row.id for row in reading.cases_of(None, ["child-c"], DAY)] == [case_id(4)]
        assert reading.cases_of(None, [], DAY) == []
        assert reading.cases_of(None, ["child"], DAY) == []


def test_names_in_lists_follow_the_registry(store: Store) -> None:
    keep(store, make_case(worker="p-ben", team="t-north"), make_case(2, worker="p-gone", team="t-gone"))
    tell_registry(store, PersonSet("p-ben", "Ben Okafor"), TeamSet("t-north", "Northern team"))
    with store.read() as reading:
        first, second = reading.cases(None, CaseQuery(order="reference"), DAY).rows
        found = reading.cases(None, CaseQuery(text="okafor"), DAY).rows
        assert reading.cases(None, CaseQuery(text=PEOPLE["p-ben"]), DAY).total == 0
    assert (first.worker_name, first.team_name) == ("Ben Okafor", "Northern team")
    assert (second.worker, second.worker_name, second.team_name) == ("p-gone", "", "")
    assert found == (first,)


# ---- records ----------------------------------------------------------------------------------------
def make_record(number: int, **changes: Any) -> RecordRow:
    row = RecordRow(number, "conversation", DAY, "p-ben", PEOPLE["p-ben"], AT, {"who": "mother"})
    return replace(row, **changes)


def put(store: Store, case: str, *rows: RecordRow) -> None:
    with store.write() as writing:
        for row in rows:
            writing.put_record(case, row)


def test_records_newest_first_by_page_and_kind(store: Store) -> None:
    keep(store, make_case(), make_case(2))
    rows = [make_record(n, kind="finding" if n % 3 == 0 else "conversation") for n in range(2, 12)]
    put(store, ONE, *rows[::2], *rows[1::2])
    put(store, TWO, make_record(2, values={"who": "another case"}))
    with store.read() as reading:
        assert reading.records(ONE).rows == tuple(rows[::-1])
        page = reading.records(ONE, offset=3, limit=4)
        assert (page.rows, page.total, page.offset) == (tuple(rows[::-1][3:7]), 10, 3)
        findings = reading.records(ONE, kind="finding", limit=2)
        assert ([row.number for row in findings.rows], findings.total) == ([9, 6], 3)
        assert reading.records(ONE, kind="map").total == 0
        assert reading.record(ONE, 5) == rows[3]
        assert reading.record(ONE, 99) is None
        assert reading.record(TWO, 3) is None


def test_a_correction_replaces_the_view_and_keeps_it_marked(store: Store) -> None:
    keep(store, make_case())
    put(store, ONE, make_record(2), make_record(3))
    corrected = make_record(2, values={"who": "father"}, corrected=1)
    withdrawn = make_record(3, withdrawn=True, corrected=2)
    put(store, ONE, corrected, withdrawn)
    with store.read() as reading:
        assert reading.records(ONE).rows == (withdrawn, corrected)
        assert reading.records(ONE).total == 2
        assert reading.record(ONE, 2) == corrected


def test_any_record_comes_back(backend: Backend) -> None:
    store = backend.fresh()
    keep(store, make_case())

    @backend.examples(disk=30)
    @given(anything(RecordRow))
    def holds(row: RecordRow) -> None:
        # a name may be looked up again (see the next test); what a reader sees of it is no part of what is kept
        row = replace(row, by_name="", kept_to="", outline=False)
        put(store, ONE, row)
        with store.read() as reading:
            again = reading.record(ONE, row.number)
        assert again is not None
        assert replace(again, by_name="") == row

    holds()


def test_a_record_says_who_wrote_it(store: Store) -> None:
    keep(store, make_case())
    put(store, ONE, make_record(2))
    with store.read() as reading:
        row = reading.record(ONE, 2)
    assert row is not None
    assert (row.by, row.by_name) == ("p-ben", PEOPLE["p-ben"])


# ---- rebuilding -------------------------------------------------------------------------------------
def test_only_what_can_be_folded_again_is_forgotten(store: Store) -> None:
    case = make_case(worker="p-ben")
    with store.write() as writing:
        writing.append(ONE, 0, [opened(case)], actor="x", at=AT)
        writing.save(case, [make_row()], kind="review", stage_title="Planning")
        writing.put_record(ONE, make_record(1))
        writing.keep_definition(case.hash, case.workflow, case.version, "format = 1")
    with store.read() as reading:
        links, history = list(reading.links()), reading.history(ONE)
    with store.write() as writing:
        writing.forget_projections()
        assert list(writing.case_ids()) == []
    with store.read() as reading:
        assert list(reading.links()) == links
        assert reading.history(ONE) == history
        assert reading.case(None, ONE) is None
        assert reading.projected(ONE) == []
        assert reading.records(ONE).total == 0
        assert reading.cases(None, CaseQuery(), DAY).total == 0
        assert reading.definition_text(case.hash) == "format = 1"
        assert sorted(reading.people(), key=lambda person: person.id) == [
            Person(person, name) for person, name in sorted(PEOPLE.items())
        ]
    keep(store, case, rows=[make_row()])
    put(store, ONE, make_record(1))
    with store.read() as reading:
        assert reading.cases(None, CaseQuery(), DAY).rows[0].worker_name == PEOPLE["p-ben"]
        assert reading.record(ONE, 1) == make_record(1)
