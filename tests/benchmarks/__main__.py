"""Runs every benchmark, one after the other: `python -m tests.benchmarks`. Takes several minutes."""

from __future__ import annotations

import importlib
import sys

ALL = ("start_up", "growth", "durable_step", "import_cin", "register", "figures", "lists", "as_of")


def main() -> int:
    """Exit status 1 where one that has goals misses them."""
    met = []
    for name in ALL:
        print(f"\n{name}", flush=True)
        sys.argv = [name]
        met.append(importlib.import_module(f"tests.benchmarks.{name}").main())
    return 0 if all(one in (None, True) for one in met) else 1


if __name__ == "__main__":
    sys.exit(main())
