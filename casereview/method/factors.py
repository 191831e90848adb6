"""The contributory-factor framework as data: three levels, nine heads, and what one would ask under each."""

from __future__ import annotations

from dataclasses import dataclass

FRONT_LINE, LOCAL, NATIONAL, OTHER = "The front line", "Local organisations", "The nation", "Elsewhere"
LEVELS = (FRONT_LINE, LOCAL, NATIONAL, OTHER)
SOURCE = "SCIE Guide 24: contributory factors, appendices 3 and 5; the questions are our own wording"
PERSONAL = "personal aspects"


@dataclass(frozen=True, slots=True)
class Head:
    """`name` as the workflow file offers it; `asks` is what an empty head asks the reviewers."""

    name: str
    level: str
    asks: str


# Names and levels: SCIE Guide 24. A board's own file may have other heads; those stand under the last level.
HEADS = (
    Head("aspects of the family", FRONT_LINE,
         "What was it about the family's situation, or how it was met with, that shaped the work?"),
    Head(PERSONAL, FRONT_LINE,
         "What did knowledge, attention, tiredness, motivation or ways of reasoning do, as they would in anybody?"),
    Head("aspects of the role", FRONT_LINE, "What was the role there for; where and how often did it meet the family?"),
    Head("conditions of work", FRONT_LINE, "Workload, staffing, time of day, office, computer: what was the day like?"),
    Head("own team", FRONT_LINE, "What help, advice and supervision were at hand?"),
    Head("inter-agency team", FRONT_LINE, "What lay between services: who could reach whom, and whose words counted?"),
    Head("organisational culture and management", LOCAL,
         "Which priorities, resources, policies and habits of the organisations reached into the room?"),
    Head("wider political context", NATIONAL, "Which law, guidance, measure or mood of the time could be felt here?"),
    Head("other", OTHER, "What fits nowhere else?"),
)  # fmt: skip
BY_NAME = {head.name: head for head in HEADS}


def heads_of(offered: tuple[str, ...]) -> tuple[Head, ...]:
    """The heads that a workflow file offers, in its order; one of its own stands under the last level."""
    return tuple(BY_NAME.get(name, Head(name, OTHER, "")) for name in offered) or HEADS
