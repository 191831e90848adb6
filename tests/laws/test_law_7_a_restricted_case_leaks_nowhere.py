"""Law 7: a hidden case and one that never was give the same answers everywhere, errors and counts included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.decide.opening import OpenCase
from casereview.errors import CaseReviewError, NotFound
from casereview.reference import check_character
from casereview.service.closures import add_closure
from casereview.service.dates import explain_dates
from casereview.service.journey import journey
from casereview.service.reading import cases, history, records, register, show
from casereview.service.registry import add_child
from casereview.testing import MemoryStore
from casereview.views import CaseQuery, RegisterQuery
from tests.stories import ADA, CHI, CHO, MAX, MO, SAM, START, STORY, TEAM, WREN, Story, new_store

DAY = timedelta(days=1)
HIDING: list[Callable[[Story], object]] = [
    lambda s: s.do(CHI, cmd.Restrict("a colleague's child", (WREN,))),
    lambda s: s.do(MO, cmd.DeclareConflict(MAX, "personal", text="they told us")),
    lambda s: s.do(MO, cmd.DeclareConflict(MAX, "line-managed", "restrict")),
    lambda s: s.do(MO, cmd.DeclareConflict(MAX, "prior review", "replace")),
]  # each hides the case from max, and leaves it to chi and wren


def pair(hide: Callable[[Story], object] | None) -> tuple[MemoryStore, Story]:
    """One case that max knows, and with `hide` a second, overdue one about the same child that max does not."""
    store = new_store()
    known = Story(store=store, title="The known matter", seed=5)
    add_child(known.desk(MO), child_id="c-1")
    add_child(known.desk(MO), child_id="c-2", sibling_of="c-1")
    known.do(MO, cmd.LinkChild("c-1"))
    known.after(30)
    if hide is not None:
        hidden = Story(store=store, opened=START, today=known.today, title="The hidden matter", seed=9)
        hidden.do(MO, cmd.LinkChild("c-1"))
        hidden.do(MO, cmd.AddRecord("look-note", {"outcome": "carry on"}))
        hide(hidden)
        return store, hidden
    return store, known


def looked_at(store: MemoryStore, person: str, known: Story) -> list[Any]:
    """Everything a person can read without naming a case; and everything of the child."""
    desk = known.desk(person)
    found: list[Any] = [
        cases(desk, CaseQuery()), cases(desk, CaseQuery(child="c-1")), cases(desk, CaseQuery(text="matter")),
        cases(desk, CaseQuery(text="hidden")), cases(desk, CaseQuery(order="concern", limit=1)),
        register(desk, RegisterQuery()), register(desk, RegisterQuery(text="hidden")),
        register(desk, RegisterQuery(standings=("on_course", "checkpoint_missed", "longer_unexplained"))),
        journey(desk, "c-1"), journey(desk, "c-2"),
    ]  # fmt: skip
    return found


def error_of(act: Callable[[str], object], ref: str) -> str:
    with pytest.raises(CaseReviewError) as caught:
        act(ref)
    assert type(caught.value) is NotFound
    return str(caught.value).replace(ref, "REF")


def refused_to_show(story: Story, person: str) -> str:
    return error_of(lambda ref: show(story.desk(person), ref), story.ref)


@pytest.mark.parametrize("hide", HIDING)
def test_what_is_hidden_and_what_never_was_look_the_same(hide: Callable[[Story], object]) -> None:
    store, hidden = pair(hide)
    other, known = pair(None)
    known.clock.set(hidden.today)
    assert looked_at(store, MAX, hidden) == looked_at(other, MAX, known)
    assert looked_at(store, CHI, hidden) != looked_at(other, CHI, known)


@pytest.mark.parametrize("hide", HIDING)
def test_every_use_case_answers_about_a_hidden_case_as_about_none(hide: Callable[[Story], object]) -> None:
    store, hidden = pair(hide)
    hidden_id = hidden.case.id
    with store.read() as work:
        hidden_query = RegisterQuery(case=hidden_id)
        assert work.register(MAX, hidden_query, hidden.today).rows == ()
    never = f"ST-2024-AAAA{check_character('ST', 2024, 'AAAA')}"
    desk = hidden.desk(MAX)
    acts: list[Callable[[str], object]] = [
        lambda ref: show(desk, ref),
        lambda ref: show(desk, ref, as_at=START),
        lambda ref: history(desk, ref),
        lambda ref: records(desk, ref),
        lambda ref: explain_dates(desk, ref),
        lambda ref: desk.do(ref, cmd.Tell("progress")),
        lambda ref: desk.do(ref, cmd.TakeStep("begin"), seen=1),
        lambda ref: desk.do(ref, cmd.Admit(MAX, "let me in")),
        lambda ref: desk.do(ref, cmd.Unrestrict("let me in")),
        lambda ref: desk.do(ref, cmd.DeclareConflict(MAX, "personal", "accept")),
        lambda ref: desk.do(ref, cmd.Reopen("x")),
        lambda ref: desk.do(ref, cmd.CorrectRecord(3, "x")),
        lambda ref: desk.do(ref, cmd.LinkChild("no such child")),
    ]
    for act in acts:
        assert error_of(act, hidden.ref) == error_of(act, never)
    for unknown in (hidden_id, "f" * 32):  # an id gives nothing away either
        assert "there is no case" in error_of(acts[0], unknown)


def test_a_child_only_a_hidden_case_is_about_cannot_be_named() -> None:
    """Opening or linking a case would otherwise tell that the child is known, and then show what is known of them."""
    _, known = pair(None)
    hidden = Story(store=known.store, today=known.today, title="The hidden matter", seed=9)
    add_child(hidden.desk(MO), child_id="c-9", details={"name": "A. Name"})
    hidden.do(MO, cmd.LinkChild("c-9"))
    hidden.do(CHI, cmd.Restrict("a colleague's child", (WREN,)))
    desk = known.desk(MAX)
    acts: list[Callable[[str], object]] = [
        lambda child: desk.open(OpenCase(STORY, "Another matter", team=TEAM, children=("c-1", child))),
        lambda child: known.do(MAX, cmd.LinkChild(child)),
        lambda child: add_child(desk, sibling_of=child),
        lambda child: journey(desk, child),
    ]
    for act in acts:
        assert error_of(act, "c-9") == error_of(act, "never")
    Story(store=known.store, today=known.today, title="For those who know them", seed=10).do(CHI, cmd.LinkChild("c-9"))


def test_how_many_dates_a_closure_moved_counts_no_hidden_case() -> None:
    for hide, moved in ((None, 1), (HIDING[0], 1)):
        _, story = pair(hide)
        assert add_closure(story.desk(MAX), START + 3 * DAY, "Water in the cellar") == moved
    _, story = pair(HIDING[0])
    assert add_closure(story.desk(CHI), START + 3 * DAY, "Water in the cellar") == 2
    assert story.case.last_kind == "dates-moved"  # hidden or not, its dates are right


def test_restricting_keeps_whoever_restricts_and_those_named() -> None:
    story = Story()
    story.do(CHI, cmd.Restrict("x", (WREN,)))
    assert story.case.admitted == sorted([CHI, WREN])
    for person in (MO, SAM, CHO, ADA):
        assert "there is no case" in refused_to_show(story, person)
    story.do(CHI, cmd.Admit(MO, "she supervises"))
    show(story.desk(MO), story.ref)
    story.do(CHI, cmd.EndAccess(MO, "moved teams"))
    refused_to_show(story, MO)
    story.do(CHI, cmd.Unrestrict("over"))
    show(story.desk(SAM), story.ref)
    assert story.case.admitted == []


def test_a_conflict_hides_until_someone_else_accepts_it() -> None:
    story = Story()
    story.do(MAX, cmd.DeclareConflict(MAX, "personal"))
    refused_to_show(story, MAX)
    assert "Nobody decides on their own" in story.refused(MO, cmd.DeclareConflict(MO, "personal", "accept")).says
    story.do(MO, cmd.DeclareConflict(MAX, "personal", "accept"))
    show(story.desk(MAX), story.ref)
    story.do(MO, cmd.DeclareConflict(MAX, "personal", "replace"))
    refused_to_show(story, MAX)
    for command in (cmd.Assign(worker=MAX), cmd.Appoint(MAX, "adviser")):
        assert "conflict of interest" in story.refused(MO, command).says


def test_nobody_is_given_work_on_a_case_they_may_not_know_of() -> None:
    story = Story()
    story.do(CHI, cmd.Restrict("x", (MO,)))
    assert "not among the people" in story.refused(MO, cmd.Assign(worker=SAM)).says
    story.do(CHI, cmd.Admit(SAM, "y"))
    story.do(MO, cmd.Assign(worker=SAM))


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from([CHI, CHO, MO]), st.sampled_from([CHI, CHO, MO]), st.integers(0, 4))))
def test_a_restricted_case_is_never_hidden_from_everyone(acts: list[tuple[str, str, int]]) -> None:
    """Else no one could put right who may know of it."""
    story = Story()
    story.do(CHI, cmd.Restrict("x", (MO,)))
    for by, about, what in acts:
        command = [
            cmd.EndAccess(about, "x"), cmd.DeclareConflict(about, "personal"), cmd.Admit(about, "x"),
            cmd.DeclareConflict(about, "personal", "replace"), cmd.Restrict("x", ()),
        ][what]  # fmt: skip
        try:
            story.do(by, command)
        except CaseReviewError:
            continue
        case = story.case
        assert any(case.known_to(p) for p in (CHI, CHO, MO, WREN))


def test_a_reference_tells_nothing_about_how_many_there_are() -> None:
    one, other = Story(seed=1), Story(seed=2)
    assert one.ref != other.ref
    assert STORY and not any(part.isdigit() and len(part) < 4 for part in one.ref.split("-"))
