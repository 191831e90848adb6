"""A disk that cannot be written, a disk that is full, a store that somebody else holds: one line, nothing lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bad_inputs.bed import TITLE, TODAY, Bed, copied, one_clear_line
from tests.journeys.program import Ran, environment

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("mount"), reason="a disk of one's own needs root"
)
OPEN = ("open", "single-assessment", "--title", TITLE, "--team", "north")
WRITING: tuple[tuple[str, ...], ...] = (OPEN, ("people", "add", "Somebody"), ("seen", "{ref}", "--as", "lena"))
COPYING: tuple[tuple[str, ...], ...] = (("export", "bundle"), ("backup",), ("cases", "--csv"))


@pytest.fixture
def disk(bed: Bed, tmp_path: Path) -> Iterator[Bed]:
    """The store on a disk of 2 MB of its own."""
    mounted = tmp_path / "disk"
    mounted.mkdir(mode=0o700)
    command = ["mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "tmpfs", str(mounted)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a disk cannot be mounted here")
    yield replace(bed, store=copied(bed.store, mounted))
    subprocess.run(["umount", "-l", str(mounted)], check=True)


def remount(bed: Bed, option: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{option}", str(bed.folder)], check=True)


def test_a_disk_that_may_only_be_read(disk: Bed) -> None:
    remount(disk, "ro")
    before = disk.taken("cases", "--json").json
    for line in WRITING:
        disk.refused(*(one.replace("{ref}", disk.ref) for one in line), says="read")
    for line in COPYING:
        disk.refused(*line, str(disk.folder / "new"), says="read-only")
    disk.refused("--store", str(disk.folder / "second.db"), "init", "--practice", says="read-only")
    assert disk.taken("cases", "--json").json == before and disk.taken("verify").status == 0


def test_a_full_disk(disk: Bed) -> None:
    filler = disk.folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            pass
    for line in WRITING:
        disk.refused(*(one.replace("{ref}", disk.ref) for one in line), says="full")
    for line in COPYING:
        ran = disk.run(*line, str(disk.folder / "new"))
        one_clear_line(ran, 2, "")
        assert not (disk.folder / "new").exists(), line
    disk.refused("--store", str(disk.folder / "second.db"), "init", "--practice")
    assert sorted(one.name for one in disk.folder.iterdir()) == ["board.db", "filler"]
    filler.unlink()
    disk.taken(*OPEN)
    assert disk.taken("verify").status == 0


# Python itself may be where only root can read it: what the line needs is loaded by running another one first.
AS_NOBODY = """
import contextlib, io, os, sys
import encodings.idna, casereview.service.registry, tui.start
login = tui.start.os_login()
tui.start.os_login = lambda: login
for line in (["people"], ["cases", "--json"], ["people", "add", ""]):
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        tui.start.main([*sys.argv[1:5], *line])
os.seteuid(65534)
sys.exit(tui.start.main())
"""


def as_nobody(store: Path, *line: str) -> Ran:
    """The program for a login that owns nothing but the store's file."""
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, "--store", str(store), "--today", TODAY, *line], capture_output=True,
        text=True, check=False, env=environment(store),
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def test_a_file_and_a_folder_that_may_only_be_read(bed: Bed) -> None:
    with tempfile.TemporaryDirectory() as name:  # where another login may go, unlike the folder for tests
        store = copied(bed.store, Path(name))
        for place in (store, Path(name)):
            os.chown(place, 65534, 65534)
        before = store.read_bytes()
        for place, mode in ((Path(name), 0o500), (store, 0o400)):
            place.chmod(mode)
            one_clear_line(as_nobody(store, "people", "add", "Somebody"), 2, str(store))
            assert store.read_bytes() == before
        assert as_nobody(store, "cases", "--json").json
        Path(name).chmod(0o700)


def test_a_store_that_somebody_else_holds(bed: Bed) -> None:
    """Waits, then says so; whoever holds it is not disturbed."""
    holder = sqlite3.connect(bed.store, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    code = "import sys, storage.dialects as d; d.WAIT_SECONDS = 1; from tui.start import main; sys.exit(main())"
    line = ["--store", str(bed.store), "--today", TODAY, "people", "add", "Somebody"]
    done = subprocess.run([sys.executable, "-c", code, *line], capture_output=True, text=True, check=False,
                          env=environment(bed.store))  # fmt: skip
    one_clear_line(Ran(done.returncode, done.stdout, done.stderr), 2, "Try again")
    holder.execute("ROLLBACK")
    holder.close()
    bed.taken("people", "add", "Somebody")
    assert bed.taken("verify").status == 0
