"""Pages of figures: each with its question, what people answered, and help and quality of the same cases beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from casereview.errors import NotFound, did_you_mean
from casereview.oversight.figures.beside import Beside, beside
from casereview.oversight.figures.bunching import bunching
from casereview.oversight.figures.closures import same_day
from casereview.oversight.figures.drawing import WIDTH, number, said, several
from casereview.oversight.figures.durations import durations, ended_in, within
from casereview.oversight.figures.explained import DONE, OPEN, explained
from casereview.oversight.figures.facts import CaseFacts
from casereview.oversight.figures.forecast import forecast
from casereview.oversight.figures.intime import in_time
from casereview.oversight.figures.journeys import end_to_end, right_first_time
from casereview.oversight.figures.months import Trend, trend
from casereview.oversight.figures.said import beside_says
from casereview.oversight.figures.said_more import body, story_asked
from casereview.oversight.figures.stages import stages, waiting
from casereview.oversight.figures.suppress import shown as few
from casereview.oversight.figures.urgent import urgent
from casereview.oversight.questions import Answer, answers, question_of
from casereview.service.desk import Desk
from casereview.service.figure_notes import StoryNote, stories
from casereview.service.figures import Gathered
from casereview.text import shown


@dataclass(frozen=True, slots=True)
class Kind:
    """A figure there is: what works it out, and which cases it is about. by_name: only for whoever asks for it."""

    name: str
    title: str
    says: str
    make: Callable[[Gathered], Any]
    about: Callable[[Gathered], Iterable[CaseFacts]]
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class FigurePage:
    """One figure as people read it."""

    name: str
    title: str
    cases: int | None  # of the selection; None where they are too few to show
    figure: Any
    beside: Beside
    question: str
    answers: tuple[Answer, ...]
    stories: tuple[StoryNote, ...]
    notes: tuple[str, ...]


def _ended(g: Gathered) -> list[CaseFacts]:
    return [case for case, _ in ended_in(g.facts, g.selection.measure, g.selection.period)]


def _closed(g: Gathered) -> list[CaseFacts]:
    return [c for c in g.facts if c.closed is not None and within(c.closed, g.selection.period)]


def _longer(g: Gathered) -> list[CaseFacts]:
    ended = [c for c, one in ended_in(g.facts, g.selection.measure, g.selection.period) if one.standing in DONE]
    return ended + [c for c in g.facts if any(one.standing in OPEN for one in c.of(g.selection.measure))]


def _all(g: Gathered) -> Iterable[CaseFacts]:
    return g.facts


def _forecast(g: Gathered) -> Any:
    return forecast(g.facts, g.day, _trend(g), measure=g.selection.measure, smallest=g.smallest)


def _trend(g: Gathered) -> Any:
    asked = g.selection
    return trend(
        g.facts, g.day, what=asked.what, measure=asked.measure, months=asked.months, smallest=g.smallest
    )  # fmt: skip


def _timed(make: Callable[..., Any], *names: str) -> Callable[[Gathered], Any]:
    """A function of facts, a day, the period, the smallest number and those parts of the selection."""

    def made(g: Gathered) -> Any:
        asked = {name: getattr(g.selection, name) for name in names}
        return make(g.facts, g.day, period=g.selection.period, smallest=g.smallest, **asked)

    return made


def _end_to_end(g: Gathered) -> Any:
    return end_to_end(g.facts, g.known, g.day, g.calendar, period=g.selection.period, smallest=g.smallest)


KINDS: tuple[Kind, ...] = (
    Kind("durations", "How long it took", "Bands, quartiles and the longest; by team, workflow, lane or month",
         _timed(durations, "measure", "by"), _ended),
    Kind("bunching", "Bunching at the date", "Whether more ends just before a date than before that",
         _timed(bunching, "measure", "around"), _ended),
    Kind("same-day", "Ended the same day, or early", "Beside decisions, looks at quality and who came again",
         _timed(same_day, "measure"), _ended),
    Kind("stages", "Time in each stage", "The worker's days, those of whoever oversees, and what was sent back",
         _timed(stages), _all),
    Kind("waiting", "On whom cases waited", "Beside the time, never taken from it", _timed(waiting),
         lambda g: [c for c in g.facts if c.waits]),
    Kind("explained", "Explained and not explained", "What is longer than expected, and how old agreements are",
         _timed(explained, "measure"), _longer),
    Kind("end-to-end", "End-to-end time", "First contact until the family was told the decision, across cases",
         _end_to_end, _closed),
    Kind("right-first-time", "Right first time", "Not sent back, and nobody came again within a year",
         _timed(right_first_time), _closed),
    Kind("urgent", "The urgent lane", "How soon the child was seen and protected, ahead of how soon it was decided",
         _timed(urgent), lambda g: [c for c in g.facts if c.lane]),
    Kind("trend", "Month by month", "A control chart, with the stories people know", _trend, _ended),
    Kind("forecast", "A look ahead", "The months to come if nothing changes, and by when what is open may end",
         _forecast, lambda g: [c for c in g.facts if c.closed is None]),
    Kind("in-time", "Within the indicative time", "Only because you asked; read its caveat",
         _timed(in_time, "measure"), _ended, by_name=True),
)  # fmt: skip


def kind_named(name: str) -> Kind:
    """Raises NotFound, with the nearest spelling."""
    for kind in KINDS:
        if kind.name == name:
            return kind
    raise NotFound(
        f"there is no figure {shown(name, width=40)!r}", remedy=did_you_mean(name, [kind.name for kind in KINDS])
    )


def page(desk: Desk, gathered: Gathered, name: str) -> FigurePage:
    """One figure with everything that stands beside it. Raises NotFound for a figure there is not."""
    kind = kind_named(name)
    asked = gathered.selection
    told = stories(desk, team=asked.team, workflow=asked.workflow) if name in ("trend", "forecast") else []
    return FigurePage(
        name, kind.title, few(len(gathered.facts), gathered.smallest), kind.make(gathered),
        beside(kind.about(gathered), gathered.smallest), question_of(name),
        tuple(answers(desk, name)), tuple(told), notes(gathered),
    )  # fmt: skip


def notes(gathered: Gathered) -> tuple[str, ...]:
    """What the figures are of."""
    asked = gathered.selection
    count = few(len(gathered.facts), gathered.smallest)
    about = "at least " if count and gathered.smallest > 1 else ""
    of = ["too few cases to show" if count is None else f"{about}{several(count, 'case')} you may know of"]
    of += [f"workflow {asked.workflow}"] if asked.workflow else []
    of += [f"kind {asked.kind}"] if asked.kind else []
    of += [f"team {gathered.teams.get(asked.team, asked.team)}"] if asked.team else []
    of += [f"ended from {asked.since}"] if asked.since else []
    of += [f"ended up to {asked.until}"] if asked.until else []
    lines = [f"{', '.join(of)}; as known on {gathered.day}."]
    if gathered.void:
        lines.append(f"Opened by mistake and left out: {number(few(gathered.void, gathered.smallest))}.")
    if gathered.smallest > 1:
        lines.append(rounded(gathered.smallest))
    return tuple(lines)


def rounded(smallest: int) -> str:
    """What is done to every number of cases, for whoever reads them."""
    few = "The number 1 is" if smallest == 2 else f"Numbers from 1 to {smallest - 1} are"
    return (
        f"{few} not shown, nor what would give them away; all others are rounded down to a multiple of {smallest} "
        f"({2 * smallest} is {2 * smallest} to {3 * smallest - 1}), so they need not add up; "
        "a share takes the middle of both ranges."
    )


# ---- as people read it ------------------------------------------------------------------------------------------
def page_lines(found: FigurePage, gathered: Gathered, width: int = WIDTH) -> list[str]:
    """The whole page in plain text: the figure, what stands beside it, the question and what people answered."""
    lines = [found.title, *_quiet(found.notes, width), ""]
    lines += _with_stories(body(found.figure, gathered.teams, gathered.smallest, width), found.stories, width)
    if isinstance(found.figure, Trend):
        lines += story_asked(found.figure, {one.month for one in found.stories}, width)
    lines += ["", *beside_says(found.beside, gathered.smallest, width), ""]
    lines += said(found.question, width)
    for one in found.answers:
        lines += said(f"{one.by_name}, {one.on}: {one.text}", width, "  ")
    if not found.answers:
        lines += said(f"Nobody has answered yet. What do you know? casereview figures answer {found.name} TEXT", width)
    return lines


def _with_stories(lines: Iterable[str], told: Iterable[StoryNote], width: int) -> list[str]:
    """Each story under the line of its month; those of months that are not on the page come last."""
    left, drawn = list(told), []
    for line in lines:
        drawn.append(line)
        for one in [one for one in left if line.startswith(f"  {one.month} ")]:
            drawn += said(f"» {one.text} ({one.by_name}, {one.on})", width, " " * 11)
            left.remove(one)
    for one in left:
        drawn += said(f"» {one.month}: {one.text} ({one.by_name}, {one.on})", width, "  ")
    return drawn


def _quiet(told: Iterable[str], width: int) -> list[str]:
    return [line for one in told for line in said(one, width)]
