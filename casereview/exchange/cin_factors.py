"""The factors found at the end of an assessment: words that begin with the codes of the census, and the codes alone."""

from __future__ import annotations

from collections.abc import Iterable

from casereview.case import Case
from casereview.exchange import cin_records as codes
from casereview.exchange.cin_export_notes import Note
from casereview.exchange.cin_export_said import PREFIX
from casereview.ports import Reading
from casereview.views import RecordRow
from workflows.definition import Definition

KIND, FIELD = "factors", "factors"


def factors_recorded(work: Reading, case: Case, stored: str, notes: list[Note], child: str) -> tuple[str, ...]:
    """The codes of the newest entry about this child, or else of the newest about every child of the case.

    An entry that came with a file and was not changed here says nothing the file does not say. It counts on whatever
    day it was put together: it is about the assessment, not about the day.
    """
    if KIND not in case.records:
        return ()
    rows = work.records(case.id, kind=KIND, limit=500).rows
    own = [row for row in rows if not row.withdrawn and _is_of_here(case, row)]
    mine = [row for row in own if row.values.get("child") == stored]
    newest = next(iter(mine or [row for row in own if not row.values.get("child")]), None)
    answers = newest.values.get(FIELD, ()) if newest else ()
    found = dict.fromkeys(answer.split(" ", 1)[0] for answer in answers)
    for odd in (code for code in found if code not in codes.FACTORS):
        says = f"“{odd}” stands where a code of the census would"
        notes.append(Note(case.ref, child, "AssessmentFactors", says, "left out"))
    return tuple(code for code in found if code in codes.FACTORS)


def _is_of_here(case: Case, row: RecordRow) -> bool:
    """Of a case that a census file brought, its first entry and what is numbered down from it came with the file."""
    return not case.import_key.startswith(PREFIX) or row.number > 1 or bool(row.corrected)


def in_words(definition: Definition, given: Iterable[str]) -> list[str]:
    """The answers of the workflow's record that begin with these codes; what has no answer is passed over."""
    kind = definition.records.get(KIND)
    field = kind.fields.get(FIELD) if kind else None
    by_code = {option.split(" ", 1)[0]: option for option in field.options} if field else {}
    return [by_code[code] for code in given if code in by_code]
