"""The papers themselves: right when worked out again by hand, nothing of what the author may not know, no names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.people import Child
from casereview.reports.document import Block, Chart, Document, Heading, Items, Pairs, Table
from casereview.reports.namesout import LEFT_OUT, NamesOut
from casereview.reports.parts_standing import to_ask
from casereview.reports.writing import FORMS, made
from casereview.service.asof import desk_at
from casereview.service.blockages import own, raise_blockage
from casereview.service.desk import Desk
from casereview.service.reading import show
from casereview.service.registry import add_child
from casereview.service.reports import source_of
from casereview.service.reports_annual import annual, year_of
from casereview.service.reports_oversight import Asked, oversight
from casereview.service.reports_papers import judge_help, may_send, recipients, record_sent, sent, set_recipient
from casereview.service.reports_sample import Sampling, drawn, sample
from casereview.service.whole import read_anchors, verify
from casereview.simulation.demo import build_demo
from casereview.testing import FixedClock
from casereview.views import Head, Scope
from casereview.words import standing_word
from storage import open_store
from tests.oversight import brute_force
from tests.reports import by_hand
from tests.stories import CATALOGUE, CHI, MO, SAM, START, WREN, Story

TODAY = date(2026, 11, 20)
SECRET = "The lighthouse keeper knows"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice authority, small, in a file: its words and its dates are all made up."""
    path = tmp_path_factory.mktemp("packs") / "demo.db"
    clock = FixedClock(TODAY)
    store = open_store(str(path), create=True, practice=True, clock=clock)
    build_demo(Desk(store, clock, CATALOGUE, "mo"), today=TODAY, scale=0.1, name="Mo Manager", login="mo")
    store.close()
    return path


@pytest.fixture(scope="module")
def demo(place: Path) -> Iterator[Desk]:
    clock = FixedClock(TODAY)
    store = open_store(str(place), clock=clock)
    yield Desk(store, clock, CATALOGUE, "mo")
    store.close()


@pytest.fixture(scope="module")
def pack(demo: Desk) -> Document:
    return oversight(demo)


def text_of(paper: Document) -> str:
    return made(paper, ".md").decode().replace("\\", "")


def table(paper: Document, caption: str) -> Table:
    return next(block for block in paper.blocks if isinstance(block, Table) and block.caption.startswith(caption))


def parts(paper: Document) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, Heading) and block.level == 1]


# ---- the board pack --------------------------------------------------------------------------------------------------
def rounded(count: int) -> int:
    return count // 5 * 5


def test_the_counts_and_the_longer_ones_are_what_the_journal_alone_gives(pack: Document, place: Path) -> None:
    """Worked out a second time by a reading of the store file that shares no code with the product."""
    lines = brute_force.register(brute_force.read(place), "mo", TODAY)
    told = {row[0]: row[1] for row in table(pack, "Running expectations by standing").rows}
    counts = {**brute_force.counts(lines)}
    counts["on_course"] = rounded(counts["on_course"])  # those of concern are listed one by one and told as they are
    assert told == {standing_word(name).words: f"{count}" for name, count in counts.items()}
    late = [line for line in lines if line.standing != "on_course"]
    rows = table(pack, "In order of concern").rows
    assert [(row[0], row[3], row[4], row[5]) for row in rows] == [
        (line.case, standing_word(line.standing).words, f"{line.working_days}", f"{line.beyond}") for line in late
    ]
    assert len({line.standing for line in lines}) >= 6, "a pack that shows hardly anything proves hardly anything"


def test_every_longer_one_is_told_with_its_whole_story(demo: Desk, pack: Document) -> None:
    """Where only a planned look was missed, the list says all."""
    everything = table(pack, "In order of concern").rows
    rows = [row for row in everything if row[3] != standing_word("checkpoint_missed").words]
    assert 0 < len(rows) < len(everything)
    stories = [block for block in pack.blocks if isinstance(block, Pairs)]
    heads = [block.text for block in pack.blocks if isinstance(block, Heading) and " · " in block.text]
    assert [head.split(" · ")[0] for head in heads] == [row[0] for row in rows]
    said = [dict(block.pairs) for block in stories if dict(block.pairs).get("What takes longer")]
    assert len(said) == len(rows)
    for one in said:
        assert {"Time so far", "Reason", "Manager's answer", "Family", "Help and quality"} <= set(one)
    for row in rows:
        case = show(demo, row[0]).case
        reasons = [run.reason for run in case.runs.values() if run.reason is not None and run.ended is None]
        told = next(one for one, head in zip(said, heads, strict=True) if head.startswith(row[0]))
        if reasons and not any(run.answers for run in case.runs.values()):
            assert reasons[0].effect in told["Effect on the child"]


