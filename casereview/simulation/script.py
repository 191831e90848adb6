"""Plays a made-up review from its script: a TOML file of acts, each by somebody some days before the demo."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from casereview.calendar import Calendar
from casereview.case import Case
from casereview.commands import (
    AddRecord,
    AgreeDate,
    Appoint,
    Command,
    CorrectRecord,
    DeclareConflict,
    GiveReason,
    SetRequirementAside,
    SetRoster,
    TakeStep,
    Tell,
)
from casereview.decide.opening import OpenCase
from casereview.events import ChildSet
from casereview.method.hindsight import mark_of
from casereview.ports import Writing
from casereview.service.identities import add_in, identities
from casereview.simulation.playing import Player
from casereview.simulation.telling import Act

WORKFLOW = "learning-together"
REVIEWS = ("review_lantern", "review_harbour")


@dataclass(slots=True)
class Script:
    """A script being played: `made` are the records that later acts speak of, by the name the script gave them."""

    title: str
    opened: int
    by: str
    families: list[str]
    acts: list[dict[str, Any]]
    today: date
    calendar: Calendar
    made: dict[str, int] = field(default_factory=dict)
    you: str = ""  # whoever runs the demo

    def day(self, offset: int) -> date:
        """That many days from the day of the demo, or the working day before: nobody meets on a Sunday."""
        day = self.today + timedelta(days=offset)
        while not self.calendar.is_working(day):
            day -= timedelta(days=1)
        return day

    def value(self, given: Any) -> Any:
        if isinstance(given, str) and given.startswith("day "):
            return self.day(int(given.removeprefix("day ")))
        if isinstance(given, str) and given.startswith("@"):
            return self.made[given.removeprefix("@")]
        return self.you if given == "you" else given

    def values(self, given: dict[str, Any]) -> dict[str, Any]:
        return {name: self.value(value) for name, value in given.items()}

    def answer(self, act: dict[str, Any]) -> dict[str, Any]:
        """An answer to a prompt, which is named by its check, the record and the place; `to`: what it was given to."""
        about = self.made[act["about"]]
        prompt = ".".join([act["prompt"], str(about), *([act["place"]] if "place" in act else [])])
        answer = {"prompt": prompt, "about": about, "outcome": act["outcome"], "reason": act["reason"]}
        return answer | ({"mark": mark_of(*act["to"])} if "to" in act else {})


def read(name: str, today: date, calendar: Calendar) -> Script:
    """One of the shipped scripts, by the name of its file."""
    raw = tomllib.loads((files(__package__) / "data" / f"{name}.toml").read_text("utf-8"))
    return Script(raw["title"], raw["opened"], raw["by"], raw["families"], raw["act"], today, calendar)


def play(player: Player, script: Script) -> Case:
    """Opens the review and carries out every act by the rules. Raises Refused where one is not ready."""
    opened, script.you = script.day(script.opened), player.runs
    with player.writing() as work:
        children = _children(player, work, script, opened)
        opening = OpenCase(WORKFLOW, script.title, opened=opened, children=children)
        case = player.open(work, script.by, opened, opening)
        for act in script.acts:
            for kind, text, stands_for in act.get("identity", ()):
                add_in(player.as_if(act["by"], script.day(act["on"])), work, case, kind, text, stands_for=stands_for)
            for command in _commands(script, act) if not {"identity", "read_key"} & act.keys() else ():
                case = player.act(work, case, Act(script.day(act["on"]), act["by"], command))
            if "called" in act:
                script.made[act["called"]] = case.number
    for act in script.acts:
        if "read_key" in act:  # written down in a transaction of its own
            identities(player.as_if(act["by"], script.day(act["on"])), case.ref, act["read_key"])
    return case


def _children(player: Player, work: Writing, script: Script, on: date) -> tuple[str, ...]:
    """Opaque ids, all of one family."""
    ids = tuple(f"999-{child}" for child in script.families)
    desk = player.as_if(script.by, on)
    desk.register(work, *(ChildSet(child, f"{ids[0]}-family") for child in ids))
    return ids


def _commands(script: Script, act: dict[str, Any]) -> Iterator[Command]:
    """What one act of a script asks; an act the script misspells raises KeyError."""
    text = act.get("text", "")
    if "correct" in act:
        yield CorrectRecord(script.made[act["correct"]], act["reason"], script.values(act["values"]))
    elif "prompt" in act:
        yield AddRecord("prompt-answer", script.answer(act))
    elif "record" in act:
        yield AddRecord(act["record"], script.values(act.get("values", {})))
    elif "step" in act:
        yield TakeStep(act["step"], act.get("reason", ""))
    elif "appoint" in act:
        yield from (Appoint(script.value(person), role) for person, role in act["appoint"])
    elif "list" in act:
        for person, label, relation, told in act["list"]:
            yield SetRoster(person, label, relation, must_be_told=told)
    elif "tell" in act:
        promised = script.value(act["promised"]) if "promised" in act else None
        yield Tell(act["tell"], method="visit", text=text, said=act.get("said", ""), promised_on=promised)
    elif "agree" in act:
        yield AgreeDate(script.value(act["agree"]), text, act.get("code", ""), act.get("expectation", ""))
    elif "conflict" in act:
        decision = act.get("decision", "declared")
        yield DeclareConflict(act.get("conflict_of", act["by"]), act["conflict"], decision, text)
    elif "aside" in act:
        yield SetRequirementAside(act["aside"], act["reason"], act["of_step"])
    else:
        yield GiveReason(act["reason_to_wait"], text, "")
