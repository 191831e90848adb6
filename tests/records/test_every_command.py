"""Every command that names a case, or none at all, says the same of a review whatever is withheld from whoever asks."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperGroup

from casereview.testing import FixedClock
from storage import open_store
from tests.records.keeping import DAY, Review, kept_from
from tui.commands.app import commands_of
from tui.commands.index import COMMANDS
from tui.start import Settings, main

MARK = "Zyzzyvine"
# They make or leave the store, or read a file of their own; nothing of a record is in what they say.
LEFT_OUT = {"init", "demo", "restore", "upgrade", "backup", "anchor", "verify", "rebuild"}
MORE = [
    ("records", "CASE", "conversation"), ("records", "CASE", "finding", "--json"), ("show", "CASE", "--story"),
    ("versions", "CASE", "NUMBER"), ("correct", "CASE", "NUMBER", "overview=x", "--reason", "x"),
    ("versions", "CASE", "NUMBER", "--back-to", "1", "--reason", "x"), ("export", "bundle", "FILE", "--case", "CASE"),
    ("record", "CASE", "turning-point", "conversation=NUMBER", "moment=x"), ("correct", "CASE", "NUMBER", "--withdraw"),
    ("history", "CASE", "--json"), ("records", "CASE", "--json"), ("show", "CASE", "--as-at", DAY.isoformat()),
    ("identity", "add", "CASE", "name", "x"), ("identity", "remove", "CASE", "aaaaaa", "--reason", "x"),
    ("cases", MARK), ("cases", "Quillfeather"),
]  # fmt: skip


def lines() -> Iterator[tuple[str, ...]]:
    """Every command that asks for nothing but a case, or for nothing."""
    for part in dict.fromkeys(part for part, _ in COMMANDS.values()):
        for name, command in commands_of(part).items():
            if name in LEFT_OUT:
                continue
            group = command.commands if isinstance(command, TyperGroup) else {"": command}
            for word, one in group.items():
                wanted = [param.name for param in one.params if param.required]
                words = (name, word) if word else (name,)
                if not wanted:
                    yield words
                elif wanted == ["case"]:
                    yield (*words, "CASE")


def run(place: Path, review: Review, person: str, line: tuple[str, ...], target: Path) -> str:
    number = str(review.number["conversation"])
    words = [w.replace("CASE", review.ref).replace("NUMBER", number).replace("FILE", str(target)) for w in line]
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(["--store", str(place), "--as", person, "--no-screen", *words])
    assert "Traceback" not in err.getvalue()
    said = f"{status}\n{out.getvalue()}\n{err.getvalue()}".replace(str(place), "STORE").replace(str(target), "FILE")
    return re.sub(r"\b[0-9a-f]{8,64}\b", "#", said)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FixedClock:
    """The same instants in both stores."""
    monkeypatch.setattr(Settings, "clock", lambda self: FixedClock(DAY))
    return FixedClock(DAY)


@pytest.mark.parametrize("person", ["biz"])
def test_no_command_tells_what_is_withheld(person: str, clock: FixedClock, tmp_path: Path) -> None:
    made = []
    for number, words in enumerate((f"{MARK} one", f"{MARK} the other way")):
        place = tmp_path / f"{number}.db"
        review = Review(open_store(str(place), create=True, practice=True, clock=FixedClock(DAY)))
        hidden = kept_from(review, person) | {"identity"}
        review.fill(lambda kind, words=words, hidden=hidden: f"{words} {kind}" if kind in hidden else kind)  # type: ignore[misc]
        review.store.close()
        made.append((place, review))
    told = 0
    for line in (*lines(), *MORE):
        first, second = (run(place, review, person, line, tmp_path / f"{place.stem}.out") for place, review in made)
        assert first == second, line
        assert MARK not in first.replace(" ".join(line), ""), line
        told += first.startswith("0")
    assert told > 40
