"""What a board knows besides its own cases: a neighbour's learning pack (made up), and the fifteen recommendations."""

from __future__ import annotations

import json
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from casereview.learning.recommendation_file import example_text, read_set
from casereview.service.learning_links import link
from casereview.service.learning_packs import keep_in
from casereview.service.recommendations import WORKFLOW, land_in
from casereview.simulation.playing import Player

FILE = "learning_pack.json"
CAME = timedelta(days=40)  # before the day of the demo
LINKED = timedelta(days=12)


def pack() -> dict[str, Any]:
    """The made-up pack of a made-up neighbouring board."""
    found: dict[str, Any] = json.loads((files(__package__) / "data" / FILE).read_text("utf-8"))
    return found


def put_in(player: Player, today: date) -> int:
    """A pack that came some weeks ago, one link somebody made, and recommendations read in; how many of these."""
    with player.writing() as work:
        desk = player.as_if("business-manager", today - CAME)
        keep_in(desk, work, pack(), FILE, "none")
        definition = desk.catalogue.find(WORKFLOW)
        made = land_in(desk, work, read_set(example_text(), "the example", definition), "the worked example")
    _linked(player, today)
    return len(made)


def _linked(player: Player, today: date) -> None:
    """Somebody has read a finding of ours beside one of the neighbour's, and says why they are the same."""
    from casereview.learning.similar import similar
    from casereview.service.learning import pool, weighed

    desk = player.as_if("lead-one", today - LINKED)
    found = pool(desk)
    ours = [one.key for one in found.findings if one.origin == "here" and "form" in one.statement.casefold()]
    theirs = [one.key for one in found.findings if one.origin == "pack"]
    if ours and theirs:
        near = similar(weighed(found), ours[0], theirs, 1, 0.0)
        why = "Both say that a form between services carries a request and loses the worry."
        link(desk, ours[0], near[0].other, why)
