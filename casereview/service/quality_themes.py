"""Thematic samples: drawn and kept for the authority, given to people to look at, and gathered again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from casereview.case import Case
from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.events import KeptSet
from casereview.oversight.quality import themes
from casereview.oversight.quality.listed import About
from casereview.oversight.quality.looks import Look, in_order, look_of
from casereview.oversight.quality.themes import MOST, WHAT, Drawn, Note, Theme, draw, gathered, key_of, noted
from casereview.people import Kept, Person
from casereview.ports import Reading
from casereview.query import parse
from casereview.service.desk import Desk
from casereview.service.quality_reading import Lookup, looking
from casereview.service.register import ask_cases
from casereview.text import NAME_LIMIT, required, shown
from casereview.views import CaseQuery
from workflows.definition import Definition

LOOKERS = ("manager", "service-manager", "auditor", "chair", "business-manager", "data-officer")
KIND = "quality-look"
AT_ONCE = 500


# ---- drawing ---------------------------------------------------------------------------------------------------
def preview(desk: Desk, query: str, number: int, seed: int) -> tuple[list[About], int]:
    """The cases that would be drawn, and from how many; nothing is kept. Raises QueryFault for a query that is none."""
    if not 1 <= number <= MOST:
        raise CaseReviewError(f"{number} is not a size for a sample", where="--n", remedy=f"From 1 to {MOST}.")
    asked = ask_cases(desk, query)
    with looking(desk) as look:
        population = list(_population(look, asked))
        found = [look.case(one) for one in draw(population, number, seed)]
        return [look.about(case) for case in found if case is not None], len(population)


def _population(look: Lookup, asked: CaseQuery) -> Iterator[str]:
    """Ids of cases that can be looked at: their workflow has quality looks, and they were not read in from a return."""
    workflows = {(one.name, one.version): one for one in _definitions(look)}
    asked = replace(asked, offset=0, limit=AT_ONCE)
    while True:
        page = look.work.cases(look.me, asked, look.today)
        for row in page.rows:
            flow = workflows.get((row.workflow, row.version))
            if flow and KIND in flow.records and not flow.stages[row.stage].void and not row.imported:
                yield row.id
        asked = replace(asked, offset=asked.offset + AT_ONCE)
        if asked.offset >= page.total:
            return


def _definitions(look: Lookup) -> Iterator[Definition]:
    return (look.desk.definition(look.work, digest) for digest, *_ in look.work.definitions())


def from_what(query: str) -> str:
    """What a sample was drawn from, in words."""
    return f"cases that match “{query}”" if query else "all cases that can be looked at"


def sample(
    desk: Desk, theme: str, reason: str, *, number: int, seed: int, query: str = "", given: Sequence[str] = (),
) -> Theme:  # fmt: skip
    """Draws a sample from the cases a query names, and keeps it.

    given: people (ids) the cases are given to by turns, where they may know of them.
    Raises CaseReviewError where nothing can be drawn or the theme is there already, NotFound without an office.
    """
    theme, reason = required(theme, "--theme", limit=NAME_LIMIT), required(reason, "--reason", one_line=False)
    query = str(parse(query))
    drawn, _ = preview(desk, query, number, seed)
    if not drawn:
        raise CaseReviewError(f"there is nothing to draw from: {from_what(query)}", remedy="Ask for more of them.")
    with desk.writing() as work:
        me = _may_draw(desk, work)
        key = key_of(theme)
        if work.kept_one(WHAT, key) is not None:
            raise CaseReviewError(f"there is a theme {key!r} already", remedy=f"See: casereview quality theme {key}")
        people = [_looker(desk, work, person) for person in given]
        cases = [{"case": one.id, "by": _turn(work, people, at, one)} for at, one in enumerate(drawn)]
        body = {
            "theme": theme, "reason": reason, "seed": seed, "asked": from_what(query), "by": me.id,
            "on": desk.today.isoformat(), "cases": cases, "story": [noted(desk.today, me.id, "drawn", reason)],
        }  # fmt: skip
        desk.register(work, KeptSet(WHAT, key, body=body))
    return theme_of(desk, key)


def _turn(work: Reading, people: Sequence[Person], at: int, one: About) -> str:
    """Whose turn it is; whoever may not know of a case is passed over, and "" is nobody."""
    for step in range(len(people)):
        person = people[(at + step) % len(people)]
        if work.find(person.id, one.id) is not None:
            return person.id
    return ""


def _may_draw(desk: Desk, work: Reading) -> Person:
    me = desk.me(work)
    if not any(o.office in LOOKERS and o.held_on(desk.today) for o in me.offices):
        raise NotFound(
            "drawing and gathering a sample takes an office",
            remedy="Ask a manager, an auditor, a service manager, a chair or a data officer.",
        )
    return me


def _looker(desk: Desk, work: Reading, person: str) -> Person:
    found = work.person(person)
    if found is None or found.left:
        raise NotFound(f"nobody here is known as {shown(person, width=60)!r}", remedy="See: casereview people")
    return found


# ---- giving a case, and saying what was found ------------------------------------------------------------------
def give(desk: Desk, theme: str, case: str, person: str) -> Theme:
    """Gives one case of a sample to somebody to look at. Raises NotFound where either is not there."""
    with desk.writing() as work:
        me = _may_draw(desk, work)
        kept = _kept(work, theme)
        found = desk.case(work, case)
        if found.id not in {one["case"] for one in kept.body["cases"]}:
            raise NotFound(f"{found.ref} is not in this sample", remedy=f"See: casereview quality theme {kept.key}")
        looker = _looker(desk, work, person)
        if work.find(looker.id, found.id) is None:
            raise CaseReviewError(f"{looker.name} may not know of {found.ref}", remedy="Give it to somebody else.")
        cases = [{**one, "by": looker.id} if one["case"] == found.id else one for one in kept.body["cases"]]
        # its story is read by everyone: it names the case to nobody who may not know of it
        desk.register(
            work, _with(kept, cases=cases, story=[*kept.body["story"], noted(desk.today, me.id, "given", "")])
        )
    return theme_of(desk, kept.key)


def conclude(desk: Desk, theme: str, text: str) -> Theme:
    """Keeps what somebody says was found across the sample, with name and day; what others said stays."""
    said = required(text, "what was found", one_line=False)
    with desk.writing() as work:
        me = _may_draw(desk, work)
        kept = _kept(work, theme)
        story = [*kept.body["story"], noted(desk.today, me.id, "found", said)]
        desk.register(work, _with(kept, story=story))
    return theme_of(desk, kept.key)


def _with(kept: Kept, **changed: Any) -> KeptSet:
    return KeptSet(WHAT, kept.key, body={**kept.body, **changed})


def _kept(work: Reading, theme: str) -> Kept:
    kept = work.kept_one(WHAT, theme) or work.kept_one(WHAT, key_of(theme))
    if kept is None:
        known = [one.key for one in work.kept(WHAT)]
        raise NotFound(
            f"there is no thematic sample {shown(theme, width=60)!r}",
            remedy=did_you_mean(theme, known) if known else "Draw one: casereview quality sample --theme …",
        )
    return kept


# ---- looking ---------------------------------------------------------------------------------------------------
def all_themes(desk: Desk) -> list[Theme]:
    """Every thematic sample, newest first, each as this viewer may see it."""
    with looking(desk) as look:
        found = [_theme(look, kept) for kept in look.work.kept(WHAT)]
        return sorted(found, key=lambda one: (-one.on.toordinal(), one.key))


def theme_of(desk: Desk, theme: str) -> Theme:
    """One of them, by its name or short name. Raises NotFound."""
    with looking(desk) as look:
        return _theme(look, _kept(look.work, theme))


def cases_of(desk: Desk, theme: str) -> frozenset[str]:
    """The ids of the cases of a sample that this viewer may know of."""
    return frozenset(one.about.id for one in theme_of(desk, theme).cases)


def given_to_me(desk: Desk) -> list[tuple[Theme, Drawn]]:
    """What whoever sits at the desk is asked to look at and has not yet."""
    with looking(desk) as look:
        found = [_theme(look, kept) for kept in look.work.kept(WHAT)]
        return [(t, one) for t in found for one in t.cases if one.given_to == look.me and not one.looks]


def _theme(look: Lookup, kept: Kept) -> Theme:
    body = kept.body
    on = date.fromisoformat(str(body["on"]))
    cases = []
    for one in body["cases"]:
        case = look.case(str(one["case"]))
        if case is not None:
            given = str(one["by"])
            about = look.about(case)
            cases.append(Drawn(about, given, look.name(given) if given else "", _looks(look, case, about, body, given)))
    notes = tuple(
        Note(date.fromisoformat(n["on"]), n["by"], look.name(n["by"]), n["act"], n["text"]) for n in body["story"]
    )
    theme = Theme(
        kept.key, str(body["theme"]), str(body["reason"]), int(body["seed"]), str(body["asked"]), str(body["by"]),
        look.name(str(body["by"])), on, tuple(cases), notes,
    )  # fmt: skip
    return replace(theme, says=gathered(cases, look.smallest))


def _looks(look: Lookup, case: Case, about: About, body: dict[str, Any], given: str) -> tuple[Look, ...]:
    on = date.fromisoformat(str(body["on"]))
    made = [look_of(about, row, look.name(row.by)) for row in look.live(case, KIND)]
    return tuple(in_order(one for one in made if themes.belongs(one, str(body["theme"]), on, given)))
