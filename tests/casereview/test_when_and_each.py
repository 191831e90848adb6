"""What is asked only while something was answered so, something for each record, and only with all that belongs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.fold import fold
from casereview.requirements import Asked, asked_by
from casereview.service.reading import records
from casereview.snapshot import pack, unpack
from tests.stories import CHO, Story
from tests.workflows.support import SHIPPED_FILES
from tests.workflows.test_records_grammar import text
from workflows.reading import parse


@pytest.fixture(scope="module")
def workflow(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("workflows") / "small.toml"
    path.write_text(text(), encoding="utf-8")
    return str(path)


def story(workflow: str) -> Story:
    return Story(workflow, worker=None)


def asked(story: Story) -> Asked | None:
    found = asked_by(story.case, story.definition.steps["close"], story.definition)
    return next((a for a in found if a.requirement == "each-finding-proof"), None)


def write(story: Story, kind: str, **values: Any) -> int:
    return story.do(CHO, cmd.AddRecord(kind, values)).case.number


def test_while_nothing_tells_it_is_asked_and_then_by_the_newest_that_counts(workflow: str) -> None:
    a = story(workflow)
    assert asked(a) is not None
    first = write(a, "finding", size="full")
    second = write(a, "finding", size="light+")
    assert asked(a) is None
    a.do(CHO, cmd.CorrectRecord(second, "a slip", {"size": ""}))
    assert asked(a) is not None  # left open: nothing tells
    a.do(CHO, cmd.CorrectRecord(second, "a slip", {"size": "light+"}))
    assert asked(a) is None
    a.do(CHO, cmd.CorrectRecord(second, "a slip", withdraw=True))
    assert asked(a) is not None
    a.do(CHO, cmd.CorrectRecord(first, "a slip", {"size": "light+"}))
    assert asked(a) is None


def test_why_names_those_still_without_and_the_command_that_meets_the_first(workflow: str) -> None:
    a = story(workflow)
    none = asked(a)
    assert none and not none.met and none.command == f"casereview record {a.ref} finding"
    first, second, third = (write(a, "finding", state="draft") for _ in range(3))
    a.do(CHO, cmd.CorrectRecord(second, "not ours", {"state": "dropped"}))
    for firm in ("yes", "yes", "no"):
        write(a, "proof", about=first, firm=firm)
    write(a, "proof", about=third, firm="yes")
    now = asked(a)
    assert now and not now.met and now.says == f"two proofs each (still without: Finding {third})"
    assert now.command == f"casereview record {a.ref} proof about={third} firm='yes'"
    write(a, "proof", about=third, firm="yes")
    met = asked(a)
    assert met and met.met and met.says == "two proofs each"


def test_a_finding_says_agreed_only_with_all_that_belongs_to_it(workflow: str) -> None:
    a = story(workflow)
    no = a.refused(CHO, cmd.AddRecord("finding", {"state": "agreed"}))
    assert [u.requirement for u in no.unmet] == ["finding-summary", "finding-proof"]
    number = write(a, "finding", state="draft")
    no = a.refused(CHO, cmd.CorrectRecord(number, "done", {"state": "agreed"}))
    assert [u.command.replace(a.ref, "REF") for u in no.unmet] == [
        f"casereview correct REF {number} summary=… --reason …", f"casereview record REF proof about={number}",
    ]  # fmt: skip
    proof = write(a, "proof", about=number)
    a.do(CHO, cmd.CorrectRecord(number, "done", {"state": "agreed", "summary": "it is usual"}))
    assert [u.requirement for u in a.refused(CHO, cmd.CorrectRecord(number, "x", {"summary": ""})).unmet] == [
        "finding-summary"
    ]
    withdraw = cmd.CorrectRecord(proof, "another case", withdraw=True)
    no = a.refused(CHO, withdraw)  # nor is it taken from under it
    assert f"correct {a.ref} {number}" in no.remedy and f"proof about={number}" in no.remedy
    other = write(a, "finding", state="draft")
    a.refused(CHO, cmd.CorrectRecord(proof, "of the other", {"about": other}))
    write(a, "proof", about=number)
    a.do(CHO, withdraw)  # something else bears it out now
    a.do(CHO, cmd.CorrectRecord(number, "a word", {"size": "full"}))  # nothing to do with it, so never held up


ACTS = st.lists(
    st.tuples(st.sampled_from(["finding", "proof", "correct", "withdraw"]), st.integers(0, 9), st.integers(0, 5)),
    max_size=14,
)
STATES, SIZES = ("draft", "dropped", ""), ("full", "light+", "")


@given(ACTS)
@settings(max_examples=40, deadline=None)
def test_it_is_what_reading_every_record_again_would_say(workflow: str, acts: list[tuple[str, int, int]]) -> None:
    a = story(workflow)
    for what, which, how in acts:
        _act(a, what, which, how)
        rows = [r for r in records(a.desk(CHO), a.ref).rows if not r.withdrawn]
        findings = sorted((r for r in rows if r.kind == "finding"), key=lambda r: r.number)
        sizes = [r.values.get("size") or "" for r in findings]
        now = asked(a)
        assert (now is None) == bool(sizes and sizes[-1] == "light+")
        if now is None:
            continue
        firm = [r.values["about"] for r in rows if r.kind == "proof" and r.values.get("firm") is True]
        asked_of = [r for r in findings if r.values.get("state") != "dropped" and not r.values.get("small")]
        without = [r.number for r in asked_of if firm.count(r.number) < 2]
        assert now.met == bool(findings and not without)
        assert [int(n) for n in now.says.partition("Finding ")[2].rstrip(")").split(", ") if n] == without
    assert unpack(pack(a.case)) == a.case == fold(a.case.id, a.entries, a.definition)


def _act(a: Story, what: str, which: int, how: int) -> None:
    live = {kind: tally.live for kind, tally in a.case.records.items()}
    findings, proofs = live.get("finding", []), live.get("proof", [])
    if what == "finding":
        write(a, "finding", state=STATES[which % 3], size=SIZES[how % 3], small="yes" if how == 5 else "no")
    elif what == "proof" and findings:
        write(a, "proof", about=findings[which % len(findings)], firm=("yes", "no", "")[how % 3])
    elif what == "withdraw" and findings + proofs:
        number = (findings + proofs)[which % len(findings + proofs)]
        a.do(CHO, cmd.CorrectRecord(number, "a slip", withdraw=True))
    elif what == "correct" and findings:
        before = next(r for r in records(a.desk(CHO), a.ref).rows if r.number == findings[which % len(findings)])
        value = STATES[how % 3]
        if (before.values.get("state") or "") != value:
            a.do(CHO, cmd.CorrectRecord(before.number, "looked again", {"state": value}))


def test_what_was_kept_before_there_was_any_of_this_still_opens(workflow: str) -> None:
    a = story(workflow)
    write(a, "note", outcome="done")
    kept = json.loads(pack(a.case))
    for tally in kept["records"].values():
        del tally["answers"]
    assert unpack(json.dumps(kept)) == a.case


@pytest.mark.parametrize("path", SHIPPED_FILES, ids=lambda path: path.stem)
def test_no_requirement_goes_by_a_date(path: Path) -> None:
    definition, _ = parse(path.read_text(encoding="utf-8"), path.name)
    assert definition is not None
    for name, _wanted in (w for s in definition.steps.values() for r in s.requirements for w in r.when):
        kind, _, field = name.partition(".")
        assert definition.records[kind].fields[field].type in ("choice", "choices", "yes-no")


SUPPORT, OPEN_SUPPORT = "field-participant-support_person", "each has somebody to turn to"


def of_review(a: Story, step: str, requirement: str) -> Asked:
    found = asked_by(a.case, a.definition.steps[step], a.definition)
    return next(one for one in found if one.requirement == requirement)


@settings(max_examples=25)
@given(st.lists(st.booleans(), min_size=1, max_size=5))
def test_why_names_every_record_that_does_not_answer_yet(supported: list[bool]) -> None:
    a = Story("learning-together", worker=None)
    a.do(CHO, cmd.Appoint(CHO, "business-manager"))
    without = []
    for n, has in enumerate(supported):
        who = {"pseudonym": f"Nurse {n}", "role": "nurse", "agency": "Health", "in_case_group": True}
        number = write(a, "participant", **who, **({"support_person": "A friend"} if has else {}))
        without += [] if has else [number]
    now = of_review(a, "start-data", SUPPORT)
    assert now.met == (not without)
    named = f" (still: Participant {', '.join(map(str, without))})" if len(without) > 1 else ""
    assert now.says == OPEN_SUPPORT + named
    assert now.met or now.command.startswith(f"casereview correct {a.ref} {without[0]} support_person=")


def test_why_says_which_answers_will_do_while_none_has_been_given() -> None:
    a = Story("learning-together", worker=None)
    now = of_review(a, "decide-review", "record-review-decision")
    assert now.says.endswith("(outcome: serious case review or other learning review)")
    assert now.command == f"casereview record {a.ref} review-decision outcome=…"
    only = of_review(a, "decide-no-review", "record-review-decision")
    assert only.says.endswith("(outcome: learning by another route or no review)")


def test_a_comment_turned_down_without_a_reason_is_asked_for_it() -> None:
    a = Story("learning-together", worker=None)
    a.do(CHO, cmd.Appoint(CHO, "lead-reviewer"))
    said = {"from_whom": "Nurse 1", "on": "2024-06-01", "about": "the account", "comment": "It was Monday"}
    number = write(a, "comment", **said, outcome="not accepted, with the reason")
    now = of_review(a, "go-to-patterns", "field-comment-answer")
    assert not now.met and f"correct {a.ref} {number} answer=" in now.command
    a.do(CHO, cmd.CorrectRecord(number, "answered", {"answer": "The log says Tuesday"}))
    assert of_review(a, "go-to-patterns", "field-comment-answer").met
    write(a, "comment", **said, outcome="accepted")
    assert of_review(a, "go-to-patterns", "field-comment-answer").met
