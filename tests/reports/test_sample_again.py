"""A sampled case that is itself a return of concern says so, and does not name itself among others."""

from __future__ import annotations

from casereview.reports.document import Paragraph
from casereview.service.reports_sample import Sampling, sample
from tests.quality.helped import Place


def test_the_case_that_came_again_calls_itself_this_case() -> None:
    place = Place()
    first = place.open("first", "c-1")
    place.close("first")
    second = place.after(40).open("second", "c-1")
    for ref, named in ((first, second), (second, "this case")):
        paper = sample(place.desk(), Sampling("To learn", (ref,)))
        said = [block.text for block in paper.blocks if isinstance(block, Paragraph) and "Workers so far" in block.text]
        expected = f"Concern came again within a year of an earlier closing, with: {named}."
        assert len(said) == 1 and said[0].endswith(expected)
