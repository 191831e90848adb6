"""The whole story of one time: its dates, the reason, the manager's words, the family, and what is waited for."""

from __future__ import annotations

import re
from datetime import date

from rich.text import Text

from casereview.case import Answer, Listed, Reason, Run
from casereview.service.reading import CaseView, ExpectationView
from casereview.service.register_story import by_concern, story_of, told_of
from casereview.text import shown
from tui.screens.look import MISSING, QUIET, day, days, standing

ISO_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")

__all__ = ["by_concern", "everything", "family_short", "time_story", "told", "waiting_text", "whole_story"]


def everything(view: CaseView, expectation: str = "") -> Text:
    """The whole story of a row, in the lines that the command line prints as well."""
    text, one = Text(), told_of(view, expectation)
    for line in story_of(view, expectation):
        if line.about == "standing" and one is not None:
            text.append_text(standing(one.standing)).append("\n")
            continue
        says = line.says if line.quoted else ISO_DAY.sub(lambda found: day(found[0]), line.says)
        text.append(f"{line.about.capitalize()}  ", "bold")
        text.append(f"{shown(says, one_line=False)}\n", MISSING if line.missing else "")
    return text


def whole_story(view: CaseView, expectation: str = "") -> Text:
    """Everything a manager needs for an answer, about one expectation (or the one of most concern)."""
    one = told_of(view, expectation)
    text = Text()
    if one is not None:
        text.append_text(time_story(view, one)).append("\n")
    text.append("Family  ", "bold").append_text(family_short(view)).append("\n")
    text.append("Waiting  ", "bold").append_text(waiting_text(view))
    return text


def time_story(view: CaseView, one: ExpectationView) -> Text:
    """A paragraph about one expectation."""
    run = one.run
    text = Text.assemble(standing(one.standing), "  ", (shown(one.expectation.title), "bold"), "\n")
    text.append_text(_line(_counted(one)))
    text.append_text(_line(_dates(one, view.day)))
    if run.reason is not None:
        text.append_text(_reason(view, run.reason))
    elif one.beyond and run.ended is None:
        text.append("  No reason is recorded yet.\n", MISSING)
    if run.answer is not None:
        text.append_text(_answer(view, run.answer))
    elif run.reason is not None and run.ended is None:
        text.append("  No manager has answered yet.\n", MISSING)
    for missing in one.missing:
        text.append(f"  ✗ no longer there: {shown(missing)}\n", MISSING)
    if one.warning:
        text.append_text(_line(one.warning))
    return text


def _line(words: str) -> Text:
    return Text(f"  {shown(words)}\n", QUIET)


def _counted(one: ExpectationView) -> str:
    run = one.run
    ended = f", finished {day(run.ended)}" if run.ended else ""
    beyond = f", {one.beyond} beyond" if one.beyond else ""
    return f"began {day(run.started)}{ended}: {days(one.working_days)}{beyond}"


def _dates(one: ExpectationView, today: date) -> str:
    run, parts = one.run, []
    if one.target:
        parts.append(f"urgent, by {day(one.target)}")
    if run.statutory:
        parts.append(f"set by law: {day(run.statutory)}")
    parts.append(f"most are done by {day(run.indicative)}" if run.indicative else "no indicative time")
    parts.append(_agreed(run) if run.agreed else "no date agreed")
    if run.checkpoints and not run.ended:
        due = run.checkpoints[0]
        parts.append(f"look together {'was due' if due < today else 'on'} {day(due)}")
    if run.held or run.late:
        parts.append(f"looks held: {run.held}, late: {run.late}")
    return " · ".join(parts)


def _agreed(run: Run) -> str:
    times = "once" if run.agreed_changes == 1 else f"{run.agreed_changes} times"
    changed = f" (first {day(run.agreed_first)}, changed {times})" if run.agreed_changes else ""
    return f"agreed for {day(run.agreed)}{changed}"


def _reason(view: CaseView, reason: Reason) -> Text:
    code = view.definition.reasons.get(reason.code)
    text = Text().append("  Reason  ", "bold")
    text.append(f"{shown(code.title if code else reason.code)}", "")
    text.append(f"  {shown(view.names.person(reason.by))}, {day(reason.on)}\n", QUIET)
    for label, words in (
        ("", reason.text),
        ("effect on the child: ", reason.effect),
        ("action: ", _action(reason)),
        ("asks for: ", day(reason.proposed) if reason.proposed else ""),
    ):
        if words:
            text.append(f"    {label}", QUIET).append(f"{shown(words)}\n")
    return text


def _action(reason: Reason) -> str:
    if not reason.action:
        return ""
    due = f", by {day(reason.action_due)}" if reason.action_due else ""
    return f"{reason.action} ({reason.action_owner or 'nobody named'}{due})"


def _answer(view: CaseView, answer: Answer) -> Text:
    text = Text().append("  Manager  ", "bold").append(shown(answer.decision))
    if answer.until:
        text.append(f", look again on {day(answer.until)}")
    text.append(f"  {shown(view.names.person(answer.by))}, {day(answer.on)}\n", QUIET)
    if answer.text:
        text.append(f"    {shown(answer.text)}\n")
    return text


# ---- the family, and waiting -----------------------------------------------------------------------------------
def family_short(view: CaseView) -> Text:
    """Who must be told and when they were, in a line."""
    people = [p for p in view.case.roster.values() if p.must_be_told and not p.referrer]
    if not people:
        return Text("nobody is listed who must be told", MISSING)
    text = Text()
    for number, one in enumerate(people):
        text.append("; " if number else "").append_text(told(one))
    return text


def told(one: Listed) -> Text:
    """When somebody was last told, or why not."""
    text = Text(f"{shown(one.label)}: ")
    if one.told_on is not None:
        text.append(f"told {day(one.told_on)}")
    elif one.excepted:
        text.append(f"lawfully not told ({shown(one.excepted)}) until {day(one.excepted_until)}")
    else:
        text.append("not told yet", MISSING)
    if one.promised_on is not None:
        text.append(f", news promised by {day(one.promised_on)}", QUIET)
    return text


def waiting_text(view: CaseView) -> Text:
    text = Text()
    for number, one in view.case.waiting.items():
        text.append("; " if text.plain else "")
        text.append(f"on {shown(one.on_whom)} for {shown(one.what)}, since {day(one.since)}")
        text.append(f" (no. {number})", QUIET)
    return text if text.plain else Text("on nobody now", QUIET)
