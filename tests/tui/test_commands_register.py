"""Lists in words, saved views, the whole story, caseloads handed over and cases marked as seen, on the command line."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from casereview.service.reading import history
from tests.tui.conftest import ABSENT, Known, Ran
from tui.start import Settings, open_desk

Cli = Callable[..., Ran]
WORDS = {"justified": "overdue:justified", "unexplained": "overdue:unexplained", "of-concern": "overdue:of-concern"}


def refs(ran: Ran) -> set[str]:
    assert ran.status == 0, ran.err
    return {row["case"] for row in ran.json}


def names(known: Known, found: set[str]) -> set[str]:
    return {name for name in ("justified", "unexplained", "on_course", "hidden") if getattr(known, name) in found}


def journal(store: Path, ref: str, kind: str) -> list[str]:
    desk = open_desk(Settings(store=str(store), today="2024-09-02"))
    return [line.says for line in history(desk, ref) if line.kind == kind]


# ---- lists in words -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("flag", WORDS)
def test_a_flag_means_what_its_words_mean(cli: Cli, flag: str) -> None:
    assert cli("overdue", f"--{flag}", "--json").out == cli("overdue", WORDS[flag], "--json").out


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (["overdue:justified beyond>10 stage:accepted team:north"], {"justified"}),
        (["overdue:justified", "beyond>39"], {"justified"}),
        (["beyond>40"], set()),
        (["beyond:40"], {"justified"}),
        (["not overdue:justified"], {"unexplained", "hidden"}),
        (["restricted"], {"hidden"}),
        (["told:no"], {"unexplained", "hidden"}),
        (["promised<2024-09-11"], {"justified"}),
        (["look-again<19d reason:hist class:can-justify"], {"justified"}),
        (["standing:on-course"], {"unexplained", "on_course", "hidden"}),  # the child to be seen
        (["standing:any opened>2024-07"], {"on_course"}),
        (["worker:ben no-reason"], {"unexplained", "hidden"}),
        (["my-teams two homes"], {"justified"}),
        (["mine"], set()),
        (["child:kid-1 -restricted"], {"justified"}),
        (["kind:assessment workflow:single-assessment-2013 working-days>=83"], {"justified", "unexplained", "hidden"}),
    ],
)
def test_the_register_is_narrowed_in_words(cli: Cli, known: Known, query: list[str], found: set[str]) -> None:
    assert names(known, refs(cli("overdue", *query, "--json"))) == found


def test_cases_are_narrowed_in_the_same_words(cli: Cli, known: Known) -> None:
    assert names(known, refs(cli("cases", "overdue told:no", "--json"))) == {"unexplained", "hidden"}
    assert names(known, refs(cli("cases", "not overdue", "--json"))) == {"on_course"}
    assert names(known, refs(cli("cases", "beyond>0", "--standing", "longer-justified", "--json"))) == {"justified"}
    assert names(known, refs(cli("cases", "overdue", "--standing", "on-course", "--json"))) == set()
    by_beyond = [row["case"] for row in cli("cases", "sort:beyond open", "--json").json]
    assert by_beyond[0] == known.justified and by_beyond[-1] == known.on_course


def test_a_mistake_is_one_line_the_words_and_a_mark_under_the_place(cli: Cli) -> None:
    for command in ("overdue", "cases"):
        ran = cli(command, "mine team:nroth")
        assert ran.status == 2 and ran.out == ""
        first, words, caret = ran.err.splitlines()
        assert first == "error: the query: there is no team 'nroth'. Did you mean north?"
        assert words == "  mine team:nroth" and caret == "  " + " " * 10 + "^"
    error = cli("overdue", "beyond>ten", "--json")
    assert error.status == 2 and error.error["position"] == 7 and error.error["query"] == "beyond>ten"
    dashed = cli("overdue", "-mine")
    assert dashed.status == 2 and "write: not TERM" in dashed.err
    assert "no headings" in cli("cases", "group:team").err


def test_the_words_are_explained(cli: Cli) -> None:
    page = cli("queries").out
    assert "look-again<7d" in page and "of-concern" in page
    terms = {row["term"]: row for row in cli("queries", "--json").json}
    assert terms["told"]["values"] == ["yes", "no", "excepted"]


def test_under_headings_with_how_many(cli: Cli, known: Known) -> None:
    found = cli("overdue", "group:reason", "--json").json
    counts = [(one["group"], one["count"]) for one in found["groups"]]
    assert counts == [("HIST", 1), (None, 2)]
    assert found["groups"][0]["title"].startswith("HIST  Reading the history")
    assert [row["group"] for row in found["rows"]] == ["HIST", None, None]
    page = cli("overdue", "group:worker").out
    assert "Ben Lee (3)" in page and "= longer, justified" in page
    assert "no reason given (2)" in cli("overdue", "group:reason").out
    outside = cli("overdue", "group:worker", "--json", "--as", "cat").json
    assert [(one["group"], one["count"]) for one in outside["groups"]] == [("ben", 2)]


def test_every_row_goes_into_the_spreadsheet_in_the_order_asked_for(cli: Cli, known: Known, tmp_path: Path) -> None:
    target = tmp_path / "rows.csv"
    assert cli("overdue", "sort:opened", "--limit", "1", "--csv", str(target)).status == 0
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = [row["case"] for row in csv.DictReader(file)]
    assert rows == [known.justified, known.unexplained, known.hidden]


def test_the_register_as_it_was(cli: Cli, known: Known) -> None:
    before = cli("overdue", "--as-at", "2024-08-20", "--json")
    assert {row["case"]: row["standing"] for row in before.json}[known.justified] == "longer_unexplained"
    assert refs(cli("overdue", "reason:HIST", "--as-at", "2024-08-28", "--json")) == {known.justified}
    assert refs(cli("overdue", "reason:HIST", "--as-at", "2024-08-26", "--json")) == set()
    assert refs(cli("cases", "opened<=2024-05-01", "--as-at", "2024-05-01", "--json")) == {known.justified}


# ---- the whole story ----------------------------------------------------------------------------------------------
def test_the_whole_story_of_a_row_in_one_place(cli: Cli, known: Known) -> None:
    assert cli("waiting", known.justified, "--on", "the clinic", "--for", "a letter").status == 0
    assert cli("mark-seen", known.justified, "--note", "Talked it through", "--yes").status == 0
    page = cli("overdue", "overdue:justified", "--story").out
    for words in (
        "standing: longer, justified", "time: ", "40 beyond", "why: Reading the history", "Ben Lee on 2024-08-27",
        "in their words: The history of three places", "effect on the child: She has to wait",
        "manager: agreed, Ada Okafor on 2024-08-27, look again on 2024-09-20", "manager's words: Worth the wait",
        "family: Mother: told delay explained on 2024-08-28; news promised by 2024-09-10",
        "waiting: on the clinic for a letter", "child seen: last on 2024-08-28", "last done: ",
        "last looked at: Ada Okafor on 2024-09-02: Talked it through",
    ):  # fmt: skip
        assert words in page, words
    alone = cli("show", known.justified, "--story").out
    assert [line.strip() for line in alone.splitlines()[1:]] == [
        line.strip() for line in page.splitlines() if line.startswith("    ")
    ]
    row = next(row for row in cli("overdue", "overdue:justified", "--story", "--json").json)
    assert cli("show", known.justified, "--story", "--json").json["story"] == row["story"]
    assert {"about": "manager's words", "says": "Worth the wait", "missing": False} in row["story"]
    assert any(line["about"] == "why" and line["missing"] for line in
               cli("overdue", "overdue:unexplained -restricted", "--story", "--json").json[0]["story"])  # fmt: skip


# ---- saved views ---------------------------------------------------------------------------------------------------
def test_a_view_is_saved_used_replaced_and_taken_off(cli: Cli, known: Known) -> None:
    assert cli("view", "save", "Long ones", "beyond>10 group:worker").status == 0
    assert cli("overdue", "--view", "LONG ones", "--json").json["groups"][0]["count"] == 3
    narrowed = cli("overdue", "overdue:justified", "--view", "long ones", "--json").json
    assert [row["case"] for row in narrowed["rows"]] == [known.justified]
    assert "3 rows for you today" in cli("view", "show", "long ones").out
    assert cli("view", "save", "long ONES", "told:no").status == 0  # one's own name once, however it is written
    own = [row for row in cli("view", "list", "--json").json if row["whose"] == "own"]
    assert [(row["name"], row["query"]) for row in own] == [("long ONES", "told:no")]
    assert cli("view", "remove", "Long ones").status == 0
    gone = cli("overdue", "--view", "long ones")
    assert gone.status == 1 and "there is no saved view 'long ones'" in gone.err


def test_the_views_go_into_a_sheet(cli: Cli, tmp_path: Path) -> None:
    assert cli("view", "save", "Mine", "mine", "--list", "cases").status == 0
    made = tmp_path / "views.csv"
    listed = cli("view", "list", "--list", "cases", "--json").json
    assert cli("view", "list", "--list", "cases", "--csv", str(made), "--json").json["rows"] == len(listed)
    with made.open(encoding="utf-8-sig", newline="") as file:
        found = [(row["name"], row["whose"], row["query"]) for row in csv.DictReader(file)]
    assert found == [(one["name"], one["whose"], one["query"]) for one in listed] and ("Mine", "own", "mine") in found


def test_what_comes_with_casereview_can_be_asked_and_stays(cli: Cli) -> None:
    for row in cli("view", "list", "--json").json:
        assert row["whose"] == "shipped"
        command = "cases" if row["list"] == "cases" else "overdue"
        assert cli(command, "--view", row["name"]).status == 0, row
    assert cli("view", "remove", "Family not told").status == 1
    assert cli("view", "save", "Mine", "mine", "--list", "cases").status == 0
    assert cli("overdue", "--view", "Mine").status == 1, "it is a view of the other list"


def test_a_shared_view_shares_what_is_asked_and_never_what_is_listed(cli: Cli, known: Known) -> None:
    assert cli("view", "save", "Watched", "child:kid-1", "--shared").status == 0
    assert refs(cli("overdue", "--view", "watched", "--json")) == {known.justified, known.hidden}
    assert refs(cli("overdue", "--view", "watched", "--json", "--as", "cat")) == {known.justified}
    assert "1 row for you today" in cli("view", "show", "watched", "--as", "cat").out
    assert cli("view", "save", "Private", "restricted").status == 0
    listed = {row["name"] for row in cli("view", "list", "--json", "--as", "cat").json}
    assert "Watched" in listed and "Private" not in listed
    assert cli("overdue", "--view", "private", "--as", "cat").status == 1


def test_a_shared_view_is_changed_by_whoever_shared_it_or_keeps_the_registry(cli: Cli) -> None:
    assert cli("view", "save", "Bens", "mine", "--shared", "--as", "ben").status == 0
    refused = cli("view", "save", "bens", "told:no", "--shared", "--as", "cat")
    assert refused.status == 1 and "Ben Lee's shared view" in refused.err
    assert cli("view", "remove", "bens", "--as", "cat").status == 1
    assert cli("view", "save", "bens", "told:no", "--as", "cat").status == 0  # one's own of the same name
    assert cli("view", "show", "bens", "--as", "cat", "--json").json["query"] == "told:no"
    assert cli("people", "left", "ben").status == 0
    row = next(row for row in cli("view", "list", "--json").json if row["name"] == "Bens")
    assert row["left"] and "who has left" in cli("view", "list").out
    assert cli("view", "remove", "bens").status == 0, "a keeper takes it off"


@pytest.mark.parametrize("query", ["team:nroth", "beyond>>1", '"'])
def test_a_view_that_cannot_be_asked_is_not_saved(cli: Cli, query: str) -> None:
    before = cli("view", "list", "--json").out
    ran = cli("view", "save", "Wrong", query)
    assert ran.status == 2 and ran.err.splitlines()[2].strip() == "^"
    assert cli("view", "list", "--json").out == before


# ---- many at once ----------------------------------------------------------------------------------------------------
def test_a_caseload_is_handed_over_case_by_case(cli: Cli, known: Known, store: Path) -> None:
    looked = cli("reassign", "--from", "ben", "--to", "cat", "--note", "Ben moves teams", "--preview", "--json")
    assert (looked.json["would"], looked.json["refused"]) == (3, 1)
    assert journal(store, known.justified, "assigned") == [], "nothing is written by looking"
    ran = cli("reassign", "--from", "ben", "--to", "cat", "--note", "Ben moves teams", "--yes", "--json")
    assert ran.status == 1, "one was refused"
    results = {row["case"]: (row["result"], row["says"]) for row in ran.json["rows"]}
    assert results[known.hidden][0] == "refused" and "not among the people who may know" in results[known.hidden][1]
    assert {results[ref][0] for ref in (known.justified, known.unexplained, known.on_course)} == {"done"}
    assert len(journal(store, known.justified, "assigned")) == 1
    mine = refs(cli("cases", "mine open", "--json", "--as", "cat"))
    assert mine == {known.justified, known.unexplained, known.on_course}
    assert refs(cli("cases", "worker:ben open", "--json")) == {known.hidden}


def test_only_what_a_query_leaves_is_handed_over_and_never_unseen(cli: Cli, known: Known) -> None:
    ran = cli("reassign", "overdue:justified", "--from", "ben", "--to", "mia", "--note", "Cover", "--yes")
    assert ran.status == 0 and known.justified in ran.out and known.unexplained not in ran.out
    outsider = cli("reassign", "--from", "ben", "--to", "cat", "--note", "x", "--preview", "--json", "--as", "cat")
    assert known.hidden not in outsider.out and outsider.json["would"] == 0
    asked = cli("reassign", "--from", "ben", "--to", "cat", "--note", "x")
    assert asked.status == 2 and "--yes" in asked.err and "would happen" in asked.err
    assert cli("reassign", "--from", "ben", "--to", "cat", "--note", " ", "--yes").status == 2
    assert cli("reassign", "nothing-like-it", "--from", "ben", "--to", "cat", "--note", "x", "--yes").status == 1


def test_cases_are_marked_as_seen_by_whoever_oversees_them(cli: Cli, known: Known, store: Path) -> None:
    standing = {row["case"]: row["standing"] for row in cli("overdue", "--json").json}
    ran = cli("mark-seen", "overdue", "--note", "Looked on Monday", "--yes", "--json")
    assert ran.status == 0 and ran.json["done"] == 3
    assert len(journal(store, known.unexplained, "looked-at")) == 1
    assert {row["case"]: row["standing"] for row in cli("overdue", "--json").json} == standing, "it justifies nothing"
    by_ref = cli("mark-seen", known.on_course.lower(), ABSENT, "--yes", "--json")
    assert by_ref.status == 1 and [row["result"] for row in by_ref.json["rows"]] == ["done", "refused"]
    not_theirs = cli("mark-seen", known.justified, known.hidden, "--yes", "--json", "--as", "ben")
    assert not_theirs.status == 1 and {row["result"] for row in not_theirs.json["rows"]} == {"refused"}
    absent = next(row for row in by_ref.json["rows"] if row["case"] == ABSENT)
    outside = cli("mark-seen", known.hidden, "--yes", "--json", "--as", "cat").json["rows"][0]
    assert outside["says"] == absent["says"].replace(ABSENT, known.hidden) and outside["title"] == ""


def test_there_is_no_way_to_justify_many_at_once(cli: Cli) -> None:
    for command in ("answer", "reason", "agree-date"):
        usage = cli(command, "--help").out.split("\n")[0]
        assert "CASE" in usage and "..." not in usage and "QUERY" not in usage
