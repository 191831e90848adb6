"""Wrong words, wrong days, workflows that cannot be used, and places that are no store of ours: one line each."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import casereview
from tests.bad_inputs.bed import TITLE, TODAY, Bed, error_in_json, one_clear_line
from tests.journeys.program import environment, run_once

SHIPPED = Path(casereview.__file__).parents[1] / "workflows" / "single-assessment.toml"
OPEN = ("open", "single-assessment", "--title", TITLE)


# ---- words nobody knows ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("line", "status", "says"),
    [
        (("show", "SA-2024-22222"), 1, "there is no case SA-2024-22222"),
        (("why", "nonsense"), 1, "there is no case NONSENSE"),
        (("history", "SA-2024-22222"), 1, "there is no case"),
        (("step", "{ref}", "alocate", "--as", "ben"), 1, "Did you mean allocate?"),
        (("record", "{ref}", "childs-word", "--as", "lena"), 1, "childs-words"),
        (("record", "{ref}", "childs-words", "word=x", "--as", "lena"), 2, "Did you mean words?"),
        (("record", "{ref}", "childs-words", "words", "--as", "lena"), 2, "field=value"),
        (("assign", "{ref}", "--worker", "lenna", "--as", "ben"), 1, "Did you mean lena?"),
        (("assign", "{ref}", "--team", "nort", "--as", "ben"), 1, "Did you mean north?"),
        (("cases", "--as", "bem"), 1, "Did you mean ben?"),
        (("people", "office", "ben", "manger", "--team", "north"), 2, "Did you mean manager?"),
        (("open", "single-assesment", "--title", TITLE), 1, "single-assessment"),
        (("workflows", "show", "no-such"), 1, "Choose from"),
        (("reason", "{ref}", "NOPE", "--text", "x", "--effect", "y", "--as", "lena"), 2, "Did you mean NONE?"),
        (("journey", "nobody"), 1, "nobody"),
        (("casse",), 2, "Did you mean cases?"),
        (("cases", "--staeg", "x"), 2, "--stage"),
        (("cases", "--standing", "late"), 2, "--standing"),
        (("show",), 2, "missing argument"),
        (("show", "{ref}", "{ref}"), 2, "unexpected extra argument"),
        (("--store", "http://host/db", "cases"), 2, "postgresql://"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else None,
)
def test_a_word_nobody_knows(bed: Bed, line: tuple[str, ...], status: int, says: str) -> None:
    arguments = [one.replace("{ref}", bed.ref) for one in line]
    bed.refused(*arguments, status=status, says=says)


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("06/25/2024", "Write 25/06/2024 or 2024-06-25"),
        ("1/2/24", "is not a date"),
        ("2024-6", "is not a date"),
        ("next week", "is not a date"),
        ("31/04/2024", "no such day"),
        ("20240601", "is not a date"),
        ("٢٠٢٤-٠٦-٠١", "is not a date"),
        ("", "is not a date"),
        ("1\x1b[2J/2/2024", "is not a date"),
    ],
)
def test_a_day_nobody_can_read(bed: Bed, day: str, says: str) -> None:
    bed.refused(*OPEN, "--opened", day, says=says)
    bed.refused("seen", bed.ref, "--on", day, "--as", "lena", says=says)
    bed.refused("cases", "--today", day or " ", says=says)
    bed.refused("show", bed.ref, "--as-at", day or " ", says=says)


# ---- workflows ---------------------------------------------------------------------------------------------------
Change = Callable[[str], str]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(lambda text: text.replace("title = ", "title ", 1), "line", id="not-TOML"),
        pytest.param(lambda _: "\0\1\2", "line", id="bytes"),
        pytest.param(lambda _: "", "", id="empty"),
        pytest.param(lambda text: text + "\n[timing.decision]\ndeadline = 45\n", "", id="unknown-table"),
        pytest.param(lambda text: "deadline = 45\n" + text, "deadline", id="deadline"),
        pytest.param(lambda text: text + "x" * 3_000_000, "", id="3-MB"),
    ],
)
def test_a_workflow_that_cannot_be_used(bed: Bed, change: Change, says: str) -> None:
    path = bed.file(change(SHIPPED.read_text("utf-8")).encode(), "local.toml")
    before = bed.state()
    ran = bed.run("open", path, "--title", TITLE)
    assert ran.status == 2 and "Traceback" not in ran.err and "something unexpected" not in ran.err, ran
    assert ran.err.startswith("error: ") and says in ran.err, ran
    error_in_json(bed.run("--json", "open", path, "--title", TITLE), 2, says)
    checked = bed.run("workflows", "check", path)
    assert checked.status in (1, 2) and "Traceback" not in checked.err + checked.out, checked
    assert bed.state() == before


# ---- places that are no store of ours ----------------------------------------------------------------------------
def other_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    connection.close()


def newer(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA user_version = 999")
    connection.close()


def in_place(make: Callable[[Path], object]) -> Callable[[Path], None]:
    def act(path: Path) -> None:
        path.unlink()
        make(path)

    return act


def linked(path: Path) -> None:
    path.rename(path.with_name("real.db"))
    path.symlink_to(path.with_name("real.db"))


PLACES = {
    "random": (in_place(lambda path: path.write_bytes(bytes(range(256)) * 64)), "not a casereview store"),
    "text": (in_place(lambda path: path.write_text("Dear all,\n" * 99)), "not a casereview store"),
    "empty": (in_place(Path.touch), "empty"),
    "folder": (in_place(lambda path: path.mkdir(mode=0o700)), "not a file"),
    "nothing": (in_place(lambda _: None), "casereview init"),
    "another-database": (in_place(other_database), "another program"),
    "link": (linked, "link"),
    "newer": (newer, "newer casereview"),
    "cut-short": (lambda path: os.truncate(path, 8192), "cut short"),
    "damaged": (lambda path: os.truncate(path, 50), "not a casereview store"),
}


@pytest.mark.parametrize("kind", PLACES)
def test_a_place_that_is_no_store_of_ours(bed: Bed, kind: str) -> None:
    make, says = PLACES[kind]
    make(bed.store)
    if bed.store.is_file() and not bed.store.is_symlink():
        bed.store.chmod(0o600)
    commands: list[tuple[str, ...]] = [("cases",), OPEN, ("verify",), ("seen", bed.ref), ("upgrade",), ()]
    for line in commands:
        bed.refused(*line, says=says)
    if kind != "nothing":
        bed.refused("init", "--practice", says="already")


def test_a_store_others_may_read(bed: Bed) -> None:
    if os.name != "posix":
        pytest.skip("another system keeps this in another way")
    bed.store.chmod(0o644)
    bed.refused("cases", says="chmod 600")


# ---- as a person starts it -----------------------------------------------------------------------------------------
def test_one_process_for_one_line_says_the_same(bed: Bed) -> None:
    """Once through a process of its own, with bytes that are no text of anybody's."""
    raw = os.fsdecode(b"SA-\xff\xfe") if sys.platform == "linux" else "SA-\ufffd"
    for line, status in ((("show", raw), 2), (("cases", "--store", "/dev/null"), 2), (("show", "SA-2024-22222"), 1)):
        ran = run_once(bed.store, *line)
        one_clear_line(ran, status, "")
        error_in_json(run_once(bed.store, *line, "--json"), status, "")


def test_what_comes_in_may_be_no_text(bed: Bed) -> None:
    path = bed.file(b"\xff\xfe\x00 caf\xe9")
    bed.refused("record", bed.ref, "childs-words", "heard_on=today", f"words=@{path}", "--as", "lena", says="UTF-8")
    bed.refused("record", bed.ref, "childs-words", f"words=@{bed.folder}/none", "--as", "lena", says="cannot be read")
    bed.refused("record", bed.ref, "childs-words", f"words=@{bed.folder}", "--as", "lena", says="not a file")


@pytest.mark.skipif(os.name != "posix", reason="the editor's command is split in another way there")
def test_the_editor_is_started_without_a_shell(bed: Bed) -> None:
    marker = bed.folder / "marker"
    line = ["record", bed.ref, "childs-words", "heard_on=today", "--edit", "--as", "lena", "--today", TODAY]
    done = subprocess.run(
        [sys.executable, "-m", "casereview", *line], capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL, env={**environment(bed.store), "EDITOR": f"true ; touch {marker}"},
    )  # fmt: skip
    assert "Traceback" not in done.stderr and done.returncode in (0, 1, 2)
    assert not marker.exists()
