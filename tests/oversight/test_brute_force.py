"""On the made-up authority, the register, the morning and the pack's counts are what the journal alone gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from casereview.clock import PinnedClock
from casereview.oversight.matter import KINDS
from casereview.service.desk import Desk
from casereview.service.morning import morning
from casereview.service.reading import register
from casereview.simulation.demo import build_demo
from casereview.testing import FixedClock
from casereview.views import BY_CONCERN, RegisterPage, RegisterQuery
from storage import open_store
from tests.oversight import brute_force
from tests.stories import CATALOGUE

TODAY = date(2026, 11, 20)
KNOWN = ("reason", "justification", "checkpoint", "family", "urgent", "sign-off", "date", "silence")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Path]]:
    place = tmp_path_factory.mktemp("brute") / "demo.db"
    clock = FixedClock(TODAY)
    store = open_store(str(place), create=True, practice=True, clock=clock)
    desk = Desk(store, clock, CATALOGUE, "runner")
    build_demo(desk, scale=0.15, name="The runner", login="runner")
    yield Desk(store, PinnedClock(TODAY), CATALOGUE, "runner"), place
    store.close()


def all_of_it(desk: Desk) -> RegisterPage:
    return register(desk, RegisterQuery(standings=BY_CONCERN, limit=10_000))


def test_every_line_of_the_register_in_its_order(demo: tuple[Desk, Path]) -> None:
    desk, place = demo
    found = brute_force.register(brute_force.read(place), "runner", TODAY)
    page = all_of_it(desk)
    lines = [
        (r.row.standing, r.row.case, r.expectation.expectation, r.working_days, r.beyond) for r in page.rows
    ]
    assert lines == [(f.standing, f.case, f.expectation, f.working_days, f.beyond) for f in found]
    assert page.counts == brute_force.counts(found)
    assert len({line[0] for line in lines}) >= 8, "a register that shows hardly anything proves hardly anything"


@pytest.mark.parametrize("person", ["worker-east-1", "manager-east", "business-manager"])
def test_the_register_of_others_leaves_out_what_they_may_not_know(demo: tuple[Desk, Path], person: str) -> None:
    desk, place = demo
    theirs = Desk(desk.store, desk.clock, CATALOGUE, person)
    with desk.reading() as work:
        if person not in {p.id for p in work.people()}:
            pytest.skip(f"nobody of the made-up authority is called {person}")
    found = brute_force.register(brute_force.read(place), person, TODAY)
    assert [r.row.case for r in all_of_it(theirs).rows] == [f.case for f in found]


def test_every_question_of_the_morning(demo: tuple[Desk, Path]) -> None:
    desk, place = demo
    with desk.reading() as work:
        me = desk.me(work)
    teams = {o.team for o in me.offices if o.office == "manager"}
    offices = {o.office for o in me.offices if o.office != "manager"}
    expected = brute_force.morning(brute_force.read(place), me.id, TODAY, offices, teams)
    asked = Counter((q.kind, q.case) for q in morning(desk).questions if q.kind in KNOWN)
    assert asked == Counter({key: n for key, n in expected.items() if key[0] in KNOWN})
    assert len({kind for kind, _ in asked}) >= 5 and set(KNOWN) <= set(KINDS)
