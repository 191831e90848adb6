"""The pool: every number with what it is counted against; nothing merged, made up, or of what is hidden."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from casereview.errors import CaseReviewError, NotFound
from casereview.learning.patterns import patterns
from casereview.learning.pool import (
    BY,
    ORIGINS,
    Asked,
    By,
    Pooled,
    PooledReview,
    findings_left,
    recurrence,
    reviews_left,
    value_of,
)
from casereview.learning.similar import alike, index, similar
from casereview.learning.telling import under
from casereview.service.learning import edition_of, pool, recur, similar_to
from casereview.service.learning_links import link, unlink
from tests.learning.boards import desk_of, finding, hide, review
from tests.stories import ADA, CATALOGUE, CHO, new_store

KINDS = [kind.code for kind in patterns().editions["later"].kinds]
WORDS = st.sampled_from(["letter", "letters", "form", "visit", "night", "handover", "promise", "fear", "listen"])


@st.composite
def reviews(draw: st.DrawFn) -> list[PooledReview]:
    found = []
    for at in range(draw(st.integers(0, 8))):
        origin, edition = draw(st.sampled_from(ORIGINS)), draw(st.sampled_from(["2008", "later"]))
        findings = tuple(
            Pooled(
                f"R{at}#{n}", origin, f"R{at}", draw(st.sampled_from(["North", "South"])),
                " ".join(draw(st.lists(WORDS, max_size=6))), edition,
                draw(st.sampled_from(["", "tools", "a name of our own", *KINDS])),
                level=draw(st.sampled_from(["", "national"])), year=draw(st.sampled_from(["", "2024", "2025"])),
                state=draw(st.sampled_from(["agreed", "not taken forward"])),
            )
            for n in range(draw(st.integers(0, 4)))
        )  # fmt: skip
        found.append(PooledReview(f"R{at}", origin, f"R{at}", "North", edition, "2024", findings))
    return found


@given(reviews(), st.sampled_from(BY))
def test_every_number_stands_against_the_reviews_that_were_coded(every: list[PooledReview], by: By) -> None:
    found = recurrence(every, by)
    for origin in ORIGINS:
        mine = [one for one in every if one.origin == origin]
        coded = [one for one in mine if any(value_of(f, by) for f in one.findings)]
        assert (found.reviews[origin], found.coded[origin]) == (len(mine), len(coded))
        left_out = sum(len(gap.reviews) for gap in found.not_coded if gap.origin == origin)
        assert left_out == len(mine) - len(coded)  # a review is counted, or said not to be
        assert sum(row.counts[origin].findings for row in found.rows) == sum(len(one.findings) for one in coded)
        for row in found.rows:
            count = row.counts[origin]
            assert count.reviews <= count.of <= len(coded)
            assert (count.reviews == 0) == (count.findings == 0)


@given(reviews())
def test_no_row_holds_findings_of_two_editions(every: list[PooledReview]) -> None:
    found = recurrence(every, "pattern")
    for edition in ("2008", "later"):
        coded = [r for r in every if r.edition == edition and any(f.category for f in r.findings)]
        rows = [row for row in found.rows if row.edition == edition]
        assert sum(row.findings for row in rows) == sum(len(r.findings) for r in coded)
        for origin in ORIGINS:
            assert {row.counts[origin].of for row in rows} <= {sum(r.origin == origin for r in coded)}


@given(reviews(), st.sampled_from(BY))
def test_drilling_down_finds_what_was_counted(every: list[PooledReview], by: By) -> None:
    left = list(reviews_left(every, Asked()))
    found = recurrence(left, by)
    findings = findings_left(left, Asked())
    counted = Counter(
        (f.edition if by == "pattern" else "", value_of(f, by) or "not said") for r in left
        if any(value_of(f, by) for f in r.findings) for f in r.findings
    )  # fmt: skip
    assert {(row.edition, row.value): row.findings for row in found.rows} == dict(counted)
    assert not any(one.state == "not taken forward" for one in findings)


def test_a_review_without_coded_findings_is_said_to_be_not_coded_and_few_are_said_to_be_few() -> None:
    desk = desk_of()
    for statement in ("Letters are read as information", "Night staff hand over by word of mouth"):
        review(desk, finding(statement))
    empty = review(desk)
    found, _ = recur(desk, "pattern", Asked(origins=("here",)))
    [row] = found.rows
    assert (row.counts["here"].says, row.findings) == ("2 of 2", 2)
    assert found.reviews["here"] == 3 and [gap.reviews for gap in found.not_coded] == [(empty,)]
    said = "\n".join(under(found))
    assert "2 of 3 coded; 1 not coded, which is not the same as without it" in said and "So few reviews" in said


def test_published_findings_say_that_their_kind_was_read_here() -> None:
    found = [one for one in pool(desk_of()).findings if one.origin == "published"]
    assert len(found) == 6 and {one.board for one in found} == {"Wiltshire Safeguarding Children Board"}
    assert all("read from its wording here" in one.coded_by for one in found)


# ---- law 7 ------------------------------------------------------------------------------------------------------
def test_a_hidden_review_is_in_no_number_list_likeness_or_link() -> None:
    with_it, without = new_store(), new_store()
    for store in (with_it, without):
        review(desk_of(store), finding("Letters between services are read as information"), title="Open")
    secret = review(desk_of(with_it), finding("Letters between services are read and lost"), title="Close")
    keys = [one.key for one in pool(desk_of(with_it)).findings if one.origin == "here"]
    link(desk_of(with_it), keys[0], keys[1], "they say the same")
    hide(desk_of(with_it), secret)
    near = {}
    for name, store in (("with", with_it), ("without", without)):
        seen = pool(desk_of(store, ADA))
        [mine] = [one for one in seen.reviews if one.origin == "here"]
        others = similar_to(desk_of(store, ADA), mine.findings[0].key)[1]
        near[name] = [(one.statement, why.similarity) for one, why in others]
        counts = recur(desk_of(store, ADA), "pattern", Asked(origins=("here",)))[0]
        near[name] += [(row.label, row.counts["here"].reviews / row.counts["here"].of) for row in counts.rows]
        assert not seen.links and counts.reviews["here"] == 1
    assert near["with"] == near["without"]
    assert len(pool(desk_of(with_it)).links) == 1  # whoever may know of both sees it
    for key in (f"{secret}#1", "LT-2026-77777#1"):  # hidden and never there answer alike
        try:
            similar_to(desk_of(with_it, ADA), key)
        except NotFound as no:
            assert no.says == f"there is no finding {key!r} in the pool"
        else:
            raise AssertionError("it was found")


# ---- likeness ---------------------------------------------------------------------------------------------------
@given(st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=2, max_size=8))
def test_likeness_is_the_sum_of_what_its_words_add(texts: list[str]) -> None:
    keys = {str(n): text for n, text in enumerate(texts)}
    found = index(keys)
    again = index(dict(reversed(keys.items())))
    for one in keys:
        for other in keys:
            why = alike(found, one, other)
            assert -1e-9 <= why.similarity <= 1 + 1e-9
            assert abs(why.similarity - sum(word.weight for word in why.shared)) < 1e-9
            assert why.similarity == alike(again, one, other).similarity
            assert abs(why.similarity - alike(found, other, one).similarity) < 1e-9
            assert all(word.weight > 0 for word in why.shared)
            common = found.weights[one].keys() & found.weights[other].keys()
            assert {word.word for word in why.shared} == common and bool(common) == (why.similarity > 0)
        if found.weights[one]:
            assert abs(alike(found, one, one).similarity - 1) < 1e-9


@given(st.lists(st.lists(WORDS, max_size=8).map(" ".join), min_size=2, max_size=8), st.integers(1, 5))
def test_the_likest_come_first_and_none_is_its_own(texts: list[str], most: int) -> None:
    keys = {str(n): text for n, text in enumerate(texts)}
    found = index(keys)
    near = similar(found, "0", sorted(keys), most)
    assert len(near) <= most and "0" not in {one.other for one in near}
    assert [one.similarity for one in near] == sorted((one.similarity for one in near), reverse=True)


# ---- what people say ----------------------------------------------------------------------------------------------
def test_a_link_is_kept_with_its_reason_and_taken_back_with_one_and_merges_nothing() -> None:
    desk = desk_of()
    review(desk, finding("Letters are read as information"))
    review(desk, finding("Requests in letters get lost"))
    before = pool(desk).reviews
    one, other = (f.key for f in pool(desk).findings if f.origin == "here")
    link(desk, other, one, "a request travels as news")
    assert pool(desk).reviews == before
    [made] = pool(desk).links
    assert (made.both, made.reason) == (tuple(sorted((one, other))), "a request travels as news")
    unlink(desk_of(desk.store, ADA), one, other, "read again: they differ")  # type: ignore[arg-type]
    assert not pool(desk).links
    again = link(desk, one, other, "they are after all")
    assert [act.act for act in again.acts] == ["linked", "undone", "linked again"]
    assert [act.by for act in again.acts] == [CHO, ADA, CHO]


def test_what_cannot_be_linked_is_said() -> None:
    desk = desk_of()
    review(desk, finding("Letters are read as information"))
    review(desk, finding("Requests in letters get lost"))
    one, other = (f.key for f in pool(desk).findings if f.origin == "here")
    link(desk, one, other, "the same")
    for first, second, reason, says in (
        (one, one, "why", "one finding, not two"), (one, other, "why", "linked already"),
        (one, "nothing#1", "why", "no finding"), (one, other, "  ", "is required"),
        (one, "wiltshire-family-m#2", "as Wren said", "is named"),
    ):  # fmt: skip
        try:
            link(desk, first, second, reason)
        except CaseReviewError as no:
            assert says in str(no)
        else:
            raise AssertionError(says)


def test_every_kind_a_shipped_workflow_offers_is_one_of_its_edition() -> None:
    for name, edition in (("learning-together", "later"), ("learning-together-2008", "2008")):
        definition = CATALOGUE.find(name)
        assert edition_of(definition) == edition
        offered = definition.records["finding"].fields["category"].options
        kinds = [patterns().kind(edition, label) for label in offered]
        assert sorted(kind.code for kind in kinds if kind) == sorted(k.code for k in patterns().editions[edition].kinds)
