"""Working days, closures and the dates they lead to, against plain walks and a second list."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from calendar import monthrange
from functools import cache
from importlib.resources import files

import holidays
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casereview.calendar import NATIONS, Calendar, Closure, Nation, Skipped, calendar_for
from casereview.errors import CaseReviewError
from workflows.span import LONGEST, UNITS, Span

ONE_DAY = dt.timedelta(days=1)
ENGLAND = calendar_for("england-wales")
SUBDIVISION: dict[Nation, str] = {"england-wales": "ENG", "scotland": "SCT", "northern-ireland": "NIR"}

known_days = st.dates(dt.date(2008, 1, 1), dt.date(2029, 12, 31))
any_days = st.dates(dt.date(1990, 1, 1), dt.date(2050, 12, 31))
nations = st.sampled_from(NATIONS)
closings = st.tuples(any_days, st.sampled_from(["Training day", "Flood", "Move of office"]))
closures = st.lists(closings, max_size=12)
calendars = st.builds(calendar_for, nations, closures)
amounts = st.integers(0, 80)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def walk(calendar: Calendar, start: dt.date, n: int) -> tuple[dt.date, tuple[dt.date, ...]]:
    """The n-th working day after `start` one day at a time, and the days passed over."""
    passed: list[dt.date] = []
    while n:
        start += ONE_DAY
        if calendar.why_not(start) is None:
            n -= 1
        else:
            passed.append(start)
    return start, tuple(passed)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2011-04-18", "2011-05-06 2011-05-13 2011-06-13 2011-06-27"),
        ("2012-05-28", "2012-06-13 2012-06-20 2012-07-18 2012-08-01"),
        ("2013-04-15", "2013-04-29 2013-05-07 2013-06-05 2013-06-19"),
        ("2022-09-12", "2022-09-27 2022-10-04 2022-11-01 2022-11-15"),
        ("2023-12-15", "2024-01-03 2024-01-10 2024-02-07 2024-02-21"),
        ("2024-03-22", "2024-04-09 2024-04-16 2024-05-15 2024-05-30"),
    ],
)
def test_dates_worked_out_beforehand(start: str, due: str) -> None:
    expected = [day(text) for text in due.split()]
    assert [ENGLAND.due(day(start), Span(n, "working days")) for n in (10, 15, 35, 45)] == expected


def test_a_weekend_start_counts_from_the_monday() -> None:
    friday, saturday, monday = day("2024-06-07"), day("2024-06-08"), day("2024-06-10")
    assert ENGLAND.working_days(friday, friday) == 0
    assert ENGLAND.working_days(friday, saturday) == 0
    assert ENGLAND.working_days(saturday, monday) == 1
    assert ENGLAND.add_working_days(saturday, 1) == monday


def test_what_is_counted_back_from_a_census_date() -> None:
    """From the sector's 31 March 2024: a start on 25 January is 45 working days old, on 26 January 44."""
    census = day("2024-03-31")
    assert ENGLAND.working_days(day("2024-01-25"), census) == 45
    assert ENGLAND.working_days(day("2024-01-26"), census) == 44


@pytest.mark.parametrize("nation", NATIONS)
def test_due_is_the_inverse_of_the_count_on_every_day(nation: Nation) -> None:
    calendar, start = calendar_for(nation), dt.date(2009, 1, 1)
    while start.year < 2030:
        for n in (1, 5, 10, 15, 35, 45, 60):
            due = calendar.add_working_days(start, n)
            assert calendar.working_days(start, due) == n and calendar.is_working(due), (start, n)
        start += ONE_DAY


@given(calendars, any_days, amounts)
@example(ENGLAND, dt.date(2007, 12, 20), 20)
@example(ENGLAND, dt.date(2030, 12, 20), 20)
def test_due_is_the_plain_walk_and_explain_says_why(calendar: Calendar, start: dt.date, n: int) -> None:
    due, passed = walk(calendar, start, n)
    explained = calendar.explain(start, Span(n, "working days"))
    assert calendar.due(start, Span(n, "working days")) == explained.date == due
    assert explained.skipped == tuple(Skipped(each, str(calendar.why_not(each))) for each in passed)
    assert (explained.start, explained.amount, explained.unit) == (start, n, "working days")
    assert calendar.working_days(start, due) == n


