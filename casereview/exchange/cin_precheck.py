"""The sector's checks run over a return before it is sent, each finding leading to the case and explained in words.

Source: rule numbers and wordings of the open sector validator for the 2022-23 and 2023-24 collections.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from casereview.calendar import Calendar, calendar_for
from casereview.exchange.cin_checks import queries
from casereview.exchange.cin_precheck_words import LONG_OPEN, RULES, Rule
from casereview.exchange.cin_records import CinAssessment, CinEpisode, CinHeader, CinSection47

OPEN_FOR, CONFERENCE_IN = 45, 15  # working days the two checks on open work ask about
SCHOOL_YEARS = 6  # the check on pupil numbers asks about children born this long before the reference date
SATURDAY = 5
REPLACED_AFTER = 2020  # the last year of the factors 18A and 19A


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check asks about one row. `what` says which row; `case` the case here, where there is one."""

    rule: str
    weight: str
    child: str
    case: str
    what: str
    says: str
    right: str
    wrong: str
    do: str


def check_return(
    header: CinHeader, episodes: Sequence[CinEpisode], cases: Mapping[int, str] | None = None
) -> tuple[Finding, ...]:
    """Everything the checks find, errors first, then by rule and child; nothing is changed.

    `cases` leads from the `line` of an episode or assessment to the reference of its case.
    """
    known, calendar = cases or {}, calendar_for("england-wales")
    found: list[Finding] = []
    for _, group in groupby(episodes, key=lambda episode: episode.child_id):
        held = list(group)
        for code, what in _child(header, held):
            found.append(_finding(RULES[code], held[0], known.get(held[0].line, ""), what))
        for episode in held:
            for line, code, what in (*_listed(header, episode), *_episode(header, episode, calendar)):
                found.append(_finding(RULES[code], episode, known.get(line, known.get(episode.line, "")), what))
    order = {"error": 0, "query": 1, "warning": 2}
    return tuple(sorted(found, key=lambda f: (order[f.weight], f.rule, f.child, f.what)))


def _finding(rule: Rule, episode: CinEpisode, case: str, what: str) -> Finding:
    return Finding(rule.code, rule.weight, episode.child_id, case, what, rule.says, rule.right, rule.wrong, rule.do)


def _row(row: CinAssessment) -> str:
    return f"assessment from {row.start} to {row.authorised or 'open'}"


def _enquiry(enquiry: CinSection47) -> str:
    return f"section 47 enquiry of {enquiry.start}"


# ---- the checks shared with reading a file in ------------------------------------------------------------------
def _listed(header: CinHeader, episode: CinEpisode) -> Iterator[tuple[int, str, str]]:
    rows = {row.line: _row(row) for row in episode.assessments}
    for problem in queries(header, episode):
        code = problem.says.partition(":")[0]
        yield problem.line, code, rows.get(problem.line) or f"referral of {episode.referral_date}"


# ---- the others ------------------------------------------------------------------------------------------------------
def _episode(header: CinHeader, episode: CinEpisode, calendar: Calendar) -> Iterator[tuple[int, str, str]]:
    for row in episode.assessments:
        yield from ((row.line, code, what) for code, what in _assessment(header, episode, row, calendar))
    for earlier, later in pairwise(sorted(episode.assessments, key=lambda a: a.start)):
        if earlier.authorised == later.start:
            yield later.line, "8863Q", f"{_row(later)}; the one before ended that day"
    for code, what in (*_enquiries(header, episode, calendar), *_together(header, episode)):
        yield episode.line, code, what


