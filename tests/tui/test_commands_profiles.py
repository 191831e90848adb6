"""Profiles and clocks from the command line: looked at without a store, adopted, withdrawn, changed on a case."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.tui.conftest import Known, Ran, run_here
from workflows.profiles import SHIPPED_PROFILES
from workflows.trust import NOT_CHECKED

LOCAL = "local-early-looks"


def done(*line: str) -> Ran:
    ran = run_here(*line)
    assert ran.status == 0, ran
    return ran


def test_clocks_need_no_store_and_keep_their_trust_beside_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEREVIEW_STORE", str(tmp_path / "absent.db"))
    rows = done("clocks", "--json").json
    assert {row["checked"] for row in rows} == {True, False}
    assert all(NOT_CHECKED in row["trust"] + row["start_trust"] for row in rows if not row["checked"])
    assert all(row["checked"] for row in done("clocks", "--checked", "--json").json)
    (only,) = done("clocks", "--kind", "statutory", "--checked", "--json").json
    assert (only["clock"], only["amount"], only["valid_from"]) == ("notification", "5 working days", "2018-06-29")
    assert "35 working days" in done("clocks", "CA").out and NOT_CHECKED in " ".join(done("clocks", "ca").out.split())
    wrong = run_here("clocks", "--edition", "wt2031")
    assert wrong.status == 2 and "wt2013" in wrong.err
    sheet = tmp_path / "clocks.csv"
    assert done("clocks", "--csv", str(sheet), "--json").json["rows"] == len(rows)
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        assert [row["clock"] for row in csv.DictReader(file)] == [row["clock"] for row in rows]


def test_files_are_read_and_checked_without_a_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEREVIEW_STORE", str(tmp_path / "absent.db"))
    monkeypatch.setenv("CASEREVIEW_WORKFLOWS", str(tmp_path / "own"))
    listed = done("profile", "list", "--files", "--json").json
    assert {row["profile"] for row in listed} == {path.stem for path in SHIPPED_PROFILES.glob("*.toml")}
    trial = done("profile", "list", "--files", "--edition", "trial", "--json").json
    assert {row["edition"] for row in trial} == {"trial"}
    assert "Two stages" in done("profile", "show", "trial-exemption").out
    assert done("profile", "show", LOCAL, "--json").json["workflows"][0]["section_47_concludes"] is True
    assert done("profile", "check").out.strip() == "No fault found."
    bad = tmp_path / "bad.toml"
    bad.write_text((SHIPPED_PROFILES / f"{LOCAL}.toml").read_text("utf-8").replace("decision]", "decison]"), "utf-8")
    ran = run_here("profile", "check", str(bad), "--json")
    assert ran.status == 2
    (fault,) = ran.json["faults"]
    assert fault["line"] and "decision" in fault["remedy"]
    assert run_here("profile", "show", "trial-exemtion").status == 1


def test_adopted_listed_and_withdrawn(store: Path, known: Known) -> None:
    assert "No profile is adopted" in done("profile").out
    ran = done("profile", "adopt", LOCAL, "--team", "North team", "--from", "2024-09-01", "--note", "board of July")
    assert NOT_CHECKED.split(";")[0].capitalize() in ran.out and "single-assessment-2013, decision" in ran.out
    (row,) = done("profile", "list", "--json").json
    assert row["adopted"] == [{"team": "north", "from": "2024-09-01", "to": None, "by": "ada", "on": "2024-09-02",
                               "in_force": True}]  # fmt: skip
    opened = done("open", "single-assessment-2013", "--title", "New", "--team", "north")
    assert "Local protocol with early looks" in opened.out + opened.err
    ref = opened.out.split()[0]
    assert done("show", ref, "--json").json["profile"] == f"Local protocol with early looks ({LOCAL}@1)"
    assert done("show", known.on_course, "--json").json["profile"] is None  # no running case moves
    assert run_here("profile", "adopt", LOCAL, "--team", "north", "--from", "2024-09-01").status == 2
    assert run_here("profile", "withdraw", LOCAL).status == 2  # without a reason
    assert "stay under it" in done("profile", "withdraw", LOCAL, "--reason", "not as we work").out
    (row,) = done("profile", "list", "--json").json
    assert row["adopted"][0]["in_force"] is False and [one["act"] for one in row["story"]] == ["adopted", "withdrawn"]
    assert "Local protocol" in done("explain-date", ref).out  # the source of the figure, with its trust
    assert NOT_CHECKED in " ".join(done("explain-date", ref).out.split())


def test_the_lists_of_profiles_go_into_a_sheet_a_row_for_each_adoption(
    store: Path, known: Known, tmp_path: Path
) -> None:
    files, adopted = tmp_path / "files.csv", tmp_path / "adopted.csv"
    offered = done("profile", "list", "--files", "--json").json
    assert done("profile", "list", "--files", "--csv", str(files)).out.startswith(f"{len(offered)} rows")
    assert [(r["profile"], r["trust"]) for r in sheet(files)] == [(one["profile"], one["trust"]) for one in offered]
    done("profile", "adopt", LOCAL, "--team", "North team", "--from", "2024-09-01")
    done("profile", "adopt", LOCAL, "--from", "2024-09-01")
    assert done("profile", "list", "--csv", str(adopted), "--json").json == {"rows": 2, "file": str(adopted)}
    (one,) = done("profile", "list", "--json").json
    found = sheet(adopted)
    assert [(r["team"], r["team_name"], r["from"]) for r in found] == [
        (a["team"] or "", "North team" if a["team"] else "everyone", a["from"]) for a in one["adopted"]
    ]
    assert all(row["hash"] == one["hash"] for row in found)
    again = run_here("profile", "list", "--csv", str(adopted))
    assert again.status == 2 and "there is a file already" in again.err


def sheet(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_case_is_moved_with_a_reason_and_both_values(store: Path, known: Known) -> None:
    done("profile", "adopt", LOCAL, "--from", "2024-09-01")
    ref = known.on_course
    before = {e["expectation"]: e["indicative_date"] for e in done("show", ref, "--json").json["expectations"]}
    refused = run_here("profile", "change", ref, LOCAL)
    assert refused.status == 1 and "asks for a reason" in refused.err
    assert run_here("profile", "change", ref, "local-early-lok", "--reason", "x").status == 1
    assert "own times" in done("profile", "change", ref).out
    ran = done("profile", "change", ref, LOCAL, "--reason", "its looks fit this child", "--json").json
    assert (ran["before"], ran["profile"]) == ("the workflow's own times", f"{LOCAL}@1")
    assert ran["dates"]["decision"]["indicative"] == before["decision"]
    now = done("profile", "change", ref, "--json").json
    assert now["profile"]["profile"] == LOCAL and now["changes"][0]["reason"] == "its looks fit this child"
    assert "its looks fit this child" in done("history", ref).out
    assert "already" in run_here("profile", "change", ref, LOCAL, "--reason", "again").err
    done("profile", "change", ref, "none", "--reason", "back as it was")
    assert done("show", ref, "--json").json["profile"] is None


def test_a_day_before_it_was_adopted_lists_nothing(store: Path) -> None:
    done("profile", "adopt", LOCAL, "--from", "2024-09-01")
    assert done("profile", "list", "--as-at", "2024-08-30", "--json").json == []


def test_whoever_holds_no_office_adopts_nothing(store: Path) -> None:
    ran = run_here("profile", "adopt", LOCAL, "--from", "2024-09-01", "--as", "cat")
    assert ran.status == 1 and "takes an office" in ran.err


def test_past_a_legal_time_limit_is_a_filter_of_the_register(store: Path) -> None:
    ref = done("open", "rapid-review", "--title", "Learning", "--opened", "2024-08-20").out.split()[0]
    (row,) = done("overdue", "--legal-limit", "--json").json
    assert (row["case"], row["standing"], row["statutory_date"]) == (ref, "past_statutory", "2024-08-28")
    assert "past a legal time limit" in done("overdue").out
    assert "legal time limit" in done("explain-date", ref).out
