"""Commands about who works on a case and who may know of it: assign, appoint, restrict, conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import typer

from casereview.commands import (
    Admit,
    Appoint,
    Assign,
    DeclareConflict,
    EndAccess,
    EndAppointment,
    Restrict,
    Unrestrict,
)
from casereview.errors import CaseReviewError, did_you_mean
from casereview.events import CONFLICT_KINDS, ConflictDecision
from tui.commands import acting, asking
from tui.commands.acting import CASE

if TYPE_CHECKING:
    from casereview.commands import Command

DECISIONS = ("accept", "restrict", "replace")
WHO = typer.Argument(..., metavar="PERSON", help="By id, login or whole name.", show_default=False)


def register(app: typer.Typer) -> None:
    """Adds `assign`, `appoint`, `restrict` and `conflict`."""
    app.command("assign")(assign)
    app.command("appoint")(appoint)
    app.command("restrict")(restrict)
    app.command("conflict")(conflict)


def assign(
    ctx: typer.Context,
    case: str = CASE,
    worker: str | None = typer.Option(None, "--worker", metavar="PERSON", help="By id, login or whole name."),
    team: str | None = typer.Option(None, "--team", help="By id or whole name."),
    note: str = typer.Option("", "--note"),
) -> None:
    """Give a case to a worker, a team or both. A change of worker is kept and counted: children notice it."""
    desk = acting.desk_of(ctx)
    command = Assign(
        acting.person_id(desk, worker) if worker is not None else None,
        acting.team_id(desk, team) if team is not None else None,
        note,
    )
    acting.said(desk, ctx.obj, desk.do(case, command))


def appoint(
    ctx: typer.Context,
    case: str = CASE,
    who: str = WHO,
    role: str = typer.Argument(..., help="A role of the workflow, such as lead-reviewer.", show_default=False),
    until: str | None = typer.Option(None, "--until", metavar="DATE", help="The first day it no longer holds."),
    end: bool = typer.Option(False, "--end", help="End the appointment today."),
    reason: str = typer.Option("", "--reason", metavar="TEXT", help="With --end: why."),
) -> None:
    """Appoint a person to a role on this case, or end an appointment."""
    desk = acting.desk_of(ctx)
    person = acting.person_id(desk, who)
    command: Command
    if end:
        acting.only_with({"--until": until}, "an appointment that begins")
        command = EndAppointment(person, role, reason)
    else:
        acting.only_with({"--reason": reason}, "--end")
        command = Appoint(person, role, acting.day(desk, until, "--until"))
    acting.said(desk, ctx.obj, desk.do(case, command))


def restrict(
    ctx: typer.Context,
    case: str = CASE,
    reason: str | None = typer.Option(None, "--reason", metavar="TEXT", help="Why; @FILE and - are read."),
    people: list[str] = typer.Option([], "--person", metavar="PERSON", help="Who may still know of it, beside you."),
    admit: str | None = typer.Option(None, "--admit", metavar="PERSON", help="Let one more person know of it."),
    end_access: str | None = typer.Option(None, "--end-access", metavar="PERSON", help="One person no longer may."),
    lift: bool = typer.Option(False, "--lift", help="The case is no longer restricted."),
    yes: bool = typer.Option(False, "--yes", help="Restrict without being asked."),
) -> None:
    """Restrict a case: to everyone else it is absent, from lists, counts, searches and errors alike."""
    desk = acting.desk_of(ctx)
    others = {"--admit": admit is not None, "--end-access": end_access is not None, "--lift": lift}
    why = acting.words(reason, "--reason")
    if not any(others.values()):
        view = acting.look(desk, case)
        named = tuple(acting.person_id(desk, p) for p in people)
        staying = ", ".join(view.names.person(p) for p in dict.fromkeys((desk.person, *named)))
        asking.confirm(f"Only {staying} will know of {view.case.ref}; to everyone else it is absent. Go on?", yes)
        seen = None if yes else view.case.number
        acting.said(desk, ctx.obj, desk.do(case, Restrict(why, named), seen))
        return
    acting.only_with({"--person": people}, "restricting; use --admit for one more person")
    option = acting.exactly_one(others)
    command: Command
    if option == "--lift":
        command = Unrestrict(why)
    elif option == "--admit":
        command = Admit(acting.person_id(desk, admit or ""), why)
    else:
        command = EndAccess(acting.person_id(desk, end_access or ""), why)
    acting.said(desk, ctx.obj, desk.do(case, command))


def conflict(
    ctx: typer.Context,
    case: str = CASE,
    who: str | None = typer.Option(None, "--person", metavar="PERSON", help="Whose, if not your own."),
    interest: str = typer.Option(..., "--interest", help=f"One of {', '.join(CONFLICT_KINDS)}."),
    decision: str | None = typer.Option(None, "--decision", help="By somebody else: accept, restrict or replace."),
    text: str | None = typer.Option(None, "--text", help="What it is, or why so decided; @FILE and - are read."),
    role: str = typer.Option("", "--role", help="What they were to do in the case: a role of its workflow."),
) -> None:
    """Declare a conflict of interest, or decide on one. Until it is accepted, the case is absent to that person."""
    desk = acting.desk_of(ctx)
    if interest not in CONFLICT_KINDS:
        raise CaseReviewError(f"{interest!r} is not a kind of interest", remedy=did_you_mean(interest, CONFLICT_KINDS))
    if decision is not None and decision not in DECISIONS:
        raise CaseReviewError(f"{decision!r} is not a decision", remedy=did_you_mean(decision, DECISIONS))
    command = DeclareConflict(
        acting.person_id(desk, who) if who is not None else desk.person,
        interest,
        cast(ConflictDecision, decision or "declared"),
        acting.words(text, "--text"),
        role,
    )
    acting.said(desk, ctx.obj, desk.do(case, command))
