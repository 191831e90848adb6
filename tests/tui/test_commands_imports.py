"""Annex A and tables from the command line: the same keys as every import, rows on the screen, a file to mend."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from tests.exchange.sheets import annex, mapping, table
from tests.tui.conftest import Ran

Cli = Callable[..., Ran]
KEYS = {"read", "created", "updated", "unchanged", "refused", "problems", "rows", "notes", "missing", "errors_file",
        "dry_run"}  # fmt: skip


def test_a_workbook_gives_the_same_keys_as_every_import(cli: Cli, tmp_path: Path) -> None:
    rows: dict[int, list[tuple[Any, ...]]] = {
        3: [("C1", date(2024, 1, 5), "6: Police", "No")],
        4: [("C1", date(2024, 1, 8), "Yes", None), ("C2", "x")],
    }
    path = str(annex(tmp_path / "a.xlsx", rows))
    trial = cli("import", "annex-a", path, "--dry-run", "--json").json
    assert trial.keys() == KEYS and trial["dry_run"] is True and not cli("child", "list", "--json").json[2:]
    done = cli("import", "annex-a", path, "--json").json
    assert (done["read"], done["created"], done["refused"]) == (3, 2, 1)
    (problem,) = done["problems"]
    assert {"line", "child", "says"} <= problem.keys() and (problem["line"], problem["child"]) == (3, "C2")
    assert [(row["list"], row["line"], row["outcome"]) for row in done["rows"]] == [
        ("List 3", 2, "created"), ("List 4", 2, "created"), ("List 4", 3, "refused"),
    ]  # fmt: skip
    assert done["rows"][1]["case"] and trial["rows"][1]["case"] is None
    shown = cli("import", "annex-a", path, "--dry-run").out
    assert "Rows read: 3" in shown and "unchanged: 2" in shown and "Nothing was changed." in shown
    journey = cli("journey", "C1").out
    assert "Referral from: police" in journey and "2024-01-05" in journey
    assert any(line["case"] == "" for line in cli("journey", "C1", "--json").json["story"])


def test_a_table_its_mapping_and_its_refused_rows(cli: Cli, tmp_path: Path) -> None:
    path, left = str(table(tmp_path / "t.csv", [("C1", "08/01/2024"), ("C2", "x")])), tmp_path / "left.csv"
    said = str(mapping(tmp_path / "m.toml"))
    begun = str(tmp_path / "begun.toml")
    assert 'child = "Child ID"' in cli("import", "csv", path, "--sample-mapping").out
    assert cli("import", "csv", path, "--sample-mapping", "--mapping", begun, "--json").json["file"] == begun
    assert stat.S_IMODE(Path(begun).stat().st_mode) == 0o600
    assert cli("import", "csv", path, "--sample-mapping", "--mapping", begun).status == 2  # never written over
    shown = cli("import", "csv", path, "--mapping", said, "--dry-run").out
    assert "would be created: 1" in shown and "refused" in shown and shown.count("“Start” holds “x”") == 1
    done = cli("import", "csv", path, "--mapping", said, "--errors", str(left), "--json").json
    assert done.keys() == KEYS and (done["created"], done["refused"], done["errors_file"]) == (1, 1, str(left))
    left.write_text(left.read_text("utf-8-sig").replace('"x"', '"08/01/2024"'), "utf-8")
    fed = cli("import", "csv", str(left), "--mapping", said, "--json").json
    assert (fed["read"], fed["created"]) == (1, 1)
    assert sum(row["imported"] for row in cli("cases", "--json").json) == 2
    wanting = cli("import", "csv", path)
    assert wanting.status == 2 and "--sample-mapping" in wanting.err
