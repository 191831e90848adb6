"""The pure parts of help and quality, held by properties and by small stories told by hand."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from casereview.case import Worked
from casereview.oversight.quality.beside import Beside, together, told
from casereview.oversight.quality.continuity import continuity_of
from casereview.oversight.quality.listed import About
from casereview.oversight.quality.repeats import Brief, groups_of, times_of
from casereview.oversight.quality.themes import draw, key_of
from casereview.oversight.quality.words import came_again, in_counts

DAY = date(2024, 6, 3)
days = st.integers(0, 900).map(lambda n: DAY + timedelta(days=n))
ids = st.lists(st.text("abcdef0123456789", min_size=4, max_size=4), unique=True, max_size=30)


@given(ids, st.integers(0, 12), st.integers())
def test_a_draw_is_the_same_for_the_same_seed_in_whatever_order_it_is_asked(
    some: list[str], number: int, seed: int
) -> None:
    drawn = draw(some, number, seed)
    assert drawn == draw(reversed(some), number, seed) == draw([*some, *some], number, seed)
    assert len(drawn) == min(number, len(some)) == len(set(drawn)) and set(drawn) <= set(some)


@given(ids, st.text("ghijkl", min_size=3, max_size=3), st.integers(1, 10), st.integers())
def test_one_more_case_moves_none_of_the_others(some: list[str], more: str, number: int, seed: int) -> None:
    """What somebody may not know of changes only whether it is there, never which others are."""
    before, after = draw(some, number, seed), draw([*some, more], number, seed)
    assert [one for one in after if one != more] == before[: len(after) - (more in after)]


def test_each_case_is_as_likely_as_any_other() -> None:
    some = [f"case-{n}" for n in range(20)]
    drawn = [one for seed in range(2_000) for one in draw(some, 5, seed)]
    assert all(400 < drawn.count(one) < 600 for one in some)  # 500 expected, five standard deviations


@given(st.lists(st.sampled_from(["yes", "no", "perhaps"]), max_size=60), st.integers(1, 8))
def test_no_small_number_is_told_and_none_can_be_worked_out(said: list[str], smallest: int) -> None:
    words = ("yes", "no")
    text = in_counts(said, words, smallest)
    counts = {word: said.count(word) for word in words}
    shown = {word for word in words if f"{word} {counts[word]}" in text.replace(";", ",").split(", ")}
    assert all(not 0 < counts[word] < smallest for word in shown)
    left = len(said) - sum(counts[word] for word in shown)
    hidden = [*(counts[word] for word in words if word not in shown), len(said) - sum(counts.values())]
    if len(shown) < len(words) and len(said) >= smallest and any(hidden):
        assert left >= smallest or left == 0  # what is left over is no small number either


@given(st.lists(st.tuples(days, st.integers(1, 3)), min_size=1, max_size=8))
def test_times_of_concern(cases: list[tuple[date, int]]) -> None:
    briefs = [Brief(str(n), on, ("c",), referrals) for n, (on, referrals) in enumerate(cases)]
    times = times_of(briefs)
    assert times == times_of(reversed(briefs))
    extra = sum(referrals - 1 for _, referrals in cases)
    apart = {on for on, _ in cases}
    assert 1 + extra <= times <= len(apart) + extra
    if max(apart) - min(apart) <= timedelta(days=14):
        assert times == 1 + extra
    assert times <= times_of([*briefs, Brief("later", DAY + timedelta(days=2_000), ("c",), 1)])


def test_a_family_is_repeated_concern_once_its_cases_lie_apart() -> None:
    families = {"a": "f", "b": "f", "x": "x"}
    first = [Brief("1", DAY, ("a",), 1), Brief("2", DAY + timedelta(days=3), ("b",), 1), Brief("3", DAY, ("x",), 1)]
    assert groups_of(first, families) == []
    later = Brief("4", DAY + timedelta(days=60), ("b",), 1)
    (group,) = groups_of([*first, later], families)
    assert (group.family, group.children, group.times, group.cases[0]) == ("f", ("a", "b"), 2, "4")
    assert groups_of([*first, later], {"x": "x"}) == []  # children one may not know of are in no group
    (twice,) = groups_of([Brief("5", DAY, ("x",), 2)], families)
    assert twice.times == 2


@given(st.none() | days, days)
def test_concern_comes_again_within_a_year_and_never_before(closed: date | None, opened: date) -> None:
    again = came_again(closed, opened)
    assert again == (closed is not None and timedelta(0) <= opened - closed <= timedelta(days=365))


@given(st.lists(st.tuples(days, st.lists(st.sampled_from("vwxyz"), max_size=4)), max_size=5))
def test_continuity_against_counting_by_hand(cases: list[tuple[date, list[str]]]) -> None:
    told_cases = []
    for number, (opened, workers) in enumerate(sorted(cases, key=lambda one: one[0])):
        about = About(str(number), f"R{number:02}", "", "", "", ("c",), opened, None, "", "")
        told_cases.append((about, [Worked(w, opened + timedelta(days=n)) for n, w in enumerate(workers)]))
    found = continuity_of("c", told_cases, {})
    everyone = [worker for _, some in told_cases for worker in (one.worker for one in some)]
    if not told_cases:
        assert found is None
        return
    assert found is not None and found.people == len(set(everyone))
    assert found.changes == sum(a != b for a, b in pairwise(everyone))
    assert 0 <= found.begins <= found.changes and found.begins <= max(len(told_cases) - 1, 0)


def beside(number: int, *, looked: bool, words: str = "clearly", goal: str = "") -> Beside:
    grades = (("analysis", words),) if looked else ()
    return Beside(f"R{number}", True, DAY, DAY if looked else None, grades, None, None, bool(goal), goal, None, None,
                  "", False, (), 1)  # fmt: skip


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["clearly", "in part", "not yet"])), max_size=40))
def test_a_group_of_cases_tells_no_small_number(drawn: list[tuple[bool, str]]) -> None:
    rows = [beside(number, looked=looked, words=word) for number, (looked, word) in enumerate(drawn)]
    group = together([*rows, *rows], 5)  # each case counts once
    looked = sum(one for one, _ in drawn)
    assert group.cases == (len(rows) // 5 * 5 if not 0 < len(rows) < 5 else None)
    assert group.looked.count is None or group.looked.count == looked // 5 * 5
    for words in group.grades.values():
        assert all(count is None or count == 0 or count >= 5 for count in words.values())
    for line in group.says:
        assert not any(f" {n} of" in line for n in range(1, 5))


def test_a_part_is_told_in_words_where_a_number_would_tell_too_much() -> None:
    from casereview.oversight.figures.suppress import part

    assert told(part(3, 40, 5)) == "a few of 40" and told(part(38, 40, 5)) == "nearly all of 40"
    assert told(part(2, 3, 5)) == "too few cases to say" and told(part(20, 40, 5)) == "20 of 40"


@given(st.text(max_size=60))
def test_a_theme_has_a_short_name_that_can_be_typed(name: str) -> None:
    key = key_of(name)
    assert 1 <= len(key) <= 40 and key == key_of(key) and set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_a_line_for_a_row_says_what_is_missing_first() -> None:
    bare = Beside("R", True, None, None, (), None, None, 0, "", None, None, "", False, (), 1)
    assert bare.short == "no decision yet, no quality look yet, child not heard"
    full = Beside("R", True, DAY, DAY, (("history_used", "not yet"),), DAY, DAY, 2, "think again", DAY, DAY,
                  "better and lasting", True, ("Q",), 3)  # fmt: skip
    assert full.short == "not yet: history, think again, came again"
    for words in ("history not yet", "2 goals: think again", "stopped early", "looked back: better", "Q", "3 workers"):
        assert words in full.says
