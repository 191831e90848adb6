"""How far a fact can be relied on: the mark it carries, what the mark means, and whether it counts as checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NOT_CHECKED = "not checked; an example, not a rule"


@dataclass(frozen=True, slots=True)
class Trust:
    """A trust mark. An unchecked one is never shown as a rule, whatever it is beside."""

    mark: str
    means: str
    checked: bool

    @property
    def label(self) -> str:
        """What stands beside every fact with this mark."""
        return f"[{self.mark}] {self.means}" if self.checked else f"[{self.mark}] {self.means}: {NOT_CHECKED}"

    @property
    def short(self) -> str:
        """The same for a list, where long words are cut: that it was not checked comes first."""
        return self.label if self.checked else f"{NOT_CHECKED} [{self.mark}]"


TRUST: Mapping[str, Trust] = {
    trust.mark: trust
    for trust in (
        Trust("S", "read in a source document", True),
        Trust("V", "read on the page named", True),
        Trust("R", "read in a repository file", True),
        Trust("L", "set by the authority itself", True),
        Trust("D", "worked out from data, or our design", False),
        Trust("E", "read only as an excerpt", False),
        Trust("I", "our own reading", False),
        Trust("M", "from memory", False),
    )
}
UNKNOWN = Trust("?", "no mark given", False)


def trust(mark: str) -> Trust:
    """The trust mark, or one that says nothing was marked; a text kept with cases may name what is gone."""
    return TRUST.get(mark, UNKNOWN)
