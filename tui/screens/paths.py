"""Files as people name them: one that must be there, and one that must not."""

from __future__ import annotations

import os
from pathlib import Path

from casereview.errors import CaseReviewError
from casereview.text import shown
from tui.screens.asks import FieldFaults


def there(written: str, field: str) -> str:
    """The path of a file that exists. Raises FieldFaults, to be shown beside the question."""
    path = _path(written, field)
    if not os.path.isfile(path):  # noqa: PTH113 - no error for an impossible path
        raise FieldFaults({field: f"There is no such file: {shown(written, width=200)}. Check the path."})
    return str(path)


def new(written: str, field: str) -> str:
    """The path of a file that does not exist yet, in a folder that does. Raises FieldFaults."""
    path = _path(written, field)
    if os.path.lexists(path):
        raise FieldFaults({field: "There is something of that name already. Choose another."})
    if not os.path.isdir(path.absolute().parent):  # noqa: PTH112
        raise FieldFaults({field: "There is no such folder. Name a file in a folder that exists."})
    return str(path)


def _path(written: str, field: str) -> Path:
    try:
        path = Path(written).expanduser()
        os.fspath(path).encode()
        os.path.lexists(path)
    except (OSError, ValueError, RuntimeError):
        raise FieldFaults({field: "This cannot be the name of a file."}) from None
    return path


def write_new(path: str, text: str) -> None:
    """Writes a file that must not exist yet, for its owner's eyes only. Raises CaseReviewError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "the name cannot be used"
        raise CaseReviewError(f"this file cannot be written: {why}", where=path) from None
