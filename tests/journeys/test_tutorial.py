"""The tutorial does what it says: every line of it is run, and every line it shows was printed."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from tests.journeys.program import Program, Ran

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.md"
STATUS = {"# refused": 1, "# unclear": 2}  # what a line ends with, and the exit status it leaves


@dataclass
class Line:
    typed: str
    shown: list[str] = field(default_factory=list)


def lines_of(text: str) -> list[Line]:
    """What is typed in the console blocks, and below each what the tutorial shows."""
    found: list[Line] = []
    for block in re.findall(r"```console\n(.*?)```", text, flags=re.DOTALL):
        for line in block.replace("\\\n", " ").splitlines():
            if line.startswith("$ "):
                found.append(Line(line[2:]))
            else:
                found[-1].shown.append(line)
    return found


def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    lines = lines_of(TUTORIAL.read_text(encoding="utf-8"))
    assert len(lines) > 60
    with Program(tmp_path / "unused.db") as program:
        follow(program, lines, tmp_path)


def follow(program: Program, lines: list[Line], folder: Path) -> None:
    """Runs every line in turn: it ends as the tutorial says, and what the tutorial shows was printed."""
    names: dict[str, str] = {}
    for line in lines:
        typed, expected = line.typed, 0
        for mark, status in STATUS.items():
            if typed.endswith(mark):
                typed, expected = typed.removesuffix(mark).strip(), status
        done = _run(program, typed, names, folder)
        assert done.status == expected, (line.typed, done.out, done.err)
        printed = done.out + done.err
        said = [*printed.splitlines(), *re.sub(r"\b([A-Z]{2}-\d{4})-[0-9A-Z]+", r"\1-XXXXX", printed).splitlines()]
        for shown in line.shown:
            assert shown in said, (line.typed, shown, "\n".join(said))


def _run(program: Program, typed: str, names: dict[str, str], folder: Path) -> Ran:
    """One line as a shell would take it: a name set, what a command printed kept under a name, or a command."""
    if kept := re.fullmatch(r"(\w+)=\$\((.*)\)", typed):
        done = _command(program, kept[2], names)
        names[kept[1]] = done.out.strip()
        return done
    if setting := re.fullmatch(r"export (\w+)=(\S+)", typed):
        value = str(folder / setting[2]) if setting[1] == "CASEREVIEW_STORE" else setting[2]
        names[setting[1]] = value
        return Ran(0, "", "")
    return _command(program, typed, names)


def _command(program: Program, typed: str, names: dict[str, str]) -> Ran:
    words = shlex.split(re.sub(r"\$([A-Z]+)", lambda name: names[name[1]], typed))
    assert words[0] == "casereview", typed
    return program.run(*words[1:], "--store", names["CASEREVIEW_STORE"], "--today", names["CASEREVIEW_TODAY"])
