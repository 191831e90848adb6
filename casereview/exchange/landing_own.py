"""Finds the case that was recorded here and of which a census file speaks: a return made here, read back in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from casereview.case import Case
from casereview.exchange.cin_export_rows import authorised_on
from casereview.exchange.landing_rows import Row
from casereview.ports import Reading
from casereview.service.desk import Desk

MOST_RECORDS = 500  # of one kind on one case


def own_cases(desk: Desk, work: Reading, rows: Iterable[Row]) -> dict[str, Case]:
    """By the key of a row, the case recorded here that it tells of: the same child, referral, start and place in order.

    Decision 25's key, for a case that no file brought. An id without the authority in front is the same child.
    """
    wanted: dict[str, list[Row]] = {}
    for row in rows:
        for child in {row.child, row.episode.child_id}:
            wanted.setdefault(child, []).append(row)
    known = [child.id for child in work.children(list(wanted))]
    found: dict[str, Case] = {}
    places: Counter[tuple[str, date, date | None]] = Counter()
    for case in _recorded_here(desk, work, known):
        referral = _referral(work, case)
        for child in (child for child in case.children if child in wanted and referral is not None):
            places[child, case.opened, referral] += 1
            here = (case.opened, referral, places[child, case.opened, referral])
            for row in wanted[child]:
                if here == (row.assessment.start, row.episode.referral_date, row.assessment.ordinal):
                    found[row.key] = case
    return found


def _recorded_here(desk: Desk, work: Reading, children: list[str]) -> list[Case]:
    """Assessments about any of these children that were opened here, oldest first."""
    rows = work.cases_of(None, children, desk.today) if children else []
    cases = [work.snapshot(row.id) for row in rows if row.kind == "assessment" and not row.imported]
    return [case for case in cases if case is not None and not case.import_key]


def _referral(work: Reading, case: Case) -> date | None:
    """The day the referral came, as it is recorded now."""
    if "referral" not in case.records:
        return None
    for record in work.records(case.id, kind="referral", limit=MOST_RECORDS).rows:
        day = record.values.get("received_on")
        if not record.withdrawn and isinstance(day, str) and day:
            return date.fromisoformat(day)
    return None


def said_otherwise(desk: Desk, work: Reading, case: Case, row: Row) -> str:
    """What the file says of an end that is not what is recorded here; "" where it says the same, or nothing."""
    ended, said = authorised_on(desk.definition_of(work, case), case), row.assessment.authorised
    if said is None or said == ended or not case.known_to(desk.person):
        return ""  # a return as of its last day knows nothing of an end since; a case kept to others: in silence
    here = f"authorised on {ended}" if ended else "not authorised"
    return f"{case.ref} was recorded here and is {here}, and the file says that it was authorised on {said}"
