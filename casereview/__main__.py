"""The one door: hands `casereview` and `python -m casereview` over to the terminal."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

_HERE = Path(__file__).resolve().parent.parent
_OURS = ("workflows", "storage", "tui")


def main() -> int:
    """Run the terminal and return its exit status; 2 when this installation cannot run, saying why."""
    problem = shadowed()
    if problem is None:
        try:
            from tui.start import main as start
        except ModuleNotFoundError as missing:
            # Only a package that is not installed is the person's to mend; anything else is a fault of ours.
            if missing.name is None or missing.name.partition(".")[0] in (*_OURS, "casereview"):
                raise
            problem = (
                f"the package {missing.name} is not installed for {sys.executable}: "
                "run casereview with the environment it was installed into."
            )
        else:
            return start()
    print(f"casereview: {problem}", file=sys.stderr)
    return 2


def shadowed() -> str | None:
    """What to tell a person when another distribution's package answers to one of our names, or None.

    The names are plain words that others may use too; finding one does not import it.
    """
    for name in _OURS:
        spec = find_spec(name)
        found = [Path(place).resolve() for place in (spec and spec.submodule_search_locations) or ()]
        if not found and spec is not None and spec.origin:
            found = [Path(spec.origin).resolve()]
        if found != [_HERE / name]:
            other = found[0] if found else "nothing"
            return (
                f"the name {name} leads to {other} instead of {_HERE / name}: "
                "install casereview in an environment of its own (pipx install, or a fresh venv)."
            )
    return None


if __name__ == "__main__":
    sys.exit(main())
