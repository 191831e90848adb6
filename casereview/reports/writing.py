"""Puts a report into a new file: which form by its ending, whole or not at all, never over another file."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from casereview.errors import CaseReviewError
from casereview.reports.document import Document
from casereview.text import shown

FORMS = {".md": "Markdown", ".html": "a page for a browser", ".docx": "Word", ".pdf": "PDF"}
HOW = "End the name in .md, .html, .docx or .pdf."


def checked(name: str, *, overwrite: bool = False) -> Path:
    """The path a person named. Raises CaseReviewError where its form is unknown or it cannot be a new file."""
    said = shown(name, width=200)
    try:
        path = Path(name).expanduser()
        os.fspath(path).encode()
        if "\0" in name:
            raise ValueError
        there, folder = os.path.lexists(path), path.absolute().parent.is_dir()
        is_folder = path.is_dir()
    except (OSError, ValueError, RuntimeError):
        raise CaseReviewError("this cannot be the name of a file", where=said, remedy=HOW) from None
    if path.suffix.lower() not in FORMS:
        raise CaseReviewError("the form of the report is not clear from the name", where=said, remedy=HOW)
    if not folder:
        raise CaseReviewError("there is no such folder", where=said, remedy="Name a file in a folder that exists.")
    if is_folder:
        raise CaseReviewError("this is a folder", where=said, remedy="Name a file in it.")
    if there and not overwrite:
        raise CaseReviewError("there is a file already", where=said, remedy="Choose another, or ask to replace it.")
    return path


def made(document: Document, form: str) -> bytes:
    """The report in one of FORMS, by its ending. The same document gives the same bytes."""
    if form == ".md":
        from casereview.reports.markdown import write
    elif form == ".html":
        from casereview.reports.html import write
    elif form == ".docx":
        from casereview.reports.word import write
    else:
        from casereview.reports.pdf import write
    return write(document)


def write_report(document: Document, name: str, *, overwrite: bool = False) -> Path:
    """Writes the report, for its owner's eyes only. Raises CaseReviewError; then nothing is left behind."""
    path = checked(name, overwrite=overwrite)
    content = made(document, path.suffix.lower())
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        _put(beside, content)
        if overwrite:
            beside.replace(path)
        else:
            _claim(beside, path)
    except FileExistsError:
        raise CaseReviewError("there is a file already", where=str(path), remedy="Choose another name.") from None
    except OSError as wrong:
        why = wrong.strerror or "the name cannot be used"
        remedy = "Name a new file in a folder you may write to, on a disk with room."
        raise CaseReviewError(f"this file cannot be written: {why}", where=str(path), remedy=remedy) from None
    finally:
        beside.unlink(missing_ok=True)
    return path


def _put(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _claim(beside: Path, path: Path) -> None:
    """Gives the finished file its name, unless somebody else has taken it in the meantime."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without second names for a file: claim the name first, then fill it at once
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        beside.replace(path)
