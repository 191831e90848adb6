"""A published review says that it is published, and nothing of what is not known."""

from __future__ import annotations

from datetime import date

from casereview.service.desk import Desk
from casereview.service.reading import cases, show
from casereview.simulation import published
from casereview.testing import FixedClock, MemoryStore
from casereview.views import CaseQuery
from tests.stories import CATALOGUE, CHO, new_store


def test_a_published_review_stands_as_published() -> None:
    store = new_store()
    assert isinstance(store, MemoryStore)
    desk = Desk(store, FixedClock(date(2026, 11, 20)), CATALOGUE, CHO)
    with desk.writing() as work:
        count = published.land(desk, work)
    rows = cases(desk, CaseQuery(workflow="learning-together")).rows
    assert len(rows) == count > 0
    for row in rows:
        case = show(desk, row.id).case
        assert case.tracks["publication"].stage == "published"
        assert case.imported and not case.runs
