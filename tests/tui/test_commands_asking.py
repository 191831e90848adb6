"""Asking a person: values on the line, from files and standard input, in an editor, and at a real terminal."""

from __future__ import annotations

import io
import os
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.errors import CaseReviewError
from casereview.text import TEXT_LIMIT
from tui.commands import asking
from tui.commands.output import NARROWEST, _wide, cell, columns, wrapped
from workflows.catalogue import Catalogue

KIND = Catalogue().find("single-assessment").records["decision"]


# ---- on the line -------------------------------------------------------------------------------------------------
@given(st.text(st.characters(exclude_characters="=@-", exclude_categories=["Cs"]), min_size=1), st.text())
def test_a_value_is_what_stands_after_the_first_equals_sign(name: str, value: str) -> None:
    if not name.strip() or value.startswith("@") or value == "-":
        return
    assert asking.pairs([f"{name}={value}"]) == {name.strip(): value}


def test_a_field_given_twice_is_a_list() -> None:
    assert asking.pairs(["a=1", "b=2", "a=3", "a=4"]) == {"a": ["1", "3", "4"], "b": "2"}


@pytest.mark.parametrize("wrong", ["", "word", "=value", " =value"])
def test_what_is_no_field_and_value_is_refused(wrong: str) -> None:
    with pytest.raises(CaseReviewError, match="field=value"):
        asking.pairs([wrong])


def test_text_comes_from_a_file_or_from_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_bytes("\ufeffShe said:\r\n“not yet”\x1b[2J\n".encode())
    assert asking.text_of(f"@{notes}", "grounds") == "She said:\n“not yet”\ufffd[2J\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"from a pipe")))
    assert asking.text_of("-", "grounds") == "from a pipe"
    assert asking.text_of("@@home", "x") == "@home" and asking.text_of("@", "x") == "@"


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"x" * (TEXT_LIMIT + 1)])
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "notes.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CaseReviewError) as refused:
        asking.text_of(f"@{file}", "grounds")
    assert refused.value.where == "grounds"
    with pytest.raises(CaseReviewError, match="is not a file"):
        asking.text_of(f"@{tmp_path}", "grounds")


def test_fields_are_those_of_the_record_and_nothing_is_asked_without_a_terminal() -> None:
    assert asking.ask_fields(KIND, ["grounds=Seen twice"]) == {"grounds": "Seen twice"}
    with pytest.raises(CaseReviewError, match="Did you mean grounds"):
        asking.ask_fields(KIND, ["grunds=x"])
    with pytest.raises(CaseReviewError, match="still needed"):
        asking.ask_fields(KIND, [], interactive=True)


# ---- in an editor --------------------------------------------------------------------------------------------------
def editor(tmp_path: Path, does: str) -> str:
    script = tmp_path / "an editor.py"
    script.write_text(f"import sys, pathlib, os\nfile = pathlib.Path(sys.argv[-1])\n{does}\n", "utf-8")
    return f"{sys.executable} '{script}' --wait"


def test_the_editor_shows_the_question_and_its_lines_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    does = (f"pathlib.Path({str(log)!r}).write_text(file.read_text() + oct(os.stat(file).st_mode) + str(file))\n"
            "file.write_text(file.read_text() + 'A line.\\n\\nAnother; $(rm -rf x)\\n')")  # fmt: skip
    monkeypatch.setenv("VISUAL", editor(tmp_path, does))
    monkeypatch.setenv("EDITOR", "false")
    assert asking.in_editor("On what grounds?", "Before.") == "Before.\nA line.\n\nAnother; $(rm -rf x)"
    seen = log.read_text()
    assert seen.startswith("# On what grounds?\n") and ("0o100600" in seen or os.name != "posix")
    assert not Path(seen.rpartition("0o100600")[2]).exists() or os.name != "posix"


