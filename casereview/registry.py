"""The registry: people, teams, closures and children, folded from their own stream of the journal."""

from __future__ import annotations

from dataclasses import dataclass, field

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
from casereview.people import Child, Closure, Kept, Office, Person, Team


@dataclass(slots=True)
class Registry:
    store: str = ""
    practice: bool = False
    nation: str = "england-wales"
    people: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    closures: dict[tuple[str, str], Closure] = field(default_factory=dict)  # (team, ISO day)
    children: dict[str, Child] = field(default_factory=dict)
    definitions: dict[str, tuple[str, str]] = field(default_factory=dict)  # hash -> (name, version)
    kept: dict[tuple[str, str], Kept] = field(default_factory=dict)  # (what, key)

    def apply(self, event: Event) -> None:
        """Folds one registry fact; a fact of another stream raises TypeError."""
        match event:
            case StoreBegun():
                self.store, self.practice, self.nation = event.store, event.practice, event.nation
            case PersonSet():
                known = self.people.get(event.person)
                offices = known.offices if known else ()
                self.people[event.person] = Person(event.person, event.name, event.login, event.left, offices)
            case OfficeSet():
                self.people[event.person] = with_office(self.people[event.person], event)
            case TeamSet():
                self.teams[event.team] = Team(event.team, event.name)
            case ClosureSet():
                self.closures[(event.team, event.day.isoformat())] = Closure(event.day, event.name, event.team)
            case ChildSet():
                details = tuple(sorted(event.details.items()))
                self.children[event.child] = Child(event.child, event.family, details)
            case DefinitionKept():
                self.definitions[event.hash] = (event.name, event.version)
            case KeptSet(gone=True):
                self.kept.pop((event.what, event.key), None)
            case KeptSet():
                self.kept[(event.what, event.key)] = Kept(event.what, event.key, event.owner, event.body)
            case BundleReceived() | BodiesDisposed():
                pass  # read from the journal where they matter
            case _:
                raise TypeError(f"{event.kind} is not a fact of the registry")


def with_office(person: Person, event: OfficeSet) -> Person:
    """The person with that office given, or its dates changed (one spell per office and team)."""
    others = tuple(o for o in person.offices if (o.office, o.team) != (event.office, event.team))
    given = Office(event.office, event.team, event.since, event.until)
    offices = tuple(sorted((*others, given), key=lambda o: (o.office, o.team)))
    return Person(person.id, person.name, person.login, person.left, offices)
