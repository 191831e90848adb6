"""What the benchmarks share: acts timed in turn, so that a slow moment of the machine falls on all of them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping


def medians(acts: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Seconds each act takes: the median of the rounds, after one that is not counted."""
    took: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds + 1):
        for name, act in acts.items():
            began = time.perf_counter()
            act()
            took[name].append(time.perf_counter() - began)
    return {name: statistics.median(found[1:]) for name, found in took.items()}


def compare(what: str, took: float, against: str, base: float, goal: float | None = None) -> bool:
    """Prints how many times as long something takes, and the goal, if any, beside it; whether it is met."""
    ratio = took / base
    met = goal is None or ratio <= goal
    aim = "" if goal is None else f"   goal: at most {goal:g}{'' if met else '   MISSED'}"
    print(f"{what:<44} {took * 1000:9.1f} ms  {ratio:6.2f} x {against} ({base * 1000:.1f} ms){aim}", flush=True)
    return met
