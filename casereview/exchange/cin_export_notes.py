"""What a census return cannot say of a case, said to whoever makes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """Something the census asks for and the store does not hold, or something left out, and what was done.

    element   the name of the census element; left_out: an assessment, an episode or a child is not in the return
    """

    case: str
    child: str
    element: str
    says: str
    done: str
    left_out: bool = False