def test_bars_are_the_durations_counted_by_hand(pack: Document, place: Path) -> None:
    counted = by_hand.bands(place, TODAY - timedelta(days=365), TODAY)
    chart = next(b for b in pack.blocks if isinstance(b, Chart) and b.title.startswith("How long those took"))
    for label, value in zip(chart.labels, chart.values, strict=True):
        assert value in (None, rounded(counted.get(label, 0)))
        assert value is None or value == 0 or value >= 5
    assert sum(value is not None for value in chart.values) >= 4
    assert f"Of {rounded(sum(counted.values())):,}, a quarter" in chart.tells


def test_it_says_where_it_comes_from_and_how_to_check_it(demo: Desk, pack: Document) -> None:
    with demo.reading() as work:
        head, info = work.head(), work.info()
    facts = dict(pack.facts)
    assert facts["Journal"] == f"entry {head.seq:,}" and facts["Hash of that entry"] == head.hash
    assert facts["Store"] == info.store and facts["Prepared by"] == "Mo Manager"
    assert facts["As at"] == "20 November 2026"
    used = {(row[0], row[2]) for row in table(pack, "The workflows these cases follow").rows}
    with demo.reading() as work:
        assert used == {(case.workflow, case.hash) for case in work.every_case("mo", Scope())}
    assert read_anchors(made(pack, ".md").decode(), "the pack") == [head]


def test_whoever_may_not_see_the_whole_store_learns_no_number_of_entries(demo: Desk) -> None:
    """How many there are would tell of hidden cases; the hash alone is an anchor too."""
    with demo.reading() as work:
        head = work.head()
        manager = next(p for p in work.people() if [o.office for o in p.offices] == ["manager"])
    text = made(oversight(Desk(demo.store, demo.clock, demo.catalogue, manager.id)), ".md").decode()
    assert read_anchors(text, "the pack") == [Head(0, head.hash)]
    assert f"{head.seq:,}" not in text and f" {head.seq}" not in text
    assert verify(demo, [Head(0, head.hash)]).ok
    (wrong,) = verify(demo, [Head(0, "0" * 63 + "1")]).problems
    assert "no entry has the hash" in wrong.says


def test_no_share_in_time_and_every_figure_asks_its_question(pack: Document) -> None:
    said = text_of(pack)
    assert "%" not in said and "in time:" not in said
    assert said.count("The question this raises") >= 6
    order = parts(pack)
    assert order.index("Help and quality") < order.index("How long it takes")
    for part in ("What this is, and what it is not", "Families owed news", "What stands in the way of good work",
                 "What was set aside", "What these numbers cannot say", "Questions for the board"):  # fmt: skip
        assert part in order


def test_the_same_store_gives_the_same_bytes(demo: Desk, pack: Document) -> None:
    again = oversight(demo)
    assert again == pack
    for form in (".md", ".html", ".pdf"):
        assert made(again, form) == made(pack, form)


def test_for_wider_circulation_no_case_is_told_and_no_small_number(demo: Desk) -> None:
    paper = oversight(demo, Asked(cases=False))
    with demo.reading() as work:
        refs = [case.ref for case in work.every_case("mo", Scope())]
    said = text_of(paper)
    assert not [ref for ref in refs if ref in said]
    for row in table(paper, "Running expectations by standing").rows:
        assert row[1] == "not shown" or int(row[1].replace(",", "")) % 5 == 0


@pytest.mark.parametrize(("count", "said"), [(3, "for some expectations:"), (13, "for at least 10 expectations:")])
def test_no_question_tells_a_number_that_the_paper_does_not(demo: Desk, count: int, said: str) -> None:
    with demo.reading() as work:
        source = source_of(demo, work, "all", Scope())
    for listed in (False, True):
        asked = next(b for b in to_ask({"longer_explained": count}, source, listed=listed) if isinstance(b, Items))
        assert (f"for {count} expectations:" if listed else said) in asked.items[0]


