"""Lists to chase by and agendas: what a meeting looks at, as far as all who come may read; every paper by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.method.agencies import agencies, to_chase
from casereview.record_readers import open_to
from casereview.reports.document import Answer, Heading, Table
from casereview.reports.review.agenda import KINDS
from casereview.service.reports_working import MARKING, agenda, chase_list, meeting_kinds
from casereview.service.review import read_review
from casereview.testing import FixedClock
from storage import open_store
from tests.records.keeping import DAY, SAM, Review
from tests.reports.reviewed import review, texts
from tests.tui.conftest import Ran, run_here
from tests.tui.screens.playing import Player, play
from tui.screens.page import Page
from tui.screens.workbench import open_tool
from tui.screens.workbench_menu import TOOLS

MARK = "Zyzzyvine"


@pytest.fixture(scope="module")
def marked() -> Review:
    """To be read only: every kind with its own name in its words."""
    return review(lambda name: f"{MARK} {name}")


def said(one: Review, kind: str, who: str = "lex") -> str:
    return "\n".join(texts(agenda(one.desk(who), one.ref, kind)))


# ---- agendas ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("flow", ["learning-together", "learning-together-2008"])
def test_an_agenda_holds_nothing_that_somebody_who_comes_may_not_read(flow: str) -> None:
    one = review(lambda name: f"{MARK} {name}", flow)
    kinds = meeting_kinds(read_review(one.desk("lex"), one.ref).review)
    assert set(kinds) <= set(KINDS)
    been = set(one.case.visits)
    for kind in kinds:
        text, meeting = said(one, kind), KINDS[kind]
        assert MARKING in text
        for name, record in one.definition.records.items():
            for role in meeting.audience or ("",):
                if not open_to(record, (role,), been | set(meeting.stages)) or record.logged:
                    assert not re.search(rf"{MARK} {name}\b(?!-)", text), (kind, name, role)
    assert all(f"{MARK} {name}" in said(one, "analysis") for name in ("key-practice-episode", "finding", "scope"))


def test_each_kind_of_meeting_looks_at_its_own(marked: Review) -> None:
    text = {kind: said(marked, kind) for kind in KINDS if kind in meeting_kinds_of(marked)}
    assert f"{MARK} key-practice-episode" in text["first joint meeting"]
    assert f"{MARK} finding" not in text["first joint meeting"]
    assert f"{MARK} finding" in text["second joint meeting"] and f"{MARK} finding" in text["board"]
    assert f"{MARK} comment" not in text["second joint meeting"]
    assert f"{MARK} finding" not in text["family"] and "How do they wish to be told of" in text["family"]
    assert all(f"{MARK} scope" in text[kind] for kind in ("introductory, case group", "analysis", "family"))


def meeting_kinds_of(one: Review) -> tuple[str, ...]:
    return meeting_kinds(read_review(one.desk("lex"), one.ref).review)


def test_what_changed_since_the_last_is_counted() -> None:
    one = review()
    kind = read_review(one.desk("lex"), one.ref).review.of("meeting")[0].text("kind")
    assert "Nothing that this meeting looks at" in said(one, kind)
    one.clock.advance(2)
    one.do("lex", cmd.CorrectRecord(one.number["finding"], "clearer", {"statement": "More clearly."}))
    one.do("lex", cmd.CorrectRecord(one.number["finding"], "again", {"statement": "Clearer still."}))
    one.do("lex", cmd.AddRecord("comment", COMMENT))
    text = said(one, kind)
    assert "\nfinding: 1\n" in text and "\ncomment: 1\n" in text and "held on 5 March 2012" in text
    values = {"kind": kind, "on": "2012-03-20", "looked_at": ["the third part"]}
    planned = one.do("lex", cmd.AddRecord("meeting", values))
    text = said(one, str(planned))
    assert "the third part" in text and "20 March 2012" in text and "held on 5 March 2012" in text
    assert "No meeting of this kind" in said(one, "analysis")


COMMENT = {"from_whom": "Health Visitor 1", "on": DAY.isoformat(), "about": "the account", "comment": "A tea cosy.",
           "outcome": "not yet answered"}  # fmt: skip


def test_comments_that_wait_are_told_to_the_team_and_counted_for_others() -> None:
    one = review()
    one.do("lex", cmd.AddRecord("comment", COMMENT))
    assert "A tea cosy." in said(one, "analysis")
    assert "A tea cosy." not in said(one, "first joint meeting")
    assert "1 comment made so far" in said(one, "first joint meeting")


@pytest.mark.parametrize(
    ("meeting", "error", "says"),
    [
        ("999", NotFound, "no meeting 999"), ("picnic", CaseReviewError, "no kind of meeting"),
        ("joint", CaseReviewError, "more than one kind"), ("  ", CaseReviewError, "no kind"),
    ],
)  # fmt: skip
def test_a_meeting_that_cannot_be_meant(marked: Review, meeting: str, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        agenda(marked.desk("lex"), marked.ref, meeting)


@pytest.mark.parametrize("who", ["gus", "abe", SAM])
def test_whoever_may_not_read_it_gets_none(marked: Review, who: str) -> None:
    with pytest.raises(CaseReviewError, match="not yours to read"):
        agenda(marked.desk(who), marked.ref, "analysis")
    if who != "abe":  # the agencies' own link reads what they were asked for
        with pytest.raises(CaseReviewError, match="not yours to read"):
            chase_list(marked.desk(who), marked.ref)


# ---- the list to chase by --------------------------------------------------------------------------------------------
def test_the_list_to_chase_by_has_every_line_that_is_still_to_come() -> None:
    one = review(lambda name: f"Agency of {name}")
    wanted = ("School", "2012-02-01"), ("Police", "2012-04-01"), ("School", "2012-04-02")
    for at, (agency, hoped) in enumerate(wanted):
        values = {"agency": agency, "asked_for": [f"Thing {at}"], "asked_on": "2012-01-10", "hoped_by": hoped}
        asked = one.do("lex", cmd.AddRecord("agency-return", values))
    one.do("lex", cmd.AddRecord("chase", {"return": asked, "on": "2012-02-20"}))
    paper = chase_list(one.desk("biz"), one.ref)
    rows = to_chase(agencies(read_review(one.desk("biz"), one.ref).review, DAY), DAY)
    tables = [block for block in paper.blocks if isinstance(block, Table) and block.caption == "Still to come"]
    assert sum(len(table.rows) for table in tables) == sum(asked is not None for _, asked in rows) >= 3
    heads = [block.text for block in paper.blocks if isinstance(block, Heading)]
    assert heads.index("School") < heads.index("Police"), "what is late comes first"
    text = "\n".join(texts(paper))
    assert "1 Feb 2012, passed" in text and "1 time, last 20 Feb 2012" in text and MARKING in text
    names = {row[0].name for row in rows}
    assert sum(isinstance(block, Answer) for block in paper.blocks) == len(names)


# ---- by hand ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Review]:
    """A review in a file that the command line is pointed at."""
    place = tmp_path / "cases.db"
    store = open_store(str(place), create=True, practice=True, clock=FixedClock(DAY))
    one = Review(store).fill(lambda name: "" if name == "identity" else f"said in {name}")
    monkeypatch.setenv("CASEREVIEW_STORE", str(place))
    monkeypatch.setenv("CASEREVIEW_TODAY", DAY.isoformat())
    yield one
    store.close()


def run(one: Review, name: str, *more: str, who: str = "lex") -> Ran:
    return run_here("report", name, one.ref, *more, "--as", who)


def test_every_paper_in_every_form_from_the_command_line(kept: Review, tmp_path: Path) -> None:
    forms = iter([".md", ".html", ".docx", ".pdf", ".md"])
    begins = {".md": b"**", ".html": b"<!DOCTYPE", ".docx": b"PK", ".pdf": b"%PDF"}
    for name in ("review", "brief", "response", "chase", "agenda"):
        more = ("--meeting", "board") if name == "agenda" else ()
        form = next(forms)
        out = tmp_path / f"{name}{form}"
        ran = run(kept, name, "--out", str(out), *more)
        assert ran.status == 0, ran.err
        assert out.read_bytes().startswith(begins[form]) and str(out) in ran.out
        assert ("DRAFT of entry" in ran.out) is (name in ("review", "brief", "response"))
        before = out.read_bytes()
        assert run(kept, name, "--out", str(out), *more).status == 2
        assert run(kept, name, "--out", str(out), *more, "--replace").status == 0
        assert out.read_bytes() == before
    facts = run(kept, "review", "--out", str(tmp_path / "again.md"), "--json").json
    assert facts["final"] is False and facts["marking"].startswith("DRAFT") and facts["because"]


def test_what_cannot_be_is_said_and_leaves_no_file(kept: Review, tmp_path: Path) -> None:
    out = str(tmp_path / "x.pdf")
    both = run(kept, "review", "--out", out, "--final", "--draft")
    assert both.status == 2 and "final or a draft" in both.err
    final = run(kept, "review", "--out", out, "--final")
    assert final.status == 1 and "cannot be final" in final.err and final.err.count("\n") == 1
    assert run(kept, "brief", "--out", out, who="sam").status == 2
    assert run(kept, "agenda", "--out", out, "--meeting", "picnic").status == 2
    assert not Path(out).exists()


def test_a_paper_from_the_workbench(kept: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    async def write(p: Player) -> None:
        page = p.app.screen
        assert isinstance(page, Page)
        open_tool(page, next(tool for tool in TOOLS if tool.name == "papers"), kept.ref)
        await p.settle()
        await p.press("2")
        assert "Two pages for practitioners" in p.text
        await p.press("ctrl+s")
        assert "DRAFT of entry" in p.text and "In the way of a final one" in p.text
        await p.press("escape")
        open_tool(page, next(tool for tool in TOOLS if tool.name == "papers"), kept.ref)
        await p.settle()
        await p.press("5")
        assert "Of the next meeting of which kind?" in p.text

    play(kept.desk("lex"), write)
    (file,) = tmp_path.glob("*.docx")
    assert file.name == f"{kept.ref}-brief-{DAY}.docx" and file.read_bytes().startswith(b"PK")
