"""The register of reviewers: training, accreditation, supervision, independence, and what each has in hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from casereview.text import parse_date
from tui.commands.output import columns, emit
from tui.commands.past import AS_AT, desk_of
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from casereview.service.desk import Desk
    from casereview.service.reviewers import Listed

NONE = "Nobody is in the register of reviewers yet. Enter somebody: casereview reviewer add PERSON"
PERSON = typer.Argument(..., help="Id, login or name of a person known here.", show_default=False)
STATE = typer.Option("", "--accreditation", help="accredited, in training, or not accredited.")
SINCE = typer.Option("", "--accredited-on", metavar="DATE", help="Since when.")
BY = typer.Option("", "--accredited-by", metavar="TEXT", help="By whom.")
TRAINING = typer.Option("", "--training", metavar="TEXT", help="Which training, and when.")
SUPERVISION = typer.Option("", "--supervision", metavar="TEXT", help="How they are supervised.")
SUPERVISED_BY = typer.Option("", "--supervised-by", metavar="TEXT", help="By whom they are supervised.")
ACCOUNTABLE = typer.Option("", "--accountable-to", metavar="TEXT", help="To whom they answer for their reviews.")
WORKS_FOR = typer.Option([], "--works-for", metavar="AGENCY", help="An agency they work or lately worked for.")
NOTE = typer.Option("", "--note", metavar="TEXT", help="Anything else.")


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="The register of reviewers, and what each has in hand.", rich_markup_mode=None)
    group.callback(invoke_without_command=True)(_bare)
    for word, command in (
        ("list", reviewer_list), ("add", reviewer_add), ("change", reviewer_change), ("remove", reviewer_remove),
    ):  # fmt: skip
        group.command(word)(command)
    app.add_typer(group, name="reviewer")


def _bare(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        reviewer_list(ctx, state="", sort="name", as_at="")


def reviewer_list(
    ctx: typer.Context,
    state: str = STATE,
    sort: str = typer.Option("name", "--sort", help="name, load or accreditation; - before it turns it round."),
    as_at: str = AS_AT,
) -> None:
    """The register of reviewers, with how many open reviews each leads or supervises, of those you may know of."""
    from casereview.service.reviewers import register as read

    settings: Settings = ctx.obj
    found = read(desk_of(settings, as_at), state=state, order=sort)
    emit([as_json(one) for one in found], settings, lambda: _table(found) if found else NONE)


def as_json(one: Listed) -> dict[str, Any]:
    kept = one.reviewer
    return {
        "person": kept.person, "name": one.name, "left": one.left, "accreditation": kept.state,
        "accredited_on": kept.accredited_on, "accredited_by": kept.accredited_by or None,
        "training": kept.training or None, "supervision": kept.supervision or None,
        "supervised_by": kept.supervised_by or None, "accountable_to": kept.accountable or None,
        "works_for": list(kept.works_for), "note": kept.note or None, "leads": list(one.leads),
        "supervises": list(one.supervises), "in_hand": one.load, "not_said": list(kept.missing),
        "story": [{"on": a.on, "by": a.by, "act": a.act, "text": a.text} for a in kept.acts],
    }  # fmt: skip


def _table(found: Sequence[Listed]) -> str:
    head = ("id", "name", "accreditation", "since", "supervised by", "answers to", "works for", "in hand")
    return columns(head, [_row(one) for one in found])


def _row(one: Listed) -> tuple[str, ...]:
    kept = one.reviewer
    hand = [*(f"leads {ref}" for ref in one.leads), *(f"supervises {ref}" for ref in one.supervises)]
    return (
        kept.person, f"{one.name}{' (has left)' if one.left else ''}", kept.state, str(kept.accredited_on or "–"),
        kept.supervised_by or kept.supervision or "–", kept.accountable or "–", ", ".join(kept.works_for) or "–",
        f"{one.load}: {', '.join(hand)}" if hand else "0",
    )  # fmt: skip


def reviewer_add(
    ctx: typer.Context, person: str = PERSON, state: str = STATE, accredited_on: str = SINCE, accredited_by: str = BY,
    training: str = TRAINING, supervision: str = SUPERVISION, supervised_by: str = SUPERVISED_BY,
    accountable: str = ACCOUNTABLE, works_for: list[str] = WORKS_FOR, note: str = NOTE,
) -> None:  # fmt: skip
    """Enter a person into the register of reviewers."""
    from casereview.service.reviewers import add

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    given = {
        "state": state, "accredited_on": accredited_on, "accredited_by": accredited_by, "training": training,
        "supervision": supervision, "supervised_by": supervised_by, "accountable": accountable,
        "works_for": works_for, "note": note,
    }  # fmt: skip
    one = add(desk, person, _given(desk, given))
    missing = f"\nNot said yet: {', '.join(one.reviewer.missing)}." if one.reviewer.missing else ""
    emit(as_json(one), settings, f"{one.name} is in the register of reviewers: {one.reviewer.state}.{missing}")


def reviewer_change(
    ctx: typer.Context, person: str = PERSON, state: str = STATE, accredited_on: str = SINCE, accredited_by: str = BY,
    training: str = TRAINING, supervision: str = SUPERVISION, supervised_by: str = SUPERVISED_BY,
    accountable: str = ACCOUNTABLE, works_for: list[str] = WORKS_FOR, note: str = NOTE,
    reason: str = typer.Option("", "--reason", metavar="TEXT", help="Why it is changed."),
) -> None:  # fmt: skip
    """Change what the register says of a reviewer; what stood there stays readable in the journal."""
    from casereview.service.reviewers import change

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    given = {
        "state": state, "accredited_on": accredited_on, "accredited_by": accredited_by, "training": training,
        "supervision": supervision, "supervised_by": supervised_by, "accountable": accountable,
        "works_for": works_for, "note": note,
    }  # fmt: skip
    one = change(desk, person, _given(desk, given), reason)
    emit(as_json(one), settings, f"{one.name}: {one.reviewer.acts[-1].act}.")


def _given(desk: Desk, options: dict[str, Any]) -> dict[str, Any]:
    """What was given on the line; what was left out stays as it is."""
    given = {name: value for name, value in options.items() if value}
    if "accredited_on" in given:
        given["accredited_on"] = parse_date(given["accredited_on"], "--accredited-on", today=desk.today)
    return given


def reviewer_remove(
    ctx: typer.Context,
    person: str = PERSON,
    reason: str = typer.Option("", "--reason", metavar="TEXT", help="Why they are taken out."),
) -> None:
    """Take somebody out of the register of reviewers; the reviews they led stay theirs."""
    from casereview.service.reviewers import remove

    settings: Settings = ctx.obj
    gone = remove(open_desk(settings), person, reason)
    emit({"person": gone.person, "removed": True}, settings, f"{gone.person} is no longer in the register.")
