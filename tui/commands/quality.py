"""Help and quality across cases: looks, early closures, goals, look-backs, repeats, continuity, referrers, voices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from casereview.text import parse_date, shown
from tui.commands.output import columns, emit, wrapped
from tui.commands.past import AS_AT, desk_of
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from casereview.oversight.quality.listed import Found, Wanted
    from casereview.service.desk import Desk
    from tui.commands.quality_rows import Laid

EVERY = 10**9  # lines: all there are
FIND = typer.Option("", "--find", metavar="TEXT", help="Only lines that mention this.")
TEAM = typer.Option("", "--team", metavar="TEAM", help="Only this team's cases (id or name).")
WORKFLOW = typer.Option("", "--workflow", metavar="NAME", help="Only cases of this workflow.")
CASE = typer.Option("", "--case", metavar="CASE", help="Only this case.")
CHILD = typer.Option("", "--child", metavar="CHILD", help="Only this child, by id.")
STATE = typer.Option("", "--state", metavar="WORD", help="Only lines in this state; the list names them.")
SINCE = typer.Option("", "--since", metavar="DATE", help="From this day on.")
UNTIL = typer.Option("", "--until", metavar="DATE", help="Up to this day.")
LIMIT = typer.Option(100, "--limit", min=1, max=100_000, help="How many lines at most.")
CSV = typer.Option(None, "--csv", metavar="FILE", help="Write the lines into a new CSV file instead.")
SORT = typer.Option("", "--sort", metavar="COLUMN", help="By a column of the --csv; with - in front, backwards.")
CLOSED = typer.Option(False, "--closed", help="Closed cases as well.")


def register(app: typer.Typer) -> None:
    from tui.commands import quality_samples as samples

    commands: tuple[tuple[str, Any], ...]
    group = typer.Typer(help="How good the work is, and whether it helped.", rich_markup_mode=None)
    group.callback(invoke_without_command=True)(_bare)
    commands = (
        ("looks", looks), ("early", early), ("goals", goals), ("look-back", look_back), ("local", local),
        ("sample", samples.sample), ("themes", samples.themes), ("theme", samples.theme), ("give", samples.give),
        ("found", samples.found_across),
    )  # fmt: skip
    for word, command in commands:
        group.command(word)(command)
    app.add_typer(group, name="quality")
    lists: tuple[tuple[str, Any], ...] = (
        ("repeats", repeats), ("continuity", continuity), ("referrers", referrers), ("voices", voices),
    )  # fmt: skip
    for word, command in lists:
        app.command(word)(command)


def _bare(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        looks(ctx, "", "", "", "", "", "", "", 100, None, "", "")


# ---- what lists share ------------------------------------------------------------------------------------------
def wanted_of(
    desk: Desk, *, find: str = "", team: str = "", workflow: str = "", case: str = "", child: str = "",
    state: str = "", since: str = "", until: str = "", limit: int = 100, states: Sequence[str] = (),
) -> Wanted:  # fmt: skip
    """What is asked for, checked. Raises CaseReviewError for a day that cannot be read or a state that is none."""
    from casereview.errors import CaseReviewError, did_you_mean
    from casereview.oversight.quality.listed import Wanted
    from tui.commands.lists import team_id

    word = next((one for one in states if one.casefold() == state.strip().casefold()), "")
    if state and not word:
        raise CaseReviewError(
            f"{shown(state, width=40)!r} is not a state here", where="--state",
            remedy=f"{did_you_mean(state, states)} It is one of: {'; '.join(states)}.",
        )  # fmt: skip
    days = {
        name: parse_date(given, f"--{name}", today=desk.today) if given else None
        for name, given in (("since", since), ("until", until))
    }
    return Wanted(find, team_id(desk, team), workflow, case, child, word, days["since"], days["until"], limit)


def listed(
    ctx: typer.Context, desk: Desk, laid: Laid, find: Callable[[int], Found[Any]], limit: int, csv: Path | None,
    sort: str = "",
) -> None:  # fmt: skip
    """Prints a list with its question, or writes the whole of it into a new CSV file. find: reads it, by a limit."""
    from tui.commands.progress import waiting
    from tui.commands.quality_order import ordered

    settings: Settings = ctx.obj
    if csv is not None:
        from casereview.oversight.quality.sheet import in_a_cell
        from tui.commands.lists import write_new_csv

        with waiting("Reading every case", quiet=settings.json):
            rows = [laid.flat(row) for row in ordered(laid, find(EVERY).rows, sort)]
        names = list(rows[0]) if rows else ["case"]
        count = write_new_csv(csv, ({name: in_a_cell(v) for name, v in row.items()} for row in rows), names)
        emit({"file": str(csv), "rows": count}, settings, f"{count:,} rows are in {csv}.")
        return
    with waiting("Reading every case", quiet=settings.json):
        found = find(EVERY if sort else limit)
        found = replace(found, rows=tuple(ordered(laid, found.rows, sort)[:limit]))
    data = {**page_json(desk, found.figure, found.says), "total": found.total, "states": list(found.states),
            "rows": [laid.flat(row) for row in found.rows]}  # fmt: skip
    emit(data, settings, lambda: _text(desk, laid, found))


def page_json(desk: Desk, figure: str, says: Sequence[str]) -> dict[str, Any]:
    """What stands around every list: the day, what it comes to, its question and what people answered."""
    from casereview.oversight.questions import answers, question_of

    said = [{"on": a.on, "by": a.by, "by_name": a.by_name, "text": a.text} for a in answers(desk, figure)]
    return {"day": desk.today, "says": list(says), "figure": figure, "question": question_of(figure), "answers": said}


def page_text(desk: Desk, figure: str, says: Sequence[str]) -> str:
    """The same in words, above a list."""
    from casereview.oversight.questions import answers, question_of

    lines = [wrapped(line) for line in says]
    lines.append(wrapped(question_of(figure)))
    lines += [wrapped(f"{a.by_name}, {a.on}: {a.text}", "    ", "  ") for a in answers(desk, figure)[-3:]]
    return "\n".join(lines)


def _text(desk: Desk, laid: Laid, found: Found[Any]) -> str:
    head = page_text(desk, found.figure, found.says)
    if not found.rows:
        return f"{head}\n\n{laid.none}"
    more = found.total - len(found.rows)
    foot = [f"… and {more:,} more: --limit {found.total}"] if more > 0 else []
    foot += [wrapped(f"{laid.by}: {'; '.join(found.states)}")] if found.states else []
    foot += [laid.next] if laid.next else []
    table = columns(laid.heads, [laid.cells(row) for row in found.rows], whole=laid.whole)
    return "\n".join([head, "", table, *(["", *foot] if foot else [])])


# ---- the lists ---------------------------------------------------------------------------------------------------
def looks(
    ctx: typer.Context, find: str = FIND, team: str = TEAM, workflow: str = WORKFLOW, case: str = CASE,
    state: str = STATE, since: str = SINCE, until: str = UNTIL, limit: int = LIMIT, csv: Path | None = CSV,
    as_at: str = AS_AT, sort: str = SORT,
) -> None:  # fmt: skip
    """Looks at the quality of the work, newest first, and decisions nobody has looked at yet."""
    from casereview.oversight.quality.looks import STATES
    from casereview.service.quality import quality_looks
    from tui.commands.quality_rows import LOOKS

    desk = desk_of(ctx.obj, as_at)
    listed(ctx, desk, LOOKS, lambda most: quality_looks(desk, wanted_of(
        desk, find=find, team=team, workflow=workflow, case=case, state=state, since=since, until=until, limit=most,
        states=STATES)), limit, csv, sort)  # fmt: skip


def early(
    ctx: typer.Context, find: str = FIND, team: str = TEAM, workflow: str = WORKFLOW, child: str = CHILD,
    state: str = STATE, since: str = SINCE, until: str = UNTIL, limit: int = LIMIT, csv: Path | None = CSV,
    as_at: str = AS_AT, sort: str = SORT,
) -> None:  # fmt: skip
    """What was closed early, beside what came again within a year. Closed in the last year, unless --since."""
    from casereview.oversight.quality.early import NEITHER, STATES
    from casereview.service.quality import closed_early
    from tui.commands.quality_rows import EARLY

    desk = desk_of(ctx.obj, as_at)
    listed(ctx, desk, EARLY, lambda most: closed_early(desk, wanted_of(
        desk, find=find, team=team, workflow=workflow, child=child, state=state, since=since, until=until, limit=most,
        states=(*STATES, NEITHER))), limit, csv, sort)  # fmt: skip


def goals(
    ctx: typer.Context, find: str = FIND, team: str = TEAM, workflow: str = WORKFLOW, case: str = CASE,
    child: str = CHILD, state: str = STATE, since: str = SINCE, until: str = UNTIL, closed: bool = CLOSED,
    limit: int = LIMIT, csv: Path | None = CSV, as_at: str = AS_AT, sort: str = SORT,
) -> None:  # fmt: skip
    """Goals agreed with families, where each stands beside its beginning, and where to think again."""
    from casereview.oversight.quality.goals import STATES
    from casereview.service.quality import goals_and_progress
    from tui.commands.quality_rows import GOALS

    desk = desk_of(ctx.obj, as_at)
    listed(ctx, desk, GOALS, lambda most: goals_and_progress(desk, wanted_of(
        desk, find=find, team=team, workflow=workflow, case=case, child=child, state=state, since=since, until=until,
        limit=most, states=STATES), closed=closed), limit, csv, sort)  # fmt: skip


def look_back(
    ctx: typer.Context, find: str = FIND, team: str = TEAM, workflow: str = WORKFLOW, state: str = STATE,
    since: str = SINCE, until: str = UNTIL,
    weeks: int = typer.Option(0, "--weeks", min=0, max=520, help="After closing; as is usual here, where left out."),
    limit: int = LIMIT, csv: Path | None = CSV, as_at: str = AS_AT, sort: str = SORT,
) -> None:  # fmt: skip
    """Closed cases to look back at: did it last? Answer with: casereview record CASE look-back."""
    from casereview.oversight.quality.looking_back import STATES
    from casereview.service.quality import look_backs
    from tui.commands.quality_rows import LOOK_BACKS

    desk = desk_of(ctx.obj, as_at)
    listed(ctx, desk, LOOK_BACKS, lambda most: look_backs(desk, wanted_of(
        desk, find=find, team=team, workflow=workflow, state=state, since=since, until=until, limit=most,
        states=STATES), weeks=weeks), limit, csv, sort)  # fmt: skip


def local(
    ctx: typer.Context,
    weeks: int = typer.Option(0, "--look-back", metavar="WEEKS", help="After closing, whether it lasted is asked."),
    until: int = typer.Option(0, "--ask-until", metavar="WEEKS", help="After closing, it is asked no longer."),
) -> None:
    """How long after closing it is asked whether things lasted, as this authority settles it."""
    from casereview.service.quality_local import look_back_weeks, set_look_back_weeks

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    opens, ends = look_back_weeks(desk)
    if weeks or until:
        opens, ends = set_look_back_weeks(desk, weeks or opens, until or max(ends, weeks))
    says = f"Whether it lasted is asked from {opens} weeks after closing, until {ends} weeks after (set locally)."
    emit({"look_back_weeks": opens, "ask_until_weeks": ends}, settings, says)


def repeats(
    ctx: typer.Context, find: str = FIND, team: str = TEAM, workflow: str = WORKFLOW, child: str = CHILD,
    state: str = STATE, since: str = SINCE, until: str = UNTIL, limit: int = LIMIT, csv: Path | None = CSV,
    as_at: str = AS_AT, sort: str = SORT,
) -> None:  # fmt: skip
    """Repeated concern about a child or brothers and sisters, newest first, whatever the times were."""
    from casereview.oversight.quality.repeats import STATES
    from casereview.service.quality_stories import repeated_concern
    from tui.commands.quality_rows import REPEATS

    desk = desk_of(ctx.obj, as_at)
    listed(ctx, desk, REPEATS, lambda most: repeated_concern(desk, wanted_of(
        desk, find=find, team=team, workflow=workflow, child=child, state=state, since=since, until=until, limit=most,
        states=STATES)), limit, csv, sort)  # fmt: skip


def continuity(
    ctx: typer.Context, find: str = FIND, team: str = TEAM, workflow: str = WORKFLOW, child: str = CHILD,
    state: str = STATE, closed: bool = CLOSED, limit: int = LIMIT, csv: Path | None = CSV, as_at: str = AS_AT,
    sort: str = SORT,
) -> None:  # fmt: skip
    """Who has been each child's worker, across their cases, and how often it changed."""
    from casereview.oversight.quality.continuity import STATES
    from casereview.service.quality_stories import continuity_for_children
    from tui.commands.quality_rows import CONTINUITY

    desk = desk_of(ctx.obj, as_at)
    listed(ctx, desk, CONTINUITY, lambda most: continuity_for_children(desk, wanted_of(
        desk, find=find, team=team, workflow=workflow, child=child, state=state, limit=most, states=STATES),
        closed=closed), limit, csv, sort)  # fmt: skip


