"""Returns, published figures and service information from the command line, in words, as JSON and as CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from tests.exchange.test_cin_out import episodes_in
from tests.exchange.test_dfe import c2, england, place
from tests.tui.conftest import Known, Ran

Cli = Callable[..., Ran]
RETURN = ("export", "cin", "--year", "2025", "--authority", "999")


def referred(cli: Cli, ref: str) -> None:
    assert cli("record", ref, "referral", "received_on=2024-04-30").status == 0


def test_a_return_is_checked_and_written(cli: Cli, known: Known, tmp_path: Path) -> None:
    referred(cli, known.justified)
    checked = cli(*RETURN, "--check-only")
    assert checked.status == 0, checked
    words = " ".join(checked.out.split())
    assert "Census year 2025 (2024-04-01 to 2025-03-31), authority 999: 1 child, 1 episode, 1 assessment" in words
    for said in ("Nothing was written: this was a check.", "Not recorded here, or left out", "NOBT", "8525 (error):",
                 "Perhaps not:", "What to do:", "The year is not over"):  # fmt: skip
        assert said in words
    target, findings = tmp_path / "cin.xml", tmp_path / "f.csv"
    written = cli(*RETURN, "--out", str(target), "--findings", str(findings), "--json").json
    assert (written["file"], written["children"], written["open"]) == (str(target), 1, 1)
    assert {note["element"] for note in written["notes"]} >= {"Ethnicity", "PersonBirthDate"}
    assert [one.child_id for one in episodes_in(target)] == [known.child]
    with findings.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(written["notes"]) + len(written["findings"])
    assert {row["kind"] for row in rows} == {"error", "warning", "left out", "not recorded"}


def test_a_return_takes_an_office_and_a_hidden_case_is_not_in_it(cli: Cli, known: Known) -> None:
    for ref in (known.justified, known.hidden):
        referred(cli, ref)
    refused = cli(*RETURN, "--check-only", "--as", "cat")
    assert refused.status == 1 and "office of auditor or data officer" in refused.err
    team = cli(*RETURN, "--check-only", "--as", "cat", "--team", "north")
    assert team.status == 0 and "not a return" in team.out
    assert (
        known.hidden not in team.out and known.hidden not in cli(*RETURN, "--check-only", "--as", "cat", "--json").out
    )


def test_published_figures_in_and_beside(cli: Cli, tmp_path: Path) -> None:
    path, bad = c2(tmp_path / "c2.csv", england(), place("St. Helens")), tmp_path / "bad.csv"
    bad.write_text("a,b\n")
    tried = cli("import", "dfe", path, "--dry-run")
    assert tried.status == 0 and "Nothing was changed." in tried.out
    assert "no published figures" in cli("compare").err.casefold()
    kept = cli("import", "dfe", path, str(bad))
    assert kept.status == 0 and "bad.csv was not used" in kept.out and "2013" not in kept.out
    listed = cli("published", "--find", "helens", "--json").json
    assert [one["name"] for one in listed["areas"]] == ["St. Helens"] and listed["tables"][0]["key"] == "c2"
    shown = cli("compare", "St. Helens", "England")
    heads = shown.out.splitlines()[0]
    assert heads.index("here") < heads.index("St. Helens") < heads.index("England")
    assert "nothing here ranks them" in " ".join(shown.out.split())
    data = cli("compare", "--json").json
    assert (data["year"], data["columns"][1]["shares"][1]) == (2024, 0.11)
    out = tmp_path / "out.csv"
    assert cli("compare", "St. Helens", "--csv", str(out)).status == 0
    assert out.read_text("utf-8-sig").splitlines()[0] == '"","here","St Helens"'
    assert cli("published", "--csv", str(tmp_path / "areas.csv")).status == 0
    nearest = cli("compare", "St Helens")
    assert nearest.status == 1 and "St. Helens" in nearest.err


def test_the_past_has_no_figures_that_came_later(cli: Cli, tmp_path: Path) -> None:
    assert cli("import", "dfe", c2(tmp_path / "c2.csv", england())).status == 0
    assert cli("compare").status == 0
    past = cli("compare", "--as-at", "2024-01-02")
    assert past.status == 1 and "no published figures" in past.err


def test_service_information_from_the_command_line(cli: Cli, tmp_path: Path) -> None:
    empty = " ".join(cli("service", "list").out.split())
    assert empty.count("Not recorded: nobody has entered a figure") == 3 and "nothing is guessed" in empty
    when = ("--since", "2024-01-01", "--until", "2024-06-30", "--source", "Survey")
    added = cli("service", "add", "children-safer", "30", "--of", "41", *when, "--words", "I sleep now.")
    assert added.status == 0 and "30 of 41" in added.out
    assert cli("service", "add", "parents-skills", "2", "--of", "30", *when).status == 0
    path = tmp_path / "p.csv"
    path.write_text("area,year,measure,value,source\nT,2024,Poverty,21%,Census\n")
    assert cli("service", "import", str(path)).status == 0
    words = " ".join(cli("service", "list").out.split())
    assert "30 of 41 (2024-01-01 to 2024-06-30). Source: Survey" in words and "In their words: I sleep now." in words
    assert "fewer than 5 of 30" in words and "Poverty, T, 2024: 21%. Source: Census." in words
    data = cli("service", "list", "--json").json
    values = {row["measure"]: row["value"] for section in data["sections"] for row in section["recorded"]}
    assert values == {"children-safer": 30, "parents-skills": None}  # too small to show is not in the data either
    out = tmp_path / "out.csv"
    assert cli("service", "list", "--csv", str(out)).status == 0
    assert "fewer than 5 of 30" in out.read_text("utf-8-sig")
    key = data["sections"][2]["recorded"][0]["key"]
    assert cli("service", "remove", key).status == 0
    assert "30 of 41" not in cli("service", "list").out
    assert cli("service", "remove", key).status == 1
