"""The manager's tutorial does what it says, on the store it has the reader make."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.program import Program
from tests.journeys.test_tutorial import follow, lines_of

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "managers-tutorial.md"
# Department for Education, Characteristics of children in need 2024, table C2, England; Open Government Licence v3.0.
ENGLAND = """\
time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,new_la_code,\
la_name,category,Assessments_completed,Assessments_completed_rate,Same_day,1-10_days,11-20_days,21-30_days,31-40_days,\
41-45_days,46-50_days,51-60_days,61+_days,25th_Percentile_days,Median_days,75th_Percentile_days
2024,Reporting year,National,E92000001,England,,,,,,Duration of assessment,643170,536,9880,73420,110950,102600,129690,\
116670,38560,29490,31900,19,34,44
"""
PAPERS = {"pack.md": b"# ", "pack.html": b"<!doctype html>", "pack.docx": b"PK", "pack.pdf": b"%PDF"}


def test_the_managers_tutorial_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files it reads and writes are where the reader stands; the program is found from there as when installed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "england.csv").write_text(ENGLAND, encoding="utf-8")
    lines = lines_of(TUTORIAL.read_text(encoding="utf-8"))
    assert len(lines) > 45
    with Program(tmp_path / "unused.db") as program:
        follow(program, lines, tmp_path)
    for name, begins in PAPERS.items():
        assert (tmp_path / name).read_bytes().lower().startswith(begins.lower()), name
    calendar, digest = (tmp_path / name for name in ("morning.ics", "morning.txt"))
    assert "SA-2026-VYPJQ" in digest.read_text(encoding="utf-8") and "BEGIN:VEVENT" in calendar.read_text("utf-8")
    for taken_along in (calendar, digest):
        assert "Draftwell" not in taken_along.read_text("utf-8") and "low mood" not in taken_along.read_text("utf-8")
