"""Why a reason is asked for a correction: who relies on what is corrected."""

from __future__ import annotations

from collections.abc import Sequence

SHOWN = 4


def rely(relied: Sequence[str]) -> str:
    """In a sentence; "" where nobody does."""
    more = f" and {len(relied) - SHOWN} more" if len(relied) > SHOWN else ""
    return f"Others rely on it, and will read why: {'; '.join(relied[:SHOWN])}{more}" if relied else ""
