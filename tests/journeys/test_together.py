"""Several people on one case: one wins and the other is told who did what; and a case that is absent to most."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable

import pytest

from casereview.reference import new_reference
from tests.journeys.program import BEGUN, Program, Terminal, run_once

Start = Callable[..., Terminal]
TODAY = ("--today", BEGUN)
needs_terminal = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal of this kind")


def opened(program: Program) -> str:
    about = ("--title", "Assessment 1", "--team", "north", "--worker", "amina")
    done = program.run("open", "single-assessment", *about, "--as", "amina", *TODAY)
    assert done.status == 0, done.err
    return done.out.strip()


@needs_terminal
def test_two_people_act_on_the_same_case_and_one_wins(program: Program, at_terminal: Start) -> None:
    """While the worker answers questions, the manager acts: the worker hears of it, and loses nothing typed."""
    ref = opened(program)
    at_work = at_terminal("record", ref, "childs-words", "--as", "amina", *TODAY)
    at_work.answer(("When?", "today"))
    at_work.wait_for("What did the child say")
    other = run_once(program.store, "seen", ref, "--where", "school", "--as", "ben", *TODAY)
    assert other.status == 0, other.err
    at_work.type("I like school")
    at_work.wait_for("Ben Okoro: Child seen")
    at_work.answer(("Do it all the same?", "n"))
    assert at_work.end() == 1
    assert "casereview record" in at_work.shown and "'words=I like school'" in at_work.shown
    kept = program.run("records", ref, "childs-words", "--as", "amina", "--json", *TODAY)
    assert kept.json == []


@needs_terminal
def test_the_other_may_still_go_on(program: Program, at_terminal: Start) -> None:
    ref = opened(program)
    at_work = at_terminal("record", ref, "childs-words", "--as", "amina", *TODAY)
    at_work.answer(("When?", "today"))
    at_work.wait_for("What did the child say")
    assert run_once(program.store, "seen", ref, "--as", "ben", *TODAY).status == 0
    at_work.type("I like school")
    at_work.answer(("Do it all the same?", "y"))
    assert at_work.end() == 0, at_work.shown
    kept = program.run("records", ref, "childs-words", "--as", "amina", "--json", *TODAY).json
    assert [row["values"]["words"] for row in kept] == ["I like school"]


def test_a_restricted_case_is_absent(program: Program) -> None:
    """To whoever may not know of it, it is as if it had never been: the same words, the same counts."""
    ref, never = opened(program), new_reference("SA", 2012, random.Random(1))
    other = opened(program)
    line = ("restrict", ref, "--reason", "A colleague's child", "--person", "amina", "--as", "ben", *TODAY)
    assert "Add --yes" in program.run(*line).err
    done = program.run(*line, "--yes")
    assert done.status == 0, done.err
    for what in (("show",), ("why",), ("history",), ("seen",), ("tell",), ("reason",), ("waiting",), ("answer",),
                 ("lane",), ("step", "allocate"), ("record", "plan"), ("restrict", "--yes", "--reason", "x"),
                 ("conflict", "--interest", "personal"), ("assign", "--worker", "tess")):  # fmt: skip
        mina = ("--as", "mina", "--json", *TODAY)
        said = [program.run(what[0], case, *what[1:], *mina) for case in (ref, never)]
        assert [one.status for one in said] == [1, 1], (what, said)
        hidden, absent = (one.err.replace(ref, "X").replace(never, "X") for one in said)
        assert hidden == absent, what
        assert said[0].out == said[1].out
    listed = program.run("cases", "--as", "mina", "--json", *TODAY).out
    assert other in listed and ref not in listed
    assert ref in program.run("cases", "--as", "amina", "--json", *TODAY).out
    assert program.run("restrict", ref, "--admit", "mina", "--reason", "covers", "--as", "ben", *TODAY).status == 0
    assert program.run("show", ref, "--as", "mina", *TODAY).status == 0
    assert program.run("restrict", ref, "--end-access", "mina", "--reason", "back", "--as", "ben", *TODAY).status == 0
    assert program.run("show", ref, "--as", "mina", *TODAY).status == 1
    assert program.run("restrict", ref, "--lift", "--reason", "no longer", "--as", "ben", *TODAY).status == 0
    assert program.run("show", ref, "--as", "mina", *TODAY).status == 0


def test_a_conflict_of_interest_walls_a_person_off(program: Program) -> None:
    ref = opened(program)
    done = program.run("conflict", ref, "--interest", "personal", "--as", "mina", "--json", *TODAY)
    assert done.status == 0 and json.loads(done.out)["case"] == ref
    assert program.run("show", ref, "--as", "mina", *TODAY).status == 1
    accept = ("conflict", ref, "--person", "Mina Patel", "--interest", "personal", "--decision", "accept")
    assert program.run(*accept, "--as", "ben", *TODAY).status == 0
    assert program.run("show", ref, "--as", "mina", *TODAY).status == 0


@needs_terminal
def test_a_reason_and_its_answer_are_asked_for_question_by_question(program: Program, at_terminal: Start) -> None:
    ref = opened(program)
    early = at_terminal("answer", ref, "--as", "ben", *TODAY)
    assert early.end() == 1 and "no reason to answer" in early.shown
    worker = at_terminal("reason", ref, "--as", "amina", *TODAY)
    worker.answer(
        ("Which code?", "SPEC"), ("From whom, asked for when", "A hearing test, asked for in February"),
        ("What does it mean for the child?", "He strains to follow"), ("Which new date", "-"),
        ("What is being done about it?", "Ring the clinic weekly"), ("Who does it?", "Amina"),
        ("By when?", "19/3/2012"),
    )  # fmt: skip
    assert worker.end() == 0, worker.shown
    manager = at_terminal("answer", ref, "--as", "ben", *TODAY)
    manager.wait_for("He strains to follow")
    manager.answer(("What is your answer?", "1"), ("Look again on which day?", "20 March 2012"))
    assert manager.end() == 0, manager.shown
    assert "\n  2  not agreed\n" in manager.shown  # one option to a line
    shown = program.run("show", ref, "--json", "--as", "ben", *TODAY).json["expectations"]
    decision = next(one for one in shown if one["expectation"] == "decision")
    assert decision["reasons"][0]["code"] == "SPEC" and decision["answers"][0]["until"] == "2012-03-20"


@needs_terminal
def test_what_was_typed_is_not_lost_when_the_case_refuses_it(program: Program, at_terminal: Start) -> None:
    """The date answered last cannot be read: the line that says it all again is shown."""
    ref = opened(program)
    worker = at_terminal("reason", ref, "--as", "amina", *TODAY)
    worker.answer(
        ("Which code?", "HIST"), ("Which history", "Two old files"), ("mean for the child?", "none"),
        ("Which new date", "03/25/2012"),
    )  # fmt: skip
    assert worker.end() == 2
    assert "25/03/2012" in worker.shown and "--text 'Two old files'" in worker.shown


@needs_terminal
def test_restricting_at_a_terminal_asks_first(program: Program, at_terminal: Start) -> None:
    ref = opened(program)
    asked = at_terminal("restrict", ref, "--reason", "A colleague's child", "--as", "ben", *TODAY)
    asked.answer(("to everyone else it is absent. Go on? [y/N]", "n"))
    assert asked.end() != 0 and "nothing was changed" in asked.shown
    assert program.run("show", ref, "--as", "mina", *TODAY).status == 0
