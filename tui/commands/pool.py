"""Learning across reviews: what recurs and in how many of how many, similar findings, and links people make."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from casereview.errors import CaseReviewError, did_you_mean
from casereview.text import shown
from tui.commands.acting import only_with
from tui.commands.narrow import by_column
from tui.commands.output import bold, columns, emit
from tui.commands.past import AS_AT, desk_of
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from casereview.learning.pool import Asked, Pooled, Recurrence
    from casereview.learning.similar import Alike
    from casereview.service.learning_links import Link

FINDING = typer.Argument(..., metavar="FINDING", help="As `casereview pool --findings` lists it.", show_default=False)
REASON = typer.Option(..., "--reason", metavar="TEXT", help="Why; no person and no case is named in it.")
FROM = typer.Option("", "--from", metavar="WHERE", help="Only: here, pack or published.")
EDITION = typer.Option("", "--edition", metavar="2008|later", help="Only findings coded by one edition.")
PATTERN = typer.Option("", "--pattern", metavar="KIND", help="Only one kind of pattern.")
LEVEL = typer.Option("", "--level", help="Only what this level can act on.")
STRENGTH = typer.Option("", "--strength", help="Only findings this firm.")
YEAR = typer.Option("", "--year", help="Only findings of one year.")
BOARD = typer.Option("", "--board", metavar="TEXT", help="Only of boards with this in their name.")
STATE = typer.Option("", "--state", help="Only findings that stand here, such as agreed.")
WORDS = typer.Option("", "--words", metavar="TEXT", help="Only findings with these words in them.")


def register(app: typer.Typer) -> None:
    app.command("pool")(pool)
    app.command("similar")(similar)
    group = typer.Typer(help="Findings people say are the same pattern; the kinds of patterns.", rich_markup_mode=None,
                        no_args_is_help=True)  # fmt: skip
    for word, command in (
        ("show", pattern_show), ("link", pattern_link), ("unlink", pattern_unlink), ("list", pattern_list),
        ("table", pattern_table),
    ):  # fmt: skip
        group.command(word)(command)
    app.add_typer(group, name="pattern")


def pool(
    ctx: typer.Context,
    by: str = typer.Option("pattern", "--by", metavar="WHAT",
                           help="Counted by: pattern, level, strength, year, board, effect or state."),
    findings: bool = typer.Option(False, "--findings", help="The findings themselves, one to a line."),
    where: str = FROM, edition: str = EDITION, pattern: str = PATTERN, level: str = LEVEL, strength: str = STRENGTH,
    year: str = YEAR, board: str = BOARD, state: str = STATE, words: str = WORDS,
    sort: str = typer.Option("", "--sort", metavar="COLUMN", help="With --findings: by a column of its --csv."),
    csv: str = typer.Option("", "--csv", metavar="FILE", help="Write it into a new file for a spreadsheet."),
    as_at: str = AS_AT,
) -> None:  # fmt: skip
    """Findings of many reviews side by side: what recurs, in how many reviews of how many.

    Ours, those in other boards' packs and published ones are counted apart. A review that nobody coded is counted as
    not coded, never as one without the pattern.
    """
    from casereview.service.learning import checked_by, listed, recur

    settings: Settings = ctx.obj
    asked = _asked(where, edition, pattern, level, strength, year, board, state, words)
    counted = checked_by(by)
    if asked.narrows and not findings:
        raise CaseReviewError(
            "what recurs is counted over whole reviews, and this leaves findings out", where="--by",
            remedy="Narrow by --from, --edition, --year or --board; or list the findings with --findings.",
        )  # fmt: skip
    if not findings:
        only_with({"--sort": sort}, "--findings")
    desk = desk_of(settings, as_at)
    if findings:
        found = tuple(by_column(listed(desk, asked), finding_json, FINDING_COLUMNS, sort))
        rows = [finding_json(one) for one in found]
        if not _in_file(csv, rows, FINDING_COLUMNS, settings):
            emit(rows, settings, lambda: _findings(found))
        return
    counts, _ = recur(desk, counted, asked)
    data = recurrence_json(counts)
    if not _in_file(csv, data["rows"], tuple(data["rows"][0]) if data["rows"] else ("value",), settings):
        emit(data, settings, lambda: _recurrence(counts))


def _asked(
    where: str, edition: str, pattern: str, level: str, strength: str, year: str, board: str, state: str, words: str
) -> Asked:
    from casereview.learning.pool import ORIGINS, Asked

    if where and where not in ORIGINS:
        raise CaseReviewError(f"{shown(where, width=40)!r} is not here, pack or published", where="--from",
                              remedy=did_you_mean(where, ORIGINS))  # fmt: skip
    if edition not in ("", "2008", "later"):
        says = f"{shown(edition, width=40)!r} is no edition"
        raise CaseReviewError(says, where="--edition", remedy="Give 2008 or later.")
    origins = tuple(one for one in ORIGINS if where in ("", one))
    left_out = state == "not taken forward"
    return Asked(origins, edition, pattern, level, strength, year, board, state, "", words, left_out)


FINDING_COLUMNS = ("finding", "from", "board", "statement", "edition", "pattern", "level", "strength", "evidence",
                   "effect", "state", "year", "coded_by")  # fmt: skip


def finding_json(one: Pooled) -> dict[str, Any]:
    from casereview.learning.telling import kind_of

    return {
        "finding": one.key, "from": one.origin, "review": one.review, "board": one.board, "statement": one.statement,
        "edition": one.edition, "pattern": kind_of(one) if one.category else None, "category": one.category or None,
        "also": list(one.also), "level": one.level or None, "strength": one.strength or None,
        "evidence": one.grade or None, "effect": one.effect or None, "state": one.state or None,
        "year": one.year or None, "coded_by": one.coded_by or None, "contact": one.contact or None,
    }  # fmt: skip


def recurrence_json(found: Recurrence) -> dict[str, Any]:
    from casereview.learning.pool import ORIGINS

    rows = []
    for row in found.rows:
        data: dict[str, Any] = {"by": found.by, "edition": row.edition or None, "value": row.value, "label": row.label}
        for one in ORIGINS:
            count = row.counts[one]
            data |= {f"{one}_reviews": count.reviews, f"{one}_of": count.of, f"{one}_findings": count.findings}
        rows.append(data)
    gaps = [{"from": one.origin, "why": one.why, "reviews": list(one.reviews)} for one in found.not_coded]
    return {"by": found.by, "rows": rows, "reviews": found.reviews, "coded": found.coded, "not_coded": gaps,
            "few": list(found.few())}  # fmt: skip


def _recurrence(found: Recurrence) -> str:
    from casereview.learning.telling import cells, groups, heads, under

    parts = []
    for title, rows in groups(found):
        parts += [bold(shown(title))] if title else []
        parts += [columns(heads(found), [cells(row) for row in rows]), ""]
    if not found.rows:
        parts += ["No review is coded by that.", ""]
    if not any(found.reviews.values()):
        return "No review is like that."
    return "\n".join([*parts, *under(found)])


def _findings(found: tuple[Pooled, ...]) -> str:
    from casereview.learning.telling import kind_of

    if not found:
        return "No finding is like that."
    rows = [(one.key, one.statement, kind_of(one), one.level or "–", one.board, one.year or "–") for one in found]
    return columns(("finding", "statement", "pattern", "level", "board", "year"), rows)


def _in_file(csv: str, rows: list[dict[str, Any]], names: tuple[str, ...], settings: Settings) -> bool:
    if not csv:
        return False
    from tui.commands.lists import write_new_csv

    count = write_new_csv(Path(csv), rows, names)
    emit({"file": csv, "rows": count}, settings, f"{count:,} rows are in {csv}.")
    return True


# ---- similar findings -------------------------------------------------------------------------------------------
def similar(
    ctx: typer.Context,
    finding: str = FINDING,
    most: int = typer.Option(10, "--most", min=1, max=100, help="How many."),
    as_at: str = AS_AT,
) -> None:
    """Findings that use the same words as one, with the words and how much each adds. Nothing is merged."""
    from casereview.learning.telling import NEVER_MERGED, why_alike
    from casereview.service.learning import similar_to

    settings: Settings = ctx.obj
    desk = desk_of(settings, as_at)
    one, near = similar_to(desk, finding, most)

    def text() -> str:
        lines = [f"{one.key}  {shown(one.statement)}", ""]
        for other, why in near:
            lines += [f"{bold(shown(other.key))}  {shown(other.statement)} ({shown(other.board)})"]
            lines += [f"    {why_alike(why)}"]
        if not near:
            lines.append("No finding shares more than chance would.")
        ask = f"Same pattern? casereview pattern link {one.key} OTHER --reason …"
        return "\n".join([*lines, "", NEVER_MERGED, ask])

    data = {"finding": one.key, "similar": [{**finding_json(other), **_why(why)} for other, why in near]}
    emit(data, settings, text)


def _why(one: Alike) -> dict[str, Any]:
    shared = [{"words": list(s.forms), "adds": round(s.weight, 4)} for s in one.shared]
    return {"similarity": round(one.similarity, 4), "shared": shared}


# ---- what people say ----------------------------------------------------------------------------------------------
def pattern_show(ctx: typer.Context, finding: str = FINDING, as_at: str = AS_AT) -> None:
    """A finding of the pool in full: where it is from, what was answered and tried, and what it is linked with."""
    from casereview.learning.telling import finding as told
    from casereview.method.lines import laid_out
    from casereview.service.learning import pool as read
    from tui.commands.output import width

    settings: Settings = ctx.obj
    found = read(desk_of(settings, as_at))
    one = found.find(finding)
    linked = found.linked(one)

    def text() -> str:
        lines = [line for line, _ in laid_out(told(one), min(width(), 100))]
        lines += [f"Linked as the same pattern: {other.key}  {link.reason}" for link, other in linked]
        return "\n".join(lines)

    more = [{"what": what, "text": text} for what, text in one.more]
    links = [{"finding": other.key, "reason": link.reason} for link, other in linked]
    emit({**finding_json(one), "more": more, "linked": links}, settings, text)


def pattern_link(
    ctx: typer.Context, finding: str = FINDING,
    other: str = typer.Argument(..., metavar="OTHER", show_default=False, help="The other finding."),
    reason: str = REASON,
) -> None:  # fmt: skip
    """Say that two findings are the same pattern. Both stay as they are."""
    from casereview.service.learning_links import link

    _linked(ctx, link(open_desk(ctx.obj), finding, other, reason), "are linked as the same pattern")


def pattern_unlink(
    ctx: typer.Context, finding: str = FINDING,
    other: str = typer.Argument(..., metavar="OTHER", show_default=False, help="The other finding."),
    reason: str = REASON,
) -> None:  # fmt: skip
    """Take back that two findings are the same pattern; that it was said stays readable."""
    from casereview.service.learning_links import unlink

    _linked(ctx, unlink(open_desk(ctx.obj), finding, other, reason), "are no longer linked")


def _linked(ctx: typer.Context, one: Link, says: str) -> None:
    said = f"{one.both[0]} and {one.both[1]} {says}."
    emit({"both": list(one.both), "linked": one.live, "says": said}, ctx.obj, said)


def pattern_list(ctx: typer.Context, as_at: str = AS_AT) -> None:
    """Every pair somebody linked, with the reason."""
    from casereview.service.learning import pool as read

    settings: Settings = ctx.obj
    found = read(desk_of(settings, as_at)).links
    rows = [(one.both[0], one.both[1], one.reason, one.acts[-1].by_name, one.acts[-1].on) for one in found]
    text = columns(("finding", "and", "why", "by", "on"), rows, whole=2) if rows else "No findings are linked yet."
    emit([asdict(one) for one in found], settings, text)


def pattern_table(ctx: typer.Context) -> None:
    """The kinds of patterns of both editions, and how their names stand beside each other. Nothing is merged by it."""
    from casereview.learning.patterns import patterns
    from casereview.learning.telling import table_rows

    rows = list(table_rows())
    data = {
        "editions": {key: {"title": one.title, "source": one.source, "kinds": [asdict(kind) for kind in one.kinds]}
                     for key, one in patterns().editions.items()},
        "beside": [{"2008": earlier, "later": later, "how": how} for earlier, later, how in rows],
    }  # fmt: skip
    emit(data, ctx.obj, lambda: "\n".join([
        columns(("2008", "later", "how"), rows), "",
        *(f"{one.title}: {one.source}" for one in patterns().editions.values()),
        "A finding keeps the kind it was given. This table is for reading both side by side.",
    ]))  # fmt: skip