@given(calendars, any_days, any_days, any_days)
def test_counts_add_up_in_any_order(calendar: Calendar, a: dt.date, b: dt.date, c: dt.date) -> None:
    assert calendar.working_days(a, b) + calendar.working_days(b, c) == calendar.working_days(a, c)
    assert calendar.working_days(a, b) == -calendar.working_days(b, a)


@given(calendars, any_days, st.integers(0, 400))
def test_the_count_is_of_working_days_after_the_start_up_to_the_end(
    calendar: Calendar, start: dt.date, length: int
) -> None:
    after = [start + dt.timedelta(days=n) for n in range(1, length + 1)]
    end = start + dt.timedelta(days=length)
    assert calendar.working_days(start, end) == sum(map(calendar.is_working, after))


@given(calendars, any_days, amounts)
def test_a_later_start_or_a_longer_time_never_ends_sooner(calendar: Calendar, start: dt.date, n: int) -> None:
    due = calendar.add_working_days(start, n)
    assert due <= calendar.add_working_days(start + ONE_DAY, n)
    assert due < calendar.add_working_days(start, n + 1)


@given(nations, closures, any_days, any_days, any_days, amounts)
def test_a_day_off_announced_late_never_shortens_a_date(
    nation: Nation, before: list[Closure], announced: dt.date, start: dt.date, end: dt.date, n: int
) -> None:
    old, new = calendar_for(nation, before), calendar_for(nation, [*before, (announced, "Announced late")])
    start, end = min(start, end), max(start, end)
    assert new.add_working_days(start, n) >= old.add_working_days(start, n)
    lost = old.working_days(start, end) - new.working_days(start, end)
    assert lost == (old.is_working(announced) and start < announced <= end)


@cache
def second_source(nation: Nation) -> frozenset[dt.date]:
    found = holidays.country_holidays("GB", subdiv=SUBDIVISION[nation], years=range(2008, 2031))
    return frozenset(found.keys())


@pytest.mark.parametrize("nation", NATIONS)
def test_every_known_day_agrees_with_a_second_source(nation: Nation) -> None:
    calendar, published = calendar_for(nation), second_source(nation)
    each = calendar.starts_on
    while each <= calendar.ends_on:
        assert calendar.is_working(each) == (each.weekday() < 5 and each not in published), each
        each += ONE_DAY
    assert all(each.weekday() < 5 for each in calendar.holidays)


GIVEN_ONCE = ["2011-04-29", "2012-06-05", "2022-06-03", "2022-09-19", "2023-05-08"]
MOVED_TO = ["2012-06-04", "2020-05-08", "2022-06-02"]


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize("special", GIVEN_ONCE + MOVED_TO)
def test_days_given_once_or_moved_are_bank_holidays_everywhere(nation: Nation, special: str) -> None:
    assert "bank holiday" in (calendar_for(nation).why_not(day(special)) or "")


@pytest.mark.parametrize("ordinary", ["2012-05-28", "2020-05-04", "2022-05-30", "2022-12-28"])
def test_days_a_moved_holiday_left_behind_are_worked(ordinary: str) -> None:
    assert all(calendar_for(nation).is_working(day(ordinary)) for nation in NATIONS)


@pytest.mark.parametrize(
    ("text", "off_in"),
    [
        ("2024-04-01", {"england-wales", "northern-ireland"}),  # Easter Monday
        ("2024-01-02", {"scotland"}),
        ("2024-08-05", {"scotland"}),
        ("2024-08-26", {"england-wales", "northern-ireland"}),
        ("2024-12-02", {"scotland"}),  # St Andrew's Day fell on a Saturday
        ("2024-07-12", {"northern-ireland"}),
        ("2024-03-18", {"northern-ireland"}),  # St Patrick's Day fell on a Sunday
        ("2026-06-15", {"scotland"}),  # proclaimed for the World Cup
    ],
)
def test_nations_differ(text: str, off_in: set[str]) -> None:
    assert {nation for nation in NATIONS if not calendar_for(nation).is_working(day(text))} == off_in


