"""Keeps published statistics in the store, area by area, so that reading the same file again changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casereview.errors import CaseReviewError
from casereview.events import Event, KeptSet
from casereview.exchange.dfe import MAX_BYTES, Area, Published, RowProblem, read_published
from casereview.ports import Writing
from casereview.service.desk import Desk
from casereview.service.registry import require_keeper

WHAT = "published"
INDEX = "index/"  # under which the list of a set's areas is kept
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class FileKept:
    """What became of one file. `of` is the table it is; counts are of areas; `refused` says why it was not used."""

    file: str
    of: str = ""
    title: str = ""
    first: str = ""
    release: str = ""
    rows: int = 0
    passed_over: int = 0
    areas: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    refused: str = ""
    remedy: str = ""


def import_dfe(
    desk: Desk, paths: Sequence[str], *, dry_run: bool = False, max_bytes: int = MAX_BYTES,
    progress: Progress | None = None,
) -> list[FileKept]:  # fmt: skip
    """Reads each file and keeps its figures. A file that cannot be used is listed, and the others are kept.

    Of a year that two releases hold, the newer release stands. Takes an office that keeps the registry. Raises
    CaseReviewError when not one file can be used; then nothing is changed.
    """
    with desk.reading() as work:
        require_keeper(desk, work)
    found = [_read(path, max_bytes, progress) for path in paths]
    errors = [one for one in found if isinstance(one, CaseReviewError)]
    if errors and len(errors) == len(found):
        raise errors[0]
    report = []
    for path, one in zip(paths, found, strict=True):
        if isinstance(one, CaseReviewError):
            report.append(FileKept(path, refused=one.says, remedy=one.remedy or ""))
        else:
            report.append(_kept(desk, one, dry_run))
    return report


def _read(path: str, max_bytes: int, progress: Progress | None) -> Published | CaseReviewError:
    def step(done: int, of: int) -> None:
        if progress is not None:
            progress(f"reading {Path(path).name}", done, of)

    try:
        return read_published(path, max_bytes=max_bytes, progress=step)
    except CaseReviewError as error:
        return error


def _kept(desk: Desk, found: Published, dry_run: bool) -> FileKept:
    kept = FileKept(
        found.path, found.of.key, found.of.title, found.years[0], found.release, found.rows, found.passed_over,
        len(found.areas), problems=found.problems,
    )  # fmt: skip
    with desk.writing() as work:
        events = [event for area in found.areas.values() if (event := _of_area(work, found, area, kept))]
        if not dry_run and (index := _index(work, found)):
            events.append(index)
        if events and not dry_run:
            desk.register(work, *events)
    return kept


def _of_area(work: Writing, found: Published, area: Area, kept: FileKept) -> Event | None:
    key = f"{found.of.key}/{area.code}"
    held = work.kept_one(WHAT, key)
    body = _merged(dict(held.body) if held else {}, found, area)
    if held is not None and held.body == body:
        kept.unchanged += 1
        return None
    if held is None:
        kept.new += 1
    else:
        kept.changed += 1
    return KeptSet(WHAT, key, body=body)


def _merged(held: dict[str, Any], found: Published, area: Area) -> dict[str, Any]:
    """What is held and what the file says: year by year, that of the newer release."""
    years, releases = dict(held.get("years", {})), dict(held.get("releases", {}))
    for year, figures in area.years.items():
        if releases.get(year, "") <= found.release:
            years[year], releases[year] = figures, found.release
    newest = max(releases.values(), default=found.release)
    name = area.name if newest == found.release else held.get("name", area.name)
    return {
        "name": name, "level": area.level, "region": area.region,
        "years": dict(sorted(years.items())), "releases": dict(sorted(releases.items())),
    }  # fmt: skip


def _index(work: Writing, found: Published) -> Event | None:
    """The list of a set's areas, so that a list of them need not read every figure."""
    key = f"{INDEX}{found.of.key}"
    held = work.kept_one(WHAT, key)
    before = dict(held.body) if held else {}
    areas = dict(before.get("areas", {}))
    for area in found.areas.values():
        years = sorted({*area.years, *areas.get(area.code, {}).get("years", ())})
        areas[area.code] = {"name": area.name, "level": area.level, "region": area.region, "years": years}
    release = max(found.release, str(before.get("release", "")))
    source = found.source if release == found.release else before["source"]
    body = {"title": found.of.title, "release": release, "source": source, "areas": dict(sorted(areas.items()))}
    return None if body == before else KeptSet(WHAT, key, body=body)
