"""Stories across cases, right first time, and who came again: against looking at every pair of cases."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from casereview.oversight.figures.beside import beside
from casereview.oversight.figures.closures import same_day
from casereview.oversight.figures.explained import explained
from casereview.oversight.figures.facts import CaseFacts, Known
from casereview.oversight.figures.journeys import HANDED_ON, end_to_end, right_first_time, stories_of
from casereview.oversight.figures.linked import linked
from casereview.oversight.figures.stages import stages, waiting
from casereview.oversight.figures.urgent import urgent
from tests.figures.made import CALENDAR, DAY, case, known, some_cases, timed

START = date(2025, 1, 6)  # a Monday


def on(days: int) -> date:
    return START + timedelta(days=days)


def some_known(seed: int, count: int) -> list[Known]:
    chance = random.Random(seed)
    found = []
    for at in range(count):
        opened = on(chance.randrange(120))
        closed = opened + timedelta(days=chance.randrange(40)) if chance.random() < 0.8 else None
        children = chance.sample("abcde", chance.randrange(1, 3))
        found.append(known(f"K{at}", opened, closed, *children))
    return found


# ---- stories across cases ----------------------------------------------------------------------------------------
@given(st.integers(0, 2**32), st.integers(0, 12))
def test_cases_are_one_story_when_they_share_a_child_and_follow_on(seed: int, count: int) -> None:
    found = some_known(seed, count)
    group = {one.ref: {one.ref} for one in found}
    for one, other in combinations(found, 2):
        first, later = sorted((one, other), key=lambda k: (k.opened, k.ref))
        follows = first.closed is None or later.opened <= first.closed + HANDED_ON
        if set(one.children) & set(other.children) and follows:
            both = group[one.ref] | group[other.ref]
            for ref in both:
                group[ref] = both
    expected = {frozenset(refs) for refs in group.values()}
    assert {frozenset(story.refs) for story in stories_of(found, DAY, CALENDAR)} == expected


def test_a_story_runs_from_first_contact_to_the_last_telling_across_a_hand_over() -> None:
    first = known("A", on(2), on(11), "x", contact_on=on(0), told_on=None)
    second = known("B", on(14), on(40), "x", told_on=on(30), waits=((on(15), on(22)), (on(18), on(25))),
                   overseen=((on(28), on(30)),))  # fmt: skip
    apart = known("C", on(60), None, "x", told_on=None)
    stories = {story.refs: story for story in stories_of([second, apart, first], on(70), CALENDAR)}
    one = stories[("A", "B")]
    assert (one.contact_on, one.ended, one.told) == (on(0), on(30), True)
    assert one.days == CALENDAR.working_days(on(0), on(30))
    assert one.waiting == CALENDAR.working_days(on(15), on(25)), "overlapping waits count once"
    assert one.overseen == 2
    assert stories[("C",)].ended is None and stories[("C",)].days == CALENDAR.working_days(on(60), on(70))


def test_what_was_never_told_is_counted_apart_from_the_durations() -> None:
    found = [known(f"K{n}", on(n), on(n + 9), f"child-{n}", told_on=on(n + 8) if n % 2 else None) for n in range(20)]
    returned = [known("R", on(0), on(5), "z", told_on=None, imported=True)]
    facts = [case(timed(5), ref=one.ref) for one in (*found, *returned)]
    figure = end_to_end(facts, [*found, *returned], DAY, CALENDAR)
    assert (figure.told.count, figure.ended, figure.imported) == (10, 20, None)
    assert (figure.untold.count, figure.untold.of) == (10, 20)
    few = [*found, known("T", on(0), on(9), "t", told_on=None)]
    told = end_to_end([*facts, case(timed(5), ref="T")], few[1::2] + few[-1:], DAY, CALENDAR)
    assert told.told.count == 10 and told.ended is None and (told.untold.of, told.untold.hidden) == (None, "few")
    assert end_to_end(facts[:1], found, DAY, CALENDAR, smallest=1).told.count == 0, "only of what was selected"


# ---- came again ----------------------------------------------------------------------------------------------------
@given(st.integers(0, 2**32), st.integers(0, 10))
def test_who_came_again_is_seen_from_both_sides(seed: int, count: int) -> None:
    found = some_known(seed, count)
    facts = [case(timed(1), ref=k.ref, opened=k.opened, closed=k.closed, children=k.children) for k in found]
    for one in linked(facts, found, DAY):
        others = [k for k in found if k.ref != one.ref and set(k.children) & set(one.children)]
        assert one.earlier == any(k.closed is not None and 0 <= (one.opened - k.closed).days <= 365 for k in others)
        if one.closed is None:
            assert one.later is None and not one.watched
        else:
            assert one.later == any(0 <= (k.opened - one.closed).days <= 365 for k in others)
            assert one.watched == ((DAY - one.closed).days >= 365)


def test_right_first_time_waits_a_year_and_leaves_out_what_a_return_brought() -> None:
    def closed(ref: str, **more: object) -> CaseFacts:
        return case(timed(5), ref=ref, watched=True, later=False, **more)

    from casereview.oversight.figures.facts import Stayed

    sent_back = (Stayed("sign-off", "Sign-off", 1, START, START, 0, True, returned=True),)
    found = [closed(f"r{n}") for n in range(10)]
    found += [case(timed(5), ref=f"a{n}", watched=True, later=True) for n in range(6)]
    found += [closed(f"s{n}", stays=sent_back) for n in range(5)]
    found += [case(timed(5), ref=f"b{n}", watched=True, later=True, stays=sent_back) for n in range(7)]
    found += [case(timed(5), ref=f"y{n}") for n in range(8)]
    found += [closed(f"i{n}", imported=True) for n in range(9)]
    figure = right_first_time(found, DAY, smallest=1)
    assert (figure.settled, figure.right.count, figure.right.of) == (28, 10, 28)
    assert (figure.again, figure.returned, figure.both, figure.too_early) == (6, 5, 7, 8)
    figure = right_first_time(found, DAY)
    assert (figure.settled, figure.again, figure.returned, figure.both, figure.too_early) == (25, 5, 5, 5, 5)


# ---- everything by a brute count -----------------------------------------------------------------------------------
@given(some_cases())
def test_ways_of_ending_add_up_and_stand_beside_what_was_done(found: list[CaseFacts]) -> None:
    figure = same_day(found, DAY, smallest=1)
    ended = [(c, t) for c in found for t in c.of() if t.ended]
    assert figure.total == len(ended) == sum(kind.count or 0 for kind in figure.kinds)
    (kind,) = [kind for kind in figure.kinds if kind.name == "same-day"]
    mine = [c for c, t in ended if t.days == 0 and not t.cut_short]
    assert (kind.count, kind.earlier.count) == (len(mine), sum(c.earlier for c in mine))
    assert kind.again.of == sum(c.watched for c in mine)
    assert kind.again.count == sum(c.watched and bool(c.later) for c in mine)
    hidden = same_day(found, DAY)
    assert all(kind.count is None or not 0 < kind.count < 5 for kind in hidden.kinds)
    assert len([kind for kind in hidden.kinds if kind.count is None]) != 1


@given(some_cases())
def test_explained_to_unexplained_leaves_out_what_was_imported(found: list[CaseFacts]) -> None:
    figure = explained(found, DAY, smallest=1)
    here = [c for c in found if not c.imported]
    longer = [t for c in here for t in c.of() if t.ended is None and t.standing.startswith("longer")]
    assert figure.open.total == len(longer) == sum(count or 0 for _, count in figure.open.standings)
    assert figure.open.explained == sum(t.explained for t in longer)
    assert (figure.open.explained or 0) + (figure.open.unexplained or 0) == len(longer)
    assert figure.imported == len(found) - len(here)
    live = [t for t in (t for c in here for t in c.of() if t.ended is None) if t.live_until and t.live_until > DAY]
    assert figure.agreements.live == len(live)


@given(some_cases())
def test_stages_and_waits_are_counted_whole(found: list[CaseFacts]) -> None:
    figure = stages(found, DAY, smallest=1)
    for row in figure.stages:
        stays = [(c, s) for c in found for s in c.stays if (c.workflow, s.stage) == (row.workflow, row.stage)]
        assert row.ended == sum(s.until is not None for _, s in stays)
        assert row.here == sum(s.until is None and c.closed is None for c, s in stays)
        assert row.returned.count == sum(s.returned for _, s in stays if s.until is not None)
    rows = waiting(found, DAY, smallest=1).rows
    assert [row.on_whom.casefold() for row in rows] == sorted(row.on_whom.casefold() for row in rows)
    assert sum((row.over or 0) + (row.now or 0) for row in rows) == sum(len(c.waits) for c in found)
    assert all(wait.cases is None or wait.cases >= 5 for wait in waiting(found, DAY).rows)
    assert figure.shared.cases == sum(1 for c in found if c.closed and c.stays and not c.imported)


@given(some_cases())
def test_beside_every_time_each_case_counts_once(found: list[CaseFacts]) -> None:
    figure = beside([*found, *found], smallest=1)
    here = [c for c in found if c.worked_here]
    assert figure == beside(found, smallest=1)
    assert (figure.cases, figure.decision.of) == (len(found), len(here))
    assert figure.decision.count == sum(c.decision for c in here)
    looked = [dict(c.look) for c in here if c.look]
    assert figure.looked.count == len(looked)
    for one in figure.found:
        assert (one.clearly or 0) + (one.in_part or 0) + (one.not_yet or 0) == len(looked)
    assert all(n is None or not 0 < n < 5 for f in beside(found).found for n in (f.clearly, f.in_part, f.not_yet))


@given(some_cases())
def test_the_urgent_lane_tells_of_the_child_before_the_paper(found: list[CaseFacts]) -> None:
    for lane in urgent(found, DAY, smallest=1).lanes:
        cases = [c for c in found if c.lane == lane.lane]
        assert lane.cases == len(cases)
        assert lane.seen.reached.count == sum(c.seen_days is not None for c in cases)
        assert lane.protected.reached.count == sum(c.protected_days is not None for c in cases)
        assert list(lane.__dataclass_fields__)[2:5] == ["seen", "protected", "decided"]