def _assessment(
    header: CinHeader, episode: CinEpisode, row: CinAssessment, calendar: Calendar
) -> Iterator[tuple[str, str]]:
    if episode.referral_date is not None and row.start < episode.referral_date:
        yield "1103", f"{_row(row)}; referral of {episode.referral_date}"
    if row.authorised is not None and row.authorised < row.start:
        yield "8608", _row(row)
    ends = header.reference_date
    if row.authorised is None and ends is not None and row.start < _back(calendar, ends, OPEN_FOR):
        days = calendar.working_days(row.start, ends)
        yield LONG_OPEN, f"{_row(row)}; {days} working days to {ends} by the count used here"
    for old, code in (("18A", "8945Q"), ("19A", "8950Q")):
        if old in row.factors and header.year is not None and header.year > REPLACED_AFTER:
            yield code, _row(row)


def _back(calendar: Calendar, day: date, count: int) -> date:
    """The day the sector's check goes back to: `count` less one working days strictly before `day`.

    Source: the open sector validator subtracts one less than it says, so it asks about a few more than (start, end]
    would.
    """
    left = count - 1
    while left:
        day -= timedelta(days=1)
        left -= calendar.is_working(day)
    return day


def _enquiries(header: CinHeader, episode: CinEpisode, calendar: Calendar) -> Iterator[tuple[str, str]]:
    begins, ends = _bounds(header)
    for s in episode.section47s:
        held, waiting = s.conference, s.conference is None and not s.conference_not_required
        if episode.referral_date is not None and s.start < episode.referral_date:
            yield "2889", f"{_enquiry(s)}; referral of {episode.referral_date}"
        if held is not None and held < s.start:
            yield "8615", f"{_enquiry(s)}; conference of {held}"
        if held is not None and not begins <= held <= ends:
            yield "8715", f"{_enquiry(s)}; conference of {held}"
        if held is not None and held.weekday() >= SATURDAY:
            yield "8875", f"{_enquiry(s)}; conference of {held}"
        if s.conference_target is not None and s.conference_target.weekday() >= SATURDAY:
            yield "8870Q", f"{_enquiry(s)}; target {s.conference_target}"
        if waiting and not begins <= s.start <= ends:
            yield "8740", _enquiry(s)
        if waiting and s.start < _back(calendar, ends, CONFERENCE_IN):
            yield "8675Q", _enquiry(s)
        if episode.closure_date is not None and waiting:
            yield "8868", f"{_enquiry(s)}; closed on {episode.closure_date}"


def _bounds(header: CinHeader) -> tuple[date, date]:
    year = header.year or date.max.year
    return date(year - 1, 4, 1), header.reference_date or date(year, 3, 31)


def _together(header: CinHeader, episode: CinEpisode) -> Iterator[tuple[str, str]]:
    """What several enquiries of one episode say of each other, and of the episode."""
    waiting = [s for s in episode.section47s if s.conference is None and not s.conference_not_required]
    if len(waiting) > 1:
        yield "8839", "; ".join(_enquiry(s) for s in waiting)
    ends = _bounds(header)[1]
    in_order = sorted(episode.section47s, key=lambda s: s.start)
    for place, later in enumerate(in_order):
        for earlier in in_order[:place]:
            over = earlier.conference or (ends if earlier in waiting else None)
            if over is not None and later.start <= over:
                yield "8890", f"{_enquiry(later)}, while that of {earlier.start} went on"
                break
    if episode.initial_cpc_date is not None and any(s.conference is not None for s in episode.section47s):
        yield "2884", f"conference of {episode.initial_cpc_date} beside the episode"


def _child(header: CinHeader, episodes: Sequence[CinEpisode]) -> Iterator[tuple[str, str]]:
    """What is asked about the child, once for all of the child's episodes."""
    child = episodes[0]
    if (child.birth_date is None) == (child.expected_birth_date is None):
        yield "8525", "date of birth"
    if all(episode.referral_nfa for episode in episodes):
        return
    if child.birth_date is not None and not child.disabilities:
        yield "8540", "disability"
    ends = _bounds(header)[1]
    old_enough = child.birth_date is not None and _later(child.birth_date, SCHOOL_YEARS) <= ends
    if old_enough and child.upn is None and child.upn_unknown in (None, "UN1"):
        yield "8770Q", "pupil number"


def _later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
