"""The standing of open rows of `expectation x` as SQL conditions: the same rule as `casereview.rows`.

Exactly one condition is true of an open row on a day. Each is worded so that one range of a partial index
answers it; days are written into the text, which is safe because a `date` can spell nothing else.
"""

from __future__ import annotations

from datetime import date

from casereview.views import BY_CONCERN, RANK

OPEN: tuple[str, ...] = tuple(one for one in BY_CONCERN if not one.startswith("done_"))


def literal(day: date) -> str:
    return f"'{day.isoformat()}'"


def conditions(today: date) -> dict[str, str]:
    """Standing -> condition, in order of concern (decision 5)."""
    d = literal(today)
    in_time = f"(x.target IS NULL OR x.target >= {d})"
    beyond = f"x.beyond_after < {d} AND {in_time}"
    near = f"(x.beyond_after IS NULL OR x.beyond_after >= {d}) AND {in_time}"
    live = f"x.live_until > {d}"
    promise = f"x.measured < {d} AND (x.asks_from IS NULL OR x.asks_from >= {d})"
    found = {
        "urgent_late": f"x.target < {d}",
        "longer_of_concern": f"x.word = 'not agreed' AND {beyond}",
        "longer_lapsed": f"x.word = 'agreed' AND {beyond} AND (x.live_until IS NULL OR x.live_until <= {d})",
        "longer_unexplained": f"x.word = '' AND {beyond} AND {_not_only_promise(d)}",
        "longer_explained": f"x.word = 'reason' AND {beyond}",
        "past_agreed": f"x.word = '' AND {beyond} AND {promise}",
        "checkpoint_missed": f"{near} AND x.next_checkpoint < {d}",
        "longer_justified": f"x.word = 'agreed' AND {beyond} AND {live}",
        "on_course": f"{near} AND (x.next_checkpoint IS NULL OR x.next_checkpoint >= {d})",
    }
    return {standing: found[standing] for standing in OPEN}


def _not_only_promise(d: str) -> str:
    return f"(x.measured IS NULL OR x.measured >= {d} OR x.asks_from < {d})"


def order(standing: str) -> str:
    """ORDER BY within one standing: late longest first, those that cannot be late last, then reference."""
    since = "x.target" if standing == "urgent_late" else "x.beyond_after"
    if standing in ("checkpoint_missed", "on_course"):
        since = "x.beyond_after IS NULL, x.beyond_after"
    return f"{since}, x.ref, x.name"


def rank(today: date) -> str:
    """The rank of an open row as a SQL expression, 0 being of most concern."""
    whens = " ".join(f"WHEN {sql} THEN {RANK[standing]}" for standing, sql in conditions(today).items())
    return f"CASE {whens} END"
