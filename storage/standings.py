"""The standing of open rows of `expectation x` as SQL conditions: the same rule as `casereview.rows`.

Days are written into the text, which is safe because a `date` can spell nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casereview.views import BY_CONCERN, RANK

OPEN: tuple[str, ...] = tuple(one for one in BY_CONCERN if not one.startswith("done_"))
WORDS = "x.word IN ('', 'agreed', 'not agreed', 'reason')"
"""Every word there is: names the first column of the index, so that ranges of the second can be used."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows of one standing that are one range of an index, in the order lists show them."""

    standing: str
    condition: str
    order: str


def slices(today: date) -> Iterator[Slice]:
    """All open rows, each in exactly one slice; in order of concern, then longest late first (decision 5)."""
    d = f"'{today.isoformat()}'"
    not_urgent = f"(x.target IS NULL OR x.target >= {d})"
    in_time = f"{not_urgent} AND (x.statutory IS NULL OR x.statutory >= {d})"
    beyond = f"x.beyond_after < {d} AND {in_time}"
    missed = f"x.next_checkpoint < {d}"
    on_course = f"(x.next_checkpoint IS NULL OR x.next_checkpoint >= {d})"
    promise = f"x.measured < {d} AND (x.asks_from IS NULL OR x.asks_from >= {d})"
    more = f"(x.measured IS NULL OR x.measured >= {d} OR x.asks_from < {d})"
    late, same = "x.beyond_after, x.ref, x.name", "x.ref, x.name"

    yield Slice("urgent_late", f"x.target < {d}", f"x.target, {same}")
    yield Slice("past_statutory", f"x.statutory < {d} AND {not_urgent}", f"x.statutory, {same}")
    yield Slice("longer_of_concern", f"x.word = 'not agreed' AND {beyond}", late)
    lapsed = f"(x.live_until IS NULL OR x.live_until <= {d})"
    yield Slice("longer_lapsed", f"x.word = 'agreed' AND {beyond} AND {lapsed}", late)
    yield Slice("longer_unexplained", f"x.word = '' AND {beyond} AND {more}", late)
    yield Slice("longer_explained", f"x.word = 'reason' AND {beyond}", late)
    yield Slice("past_agreed", f"x.word = '' AND {beyond} AND {promise}", late)
    # Not beyond: those that have a date come before those that have none.
    dated, undated = f"{WORDS} AND x.beyond_after >= {d}", f"{WORDS} AND x.beyond_after IS NULL"
    yield Slice("checkpoint_missed", f"{dated} AND {in_time} AND {missed}", late)
    yield Slice("checkpoint_missed", f"{undated} AND {in_time} AND {missed}", same)
    yield Slice("longer_justified", f"x.word = 'agreed' AND {beyond} AND x.live_until > {d}", late)
    yield Slice("on_course", f"{dated} AND {in_time} AND {on_course}", late)
    yield Slice("on_course", f"{undated} AND {in_time} AND {on_course}", same)


def rank(today: date) -> str:
    """The rank of an open row as a SQL expression, 0 being of most concern."""
    whens = " ".join(f"WHEN {one.condition} THEN {RANK[one.standing]}" for one in slices(today))
    return f"CASE {whens} END"


def since(today: date) -> str:
    """Since when an open row is late, as a SQL expression: `longest_first` of `casereview.rows`, NULL for never."""
    d = f"'{today.isoformat()}'"
    return f"CASE WHEN x.target < {d} THEN x.target WHEN x.statutory < {d} THEN x.statutory ELSE x.beyond_after END"
