"""A random few weeks of a team, to be lived in one store to the end and in another only up to some day."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.decide.opening import OpenCase
from casereview.errors import CaseReviewError
from casereview.events import REGISTRY, Event, Happening, OfficeSet, PersonSet, TeamSet
from casereview.ports import Store
from casereview.service.blockages import own, raise_blockage
from casereview.service.closures import add_closure
from casereview.service.desk import Desk, Refused
from casereview.service.registry import add_child
from casereview.testing import FixedClock
from tests.stories import CATALOGUE, CHI, DOT, MAX, MO, OFFICES, START, TEAM, WREN

DAY = timedelta(days=1)
FLOW = "single-assessment-2013"
DECISION = {
    "decision": "help", "grounds": "seen", "enough_because": "clear", "uncertain": "little",
    "would_change": "a move", "help": "early help",
}  # fmt: skip


@dataclass(frozen=True)
class Act:
    """So many days after the last one, somebody does something about the n-th case."""

    wait: int
    case: int
    person: str
    what: str
    number: int


def begin(store: Store) -> None:
    """Teams and people in a store that has nothing but its beginning."""
    clock = FixedClock(date(2001, 1, 1))
    facts: list[Event] = [TeamSet(TEAM, "North team"), TeamSet("south", "South team")]
    facts += [PersonSet(person, person.title()) for person in (WREN, MO, MAX, CHI, DOT)]
    facts += [
        OfficeSet(person, OFFICES[person], TEAM if OFFICES[person] == "manager" else "", date(2000, 1, 1))
        for person in (MO, MAX, CHI, DOT)
    ]
    with store.write() as work:
        work.append(REGISTRY, 0, [Happening(fact, clock.today()) for fact in facts], actor=MO, at=clock.now())


class Team:
    """Lives a list of acts; what is refused is simply not done, in every store alike."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self.clock, self.chance = store, FixedClock(START), random.Random(seed)
        self.refs: list[str] = []
        begin(store)
        add_child(self.desk(CHI), child_id="kid-1", family="f")
        self.open(0)

    def desk(self, person: str) -> Desk:
        return Desk(self.store, self.clock, CATALOGUE, person, chance=self.chance)

    def open(self, number: int) -> None:
        children = ("kid-1",) if number % 2 else ()
        command = OpenCase(FLOW, f"Matter {len(self.refs)}", None, TEAM, WREN, children)
        self.refs.append(self.desk(MO).open(command).case.ref)

    def live(self, acts: Sequence[Act], until: date | None = None) -> Team:
        for act in acts:
            day = self.clock.today() + act.wait * DAY
            if until is not None and day > until:
                break
            self.clock.set(day)
            for person in (act.person, CHI, MO, WREN):  # whoever may: most acts are refused to most people
                with contextlib.suppress(CaseReviewError):
                    self.do(replace(act, person=person))
                    break
        if until is not None:
            self.clock.set(until)
        return self

    def onward(self, ref: str, desk: Desk) -> None:
        """The next step of the ordinary way, with what is expected of it set aside."""
        with self.store.read() as work:
            case = work.case(None, ref)
        assert case is not None
        step = NEXT.get(case.main.stage, "")
        if step == "submit" and not case.tally("decision").live:
            desk.do(ref, ACTS["decision"](Act(0, 0, "", "", 0), self.clock.today()))
        try:
            desk.do(ref, cmd.TakeStep(step, "as agreed"))
        except Refused as no:
            for one in no.refusal.unmet:
                desk.do(ref, cmd.SetRequirementAside(one.requirement, "not here", step))
            desk.do(ref, cmd.TakeStep(step, "as agreed"))

    def do(self, act: Act) -> None:
        today, desk = self.clock.today(), self.desk(act.person)
        ref = self.refs[act.case % len(self.refs)]
        if act.what == "open":
            return self.open(act.number)
        if act.what == "onward":
            return self.onward(ref, desk)
        if act.what in ELSEWHERE:
            return ELSEWHERE[act.what](desk, act, today)
        desk.do(ref, ACTS[act.what](act, today))
        return None


def _close_day(desk: Desk, act: Act, today: date) -> None:
    add_closure(desk, today + (act.number % 20) * DAY, "flood", team=TEAM if act.number % 2 else "")


