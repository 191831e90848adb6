"""Thematic samples: drawn and kept, given, looked at, gathered; and nothing in them of what one may not know of."""

from __future__ import annotations

import pytest

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.oversight.quality.themes import LOOKED, WAITING, Theme
from casereview.query import QueryFault
from casereview.reference import check_character
from casereview.service.quality_themes import (
    all_themes,
    cases_of,
    conclude,
    give,
    given_to_me,
    preview,
    sample,
    theme_of,
)
from tests.quality.helped import ADA, CHI, MO, ROBIN, SAM, WREN, Place

NAME, WHY = "Is the history used?", "Families told us that each worker begins again"


def place_with(count: int) -> Place:
    place = Place()
    for number in range(count):
        place.open(f"n{number}", "c-1", title=f"Matter {number}", team="north" if number % 2 else "south")
    return place


def drawn(place: Place, number: int = 3, seed: int = 5, **more: object) -> Theme:
    return sample(place.desk(ADA), NAME, WHY, number=number, seed=seed, **more)  # type: ignore[arg-type]


def names(place: Place, refs: list[str]) -> list[str]:
    return [next(name for name, ref in place.refs.items() if ref == one) for one in refs]


def test_what_is_previewed_is_what_is_drawn_and_kept() -> None:
    place = place_with(10)
    shown, of = preview(place.desk(ADA), "", 4, 9)
    theme = drawn(place, 4, 9)
    assert of == 10 and [one.case for one in shown] == [one.case for one in theme.cases]
    assert (theme.reason, theme.seed, theme.on, theme.by) == (WHY, 9, place.today, ADA)
    assert [one.key for one in all_themes(place.desk(SAM))] == [theme.key] == ["is-the-history-used"]
    assert theme_of(place.desk(SAM), NAME) == theme_of(place.desk(SAM), "is-the-history-used")


def test_what_it_is_drawn_from_can_be_narrowed() -> None:
    place = place_with(10)
    place.close("n3")
    everything = {one.case for one in preview(place.desk(ADA), "", 50, 1)[0]}
    still = {one.case for one in preview(place.desk(ADA), "open", 50, 1)[0]}
    assert everything - still == {place.refs["n3"]}
    assert {one.case for one in preview(place.desk(ADA), "closed", 50, 1)[0]} == {place.refs["n3"]}
    north = preview(place.desk(ADA), "team:north", 50, 1)[0]
    assert {one.team for one in north} == {"north"} and len(north) == 5
    (only,) = preview(place.desk(ADA), '"matter 7"', 50, 1)[0]
    assert only.case == place.refs["n7"]
    with pytest.raises(QueryFault):
        preview(place.desk(ADA), "teem:north", 3, 1)
    with pytest.raises(CaseReviewError, match="draw from"):
        drawn(place, query="nothing like it")


def test_cases_are_given_by_turns_and_to_whoever_may_know_of_them() -> None:
    place = place_with(4)
    place.do("n0", CHI, cmd.Restrict("a colleague's child", (ADA, WREN)))
    theme = drawn(place, 4, given=(ADA, MO))
    given = {one.case: one.given_to for one in theme.cases}
    assert given.pop(place.refs["n0"]) == ADA  # mo may not know of it
    assert sorted(given.values()).count(MO) in (1, 2)
    with pytest.raises(CaseReviewError, match="may not know"):
        give(place.desk(ADA), theme.key, place.refs["n0"], SAM)
    again = give(place.desk(ADA), theme.key, place.refs["n1"], CHI)
    assert {one.case: one.given_to for one in again.cases}[place.refs["n1"]] == CHI
    with pytest.raises(NotFound):
        give(place.desk(ADA), theme.key, place.refs["n1"], "nobody")
    outside = place.open("outside", "c-3")
    with pytest.raises(NotFound, match="not in this sample"):
        give(place.desk(ADA), theme.key, outside, ADA)


