"""The review report, in the order of headings that published reports of this model have."""

from __future__ import annotations

from collections.abc import Iterator

from casereview.reports.review.end import END
from casereview.reports.review.front import FRONT
from casereview.reports.review.patterns import PATTERNS
from casereview.reports.review.practice import appraisal
from casereview.reports.review.told import Part, Told

ORDER = (*FRONT, appraisal, *PATTERNS, *END)


def report(told: Told) -> Iterator[Part]:
    for part in ORDER:
        yield from part(told)
