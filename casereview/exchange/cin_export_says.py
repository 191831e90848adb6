"""A return in words and as rows: what is in it, what could not be, and what the checks ask, each explained once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from casereview.exchange.cin_export import CinReturn
from casereview.exchange.cin_export_notes import Note
from casereview.exchange.cin_export_rows import CensusYear
from casereview.exchange.cin_precheck import Finding

HEADINGS = ("kind", "rule or element", "child", "case", "row", "what it says", "why it may be right",
            "why it may not be", "what was done, or what to do")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Missing:
    """Notes of one kind together: how many children, and the first of the cases."""

    element: str
    says: str
    done: str
    left_out: bool
    children: int
    cases: tuple[str, ...]


def counted(found: CinReturn) -> str:
    """One line: the year, the authority, how much is in it."""
    year = CensusYear(found.year)
    return (
        f"Census year {found.year} ({year.begins} to {year.ends}), authority {found.authority}: "
        f"{_many(found.children, 'child', 'children')}, {_many(found.episodes, 'episode')}, "
        f"{_many(found.assessments, 'assessment')}, {found.open:,} of them open on the last day."
    )


def written(found: CinReturn, *, only_checked: bool) -> str:
    """Where it is, or why nothing was written."""
    if found.file:
        return f"It is in {found.file}."
    if only_checked and found.children:
        return "Nothing was written: this was a check."
    return "Nothing was written: there is no child to return." if not found.children else ""


def asked(found: CinReturn) -> str:
    """One line: how much the checks ask."""
    counts = [(weight, sum(f.weight == weight for f in found.findings)) for weight in ("error", "query", "warning")]
    words = [_many(count, *_PLURAL[weight]) for weight, count in counts if count]
    return f"The sector's checks: {', '.join(words) if words else 'nothing to ask'}."


_PLURAL = {"error": ("error", "errors"), "query": ("query", "queries"), "warning": ("warning", "warnings")}


def _many(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def missing(found: CinReturn) -> list[Missing]:
    """What is not recorded, by element and what was done about it; what was left out comes first."""
    together: dict[tuple[bool, str, str], list[Note]] = {}
    for note in found.notes:
        together.setdefault((not note.left_out, note.element, note.done), []).append(note)
    return [
        Missing(
            element, notes[0].says, done, not kept, len({n.child or n.case for n in notes}),
            tuple(dict.fromkeys(n.case for n in notes)),
        )
        for (kept, element, done), notes in sorted(together.items())
    ]  # fmt: skip


def by_rule(found: CinReturn) -> Iterator[tuple[Finding, list[Finding]]]:
    """Each rule that asks something, with everything it asks about; errors first."""
    for _, group in groupby(found.findings, key=lambda finding: (finding.weight, finding.rule)):
        rows = list(group)
        yield rows[0], rows


def rows(found: CinReturn) -> Iterator[tuple[str, ...]]:
    """Everything as rows for a spreadsheet: findings, then what is not recorded."""
    for f in found.findings:
        yield f.weight, f.rule, f.child, f.case, f.what, f.says, f.right, f.wrong, f.do
    for n in found.notes:
        kind = "left out" if n.left_out else "not recorded"
        yield kind, n.element, n.child, n.case, "", n.says, "", "", n.done
