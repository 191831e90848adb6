"""What runs beside a review, and what of it is with the public."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from tui.commands.acting import CASE
from tui.commands.output import bold, columns, emit, wrapped
from tui.commands.past import AS_AT, desk_of
from tui.start import Settings

if TYPE_CHECKING:
    from casereview.method.processes import Process, Suspended
    from casereview.method.publication import Artefact
    from casereview.service.publishing import Beside, Publishing

NO_PROCESS = "No other process is written down. If there is one: casereview record {} parallel-process"
NO_DOCUMENT = "This workflow keeps no decisions on publication."


def register(app: typer.Typer) -> None:
    app.command("processes")(processes)
    app.command("publication")(publication)


def processes(ctx: typer.Context, case: str = CASE, as_at: str = AS_AT) -> None:
    """What runs beside a review: each process, what it touches, what is agreed, and when to look again."""
    from casereview.service.publishing import beside

    settings: Settings = ctx.obj
    found = beside(desk_of(settings, as_at), case)
    emit(_beside_json(found), settings, lambda: _beside_page(found))


def _beside_json(found: Beside) -> dict[str, Any]:
    now = found.suspended
    return {
        "case": found.review.case.ref, "day": found.day, "stage": found.stage,
        "suspended": _suspended_json(now) if now else None,
        "suspensions": [
            {"since": one.since, "until": one.until, "calendar_days": one.days(found.day)} for one in found.suspensions
        ],
        "processes": [_process_json(one, found.day) for one in found.processes],
    }  # fmt: skip


def _process_json(one: Process, day: date) -> dict[str, Any]:
    return {
        "record": one.rec.number, "kind": one.kind, "lead_body": one.lead, "status": one.status,
        "touches": one.touches, "plan": one.plan or None, "next_date": one.next_date, "review_on": one.review_on,
        "look_now": one.look_now(day), "over": one.over, "suspends": one.suspends, "missing": one.missing,
    }  # fmt: skip


def _suspended_json(now: Suspended) -> dict[str, Any]:
    return {
        "record": now.rec.number, "since": now.since, "why": now.why, "may_continue": now.may_continue,
        "waits": now.waits, "meanwhile": now.meanwhile or None, "look_again": now.look_again,
    }  # fmt: skip


def _beside_page(found: Beside) -> str:
    from casereview.method.processes import suspended_words

    ref = found.review.case.ref
    lines = [bold(f"{ref}  {found.stage or 'Other processes'}")]
    if found.suspended is not None:
        lines += _suspended_lines(found.suspended, found.day)
    times = suspended_words(found.suspensions, found.day)
    lines += [wrapped(times, "    ", "  ")] if times else []
    for one in found.processes:
        lines += ["", bold(wrapped(f"{one.rec.number}  {one.kind}: {one.lead}")), *_process_lines(one, found.day)]
    if not found.processes:
        kept = found.review.kept("parallel-process")
        lines += ["", wrapped(f"{kept}.") if kept else NO_PROCESS.format(ref)]
    return "\n".join(lines)


def _suspended_lines(now: Suspended, day: date) -> list[str]:
    days = (day - now.since).days
    again = f"look again on {now.look_again}" if now.look_again else "no day to look again is set"
    said = [f"Suspended in part since {now.since} ({days} calendar days; none is subtracted anywhere); {again}."]
    said.append(f"Why: {now.why}" if now.why else "Why is not said.")
    said.append(f"May continue: {'; '.join(now.may_continue) or 'nothing is listed'}.")
    said.append(f"Waits, of what is open now: {'; '.join(now.waits) or 'nothing'}.")
    said += [f"Meanwhile: {now.meanwhile}"] if now.meanwhile else []
    return [wrapped(one, "    ", "  ") for one in said]


def _process_lines(one: Process, day: date) -> list[str]:
    said = [f"stands at: {one.status}"]
    said.append(f"touches: {', '.join(one.touches) or 'nothing for now'}")
    said += [f"agreed: {one.plan}"] if one.plan else []
    days = [f"its next date {one.next_date}" if one.next_date else "", f"look again {one.review_on or ''}".strip()]
    said.append("; ".join(d for d in days if d) if one.next_date or one.review_on else "no day to look again is set")
    said += ["to be looked at again now"] if one.look_now(day) else []
    said += ["part of the review waits for it"] if one.suspends else []
    said += [f"not said yet: {', '.join(one.missing)}"] if one.missing and not one.over else []
    return [wrapped(line, "    ", "  ") for line in said]


def publication(ctx: typer.Context, case: str = CASE, as_at: str = AS_AT) -> None:
    """Each document of a review and where it stands with the public: held, published, not published, why."""
    from casereview.service.publishing import publication as read

    settings: Settings = ctx.obj
    found = read(desk_of(settings, as_at), case)
    data = {
        "case": found.review.case.ref, "day": found.day, "stage": found.stage,
        "looked_through": found.looked, "kept_from_you": found.kept,
        "documents": [_artefact_json(one, found.day) for one in found.artefacts],
    }  # fmt: skip
    emit(data, settings, lambda: _publication_page(found))


def _artefact_json(one: Artefact, day: date) -> dict[str, Any]:
    return {
        "document": one.document, "state": one.state, "record": one.number, "since": one.since, "why": one.why or None,
        "look_again": one.look_again, "look_now": one.late(day), "held_for": one.held_for, "where": one.where or None,
        "told_before": one.told_before, "decided": one.decided,
    }  # fmt: skip


def _publication_page(found: Publishing) -> str:
    from casereview.method.publication import detail

    ref = found.review.case.ref
    rows = [(one.document, one.state, one.since, detail(one, found.day)) for one in found.artefacts]
    lines = [bold(f"{ref}  Publication: {found.stage}"), ""]
    if not found.kept:
        lines += [columns(("document", "stands", "since", "about it"), rows) if rows else NO_DOCUMENT, ""]
    lines += [*(wrapped(f"{note}.", "", "") for note in found.notes)]
    return "\n".join([*lines, "", f"Decide: casereview record {ref} publication-decision"])
