"""References: never sequential, and a slip of the pen is told from an unknown case."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.reference import ALPHABET, is_whole, new_reference

references = st.builds(
    lambda prefix, year, seed: new_reference(prefix, year, random.Random(seed)),
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=6), st.integers(1990, 2099), st.integers(0, 10**6),
)  # fmt: skip
ALPHABETS = ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789", ALPHABET)


@given(references)
def test_a_new_reference_is_whole_and_plain_ascii(reference: str) -> None:
    assert is_whole(reference)
    assert reference.isascii() and reference.isupper() and len(reference.split("-")[2]) == 5


@given(references)
def test_any_one_wrong_character_is_noticed(reference: str) -> None:
    for place, right in enumerate(reference):
        part = reference[:place].count("-")
        for wrong in ALPHABETS[part]:
            if right not in ("-", wrong):
                assert not is_whole(reference[:place] + wrong + reference[place + 1 :])


@given(references)
def test_any_two_neighbours_swapped_are_noticed(reference: str) -> None:
    for place in range(len(reference) - 1):
        one, two = reference[place], reference[place + 1]
        if one != two and "-" not in (one, two):
            assert not is_whole(reference[:place] + two + one + reference[place + 2 :])


@pytest.mark.parametrize("text", ["", "-", "--", "SA-2024", "SA-²²²²-AB", "SA-20x4-ABCDE", "SA-2024-A", "sa-2024-ABCDE",
                                  "SA-2024-ABCDE-F", "ŠA-2024-ABCDE", "SA-2024-0O1I1"])  # fmt: skip
def test_what_is_no_reference_is_not_whole(text: str) -> None:
    assert not is_whole(text)


def test_order_tells_nothing() -> None:
    chance = random.Random(7)
    made = [new_reference("SA", 2024, chance) for _ in range(200)]
    assert len(set(made)) == 200
    assert made != sorted(made) and made != sorted(made, reverse=True)
