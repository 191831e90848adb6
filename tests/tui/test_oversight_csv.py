"""The lists of oversight as spreadsheet files from the command line, as the screens export them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.tui.acts import Work


@pytest.mark.parametrize("words", [("blockage", "list"), ("overrides",)])
def test_a_list_is_written_to_a_new_file_with_the_rows_it_prints(tmp_path: Path, words: tuple[str, ...]) -> None:
    work = Work(tmp_path)
    work.done("ben", "blockage", "raise", "=One printer for four teams")
    target = tmp_path / "list.csv"
    listed = work.done("ben", *words, "--json").json
    assert work.done("ben", *words, "--csv", str(target), "--json").json["rows"] == len(listed)
    with target.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(listed) and not any(value.startswith("=") for row in rows for value in row.values())
    assert work.run("ben", *words, "--csv", str(target)).status == 2  # never over another
