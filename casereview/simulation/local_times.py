"""A local protocol in the made-up authority: one team works by it from now on, and one running case was moved to it."""

from __future__ import annotations

from datetime import date, timedelta

from casereview.commands import ChangeProfile
from casereview.service import profiles
from casereview.service.reading import cases
from casereview.simulation.authority import Staff
from casereview.simulation.playing import Player
from casereview.views import CaseQuery
from workflows.profiles import Profiles

TEAM, NAME = "west", "local-early-looks"
ADOPTED = timedelta(days=12)
NOTE = "An example: the team tries early looks together for half a year, then says what came of them."
WHY = "It began just before the team took up early looks together. For this child they come at the right time."


def put_in(player: Player, staff: Staff, today: date) -> int:
    """How many running cases were moved; the others stay with the times they started under."""
    office = player.as_if(player.runs, today - ADOPTED)
    profile = Profiles(office.catalogue).find(NAME)
    profiles.adopt(office, profile, team=TEAM, since=today - ADOPTED, note=NOTE)
    manager = player.as_if(staff.managers[TEAM], today)
    workflow = next(iter(profile.workflows))
    query = CaseQuery(workflow=workflow, team=TEAM, open=True, limit=200)
    fit = [
        row for row in cases(manager, query).rows
        if row.standing == "on_course" and ADOPTED < today - row.opened <= 2 * ADOPTED
    ]  # fmt: skip
    for row in sorted(fit, key=lambda row: (row.opened, row.title))[:1]:
        manager.do(row.case, ChangeProfile(profile.label, WHY))
    return min(len(fit), 1)
