"""Which requirements look inside records: worked out once per definition, so that folding a record is cheap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from casereview.case import empty_values
from casereview.events import Values
from workflows.definition import Answers, Definition, Requirement


@dataclass(frozen=True, slots=True)
class Asked:
    """What a requirement wants to know of each record of a kind.

    matching  those that fit `where` are listed; otherwise those are that fit it and fail `among`
    any_of    one of the answers in `where` is enough
    """

    key: str  # "step/requirement"
    matching: bool
    where: Answers
    field: str = ""
    among: tuple[str, ...] = ()
    any_of: bool = False

    def counts(self, values: Values) -> bool:
        """Whether a record with these values belongs on the requirement's list."""
        if self.any_of:
            return any(fits(values, (one,)) for one in self.where)
        if not fits(values, self.where) or self.matching:
            return self.matching and fits(values, self.where)
        value = values.get(self.field)
        if empty_values(value):
            return True
        return bool(self.among) and not _has(value, self.among)


@dataclass(slots=True)
class OfKind:
    """What a definition asks inside records of one kind, and the fields whose answers it goes by."""

    asked: list[Asked] = field(default_factory=list)
    answered: dict[str, None] = field(default_factory=dict)  # in order, each once


def fits(values: Values, where: Answers) -> bool:
    """Whether every field named has one of the answers."""
    return all(_has(values.get(name), wanted) for name, wanted in where)


def words_of(value: object) -> list[str]:
    """A value as the answers it stands for; none where it is not filled in."""
    if empty_values(value):
        return []
    if isinstance(value, list):
        return [str(item) for item in value]
    return [("yes" if value else "no") if isinstance(value, bool) else str(value)]


def _has(value: object, wanted: tuple[str, ...]) -> bool:
    return any(word in wanted for word in words_of(value))


def asked_key(step: str, requirement: Requirement) -> str:
    return f"{step}/{requirement.key}"


def excepted_key(step: str, requirement: Requirement) -> str:
    """Where the records are listed that an `each` asks nothing for; a kind may point to itself."""
    return f"{step}/{requirement.key}/except"


@lru_cache(maxsize=64)
def _kept(digest: str) -> dict[str, OfKind]:
    return {}  # filled by `of_kind`: the content hash stands for the definition


def of_kind(definition: Definition, kind: str) -> OfKind:
    """What the definition's requirements ask inside records of this kind."""
    kept = _kept(definition.hash)
    if kind not in kept:
        kept[kind] = _of_kind(definition, kind)
    return kept[kind]


def _of_kind(definition: Definition, kind: str) -> OfKind:
    found = OfKind()
    pointed = [asks.pointed for other in definition.records.values() for asks in other.only_with]
    for name in (name for of, name in map(_parts, pointed) if of == kind):
        found.answered[name] = None
    declared = definition.records.get(kind)
    for asks in declared.only_with if declared else ():  # what others bear out is not taken from under it
        found.answered |= dict.fromkeys(name for name, _ in asks.where if asks.pointed)
    for step in definition.steps.values():
        found.answered |= dict.fromkeys(name for of, name in (_parts(n) for n, _ in step.when) if of == kind)
        for requirement in step.requirements:
            found.asked += _asked(step.name, requirement, kind)
            for of, name in map(_parts, _gone_by(requirement)):
                if of == kind:
                    found.answered[name] = None
    return found


def _gone_by(requirement: Requirement) -> Iterable[str]:
    yield from (name for name, _ in requirement.when)
    if requirement.kind == "each":
        yield requirement.points


def _parts(name: str) -> tuple[str, str]:
    kind, _, field_name = name.partition(".")
    return kind, field_name


def _asked(step: str, requirement: Requirement, kind: str) -> list[Asked]:
    key = asked_key(step, requirement)
    match requirement.kind:
        case "record" if requirement.name == kind and requirement.where:
            return [Asked(key, True, requirement.where)]
        case "field":
            of, name = _parts(requirement.name)
            return [Asked(key, False, requirement.where, name, requirement.among)] if of == kind else []
        case "each":
            found = []
            if requirement.name == kind and requirement.except_where:
                found.append(Asked(excepted_key(step, requirement), True, requirement.except_where, any_of=True))
            if _parts(requirement.points)[0] == kind and requirement.where:
                found.append(Asked(key, True, requirement.where))
            return found
    return []
