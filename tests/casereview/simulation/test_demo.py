"""The demo store: lived by the rules, alive on its day, whole, and honest about what it does not know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from casereview.clock import PinnedClock
from casereview.errors import CaseReviewError
from casereview.exchange.cin_export import export_cin
from casereview.service import reading, registry, whole
from casereview.service.desk import Desk
from casereview.simulation import published
from casereview.simulation.demo import DemoReport, build_demo
from casereview.testing import FixedClock, MemoryStore
from casereview.views import CaseQuery, CaseRow, RegisterQuery
from storage import open_store
from workflows.catalogue import Catalogue

TODAY = date(2026, 11, 21)  # a Saturday: a demo is run on any day
OPEN = ("urgent_late", "longer_of_concern", "longer_lapsed", "longer_unexplained", "longer_explained",
        "past_agreed", "checkpoint_missed", "longer_justified", "on_course")  # fmt: skip


def new_desk(person: str = "me", today: date = TODAY, *, practice: bool = True) -> Desk:
    return Desk(MemoryStore(clock=FixedClock(today), practice=practice), PinnedClock(today), Catalogue(), person)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, DemoReport]]:
    clock, place = PinnedClock(TODAY), tmp_path_factory.mktemp("demo") / "demo.db"
    store = open_store(str(place), create=True, practice=True, clock=clock)
    desk = Desk(store, clock, Catalogue(), "me")
    yield desk, build_demo(desk, today=TODAY, scale=0.1, name="Ada Test", login="ada")
    store.close()


def rows(desk: Desk, query: CaseQuery) -> list[CaseRow]:
    found: list[CaseRow] = []
    while len(found) < (page := reading.cases(desk, query)).total and page.rows:
        found += page.rows
        query = CaseQuery(query.text, kind=query.kind, open=query.open, offset=len(found), limit=500)
    return found


def test_the_store_is_whole(made: tuple[Desk, DemoReport]) -> None:
    desk, report = made
    verified = whole.verify(desk)
    assert verified.ok, verified.problems[:3]
    assert verified.entries == report.entries
    assert verified.cases == report.completed + report.open + report.reviews + report.published + report.recommendations


@pytest.mark.parametrize("standing", OPEN)
def test_every_standing_can_be_seen(made: tuple[Desk, DemoReport], standing: str) -> None:
    desk, report = made
    assert report.standings[standing] >= 1
    page = reading.register(desk, RegisterQuery(standings=(standing,), workflow="single-assessment-2013"))
    assert page.rows and page.total == len(page.rows)
    for row in page.rows:
        shown = reading.show(desk, row.row.id)
        seen = next(e for e in shown.expectations if e.expectation.name == row.expectation.expectation)
        assert seen.standing == standing


def test_finished_ones_are_of_several_kinds(made: tuple[Desk, DemoReport]) -> None:
    desk, report = made
    done = [row for row in rows(desk, CaseQuery(kind="assessment", open=False)) if not row.imported]
    kinds = {e.standing for row in done for e in reading.show(desk, row.id).expectations}
    wanted = {"early", "within", "longer_unexplained", "longer_justified", "explained_afterwards"}
    assert {f"done_{kind}" for kind in wanted} <= kinds
    imported = [row for row in rows(desk, CaseQuery(kind="assessment", open=False)) if row.imported]
    assert len(imported) == report.read_in and all(row.closed and row.closed < report.began for row in imported)


def test_what_is_justified_is_a_part_of_what_has_a_reason(made: tuple[Desk, DemoReport]) -> None:
    report = made[1]
    explained = sum(report.standings[s] for s in ("longer_justified", "longer_lapsed", "longer_explained"))
    assert 0 < report.standings["longer_justified"] < explained


def test_nobody_agreed_to_their_own_work(made: tuple[Desk, DemoReport]) -> None:
    desk, _ = made
    for row in reading.register(desk, RegisterQuery(limit=500)).rows:
        case = reading.show(desk, row.row.id).case
        for run in case.runs.values():
            assert not {a.by for a in run.answers} & {case.worker, desk.person}


def test_nothing_happens_after_the_day_or_before_the_case(made: tuple[Desk, DemoReport]) -> None:
    desk, report = made
    some = rows(desk, CaseQuery(kind="assessment"))[:60]
    with desk.reading() as work:
        assert all(report.today.isoformat() >= link.on for link in work.links())
        for row in some:
            entries = work.history(row.id)
            assert [e.on for e in entries] == sorted(e.on for e in entries)
            assert row.imported or entries[0].on == row.opened


def test_whoever_runs_it_can_do_everything_at_once(made: tuple[Desk, DemoReport]) -> None:
    desk, report = made
    with desk.reading() as work:
        me = desk.me(work)
    assert (me.name, me.login) == ("Ada Test", "ada")
    teams = {team.id for team in registry.teams(desk)}
    assert teams and all(me.holds("manager", TODAY, team) for team in teams)
    assert me.holds("data-officer", TODAY) and me.holds("chair", TODAY)
    managers = [p for p in registry.people(desk) if any(o.office == "manager" for o in p.offices)]
    assert len(managers) == 1 + len(teams)
    assert report.people == len(registry.people(desk))


def test_one_case_is_restricted_and_absent_to_others(made: tuple[Desk, DemoReport]) -> None:
    desk, _ = made
    restricted = [row for row in rows(desk, CaseQuery(open=True)) if row.restricted]
    assert len(restricted) == 1
    other = Desk(desk.store, desk.clock, desk.catalogue, "business-manager")
    assert restricted[0].id not in {row.id for row in rows(other, CaseQuery(open=True))}


# ---- reviews --------------------------------------------------------------------------------------------------------
def test_reviews_are_under_way_with_real_looking_work(made: tuple[Desk, DemoReport]) -> None:
    desk, _ = made
    reviews = [row for row in rows(desk, CaseQuery(kind="review")) if not row.imported]
    stages = {row.stage: row for row in reviews}
    assert set(stages) == {"follow-on-2", "board-response"}
    lantern = stages["follow-on-2"]
    assert lantern.standing == "longer_justified"
    kinds = {r.kind for r in reading.records(desk, lantern.id, limit=200).rows}
    assert {
        "scope", "participant", "document", "conversation", "turning-point", "narrative-segment", "perspective",
        "key-practice-episode", "contributory-factor", "finding", "prevalence-evidence", "comment", "parallel-process",
    } <= kinds  # fmt: skip
    case = reading.show(desk, lantern.id).case
    assert case.conflicts == {"board-police": "replace"} and case.overrides == 0
    assert reading.show(desk, stages["board-response"].id).case.overrides == 1
    walled = Desk(desk.store, desk.clock, desk.catalogue, "board-police")
    assert lantern.id not in {row.id for row in rows(walled, CaseQuery(kind="review"))}


def test_published_reviews_claim_only_what_is_known(made: tuple[Desk, DemoReport]) -> None:
    desk, report = made
    found = [row for row in rows(desk, CaseQuery(kind="review")) if row.imported]
    assert len(found) == report.published == len(published.reviews())
    known = {review["title"]: review for review in published.reviews()}
    for row in found:
        assert row.title.startswith("Published review: ") and row.standing == ""
        records = reading.records(desk, row.id, limit=100).rows
        findings = [r.values for r in records if r.kind == "finding"]
        assert sorted(f["statement"] for f in findings) == sorted(known[row.title]["findings"])
        assert all(set(values) == {"statement"} for values in findings)
        documents = [r.values for r in records if r.kind == "document"]
        assert documents and all("Source:" in d["shows"] and "not" in d["gaps"].lower() for d in documents)
        assert not {"conversation", "key-practice-episode", "participant", "prevalence-evidence"} & {
            r.kind for r in records
        }
        definition = reading.show(desk, row.id).definition
        for record in records:
            assert set(record.values) <= set(definition.records[record.kind].fields)


# ---- building --------------------------------------------------------------------------------------------------------
def _story(desk: Desk) -> list[tuple[str, ...]]:
    with desk.reading() as work:
        return [(link.stream, link.kind, link.on, link.actor, link.body or "") for link in work.links()]


def test_the_same_day_seed_and_scale_tell_the_same_story() -> None:
    first, second, third = new_desk(), new_desk(), new_desk()
    build_demo(first, scale=0.01)
    build_demo(second, scale=0.01)
    build_demo(third, scale=0.01, seed=9)
    assert _story(first)[1:] == _story(second)[1:]  # the first entry names the store itself
    assert len(_story(third)) != len(_story(first))


@pytest.mark.parametrize("today", [date(2025, 1, 1), date(2024, 2, 29), date(2026, 8, 31)])
def test_it_can_be_built_on_any_day(today: date) -> None:
    desk = new_desk("chair", today)  # also for somebody whose login is a part in the story
    report = build_demo(desk, scale=0.02)
    assert report.today == today and whole.verify(desk).ok


def test_progress_is_told() -> None:
    told: list[tuple[str, int, int]] = []
    build_demo(new_desk(), lambda what, done, of: told.append((what, done, of)), scale=0.01)
    assert {what for what, _, _ in told} >= {"People and teams", "Assessments", "Reviews"}
    assert all(done <= of for _, done, of in told)


def test_only_an_empty_practice_store_is_filled() -> None:
    with pytest.raises(CaseReviewError, match="practice"):
        build_demo(new_desk(practice=False), scale=0.01)
    desk = new_desk()
    build_demo(desk, scale=0.01)
    with pytest.raises(CaseReviewError, match="already"):
        build_demo(desk, scale=0.01)


def test_the_past_is_looked_at_as_it_happened(made: tuple[Desk, DemoReport]) -> None:
    desk, _ = made
    row = reading.register(desk, RegisterQuery(workflow="single-assessment-2013")).rows[0].row
    earlier = row.opened + timedelta(days=14)
    assert reading.show(desk, row.id, as_at=earlier).case.number < reading.show(desk, row.id).case.number


def test_its_census_return_is_asked_about_work_and_not_about_what_every_child_has(
    made: tuple[Desk, DemoReport],
) -> None:
    found = export_cin(made[0], 2026, None)
    asked = {finding.rule for finding in found.findings}
    assert found.children > 20 and not asked & {"8525", "8540", "8770Q"}
