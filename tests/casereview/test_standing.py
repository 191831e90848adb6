"""Standing against a second opinion: decisions 3 to 8, on any facts and any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from casereview.case import Case
from casereview.codec import from_plain, to_plain
from casereview.project import project
from casereview.rows import standing_of_row
from casereview.standing import Judged, judge
from casereview.views import BY_CONCERN, OVERDUE, RANK
from tests.laws import second_opinion as second
from tests.laws.second_opinion import CALENDAR, EXPECTATION, LAST, Fact, histories, lived
from tests.stories import START, definition

DAY = timedelta(days=1)
later = st.integers(0, 30)


def judged(case: Case, day: date) -> Judged:
    found = judge(case, EXPECTATION, CALENDAR, day)
    assert found is not None
    return found


def last_day(facts: list[Fact]) -> date:
    return max((f.on for f in facts), default=START)


@settings(max_examples=400)
@given(histories(), later)
def test_a_second_opinion_agrees(facts: list[Fact], more: int) -> None:
    day = last_day(facts) + more * DAY
    found = judged(lived(facts), day)
    event(found.standing)
    assert found.standing == second.standing(facts, day)


@settings(max_examples=200)
@given(histories(), later)
def test_the_row_a_list_keeps_says_the_same_on_every_later_day(facts: list[Fact], more: int) -> None:
    case = lived(facts)
    (row,) = project(case, definition(), CALENDAR)
    for day in (last_day(facts), last_day(facts) + more * DAY, date(2060, 1, 1)):
        assert standing_of_row(row, day) == judged(case, day).standing


@settings(max_examples=150)
@given(histories(), st.integers(0, LAST))
def test_only_what_had_happened_by_then_counts(facts: list[Fact], offset: int) -> None:
    day = START + offset * DAY
    by_then = [f for f in facts if f.on <= day]
    assert judged(lived(by_then), day).standing == second.standing(facts, day)


@settings(max_examples=250)
@given(histories(), st.randoms(use_true_random=False), later)
def test_the_order_within_a_day_never_matters_between_kinds(facts: list[Fact], chance: object, more: int) -> None:
    """Two answers or two agreed dates keep their order, an answer follows what it answers (decision 7)."""
    shuffled = _within_days(facts, chance)
    assume(shuffled != facts)
    day = last_day(facts) + more * DAY
    assert judged(lived(shuffled), day).standing == judged(lived(facts), day).standing


def _within_days(facts: list[Fact], chance: object) -> list[Fact]:
    out: list[Fact] = []
    for day in dict.fromkeys(f.on for f in facts):
        today = [f for f in facts if f.on == day]
        ended = any(f.what == "end" for f in today)  # what is asked of a manager is asked before the end
        word = dict.fromkeys(("reason", "answer", "date"), "path" if ended else "word")
        word |= {"assign": "path"} if ended else {}
        places: dict[str, list[Fact]] = {}
        for f in today:  # one queue for each kind: its own order stays
            places.setdefault(_queue(f, word), []).append(f)
        while places:
            queue = chance.choice(sorted(places))  # type: ignore[attr-defined]
            out.append(places[queue].pop(0))
            if not places[queue]:
                del places[queue]
    return out


def _queue(f: Fact, word: dict[str, str]) -> str:
    if f.what in ("lane", "out", "end"):
        return "path"  # the lane at the end is the one it ended in
    return "exception" if f.what == "except" else word.get(f.what, f.what)


@settings(max_examples=150)
@given(histories(ending=False), st.integers(0, 10), st.integers(1, 20))
def test_a_later_look_makes_no_earlier_day_better(facts: list[Fact], gap: int, back: int) -> None:
    look = last_day(facts) + (gap + 1) * DAY
    earlier = look - back * DAY
    by_then = [f for f in facts if f.on <= earlier]
    with_look = [f for f in [*facts, Fact("look", look)] if f.on <= earlier]
    assert judged(lived(with_look), earlier) == judged(lived(by_then), earlier)
    assert RANK[judged(lived([*facts, Fact("look", look)]), look).standing] >= RANK[judged(lived(facts), look).standing]


@settings(max_examples=200)
@given(histories(ending=False), st.integers(0, 40), st.integers(1, 40))
def test_finishing_sooner_never_raises_an_alert(facts: list[Fact], first: int, wait: int) -> None:
    """Finished within its dates on a day, it would have been so on every day before that."""
    sooner = last_day(facts) + first * DAY
    end_late = judged(lived([*facts, Fact("end", sooner + wait * DAY, "mo")]), date(2030, 1, 1)).standing
    end_soon = judged(lived([*facts, Fact("end", sooner, "mo")]), date(2030, 1, 1)).standing
    fine = ("done_within", "done_early", "done_longer_justified")
    if end_late in ("done_within", "done_early"):
        assert end_soon in fine
    if end_late == "done_longer_justified":
        assert end_soon in fine or (end_soon == "done_longer_unexplained" and not _answered_by(facts, sooner))


def _answered_by(facts: list[Fact], day: date) -> bool:
    return any(f.what == "answer" or second.justifies(f) for f in facts if f.on <= day)


@settings(max_examples=100)
@given(histories())
def test_a_snapshot_keeps_every_date(facts: list[Fact]) -> None:
    case = lived(facts)
    assert from_plain(Case, to_plain(case)) == case


@settings(max_examples=200)
@given(histories(ending=False))
def test_every_justification_ends(facts: list[Fact]) -> None:
    """Whatever was agreed, there is a day after which it is no longer live, and it says what is missing."""
    case = lived(facts)
    found = judged(case, date(2060, 1, 1))
    assert found.standing != "longer_justified"
    assert bool(found.missing) == (found.standing == "longer_lapsed")


@settings(max_examples=150)
@given(histories(ending=False), later, st.sampled_from(["JUDG", "UNAL", "NONE"]))
def test_a_new_reason_alone_improves_nothing_a_manager_has_decided(facts: list[Fact], more: int, code: str) -> None:
    day = last_day(facts) + more * DAY
    before = judged(lived(facts), day).standing
    after = judged(lived([*facts, Fact("reason", day, "wren", code)]), day).standing
    decided = ("longer_of_concern", "longer_lapsed", "longer_justified")
    if before in (*decided, "on_course", "urgent_late", "past_statutory"):
        assert after == before
    assert after != "longer_justified" or before == "longer_justified"


@settings(max_examples=100)
@given(histories(ending=False), later)
def test_an_overdue_case_is_beyond_the_earlier_of_its_dates(facts: list[Fact], more: int) -> None:
    case, day = lived(facts), last_day(facts) + more * DAY
    run, found = case.runs["decision"], judged(case, day)
    dates = [d for d in (run.asks_from, run.measured or run.agreed, run.statutory) if d]
    assert found.beyond_after == min(dates)
    if found.standing in OVERDUE and found.standing != "urgent_late":
        assert day > min(dates)
    if day > min(dates):
        assert found.standing in OVERDUE


def test_the_order_of_concern_is_decision_5_with_what_law_sets_after_what_is_urgent() -> None:
    assert list(BY_CONCERN[:10]) == [
        "urgent_late", "past_statutory", "longer_of_concern", "longer_lapsed", "longer_unexplained",
        "longer_explained", "past_agreed", "checkpoint_missed", "longer_justified", "on_course",
    ]  # fmt: skip
    assert all(s.startswith("done_") for s in BY_CONCERN[10:])
    assert set(OVERDUE) == set(BY_CONCERN[:10]) - {"on_course", "checkpoint_missed"}


# ---- each edge, by hand --------------------------------------------------------------------------------------
YARD, ASKS, LOOKS = second.INDICATIVE, second.ASKS_FROM, second.LOOKS
AGREED = YARD - 7 * DAY
ALL = second.justified((ASKS - START).days + 1, 10)
AGAIN = ASKS + 11 * DAY


@pytest.mark.parametrize(
    ("facts", "day", "expected"),
    [
        ([], LOOKS[0], "on_course"),
        ([], LOOKS[0] + DAY, "checkpoint_missed"),
        ([Fact("look", LOOKS[0])], LOOKS[0] + DAY, "on_course"),
        ([Fact("look", LOOKS[0] + DAY)], LOOKS[0] + DAY, "on_course"),
        ([Fact("look", LOOKS[1])], ASKS, "on_course"),
        ([], ASKS, "checkpoint_missed"),
        ([], ASKS + DAY, "longer_unexplained"),
        ([Fact("date", START, "mo", "", AGREED)], AGREED, "checkpoint_missed"),
        ([Fact("date", START, "mo", "", AGREED)], AGREED + DAY, "past_agreed"),
        ([Fact("date", START, "mo", "", AGREED)], ASKS, "past_agreed"),
        ([Fact("date", START, "mo", "", AGREED)], ASKS + DAY, "longer_unexplained"),
        ([Fact("lane", START)], second.TARGET, "on_course"),
        ([Fact("lane", START)], second.TARGET + DAY, "urgent_late"),
        (ALL, ASKS + DAY, "longer_justified"),
        (ALL, AGAIN - DAY, "longer_justified"),
        (ALL, AGAIN, "longer_lapsed"),
        ([Fact("reason", ASKS, "wren", "JUDG")], ASKS + DAY, "longer_explained"),
        ([Fact("reason", ASKS, "wren", "NONE")], ASKS + DAY, "longer_unexplained"),
        ([*ALL, Fact("answer", AGAIN, "mo", "tell me more")], AGAIN, "longer_explained"),
        ([*ALL, Fact("answer", AGAIN, "mo", "not agreed")], AGAIN, "longer_of_concern"),
        ([Fact("end", YARD - DAY, "mo", flag=True)], YARD, "done_early"),
        ([Fact("end", YARD, "mo", flag=True)], YARD, "done_within"),
        ([Fact("end", ASKS, "mo", flag=True)], ASKS, "done_within"),
        ([Fact("end", YARD - DAY, "mo")], YARD, "done_within"),
        ([Fact("end", ASKS + DAY, "mo")], AGAIN, "done_longer_unexplained"),
        ([*ALL, Fact("end", AGAIN - DAY, "mo")], AGAIN, "done_longer_justified"),
        ([*ALL, Fact("end", AGAIN, "mo")], AGAIN, "done_longer_unexplained"),
        ([Fact("end", ASKS + DAY, "mo"), Fact("reason", ASKS + DAY, "wren", "JUDG")], AGAIN, "done_longer_unexplained"),
        ([Fact("end", ASKS + DAY, "mo"), Fact("reason", AGAIN, "wren", "JUDG")], AGAIN, "done_explained_afterwards"),
        ([Fact("end", ASKS + DAY, "mo"), Fact("reason", AGAIN, "wren", "NONE")], AGAIN, "done_longer_unexplained"),
        ([Fact("lane", START), Fact("end", second.TARGET, "mo")], AGAIN, "done_within"),
        ([Fact("lane", START), Fact("end", second.TARGET + DAY, "mo", flag=True)], AGAIN, "done_longer_unexplained"),
        ([Fact("lane", START), Fact("end", second.TARGET, "mo", flag=True)], AGAIN, "done_within"),
        ([Fact("lane", START), Fact("end", second.TARGET - DAY, "mo", flag=True)], AGAIN, "done_early"),
        ([Fact("lane", START), Fact("out", START), Fact("end", YARD, "mo")], AGAIN, "done_within"),
    ],
)  # fmt: skip
def test_every_edge(facts: list[Fact], day: date, expected: str) -> None:
    assert judged(lived(facts), day).standing == expected == second.standing(facts, day)


def test_each_condition_that_is_missing_names_itself() -> None:
    since = ASKS + DAY
    action = Fact("reason", since, "wren", "POLC", since + 3 * DAY, True)

    def missing(facts: list[Fact], day: date) -> tuple[str, ...]:
        found = judged(lived(facts), day)
        assert found.standing == ("longer_lapsed" if found.missing else "longer_justified")
        return found.missing

    without = {what: [f for f in ALL if f.what != what] for what in ("told", "seen")}
    assert missing(ALL, since) == ()
    assert missing(ALL, AGAIN) == ("a date to look again that is still ahead",)
    assert missing(without["told"], since) == ("the family told since the answer, or lawfully excepted",)
    assert missing(without["seen"], since) == ("the child seen within 10 working days",)
    assert missing([action, *ALL[1:]], since + 3 * DAY) == ()
    assert missing([action, *ALL[1:]], since + 4 * DAY) == ("an action with an owner and a date still ahead",)
    own = [Fact("reason", since, "mo", "JUDG"), *ALL[1:]]
    assert missing(own, since) == ("a manager who is neither the author of the reason nor the worker",)
    assert missing([Fact("assign", since, "mo"), *ALL], since) == missing(own, since)
    assert missing([*ALL, Fact("assign", since, "mo")], since) == missing(own, since)
    assert len(missing(without["told"], AGAIN)) == 2


def test_the_child_counts_as_seen_up_to_the_last_day_of_the_span() -> None:
    seen = ASKS + DAY
    long = [f if f.what != "answer" else Fact("answer", f.on, "mo", "agreed", f.on + 60 * DAY) for f in ALL]
    last = CALENDAR.add_working_days(seen, 10)
    assert judged(lived(long), last).standing == "longer_justified"
    assert judged(lived(long), last + DAY).missing == ("the child seen within 10 working days",)


def test_an_exception_counts_until_its_day_and_then_no_more() -> None:
    since = ASKS + DAY
    facts = [f for f in ALL if f.by != "father"] + [Fact("except", since, "father", "", since + 2 * DAY)]
    assert judged(lived(facts), since + DAY).standing == "longer_justified"
    assert judged(lived(facts), since + 2 * DAY).standing == "longer_lapsed"


def test_a_long_date_in_good_time_justifies_up_to_and_on_that_day() -> None:
    long = YARD + 20 * DAY
    told = [Fact("told", YARD, p, "new date") for p in second.PARENTS]
    seen = [Fact("seen", long - 5 * DAY)]
    for set_on, expected in ((YARD, "longer_justified"), (YARD + DAY, "longer_unexplained")):
        facts = [Fact("date", set_on, "mo", "JUDG", long), *told, *seen]
        assert judged(lived(facts), long).standing == expected
    facts = [Fact("date", YARD, "mo", "JUDG", long), *told, *seen]
    assert judged(lived(facts), long + DAY).standing == "longer_lapsed"
    taken_back = [*facts[:1], Fact("date", YARD, "mo", "", YARD), *told, *seen]
    assert judged(lived(taken_back), long).standing == "longer_lapsed"


def test_a_date_moved_after_it_passed_is_still_measured_from_the_passed_one() -> None:
    first, second_date = Fact("date", START, "mo", "", AGREED), Fact("date", AGREED + DAY, "mo", "", YARD)
    found = judged(lived([first, second_date]), AGREED + DAY)
    assert (found.standing, found.beyond_after) == ("past_agreed", AGREED)
    third = Fact("date", YARD + DAY, "mo", "", YARD + 5 * DAY)
    run = lived([first, second_date, third]).runs["decision"]
    assert (run.measured, run.agreed_first, run.agreed_changes) == (AGREED, AGREED, 2)
    in_time = lived([first, Fact("date", AGREED, "mo", "", YARD)])
    assert judged(in_time, AGREED + DAY).beyond_after == YARD


def test_a_late_look_clears_the_flag_and_stays_counted() -> None:
    run = lived([Fact("look", LOOKS[0] + DAY), Fact("look", LOOKS[1])]).runs["decision"]
    assert (run.held, run.late, run.checkpoints) == (2, 1, [])
    early = lived([Fact("look", LOOKS[0] - DAY)]).runs["decision"]
    assert (early.held, early.late, early.checkpoints) == (1, 0, [LOOKS[1]])


def test_an_expectation_that_has_not_begun_has_no_standing() -> None:
    assert judge(lived([]), definition().expectations["queue"], CALENDAR, START) is None


def test_an_answer_is_about_the_reason_it_answered_and_no_later_one() -> None:
    since = ASKS + DAY
    for later_reason in (Fact("reason", since, "wren", "POLC"), Fact("reason", since, "mo", "JUDG")):
        assert judged(lived([*ALL, later_reason]), since).standing == "longer_justified"
