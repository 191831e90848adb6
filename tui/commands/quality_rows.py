"""How each list of help and quality is laid out: on the command line, on the screens and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casereview.oversight.quality import sheet
from casereview.oversight.quality.words import counted

if TYPE_CHECKING:
    from casereview.oversight.quality.continuity import Continuity
    from casereview.oversight.quality.early import Ended
    from casereview.oversight.quality.goals import Goal
    from casereview.oversight.quality.looking_back import LookBack
    from casereview.oversight.quality.looks import Look
    from casereview.oversight.quality.referrers import Referrer
    from casereview.oversight.quality.repeats import Concern, Repeat
    from casereview.oversight.quality.themes import Drawn, Theme
    from casereview.oversight.quality.voices import Voice


@dataclass(frozen=True, slots=True)
class Laid:
    """whole: how many columns from the left are never cut; none: what an empty list says

    next   what to do with a line, on the command line; by: the option that tells lines apart by their state
    """

    heads: tuple[str, ...]
    cells: Callable[[Any], Sequence[object]]
    flat: Callable[[Any], dict[str, Any]]
    none: str
    whole: int = 1
    next: str = ""
    by: str = "--state"


def _looks(row: Look) -> Sequence[object]:
    seen = _told([text for _, text in row.seen]) or row.good or row.better
    return row.on, row.case, row.about.title, row.by_name or "–", row.less, seen or "–"


def _told(parts: Sequence[str]) -> str:
    """What several people wrote, one after the other: as sentences where they wrote sentences."""
    return "; ".join(parts).replace(".; ", ". ")


def _ended(row: Ended) -> Sequence[object]:
    again = ", ".join(f"{a.case} after {a.after} days{' (sibling)' if a.sibling else ''}" for a in row.again)
    beside = [] if row.decided else ["no decision recorded"]
    beside += [] if row.looked else ["no quality look"]
    if row.about.imported:
        beside = ["read in from a return, which tells only dates"]
    return (
        row.about.closed, row.case, row.about.title, row.days, ", ".join(row.how) or "–", again or "–",
        ", ".join(beside) or f"decision {row.decided}, quality look {row.looked}",
    )  # fmt: skip


def _goal(row: Goal) -> Sequence[object]:
    now = f"{row.newest.progress}, {row.newest.on}" if row.newest else "no progress recorded yet"
    words = row.newest.family_words if row.newest else ""
    return row.state, row.case, row.goal or "no goal with the family yet", row.baseline, now, words or "–"


def _look_back(row: LookBack) -> Sequence[object]:
    beside = "stopped early" if row.early else counted(row.goals, "goal") if row.goals else "–"
    again = ", ".join(row.again)
    return (
        row.state, row.case, row.about.title, row.about.closed, row.looked_on or row.due,
        row.lasted or "–", row.helped or (f"concern came again: {again}" if again else beside),
    )  # fmt: skip


def _repeat(row: Repeat) -> Sequence[object]:
    """Brothers and sisters concerned on one day are told once."""
    days: dict[object, list[Concern]] = {}
    for one in row.concerns:
        days.setdefault(one.about.opened, []).append(one)
    told = " ‹ ".join(f"{day} {_time_of(some)}" for day, some in days.items())
    return row.newest, row.case, row.times, ", ".join(row.children), row.open or "–", told


def _time_of(some: Sequence[Concern]) -> str:
    others = f" and {counted(len(some) - 1, 'more case')}" if len(some) > 1 else ""
    helps = ", ".join(dict.fromkeys(one.help for one in some if one.help))
    return f"{some[0].about.title}{others}{f': {helps}' if helps else ''}"


def _continuity(row: Continuity) -> Sequence[object]:
    story = " › ".join(f"{w.worker_name} {w.since}" for w in row.story)
    return row.child, row.changes, row.people, row.begins, row.now_names or "nobody named", story or "–"


def _referrer(row: Referrer) -> Sequence[object]:
    return row.decided, row.case, row.label or "–", row.state, row.days, row.heard_on or "–", row.command


def _voice(row: Voice) -> Sequence[object]:
    return row.on, row.case, row.who, row.text, row.kind_title


def _theme(row: Theme) -> Sequence[object]:
    looked = sum(bool(one.looks) for one in row.cases)
    return row.on, row.key, row.theme, f"{looked} of {len(row.cases)}", row.by_name, row.reason


def _drawn(row: Drawn) -> Sequence[object]:
    less = "; ".join(look.less for look in row.looks)
    seen = _told([_told([text for _, text in look.seen]) or look.good or look.better for look in row.looks])
    return row.case, row.about.title, row.given_name or "nobody yet", row.state, less or "–", seen or "–"


def flat_drawn(row: Drawn) -> dict[str, Any]:
    """A drawn case with its newest look beside it, for a spreadsheet."""
    case = sheet.drawn(row)
    newest = sheet.look(row.looks[0]) if row.looks else {}
    return {k: v for k, v in case.items() if k != "looks"} | {k: v for k, v in newest.items() if k not in case}


LOOKS = Laid(
    ("on", "case", "what it is about", "by", "what was found", "what was seen"),
    _looks,
    sheet.look,
    "No look at quality and no decision without one in the cases you may know of.",
    2,
    next="A look is recorded with: casereview record CASE quality-look",
)
EARLY = Laid(
    ("closed", "case", "what it is about", "working days", "early because", "came again", "beside it"),
    _ended,
    sheet.ended,
    "Nothing was closed early or came again in cases you may know of.",
    2,
)
GOALS = Laid(
    ("where it stands", "case", "goal", "at the beginning", "now", "in the family's words"),
    _goal,
    sheet.goal,
    "No goal is listed here. Write one down: casereview record CASE goal",
    2,
    next="How things are now: casereview record CASE goal-progress",
)
LOOK_BACKS = Laid(
    ("state", "case", "what it is about", "closed", "on", "did it last", "what helped, or beside it"),
    _look_back,
    sheet.look_back,
    "No closed case to look back at yet.",
    2,
    next="The answer: casereview record CASE look-back",
)
REPEATS = Laid(
    ("newest", "newest case", "times", "children", "open", "newest first: what it was about, and the help"),
    _repeat,
    sheet.repeat,
    "No repeated concern in the cases you may know of.",
    2,
    next="The whole story: casereview journey CHILD",
)
CONTINUITY = Laid(
    ("child", "changes", "people", "began again", "now with", "so far"),
    _continuity,
    sheet.continuity,
    "No child with an open case that you may know of.",
    next="The whole story: casereview journey CHILD",
)
REFERRERS = Laid(
    ("decided", "case", "who referred", "state", "days since", "heard on", "run"),
    _referrer,
    sheet.referrer,
    "Everybody who referred has been told, where a decision was made.",
    2,
)
VOICES = Laid(
    ("on", "case", "who", "what was said", "where"),
    _voice,
    sheet.voice,
    "Nothing that a child or a family said is written down in these cases yet.",
    2,
    by="--whose",
)
THEMES = Laid(
    ("drawn", "theme", "name", "looked at", "by", "why"),
    _theme,
    sheet.theme,
    "No thematic sample yet. Draw one: casereview quality sample --theme … --reason …",
    2,
)
DRAWN = Laid(
    ("case", "what it is about", "given to", "state", "what was found", "in words"),
    _drawn,
    flat_drawn,
    "No case of this sample is one you may know of.",
)
