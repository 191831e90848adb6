"""How far a long piece of work has come, on standard error: one line that changes, or a line for each stage."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from tui.commands.output import note

PATIENCE = 1.5  # seconds in which a list is simply there


class Progress:
    """Call it with (what, done, of); use it in a `with`, so that its line is gone before anything else is printed.

    quiet   says nothing: with --json, whoever reads standard error expects an error as JSON there, or nothing
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._live = sys.stderr.isatty() and not quiet
        self._shown: tuple[str, int] = ("", -1)

    def __call__(self, what: str, done: int = 0, of: int = 0) -> None:
        share = 100 * done // of if of else 0
        if not self._live:
            if what != self._shown[0] and not self._quiet:
                note(f"{what}…")
        elif (what, share) != self._shown:
            sys.stderr.write(f"\r\x1b[K{what}… {f'{share}%' if of else ''}")
            sys.stderr.flush()
        self._shown = (what, share)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        if self._live and self._shown[0]:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


@contextmanager
def waiting(what: str, *, quiet: bool = False) -> Iterator[None]:
    """While something is read that cannot say how far it has come: says what, once it has taken longer than a moment.

    At a terminal with the seconds so far; elsewhere once. quiet: as of `Progress`.
    """
    done, began = threading.Event(), time.monotonic()

    def tell(progress: Progress) -> None:
        wait = PATIENCE
        while not done.wait(wait):
            progress(f"{what}, {time.monotonic() - began:.0f} seconds" if sys.stderr.isatty() else what)
            wait = 1.0

    with Progress(quiet=quiet) as progress:
        teller = threading.Thread(target=tell, args=(progress,), daemon=True)
        teller.start()
        try:
            yield
        finally:
            done.set()
            teller.join()
