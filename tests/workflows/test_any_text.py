"""Whatever is done to a workflow file, reading it gives faults or a definition, never an exception."""

from __future__ import annotations

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.support import text_of
from workflows.catalogue import SHIPPED, from_text
from workflows.definition import Definition
from workflows.diagram import as_mermaid, as_terminal
from workflows.reading import parse, read
from workflows.shown import show

SMALL = text_of("small")
ASSESSMENT = (SHIPPED / "single-assessment.toml").read_text(encoding="utf-8")
WORDS = sorted({word for word in SMALL.replace('"', " ").replace("[", " ").replace("]", " ").split() if word.isalnum()})
THINGS = ["true", "3", "[]", "{}", '""', '"x"', "2013-04-15", "[[]]", '["a", 1]', "inf", "{ a = 1 }"]


@st.composite
def changed_texts(draw: st.DrawFn) -> str:
    """A workflow with lines dropped, doubled, exchanged, words renamed and values of the wrong kind."""
    lines = draw(st.sampled_from([SMALL, SMALL, SMALL, ASSESSMENT])).splitlines()
    for _ in range(draw(st.integers(1, 4))):
        number = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["drop", "double", "swap", "rename", "value", "junk"])):
            case "drop":
                del lines[number]
            case "double":
                lines.insert(number, lines[number])
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[number], lines[other] = lines[other], lines[number]
            case "rename":
                old, new = draw(st.sampled_from(WORDS)), draw(st.sampled_from(WORDS))
                lines[number] = lines[number].replace(old, new)
            case "value":
                key, equals, _ = lines[number].partition("=")
                lines[number] = f"{key}= {draw(st.sampled_from(THINGS))}" if equals else lines[number]
            case _:
                lines[number] += draw(st.text(max_size=5))
        if not lines:
            break
    return "\n".join(lines)


def _sound(definition: Definition) -> None:
    """What later code relies on without looking again."""
    assert definition.start in definition.stages
    for step in definition.steps.values():
        stages = definition.stages if step.track is None else definition.tracks[step.track].stages
        assert step.to in stages and set(step.sources) <= set(stages) and set(step.by) <= set(definition.roles)
        assert not any(stages[source].end for source in step.sources)
        keys = [asked.key for asked in step.requirements]
        assert len(keys) == len(set(keys))
        for asked in step.requirements:
            assert asked.says and asked.who
    assert any(stage.end for stage in definition.stages.values())


@settings(max_examples=300, deadline=None)
@given(changed_texts())
def test_a_changed_workflow_gives_faults_or_a_sound_definition(text: str) -> None:
    definition, faults = parse(text, "changed.toml")
    assert (definition is None) == bool(faults)
    for fault in faults:
        assert fault.says and fault.where == "changed.toml"
        assert fault.line is None or 1 <= fault.line <= text.count("\n") + 2
        assert all(c.isprintable() for c in str(fault))
    if definition is not None:
        _sound(definition)
        assert show(definition) and as_mermaid(definition) and as_terminal(definition, at=definition.start)


@settings(max_examples=150, deadline=None)
@given(changed_texts())
def test_a_text_kept_with_cases_is_read_and_shown_whatever_todays_checker_thinks(text: str) -> None:
    definition, _ = read(text, "kept")
    if definition is not None:
        assert show(definition) and as_mermaid(definition) and as_terminal(definition, at="nowhere")
        kept = from_text(text, hashlib.sha256(text.encode()).hexdigest())
        assert kept == definition


@given(st.text(max_size=200))
def test_any_text_at_all(text: str) -> None:
    definition, faults = parse(text, "any")
    assert definition is None and faults


@given(st.binary(min_size=1, max_size=20), st.integers(0, len(SMALL)))
def test_the_hash_pins_every_byte(extra: bytes, at: int) -> None:
    remark = "\n# " + extra.hex()
    changed = SMALL + remark
    first, second = parse(SMALL, "a")[0], parse(changed, "a")[0]
    assert first is not None and second is not None
    assert first.hash == hashlib.sha256(SMALL.encode()).hexdigest() != second.hash
    assert first.text == SMALL and second.text == changed
