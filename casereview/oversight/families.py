"""What a family was told, is owed and was promised, from the folded case alone; never stored.

`day` is on or after the last fact folded in; for an earlier day, fold the journal as it stood then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casereview.case import Case, Listed, Promise, Run
from casereview.standing import must_be_told, told_since
from workflows.definition import Definition, Expectation

KEPT, LATE, BROKEN, OPEN = "kept", "kept late", "broken", "still ahead"


def fate(promise: Promise, day: date) -> str:
    """What has become of a promise by a day. Telling on the promised day itself keeps it."""
    if promise.kept_on is not None and promise.kept_on <= day:
        return KEPT if promise.kept_on <= promise.by_day else LATE
    return BROKEN if promise.by_day < day else OPEN


def is_excepted(listed: Listed, day: date) -> bool:
    """Whether a manager's lawful exception holds on a day; its end is exclusive."""
    return listed.excepted_until is not None and day < listed.excepted_until


def exception_is_over(listed: Listed, day: date) -> bool:
    """An exception has ended, and nothing was said to them since it was recorded."""
    until = listed.excepted_until
    if until is None or day < until:
        return False
    return listed.told_on is None or listed.excepted_since is None or listed.told_on <= listed.excepted_since


# ---- a changed date --------------------------------------------------------------------------------------------
def changed_dates(case: Case, definition: Definition) -> Iterator[tuple[Expectation, Run]]:
    """Running expectations whose agreed date was changed: a first date is news too, but no change of a promise."""
    for expectation in definition.expectations.values():
        run = case.runs.get(expectation.name)
        if run is not None and run.ended is None and run.agreed_changes and run.agreed_on is not None:
            yield expectation, run


def untold_of(case: Case, run: Run, day: date) -> list[tuple[str, Listed]]:
    """Who must be told and has not been since the date was last changed (the same day counts), nor is excepted."""
    since = run.agreed_on
    if since is None:
        return []
    return [
        (person, listed)
        for person, listed in sorted(case.roster.items(), key=lambda one: one[0])
        if listed.must_be_told and not told_since(listed, since) and not is_excepted(listed, day)
    ]


def is_owed_a_date(case: Case, run: Run, day: date) -> bool:
    """Whether “tell the family” is open: somebody is untold, or nobody is on the list at all (decision 17)."""
    return not must_be_told(case) or bool(untold_of(case, run, day))


# ---- one person of one case ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Owed:
    """How things stand with one person on a list.

    promised_on   the day of the promise that is still open; broken: that day has passed
    broken_times  promises not kept by their day, kept later or never; made: all of them
    untold_since  since when something they must be told is not told; untold: what that is, in words
    """

    promised_on: date | None
    broken: bool
    broken_times: int
    made: int
    untold_since: date | None
    untold: str
    excepted: bool
    lapsed: bool  # the exception is over, and nothing was said since

    @property
    def any(self) -> bool:
        return self.promised_on is not None or self.untold_since is not None


def owed_to(case: Case, definition: Definition, person: str, day: date) -> Owed:
    """What one person on the list is owed on a day. A lawful exception silences what is owed, not what was broken."""
    listed = case.roster[person]
    excepted = is_excepted(listed, day)
    open_ = next((p for p in reversed(listed.promises) if p.kept_on is None), None)
    fates = [fate(p, day) for p in listed.promises]
    since, what = (None, "") if excepted or case.closed is not None else _untold(case, definition, listed)
    return Owed(
        open_.by_day if open_ is not None and not excepted else None,
        open_ is not None and not excepted and open_.by_day < day,
        sum(f in (LATE, BROKEN) for f in fates),
        len(fates),
        since,
        what,
        excepted,
        exception_is_over(listed, day),
    )


def _untold(case: Case, definition: Definition, listed: Listed) -> tuple[date | None, str]:
    """The oldest thing not told: that a date has changed, or anything at all."""
    if not listed.must_be_told:
        return None, ""
    if listed.told_on is None:
        return case.opened, "nothing yet"
    waits = [
        (run.agreed_on, f"the new date, {run.agreed}")
        for _, run in changed_dates(case, definition)
        if run.agreed_on is not None and not told_since(listed, run.agreed_on)
    ]
    return min(waits, default=(None, ""))
