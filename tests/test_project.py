"""The project as a whole: import rules, types, style, locks, and what may not be in a tracked file."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("casereview", "workflows", "storage", "tui")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
TEST_COMMAND = (
    "python3 -m venv .venv && .venv/bin/pip install -q --require-hashes -r requirements-dev.lock"
    " && .venv/bin/python -m pytest -q"
)
RUNTIME: list[str] = PROJECT["project"]["dependencies"]
EXTRAS: list[str] = [one for group in PROJECT["project"]["optional-dependencies"].values() for one in group]
DEV: list[str] = [one for group in PROJECT["dependency-groups"].values() for one in group]


def run(*command: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command of this Python's environment and keep what it says."""
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout + done.stderr


# --- the arrows ------------------------------------------------------------------------------------------


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    script = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", script, "--no-cache", "--config", str(folder / "pyproject.toml")],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1", "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_arrows_between_the_packages_hold() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, said(done)


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("workflows/definition.py", "import casereview.errors", "tui and storage stand on casereview"),
        ("casereview/service.py", "import storage.store", "tui and storage stand on casereview"),
        ("casereview/service.py", "import tui.start", "tui and storage stand on casereview"),
        ("storage/store.py", "import tui.start", "tui and storage stand on casereview"),
        ("tui/screens.py", "from storage import store", "only tui.start knows the store"),
        ("casereview/service.py", "def f():\n    import textual.app", "need neither screen nor database"),
        ("workflows/definition.py", "from sqlalchemy.orm import Session", "need neither screen nor database"),
        ("casereview/service.py", "import typer", "need neither screen nor database"),
        ("casereview/service.py", "from transitions.core import Machine", "only casereview.engine imports"),
        ("tui/screens.py", "import sqlmodel", "only storage imports a database package"),
        ("storage/store.py", "import rich.text", "storage knows no screen"),
    ],
)
def test_each_rule_catches_what_it_is_for(tmp_path: Path, module: str, line: str, contract: str) -> None:
    allowed = {
        "workflows/definition.py": "import tomllib",
        "casereview/__main__.py": "def main():\n    from tui.start import main",
        "casereview/errors.py": "",
        "casereview/engine.py": "import transitions",
        "casereview/service.py": "import workflows.definition\nimport casereview.engine",
        "storage/store.py": "import sqlmodel\nimport casereview.service",
        "tui/start.py": "import typer\nimport storage.store\nimport casereview.service\ndef main(): ...",
        "tui/screens.py": "import textual\nimport casereview.service",
    }
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, text in allowed.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(f"{text}\n{line if name == module else ''}\n", "utf-8")
    done = lint_imports(tmp_path)
    assert done.returncode == 1, said(done)
    broken = [line for line in said(done).splitlines() if " BROKEN" in line]
    assert any(contract in line for line in broken), said(done)


IMPORT_THE_CORE = """
import importlib, pkgutil, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[1:]:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
names = ["casereview", "workflows"]
for name in names:
    module = importlib.import_module(name)
    if hasattr(module, "__path__"):
        names += [found.name for found in pkgutil.iter_modules(module.__path__, name + ".")]
print(*sorted(names))
"""


def test_the_core_imports_without_screen_database_or_command_line() -> None:
    absent = (
        "textual",
        "rich",
        "typer",
        "sqlmodel",
        "sqlalchemy",
        "alembic",
        "psycopg",
        "sqlite3",
        "tui",
        "storage",
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORT_THE_CORE, *absent],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, said(done)
    modules = [path.relative_to(ROOT) for name in PACKAGES[:2] for path in (ROOT / name).rglob("*.py")]
    dotted = {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in modules}
    assert set(done.stdout.split()) == dotted, "every module was imported"


# --- the one door ----------------------------------------------------------------------------------------


def _checkout(folder: Path, start: str | None) -> Path:
    """A small checkout holding the real door and, behind it, a start of the test's own."""
    (folder / "casereview").mkdir(parents=True)
    for name in ("__init__.py", "__main__.py"):
        shutil.copy(ROOT / "casereview" / name, folder / "casereview")
    for name in PACKAGES[1:]:
        (folder / name).mkdir()
        (folder / name / "__init__.py").touch()
    if start is not None:
        (folder / "tui" / "start.py").write_text(start, "utf-8")
    return folder


def test_the_door_returns_what_the_terminal_returns(tmp_path: Path) -> None:
    here = _checkout(tmp_path / "here", "def main() -> int:\n    return 7\n")
    assert run("casereview", cwd=here).returncode == 7


