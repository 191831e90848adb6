"""A case in words: its head, where it is, its next steps, its family. Pure functions of a CaseView."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text

from casereview.case import Visit
from casereview.oversight.families import owed_to
from casereview.oversight.family_words import AHEAD, owed_lines, promises
from casereview.requirements import Asked
from casereview.service.reading import CaseView, StepView
from casereview.text import shown
from casereview.words import STOPPED_EARLY
from tui.screens.helping import Helped, help_line, help_text
from tui.screens.look import MET, MISSING, QUIET, data, day, joined, standing
from tui.screens.story import by_concern, time_story, told, waiting_text
from workflows.definition import Stage

HERE = "bold #e8d9b0"


def head(view: CaseView) -> Text:
    """Reference and title; who, and how its time looks; help and quality beside it."""
    case, row = view.case, view.row
    marks = [word for on, word in ((case.restricted, "restricted"), (case.imported, "imported")) if on]
    first = Text().append(shown(row.title), HERE)
    if marks:
        first.append(f"  [{', '.join(marks)}]", QUIET)
    closed = f"closed {day(row.closed)}" if row.closed else f"opened {day(row.opened)}"
    second = joined(
        [
            standing(row.standing),
            data(row.worker_name or "no worker yet"),
            data(row.team_name or "no team yet"),
            Text(closed, QUIET),
        ]
    )
    if case.lane is not None:
        second.append("  ·  ", QUIET).append_text(data(f"urgent: {case.lane.because}", "bold"))
    if view.profile:
        second.append("  ·  ", QUIET).append_text(data(view.profile, QUIET))
    return Text("\n").join([first, second, help_line(view)])


# ---- where it is -----------------------------------------------------------------------------------------------
def where_it_is(view: CaseView) -> Text:
    """The main path with the stage it stands at, and the tracks beside it."""
    text = _path(view.definition.stages, view.case.main, view.case.visits)
    for name, visit in view.case.tracks.items():
        track = view.definition.tracks[name]
        stage = track.stages[visit.stage]
        text.append(f"\n{shown(track.title)}: ", QUIET).append(f"▸{shown(stage.title)}", HERE)
        text.append(f"{_visit(visit)}", QUIET)
    return text


def _path(stages: Mapping[str, Stage], at: Visit, visits: dict[str, int]) -> Text:
    """Stages in order: ✓ been there, ▸ here. Ends are named only once one is reached."""
    parts = []
    for name, stage in stages.items():
        if name == at.stage:
            parts.append(Text().append(f"▸{shown(stage.title)}", HERE).append(_visit(at), QUIET))
        elif name in visits:
            times = f" ×{visits[name]}" if visits[name] > 1 else ""
            parts.append(Text(f"✓{shown(stage.title)}{times}", MET))
        elif not stage.end:
            parts.append(Text(shown(stage.title), QUIET))
    text = joined(parts, " › ")
    says = stages[at.stage].says
    return text.append(f"\n{shown(says)}", "italic") if says else text


def _visit(visit: Visit) -> str:
    number = f"visit {visit.visit}, " if visit.visit > 1 else ""
    return f" ({number}since {day(visit.since)})"


def step_text(view: CaseView, step: StepView) -> Text:
    """A step with everything it asks: ✓ met, – set aside, ✗ missing with who can meet it and the command."""
    waiting = sum(1 for a in step.asked if not a.met and not a.set_aside)
    track = view.definition.tracks.get(step.step.track or "")
    stage = (track.stages if track else view.definition.stages)[step.step.to]
    text = Text().append(f"{'↩' if step.step.loop else '→'} {shown(step.step.title)}", "bold")
    state = ("ready", MET) if step.ready else (f"{waiting} to meet", MISSING)
    text.append(f"   {state[0]}", state[1])
    beside = f" ({shown(track.title)})" if track is not None else ""
    text.append(f"   to {shown(stage.title)}{beside}", QUIET)
    text.append("   asks a reason" if step.asks_reason else "", QUIET)
    if not step.yours:
        roles = [view.definition.roles[r].title for r in step.step.by if r in view.definition.roles]
        text.append(f"   for: {shown(', '.join(roles))}", QUIET)
    for asked in step.asked:
        text.append("\n").append_text(_asked(asked))
    return text.append("\n")


def _asked(asked: Asked) -> Text:
    if asked.met:
        return Text(f"   ✓ {shown(asked.says)}", MET)
    if asked.set_aside:
        return Text(f"   – {shown(asked.says)} (set aside)", QUIET)
    duty = "a duty" if asked.strength == "must" else "expected"
    text = Text().append(f"   ✗ {shown(asked.says)}", MISSING).append(f" ({duty})", QUIET)
    return text.append(f"\n     {shown(', '.join(asked.who))}: {shown(asked.command)}", QUIET)


# ---- time, family ----------------------------------------------------------------------------------------------
def times(view: CaseView) -> Text:
    """Every time of the case; those that are only shown come last. Then waiting, and what was set aside."""
    text = Text(f"{STOPPED_EARLY}\n\n" if view.case.enough_known else "", MET)
    for one in by_concern(view):
        text.append_text(time_story(view, one)).append("\n")
    if not view.expectations:
        text.append("No time is tracked on this case yet.\n\n", QUIET)
    text.append("Waiting  ", "bold").append_text(waiting_text(view))
    for waited in view.case.waited:
        span = f"{day(waited.since)} to {day(waited.until)}"
        text.append(f"\n  waited on {shown(waited.on_whom)} for {shown(waited.what)}, {span}", QUIET)
    if view.case.waiting or view.case.waited:
        text.append("\n  Shown beside the time, never taken off it: a child's wait does not pause.", QUIET)
    for aside in view.case.set_asides:
        by = f"{shown(view.names.person(aside.by))}: {shown(aside.reason)}"
        text.append(f"\nSet aside  {shown(aside.requirement)}", "bold").append(f"  {by}", QUIET)
    return text


def help_beside(view: CaseView, helped: Helped) -> Text:
    return Text().append("Help and quality\n", "bold").append_text(help_text(view, helped))


def family(view: CaseView) -> Text:
    """The family ledger, the children, and sight of them."""
    case, text = view.case, Text()
    text.append("Children  ", "bold").append(shown(", ".join(case.children)) or "none linked yet (l)")
    text.append("   c: the child's journey\n" if case.children else "\n", QUIET)
    if case.seen_on:
        text.append("Last seen  ", "bold").append(f"{day(case.seen_on)}, {case.seen_count} times in all\n")
    elif view.definition.kind == "assessment":
        text.append("Last seen  ", "bold").append("no sight of the child is recorded yet (s)\n", MISSING)
    text.append("\nWho is to be told\n", "bold")
    if not case.roster:
        text.append("  Nobody is listed yet. y adds somebody.\n", MISSING)
    for key, one in case.roster.items():
        must = "referrer" if one.referrer else "must be told" if one.must_be_told else "may be told"
        who = [must, one.relation, "parental responsibility" if one.parental_responsibility else "",
               one.language, f"advocate: {one.advocate}" if one.advocate else ""]  # fmt: skip
        text.append("  ").append_text(told(one))
        text.append(f"\n    {shown(key)}: {shown(', '.join(w for w in who if w))}\n", QUIET)
        for line in owed_lines(owed_to(case, view.definition, key, view.day), view.day):
            ahead = line.startswith(AHEAD)
            text.append(f"    {'' if ahead else '✗ '}{shown(line)}\n", QUIET if ahead else MISSING)
        for kind, on in one.told.items():
            text.append(f"    {shown(kind)}: {day(on)}\n", QUIET)
        text.append(f"    {promises(one, view.day)}\n" if one.promises else "", QUIET)
    text.append("\nL  the ledger: everything they were told, and said\n" if case.roster else "", QUIET)
    text.append("\nWho works on it\n", "bold")
    since = f" since {day(case.worker_since)}" if case.worker_since else ""
    changes = f", {case.worker_changes} changes of worker" if case.worker_changes else ""
    text.append(f"  {shown(view.names.person(case.worker))}{since}{changes}\n")
    for a in case.appointments:
        if not a.ended:
            role = view.definition.roles[a.role].title if a.role in view.definition.roles else a.role
            text.append(f"  {shown(role)}: {shown(view.names.person(a.person))} since {day(a.since)}\n")
    return text
