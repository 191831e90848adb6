"""How a case moves and what is known about it: no SQL, no screen, no system clock."""

__version__ = "0.1.0"
