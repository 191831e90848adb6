"""Fills a practice store with a made-up authority that looks alive on the day it is run."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from casereview.calendar import Calendar
from casereview.errors import CaseReviewError
from casereview.service import reading
from casereview.service.desk import Desk
from casereview.simulation import in_the_way, learned, local_times, looked_at, published, reviewers, script
from casereview.simulation.assessments import BEGAN, put_in
from casereview.simulation.authority import facts, staff_of
from casereview.simulation.generator import Year, generate
from casereview.simulation.playing import Player
from casereview.text import clean
from casereview.views import BY_CONCERN, RegisterQuery

Progress = Callable[[str, int, int], None]
HELD_SINCE = timedelta(days=900)  # offices in the made-up authority, so that all of its year can be acted


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What was made. `standings` counts the open expectations that the person who runs the demo may see.

    read_in  completed assessments that end before `began`: one entry each, as read from a census return.
    The others were lived through step by step, by the same rules as any case.
    """

    today: date
    began: date
    people: int
    children: int
    completed: int
    read_in: int
    open: int
    reviews: int
    published: int
    recommendations: int
    entries: int
    seconds: float
    standings: dict[str, int]

    @property
    def says(self) -> tuple[str, ...]:
        """The same in words, and what is made up about it."""
        return (
            f"Everybody in this store is invented. It stands on {self.today}.",
            f"{self.completed} assessments were completed in the year and {self.open} are open, shaped after figures"
            " published for England in 2024 (Department for Education, Open Government Licence v3.0).",
            f"{self.read_in} of them ended before {self.began} and were read in as from a census return, one entry"
            " each; the others were lived through step by step, under the same rules as any case.",
            f"{self.reviews} made-up reviews are under way. {self.published} published reviews are real: only facts"
            " from their sources, and what could not be read is said to be missing.",
            f"{self.recommendations - 1} real recommendations are followed, those of the Munro review, as five public"
            " papers tell what became of them; the neighbouring board's learning pack is made up.",
        )


def _silent(what: str, done: int, of: int) -> None:
    """For whoever does not watch."""


def build_demo(
    desk: Desk, progress: Progress | None = None, *, today: date | None = None, seed: int = 2024, scale: float = 1.0,
    name: str = "", login: str = "",
) -> DemoReport:  # fmt: skip
    """Fills an empty practice store; `desk.person` becomes manager of every team, data officer and chair.

    today   the day it is alive on; the desk's own when None
    scale   1.0 is an authority of the median size in England
    name, login   of `desk.person`, where the store does not know them yet

    The same for the same day, seed and scale, but for salts and instants. Raises CaseReviewError for a store
    that is not for practice or holds something already.
    """
    began = time.monotonic()
    calendar = _calendar(desk)
    says = progress or _silent
    today = today or desk.today
    year = generate(today, seed, scale, calendar)
    staff = staff_of(desk.person, year.workers)
    player = Player(desk, today, seed)
    says("People and teams", 0, 1)
    with player.writing() as work:
        registry = player.as_if(desk.person, today - HELD_SINCE)
        me = registry.known(work).people.get(desk.person)
        registry.register(work, *facts(staff, me, name, login, today - HELD_SINCE))
    lived = put_in(player, year, staff, calendar, seed, says)
    looked_at.put_in(player, today)
    in_the_way.put_in(player, staff, today)
    local_times.put_in(player, staff, today)
    says("Reviews", 0, 1)
    reviewers.put_in(player, today)
    for review in script.REVIEWS:
        script.play(player, script.read(review, today, calendar))
    with player.writing() as work:
        read = published.land(player.as_if("business-manager", today - BEGAN), work)
    real = read, learned.put_in(player, today)
    return _report(player, year, time.monotonic() - began, real, lived.read_in, len(staff.people) + 1)


def _calendar(desk: Desk) -> Calendar:
    """The store's own working days, once it is clear that it may be filled."""
    with desk.reading() as work:
        info = work.info()
        if not info.practice:
            raise CaseReviewError(
                "made-up cases belong in a practice store", where=info.place,
                remedy="Make one: casereview demo, or casereview init --practice",
            )  # fmt: skip
        if next(iter(work.case_ids()), None) is not None:
            raise CaseReviewError(f"{clean(info.place)} holds cases already", remedy="Use a new, empty store.")
        return desk.calendar(work, info.nation, None)


def _report(
    player: Player, year: Year, seconds: float, real: tuple[int, int], read_in: int, people: int
) -> DemoReport:  # fmt: skip
    desk = player.as_if(player.runs, year.today)
    page = reading.register(desk, RegisterQuery(standings=BY_CONCERN, limit=1))
    with desk.reading() as work:
        entries = work.head().seq
    return DemoReport(
        year.today, year.today - BEGAN, people, len(year.children), len(year.completed), read_in, len(year.open),
        len(script.REVIEWS), *real, entries, seconds, dict(page.counts),
    )  # fmt: skip
