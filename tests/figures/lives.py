"""Cases lived through by their own rules, in any store, for the figures to be worked out from."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from casereview import commands as cmd
from casereview.events import REGISTRY, Event, Happening, OfficeSet, PersonSet, TeamSet
from casereview.ports import Store
from casereview.service.registry import add_child
from casereview.testing import FixedClock, MemoryStore
from tests.stories import CHI, CHO, MAX, MO, OFFICES, SAM, START, TEAM, WREN, Story

FLOW = "single-assessment-2013"
LOOK = {"looked_on": "2024-06-20", "childs_voice": "clearly", "history_used": "in part", "analysis": "not yet",
        "decision": "clearly", "family_shared": "in part"}  # fmt: skip


def peopled(store: Store) -> MemoryStore:
    """The people of the stories in a store of any kind."""
    facts: list[Event] = [TeamSet(TEAM, "North team"), TeamSet("south", "South team")]
    facts += [PersonSet(person, person.title()) for person in (WREN, MO, MAX, CHI, CHO, SAM)]
    facts += [
        OfficeSet(person, office, TEAM if office == "manager" else "", date(2000, 1, 1))
        for person, office in OFFICES.items() if person in (MO, MAX, CHI, CHO)
    ]  # fmt: skip
    now = FixedClock(date(2001, 1, 1)).now()
    with store.write() as work:
        work.append(REGISTRY, 0, [Happening(fact, date(2001, 1, 1)) for fact in facts], actor=MO, at=now)
    return cast(MemoryStore, store)


def begun(store: MemoryStore, seed: int, *, opened: date = START, child: str = "", **more: Any) -> Story:
    """An assessment under way, its family told and its child seen."""
    story = Story(FLOW, today=opened, store=store, seed=seed, **more)
    if child:
        with store.read() as work:
            known = [one.id for one in work.known_children(None)]
        if child not in known:
            add_child(story.desk(MO), child_id=child)
        story.do(MO, cmd.LinkChild(child))
    story.step(MO, "allocate").step(WREN, "plan").step(WREN, "begin")
    story.after(2, opened)
    story.see()
    return story


def finished(story: Story, opened: date, days: int, *, returned: bool = False) -> Story:
    """To its close: written up so many working days after it was opened, and signed the day after."""
    story.after(days, opened).step(WREN, "turn-to-analysis")
    story.do(WREN, cmd.AddRecord("decision", {
        "decision": "help at home", "grounds": "what was seen", "enough_because": "it is clear", "uncertain": "little",
        "would_change": "news", "help": "early help", "decided_on": story.today.isoformat()}))  # fmt: skip
    story.step(WREN, "submit").after(days + 1, opened)
    if returned:
        story.step(MO, "return").step(WREN, "submit").after(days + 2, opened)
    story.do(MO, cmd.AddRecord("quality-look", LOOK))
    story.step(MO, "authorise")
    story.tell("decision")
    return story.step(WREN, "share").step(WREN, "close")
