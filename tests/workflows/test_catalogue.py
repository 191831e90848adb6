"""The catalogue finds workflows by name, version and path, and one bad file never hides the others."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.workflows.support import SHIPPED_FILES, changed, text_of
from workflows.catalogue import Catalogue, from_text
from workflows.errors import WorkflowError, WorkflowFaulty, WorkflowNotFound

SMALL = text_of("small")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "small.toml": SMALL,
        "small-2.toml": changed('version = "1"', 'version = "2"'),
        "small-10.toml": changed('version = "1"', 'version = "10"'),
        "bad.toml": changed('name = "small"', 'name = "bad"', changed('to = "closed"', 'to = "closd"')),
        "broken.toml": "format = 1\nname = ",
        "notes.txt": "not a workflow",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_shipped_workflows_are_there_without_a_folder() -> None:
    catalogue = Catalogue()
    assert set(catalogue.names()) == {path.stem for path in SHIPPED_FILES}
    assert catalogue.faults() == ()
    assert [d.name for d in catalogue.usable()] == list(catalogue.names())


def test_a_folder_that_is_not_there_is_an_empty_one(tmp_path: Path) -> None:
    assert Catalogue(tmp_path / "none").names() == Catalogue().names()


def test_the_newest_version_is_given_when_none_is_named(folder: Path) -> None:
    catalogue = Catalogue(folder)
    assert catalogue.versions("small") == ("10", "2", "1")
    assert catalogue.get("small").version == "10"
    assert catalogue.get("small", "2").version == "2"
    assert catalogue.find("small@1").text == SMALL


@pytest.mark.parametrize(
    ("older", "newer"), [("1", "2"), ("9", "10"), ("2", "2.1"), ("2-draft", "2"), ("2", "3-draft"), ("a", "b")]
)
def test_versions_are_compared_number_by_number(tmp_path: Path, older: str, newer: str) -> None:
    for number, version in enumerate((newer, older)):
        (tmp_path / f"{number}.toml").write_text(changed('version = "1"', f'version = "{version}"'), encoding="utf-8")
    assert Catalogue(tmp_path).versions("small") == (newer, older)


def test_bad_files_are_reported_and_the_others_stay(folder: Path) -> None:
    catalogue = Catalogue(folder)
    faults = catalogue.faults()
    assert {Path(fault.where).name for fault in faults} == {"bad.toml", "broken.toml"}
    assert catalogue.get("small").name == "small" and catalogue.get("learning-together").prefix == "LT"
    assert "bad" not in [definition.name for definition in catalogue.usable()]
    with pytest.raises(WorkflowFaulty) as caught:
        catalogue.get("bad")
    assert [fault.place for fault in caught.value.faults] == ["steps.close.to"] * len(caught.value.faults)
    assert "bad.toml" in str(caught.value) and 'Did you mean "closed"?' in str(caught.value)


def test_one_name_and_version_with_two_contents_is_a_fault(folder: Path) -> None:
    (folder / "other.toml").write_text(SMALL + "# another remark\n", encoding="utf-8")
    catalogue = Catalogue(folder)
    claims = [fault for fault in catalogue.faults() if fault.place == "small@1"]
    assert len(claims) == 1 and "A version never changes" in claims[0].remedy
    with pytest.raises(WorkflowFaulty):
        catalogue.get("small", "1")
    assert catalogue.get("small").version == "10"


def test_a_copy_of_a_shipped_file_is_no_fault_and_a_changed_one_is(tmp_path: Path) -> None:
    original = SHIPPED_FILES[0].read_bytes()
    (tmp_path / "copy.toml").write_bytes(original)
    assert Catalogue(tmp_path).faults() == ()
    (tmp_path / "copy.toml").write_bytes(original + b"# mine\n")
    catalogue = Catalogue(tmp_path)
    assert len(catalogue.faults()) == 1 and "comes with casereview" in catalogue.faults()[0].says
    shipped = Catalogue().get(SHIPPED_FILES[0].stem)
    assert catalogue.get(shipped.name, shipped.version) == shipped  # a slip in a folder takes nothing away
    mine = catalogue.by_path(tmp_path / "copy.toml")
    assert len(catalogue.claimed(mine, tmp_path / "copy.toml")) == 1
    assert catalogue.claimed(shipped, SHIPPED_FILES[0]) == ()


@pytest.mark.parametrize("name", ["smal", "small@3", "nowhere.toml", "a/b", "", "small@"])
def test_what_is_not_there_is_not_found_with_a_remedy(folder: Path, name: str) -> None:
    with pytest.raises(LookupError) as caught:
        Catalogue(folder).find(name)
    assert isinstance(caught.value, WorkflowNotFound)
    assert caught.value.remedy
    if name == "smal":
        assert caught.value.remedy == 'Did you mean "small"?'


def test_by_path(folder: Path) -> None:
    assert Catalogue().find(str(folder / "small.toml")).hash == hashlib.sha256(SMALL.encode()).hexdigest()
    with pytest.raises(WorkflowFaulty):
        Catalogue().by_path(folder / "broken.toml")


def test_a_definition_is_parsed_once(folder: Path) -> None:
    catalogue = Catalogue(folder)
    assert catalogue.get("small") is catalogue.get("small")
    kept = catalogue.get("small")
    assert from_text(kept.text, kept.hash) is from_text(kept.text, kept.hash)


def test_a_text_kept_with_cases_is_not_held_to_todays_checker_but_to_its_hash() -> None:
    unreadable_today = changed(', reader = "the family"', "", changed("agreed = true", "agreed = true\nnovelty = 1"))
    definition = from_text(unreadable_today, hashlib.sha256(unreadable_today.encode()).hexdigest())
    assert definition.expectations["whole"].agreed
    with pytest.raises(WorkflowError, match="not the one"):
        from_text(unreadable_today + " ", definition.hash)
    with pytest.raises(WorkflowFaulty):
        from_text("format = 99", hashlib.sha256(b"format = 99").hexdigest())


def test_an_unusual_head_is_read_all_the_same(tmp_path: Path) -> None:
    text = changed('kind = "review"', 'kind = "review"\nsays = """\n[not a table]\n"""')
    (tmp_path / "odd.toml").write_text(text, encoding="utf-8")
    assert "small" in Catalogue(tmp_path).names()