def test_every_table_of_groups_hides_small_numbers(pack: Document) -> None:
    groups = ("Of those that ended", "What the newest look", "Ways of ending", "Working days in each stage",
              "Some need it faster", "Teams beside each other")  # fmt: skip
    seen = 0
    for block in pack.blocks:
        if isinstance(block, Table) and block.caption.startswith(groups):
            days = {at for at, column in enumerate(block.columns) if "edian" in column.title or "pper" in column.title}
            for row in block.rows:
                for at, cell in enumerate(row[1:], start=1):
                    whole = re.fullmatch(r"([0-9,]+)(?: of ([0-9,]+))?", cell)
                    if at not in days and whole:
                        seen += 1
                        counts = [int(n.replace(",", "")) for n in whole.groups() if n]
                        assert not any(count % 5 for count in counts), (block.caption, row)
    assert seen > 20


def test_as_of_an_earlier_day_it_is_the_pack_of_that_day(tmp_path: Path) -> None:
    """A store that stopped on a day, and one that went on and looks back on it, tell the same."""
    stopped, went_on = _lived(False), _lived(True)
    then = oversight(stopped.desk(MO))
    back = oversight(desk_at(went_on.desk(MO), stopped.today, as_happened=False))
    differs = ("Hash of that entry", "Store", "As at", "What was finished")
    assert [f for f in then.facts if f[0] not in differs] == [f for f in back.facts if f[0] not in differs]
    assert _told(then, stopped.ref) == _told(back, went_on.ref)
    assert went_on.desk(MO).today > stopped.today and oversight(went_on.desk(MO)).day > back.day


def _lived(on: bool) -> Story:
    story = Story(practice=False)
    story.reason()
    story.after(20).agree_until(START + timedelta(days=90))
    story.tell("delay explained")
    story.after(30)
    if on:
        story.on(story.today + timedelta(days=40)).see()
    return story


def _told(paper: Document, ref: str) -> list[Block]:
    def plain(block: Block) -> Any:
        return re.sub(r"anchor [0-9]+ [0-9a-f]{64}", "anchor", repr(block).replace(ref, "REF"))

    return [plain(block) for block in paper.blocks]


# ---- law 7, and names ------------------------------------------------------------------------------------------------
def _secretive() -> tuple[Story, Story]:
    """Two late cases of one store, the second restricted to MO, with a blockage's worth of words in it."""
    seen = Story(practice=False)
    hidden = Story(store=seen.store, practice=False, seed=2)
    for one in (seen, hidden):
        one.after(40).reason()
    hidden.do(WREN, cmd.GiveReason("JUDG", SECRET, SECRET))
    hidden.do(CHI, cmd.Restrict("a hidden matter", (CHI, MO, WREN)))
    seen.clock.set(hidden.today)
    return seen, hidden


@pytest.mark.parametrize("cases", [True, False])
def test_nothing_of_a_hidden_case_is_in_a_pack(cases: bool) -> None:
    seen, hidden = _secretive()
    alone = Story(practice=False)
    alone.after(40).reason()
    theirs, without = oversight(seen.desk(SAM), Asked(cases=cases)), oversight(alone.desk(SAM), Asked(cases=cases))
    assert hidden.ref not in text_of(theirs) and SECRET not in text_of(theirs)
    assert _told(theirs, seen.ref) == _told(without, alone.ref)
    yearly, of_one = annual(seen.desk(SAM), 2024), annual(alone.desk(SAM), 2024)
    assert _told(yearly, seen.ref) == _told(of_one, alone.ref)
    if cases:
        assert hidden.ref in text_of(oversight(seen.desk(MO)))


def test_a_sample_and_an_annual_report_leave_a_hidden_case_out() -> None:
    seen, hidden = _secretive()
    absent = Story(practice=False, seed=9).ref  # of another store
    with pytest.raises(NotFound) as unknown:
        sample(seen.desk(SAM), Sampling("why", (absent,)))
    with pytest.raises(NotFound) as secret:
        sample(seen.desk(SAM), Sampling("why", (hidden.ref,)))
    assert str(secret.value).replace(hidden.ref, absent) == str(unknown.value)
    for paper in (sample(seen.desk(SAM), Sampling("why", random=9, seed="s")), annual(seen.desk(SAM), 2024)):
        assert hidden.ref not in text_of(paper) and SECRET not in text_of(paper)


