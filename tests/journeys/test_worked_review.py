"""The worked review does what it says, from referral to what came of it, and its report is what the product writes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.journeys.program import Program
from tests.journeys.test_tutorial import follow, lines_of

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "worked-review.md"
PAPERS = ROOT / "docs" / "worked-review"


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which somebody typed every line of the page."""
    folder = tmp_path_factory.mktemp("worked") / "worked-review"
    shutil.copytree(PAPERS, folder)
    lines = lines_of(PAGE.read_text(encoding="utf-8"))
    assert len(lines) > 150
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)  # where the reader stands; the program is found from there as when installed
        patch.setenv("PYTHONPATH", str(ROOT))
        with Program(folder / "unused.db") as program:
            follow(program, lines, folder)
    return folder


def test_every_form_of_the_folder_is_used(followed: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    unused = [form.name for form in PAPERS.glob("*.txt") if f"--from {form.name} " not in page]
    assert not unused
