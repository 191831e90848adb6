"""Who may lead a review in the made-up authority: its register of reviewers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from casereview.service.reviewers import add
from casereview.simulation.playing import Player

ENTERED = timedelta(days=600)  # before the first of its reviews
INSTITUTE, REGION, CHAIR = "The made-up institute", "The made-up region's supervisor", "The chair who commissions"
REGISTER: dict[str, dict[str, Any]] = {
    "lead-one": {
        "state": "accredited", "accredited_by": INSTITUTE, "training": "Course in two blocks, one review led in a pair",
        "supervision": "In a group, every six weeks", "supervised_by": REGION, "accountable": CHAIR,
        "works_for": ["A university in another county"],
    },
    "lead-two": {
        "state": "accredited", "accredited_by": INSTITUTE, "training": "Course in two blocks, one review led in a pair",
        "supervision": "In a group, and one meeting for each report", "supervised_by": REGION, "accountable": CHAIR,
        "works_for": ["Energy advice charity"],
    },
    "supervisor": {
        "state": "accredited", "accredited_by": INSTITUTE, "training": "Has taught the course for four years",
        "supervised_by": "Peers, twice a year", "accountable": INSTITUTE,
    },
    "board-schools": {
        "state": "in training", "training": "Course begun; looks for a review to lead beside somebody accredited",
        "supervised_by": REGION, "works_for": ["Schools"],
    },
    "team-care": {"state": "not accredited", "note": "Would like to be trained."},
}  # fmt: skip


def put_in(player: Player, today: date) -> None:
    """Five entries, one of them with little said yet."""
    began = today - ENTERED
    for person, given in REGISTER.items():
        since = {"accredited_on": began - timedelta(days=400)} if given["state"] == "accredited" else {}
        add(player.as_if("business-manager", began), person, {**given, **since})
