"""Looking from the command line: lists, one case, its steps, history and dates, and a child's journey."""

from __future__ import annotations

import csv
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from casereview.views import BY_CONCERN
from casereview.words import STANDING_WORDS
from tests.tui.conftest import ABSENT, Known, Ran

Cli = Callable[..., Ran]
CASE_ROW = {"case", "title", "workflow", "version", "stage", "opened", "closed", "worker", "team", "standing"}
OVERDUE_ROW = CASE_ROW | {
    "expectation", "started", "indicative_date", "agreed_date", "working_days", "beyond", "reason", "answer", "family",
}  # fmt: skip


def refs(ran: Ran) -> set[str]:
    return {row["case"] for row in ran.json}


# ---- cases ----------------------------------------------------------------------------------------------------
def test_cases_lists_what_one_may_know_of(cli: Cli, known: Known) -> None:
    mine = cli("cases", "--json")
    assert refs(mine) == {known.justified, known.unexplained, known.on_course, known.hidden}
    assert all(row.keys() >= CASE_ROW for row in mine.json)
    assert refs(cli("cases", "--json", "--as", "cat")) == {known.justified, known.unexplained, known.on_course}
    shown = cli("cases").out
    assert "Two homes" in shown and "longer, justified" in shown and "1 to 4 of 4" in shown


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["two homes"], {"justified"}),
        (["--standing", "longer-justified"], {"justified"}),
        (["--standing", "longer_unexplained"], {"unexplained", "hidden"}),
        (["--standing", "on course"], {"on_course"}),
        (["--worker", "Ben Lee", "--open"], {"justified", "unexplained", "on_course", "hidden"}),
        (["--team", "North team", "--closed"], set()),
        (["--child", "kid-2"], {"unexplained"}),
        (["--stage", "accepted", "--workflow", "single-assessment-2013", "newly"], {"on_course"}),
        (["--kind", "review"], set()),
    ],
)
def test_cases_can_be_filtered(cli: Cli, known: Known, filters: list[str], found: set[str]) -> None:
    assert refs(cli("cases", *filters, "--json")) == {getattr(known, name) for name in found}


def test_cases_sorts_and_pages(cli: Cli) -> None:
    by_day = [row["opened"] for row in cli("cases", "--sort", "opened", "--json").json]
    assert by_day == sorted(by_day)
    concern = [BY_CONCERN.index(row["standing"]) for row in cli("cases", "--sort", "concern", "--json").json]
    assert concern == sorted(concern)
    pages = [cli("cases", "--sort", "reference", "--limit", "3", "--page", str(n), "--json").json for n in (1, 2)]
    assert [len(page) for page in pages] == [3, 1]
    assert "--page" in cli("cases", "--limit", "3").out


