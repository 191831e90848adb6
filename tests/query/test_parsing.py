"""The query language: one spelling for each query, no text that breaks it, and faults that point at their place."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from casereview.calendar import calendar_for
from casereview.query import Query, QueryFault, parse
from casereview.query.compiling import Setting, case_query, days_ago, register_query
from casereview.query.days import first_and_last, spelt
from casereview.query.terms import CLASSES, GROUPS, OVERDUE, SORTS, STANDINGS, TERMS, described
from casereview.views import BY_CONCERN
from casereview.views import OVERDUE as OVERDUE_STANDINGS

TODAY = date(2026, 11, 21)
PIECES = ['"', "“", "”", " ", "-", "not ", "\\", ":", ">", "<=", "..", ",", "=", "10", "7d", "2026-01", "today", "any",
          "x\u0301", "\u0301", "\u0338", "\u200d", "\x00", "\n", "\u202e", "🙂", *TERMS]  # fmt: skip
anything = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join)


def read(text: str) -> Query:
    try:
        return parse(text)
    except QueryFault:
        assume(False)
        raise


def setting(today: date = TODAY) -> Setting:
    calendar = calendar_for("england-wales")
    return Setting(today, "me", list, list, list, lambda of, everywhere: {}, lambda: [("england-wales", "", calendar)])


# ---- any text ------------------------------------------------------------------------------------------------------
@given(anything)
@example('"a\\\u0301"')
@example("sort:opened -sort:stage")
@example("beyond>" + "9" * 5000)
@example("x" * 50_000)
@example('team:"' + '\\"' * 100 + '"')
def test_any_text_is_a_query_or_a_fault_that_points_into_it(text: str) -> None:
    try:
        query = parse(text)
    except QueryFault as fault:
        line, caret = fault.pointed
        assert 0 <= fault.at <= len(fault.text) and caret.strip() == "^" and "\n" not in line + caret + fault.says
        assert fault.status == 2 and str(fault).startswith("the query: ")
        return
    assert parse(str(query)) == query
    assert str(parse(str(query))) == str(query)


@given(anything, st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_any_query_is_asked_or_refused_in_the_same_way(text: str, today: date) -> None:
    """Whatever can be read is turned into what a store is asked, or is a fault of the same kind."""
    query = read(text)
    for ask in (register_query, case_query):
        try:
            ask(query, setting(today))
        except QueryFault as fault:
            assert 0 <= fault.at <= len(fault.text)


@given(st.text(min_size=1, max_size=30))
def test_words_in_quotes_are_looked_for_as_they_are(text: str) -> None:
    inside = text.replace("\\", "\\\\").replace('"', '\\"')
    query = read(f'"{inside}"')
    assert [term.name for term in query.terms] == [""] and parse(str(query)) == query


def test_the_example_of_the_issue() -> None:
    query = parse("overdue:justified stage:analysis team:north beyond>10 mine")
    assert [(t.name, t.op, t.values) for t in query.terms] == [
        ("overdue", ":", ("justified",)), ("stage", ":", ("analysis",)), ("team", ":", ("north",)),
        ("beyond", ">", ("10",)), ("mine", "", ()),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "spelling"),
    [
        ("  Mine   TEAM:North ", "mine team:North"),
        ("not mine not told:no", "-mine -told:no"),
        ('bread or butter', 'bread "or" butter'), ('mine "or"', 'mine "or"'),
        ("standing:Of_Concern,LAPSED", "standing:of-concern,lapsed"),
        ("opened:5/1/2026", "opened:2026-01-05"),
        ('opened>"5 Jan 2026"', "opened>2026-01-05"),
        ("beyond=010", "beyond:10"),
        ("look-again<+7D promised<TODAY agreed>-02w", "look-again<7d promised<today agreed>-2w"),
        ("worker:“Ben O'Neill”,cleo", "worker:\"Ben O'Neill\",cleo"),
        ('"overdue" "not" "-x" "a:b" plain', '"overdue" "not" "-x" "a:b" plain'),
        ("10:30 100% SA-2026-7K3QX - a-b", "10:30 100% SA-2026-7K3QX - a-b"),
        ("team north", "team north"),
    ],
)
def test_each_query_has_one_spelling(written: str, spelling: str) -> None:
    assert str(parse(written)) == spelling


# ---- faults --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "at", "says", "remedy"),
    [
        ("mine OR team:north", 5, "“or” joins none", "team:a,b"),
        ("mine overdu:lapsed", 5, "there is no term 'overdu'", "Did you mean overdue?"),
        ("overdue:lapset", 8, "'lapset' cannot stand after overdue:", "Did you mean lapsed?"),
        ("standing:x", 9, "cannot stand after standing:", "There may stand one of urgent, legal-limit"),
        ("a team:", 7, "nothing stands after team", "for example team:north"),
        ("team:north,", 11, "nothing stands after team", "for example team:north"),
        ("team:,north", 5, "nothing stands after team", "for example team:north"),
        ('team:"north"south', 12, "a space or a comma is missing here", ""),
        ("beyond>ten", 7, "'ten' is not a number of days", "a number of working days"),
        ("beyond:9..3", 7, "the range ends before it begins", "3..9"),
        ("beyond>5..6", 7, "a range stands after a colon", ""),
        ("opened:31/2/2026", 7, "There is no such day", "a day (2026-01-05)"),
        ("opened:2/13/2026", 7, "puts the month first", "a day (2026-01-05)"),
        ("opened:2026-13", 7, "there is no month '2026-13'", "a month (2026-01)"),
        ('x "abc', 2, "a quotation mark opens and is never closed", ""),
        ('"abc"d', 5, "a space is missing after the closing quotation mark", ""),
        ('""', 0, "nothing stands between the quotation marks", ""),
        ("mine:yes", 4, "mine stands alone", "Write mine, or -mine."),
        ("team>3", 4, "team is not compared", "team:north"),
        ("sort:opened sort:stage", 12, "sort: stands there twice", ""),
        ("sort:opened,stage", 12, "sort takes no more than 1", ""),
        ("sort:age", 5, "'age' cannot stand after sort:", "one of concern, beyond"),
        ("-group:team", 0, "group: cannot be turned round", ""),
        ("--mine", 0, "this is turned round twice", ""),
        ("not", 0, "nothing stands after “not”", '"not"'),
        ("a:b", 0, "there is no term 'a'", "To look for it as words, use quotes."),
        ("x" * 201, 0, "this is longer than 200 characters", "Shorten it."),
        ("a " * 41, 80, "a query has at most 40 terms", "Leave some out."),
    ],
)
def test_a_mistake_is_one_line_with_its_place(text: str, at: int, says: str, remedy: str) -> None:
    with pytest.raises(QueryFault) as caught:
        parse(text)
    fault = caught.value
    assert says in fault.says and remedy in (fault.remedy or "") and fault.at == at
    line, caret = fault.pointed
    if len(text) < 70:
        assert line == text.strip() and caret.index("^") == at


def test_the_place_in_a_long_or_wide_query_stays_under_its_letter() -> None:
    with pytest.raises(QueryFault) as caught:
        parse("日本 " + "word " * 30 + "team:")
    line, caret = caught.value.pointed
    assert line.endswith("team:") and len(caret) - 1 == len(line)
    with pytest.raises(QueryFault) as caught:
        parse("日本 mine:x")
    assert caught.value.pointed[1].index("^") == 4 + 1 + 4  # two wide letters take four columns


@pytest.mark.parametrize(
    ("text", "at", "says", "remedy"),
    [
        ("mine stage:analisys", 11, "there is no stage 'analisys'", "Did you mean analysis?"),
        ("team:north,nroth", 11, "there is no team 'nroth'", "Did you mean north?"),
        ("worker:e", 7, "'e' is part of more than one name", "ben, eve"),
        ("reason:XXXX", 7, "there is no reason 'XXXX'", "Known: judg."),
        ("lane:qqqq", 5, "there is no lane 'qqqq'", "See: casereview workflows list"),
        ("opened:2026-03..2026-01", 7, "the range ends before it begins", "It begins on 2026-03-01"),
    ],
)
def test_a_name_that_is_not_known_is_pointed_at(text: str, at: int, says: str, remedy: str) -> None:
    from casereview.people import Person, Team

    names = {"stage": {"analysis": ("analysis",)}, "reason": {"judg": ("JUDG",)},
             "lane": {f"lane {n}": (f"lane-{n}",) for n in range(40)}}  # fmt: skip
    asking = Setting(
        TODAY, "me", list, lambda: [Person("ben", "Ben Lee"), Person("eve", "Eve")], lambda: [Team("north", "North")],
        lambda of, everywhere: names[of], list,
    )  # fmt: skip
    with pytest.raises(QueryFault) as caught:
        register_query(parse(text), asking)
    assert says in caught.value.says and remedy in (caught.value.remedy or "") and caught.value.at == at


def test_an_id_is_somebodys_before_a_login_and_a_login_before_a_name() -> None:
    from casereview.conditions import Among
    from casereview.people import Person

    staff = [Person("ann", "Ben", "cy"), Person("ben", "Cy", "ann"), Person("x", "Jo Bell"), Person("y", "Jo Bell")]
    asking = Setting(TODAY, "me", list, lambda: staff, list, lambda of, everywhere: {}, list)
    for written, meant in (("ann", ("ann",)), ("Ben", ("ben",)), ("cy", ("ann",)), ('"jo bell"', ("x", "y"))):
        assert register_query(parse(f"worker:{written}"), asking).also == (Among("worker", meant),)


def test_a_list_of_cases_has_no_headings() -> None:
    with pytest.raises(QueryFault, match="no headings"):
        case_query(parse("mine group:team"), setting())


# ---- what there is ---------------------------------------------------------------------------------------------------
def test_every_standing_can_be_asked_for_and_every_term_is_explained() -> None:
    assert sorted(STANDINGS.values()) == sorted(BY_CONCERN)
    assert sorted(STANDINGS[one] for one in OVERDUE) == sorted(OVERDUE_STANDINGS)
    page = described()
    for term in TERMS.values():
        assert str(parse(term.example)) and term.says in page, term.name
    for words in (STANDINGS, CLASSES, SORTS, GROUPS):
        assert set(words) <= set(page.replace(",", " ").replace(":", " ").split())


# ---- days ----------------------------------------------------------------------------------------------------------
@given(st.dates(date(2012, 1, 1), date(2027, 6, 1)), st.integers(1, 400))
def test_so_many_working_days_ago_is_the_latest_such_day(today: date, number: int) -> None:
    calendar = calendar_for("england-wales", [(date(2020, 3, 3), "Moving house")])
    found = days_ago(calendar, today, number)
    assert calendar.working_days(found, today) >= number
    assert calendar.working_days(found + timedelta(1), today) < number


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("today", TODAY, TODAY), ("yesterday", date(2026, 11, 20), date(2026, 11, 20)),
        ("tomorrow", date(2026, 11, 22), date(2026, 11, 22)), ("7d", date(2026, 11, 28), date(2026, 11, 28)),
        ("-2w", date(2026, 11, 7), date(2026, 11, 7)), ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)), ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("3 March 2026", date(2026, 3, 3), date(2026, 3, 3)),
    ],
)  # fmt: skip
def test_days_as_people_write_them(written: str, first: date, last: date) -> None:
    assert first_and_last(spelt(written), TODAY) == (first, last)
    assert spelt(spelt(written)) == spelt(written)
