"""Every command line a page shows is one the program has, with options it takes."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.commands.app import build

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
ANYTHING = re.compile(r"[…{}|<>*\[\]]|\.\.\.")


def lines() -> Iterator[tuple[str, str]]:
    """Each line of a code block that runs the program, with its page; a line that goes on below is one."""
    for page in PAGES:
        for block in BLOCK.findall(page.read_text("utf-8")):
            joined = re.sub(r"\\\n\s*", " ", block)
            for line in joined.splitlines():
                found = re.match(r"\s*(?:\$ )?(?:\.venv/bin/)?casereview (.*)", line)
                if found and not ANYTHING.search(found[1]):
                    yield page.name, found[1]


LINES = sorted(set(lines()))


def test_the_pages_show_command_lines() -> None:
    assert len(LINES) > 100
    assert len({page for page, _ in LINES}) >= 8


@pytest.mark.parametrize("page,line", LINES)
def test_a_command_line_in_a_page_is_one_there_is(page: str, line: str) -> None:
    words = shlex.split(line, comments=True)
    group = build()
    options = {name for param in group.params for name in param.opts}
    while words and words[0].startswith("-"):
        taken = words.pop(0)
        assert taken in options, (page, line)
        if not next(p for p in group.params if taken in p.opts).is_flag:  # type: ignore[attr-defined]
            words.pop(0)
    if not words:
        return
    command = group.get_command(None, words[0])
    assert command is not None, (page, line)
    subcommands = getattr(command, "commands", None)
    if subcommands and len(words) > 1 and words[1] in subcommands:
        command = subcommands[words[1]]
    known = {name for param in command.params for name in (*param.opts, *param.secondary_opts)} | {"--help", "-h"}
    assert {word.partition("=")[0] for word in words if re.match(r"--[a-z]", word)} <= known, (page, line)
