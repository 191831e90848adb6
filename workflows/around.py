"""Reads what stands around the path: who acts, which cases are urgent, why it takes longer, where cases land."""

from __future__ import annotations

from typing import cast

from workflows import grammar
from workflows.definition import OFFICES, Importing, Lane, ReasonClass, ReasonCode, Reopening, Role
from workflows.errors import did_you_mean, quoted
from workflows.lines import Path
from workflows.page import CODE, Page, Table


def roles(page: Page, data: Table) -> dict[str, Role]:
    """Every [roles] entry."""
    found = {}
    for name, table in page.tables(data, (), "roles").items():
        path: Path = ("roles", name)
        page.only(table, path, grammar.ROLE)
        office = page.text(table, path, "office")
        if office and office not in OFFICES:
            page.fault((*path, "office"), f"There is no office {quoted(office)}.", did_you_mean(office, OFFICES))
        found[name] = Role(
            name=name,
            title=page.text(table, path, "title", needed="what people call the role"),
            assigned=page.flag(table, path, "assigned"),
            office=office or None,
            says=page.text(table, path, "says"),
            apart_from=page.texts(table, path, "apart-from"),
        )
    return found


def lanes(page: Page, data: Table) -> dict[str, Lane]:
    """Every [lanes.NAME]; only here may a time be in hours."""
    found = {}
    for name, table in page.tables(data, (), "lanes").items():
        path: Path = ("lanes", name)
        page.only(table, path, grammar.LANE)
        expect = page.table(table, path, "expect")
        if not expect:
            page.fault(path, "The lane expects nothing.", 'Add expect = { decision = "8 working days" }.')
        spans = {e: page.span(v, (*path, "expect", e), hours=True) for e, v in expect.items()}
        found[name] = Lane(
            name=name,
            title=page.text(table, path, "title", needed="what people call the lane"),
            when=page.texts(table, path, "when", needed="what puts a case into it"),
            expect={e: span for e, span in spans.items() if span is not None},
        )
    return found


def reasons(page: Page, data: Table) -> dict[str, ReasonCode]:
    """Every [reasons.CODE]."""
    found = {}
    for code, table in page.tables(data, (), "reasons", CODE).items():
        path: Path = ("reasons", code)
        page.only(table, path, grammar.REASON)
        group = page.text(table, path, "class", needed="what the reason can do")
        if group not in grammar.REASON_CLASSES:
            if group:
                page.fault(
                    (*path, "class"), f"There is no class {quoted(group)}.", did_you_mean(group, grammar.REASON_CLASSES)
                )
            group = "none found"
        found[code] = ReasonCode(
            code=code,
            title=page.text(table, path, "title", needed="the reason in plain words"),
            group=cast(ReasonClass, group),
            asks=page.text(table, path, "asks"),
            says=page.text(table, path, "says"),
        )
    return found


def importing(page: Page, data: Table) -> Importing | None:
    """[import], or None."""
    if "import" not in data:
        return None
    path: Path = ("import",)
    table = page.table(data, (), "import")
    page.only(table, path, grammar.IMPORT)
    return Importing(
        open=page.text(table, path, "open", needed="the stage where open cases land"),
        done=page.text(table, path, "done", needed="the stage where finished cases land"),
        starts_from=page.date(table, path, "starts-from"),
        starts_until=page.date(table, path, "starts-until"),
    )


def reopening(page: Page, data: Table) -> Reopening | None:
    """[reopening], or None."""
    if "reopening" not in data:
        return None
    path: Path = ("reopening",)
    table = page.table(data, (), "reopening")
    page.only(table, path, grammar.REOPENING)
    return Reopening(
        to=page.text(table, path, "to", needed="the stage a reopened case goes to"),
        by=page.texts(table, path, "by", needed="the roles that may reopen"),
    )
