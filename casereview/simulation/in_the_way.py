"""What stands in the way in the made-up authority: raised, taken on, passed up, taken away."""

from __future__ import annotations

from datetime import date, timedelta

from casereview.service.blockages import escalate, look_at, own, raise_blockage, remove
from casereview.simulation.authority import Staff
from casereview.simulation.playing import Player

DAY = timedelta(days=1)


def put_in(player: Player, staff: Staff, today: date) -> None:
    """Four items of the board, each at another point of its life; the fourth waits for an owner."""

    def on(days_ago: int, person: str) -> None:
        player.as_if(person, today - days_ago * DAY)

    east, west, north = (staff.managers[team] for team in ("east", "west", "north"))
    worker_east, worker_west, worker_north = (staff.workers[team][0] for team in ("east", "west", "north"))
    _gone(player, today, worker_west, west)
    on(33, worker_east)
    item = raise_blockage(
        player.desk, "Interpreters are booked through one office that opens two days a "
        "week, so that first visits wait for a date.", team="east", weight="three to eight working days a family",
    )  # fmt: skip
    on(30, east)
    own(player.desk, item.key)
    on(16, east)
    look_at(player.desk, item.key, "Two colleagues were allowed to book by themselves. It helped where they are in.")
    on(9, east)
    escalate(
        player.desk, item.key, "The contract is the whole authority's: it needs a decision above the team.",
        to="service-manager",
    )  # fmt: skip
    on(19, worker_north)
    item = raise_blockage(
        player.desk, "The same history is typed into two forms before a conference.", team="north",
        weight="half a day for each conference",
    )  # fmt: skip
    on(17, north)
    own(player.desk, item.key)
    on(3, worker_west)
    raise_blockage(player.desk, "There is no quiet room in which a child can be seen alone.", team="west")


def _gone(player: Player, today: date, worker: str, manager: str) -> None:
    item = raise_blockage(
        player.as_if(worker, today - 60 * DAY), "Letters to families wait for one signature a week.", team="west",
        weight="up to five working days for each letter",
    )  # fmt: skip
    player.as_if(manager, today - 55 * DAY)
    own(player.desk, item.key)
    player.as_if(manager, today - 5 * DAY)
    remove(player.desk, item.key, "Team managers sign for their own teams now; agreed with the legal office.")