def test_why_a_day_is_not_worked_is_said_in_words() -> None:
    closed = [(day("2024-06-05"), "Training day"), (day("2024-06-08"), "Training day")]
    calendar = calendar_for("scotland", closed)
    said = {
        "2024-06-08": "Saturday",
        "2024-06-09": "Sunday",
        "2023-12-25": "Christmas Day (bank holiday)",
        "2022-12-27": "Christmas Day, substitute day (bank holiday)",
        "2023-01-02": "2nd January (bank holiday)",
        "2023-01-03": "New Year's Day, substitute day (bank holiday)",
        "2024-05-06": "Early May bank holiday",
        "2024-06-05": "Office closed: Training day",
        "2024-06-06": None,
    }
    assert {text: calendar.why_not(day(text)) for text in said} == said


@given(calendars, any_days)
def test_a_day_is_worked_exactly_when_there_is_nothing_to_say(calendar: Calendar, when: dt.date) -> None:
    assert calendar.is_working(when) == (calendar.why_not(when) is None)


def test_a_closure_moves_the_teams_dates_and_no_one_elses() -> None:
    closed = calendar_for("england-wales", [(day("2024-06-05"), "Training day")])
    start, span = day("2024-06-03"), Span(2, "working days")
    assert (ENGLAND.due(start, span), closed.due(start, span)) == (day("2024-06-05"), day("2024-06-06"))
    assert closed.explain(start, span).skipped == (Skipped(day("2024-06-05"), "Office closed: Training day"),)


def test_a_closure_past_the_known_dates_still_counts() -> None:
    closed = calendar_for("england-wales", [(day("2035-06-05"), "Training day")])
    assert closed.due(day("2035-06-01"), Span(1, "working days")) == day("2035-06-04")
    assert closed.due(day("2035-06-04"), Span(1, "working days")) == day("2035-06-06")
    assert closed.working_days(day("2035-06-04"), day("2035-06-06")) == 1


def test_the_version_follows_the_closures_and_not_their_order() -> None:
    one, two = (day("2024-06-05"), "Training day"), (day("2024-06-06"), "Flood")
    assert calendar_for("scotland", (one, two)) is calendar_for("scotland", [two, one, one])
    sets: list[list[Closure]] = [[], [one], [two], [one, two]]
    assert len({calendar_for(nation, each).version for nation in NATIONS for each in sets}) == 12
    both = calendar_for("scotland", [(day("2024-06-05"), "Flood"), one])
    assert both.why_not(day("2024-06-05")) == "Office closed: Flood; Training day"


def test_changed_facts_need_a_new_version() -> None:
    """Stored dates are recomputed when the version differs, so the same version must mean the same facts."""
    facts = json.loads((files("casereview") / "data" / "bank_holidays.json").read_text(encoding="utf-8"))
    held = json.dumps([facts["starts_on"], facts["ends_on"], facts["nations"]], sort_keys=True)
    marks = {"2026.1": "f94688cf2b9b151f"}
    assert marks[facts["version"]] == hashlib.sha256(held.encode()).hexdigest()[:16]


def test_dates_past_or_before_the_known_ones_carry_a_warning() -> None:
    span = Span(10, "working days")
    assert ENGLAND.warning(ENGLAND.starts_on) is ENGLAND.warning(ENGLAND.ends_on) is None
    assert "after 31 December 2030" in str(ENGLAND.warning(ENGLAND.ends_on + ONE_DAY))
    assert "before 1 January 2008" in str(ENGLAND.warning(ENGLAND.starts_on - ONE_DAY))
    assert ENGLAND.explain(day("2024-06-03"), span).warning is None
    assert ENGLAND.explain(day("2030-12-20"), span).warning == ENGLAND.warning(day("2031-01-07"))
    assert ENGLAND.explain(day("2031-01-06"), span).warning == ENGLAND.warning(day("2031-01-07"))
    assert ENGLAND.explain(day("2007-12-20"), span).warning == ENGLAND.warning(day("2007-12-20"))
    assert ENGLAND.explain(day("2040-01-01"), Span(6, "months")).warning is None


def test_past_the_known_dates_only_weekends_are_counted_out() -> None:
    assert ENGLAND.is_working(day("2031-12-25"))
    assert ENGLAND.add_working_days(day("2030-12-31"), 5) == day("2031-01-07")


