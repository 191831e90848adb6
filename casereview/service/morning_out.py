"""The morning list to take along: a text digest and a calendar file, without a name, a title or a word of anybody's.

What leaves the store may be read by a mailer, a telephone or a shared calendar. So both say the reference, the kind of
question and its day, and nothing that a person wrote: the rest is looked up in casereview. Of a restricted case not
even the reference leaves: that there is one is known to named people only.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from casereview.describe import day
from casereview.errors import CaseReviewError
from casereview.oversight.matter import KINDS, ONE, Question
from casereview.service.desk import Desk
from casereview.service.morning import Morning

if TYPE_CHECKING:
    from icalendar import Event

DIGEST_BEGINS = "casereview, "
CALENDAR_BEGINS = "BEGIN:VCALENDAR"
MAKER = "-//casereview//today//EN"
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def when(one: Question, today: date, said: Callable[[date | None], str] = day) -> str:
    """Since when, or by when, with the working days in between; at a weekend there may be none."""
    far = f"{abs(one.days)} working day{'' if abs(one.days) == 1 else 's'}"
    if one.by is None:
        return f"waiting since {said(one.since)}" + (f", {far}" if one.days else "")
    if not one.days:
        return f"by {said(one.by)}" + (", today" if one.by == today else "")
    return f"by {said(one.by)}, {f'{far} ago' if one.days > 0 else f'in {far}'}"


def digest(found: Morning, *, in_full: bool = False) -> str:
    """The list as plain text. `in_full`: with titles and what is asked, which may name children and families."""
    leaving = [one for one in found.questions if not one.restricted]
    count = len(leaving)
    waits = f"{count} question{'' if count == 1 else 's'} for you" if count else "nothing waits for you"
    lines = [f"{DIGEST_BEGINS}{day(found.day)}: {waits}."]
    for kind, heading in KINDS.items():
        asked = [one for one in leaving if one.kind == kind]
        if asked:
            lines += ["", f"{heading} ({len(asked)})"]
        for one in asked:
            lines.append(f"  {one.case}  {when(one, found.day)}")
            lines += [f"    {one.title}: {one.says}", f"    {one.beside}"] if in_full else []
    lines += ["", "To read and answer them, and whatever is restricted: casereview today"]
    if not count:
        lines.append("It does not say that help is good: casereview overdue shows every time that is longer.")
    return "\n".join(lines) + "\n"


# ---- the calendar ----------------------------------------------------------------------------------------------
def calendar(desk: Desk, found: Morning) -> bytes:
    """An iCalendar file: an all-day event for each question that has a day by which it is wanted.

    The same question has the same UID whenever the file is written again, so that a calendar moves what it has.
    """
    from icalendar import Calendar

    with desk.reading() as work:
        store = work.info().store
    book = Calendar()
    book.add("prodid", MAKER)
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", "casereview")
    for one in found.questions:
        if one.by is not None and not one.restricted:
            book.add_component(_event(one, store, desk.clock.now()))
    written: bytes = book.to_ical()
    return written


def _event(one: Question, store: str, now: datetime) -> Event:
    from icalendar import Event

    assert one.by is not None
    event = Event()
    event.add("uid", uid(one, store))
    event.add("dtstamp", now)
    event.add("sequence", int((now - EPOCH).total_seconds()) // 60)  # later files win, however they are brought in
    event.add("dtstart", one.by)
    event.add("dtend", one.by + timedelta(days=1))
    event.add("summary", f"{one.case}: {ONE[one.kind]}")
    event.add("description", "To read and answer it: casereview today")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def uid(one: Question, store: str) -> str:
    """What a question is told apart by: hashed, because the short name of a person may be part of it."""
    parts = "\n".join((store, one.kind, one.case, one.key))
    return f"{hashlib.sha256(parts.encode()).hexdigest()[:32]}@casereview"


# ---- files -----------------------------------------------------------------------------------------------------
def write_over(path: Path, content: bytes, begins: str) -> None:
    """Writes a file for its owner's eyes, whole or not at all; replaces only what this program wrote before.

    Raises CaseReviewError where something else is there, or the file cannot be written.
    """
    target = path.expanduser()
    try:
        if target.exists() and not _is_ours(target, begins):
            raise CaseReviewError(
                "something else is there, and it is not written over", where=str(path), remedy="Choose another name."
            )
        number, name = tempfile.mkstemp(dir=target.parent, prefix=".casereview-")
        try:
            with os.fdopen(number, "wb") as stream:
                stream.write(content)
            os.replace(name, target)  # noqa: PTH105 - the name is text already
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)  # noqa: PTH108
            raise
    except (OSError, ValueError, RuntimeError) as wrong:
        why = getattr(wrong, "strerror", None) or "the name cannot be used"
        remedy = "Name a file in a folder you may write to."
        raise CaseReviewError(f"cannot be written: {why}", where=str(path), remedy=remedy) from None


def _is_ours(target: Path, begins: str) -> bool:
    with target.open("rb") as stream:
        head = stream.read(400)
    ours = head.startswith(begins.encode()) and (begins != CALENDAR_BEGINS or MAKER.encode() in head)
    return ours or not head
