"""What a store in memory holds: the chain of the journal, the registry and what is folded from them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date

from casereview.chain import Link, read_instant
from casereview.events import REGISTRY, Entry, event_from_plain
from casereview.registry import Registry
from casereview.testing.lists import Kept
from casereview.views import RecordRow


@dataclass(slots=True)
class State:
    """Everything kept. A committed state is never altered: a transaction works on a copy."""

    links: list[Link] = field(default_factory=list)
    streams: dict[str, tuple[Link, ...]] = field(default_factory=dict)
    cases: dict[str, Kept] = field(default_factory=dict)
    records: dict[str, dict[int, RecordRow]] = field(default_factory=dict)
    definitions: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    registry: Registry = field(default_factory=Registry)

    def copy(self) -> State:
        return State(
            list(self.links),
            dict(self.streams),
            dict(self.cases),
            dict(self.records),
            dict(self.definitions),
            registry_copied(self.registry),
        )

    def chain(self, link: Link) -> None:
        """Takes the next link as it is; a fact of the registry changes the registry as well."""
        self.links.append(link)
        self.streams[link.stream] = (*self.streams.get(link.stream, ()), link)
        if link.stream == REGISTRY and link.body is not None:
            self.registry.apply(entry_of(link).event)

    def fold_registry(self) -> None:
        """The registry again, from its stream."""
        self.registry = Registry(practice=self.registry.practice, nation=self.registry.nation)
        for link in self.streams.get(REGISTRY, ()):
            if link.body is not None:
                self.registry.apply(entry_of(link).event)


def entry_of(link: Link) -> Entry:
    """The fact a link holds; its body must still be there."""
    event = event_from_plain(link.kind, json.loads(link.body or "{}"))
    on, recorded_at = date.fromisoformat(link.on), read_instant(link.recorded_at)
    return Entry(link.seq, link.stream, link.number, on, recorded_at, link.actor, event, link.acting_as)


def registry_copied(registry: Registry) -> Registry:
    return Registry(
        registry.store, registry.practice, registry.nation,
        dict(registry.people), dict(registry.teams), dict(registry.closures),
        dict(registry.children), dict(registry.definitions), dict(registry.kept),
    )  # fmt: skip
