"""The made-up year has the shape of the published figures, and the same arguments give the same year."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from casereview.calendar import calendar_for
from casereview.simulation.calibration import LONGEST, band_of, chances, expected_days, figures, urgent_chances
from casereview.simulation.generator import YEAR, Year, generate

CALENDAR = calendar_for("england-wales")
DAY = date(2026, 3, 31)
CRITICAL_8 = 20.090  # chi-square, 8 degrees of freedom, p = 0.01


@pytest.fixture(scope="module", params=[(DAY, 2024), (date(2025, 8, 3), 2024), (date(2024, 12, 27), 7)])
def year(request: pytest.FixtureRequest) -> Year:
    today, seed = request.param
    return generate(today, seed, 1.0, CALENDAR)


def test_chances_are_the_published_shares() -> None:
    shares = Counter[int]()
    for days, chance in enumerate(chances()):
        shares[band_of(days)] += chance  # type: ignore[assignment]
    whole = sum(band.share for band in figures().bands)
    for place, band in enumerate(figures().bands):
        assert shares[place] == pytest.approx(band.share / whole, abs=1e-9), band.name
    assert len(chances()) == LONGEST + 1 and sum(chances()) == pytest.approx(1)


def test_bands_fit_the_published_ones(year: Year) -> None:
    seen = Counter(band_of(one.days) for one in year.completed)
    number = len(year.completed)
    square = sum(
        (seen[place] - number * band.share) ** 2 / (number * band.share) for place, band in enumerate(figures().bands)
    )
    assert square < CRITICAL_8


def test_quartiles_are_within_a_working_day(year: Year) -> None:
    days = sorted(one.days for one in year.completed)
    found = [days[int(len(days) * share)] for share in (0.25, 0.5, 0.75)]
    assert all(abs(a - b) <= 1 for a, b in zip(found, figures().quartiles, strict=True)), found


def test_there_are_as_many_as_in_the_median_authority(year: Year) -> None:
    assert len(year.completed) == pytest.approx(figures().completed, rel=0.07)
    steady = figures().completed * expected_days() / 253  # as many open as come in while one is done
    assert len(year.open) == pytest.approx(steady, rel=0.2)
    assert sum(year.workers.values()) == pytest.approx(len(year.open) / figures().per_worker, abs=1)


def test_every_date_fits(year: Year) -> None:
    for one in (*year.completed, *year.open):
        assert one.referral <= one.start <= year.today
        assert CALENDAR.working_days(one.start, one.end) == one.days
    assert all(year.today - YEAR < one.end <= year.today for one in year.completed)
    assert all(one.end > year.today and one.start > year.today - YEAR for one in year.open)


def test_a_child_is_never_assessed_twice_at_once(year: Year) -> None:
    by_child: dict[str, list[tuple[date, date]]] = {}
    for one in (*year.completed, *year.open):
        by_child.setdefault(one.child, []).append((one.start, one.end))
    for spells in by_child.values():
        spells.sort()
        assert all(before[1] < after[0] for before, after in pairwise(spells))


def test_siblings_share_their_referral_and_their_worker(year: Year) -> None:
    groups: dict[tuple[int, date], set[tuple[object, ...]]] = {}
    for one in (*year.completed, *year.open):
        groups.setdefault((one.family.number, one.start), set()).add((one.referral, one.worker, one.team))
    assert all(len(shared) == 1 for shared in groups.values())
    counts = Counter((one.family.number, one.start) for one in (*year.completed, *year.open))
    in_groups = sum(count for count in counts.values() if count > 1)
    assert 0.3 < in_groups / sum(counts.values()) < 0.5


def test_families_come_back_as_often_as_is_published(year: Year) -> None:
    again = sum(1 for one in year.completed if one.again) / len(year.completed)
    assert again == pytest.approx(figures().again, abs=0.05)


def test_urgent_ones_are_quick_and_leave_the_whole_as_it_is(year: Year) -> None:
    urgent = [one.days for one in year.completed if one.urgent]
    assert len(urgent) > 100 and sum(urgent) / len(urgent) == pytest.approx(8, abs=1.5)
    assert all(earlier >= later for earlier, later in zip(urgent_chances(), urgent_chances()[1:], strict=False))


def test_the_same_arguments_give_the_same_year() -> None:
    def told(year: Year) -> list[tuple[object, ...]]:
        return [(o.child, o.start, o.days, o.worker, o.urgent) for o in (*year.completed, *year.open)]

    first = told(generate(DAY, 5, 0.05, CALENDAR))
    assert first == told(generate(DAY, 5, 0.05, CALENDAR))
    assert first != told(generate(DAY, 6, 0.05, CALENDAR))
    assert first != told(generate(DAY + timedelta(days=1), 5, 0.05, CALENDAR))
    with pytest.raises(ValueError):
        generate(DAY, 5, 0.0, CALENDAR)