def test_a_spreadsheet_is_new_and_private_and_holds_every_row(cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "cases.csv"
    assert cli("cases", "--limit", "1", "--csv", str(target)).status == 0
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 4 and set(rows[0]) == CASE_ROW
    assert stat.S_IMODE(target.stat().st_mode) == 0o600 or os.name != "posix"
    before = target.read_bytes()
    again = cli("cases", "--csv", str(target))
    assert again.status == 2 and target.read_bytes() == before


# ---- overdue ---------------------------------------------------------------------------------------------------
def test_overdue_rows_tell_the_whole_story(cli: Cli, known: Known) -> None:
    rows = {row["case"]: row for row in cli("overdue", "--json").json}
    assert set(rows) == {known.justified, known.unexplained, known.hidden}
    row = rows[known.justified]
    assert row.keys() >= OVERDUE_ROW and row["standing"] == "longer_justified"
    assert row["reason"].keys() >= {"code", "class", "text", "effect", "by", "on"}
    assert (row["reason"]["code"], row["reason"]["class"], row["reason"]["by"]) == ("HIST", "can justify", "ben")
    assert row["answer"].keys() >= {"decision", "text", "by", "on", "until"}
    assert (row["answer"]["by"], row["answer"]["until"]) == ("ada", "2024-09-20")
    assert row["family"] == {"told_on": "2024-08-28", "promised_on": "2024-09-10", "exception": None}
    # 45 working days after 1 May 2024 with two bank holidays in May: 5 July; then 6 July to 2 September, 26 August off
    assert (row["indicative_date"], row["beyond"]) == ("2024-07-05", 40)
    assert rows[known.unexplained]["reason"] is None and rows[known.unexplained]["answer"] is None


def test_overdue_but_justified_stays_on_the_list_with_everything_beside_it(cli: Cli, known: Known) -> None:
    shown = cli("overdue", "--justified").out
    for words in (
        known.justified, "Two homes", "Ben Lee", "longer, justified (1)", "40 beyond", "The history of three places",
        "She has to wait", "Ada Okafor on 2024-08-27, look again on 2024-09-20", "told on 2024-08-28",
        "promised by 2024-09-10",
    ):  # fmt: skip
        assert words in shown, words
    assert known.unexplained not in shown


@pytest.mark.parametrize(
    ("flag", "found"),
    [
        ("--justified", {"justified"}),
        ("--unexplained", {"unexplained", "hidden"}),
        ("--explained", set()),
        ("--lapsed", set()),
        ("--of-concern", set()),
        ("--past-agreed", set()),
        ("--urgent", set()),
    ],
)
def test_each_flag_asks_for_one_standing(cli: Cli, known: Known, flag: str, found: set[str]) -> None:
    assert refs(cli("overdue", flag, "--json")) == {getattr(known, name) for name in found}


def test_a_lapsed_reason_says_what_is_missing(cli: Cli, known: Known) -> None:
    later = cli("overdue", "--lapsed", "--today", "2024-09-20", "--json").json
    assert [row["case"] for row in later] == [known.justified]
    assert any("look again" in one for one in later[0]["missing"])
    assert "missing now:" in cli("overdue", "--lapsed", "--today", "2024-09-20").out


def test_an_empty_register_says_what_that_means(cli: Cli) -> None:
    early = cli("overdue", "--today", "2024-05-01")
    assert early.status == 0 and "Nothing is overdue" in early.out
    assert "that match" in cli("overdue", "--urgent").out
    assert cli("overdue", "--today", "2024-05-01", "--json").json == []


def test_the_register_filters_pages_and_goes_to_a_spreadsheet(cli: Cli, known: Known, tmp_path: Path) -> None:
    assert refs(cli("overdue", "--query", "journey", "--json")) == {known.unexplained}
    assert refs(cli("overdue", "--worker", "cat", "--json")) == set()
    assert len(cli("overdue", "--team", "north", "--limit", "2", "--json").json) == 2
    assert cli("overdue", "--page", "9").status == 2
    target = tmp_path / "overdue.csv"
    assert cli("overdue", "--csv", str(target), "--json").json == {"rows": 3, "file": str(target)}
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["case"]: row for row in csv.DictReader(file)}
    assert rows[known.justified]["reason.code"] == "HIST"


# ---- one case --------------------------------------------------------------------------------------------------
def test_show_is_one_page_with_help_beside_time(cli: Cli, known: Known) -> None:
    shown = cli("show", known.justified.lower()).out
    for words in ("Two homes", "Time", "Help and quality", "Decision: none yet", "Mother (must be told)", "kid-1",
                  "Child last seen 2024-08-28", "look again on 2024-09-20", "casereview why"):  # fmt: skip
        assert words in shown, words
    data = cli("show", known.justified, "--json").json
    assert data.keys() >= CASE_ROW and data["standing"] == "longer_justified"


