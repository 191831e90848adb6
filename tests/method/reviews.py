"""A review made of rows, without a store: for what is a pure reading of its records."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from casereview.case import Case, Visit
from casereview.method.review import Review, review_of_rows
from casereview.views import RecordRow
from workflows.catalogue import Catalogue
from workflows.definition import Definition

DAY = date(2024, 6, 3)


@cache
def learning_together() -> Definition:
    return Catalogue().find("learning-together")


def review_of(*records: tuple[str, dict[str, Any]], stage: str = "", tracks: dict[str, str] | None = None) -> Review:
    """Records in order, numbered from 2; the case stands at `stage`, its tracks where `tracks` says."""
    definition = learning_together()
    case = Case("c", ref="LT-2024-TEST", title="A review", workflow=definition.name, opened=DAY)
    case.main = Visit(stage or definition.start, 1, DAY, 1)
    case.visits = {case.main.stage: 1}
    for track in definition.tracks.values():
        case.tracks[track.name] = Visit((tracks or {}).get(track.name, track.start), 1, DAY, 1)
    at = datetime(2024, 6, 3, 9, tzinfo=UTC)
    rows = [RecordRow(n, kind, DAY, "lena", "", at, values) for n, (kind, values) in enumerate(records, 2)]
    case.number = len(rows) + 1
    return review_of_rows(case, definition, rows)
