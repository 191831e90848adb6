"""Commands of the method: prompts of a review, its quality markers, and the words the prompts go by here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from casereview.commands import AddRecord
from casereview.errors import CaseReviewError, did_you_mean
from casereview.text import clean, shown
from tui.commands import acting, asking, output
from tui.commands.acting import CASE
from tui.commands.past import AS_AT, desk_of

if TYPE_CHECKING:
    from casereview.method.prompts import Prompt
    from casereview.service.desk import Desk
    from casereview.service.method import Checklist, Thinking
    from casereview.service.reading import CaseView
    from tui.start import Settings

COLUMNS = (
    "case", "feature", "check", "id", "record", "kind", "field", "says", "asks", "words", "open", "outcome", "reason"
)


def register(app: typer.Typer) -> None:
    """Adds `prompts`, `markers` and `method-settings`."""
    app.command("prompts")(prompts)
    app.command("markers")(markers)
    app.command("method-settings")(method_settings)


def prompts(
    ctx: typer.Context,
    case: str = CASE,
    answer: str = typer.Option("", "--answer", metavar="ID", help="Answer this prompt: what was thought of it."),
    keep: str = typer.Option("", "--keep", metavar="ID", help="Keep the words as they are."),
    silence: str = typer.Option("", "--silence", metavar="ID", help="Have this prompt silent."),
    reason: str | None = typer.Option(None, "--reason", metavar="TEXT", help="Why, in a line; always asked."),
    feature: str = typer.Option("", "--feature", help="Only of this feature: context, why, wider or method."),
    everything: bool = typer.Option(False, "--all", help="Also those answered, kept or silenced."),
    csv: Path | None = typer.Option(None, "--csv", metavar="FILE", help="Write every row to a new spreadsheet file."),
    as_at: str = AS_AT,
) -> None:
    """What the method asks about a review as it stands: questions to think by, for those who do the review.

    By the four features of a systems approach: the person in context; why, and not only what; this case or wider;
    reliable and valid. Nothing is blocked, scored or rewritten. When the words a prompt was about change, it is asked
    anew.
    """
    given = {"answered": answer, "kept": keep, "silenced": silence}
    if any(given.values()):
        _answer(ctx, case, given, reason)
        return
    acting.only_with({"--reason": reason}, "--answer, --keep or --silence")
    from casereview.service.method import thinking

    found = thinking(desk_of(ctx.obj, as_at), case)
    known = [one.feature.key for one in found.features]
    if feature and feature not in known:
        raise CaseReviewError(f"{clean(feature)!r} is not a feature", remedy=did_you_mean(feature, known))
    _show(ctx.obj, found, feature, everything, csv)


def _answer(ctx: typer.Context, case: str, given: dict[str, str], reason: str | None) -> None:
    from casereview.service.method import answer_prompt

    options = dict(zip(("--answer", "--keep", "--silence"), map(bool, given.values()), strict=True))
    acting.exactly_one(options)
    outcome, prompt = next((outcome, one) for outcome, one in given.items() if one)
    desk = acting.desk_of(ctx)
    asked = reason is None and asking.at_a_terminal()
    why = asking.ask("Why, in a line?") if asked else acting.words(reason, "--reason")
    done = answer_prompt(desk, case, prompt, outcome, why)
    acting.said(desk, ctx.obj, done, record=done.entries[0].number)


def _show(settings: Settings, found: Thinking, feature: str, everything: bool, csv: Path | None) -> None:
    from casereview.method.prompts_said import ABOUT, features_said
    from tui.commands.narrative import page

    features = [one for one in found.features if feature in ("", one.feature.key)]
    rows = [
        prompt_json(found.ref, prompt) for one in features for prompt in one.prompts if everything or prompt.open
    ]  # fmt: skip
    if csv is not None:
        from tui.commands.lists import write_new_csv

        written = write_new_csv(csv, rows, COLUMNS)
        output.emit({"rows": written, "file": str(csv)}, settings, f"{written} prompts written to {csv}")
        return
    data = {
        "case": found.ref, "prompts": rows,
        "features": [
            {"feature": one.feature.key, "title": one.feature.title, "there": list(one.there), "open": one.open}
            for one in features
        ],
    }  # fmt: skip
    hint = f"casereview prompts {found.ref} --answer ID, --keep ID or --silence ID, with --reason …"

    def text() -> str:
        return f"{page(features_said(features, everything=everything))}\n{output.wrapped(ABOUT)}\n{hint}"

    output.emit(data, settings, text)


def prompt_json(ref: str, one: Prompt) -> dict[str, Any]:
    return {
        "case": ref, "id": one.id, "feature": one.feature, "check": one.check, "record": one.number,
        "kind": one.kind or None, "field": one.field or None, "says": one.says, "asks": one.asks,
        "words": one.words or None, "needs": one.needs or None, "open": one.open,
        "outcome": one.answer.outcome if one.answer else None, "reason": one.answer.reason if one.answer else None,
        "asked_again": one.before is not None,
    }  # fmt: skip


def about_record(desk: Desk, view: CaseView, number: int) -> tuple[list[str], list[dict[str, Any]]]:
    """The open prompts about what was just written down in a review, as lines and as data; never in the way of it."""
    if view.definition.kind != "review":
        return [], []
    ref = view.case.ref
    from casereview.method.prompts_said import prompt_said
    from casereview.service.method import prompts_about
    from tui.commands.narrative import page

    try:
        found = prompts_about(desk, ref, number)
    except CaseReviewError:  # what was recorded stands, whatever else cannot be read
        return [], []
    if not found:
        return [], []
    asked = "\n".join(page(prompt_said(one)) for one in found)
    again = f"  To keep words as they are: casereview prompts {ref} --keep ID --reason …"
    return [asked, again], [prompt_json(ref, one) for one in found]


# ---- quality markers ---------------------------------------------------------------------------------------------
def markers(
    ctx: typer.Context,
    case: str = CASE,
    marker: str = typer.Option("", "--marker", help="Answer this one, such as analysis."),
    answer: str = typer.Option("", "--answer", help="yes, partly or no."),
    note: str | None = typer.Option(None, "--note", metavar="TEXT", help="What tells you so, and what would help."),
    now: bool = typer.Option(False, "--now", help="Only those of the stage the review is in."),
    as_at: str = AS_AT,
) -> None:
    """The eighteen quality markers of a review: yes, partly or no, with a note. To think by, not a score."""
    from casereview.service.method import quality_markers

    if marker or answer or note is not None:
        if not marker or not answer:
            raise CaseReviewError("a marker and its answer go together", remedy="Give --marker and --answer.")
        desk = acting.desk_of(ctx)
        values = {"marker": marker, "answer": answer, "note": acting.words(note, "--note") if note is not None else "",
                  "looked_on": desk.today.isoformat()}  # fmt: skip
        done = desk.do(case, AddRecord("quality-marker", {name: value for name, value in values.items() if value}))
        acting.said(desk, ctx.obj, done, record=done.entries[0].number)
        return
    found = quality_markers(desk_of(ctx.obj, as_at), case)
    output.emit(markers_json(found, now), ctx.obj, lambda: _markers_text(found, now))


def markers_json(found: Checklist, now: bool = False) -> list[dict[str, Any]]:
    return [
        {
            "case": found.ref, "marker": one.marker.key, "title": one.marker.title, "part": one.marker.part,
            "asks": one.marker.asks, "now": one.now, "answer": one.answer or None, "note": one.note or None,
            "looked_on": one.looks[0].on if one.looks else None, "looks": len(one.looks),
        }
        for one in found.looked if one.now or not now
    ]  # fmt: skip


def _markers_text(found: Checklist, now: bool) -> str:
    from casereview.method.lists import marker_source

    lines, part = [f"{shown(found.ref)} at “{shown(found.stage)}”"], ""
    for one in found.looked:
        if now and not one.now:
            continue
        if one.marker.part != part:
            part = one.marker.part
            lines += ["", output.bold(part)]
        sign = {"yes": "[yes]   ", "partly": "[partly]", "no": "[no]    "}.get(one.answer, "[ ]     ")
        lines.append(f"{sign} {one.marker.title}{' (this stage)' if one.now else ''}   {one.marker.key}")
        lines.append(output.wrapped(one.marker.asks, "         "))
        if one.note:
            lines.append(output.wrapped(f"{one.looks[0].on}: {one.note}", "         "))
    lines += ["", output.wrapped(f"{found.kept}.")] if found.kept else []
    hint = f"casereview markers {found.ref} --marker analysis --answer partly --note …"
    return "\n".join([*lines, "", output.wrapped(marker_source()), hint])


# ---- the words ---------------------------------------------------------------------------------------------------
def method_settings(
    ctx: typer.Context,
    add_word: list[str] = typer.Option([], "--add-word", metavar="WORD[=QUESTION]", help="A word or phrase to notice."),
    leave_out: list[str] = typer.Option([], "--leave-out", metavar="WORD", help="A word not to notice here."),
    take_back: list[str] = typer.Option([], "--take-back", metavar="WORD", help="As it was before, for this word."),
    share: int | None = typer.Option(
        None, "--share", metavar="PERCENT", help="Ask about it when fewer of the case group were heard."
    ),
) -> None:
    """The words that the prompts notice, and from which share of participants it is asked who was not heard."""
    from casereview.service.method_settings import change_settings, lists, settings

    desk = acting.desk_of(ctx)
    if add_word or leave_out or take_back or share is not None:
        added = {word: asks for word, _, asks in (one.partition("=") for one in add_word)}
        change_settings(desk, add=added, leave_out=tuple(leave_out), take_back=tuple(take_back), share=share)
    now, local = lists(desk), settings(desk)
    data = {
        "words": [{"word": word, "asks": asks, "own": word in local.added} for word, asks in now.terms.items()],
        "left_out": list(local.left_out), "share": now.share,
    }  # fmt: skip

    def text() -> str:
        rows = [(word, "your own" if word in local.added else "shipped", asks) for word, asks in now.terms.items()]
        out = f"Left out here: {', '.join(local.left_out)}\n" if local.left_out else ""
        asked = f"Who was not heard is asked about below {now.share} per cent of the case group (local default)."
        return f"{output.columns(('word', 'list', 'question offered'), rows)}\n{out}{asked}"

    output.emit(data, ctx.obj, text)
