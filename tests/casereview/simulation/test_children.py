"""Made-up children: of an age that fits, siblings apart, and what a census asks for is there."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import combinations

from casereview.calendar import calendar_for
from casereview.simulation.children import details_of
from casereview.simulation.generator import Assessment, generate

TODAY = date(2026, 11, 21)


def first_seen() -> dict[str, Assessment]:
    year = generate(TODAY, 7, 0.3, calendar_for("england-wales"))
    found: dict[str, Assessment] = {}
    for one in sorted((*year.completed, *year.open), key=lambda a: a.referral):
        found.setdefault(one.child, one)
    return found


def test_every_child_is_born_before_and_still_a_child_with_brothers_and_sisters_apart() -> None:
    families: dict[int, dict[date, list[date]]] = {}
    for one in first_seen().values():
        told = details_of(one, TODAY)
        assert told == details_of(one, TODAY)
        born = date.fromisoformat(told["born"])
        assert born < one.referral < born.replace(year=born.year + 18, day=min(born.day, 28))
        families.setdefault(one.family.number, {}).setdefault(one.referral, []).append(born)
    several = [born for family in families.values() for born in family.values() if len(born) > 1]
    assert several
    for group in several:
        assert all(abs(a - b) > timedelta(days=300) for a, b in combinations(group, 2))


def test_pupil_numbers_are_of_pupils_and_no_two_alike() -> None:
    numbers = []
    for one in first_seen().values():
        told = details_of(one, TODAY)
        age = (TODAY - date.fromisoformat(told["born"])).days
        assert ("UPN" in told) is (age >= 4 * 365)
        numbers += [told["UPN"]] if "UPN" in told else []
    assert numbers and len(set(numbers)) == len(numbers)
    assert all(re.fullmatch(r"[A-Z]999[0-9]{9}", number) for number in numbers)