def _block(desk: Desk, act: Act, today: date) -> None:
    item = raise_blockage(desk, f"queue {act.number}", team=TEAM)
    if act.number % 2:
        own(desk, item.key, MO)


ASIDE: tuple[str, ...] = ("told-family", "told-referrer", "record-quality-look", "seen-child", "record-childs-words",
         "record-outcome-shared", "record-family-view")  # fmt: skip
ELSEWHERE: dict[str, Callable[[Desk, Act, date], None]] = {"closure": _close_day, "blockage": _block}
ACTS: dict[str, Callable[[Act, date], cmd.Command]] = {
    "begin": lambda a, t: cmd.TakeStep("begin-at-once", "today"),
    "turn": lambda a, t: cmd.TakeStep("turn-to-analysis", "enough seen"),
    "enough": lambda a, t: cmd.TakeStep("enough-known", "clear"),
    "decision": lambda a, t: cmd.AddRecord("decision", {**DECISION, "decided_on": t}),
    "submit": lambda a, t: cmd.TakeStep("submit", ""),
    "return": lambda a, t: cmd.TakeStep("return", "say more"),
    "authorise": lambda a, t: cmd.TakeStep("authorise", ""),
    "share": lambda a, t: cmd.TakeStep("share", ""),
    "close": lambda a, t: cmd.TakeStep("close", ""),
    "aside": lambda a, t: cmd.SetRequirementAside(ASIDE[a.number % len(ASIDE)], "not here"),
    "reopen": lambda a, t: cmd.Reopen("new facts"),
    "roster": lambda a, t: cmd.SetRoster("mother", parental_responsibility=True),
    "father": lambda a, t: cmd.SetRoster("father", must_be_told=bool(a.number % 3)),
    "except": lambda a, t: cmd.ExceptTelling("father", "police advice", t + (a.number % 30 + 1) * DAY),
    "tell": lambda a, t: cmd.Tell(
        ("progress", "new date", "delay explained")[a.number % 3], promised_on=t + (a.number % 15) * DAY
    ),
    "see": lambda a, t: cmd.SeeChild(t - (a.number % 4) * DAY),
    "agree": lambda a, t: cmd.AgreeDate(t + (a.number % 60) * DAY, "as planned", "JUDG"),
    "reason": lambda a, t: cmd.GiveReason(("JUDG", "CAPA", "NONE", "HIST")[a.number % 4], "why", "effect"),
    "answer": lambda a, t: cmd.GiveAnswer("agreed", "yes", t + (a.number % 30 + 1) * DAY),
    "no": lambda a, t: cmd.GiveAnswer("not agreed", "do this"),
    "more": lambda a, t: cmd.GiveAnswer("tell me more"),
    "lane": lambda a, t: cmd.SetLane("urgent" if a.number % 2 else "", "section 47"),
    "wait": lambda a, t: cmd.StartWaiting("school", "a report"),
    "assign": lambda a, t: cmd.Assign(worker=(WREN, MAX, DOT)[a.number % 3]),
    "move": lambda a, t: cmd.Assign(team=("south", TEAM)[a.number % 2]),
    "look": lambda a, t: cmd.MarkLooked("looked"),
    "words": lambda a, t: cmd.AddRecord("childs-words", {"heard_on": t, "words": "I like it here"}),
}  # fmt: skip
NEXT = {
    "accepted": "begin-at-once", "allocated": "begin-at-once", "planned": "begin", "in-progress": "turn-to-analysis",
    "analysis": "submit", "sign-off": "authorise", "authorised": "share", "shared": "close",
}  # fmt: skip
TIME = ("reason", "answer", "agree", "tell", "see", "lane")

acts = st.lists(
    st.builds(
        Act,
        wait=st.sampled_from((0, 0, 1, 3, 8, 15)),
        case=st.integers(0, 3),
        person=st.sampled_from((MO, MO, WREN, WREN, CHI, MAX)),
        what=st.sampled_from((*["onward"] * 8, *TIME, *TIME, *["open"] * 3, *ACTS, *ELSEWHERE)),
        number=st.integers(0, 59),
    ),
    min_size=25,
    max_size=60,
)
