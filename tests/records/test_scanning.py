"""Nobody of the identity key leaves in what is published: planted in any field, however written, it is found first."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.errors import CaseReviewError, Conflict, NotFound
from casereview.events import Recorded, Scanned
from casereview.exchange.plain_texts import passages_of
from casereview.method.scan import Passage, Protected, scan
from casereview.requirements import asked_by
from casereview.service import identities, scanning
from casereview.service.publishing import publication
from casereview.service.record_reads import NotForYou
from tests.method.test_scan import WAYS
from tests.stories import CHO, MO, SAM, WREN, Story
from workflows.definition import Field

NAME = "Perpetua Quillfeather"
FLOW = "learning-together"


def a_review() -> Story:
    """Commissioned, with Sam to lead it and one name on the identity key."""
    story = Story(FLOW, roster=False, worker=None, title="Learning review: the Lamplighter family")
    story.do(CHO, cmd.Appoint(SAM, "lead-reviewer"))
    identities.add_identity(story.desk(SAM), story.ref, "name", NAME, stands_for="Child E", variants=("Pippa",))
    return story


def fields() -> list[tuple[str, str]]:
    """Every field of every kind that may be published, in which somebody writes."""
    kinds = Story(FLOW, roster=False, worker=None).definition.records.values()
    return [(k.name, f.name) for k in kinds if k.published for f in k.fields.values() if f.type in scanning.WORDS]


FIELDS = fields()


def filled(story: Story, kind: str, links: dict[str, int]) -> dict[str, Any]:
    """The least a record of a kind needs."""
    declared = story.definition.records[kind]
    wanted = [f for f in declared.fields.values() if f.required or f.name in ("finding", "episode")]
    made = {f.name: _plain(f, links) for f in wanted}
    return {name: value for name, value in made.items() if value is not None}


def _plain(field: Field, links: dict[str, int]) -> Any:
    if field.type == "record":
        return links.get(field.of)
    plain = {"date": "2024-06-03", "number": 1, "yes-no": True, "lines": ["plain words"]}
    return plain.get(field.type, field.options[0] if field.options else "plain words")


def whole_review() -> tuple[Story, dict[str, int]]:
    story, links = a_review(), dict[str, int]()
    kinds = [k for k in story.definition.records.values() if k.published]
    for kind in sorted(kinds, key=lambda k: any(f.type == "record" and f.required for f in k.fields.values())):
        person = SAM if "lead-reviewer" in kind.by else CHO
        links[kind.name] = story.do(person, cmd.AddRecord(kind.name, filled(story, kind.name, links))).case.number
    return story, links


STORY, LINKS = whole_review()


@settings(max_examples=60)
@given(st.sampled_from(FIELDS), st.sampled_from(sorted(WAYS)), st.sampled_from(("Perpetua", "Quillfeather", "Pippa")))
def test_a_name_planted_in_any_field_is_found_with_its_place(where: tuple[str, str], way: str, name: str) -> None:
    kind, field = where
    person = SAM if "lead-reviewer" in STORY.definition.records[kind].by else CHO
    asked = STORY.definition.records[kind].fields[field]
    text = f"they said that {WAYS[way](name)} was there"
    given_text: Any = [text] if asked.type == "lines" else text
    correct = cmd.CorrectRecord(LINKS[kind], "looked again", {field: given_text})
    before = STORY.case
    with STORY.store.read() as work:
        row = work.record(before.id, LINKS[kind])
    assert row is not None
    try:
        STORY.do(person, correct)
    except CaseReviewError:
        return  # nothing would change: the same was planted before
    found = scanning.look(STORY.desk(SAM), STORY.ref)
    places = {(find.record, find.hit.place.rpartition(", ")[2].split()[0]) for find in found.open}
    assert (LINKS[kind], field) in places, text
    STORY.do(person, cmd.CorrectRecord(LINKS[kind], "taken out", {field: row.values.get(field, "")}))
    assert not [f for f in scanning.look(STORY.desk(SAM), STORY.ref).open if f.record == LINKS[kind]]


def ready(story: Story) -> bool:
    """Whether the step that publishes finds that it was looked through."""
    case = story.case
    asked = asked_by(case, story.definition.steps["publish"], story.definition)
    return next(one.met for one in asked if one.requirement == "scanned-publication")


def test_publication_waits_until_it_was_looked_through_since_the_last_change() -> None:
    story = a_review()
    scope = filled(story, "scope", {})
    number = story.do(SAM, cmd.AddRecord("scope", scope)).case.number
    assert not ready(story)
    found, done = scanning.keep(story.desk(SAM), story.ref)
    assert found.open == () and ready(story)
    assert "nothing of the identity key" in done.says[0]
    story.do(SAM, cmd.CorrectRecord(number, "more", {"out_of_scope": "the years before"}))
    assert not ready(story)
    story.do(SAM, cmd.AddRecord("document", {"agency": "Health", "kind": "notes"}))  # is never published
    scanning.keep(story.desk(SAM), story.ref)
    story.do(SAM, cmd.AddRecord("document", {"agency": "Police", "kind": "notes"}))
    assert ready(story)


def test_a_find_holds_publication_back_until_it_is_mended_or_answered_and_a_changed_text_is_asked_about_again() -> None:
    story = a_review()
    said = {**filled(story, "scope", {}), "impasse": "As Quillfeather & Co. do"}
    scope = story.do(SAM, cmd.AddRecord("scope", said)).case.number
    looked, _ = scanning.keep(story.desk(SAM), story.ref)
    [find] = looked.open
    assert find.record == scope and not ready(story)
    with pytest.raises(NotFound):
        scanning.answer(story.desk(SAM), story.ref, "0000000000", "no such find")
    scanning.answer(story.desk(SAM), story.ref, find.id, "a firm of mediators of that name")
    scanning.keep(story.desk(SAM), story.ref)
    assert ready(story)
    story.do(SAM, cmd.CorrectRecord(scope, "clearer", {"impasse": "As Quillfeather and partners do"}))
    assert scanning.look(story.desk(SAM), story.ref).open and not ready(story)


def test_the_journal_keeps_how_much_was_found_and_never_what() -> None:
    story = a_review()
    story.do(SAM, cmd.AddRecord("scope", {**filled(story, "scope", {}), "impasse": "ask Perpetua"}))
    scanning.keep(story.desk(SAM), story.ref)
    [kept] = [e.event for e in story.entries if isinstance(e.event, Scanned)]
    assert kept.protected == 1
    assert "Perpetua" not in str(kept) and "Quillfeather" not in str(kept)


@pytest.mark.parametrize("person", [WREN, MO])
def test_whoever_may_not_read_the_key_learns_nothing_of_it_by_looking(person: str) -> None:
    story = a_review()
    story.do(SAM, cmd.AddRecord("scope", {**filled(story, "scope", {}), "impasse": "ask Perpetua"}))
    with pytest.raises(NotForYou):
        scanning.look(story.desk(person), story.ref)


def test_the_title_of_the_case_is_looked_through_too() -> None:
    story = Story(FLOW, roster=False, worker=None, title="Learning review: Quillfeather")
    story.do(CHO, cmd.Appoint(SAM, "lead-reviewer"))
    identities.add_identity(story.desk(SAM), story.ref, "name", NAME)
    [find] = scanning.look(story.desk(SAM), story.ref).open
    assert find.hit.place == "title of the case"


# ---- files -----------------------------------------------------------------------------------------------------
def word_file(path: Path, *texts: str, part: str = "word/document.xml") -> Path:
    ns = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{text[:3]}</w:t></w:r><w:r><w:t>{text[3:]}</w:t></w:r></w:p>" for text in texts)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", f'<w:document xmlns:w="{ns}"><w:body/></w:document>')
        package.writestr(part, f'<w:document xmlns:w="{ns}"><w:body>{body}</w:body></w:document>')
    return path


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("part", ["word/document.xml", "word/footnotes.xml", "word/header1.xml", "word/comments.xml"])
def test_a_name_is_found_wherever_it_stands_in_a_word_file(tmp_path: Path, part: str) -> None:
    story = a_review()
    path = word_file(tmp_path / "report.docx", "Nothing here", "Then Perpetua came", part=part)
    found = scanning.look(story.desk(SAM), story.ref, passages_of(path))
    assert [find.hit.found for find in found.open] == ["Perpetua"]
    assert found.open[0].hit.place.startswith("report.docx, paragraph")


@pytest.mark.parametrize("name,text", [("r.md", "# T\n\nThen *Perpetua*\n"), ("r.html", "<p>Then <b>Perp</b>etua</p>"),
                                       ("r.txt", "Then Perpetua")])  # fmt: skip
def test_a_name_is_found_in_the_other_files_a_report_is_written_to(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    story = a_review()
    assert scanning.look(story.desk(SAM), story.ref, passages_of(path)).open


BAD = {
    "picture.docx": b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
    "report.pdf": b"%PDF-1.7",
    "latin.txt": "José".encode("latin-1"),
    "cut.docx": b"PK\x03\x04",
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_none_of_these_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BAD[name])
    with pytest.raises(CaseReviewError) as refused:
        passages_of(path)
    assert refused.value.status == 2 and refused.value.remedy and "\n" not in refused.value.says


def test_a_missing_file_and_entities_in_a_word_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseReviewError, match="cannot be read"):
        passages_of(tmp_path / "none.md")
    with zipfile.ZipFile(tmp_path / "x.docx", "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY a "Perpetua">]><d>&a;</d>')
    with pytest.raises(CaseReviewError, match="not a Word file"):
        passages_of(tmp_path / "x.docx")


def test_a_passage_without_words_is_none(tmp_path: Path) -> None:
    path = tmp_path / "r.md"
    path.write_text("\n\n  \n\nOne\n\n\nTwo\n", "utf-8")
    assert [one.text.strip() for one in passages_of(path)] == ["One", "Two"]
    assert len({one.place for one in passages_of(path)}) == 2


# ---- the key and the looking, one after the other --------------------------------------------------------------
def looked_through() -> Story:
    """A review whose scope was looked through, with nobody of the key in it, though Beatrix is."""
    story = a_review()
    said = {**filled(story, "scope", {}), "impasse": "As Beatrix Oldacre would do", "out_of_scope": "Mr Ng and the has"}
    story.do(SAM, cmd.AddRecord("scope", said))
    scanning.keep(story.desk(SAM), story.ref)
    assert ready(story)
    return story


def test_whoever_comes_onto_the_key_after_a_look_is_looked_for_before_publication() -> None:
    story = looked_through()
    identities.add_identity(story.desk(SAM), story.ref, "name", "Beatrix Oldacre", stands_for="Mother")
    assert not ready(story)
    found, _ = scanning.keep(story.desk(SAM), story.ref)
    assert found.open and not ready(story)


@pytest.mark.parametrize("change", [{"text": "Beatrix Oldacre"}, {"variants": ["Oldacre"]}])
def test_a_changed_line_of_the_key_is_looked_for_again_and_its_made_up_name_is_not(change: dict[str, Any]) -> None:
    story = looked_through()
    [line] = identities.identities(story.desk(SAM), story.ref)
    identities.change_identity(story.desk(SAM), story.ref, line.key, stands_for="Child F")
    assert ready(story)
    identities.change_identity(story.desk(SAM), story.ref, line.key, **change)
    assert not ready(story)
    assert "Oldacre" not in str([entry.event for entry in story.entries if not isinstance(entry.event, Recorded)])


def test_a_look_is_not_kept_where_the_key_changed_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    story = a_review()
    looking = scanning.look

    def and_then(desk: Any, ref: str) -> scanning.Looked:
        found = looking(desk, ref)
        identities.add_identity(story.desk(CHO), story.ref, "name", "Beatrix Oldacre")
        return found

    monkeypatch.setattr(scanning, "look", and_then)
    with pytest.raises(Conflict):
        scanning.keep(story.desk(SAM), story.ref)
    assert story.case.scan is None


def test_the_reason_of_an_answer_does_not_say_the_name_either() -> None:
    story = a_review()
    story.do(SAM, cmd.AddRecord("scope", {**filled(story, "scope", {}), "impasse": "As Quillfeather & Co. do"}))
    [find] = scanning.look(story.desk(SAM), story.ref).open
    with pytest.raises(CaseReviewError, match="it says itself"):
        scanning.answer(story.desk(SAM), story.ref, find.id, "QUILLFEATHER’S is a firm of mediators")
    assert not story.case.finds_answered


@pytest.mark.parametrize("text,found", [("Mr Ng said so", True), ("NG'S view", True), ("Jo-Ann and Jo’s dog", True),
                                        ("she has it", False), ("something", False)])  # fmt: skip
def test_a_name_of_two_letters_is_looked_for_too(text: str, found: bool) -> None:
    key = [Protected("name", "Ha Ng"), Protected("name", "Jo")]
    assert bool([hit for hit in scan([Passage("p", text)], key) if hit.blocks]) is found


def test_where_documents_stand_says_whether_they_were_looked_through_and_nothing_to_whom_it_is_kept_from() -> None:
    story = looked_through()
    brief = {"document": "learning brief", "decision": "publish", "why": "it helps", "decided_on": "2024-06-03"}
    story.do(CHO, cmd.AddRecord("publication-decision", brief))
    found = publication(story.desk(SAM), story.ref)
    assert "looked through on" in found.looked and "published" in [one.state for one in found.artefacts]
    identities.add_identity(story.desk(SAM), story.ref, "name", "Beatrix Oldacre")
    assert "not been looked through" in publication(story.desk(SAM), story.ref).looked
    other = publication(story.desk(WREN), story.ref)
    assert other.kept == 1 and other.artefacts == () and "not yours to read" in other.notes[-1]


def test_a_look_with_less_of_the_key_than_the_one_before_says_so() -> None:
    story = looked_through()
    assert "before" not in scanning.summary(scanning.look(story.desk(SAM), story.ref))
    [line] = identities.identities(story.desk(SAM), story.ref)
    identities.remove_identity(story.desk(SAM), story.ref, line.key, "came without its key")
    said = scanning.summary(scanning.look(story.desk(SAM), story.ref))
    assert "nobody is looked for" in said and "before this one looked for 1" in said


def test_a_find_that_was_nobodys_is_asked_about_again_once_somebody_else_comes_onto_the_key() -> None:
    story = a_review()
    story.do(SAM, cmd.AddRecord("scope", {**filled(story, "scope", {}), "impasse": "As Pippa & Co. do"}))
    [find] = scanning.look(story.desk(SAM), story.ref).open
    scanning.answer(story.desk(SAM), story.ref, find.id, "a firm of mediators")
    assert not scanning.look(story.desk(SAM), story.ref).open
    identities.add_identity(story.desk(SAM), story.ref, "name", "Pippa", stands_for="Child F")
    found, _ = scanning.keep(story.desk(SAM), story.ref)
    assert found.open and not ready(story)
