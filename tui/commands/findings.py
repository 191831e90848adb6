"""Commands of findings: those of a review by pattern, and one of them in full."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from tui.commands import output
from tui.commands.acting import CASE
from tui.commands.narrow import SORT, by_column
from tui.commands.past import AS_AT, desk_of

if TYPE_CHECKING:
    from casereview.method.findings import Anatomy
    from casereview.method.review import Rec
    from casereview.service.findings import Found
    from tui.start import Settings

HEAD = ("no.", "finding", "pattern", "state", "evidence", "who can act", "asks")
COLUMNS = (
    "case", "record", "statement", "category", "also_category", "effect", "level", "routed", "state", "evidence",
    "kinds", "for", "against", "claimed", "confidence", "agencies", "open_questions", "position", "responses",
    "actions", "impacts", "ahead",
)  # fmt: skip
CSV = typer.Option(None, "--csv", metavar="FILE", help="Write every row to a new spreadsheet file.")


def register(app: typer.Typer) -> None:
    """Adds `findings` and `finding`."""
    app.command("findings")(findings)
    app.command("finding")(finding)


def findings(
    ctx: typer.Context,
    case: str = CASE,
    state: str = typer.Option("", "--state", help="Only in this state, such as agreed."),
    strength: str = typer.Option("", "--strength", help="Only with this evidence: indicative only, weak, supported."),
    level: str = typer.Option("", "--level", help="Only what can be acted on there: local, national, research."),
    category: str = typer.Option("", "--category", help="Only of this pattern."),
    sort: str = SORT,
    csv: Path | None = CSV,
    as_at: str = AS_AT,
) -> None:
    """The findings of a review by pattern: how firmly each stands by its evidence, and what is still asked.

    No evidence of how usual it is: indicative only. One kind of evidence: weak. Two kinds or more: supported. What
    speaks against a finding is counted apart and never hidden.
    """
    from casereview.service.findings import Wanted, findings_of

    settings: Settings = ctx.obj
    found = findings_of(desk_of(settings, as_at), case, Wanted(state, strength, level, category))
    found = replace(found, rows=tuple(by_column(found.rows, lambda one: finding_json(found.ref, one), COLUMNS, sort)))
    if csv is not None:
        from tui.commands.lists import write_new_csv

        written = write_new_csv(csv, [finding_json(found.ref, one) for one in found.rows], COLUMNS)
        output.emit({"rows": written, "file": str(csv)}, settings, f"{written} findings written to {csv}")
        return
    data = {
        "case": found.ref, "findings": [finding_json(found.ref, one) for one in found.rows], "total": found.total,
        "withheld": found.withheld, "additional_learning": [rec_json(rec) for rec in found.additional],
        "learning_of_participants": [rec_json(rec) for rec in found.learned],
    }  # fmt: skip
    output.emit(data, settings, lambda: listed(found))


def listed(found: Found) -> str:
    from casereview.method.finding_said import NONE_YET

    rows = [row_of(one) for one in found.rows]
    none = NONE_YET if not found.total else f"None of {found.total} is like that."
    blocks = [output.columns(HEAD, rows) if rows else output.wrapped(none)] if rows or not found.withheld else []
    if found.withheld:
        blocks.append(kept_to_others(found.withheld))
    for title, recs, field in (("Additional learning, kept apart", found.additional, "learning"),
                               ("What taking part taught", found.learned, "learned")):  # fmt: skip
        if recs:
            lines = [output.bold(title)]
            for rec in recs:
                who = rec.text("for_whom") or rec.text("whose")
                lines.append(output.wrapped(f"no. {rec.number}, {who}: {rec.text(field)}", "  "))
            blocks.append("\n".join(lines))
    blocks.append(f"One in full: casereview finding {found.ref} NUMBER")
    return "\n\n".join(blocks)


def kept_to_others(count: int) -> str:
    more = "1 finding is" if count == 1 else f"{count} findings are"
    return f"{more} kept to those who do the review and those it was taken to."


def row_of(one: Anatomy) -> tuple[object, ...]:
    """A finding in a line: the same on the screen."""
    against = f", {len(one.grade.speaks_against)} against" if one.grade.speaks_against else ""
    good = " (good practice)" if one.rec.text("effect") == "supports" else ""
    return (
        one.number, f"{one.rec.text('statement')}{good}", one.rec.text("category") or "–", one.state or "–",
        f"{one.grade.word}{against}", one.routed or "–", asks_of(one),
    )  # fmt: skip


def asks_of(one: Anatomy) -> str:
    """What is still to be thought of, in a few words."""
    asks = []
    if one.open_questions:
        count = len(one.open_questions)
        asks.append(f"{count} question{'' if count == 1 else 's'} open")
    if one.rests.one_agency:
        asks.append("one agency")
    if one.rests.one_source:
        asks.append("one source")
    if one.grade.more:
        asks.append("claims more")
    if one.ahead:
        asks.append("state ahead")
    return ", ".join(asks) or "–"


def finding(
    ctx: typer.Context,
    case: str = CASE,
    number: int = typer.Argument(..., help="Of the finding, as `casereview findings` lists it.", show_default=False),
    as_at: str = AS_AT,
) -> None:
    """One finding in full: its questions, its evidence, what it rests on, the board's answer, and what came of it."""
    from casereview.method.finding_said import finding_said
    from casereview.service.findings import finding_of
    from tui.commands.narrative import page

    found = finding_of(desk_of(ctx.obj, as_at), case, number)
    output.emit(whole_json(found.ref, found.one), ctx.obj, lambda: page(finding_said(found.one)))


