"""Parts of a report about groups of cases: help and quality, how long things take, and whose time it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casereview.oversight.figures.beside import Beside, beside
from casereview.oversight.figures.bunching import Bunching, bunching
from casereview.oversight.figures.closures import same_day
from casereview.oversight.figures.durations import Durations, Period, Spread, durations, ended_in
from casereview.oversight.figures.explained import Ratio, explained
from casereview.oversight.figures.facts import CaseFacts
from casereview.oversight.figures.stages import stages, waiting
from casereview.oversight.figures.suppress import parts
from casereview.oversight.figures.urgent import Soon, urgent
from casereview.oversight.questions import Answer
from casereview.reports.document import Block, Chart, Column, Heading, Note, Paragraph, Table
from casereview.reports.provenance import Source
from casereview.reports.saying import HIDDEN, asked, days, number, of, period, quarters
from casereview.words import standing_word

KINDS = {"assessment": "Assessments", "review": "Reviews", "plan": "Plans", "recommendation": "Recommendations"}
R = True  # a column of numbers
Ask = Callable[[CaseFacts], bool]


@dataclass(frozen=True, slots=True)
class Group:
    """Cases of one kind, and the days over which they ended."""

    facts: Sequence[CaseFacts]
    period: Period
    source: Source
    teams: Mapping[str, str]
    answers: Sequence[Answer]
    singly: bool = True  # whether a case may be named

    @property
    def words(self) -> str:
        """The days over which they ended, in words."""
        return period(self.period[0], self.period[1] or self.source.day)

    @property
    def enough(self) -> bool:
        """Whether anything can be said of it as a group: enough ended in the period, or are open."""
        running = sum(case.closed is None for case in self.facts)
        return max(len({case.ref for case in self.ended}), running) >= self.source.smallest

    @property
    def ended(self) -> list[CaseFacts]:
        return [case for case, _ in ended_in(self.facts, "", self.period)]


def kinds(facts: Sequence[CaseFacts]) -> list[tuple[str, list[CaseFacts]]]:
    """The cases by kind, in the order of KINDS: times of an assessment and of a review say nothing together."""
    found: dict[str, list[CaseFacts]] = {}
    for one in facts:
        found.setdefault(one.kind, []).append(one)
    order = list(KINDS)
    names = sorted(found, key=lambda kind: (order.index(kind) if kind in order else len(order), kind))
    return [(KINDS.get(kind, kind.capitalize()), found[kind]) for kind in names]


# ---- help and quality --------------------------------------------------------------------------------------------
def quality(group: Group) -> Iterator[Block]:
    """What stands beside the times: of those that ended in the period."""
    found = beside(group.ended, group.source.smallest)
    yield Table(
        f"Of those that ended, {group.words}",
        (Column("What is known of help and quality", weight=5), Column("How many", R, weight=2)),
        (
            ("A decision is recorded", of(found.decision)),
            ("Somebody looked at the quality of the work", of(found.looked)),
            ("The child's own words are recorded", of(found.words)),
            ("The family's view is recorded", of(found.family_view)),
            ("The same child had come before, within a year", of(found.earlier)),
            ("The same child came again within a year of closing, of those whose year is over", of(found.again)),
            ("Brought in from a return, which carries none of this", of(found.imported)),
        ),
    )
    yield from _found(found)
    yield from asked("quality", group.answers)


def _found(found: Beside) -> Iterator[Block]:
    if found.found:
        rows = tuple((o.question.capitalize(), *map(number, (o.clearly, o.in_part, o.not_yet))) for o in found.found)
        columns = (Column("What the looks were at", weight=4), Column("Clearly", R), Column("In part", R),
                   Column("Not yet", R))  # fmt: skip
        yield Table("What the newest look at each case found", columns, rows)


# ---- how long ----------------------------------------------------------------------------------------------------
def how_long(group: Group) -> Iterator[Block]:
    found = durations(group.facts, group.source.day, period=group.period, smallest=group.source.smallest)
    yield Paragraph(f"Measured: {found.title}, in {found.unit}.")
    yield from _spread(found.done, f"How long those took that ended, {group.words}")
    yield from asked("durations", group.answers)
    yield from _spread(found.open, "How long those that are open have taken so far")
    if found.oldest and found.open.count is not None and group.singly:
        yield from _oldest(found)
    yield from _bunched(group)
    yield from _endings(group)


def _spread(found: Spread, title: str) -> Iterator[Block]:
    if found.count is None or not found.count:
        yield Paragraph("None." if found.count == 0 else "Too few to show.", lead=f"{title}:")
        return
    lower, median, upper = quarters(found.quartiles)
    tells = (
        f"Of {found.count:,}, a quarter took no more than {lower} working days, half no more than {median}, and three "
        f"quarters no more than {upper}. The longest took {number(found.longest)}."
    )
    labels, values = tuple(b.label for b in found.bands), tuple(b.count for b in found.bands)
    yield Chart(title, "bars", labels, values, "how many, by working days", tells, HIDDEN)


def _oldest(found: Durations) -> Iterator[Block]:
    rows = tuple((one.case, f"{one.days:,}") for one in found.oldest)
    yield Table("Open longest", (Column("Case", weight=3), Column("Working days so far", R)), rows)


def _bunched(group: Group) -> Iterator[Block]:
    found = bunching(group.facts, group.source.day, period=group.period, smallest=group.source.smallest)
    yield Paragraph(_bunching_says(found), lead="Do they end when the question is answered, or when the date comes?")
    if found.ratio is not None:
        yield from asked("bunching", group.answers)


def _bunching_says(found: Bunching) -> str:
    date = {"indicative": "the indicative date", "agreed": "the date agreed for the child"}.get(
        found.around, f"{found.around} working days after the start"
    )
    if found.ratio is None:
        return f"There are too few around {date} to say."
    drop = "" if found.drop is None else f", and {days(found.drop)} times as many on each of the five after it"
    return (
        f"On each of the last five working days up to {date}, {found.ratio:,.1f} times as many ended as on each of the "
        f"ten before{drop}. 1 would mean that the date makes no difference. Of those that ended, "
        f"{'all but a few' if found.left_out is None else number(found.counted)} have such a date."
    )


def _endings(group: Group) -> Iterator[Block]:
    found = same_day(group.facts, group.source.day, period=group.period, smallest=group.source.smallest)
    if not found.total:
        return
    rows = tuple(
        (one.says.capitalize(), number(one.count), of(one.decision), of(one.seen), of(one.looked), of(one.again))
        for one in found.kinds
    )
    columns = (Column("How they ended", weight=3), Column("How many", R), Column("With a decision", R, 1.3),
               Column("Child seen", R, 1.3), Column("Quality looked at", R, 1.3),
               Column("Came again", R, 1.3))  # fmt: skip
    yield Table("Ways of ending, with what stands beside them", columns, rows)
    yield from asked("same-day", group.answers)


# ---- where the time went -----------------------------------------------------------------------------------------
def where_time_went(group: Group) -> Iterator[Block]:
    found = stages(group.facts, group.source.day, period=group.period, smallest=group.source.smallest)
    rows = tuple(
        (f"{one.title}{' (only a manager can take it on)' if one.overseen else ''}", number(one.ended),
         quarters(one.quartiles)[1], quarters(one.quartiles)[2], of(one.returned), number(one.here))
        for one in found.stages
        if one.ended != 0 or one.here != 0
    )  # fmt: skip
    columns = (Column("Stage", weight=3.2), Column("Visits ended", R), Column("Median days", R),
               Column("Upper quarter", R), Column("Sent back", R, 1.4), Column("There now", R))  # fmt: skip
    yield Table("Working days in each stage", columns, rows, "No stage was left or is under way.")
    shared = found.shared
    if shared.cases:
        worker, overseer = quarters(shared.worker), quarters(shared.overseers)
        yield Paragraph(
            f"Of {shared.cases:,} that were closed, half had no more than {worker[1]} working days with the worker and "
            f"no more than {overseer[1]} waiting for a manager. Sent back at least once: {of(shared.returned)}."
        )
    yield from asked("stages", group.answers)
    waits = waiting(group.facts, group.source.day, period=group.period, smallest=group.source.smallest)
    if waits.rows:
        yield Table(
            "On whom cases waited: beside the time, never taken from it",
            (Column("On whom", weight=3), Column("Cases", R), Column("Median days", R), Column("Waiting now", R)),
            tuple((w.on_whom, number(w.cases), quarters(w.quartiles)[1], number(w.now)) for w in waits.rows),
        )
        yield from asked("waiting", group.answers)


# ---- reasons -----------------------------------------------------------------------------------------------------
def reasons(group: Group) -> Iterator[Block]:
    found = explained(group.facts, group.source.day, period=group.period, smallest=group.source.smallest)
    rows = tuple(
        (standing_word(standing).words, number(count))
        for ratio in (found.open, found.done)
        for standing, count in ratio.standings
        if count != 0 and ratio.total is not None
    )
    if rows:
        yield Table("Longer than expected, by standing", (Column("Standing", weight=3), Column("How many", R)), rows)
    yield Paragraph(_ratio(found.open), lead="Open now:")
    yield Paragraph(_ratio(found.done), lead=f"Ended, {group.words}:")
    live = found.agreements
    if live.live:
        yield Paragraph(
            f"{live.live:,} agreements hold; half of them are no older than {quarters(live.age)[1]} days and the "
            f"oldest is {number(live.oldest)}. Ending within a week: {number(live.ending_soon)}; agreed more than "
            f"once: {number(live.renewed)}."
        )
    yield from asked("explained", group.answers)


def _ratio(found: Ratio) -> str:
    if found.total == 0:
        return "none took longer than expected."
    if found.total is None:
        return "too few took longer than expected to say more of them as a group."
    said = f"{number(found.total)} longer than expected; explained while it ran {number(found.explained)}, "
    said += f"not explained {number(found.unexplained)}"
    return f"{said}. That is {found.to_one:,.1f} explained for each one that is not." if found.to_one else f"{said}."


# ---- the urgent lane ---------------------------------------------------------------------------------------------
def urgent_lanes(group: Group) -> Iterator[Block]:
    found = urgent(group.facts, group.source.day, period=group.period, smallest=group.source.smallest)
    rows = tuple(
        (one.lane, number(one.cases), _soon(one.seen), _soon(one.protected), _soon(one.decided), of(one.late))
        for one in found.lanes
        if one.cases is not None
    )
    if found.lanes and not rows:
        yield Paragraph("There is urgent work, but in too few cases to say anything of them as a group.")
        return
    columns = (Column("Lane", weight=1.4), Column("Cases", R), Column("Child seen: median and longest", R, 1.8),
               Column("First action to protect", R, 1.8), Column("Decision", R, 1.8),
               Column("Past the target", R, 1.5))  # fmt: skip
    yield Table("Some need it faster: working days from the opening", columns, rows, "No case is or was urgent.")
    if rows:
        yield from asked("urgent", group.answers)


def _soon(found: Soon) -> str:
    if found.quartiles is None:
        return of(found.reached)
    return f"{days(found.quartiles.median)}, {number(found.longest)} ({of(found.reached)})"


# ---- teams beside each other -------------------------------------------------------------------------------------
def teams(group: Group) -> Iterator[Block]:
    """Teams with help and quality beside time, in order of their name: to read, never to rank."""
    found = durations(group.facts, group.source.day, period=group.period, by="team", smallest=group.source.smallest)
    names = [one.name for one in found.groups]
    if len(names) < 2:
        return
    by_team: dict[str, dict[str, CaseFacts]] = {name: {} for name in names}
    for case in group.ended:
        by_team[case.team or "no team"][case.ref] = case
    beside_time = _columns([list(by_team[name].values()) for name in names], group.source.smallest)
    rows = [
        (group.teams.get(one.name, one.name), number(one.spread.count), quarters(one.spread.quartiles)[1],
         *(column[at] if one.spread.count is not None else HIDDEN for column in beside_time))
        for at, one in enumerate(found.groups)
    ]  # fmt: skip
    columns = (Column("Team", weight=2), Column("Ended", R), Column("Median days", R), Column("Decision", R, 1.4),
               Column("Quality looked at", R, 1.4), Column("Child's words", R, 1.4),
               Column("Came before", R, 1.4))  # fmt: skip
    yield Table("Teams beside each other", columns, tuple(sorted(rows)))
    yield Note(
        "Teams are in order of their name. Their work differs, so this is no ranking: a longer median can be the sign "
        "of harder work or of better work.", "caveat",
    )  # fmt: skip


def _columns(found: Sequence[Sequence[CaseFacts]], smallest: int) -> list[list[str]]:
    asks: tuple[tuple[Ask, Ask], ...] = (
        (lambda c: True, lambda c: c.decision),
        (lambda c: True, lambda c: c.look is not None),
        (lambda c: c.of_a_child, lambda c: c.words),
        (lambda c: True, lambda c: c.earlier),
    )
    columns = []
    for among, has in asks:
        cases = [[case for case in one if among(case)] for one in found]
        columns.append([of(p) for p in parts([sum(map(has, c)) for c in cases], [len(c) for c in cases], smallest)])
    return columns


def heading(name: str, several: bool) -> Iterator[Block]:
    """A heading for a kind of case, where there is more than one."""
    if several:
        yield Heading(name, 2)
