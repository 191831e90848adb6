"""What tests and simulations of workflows need: a store in memory and a clock that stands still."""

from casereview.testing.clock import FixedClock
from casereview.testing.memory import MemoryStore

__all__ = ["FixedClock", "MemoryStore"]
