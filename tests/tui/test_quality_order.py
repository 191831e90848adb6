"""Lists of help and quality in the order of a column: nothing lost, what is empty last, a wrong name told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.errors import CaseReviewError
from tui.commands.quality_order import ordered
from tui.commands.quality_rows import Laid

PLAIN = Laid(("a",), lambda row: (row["a"],), dict, "none")
ROWS = st.lists(st.fixed_dictionaries({"a": st.none() | st.integers(), "b": st.text("ab"), "at": st.uuids()}))


@given(ROWS, st.sampled_from(["a", "b"]), st.booleans())
def test_by_a_column_nothing_is_lost_and_what_is_empty_is_last(
    rows: list[dict[str, Any]], name: str, backwards: bool
) -> None:
    found = ordered(PLAIN, rows, f"-{name}" if backwards else name)
    assert sorted(str(row["at"]) for row in found) == sorted(str(row["at"]) for row in rows)
    said = [row[name] for row in found]
    full = [value for value in said if value not in (None, "")]
    assert said[: len(full)] == full == sorted(full, reverse=backwards)
    assert ordered(PLAIN, rows, "") == rows


def test_a_wrong_name_is_told_with_the_nearest() -> None:
    with pytest.raises(CaseReviewError, match="no column") as wrong:
        ordered(PLAIN, [{"opened": 1, "closed": 2}], "opend")
    assert wrong.value.where == "--sort" and "opened" in (wrong.value.remedy or "")
