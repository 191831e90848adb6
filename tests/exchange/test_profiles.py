"""Timescale profiles on every store: pinned by what is read in, kept by what is copied out, folded alike."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from casereview import commands as cmd
from casereview.decide.opening import OpenCase
from casereview.exchange.bundle import export_bundle, restore_bundle
from casereview.exchange.landing import import_cin
from casereview.ports import Store
from casereview.service.profiles import adopt
from casereview.service.whole import rebuild_store
from casereview.testing import FixedClock
from casereview.views import CaseQuery
from storage import open_store
from tests.exchange.support import TODAY, assessment, census, desk, episode, head, verified
from tests.stories import ADA, CATALOGUE, CHI, DOT, MO, TEAM
from workflows.profiles import Profiles

FLOW = "single-assessment-2013"
PROFILES = Profiles(CATALOGUE)
NATIONAL, LOCAL = PROFILES.find("working-together-2013"), PROFILES.find("local-early-looks")
FROM = date(2023, 9, 1)


def adopted(store: Store) -> None:
    adopt(desk(store, CHI), NATIONAL)
    adopt(desk(store, CHI), LOCAL, since=FROM)


def test_an_imported_case_is_under_the_profile_of_the_day_its_work_began(store: Store, tmp_path: Path) -> None:
    adopted(store)
    before, after = assessment(start=date(2023, 8, 31)), assessment(start=FROM)
    path = census(tmp_path / "census.xml", episode("C1", before), episode("C2", after))
    report = import_cin(desk(store), path)
    assert report.created == 2, report.problems
    with desk(store).reading() as work:
        cases = [work.snapshot(row.id) for row in work.cases(None, CaseQuery(order="opened"), date(2024, 6, 3)).rows]
        assert [case.profile for case in cases if case] == [NATIONAL.hash, LOCAL.hash]
        for case in cases:
            assert case is not None
            run = case.runs["decision"]
            definition = desk(store).definition_of(work, case)
            margin = definition.expectations["decision"].look_after
            assert run.indicative is not None and run.asks_from is not None
            assert (run.asks_from > run.indicative) is (margin is not None)
    assert verified(store).problems == ()
    assert import_cin(desk(store), path).unchanged == 2


def test_on_every_store_a_case_is_opened_moved_verified_and_folded_again(store: Store) -> None:
    adopted(store)
    ref = desk(store, MO).open(OpenCase(FLOW, "One", date(2024, 5, 1), TEAM)).case.ref
    desk(store, MO).do(ref, cmd.ChangeProfile("working-together-2013", "the looks were held already"))
    with store.read() as work:
        case = work.case(None, ref)
    assert case is not None and case.profile == NATIONAL.hash
    assert verified(store).problems == ()
    rebuild_store(desk(store, ADA))
    with store.read() as work:
        assert work.case(None, ref) == case
    assert verified(store).problems == ()


def test_a_whole_store_is_restored_with_its_profiles(store: Store, tmp_path: Path) -> None:
    adopted(store)
    desk(store, MO).open(OpenCase(FLOW, "One", date(2024, 5, 1), TEAM))
    path = tmp_path / "whole.jsonl"
    export_bundle(desk(store, DOT), str(path))
    other = open_store(str(tmp_path / "other.db"), create=True, empty=True, clock=FixedClock(TODAY))
    restore_bundle(desk(other, DOT), str(path))
    assert head(other) == head(store)
    assert verified(other).problems == ()
    again = desk(other, MO).open(OpenCase(FLOW, "Two", date(2024, 5, 2), TEAM)).case
    assert again.profile == LOCAL.hash  # what was adopted there is in force here: it is the same store
    other.close()
