"""Meets whatever a step asks, by the kind of the requirement: the way a willing team would, in any workflow."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from casereview import commands as cmd
from casereview.asked import fits
from casereview.requirements import Asked, asked_by, lacking_each
from casereview.service.desk import Refused
from casereview.service.registry import add_child
from tests.stories import ADA, CHI, CHO, DOT, MO, SAM, WREN, Story
from workflows.definition import Field, Requirement, Step

EVERYONE = (WREN, MO, CHI, CHO, ADA, SAM, DOT)


class Team(Story):
    """A story in which the chair holds every role, so that only requirements stand in the way."""

    def __init__(self, workflow: str, **more: Any) -> None:
        super().__init__(workflow, **more)
        for role in self.definition.roles:
            with suppress(Refused):  # whoever leads a review had no part in the case
                self.do(CHO, cmd.Appoint(CHO, role))

    # ---- getting somewhere -----------------------------------------------------------------------------
    def way_to(self, stage: str, track: str | None = None) -> list[Step]:
        """The shortest way to a stage from where the case stands."""
        case = self.case
        start = case.main.stage if track is None else case.tracks[track].stage
        ways: dict[str, list[Step]] = {start: []}
        waiting = [start]
        while waiting:
            here = waiting.pop(0)
            for step in self.definition.steps_from(here, track):
                if step.to not in ways:
                    ways[step.to] = [*ways[here], step]
                    waiting.append(step.to)
        return ways[stage]

    def reach(self, stage: str, track: str | None = None) -> None:
        for step in self.way_to(stage, track):
            self.take(step)

    def take(self, step: Step) -> None:
        for _ in range(4):  # meeting one may ask for another, such as ending a suspension
            lacking = [a for a in asked_by(self.case, step, self.definition) if not a.met]
            if not lacking:
                break
            for asked in lacking:
                self.meet(step, asked)
        self.do(CHO, cmd.TakeStep(step.name, "so that it goes on"))

    # ---- meeting one requirement -----------------------------------------------------------------------
    def meet(self, step: Step, asked: Asked) -> None:
        asks = next((r for r in step.requirements if r.key == asked.requirement), None)
        if asks is None:  # a suspension
            track = asked.requirement.removeprefix("track-")
            free = [s for s in self.definition.tracks[track].stages if s not in self._held(track)]
            self.reach(free[0], track)
            return
        getattr(self, f"_meet_{asks.kind}")(step, asks)

    def _held(self, track: str) -> tuple[str, ...]:
        hold = self.definition.tracks[track].hold
        return hold.stages if hold else ()

    def _meet_has(self, step: Step, asks: Requirement) -> None:
        if asks.name == "agreed-date":
            name = next(n for n, run in self.case.runs.items() if run.ended is None)
            code = next(r.code for r in self.definition.reasons.values() if r.group == "can justify")
            self.do(CHO, cmd.AgreeDate(self.today, "it takes this long", code, name))
        elif asks.name == "child":
            self.child()
        elif asks.name == "roster":
            self.do(CHO, cmd.SetRoster("mother", must_be_told=True))
        else:
            self.do(CHO, cmd.Assign(worker=WREN) if asks.name == "worker" else cmd.Assign(team="north"))

    def _meet_told(self, step: Step, asks: Requirement) -> None:
        kind = asks.at[0] if asks.at else "progress"
        if asks.name == "referrer":
            self.do(CHO, cmd.SetRoster("school", referrer=True))
            self.do(CHO, cmd.Tell(kind, ("school",)))  # type: ignore[arg-type]
        else:
            self.do(CHO, cmd.SetRoster("mother", must_be_told=True))
            self.do(CHO, cmd.Tell(kind))  # type: ignore[arg-type]

    def _meet_record(self, step: Step, asks: Requirement) -> None:
        for _ in range(asks.at_least):
            self.record(asks.name, {name: wanted[0] for name, wanted in asks.where})

    def _meet_seen(self, step: Step, asks: Requirement) -> None:
        self.do(CHO, cmd.SeeChild())

    def _meet_scanned(self, step: Step, asks: Requirement) -> None:
        self.do(CHO, cmd.KeepScan(texts=0, digest="0", key=0, protected=0))

    def _meet_track(self, step: Step, asks: Requirement) -> None:
        ways = {}
        for stage in asks.at:
            try:
                ways[stage] = len(self.way_to(stage, asks.name))
            except KeyError:
                continue
        self.reach(min(ways, key=ways.__getitem__), asks.name)

    def _meet_field(self, step: Step, asks: Requirement) -> None:
        kind, _, name = asks.name.partition(".")
        tally = self.case.records.get(kind)
        if tally is None or not tally.live:
            self.record(kind)
            return
        failing = tally.failing.get(f"{step.name}/{asks.key}", [])
        for number in list(failing):
            value = asks.among[0] if asks.among else self.value(self.definition.records[kind].fields[name])
            self.put_right(kind, number, {name: value})

    def _meet_each(self, step: Step, asks: Requirement) -> None:
        tally = self.case.records.get(asks.name)
        if tally is None or not tally.live:
            self.record(asks.name)
        kind, _, field = asks.points.partition(".")
        for number in lacking_each(self.case, step, asks):
            for _ in range(asks.at_least):
                self.record(kind, {name: wanted[0] for name, wanted in asks.where} | {field: number})

    def _meet_appointed(self, step: Step, asks: Requirement) -> None:
        for person in EVERYONE[: asks.at_least]:
            self.do(CHO, cmd.Appoint(person, asks.name))

    # ---- writing down ------------------------------------------------------------------------------------
    def child(self) -> str:
        if not self.case.children:
            child = add_child(self.desk(MO))
            self.do(CHO, cmd.LinkChild(child.id))
        return self.case.children[0]

    def record(self, kind: str, given: dict[str, Any] | None = None) -> int:
        """A record with every field filled in, as requirements on its fields want it."""
        wanted = {
            r.name.partition(".")[2]: r.among[0]
            for s in self.definition.steps.values()
            for r in s.requirements
            if r.kind == "field" and r.among and r.name.partition(".")[0] == kind
        }
        fields = self.definition.records[kind].fields
        values = {name: self.value(field) for name, field in fields.items()} | wanted | (given or {})
        later: dict[str, Any] = {}
        for asks in self.definition.records[kind].only_with:
            if asks.pointed and fits(values, asks.where):  # what nothing points to yet cannot say so from the start
                later |= {name: values.pop(name) for name, _ in asks.where if name in values}
        first = {name: next(o for o in fields[name].options if o != value) for name, value in later.items()}
        number = self.do(CHO, cmd.AddRecord(kind, values | first)).case.number
        if later:
            self.put_right(kind, number, later)
        return number

    def put_right(self, kind: str, number: int, change: dict[str, Any]) -> None:
        """Corrects a record, after writing down what must point to it before it may say so."""
        fields = self.definition.records[kind].fields
        for asks in self.definition.records[kind].only_with:
            if fits(change, asks.where):
                of, _, field = asks.pointed.partition(".")
                if of:
                    self.record(of, {field: number})
                change = {name: self.value(fields[name]) for name in asks.fields} | change
        self.do(CHO, cmd.CorrectRecord(number, "left out", change))

    def value(self, field: Field) -> Any:
        match field.type:
            case "date":
                return self.today.isoformat()
            case "choice" | "choices":
                return field.options[0]
            case "number":
                return 1
            case "yes-no":
                return "yes"
            case "person":
                return WREN
            case "child":
                return self.child()
            case "record":
                tally = self.case.records.get(field.of)
                return tally.live[0] if tally and tally.live else self.record(field.of)
            case "steps":
                return next(iter(self.definition.steps))
        return "what was said"
