"""Learning across reviews on the command line: lists, files, refusals in one line, and the same on the screens."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casereview.learning import pack as form
from casereview.simulation.learned import pack as made_up_pack
from tests.tui.conftest import Ran

Cli = Callable[..., Ran]


@pytest.fixture
def sent(tmp_path: Path) -> str:
    path = tmp_path / "came.json"
    path.write_text(form.as_text(made_up_pack()), "utf-8", newline="\n")
    return str(path)


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_the_pool_is_counted_listed_and_written_into_a_file(cli: Cli, sent: str, tmp_path: Path) -> None:
    assert cli("import", "pack", sent).status == 0
    for by in ("pattern", "level", "strength", "year", "board", "effect", "state"):
        text, data = cli("pool", "--by", by), cli("pool", "--by", by, "--json")
        assert (text.status, data.status, data.err) == (0, 0, "") and data.json["by"] == by
        assert "coded" in text.out and data.json["coded"].keys() == {"here", "pack", "published"}
        for row in data.json["rows"]:
            assert all(row[f"{one}_reviews"] <= row[f"{one}_of"] for one in data.json["coded"])
    found = cli("pool", "--findings", "--from", "pack", "--json").json
    assert len(found) == 5 and all(one["board"].startswith("Harrowdale") and one["contact"] for one in found)
    assert cli("pool", "--findings", "--csv", str(tmp_path / "f.csv")).status == 0
    assert len(rows_of(tmp_path / "f.csv")) == 1 + len(cli("pool", "--findings", "--json").json)
    assert cli("pool", "--csv", str(tmp_path / "p.csv")).status == 0
    assert len(rows_of(tmp_path / "p.csv")) == 1 + len(cli("pool", "--json").json["rows"])
    assert cli("pool", "--csv", str(tmp_path / "p.csv")).status == 2


@pytest.mark.parametrize(("arguments", "status", "says"), [
    (("pool", "--by", "leve"), 2, "Did you mean level"), (("pool", "--edition", "2009"), 2, "no edition"),
    (("pool", "--from", "there"), 2, "not here, pack or published"),
    (("pool", "--level", "national"), 2, "counted over whole reviews"), (("similar", "X#1"), 1, "no finding 'X#1'"),
    (("pattern", "show", "X#1"), 1, "no finding"),
    (("pattern", "link", "a#1", "b#1", "--reason", "x"), 1, "no finding"),
    (("pack", "show", "abc"), 1, "there is no pack"), (("import", "pack", "/none.json"), 2, "no such file"),
    (("recommendation", "show", "RC-2024-77777"), 1, "RC-2024-77777"),
    (("recommendation", "import", "/none.toml"), 2, "cannot be read"),
    (("report", "position", "--out", "x.txt"), 2, "form of the report"),
])  # fmt: skip
def test_what_cannot_be_is_said_in_one_line(cli: Cli, arguments: tuple[str, ...], status: int, says: str) -> None:
    done = cli(*arguments)
    assert done.status == status and says in done.err and len(done.err.strip().splitlines()) <= 2, done.err


def test_similar_findings_come_with_their_words_and_can_be_linked_and_unlinked(cli: Cli, sent: str) -> None:
    cli("import", "pack", sent)
    keys = [one["finding"] for one in cli("pool", "--findings", "--from", "pack", "--json").json]
    for key in keys:
        for one in cli("similar", key, "--json").json["similar"]:
            assert abs(one["similarity"] - sum(word["adds"] for word in one["shared"])) < 0.01
    one, other = keys[0], "wiltshire-family-m#2"
    assert cli("pattern", "link", one, other, "--reason", "Both lack a place for it").status == 0
    assert cli("pattern", "list", "--json").json[0]["both"] == sorted([one, other])
    assert other in cli("pattern", "show", one).out
    assert cli("pattern", "unlink", one, other, "--reason", "Read again").status == 0
    assert cli("pattern", "list").out.startswith("No findings are linked")
    assert len(cli("pattern", "table", "--json").json["beside"]) == 6


def test_a_pack_is_tried_kept_shown_and_taken_out(cli: Cli, sent: str) -> None:
    assert cli("import", "pack", sent, "--dry-run", "--json").json["dry_run"] is True
    assert cli("pack", "list").out.startswith("No pack of another board")
    key = cli("import", "pack", sent, "--json").json["pack"]
    assert "already" in cli("import", "pack", sent).out and cli("pack", "show", key).out.count("#") >= 5
    assert cli("pack", "show", key, "--json").json["content"] == made_up_pack()
    assert cli("pack", "remove", key, "--reason", "A newer one came").status == 0
    assert cli("pack", "list", "--json").json == []


def test_nothing_of_a_pack_that_is_refused_is_written(cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    who = ("--board", "B", "--contact", "Office, 01632")
    refused = cli("export", "pack", str(target), "--cases", "LT-2024-77777", *who)
    assert refused.status == 1 and not target.exists()


def test_the_fifteen_are_read_in_listed_and_reported(cli: Cli, tmp_path: Path) -> None:
    assert cli("recommendations").out.startswith("No recommendation is followed here")
    assert len(cli("recommendation", "example", "--dry-run", "--json").json["opened"]) == 16
    assert len(cli("recommendation", "example", "--json").json["opened"]) == 16
    listed = cli("recommendations", "--json").json
    assert len(listed) == 16 and [one["number"] for one in listed][:3] == ["1", "2", "3"]
    assert len(cli("recommendations", "--slipped", "--json").json) == 3
    then = {one["number"]: one for one in cli("recommendations", "--said-by", "2012-05-22", "--json").json}
    assert then["3"]["national"] is None and "no national position is recorded" in then["3"]["gaps"]
    assert cli("recommendations", "--csv", str(tmp_path / "r.csv")).status == 0
    assert len(rows_of(tmp_path / "r.csv")) == 17
    page = cli("recommendation", "show", listed[0]["recommendation"]).out
    for words in ("Nationally", "Locally", "March or April 2013", "What is not known"):
        assert words in page
    for form_ in (".md", ".html", ".docx", ".pdf"):
        done = cli("report", "position", "--out", str(tmp_path / f"paper{form_}"), "--json")
        assert done.status == 0 and done.json["title"] == "Position on recommendations"
    assert "December 2011" in (tmp_path / "paper.md").read_text("utf-8")


def test_the_printed_example_can_be_changed_and_read_in(cli: Cli, tmp_path: Path) -> None:
    text = cli("recommendation", "example", "--print").out
    path = tmp_path / "ours.toml"
    path.write_text(text.replace('key       = "munro"', 'key       = "ours"', 1), "utf-8")
    assert len(cli("recommendation", "import", str(path), "--json").json["opened"]) == 16
    assert cli("recommendation", "import", str(path), "--json").json["known"] == 16


def test_a_hostile_pack_never_drives_the_terminal(cli: Cli, tmp_path: Path) -> None:
    """Brackets, formulas and emoji are words: shown as they are, and as text in a file."""
    pack: dict[str, Any] = json.loads(form.as_text(made_up_pack()))
    words = "=1+1 [sic] [x] 🙂 @SUM(A1) under < 5 and > 3"
    next(one for one in pack["reviews"] if one["findings"])["findings"][0]["statement"] = words
    pack["hash"] = form.hash_of(pack)
    path = tmp_path / "odd.json"
    path.write_text(form.as_text(pack), "utf-8", newline="\n")
    assert cli("import", "pack", str(path)).status == 0
    assert words in cli("pool", "--findings").out
    assert cli("pool", "--findings", "--csv", str(tmp_path / "odd.csv")).status == 0
    assert f"'{words}" in [cell for row in rows_of(tmp_path / "odd.csv") for cell in row]


def test_lists_over_reviews_are_put_in_order_by_a_column_and_say_what_is_not_there(cli: Cli, sent: str) -> None:
    rows = cli("pool", "--findings", "--sort", "-statement", "--json").json
    said = [row["statement"].casefold() for row in rows]
    assert said == sorted(said, reverse=True) and len(set(said)) > 1
    assert "no column of this list" in cli("pool", "--findings", "--sort", "colour").err
    assert "goes with --findings" in cli("pool", "--sort", "year").err
    cli("recommendation", "example")
    by_gaps = cli("recommendations", "--sort", "-gaps", "--json").json
    assert len(by_gaps[0]["gaps"]) == max(len(row["gaps"]) for row in by_gaps)
    assert "like that" in cli("recommendations", "--set", "nowhere").out
