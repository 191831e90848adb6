"""A transaction of many commands: what is pending is seen at once, and lands as if each had been alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from casereview.events import REGISTRY, ChildSet, Happening, OfficeSet, PersonSet
from casereview.views import CaseQuery, RecordRow
from storage.store import SqlStore
from tests.storage.made import AT, DAY, assert_whole, case, noted, row

RECORD = RecordRow(1, "visit", DAY, "p-1", "Ann", AT, {"note": "Played outside."})


def test_what_is_pending_is_seen_in_every_way_of_asking(store: SqlStore) -> None:
    kept = case(1, import_key="key-1", children=["child-1"], restricted=True, admitted=["p-1"])
    with store.write() as writing:
        kept.number = writing.append(kept.id, 0, [noted("a")], actor="p-1", at=AT)[-1].number
        writing.save(kept, [row()], kind="assessment", stage_title="Assessing")
        writing.put_record(kept.id, RECORD)
        for viewer, sees in ((None, True), ("p-1", True), ("p-2", False)):
            for name in (kept.id, kept.ref):
                assert (writing.case(viewer, name) == kept) is sees
                found = writing.find(viewer, name)
                assert (found is not None and (found.id, found.ref) == (kept.id, kept.ref)) is sees
        assert writing.case_by_key("key-1") == kept
        assert writing.record(kept.id, 1) == RECORD
        assert writing.head().seq == 2
        # and these read the tables
        assert [entry.number for entry in writing.history(kept.id)] == [1]
        assert writing.cases("p-1", CaseQuery(), DAY).total == 1
        assert writing.cases("p-2", CaseQuery(), DAY).total == 0
        assert writing.snapshot(kept.id) == kept
        assert assert_whole(writing) == 2
    with store.read() as reading:
        assert assert_whole(reading) == 2


def test_what_was_handed_over_may_be_altered_afterwards(store: SqlStore) -> None:
    mine = case(1, children=["child-1"], conflicts={"p-1": "declared"})
    as_saved = case(1, children=["child-1"], conflicts={"p-1": "declared"})
    with store.write() as writing:
        writing.save(mine, [row()], kind="assessment", stage_title="Assessing")
        mine.children.append("child-2")
        mine.conflicts.clear()
        mine.title = "Another"
        assert writing.case(None, mine.id) == as_saved
        found = writing.case(None, mine.id)
        assert found is not None
        found.children.append("child-3")
        assert writing.case(None, mine.id) == as_saved
    with store.read() as reading:
        assert reading.case(None, mine.id) == as_saved
        assert reading.case("p-1", mine.id) is None
        assert reading.cases_of(None, ["child-2", "child-3"], DAY) == []


def test_who_may_know_and_which_children_follow_every_save(store: SqlStore) -> None:
    """Rows that rarely change are written only when they do: each change must be noticed."""
    steps: list[tuple[dict[str, Any], bool]] = [
        ({"children": ["a"]}, True), ({"children": ["a", "b"]}, True), ({"restricted": True}, False),
        ({"admitted": ["p-1"]}, True), ({"conflicts": {"p-1": "declared"}}, False),
        ({"conflicts": {"p-1": "accept"}}, True), ({"admitted": [], "children": ["b"]}, False),
        ({"restricted": False, "conflicts": {}}, True),
    ]  # fmt: skip
    mine = case(1)
    with store.write() as writing:
        writing.save(mine, [row()], kind="assessment", stage_title="Assessing")
    for together in (False, True):
        for changes, sees in steps:
            with store.write() as writing:
                found = writing.case(None, mine.id)
                assert found is not None
                if together:  # twice in one transaction, the tables being read in between
                    writing.save(replace(found, restricted=True, admitted=[]), [], kind="x", stage_title="")
                    assert writing.cases("p-1", CaseQuery(), DAY).total == 0
                for name, value in changes.items():
                    setattr(found, name, value)
                writing.save(found, [row()], kind="assessment", stage_title="Assessing")
            with store.read() as reading:
                assert (reading.case("p-1", mine.id) is not None) is sees is found.known_to("p-1")
                assert reading.cases("p-1", CaseQuery(), DAY).total == int(sees)
                for child in ("a", "b"):
                    assert bool(reading.cases_of(None, [child], DAY)) is (child in found.children)


def test_forgetting_then_saving_again_brings_everything_back(store: SqlStore) -> None:
    kept = case(1, children=["child-1"], restricted=True, admitted=["p-1"])
    with store.write() as writing:
        facts = [PersonSet("p-1", "Ann"), OfficeSet("p-1", "chair", since=DAY), ChildSet("child-1", "family-1")]
        writing.append(REGISTRY, 0, [Happening(fact, DAY) for fact in facts], actor="p-1", at=AT)
        writing.keep_definition("d1", "single-assessment", "1", "text")
        writing.save(kept, [row()], kind="assessment", stage_title="Assessing")
        writing.put_record(kept.id, RECORD)
    with store.read() as reading:
        before = reading.registry()
    with store.write() as writing:
        assert writing.case(None, kept.id) == kept  # now its children are known to be in the tables
        writing.forget_projections()
        assert writing.case(None, kept.id) is None
        assert writing.record(kept.id, 1) is None
        writing.save(kept, [row()], kind="assessment", stage_title="Assessing")
    with store.read() as reading:
        assert reading.registry() == before
        assert reading.definition_text("d1") == "text"
        assert len(reading.cases_of("p-1", ["child-1"], DAY)) == 1
        assert reading.case("p-2", kept.id) is None


def test_many_commands_are_one_chain(store: SqlStore) -> None:
    cases = [case(n, number=0) for n in range(20)]
    with store.write() as writing:
        for _ in range(10):
            for one in cases:
                found = writing.case(None, one.id) or one
                found.number = writing.append(one.id, found.number, [noted("n")], actor="p", at=AT)[-1].number
                writing.save(found, [row()], kind="assessment", stage_title="Assessing")
    with store.read() as reading:
        assert assert_whole(reading) == 201
        assert {one.number for one in map(reading.snapshot, reading.case_ids()) if one} == {10}