def test_names_of_children_and_families_are_taken_out_of_what_was_written() -> None:
    story = Story(practice=False)
    add_child(story.desk(MO), child_id="c1", family="f1", details={"name": "Amira Haddad", "year_of_birth": "2014"})
    add_child(story.desk(MO), child_id="c2", family="f1", details={"forename": "Bilal"})
    story.do(MO, cmd.LinkChild("c1"))
    story.do(CHI, cmd.SetRoster("gran", "Mrs Haddad-Quill", relation="grandmother"))
    story.after(40)
    story.do(WREN, cmd.GiveReason("JUDG", "amira and BILAL wait; Amira Haddad's school", "Mrs Haddad-Quill is ill"))
    for paper in (oversight(story.desk(MO)), sample(story.desk(MO), Sampling("why", (story.ref,)))):
        said = text_of(paper)
        assert LEFT_OUT in said and "wait" in said and story.ref in said
        assert not re.search("amira|haddad|bilal|quill", said, re.IGNORECASE)


@given(st.text(alphabet="abÉ '-", min_size=2, max_size=12), st.text(max_size=30), st.text(max_size=30))
def test_a_known_name_never_stays_as_a_word(name: str, before: str, after: str) -> None:
    hide = NamesOut(None, [Child("c", "", (("name", name),))])
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", name)
    out = hide(f"{before} {name} {after}")
    for word in words:
        if len(word) > 1:
            assert not re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", out.replace(LEFT_OUT, ""), re.IGNORECASE)
    assert NamesOut()(before) == before


# ---- what is owed, in the way, and let go ------------------------------------------------------------------------
def test_what_families_are_owed_what_stands_in_the_way_and_what_was_let_go() -> None:
    story = Story(practice=False)
    story.do(CHI, cmd.SetRoster("gran", "Mrs Quill", relation="grandmother"))
    story.do(WREN, cmd.Tell("progress", ("gran",), promised_on=START + timedelta(days=7)))
    raise_blockage(story.desk(WREN), "The form asks everything twice", team="north", weight="a day a week")
    own(story.desk(MO), "B1")
    story.step(MO, "begin").step(MO, "go-on")
    overridden = story.case.overrides
    story.on(START + timedelta(days=9))
    paper = oversight(story.desk(MO))
    (owed,) = [row for row in table(paper, "Longest owed first").rows if row[2] == "grandmother"]
    assert owed[0] == story.ref and owed[3] == "promised news" and owed[4] == "10 Jun 2024" and owed[5] == "2"
    (block,) = table(paper, "The blockage board").rows
    assert block[0] == "The form asks everything twice" and block[2] == "Mo" and block[3] == "open"
    assert table(paper, "What it costs").rows == (("The form asks everything twice", "a day a week"),)
    let_go = table(paper, "Newest first").rows
    assert overridden and len(let_go) == overridden and {row[3:] for row in let_go} == {("Mo", "not here")}
    assert "Quill" not in text_of(paper)


# ---- samples ---------------------------------------------------------------------------------------------------------
@given(st.sets(st.text("ABC123", min_size=1, max_size=5)), st.integers(0, 9), st.text(max_size=5), st.randoms())
def test_a_draw_depends_on_the_seed_and_on_nothing_else(refs: set[str], count: int, seed: str, chance: Any) -> None:
    shuffled = sorted(refs)
    chance.shuffle(shuffled)
    found = drawn(shuffled, count, seed)
    assert found == drawn(sorted(refs), count, seed) == sorted(found) and len(found) == min(count, len(refs))
    values = {ref: hashlib.sha256(f"{seed}:{ref}".encode()).hexdigest() for ref in refs}
    assert all(values[a] < values[b] for a in found for b in refs - set(found))


def test_a_sample_tells_each_case_and_says_what_is_not_recorded(demo: Desk) -> None:
    asked = Sampling("To learn how visits are used", random=4, seed="spring", workflow="single-assessment-2013")
    paper = sample(demo, asked)
    said = text_of(paper)
    refs = [row[0] for row in table(paper, "The cases").rows]
    assert len(refs) == 4 and [head for head in parts(paper) if head in refs] == refs
    assert "Seed:** spring" in said and "To learn how visits are used" in said
    for part in ("The child's journey", "Oversight", "Was the child helped, and did the child feel it?"):
        assert said.count(part) >= 4
    assert said.count("Supervision") >= 4 and "not recorded" in said
    assert made(sample(demo, asked), ".pdf") == made(paper, ".pdf")