def referrers(
    ctx: typer.Context, find: str = FIND, team: str = TEAM, workflow: str = WORKFLOW, case: str = CASE,
    state: str = STATE, since: str = SINCE, until: str = UNTIL, limit: int = LIMIT, csv: Path | None = CSV,
    as_at: str = AS_AT, sort: str = SORT,
) -> None:  # fmt: skip
    """Whoever referred and has not been told the outcome, longest first, with the command that tells them."""
    from casereview.oversight.quality.referrers import STATES
    from casereview.service.quality import referrers_answered
    from tui.commands.quality_rows import REFERRERS

    desk = desk_of(ctx.obj, as_at)
    listed(ctx, desk, REFERRERS, lambda most: referrers_answered(desk, wanted_of(
        desk, find=find, team=team, workflow=workflow, case=case, state=state, since=since, until=until, limit=most,
        states=STATES)), limit, csv, sort)  # fmt: skip


def voices(
    ctx: typer.Context, find: str = FIND, team: str = TEAM, workflow: str = WORKFLOW, case: str = CASE,
    child: str = CHILD, whose: str = typer.Option("", "--whose", metavar="WORD", help="Only child, or family."),
    kind: str = typer.Option("", "--kind", metavar="KIND", help="Of record, such as childs-words; or family-told."),
    theme: str = typer.Option("", "--theme", metavar="THEME", help="Only the cases of this thematic sample."),
    since: str = SINCE, until: str = UNTIL, limit: int = LIMIT, csv: Path | None = CSV, as_at: str = AS_AT,
    sort: str = SORT,
) -> None:  # fmt: skip
    """What children and families said, in their own words, newest first."""
    from casereview.oversight.quality.voices import STATES
    from casereview.service.quality_stories import kind_named, voices_heard
    from casereview.service.quality_themes import cases_of
    from tui.commands.quality_rows import VOICES

    desk = desk_of(ctx.obj, as_at)
    of_theme = cases_of(desk, theme) if theme else None
    listed(ctx, desk, VOICES, lambda most: voices_heard(desk, wanted_of(
        desk, find=find, team=team, workflow=workflow, case=case, child=child, state=whose, since=since, until=until,
        limit=most, states=STATES), kind=kind_named(kind), cases=of_theme), limit, csv, sort)  # fmt: skip
