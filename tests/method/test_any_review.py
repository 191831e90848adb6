"""Any life of a review, in both profiles: what the method holds to holds after everything anybody does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.decide.life import open_steps
from casereview.errors import CaseReviewError
from casereview.events import StepTaken
from casereview.service.reading import records
from casereview.views import RecordRow
from tests.stateful.solver import Team
from tests.stories import ADA, CHI, CHO, MAX, SAM, WREN
from workflows.definition import Field, OnlyWith

PROFILES = ("learning-together", "learning-together-2008")
KINDS = ("finding", "key-practice-episode", "prevalence-evidence", "contributory-factor", "board-response", "scope")
AGREED = ("agreed", "accepted by the board", "responded to", "evaluated")
PEOPLE, ROLES = (WREN, SAM, ADA, MAX), ("lead-reviewer", "case-group", "review-team")

Act = tuple[str, int, int, int]
acts = st.lists(
    st.tuples(
        st.sampled_from(["write", "write", "correct", "correct", "withdraw", "step", "step", "try", "appoint", "end",
                         "declare", "decide"]),
        st.integers(0, 40), st.integers(0, 40), st.integers(0, 40),
    ),
    min_size=5, max_size=25,
)  # fmt: skip


class Life:
    """A review that is well on its way, and what was seen of it so far."""

    def __init__(self, workflow: str) -> None:
        self.team = Team(workflow)
        self.team.reach("pattern-analysis")
        self.most = len(self.rows())

    def rows(self) -> list[RecordRow]:
        found = records(self.team.desk(CHO), self.team.ref, limit=500).rows
        return list(found)

    def live(self, kind: str) -> list[RecordRow]:
        return [r for r in self.rows() if r.kind == kind and not r.withdrawn]

    # ---- acting ------------------------------------------------------------------------------------------------
    def act(self, what: str, a: int, b: int, c: int) -> None:
        try:
            getattr(self, f"_{what}")(a, b, c)
        except CaseReviewError as no:
            assert no.says  # refused, with the reason; what must hold is looked at all the same

    def _value(self, field: Field, pick: int, *, empty: bool) -> Any:
        if empty and not field.required and pick % 3 == 0:
            return ""
        if field.type in ("choice", "choices"):
            return field.options[pick % len(field.options)]
        return self.team.value(field)

    def _write(self, a: int, b: int, c: int) -> None:
        kinds = [kind for kind in KINDS if kind in self.team.definition.records]
        kind = self.team.definition.records[kinds[a % len(kinds)]]
        values = {f.name: self._value(f, b + n * c, empty=True) for n, f in enumerate(kind.fields.values())}
        self.team.do(CHO, cmd.AddRecord(kind.name, values))

    def _correct(self, a: int, b: int, c: int) -> None:
        live = [r for kind in KINDS[:3] for r in self.live(kind)]
        if not live:
            return
        row = live[a % len(live)]
        fields = [f for f in self.team.definition.records[row.kind].fields.values() if f.type in ("choice", "long")]
        field = fields[b % len(fields)]
        value = self._value(field, c, empty=True)
        self.team.do(CHO, cmd.CorrectRecord(row.number, "looked again", {field.name: value}))

    def _withdraw(self, a: int, b: int, c: int) -> None:
        live = [r for kind in KINDS[:5] for r in self.live(kind)]
        if live:
            self.team.do(CHO, cmd.CorrectRecord(live[a % len(live)].number, "a slip", withdraw=True))

    def _step(self, a: int, b: int, c: int) -> None:
        steps = open_steps(self.team.case, self.team.definition)
        if steps:
            self.team.take(steps[a % len(steps)])

    def _try(self, a: int, b: int, c: int) -> None:
        steps = open_steps(self.team.case, self.team.definition)
        if steps:
            self.team.do(CHO, cmd.TakeStep(steps[a % len(steps)].name, "so that it goes on"))

    def _appoint(self, a: int, b: int, c: int) -> None:
        self.team.do(CHO, cmd.Appoint(PEOPLE[a % 4], ROLES[b % 3]))

    def _end(self, a: int, b: int, c: int) -> None:
        if c % 2:
            self.team.on(self.team.due(c % 3))
        self.team.do(CHO, cmd.EndAppointment(PEOPLE[a % 4], ROLES[b % 3]))

    def _declare(self, a: int, b: int, c: int) -> None:
        self.team.do(PEOPLE[a % 4], cmd.DeclareConflict(PEOPLE[a % 4], ("line-managed", "personal")[b % 2]))

    def _decide(self, a: int, b: int, c: int) -> None:
        decision = ("accept", "restrict", "replace")[c % 3]
        interest = ("line-managed", "personal")[b % 2]
        self.team.do(CHI, cmd.DeclareConflict(PEOPLE[a % 4], interest, decision))  # type: ignore[arg-type]

    # ---- what must hold ----------------------------------------------------------------------------------------
    def hold(self, before: str) -> None:
        self._whole_findings()
        self._explained_episodes()
        self._apart()
        rows = self.rows()
        assert len(rows) >= self.most  # going back deletes nothing
        self.most = len(rows)
        case = self.team.case
        if case.tracks["publication"].stage == "published" and before != "published":
            aside = {s.requirement for s in case.set_asides if s.step == "publish"}
            assert self.live("board-response") or "record-board-response" in aside
        if case.tracks["proceedings"].stage == "suspended":
            assert self.live("suspension")[0].values["look_again"]

    def _only_with(self, kind: str) -> OnlyWith:
        return self.team.definition.records[kind].only_with[0]

    def _whole_findings(self) -> None:
        for finding in self.live("finding"):
            if finding.values["state"] in AGREED:
                parts = self._only_with("finding").fields
                assert len(parts) >= 3 and all(finding.values.get(part) for part in parts)

    def _explained_episodes(self) -> None:
        newest = self.team.entries[-1].event
        shared = isinstance(newest, StepTaken) and newest.step == "share-case-analysis"
        for episode in self.live("key-practice-episode"):
            explained, judged = episode.values.get("local_rationality"), episode.values.get("judgement")
            assert judged != "fell short" or explained
            if shared:
                assert explained and judged
                assert any(f.values["episode"] == episode.number for f in self.live("contributory-factor"))

    def _apart(self) -> None:
        case = self.team.case
        for held in case.appointments:
            if held.role != "lead-reviewer" or held.ended or not case.known_to(held.person):
                continue
            other = [a for a in case.appointments if a.person == held.person and a.role == "case-group"]
            assert all(a.until is not None and a.until <= a.since for a in other)
            assert held.person not in case.responsible


@pytest.mark.parametrize("workflow", PROFILES)
@given(acts=acts)
@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.generate), database=None)
def test_what_the_method_holds_to_holds(workflow: str, acts: list[Act]) -> None:
    life = Life(workflow)
    for act in acts:
        before = life.team.case.tracks["publication"].stage
        life.act(*act)
        life.hold(before)
    life.team.check()
