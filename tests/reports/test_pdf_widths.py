"""Columns of a PDF's tables: all of the width, and no word or date broken where there is room for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from casereview.reports.document import Column, Table
from casereview.reports.pdf import fonts
from casereview.reports.pdf_pages import WIDE, Styles
from casereview.reports.pdf_widths import widths

fonts()
WORDS = st.text("abcdefghijkmnop", min_size=1, max_size=14)


@given(st.lists(st.tuples(WORDS, st.integers(1, 9), st.lists(WORDS, min_size=1, max_size=3)), min_size=1, max_size=7))
def test_every_word_has_room_in_its_column(made: list[tuple[str, int, list[str]]]) -> None:
    columns = tuple(Column(title, weight=weight) for title, weight, _ in made)
    table = Table("t", columns, (tuple(" ".join(said) for _, _, said in made),))
    wide = widths(table, WIDE, Styles.regular, Styles.bold)
    assert sum(wide) == pytest.approx(WIDE)
    need = [
        max(stringWidth(title, Styles.bold, 8.3), *(stringWidth(w, Styles.regular, 8.3) for w in said)) + 8
        for title, _, said in made
    ]
    if sum(need) + 8 * len(made) <= WIDE:
        assert all(has >= least for has, least in zip(wide, need, strict=True))


def test_a_date_stays_on_one_line_and_what_fits_by_weight_is_left() -> None:
    columns = (Column("On", weight=1), Column("Reason", weight=30))
    wide = widths(Table("t", columns, (("29 Sep 2026", "It is."),)), WIDE, Styles.regular, Styles.bold)
    assert wide[0] >= stringWidth("29 Sep 2026", Styles.regular, 8.3) + 8
    roomy = widths(Table("t", (Column("On"), Column("Why")), (("a", "b"),)), WIDE, Styles.regular, Styles.bold)
    assert roomy == [WIDE / 2, WIDE / 2]