@pytest.mark.parametrize(
    ("start", "text", "due"),
    [
        ("2023-08-31", "6 months", "2024-02-29"),
        ("2022-08-31", "6 months", "2023-02-28"),
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2024-02-29", "12 months", "2025-02-28"),
        ("2024-10-31", "3 months", "2025-01-31"),
        ("2024-06-08", "3 days", "2024-06-11"),
        ("2024-06-08", "2 weeks", "2024-06-22"),
        ("2024-06-08", "0 days", "2024-06-08"),
        ("2024-06-08", "0 working days", "2024-06-08"),
        ("2024-06-08", "1 hour", "2024-06-09"),
        ("2024-06-08", "24 hours", "2024-06-09"),
        ("2024-06-08", "25 hours", "2024-06-10"),
        ("2024-06-08", "72 hours", "2024-06-11"),
    ],
)
def test_other_units(start: str, text: str, due: str) -> None:
    explained = ENGLAND.explain(day(start), Span.parse(text))
    assert explained.date == ENGLAND.due(day(start), Span.parse(text)) == day(due)
    assert explained.skipped == ()


@given(any_days, st.integers(0, 600))
def test_months_keep_the_day_or_the_last_of_the_month(start: dt.date, months: int) -> None:
    due = ENGLAND.due(start, Span(months, "months"))
    assert (due.year - start.year) * 12 + due.month - start.month == months
    assert due.day == min(start.day, monthrange(due.year, due.month)[1])


def test_counting_back_is_refused() -> None:
    with pytest.raises(ValueError, match="counted forwards"):
        ENGLAND.add_working_days(day("2024-06-03"), -1)


@pytest.mark.parametrize("unit", UNITS)
def test_past_the_last_year_is_refused_in_words(unit: str) -> None:
    with pytest.raises(ValueError, match="past the year 9999"):
        ENGLAND.due(dt.date(9999, 12, 31), Span.parse(f"50 {unit}"))


def test_an_unknown_nation_is_refused_with_the_nearest() -> None:
    with pytest.raises(CaseReviewError, match="Did you mean scotland"):
        calendar_for("scottland")  # type: ignore[arg-type]


spans = st.builds(Span, st.integers(0, LONGEST), st.sampled_from(UNITS))


@given(spans)
@example(Span(1, "working days"))
def test_a_span_reads_back_as_it_was_written(span: Span) -> None:
    assert Span.parse(str(span)) == span
    assert Span.parse(f"  0{str(span).upper().replace(' ', '  ')} ") == span
    assert str(span).endswith("s") == (span.amount != 1)


nearly = st.builds("{} {}".format, st.integers(-3, 10**7), st.sampled_from(["day", "wd", "hours"]))


@given(st.text(max_size=30) | nearly)
@example("1.5 days")
@example("-3 days")
@example("٣ days")
@example("100000 days")
@example("9" * 6000 + " days")
@example("45 fortnights")
@example("45")
@example("working days")
def test_what_is_not_a_span_is_refused_in_one_plain_sentence(text: str) -> None:
    try:
        span = Span.parse(text)
    except ValueError as refused:
        said = str(refused)
        assert said.isprintable() and len(said) < 400 and "such as" in said
    else:
        number, unit = text.lower().split(maxsplit=1)
        assert (int(number), unit.removesuffix("s")) == (span.amount, span.unit.removesuffix("s"))


NOT_SPANS = ["1.5 days", "-3 days", "٣ days", "100000 days", "45 fortnights", "45", "", "days", 45, None]


@pytest.mark.parametrize("text", NOT_SPANS)
def test_refused_spans(text: object) -> None:
    with pytest.raises(ValueError, match="such as"):
        Span.parse(text)


def test_a_span_made_directly_is_checked_too() -> None:
    with pytest.raises(ValueError, match="from 0 to"):
        Span(-1, "days")
    with pytest.raises(ValueError, match="no unit of time"):
        Span(1, "years")  # type: ignore[arg-type]


@pytest.mark.parametrize("nation", NATIONS)
def test_every_year_from_first_to_last_is_held(nation: Nation) -> None:
    assert {each.year for each in calendar_for(nation).holidays} == set(range(2008, 2031))
