"""A length of time as a definition writes it: a whole number and a unit, such as "45 working days"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

Unit = Literal["working days", "days", "weeks", "months", "hours"]
UNITS: tuple[Unit, ...] = get_args(Unit)
LONGEST = 99_999
"""The largest amount of any unit: far past any real one, so a slip of the keyboard is caught here."""

_WRITTEN = re.compile(r"(?P<amount>[0-9]+) +(?P<unit>[a-z]+(?: +[a-z]+)?)")
_BY_NAME: dict[str, Unit] = {name: unit for unit in UNITS for name in (unit, unit.removesuffix("s"))}
_HOW = f'Write a whole number and a unit ({", ".join(UNITS)}), such as "45 working days".'


@dataclass(frozen=True, slots=True)
class Span:
    """`amount` whole `unit`s; what they come to on a calendar is `casereview.calendar`'s to say.

    "days" are calendar days, weekends included; "working days" are counted on the case's own calendar.
    Raises ValueError, in a plain sentence, for an amount below 0 or above `LONGEST`, or an unknown unit.
    """

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ValueError(f"There is no unit of time called {_shown(self.unit)}. {_HOW}")
        if not 0 <= self.amount <= LONGEST:
            raise ValueError(f"A length of time is from 0 to {LONGEST} {self.unit}, not {self.amount}.")

    @classmethod
    def parse(cls, text: object) -> Span:
        """Read "45 working days", "1 week", "6 months"; case and extra spaces do not matter.

        Raises ValueError, in a plain sentence, for anything else.
        """
        # A definition may hold a bare number where a length of time belongs, so any value can be given.
        found = _WRITTEN.fullmatch(text.strip().lower()) if isinstance(text, str) else None
        if found is None:
            raise ValueError(f"{_shown(text)} cannot be read as a length of time. {_HOW}")
        unit = " ".join(found["unit"].split())
        digits = found["amount"].lstrip("0") or "0"
        if len(digits) > len(str(LONGEST)):
            raise ValueError(f"{_shown(text)} is too long: the most is {LONGEST}. {_HOW}")
        return cls(int(digits), _BY_NAME.get(unit, cast(Unit, unit)))

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.removesuffix('s') if self.amount == 1 else self.unit}"


def _shown(given: object) -> str:
    """What was given, short and with control characters escaped, to quote back in a message."""
    text = str(given)
    return repr(text if len(text) <= 40 else f"{text[:39]}…")
