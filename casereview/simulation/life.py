"""The life of one made-up assessment, from the referral to a look back after it is closed."""

from __future__ import annotations

from casereview.commands import (
    AddRecord,
    ExceptTelling,
    SeeChild,
    SetLane,
    SetRequirementAside,
    SetRoster,
    TakeStep,
    Tell,
)
from casereview.decide.opening import OpenCase
from casereview.simulation import helped
from casereview.simulation.phrases import listed, pick
from casereview.simulation.telling import (
    CLOSING,
    DECIDING,
    LOOKING,
    OPENING,
    PLANNING,
    SEEING,
    SHARING,
    WRITING,
    Telling,
)
from casereview.simulation.timely import about_time, worker_changes

WORKFLOW = "single-assessment-2013"
LOOK_EVERY, SEE_EVERY = 10, 15  # working days
SOONER = 5  # working days before the agreed date: enough was known early


def child_id(child: str) -> str:
    """An opaque id, as a census return would give it for an authority numbered 999."""
    return f"999-{child}"


def opening(told: Telling) -> OpenCase:
    one = told.one
    sibling = f" (child {one.child[-1]})" if len(one.family.children) > 1 else ""
    return OpenCase(
        WORKFLOW, f"{told.theme['title']}{sibling}", opened=one.start, team=one.team,
        worker=told.worker(0), children=(child_id(one.child),),
    )  # fmt: skip


def tell(told: Telling) -> Telling:
    """Everything that happens to it, whether by the day of the demo or later."""
    days, chance = told.one.days, told.chance
    written = days - min(days, chance.choice((0, 0, 1, 1, 2, 3)))
    seen = min(written, 1 if told.one.urgent else chance.choice((1, 2, 2, 3, 3, 4, 5, 6)))
    worker_changes(told)
    helped.taken_over(told)
    _referred(told)
    about_time(told, min(seen, 1))
    _planned(told, min(seen, 1))
    answered = helped.acknowledged(told, min(seen, 1))
    _seen(told, seen, written)
    helped.heard_again(told, seen, written)
    early = helped.goals_on_the_way(told, seen, written)
    _looks(told, written)
    late = _written_up(told, written, goal=not early)
    _decided(told, written)
    _shared(told, answered=answered, goal=early or late)
    return told


# ---- beginning -----------------------------------------------------------------------------------------------
def _referred(told: Telling) -> None:
    one, manager = told.one, told.manager
    values = {
        "received_on": one.referral, "source": one.source, "said": told.of_theme("said"),
        "asked_for": told.theme["asked"],
    }  # fmt: skip
    if one.again:
        values["before"] = "Yes: the family was assessed here within the last year, about the same thing."
    told.act(0, OPENING, manager, AddRecord("referral", values, on=one.start))
    if one.urgent:
        told.act(0, OPENING, manager, SetLane("urgent", told.theme["urgent"]))
        told.act(0, OPENING, manager, TakeStep("begin-at-once", pick("along", "at_once", told.chance)))
    else:
        told.act(0, OPENING, manager, TakeStep("allocate"))


def _planned(told: Telling, day: int) -> None:
    worker, chance = told.worker(day), told.chance
    values = {
        "purpose": told.theme["purpose"], "decision_needed": told.theme["question"],
        "first_sight": told.date(1 if told.one.urgent else max(day, 6)),
        "child_should_know": "Who is coming, why, and that nothing is decided without hearing them.",
    }  # fmt: skip
    if told.fate.agreed > LOOK_EVERY:
        values["first_review"] = told.date(LOOK_EVERY)
    told.act(day, PLANNING, worker, AddRecord("plan", values))
    _listed(told, day)
    told.act(day, PLANNING, worker, Tell(
        "started", method="visit", text=pick("along", "started", chance), said=pick("along", "heard", chance),
    ))  # fmt: skip
    if not told.one.urgent:
        told.act(day, PLANNING, worker, TakeStep("plan"))
        told.act(day, PLANNING, worker, TakeStep("begin"))


def _listed(told: Telling, day: int) -> None:
    """Who must be told, and who referred."""
    worker = told.worker(day)
    family = [listed("family", "people")[0]]
    if told.often(0.35):
        family.append(told.chance.choice(listed("family", "people")[1:3]))
    for person, label, relation, responsible in family:
        told.act(day, PLANNING, worker, SetRoster(person, label, relation, responsible, True))
    told.act(day, PLANNING, worker, SetRoster("referrer", "Whoever referred", referrer=True))
    if len(family) > 1 and told.often(0.08):
        until = told.date(day + 40)
        text = "Looked at with the safety plan; we come back to it at each look together."
        command = ExceptTelling(family[1][0], "would increase risk", until, text)
        told.act(day, PLANNING, told.manager, command)


# ---- along the way ---------------------------------------------------------------------------------------------
def _seen(told: Telling, first: int, written: int) -> None:
    for day in range(first, written + 1, SEE_EVERY):
        where = pick("along", "where", told.chance)
        told.act(day, SEEING, told.worker(day), SeeChild(alone=told.often(0.7), where=where))
    values = {
        "heard_on": told.date(first), "child": child_id(told.one.child), "words": told.of_theme("words"),
        "hopes": told.theme["hopes"],
    }  # fmt: skip
    told.act(first, SEEING, told.worker(first), AddRecord("childs-words", values))


