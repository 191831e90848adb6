"""The 64 bad inputs the design lists, each given as a person could give it."""

from __future__ import annotations

import pytest

from tests.bad_inputs.bed import Bed
from tests.bad_inputs.rows import NUMBERS, TEXTS, Row
from tests.bad_inputs.rows_files import FILES
from tests.bad_inputs.rows_returns import RETURNS
from tests.bad_inputs.rows_sheets import SHEETS

ROWS = [*TEXTS, *NUMBERS, *FILES, *RETURNS, *SHEETS]
NOT_HERE = {
    33: "a time that does not exist in London: only days are asked for, never a time of day",
    34: "a time that comes twice in London: only days are asked for, never a time of day",
    36: "an aware time, kept and read: nobody types one; tests/contract/test_clocks.py, on every store",
    44: "there is no such output yet: a workbook with formulas",
    45: "there is no such output yet: a workbook with controls",
    46: "there is no such output yet: a workbook with very long cells",
    47: "there is no such output yet: a workbook with addresses",
    48: "there is no such output yet: a Word document with controls",
    49: "there is no such output yet: a Word document with markup",
    50: "there is no such output yet: a Word template with braces",
    51: "there is no such output yet: a Word template from a stranger",
    64: "there is no such output yet: a calendar",
}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.number}-{row.words}".replace(" ", "-") for row in ROWS])
def test_input(row: Row, bed: Bed) -> None:
    row.check(bed)


def test_every_input_is_tested_or_said_not_to_be_here() -> None:
    tested = {row.number for row in ROWS}
    assert tested | set(NOT_HERE) == set(range(1, 65))
    assert not tested & set(NOT_HERE)
