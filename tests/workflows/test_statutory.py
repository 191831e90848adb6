"""A time set by law is written with its rule's years and its source, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest

from tests.workflows.support import changed, faults_of
from workflows.reading import parse
from workflows.shown import show

LAW = 'agreed = true\nstatutory = "15 working days"\nstatutory-from = 2018-06-29\nsource = "the guidance of 2018"'


def test_it_is_read_shown_and_holds_only_in_its_years() -> None:
    law = f"{LAW}\nstatutory-to = 2023-12-14"
    definition, faults = parse(changed("agreed = true", law), "x")
    assert faults == [] and definition is not None
    expectation = definition.expectations["whole"]
    days = [date(2018, 6, 28), date(2018, 6, 29), date(2023, 12, 14), date(2023, 12, 15)]
    assert [expectation.statutory_for(day) is not None for day in days] == [False, True, True, False]
    text = " ".join(show(definition).split())
    assert "Set by law or statutory guidance: 15 working days" in text and "It blocks nothing." in text


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ("statutory-from = 2018-06-29\n", "", "statutory", "holds from a day"),
        ('\nsource = "the guidance of 2018"', "", "statutory", "which law"),
        ('source = "the', 'statutory-to = 2017-01-01\nsource = "the', "statutory-to", "comes before"),
        ('statutory = "15 working days"\n', "", "statutory-from", "no rule is given"),
        ("15 working days", "15 workng days", "statutory", "no unit of time"),
        ("2018-06-29", '"2018-06-29"', "statutory-from", "should be a date"),
        ("statutory-from", "statutory-form", "statutory-form", "statutory-from"),
        ("agreed = true\n", "shown-only = true\n", "statutory", "only shown"),
    ],
)
def test_what_is_missing_or_wrong_is_named(old: str, new: str, place: str, says: str) -> None:
    faults = faults_of(changed("agreed = true", changed(old, new, LAW)))
    found = [f for f in faults if f.place.endswith(place) and says in f"{f.says} {f.remedy}"]
    assert found and all(f.line for f in faults), faults
