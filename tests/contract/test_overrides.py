"""Entries of a kind across cases: newest first, and none of a case the viewer may not know of."""

from __future__ import annotations

from casereview.case import Case
from casereview.events import Happening, Recorded, RequirementSetAside
from casereview.ports import Store
from tests.contract.builders import AT, DAY, keep, make_case


def _lived(store: Store, case: Case) -> None:
    with store.write() as work:
        facts = [RequirementSetAside("plan", "told-family", f"of {case.ref}"), Recorded("note", {})]
        work.append(case.id, 0, [Happening(fact, DAY) for fact in facts], actor="p-amira", at=AT)
    case.number = 2
    keep(store, case)


def test_only_the_kinds_asked_for_newest_first_and_none_of_a_hidden_case(store: Store) -> None:
    plain, hidden = make_case(1), make_case(2, restricted=True, admitted=["p-amira"])
    walled = make_case(3, conflicts={"p-bo": "declared"})
    for case in (plain, hidden, walled):
        _lived(store, case)
    with store.read() as work:
        seen = {
            viewer: [entry.stream for entry in work.entries_of_kind(viewer, ["set-aside", "telling-excepted"])]
            for viewer in ("p-amira", "p-bo", "p-cy", None)
        }
        assert len(work.entries_of_kind(None, ["set-aside"], limit=2)) == 2
        assert work.entries_of_kind(None, ["lane-set"]) == []
    assert seen["p-amira"] == seen[None] == [walled.id, hidden.id, plain.id]
    assert seen["p-bo"] == [plain.id]
    assert seen["p-cy"] == [walled.id, plain.id]
