"""The factors found at the end of an assessment: written down in words, given to the census by their codes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.errors import CaseReviewError
from casereview.exchange import cin_records as codes
from casereview.exchange.landing import import_cin
from casereview.ports import Store
from tests.exchange.support import assessment, cases, census, desk, episode, in_memory
from tests.exchange.test_cin_out import WHOLE, authorise, episodes_in, out, recorded
from tests.stories import CATALOGUE, CHI, MO, TEAM, WREN

SHIPPED = ("single-assessment", "single-assessment-2013")
ON = date(2023, 12, 1)
GIVEN = codes.FACTORS - {"21"}


def note(store: Store, ref: str, factors: object, *, child: str = "", on: date = ON) -> int:
    values = {"found_on": on, "factors": factors, "child": child}
    return desk(store, WREN, on).do(ref, cmd.AddRecord("factors", values, on=on)).entries[-1].number


def sent(store: Store, path: Path, year: int = 2024) -> tuple[str, ...]:
    out(store, path, year, authority="999")
    return episodes_in(path)[0].assessments[0].factors


@pytest.fixture(scope="module")
def done() -> tuple[Store, str]:
    store = in_memory()
    ref = recorded(store, details=WHOLE)
    authorise(store, ref, ON)
    return store, ref


@pytest.mark.parametrize("name", SHIPPED)
def test_the_words_of_every_code_are_there_once_and_can_be_typed_with_commas_between(name: str) -> None:
    definition = CATALOGUE.find(name)
    options = definition.records["factors"].fields["factors"].options
    assert sorted(option.split(" ", 1)[0] for option in options) == sorted(codes.FACTORS)
    assert not [option for option in options if set(option) & set(",;")]
    asked = [r.name for step in definition.steps.values() for r in step.requirements if r.strength == "must"]
    assert "factors" not in asked


@settings(max_examples=25)
@given(found=st.lists(st.sampled_from(sorted(GIVEN)), min_size=1, max_size=6, unique=True), lower=st.booleans())
def test_whatever_was_found_goes_out_as_the_layout_of_the_year_has_it(
    done: tuple[Store, str], found: list[str], lower: bool
) -> None:
    """The record of a closed case, in whichever way its codes were typed; the query 8897Q only where none is left."""
    store, ref = done
    note(store, ref, ", ".join(found).lower() if lower else found)
    left = tuple(code for code in found if codes.FACTOR_YEARS.get(code, (0, 9999))[1] >= 2024)
    with TemporaryDirectory() as folder:
        assert sent(store, Path(folder) / "o.xml") == left
        made = out(store, Path(folder) / "o.xml", authority="999")
    assert [one.rule for one in made.findings] == ([] if left else ["8897Q"])
    assert len([one for one in made.notes if "factor" in one.says]) == len(found) - len(left)


def test_those_of_the_child_come_before_those_of_all_and_the_newest_counts(tmp_path: Path) -> None:
    store = in_memory()
    ref = recorded(store, details=WHOLE)
    note(store, ref, ["1B"])
    authorise(store, ref, ON)
    assert sent(store, tmp_path / "o.xml") == ("1B",)
    own = note(store, ref, ["2A"], child="999-N1")
    note(store, ref, ["20"])
    assert sent(store, tmp_path / "o.xml") == ("2A",)
    desk(store, WREN, ON).do(ref, cmd.CorrectRecord(own, "The other file.", {"factors": ["16A", "4B"]}))
    assert sent(store, tmp_path / "o.xml") == ("16A", "4B")


def test_while_it_is_open_none_go_out(tmp_path: Path) -> None:
    store = in_memory()
    ref = recorded(store, details=WHOLE)
    note(store, ref, ["1B"])
    assert sent(store, tmp_path / "o.xml") == ()
    authorise(store, ref, date(2024, 4, 2))
    assert sent(store, tmp_path / "o.xml") == ()  # as it stood on 31 March


def test_a_file_brings_them_in_words_and_what_is_put_right_here_goes_out(tmp_path: Path) -> None:
    store = in_memory()
    given = assessment(date(2024, 1, 8), date(2024, 2, 5), factors=("16A", "1B"))
    import_cin(desk(store), census(tmp_path / "in.xml", episode("A", given)))
    (case,) = cases(store)
    with desk(store).reading() as work:
        (row,) = work.records(case.id, kind="factors").rows
    assert row.values["factors"] == ["16A neglect", "1B alcohol: a parent or carer"] and row.on == date(2024, 2, 5)
    assert sent(store, tmp_path / "o.xml") == ("16A", "1B")  # in the order of the file
    desk(store, CHI).do(case.ref, cmd.Assign(WREN, TEAM))
    changed = cmd.CorrectRecord(row.number, "Another child was meant.", {"factors": ["17A"]})
    desk(store, MO).do(case.ref, changed)
    assert sent(store, tmp_path / "o.xml") == ("17A",)
    note(store, case.ref, ["5A"], on=date(2024, 2, 6))
    assert sent(store, tmp_path / "o.xml") == ("5A",)


def test_an_answer_that_is_no_code_is_refused_with_what_comes_near(done: tuple[Store, str]) -> None:
    store, ref = done
    for odd in ("1D", "16", "neglect"):
        with pytest.raises(CaseReviewError, match="not one of the answers"):
            note(store, ref, [odd])
