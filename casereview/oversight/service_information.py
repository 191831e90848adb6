"""Whether help makes children safer, as those who use it say: kept and shown beside the numbers of the service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.events import KeptSet
from casereview.exchange.population import WHAT as POPULATION
from casereview.oversight.figures.beside import Beside, beside
from casereview.oversight.figures.drawing import part_says
from casereview.oversight.figures.durations import ended_in
from casereview.oversight.figures.facts import CaseFacts
from casereview.oversight.figures.suppress import part
from casereview.oversight.figures.suppress import shown as few
from casereview.oversight.service_information_kinds import LOCAL, MEASURES, Measure, measure_of
from casereview.people import Kept
from casereview.service import record_access
from casereview.service.desk import Desk
from casereview.service.figures import Selection, gather
from casereview.service.registry import require_keeper
from casereview.text import TEXT_LIMIT, clean, required, shown
from casereview.views import Scope

WHAT = "service-information"
FIGURE = "service"
MOST = 10_000_000
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Information:
    """One figure as it was given, for a time. `of`: how many were asked or looked at; None where nobody said.

    collected   when it was asked; words: what people said, in their words; by, on: who entered it and when
    """

    key: str
    measure: str
    title: str
    since: date
    until: date
    value: int
    of: int | None
    source: str
    collected: date
    words: str
    by: str
    by_name: str
    on: date

    def says(self, smallest: int) -> str:
        """The number, unless it is about so few that somebody could be known by it."""
        if self.of is not None and self.of < smallest:
            return f"fewer than {smallest} were asked: not shown"
        if 0 < self.value < smallest:
            return f"fewer than {smallest}{self._of()}"
        if self.of is not None and 0 < self.of - self.value < smallest:
            return f"all but fewer than {smallest}{self._of()}"
        return f"{self.value:,}{self._of()}"

    def line(self, smallest: int) -> str:
        """The number with its time, its source and who entered it."""
        when = f"{self.since} to {self.until}"
        return (
            f"{self.says(smallest)} ({when}). Source: {self.source}, collected {self.collected}; entered by "
            f"{self.by_name} on {self.on}."
        )

    def _of(self) -> str:
        return f" of {self.of:,}" if self.of is not None else ""


@dataclass(frozen=True, slots=True)
class PopulationFigure:
    """A figure about everybody, as its source gave it: `value` is text, for it may be a mark."""

    area: str
    year: int
    measure: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Section:
    """One measure with what is recorded of it, what this store can say itself, and the question it raises.

    missing   said plainly where nothing is recorded
    """

    measure: Measure
    recorded: tuple[Information, ...]
    ours: tuple[str, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class ServicePage:
    """Service information of a time, beside the numbers of the service, and population information kept here."""

    since: date
    until: date
    team: str
    numbers: tuple[str, ...]
    sections: tuple[Section, ...]
    population: tuple[PopulationFigure, ...]
    smallest: int


# ---- keeping -------------------------------------------------------------------------------------------------------
def add_information(
    desk: Desk, measure: str, value: int, *, of: int | None = None, since: date, until: date, source: str,
    collected: date | None = None, words: str = "",
) -> Information:  # fmt: skip
    """Keeps one figure. A source is required; the same measure, time and source again replaces what was there.

    Takes an office that keeps the registry. Raises CaseReviewError for numbers or days that cannot be.
    """
    kind = measure_of(measure)
    source = required(source, "a source")
    if not 0 <= value <= MOST or (of is not None and not value <= of <= MOST):
        raise CaseReviewError(
            f"{value} of {of if of is not None else '?'} cannot be",
            remedy="No more can have said so than were asked: give both numbers.",
        )
    if until < since:
        raise CaseReviewError("the last day is before the first", where="--until", remedy=f"It begins {since}.")
    asked = collected or desk.today
    if asked > desk.today:
        raise CaseReviewError(f"{asked} is still to come", where="--collected")
    with desk.writing() as work:
        require_keeper(desk, work)
        key = f"{kind.key}/{since}/{until}/{source.casefold()}"
        held = work.kept_one(WHAT, key)
        history = list(held.body.get("history", ())) if held else []
        body: dict[str, Any] = {
            "measure": kind.key, "title": kind.title, "since": since.isoformat(), "until": until.isoformat(),
            "value": value, "of": of, "source": source, "collected": asked.isoformat(),
            "words": clean(words, one_line=False, limit=TEXT_LIMIT, what="words"),
            "by": desk.person, "on": desk.today.isoformat(),
        }  # fmt: skip
        history.append({"on": desk.today.isoformat(), "by": desk.person, "act": "set", "text": str(value)})
        desk.register(work, KeptSet(WHAT, key, body={**body, "history": history}))
        return _information(Kept(WHAT, key, "", body), desk.known(work).names.person)


def take_back(desk: Desk, key: str) -> None:
    """Takes one figure out of use; the journal keeps that it was there. Raises NotFound."""
    with desk.writing() as work:
        require_keeper(desk, work)
        held = work.kept_one(WHAT, key)
        if held is None:
            known = [one.key for one in work.kept(WHAT)]
            raise NotFound(f"nothing is kept as {shown(key, width=80)!r}", remedy=did_you_mean(key, known))
        desk.register(work, KeptSet(WHAT, key, body=held.body, gone=True))


def _information(kept: Kept, name: Callable[[str | None], str]) -> Information:
    body = kept.body
    days = {field: date.fromisoformat(body[field]) for field in ("since", "until", "collected", "on")}
    return Information(
        kept.key, body["measure"], body["title"], days["since"], days["until"], body["value"], body["of"],
        body["source"], days["collected"], body["words"], body["by"], name(body["by"]), days["on"],
    )  # fmt: skip


# ---- reading ------------------------------------------------------------------------------------------------------
def information(desk: Desk, *, since: date | None = None, until: date | None = None) -> list[Information]:
    """Every figure kept whose time touches the days asked about, newest time first."""
    with desk.reading() as work:
        desk.me(work)
        names = desk.known(work).names
        found = [_information(one, names.person) for one in work.kept(WHAT)]
    meant = [i for i in found if (until is None or i.since <= until) and (since is None or i.until >= since)]
    return sorted(meant, key=lambda i: (i.measure, -i.until.toordinal(), i.source))


def population(desk: Desk, find: str = "") -> list[PopulationFigure]:
    """Population figures as imported, by measure, area and year."""
    with desk.reading() as work:
        desk.me(work)
        bodies = [one.body for one in work.kept(POPULATION)]
    found = [PopulationFigure(b["area"], int(b["year"]), b["measure"], b["value"], b["source"]) for b in bodies]
    wanted = find.casefold()
    return sorted(
        (f for f in found if wanted in f"{f.area} {f.measure}".casefold()),
        key=lambda f: (f.measure.casefold(), f.area.casefold(), f.year),
    )


def service_page(
    desk: Desk, *, since: date | None = None, until: date | None = None, team: str = "",
    progress: Progress | None = None,
) -> ServicePage:  # fmt: skip
    """Everything side by side for a time (the last twelve months where none is said)."""
    until = until or desk.today
    since = since or until - timedelta(days=364)
    asked = Selection(kind="assessment", team=team, since=since, until=until)
    found = gather(desk, asked, progress) if progress else gather(desk, asked)
    if team and team not in found.teams:
        raise NotFound(f"no team is known as {shown(team, width=60)!r}", remedy=did_you_mean(team, found.teams))
    ended = [case for case, _ in ended_in(found.facts, "", asked.period)]
    around = beside(ended, found.smallest)
    kept = information(desk, since=since, until=until)
    heard = _heard(desk, found.facts, since, until, team)
    measures = list(MEASURES)
    for one in kept:  # local ones after those every service should know
        if one.measure not in {m.key for m in measures}:
            measures.append(Measure(one.measure, one.title, "", LOCAL, "local"))
    sections = tuple(
        _section(measure, tuple(i for i in kept if i.measure == measure.key), around, heard, found.smallest)
        for measure in measures
    )
    return ServicePage(
        since, until, found.teams.get(team, ""), _numbers(found.facts, around, found.smallest), sections,
        tuple(population(desk)), found.smallest,
    )  # fmt: skip


def _numbers(facts: tuple[CaseFacts, ...], around: Beside, smallest: int) -> tuple[str, ...]:
    running = sum(one.closed is None for one in facts)
    done = f"{around.cases:,}" if around.cases is not None else f"fewer than {smallest}"
    now = _few(running, smallest)
    return (f"Assessments completed in this time: {done}.", f"Assessments open now: {now}.")


def _few(count: int, smallest: int) -> str:
    told = few(count, smallest)
    return f"fewer than {smallest}" if told is None else f"{told:,}"


def _heard(desk: Desk, facts: tuple[CaseFacts, ...], since: date, until: date, team: str) -> dict[str, int]:
    """In how many cases something of each kind was written down in the time, by kind of record and answer."""
    refs: dict[str, set[str]] = {}
    with desk.reading() as work:
        scope = Scope(kind="assessment", team=team)
        for case_id, row in record_access.each(desk, work, ("childs-words", "family-view", "look-back"), scope):
            if since <= row.on <= until:
                refs.setdefault(row.kind, set()).add(case_id)
                if row.kind == "look-back":
                    refs.setdefault(str(row.values.get("lasted", "")), set()).add(case_id)
    return {name: len(cases) for name, cases in refs.items()}


def _section(
    measure: Measure, recorded: tuple[Information, ...], around: Beside, heard: dict[str, int], smallest: int
) -> Section:
    def count(name: str) -> str:
        return _few(heard.get(name, 0), smallest)

    ours: tuple[str, ...] = ()
    if measure.key == "repeat-reports":
        ours = (
            f"Assessments completed whose child had come within a year before: {part_says(around.earlier, smallest)}.",
            f"Of those whose year is over, whose child came again: {part_says(around.again, smallest)}.",
            "A case that comes again is not a report of abuse: the store holds who came again, not why.",
        )
    elif measure.key == "parents-skills":
        ours = (
            f"Cases in which the family's view was written down: {count('family-view')}.",
            "Looks back after closing that found things better and lasting: "
            f"{part_says(part(heard.get('better and lasting', 0), heard.get('look-back', 0), smallest), smallest)}.",
        )
    elif measure.key == "children-safer":
        ours = (f"Cases in which the child's words were written down: {count('childs-words')}.",)
    missing = "" if recorded else "Not recorded: nobody has entered a figure of this for these days."
    return Section(measure, recorded, ours, missing)
