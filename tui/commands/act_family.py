"""Commands about the child and family: who is to be told, who was, and when the child was seen."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, cast

import typer

from casereview.commands import ExceptTelling, SeeChild, SetRoster, Tell
from casereview.errors import CaseReviewError
from casereview.events import CONTACT_KINDS, EXCEPTION_CODES, ContactKind, ExceptionCode
from casereview.text import NAME_LIMIT, clean, required, shown
from tui.commands import acting, family_page, output
from tui.commands.acting import CASE
from tui.commands.family_page import person_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casereview.case import Case
    from casereview.commands import Command
    from casereview.service.desk import Desk


def register(app: typer.Typer) -> None:
    """Adds `tell` and `seen`."""
    app.command("tell")(tell)
    app.command("seen")(seen)


def seen(
    ctx: typer.Context,
    case: str = CASE,
    on: str | None = typer.Option(None, "--on", metavar="DATE", help="When, if not today."),
    alone: bool = typer.Option(False, "--alone", help="Seen alone."),
    with_whom: str = typer.Option("", "--with", metavar="WHOM", help="Who else was there."),
    where: str = typer.Option("", "--where"),
    by: str | None = typer.Option(None, "--by", metavar="PERSON", help="Who saw the child, if not you."),
    note: str | None = typer.Option(None, "--note", help="@FILE and - are read."),
) -> None:
    """Write down that the child was seen."""
    if alone and with_whom:
        raise CaseReviewError("--alone and --with cannot be given together", remedy="Leave one out.")
    desk = acting.desk_of(ctx)
    who = acting.person_id(desk, by) if by is not None else ""
    command = SeeChild(acting.day(desk, on, "--on"), who, alone, with_whom, where, acting.words(note, "--note"))
    done = desk.do(case, command)
    acting.said(desk, ctx.obj, done, record=done.entries[0].number)


def tell(
    ctx: typer.Context,
    case: str = CASE,
    kind: str | None = typer.Option(None, "--kind", help=f"What about: {', '.join(CONTACT_KINDS)}."),
    to: list[str] = typer.Option([], "--to", metavar="WHOM", help="Left out: everyone who must be told."),
    on: str | None = typer.Option(None, "--on", metavar="DATE", help="When, if not today."),
    by_way: str = typer.Option("", "--by-way", metavar="METHOD", help="Such as visit, telephone or letter."),
    said: str | None = typer.Option(None, "--said", metavar="TEXT", help="What they said."),
    text: str | None = typer.Option(None, "--text", help="What they were told."),
    promised: str | None = typer.Option(None, "--promised", metavar="DATE", help="When news is promised next."),
    language: str | None = typer.Option(None, "--language", help="Told in, or with --add: spoken."),
    add: str | None = typer.Option(None, "--add", metavar="LABEL", help="Put someone on the list."),
    id_: str | None = typer.Option(None, "--id", help="With --add: a short name; one that is listed is changed."),
    relation: str | None = typer.Option(None, "--relation", help="With --add: to the child."),
    pr: bool | None = typer.Option(None, "--pr/--no-pr", help="With --add: parental responsibility."),
    optional: bool | None = typer.Option(None, "--optional/--must", help="With --add: may be told, or must be."),
    referrer: bool | None = typer.Option(None, "--referrer/--no-referrer", help="With --add: made the referral."),
    advocate: str | None = typer.Option(None, "--advocate", help="With --add: who speaks with them."),
    remove: str | None = typer.Option(None, "--remove", metavar="WHOM", help="Take someone off the list."),
    except_: str | None = typer.Option(None, "--except", metavar="WHOM", help="A manager: lawfully not told."),
    because: str | None = typer.Option(None, "--because", metavar="WHY", help=f"{', '.join(EXCEPTION_CODES)}."),
    until: str | None = typer.Option(None, "--until", metavar="DATE", help="With --except: look at it again then."),
) -> None:
    """Keep the family informed: write down a contact, or who is to be told. Alone: everything so far."""
    acts = {"--kind": kind, "--add": add, "--remove": remove, "--except": except_}
    options: dict[str, dict[str, object]] = {  # what each act takes besides
        "--kind": {"--to": to, "--on": on, "--by-way": by_way, "--said": said, "--promised": promised,
                   "--text": text, "--language": language},
        "--add": {"--id": id_, "--relation": relation, "--pr": pr, "--optional": optional, "--referrer": referrer,
                  "--advocate": advocate, "--language": language},
        "--remove": {},
        "--except": {"--because": because, "--until": until, "--text": text},
    }  # fmt: skip
    act = _act(acts, options)
    desk = acting.desk_of(ctx)
    view = acting.look(desk, case)
    command: Command
    if act is None:
        from casereview.service.families import ledger

        found = ledger(desk, case)
        output.emit(family_page.ledger_json(found), ctx.obj, lambda: family_page.ledger_page(found))
        return
    if kind is not None:
        command = Tell(
            cast(ContactKind, kind), _listed(view.case, to), acting.day(desk, on, "--on"), by_way, language or "",
            acting.words(said, "--said"), acting.words(text, "--text"),
            acting.ahead(desk, case, promised, "--promised"),
        )  # fmt: skip
    elif add is not None:
        must = None if optional is None else not optional
        command = SetRoster(_new_id(view.case, add, id_), add, relation, pr, must, language, advocate, referrer)
    elif remove is not None:
        command = SetRoster(_listed(view.case, [remove])[0], left=True)
    else:
        command = _exception(desk, view.case, except_ or "", because, until, acting.words(text, "--text"))
    done = desk.do(case, command)
    acting.said(desk, ctx.obj, done, family=[person_json(p, who, desk.today) for p, who in done.case.roster.items()])


def _act(acts: Mapping[str, str | None], options: Mapping[str, Mapping[str, object]]) -> str | None:
    """Which act is meant, None for looking. Raises CaseReviewError for two at once and for options of another."""
    given = {option: value is not None for option, value in acts.items()}
    act = acting.exactly_one(given) if any(given.values()) else None
    taken = options[act] if act is not None else {}
    for other, its in options.items():
        acting.only_with({name: value for name, value in its.items() if name not in taken}, other)
    return act


def _exception(
    desk: Desk, case: Case, who: str, because: str | None, until: str | None, text: str
) -> ExceptTelling:
    day = acting.ahead(desk, case.ref, until, "--until")
    if because is None or day is None:
        raise CaseReviewError(
            "not telling someone is lawful for three reasons only, and until a day",
            remedy=f"Give --because ({', '.join(EXCEPTION_CODES)}) and --until DATE.",
        )
    return ExceptTelling(_listed(case, [who])[0], cast(ExceptionCode, because), day, text)


# ---- who is meant ------------------------------------------------------------------------------------------------
def _listed(case: Case, names: list[str]) -> tuple[str, ...]:
    """Short names from what was typed: the short name itself, the label, or "referrer" for whoever that is.

    What is not on the list is passed on as it is: the refusal names the nearest.
    """
    found: list[str] = []
    for name in names:
        wanted = clean(name).casefold()
        matches = [p for p, listed in case.roster.items() if wanted in (p, listed.label.casefold())]
        if not matches and wanted == "referrer":
            matches = [p for p, listed in case.roster.items() if listed.referrer]
        if len(matches) > 1 and wanted != "referrer":
            raise CaseReviewError(
                f"{shown(name, width=60)!r} is more than one person", remedy=f"Give one of {', '.join(matches)}."
            )
        found += matches or [name.strip()]
    return tuple(dict.fromkeys(found))


def _new_id(case: Case, label: str, given: str | None) -> str:
    """The short name given, or one made from the label; someone else's is never taken over by accident."""
    if given is not None:
        return given
    plain = unicodedata.normalize("NFKD", required(label, "--add", limit=NAME_LIMIT)).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:40].strip("-")
    if not slug:
        raise CaseReviewError("no short name can be made from this label", remedy="Give one with --id, such as aunt.")
    if slug in case.roster:
        raise CaseReviewError(
            f"{slug} is on the list already",
            remedy=f"To change what is known of them, add --id {slug}; for somebody else, another --id.",
        )
    return slug
