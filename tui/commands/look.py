"""Looking: lists of cases, one case and its steps, its history and dates, and a child's journey."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from casereview.errors import CaseReviewError, did_you_mean
from casereview.text import parse_date, parse_ref
from tui.commands.output import case_row_json, columns, emit, standing_cell, wrapped
from tui.commands.past import AS_AT, desk_of
from tui.commands.queries import QUERY, query_of
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from casereview.calendar import DateExplanation
    from casereview.service.desk import Desk
    from casereview.views import CaseRow, Page

SORTS = ("concern", "beyond", "opened", "reference", "stage", "worker")
CASE_COLUMNS = ("case", "title", "workflow", "version", "stage", "opened", "closed", "worker", "team", "standing")


def register(app: typer.Typer) -> None:
    app.command("cases")(cases)
    app.command("show")(show)
    app.command("why")(why)
    app.command("history")(history)
    app.command("records")(records)
    app.command("explain-date")(explain_date)
    app.command("journey")(journey)


# ---- lists ----------------------------------------------------------------------------------------------------
def cases(
    ctx: typer.Context,
    terms: list[str] = QUERY,
    stage: str = typer.Option("", "--stage", help="Only cases at this stage."),
    team: str = typer.Option("", "--team", help="Only this team (id or name)."),
    worker: str = typer.Option("", "--worker", help="Only this worker (id, login or name)."),
    workflow: str = typer.Option("", "--workflow", help="Only cases of this workflow."),
    kind: str = typer.Option("", "--kind", help="Only this kind, such as assessment or review."),
    child: str = typer.Option("", "--child", help="Only cases about this child."),
    standing: list[str] | None = typer.Option(None, "--standing", help="Only this standing; may be repeated."),
    open: bool = typer.Option(False, "--open", help="Only open cases."),
    closed: bool = typer.Option(False, "--closed", help="Only closed cases."),
    sort: str = typer.Option(
        "", "--sort", help="concern, beyond, opened, reference, stage, worker; with -, backwards. Newest first without."
    ),
    view: str = typer.Option("", "--view", metavar="NAME", help="Begin with a saved view; see: casereview view list"),
    limit: int = typer.Option(50, "--limit", min=1, max=1000, help="Rows to a page."),
    page: int = typer.Option(1, "--page", min=1, help="Which page."),
    csv: Path | None = typer.Option(None, "--csv", metavar="FILE", help="Write every row to a new spreadsheet file."),
    as_at: str = AS_AT,
) -> None:
    """The cases you may know of, narrowed in words such as 'two homes stage:analysis'; see: casereview queries"""
    from casereview.query.compiling import NO_STANDING
    from casereview.service.reading import cases as read
    from casereview.service.register import ask_cases
    from tui.commands.lists import all_case_rows, person_id, team_id, write_new_csv

    settings: Settings = ctx.obj
    if open and closed:
        raise CaseReviewError("--open and --closed leave nothing", remedy="Give one of them, or neither.")
    if sort:
        _check(sort.removeprefix("-"), SORTS, "--sort")
    desk = desk_of(settings, as_at)
    words = query_of(desk, terms, view, f"sort:{sort}" if sort else "", of="cases")
    asked = ask_cases(desk, words, offset=(page - 1) * limit, limit=limit)
    given = _standings(standing or [])
    both = tuple(one for one in given if one in asked.standings) or NO_STANDING
    asked = replace(
        asked, workflow=workflow, kind=kind, stage=stage, team=team_id(desk, team), worker=person_id(desk, worker),
        child=child, standings=both if given and asked.standings else given or asked.standings,
        open=True if open else False if closed else None,
    )  # fmt: skip
    if csv is not None:
        written = write_new_csv(csv, map(case_row_json, all_case_rows(desk, asked)), CASE_COLUMNS)
        emit({"rows": written, "file": str(csv)}, settings, f"{written} rows written to {csv}")
        return
    found = read(desk, asked)
    emit([case_row_json(row) for row in found.rows], settings, lambda: _table(found, filtered=len(ctx.params) > 0))


def _standings(given: list[str]) -> tuple[str, ...]:
    from casereview.views import BY_CONCERN

    wanted = tuple(one.strip().replace("-", "_").replace(" ", "_") for one in given)
    for one in wanted:
        _check(one, BY_CONCERN, "--standing")
    return wanted


def _check(word: str, known: tuple[str, ...], where: str) -> None:
    if word not in known:
        raise CaseReviewError(f"there is no {word!r}", where=where, remedy=did_you_mean(word, known))


def _table(found: Page[CaseRow], *, filtered: bool) -> str:
    if not found.rows:
        if found.total:
            return f"No such page: there are {found.total} cases."
        return "No case you may know of matches.\nOpen one: casereview open WORKFLOW --title 'A TITLE WITHOUT NAMES'"
    heads = ("case", "opened", "title", "stage", "worker", "team", "standing")
    rows = [
        (row.case, row.opened, row.title, row.stage_title, row.worker_name, row.team_name,
         "closed" if row.closed and not row.standing else standing_cell(row.standing))
        for row in found.rows
    ]  # fmt: skip
    shown_to = found.offset + len(found.rows)
    more = "" if shown_to >= found.total else "; more with --page or --limit"
    return f"{columns(heads, rows, whole=2)}\n\n{found.offset + 1} to {shown_to} of {found.total}{more}."


# ---- one case --------------------------------------------------------------------------------------------------
def show(
    ctx: typer.Context,
    case: str = typer.Argument(..., metavar="CASE"),
    as_at: str = typer.Option("", "--as-at", metavar="DATE", help="As it was at the end of that day."),
    as_recorded: bool = typer.Option(False, "--as-recorded", help="With --as-at: what was written down by then."),
    as_happened: bool = typer.Option(False, "--as-happened", help="With --as-at: what had happened by then."),
    story: bool = typer.Option(False, "--story", help="The whole story of its time of most concern, in short lines."),
) -> None:
    """A case on one page: where it stands, its time, and the help and the people beside it."""
    from casereview.service.reading import show as read
    from tui.commands.pages import case_json, case_page

    settings: Settings = ctx.obj
    if as_recorded and as_happened:
        raise CaseReviewError("--as-recorded and --as-happened are two ways of looking", remedy="Give one of them.")
    if (as_recorded or as_happened) and not as_at:
        raise CaseReviewError("as at which day?", remedy="Add --as-at DATE.")
    desk = open_desk(settings)
    day = parse_date(as_at, "--as-at", today=desk.today) if as_at else None
    if day is not None and day > desk.today:
        raise CaseReviewError(f"{day} has not come yet", where="--as-at", remedy=f"Today is {desk.today}.")
    how = True if as_happened else False if as_recorded else None
    seen = read(desk, parse_ref(case), as_at=day, as_happened=how)
    if story:
        from tui.commands.oversee import print_story

        print_story(desk, seen, settings)
        return
    emit(case_json(desk, seen), settings, lambda: case_page(desk, seen, as_at=day))


def why(ctx: typer.Context, case: str = typer.Argument(..., metavar="CASE")) -> None:
    """Every step open now: what it asks, what is met, who can supply the rest and with which command."""
    from casereview.service.reading import show as read
    from tui.commands.pages import steps_page, why_json

    settings: Settings = ctx.obj
    seen = read(open_desk(settings), parse_ref(case))
    emit(why_json(seen), settings, lambda: steps_page(seen))


def history(
    ctx: typer.Context,
    case: str = typer.Argument(..., metavar="CASE"),
    limit: int = typer.Option(50, "--limit", min=1, max=1000, help="Entries, newest first."),
    before: int | None = typer.Option(None, "--before", min=1, help="Only entries before this number."),
) -> None:
    """Everything that was written down about a case, newest first."""
    from casereview.service.reading import history as read
    from casereview.when import recorded

    settings: Settings = ctx.obj
    lines = read(open_desk(settings), parse_ref(case), before=before, limit=limit)
    data = [
        {"number": one.number, "on": one.on, "recorded_at": one.recorded_at, "by": one.entry.actor, "by_name": one.by,
         "acting_as": one.acting_as or None, "kind": one.kind, "says": one.says}
        for one in lines
    ]  # fmt: skip

    def text() -> str:
        by = [one.by + (f" (by {one.acting_as})" if one.acting_as else "") for one in lines]
        rows = [
            (one.number, one.on, recorded(one.recorded_at), who, one.says) for one, who in zip(lines, by, strict=True)
        ]
        more = f"\nEarlier ones: --before {lines[-1].number}" if lines and lines[-1].number > 1 else ""
        return columns(("no.", "happened", "recorded", "by", "what"), rows, whole=3) + more

    emit(data, settings, text)


def records(
    ctx: typer.Context,
    case: str = typer.Argument(..., metavar="CASE"),
    kind: str = typer.Argument("", help="Only records of this kind."),
    limit: int = typer.Option(20, "--limit", min=1, max=1000, help="Records to a page, newest first."),
    page: int = typer.Option(1, "--page", min=1, help="Which page."),
) -> None:
    """What was recorded on a case, in full."""
    from casereview.service.reading import records as read
    from casereview.service.reading import show as read_case
    from tui.commands.pages import record_page

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    seen = read_case(desk, parse_ref(case))
    if kind:
        _check(kind, (*seen.definition.records, "seen"), "the kind of record")
    found = read(desk, seen.case.ref, kind=kind, offset=(page - 1) * limit, limit=limit, in_full=True)
    data = [
        {"number": row.number, "kind": row.kind, "on": row.on, "by": row.by, "by_name": row.by_name,
         "recorded_at": row.recorded_at, "values": row.values, "withdrawn": row.withdrawn, "corrected": row.corrected,
         "kept_to": row.kept_to or None}
        for row in found.rows
    ]  # fmt: skip
    none = f"Nothing is recorded yet. What is asked for: casereview why {seen.case.ref}"
    emit(data, settings, lambda: "\n\n".join(record_page(row, seen) for row in found.rows) or none)


# ---- dates ---------------------------------------------------------------------------------------------------------
def explain_date(
    ctx: typer.Context,
    case: str = typer.Argument("", metavar="[CASE]"),
    start: str = typer.Option("", "--from", metavar="DATE", help="Any day: then give --span as well."),
    span: str = typer.Option("", "--span", help="Such as '45 working days'."),
    nation: str = typer.Option("", "--nation", help="Whose bank holidays; the store's when left out."),
    team: str = typer.Option("", "--team", help="Whose closures besides everyone's."),
) -> None:
    """How each date of a case was counted, or what any length of time comes to."""
    settings: Settings = ctx.obj
    if bool(case) == bool(start or span) or bool(start) != bool(span):
        raise CaseReviewError("which date?", remedy="Give a CASE, or --from DATE with --span '45 working days'.")
    desk = open_desk(settings)
    if case:
        _explain_case(desk, settings, parse_ref(case))
    else:
        _explain_span(desk, settings, start, span, nation, team)


def _explained(found: DateExplanation) -> dict[str, Any]:
    skipped = [{"date": one.date, "why": one.why} for one in found.skipped]
    return {"start": found.start, "amount": found.amount, "unit": found.unit, "date": found.date,
            "skipped": skipped, "warning": found.warning}  # fmt: skip


def _explain_case(desk: Desk, settings: Settings, ref: str) -> None:
    from casereview.service.dates import explain_dates

    stories = explain_dates(desk, ref)
    empty: dict[str, Any] = {"start": None, "amount": None, "unit": None, "skipped": [], "warning": None}
    data = [
        {"expectation": one.expectation, "what": one.what, **(_explained(one.counted) if one.counted else empty),
         "date": one.date, "says": one.says or None}
        for one in stories
    ]  # fmt: skip

    def text() -> str:
        blocks = []
        for one in stories:
            said = _counted(one.counted) if one.counted else f"{one.date}: {one.says}"
            said += f"\n{one.says}" if one.counted and one.says else ""
            blocks.append(f"{wrapped(f'{one.title}, {one.what}', '  ')}\n{wrapped(said, '  ', '  ')}")
        return "\n".join(blocks) or "No date runs on this case. One can be agreed: casereview agree-date " + ref

    emit(data, settings, text)


def _explain_span(desk: Desk, settings: Settings, start: str, span: str, nation: str, team: str) -> None:
    from casereview.service.dates import explain_span
    from tui.commands.lists import team_id
    from workflows.span import Span

    day = parse_date(start, "--from", today=desk.today)
    try:
        length = Span.parse(span)
    except ValueError as wrong:
        raise CaseReviewError(str(wrong), where="--span") from None
    with desk.reading() as work:
        nation = nation or desk.known(work).info.nation
    found = explain_span(desk, day, length, nation, team_id(desk, team) or None)
    emit(_explained(found), settings, lambda: _counted(found))


def _counted(found: DateExplanation) -> str:
    lines = [f"{found.amount} {found.unit} after {found.start} is {found.date}."]
    lines += [f"  not counted: {one.date}, {one.why}" for one in found.skipped]
    return "\n".join([*lines, found.warning] if found.warning else lines)


# ---- a child ---------------------------------------------------------------------------------------------------------
def journey(ctx: typer.Context, child: str = typer.Argument(..., metavar="CHILD"), as_at: str = AS_AT) -> None:
    """A child's story across cases, siblings included: what happened, and what keeps coming back."""
    from casereview.service.journey import journey as read
    from tui.commands.pages import journey_json, journey_page

    settings: Settings = ctx.obj
    story = read(desk_of(settings, as_at), child)
    emit(journey_json(story), settings, lambda: journey_page(story))
