"""The worked review does what it says, from referral to what came of it; its papers are what the product writes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.journeys.program import Program
from tests.journeys.test_tutorial import follow, lines_of

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "worked-review.md"
PAPERS = ROOT / "docs" / "worked-review"
BEGINS = {"report.docx": b"PK", "report.pdf": b"%PDF", "brief.pdf": b"%PDF", "draft-1.docx": b"PK"}


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


def alike(paper: Path) -> str:
    """A paper without what is another on every store: references, hashes, the store's own number."""
    text = re.sub(r"\bLT-(\d{4})-[0-9A-Z]+", r"LT-\1-XXXXX", paper.read_text(encoding="utf-8"))
    return re.sub(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "#", text)


@pytest.mark.parametrize("name", ["report.md", "response.md", "brief.md"])
def test_the_papers_shown_are_those_it_writes(followed: Path, name: str) -> None:
    assert alike(followed / name) == alike(PAPERS / name)


def test_the_papers_come_in_every_form(followed: Path) -> None:
    for name, begins in BEGINS.items():
        assert (followed / name).read_bytes().startswith(begins), name


def test_nobody_of_the_identity_key_stands_in_them(followed: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    named = [one for text in re.findall(r'identity add \$REVIEW \w+ "([^"]+)"', page) for one in text.split()]
    assert "Halloway" in named
    ordinary = {"School", "Primary", "Surgery", "Hill", "Lane", "of", "date", "birth"}
    for paper in followed.glob("*.md"):
        text = paper.read_text(encoding="utf-8")
        assert not [name for name in named if name not in ordinary and name in text], paper.name
        assert "Maz" not in text


def test_every_form_of_the_folder_is_used() -> None:
    page = PAGE.read_text(encoding="utf-8")
    forms = [form.name for form in PAPERS.glob("*.txt")]
    assert forms and not [name for name in forms if f"--from {name} " not in page and f"@{name} " not in page]