def test_show_as_it_was(cli: Cli, known: Known) -> None:
    before = cli("show", known.justified, "--as-at", "2024-08-26", "--json").json
    assert before["standing"] == "longer_unexplained" and before["as_at"] == "2024-08-26"
    assert "As it was at the end of 2024-08-26" in cli("show", known.justified, "--as-at", "26/8/2024").out
    # Everything here was recorded when the tests ran.
    assert cli("show", known.justified, "--as-at", "2024-08-26", "--as-recorded").status == 1
    assert cli("show", known.justified, "--as-at", "2024-04-30").status == 1
    assert cli("show", known.justified, "--as-at", "2024-09-03").status == 2
    assert cli("show", known.justified, "--as-happened").status == 2
    assert cli("show", known.justified, "--as-at", "2024-08-26", "--as-happened", "--as-recorded").status == 2


def test_why_lists_every_step_with_who_and_how(cli: Cli, known: Known) -> None:
    data = cli("why", known.on_course, "--json").json
    assert data["case"] == known.on_course and data["stage"] == "accepted"
    steps = {step["step"]: step for step in data["steps"]}
    assert all(step.keys() >= {"step", "to", "ready", "unmet"} for step in data["steps"])
    unmet = steps["allocate"]["unmet"]
    assert unmet and all(one.keys() >= {"requirement", "strength", "says", "who", "command"} for one in unmet)
    assert not steps["allocate"]["ready"] and steps["record-error"]["ready"]
    shown = cli("why", known.on_course).out
    assert "✓" in shown and "✗" in shown and unmet[0]["command"] in shown


def test_history_and_records(cli: Cli, known: Known) -> None:
    lines = cli("history", known.justified, "--json").json
    assert [one["number"] for one in lines] == list(range(len(lines), 0, -1))
    assert {"reason-given", "answered", "family-told", "child-seen"} <= {one["kind"] for one in lines}
    assert cli("history", known.justified, "--limit", "2", "--before", "4", "--json").json == lines[-3:-1]
    assert "--before 3" in cli("history", known.justified, "--limit", "1", "--before", "4").out
    seen = cli("records", known.justified, "seen", "--json").json
    assert [(one["on"], one["values"]["where"]) for one in seen] == [("2024-08-28", "home")]
    assert "home" in cli("records", known.justified).out
    assert cli("records", known.justified, "sean").status == 2


# ---- dates and children -----------------------------------------------------------------------------------------
def test_explain_date_of_a_case(cli: Cli, known: Known) -> None:
    found = {one["what"]: one for one in cli("explain-date", known.justified, "--json").json}
    usual = found["indicative"]
    assert usual.keys() >= {"start", "amount", "unit", "date", "skipped"}
    assert (usual["start"], usual["amount"], usual["unit"], usual["date"]) == (
        "2024-05-01", 45, "working days", "2024-07-05",
    )  # fmt: skip
    assert {"date": "2024-05-27", "why": "Spring bank holiday"} in usual["skipped"]
    assert "2024-05-27, Spring bank holiday" in cli("explain-date", known.justified).out


def test_explain_any_date(cli: Cli) -> None:
    found = cli("explain-date", "--from", "28 March 2024", "--span", "1 working day", "--json").json
    assert found["date"] == "2024-04-02" and len(found["skipped"]) == 4
    scotland = cli("explain-date", "--from", "28/3/2024", "--span", "1 working day", "--nation", "scotland", "--json")
    assert scotland.json["date"] == "2024-04-01"
    for wrong in (["--from", "2024-03-28"], ["--span", "3 days"], [], ["SA-2024-XXXXX", "--span", "3 days"]):
        assert cli("explain-date", *wrong).status == 2
    assert cli("explain-date", "--from", "2024-03-28", "--span", "soon").status == 2
    assert cli("explain-date", "--from", "13/13/2024", "--span", "3 days").status == 2


def test_a_childs_journey_goes_across_cases_and_siblings(cli: Cli, known: Known) -> None:
    story = cli("journey", known.child, "--json").json
    assert {row["case"] for row in story["cases"]} == {known.justified, known.unexplained, known.hidden}
    assert story["siblings"] == ["kid-2"]
    seen_by_cat = cli("journey", known.child, "--json", "--as", "cat")
    assert known.hidden not in seen_by_cat.out and known.justified in seen_by_cat.out
    assert "kid-2" in cli("journey", known.child).out
    assert cli("journey", "kid-9").status == 1


