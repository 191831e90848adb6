"""Commands about time: give a reason, answer it, agree a date, the urgent lane, and waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from casereview.commands import AgreeDate, EndWaiting, GiveAnswer, SetLane, StartWaiting
from casereview.describe import day as in_words
from casereview.events import AnswerDecision
from casereview.text import shown
from tui.commands import act_reason, acting, asking, output
from tui.commands.acting import CASE

if TYPE_CHECKING:
    from casereview.case import Case, Reason
    from casereview.service.reading import CaseView
    from tui.start import Settings

EXPECTATION = typer.Option("", "--expectation", help="Which one, where not the first on the register.")
ACTION = typer.Option("", "--action", help="What is being done about it, where the reason asks for it.")
OWNER = typer.Option("", "--owner", help="Who does it.")
DUE = typer.Option(None, "--due", metavar="DATE", help="By when.")


def register(app: typer.Typer) -> None:
    """Adds `reason`, `answer`, `agree-date`, `lane` and `waiting`."""
    act_reason.register(app)
    app.command("answer")(answer)
    app.command("agree-date")(agree_date)
    app.command("lane")(lane)
    app.command("waiting")(waiting)


# ---- the manager's word ----------------------------------------------------------------------------------------
def answer(
    ctx: typer.Context,
    case: str = CASE,
    agree_until: str | None = typer.Option(None, "--agree-until", metavar="DATE",
                                           help="Agreed; look again then: a date, or '15 working days' from today."),
    not_agreed: str | None = typer.Option(None, "--not-agreed", metavar="TEXT", help="Not agreed: do this instead."),
    tell_me_more: str | None = typer.Option(None, "--tell-me-more", metavar="TEXT", help="What is still to be said."),
    text: str | None = typer.Option(None, "--text", help="With --agree-until: what is agreed, in your own words."),
    expectation: str = EXPECTATION,
) -> None:  # fmt: skip
    """Answer the newest reason for taking longer: a manager's word, never that of the reason's author."""
    desk = acting.desk_of(ctx)
    given: dict[str, str | None] = {
        "--agree-until": agree_until, "--not-agreed": not_agreed, "--tell-me-more": tell_me_more,
    }  # fmt: skip
    asked = not any(value is not None for value in given.values()) and asking.at_a_terminal()
    view = acting.look(desk, case)
    if asked and not reason_lines(view.case, _expectation(view, expectation), view):
        desk.do(case, GiveAnswer("tell me more", "", None, expectation))  # refused: there is nothing to answer
    if asked:
        _ask_answer(view, expectation, given)
    option = acting.exactly_one({name: value is not None for name, value in given.items()})
    if option != "--agree-until":
        acting.only_with({"--text": text}, "--agree-until")
    written = acting.words(text if option == "--agree-until" else given[option], option)
    until = acting.ahead(desk, case, given["--agree-until"], "--agree-until")
    command = GiveAnswer(_DECISIONS[option], written, until, expectation)
    if asked:
        with acting.nothing_lost(["answer", view.case.ref, option, given[option] or ""]):
            done = acting.insist(desk, case, command, view.case.number)
    else:
        done = desk.do(case, command)
    name = getattr(done.entries[0].event, "expectation", "")
    reason = done.case.runs[name].reason
    also = [f"  {line}" for line in reason_lines(done.case, name, view)]
    if command.decision == "agreed" and view.definition.expectations[name].justified.family_told:
        also.append(f"  It holds once the family knows: casereview tell {done.case.ref} --kind 'delay explained'")
    acting.said(desk, ctx.obj, done, also, reason=act_reason.reason_json(reason))


def _ask_answer(view: CaseView, expectation: str, given: dict[str, str | None]) -> None:
    """Shows the reason and asks for the answer, at a terminal."""
    for line in reason_lines(view.case, _expectation(view, expectation), view):
        output.say(line)
    picked = asking.choose("What is your answer?", ("agree until", "not agreed", "tell me more"))
    option = f"--{picked.replace(' ', '-')}"
    given[option] = asking.ask("Look again on which day?" if picked == "agree until" else "What should happen?")


_DECISIONS: dict[str, AnswerDecision] = {
    "--agree-until": "agreed", "--not-agreed": "not agreed", "--tell-me-more": "tell me more",
}  # fmt: skip


def _expectation(view: CaseView, name: str) -> str:
    main = view.definition.main_expectation()
    return name or (main.name if main else "")


def reason_lines(case: Case, expectation: str, view: CaseView) -> list[str]:
    """The reason an answer is about, as its author wrote it."""
    run = case.runs.get(expectation)
    reason: Reason | None = run.reason if run else None
    if reason is None:
        return []
    code = view.definition.reasons.get(reason.code)
    lines = [f"The reason ({reason.code}: {shown(code.title) if code else ''}), by "
             f"{shown(view.names.person(reason.by))} on {in_words(reason.on)}:"]  # fmt: skip
    lines += [output.wrapped(reason.text, "  ")] if reason.text else []
    lines += [output.wrapped(f"Effect on the child: {reason.effect}", "  ")] if reason.effect else []
    lines += [f"  Proposed: {in_words(reason.proposed)}"] if reason.proposed else []
    if reason.action:
        due = f", by {in_words(reason.action_due)}" if reason.action_due else ""
        lines.append(output.wrapped(f"Action: {reason.action} ({reason.action_owner or 'no owner'}{due})", "  "))
    return lines


def agree_date(
    ctx: typer.Context,
    case: str = CASE,
    agreed: str = typer.Argument(..., metavar="DATE", show_default=False,
                                 help="Or a length from when it began, '35 working days', or '… from today'."),
    code: str = typer.Option("", "--reason", metavar="CODE", help="Where it is later than the indicative time."),
    text: str | None = typer.Option(None, "--text", help="Why this date, for this child."),
    expectation: str = EXPECTATION,
    action: str = ACTION,
    owner: str = OWNER,
    due: str | None = DUE,
) -> None:  # fmt: skip
    """Agree a date for this child: a manager's act. A long one, agreed in good time with its reason, justifies."""
    from casereview.service.lengths import day_ahead

    desk = acting.desk_of(ctx)
    until = day_ahead(desk, case, agreed, "the date", counted_from="start", expectation=expectation)
    command = AgreeDate(
        until, acting.words(text, "--text"), code, expectation, action, owner, acting.ahead(desk, case, due, "--due")
    )
    done = desk.do(case, command)
    also = [f"  Now tell the family: casereview tell {done.case.ref} --kind 'new date'"]
    acting.said(desk, ctx.obj, done, also, agreed_date=until)


