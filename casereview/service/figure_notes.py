"""What an authority keeps about its figures: below which number counts are hidden, and stories pinned to months."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.events import KeptSet
from casereview.oversight.figures.suppress import SMALLEST
from casereview.people import Kept
from casereview.ports import Reading
from casereview.service.desk import Desk
from casereview.service.impersonal import EVERYONES, impersonal
from casereview.service.registry import require_keeper
from casereview.text import required, shown

SETTING, SMALLEST_KEY, STORY = "setting", "smallest", "story"
MOST = 100  # the largest number below which an authority may have counts hidden
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip


# ---- settings --------------------------------------------------------------------------------------------------
def smallest(desk: Desk) -> int:
    """Counts below this are hidden."""
    with desk.reading() as work:
        return smallest_in(work)


def smallest_in(work: Reading) -> int:
    kept = work.kept_one(SETTING, SMALLEST_KEY)
    return int(kept.body["value"]) if kept is not None else SMALLEST


def set_smallest(desk: Desk, number: int) -> int:
    """Sets the number below which counts are hidden, for everyone; 1 hides nothing.

    For those who keep people and teams: raises NotFound for anyone else, and CaseReviewError for a number it
    cannot be (from 1 to 100).
    """
    if not 1 <= number <= MOST:
        raise CaseReviewError(f"{number} is not from 1 to {MOST}", where="--smallest", remedy=f"Usual is {SMALLEST}.")
    with desk.writing() as work:
        require_keeper(desk, work)
        kept = work.kept_one(SETTING, SMALLEST_KEY)
        history = list(kept.body.get("history", ())) if kept else []
        history.append({"on": desk.today.isoformat(), "by": desk.person, "act": "set", "text": str(number)})
        desk.register(work, KeptSet(SETTING, SMALLEST_KEY, body={"value": number, "history": history}))
        return number


# ---- stories ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class StoryNote:
    """What somebody knows about a month; shown at that point of every trend of this team and workflow ("": of all)."""

    key: str
    month: str
    text: str
    by: str
    by_name: str
    on: date
    team: str = ""
    workflow: str = ""


def stories(desk: Desk, *, team: str = "", workflow: str = "") -> list[StoryNote]:
    """Every story, by month; with a team or a workflow, those of it and those of all."""
    with desk.reading() as work:
        names = desk.known(work).names
        found = [_note(kept, names.person(kept.body["by"])) for kept in work.kept(STORY)]
    meant = [one for one in found if _meant(one.team, team) and _meant(one.workflow, workflow)]
    return sorted(meant, key=lambda one: (one.month, one.on, one.key))


def _meant(of: str, wanted: str) -> bool:
    return not wanted or of in ("", wanted)


def _note(kept: Kept, by_name: str) -> StoryNote:
    body = kept.body
    on = date.fromisoformat(body["on"])
    return StoryNote(kept.key, body["month"], body["text"], body["by"], by_name, on, body["team"], body["workflow"])


def add_story(desk: Desk, month: str, text: str, *, team: str = "", workflow: str = "") -> StoryNote:
    """Pins what somebody knows to a month. Everyone reads it: it is about the work, never about one child or family.

    Raises CaseReviewError where the month is none, or still to come, and where nothing is said or somebody is named.
    """
    name = parse_month(month, desk.today)
    said = required(text, "the story", one_line=False, limit=EVERYONES)
    with desk.writing() as work:
        me = desk.me(work)
        said = impersonal(desk, work, said)
        workflows = {*desk.catalogue.names(), *(name for _, name, _, _ in work.definitions())}
        if workflow and workflow not in workflows:
            says = f"there is no workflow {shown(workflow, width=40)!r}"
            raise NotFound(says, remedy=did_you_mean(workflow, workflows))
        teams = desk.known(work).teams
        if team and team not in teams:
            raise NotFound(f"there is no team {shown(team, width=40)!r}", remedy=did_you_mean(team, teams))
        key = f"{name}-{len(work.kept(STORY)) + 1:04d}-{desk.new_id()[:6]}"
        body = {"month": name, "text": said, "by": me.id, "on": desk.today.isoformat(),
                "team": team, "workflow": workflow}  # fmt: skip
        desk.register(work, KeptSet(STORY, key, body=body))
        return StoryNote(key, name, said, me.id, me.name, desk.today, team, workflow)


def remove_story(desk: Desk, key: str) -> None:
    """Takes a story off the charts: its author, or whoever keeps people and teams. The journal keeps it."""
    with desk.writing() as work:
        kept = work.kept_one(STORY, key)
        if kept is None:
            raise NotFound(f"there is no story {shown(key, width=60)!r}", remedy="See: casereview figures story list")
        if kept.body["by"] != desk.me(work).id:
            require_keeper(desk, work)
        desk.register(work, KeptSet(STORY, key, body=dict(kept.body), gone=True))


def parse_month(text: str, today: date) -> str:
    """A month as typed (2025-03, 03/2025, March 2025) as "2025-03"."""
    said = " ".join(text.split()).casefold()
    found = re.fullmatch(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})|(?P<m2>[0-9]{1,2})/(?P<y2>[0-9]{4})", said)
    spoken = re.fullmatch(r"(?P<name>[a-z]{3,9})\.? (?P<y>[0-9]{4})", said)
    year, month = 0, 0
    if found:
        year, month = int(found["y"] or found["y2"]), int(found["m"] or found["m2"])
    elif spoken:
        year = int(spoken["y"])
        month = next((at for at, name in enumerate(_MONTHS, 1) if name.startswith(spoken["name"])), 0)
    if not 1 <= month <= 12 or year < 1990:
        raise CaseReviewError(
            f"{shown(text, width=40)!r} is not a month", where="month", remedy="Such as 2025-03, or March 2025."
        )
    if (year, month) > (today.year, today.month):
        raise CaseReviewError(f"{year:04d}-{month:02d} has not come yet", where="month", remedy="Give one that has.")
    return f"{year:04d}-{month:02d}"
