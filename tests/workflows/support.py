"""Where the fixtures of these tests are, and small ways to change a workflow's text."""

from __future__ import annotations

from pathlib import Path

from workflows.catalogue import NO_WORKFLOWS, SHIPPED
from workflows.definition import Definition
from workflows.errors import Fault
from workflows.reading import parse

FIXTURES = Path(__file__).parent.parent / "fixtures" / "workflows"
SHIPPED_FILES = sorted(path for path in SHIPPED.glob("*.toml") if path.name not in NO_WORKFLOWS)


def text_of(name: str) -> str:
    return (FIXTURES / f"{name}.toml").read_text(encoding="utf-8")


def shipped(name: str) -> Definition:
    definition, faults = parse((SHIPPED / f"{name}.toml").read_text(encoding="utf-8"), name)
    assert definition is not None, "\n".join(map(str, faults))
    return definition


def changed(old: str, new: str, text: str | None = None) -> str:
    """The small workflow with one place changed; the place must be there exactly once."""
    whole = text_of("small") if text is None else text
    assert whole.count(old) == 1, f"{old!r} stands {whole.count(old)} times in the text"
    return whole.replace(old, new)


def faults_of(text: str) -> list[Fault]:
    definition, faults = parse(text, "test.toml")
    assert (definition is None) == bool(faults)
    return faults
