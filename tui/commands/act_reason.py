"""The command `reason`: the worker's account of why it takes longer, asked for question by question."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import typer

from casereview.commands import GiveReason
from casereview.errors import CaseReviewError
from casereview.text import shown
from tui.commands import acting, asking, output
from tui.commands.acting import CASE

if TYPE_CHECKING:
    from casereview.case import Reason
    from casereview.service.desk import Desk
    from casereview.service.reading import CaseView
    from workflows.definition import ReasonCode

SKIP = "-"  # at a prompt: nothing to say here


def register(app: typer.Typer) -> None:
    """Adds `reason`."""
    app.command("reason")(reason)


def reason(
    ctx: typer.Context,
    case: str = CASE,
    code: str | None = typer.Argument(None, metavar="[CODE]", help="Left out: they are listed.", show_default=False),
    text: str | None = typer.Option(None, "--text", help="The reason in your own words; @FILE and - are read."),
    effect: str | None = typer.Option(None, "--effect", metavar="TEXT", help="What it means for the child."),
    proposed: str | None = typer.Option(None, "--proposed", metavar="DATE", help="A new date you propose."),
    action: str = typer.Option("", "--action", metavar="TEXT", help="What is being done about it."),
    owner: str = typer.Option("", "--owner", metavar="WHO", help="Who does it."),
    due: str | None = typer.Option(None, "--due", metavar="DATE", help="By when."),
    expectation: str = typer.Option("", "--expectation", help="Which one, where not the first on the register."),
    edit: bool = typer.Option(False, "--edit", help="Write the text in your editor."),
) -> None:
    """Say why it takes longer. It explains; a manager's answer, and telling the family, make it justified."""
    desk = acting.desk_of(ctx)
    if code is None:
        view = acting.look(desk, case)
        if not asking.at_a_terminal():
            output.emit(codes_json(view), ctx.obj, lambda: codes_text(view))
            remedy = f"Give one: casereview reason {view.case.ref} CODE --text … --effect …"
            raise CaseReviewError("a reason has a code; they are listed", where=view.case.ref, remedy=remedy)
        _ask(ctx, desk, view, expectation)
        return
    written = acting.words(text, "--text", edit=edit, question="What is the reason, in your own words?")
    options = {"--text": written, "--effect": effect, "--proposed": proposed, "--action": action, "--owner": owner,
               "--due": due, "--expectation": expectation}  # fmt: skip
    with acting.nothing_lost(_again(case, code, options)) if edit else nullcontext():
        command = GiveReason(
            code, written, acting.words(effect, "--effect"), expectation,
            acting.ahead(desk, case, proposed, "--proposed"), action, owner, acting.ahead(desk, case, due, "--due"),
        )  # fmt: skip
        done = desk.do(case, command)
    _given(ctx, desk, done)


def _again(ref: str, code: str, options: Mapping[str, str | None]) -> list[str]:
    return ["reason", ref, code, *(part for option, value in options.items() if value for part in (option, value))]


def _given(ctx: typer.Context, desk: Desk, done: Any) -> None:
    also = [f"  A manager answers it: casereview answer {done.case.ref} --agree-until DATE"]
    given = done.case.runs[done.entries[0].event.expectation].reason
    acting.said(desk, ctx.obj, done, also, reason=reason_json(given))


# ---- asked at a terminal -----------------------------------------------------------------------------------------
def _ask(ctx: typer.Context, desk: Desk, view: CaseView, expectation: str) -> None:
    """One question after another; what was typed is shown again should the case refuse it."""
    output.say(codes_text(view))
    picked = asking.choose("Which code?", tuple(view.definition.reasons))
    code = view.definition.reasons[picked]
    text = asking.ask(f"{code.asks or 'What is the reason?'} In your own words (@FILE is read).")
    effect = _or_nothing("What does it mean for the child?")
    proposed = _or_nothing("Which new date do you propose?")
    action = owner = due = ""
    if code.group == "only with an owned action":
        action = _or_nothing("What is being done about it? It can be agreed only with an action, its owner and a date.")
        owner = _or_nothing("Who does it?") if action else ""
        due = _or_nothing("By when?") if action else ""
    options = {"--text": text, "--effect": effect, "--proposed": proposed, "--action": action, "--owner": owner,
               "--due": due, "--expectation": expectation}  # fmt: skip
    with acting.nothing_lost(_again(view.case.ref, picked, options)):
        command = GiveReason(
            picked, acting.words(text, "the reason"), acting.words(effect, "the effect"), expectation,
            acting.ahead(desk, view.case.ref, proposed or None, "the new date"), action, owner,
            acting.ahead(desk, view.case.ref, due or None, "by when"),
        )  # fmt: skip
        done = acting.insist(desk, view.case.ref, command, view.case.number)
    _given(ctx, desk, done)


def _or_nothing(question: str) -> str:
    answer = asking.ask(f"{question} ({SKIP} for nothing)", SKIP)
    return "" if answer == SKIP else answer


# ---- what there is to choose from --------------------------------------------------------------------------------
WHAT_IT_CAN_DO = {
    "can justify": "a manager can agree it until a date",
    "only with an owned action": "a manager can agree it, with an action, its owner and a date",
    "system cause": "it explains; a cause in the system never justifies",
    "not a delay": "it says what happened; it is not a delay",
    "none found": "an honest empty answer; it stays unexplained",
}


def codes_text(view: CaseView) -> str:
    lines = []
    for code in view.definition.reasons.values():
        lines.append(f"{output.bold(code.code)}  {shown(code.title)}  [{WHAT_IT_CAN_DO[code.group]}]")
        lines += [output.wrapped(code.asks, "      ")] if code.asks else []
    return "\n".join(lines)


def codes_json(view: CaseView) -> list[dict[str, Any]]:
    return [_code_json(code) for code in view.definition.reasons.values()]


def _code_json(code: ReasonCode) -> dict[str, Any]:
    return {
        "code": code.code, "title": code.title, "class": code.group, "asks": code.asks, "says": code.says,
        "can_be_agreed": code.can_be_agreed,
    }  # fmt: skip


def reason_json(given: Reason | None) -> dict[str, Any] | None:
    if given is None:
        return None
    return {
        "code": given.code, "class": given.group, "text": given.text, "effect": given.effect, "by": given.by,
        "on": given.on, "proposed": given.proposed, "action": given.action or None,
        "action_owner": given.action_owner or None, "action_due": given.action_due,
    }  # fmt: skip
