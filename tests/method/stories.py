"""Made-up stories of a review out of chance, and by another way of reckoning who knew what from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

BEGAN = date(2023, 1, 2)
DAYS = 40
LABELS = ("Teacher 1", "Visitor 1", "Worker 1", "School", "Mother")
SPELT = (str, str.upper, lambda label: label.replace(" ", "  "), lambda label: f" {label} ")


@dataclass(frozen=True)
class Ref:
    """The record made at this place of the list, whatever number it comes to have."""

    place: int


@dataclass
class Made:
    """Records in order; `facts`, `views`: place -> the word that stands in it and nowhere else."""

    records: list[tuple[str, dict[str, Any]]]
    facts: dict[int, str]
    views: dict[int, str]
    hindsight: list[str]  # words that no tunnel may show to anybody

    def add(self, kind: str, values: dict[str, Any]) -> int:
        self.records.append((kind, {name: value for name, value in values.items() if value not in ("", [], None)}))
        return len(self.records) - 1

    def resolved(self, numbers: dict[int, int]) -> list[tuple[str, dict[str, Any]]]:
        return [(kind, resolve(values, numbers)) for kind, values in self.records]


def resolve(values: dict[str, Any], numbers: dict[int, int]) -> dict[str, Any]:
    return {name: numbers[value.place] if isinstance(value, Ref) else value for name, value in values.items()}


def made_up(chance: Random) -> Made:
    made = Made([], {}, {}, [])
    people = _people(made, chance)
    parts = _parts(made, chance)
    for _ in range(chance.randrange(6)):
        _view(made, chance, people, parts)
    for _ in range(chance.randrange(7)):
        _fact(made, chance, parts)
    for _ in range(chance.randrange(6) if made.facts else 0):
        fact, whose = Ref(chance.choice(sorted(made.facts)[:2])), _whose(chance, people)
        for _ in range(chance.choice((1, 1, 2))):  # now and then somebody is told twice
            own = {"fact": fact, **whose, "known_from": _day(chance), "how": "told", "source": _later(made, "from")}
            made.add("came-to-know", own)
    return made


def _people(made: Made, chance: Random) -> dict[int, str]:
    """Some of those named are participants; now and then two of them are called the same."""
    people = {}
    for label in chance.choices(LABELS[:3], k=chance.randrange(4)):
        agency = chance.choice(("School", "Health"))
        values = {"pseudonym": label, "role": "role", "agency": agency, "in_case_group": True}
        people[made.add("participant", values)] = label
    return people


def _parts(made: Made, chance: Random) -> list[int]:
    parts = []
    for order in range(1, chance.randrange(1, 4)):
        begins, title = _day(chance), _later(made, "title")
        text = {"agreed": _later(made, "agreed"), "differences": _later(made, "differ"), "sources": [_later(made, "s")]}
        parts.append(made.add("narrative-segment", {"order": order, "title": title, "date_from": begins, **text}))
    return parts


def _view(made: Made, chance: Random, people: dict[int, str], parts: list[int]) -> None:
    if not parts:
        return
    word = f"view{len(made.records):03}x"
    values = {"segment": Ref(chance.choice(parts)), **_whose(chance, people), "from_day": _day(chance, often=False),
              chance.choice(("saw", "thought", "felt")): word, "did_not_know": _later(made, "unknown")}  # fmt: skip
    made.views[made.add("perspective", values)] = word


def _fact(made: Made, chance: Random, parts: list[int]) -> None:
    word = f"fact{len(made.records):03}x"
    known_to = [chance.choice(SPELT)(label) for label in chance.sample(LABELS, chance.randrange(4))]
    values = {"fact": word, "happened_on": _day(chance), "known_to": known_to, "known_from": _day(chance),
              "source": _later(made, "source"), "segment": Ref(chance.choice(parts)) if parts else None}  # fmt: skip
    made.facts[made.add("known-when", values)] = word


def _whose(chance: Random, people: dict[int, str]) -> dict[str, Any]:
    """By name alone, or with a link as well; a link counts for more than the name."""
    whose: dict[str, Any] = {"whose": chance.choice(SPELT)(chance.choice(LABELS))}
    if people and chance.random() < 0.5:
        whose["participant"] = Ref(chance.choice(sorted(people)))
    return whose


def _later(made: Made, what: str) -> str:
    made.hindsight.append(f"{what}{len(made.hindsight):03}x")
    return made.hindsight[-1]


def _day(chance: Random, often: bool = True) -> str:
    if chance.random() < (0.15 if often else 0.7):
        return ""
    return (BEGAN + timedelta(days=chance.randrange(DAYS))).isoformat()


# ---- by another way ------------------------------------------------------------------------------------------
def person_of(made: Made, values: dict[str, Any]) -> object:
    """Whom a record speaks of: the place of a participant, or a name."""
    link = values.get("participant")
    return link.place if isinstance(link, Ref) else named(made, values["whose"])


def named(made: Made, label: str) -> object:
    """A name is the participant who alone bears it, or else only a name."""
    name = " ".join(label.split()).lower()
    people = [(at, v["pseudonym"]) for at, (kind, v) in enumerate(made.records) if kind == "participant"]
    bearing = [at for at, label in people if label.lower() == name]
    return bearing[0] if len(bearing) == 1 else name


def known_from(made: Made, person: object, fact: int) -> date | None:
    """The first day on which a person may be shown a fact; None: never, or not known when."""
    values = made.records[fact][1]
    own = [
        v.get("known_from")
        for kind, v in made.records
        if kind == "came-to-know" and v["fact"].place == fact and person_of(made, v) == person
    ]
    if own:
        day = min((one for one in own if one), default=None)
    else:
        listed = any(named(made, label) == person for label in values.get("known_to", ()))
        day = values.get("known_from") if listed else None
    if day is None:
        return None
    return date.fromisoformat(max(day, values.get("happened_on", "")))


def seen_from(made: Made, view: int) -> date | None:
    """The first day on which whoever had a view may be shown it."""
    values = made.records[view][1]
    begun = made.records[values["segment"].place][1].get("date_from")
    return date.fromisoformat(max(begun, values.get("from_day", ""))) if begun else None
