"""Commands that move a case: open, step, set aside, reopen. What is written down in it is in `act_records`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from casereview.commands import Reopen, SetRequirementAside, TakeStep
from casereview.describe import day as in_words
from casereview.text import shown
from tui.commands import act_records, acting, asking, output
from tui.commands.acting import CASE

if TYPE_CHECKING:
    from casereview.case import Listed
    from casereview.events import Clocks
    from casereview.service.desk import Desk, Done
    from casereview.service.reading import CaseView, StepView
    from tui.start import Settings

SHOWN_STEPS = 6


def register(app: typer.Typer) -> None:
    """Adds `open`, `step`, `set-aside` and `reopen`, and the commands of `act_records`."""
    app.command("open")(open_)
    app.command("step")(step)
    app.command("set-aside")(set_aside)
    app.command("reopen")(reopen)
    act_records.register(app)


def open_(
    ctx: typer.Context,
    workflow: str = typer.Argument(..., help="Its name, or the path of a workflow file.", show_default=False),
    title: str | None = typer.Option(None, "--title", help="What it is called, without the name of a child."),
    opened: str | None = typer.Option(None, "--opened", metavar="DATE", help="The day the work began, if not today."),
    team: str | None = typer.Option(None, "--team"),
    worker: str | None = typer.Option(None, "--worker", metavar="PERSON"),
    child: list[str] = typer.Option([], "--child", metavar="ID", help="A child it is about; may be repeated."),
    nation: str | None = typer.Option(None, "--nation", help="Whose bank holidays count, where not the store's."),
) -> None:
    """Open a case. Prints its reference."""
    from casereview.decide.opening import OpenCase

    desk = acting.desk_of(ctx)
    command = OpenCase(
        workflow,
        title if title is not None else asking.ask("What is it called? A name of a child does not belong here."),
        acting.day(desk, opened, "--opened"),
        acting.team_id(desk, team) if team is not None else None,
        acting.person_id(desk, worker) if worker is not None else None,
        tuple(child),
        nation,
    )
    done = desk.open(command)
    row = output.case_row_json(acting.look(desk, done.case.id).row)
    output.emit({**row, "says": list(done.says)}, ctx.obj, done.case.ref)
    if not ctx.obj.json:  # only the reference goes where other programs read it
        for line in (*done.says, *_what_it_means(desk, done), f"Next: casereview why {done.case.ref}"):
            output.note(shown(line))


def _what_it_means(desk: Desk, done: Done) -> tuple[str, ...]:
    """Which edition of a method the case follows and keeps; nothing where the workflow does not say."""
    with desk.reading() as work:
        definition = desk.definition_of(work, done.case)
    return tuple(text for text in (definition.profile and f"{definition.profile}.", definition.choose) if text)


def step(
    ctx: typer.Context,
    case: str = CASE,
    name: str = typer.Argument(..., metavar="STEP", help="As `casereview why CASE` lists it.", show_default=False),
    reason: str | None = typer.Option(None, "--reason", metavar="TEXT", help="Why; @FILE and - are read."),
) -> None:
    """Take a step. A refusal lists everything that is missing, who can supply it, and how."""
    desk = acting.desk_of(ctx)
    before = acting.look(desk, case)
    written = acting.words(reason, "--reason")
    chosen = next((s for s in before.steps if s.step.name == name), None)
    asked = chosen is not None and chosen.asks_reason and chosen.ready and chosen.yours and not written
    if asked and asking.at_a_terminal():
        written = asking.ask(f"“{name}” asks for a reason. Why?")
        with acting.nothing_lost(["step", case, name, "--reason", written]):
            done = acting.insist(desk, case, TakeStep(name, written), before.case.number)
    else:
        done = desk.do(case, TakeStep(name, written))
    _moved(desk, ctx.obj, done)


def set_aside(
    ctx: typer.Context,
    case: str = CASE,
    requirement: str = typer.Argument(..., help="Its key, as `casereview why CASE` prints it.", show_default=False),
    reason: str = typer.Option(..., "--reason", metavar="TEXT", help="Why; everyone on the case can see it."),
    step: str = typer.Option("", "--step", help="Where two open steps ask for the same."),
) -> None:
    """Set an expectation aside for this visit to the stage. A duty cannot be."""
    command = SetRequirementAside(requirement, acting.words(reason, "--reason"), step)
    acting.act(ctx, case, lambda desk: command)


def reopen(
    ctx: typer.Context,
    case: str = CASE,
    reason: str = typer.Option(..., "--reason", metavar="TEXT", help="Why; @FILE and - are read."),
) -> None:
    """Open a closed case again, at the stage its workflow declares."""
    desk = acting.desk_of(ctx)
    _moved(desk, ctx.obj, desk.do(case, Reopen(acting.words(reason, "--reason"))))


# ---- where it now stands ---------------------------------------------------------------------------------------
def _moved(desk: Desk, settings: Settings, done: Done) -> None:
    """What a move started and ended, who in the family has to hear, and the next steps."""
    view = acting.look(desk, done.case.id)
    clocks: Clocks = getattr(done.entries[0].event, "clocks")  # noqa: B009 - both events that move have them
    titles = {name: e.title for name, e in view.definition.expectations.items()}
    also = [f"  ended: {titles[e.expectation]}" for e in clocks.ended]
    also += [f"  begun: {titles[c.expectation]}{_by_when(c.indicative)}" for c in clocks.started]
    also += [f"  {line}" for line in family_lines(view)]
    also += _next_steps(view)
    more: dict[str, Any] = {
        "begun": [c.expectation for c in clocks.started],
        "ended": [e.expectation for e in clocks.ended],
        "tell": [person for person, listed in view.case.roster.items() if listed.must_be_told],
        "next": [
            {"step": s.step.name, "to": s.step.to, "ready": s.ready, "yours": s.yours} for s in view.steps
        ],
    }
    acting.said(desk, settings, done, also, **more)


def _by_when(indicative: date | None) -> str:
    return f" (indicative: {in_words(indicative)})" if indicative else ""


def family_lines(view: CaseView) -> list[str]:
    """Everyone who must be told, with what they last heard and when they were promised news."""
    told = [f"{shown(p.label)} ({_heard(p)})" for p in view.case.roster.values() if p.must_be_told]
    return [] if not told else [f"keep informed: {', '.join(told)} — casereview tell {view.case.ref} --kind progress"]


def _heard(listed: Listed) -> str:
    heard = f"last told {in_words(listed.told_on)}" if listed.told_on else "not told yet"
    if listed.excepted_until is not None and listed.told_on is None:
        heard = f"not told: {listed.excepted}, look again on {in_words(listed.excepted_until)}"
    return heard + (f", news promised by {in_words(listed.promised_on)}" if listed.promised_on else "")


def _next_steps(view: CaseView) -> list[str]:
    if not view.steps:
        return [f"The case is closed. To open it again: casereview reopen {view.case.ref} --reason …"]
    steps = view.steps  # in the order of the definition, the main path first
    lines = [f"Next (casereview why {view.case.ref}):"]
    lines += [f"  {s.step.name}  {shown(s.step.title)}  [{_readiness(s)}]" for s in steps[:SHOWN_STEPS]]
    more = len(steps) - SHOWN_STEPS
    return lines + ([f"  … and {more} more"] if more > 0 else [])


def _readiness(view: StepView) -> str:
    missing = sum(1 for a in view.asked if not a.met and not a.set_aside)
    return "ready" if not missing else f"{missing} still missing"
