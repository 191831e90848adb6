"""Law 10: a case stays with the version and content of its workflow, whatever happens to the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from casereview import commands as cmd
from casereview.errors import CaseReviewError
from casereview.service.reading import show
from tests.stories import MO, STORY, WREN, Story
from workflows.errors import WorkflowError


def copy(tmp_path: Path, *changes: tuple[str, str]) -> str:
    text = Path(STORY).read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path = tmp_path / f"w{len(list(tmp_path.iterdir()))}.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


STRICTER = (
    ('version = "1"', 'version = "2"'),
    ('to    = "look"\nby    = ["worker", "manager"]\n',
     'to    = "look"\nby    = ["worker", "manager"]\n'
     'must  = [{ seen = "child", says = "seen", who = "worker" }]\n'),
)  # fmt: skip


def test_a_running_case_keeps_its_version_and_a_new_one_takes_the_new(tmp_path: Path) -> None:
    old = Story(copy(tmp_path)).step(MO, "begin")
    new = Story(copy(tmp_path, *STRICTER), store=old.store, seed=2).step(MO, "begin")
    assert (old.case.version, new.case.version) == ("1", "2")
    assert old.case.hash != new.case.hash
    assert [u.requirement for u in new.refused(WREN, cmd.TakeStep("look-together")).unmet] == ["seen-child"]
    old.do(WREN, cmd.TakeStep("look-together"))
    with old.store.read() as work:
        assert {(name, version) for _, name, version, _ in work.definitions()} == {("story", "1"), ("story", "2")}


def test_the_file_may_change_or_go(tmp_path: Path) -> None:
    path = copy(tmp_path)
    story = Story(path)
    Path(path).write_text("nonsense", encoding="utf-8")
    assert show(story.desk(MO), story.ref).definition.title == "A story"
    Path(path).unlink()
    story.do(WREN, cmd.Tell("progress"))
    with pytest.raises((CaseReviewError, WorkflowError)):
        Story(path, store=story.store, seed=3)


def test_a_faulty_definition_opens_nothing(tmp_path: Path) -> None:
    with pytest.raises(WorkflowError):
        Story(copy(tmp_path, ('start = "not-shared"', 'start = "not-shraed"')))


def test_a_text_that_was_changed_in_the_store_is_not_followed() -> None:
    story = Story()
    digest = story.case.hash
    with story.store.write() as work:
        text = work.definition_text(digest) or ""
        work.keep_definition(digest, "story", "1", text.replace('title = "Begin"', 'title = "Bgin"'))
    with pytest.raises(CaseReviewError, match="not the one its cases were started with"):
        show(story.desk(MO), story.ref)