@pytest.mark.parametrize(
    ("asked", "says"),
    [(Sampling("", ("SA-1",)), "left empty"), (Sampling("why"), "either"),
     (Sampling("why", ("SA-1",), 3, "s"), "either"),
     (Sampling("why", random=3), "needs a seed"), (Sampling("why", random=201, seed="s"), "from 1 to 200"),
     (Sampling("why", random=-1, seed="s"), "from 1 to")],
)  # fmt: skip
def test_a_sample_that_is_none_is_refused_in_a_sentence(demo: Desk, asked: Sampling, says: str) -> None:
    with pytest.raises(CaseReviewError, match=says) as refused:
        sample(demo, asked)
    assert refused.value.remedy


# ---- the annual report, and what was sent ----------------------------------------------------------------------------
def test_the_annual_report_has_a_persons_assessment_or_room_for_it() -> None:
    story = Story(practice=False)
    desk = story.desk(CHI)
    empty = text_of(annual(desk, 2024))
    assert "Nobody has written it yet" in empty and "How effective was early help" in empty
    judge_help(desk, 2024, "Children were seen sooner.\nEarly help reached fewer than hoped.")
    judge_help(desk, 2024, "Children were seen sooner, and some say so.")
    written = text_of(annual(desk, 2024))
    assert "Children were seen sooner, and some say so." in written and "Earlier versions of it" in written
    assert "Nobody has written it yet" not in written and "Chi, 3 Jun 2024" in written
    with pytest.raises(NotFound):
        judge_help(story.desk(SAM), 2024, "Sam has no office.")


def test_the_year_of_the_annual_report() -> None:
    assert year_of(2023) == (date(2023, 4, 1), date(2024, 3, 31))
    assert year_of(2024, calendar=True) == (date(2024, 1, 1), date(2024, 12, 31))
    story = Story(practice=False)
    for wrong in (1902, 2025, 99999):
        with pytest.raises(CaseReviewError, match="year"):
            annual(story.desk(CHI), wrong)


def test_an_area_nothing_is_published_of_is_refused_and_none_is_compared_unasked() -> None:
    story = Story(practice=False)
    with pytest.raises(NotFound, match="no published figures") as refused:
        annual(story.desk(CHI), 2024, areas=("England",))
    assert "import dfe" in str(refused.value)
    assert "Beside what is published" not in parts(annual(story.desk(CHI), 2024))


def test_what_was_sent_to_whom_stays_with_its_hash_and_day() -> None:
    story = Story(practice=False)
    desk = story.desk(CHI)
    set_recipient(desk, "Jo Łuk", "Leader of the Council")
    set_recipient(desk, "Al Bee", "Chief Executive")
    whom = may_send(desk, ["jo łuk", "Al Bee", "Jo Łuk"])
    assert [one.name for one in whom] == ["Jo Łuk", "Al Bee"]
    record_sent(desk, "Annual report 2023–24", whom, "a.pdf", b"paper", on=START - timedelta(days=1))
    story.on(START + timedelta(days=3))
    record_sent(desk, "Board pack", whom[:1], "b.pdf", b"other")
    found = sent(desk)
    assert (found[0].paper, found[0].name) == ("Board pack", "Jo Łuk")
    first = next(one for one in found if one.name == "Al Bee")
    assert (first.on, first.recorded_on) == (START - timedelta(days=1), START)
    assert first.hash == hashlib.sha256(b"paper").hexdigest() and first.post == "Chief Executive"
    assert [one.paper for one in sent(desk, to="al bee")] == ["Annual report 2023–24"]
    set_recipient(desk, "Al Bee", gone=True)
    assert [one.name for one in recipients(desk)] == ["Jo Łuk"] and len(sent(desk)) == 3
    with pytest.raises(NotFound, match="Al Bee") as refused:
        may_send(desk, ["Al Bee"])
    assert "report recipient" in str(refused.value)
    with pytest.raises(CaseReviewError, match="day to come"):
        may_send(desk, ["Jo Łuk"], story.today + timedelta(days=1))
    with pytest.raises(NotFound):
        set_recipient(story.desk(SAM), "Somebody")


def test_a_report_of_nothing_is_a_report() -> None:
    store = Story(practice=False)
    with store.store.read() as work:
        assert work.head().seq
    empty = Desk(store.store, store.clock, CATALOGUE, SAM)
    store.do(CHI, cmd.Restrict("a hidden matter", (CHI,)))
    for paper in (oversight(empty), annual(empty, 2024)):
        for form in FORMS:
            assert made(paper, form)
