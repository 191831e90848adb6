"""Made-up ways of speaking of people: never taken twice, and a letter gives no name away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.method.pseudonyms import LETTERS, pseudonym

POSITIONS = st.sampled_from(("child", "Child", "sibling", "health visitor", "GP", "mother", "Father", "social  worker"))
NAMES = st.text(alphabet="ABCDEFGHJKLMN abcdefghé-'", max_size=20)


@given(st.lists(st.tuples(POSITIONS, NAMES), max_size=17))
def test_nobody_is_called_what_somebody_else_is(people: list[tuple[str, str]]) -> None:
    taken: list[str] = []
    for position, real in people:
        try:
            made = pseudonym(position, taken, real)
        except ValueError as error:
            assert "no letter is left" in str(error)
            continue
        assert made.casefold() not in [one.casefold() for one in taken]
        assert made.casefold().startswith(" ".join(position.split()).casefold())
        taken.append(made)


@given(NAMES)
def test_the_letter_of_a_child_begins_no_part_of_their_name(real: str) -> None:
    try:
        letter = pseudonym("child", (), real).removeprefix("Child ")
    except ValueError:
        return
    assert letter in LETTERS
    assert not any(part.upper().startswith(letter) for part in real.replace("-", " ").replace("'", " ").split())


def test_a_relation_stands_alone_while_there_is_one() -> None:
    assert pseudonym("mother", ()) == "Mother"
    assert pseudonym("mother", ("MOTHER",)) == "Mother 2"
    assert pseudonym("health visitor", ("Health Visitor 1",)) == "Health Visitor 2"
    assert pseudonym("GP", ()) == "GP 1"


@pytest.mark.parametrize("nothing", ["", "  ", "–"])
def test_without_a_position_there_is_no_pseudonym(nothing: str) -> None:
    with pytest.raises(ValueError, match="begins with a position"):
        pseudonym(nothing, ())
