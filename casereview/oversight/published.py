"""Published figures as kept here: areas, how long assessments took, re-referrals, caseload; only ever read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casereview.errors import NotFound, did_you_mean
from casereview.exchange.dfe_keep import INDEX, WHAT
from casereview.exchange.dfe_sets import SETS
from casereview.oversight.figures.durations import DFE
from casereview.ports import Reading
from casereview.service.desk import Desk
from casereview.text import shown

COUNTRY, REGION, AUTHORITY = "country", "region", "authority"
MARKS = {
    "c": "hidden there: too few children to show",
    "x": "not available",
    "z": "does not apply",
    "u": "of low reliability, not shown",
}
OTHER_MARK = "a mark: see the notes of the release"
ABSENT = ""  # nothing was published: no row, or an empty cell
BAND_COLUMNS = (
    "Same_day", "1-10_days", "11-20_days", "21-30_days", "31-40_days", "41-45_days", "46-50_days", "51-60_days",
    "61+_days",
)  # fmt: skip
# Where a body ended and another carries on: from the notes that come with the data.
CARRIED_ON = {"E10000006": ("E06000063", "E06000064")}  # Cumbria: Cumberland; Westmorland and Furness


@dataclass(frozen=True, slots=True)
class Figure:
    """A published number, or the mark that stands in its place. A mark is never a zero."""

    value: int | float | None
    mark: str = ABSENT

    @property
    def says(self) -> str:
        """For a cell: the number, the mark, or a dash where nothing was published."""
        return f"{self.value:,}" if self.value is not None else self.mark or "–"

    @property
    def meaning(self) -> str:
        if self.value is not None:
            return ""
        return MARKS.get(self.mark, OTHER_MARK) if self.mark else "nothing published"


NOTHING = Figure(None)
KEYS = tuple(one.key for one in SETS)


@dataclass(frozen=True, slots=True)
class Area:
    """A country, region or authority, and the years something was published of it."""

    code: str
    name: str
    level: str
    region: str
    years: tuple[int, ...]

    @property
    def says(self) -> str:
        """The name, with the years where another area bears the same name."""
        return f"{self.name} ({self.years[0]}–{self.years[-1]})" if self.years else self.name


@dataclass(frozen=True, slots=True)
class SetKept:
    """One published table that is kept here."""

    key: str
    title: str
    release: str
    source: str
    areas: int


@dataclass(frozen=True, slots=True)
class PublishedBand:
    """So many took from `low` to `high` working days (None: or longer). The share is of all completed, 0 to 1."""

    low: int
    high: int | None
    count: Figure
    share: float | None


@dataclass(frozen=True, slots=True)
class PublishedDurations:
    """Assessments completed in the year to 31 March `year`, by how long they took. `note`: why there is nothing."""

    area: Area
    year: int
    completed: Figure
    bands: tuple[PublishedBand, ...]
    lower: Figure
    median: Figure
    upper: Figure
    source: str
    note: str = ""


# ---- what there is ---------------------------------------------------------------------------------------------------
def sets(desk: Desk) -> list[SetKept]:
    """The tables kept here, in the order of the releases."""
    with desk.reading() as work:
        desk.me(work)
        return [
            SetKept(one.key, body["title"], body["release"], body["source"], len(body["areas"]))
            for one in SETS
            if (body := _index(work, one.key))
        ]


def areas(desk: Desk) -> list[Area]:
    """Every area anything is kept of: countries, then regions, then authorities, by name."""
    with desk.reading() as work:
        desk.me(work)
        return _areas(work)


def _areas(work: Reading, keys: Iterable[str] = KEYS) -> list[Area]:
    found: dict[str, Area] = {}
    for key in keys:
        for code, said in _index(work, key).get("areas", {}).items():
            before = found[code].years if code in found else ()
            years = tuple(sorted({*before, *(int(year) for year in said["years"])}))
            found[code] = Area(code, said["name"], said["level"], said["region"], years)
    order = {COUNTRY: 0, REGION: 1, AUTHORITY: 2}
    return sorted(found.values(), key=lambda a: (order.get(a.level, 3), a.name.casefold(), a.years))


def _index(work: Reading, key: str) -> Mapping[str, Any]:
    kept = work.kept_one(WHAT, f"{INDEX}{key}")
    return kept.body if kept is not None else {}


def find_areas(desk: Desk, names: Iterable[str], year: int | None = None) -> list[Area]:
    """Areas by code or name, in the order asked. Of several with one name, the one that has that year, or the newest.

    Raises NotFound, with the nearest name, for one that is not kept.
    """
    with desk.reading() as work:
        desk.me(work)
        known = _areas(work)
    if not known:
        raise NotFound("no published figures are kept here", remedy="Read some in: casereview import dfe FILE")
    found = []
    for name in names:
        wanted = name.strip().casefold()
        same = [a for a in known if wanted in (a.code.casefold(), a.name.casefold())]
        if not same:
            spellings = [a.name for a in known]
            raise NotFound(f"no area is published as {shown(name, width=60)!r}", remedy=did_you_mean(name, spellings))
        found.append(max(same, key=lambda a: (year in a.years, a.years[-1:])))
    return list(dict.fromkeys(found))


# ---- figures ---------------------------------------------------------------------------------------------------------
def figures(desk: Desk, key: str, area: Area, year: int) -> dict[str, Figure]:
    """Everything one table says of an area in a year: column -> figure. Empty where it says nothing."""
    with desk.reading() as work:
        desk.me(work)
        return _figures(work, key, area.code, year)


def _figures(work: Reading, key: str, code: str, year: int) -> dict[str, Figure]:
    kept = work.kept_one(WHAT, f"{key}/{code}")
    row = kept.body["years"].get(str(year), {}) if kept is not None else {}
    return {
        name: Figure(None, value) if isinstance(value, str) else Figure(value) for name, value in row.items()
    }  # fmt: skip


def durations(desk: Desk, area: Area, year: int) -> PublishedDurations:
    """How long completed assessments took; every figure is a dash where nothing was published."""
    with desk.reading() as work:
        desk.me(work)
        row = _figures(work, "c2", area.code, year)
        source = _source(work, "c2")
        note = _note(_areas(work, ["c2"]), area, year, row)
    completed = row.get("Assessments_completed", NOTHING)
    bands = tuple(
        PublishedBand(low, high, count := row.get(column, NOTHING), _share(count, completed))
        for (low, high), column in zip(DFE, BAND_COLUMNS, strict=True)
    )
    quarters = [row.get(f"{name}_days", NOTHING) for name in ("25th_Percentile", "Median", "75th_Percentile")]
    return PublishedDurations(area, year, completed, bands, quarters[0], quarters[1], quarters[2], source, note)


def _share(count: Figure, of: Figure) -> float | None:
    if count.value is None or not of.value:
        return None
    return count.value / of.value


def _source(work: Reading, key: str) -> str:
    return str(_index(work, key).get("source", ""))


def _note(known: list[Area], area: Area, year: int, row: Mapping[str, Figure]) -> str:
    """Why there is nothing, in words; empty where there is something."""
    if row and any(figure.value is not None for figure in row.values()):
        return ""
    if row:
        marks = sorted({figure.mark for figure in row.values() if figure.mark})
        meanings = "; ".join(f"{mark}: {MARKS.get(mark, OTHER_MARK)}" for mark in marks)
        return f"Nothing of {area.name} was published for {year} ({meanings})."
    area = next((a for a in known if a.code == area.code), area)
    if area.years and year > area.years[-1]:
        after = [a.name for a in known if a.code in CARRIED_ON.get(area.code, ())]
        after += [a.says for a in known if a.name == area.name and a.code != area.code and year in a.years]
        more = f" Figures carry on as {' and '.join(after)}." if after else ""
        return f"The published figures of {area.name} end in {area.years[-1]}.{more}"
    return f"Nothing of {area.name} was published for {year}."


def re_referrals(desk: Desk, area: Area, year: int) -> dict[str, Figure]:
    """Referrals of the year, and how many came within twelve months of an earlier one (a percentage of all)."""
    return _some(desk, "c1", area, year, ("Referrals", "Re_referrals", "Re_referrals_percent"))


def caseload(desk: Desk, area: Area, year: int) -> dict[str, Figure]:
    """Cases to a full-time worker; vacancies, agency workers and turnover in per cent."""
    names = ("caseload_fte", "vacancy_rate_fte", "agency_rate_fte", "turnover_rate_fte")
    return _some(desk, "workforce", area, year, names)


def factors(desk: Desk, area: Area, year: int) -> dict[str, Figure]:
    """How many episodes had each factor found at the end of an assessment; one episode may have several."""
    return figures(desk, "c3", area, year)


def population(desk: Desk, area: Area, year: int) -> Figure:
    """Children aged 0 to 17 in the middle of the year."""
    return figures(desk, "population", area, year).get("population_estimate", NOTHING)


def _some(desk: Desk, key: str, area: Area, year: int, names: tuple[str, ...]) -> dict[str, Figure]:
    row = figures(desk, key, area, year)
    return {name: row.get(name, NOTHING) for name in names}


def years(desk: Desk, key: str = "c2") -> list[int]:
    """The years one table has, newest first."""
    with desk.reading() as work:
        desk.me(work)
        held = {int(year) for said in _index(work, key).get("areas", {}).values() for year in said["years"]}
    return sorted(held, reverse=True)


def source_of(desk: Desk, key: str) -> str:
    """Where a table comes from, its newest year and its licence; "" where it is not kept."""
    with desk.reading() as work:
        desk.me(work)
        return _source(work, key)
