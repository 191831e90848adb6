"""Who and what a store knows besides its cases: people and offices, teams, days without work, children."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import typer

from casereview.errors import CaseReviewError, NotFound
from casereview.text import parse_date
from tui.commands.output import columns, emit
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from datetime import date

    from casereview.people import Child, Person
    from casereview.service.desk import Desk


def register(app: typer.Typer) -> None:
    for name, help, bare, commands in (
        ("people", "People, their logins and offices.", people_list,
         {"list": people_list, "add": people_add, "change": people_change, "office": people_office,
          "left": people_left}),
        ("team", "Teams.", team_list, {"list": team_list, "add": team_add}),
        ("closure", "Days without work besides bank holidays.", closure_list,
         {"list": closure_list, "add": closure_add}),
        ("child", "Children, by opaque ids, and their family groups.", child_list,
         {"list": child_list, "add": child_add, "show": child_show, "link": child_link}),
    ):  # fmt: skip
        group = typer.Typer(help=help, rich_markup_mode=None)
        group.callback(invoke_without_command=True)(_bare(bare))
        for word, command in commands.items():
            group.command(word)(command)
        app.add_typer(group, name=name)


def _bare(listing: Any) -> Any:
    """A group without a command lists what there is."""

    def callback(ctx: typer.Context) -> None:
        if ctx.invoked_subcommand is None:
            listing(ctx)

    return callback


# ---- people -----------------------------------------------------------------------------------------------------
def people_list(ctx: typer.Context) -> None:
    """Everyone the store knows."""
    from casereview.service.registry import people

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    known = people(desk)
    emit([_person(one) for one in known], settings, lambda: _people_table(known, desk))


def _person(person: Person) -> dict[str, Any]:
    offices = [
        {"office": o.office, "team": o.team or None, "since": o.since, "until": o.until} for o in person.offices
    ]
    return {"person": person.id, "name": person.name, "login": person.login or None, "left": person.left,
            "offices": offices}  # fmt: skip


def _people_table(known: Iterable[Person], desk: Desk) -> str:
    def offices(person: Person) -> str:
        held = [o for o in person.offices if o.held_on(desk.today)]
        return ", ".join(f"{o.office} of {o.team}" if o.team else o.office for o in held)

    rows = [(p.id, p.name, p.login or "no login", "has left" if p.left else offices(p)) for p in known]
    return columns(("id", "name", "login", "offices"), rows)


def people_add(
    ctx: typer.Context,
    name: str = typer.Argument(..., help="The name others read."),
    login: str = typer.Option("", "--login", help="Their login on this computer or on the database server."),
    id: str = typer.Option("", "--id", help="A short id of your own choosing: a-z, 0-9, -."),
) -> None:
    """Enter a person."""
    from casereview.service.registry import add_person

    settings: Settings = ctx.obj
    added = add_person(open_desk(settings), name, login=login, person_id=id)
    hint = "" if login else f"\nWithout a login they cannot act: casereview people change {added.id} --login LOGIN"
    emit(_person(added), settings, f"{added.name} is known as {added.id}.{hint}")


def people_change(
    ctx: typer.Context,
    person: str = typer.Argument(..., help="Id, login or name."),
    name: str = typer.Option("", "--name", help="Another name."),
    login: str | None = typer.Option(None, "--login", help="Another login; '' takes it away."),
) -> None:
    """Change a person's name or login; with a new login, someone who has left is back."""
    from casereview.service.registry import change_person

    settings: Settings = ctx.obj
    if not name and login is None:
        raise CaseReviewError("nothing to change was given", remedy="Give --name or --login.")
    changed = change_person(open_desk(settings), person, name=name, login=login)
    emit(_person(changed), settings, f"{changed.name} ({changed.id}), login {changed.login or 'none'}.")


def people_left(ctx: typer.Context, person: str = typer.Argument(..., help="Id, login or name.")) -> None:
    """Note that a person has left: they can no longer act; what they did stays theirs."""
    from casereview.service.registry import change_person

    settings: Settings = ctx.obj
    changed = change_person(open_desk(settings), person, left=True)
    emit(_person(changed), settings, f"{changed.name} ({changed.id}) has left.")


def people_office(
    ctx: typer.Context,
    person: str = typer.Argument(..., help="Id, login or name."),
    office: str = typer.Argument(..., help="manager, service-manager, chair, business-manager, data-officer, auditor"),
    team: str = typer.Option("", "--team", help="The team a manager manages."),
    since: str = typer.Option("", "--since", metavar="DATE", help="From that day; today when left out."),
    until: str = typer.Option("", "--until", metavar="DATE", help="Until that day, which is no longer part of it."),
) -> None:
    """Give a person an office, or say when it ends."""
    from casereview.service.registry import give_office

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    begins, ends = _day(since, "--since", desk), _day(until, "--until", desk)
    changed = give_office(desk, person, office, team=team, since=begins, until=ends)
    of = f" of {team}" if team else ""
    end = f", until {ends}" if ends else ""
    emit(_person(changed), settings, f"{changed.name} ({changed.id}): {office}{of}{end}.")


def _day(text: str, what: str, desk: Desk) -> date | None:
    return parse_date(text, what, today=desk.today) if text else None


