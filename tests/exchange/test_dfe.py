"""Published figures: read as they are, marks and all, kept once, and set beside our own without ranking anybody."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.exchange import dfe
from casereview.exchange.dfe import read_published
from casereview.exchange.dfe_keep import import_dfe
from casereview.exchange.dfe_sets import SETS, set_of
from casereview.exchange.landing import import_cin
from casereview.oversight import published
from casereview.oversight.figures.durations import DFE
from casereview.oversight.published import BAND_COLUMNS, Figure
from casereview.oversight.published_compare import compare, notes, rows
from casereview.ports import Store
from tests.exchange.support import SHARED, assessment, cases, census, desk, episode, head, in_memory
from tests.stories import CHI, DOT, MO, SAM, WREN

REAL = sorted((SHARED / "dfe_cin_2024_published").glob("[bcd]*.csv")) + sorted((SHARED / "dfe_workforce").glob("*.csv"))
C2 = SHARED / "dfe_cin_2024_published" / "c2_children_in_need_assessments_duration_2014_to_2024.csv"
needs_real = pytest.mark.skipif(not REAL, reason="the published files are not on this machine")
AREA = ("time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code",
        "region_name", "old_la_code", "new_la_code", "la_name", "category")  # fmt: skip
MEASURES = ("Assessments_completed", "Assessments_completed_rate", *BAND_COLUMNS, "25th_Percentile_days",
            "Median_days", "75th_Percentile_days")  # fmt: skip
FIGURES = (100, 53.5, 2, 11, 17, 16, 20, 18, 6, 5, 5, 19, 34, 44)
Row = tuple[Any, ...]


def england(year: int = 2024, figures: Row = FIGURES) -> Row:
    return (year, "Reporting year", "National", "E92000001", "England", "", "", "", "", "", "D", *figures)


def place(name: str = "Testshire", code: str = "E10000099", year: int = 2024, figures: Row = FIGURES) -> Row:
    return (year, "Reporting year", "Local authority", "E92000001", "England", "E12000001", "North East", "999", code,
            name, "D", *figures)  # fmt: skip


def c2(path: Path, *listed: Row, header: Sequence[str] = (*AREA, *MEASURES), encoding: str = "utf-8-sig") -> str:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(listed)
    return str(path)


# ---- reading -----------------------------------------------------------------------------------------------------
def test_numbers_are_numbers_and_marks_are_marks(tmp_path: Path) -> None:
    odd = (9000, "x", "c", "z", "u", "k", "1,234", "0", "0", "low", "5.5", "x", "12", "")
    read = read_published(c2(tmp_path / "a.csv", england(), place(figures=odd)))
    assert (read.of.key, read.release, read.rows, read.problems) == ("c2", "2024", 2, [])
    held = read.areas["E10000099"].years["2024"]
    assert [held.get(name) for name in MEASURES] == [
        9000,
        "x",
        "c",
        "z",
        "u",
        "k",
        1234,
        0,
        0,
        "low",
        5.5,
        "x",
        12,
        None,
    ]
    assert read.areas["E92000001"].name == "England"


@pytest.mark.parametrize(
    ("at", "cell", "says"),
    [
        (0, "-3", "Assessments_completed “-3” is below nought"),
        (2, "-1", "Same_day “-1” is below nought"),
        (12, "-0.5", "Median_days “-0.5” is below nought"),
        (0, "999,999,999,999", "Assessments_completed “999,999,999,999” is more than 100,000,000"),
        (3, "101", "1-10_days “101” is more than Assessments_completed, which is 100"),
    ],
)
def test_a_figure_that_cannot_be_is_left_out_by_line_and_reason(at: int, cell: str, says: str, tmp_path: Path) -> None:
    figures = (*FIGURES[:at], cell, *FIGURES[at + 1 :])
    read = read_published(c2(tmp_path / "a.csv", england(), place(figures=figures)))
    assert [(p.line, p.says, p.done) for p in read.problems] == [(3, says, "the figure was left out")]
    row = read.areas["E10000099"].years["2024"]
    assert MEASURES[at] not in row and len(row) == len(MEASURES) - 1, "what else the row says is kept"


any_figure = st.one_of(st.integers(-(10**12), 10**12), st.floats(-1e3, 1e3), st.just("c"))


@given(st.lists(any_figure, min_size=len(MEASURES), max_size=len(MEASURES)))
def test_no_figure_is_kept_that_cannot_be(tmp_path_factory: pytest.TempPathFactory, figures: list[Any]) -> None:
    said = tuple(f"{one:.3f}" if isinstance(one, float) else one for one in figures)
    path = c2(tmp_path_factory.mktemp("c2") / "a.csv", england(), place(figures=said))
    read = read_published(path)
    row = read.areas["E10000099"].years["2024"] if "E10000099" in read.areas else {}
    numbers = [one for one in row.values() if not isinstance(one, str)]
    assert all(0 <= one <= 100_000_000 for one in numbers)
    whole = row.get("Assessments_completed")
    if isinstance(whole, int | float):
        assert all(isinstance(one := row.get(name, 0), str) or one <= whole for name in BAND_COLUMNS)
    assert len(row) + len(read.problems) == len(MEASURES), "each is kept or told of"


@pytest.mark.parametrize(("name", "value", "kept"), [
    ("Re_referrals_percent", 100.1, False), ("Re_referrals_percent", 100, True), ("rate_per_10000", 312.5, True),
    ("Change_on_the_year", -12, True), ("Referrals", -12, False), ("Referrals", "z", True),
])  # fmt: skip
def test_what_a_column_can_hold_goes_by_what_it_is_called(name: str, value: Any, kept: bool) -> None:
    assert (not dfe._cannot_be(name, value)) is kept


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=12))
def test_no_cell_becomes_a_zero_that_is_not_one(cell: str) -> None:
    value = dfe._value(cell.strip())
    if value == 0:
        assert cell.strip().replace(",", "").lstrip("-").strip("0.") == ""
    assert value is None or isinstance(value, str) or str(value).replace(".", "").lstrip("-").isdigit()


def test_a_file_is_known_by_its_columns_whatever_its_name(tmp_path: Path) -> None:
    path = c2(tmp_path / "renamed d7 2013.csv", england(), encoding="utf-8")
    assert read_published(path).of.key == "c2"
    reordered = [*MEASURES, *AREA, "a_new_column"]
    row = dict(zip((*AREA, *MEASURES), england(), strict=True))
    path = c2(tmp_path / "x.csv", tuple(row.get(name, 7) for name in reordered), header=reordered)
    read = read_published(path)
    assert (read.of.key, read.areas["E92000001"].years["2024"]["a_new_column"]) == ("c2", 7)


def test_every_set_is_told_from_the_others() -> None:
    for one in SETS:
        assert set_of((*one.area, *one.columns), "f").key == one.key


def test_periods_that_name_two_years_are_the_year_they_end_in(tmp_path: Path) -> None:
    rows_ = [(f"{2000 + n - 1}{n}", *england()[1:]) for n in (23, 24)] + [("202325", *england()[1:])]
    read = read_published(c2(tmp_path / "a.csv", *rows_))
    assert list(read.areas["E92000001"].years) == ["2023", "2024"]
    assert [p.says for p in read.problems] == ["time_period “202325” is not a year"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda row: row[:-1], "the row has 24 cells, and there are 25 columns"),
        (lambda row: ("soon", *row[1:]), "time_period “soon” is not a year"),
        (lambda row: (*row[:8], "", *row[9:]), "does not say of which area"),
        (lambda row: (*row[:8], "=cmd", *row[9:]), "does not say of which area"),
        (lambda row: (*england()[:3], "../x", *england()[4:]), "does not say of which area"),
        (lambda row: (*row[:8], "E10000098", *row[9:12], "=1+1", *row[13:]), "neither a number nor a mark"),
        (lambda row: (*row[:11], 500, *row[12:]), "two different rows for 2024"),
    ],
)
def test_a_row_that_cannot_be_used_is_listed_by_its_line(change: Any, says: str, tmp_path: Path) -> None:
    read = read_published(c2(tmp_path / "a.csv", england(), place(), change(place())))
    assert [(p.line, says in p.says) for p in read.problems] == [(4, True)]
    assert read.areas["E10000099"].years["2024"]["Median_days"] == 34


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "no published table known here"),
        ("é,b\n".encode("latin-1") + b"x" * 20, "not UTF-8 text near line"),
        (b'a,"b\n1,2\n', "is not CSV"),
        (b"a,\0\n", "no text"),
        (b"x" * (dfe.MAX_CELL * dfe.MAX_COLUMNS + 1), "line 1 is longer"),
        (("a" + ",a" * 400).encode(), "more than 300 columns"),
        (b"a,a\n", "two columns are called 'a'"),
        (b"geographic_level,category,number\n", "a table of England alone"),
        (",".join((*AREA, *(m for m in MEASURES if m != "Median_days"))).encode(), "column Median_days is missing"),
        (",".join((*AREA, *MEASURES)).encode(), "no row that can be used"),
        (b"PK\x03\x04rest of a workbook", "no published table"),
    ],
)
def test_a_file_that_is_none_is_told_in_a_line(content: bytes, says: str, tmp_path: Path) -> None:
    store = in_memory()
    before = head(store)
    (tmp_path / "bad.csv").write_bytes(content)
    with pytest.raises(CaseReviewError, match=says) as caught:
        import_dfe(desk(store), [str(tmp_path / "bad.csv")])
    assert caught.value.where == "bad.csv" and "\n" not in str(caught.value)
    assert head(store) == before


def test_files_that_are_not_there_or_too_large(tmp_path: Path) -> None:
    with pytest.raises(CaseReviewError, match="cannot be read"):
        read_published(str(tmp_path / "none.csv"))
    with pytest.raises(CaseReviewError, match="larger than 0 MB"):
        read_published(c2(tmp_path / "a.csv", england()), max_bytes=10)


# ---- keeping -------------------------------------------------------------------------------------------------------
def test_the_same_file_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = c2(tmp_path / "a.csv", england(), place(), england(2023))
    (first,) = import_dfe(desk(store), [path])
    assert (first.of, first.areas, first.new, first.first, first.release) == ("c2", 2, 2, "2023", "2024")
    before = head(store)
    (again,) = import_dfe(desk(store), [path])
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert head(store) == before


def test_a_dry_run_says_what_it_would_and_keeps_nothing(tmp_path: Path) -> None:
    store = in_memory()
    before = head(store)
    (would,) = import_dfe(desk(store), [c2(tmp_path / "a.csv", england())], dry_run=True)
    assert (would.new, head(store)) == (1, before)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_releases_the_newer_stands_whichever_comes_first(order: tuple[int, int], tmp_path: Path) -> None:
    revised = (110, *FIGURES[1:])
    files = [
        c2(tmp_path / "old.csv", england(2022), england(2023)),
        c2(tmp_path / "new.csv", england(2023, revised), england(2024)),
    ]
    store = in_memory()
    for at in order:
        import_dfe(desk(store), [files[at]])
    (area,) = published.areas(desk(store))
    completed = [published.durations(desk(store), area, year).completed.value for year in (2022, 2023, 2024)]
    assert completed == [100, 110, 100]


def test_bad_files_beside_good_ones_lose_nothing(tmp_path: Path) -> None:
    store = in_memory()
    (tmp_path / "bad.csv").write_text("a,b\n")
    good = c2(tmp_path / "good.csv", england())
    bad, kept = import_dfe(desk(store), [str(tmp_path / "bad.csv"), good])
    assert "no published table" in bad.refused and bad.remedy and (kept.new, kept.refused) == (1, "")


def test_keeping_takes_an_office(tmp_path: Path) -> None:
    store = in_memory()
    path = c2(tmp_path / "a.csv", england())
    for person in (SAM, WREN):
        with pytest.raises(NotFound, match="takes an office"):
            import_dfe(desk(store, person), [path])
    import_dfe(desk(store, MO), [path])
    assert published.areas(desk(store, SAM))  # anybody may look


# ---- what is published ----------------------------------------------------------------------------------------------
def kept(tmp_path: Path, *listed: Row) -> Store:
    store = in_memory()
    import_dfe(desk(store), [c2(tmp_path / "kept.csv", *listed)])
    return store


def test_bands_have_shares_and_marks_have_none(tmp_path: Path) -> None:
    hidden = (100, 53.5, "c", *FIGURES[3:])
    store = kept(tmp_path, england(), place(figures=hidden))
    found = published.durations(desk(store), published.find_areas(desk(store), ["testshire"])[0], 2024)
    assert [(b.low, b.high) for b in found.bands] == list(DFE)
    assert (found.bands[0].count, found.bands[0].share) == (Figure(None, "c"), None)
    assert found.bands[1].share == 0.11 and found.median == Figure(34)
    assert (found.bands[0].count.says, found.bands[0].count.meaning) == ("c", "hidden there: too few children to show")
    assert "Open Government Licence" in found.source and "2024" in found.source


def test_an_area_without_figures_says_why(tmp_path: Path) -> None:
    gone = tuple("x" for _ in FIGURES)
    store = kept(
        tmp_path, england(2023), england(), place("Hackney", "E09000012", 2024, gone),
        place("Cumbria", "E10000006", 2023), place("Cumberland", "E06000063"),
        place("Westmorland and Furness", "E06000064"), place("Dorset", "E10000009", 2023), place("Dorset", "E06000059"),
    )  # fmt: skip

    def note(name: str, year: int = 2024) -> str:
        (area,) = published.find_areas(desk(store), [name], year)
        return published.durations(desk(store), area, year).note

    assert note("Hackney") == "Nothing of Hackney was published for 2024 (x: not available)."
    assert note("Cumbria") == (
        "The published figures of Cumbria end in 2023. Figures carry on as Cumberland and Westmorland and Furness."
    )
    assert note("Cumberland", 2023) == "Nothing of Cumberland was published for 2023."
    assert note("Dorset") == note("Dorset", 2023) == ""  # two areas of one name: the one that has the year


def test_an_area_that_is_not_kept_is_met_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no published figures are kept"):
        published.find_areas(desk(in_memory()), ["England"])
    store = kept(tmp_path, england(), place())
    with pytest.raises(NotFound) as caught:
        published.find_areas(desk(store), ["Testshir"])
    assert "Testshire" in (caught.value.remedy or "")


@needs_real
def test_every_real_file_is_known_and_read_whole() -> None:
    found = [read_published(str(path)) for path in REAL]
    assert not [one for one in found if one.problems]
    assert {one.of.key for one in found} == {one.key for one in SETS} - {"population"}
    assert [one.passed_over for one in found if one.of.key == "workforce"] == [1323]  # medians are no areas


@needs_real
def test_what_the_real_files_say_is_kept() -> None:
    store = in_memory()
    wanted = [path for path in REAL if path.name[:2] in ("c1", "c2", "wo")]
    assert [one.of for one in import_dfe(desk(store), [str(path) for path in wanted])] == ["c1", "c2", "workforce"]
    here = desk(store)

    def of(name: str, year: int) -> published.PublishedDurations:
        return published.durations(here, published.find_areas(here, [name], year)[0], year)

    england_ = of("England", 2024)
    assert (england_.completed.value, england_.lower.value, england_.median.value, england_.upper.value) == (
        643170, 19, 34, 44,
    )  # fmt: skip
    assert [round(100 * (b.share or 0), 1) for b in england_.bands] == [
        1.5,
        11.4,
        17.3,
        16.0,
        20.2,
        18.1,
        6.0,
        4.6,
        5.0,
    ]
    for year in (2021, 2022):
        assert of("Hackney", year).note and of("Hackney", year).median == Figure(None, "x")
    assert of("Hackney", 2014).median.value == 43
    assert "Cumberland and Westmorland and Furness" in of("Cumbria", 2024).note
    (england_area,) = published.find_areas(here, ["England"])
    assert published.re_referrals(here, england_area, 2024)["Re_referrals_percent"].value == 22.4
    assert published.caseload(here, england_area, 2025)["caseload_fte"].value == 15.2


# ---- beside our own ------------------------------------------------------------------------------------------------
def ours(store: Store, tmp_path: Path, days: Sequence[int]) -> None:
    """Cases completed in the year after so many working days, as a census return gives them."""
    from casereview.calendar import calendar_for

    calendar, start = calendar_for("england-wales"), date(2023, 5, 9)
    listed = []
    for number, count in enumerate(days):
        end = calendar.add_working_days(start, count) if count else start
        listed.append(episode(f"A{number}", assessment(start, end), referral_date=start - timedelta(days=1)))
    import_cin(desk(store), census(tmp_path / "own.xml", *listed))


def test_our_own_stand_beside_in_the_same_bands(store: Store, tmp_path: Path) -> None:
    import_dfe(desk(store), [c2(tmp_path / "a.csv", england(), place())])
    ours(store, tmp_path, [0] * 6 + [10] * 7 + [41, 45, 44, 43, 42] + [61] * 9)
    found = compare(desk(store), ["Testshire", "England"], 2024)
    assert [c.name for c in found.columns] == ["here", "Testshire", "England"]  # as asked, never by speed
    own = found.columns[0]
    assert own.completed == "25" and own.counts == ("5", "5", "0", "0", "0", "5", "0", "0", "5")
    assert found.columns[1].shares[1] == 0.11
    text = "\n".join(notes(found))
    assert "nothing here ranks them" in text and "Is this good or bad?" in text and "figures up to 2024" in text
    assert found.beside.cases == 25 and len(rows(found)[0]) == 4


def test_small_numbers_of_ours_are_not_shown(tmp_path: Path) -> None:
    store = kept(tmp_path, england())
    ours(store, tmp_path, [5] * 20 + [50] * 3 + [15] * 8)
    own = compare(desk(store), ["England"], 2024).columns[0]
    shown = dict(zip(DFE, own.counts, strict=True))
    assert shown[46, 50] == "·" and shown[11, 20] == "·"  # the next smallest too, or it could be worked out
    few = in_memory()
    import_dfe(desk(few), [c2(tmp_path / "few.csv", england())])
    ours(few, tmp_path, [5] * 4)
    own = compare(desk(few), ["England"], 2024).columns[0]
    assert own.shares == (None,) * 9 and own.quarters == ("–", "–", "–") and "too few to show" in own.note


def test_what_a_person_may_not_know_is_not_counted(tmp_path: Path) -> None:
    store = kept(tmp_path, england())
    ours(store, tmp_path, [5] * 12)
    before = compare(desk(store, MO), ["England"], 2024)
    ours(store, tmp_path, [5] * 12 + [70])
    (last,) = [case for case in cases(store) if "/A12/" in case.import_key]
    desk(store, CHI).do(last.ref, cmd.Restrict("A relative works here.", (CHI,)))
    assert compare(desk(store, MO), ["England"], 2024) == before
    assert compare(desk(store, CHI), ["England"], 2024) != before


def test_what_cannot_be_compared_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no published figures"):
        compare(desk(in_memory()))
    store = kept(tmp_path, england(2023), england())
    assert compare(desk(store)).year == 2024
    with pytest.raises(NotFound, match="nothing is published of the year 2031"):
        compare(desk(store), ["England"], 2031)
    with pytest.raises(NotFound, match="no team"):
        compare(desk(store), ["England"], 2024, team="nowhere")
    with pytest.raises(CaseReviewError, match="more than can be read"):
        compare(desk(store), ["England"] * 13, 2024)
    assert replace(compare(desk(store, DOT), [], 2024), columns=()) == replace(compare(desk(store)), columns=())