def _looks(told: Telling, written: int) -> None:
    """Worker and manager look together every ten working days, mostly on the day."""
    for planned in range(LOOK_EVERY, written, LOOK_EVERY):
        if not told.fate.looks and planned > LOOK_EVERY:
            return
        day = planned if told.often(0.88) else planned + told.chance.choice((1, 2, 3))
        if day >= written:
            return
        values = {
            "held_on": told.date(day), "child_seen": True, "known_now": pick("along", "known_now", told.chance),
            "outcome": "carry on", "why": pick("along", "why", told.chance),
            "next_review": told.date(planned + LOOK_EVERY),
        }  # fmt: skip
        stepped = told.often(0.12)
        if stepped:
            told.act(day, LOOKING, told.manager, TakeStep("look-together"))
        told.act(day, LOOKING, told.manager, AddRecord("checkpoint-review", values))
        if stepped:
            told.act(day, LOOKING, told.worker(day), Tell("progress", method="telephone"))
            told.act(day, LOOKING, told.manager, TakeStep("carry-on", pick("along", "carry_on", told.chance)))


# ---- the decision ----------------------------------------------------------------------------------------------
def _written_up(told: Telling, day: int, *, goal: bool) -> bool:
    """Whether a goal was agreed with the decision; goal: whether one is still to be agreed."""
    worker, theme = told.worker(day), told.theme
    early = told.one.days + SOONER <= told.fate.agreed
    told.act(day, WRITING, worker, TakeStep("enough-known" if early else "turn-to-analysis"))
    if told.one.days - day < 2 and told.often(0.04):  # set aside for one visit: none of these goes back
        why = "The family chose not to add a view of their own; they were asked twice and thanked."
        aside: AddRecord | SetRequirementAside = SetRequirementAside("record-family-view", why, "submit")
        told.act(day, WRITING, told.manager, aside)
    else:
        view = {"heard_on": told.date(day), "whose": helped.whose(theme["view"]), "view": theme["view"]}
        told.act(day, WRITING, worker, AddRecord("family-view", view))
    values = {
        "decision": theme["decision"], "grounds": theme["grounds"],
        "enough_because": pick("along", "enough", told.chance), "uncertain": theme["unsure"],
        "would_change": theme["change"], "help": theme["help"], "decided_on": told.date(day),
    }  # fmt: skip
    told.act(day, WRITING, worker, AddRecord("decision", values))
    found: dict[str, object] = {"found_on": told.date(day), "factors": list(theme["factors"])}
    told.act(day, WRITING, worker, AddRecord("factors", found))
    agreed = theme["help"] != "no further action" and told.often(0.4) and goal
    if agreed:
        told.act(day, WRITING, worker, AddRecord("goal", helped.goal(told, day, day + 60)))
    told.act(day, WRITING, worker, TakeStep("submit"))
    return agreed


def _decided(told: Telling, written: int) -> None:
    """The manager looks at the quality first; now and then it goes back once."""
    days, manager = told.one.days, told.manager
    if days - written >= 2 and told.often(0.15):
        day, why = written + 1, "Say what remains uncertain, and why enough is known."
        told.act(day, DECIDING, manager, TakeStep("return", why))
        told.act(day, DECIDING, told.worker(day), TakeStep("submit"))
    grades = ("clearly", "clearly", "in part", "in part", "not yet")
    values: dict[str, object] = {
        name: told.chance.choice(grades)
        for name in ("childs_voice", "history_used", "analysis", "decision", "family_shared")
    }
    values |= {"looked_on": told.date(days), "good": told.theme["good"], "better": told.theme["better"]}
    values |= helped.what_was_seen(told, values)
    told.act(days, DECIDING, manager, AddRecord("quality-look", values))
    told.act(days, DECIDING, manager, TakeStep("authorise"))


def _shared(told: Telling, *, answered: bool, goal: bool) -> None:
    day = told.one.days + told.chance.choice((0, 1, 1, 2, 3, 5))
    worker, chance = told.worker(day), told.chance
    told.act(day, SHARING, worker, Tell("decision", method="visit", text=pick("along", "decided", chance)))
    values = {
        "shared_on": told.date(day), "with_whom": ["Mother", "The child"], "how": "in person, with a copy to keep",
        "said": pick("along", "said", chance), "copy_given": True,
    }  # fmt: skip
    told.act(day, SHARING, worker, AddRecord("outcome-shared", values))
    told.act(day, SHARING, worker, TakeStep("share"))
    closing = day + chance.choice((0, 1, 2))
    if answered:
        outcome = Tell("decision", people=("referrer",), method="letter", text=pick("along", "answered", chance))
        told.act(closing, CLOSING, worker, outcome)
    told.act(closing, CLOSING, worker, TakeStep("close"))
    helped.afterwards(told, closing, goal=goal)
