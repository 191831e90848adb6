"""JSON forms: every fact, case and row comes back as it was, and equal values give equal text."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from casereview.case import Case, Run
from casereview.codec import dumps, from_plain, to_plain
from casereview.events import Event, StepTaken, event_from_plain, event_to_plain, known_kinds
from tests.contract.builders import anything, events


@given(events())
def test_every_fact_comes_back(event: Event) -> None:
    text = dumps(event_to_plain(event))
    again = event_from_plain(event.kind, json.loads(text))
    assert again == event and type(again) is type(event)
    assert dumps(event_to_plain(again)) == text


@given(anything(Case))
def test_every_case_comes_back(case: Case) -> None:
    assert from_plain(Case, json.loads(dumps(to_plain(case)))) == case


@given(anything(Run))
def test_equal_values_give_equal_text(run: Run) -> None:
    assert dumps(to_plain(run)) == dumps(to_plain(replace(run)))


def test_a_field_added_with_a_default_changes_no_old_text() -> None:
    assert event_to_plain(StepTaken("a", "b", "c")) == {"step": "a", "source": "b", "to": "c"}


@dataclass
class Odd:
    when: date
    pairs: tuple[tuple[str, date], ...] = ()
    one: tuple[int, date] | None = None
    by: dict[str, date] = field(default_factory=dict)
    many: list[date] = field(default_factory=list)


def test_dates_inside_tuples_lists_and_dicts_come_back() -> None:
    d = date(2024, 2, 29)
    odd = Odd(d, (("a", d),), (1, d), {"x": d}, [d])
    assert json.loads(dumps(to_plain(odd)))["one"] == [1, "2024-02-29"]
    assert from_plain(Odd, json.loads(dumps(to_plain(odd)))) == odd


def test_what_does_not_fit_is_refused() -> None:
    plain: Any = {"when": "not a day"}
    with pytest.raises(ValueError):
        from_plain(Odd, plain)
    with pytest.raises(TypeError):
        from_plain(Odd, {})
    with pytest.raises(ValueError):
        dumps(float("nan"))
    with pytest.raises(KeyError):
        event_from_plain("no such kind", {})


def test_the_words_of_the_journal_are_these_and_never_change() -> None:
    """Renaming one would make every journal that holds it unreadable. New ones are added here."""
    assert {
        "access-ended", "access-granted", "answered", "appointed", "appointment-ended", "assigned", "child-linked",
        "child-seen", "child-set", "closure-set", "conflict-declared", "corrected", "date-agreed", "dates-moved",
        "definition-kept", "family-told", "import-updated", "imported", "lane-set", "office-set", "opened",
        "person-set", "reason-given", "recorded", "reopened", "restricted", "roster-set", "set-aside", "step-taken",
        "store-begun", "team-set", "telling-excepted", "unrestricted", "waiting-ended", "waiting-started",
    } <= set(known_kinds())  # fmt: skip