# ---- teams and closures -------------------------------------------------------------------------------------------
def team_list(ctx: typer.Context) -> None:
    """Every team."""
    from casereview.service.registry import teams

    settings: Settings = ctx.obj
    known = teams(open_desk(settings))
    data = [{"team": one.id, "name": one.name} for one in known]
    none = "No team yet. Add one: casereview team add 'Assessment team'"
    emit(data, settings, lambda: columns(("id", "name"), [(t.id, t.name) for t in known]) if known else none)


def team_add(
    ctx: typer.Context,
    name: str = typer.Argument(..., help="The name others read."),
    id: str = typer.Option("", "--id", help="A short id of your own choosing: a-z, 0-9, -."),
) -> None:
    """Enter a team."""
    from casereview.service.registry import add_team

    settings: Settings = ctx.obj
    team = add_team(open_desk(settings), name, team_id=id)
    says = f"{team.name} is known as {team.id}.\nIts manager: casereview people office PERSON manager --team {team.id}"
    emit({"team": team.id, "name": team.name}, settings, says)


def closure_list(ctx: typer.Context) -> None:
    """Days without work that were entered here; bank holidays are known anyway."""
    from casereview.service.registry import closures

    settings: Settings = ctx.obj
    known = closures(open_desk(settings))
    data = [{"date": one.day, "name": one.name, "team": one.team or None} for one in known]
    rows = [(c.day, c.name, c.team or "everyone") for c in known]
    none = "None entered. Bank holidays are known anyway."
    emit(data, settings, lambda: columns(("date", "name", "for"), rows) if rows else none)


def closure_add(
    ctx: typer.Context,
    day: str = typer.Argument(..., metavar="DATE"),
    name: str = typer.Argument(..., help="What the day is called."),
    team: str = typer.Option("", "--team", help="For one team only."),
) -> None:
    """Enter a day without work; dates of open cases are worked out again, and each move is written down."""
    from casereview.service.closures import add_closure

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    closed = parse_date(day, "the day", today=desk.today)
    moved = add_closure(desk, closed, name, team=team)
    says = f"No work on {closed}. Dates of {moved} open case{'' if moved == 1 else 's'} moved."
    emit({"date": closed, "name": name, "team": team or None, "moved": moved}, settings, says)


# ---- children -----------------------------------------------------------------------------------------------------
def child_list(ctx: typer.Context) -> None:
    """The children you may know of, with their family groups."""
    from casereview.service.registry import children

    settings: Settings = ctx.obj
    known = children(open_desk(settings))
    rows = [(c.id, c.family or "none known") for c in known]
    none = "No child yet. Enter one: casereview child add"
    emit([_child(one) for one in known], settings, lambda: columns(("child", "family group"), rows) if rows else none)


def _child(child: Child) -> dict[str, Any]:
    return {"child": child.id, "family": child.family or None}


def child_add(
    ctx: typer.Context,
    id: str = typer.Option("", "--id", help="An id that tells nothing; one is made up when left out."),
    family: str = typer.Option("", "--family", help="The family group."),
    sibling_of: str = typer.Option("", "--sibling-of", metavar="CHILD", help="The same family group as that child."),
    details: list[str] | None = typer.Argument(None, metavar="[DETAIL=VALUE]...", help="Such as year_of_birth=2014."),
) -> None:
    """Enter a child by an opaque id; details are kept apart and can be taken away later."""
    from casereview.service.registry import add_child
    from tui.commands.asking import pairs

    settings: Settings = ctx.obj
    typed = pairs(details or [])
    given = {name: value if isinstance(value, str) else ", ".join(value) for name, value in typed.items()}
    child = add_child(open_desk(settings), child_id=id, family=family, sibling_of=sibling_of, details=given)
    says = f"Known as {child.id}.\nA case about this child: casereview child link CASE {child.id}"
    emit(_child(child), settings, says)


def child_show(ctx: typer.Context, child: str = typer.Argument(..., metavar="CHILD")) -> None:
    """What is known of a child, and the cases you may know of."""
    from tui.commands.output import case_row_json

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    with desk.reading() as work:
        found = next(iter(work.known_children(desk.person, [child])), None)
        if found is None:
            raise NotFound(f"no child is known as {child!r}", remedy="See: casereview child list")
        family = [c.id for c in work.family(found.family) if c.id != child]
        siblings = [c.id for c in work.known_children(desk.person, family)]
        rows = work.cases_of(desk.person, [child], desk.today)
    data = {**_child(found), "details": dict(found.details), "siblings": siblings,
            "cases": [case_row_json(row) for row in rows]}  # fmt: skip
    lines = [("family group", found.family or "none known"), ("siblings", ", ".join(siblings) or "none known")]
    lines += [*found.details, *(("case", f"{row.case}  {row.title}") for row in rows)]
    emit(data, settings, lambda: columns(("child", found.id), lines) + f"\nThe whole story: casereview journey {child}")


def child_link(
    ctx: typer.Context,
    case: str = typer.Argument(..., metavar="CASE"),
    child: str = typer.Argument(..., metavar="CHILD"),
) -> None:
    """Note that a case is about this child."""
    from casereview.commands import LinkChild
    from casereview.text import parse_ref
    from tui.commands.output import emit_done

    settings: Settings = ctx.obj
    emit_done(open_desk(settings).do(parse_ref(case), LinkChild(child)), settings)
