"""The checkpoint review on the command line: what was found and what it means for the case, in one act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from casereview.commands import HoldReview
from casereview.errors import CaseReviewError, did_you_mean
from casereview.events import CONTACT_KINDS
from casereview.review_routes import CHANGE, OUTCOMES
from casereview.text import clean, shown
from tui.commands import acting, asking, output
from tui.commands.acting import CASE

if TYPE_CHECKING:
    from casereview.service.desk import Desk
    from casereview.service.reading import CaseView
    from casereview.service.reviewing import Reviews


def register(app: typer.Typer) -> None:
    app.command("review")(review)


def review(
    ctx: typer.Context,
    case: str = CASE,
    outcome: str | None = typer.Option(None, "--outcome", help=f"{', '.join(OUTCOMES)}. Left out: the reviews so far."),
    known: str | None = typer.Option(None, "--known", metavar="TEXT", help="What is now understood that was not."),
    text: str | None = typer.Option(None, "--text", help="Why; if carrying on, which question is still open."),
    date: str | None = typer.Option(None, "--date", help="A new date for this child, or a proposed one."),
    reason: str = typer.Option("", "--reason", metavar="CODE", help="With a date past the usual one, or proposed."),
    effect: str = typer.Option("", "--effect", metavar="TEXT", help="With a proposed date: for the child."),
    action: str = typer.Option("", "--action", metavar="TEXT", help="What is being done about it."),
    owner: str = typer.Option("", "--owner", metavar="WHO", help="Who sees to that."),
    due: str | None = typer.Option(None, "--due", metavar="DATE", help="By when."),
    direction: str = typer.Option("", "--direction", help="If it changes: strategy-discussion, early-help, …"),
    step: str = typer.Option("", "--step", help="If it changes: the step to take, where there are several."),
    next_: str | None = typer.Option(None, "--next", metavar="DATE", help="When you look together again."),
    seen: str | None = typer.Option(None, "--seen", metavar="DATE", help="Write down as well that the child was seen."),
    alone: bool = typer.Option(False, "--alone", help="With --seen: alone."),
    where: str = typer.Option("", "--where", help="With --seen."),
    child_seen: bool | None = typer.Option(
        None, "--child-seen/--child-not-seen", help="Since the last review; left out, by the sights recorded."),
    on: str | None = typer.Option(None, "--on", metavar="DATE", help="When it was held, if not today."),
    told: str = typer.Option("", "--told", metavar="KIND", help=f"The family was told: {', '.join(CONTACT_KINDS)}."),
    said: str = typer.Option("", "--said", metavar="TEXT", help="With --told: what they said."),
    promised: str | None = typer.Option(None, "--promised", metavar="DATE", help="With --told: when news comes next."),
    by_way: str = typer.Option("", "--by-way", metavar="METHOD", help="With --told: such as visit or telephone."),
    supervision: str = typer.Option("", "--supervision", metavar="TEXT", help="A note: what you thought through."),
    task: list[str] = typer.Option([], "--task", metavar="TEXT", help="With --supervision: what was agreed, and who."),
    set_aside: str = typer.Option("", "--set-aside", metavar="WHY", help="Let go what is still expected; all see it."),
    stay: bool = typer.Option(False, "--stay", help="Record it, and leave the case at the review for now."),
) -> None:  # fmt: skip
    """Hold a checkpoint review: child seen, what is now known, what happens next; the case moves as it means.

    Enough is known: the work stops early, which is a success. Carry on: to a new date, with the question that is
    still open. Change direction: plan again, a strategy discussion, or what else the workflow offers. All of it is
    recorded, or nothing and everything that is missing is said at once.
    """
    desk = acting.desk_of(ctx)
    if outcome is None:
        given = {f"--{name.rstrip('_').replace('_', '-')}": one for name, one in ctx.params.items() if name != "case"}
        acting.only_with(given, "--outcome")
        _so_far(desk, case, ctx)
        return
    view = acting.look(desk, case)
    acting.only_with({"--alone": alone, "--where": where} if seen is None else {}, "--seen")
    acting.only_with({"--said": said, "--promised": promised, "--by-way": by_way} if not told else {}, "--told")
    acting.only_with({"--task": task} if not supervision else {}, "--supervision")
    asked = known is None and asking.at_a_terminal()
    known = asking.ask("What is now understood that was not?") if asked else known
    command = HoldReview(
        _outcome(outcome), acting.words(known, "--known"), acting.words(text, "--text"), acting.day(desk, on, "--on"),
        acting.ahead(desk, case, next_, "--next"), child_seen, acting.day(desk, seen, "--seen"), alone, where,
        acting.ahead(desk, case, date, "--date", counted_from="start"), reason,
        acting.words(effect, "--effect"), action, owner,
        acting.ahead(desk, case, due, "--due"), _words(direction), step, told, "", acting.words(said, "--said"), by_way,
        acting.ahead(desk, case, promised, "--promised"), acting.words(supervision, "--supervision"), tuple(task),
        acting.words(set_aside, "--set-aside"), stay,
    )  # fmt: skip
    _only_changing(command)
    done = desk.do(case, command, view.case.number if asked else None)
    acting.said(desk, ctx.obj, done, outcome=OUTCOMES[command.outcome])


def _outcome(typed: str) -> str:
    found = "-".join(clean(typed).casefold().replace("is known", "known").split())
    if found not in OUTCOMES:
        raise CaseReviewError(
            f"{shown(typed, width=60)!r} is not an outcome of a review", where="--outcome",
            remedy=did_you_mean(found, OUTCOMES),
        )  # fmt: skip
    return found


def _words(direction: str) -> str:
    """A choice of the form, which may be typed with dashes."""
    return clean(direction).replace("-", " ")


def _only_changing(command: HoldReview) -> None:
    if command.outcome != CHANGE:
        acting.only_with({"--direction": command.direction, "--step": command.step}, f"--outcome {CHANGE}")


# ---- what there is so far --------------------------------------------------------------------------------------
def _so_far(desk: Desk, ref: str, ctx: typer.Context) -> None:
    from casereview.service.reviewing import reviews

    found = reviews(desk, ref)
    output.emit(_json(found), ctx.obj, lambda: _page(found))


def _json(found: Reviews) -> dict[str, Any]:
    return {
        **output.case_row_json(found.view.row), "next": found.next, "held": found.held, "late": found.late,
        "outcomes": [{"outcome": word, "leads": says} for word, says in found.outcomes],
        "reviews": [{"record": r.number, "on": r.on, "by": r.by, "by_name": r.by_name, "values": r.values}
                    for r in found.rows],
    }  # fmt: skip


def _page(found: Reviews) -> str:
    from tui.commands.pages import record_page

    view: CaseView = found.view
    when = f"next look together: {found.next}" if found.next else "no look is planned"
    lines = [output.bold(f"{view.case.ref}  {found.title}")]
    lines.append(f"Held: {found.held}, of these late: {found.late}; {when}.")
    lines += [record_page(row, view) for row in found.rows]
    lines += ["", "What comes of it now:"]
    lines += [output.wrapped(f"{word}: {says}", "      ", "  ") for word, says in found.outcomes]
    lines.append(f"casereview review {view.case.ref} --outcome OUTCOME --known … --text …")
    return "\n".join(lines)
