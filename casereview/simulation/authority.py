"""Who works in the made-up authority: teams, people with plainly invented names, and the offices they hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from casereview.events import Event, OfficeSet, PersonSet, TeamSet
from casereview.people import Person
from casereview.simulation.generator import TEAMS

GIVEN = (
    "Amina", "Ben", "Carys", "Dev", "Esther", "Femi", "Grace", "Hugh", "Irena", "Jomo", "Kit", "Leila", "Mair",
    "Niall", "Oona", "Pavel", "Queenie", "Rashid", "Signe", "Tomos", "Uma", "Viktor", "Wren", "Yusuf", "Zofia",
)  # fmt: skip
INVENTED = (
    "Sampleford", "Mockridge", "Testerley", "Pretendham", "Fictley", "Placeholt", "Notreal", "Inventley",
    "Examplewood", "Storyhouse", "Fableton", "Practisby", "Rehearsley", "Imaginer", "Draftwell", "Trialby",
    "Modelby", "Standin", "Sketchley", "Dummond", "Makeshaft", "Supposeby", "Pretexton",
)  # fmt: skip
TITLES = {"north": "North", "south": "South", "east": "East", "west": "West"}

# Everyone outside the assessment teams: id -> the office held, "" for none (appointed to a review instead).
OTHERS = {
    "service-manager": "service-manager", "auditor": "auditor", "data-officer": "data-officer",
    "business-manager": "business-manager", "chair": "chair",
    "lead-one": "", "lead-two": "", "supervisor": "", "agency-link": "",
    "board-health": "", "board-police": "", "board-schools": "",
    "team-health": "", "team-police": "", "team-schools": "", "team-care": "",
    "practitioner-one": "", "practitioner-two": "", "practitioner-three": "",
}  # fmt: skip


@dataclass(slots=True)
class Staff:
    """Ids of people by the part they play. Everyone here is invented but `runs`, who runs the demo."""

    runs: str
    managers: dict[str, str] = field(default_factory=dict)
    workers: dict[str, list[str]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)  # id -> name


def _name(number: int) -> str:
    return f"{GIVEN[number % len(GIVEN)]} {INVENTED[(number * 7) % len(INVENTED)]}"


def staff_of(runs: str, workers: dict[str, int]) -> Staff:
    """The same people every time, as many workers as the teams have."""
    staff = Staff(runs)
    for role in OTHERS:
        staff.people[role] = _name(len(staff.people))
    for team in TEAMS:
        staff.managers[team] = f"manager-{team}"
        staff.people[f"manager-{team}"] = _name(len(staff.people))
        staff.workers[team] = [f"worker-{team}-{number}" for number in range(1, workers[team] + 1)]
        for worker in staff.workers[team]:
            staff.people[worker] = _name(len(staff.people))
    return staff


def facts(staff: Staff, me: Person | None, name: str, login: str, since: date) -> list[Event]:
    """The registry's facts. Whoever runs the demo holds the offices that every first command needs.

    Nobody agrees to their own work, so every team has a manager of its own as well.
    """
    found: list[Event] = []
    if me is None:
        found.append(PersonSet(staff.runs, name or "You", login))
    found += [TeamSet(team, f"{TITLES[team]} assessment team") for team in TEAMS]
    # a login such as "chair" may be the id of a part in the story: then whoever runs the demo plays it
    found += [PersonSet(person, called) for person, called in staff.people.items() if person != staff.runs]
    for person, office in OTHERS.items():
        if office:
            found.append(OfficeSet(person, office, "", since))
    for team, manager in staff.managers.items():
        found.append(OfficeSet(manager, "manager", team, since))
        found.append(OfficeSet(staff.runs, "manager", team, since))
    found += [OfficeSet(staff.runs, office, "", since) for office in ("data-officer", "chair")]
    return found
