"""What stands beside every time: help and quality of one case in a line, and of a group of cases in a few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from casereview.case import Case
from casereview.oversight.figures.suppress import SMALLEST, Part, line, part, shown
from casereview.oversight.quality.words import ASPECTS, CLEARLY, GRADES, NOT_YET, PROGRESS, came_again, counted
from casereview.ports import Reading
from casereview.service import record_access
from casereview.views import CaseRow

if TYPE_CHECKING:
    from casereview.service.desk import Desk

LOOK, GOAL, MOVED, LAST = "quality-look", "goal", "goal-progress", "look-back"
OTHER_LOOKS = ("quality-assurance",)  # of a review, which is graded in its own way


@dataclass(frozen=True, slots=True)
class Beside:
    """Help and quality of one case. Days are those of the newest record of a kind; None where there is none.

    of_a_child  an assessment or the like, of which a child's words and a family's view can be asked
    grades      the newest quality look: (what it is at, the word given)
    progress    the newest word on any goal; lasted: of the look back after closing
    early       it ended because enough was known
    again       references of cases about the same child that came within a year of this one's closing, or before which
                an earlier one had closed within a year
    workers     how many people have been its worker
    """

    case: str
    of_a_child: bool
    decided: date | None
    looked: date | None
    grades: tuple[tuple[str, str], ...]
    heard: date | None
    family: date | None
    goals: int
    progress: str
    progress_on: date | None
    shared: date | None
    lasted: str
    early: bool
    again: tuple[str, ...]
    workers: int

    @property
    def short(self) -> str:
        """In a few words, for a column: what is missing first."""
        parts = [] if self.decided else ["no decision yet"]
        parts += _look(self, short=True)
        if self.of_a_child and self.heard is None:
            parts.append("child not heard")
        if self.goals:
            parts.append(self.progress or counted(self.goals, "goal"))
        if self.again:
            parts.append("came again")
        return ", ".join(parts)

    @property
    def says(self) -> str:
        """The same in one line, in full."""
        parts = [f"decision {self.decided}" if self.decided else "no decision recorded yet", *_look(self, short=False)]
        if self.of_a_child:
            parts.append(f"child heard {self.heard}" if self.heard else "no words of the child recorded yet")
            parts.append(f"family's view {self.family}" if self.family else "no view of the family recorded yet")
        if self.goals:
            now = f": {self.progress} ({self.progress_on})" if self.progress else ", no progress recorded yet"
            parts.append(f"{counted(self.goals, 'goal')}{now}")
        if self.shared:
            parts.append(f"shared with the family {self.shared}")
        if self.early:
            parts.append("stopped early, enough was known")
        if self.lasted:
            parts.append(f"looked back: {self.lasted}")
        if self.again:
            parts.append(f"concern came again: {', '.join(self.again)}")
        if self.workers > 1:
            parts.append(counted(self.workers, "worker") + " so far")
        return "; ".join(parts)


def _look(one: Beside, *, short: bool) -> list[str]:
    if one.looked is None:
        return ["no quality look yet"]
    if not one.grades:
        return ["looked at" if short else f"quality looked at {one.looked}"]
    less = [f"{ASPECTS.get(name, name)} {word}" for name, word in one.grades if word != CLEARLY]
    if short:
        unclear = [ASPECTS.get(name, name) for name, word in one.grades if word == NOT_YET]
        if unclear:
            return [f"not yet: {', '.join(unclear)}"]
        return [f"looked at: {'in part' if less else 'clearly'}"]
    return [f"quality look {one.looked}: {', '.join(less) if less else 'clearly throughout'}"]


# ---- one case --------------------------------------------------------------------------------------------------
def of_case(
    case: Case, kinds: Container[str], newest: Mapping[str, Mapping[str, Any]], others: Iterable[CaseRow] = ()
) -> Beside:
    """From the folded case and the kinds of record its workflow has, the newest record's values by kind, and the
    other cases about its children.
    """

    def on(*kinds: str) -> date | None:
        days = [t.newest_on for k in kinds if (t := case.records.get(k)) and t.live and t.newest_on]
        return max(days, default=None)

    look = newest.get(LOOK, {})
    goals, moved = case.records.get(GOAL), newest.get(MOVED, {})
    return Beside(
        case.ref, "childs-words" in kinds, on("decision", "review-decision"), on(LOOK, *OTHER_LOOKS),
        tuple((name, str(look[name])) for name in ASPECTS if look.get(name)),
        on("childs-words"), on("family-view"), len(goals.live) if goals else 0,
        str(moved.get("progress", "")), on(MOVED), on("outcome-shared"), str(newest.get(LAST, {}).get("lasted", "")),
        case.enough_known, again(case, others), max(len({w.worker for w in case.workers}), 1 if case.worker else 0),
    )  # fmt: skip


class Dated(Protocol):
    """A case as far as it is to be compared with others: a row of a list, or the name of it."""

    @property
    def id(self) -> str: ...
    @property
    def opened(self) -> date: ...
    @property
    def closed(self) -> date | None: ...


class Named(Dated, Protocol):
    @property
    def case(self) -> str: ...


def again(case: Dated, others: Iterable[Named]) -> tuple[str, ...]:
    """References of the cases between which and this one concern came again within a year, whichever came first."""
    return tuple(
        other.case
        for other in others
        if other.id != case.id and (came_again(case.closed, other.opened) or came_again(other.closed, case.opened))
    )


def beside(desk: Desk, work: Reading, cases: Iterable[Case], *, with_others: bool = True) -> dict[str, Beside]:
    """By case id, for the cases of a page: a few short reads for each. `cases` came from a port that kept law 7.

    with_others  also look for concern that came again, among the cases this viewer may know of
    """
    viewer, found = desk.me(work).id, {}
    for case in cases:
        newest: dict[str, Mapping[str, Any]] = {}
        for kind in (LOOK, MOVED, LAST):
            tally = case.records.get(kind)
            row = record_access.one(desk, work, case, max(tally.live)) if tally and tally.live else None
            if row is not None:
                newest[kind] = row.values
        others = work.cases_of(viewer, case.children, desk.today) if with_others and case.children else []
        found[case.id] = of_case(case, desk.definition_of(work, case).records, newest, others)
    return found


# ---- a group of cases ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Together:
    """The same for a group of cases; small numbers are hidden by the rule of all figures.

    cases     how many; None where they are too few
    grades    what the newest looks found: aspect -> word -> how many (None: hidden), for the cases looked at
    progress  the newest word on a goal -> how many (None: hidden), for the cases with a goal
    """

    cases: int | None
    decided: Part
    looked: Part
    heard: Part
    family: Part
    goals: Part
    early: Part
    again: Part
    grades: dict[str, dict[str, int | None]]
    progress: dict[str, int | None]

    @property
    def says(self) -> tuple[str, ...]:
        """In words, a line for each."""
        lines = [
            f"decision recorded: {told(self.decided)}; quality looked at: {told(self.looked)}",
            f"child's words: {told(self.heard)}; family's view: {told(self.family)}",
            f"goals agreed: {told(self.goals)}; stopped early: {told(self.early)}; came again: {told(self.again)}",
        ]
        for aspect, words in self.grades.items():
            lines.append(f"{ASPECTS.get(aspect, aspect)}: {_words(words)}")
        if self.progress:
            lines.append(f"newest word on a goal: {_words(self.progress)}")
        return tuple(lines)


def told(one: Part) -> str:
    """Such as “12 of 30”, or why it is not shown."""
    if one.hidden == "too few":
        return "too few cases to say"
    if one.hidden == "few":
        return f"a few of {one.of:,}"
    if one.hidden == "nearly all":
        return f"nearly all of {one.of:,}"
    return f"{one.count:,} of {one.of:,}"


def _words(counts: Mapping[str, int | None]) -> str:
    return ", ".join(f"{word} {'not shown' if count is None else f'{count:,}'}" for word, count in counts.items())


def together(rows: Iterable[Beside], smallest: int = SMALLEST) -> Together:
    """Of a group: a team's, a period's, a bar's of a chart. Each case counts once."""
    cases = list({row.case: row for row in rows}.values())
    of_children = [one for one in cases if one.of_a_child]

    def count(name: str, among: Sequence[Beside]) -> Part:
        return part(sum(bool(getattr(one, name)) for one in among), len(among), smallest)

    looked, goals = count("looked", cases), count("goals", cases)
    # where a part is hidden, counts that add up to it would give it away
    looks = [] if looked.hidden else [dict(one.grades) for one in cases if one.grades]
    moved = [] if goals.hidden else [one.progress for one in cases if one.goals]
    return Together(
        shown(len(cases), smallest), count("decided", cases), looked, count("heard", of_children),
        count("family", of_children), goals, count("early", cases), count("again", of_children),
        {a: lines for a in ASPECTS if (lines := _tally([look.get(a, "") for look in looks], GRADES, smallest))},
        _tally(moved, PROGRESS, smallest),
    )  # fmt: skip


def _tally(said: Sequence[str], words: Sequence[str], smallest: int) -> dict[str, int | None]:
    """How many said each word, in the order of the words, then "none yet"; nothing of a group that is too small."""
    if len(said) < max(smallest, 1):
        return {}
    known = Counter(said)
    counts = [known[word] for word in words]
    counts.append(len(said) - sum(counts))
    told = zip((*words, "none yet"), line(counts, smallest), strict=True)
    return {word: count for word, count in told if count != 0 or word != "none yet"}
