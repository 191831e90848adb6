"""Every version of a record can be read, compared word by word and gone back to; nothing anybody typed is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.differences import MOST, as_text, between, differences
from casereview.errors import CaseReviewError, Conflict, NotFound
from casereview.service.desk import Refused
from casereview.service.record_reads import NotForYou
from casereview.service.versions import go_back, relied_on, versions
from casereview.testing import FixedClock, MemoryStore
from tests.records.keeping import DAY, Review

words = st.text(st.sampled_from("ab \n.é—"), max_size=30)
answers = st.dictionaries(
    st.sampled_from("abc"), st.one_of(words, st.booleans(), st.integers(0, 9), st.lists(words, max_size=3)), max_size=3
)


@given(words, words)
def test_what_stayed_and_went_is_the_old_text_and_what_stayed_and_came_the_new(old: str, new: str) -> None:
    pieces = between(old, new)
    assert "".join(p.text for p in pieces if p.mark != "new") == old
    assert "".join(p.text for p in pieces if p.mark != "gone") == new
    assert all(p.text for p in pieces)
    assert all(p.mark == "same" for p in pieces) or old != new


@given(answers, answers)
def test_only_fields_that_differ_are_told(old: dict[str, object], new: dict[str, object]) -> None:
    found = {one.name for one in differences(old, new)}
    assert found <= {*old, *new} and not {name for name in found if as_text(old.get(name)) == as_text(new.get(name))}
    assert differences(old, old) == ()


def test_a_paste_of_two_megabytes_is_compared_at_once() -> None:
    old = "one two three\n" * 70_000
    pieces = between(old, old + "four")
    assert "".join(p.text for p in pieces if p.mark != "gone") == old + "four"
    lines = "\n".join(f"line {n} is long" for n in range(MOST // 4))
    assert between(lines, lines + "\nmore")[0].mark == "same"


# ---- a record through time ----------------------------------------------------------------------------------------
@pytest.fixture
def review() -> Review:
    return Review(MemoryStore(practice=True, clock=FixedClock(DAY))).fill(str)


def corrected(review: Review, kind: str, person: str, **values: str) -> int:
    number = review.number[kind]
    review.do(person, cmd.CorrectRecord(number, f"{', '.join(values.values())}", dict(values)))
    return number


texts = st.lists(st.text(st.sampled_from("abc é\n"), min_size=1, max_size=12), min_size=1, max_size=5)


@settings(max_examples=15)
@given(texts, st.data())
def test_every_version_is_what_was_said_then_and_can_be_gone_back_to(said: list[str], data: st.DataObject) -> None:
    """Against a list kept by hand: whatever was corrected, any version comes back, as a further one."""
    review = Review(MemoryStore(practice=True, clock=FixedClock(DAY)))
    values = {"learning": "at first", "for_whom": "the board"}
    number = review.do("lex", cmd.AddRecord("additional-learning", values))
    history = ["at first"]
    for text in said:
        try:
            review.do("lex", cmd.CorrectRecord(number, f"because of {len(history)}", {"learning": text}))
        except CaseReviewError:
            continue  # nothing would change, or nothing but spaces
        history.append(text.strip())
    found = versions(review.desk("lex"), review.ref, number)
    assert [one.values["learning"] for one in found.versions] == history
    assert [one.why for one in found.versions] == ["", *(f"because of {n}" for n in range(1, len(history)))]
    back = data.draw(st.integers(1, len(history)))
    if history[back - 1] == history[-1]:
        with pytest.raises(Refused, match="Nothing would change"):
            go_back(review.desk("lex"), review.ref, number, back, "as it was")
        return
    go_back(review.desk("lex"), review.ref, number, back, "as it was")
    after = versions(review.desk("lex"), review.ref, number)
    assert [one.values["learning"] for one in after.versions] == [*history, history[back - 1]]
    assert after.newest.why == "as it was" and after.newest.values == found.version(back).values


def test_a_field_added_since_is_taken_out_again_when_going_back(review: Review) -> None:
    values = {"learning": "x", "for_whom": "y"}
    number = review.do("lex", cmd.AddRecord("additional-learning", values))
    talk = review.number["conversation"]
    review.do("lex", cmd.CorrectRecord(talk, "added", {"status_reason": "", "place": "a café"}))
    go_back(review.desk("lex"), review.ref, talk, 1, "not then")
    assert versions(review.desk("lex"), review.ref, talk).newest.values == versions(
        review.desk("lex"), review.ref, talk
    ).version(1).values
    with pytest.raises(NotFound, match="no version 7"):
        go_back(review.desk("lex"), review.ref, number, 7, "x")


def test_going_back_asks_a_reason_and_is_for_whoever_may_correct(review: Review) -> None:
    number = corrected(review, "additional-learning", "lex", learning="another")
    with pytest.raises(Refused, match="asks for a reason"):
        go_back(review.desk("lex"), review.ref, number, 1, " ")
    with pytest.raises(NotForYou):
        go_back(review.desk("biz"), review.ref, number, 1, "x")
    with pytest.raises(Refused, match="Correcting someone else's record"):
        go_back(review.desk("sue"), review.ref, number, 1, "x")  # reads it, and has no part in writing it
    assert go_back(review.desk("rio"), review.ref, number, 1, "a review is written together").entries


def test_a_withdrawn_record_says_so_and_stays_readable(review: Review) -> None:
    number = review.number["additional-learning"]
    review.do("lex", cmd.CorrectRecord(number, "it was about another case", withdraw=True))
    found = versions(review.desk("lex"), review.ref, number)
    assert found.newest.withdrawn and found.newest.values and found.newest.why == "it was about another case"
    with pytest.raises(CaseReviewError, match="was withdrawn"):
        go_back(review.desk("lex"), review.ref, number, 1, "x")


def test_who_relies_on_a_record_is_told_as_far_as_one_may_read_it(review: Review) -> None:
    episode = review.number["key-practice-episode"]
    relied = relied_on(review.desk("lex"), review.ref, episode)
    factor, finding = review.number["contributory-factor"], review.number["finding"]
    assert f"Contributory factor, no. {factor}, points to it" in relied
    assert f"Finding, no. {finding}, points to it" in relied
    review.do("lex", cmd.CorrectRecord(factor, "it was about another", withdraw=True))
    assert f"Contributory factor, no. {factor}, points to it" not in relied_on(review.desk("lex"), review.ref, episode)
    participant = review.number["participant"]
    assert any("conversation" in one for one in relied_on(review.desk("lex"), review.ref, participant))
    assert not any("conversation" in one for one in relied_on(review.desk("biz"), review.ref, participant))


def test_of_two_at_one_record_the_second_sees_what_the_first_changed(review: Review) -> None:
    seen = review.case.number
    number = corrected(review, "additional-learning", "lex", learning="The form asks for needs.")
    later = cmd.CorrectRecord(number, "clearer", {"learning": "Forms ask for needs."})
    with pytest.raises(Conflict, match="The form asks for needs") as told:
        review.do("rio", later, seen)
    assert "“additional-learning, rather” → “The form asks for needs.”" in str(told.value)
    with pytest.raises(Conflict) as withheld:
        review.do("biz", cmd.AddRecord("early-action", {}), seen)
    assert "needs" not in str(withheld.value)
    review.do("rio", later, review.case.number)
    found = versions(review.desk("lex"), review.ref, number).versions
    assert [one.values["learning"] for one in found][-2:] == ["The form asks for needs.", "Forms ask for needs."]
