"""The papers of a review: of published words only, drafts until all is in order, nobody in them, the same each time."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.reports.document import Document, Note
from casereview.reports.review.report import report
from casereview.reports.review.told import settled
from casereview.reports.writing import FORMS, made
from casereview.service import scanning
from casereview.service.asof import desk_at
from casereview.service.identities import add_identity
from casereview.service.reports_review import BRIEF, KINDS, REPORT, RESPONSE, Kind, Made, NotReady, paper
from casereview.testing import MemoryStore
from tests.records.keeping import DAY, SAM, Review
from tests.reports.reviewed import review, texts, told, whole
from tests.reports.test_writers import NASTY, pdf

EVERY = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
MARK = "Zyzzyvine"


def of(one: Review, kind: Kind = REPORT, who: str = "lex", how: Any = "") -> Made:
    return paper(one.desk(who), one.ref, kind, how)


@pytest.fixture(scope="module")
def marked() -> Review:
    """To be read only: every kind with its own name in its words."""
    return review(lambda name: f"{MARK} {name}")


# ---- only what is published ----------------------------------------------------------------------------------------
@EVERY
@pytest.mark.parametrize("flow", ["learning-together", "learning-together-2008"])
def test_no_word_of_a_kind_that_is_not_published_is_in_a_paper(kind: Kind, flow: str) -> None:
    one = review(lambda name: f"{MARK} {name}", flow)
    private = [name for name, record in one.definition.records.items() if not record.published]
    public = [name for name, record in one.definition.records.items() if record.published]
    said = "\n".join(texts(of(one, kind).document))
    assert [name for name in private if holds(said, name)] == []
    assert any(holds(said, name) for name in public), "or nothing would be tested"


def test_the_report_says_every_kind_that_is_published_but_what_the_board_answers(marked: Review) -> None:
    one = marked
    said = "\n".join(texts(of(one).document))
    answers = {"board-position", "board-response", "action", "impact"}
    public = {name for name, record in one.definition.records.items() if record.published}
    assert {name for name in public if holds(said, name)} == public - answers
    response = "\n".join(texts(of(one, RESPONSE).document))
    assert {name for name in answers if holds(response, name)} == answers


def holds(said: str, kind: str) -> bool:
    """Whether words planted in a kind of record stand in a text."""
    return re.search(rf"{MARK} {kind}\b(?!-)", said) is not None


def test_a_position_is_named_only_where_it_is_public_anyway() -> None:
    def counted(words: Callable[[str], str]) -> str:
        one = review(words)
        held = {"participant": one.number["participant"], "held_by": ["two"], "status": "held"}
        one.do("lex", cmd.AddRecord("conversation", held))
        return "\n".join(texts(of(one).document))

    assert "other positions" in counted(lambda name: f"{MARK} {name}")
    role = {"participant": "health visitor", "scope": "a health visitor on role"}  # what the role says is public too
    said = counted(lambda name: role.get(name, f"{MARK} {name}"))
    assert "other positions" not in said and "\nhealth visitor on role\n" in said


@EVERY
@pytest.mark.parametrize("who", ["gus", "abe", "ada", SAM])
def test_whoever_may_not_read_it_all_gets_no_paper(marked: Review, kind: Kind, who: str) -> None:
    with pytest.raises(CaseReviewError) as refused:
        of(marked, kind, who)
    assert "not yours to read" in refused.value.says and MARK not in str(refused.value)
    assert "Finding" in refused.value.says


def test_everybody_who_may_read_it_gets_the_same_text(marked: Review) -> None:
    said = {who: made(of(marked, who=who).document, ".md") for who in ("lex", "sue", "rio")}
    assert len(set(said.values())) == 1


# ---- a draft until all is in order -----------------------------------------------------------------------------------
def pages(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pdf(content).pages]


@EVERY
def test_a_draft_says_so_on_every_page_and_in_the_properties_of_the_file(kind: Kind) -> None:
    from docx import Document as opened

    one = review()
    paper = of(one, kind)
    mark = f"DRAFT of entry {one.case.number}"
    assert not paper.final and paper.because and paper.document.marking == mark
    content = made(paper.document, ".pdf")
    assert all(mark in page for page in pages(content))
    assert pdf(content).metadata.title.startswith(mark) and mark in pdf(content).metadata["/Keywords"]
    word = opened(io.BytesIO(made(paper.document, ".docx")))
    heads = [word.sections[0].header, word.sections[0].first_page_header]
    assert all(mark in head.paragraphs[0].text for head in heads)
    assert word.core_properties.title.startswith(mark) and word.core_properties.content_status == mark
    html, plain = (made(paper.document, form).decode() for form in (".html", ".md"))
    assert f"<title>{mark}" in html and f'class="marking" role="note">{mark}' in html
    assert plain.startswith(f"**{mark}**") and plain.count(mark) >= 3


@EVERY
def test_a_final_has_no_mark_and_keeps_where_it_comes_from_for_its_end(kind: Kind) -> None:
    one = whole(document=kind.document)
    paper = of(one, kind)
    assert paper.because == () and paper.final and paper.document.marking == ""
    for form in FORMS:
        if form != ".docx":
            assert b"DRAFT" not in made(paper.document, form)
    said = pages(made(paper.document, ".pdf"))
    assert not any("DRAFT" in page or "Not written yet" in page for page in said)
    with one.store.read() as work:
        head = work.head().hash[:12]
    assert head not in said[0] + said[1 if len(said) > 2 else 0]
    assert kind is BRIEF or "casereview anchor" in said[-1]
    assert "DRAFT" in of(one, kind, how="draft").document.marking


def test_what_stands_in_the_way_of_a_final_is_said_all_at_once() -> None:
    one = review()
    with pytest.raises(NotReady) as refused:
        of(one, BRIEF, how="final")
    for part in ("publication of the learning brief is not decided", "looked through", "a finding is agreed"):
        assert part in refused.value.says
    with pytest.raises(NotReady) as refused:
        of(one, how="final")
    assert f"finding {one.number['finding']} is agreed or not taken forward" in refused.value.says
    assert refused.value.status == 1
    empty = Review(MemoryStore(practice=True, clock=one.clock))
    with pytest.raises(NotReady) as refused:
        of(empty, how="final")
    for part in ("why this case", "a summary", "the episodes", "findings", "what this review cannot say"):
        assert part in refused.value.says
    assert all(isinstance(block, Note) or "said in" not in repr(block) for block in of(empty).document.blocks)


def test_a_word_that_changes_makes_it_a_draft_again() -> None:
    one = whole()
    assert of(one).final
    one.do("lex", cmd.CorrectRecord(one.number["scope"], "clearer", {"why_this_case": "Said more clearly."}))
    again = of(one)
    assert not again.final and "since it last changed" in again.because[0]
    scanning.keep(one.desk("lex"), one.ref)
    assert of(one).final
    one.do("lex", cmd.AddRecord("finding", {**FINDING, "state": "drafted"}))
    scanning.keep(one.desk("lex"), one.ref)
    assert [why for why in of(one).because if "agreed" in why]


FINDING = {"statement": "Another.", "category": "tools", "effect": "hinders", "level": "national",
           "strength": "finding"}  # fmt: skip


@EVERY
def test_a_paper_for_which_nobody_decided_stays_a_draft(kind: Kind) -> None:
    one = whole(document=kind.document)
    for other in KINDS.values():  # the report was decided on before
        assert of(one, other).final is (other in (kind, REPORT))
    hold = {"document": kind.document, "decision": "hold", "why": "a trial", "decided_on": DAY.isoformat()}
    one.do("cho", cmd.AddRecord("publication-decision", hold))
    assert f"publication of the {kind.document} is held" in of(one, kind).because[0]


# ---- nobody in it ----------------------------------------------------------------------------------------------------
def test_a_person_put_on_the_key_later_is_found_in_the_finished_text() -> None:
    one = whole(lambda name: "Anselma came" if name == "limitations" else f"said in {name}")
    assert of(one).final
    add_identity(one.desk("lex"), one.ref, "name", "Anselma", stands_for="Child B")
    paper = of(one)
    assert not paper.final and paper.seen is not None and paper.seen.places
    assert all("limitations" in place for place in paper.seen.places)
    assert "Anselma" not in " ".join((*paper.because, *paper.seen.places))
    with pytest.raises(NotReady):
        of(one, how="final")
    assert of(one, who="sue").seen is None, "whoever may not read the key looks for nobody"


def test_the_finished_text_is_looked_through_and_not_only_the_records() -> None:
    """What no record says, and the paper does: here, a word of its own headings."""
    one = whole()
    add_identity(one.desk("lex"), one.ref, "place", "Methodology", stands_for="a village")
    found, _ = scanning.keep(one.desk("lex"), one.ref)
    assert found.open == ()
    paper = of(one)
    assert not paper.final and paper.seen is not None
    assert any("Methodology" in why for why in paper.because) and len(paper.because) == len(paper.seen.places)
    assert of(one, how="draft").seen == paper.seen


def test_a_find_that_is_nobodys_holds_a_final_back_no_longer() -> None:
    one = whole(lambda name: "in May we met" if name == "limitations" else f"said in {name}")
    add_identity(one.desk("lex"), one.ref, "name", "Mei May", stands_for="Mother")
    assert not of(one).final
    for find in scanning.look(one.desk("lex"), one.ref).open:
        scanning.answer(one.desk("lex"), one.ref, find.id, "the month")
    scanning.keep(one.desk("lex"), one.ref)
    assert of(one).final


def test_no_exact_day_of_the_case_is_told(marked: Review) -> None:
    said = "\n".join(texts(of(marked).document))
    told_days = [line for line in said.split("\n") if re.search(r"\b5 March 2012\b|2012-03-05", line)]
    assert all(line == "5 March 2012" or "as at 5 March" in line for line in told_days), "the day of the paper itself"
    assert "March 2012" in said


# ---- the same each time ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("kind", "form"), [*((REPORT, form) for form in FORMS), (BRIEF, ".md"), (RESPONSE, ".md")])
def test_the_same_records_give_the_same_bytes(kind: Kind, form: str) -> None:
    one = review(lambda name: f"Perpetua Quillfeather in {name}")  # found by looking, which is written down
    first = of(one, kind)
    assert first.seen is not None and first.seen.places and "Quillfeather" not in " ".join(first.seen.places)
    before = made(first.document, form)
    add_identity(one.desk("lex"), one.ref, "place", "Lower Nowhere")  # the store goes on; the review does not
    assert made(of(one, kind).document, form) == before
    one.do("lex", cmd.AddRecord("comment", COMMENT))
    assert of(one, kind).document.marking != first.document.marking


COMMENT = {"from_whom": "Health Visitor 1", "on": DAY.isoformat(), "about": "the account", "comment": "Yes.",
           "outcome": "not yet answered"}  # fmt: skip


def test_as_at_an_earlier_day_it_is_told_as_it_stood() -> None:
    one = review()
    one.clock.advance(3)
    one.do("lex", cmd.CorrectRecord(one.number["scope"], "clearer", {"why_this_case": "Said later."}))
    past = desk_at(one.desk("lex"), DAY)
    then = "\n".join(texts(paper(past, one.ref, REPORT).document))
    assert "Said later." not in then and "said in scope" in then and "the end of 5 March 2012" in then
    assert "Said later." in "\n".join(texts(of(one).document))


@given(words=st.one_of(st.sampled_from(NASTY), st.lists(st.sampled_from(NASTY), max_size=4).map("\n".join)))
@settings(max_examples=6, deadline=None)
def test_whatever_people_write_stays_text(words: str) -> None:
    one = told(
        ("scope", {"why_this_case": words, "questions": [words], "agencies_in": [words], "option": "full"}),
        ("key-practice-episode", {"title": words, "date_from": "2012-03-05", "description": words, "judgement": "good",
                                  "agencies": [words], "local_rationality": words, "standard": words}),
        ("contributory-factor", {"episode": 3, "head": words, "factor": words, "effect": words, "weight": words}),
        ("finding", {"statement": words, "category": words, "effect": words, "level": words, "state": "agreed"}),
        ("report-text", {"part": "glossary", "text": words}),
    )  # fmt: skip
    blocks = settled(tuple(report(one)), final=False)
    paper = Document(words, words, DAY, words, blocks, ((words, words),), words, words, marking="DRAFT of entry 1")
    for form in FORMS:
        content = made(paper, form)
        if form in (".md", ".html"):
            assert not set(content.decode()) & set("\x00\x07\x1b\u202e")
    html = made(paper, ".html").decode()
    assert "<script" not in html and html.count("<h1>") == 1 and html.count("<svg") == 3


def test_a_paper_of_a_review_that_is_not_there(marked: Review) -> None:
    with pytest.raises(NotFound):
        paper(marked.desk("lex"), "LT-2012-77777", REPORT)
