"""What stands in the papers of a review: parts in their order, figures that count right, a brief of two pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.reports.chart import Box, Stroke
from casereview.reports.document import Document, Figure, Heading, Items, Shares, Spans
from casereview.reports.figure import drawn
from casereview.reports.pdf import pages_of
from casereview.reports.review.brief import SIZES, brief
from casereview.reports.review.figures import factors, patterns, timeline
from casereview.reports.review.recommended import CLEAR_CUT
from casereview.reports.review.report import report
from casereview.reports.review.told import settled
from casereview.reports.writing import made
from casereview.service.reports_review import BRIEF, RESPONSE
from tests.records.keeping import DAY
from tests.reports.reviewed import long_review, review, texts, told
from tests.reports.test_review_reports import FINDING, MARK, of

ORDER = (
    "Why this case was chosen", "Succinct summary", "Family composition", "Time frame", "Research questions",
    "Methodology", "Reviewing expertise and independence", "Methodological comment and limitations",
    "Appraisal of professional practice", "In what way this case is a window", "Summary of findings",
    "Findings in detail", "Additional learning", "What those who took part learned", "Conclusion",
    "The process in detail", "Glossary", "Standards and sources", "Where this paper comes from",
)  # fmt: skip


def test_the_parts_stand_in_the_order_of_published_reports() -> None:
    heads = [block.text for block in of(review()).document.blocks if isinstance(block, Heading) and block.level == 1]
    heads = [head for head in heads if "Acronyms" not in head]
    assert [name in head for name, head in zip(ORDER, heads, strict=True)] == [True] * len(ORDER)


def test_figures_count_what_is_there_and_say_it_in_words() -> None:
    one = long_review(30)
    (by_level,), (by_kind,) = list(factors(one)), list(patterns(one))
    assert isinstance(by_level.drawn, Shares)
    assert dict(by_level.drawn.rows) == {"The front line": (0, 60, 0), "Local organisations": (0, 0, 0),
                                         "The nation": (0, 30, 0)}  # fmt: skip
    assert "60 hindering it" in by_level.tells and "None is named for local organisations" in by_level.tells
    assert "30 findings" in by_kind.tells and "30 hindering it" in by_kind.tells
    lines = [one for one in timeline(one) if isinstance(one, Figure)]
    spans = [span for line in lines if isinstance(line.drawn, Spans) for span in line.drawn.spans]
    assert len(lines) == 2 and len(spans) == 30
    assert all(span.label.split()[0] in line.tells for line in lines for span in getattr(line.drawn, "spans", ()))


@given(st.lists(st.tuples(st.integers(2000, 2020), st.integers(1, 12), st.integers(0, 400)), min_size=1, max_size=30))
@settings(max_examples=25, deadline=None)
def test_any_timeline_stays_inside_its_picture(days: list[tuple[int, int, int]]) -> None:
    records = []
    for year, month, more in days:
        first = date(year, month, 1)
        records.append(("key-practice-episode", {"title": "x" * 80, "date_from": first.isoformat(),
                                                 "date_to": (first + timedelta(more)).isoformat()}))  # fmt: skip
    for figure in timeline(told(*records)):
        assert isinstance(figure, Figure)
        picture = drawn(figure)
        for shape in picture.shapes:
            places = shape.points if isinstance(shape, Stroke) else [(shape.x, shape.y)]
            assert all(-0.01 <= x <= picture.width and -0.01 <= y <= picture.height for x, y in places)
            if isinstance(shape, Box):
                assert shape.width > 0 and shape.x + shape.width <= picture.width + 0.01


@pytest.mark.parametrize("count", [0, 1, 40])
def test_the_brief_is_two_pages_however_much_there_is(count: int) -> None:
    one = review(lambda name: "A long sentence that goes on about it for a while. " * 30)
    for _ in range(count):
        one.do("lex", cmd.AddRecord("finding", {**FINDING, "statement": "Much to say here. " * 80, "state": "drafted"}))
    document = of(one, BRIEF).document
    assert pages_of(document) <= 2
    items = [item for block in document.blocks if isinstance(block, Items) for item in block.items]
    assert items and (count < 40 or any("more pattern" in text for text in texts(document)))
    fullest = "".join(texts(Document("", "", DAY, "", settled(tuple(brief(long_review(3), SIZES[0])), final=False))))
    assert "more pattern" not in fullest


def test_only_the_clear_cut_recommendation_of_2008_has_a_target() -> None:
    one = review(lambda name: f"{MARK} {name}", "learning-together-2008")
    said = "\n".join(texts(of(one).document))
    assert f"{MARK} system-recommendation" in said and f"{MARK} measurable-target" in said
    assert "Questions for the board." not in said and "Summary of patterns" in said
    kinds = one.definition.records["system-recommendation"].fields["kind"].options
    assert kinds[0] == CLEAR_CUT
    one.do("lex", cmd.CorrectRecord(one.number["system-recommendation"], "weighed", {"kind": kinds[1]}))
    assert f"{MARK} measurable-target" not in "\n".join(texts(of(one).document))
    answered = "\n".join(texts(of(one, RESPONSE).document))
    assert "Recommendation 1" in answered and f"{MARK} board-response" in answered


def test_a_review_of_two_hundred_findings_is_told_whole() -> None:
    one = long_review(200)
    blocks = settled(tuple(report(one)), final=False)
    heads = [block.text for block in blocks if isinstance(block, Heading) and block.level == 2]
    assert "Finding 200" in heads and sum(head.startswith("Episode 200: ") for head in heads) == 1
    assert "Finding 200" in made(Document("Long", "", DAY, "", blocks), ".md").decode()
