"""Every entry of a journal reads as one plain sentence, with or without its workflow."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import Phase, given, settings

from casereview.describe import Names, day, describe
from casereview.events import Answered, Clock, DatesMoved, Entry, Event, FromBundle, RosterSet
from casereview.people import Person, Team
from tests.contract.builders import events
from tests.stories import SHIPPED, STORY, definition

AT = datetime(2024, 6, 3, tzinfo=UTC)
NAMES = Names([Person("wren", "Wren Adeyemi")], [Team("north", "North team")])


def entry(event: Event) -> Entry:
    return Entry(1, "s", 1, date(2024, 6, 3), AT, "wren", event)


@settings(max_examples=200, phases=(Phase.generate,))
@given(events().filter(lambda event: not isinstance(event, FromBundle)))
def test_every_kind_of_fact_has_a_sentence(event: Event) -> None:
    for d in (None, definition(), definition(SHIPPED[0])):
        says = describe(entry(event), d, NAMES)
        assert says.strip()


def test_an_agreement_is_printed_with_the_day_to_look_again() -> None:
    says = describe(entry(Answered("decision", "agreed", "", date(2024, 7, 1))), definition(STORY), NAMES)
    assert says == "Manager's answer (“Decision”): agreed, look again on 1 July 2024"


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (RosterSet("mother", "Mother"), "must be told"),
        (RosterSet("school", "School", must_be_told=False, referrer=True), "the referrer"),
        (RosterSet("aunt", "Aunt", must_be_told=False), "may be told"),
        (RosterSet("aunt", "Aunt", left=True), "Off the list"),
    ],
)
def test_the_list_of_people_to_tell(event: Event, says: str) -> None:
    assert says in describe(entry(event), None, NAMES)


def test_a_date_that_moved_is_told_with_both_values() -> None:
    clock = Clock("decision", date(2024, 3, 1), "c", date(2024, 5, 7))
    before = {"decision": "indicative 2024-05-03, checkpoints ", "decision in the urgent lane": "2024-03-15"}
    moved = DatesMoved("Flood on 2024-03-13", "c", (clock,), {"decision": date(2024, 3, 18)}, before)
    assert describe(entry(moved), None, NAMES) == (
        "Dates worked out again: Flood on 2024-03-13: decision from 3 May 2024 to 7 May 2024; "
        "the urgent target of decision from 15 March 2024 to 18 March 2024"
    )
    only_looks = DatesMoved("Flood", "c", (clock,), {}, {"decision": "indicative 2024-05-07, checkpoints 2024-04-01"})
    assert describe(entry(only_looks), None, NAMES) == "Dates worked out again: Flood"


def test_ids_nobody_has_are_shown_as_they_are() -> None:
    assert (NAMES.person("wren"), NAMES.person("x"), NAMES.person(None)) == ("Wren Adeyemi", "x", "nobody")
    assert (NAMES.team("north"), NAMES.team(""), day(None)) == ("North team", "no team", "no date")