@pytest.mark.parametrize("name", ["workflows", "storage", "tui"])
@pytest.mark.parametrize("kind", ["package", "module"])
def test_another_package_of_the_same_name_is_named(tmp_path: Path, name: str, kind: str) -> None:
    here = _checkout(tmp_path / "here", "def main() -> int:\n    return 0\n")
    other = tmp_path / "other"
    other.mkdir()
    if kind == "package":
        (other / name).mkdir()
        (other / name / "__init__.py").write_text("raise SystemExit('must not be imported')", "utf-8")
    else:
        (other / f"{name}.py").write_text("raise SystemExit('must not be imported')", "utf-8")
    script = (
        "import sys; sys.path[:0] = sys.argv[1:]; import casereview.__main__ as door; sys.exit(door.main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(other), str(here)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, said(done)
    assert done.stderr.count("\n") == 1
    assert str(other / name) in done.stderr and "pipx" in done.stderr


def test_a_package_that_is_not_installed_is_one_line(tmp_path: Path) -> None:
    here = _checkout(tmp_path / "here", "import a_package_nobody_has\n")
    done = run("casereview", cwd=here)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "a_package_nobody_has is not installed" in done.stderr


def test_a_fault_of_our_own_is_not_hidden(tmp_path: Path) -> None:
    here = _checkout(tmp_path / "here", "import tui.nothing_of_that_name\n")
    done = run("casereview", cwd=here)
    assert done.returncode == 1 and "Traceback" in done.stderr


# --- types and style -------------------------------------------------------------------------------------


def test_types() -> None:
    done = run("mypy")
    assert done.returncode == 0, said(done)


def test_style() -> None:
    done = run("ruff", "check", "--no-cache", *PACKAGES, "tests")
    assert done.returncode == 0, said(done)


def test_modules_are_short_enough_to_read() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for name in PACKAGES
        for path in (ROOT / name).rglob("*.py")
        if path != ROOT / "storage" / "compiled.py"  # written by a program, for programs
    }
    assert len(lengths) >= len(PACKAGES)
    assert {path: lines for path, lines in lengths.items() if lines > 300} == {}


# --- dependencies ----------------------------------------------------------------------------------------


def pinned(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, re.MULTILINE))


@pytest.mark.parametrize("dependency", [*RUNTIME, *EXTRAS, *DEV])
def test_every_dependency_says_why_it_is_there(dependency: str) -> None:
    lines = [
        line
        for line in (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
        if f'"{dependency}"' in line
    ]
    assert lines
    for line in lines:
        assert re.search(r'", +# \S+ \S+', line), line


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_hold_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert not re.search(r"://|^\s*-", text.replace("    --hash=sha256:", ""), re.MULTILINE)
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) == len(pinned(lock)) > 20
    for entry in entries:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry


@pytest.mark.parametrize(
    ("lock", "wanted"), [("requirements.lock", RUNTIME), ("requirements-dev.lock", [*RUNTIME, *EXTRAS, *DEV])]
)
def test_locks_fit_the_project(lock: str, wanted: list[str]) -> None:
    versions = pinned(lock)
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)]), requirement


def test_tests_run_on_what_people_run() -> None:
    runtime, dev = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert runtime.items() <= dev.items()
    assert not {canonicalize_name(Requirement(one).name) for one in [*EXTRAS, *DEV]} & runtime.keys()
    assert "uv" not in dev


# --- the checkout ----------------------------------------------------------------------------------------


def tracked() -> list[Path]:
    """The files of the checkout; of an unpacked archive, whatever is not a cache or an environment."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]
    hidden = re.compile(r"(^|/)(\.(?!ci/|git)|__pycache__/|dist/|build/)")
    found = [path for path in ROOT.rglob("*") if path.is_file()]
    return [path for path in found if not hidden.search(path.relative_to(ROOT).as_posix())]


def test_no_tracked_file_names_this_machine_or_a_registry() -> None:
    folders = {Path.home().as_posix(), *(folder.as_posix() for folder in (ROOT, ROOT.parent))}
    ours = "|".join(re.escape(folder) for folder in folders if len(folder) > 1)
    private = re.compile(
        rf"(?<![\w.~-])(?:{ours}|/(?:root|work|home/\w+|Users/\w+|tmp/\w+))/\w|[A-Z]:\\Users\\\w"
        r"|py(?:pi|thonhosted)\.org"
    )
    files = tracked()
    assert len(files) > 20
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in files
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1)
        if private.search(line)
    ]
    assert found == []


def test_the_test_command_is_the_same_everywhere() -> None:
    readme = ROOT / "README.md"
    for path in (ROOT / ".ci" / "run", ROOT / "CONTRIBUTING.md", *([readme] if readme.exists() else [])):
        assert TEST_COMMAND in path.read_text("utf-8"), path.name


def test_everything_the_packages_need_is_shipped() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert set(wheel["packages"]) == set(PACKAGES)
    assert set(wheel) == {"packages"}, "nothing inside a package is left out"
    for name in PACKAGES:
        assert (ROOT / name / "py.typed").exists() and (ROOT / name / "__init__.py").exists()
