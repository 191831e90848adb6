"""How long assessments took, counted from the journal of a store file and nothing else of ours.

Like the second reading of the register it stands on: sqlite3, workflows as TOML, days by the `holidays` package.
"""

from __future__ import annotations

import json
import sqlite3
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from tests.oversight.brute_force import between

BANDS = ((0, "same day"), (1, "1–10"), (11, "11–20"), (21, "21–30"), (31, "31–40"), (41, "41–45"), (46, "46–50"),
         (51, "51–60"), (61, "61 or more"))  # fmt: skip
DECISION = "decision"


def bands(place: Path, first: date, last: date) -> dict[str, int]:
    """How many decisions on what help is needed were reached in a period, by the band of working days they took."""
    found: Counter[str] = Counter()
    for took in durations(place, first, last):
        found[next(name for low, name in reversed(BANDS) if low <= took)] += 1
    return dict(found)


def durations(place: Path, first: date, last: date) -> list[int]:
    started: dict[str, date] = {}
    flows: dict[str, dict[str, Any]] = {}
    found: dict[str, list[int]] = {}
    with sqlite3.connect(f"file:{place}?mode=ro", uri=True) as file:
        texts = {digest: tomllib.loads(text) for digest, text in file.execute("SELECT hash, text FROM definition")}
        rows = file.execute(
            "SELECT j.stream, j.day, b.body FROM journal j JOIN journal_body b ON b.seq = j.seq "
            "WHERE j.stream <> 'registry' ORDER BY j.seq"
        ).fetchall()
    for stream, day, body in rows:
        said, on = json.loads(body), date.fromisoformat(day)
        if "hash" in said:
            flows[stream] = texts[said["hash"]]
        if flows[stream].get("kind") == "assessment":
            _one(stream, said, on, started, found, first, last)
        step = said.get("to")
        if step and not said.get("track") and flows[stream]["stages"].get(step, {}).get("void"):
            found.pop(stream, None)
    return [days for taken in found.values() for days in taken]


def _one(
    stream: str, said: dict[str, Any], on: date, started: dict[str, date], found: dict[str, list[int]], first: date,
    last: date,
) -> None:  # fmt: skip
    clocks = said.get("clocks") or {}
    if isinstance(clocks, list):  # the dates of what runs, moved by another profile or calendar: nothing begins or ends
        return
    begun = [one for one in clocks.get("started", ()) if one["expectation"] == DECISION]
    if said.get("closed"):  # brought in as a whole: begun and ended in one entry
        on = date.fromisoformat(said["closed"])
        _begin(stream, begun, started)
    if any(one["expectation"] == DECISION for one in clocks.get("ended", ())) and first <= on <= last:
        found.setdefault(stream, []).append(max(between(started[stream], on), 0))
    _begin(stream, begun, started)


def _begin(stream: str, begun: list[dict[str, Any]], started: dict[str, date]) -> None:
    for one in begun:
        started[stream] = date.fromisoformat(one["started"])