def test_a_journey_as_it_stood_on_an_earlier_day(cli: Cli, known: Known) -> None:
    now = cli("journey", known.child, "--json").json
    days = sorted({line["on"] for line in now["story"]})
    then = cli("journey", known.child, "--as-at", days[0], "--json").json
    assert {line["on"] for line in then["story"]} == {days[0]} < set(days)
    assert len(then["cases"]) < len(now["cases"])


# ---- law 7: what may not be known answers as what is not there ----------------------------------------------------
@pytest.mark.parametrize("json", [[], ["--json"]])
@pytest.mark.parametrize(
    "command",
    [
        ["show", "CASE"], ["show", "CASE", "--as-at", "2024-06-01"], ["why", "CASE"], ["history", "CASE"],
        ["records", "CASE"], ["records", "CASE", "decision"], ["explain-date", "CASE"],
        ["child", "link", "CASE", "kid-2"], ["child", "link", "CASE", "kid-9"], ["workflows", "map", "--case", "CASE"],
        ["export", "bundle", "FILE", "--case", "CASE"],
    ],
)  # fmt: skip
def test_hidden_and_never_existing_answer_alike(
    cli: Cli, known: Known, tmp_path: Path, command: list[str], json: list[str]
) -> None:
    def asked(ref: str) -> Ran:
        words = [{"CASE": ref, "FILE": str(tmp_path / "out.jsonl")}.get(word, word) for word in command]
        ran = cli(*words, "--as", "cat", *json)
        return Ran(ran.status, ran.out.replace(ref, "REF"), ran.err.replace(ref, "REF"))

    # A reference whose check character fits, as the hidden one's does.
    absent = _absent_like(known.hidden)
    hidden = asked(known.hidden)
    assert hidden == asked(absent) and hidden.status == 1
    assert not (tmp_path / "out.jsonl").exists()


def _absent_like(ref: str) -> str:
    import random

    from casereview.reference import new_reference

    prefix, year, _ = ref.split("-")
    return new_reference(prefix, int(year), random.Random(7))


def test_a_hidden_case_is_in_no_list_count_or_search(cli: Cli, known: Known, tmp_path: Path) -> None:
    for command in (
        ["cases"], ["cases", "kept close"], ["cases", known.hidden], ["overdue"], ["overdue", "--unexplained"],
        ["child", "show", "kid-1"], ["journey", "kid-1"], ["cases", "--csv", str(tmp_path / "c.csv")],
        ["overdue", "--csv", str(tmp_path / "o.csv")],
    ):  # fmt: skip
        for json in ([], ["--json"]):
            if "--csv" not in command or not json:
                ran = cli(*command, *json, "--as", "cat")
                assert known.hidden not in ran.out + ran.err and "Kept close" not in ran.out + ran.err, command
    for name in ("c.csv", "o.csv"):
        assert known.hidden not in (tmp_path / name).read_text("utf-8")
    assert "(1)" in cli("overdue", "--unexplained", "--as", "cat").out
    assert "1 to 3 of 3" in cli("cases", "--as", "cat").out


def test_an_unknown_case_is_not_found(cli: Cli) -> None:
    ran = cli("show", ABSENT)
    assert ran.status == 1 and ran.out == "" and ran.err.startswith("error: ") and ran.err.count("\n") == 1


def test_every_standing_has_words_and_a_sign_of_its_own() -> None:
    assert set(STANDING_WORDS) == set(BY_CONCERN)
    assert len({word.sign for word in STANDING_WORDS.values()}) == len(BY_CONCERN)
    assert len({word.words for word in STANDING_WORDS.values()}) == len(BY_CONCERN)
    assert all(len(word.sign) == 1 and word.sign.isascii() for word in STANDING_WORDS.values())
