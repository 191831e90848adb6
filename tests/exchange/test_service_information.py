"""Service and population information: kept with its source, beside the numbers, silent about so few that it tells."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.exchange.landing import import_cin
from casereview.exchange.population import import_population
from casereview.oversight.service_information import (
    Information,
    add_information,
    information,
    population,
    service_page,
    take_back,
)
from casereview.oversight.service_information_kinds import MEASURES
from casereview.ports import Store
from tests.exchange.support import assessment, cases, census, desk, episode, head, in_memory
from tests.stories import ADA, CHI, DOT, MO, SAM, TEAM, WREN

SINCE, UNTIL = date(2023, 10, 1), date(2024, 3, 31)
HEADER = "area,year,measure,value,source\n"


def given_file(path: Path, *lines: str, header: str = HEADER) -> str:
    path.write_text(header + "".join(f"{line}\n" for line in lines), "utf-8-sig")
    return str(path)


def entered(store: Store, measure: str = "children-safer", value: int = 30, of: int | None = 41, **more: str) -> None:
    add_information(
        desk(store, MO), measure, value, of=of, since=SINCE, until=UNTIL,
        source=more.get("source", "Survey by the youth council"), words=more.get("words", ""),
    )  # fmt: skip


# ---- what people say ------------------------------------------------------------------------------------------------
def test_a_figure_is_kept_with_its_time_its_source_and_who_entered_it(store: Store) -> None:
    entered(store, words="I sleep now.")
    (one,) = information(desk(store, SAM))  # anybody may look
    assert (one.measure, one.value, one.of, one.source, one.words, one.by) == (
        "children-safer", 30, 41, "Survey by the youth council", "I sleep now.", MO,
    )  # fmt: skip
    assert (one.since, one.until, one.collected, one.on) == (SINCE, UNTIL, desk(store).today, desk(store).today)


def test_the_same_measure_time_and_source_is_put_right_and_its_story_kept() -> None:
    store = in_memory()
    entered(store, value=30)
    entered(store, value=32)
    entered(store, value=12, source="The schools")
    found = information(desk(store))
    assert sorted(one.value for one in found) == [12, 32]
    with store.read() as work:
        histories = sorted(len(kept.body["history"]) for kept in work.kept("service-information"))
    assert histories == [1, 2]
    take_back(desk(store, MO), found[0].key)
    assert len(information(desk(store))) == 1
    with pytest.raises(NotFound):
        take_back(desk(store, MO), found[0].key)


def test_entering_takes_an_office() -> None:
    store = in_memory()
    for person in (SAM, WREN):
        with pytest.raises(NotFound, match="takes an office"):
            add_information(desk(store, person), "children-safer", 1, since=SINCE, until=UNTIL, source="x")
    assert not information(desk(store))


@pytest.mark.parametrize(
    ("value", "of", "source", "since", "collected", "says"),
    [
        (-1, None, "x", SINCE, None, "cannot be"),
        (5, 4, "x", SINCE, None, "cannot be"),
        (1, None, "  ", SINCE, None, "source"),
        (1, None, "x", date(2024, 4, 1), None, "before the first"),
        (1, None, "x", SINCE, date(2030, 1, 1), "still to come"),
    ],
)
def test_what_cannot_be_is_refused(
    value: int, of: int | None, source: str, since: date, collected: date | None, says: str
) -> None:
    store = in_memory()
    before = head(store)
    with pytest.raises(CaseReviewError, match=says):
        add_information(
            desk(store, MO), "children-safer", value, of=of, since=since, until=UNTIL, source=source,
            collected=collected,
        )  # fmt: skip
    assert head(store) == before


@given(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 60)), st.integers(1, 10))
def test_no_number_is_said_by_which_somebody_could_be_known(value: int, of: int | None, smallest: int) -> None:
    if of is not None and of < value:
        return
    day = date(2024, 1, 1)
    one = Information("k", "m", "t", day, day, value, of, "s", day, "", "x", "X", day)
    said = one.says(smallest)
    few = 0 < value < smallest or (of is not None and (of < smallest or 0 < of - value < smallest))
    assert (f"{value:,}" == said.split(" of ")[0]) == (not few)
    assert few == ("fewer than" in said)


# ---- the page -------------------------------------------------------------------------------------------------------
def test_the_page_says_what_is_not_recorded_and_asks_of_every_number() -> None:
    store = in_memory()
    page = service_page(desk(store), since=SINCE, until=UNTIL)
    assert [section.measure for section in page.sections] == list(MEASURES)
    assert all("Not recorded" in section.missing and section.measure.asks for section in page.sections)
    entered(store)
    entered(store, "Meals eaten together", 7, None)
    page = service_page(desk(store), since=SINCE, until=UNTIL)
    assert [bool(section.missing) for section in page.sections] == [True, True, False, False]
    assert page.sections[3].measure.title == "Meals eaten together"
    assert not service_page(desk(store), since=date(2020, 1, 1), until=date(2020, 12, 31)).sections[2].recorded


def looked_back(store: Store, ref: str, found: str) -> None:
    desk(store, ADA).do(ref, cmd.AddRecord("look-back", {"looked_on": UNTIL, "lasted": found}, on=UNTIL))


def test_our_own_numbers_stand_beside(tmp_path: Path) -> None:
    store = in_memory()
    rows = [episode(f"A{n}", assessment(date(2023, 11, 6), date(2024, 1, 8))) for n in range(9)]
    import_cin(desk(store), census(tmp_path / "in.xml", *rows))
    for case in cases(store)[:6]:
        looked_back(store, case.ref, "better and lasting")
    page = service_page(desk(store), since=SINCE, until=UNTIL)
    assert page.numbers[0] == "Assessments completed in this time: 5."
    assert "better and lasting: 5 of 5 (100%)" in " ".join(page.sections[1].ours)
    looked_back(store, cases(store)[6].ref, "no different")
    page = service_page(desk(store), since=SINCE, until=UNTIL)
    assert "better and lasting: all but fewer than 5 of 5" in " ".join(page.sections[1].ours)
    assert service_page(desk(store), since=SINCE, until=UNTIL, team=TEAM).numbers[0].endswith(": 0.")
    with pytest.raises(NotFound, match="no team"):
        service_page(desk(store), team="nowhere")


def test_a_hidden_case_changes_nothing_on_the_page(tmp_path: Path) -> None:
    store = in_memory()
    rows = [episode(f"A{n}", assessment(date(2023, 11, 6), date(2024, 1, 8))) for n in range(9)]
    import_cin(desk(store), census(tmp_path / "in.xml", *rows))
    before = service_page(desk(store, MO), since=SINCE, until=UNTIL)
    import_cin(desk(store), census(tmp_path / "in.xml", *rows, episode("B", assessment(date(2023, 11, 6), UNTIL))))
    (last,) = [case for case in cases(store) if "/B/" in case.import_key]
    desk(store, CHI).do(last.ref, cmd.Restrict("A relative works here.", (CHI,)))
    assert service_page(desk(store, MO), since=SINCE, until=UNTIL) == before
    assert service_page(desk(store, CHI), since=SINCE, until=UNTIL) != before


# ---- the population ------------------------------------------------------------------------------------------------
def test_population_information_is_kept_as_it_is_given(store: Store, tmp_path: Path) -> None:
    path = given_file(
        tmp_path / "p.csv", "Testshire,2024,Children in poverty,21.4%,Needs assessment 2025",
        "Testshire,2023,Children in poverty,c,Needs assessment 2025",
        'Testshire,2024,Children aged 0 to 17,"12,345",Census',
    )  # fmt: skip
    report = import_population(desk(store, MO), path)
    assert (report.read, report.new, report.refused) == (3, 3, 0)
    assert [(f.measure, f.year, f.value, f.source) for f in population(desk(store, SAM))] == [
        ("Children aged 0 to 17", 2024, "12,345", "Census"),
        ("Children in poverty", 2023, "c", "Needs assessment 2025"),
        ("Children in poverty", 2024, "21.4%", "Needs assessment 2025"),
    ]
    before = head(store)
    again = import_population(desk(store, MO), path)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 3) and head(store) == before
    changed = given_file(tmp_path / "q.csv", "Testshire,2024,Children in poverty,22%,Needs assessment 2026")
    assert import_population(desk(store, DOT), changed).changed == 1
    assert [f.value for f in population(desk(store), "poverty")] == ["c", "22%"]


def test_a_figure_without_a_source_is_left_out_and_named(tmp_path: Path) -> None:
    store = in_memory()
    path = given_file(
        tmp_path / "p.csv", "A,2024,Poverty,21%,S", "A,2024,Absence,5%,", ",2024,Absence,5%,S", "A,soon,Absence,5%,S",
        "A,2024,Absence,about five,S", "A,2024,Poverty,22%,S", "",
    )  # fmt: skip
    report = import_population(desk(store), path)
    assert [(p.line, p.says) for p in report.problems] == [
        (3, "source is empty: a figure without one is not kept"),
        (4, "area is empty"),
        (5, "year “soon” is not a year such as 2024"),
        (6, "value “about five” is neither a number nor a mark"),
        (7, "Poverty of A in 2024 has two different values"),
    ]
    assert (report.read, report.new, report.refused) == (6, 1, 5)


def test_a_dry_run_keeps_nothing_and_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    store = in_memory()
    before = head(store)
    path = given_file(tmp_path / "p.csv", "A,2024,Poverty,21%,S")
    assert import_population(desk(store), path, dry_run=True).new == 1
    wrong = {"area,year,measure,value\n": "no column called source", "aria,year\n": "called area", "": "is empty"}
    for header, says in wrong.items():
        with pytest.raises(CaseReviewError, match=says):
            import_population(desk(store), given_file(tmp_path / "bad.csv", header=header))
    with pytest.raises(CaseReviewError, match="holds no figures"):
        import_population(desk(store), given_file(tmp_path / "bad.csv"))
    with pytest.raises(NotFound, match="office"):
        import_population(desk(store, SAM), path)
    assert head(store) == before
