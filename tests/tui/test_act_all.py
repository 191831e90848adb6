"""What holds for every acting command: what the program tells people to type works, and no text breaks it."""

from __future__ import annotations

import shlex
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.acts import Work

# What a person fills in for the words in capitals; `…` stands for a text of their own.
FILLED = {"PERSON": "tess", "TEAM": "north", "DATE": "2012-04-30", "LABEL": "Mother", "CHILD": "c-1", "STEP": "x"}


def printed(work: Work, person: str) -> list[str]:
    """Every command that `why` and refusals print for the case as it stands."""
    steps = work.done(person, "why", "CASE", "--json").json["steps"]
    found = [one["command"] for step in steps for one in step["unmet"]]
    return found + [one["set_aside"] for step in steps for one in step["unmet"] if one.get("set_aside")]


def as_typed(command: str) -> list[str]:
    words = [FILLED.get(word, word.replace("…", "words")) for word in shlex.split(command)]
    assert words[0] == "casereview"
    return words[1:]


@pytest.mark.parametrize(
    ("workflow", "person", "stages"),
    [
        ("single-assessment", "ben", ("begin-at-once", "look-together")),
        ("single-assessment-2013", "ben", ("begin-at-once",)),
        ("learning-together", "ruth", ()),
    ],
)
def test_every_command_a_case_prints_is_one_the_command_line_takes(
    tmp_path: Path, workflow: str, person: str, stages: tuple[str, ...]
) -> None:
    """Done, or refused for a reason of the work or for the words filled in; never wrong usage."""
    work = Work(tmp_path, workflow)
    for stage in (None, *stages):
        if stage is not None:
            work.run(person, "step", "CASE", stage, "--reason", "needed")
        commands = printed(work, person)
        assert commands
        for command in dict.fromkeys(commands):
            found = work.run(person, *as_typed(command))
            assert found.status in (0, 1) or "--help" not in found.err, (command, found)


def test_a_failing_field_names_the_record_that_fails_it(tmp_path: Path) -> None:
    """Two scopes, each short of something else: each requirement names its own."""
    review = Work(tmp_path, "learning-together")
    day = ("reasons=r", "decided_on=today")
    advice = ("recommended=other learning review", "reasons=r", "recommended_on=today")
    review.done("sam", "record", "CASE", "recommendation", *advice)
    review.done("sam", "record", "CASE", "referral", "received_on=today", "referred_by=a", "what_happened=b")
    review.done("sam", "step", "CASE", "recommend")
    review.done("ruth", "record", "CASE", "review-decision", "outcome=other learning review", *day)
    review.done("ruth", "step", "CASE", "decide-review")
    scope = ("record", "CASE", "scope", "why_this_case=w", "questions=q", "option=full", "agencies_in=a", "--json")
    no_processes = review.done("ruth", *scope, "conflicts_considered=yes").json["record"]
    no_conflicts = review.done("ruth", *scope, "other_processes=none").json["record"]
    commands = printed(review, "ruth")
    assert f"casereview correct {review.ref} {no_processes} other_processes=… --reason …" in commands
    assert f"casereview correct {review.ref} {no_conflicts} conflicts_considered=… --reason …" in commands


def test_telling_the_referrer_names_the_one_on_the_list(tmp_path: Path) -> None:
    work = Work(tmp_path)
    work.done("ben", "step", "CASE", "begin-at-once", "--reason", "x")
    for requirement in ("seen-child", "record-childs-words"):
        work.done("ben", "set-aside", "CASE", requirement, "--reason", "x")
    work.done("ben", "step", "CASE", "turn-to-analysis")
    work.done("amina", "decide", "CASE", "decision=d", "grounds=g", "enough_because=e", "uncertain=u", "would_change=w",
              "help=other", "decided_on=today")  # fmt: skip
    for step, person, requirements in (
        ("submit", "amina", ("record-family-view",)),
        ("authorise", "ben", ("record-quality-look",)),
        ("share", "ben", ("record-outcome-shared", "told-family")),
    ):
        for requirement in requirements:
            work.done("ben", "set-aside", "CASE", requirement, "--step", step, "--reason", "x")
        work.done(person, "step", "CASE", step)
    assert f"casereview tell {work.ref} --add LABEL --referrer" in printed(work, "ben")
    work.done("amina", "tell", "CASE", "--add", "Head teacher", "--referrer", "--optional")
    tell = f"casereview tell {work.ref} --to head-teacher --kind 'progress'"
    assert tell in printed(work, "ben")
    work.done("amina", *as_typed(tell))
    work.done("amina", "step", "CASE", "close")


def test_a_reference_may_be_typed_small_or_pasted(tmp_path: Path) -> None:
    work = Work(tmp_path)
    for ref in (work.ref.lower(), f" {work.ref}\u200b", work.ref.replace("-", "\u2011")):
        assert work.ref in work.done("amina", "seen", ref).out
    assert "not a reference" in work.refused("amina", "seen", "the first one", status=2)


VALUES = st.text(max_size=40).filter(lambda text: "\x00" not in text and not text.startswith(("-", "@")))
LINES = (
    ("step", "CASE", "{}"), ("step", "CASE", "begin-at-once", "--reason", "{}"), ("record", "CASE", "{}"),
    ("record", "CASE", "referral", "{}"), ("record", "CASE", "referral", "received_on={}"),
    ("record", "CASE", "childs-words", "heard_on=today", "words={}"), ("correct", "CASE", "1", "{}", "--reason", "{}"),
    ("reason", "CASE", "{}", "--text", "{}", "--effect", "{}"), ("reason", "CASE", "HIST", "--proposed", "{}"),
    ("answer", "CASE", "--not-agreed", "{}"), ("answer", "CASE", "--agree-until", "{}"), ("agree-date", "CASE", "{}"),
    ("lane", "CASE", "{}", "--because", "{}"), ("waiting", "CASE", "--on", "{}", "--for", "{}", "--since", "{}"),
    ("tell", "CASE", "--add", "{}"), ("tell", "CASE", "--kind", "{}", "--to", "{}"), ("tell", "CASE", "--remove", "{}"),
    ("seen", "CASE", "--on", "{}"), ("seen", "CASE", "--where", "{}", "--by", "{}"),
    ("assign", "CASE", "--worker", "{}"),
    ("appoint", "CASE", "{}", "{}"), ("restrict", "CASE", "--admit", "{}", "--reason", "{}"),
    ("conflict", "CASE", "--interest", "{}"), ("set-aside", "CASE", "{}", "--reason", "{}"), ("step", "{}", "begin"),
)  # fmt: skip


@given(st.sampled_from(LINES), VALUES)
def test_no_text_breaks_a_command(line: tuple[str, ...], value: str) -> None:
    """Whatever is typed, the answer is done, refused or wrong usage, in words; nothing unsafe is shown."""
    with tempfile.TemporaryDirectory() as folder:
        work = Work(Path(folder))
        found = work.run("ben", *(word.replace("{}", value) for word in line))
        assert found.status in (0, 1, 2)
        assert found.status == 0 or found.err.strip()
        assert "\x1b" not in found.out + found.err and "\u202e" not in found.out + found.err