# ---- as other programs read it -----------------------------------------------------------------------------------
def finding_json(ref: str, one: Anatomy) -> dict[str, Any]:
    rec, grade = one.rec, one.grade
    return {
        "case": ref, "record": rec.number, "statement": rec.text("statement"), "category": rec.text("category"),
        "also_category": list(rec.many("also_category")), "effect": rec.text("effect"), "level": rec.text("level"),
        "routed": one.routed or None, "state": one.state, "evidence": grade.word, "kinds": list(grade.kinds),
        "for": len(grade.speaks_for), "against": len(grade.speaks_against), "claimed": grade.claimed or None,
        "confidence": grade.sure or None, "claims_more": grade.more, "agencies": list(one.rests.agencies),
        "sources": list(one.rests.sources), "one_agency": one.rests.one_agency, "one_source": one.rests.one_source,
        "open_questions": [answer.field for answer in one.open_questions],
        "position": one.positions[-1].text("position") if one.positions else None, "responses": len(one.responses),
        "actions": len(one.actions), "impacts": sum(len(followed.impacts) for followed in one.actions),
        "ahead": list(one.ahead), "next_state": one.next_state or None, "withheld": one.unseen,
    }  # fmt: skip


def whole_json(ref: str, one: Anatomy) -> dict[str, Any]:
    return {
        **finding_json(ref, one), "values": dict(one.rec.values),
        "answers": [{"field": a.field, "ask": a.ask, "text": a.text, "answered": a.answered} for a in one.answers],
        "evidence_rows": [rec_json(rec) for rec in (*one.grade.speaks_for, *one.grade.speaks_against)],
        "rests_on": {
            "episodes": [rec.number for rec in one.rests.episodes],
            "conversations": [rec.number for rec in one.rests.conversations],
            "documents": [rec.number for rec in one.rests.documents],
            "trail": [rec_json(rec) for rec in one.rests.trail],
        },
        "positions": [rec_json(rec) for rec in one.positions], "board_responses": [rec_json(r) for r in one.responses],
        "recommendations": [
            {**rec_json(each.rec), "targets": [rec_json(rec) for rec in each.targets]} for each in one.recommended
        ],
        "passed_on": [rec_json(rec) for rec in one.passed_on], "comments": [rec_json(rec) for rec in one.said],
        "followed": [
            {**rec_json(followed.action), "impacts": [rec_json(rec) for rec in followed.impacts]}
            for followed in one.actions
        ],
    }  # fmt: skip


def rec_json(rec: Rec) -> dict[str, Any]:
    return {"record": rec.number, "kind": rec.kind, "on": rec.on, **rec.values}
