"""Help and quality in a made-up assessment: goals on the way, what was seen in the work, whether it lasted."""

from __future__ import annotations

from collections.abc import Callable

from casereview.case import Case
from casereview.commands import AddRecord, Assign, Command, Tell
from casereview.simulation.phrases import listed, nested, pick
from casereview.simulation.telling import CLOSING, LOOKING, OPENING, PLANNING, SEEING, Telling

ASPECTS = ("childs_voice", "history_used", "analysis", "decision", "family_shared")
GOAL_ON_THE_WAY, ACKNOWLEDGED, NEVER_ANSWERED, HEARD_AGAIN, TAKEN_OVER = 0.3, 0.3, 0.12, 0.25, 0.05
LOOK_BACK, AFTER = 0.3, 66  # share, and working days after closing: a little more than a quarter of a year
MOVES = (("better", 0.45), ("same", 0.30), ("worse", 0.08), ("think", 0.17))


def taken_over(told: Telling) -> None:
    """Now and then another worker takes over, whatever becomes of the time."""
    if told.changed_on is None and told.one.days > 12 and told.seldom(TAKEN_OVER):
        if len(told.staff.workers[told.one.team]) > 1:
            told.changed_on = told.one.days // 2
            note = "The first worker has moved to another team; both came to say so."
            told.act(told.changed_on, OPENING, told.manager, Assign(worker=told.worker(told.changed_on), note=note))


def acknowledged(told: Telling, day: int) -> bool:
    """Tells whoever referred that it has come, for some; whether they will hear the outcome as well."""
    never = told.seldom(NEVER_ANSWERED)
    if never or told.seldom(ACKNOWLEDGED):
        thanks = Tell(
            "started", people=("referrer",), method="telephone", text="Thanked, and told who is looking at it."
        )
        told.act(day, PLANNING, told.worker(day), thanks)
    return not never


def goals_on_the_way(told: Telling, seen: int, written: int) -> bool:
    """Help that begins while the assessment goes on: a goal agreed early, and how things move at each look."""
    first = seen + 2
    if told.one.urgent or written - first < 8 or not told.seldom(GOAL_ON_THE_WAY):
        return False
    told.act(first, SEEING, told.worker(first), AddRecord("goal", goal(told, first, first + 10)))
    for day in range(first + 10, written, 10):
        if told.seldom(0.75):
            told.act(day, LOOKING, told.worker(day), moved(told, day))
    return True


def goal(told: Telling, day: int, look: int) -> dict[str, object]:
    """One goal with its own beginning, and how everybody will know."""
    at = told.more.randrange(len(listed("along", "goal")))
    told.goal = at
    return {
        "goal": listed("along", "goal")[at], "agreed_with": "Mother and the child",
        "agreed": pick("goals", "agreed", told.more), "baseline": listed("along", "baseline")[at],
        "how_known": listed("along", "known_by")[at], "set_on": told.date(day), "look_on": told.date(look),
    }  # fmt: skip


def moved(told: Telling, day: int) -> Callable[[Case], Command]:
    """How things are beside the beginning. The goal is known by its number only once the case has it."""
    word = told.more.choices([word for word, _ in MOVES], [share for _, share in MOVES])[0]
    said = nested("goals", word)
    seen_from, family = said[told.goal] if word == "better" else told.more.choice(said)
    values = {
        "on": told.date(day), "progress": "think again" if word == "think" else word, "seen_from": seen_from,
        "family_words": family,
    }  # fmt: skip

    def command(case: Case) -> Command:
        return AddRecord("goal-progress", {**values, "goal": case.records["goal"].live[0]})

    return command


def heard_again(told: Telling, seen: int, written: int) -> None:
    """A second time, some children say more."""
    day = seen + 5
    if day < written and told.seldom(HEARD_AGAIN):
        words = {
            "heard_on": told.date(day), "child": f"999-{told.one.child}", "words": told.of_theme_again("words"),
            "setting": pick("along", "where", told.more),
        }  # fmt: skip
        told.act(day, SEEING, told.worker(day), AddRecord("childs-words", words))


def what_was_seen(told: Telling, values: dict[str, object]) -> dict[str, object]:
    """For two of the questions of a look, in a sentence."""
    return {
        f"{aspect}_seen": told.more.choice(nested("seen", aspect)[str(values[aspect])])
        for aspect in told.more.sample(ASPECTS, 2)
    }


def afterwards(told: Telling, closing: int, *, goal: bool) -> None:
    """Help goes on after closing: how the goal moves, and a look back whether it lasted."""
    if goal and told.seldom(0.4):
        told.act(closing + 25, CLOSING, told.worker(closing + 25), moved(told, closing + 25))
    if told.seldom(LOOK_BACK):
        words = ("better and lasting", "better for a while", "no different", "worse", "cannot be known")
        values = {
            "looked_on": told.date(closing + AFTER), "lasted": told.more.choices(words, (9, 5, 3, 1, 2))[0],
            "from_whom": pick("back", "from_whom", told.more), "helped": pick("back", "helped", told.more),
            "keep_doing": pick("back", "keep_doing", told.more),
        }  # fmt: skip
        told.act(closing + AFTER, CLOSING, told.manager, AddRecord("look-back", values))


def whose(view: str) -> str:
    """Whose view it is, by how it begins."""
    for who in ("Mother", "Father", "The grandparents"):
        if view.startswith(who):
            return who
    return "The parents"
