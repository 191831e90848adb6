"""Registry facts onto the tables of people, teams, closures, children and workflows, one by one."""

from __future__ import annotations

from casereview.codec import dumps
from casereview.events import (
    BodiesDisposed,
    BundleReceived,
    ChildSet,
    ClosureSet,
    DefinitionKept,
    Event,
    KeptSet,
    OfficeSet,
    PersonSet,
    StoreBegun,
    TeamSet,
)
from storage.compiled import UPSERT
from storage.dialects import Wire
from storage.rows import folded, iso

TABLES = ("office", "person", "team", "closure", "child", "kept")
"""What is folded from the registry's stream and nothing else, dependants first."""

_JOURNALLED = (
    "INSERT INTO definition (hash, name, version, text, journalled) VALUES (?, ?, ?, NULL, true) "
    "ON CONFLICT (hash) DO UPDATE SET journalled = true"
)
_KEPT = (
    "INSERT INTO definition (hash, name, version, text, journalled) VALUES (?, ?, ?, ?, false) "
    "ON CONFLICT (hash) DO UPDATE SET name = excluded.name, version = excluded.version, text = excluded.text"
)


def apply(wire: Wire, event: Event) -> None:
    """Says the same as `Registry.apply`; a fact of another stream raises TypeError."""
    match event:
        case StoreBegun():
            wire.run(UPSERT["store_info"], (1, event.store, event.practice, event.nation))
        case PersonSet():
            wire.run(UPSERT["person"], (event.person, event.name, event.login, event.left, folded(event.name)))
        case OfficeSet():
            since, until = iso(event.since), iso(event.until)
            wire.run(UPSERT["office"], (event.person, event.office, event.team, since, until))
        case TeamSet():
            wire.run(UPSERT["team"], (event.team, event.name, folded(event.name)))
        case ClosureSet():
            wire.run(UPSERT["closure"], (event.team, event.day.isoformat(), event.name))
        case ChildSet():
            wire.run(UPSERT["child"], (event.child, event.family, dumps(event.details)))
        case DefinitionKept():
            wire.run(_JOURNALLED, (event.hash, event.name, event.version))
        case KeptSet(gone=True):
            wire.run("DELETE FROM kept WHERE what = ? AND item = ?", (event.what, event.key))
        case KeptSet():
            wire.run(UPSERT["kept"], (event.what, event.key, event.owner, dumps(event.body)))
        case BundleReceived() | BodiesDisposed():
            pass  # read from the journal where they matter
        case _:
            raise TypeError(f"{event.kind} is not a fact of the registry")


def keep_definition(wire: Wire, digest: str, name: str, version: str, text: str) -> None:
    wire.run(_KEPT, (digest, name, version, text))


def forget(wire: Wire) -> None:
    """Empties what can be folded again. Texts of workflows are in no journal and stay."""
    for table in TABLES:
        wire.run(f"DELETE FROM {table}")
    wire.run("DELETE FROM definition WHERE text IS NULL")
    wire.run("UPDATE definition SET journalled = false")
