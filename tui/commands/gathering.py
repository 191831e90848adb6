"""What a review gathers: agencies and what they were asked for, conversations, meetings and comments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from tui.commands.acting import CASE
from tui.commands.narrow import CSV, NONE_LIKE_THAT, ONLY, SORT, into_spreadsheet, narrowed
from tui.commands.output import bold, columns, emit, wrapped
from tui.commands.past import AS_AT, desk_of
from tui.start import Settings

if TYPE_CHECKING:
    from casereview.method.agencies import Agency, Asked
    from casereview.method.conversations import Person, Talk
    from casereview.method.meetings import Comment, Meeting
    from casereview.service.gathering import Gathered

CHASE = ("agency", "asked for", "of whom", "asked on", "calendar days", "hoped or promised by", "asked again", "record")
AGENCIES = ("agency", "in_scope", "state", "documents", "participants", "conversations", "gaps")
PEOPLE = (
    "record", "who", "role", "agency", "state", "respected", "invited_on", "information_given_on", "support",
    "read_back", "conversations",
)  # fmt: skip
MEETINGS = ("record", "kind", "on", "attended", "absent", "looked_at", "decided", "changed", "comments_open")
COMMENTS = ("record", "from_whom", "on", "about", "comment", "outcome", "answer", "open", "meeting")


def register(app: typer.Typer) -> None:
    for name, command in (
        ("agencies", agencies), ("conversations", conversations), ("conversation", conversation),
        ("meetings", meetings), ("comments", comments),
    ):  # fmt: skip
        app.command(name)(command)


def _read(settings: Settings, ref: str, as_at: str) -> Gathered:
    from casereview.service.gathering import gathered

    return gathered(desk_of(settings, as_at), ref)


# ---- agencies --------------------------------------------------------------------------------------------------
def agencies(
    ctx: typer.Context,
    case: str = CASE,
    chase: bool = typer.Option(False, "--chase", help="Only what is still to come, latest first: a list to print."),
    only: str = ONLY,
    sort: str = SORT,
    csv: Path | None = CSV,
    as_at: str = AS_AT,
) -> None:
    """What each agency was asked for, what came, what is missing; with --chase the list to ask again by."""
    from casereview.method.agencies import to_chase

    settings: Settings = ctx.obj
    found = _read(settings, case, as_at)
    if not chase:
        listed = narrowed(found.agencies, lambda one: _agency_json(one, found.day), AGENCIES, only, sort)
        data = [_agency_json(one, found.day) for one in listed]
        if csv is not None:
            return into_spreadsheet(settings, csv, data, AGENCIES)
        return emit(data, settings, lambda: _agencies_page(found, listed))
    rows = narrowed(to_chase(found.agencies, found.day), _chase_line, CHASE, only, sort)
    if csv is not None:
        return into_spreadsheet(settings, csv, [_chase_line(row) for row in rows], CHASE)
    never = {"state": "not asked"}
    data = [{"agency": a.name, **(_asked_json(one, found.day) if one else never)} for a, one in rows]
    emit(data, settings, lambda: _chase_page(found, rows, bool(only)))


def _chase_line(row: tuple[Agency, Asked | None]) -> dict[str, object]:
    return dict(zip(CHASE, chase_cells(*row), strict=True))


def chase_cells(agency: Agency, one: Asked | None) -> tuple[object, ...]:
    """A line of the chase list."""
    if one is None:
        return agency.name, "not asked yet", "", None, None, None, "", None
    by, again = one.promised_on or one.hoped_by, [chase.day("on") for chase in one.chased]
    asked = "; ".join(one.what)
    return (
        agency.name, asked, one.rec.text("contact"), one.asked_on, one.waits, by,
        f"{len(again)}×, last {max(d for d in again if d)}" if any(again) else "", one.rec.number,
    )  # fmt: skip


def _asked_json(one: Asked, day: date) -> dict[str, Any]:
    return {
        "record": one.rec.number, "state": one.state, "asked_for": one.what, "asked_on": one.asked_on,
        "contact": one.rec.text("contact") or None, "hoped_by": one.hoped_by, "promised_on": one.promised_on,
        "received_on": one.received_on, "late": one.late(day), "calendar_days": one.waits, "gaps": one.gaps,
        "chased": [{"record": c.number, "on": c.day("on"), "answer": c.text("answer") or None} for c in one.chased],
    }  # fmt: skip


def _agency_json(one: Agency, day: date) -> dict[str, Any]:
    return {
        "agency": one.name, "in_scope": one.in_scope, "state": one.state, "documents": one.documents,
        "participants": one.participants, "conversations": one.conversations, "gaps": one.missing,
        "asked": [_asked_json(asked, day) for asked in one.asked],
    }  # fmt: skip


def _chase_page(found: Gathered, rows: Iterable[tuple[Agency, Asked | None]], narrow: bool) -> str:
    ref = found.review.case.ref
    lines = [bold(f"{ref}  Still to come on {found.day}"), ""]
    cells, kept = [chase_cells(*row) for row in rows], _kept(found)
    if kept:
        lines = [*lines, *kept, ""]
    if not cells:
        asked = any(one.asked for one in found.agencies)
        none = f"Nothing was asked of an agency yet: casereview record {ref} agency-return"
        come = f"{ref}: nothing that was asked for is still to come on {found.day}."
        return "\n".join(kept) or (NONE_LIKE_THAT if narrow else come if asked else none)
    again = f"Asked again: casereview record {ref} chase return=RECORD on=today"
    return "\n".join([*lines, columns(CHASE, cells), "", again])


def _kept(found: Gathered, *kinds: str) -> list[str]:
    """What is kept to others is said to be, and never to be missing; without kinds, of agencies."""
    from casereview.method.agencies import BEHIND

    kept = found.review.kept(*(kinds or BEHIND))
    return [wrapped(f"{kept}.")] if kept else []


def _agencies_page(found: Gathered, listed: Iterable[Agency]) -> str:
    ref = found.review.case.ref
    kept = _kept(found)
    if not found.agencies:
        first = f"The scope lists those that take part: casereview record {ref} scope"
        return f"No agency is named yet. {first}\nOr ask one: casereview record {ref} agency-return"
    rows = [
        (one.name, one.state, one.documents, one.participants, one.conversations, "; ".join(one.missing))
        for one in listed
    ]
    heads = ("agency", "returns", "documents", "people", "spoken with", "missing")
    table = columns(heads, rows) if rows else NONE_LIKE_THAT
    ask = f"Ask one: casereview record {ref} agency-return"
    return "\n".join([bold(f"{ref}  Agencies"), "", table, "", *kept, ask])


# ---- conversations ---------------------------------------------------------------------------------------------
def conversations(
    ctx: typer.Context,
    case: str = CASE,
    only: str = ONLY,
    sort: str = SORT,
    csv: Path | None = CSV,
    as_at: str = AS_AT,
) -> None:
    """Who worked with the family, who was asked to speak, and what became of it; nothing of what was said."""
    settings: Settings = ctx.obj
    found = _read(settings, case, as_at)
    listed = narrowed(found.people, _person_json, PEOPLE, only, sort)
    data = [_person_json(one) for one in listed]
    if csv is not None:
        return into_spreadsheet(settings, csv, data, PEOPLE)
    emit(data, settings, lambda: _people_page(found, listed))


def _person_json(one: Person) -> dict[str, Any]:
    return {
        "record": one.rec.number, "who": one.name, "role": one.role, "agency": one.agency, "state": one.state,
        "respected": one.respected, "invited_on": one.invited_on, "information_given_on": one.told_on,
        "support": one.support or None, "read_back": one.read_back, "conversations": [t.number for t in one.talks],
    }  # fmt: skip


def _people_page(found: Gathered, listed: Iterable[Person]) -> str:
    from casereview.method.conversations import counted

    ref, kept = found.review.case.ref, _kept(found, "participant", "conversation")
    if not found.people:
        return "\n".join(kept) or f"Nobody is listed yet: casereview record {ref} participant"
    rows = [
        (one.name, one.agency, one.state, one.support, _yes(one.read_back), ", ".join(str(t.number) for t in one.talks))
        for one in listed
    ]
    lines = [bold(f"{ref}  Conversations: {counted(found.people)}"), ""]
    heads = ("who", "agency", "stands", "support", "agreed the note", "conversation")
    lines.append(columns(heads, rows) if rows else NONE_LIKE_THAT)
    lines += ["", *kept] if kept else []
    return "\n".join([*lines, "", f"One of them in full: casereview conversation {ref} NUMBER"])


def _yes(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "not yet"


def conversation(
    ctx: typer.Context,
    case: str = CASE,
    number: int = typer.Argument(..., help="The number of its record; see: casereview conversations CASE."),
    as_at: str = AS_AT,
) -> None:
    """One conversation, part by part, with its turning points. That you read it is written down."""
    from casereview.method.gathering_said import talk_said
    from casereview.service.gathering import conversation as read
    from tui.commands.narrative import page

    settings: Settings = ctx.obj
    talk = read(desk_of(settings, as_at), case, number)
    emit(_talk_json(talk), settings, lambda: page(talk_said(talk)))


def _talk_json(talk: Talk) -> dict[str, Any]:
    return {
        "record": talk.rec.number, "with": talk.who, "agency": talk.agency, "status": talk.status,
        "why_not": talk.why_not or None, "held_by": talk.held_by, "held_on": talk.held_on, "recorded": talk.recorded,
        "checked_on": talk.checked_on,
        "parts": [{"title": p.title, "said": [{"asked": q, "answer": a} for q, a in p.said]} for p in talk.parts],
        "turning_points": [
            {"record": m.rec.number, "moment": m.moment, "on": m.on, "passed_over": m.passed_over,
             "said": [{"asked": q, "answer": a} for q, a in m.said]}
            for m in talk.moments
        ],
    }  # fmt: skip


# ---- meetings and comments -------------------------------------------------------------------------------------
def meetings(
    ctx: typer.Context,
    case: str = CASE,
    only: str = ONLY,
    sort: str = SORT,
    csv: Path | None = CSV,
    as_at: str = AS_AT,
) -> None:
    """Every meeting: who came, what was looked at, what was decided and what changed because of it."""
    from casereview.method.gathering_said import meeting_said
    from tui.commands.narrative import page

    settings: Settings = ctx.obj
    read = _read(settings, case, as_at)
    found = narrowed(read.meetings, _meeting_json, MEETINGS, only, sort)
    data = [_meeting_json(one) for one in found]
    if csv is not None:
        return into_spreadsheet(settings, csv, data, MEETINGS)
    none = "\n".join(_kept(read, "meeting")) or f"No meeting is written down yet: casereview record {case} meeting"
    none = NONE_LIKE_THAT if read.meetings else none
    emit(data, settings, lambda: "\n\n".join(page(meeting_said(one)) for one in found) or none)


def _meeting_json(one: Meeting) -> dict[str, Any]:
    return {
        "record": one.rec.number, "kind": one.kind, "on": one.on, "attended": one.attended, "absent": one.absent,
        "looked_at": one.looked_at, "decided": one.decided or None, "changed": one.changed,
        "comments": [comment.rec.number for comment in one.comments], "comments_open": one.open,
    }  # fmt: skip


def comments(
    ctx: typer.Context,
    case: str = CASE,
    waiting: bool = typer.Option(False, "--open", help="Only those that wait for an answer."),
    only: str = ONLY,
    sort: str = SORT,
    csv: Path | None = CSV,
    as_at: str = AS_AT,
) -> None:
    """What was said about the account, the findings and the report, and what became of each."""
    from casereview.method.gathering_said import comment_said
    from tui.commands.narrative import page

    settings: Settings = ctx.obj
    read = _read(settings, case, as_at)
    waits = [one for one in read.comments if one.open or not waiting]
    found = narrowed(waits, _comment_json, COMMENTS, only, sort)
    data = [_comment_json(one) for one in found]
    if csv is not None:
        return into_spreadsheet(settings, csv, data, COMMENTS)
    none = f"Nothing is written down yet: casereview record {case} comment"
    if read.comments:
        none = NONE_LIKE_THAT if waits else "Every comment has an answer."
    none = "\n".join(_kept(read, "comment")) or none
    emit(data, settings, lambda: "\n\n".join(page(comment_said(one, case)) for one in found) or none)


def _comment_json(one: Comment) -> dict[str, Any]:
    return {
        "record": one.rec.number, "from_whom": one.from_whom, "on": one.on, "about": one.about, "comment": one.text,
        "outcome": one.outcome, "answer": one.answer or None, "open": one.open, "meeting": one.rec.link("meeting"),
    }  # fmt: skip
