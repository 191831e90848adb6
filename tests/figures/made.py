"""Facts for tests: made by hand, or by hypothesis in every shape they allow."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from casereview.calendar import calendar_for
from casereview.oversight.figures.facts import WHOLE_CASE, CaseFacts, Known, Stayed, Timed, Waited

DAY = date(2025, 7, 14)  # a Monday
CALENDAR = calendar_for("england-wales")
MAIN = "decision"


def timed(days: int = 10, *, ended: date | None = date(2025, 6, 2), started: date | None = None, **more: Any) -> Timed:
    """The main expectation of a case; by default it ended on 2 June 2025 after 10 working days."""
    began = started or (ended or DAY) - timedelta(days=days)
    values: dict[str, Any] = {"measure": MAIN, "title": "Decision", "started": began, "ended": ended, "days": days}
    return Timed(**{**values, **more})


def case(*found: Timed, ref: str = "SA-1", **more: Any) -> CaseFacts:
    """A case with its main expectation, closed when that ended."""
    first = found[0] if found else timed()
    closed = more.pop("closed", first.ended)
    whole = Timed(WHOLE_CASE, "Whole", first.started, closed, first.days, on_register=False)
    values: dict[str, Any] = {
        "ref": ref, "workflow": "single-assessment-2013", "kind": "assessment", "team": "north",
        "opened": first.started, "closed": closed, "main": MAIN, "timed": (whole, *(found or (first,))),
        "of_a_child": True,
    }  # fmt: skip
    return CaseFacts(**{**values, **more})


def cases(days: Sequence[int], **more: Any) -> list[CaseFacts]:
    """One finished case for each duration."""
    return [case(timed(one, **more), ref=f"SA-{at}") for at, one in enumerate(days)]


def known(ref: str, opened: date, closed: date | None, *children: str, **more: Any) -> Known:
    told = more.pop("told_on", closed)
    return Known(ref, children, more.pop("contact_on", opened), opened, closed, told, **more)


# ---- in every shape they allow, from a seed (drawing each value would take ten times as long) -------------------
some_days = st.integers(0, 130)
LOOKED = ("clearly", "in part", "not yet")


def _timed(chance: random.Random) -> Timed:
    started = date(2024, 1, 1) + timedelta(days=chance.randrange(560))
    last = started + timedelta(days=chance.choice((0, 3, chance.randrange(150), chance.randrange(60, 67))))
    ended = last if last <= DAY and chance.random() < 0.8 else None
    indicative = CALENDAR.add_working_days(started, 45) if chance.random() < 0.7 else None
    agreed = CALENDAR.add_working_days(started, chance.randrange(60)) if chance.random() < 0.7 else None
    done = ("done_early", "done_within", "done_longer_unexplained", "done_longer_justified")
    running = ("on_course", "longer_justified", "longer_unexplained", "longer_explained", "longer_lapsed")
    told = chance.random() < 0.4
    return timed(
        max(CALENDAR.working_days(started, ended or DAY), 0), started=started, ended=ended,
        standing=chance.choice(done if ended else running), indicative=indicative,
        indicative_days=45 if indicative else None, agreed=agreed,
        agreed_days=CALENDAR.working_days(started, agreed) if agreed else None,
        past_indicative=CALENDAR.working_days(indicative, ended) if indicative and ended else None,
        past_agreed=CALENDAR.working_days(agreed, ended) if agreed and ended else None,
        explained=chance.random() < 0.5, cut_short=bool(ended) and chance.random() < 0.2,
        answered_on=DAY - timedelta(days=9) if told else None,
        first_answered_on=DAY - timedelta(days=chance.choice((9, 40))) if told else None,
        live_until=DAY + timedelta(days=chance.randrange(-5, 20)) if told else None,
        target=started + timedelta(days=20) if chance.random() < 0.2 else None,
    )  # fmt: skip


def any_case(chance: random.Random, ref: str) -> CaseFacts:
    one = _timed(chance)
    stays = tuple(
        Stayed(name, name.title(), 1, one.started, one.started if chance.random() < 0.9 else None,
               chance.randrange(9), name == "sign-off", returned=name == "sign-off" and chance.random() < 0.3)
        for name in ("accepted", "in-progress", "sign-off")[: chance.randrange(4)]
    )  # fmt: skip
    waits = tuple(
        Waited(whom, one.started, None if chance.random() < 0.5 else DAY, chance.randrange(30))
        for whom in ("the school", "The School", "police") if chance.random() < 0.2
    )  # fmt: skip
    look = tuple((name, chance.choice(LOOKED)) for name in ("childs_voice", "analysis"))
    closed = one.ended if one.ended and chance.random() < 0.8 else None
    return case(
        one, ref=ref, closed=closed, team=chance.choice(("north", "south", "east", "")),
        imported=chance.random() < 0.3, stays=stays, waits=waits, look=look if chance.random() < 0.5 else None,
        decision=chance.random() < 0.5, words=chance.random() < 0.5, earlier=chance.random() < 0.3,
        later=chance.random() < 0.3 if closed else None, watched=bool(closed) and chance.random() < 0.6,
        children=(chance.choice("abc"),), lane=chance.choice(("", "", "urgent")),
        seen_days=chance.choice((None, 0, 1, 5)), protected_days=chance.choice((None, 2)),
    )  # fmt: skip


class Cases(list[CaseFacts]):
    """Told by its seed where a test fails: its cases would fill pages."""

    said = ""

    def __repr__(self) -> str:
        return self.said


def some_cases(most: int = 80) -> st.SearchStrategy[list[CaseFacts]]:
    def build(seed: int, count: int) -> list[CaseFacts]:
        chance = random.Random(seed)
        found = Cases(any_case(chance, f"SA-{at:03}") for at in range(count))
        found.said = f"{count} cases from seed {seed}"
        return found

    return st.builds(build, st.integers(0, 2**32), st.integers(0, most))
