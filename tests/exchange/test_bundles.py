"""A bundle carries a store or a case elsewhere with nothing lost, and anything else into nothing at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.codec import dumps
from casereview.decide.opening import OpenCase
from casereview.errors import CaseReviewError, NotFound, StoreProblem
from casereview.events import FromBundle, OfficeSet, PersonSet
from casereview.exchange.bundle import export_bundle, import_bundle, restore_bundle
from casereview.exchange.bundle_read import read_bundle
from casereview.exchange.landing import import_cin
from casereview.ports import Store
from casereview.testing import FixedClock, MemoryStore
from casereview.views import CaseQuery, RegisterQuery
from tests.contract.conftest import Backend
from tests.exchange.support import (
    NAMES,
    TODAY,
    alike,
    assessment,
    cases,
    census,
    desk,
    episode,
    head,
    in_memory,
    verified,
    with_people,
)  # fmt: skip
from tests.stories import ADA, CHI, DOT, MO, SAM, STORY, TEAM, WREN


def lived_in(store: Store, folder: Path) -> list[str]:
    """Cases worked on, one restricted, one imported; returns the references of the three opened here."""
    import_cin(desk(store), census(folder / "c.xml", episode("A", assessment(authorised=date(2024, 3, 8)))))
    refs = []
    for number in range(3):
        ref = desk(store, MO).open(OpenCase(STORY, f"Matter {number}", TODAY, TEAM, WREN, ("999-A",))).case.ref
        desk(store, MO).do(ref, cmd.SetRoster("mother", parental_responsibility=True))
        desk(store, WREN).do(ref, cmd.SeeChild(TODAY, where="at home"))
        desk(store, WREN).do(ref, cmd.GiveReason("JUDG", "a question is open", "she is safe"))
        desk(store, MO).do(ref, cmd.GiveAnswer("agreed", "", date(2024, 7, 1)))
        refs.append(ref)
    desk(store, MO).do(refs[2], cmd.Restrict("a colleague is family", (WREN,)))
    return refs


@pytest.fixture
def source(tmp_path: Path) -> tuple[Store, list[str]]:
    store = in_memory()
    return store, lived_in(store, tmp_path)


def everything(store: Store) -> list[Any]:
    """What each person of the store is answered by every list."""
    found: list[Any] = []
    with store.read() as work:
        for viewer in (None, DOT, WREN, MO, SAM):
            for order in ("-opened", "concern", "reference", "stage", "worker"):
                found.append(work.cases(viewer, CaseQuery(order=order), TODAY))
            found.append(work.register(viewer, RegisterQuery(), TODAY))
            found.append(work.cases_of(viewer, ["999-A"], TODAY))
        found += [(work.history(case.id), work.records(case.id)) for case in cases_in(work)]
        found += [work.registry(), work.definitions(), list(work.links())]
    return found


def cases_in(work: Any) -> list[Any]:
    return [work.snapshot(case_id) for case_id in work.case_ids()]


# ---- a whole store -----------------------------------------------------------------------------------------------
def test_into_an_empty_store_the_chain_arrives_identical(backend: Backend, tmp_path: Path) -> None:
    store = with_people(backend.new(practice=False))
    lived_in(store, tmp_path)
    path = str(tmp_path / "all.bundle")
    entries = export_bundle(desk(store, ADA), path)
    assert Path(path).stat().st_mode & 0o077 == 0
    other = backend.fresh()
    report = restore_bundle(desk(other, "system"), path)
    assert (report.identical, report.entries, report.created) == (True, entries, 4)
    assert head(other) == head(store)
    assert everything(other) == everything(store)
    assert verified(other).ok
    before = head(other)
    with pytest.raises(StoreProblem):
        restore_bundle(desk(other, "system"), path)
    again = import_bundle(desk(other), path)
    assert (again.read, again.unchanged, again.created, head(other)) == (4, 4, 0, before)


def test_beside_other_cases_each_is_taken_in_once(
    backend: Backend, source: tuple[Store, list[str]], tmp_path: Path
) -> None:
    store, _ = source
    path = str(tmp_path / "all.bundle")
    export_bundle(desk(store, ADA), path)
    other = with_people(backend.new(practice=False))
    desk(other, MO).open(OpenCase(STORY, "Our own", TODAY, TEAM, WREN, ()))
    before = head(other)
    tried = import_bundle(desk(other), path, dry_run=True)
    assert head(other) == before
    report = import_bundle(desk(other), path)
    assert (report.read, report.created, report.refused, report.identical) == (4, 4, 0, False)
    assert (tried.created, tried.entries, tried.problems) == (report.created, report.entries, [])
    assert verified(other).ok
    there = {case.ref: case for case in cases(store)}
    for case in cases(other):
        if case.title != "Our own":
            # no difference at all, authors and answers included: what was justified there is so here
            assert alike(case) == alike(there[case.ref]) and case.id == there[case.ref].id
    after = head(other)
    again = import_bundle(desk(other), path)
    assert (again.unchanged, again.created, again.problems, head(other)) == (4, 0, [], after)


def test_whose_office_it_is_to_carry_the_whole_store(source: tuple[Store, list[str]], tmp_path: Path) -> None:
    store, _ = source
    target = tmp_path / "all.bundle"
    for person in (WREN, MO, SAM):
        with pytest.raises(NotFound, match="auditor or data officer"):
            export_bundle(desk(store, person), str(target))
    assert not target.exists()
    export_bundle(desk(store, DOT), str(target))
    with pytest.raises(NotFound, match="auditor or data officer"):
        import_bundle(desk(store, MO), str(target))


# ---- one case --------------------------------------------------------------------------------------------------
def test_a_case_keeps_what_was_said_by_whom_and_when(
    backend: Backend, source: tuple[Store, list[str]], tmp_path: Path
) -> None:
    store, refs = source
    path = str(tmp_path / "case.bundle")
    export_bundle(desk(store, WREN), path, refs[0])
    other = with_people(backend.new(practice=False), {DOT: "Dot", ADA: "Ada", SAM: "Sam"})
    report = import_bundle(desk(other), path)
    assert (report.read, report.created) == (1, 1)
    original = next(case for case in cases(store) if case.ref == refs[0])
    with other.read() as work, store.read() as there:
        links = list(there.links(stream=original.id))
        for entry, link in zip(work.history(original.id), links, strict=True):
            event = entry.event
            assert isinstance(event, FromBundle)
            assert (event.inner, event.actor, event.recorded_at) == (link.kind, link.actor, link.recorded_at)
            assert (event.seq, event.hash, event.store) == (link.seq, link.hash, there.info().store)
            assert event.body == json.loads(link.body or "")
            assert (entry.number, entry.on.isoformat()) == (link.number, link.on)
            assert (entry.actor, entry.acting_as) == (link.actor, DOT)  # who read it in stands beside the author
        assert work.snapshot(original.id) == original
        people = {person.id: person for person in work.people()}
        assert (people[WREN].name, people[WREN].login, people[MO].offices) == ("Wren", "", ())
        assert CHI not in people  # took no part in it
        assert [child.id for child in work.children(["999-A"])] == ["999-A"]
    assert verified(other).ok
    # carried on from there to a third store, its first source stays named
    onward = str(tmp_path / "onward.bundle")
    export_bundle(desk(other, DOT), onward, refs[0])
    third = in_memory()
    import_bundle(desk(third), onward)
    with third.read() as work, store.read() as there:
        events = [entry.event for entry in work.history(original.id)]
        assert {event.store for event in events if isinstance(event, FromBundle)} == {there.info().store}
        assert work.snapshot(original.id) == original


def test_a_case_one_may_not_know_of_answers_as_if_it_had_never_been(
    source: tuple[Store, list[str]], tmp_path: Path
) -> None:
    store, refs = source
    target = str(tmp_path / "x.bundle")
    said = []
    for ref in (refs[2], refs[2][:-1] + ("A" if refs[2][-1] != "A" else "B"), "SA-2024-00000"):
        with pytest.raises(NotFound) as no:
            export_bundle(desk(store, SAM), target, ref)
        said.append(no.value.says.replace(ref, "REF"))
    assert len(set(said)) == 1 and not Path(target).exists()
    export_bundle(desk(store, WREN), target, refs[2])


def test_a_restricted_case_stays_hidden_where_it_arrives(source: tuple[Store, list[str]], tmp_path: Path) -> None:
    store, refs = source
    path = str(tmp_path / "case.bundle")
    export_bundle(desk(store, WREN), path, refs[2])
    other = in_memory()
    import_bundle(desk(other), path)
    with other.read() as work:
        assert work.case(SAM, refs[2]) is None and work.case(DOT, refs[2]) is None
        assert work.case(WREN, refs[2]) is not None


# ---- clashes ---------------------------------------------------------------------------------------------------
def test_a_stranger_with_the_same_id_keeps_the_bundle_out(source: tuple[Store, list[str]], tmp_path: Path) -> None:
    store, refs = source
    path = str(tmp_path / "case.bundle")
    export_bundle(desk(store, WREN), path, refs[2])
    other = in_memory({**NAMES, WREN: "Wren Another"})
    before = head(other)
    for dry_run in (True, False):
        with pytest.raises(CaseReviewError, match="wren is Wren there and Wren Another here"):
            import_bundle(desk(other), path, dry_run=dry_run)
        assert head(other) == before


def test_a_row_imported_on_both_sides_is_refused_by_name(source: tuple[Store, list[str]], tmp_path: Path) -> None:
    store, _ = source
    path = str(tmp_path / "all.bundle")
    export_bundle(desk(store, ADA), path)
    other = in_memory()
    import_cin(desk(other), census(tmp_path / "c.xml", episode("A")))
    (ours,) = cases(other)
    report = import_bundle(desk(other), path)
    assert (report.read, report.created, report.refused) == (4, 3, 1)
    assert f"imported here as {ours.ref}" in report.problems[0]
    assert verified(other).ok


def test_what_was_added_elsewhere_since_is_told(source: tuple[Store, list[str]], tmp_path: Path) -> None:
    store, refs = source
    export_bundle(desk(store, WREN), str(tmp_path / "1.bundle"), refs[0])
    desk(store, WREN).do(refs[0], cmd.SeeChild(TODAY))
    export_bundle(desk(store, WREN), str(tmp_path / "2.bundle"), refs[0])
    other = in_memory()
    import_bundle(desk(other), str(tmp_path / "1.bundle"))
    before = head(other)
    report = import_bundle(desk(other), str(tmp_path / "2.bundle"))
    assert (report.unchanged, head(other)) == (1, before)
    assert "added to it elsewhere" in report.problems[0]


# ---- anything else -----------------------------------------------------------------------------------------------
def signed(lines: list[dict[str, Any]]) -> str:
    """Lines as a bundle whose last line fits: what a careful forger would write."""
    text = "".join(dumps(line) + "\n" for line in lines).encode("utf-8", "backslashreplace").decode()
    entries = sum("entry" in line for line in lines)
    return text + dumps({"end": entries, "digest": hashlib.sha256(text.encode()).hexdigest()}) + "\n"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """A bundle of a whole store, and one of a case."""
    folder = tmp_path_factory.mktemp("good")
    store = in_memory()
    refs = lived_in(store, folder)
    export_bundle(desk(store, ADA), str(folder / "all"))
    export_bundle(desk(store, WREN), str(folder / "one"), refs[0])
    return (folder / "all").read_bytes(), (folder / "one").read_bytes()


def refused(path: Path, data: bytes) -> str:
    """What is said of a bundle that must be taken by nobody; nothing may have changed."""
    path.write_bytes(data)
    other, empty = in_memory(), nothing_yet()
    before = head(other), head(empty)
    said = []
    for take, to in ((import_bundle, desk(other)), (restore_bundle, desk(empty, "system"))):
        with pytest.raises(CaseReviewError) as no:
            take(to, str(path))
        said.append(str(no.value))
    assert (head(other), head(empty)) == before
    return said[0]


def nothing_yet() -> Store:
    return MemoryStore(clock=FixedClock(TODAY), empty=True)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\n", b"garbage", b"\xff\xfe\x00", b"[]\n", b"null\n", b"{}\n", b"[" * 100_000, b'{"a":' * 100_000,
        b'{"casereview":"bundle","format":2}\n', b'{"casereview":"bundle","format":1}\n',
        b'{"casereview":"bundle","format":1,"store":"x","case":null,"head":{"seq":0,"hash":""}}\n',
        b"x" * 17_000_000,
    ],
    ids=range(13),
)  # fmt: skip
def test_what_is_no_bundle_is_refused_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    assert "\n" not in refused(tmp_path / "b", data)


def test_an_absent_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent", "nul\0byte"):
        with pytest.raises(CaseReviewError):
            read_bundle(str(path))


PUT = [b"", b"x", b'"', b"9", b"\n", b"\x00", b"\xff", b"\\ud800"]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([0, 1]), st.integers(0, 10**6), st.booleans(), st.sampled_from(PUT))
def test_no_byte_of_a_bundle_can_be_changed_unnoticed(
    good: tuple[bytes, bytes], tmp_path: Path, which: int, place: int, at_end: bool, put: bytes
) -> None:
    whole = good[which]
    at = len(whole) - 1 - place % 140 if at_end else place % len(whole)
    changed = whole[:at] + put + whole[at + 1 :]
    if changed != whole:
        refused(tmp_path / "b", changed)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.9999])
def test_one_that_is_cut_short_is_refused(good: tuple[bytes, bytes], tmp_path: Path, share: float) -> None:
    for whole in good:
        refused(tmp_path / "b", whole[: int(len(whole) * share)])
        lines = whole.splitlines(keepends=True)
        refused(tmp_path / "b", b"".join(lines[: int(len(lines) * share)]))
        refused(tmp_path / "b", whole + lines[-2])


Change = Callable[[list[dict[str, Any]]], None]


def _entry(lines: list[dict[str, Any]], kind: str = "reason-given") -> dict[str, Any]:
    found: dict[str, Any] = next(line["entry"] for line in lines if line.get("entry", {}).get("kind") == kind)
    return found


FORGERIES: dict[str, Change] = {
    "a body": lambda lines: _entry(lines).update(body="{}"),
    "an author": lambda lines: _entry(lines).update(actor="sam"),
    "no salt": lambda lines: _entry(lines).update(salt=None),
    "an odd salt": lambda lines: _entry(lines).update(salt="zz" * 32),
    "a day": lambda lines: _entry(lines).update(on="yesterday"),
    "a number": lambda lines: _entry(lines).update(number=True),
    "a huge number": lambda lines: _entry(lines).update(seq=10**30),
    "an entry missing": lambda lines: lines.remove({"entry": _entry(lines)}),
    "an entry twice": lambda lines: lines.append({"entry": _entry(lines)}),
    "no parts": lambda lines: lines.append({"entry": 7}),
    "another thing": lambda lines: lines.append({"what": 7}),
    "a surrogate": lambda lines: lines[0].update(store="\ud800"),
    "a workflow": lambda lines: next(line for line in lines if "workflow" in line).update(text="name = 1"),
    "a workflow's name": lambda lines: next(line for line in lines if "workflow" in line).update(workflow="other"),
    "the head": lambda lines: lines[0].update(head={"seq": "1", "hash": "x"}),
}


@pytest.mark.parametrize("what", list(FORGERIES))
@pytest.mark.parametrize("which", [0, 1], ids=["whole", "case"])
def test_a_forger_who_makes_the_last_line_fit_is_refused(
    good: tuple[bytes, bytes], tmp_path: Path, which: int, what: str
) -> None:
    lines = [json.loads(line) for line in good[which].splitlines()][:-1]
    FORGERIES[what](lines)
    refused(tmp_path / "b", signed(lines).encode("utf-8", "backslashreplace"))


def test_offices_never_travel(good: tuple[bytes, bytes], tmp_path: Path) -> None:
    """A case's bundle may say anything of people: it lets nobody in, and makes nobody anything."""
    lines = [json.loads(line) for line in good[1].splitlines()][:-1]
    lines.insert(1, {"registry": PersonSet.kind, "body": {"person": "eve", "name": "Eve", "login": "root"}})
    lines.insert(2, {"registry": OfficeSet.kind, "body": {"person": "eve", "office": "auditor"}})
    path = tmp_path / "b"
    path.write_bytes(signed(lines).encode())
    other = in_memory()
    import_bundle(desk(other), str(path))
    with other.read() as work:
        eve = work.person("eve")
    assert eve is not None and (eve.login, eve.offices) == ("", ())


def test_an_existing_file_is_never_written_over(source: tuple[Store, list[str]], tmp_path: Path) -> None:
    store, _ = source
    target = tmp_path / "there"
    target.write_text("mine")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    for path in (target, link, tmp_path / "no" / "folder", "x\0y"):
        with pytest.raises(CaseReviewError, match="cannot be written"):
            export_bundle(desk(store, ADA), str(path))
    assert target.read_text() == "mine" and not (tmp_path / "elsewhere").exists()
