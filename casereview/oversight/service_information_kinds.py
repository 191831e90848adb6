"""What a service should know of itself besides its speed, and the question each number of it raises."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.errors import CaseReviewError
from casereview.text import clean


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing a service should know of itself. `asks`: is a number of it good or bad? It depends on that."""

    key: str
    title: str
    unit: str
    asks: str
    source: str


# Munro 2012, 5.7 to 5.9: what tells of quality and effectiveness, where speed tells of neither.
MEASURES: tuple[Measure, ...] = (
    Measure("repeat-reports", "Repeated reports of abuse or neglect", "children reported again",
            "Fewer may mean that children are safer, or that people have stopped telling. More may mean harm that went "
            "on, or neighbours and schools who trust that it helps to tell.", "Munro 2012, 5.9"),
    Measure("parents-skills", "Parents who say that their parenting has grown with the help", "parents",
            "Who was asked, by whom, and could they say no? What did those say who would not answer?",
            "Munro 2012, 5.9"),
    Measure("children-safer", "Children who say that they feel safer", "children",
            "Safer from what, and in whose words? Was a child alone with somebody trusted when asked?",
            "Munro 2012, 5.9"),
)  # fmt: skip
LOCAL = "A local measure: what would make it good, what would make it bad, and who could say?"


def measure_of(name: str) -> Measure:
    """A measure by its key, or a local one by any name of your own."""
    wanted = clean(name, limit=80)
    found = next((one for one in MEASURES if one.key == wanted.casefold()), None)
    if found is not None:
        return found
    if not wanted or "/" in wanted:
        raise CaseReviewError(
            f"{wanted!r} cannot be the name of a measure", where="measure",
            remedy=f"One of {', '.join(one.key for one in MEASURES)}, or a name of your own.",
        )  # fmt: skip
    return Measure(wanted.casefold(), wanted, "", LOCAL, "local")
