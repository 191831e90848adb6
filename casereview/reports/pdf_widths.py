"""How wide the columns of a table in a PDF are: as shared out, and wide enough that no word or date is broken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth

from casereview.reports.document import Table

PADDING, SIZE = 9.0, 8.3  # points: left and right of a cell together with a little air; the size of its letters
LONGEST = 120.0  # a word wider than this may be broken: a hash or an address is no word
_DATE = re.compile(r"[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4}")


def widths(table: Table, whole: float, regular: str, bold: str) -> list[float]:
    """The width of each column in points, `whole` together; by weight alone where not all that is needed fits."""
    weights = [column.weight for column in table.columns]
    shared = [whole * weight / sum(weights) for weight in weights]
    least = [
        max([_widest(column.title, bold), *(_widest(row[at], regular) for row in table.rows)])
        for at, column in enumerate(table.columns)
    ]
    lacking = sum(max(need - has, 0.0) for need, has in zip(least, shared, strict=True))
    spare = sum(max(has - need, 0.0) for need, has in zip(least, shared, strict=True))
    if lacking > spare:
        return shared
    return [
        max(need, has - (lacking * (has - need) / spare if spare else 0.0))
        for need, has in zip(least, shared, strict=True)
    ]


def _widest(text: str, font: str) -> float:
    pieces: Sequence[str] = [text] if _DATE.fullmatch(text) else text.split()
    found = (stringWidth(piece, font, SIZE) for piece in pieces)
    return max((wide for wide in found if wide <= LONGEST), default=0.0) + PADDING
