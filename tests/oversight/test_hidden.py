"""Law 7 over everything that is shown of many cases: with a hidden case it says what it says where there is none."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.decide.opening import OpenCase
from casereview.errors import CaseReviewError
from casereview.ports import Store
from casereview.service.desk import Desk
from casereview.service.registry import add_child
from casereview.testing import FixedClock, MemoryStore
from storage import open_store
from tests.oversight import lives
from tests.oversight.answers import ANSWERS
from tests.oversight.lives import ACTS, DAY, FLOW, Act, Team
from tests.stories import CATALOGUE, CHI, DOT, MAX, MO, TEAM, WREN

PHASES = (Phase.explicit, Phase.generate)
MARK = "Quillfeather"  # in every text of the hidden case, and nowhere else


class Beside(Team):
    """The same weeks, with a case in between that only its worker and the service manager may know of."""

    def __init__(self, store: Store, seed: int, hidden: random.Random) -> None:
        super().__init__(store, seed)
        self.hidden = hidden
        with self._apart(CHI) as desk:
            add_child(desk, child_id=f"kid-{MARK}", family="f")
            opened = desk.open(OpenCase(FLOW, f"Matter of {MARK}", None, TEAM, WREN, (f"kid-{MARK}",)))
            self.secret = opened.case.ref
            desk.do(self.secret, cmd.Restrict(f"because of {MARK}", (WREN,)))

    @contextlib.contextmanager
    def _apart(self, person: str) -> Iterator[Desk]:
        """A desk whose references and ids are drawn apart, so that those of the others stay what they are."""
        yield Desk(self.store, FixedClock(self.clock.today()), CATALOGUE, person, chance=self.hidden)

    def do(self, act: Act) -> None:
        what = self.hidden.choice(sorted(ACTS))
        for person in (CHI, WREN):
            with contextlib.suppress(CaseReviewError), self._apart(person) as desk:
                desk.do(self.secret, ACTS[what](act, self.clock.today()))
                break
        super().do(act)


def told(store: Store, clock: FixedClock, person: str) -> dict[str, object]:
    desk = Desk(store, clock, CATALOGUE, person)
    return {name: answer(desk) for name, answer in ANSWERS.items()}


def held_apart(with_it: Store, acts: list[Act], seed: int, person: str) -> None:
    without = MemoryStore(practice=False, clock=FixedClock(date(2001, 1, 1)))
    plain = Team(without, seed).live(acts)
    beside = Beside(with_it, seed, random.Random(seed + 1)).live(acts)
    assert beside.refs == plain.refs
    last = plain.clock.today()
    for later in (0, 40, 200):
        for team in (plain, beside):
            team.clock.set(last + later * DAY)
        ours, theirs = told(with_it, beside.clock, person), told(without, plain.clock, person)
        for name, said in ours.items():
            assert said == theirs[name], f"{name}, {later} days later"
            assert MARK not in str(said)


@given(lives.acts, st.integers(0, 9), st.sampled_from((MO, MAX, DOT)))
@settings(max_examples=6, phases=PHASES)
def test_nothing_tells_of_a_hidden_case(acts: list[Act], seed: int, person: str) -> None:
    held_apart(MemoryStore(practice=False, clock=FixedClock(date(2001, 1, 1))), acts, seed, person)


def test_nothing_tells_of_a_hidden_case_on_disk(tmp_path: Path) -> None:
    @given(lives.acts, st.integers(0, 9), st.sampled_from((MO, DOT)))
    @settings(max_examples=2, phases=PHASES)
    def held(acts: list[Act], seed: int, person: str) -> None:
        place = str(tmp_path / f"{len(list(tmp_path.iterdir()))}.db")
        store = open_store(place, create=True, practice=False, clock=FixedClock(date(2001, 1, 1)))
        held_apart(store, acts, seed, person)
        store.close()

    held()


def test_whoever_may_know_of_it_is_told(tmp_path: Path) -> None:
    """Or the tests above would hold of lists that show nothing."""
    store = MemoryStore(practice=False, clock=FixedClock(date(2001, 1, 1)))
    acts = [Act(1, 0, MO, what, n) for n, what in enumerate(("roster", "agree", "onward", "see", "reason", "tell"))]
    beside = Beside(store, 1, random.Random(3))
    beside.live(acts)
    beside.clock.set(beside.clock.today() + timedelta(days=120))
    said = told(store, beside.clock, CHI)
    tell = {"register", "cases", "each case", "journey", "voices", "continuity"}
    assert {name for name in tell if MARK in str(said[name])} >= {"register", "cases", "each case"}
    assert len([name for name in said if beside.secret in str(said[name])]) >= 6
