"""Papers on the command line and on the screens: the same paper in both, and every refusal in a sentence."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from casereview.service.reports_papers import judge_help, judgements, recipients, sent, set_recipient
from casereview.service.whole import read_anchors
from tests.tui.conftest import TODAY, Known, Ran
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import AMIRA, CLEO
from tests.tui.screens.playing import Player, play
from tests.tui.screens.test_office import fill, office
from tui.screens.office import open_entry
from tui.screens.office_menu import entry_named
from tui.screens.page import Page

Cli = Callable[..., Ran]


# ---- the command line ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("form", "begins"), [("md", b"# "), ("html", b"<!DOCTYPE"), ("docx", b"PK"), ("pdf", b"%PDF")])
def test_the_board_pack_in_every_form(cli: Cli, known: Known, tmp_path: Path, form: str, begins: bytes) -> None:
    out = tmp_path / f"pack.{form}"
    ran = cli("report", "oversight", "--out", str(out), "--as", "mia")
    assert ran.status == 0 and str(out) in ran.out and "keep it as safe as the store" in ran.out
    assert out.read_bytes().startswith(begins)
    again = cli("report", "oversight", "--out", str(out), "--as", "mia")
    assert again.status == 2 and "there is a file already" in again.err and again.err.count("\n") == 1
    before = out.read_bytes()
    assert cli("report", "oversight", "--out", str(out), "--replace", "--as", "mia").status == 0
    assert out.read_bytes() == before, "the same store gives the same bytes"


def test_what_the_pack_holds_and_what_it_does_not(cli: Cli, known: Known, tmp_path: Path) -> None:
    out = tmp_path / "pack.md"
    ran = cli("report", "oversight", "--out", str(out), "--team", "North team", "--json", "--as", "mia")
    assert ran.json["as_at"] == TODAY and ran.json["file"] == str(out)
    text = out.read_text("utf-8").replace("\\", "")
    assert known.justified in text and known.unexplained in text and known.hidden not in text
    assert "She has to wait to be settled." in text and "Worth the wait" in text and "Mother" not in text
    assert "Two homes" not in text, "titles may name somebody"
    anchor = tmp_path / "pack.md"
    assert [head.hash for head in read_anchors(anchor.read_text("utf-8"), "pack")] == [ran.json["head"]]
    assert cli("verify", "--anchor", str(anchor)).status == 0
    out.unlink()
    cli("report", "oversight", "--out", str(out), "--figures-only", "--as", "mia")
    text = out.read_text("utf-8")
    assert known.justified not in text and known.unexplained not in text


def test_as_of_an_earlier_day(cli: Cli, known: Known, tmp_path: Path) -> None:
    out = tmp_path / "then.md"
    assert cli("report", "oversight", "--out", str(out), "--as-at", "2024-06-03").status == 0
    text = out.read_text("utf-8").replace("\\", "")
    assert "the end of 3 June 2024" in text and "longer, unexplained" not in text.partition("Questions")[0]


def test_the_annual_report_is_written_sent_and_listed(cli: Cli, known: Known, tmp_path: Path) -> None:
    out = tmp_path / "annual.pdf"
    assert "Chief Executive" in cli("report", "recipients").out
    unknown = cli("report", "annual", "--year", "2024", "--out", str(out), "--to", "Jo Bloggs")
    assert unknown.status == 1 and "report recipient" in unknown.err and not out.exists()
    assert cli("report", "recipient", "Jo Bloggs", "--post", "Leader of the Council").status == 0
    assert "Nobody has written it" in cli("report", "effectiveness", "--year", "2024").out
    said = cli("report", "effectiveness", "--year", "2024", "--text", "Most children were seen sooner.")
    assert said.status == 0 and "Most children were seen sooner." in said.out
    ran = cli("report", "annual", "--year", "2024", "--out", str(out), "--to", "Jo Bloggs", "--on", "2024-09-01")
    assert ran.status == 0 and "Recorded as sent on 2024-09-01 to Jo Bloggs" in ran.out
    (row,) = cli("report", "sent", "--json").json
    assert (row["name"], row["post"], row["on"]) == ("Jo Bloggs", "Leader of the Council", "2024-09-01")
    assert cli("report", "send", str(out), "--to", "Jo Bloggs", "--paper", "The same again").status == 0
    assert len(cli("report", "sent", "--to", "jo bloggs", "--json").json) == 2
    sheet = tmp_path / "sent.csv"
    assert cli("report", "sent", "--csv", str(sheet)).status == 0
    assert len(list(csv.DictReader(io.StringIO(sheet.read_text("utf-8-sig"))))) == 2
    ben = cli("report", "recipient", "Ben's friend", "--as", "ben")
    assert ben.status == 1 and "takes an office" in ben.err


def test_a_sample_by_reference_and_at_random(cli: Cli, known: Known, tmp_path: Path) -> None:
    one = tmp_path / "one.md"
    cases = f"{known.justified},{known.on_course}"
    assert cli("report", "sample", "--cases", cases, "--reason", "To learn", "--out", str(one)).status == 0
    text = one.read_text("utf-8").replace("\\", "")
    assert known.justified in text and known.on_course in text and "chosen one by one" in text
    for name in ("a", "b"):
        ran = cli("report", "sample", "--random", "2", "--seed", "x", "--reason", "To learn", "--out",
                  str(tmp_path / f"{name}.html"), "--as", "mia")  # fmt: skip
        assert ran.status == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    out = tmp_path / "h.md"
    hidden = cli("report", "sample", "--cases", known.hidden, "--reason", "x", "--out", str(out), "--as", "mia")
    assert hidden.status == 1 and "there is no case" in hidden.err and not out.exists()


@pytest.mark.parametrize(
    ("line", "status", "says"),
    [
        (("oversight", "--out", "x.txt"), 2, "form of the report"),
        (("oversight", "--out", "no-such-folder/x.md"), 2, "no such folder"),
        (("oversight", "--out", "x.md", "--team", "Noth team"), 1, "orth"),
        (("oversight", "--out", "x.md", "--since", "31/2/2024"), 2, "no such day"),
        (("oversight", "--out", "x.md", "--as-at", "2030-01-01"), 2, "has not come yet"),
        (("annual", "--year", "2031", "--out", "x.md"), 2, "not a year"),
        (("sample", "--reason", "x", "--out", "x.md"), 2, "--random N with --seed S"),
        (("sample", "--reason", "x", "--out", "x.md", "--random", "2"), 2, "needs a seed"),
        (("sample", "--reason", " ", "--out", "x.md", "--cases", "SA-2024-77777"), 2, "left empty"),
        (("sample", "--reason", "x", "--out", "x.md", "--random", "2", "--seed", "s", "--only", "opn"), 2, "mean open"),
        (("send", "no-such.pdf", "--to", "Jo"), 2, "cannot be read"),
        (("effectiveness", "--year", "1850"), 2, "not a year"),
        (("recipient", "Nobody", "--gone"), 1, "receives papers"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: tuple[str, ...], status: int, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(one.name for one in tmp_path.iterdir())
    ran = cli("report", *line)
    assert ran.status == status and says in ran.err and ran.err.strip().count("\n") == 0, ran
    assert sorted(one.name for one in tmp_path.iterdir()) == before


# ---- the screens -----------------------------------------------------------------------------------------------------
async def go(p: Player, name: str) -> None:
    """Straight to a line of the oversight page, without the way down to it."""
    assert isinstance(p.app.screen, Page)
    open_entry(p.app.screen, entry_named(name))
    await p.settle()


def test_a_board_pack_is_written_from_the_oversight_page(world: World, tmp_path: Path) -> None:
    out = tmp_path / "pack.docx"

    async def write(p: Player) -> None:
        await office(p, "report-oversight")
        fill(p, file=str(tmp_path / "pack.txt"))
        await p.press("ctrl+s")
        assert "form of the report is not clear" in p.words
        fill(p, file=str(out))
        await p.press("ctrl+s")
        await p.until(lambda text: "It is in" in text)

    play(world.desk(CLEO), write, size=(110, 40))
    assert out.read_bytes().startswith(b"PK")


def test_the_annual_report_and_a_sample_are_written_and_what_was_sent_is_listed(world: World, tmp_path: Path) -> None:
    set_recipient(world.desk(CLEO), "Jo Bloggs", "Leader of the Council")
    judge_help(world.desk(CLEO), 2023, "Children were seen sooner.")

    async def write(p: Player) -> None:
        await go(p, "report-annual")
        fill(p, file=str(tmp_path / "annual.pdf"), year="2023", to="Jo Bloggs")
        await p.press("ctrl+s")
        await p.until(lambda text: "Recorded as sent" in text)
        await p.press("escape")
        await go(p, "sent")
        assert "Annual report 2023–24" in p.text and "Jo Bloggs" in p.text
        await p.press("enter")
        assert "SHA-256" in p.text
        await p.press("escape", "escape")
        await go(p, "report-sample")
        fill(p, file=str(tmp_path / "sample.md"), reason="To learn", random="2", seed="s", cases="")
        await p.press("ctrl+s")
        await p.until(lambda text: "It is in" in text)

    play(world.desk(CLEO), write, size=(110, 50))
    (one,) = sent(world.desk(CLEO))
    assert one.name == "Jo Bloggs" and (tmp_path / "annual.pdf").read_bytes().startswith(b"%PDF")
    assert "To learn" in (tmp_path / "sample.md").read_text("utf-8")


def test_recipients_and_the_help_of_a_year_are_kept_on_the_screens(world: World) -> None:
    async def keep(p: Player) -> None:
        await go(p, "recipients")
        await p.press("n")
        fill(p, name="Jo Bloggs", post="Leader")
        await p.press("ctrl+s")
        assert "Jo Bloggs" in p.text
        await p.press("enter")
        fill(p, post="Leader of the Council")
        await p.press("ctrl+s")
        assert "Leader of the Council" in p.text
        await p.press("escape")
        await go(p, "effectiveness")
        fill(p, year="2023")
        await p.press("ctrl+s")
        fill(p, text="Children say that somebody listened.")
        await p.press("ctrl+s")

    play(world.desk(CLEO), keep, size=(110, 40))
    assert [(one.name, one.post) for one in recipients(world.desk(CLEO))] == [("Jo Bloggs", "Leader of the Council")]
    assert [one.text for one in judgements(world.desk(CLEO), 2023)] == ["Children say that somebody listened."]


def test_without_an_office_nothing_is_kept_and_the_form_says_why(world: World) -> None:
    async def tries(p: Player) -> None:
        await go(p, "recipients")
        await p.press("n")
        fill(p, name="Somebody")
        await p.press("ctrl+s")
        assert "takes an office" in p.words

    play(world.desk(AMIRA), tries, size=(110, 40))
    assert recipients(world.desk(CLEO)) == []


