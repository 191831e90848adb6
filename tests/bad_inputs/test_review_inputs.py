"""What people paste into a review: kept as it is cleaned, shown harmlessly in views, lists and papers, or refused."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree

from casereview.events import REGISTRY, Event, Happening, OfficeSet, PersonSet, TeamSet
from casereview.service.desk import Desk
from casereview.sheets import cell
from casereview.testing import FixedClock
from casereview.text import TEXT_LIMIT, clean
from storage import open_store
from tests.bad_inputs.bed import UNSAFE, one_clear_line
from tests.journeys.program import Program, Ran
from tests.stateful.solver import Team
from tests.stories import CATALOGUE, CHI, CHO, MO, OFFICES, SAM, START, WREN
from tests.tui.screens.playing import Player, Scenario, play
from tests.tui.screens.test_acts import fill, form
from tui.screens.review_rows import add_in
from tui.screens.workbench import open_tool
from tui.screens.workbench_menu import TOOLS
from workflows.definition import Field

# All of it in one text: formula, markup, a terminal's controls, a turned name, emoji, tags, cells of a table.
NASTY = (
    "=SUM(A1) [red]red[/red] [/] [@click=app.quit]x[/] \x1b[2J\x1b]0;t\x07 \x9b2J abc\u202egpj.exe \N{FAMILY}\u200d"
    "\N{GIRL} \u05d0\u05d1 <script>alert(1)</script> <img src=x onerror=y> | `code` # not a heading\x00"
)
KEPT = clean(NASTY)
SEVERAL = f"{NASTY}\r\n+1 [b]second[/b] line\n@SUM(A1)"
LONG = f"{SEVERAL}\x85-1"
WORDS_KEPT = clean(LONG, one_line=False)
HUGE = "“What was said.” " * (2_000_000 // 20)  # over two million bytes
FORMULA = re.compile(r"[=+\-@\t\r]")


class Nasty(Team):
    """A team that writes the worst of it into every question."""

    def value(self, field: Field) -> Any:
        return {"line": NASTY, "long": LONG, "lines": [NASTY, LONG]}.get(field.type) or super().value(field)


@dataclass
class Review:
    """A review on disk in which every kind of record says it, as it stands before its publication."""

    program: Program
    path: Path
    ref: str

    def run(self, *line: str, person: str = CHO) -> Ran:
        typed = [self.ref if word == "REF" else word for word in line]
        ran = self.program.run("--store", str(self.path), "--as", person, "--today", START.isoformat(), *typed)
        assert "Traceback" not in ran.err and "something unexpected" not in ran.err, ran.err
        assert not UNSAFE.search(ran.out + ran.err), (line, UNSAFE.findall(ran.out + ran.err))
        return ran

    def shown(self, *line: str) -> str:
        ran = self.run(*line)
        assert ran.status == 0, (line, ran.err)
        return ran.out

    def numbers(self, kind: str) -> list[int]:
        rows = self.run("records", "REF", kind, "--json").json
        return sorted(int(row["number"]) for row in rows if not row.get("withdrawn"))

    def file(self, content: str | bytes, name: str = "given.txt") -> str:
        path = self.path.parent / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return str(path)


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Review]:
    path = tmp_path_factory.mktemp("nasty") / "review.db"
    store = open_store(str(path), create=True, practice=True, clock=FixedClock(START))
    facts: list[Event] = [TeamSet("north", "North team")]
    facts += [PersonSet(person, person.title()) for person in (CHO, CHI, MO, SAM, WREN, "ada", "dot", "max")]
    facts += [OfficeSet(p, office, "north" if office == "manager" else "", START) for p, office in OFFICES.items()]
    with store.write() as work:
        work.append(REGISTRY, 0, [Happening(fact, START) for fact in facts], actor=MO, at=FixedClock(START).now())
    team = Nasty("learning-together", store=store, worker=None, title=NASTY)
    for stage in ("data-gathering", "follow-on-2", "learning"):
        team.reach(stage)
    for kind in team.definition.records:
        team.record(kind)
    for whose in (f"{NASTY} one", f"{NASTY} two"):
        team.record("perspective", {"whose": whose, "participant": ""})
    store.close()
    with Program(path) as program:
        yield Review(program, path, team.ref)


# ---- kept and shown ---------------------------------------------------------------------------------------------
def test_every_text_is_kept_as_it_is_cleaned(review: Review) -> None:
    definition = CATALOGUE.find("learning-together")
    rows = review.run("records", "REF", "--limit", "1000", "--json").json
    assert len(rows) > 40
    seen = set()
    for row in rows:
        for name, value in row["values"].items():
            field = definition.records[row["kind"]].fields[name]
            seen.add(field.type)
            if field.type == "line":
                assert value in (KEPT, f"{KEPT} one", f"{KEPT} two")
            elif field.type == "long":
                assert value == WORDS_KEPT
            elif field.type == "lines":
                assert value == [KEPT, clean(LONG)]
    assert {"line", "long", "lines"} <= seen


LOOKING = (
    ("show", "REF"), ("why", "REF"), ("history", "REF"), ("records", "REF"), ("cases",), ("story", "REF"),
    ("timeline", "REF"), ("episodes", "REF"), ("findings", "REF"), ("prompts", "REF", "--all"), ("markers", "REF"),
    ("commissioning", "REF"), ("agencies", "REF"), ("agencies", "REF", "--chase"), ("conversations", "REF"),
    ("meetings", "REF"), ("comments", "REF"), ("processes", "REF"), ("publication", "REF"), ("scan", "REF"),
    ("identity", "list", "REF"), ("reads", "REF"), ("actions",), ("pool",), ("tunnel", "REF"), ("overdue",),
    ("tunnel", "REF", "--as-seen-by", f"{KEPT} one", "--on", START.isoformat()),
    ("side-by-side", "REF", f"{KEPT} one", f"{KEPT} two"),
)  # fmt: skip


@pytest.mark.parametrize("line", LOOKING, ids=lambda line: line[0])
def test_no_view_drives_the_terminal(review: Review, line: tuple[str, ...]) -> None:
    assert review.shown(*line)
    assert json.loads(review.shown(*line, "--json")) is not None


def test_one_record_in_full_is_what_was_written(review: Review) -> None:
    pages = {"key-practice-episode": "episodes", "finding": "finding", "conversation": "conversation"}
    for kind, command in pages.items():
        number = str(review.numbers(kind)[0])
        assert "[red]red[/red]" in review.shown(command, "REF", number)
        assert "[red]red[/red]" in review.shown("versions", "REF", number)


@pytest.mark.parametrize("line", [("findings", "REF"), ("prompts", "REF", "--all"), ("agencies", "REF"), ("actions",)])
def test_no_cell_of_a_list_is_a_formula(review: Review, line: tuple[str, ...], tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    review.shown(*line, "--csv", str(target))
    text = target.read_text("utf-8-sig")
    assert not UNSAFE.search(text.replace("\r\n", "\n"))
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) > 1
    for value in (value for row in rows for value in row):
        assert not FORMULA.match(value) and cell(value) == value, value


# ---- papers -----------------------------------------------------------------------------------------------------
class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, [name for name, _ in attrs]))


@pytest.mark.parametrize("paper", ["review", "brief", "response", "chase", "agenda"])
def test_papers_hold_it_as_text(review: Review, paper: str, tmp_path: Path) -> None:
    which = ["--meeting", "analysis"] if paper == "agenda" else []
    paths = {ending: tmp_path / f"paper.{ending}" for ending in ("md", "html", "docx", "pdf")}
    for path in paths.values():
        review.shown("report", paper, "REF", *which, "--out", str(path))
    page = Elements()
    page.feed(paths["html"].read_text("utf-8"))
    assert not [tag for tag, names in page.found if tag in ("script", "img") or any(n.startswith("on") for n in names)]
    plain = paths["md"].read_text("utf-8")
    assert not re.search(r"(?<!\\)<(script|img)", plain) and not UNSAFE.search(plain)
    with zipfile.ZipFile(paths["docx"]) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(package.read(name))
        words = "".join(ElementTree.fromstring(package.read("word/document.xml")).itertext())
    assert not UNSAFE.search(words) and "[red]" in words
    assert paths["pdf"].read_bytes().startswith(b"%PDF")


# ---- too much, and what is not what it says ---------------------------------------------------------------------
@pytest.mark.parametrize("person", [CHO])
def test_two_megabytes_are_refused_and_nothing_is_written(review: Review, person: str) -> None:
    huge, number = review.file(HUGE), str(review.numbers("finding")[0])
    form = review.file(f"[learning] {HUGE}\n[for_whom] all\n", "form.txt")
    before = review.path.read_bytes()
    for line in (
        ("record", "REF", "additional-learning", f"learning=@{huge}", "for_whom=all"),
        ("record", "REF", "additional-learning", "--from", form),
        ("correct", "REF", number, f"summary=@{huge}", "--reason", "x"),
        ("correct", "REF", number, "summary=x", "--reason", f"@{huge}"),
        ("prompts", "REF", "--silence", "no-supervision", "--reason", f"@{huge}"),
    ):
        one_clear_line(review.run(*line, person=person), 2, f"{TEXT_LIMIT}")
    assert review.path.read_bytes() == before


def test_two_megabytes_are_looked_through(review: Review) -> None:
    ran = review.run("scan", "REF", "--file", review.file(HUGE, "long.md"))
    assert ran.status == 0


NOT_DOCUMENTS = {
    "picture.docx": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "empty.docx": b"",
    "page.docx": b"<html><body>x</body></html>",
    "latin.md": b"caf\xe9",
    "report.pdf": b"%PDF-1.7",
    "report.png": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("name", NOT_DOCUMENTS)
def test_what_is_not_a_document_is_refused(review: Review, name: str) -> None:
    one_clear_line(review.run("scan", "REF", "--file", review.file(NOT_DOCUMENTS[name], name)), 2, name)


def test_a_form_that_says_something_else_is_refused_with_its_line(review: Review) -> None:
    for text, says in (
        ("words before any field\n", "line 1"), ("[learning] x\n[red] y\n", "line 2"),
        ("[learning] x\n[learning] y\n", "twice"), ("# nothing\n", "nothing is filled in"),
        (f"[learning] {NASTY}\n[{NASTY}]\n[no] x\n", "line 3"), (b"[learning] caf\xe9", "UTF-8"),
    ):
        form = review.file(text, "form.txt")
        one_clear_line(review.run("record", "REF", "additional-learning", "--from", form), 2, says)


def test_of_several_in_a_form_none_is_written_where_one_is_refused(review: Review) -> None:
    before = review.numbers("additional-learning")
    form = review.file("[learning] a\n[for_whom] all\n====\n[learning] b\n", "form.txt")
    ran = review.run("record", "REF", "additional-learning", "--from", form)
    assert ran.status == 1 and "In record 2 of 2" in ran.err and "for_whom" in ran.err
    assert review.numbers("additional-learning") == before


def test_a_form_is_filled_in_and_read_back_as_it_stands(review: Review) -> None:
    blank = review.shown("record", "REF", "limitations", "--form")
    filled = re.sub(r"^\[(\w+)\]$", rf"[\1] {LONG}", blank, flags=re.MULTILINE)
    done = review.run("record", "REF", "limitations", "--from", review.file(filled, "form.txt"), "--json").json
    row = next(r for r in review.run("records", "REF", "limitations", "--json").json if r["number"] == done["record"])
    assert set(row["values"].values()) == {WORDS_KEPT}


# ---- on screen --------------------------------------------------------------------------------------------------
def on_screen(review: Review, scenario: Scenario) -> None:
    store = open_store(str(review.path), clock=FixedClock(START))
    play(Desk(store, FixedClock(START), CATALOGUE, CHO), scenario, size=(120, 40))
    store.close()


def test_every_view_of_the_workbench_shows_it_as_it_stands(review: Review) -> None:
    async def look(player: Player) -> None:
        player.app.open_case(review.ref)
        await player.settle()
        for tool in TOOLS:
            open_tool(player.app.screen, tool, review.ref)  # type: ignore[arg-type]
            await player.settle()
            assert not UNSAFE.search(player.text), tool.name
            await player.press("enter")
            assert not UNSAFE.search(player.text), tool.name
            while len(player.app.screen_stack) > 2:
                player.app.pop_screen()
                await player.settle()

    on_screen(review, look)


def test_a_paste_into_a_form_is_kept_or_refused_with_nothing_lost(review: Review) -> None:
    before = review.numbers("additional-learning")

    async def paste(player: Player) -> None:
        player.app.open_case(review.ref)
        await player.settle()
        add_in(player.app.screen, review.ref, "additional-learning")  # type: ignore[arg-type]
        await player.settle()
        await player.type("as it was ")
        await player.type(HUGE)
        assert "nothing was pasted" in player.words and form(player).box("learning").value == "as it was "
        fill(player, for_whom="x" * 3_000)
        await player.press("ctrl+s")
        assert "too long" in player.words and form(player).box("learning").value == "as it was "
        fill(player, for_whom=NASTY)
        form(player).box("learning").entry.focus()
        await player.type(SEVERAL)
        await player.press("ctrl+s")
        assert not UNSAFE.search(player.text)

    on_screen(review, paste)
    (new,) = set(review.numbers("additional-learning")) - set(before)
    row = next(r for r in review.run("records", "REF", "additional-learning", "--json").json if r["number"] == new)
    assert row["values"] == {"learning": f"as it was {clean(SEVERAL, one_line=False)}", "for_whom": KEPT}
