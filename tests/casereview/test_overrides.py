"""Law 6: every override has an author and a reason, and shows on the board's list."""

from __future__ import annotations

from casereview import commands as cmd
from casereview.service.overrides import overrides
from tests.stories import ADA, CHO, MO, WREN, Story


def test_what_is_set_aside_is_on_the_boards_list_with_author_and_reason() -> None:
    story = Story(roster=False)
    assert overrides(story.desk(CHO)) == []
    story.do(MO, cmd.SetRequirementAside("has-roster", "the list follows tomorrow", "begin"))
    story.do(WREN, cmd.SetRoster("father", label="Father"))
    story.do(MO, cmd.ExceptTelling("father", "police advice", story.due(5), "asked by the inspector"))
    excepted, aside = overrides(story.desk(CHO))
    assert (aside.case, aside.by, aside.reason) == (story.ref, MO, "the list follows tomorrow")
    assert story.definition.steps["begin"].title in aside.what and "has-roster" not in aside.what
    assert (excepted.by, excepted.reason) == (MO, "asked by the inspector")
    assert "Father" in excepted.what and "police advice" in excepted.what


def test_a_hidden_cases_overrides_are_on_nobody_elses_list() -> None:
    story = Story(roster=False)
    story.do(MO, cmd.SetRequirementAside("has-roster", "the list follows tomorrow", "begin"))
    story.do(MO, cmd.Restrict("a colleague's child"))
    assert len(overrides(story.desk(MO))) == 1
    assert overrides(story.desk(ADA)) == []
