"""The timescale profiles there are as files: those shipped as examples, and an authority's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workflows.errors import Fault, WorkflowError, WorkflowFaulty, WorkflowNotFound, did_you_mean, quoted

if TYPE_CHECKING:
    from workflows.catalogue import Catalogue
    from workflows.definition import Definition
    from workflows.profile import Profile
    from workflows.profile_reading import Known

SHIPPED_PROFILES = Path(__file__).parent / "profiles"
FOLDER = "profiles"  # an authority's own, within its folder of workflows


class Profiles:
    """Shipped profiles and those in a folder of the authority's own, checked against the workflows there are."""

    def __init__(self, catalogue: Catalogue, folder: Path | None = None) -> None:
        self._catalogue = catalogue
        self._folder = folder / FOLDER if folder is not None else None

    def paths(self) -> tuple[Path, ...]:
        """Every file, the shipped ones first."""
        own = sorted(self._folder.glob("*.toml")) if self._folder is not None and self._folder.is_dir() else []
        return (*sorted(SHIPPED_PROFILES.glob("*.toml")), *own)

    def load(self, path: Path) -> tuple[Profile | None, list[Fault]]:
        """A profile in a file anywhere, or every fault of it."""
        from workflows.profile_reading import load

        if not path.is_file():
            return None, [Fault(str(path), None, "", "There is no such file.", "Check the path.")]
        return load(path, self.known())

    def usable(self) -> tuple[Profile, ...]:
        """Every profile without a fault, in order of name."""
        found = [profile for path in self.paths() if (profile := self.load(path)[0]) is not None]
        return tuple(sorted(found, key=lambda profile: (profile.name, profile.version)))

    def faults(self) -> tuple[Fault, ...]:
        return tuple(fault for path in self.paths() for fault in self.load(path)[1])

    def find(self, name_or_path: str) -> Profile:
        """By name, NAME@VERSION, or path. Raises WorkflowNotFound or WorkflowFaulty."""
        if name_or_path.endswith(".toml") or "/" in name_or_path or "\\" in name_or_path:
            path = Path(name_or_path).expanduser()
            profile, faults = self.load(path)
            if profile is None:
                raise _faulty(path, faults)
            return profile
        usable = self.usable()
        found = [profile for profile in usable if name_or_path in (profile.name, profile.label)]
        if not found:
            says = f"There is no profile called {quoted(name_or_path)}."
            raise WorkflowNotFound(says, remedy=did_you_mean(name_or_path, {profile.name for profile in usable}))
        return found[-1]

    def known(self) -> Known:
        from workflows.profile_reading import Known

        return Known(self._catalogue.names(), self._definition)

    def _definition(self, name: str) -> Definition | None:
        try:
            return self._catalogue.get(name)
        except WorkflowError:
            return None


def _faulty(path: Path, faults: list[Fault]) -> WorkflowError:
    if len(faults) == 1 and not path.is_file():
        return WorkflowNotFound(faults[0].says, where=str(path), remedy=faults[0].remedy)
    wrong = WorkflowFaulty(str(path), faults)
    wrong.says = wrong.says.replace("This workflow", "This profile")
    return wrong