def test_an_editor_that_fails_or_is_missing_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    for command in (editor(tmp_path, "sys.exit(3)"), "/no/such/editor", ""):
        monkeypatch.setenv("EDITOR", command)
        with pytest.raises(CaseReviewError):
            asking.in_editor("On what grounds?")


def test_a_text_that_cannot_be_kept_is_not_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", editor(tmp_path, "file.write_text('a' * 300_000)"))
    with pytest.raises(CaseReviewError, match="What you wrote is still in") as caught:
        asking.in_editor("On what grounds?")
    left = Path((caught.value.remedy or "").rpartition(" ")[2])
    assert left.read_text() == "a" * 300_000
    left.unlink()


def test_edit_opens_the_editor_for_each_long_text_not_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", editor(tmp_path, "file.write_text('written')"))
    found = asking.ask_fields(KIND, ["grounds=Given"], edit=True)
    long = {field.name for field in KIND.fields.values() if field.type == "long"}
    assert found == {**dict.fromkeys(long, "written"), "grounds": "Given"}


# ---- at a terminal ---------------------------------------------------------------------------------------------------
@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("call", "typed", "found"),
    [
        ("asking.ask('Why?')", "\nbecause\n", "because"),
        ("asking.choose('Which?', ['one', 'two'])", "three\n2\n", "two"),
        ("asking.choose('Which?', ['one', 'two', 'six'], several=True)", "1, six\n", "one, six"),
        ("asking.confirm('Throw it away?', False)", "yes\n", "None"),
        ("asking.confirm('Throw it away?', False)", "\n", "nothing was changed"),
        ("asking.ask('Why?')", "\x04", "nothing was typed"),
    ],
)
def test_questions_at_a_terminal(call: str, typed: str, found: str) -> None:
    import pty

    code = (
        "from tui.commands import asking\n"
        "from casereview.errors import CaseReviewError\n"
        f"try: print('FOUND', {call})\nexcept CaseReviewError as e: print('FOUND', e)"
    )
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-c", code])
    shown = b""
    for line in typed.splitlines(keepends=True):
        while shown.count(b"> ") + shown.count(b"] ") == 0:
            shown += os.read(terminal, 4096)
        os.write(terminal, line.encode())
        time.sleep(0.05)
    try:
        while chunk := os.read(terminal, 4096):
            shown += chunk
    except OSError:
        pass  # how a pseudo-terminal ends
    os.close(terminal)
    os.waitpid(child, 0)
    assert f"FOUND {found}" in shown.decode(), shown.decode()


def test_without_a_terminal_a_yes_must_be_on_the_line() -> None:
    asking.confirm("Throw it away?", True)
    with pytest.raises(CaseReviewError, match="--yes"):
        asking.confirm("Throw it away?", False)


# ---- on a screen ------------------------------------------------------------------------------------------------
@given(st.lists(st.lists(st.text(), min_size=3, max_size=3), max_size=4), st.integers(20, 120))
def test_a_table_holds_every_row_and_keeps_to_the_terminal(rows: list[list[str]], wide: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tui.commands.output.width", lambda: wide)
        lines = columns(("a", "b", "c"), rows).split("\n")
    assert len(lines) == len(rows) + 1
    # The first column is never cut; the others give way down to the narrowest.
    first = max([1, *(_wide(cell(row[0])) for row in rows)])
    assert all(_wide(line) <= max(wide, first + 2 * NARROWEST + 4) for line in lines)
    assert all(line.startswith(cell(row[0])) for line, row in zip(lines[1:], rows, strict=True))
    assert not any(stat_char in line for line in lines for stat_char in "\x1b\x00\r")


def test_nothing_is_cut_where_there_is_no_terminal() -> None:
    text = "x" * 200_000
    assert columns(("a", "b"), [("1", text), ("2", "")]).split("\n")[1:] == [f"1  {text}", "2"]


def test_long_text_is_wrapped_with_its_own_lines_kept() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tui.commands.output.width", lambda: 20)
        assert wrapped("one two three four five\nsix", "    ", "  ") == "  one two three four\n    five\n    six"
