"""Every step of every workflow can be reached by meeting what is asked, and the machine is what is declared."""

from __future__ import annotations

from typing import Any

import pytest

from casereview import commands as cmd
from casereview.decide.life import open_steps
from casereview.engine import path
from tests.stateful.solver import Team
from tests.stories import CHO, SHIPPED, STORY, definition

WORKFLOWS = (STORY, *SHIPPED)
STEPS = [(workflow, step) for workflow in WORKFLOWS for step in definition(workflow).steps]
NAMES = [f"{definition(workflow).name}-{step}" for workflow, step in STEPS]


@pytest.mark.parametrize(("workflow", "name"), STEPS, ids=NAMES)
def test_a_step_is_reached_by_meeting_what_is_asked(workflow: str, name: str) -> None:
    team = Team(workflow)
    step = team.definition.steps[name]
    source = min(step.sources, key=lambda s: _distance(team, s, step.track))
    team.reach(source, step.track)
    team.take(step)
    case = team.case
    assert (case.main if step.track is None else case.tracks[step.track]).stage == step.to
    assert (case.closed is not None) == (step.track is None and team.definition.stages[step.to].end)
    assert not case.overrides  # met, not set aside
    team.check()


def _distance(team: Team, stage: str, track: str | None) -> int:
    try:
        return len(team.way_to(stage, track))
    except KeyError:
        return 10**6


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_the_machine_is_the_declared_table_and_nothing_more(workflow: str) -> None:
    """No step that was not declared, no way round one (`to_X`), nothing out of an end."""
    d = definition(workflow)
    for track in (None, *d.tracks):
        machine = path(d, track)
        stages = d.tracks[track].stages if track else d.stages
        declared = {(src, s.name, s.to) for s in d.steps.values() if s.track == track for src in s.sources}
        names = {*d.steps, *(f"to_{stage}" for stage in stages), "to_", "state", "initial"}
        found = {(stage, name, to) for stage in stages for name in names if (to := machine.destination(stage, name))}
        assert found == declared
        for stage in stages:
            assert [s.name for s in machine.steps_from(stage)] == [s.name for s in d.steps_from(stage, track)]
            if track is None and stages[stage].end:
                assert machine.steps_from(stage) == ()
        assert machine.start == (d.tracks[track].start if track else d.start)
    assert path(d) is path(d)


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_nothing_leaves_an_end_but_reopening(workflow: str) -> None:
    team = Team(workflow)
    ends = [s for s in team.definition.stages.values() if s.end]
    team.reach(min(ends, key=lambda s: _distance(team, s.name, None)).name)
    assert open_steps(team.case, team.definition) == []
    for step in team.definition.steps:
        team.refused(CHO, cmd.TakeStep(step, "x"))
    team.do(CHO, cmd.Reopen("new facts"))
    assert team.case.main.stage == team.definition.reopening.to  # type: ignore[union-attr]
    assert team.case.closed is None
    assert [s for s in open_steps(team.case, team.definition) if s.track is None]
    team.check()


def test_the_path_says_nothing_about_a_step_of_another_path() -> None:
    d: Any = definition()
    assert path(d).destination("new", "share") is None
    assert path(d, "sharing").destination("not-shared", "begin") is None
    assert path(d, "sharing").destination("not-shared", "share") == "shared"
