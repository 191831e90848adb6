"""Which requirements look inside records: worked out once per definition, so that folding a record is cheap."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from casereview.case import empty_values
from casereview.events import Values
from workflows.definition import Definition, Requirement


@dataclass(frozen=True, slots=True)
class Asked:
    """A `where` of a record requirement (matching), or a `field` requirement (failing when not satisfied)."""

    key: str  # "step/requirement"
    matching: bool
    requirement: Requirement
    field: str = ""

    def counts(self, values: Values) -> bool:
        """Whether a record with these values belongs on the requirement's list."""
        if self.matching:
            return all(_has(values.get(name), wanted) for name, wanted in self.requirement.where)
        value = values.get(self.field)
        if empty_values(value):
            return True
        return bool(self.requirement.among) and not _has(value, self.requirement.among)


def _has(value: object, wanted: tuple[str, ...]) -> bool:
    if isinstance(value, list):
        return any(item in wanted for item in value)
    if isinstance(value, bool):
        return ("yes" if value else "no") in wanted
    return str(value) in wanted


def asked_key(step: str, requirement: Requirement) -> str:
    return f"{step}/{requirement.key}"


@lru_cache(maxsize=64)
def _kept(digest: str) -> dict[str, tuple[Asked, ...]]:
    return {}  # filled by `asked_of`: the content hash stands for the definition


def asked_of(definition: Definition, kind: str) -> tuple[Asked, ...]:
    """What the definition's requirements ask inside records of this kind."""
    kept = _kept(definition.hash)
    if kind not in kept:
        kept[kind] = tuple(_asked(definition, kind))
    return kept[kind]


def _asked(definition: Definition, kind: str) -> list[Asked]:
    found = []
    for step in definition.steps.values():
        for requirement in step.requirements:
            key = asked_key(step.name, requirement)
            if requirement.kind == "record" and requirement.name == kind and requirement.where:
                found.append(Asked(key, True, requirement))
            if requirement.kind == "field":
                of, _, name = requirement.name.partition(".")
                if of == kind:
                    found.append(Asked(key, False, requirement, name))
    return found
