"""The form of a checkpoint review: which outcome, and what each asks."""

from __future__ import annotations

from typing import Any

from casereview.commands import Command, HoldReview
from casereview.review_routes import CARRY_ON, CHANGE, ENOUGH, directions, review_kind, route
from casereview.service.reading import CaseView
from casereview.service.reviewing import outcomes
from casereview.words import STOPPED_EARLY
from tui.screens.asks import Ask, Known, Pairs
from tui.screens.picking import Choice

LABELS = {ENOUGH: "Enough is known: stop here", CARRY_ON: "Carry on, to a new date", CHANGE: "Change direction"}
TELLING: Pairs = (
    ("yes: the new date", "new date"), ("yes: how things stand", "progress"),
    ("yes: why it takes longer", "delay explained"), ("yes: the decision", "decision"),
)  # fmt: skip


def applies(view: CaseView) -> bool:
    return view.case.closed is None and review_kind(view.definition) is not None


def choices(view: CaseView, known: Known) -> list[Choice]:
    """The outcomes; a change of direction once for each way it can lead."""
    leads = dict(outcomes(view))
    stops = not isinstance(route(view.case, HoldReview(ENOUGH), view.definition), str)
    found = [Choice(ENOUGH, LABELS[ENOUGH], STOPPED_EARLY)] if stops else []
    found.append(Choice(CARRY_ON, LABELS[CARRY_ON], leads[CARRY_ON]))
    for step, _ in directions(view.case, view.definition):
        title = step.title if step.title.startswith(LABELS[CHANGE]) else f"{LABELS[CHANGE]}: {step.title}"
        found.append(Choice(f"{CHANGE}\n{step.name}", title))
    return found


def asks(view: CaseView, known: Known, picked: str) -> tuple[Ask, ...]:
    """What the outcome needs stands first; a short review is two answers and ctrl+s."""
    outcome = picked.partition("\n")[0]
    why = {ENOUGH: "Why is it enough?", CARRY_ON: "Which question is still open?", CHANGE: "Why, and to what?"}[outcome]
    main = view.definition.main_expectation()
    codes = tuple((f"{r.code}  {r.title}", r.code) for r in view.definition.reasons.values() if r.can_be_agreed)
    first = [
        Ask("known", "What do we now understand that we did not?", "long", required=True),
        Ask("text", why, "long", required=outcome != ENOUGH),
    ]
    if outcome != ENOUGH and main is not None:
        first.append(Ask("agreed", "Which new date for this child?", "date", length="start",
                         says="empty: the date stays as it is"))  # fmt: skip
    first += [
        Ask("contact", "Has everyone who must be told been told, just now?", "choice", options=TELLING,
            says="empty: not yet"),
        Ask("said", "What did they say?", "long"),
        Ask("promised_on", "When is more news promised?", "date", length="today"),
        Ask("next_review", "When do you look together again?", "date", length="today"),
        Ask("seen_on", "Was the child seen, and is that not written down yet? On which day?", "date"),
        Ask("seen_alone", "Alone?", "yes-no"),
        Ask("set_aside", "Let go what is still expected, because", "long", says="everyone can see it; empty: keep it"),
    ]  # fmt: skip
    if outcome != ENOUGH and codes:
        now = _reason_now(view)
        start = now if now in {code for _, code in codes} else None
        ask = "If the date is later than usual: for which reason?"
        first.append(Ask("code", ask, "choice", options=codes, start=start))
        first += [
            Ask("action", "What is being done about it?"),
            Ask("action_owner", "Who sees to it?"),
            Ask("action_due", "By when?", "date", length="today"),
        ]
    first += [
        Ask("thought", "A supervision note: what did you think through together?", "long"),
        Ask("tasks", "What was agreed, and who does it?", "lines"),
        Ask("held_on", "On which day was it held?", "date", says="today when left empty"),
        Ask("stay", "Leave the case at the review for now?", "yes-no"),
    ]
    return tuple(first)


def _reason_now(view: CaseView) -> str:
    """The code of the newest reason, which mostly still holds when the date moves again."""
    main = view.definition.main_expectation()
    run = view.case.runs.get(main.name) if main is not None else None
    return run.reason.code if run is not None and run.reason is not None else ""


def command(picked: str, **given: Any) -> Command:
    outcome, _, step = picked.partition("\n")
    lines = str(given.pop("tasks", ""))
    tasks = tuple(line.strip() for line in lines.splitlines() if line.strip())
    return HoldReview(outcome, step=step, tasks=tasks, **given)
