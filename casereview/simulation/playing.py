"""Plays acts on a store: each by its own person on its own day, through the same commands as everybody's."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from casereview.case import Case
from casereview.decide.opening import OpenCase
from casereview.ports import Writing
from casereview.service.desk import Desk
from casereview.simulation.clock import DayClock
from casereview.simulation.telling import Act


class Player:
    """A desk at which everybody of the story sits in turn."""

    def __init__(self, desk: Desk, day: date, seed: int) -> None:
        self.clock = DayClock(desk.clock, day)
        self.runs = desk.person
        # references and ids come out the same for the same seed; salts and instants do not
        self.desk = replace(desk, clock=self.clock, chance=random.Random(seed), today_set=False)
        self.acts = 0

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        with self.desk.writing() as work:
            yield work

    def as_if(self, person: str, on: date) -> Desk:
        """The desk with that person at it on that day."""
        self.desk.person, self.clock.day = person, on
        return self.desk

    def open(self, work: Writing, by: str, on: date, command: OpenCase) -> Case:
        return self.as_if(by, on).open_in(work, command).case

    def act(self, work: Writing, case: Case, act: Act) -> Case:
        """Carries out one act. Raises Refused where the engine says no: a story is told by the rules or not at all."""
        command = act.command(case) if callable(act.command) else act.command
        self.acts += 1
        return self.as_if(act.by, act.on).do_in(work, case.id, command).case

    def play(self, work: Writing, case: Case, acts: Sequence[Act]) -> Case:
        for act in acts:
            case = self.act(work, case, act)
        return case
