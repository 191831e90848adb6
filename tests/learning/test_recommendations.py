"""Recommendations: the fifteen as five papers tell them, promised dates in their chain, gaps as gaps, and the paper."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.learning.recommendation_file import example_text
from casereview.learning.recommendation_gaps import gaps
from casereview.learning.recommendations import Promise, Tracked, chains, in_order
from casereview.reports.writing import made
from casereview.service.asof import desk_at
from casereview.service.recommendations import Asked, followed, one_followed, read_example, read_in
from casereview.service.reports_position import position
from tests.learning.boards import TODAY, desk_of, hide
from tests.stories import ADA, CHI, WREN, new_store

THEN = date(2012, 5, 22)
HOSTILE = "[red]x[/red] \x1b[2J \u202egpj <script>alert(1)</script> =1+1"


def the_fifteen(until: date | None = None) -> dict[str, Tracked]:
    desk = desk_of()
    read_example(desk)
    return {row.one.number: row.one for row in followed(desk, Asked(until=until))}


# ---- the worked example ---------------------------------------------------------------------------------------
def test_the_fifteen_are_there_in_their_order_and_once() -> None:
    desk = desk_of()
    first = read_example(desk)
    again = read_example(desk)
    assert (len(first.created), first.known, len(again.created), again.known) == (16, 0, 0, 16)
    assert [row.one.number for row in followed(desk)] == [*map(str, range(1, 16)), ""]


def test_answers_are_in_the_words_of_the_field() -> None:
    found = the_fifteen()
    said = {number: one.answer for number, one in found.items() if number}
    assert (said["13"], said["10"]) == ("locally determined", "not adopted as asked")
    assert [n for n, answer in said.items() if answer == "accepted"] == ["1", "2", "9", "15"]
    open_ones = {said[n] for n in ("3", "4", "5", "6", "7", "8", "11", "12", "14")}
    assert open_ones == {"answered, but not said which of these"}


def test_as_at_22_may_2012_recommendation_3_has_no_position() -> None:
    found = the_fifteen(THEN)
    assert "no national position is recorded" in gaps(found["3"], THEN)
    others = [one for number, one in found.items() if number not in ("3", "")]
    assert all(one.national is not None and one.national.source for one in others)
    assert all(said.on <= THEN for one in found.values() for said in (*one.positions, *one.answers))
    assert any("our reading" in gap for gap in gaps(the_fifteen()["3"], TODAY))


def test_working_together_was_promised_four_times() -> None:
    [chain] = the_fifteen()["1"].chains
    dates = ["December 2011", "autumn 2012", "December 2012", "March or April 2013"]
    assert [link.for_words for link in chain.links] == dates
    assert chain.slips == 3 and all(link.source and link.said_by for link in chain.links)
    [then] = the_fifteen(THEN)["1"].chains
    assert [link.for_words for link in then.links] == ["December 2011", "autumn 2012"]


def test_local_positions_are_those_of_the_papers() -> None:
    found = the_fifteen()
    assert {n for n, one in found.items() if "Derby" in one.places} >= {"1", "2", "4", "5", "7", "9", "10", "13"}
    assert {n for n, one in found.items() if "Barnet" in one.places} >= {"5", "14"}
    assert all(said.source for one in found.values() for said in one.positions)
    assert len(found[""].minutes) == 5 and found["7"].minutes[0].minute == "4.11"


# ---- chains and gaps ----------------------------------------------------------------------------------------------
DAYS = st.dates(date(2011, 1, 1), date(2014, 1, 1))


@given(st.lists(st.tuples(st.sampled_from(["guidance", " Guidance ", "inspection"]), DAYS, DAYS), max_size=12))
def test_no_promised_date_is_lost_and_slips_are_counted(said: list[tuple[str, date, date]]) -> None:
    promises = [Promise(what, f"by {latest}", latest, "somebody", "", on) for what, latest, on in said]
    found = chains(promises)
    assert sorted((p.what.strip().casefold(), p.latest, p.on) for c in found for p in c.links) == sorted(
        (what.strip().casefold(), latest, on) for what, latest, on in said
    )
    for chain in found:
        assert [link.on for link in chain.links] == sorted(link.on for link in chain.links)
        later = sum(b.latest > a.latest for a, b in zip(chain.links, chain.links[1:], strict=False))
        assert chain.slips == later and (chain.slips > 0) <= (len(chain.links) > 1)


@given(DAYS, DAYS, st.sampled_from(["", "not known", "kept", "not kept"]))
def test_a_day_that_passed_is_named_and_never_called_broken(latest: date, day: date, kept: str) -> None:
    promise = Promise("guidance", "soon", latest, "somebody", "", latest, kept=kept)
    one = Tracked("RC-1", "t", "made", False, "text", "set", "1", chains=chains([promise]))
    named = [gap for gap in gaps(one, day) if "guidance" in gap]
    assert bool(named) == (latest < day and kept in ("", "not known"))
    assert not any("broken" in gap for gap in named)


@given(st.lists(st.tuples(st.sampled_from(["A", "b"]), st.sampled_from(["", "1", "2", "10", "x"])), max_size=8))
def test_numbers_are_put_in_the_order_of_numbers(heads: list[tuple[str, str]]) -> None:
    found = in_order(Tracked(f"R{n}", "t", "made", False, "x", name, number) for n, (name, number) in enumerate(heads))
    keyed = [(one.set.casefold(), int(one.number) if one.number.isdigit() else 999) for one in found]
    assert keyed == sorted(keyed)


# ---- kept as cases --------------------------------------------------------------------------------------------------
def test_a_position_written_down_later_is_the_position_from_then_on() -> None:
    desk = desk_of()
    ref = read_example(desk).created[2]
    before = one_followed(desk, ref)
    desk.clock.set(TODAY + timedelta(days=3))  # type: ignore[attr-defined]
    values = {"whose": "local", "who": "Northshire", "text": "Looked at; no change is needed."}
    desk.do(ref, cmd.AddRecord("position", values))
    assert [said.who for said in one_followed(desk, ref).one.newest("local")] == ["Northshire"]
    assert one_followed(desk_at(desk, TODAY), ref).one == before.one


def test_a_hidden_recommendation_is_nowhere() -> None:
    with_it, without = new_store(), new_store()
    for store in (with_it, without):
        read_example(desk_of(store))
    ref = followed(desk_of(with_it))[4].one.ref
    hide(desk_of(with_it), ref)
    seen = [row.one.number for row in followed(desk_of(with_it, ADA))]
    assert "5" not in seen and len(seen) == 15
    with pytest.raises(NotFound):
        one_followed(desk_of(with_it, ADA), ref)
    paper = made(position(desk_of(with_it, ADA), Asked()), ".md").decode()
    assert "annual report to leaders" not in paper and ref not in paper
    assert "annual report to leaders" in made(position(desk_of(without, ADA), Asked()), ".md").decode()


@pytest.mark.parametrize(("was", "now", "says"), [
    ('answer = "accepted"', 'answer = "yes"', "is one of"), ("on     = 2012-05-22", 'on = "soon"', "by which day"),
    ('number       = "2"', 'number       = "1"', "stands there twice"),
    ('whose  = "national"', 'whoso  = "national"', "whoso"), ("[set]", "[sett]", "'sett'"),
    ("= 2011-05-31", "= soon", "cannot be read as TOML"),
    ('text         = "Revise', 'text         = ["Revise"]\nother = "', "recommendation 1"),
    ('key       = "munro"', 'key       = "A b"', "[set] key"), ('who    = "The Government"\n', "", "still needs who"),
])  # fmt: skip
def test_a_file_with_a_fault_names_its_place_and_lands_nothing(tmp_path: Path, was: str, now: str, says: str) -> None:
    path = tmp_path / "list.toml"
    assert was in example_text()
    path.write_text(example_text().replace(was, now, 1), "utf-8")
    desk = desk_of()
    with pytest.raises(CaseReviewError) as wrong:
        read_in(desk, str(path))
    assert says in str(wrong.value) and wrong.value.status == 2
    assert not followed(desk)


def test_a_huge_file_and_an_image_are_refused(tmp_path: Path) -> None:
    huge, image = tmp_path / "huge.toml", tmp_path / "image.toml"
    with huge.open("wb") as stream:
        stream.truncate(50_000_000)
    image.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    for path in (huge, image, tmp_path / "none.toml", tmp_path):
        with pytest.raises(CaseReviewError):
            read_in(desk_of(), str(path))
    with pytest.raises(NotFound, match="takes an office"):
        read_example(desk_of(person=WREN))


# ---- the paper ----------------------------------------------------------------------------------------------------
def paper(desk: Any, **more: Any) -> str:
    return made(position(desk, Asked(**more)), ".md").decode()


def test_the_paper_tells_every_recommendation_with_its_gaps_and_twice_the_same() -> None:
    desk = desk_of()
    read_example(desk)
    text = paper(desk)
    assert text == paper(desk)
    for row in followed(desk):
        assert row.one.title in text
        for gap in row.gaps:
            assert gap in text
    assert "December 2011 → autumn 2012 → December 2012 → March or April 2013" in text
    assert "Derby City Council, Children and Young People Board, 19 March 2013, item 11, 4.3" in text


def test_the_paper_of_a_day_and_of_a_place_says_only_that() -> None:
    desk = desk_of()
    read_example(desk)
    then = paper(desk, until=THEN)
    assert "Only what had been said by" in then and "March or April 2013" not in then and "Derby" not in then
    here = paper(desk, place="Barnet")
    assert "in Barnet" in here and "Position not recorded" in here
    assert "region's authorities have broadly agreed" not in here


def test_what_people_write_is_never_markup_in_the_paper() -> None:
    desk = desk_of()
    ref = read_example(desk).created[0]
    desk.do(ref, cmd.AddRecord("position", {"whose": "local", "who": HOSTILE, "text": HOSTILE}))
    document = position(desk, Asked())
    for form in (".md", ".html"):
        text = made(document, form).decode()
        assert "\x1b" not in text and "\u202e" not in text and "<script>" not in text
    assert made(document, ".pdf").startswith(b"%PDF") and made(document, ".docx").startswith(b"PK")


def test_a_paper_is_about_one_set(tmp_path: Path) -> None:
    desk = desk_of()
    with pytest.raises(NotFound, match="no recommendation is followed here"):
        position(desk, Asked())
    read_example(desk)
    other = tmp_path / "other.toml"
    changed = example_text().replace('key       = "munro"', 'key       = "audit"')
    changed = changed.replace("Munro review of child protection, final report 2011", "An audit of our own")
    other.write_text(changed, "utf-8")
    read_in(desk, str(other))
    with pytest.raises(CaseReviewError, match="about one set"):
        position(desk, Asked())
    assert "An audit of our own" in paper(desk, set="audit")
    with pytest.raises(NotFound, match="of that name"):
        position(desk, Asked(set="nothing like it"))


def test_filters_leave_what_they_say(tmp_path: Path) -> None:
    desk = desk_of()
    read_example(desk)
    every = followed(desk)
    assert {row.one.number for row in followed(desk, Asked(slipped=True))} == {"1", "2", "9"}
    assert followed(desk, Asked(gaps=True)) == tuple(row for row in every if row.gaps)
    assert {row.one.number for row in followed(desk, Asked(answer="Locally determined"))} == {"13"}
    assert not followed(desk, Asked(set="another"))
    assert [row.one for row in followed(desk_of(desk.store, CHI))] == [row.one for row in every]  # type: ignore[arg-type]
