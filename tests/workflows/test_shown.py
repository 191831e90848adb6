"""What a person sees of a workflow: all of it, at a width that fits, and where a case stands."""

from __future__ import annotations

import pytest

from tests.workflows.support import SHIPPED_FILES, shipped
from workflows.definition import Definition, Stage
from workflows.diagram import WIDTH, as_mermaid, as_terminal
from workflows.shown import show

NAMES = [path.stem for path in SHIPPED_FILES]


def all_stages(definition: Definition) -> list[Stage]:
    tracks = [stage for track in definition.tracks.values() for stage in track.stages.values()]
    return [*definition.stages.values(), *tracks]


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_everything_of_a_definition_is_printed(name: str) -> None:
    definition, text = shipped(name), flat(show(shipped(name)))
    for stage in all_stages(definition):
        assert stage.title in text
    for step in definition.steps.values():
        assert step.title in text
        for asked in step.requirements:
            assert asked.says in text and asked.key in text
    for kind in definition.records.values():
        assert kind.title in text
        for field in kind.fields.values():
            assert field.ask in text and field.reader in text
    for reason in definition.reasons.values():
        assert f"{reason.code}: {reason.title}" in text
    for expectation in definition.expectations.values():
        assert expectation.title in text and expectation.says in text
    for lane in definition.lanes.values():
        assert all(when in text for when in lane.when)


@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_wider_than_a_terminal(name: str) -> None:
    definition = shipped(name)
    for text in (show(definition), as_terminal(definition, at=definition.start)):
        assert max(map(len, text.splitlines())) <= WIDTH
        assert text.isascii() or all(c.isprintable() or c == "\n" for c in text)


def test_a_step_is_told_in_full_once() -> None:
    text = flat(show(shipped("single-assessment")))
    assert text.count("a child at risk of significant harm does not wait for a record") == 1
    assert text.count("(to-section-47): to Taken on as a section 47 enquiry, as above.") == 8


@pytest.mark.parametrize("name", NAMES)
def test_mermaid_holds_every_stage_and_every_way(name: str) -> None:
    definition = shipped(name)
    lines = [line.strip() for line in as_mermaid(definition).splitlines()]
    assert lines[0] == "stateDiagram-v2"
    declared = {line.split('" as ')[1] for line in lines if line.startswith("state ") and not line.endswith("{")}
    assert len(declared) == len(all_stages(definition))
    ways = [line.partition(": ") for line in lines if " --> " in line and "[*]" not in line]
    assert len(ways) == sum(len(step.sources) for step in definition.steps.values())
    for way, _, label in ways:
        source, _, target = way.partition(" --> ")
        assert {source, target} <= declared and label
        assert not set(label.replace("#58;", "").replace("#59;", "").replace("#quot;", "")) & set(':;"#')
    assert sum(line.endswith("--> [*]") for line in lines) == sum(stage.end for stage in definition.stages.values())
    assert sum("(back)" in line for line in lines) == sum(
        len(step.sources) for step in definition.steps.values() if step.loop
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_map_marks_where_the_case_is_and_only_there(name: str) -> None:
    definition = shipped(name)
    for stage in definition.stages.values():
        lines = as_terminal(definition, at=stage.name).split("Beside it:")[0].splitlines()
        assert [stage.title in line for line in lines if line.startswith(">")] == [True]
    assert "[here]" not in as_terminal(definition) and "\n>" not in as_terminal(definition)


def test_the_map_marks_where_the_tracks_are() -> None:
    definition = shipped("learning-together")
    text = as_terminal(definition, at="learning", tracks_at={"publication": "publication-hold"})
    marked = [line for line in text.splitlines() if line.startswith(">")]
    assert [line.lstrip("> 0123456789") for line in marked] == [
        "Learning  [here]",
        "Held back  [here]",
        "Not started  [here]",
        "No proceedings affect this review  [here]",
    ]


def test_ways_back_are_marked_and_say_where_to() -> None:
    text = flat(as_terminal(shipped("single-assessment")))
    assert "<- carry-on: Carry on to a new date (back to In progress)" in text
    assert "-> submit: Put it to the manager (to Waiting for the manager)" in text