def test_looks_for_the_theme_are_gathered_and_others_are_not() -> None:
    place = place_with(6)
    place.look("n0", analysis="not yet")  # before it was drawn
    place.after(1)
    theme = drawn(place, 6, given=(ADA,))
    place.look("n1", theme="  is the HISTORY used? ", history_used="in part")
    place.look("n2")  # by whom it was given to, since it was drawn
    place.look("n3", by=CHI)  # by somebody else, for nothing in particular
    place.look("n4", theme="Another theme")
    states = {one.case: one.state for one in theme_of(place.desk(ADA), theme.key).cases}
    done = {place.refs["n1"], place.refs["n2"]}
    assert {ref for ref, state in states.items() if state == LOOKED} == done
    assert {ref for ref, state in states.items() if state == WAITING} == set(states) - done
    assert {one.case for _, one in given_to_me(place.desk(ADA))} == set(states) - done
    assert given_to_me(place.desk(MO)) == []


def test_what_was_found_is_counted_only_when_there_is_enough_of_it() -> None:
    place = place_with(12)
    theme = drawn(place, 12)
    for number in range(4):
        place.look(f"n{number}", theme=NAME)
    few = theme_of(place.desk(ADA), theme.key).says
    assert "4 of 12 cases looked at so far." in few and any("together they say nothing" in line for line in few)
    for number in range(4, 12):
        place.look(f"n{number}", theme=NAME)
    many = theme_of(place.desk(ADA), theme.key).says
    assert "History: clearly at least 10, in part 0, not yet 0." in many


def test_what_people_say_was_found_stays_with_their_name() -> None:
    place = place_with(3)
    theme = drawn(place)
    conclude(place.desk(ADA), theme.key, "Files come late.")
    notes = conclude(place.desk(CHI), NAME, "Ask on the first day.").notes
    assert [(n.by, n.text) for n in notes if n.act == "found"] == [
        (ADA, "Files come late."),
        (CHI, "Ask on the first day."),
    ]
    with pytest.raises(CaseReviewError):
        conclude(place.desk(ADA), theme.key, " \u200b ")


def test_drawing_takes_an_office_and_a_new_name() -> None:
    place = place_with(3)
    with pytest.raises(NotFound, match="office"):
        sample(place.desk(WREN), NAME, WHY, number=2, seed=1)
    drawn(place)
    with pytest.raises(CaseReviewError, match="already"):
        drawn(place)
    for number in (0, 201):
        with pytest.raises(CaseReviewError, match="size"):
            preview(place.desk(ADA), "", number, 1)
    with pytest.raises(NotFound, match="no thematic sample"):
        theme_of(place.desk(ADA), "an other")


def test_a_hidden_case_is_in_no_number_of_a_sample() -> None:
    """Neither how many were drawn nor how many were asked for tells that there is one more."""
    place = place_with(4)
    theme = drawn(place, 4)
    place.look("n1", theme=NAME)
    place.do("n1", CHI, cmd.Restrict("a colleague's child", (ADA, WREN)))
    seen = theme_of(place.desk(ROBIN), theme.key)
    assert place.refs["n1"] not in {one.case for one in seen.cases} and len(seen.cases) == 3
    assert "0 of 3 cases looked at so far." in seen.says
    assert len(theme_of(place.desk(ADA), theme.key).cases) == 4
    assert "4" not in "".join([seen.theme, seen.reason, seen.asked, *seen.says, *(n.text for n in seen.notes)])
    assert len(cases_of(place.desk(ROBIN), NAME)) == 3
    absent = f"SA-2024-AAAA{check_character('SA', 2024, 'AAAA')}"
    with pytest.raises(NotFound) as hidden:
        give(place.desk(MO), theme.key, place.refs["n1"], ADA)
    with pytest.raises(NotFound) as never:
        give(place.desk(MO), theme.key, absent, ADA)
    assert str(hidden.value).replace(place.refs["n1"], "REF") == str(never.value).replace(absent, "REF")
