"""Law 7, in one place: the condition every query on cases for a person must carry."""

from __future__ import annotations

from storage.dialects import Wire

WALLED = "SELECT a.case_id FROM access a WHERE a.person_id = ? AND a.kind = 'walled'"
ADMITTED = "SELECT a.case_id FROM access a WHERE a.person_id = ? AND a.kind = 'admitted'"
APPOINTED = "SELECT a.case_id FROM access a WHERE a.person_id = ? AND a.kind = 'appointed'"
"""Whom a case was given a part in: it finds cases, and lets nobody in."""


def visible(viewer: str | None, alias: str, key: str = "id") -> tuple[str, list[str]]:
    """(condition, values): true of the rows of `alias` whose case this person may know of.

    `key` is the column holding the case's id; the row must also have `restricted`. Everything is visible to
    None, which only verify, backup, export and rebuild may use. Says the same as `Case.known_to`.
    """
    if viewer is None:
        return "1 = 1", []
    case = f"{alias}.{key}"
    return (
        f"{case} NOT IN ({WALLED}) AND (NOT {alias}.restricted OR {case} IN ({ADMITTED}))",
        [viewer, viewer],
    )


def visible_in_lists(wire: Wire, viewer: str | None, alias: str, key: str = "id") -> tuple[str, list[str]]:
    """The same condition, shorter for the many people with no case of their own kind to look up.

    Asking this once saves a look-up for each of the rows a count walks over.
    """
    if viewer is None:
        return visible(viewer, alias, key)
    ties = wire.one(f"SELECT EXISTS ({WALLED}), EXISTS ({ADMITTED})", (viewer, viewer))
    walled, admitted = ties or (True, True)
    case = f"{alias}.{key}"
    conditions, values = [], []
    if walled:
        conditions.append(f"{case} NOT IN ({WALLED})")
        values.append(viewer)
    if admitted:
        conditions.append(f"(NOT {alias}.restricted OR {case} IN ({ADMITTED}))")
        values.append(viewer)
    else:
        conditions.append(f"NOT {alias}.restricted")
    return " AND ".join(conditions), values
