"""The family ledger of a case as a page of text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casereview.oversight.families import fate
from casereview.oversight.family_words import how, owed_lines, promises, who
from casereview.text import shown
from tui.commands import output

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from casereview.case import Listed
    from casereview.oversight.families import Owed
    from casereview.service.families import Ledger, PersonLedger, Said

NOT_ON_IT = "No longer on the list, but spoken with"


def ledger_page(found: Ledger) -> str:
    """Each person with everything they were told, newest first, and what is owed to them."""
    case, day = found.view.case, found.view.day
    if not found.people and not found.contacts:
        return f"Nobody is listed yet. To add someone: casereview tell {case.ref} --add LABEL"
    blocks = [output.wrapped(f"beside it: {found.beside}")]
    blocks += ["\n".join(_person(one, day, case.ref)) for one in found.people]
    gone = [one for one in found.contacts if not set(one.people) & set(case.roster)]
    if gone:
        blocks.append("\n".join([output.bold(NOT_ON_IT), *(line for one in gone for line in _contact(one))]))
    return "\n\n".join(blocks)


def _person(one: PersonLedger, day: date, ref: str) -> Iterator[str]:
    listed = one.listed
    yield output.bold(shown(f"{listed.label}  ({one.person})"))
    yield output.wrapped(who(listed), "    ", "  ")
    for line in owed_lines(one.owed, day):
        yield output.wrapped(line, "    ", "  ")
    if one.owed.any:
        yield f"    casereview tell {ref} --to {one.person} --kind …"
    for excepted in one.exceptions[:1]:
        text = f": {excepted.text}" if excepted.text else ""
        over = " (over)" if excepted.until <= day else ""
        says = f"lawfully not told: {excepted.code}, until {excepted.until}{over}, {excepted.by} on {excepted.on}{text}"
        yield output.wrapped(says, "    ", "  ")
    if listed.promises:
        yield output.wrapped(promises(listed, day), "    ", "  ")
    for said in one.contacts:
        yield from _contact(said)
    if not one.contacts:
        yield "  told nothing yet"


def _contact(one: Said) -> Iterator[str]:
    text = f": {one.text}" if one.text else ""
    yield output.wrapped(f"{one.on}  {one.kind}{how(one.method, one.language)}, by {one.by}{text}", "      ", "  ")
    if one.said:
        yield output.wrapped(f"They said: {one.said}", "        ", "      ")
    if one.promised_on is not None:
        became = f": {one.fate}" if one.fate else ""
        yield f"      news promised by {one.promised_on}{became}"


# ---- JSON --------------------------------------------------------------------------------------------------------
def ledger_json(found: Ledger) -> dict[str, Any]:
    day = found.view.day
    return {
        **output.case_row_json(found.view.row), "beside": found.beside,
        "family": [{**person_json(one.person, one.listed, day), **owed_json(one.owed)} for one in found.people],
        "contacts": [_contact_json(one) for one in found.contacts],
    }  # fmt: skip


def person_json(person: str, listed: Listed, day: date) -> dict[str, Any]:
    return {
        "id": person, "label": listed.label, "relation": listed.relation or None,
        "parental_responsibility": listed.parental_responsibility, "must_be_told": listed.must_be_told,
        "referrer": listed.referrer, "language": listed.language or None, "advocate": listed.advocate or None,
        "told": dict(listed.told), "told_on": listed.told_on, "promised_on": listed.promised_on,
        "promises": [{"made_on": p.made_on, "by": p.by_day, "kept_on": p.kept_on, "became": fate(p, day)}
                     for p in listed.promises],
        "exception": listed.excepted or None, "exception_until": listed.excepted_until,
        "exception_by": listed.excepted_by or None,
    }  # fmt: skip


def owed_json(owed: Owed) -> dict[str, Any]:
    return {
        "owed_by": owed.promised_on, "broken": owed.broken, "broken_times": owed.broken_times,
        "promises_made": owed.made, "not_told": owed.untold or None, "not_told_since": owed.untold_since,
    }  # fmt: skip


def _contact_json(one: Said) -> dict[str, Any]:
    return {
        "on": one.on, "people": list(one.people), "kind": one.kind, "by_name": one.by,
        "method": one.method or None, "language": one.language or None, "said": one.said or None,
        "text": one.text or None, "promised_on": one.promised_on, "entry": one.number,
    }  # fmt: skip