# ---- some need it faster -----------------------------------------------------------------------------------------
def lane(
    ctx: typer.Context,
    case: str = CASE,
    name: str | None = typer.Argument(None, metavar="[LANE]", show_default=False,
                                      help="Left out: the lanes and their triggers are listed."),
    because: str | None = typer.Option(None, "--because", metavar="TRIGGER", help="Why; into a lane: one it names."),
    leave: bool = typer.Option(False, "--leave", help="Out of the lane, with the reason."),
) -> None:  # fmt: skip
    """Put a case into an urgent lane, or take it out: some children need it faster."""
    if name is None and not leave:
        acting.only_with({"--because": because}, "a LANE or --leave")
        view = acting.look(acting.desk_of(ctx), case)
        _list_lanes(view, ctx.obj)
        return
    acting.exactly_one({"LANE": name is not None, "--leave": leave})
    command = SetLane(name or "", acting.words(because, "--because"))
    desk = acting.desk_of(ctx)
    done = desk.do(case, command)
    targets = dict(done.case.lane.targets) if done.case.lane else {}
    titles = acting.look(desk, done.case.id).definition.expectations
    also = [f"  target: {titles[one].title}, by {in_words(by)}" for one, by in targets.items()]
    acting.said(desk, ctx.obj, done, also, lane=done.case.lane.lane if done.case.lane else None, targets=targets)


def _list_lanes(view: CaseView, settings: Settings) -> None:
    now = view.case.lane
    data = [
        {"lane": each.name, "title": each.title, "triggers": list(each.when),
         "in": now is not None and now.lane == each.name,
         "targets": {name: str(span) for name, span in each.expect.items()}}
        for each in view.definition.lanes.values()
    ]  # fmt: skip

    def text() -> str:
        if not data:
            return "This workflow has no urgent lane."
        lines = []
        for each in view.definition.lanes.values():
            here = f" — in it since {in_words(now.since)}: {now.because}" if now and now.lane == each.name else ""
            lines.append(shown(f"{each.name}  {each.title}{here}"))
            lines += [f"  --because '{shown(trigger)}'" for trigger in each.when]
        return "\n".join(lines)

    output.emit(data, settings, text)


# ---- waiting is shown, never subtracted ----------------------------------------------------------------------------
def waiting(
    ctx: typer.Context,
    case: str = CASE,
    on_whom: str | None = typer.Option(None, "--on", metavar="WHOM", help="Whom the case waits on."),
    what: str | None = typer.Option(None, "--for", metavar="WHAT", help="What for."),
    since: str | None = typer.Option(None, "--since", metavar="DATE", help="Since when; today if left out."),
    end: int | None = typer.Option(None, "--end", metavar="NUMBER", help="End this waiting."),
    ended: str | None = typer.Option(None, "--date", metavar="DATE", help="With --end: the day it ended."),
    note: str = typer.Option("", "--note", help="With --end: how."),
) -> None:
    """Record whom the case waits on. It is shown beside the time taken and never subtracted. Alone: list them."""
    desk = acting.desk_of(ctx)
    if end is not None:
        acting.only_with({"--on": on_whom, "--for": what, "--since": since}, "a new waiting, without --end")
        acting.said(desk, ctx.obj, desk.do(case, EndWaiting(end, acting.day(desk, ended, "--date"), note)))
        return
    acting.only_with({"--date": ended, "--note": note}, "--end NUMBER")
    if on_whom is None and what is None and since is None:
        _list_waiting(acting.look(desk, case), ctx.obj)
        return
    done = desk.do(case, StartWaiting(on_whom or "", what or "", acting.day(desk, since, "--since")))
    number = done.entries[0].number
    also = [f"  When it is over: casereview waiting {done.case.ref} --end {number}"]
    acting.said(desk, ctx.obj, done, also, waiting=number)


def _list_waiting(view: CaseView, settings: Settings) -> None:
    now = [
        {"number": int(number), "on": w.on_whom, "for": w.what, "since": w.since, "until": None}
        for number, w in view.case.waiting.items()
    ]
    over = [
        {"number": None, "on": w.on_whom, "for": w.what, "since": w.since, "until": w.until} for w in view.case.waited
    ]

    def text() -> str:
        rows = [(w["number"] or "", w["on"], w["for"], w["since"], w["until"] or "still waiting") for w in now + over]
        return output.columns(("NUMBER", "ON", "FOR", "SINCE", "UNTIL"), rows) if rows else "Waiting on nobody."

    output.emit(now + over, settings, text)
