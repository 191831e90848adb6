"""How far a long piece of work has come, on standard error: one line that changes, or a line for each stage."""

from __future__ import annotations

import sys
from types import TracebackType

from tui.commands.output import note


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
