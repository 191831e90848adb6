"""The census return: given back as it came, valid by the layout, silent about what its maker may not know."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from casereview import commands as cmd
from casereview.decide.opening import OpenCase
from casereview.errors import CaseReviewError, NotFound
from casereview.events import ChildSet
from casereview.exchange import cin_records as codes
from casereview.exchange.cin import CinEpisode, Problem, read_cin
from casereview.exchange.cin_export import CinReturn, export_cin
from casereview.exchange.cin_export_rows import CensusYear
from casereview.exchange.cin_records import CinAssessment, CinPlan, CinProtectionPlan, CinSection47
from casereview.exchange.cin_write import synthetic_header, write_cin
from casereview.exchange.landing import import_cin
from casereview.people import Child
from casereview.ports import Store
from tests.exchange.support import (
    SHARED,
    alike,
    assessment,
    cases,
    census,
    desk,
    episode,
    in_memory,
    many,
)
from tests.stories import ADA, CHI, DOT, MO, SAM, TEAM, WREN

SCHEMAS = SHARED / "cin_census_xsd"
needs_schemas = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the published schemas are not on this machine")
YEARS = range(2017, 2025)


def out(store: Store, path: Path, year: int = 2024, person: str = DOT, **more: Any) -> CinReturn:
    path.unlink(missing_ok=True)
    return export_cin(desk(store, person), year, path, **more)


def episodes_in(path: Path) -> list[CinEpisode]:
    found = list(read_cin(path))
    assert not [one for one in found if isinstance(one, Problem)], found
    return [one for one in found if isinstance(one, CinEpisode)]


# ---- any valid return ------------------------------------------------------------------------------------------------
def in_use(known: frozenset[str], years: dict[str, tuple[int, int]], year: int) -> list[str]:
    return sorted(c for c in known if years.get(c, (0, 9999))[0] <= year <= years.get(c, (0, 9999))[1])


@st.composite
def returns(draw: st.DrawFn, year: int = 2024) -> list[CinEpisode]:
    """Children of one authority with what a file of that year may hold, and an assessment to each episode."""
    found: list[CinEpisode] = []
    for number in range(draw(st.integers(1, 4))):
        person = draw(_person(f"C{number}", year))
        referrals = draw(st.lists(_day(year, -200, 300), min_size=1, max_size=2, unique=True))
        found += [draw(_episode(person, referral, year)) for referral in sorted(referrals)]
    return found


def _day(year: int, first: int = 0, last: int = 365) -> st.SearchStrategy[date]:
    return st.integers(first, last - 1).map(lambda days: date(year - 1, 4, 1) + timedelta(days=days))


@st.composite
def _person(draw: st.DrawFn, child: str, year: int) -> CinEpisode:
    born = draw(st.one_of(st.none(), _day(year, -6000, -1)))
    upn = draw(st.one_of(st.none(), st.just("A123456789012"), st.just("B12345678901X")))
    return CinEpisode(
        child, "999", birth_date=born, expected_birth_date=None if born else draw(_day(year, 0, 400)),
        death_date=draw(st.one_of(st.none(), _day(year))), sex_or_gender=draw(st.sampled_from(sorted(codes.GENDERS))),
        ethnicity=draw(st.sampled_from(sorted(codes.ETHNICITIES))),
        disabilities=tuple(draw(st.lists(st.sampled_from(sorted(codes.DISABILITIES)), min_size=1, unique=True))),
        upn=upn, former_upn=draw(st.one_of(st.none(), st.just("Z000000000009"))),
        upn_unknown=None if upn else draw(st.sampled_from(sorted(codes.UPN_UNKNOWNS))),
    )  # fmt: skip


@st.composite
def _episode(draw: st.DrawFn, person: CinEpisode, referral: date, year: int) -> CinEpisode:
    opens = max(referral, date(year - 1, 4, 1))
    left = (date(year, 3, 31) - opens).days
    later = st.integers(0, max(left, 0)).map(lambda days: opens + timedelta(days=days))
    maybe = st.one_of(st.none(), later)
    factors = st.lists(st.sampled_from(in_use(codes.FACTORS, codes.FACTOR_YEARS, year)), max_size=3, unique=True)
    closed = draw(maybe)
    reasons = in_use(codes.CLOSURE_REASONS, codes.CLOSURE_YEARS, year)
    category = st.sampled_from(sorted(codes.ABUSE_CATEGORIES))
    rows = []
    for _ in range(draw(st.integers(1, 3))):
        first, second, third = sorted(draw(st.lists(later, min_size=3, max_size=3)))
        done = draw(st.booleans())
        review = draw(st.sampled_from([None, second]))
        rows.append(CinAssessment(first, review, third if done else None, tuple(draw(factors)) if done else ()))
    return replace(
        person,
        referral_date=referral,
        referral_source=draw(st.sampled_from(in_use(codes.REFERRAL_SOURCES, codes.SOURCE_YEARS, year))),
        primary_need=draw(st.sampled_from(sorted(codes.PRIMARY_NEEDS))),
        referral_nfa=draw(st.booleans()),
        closure_date=closed,
        closure_reason=draw(st.sampled_from(reasons)) if closed else None,
        initial_cpc_date=draw(maybe),
        assessments=tuple(rows),
        cin_plans=(CinPlan(opens, draw(maybe)),) if year >= 2022 and draw(st.booleans()) else (),
        section47s=tuple(draw(st.lists(st.builds(CinSection47, later, maybe, maybe, st.booleans()), max_size=2))),
        cp_plans=(CinProtectionPlan(opens, draw(maybe), draw(category), draw(category), draw(st.integers(1, 4)),
                                    tuple(draw(st.lists(later, max_size=2)))),) if draw(st.booleans()) else (),
    )  # fmt: skip


def land(path: Path) -> Store:
    store = in_memory()
    import_cin(desk(store, today=date(2025, 6, 2)), path)
    return store


def children(store: Store) -> list[Child]:
    with store.read() as work:
        return sorted(work.known_children(DOT), key=lambda child: child.id)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(returns())
def test_what_came_in_goes_out_and_comes_in_the_same(sent: list[CinEpisode]) -> None:
    with TemporaryDirectory() as folder:
        first = land(census(Path(folder) / "sent.xml", *sent))
        written = export_cin(desk(first, today=date(2025, 6, 2)), 2024, Path(folder) / "back.xml")
        again = land(Path(folder) / "back.xml")
        assert [alike(case) for case in cases(again)] == [alike(case) for case in cases(first)]
        assert children(again) == children(first)
        kept = [replace(e, assessments=()) for e in sorted(sent, key=lambda e: (e.child_id, str(e.referral_date)))]
        assert [replace(e, assessments=()) for e in episodes_in(Path(folder) / "back.xml")] == kept
        assert written.assessments == sum(len(e.assessments) for e in sent)
        assert not [note for note in written.notes if note.left_out]


def test_assessments_that_began_on_one_day_keep_their_order(tmp_path: Path) -> None:
    ends = [date(2024, 3, day) for day in (28, 4, 19, 11)]
    sent = [episode(f"A{n}", *(assessment(date(2024, 1, 8), end) for end in ends)) for n in range(4)]
    first = land(census(tmp_path / "sent.xml", *sent))
    export_cin(desk(first), 2024, tmp_path / "back.xml")
    assert [[a.authorised for a in e.assessments] for e in episodes_in(tmp_path / "back.xml")] == [ends] * 4
    assert [alike(case) for case in cases(land(tmp_path / "back.xml"))] == [alike(case) for case in cases(first)]


@needs_schemas
@pytest.mark.parametrize("year", YEARS)
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_layout_is_met(year: int, data: st.DataObject) -> None:
    sent = data.draw(returns(year))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sent.xml"
        write_cin(path, synthetic_header(year), sent)
        store = land(path)
        for wanted in {year, 2017, 2024}:  # also another year's layout than the one the rows came in
            target = Path(folder) / f"{wanted}.xml"
            try:
                made = export_cin(desk(store, today=date(2025, 6, 2)), wanted, target)
            except NotFound:
                continue
            assert bool(made.file) == (made.episodes > 0)
            if made.file:
                schema = etree.XMLSchema(etree.parse(str(SCHEMAS / f"CIN_schema_{wanted}.xsd")))
                schema.assertValid(etree.parse(str(target)))


# ---- what was recorded here ------------------------------------------------------------------------------------------
def recorded(
    store: Store, child: str = "999-N1", *, start: date = date(2023, 10, 2), source: str = "police",
    title: str = "A matter", details: dict[str, str] | None = None, referral: bool = True,
) -> str:  # fmt: skip
    at = desk(store, DOT, start)
    with at.writing() as work:
        at.register(work, ChildSet(child, "", details or {}))
    ref = desk(store, MO, start).open(
        OpenCase("single-assessment-2013", title, start, TEAM, WREN, (child,))
    ).case.ref  # fmt: skip
    if referral:
        values = {"received_on": start - timedelta(days=1), "source": source, "said": "We are worried."}
        desk(store, MO, start).do(ref, cmd.AddRecord("referral", values, on=start))
    return ref


def authorise(store: Store, ref: str, on: date, help: str = "no further action", close: bool = True) -> None:
    def do(person: str, command: cmd.Command) -> None:
        desk(store, person, on).do(ref, command)

    decision = {"decision": "d", "grounds": "g", "enough_because": "e", "uncertain": "u", "would_change": "w",
                "help": help, "decided_on": on}  # fmt: skip
    do(WREN, cmd.TakeStep("begin-at-once", "Today."))
    for step in ("turn-to-analysis", "submit", "authorise", "share", "close"):
        if step == "submit":
            do(WREN, cmd.AddRecord("decision", decision, on=on))
        if step in ("share", "close") and not close:
            return
        person = MO if step == "authorise" else WREN
        case = cases_by(store)[ref]
        with desk(store, person, on).reading() as work:
            definition = desk(store, person, on).definition(work, case)
        for need in definition.steps[step].requirements:
            if need.strength == "expected":
                with suppress(CaseReviewError):  # it is met
                    do(MO, cmd.SetRequirementAside(need.key, "Known otherwise.", step))
        do(person, cmd.TakeStep(step))


def cases_by(store: Store) -> dict[str, str]:
    return {case.ref: case.hash for case in cases(store)}


WHOLE = {
    "born": "2015-05-05", "sex or gender": "2", "ethnicity": "WBRI", "disabilities": "NONE", "UPN": "A123456789012",
}  # fmt: skip


def test_a_case_recorded_here_says_what_is_recorded(store: Store, tmp_path: Path) -> None:
    ref = recorded(store, details=WHOLE)
    authorise(store, ref, date(2023, 12, 1))
    made = out(store, tmp_path / "o.xml", authority="999")
    (one,) = episodes_in(tmp_path / "o.xml")
    assert (one.child_id, one.referral_date, one.referral_source) == ("N1", date(2023, 10, 1), "6")
    assert (one.birth_date, one.sex_or_gender, one.ethnicity, one.upn) == (date(2015, 5, 5), "2", "WBRI", WHOLE["UPN"])
    assert [(a.start, a.authorised, a.factors) for a in one.assessments] == [(date(2023, 10, 2), date(2023, 12, 1), ())]
    assert (one.closure_date, one.closure_reason, one.referral_nfa) == (date(2023, 12, 1), "RC8", False)
    assert {(n.element, n.case) for n in made.notes} == {("PrimaryNeedCode", ref), ("AssessmentFactors", ref)}
    assert [(f.rule, f.case, f.weight) for f in made.findings] == [("8897Q", ref, "query")]


def test_a_return_made_here_and_read_back_in_is_of_cases_there_are(store: Store, tmp_path: Path) -> None:
    """Decision 25's key tells a case recorded here from a new one; what it says otherwise of the end is told."""
    ref = recorded(store, details=WHOLE)
    bare = recorded(store, "N2", start=date(2023, 11, 6), details=WHOLE)
    recorded(store, "N2", start=date(2023, 11, 6), details=WHOLE, title="Another on the day")
    authorise(store, ref, date(2023, 12, 1))
    out(store, tmp_path / "o.xml", authority="999")
    before, children = cases_by(store), known_children(store)
    report = import_cin(desk(store), tmp_path / "o.xml")
    assert (report.read, report.created, report.updated, report.unchanged) == (3, 0, 0, 3)
    assert (cases_by(store), known_children(store), report.problems) == (before, children, [])
    (one, *others) = episodes_in(tmp_path / "o.xml")
    later = replace(one, assessments=tuple(replace(a, authorised=date(2023, 12, 4)) for a in one.assessments))
    elsewhere = replace(one, referral_date=date(2023, 9, 20))
    again = import_cin(desk(store), census(tmp_path / "later.xml", later, elsewhere, *others))
    assert (again.created, again.unchanged) == (1, 3)
    assert [(p.says, p.done) for p in again.problems] == [(
        f"{ref} was recorded here and is authorised on 2023-12-01, and the file says that it was authorised on"
        " 2023-12-04", "the case was kept as it is",
    )]  # fmt: skip
    assert bare in cases_by(store) and len(cases_by(store)) == 4


def known_children(store: Store) -> list[Child]:
    with desk(store).reading() as work:
        return work.known_children(DOT)


def test_help_that_goes_on_leaves_the_episode_open(tmp_path: Path) -> None:
    store = in_memory()
    authorise(store, recorded(store), date(2023, 12, 1), help="child in need plan")
    out(store, tmp_path / "o.xml", authority="999")
    (one,) = episodes_in(tmp_path / "o.xml")
    assert (one.closure_date, one.closure_reason) == (None, None)


def test_what_is_not_known_is_said_and_written_with_the_codes_for_it(tmp_path: Path) -> None:
    store = in_memory()
    ref = recorded(store, source="health service")
    made = out(store, tmp_path / "o.xml", authority="999")
    (one,) = episodes_in(tmp_path / "o.xml")
    assert (one.referral_source, one.primary_need, one.ethnicity) == ("10", "N0", "NOBT")
    assert (one.sex_or_gender, one.birth_date, one.disabilities) == ("0", None, ())
    assert (one.upn, one.upn_unknown) == (None, None)
    assert {n.element for n in made.notes} == {
        "ReferralSource", "PrimaryNeedCode", "Ethnicity", "GenderCurrent", "PersonBirthDate", "Disability", "UPN",
    }  # fmt: skip
    assert all(n.case == ref and n.says and n.done and not n.left_out for n in made.notes)
    assert "8525" in {f.rule for f in made.findings}


@needs_schemas
@pytest.mark.parametrize("year", [2023, 2024])
def test_what_was_recorded_here_meets_the_layout(year: int, tmp_path: Path) -> None:
    store = in_memory()
    start = date(year - 1, 10, 2)
    authorise(store, recorded(store, start=start), date(year - 1, 12, 4), help="early help")
    recorded(store, "999-N2", start=start, source="health service", details={**WHOLE, "UPN": "not one", "born": "soon"})
    recorded(store, "Somebody's own & odd <id>", start=start, details={**WHOLE, "sex or gender": "F"})
    made = out(store, tmp_path / "o.xml", year, authority="999")
    etree.XMLSchema(etree.parse(str(SCHEMAS / f"CIN_schema_{year}.xsd"))).assertValid(
        etree.parse(str(tmp_path / "o.xml"))
    )
    assert made.children == 3
    said = {(n.element, n.says) for n in made.notes if n.child == "N2"}
    assert ("UPN", "“not one” is not in the form of a pupil number") in said
    assert ("PersonBirthDate", "“soon” is not a date such as 2015-05-31") in said
    closed = [one.closure_reason for one in episodes_in(tmp_path / "o.xml") if one.child_id == "N1"]
    assert closed == ["RC9"]


def test_early_help_had_no_code_before_2023(tmp_path: Path) -> None:
    store = in_memory()
    authorise(store, recorded(store, start=date(2021, 10, 4)), date(2021, 12, 6), help="early help")
    made = out(store, tmp_path / "o.xml", 2022, authority="999")
    (one,) = episodes_in(tmp_path / "o.xml")
    assert (one.closure_date, one.closure_reason) == (None, None)
    assert [n.done for n in made.notes if n.element == "ReasonForClosure"] == [
        "the episode is written as not yet closed"
    ]


def test_a_first_protection_plan_has_none_before_it_and_that_is_said(tmp_path: Path) -> None:
    plan = CinProtectionPlan(date(2024, 2, 1), None, "NEG", "NEG", 0)
    unsaid = CinProtectionPlan(date(2024, 2, 1), None, "NEG", "NEG", 1)
    store = in_memory()
    import_cin(
        desk(store), census(tmp_path / "in.xml", episode("A", cp_plans=(plan,)), episode("B", cp_plans=(unsaid,)))
    )
    made = out(store, tmp_path / "o.xml")
    assert [e.cp_plans for e in episodes_in(tmp_path / "o.xml")] == [(plan,), (unsaid,)]
    assert [n.child for n in made.notes if n.element == "NumberOfPreviousCPP"] == ["A"]


def test_a_small_child_needs_no_pupil_number(tmp_path: Path) -> None:
    store = in_memory()
    recorded(store, details={**WHOLE, "UPN": "", "born": "2019-04-01"})
    recorded(store, "999-N2", details={**WHOLE, "UPN": "", "born": "2019-03-31"})
    out(store, tmp_path / "o.xml", authority="999")
    assert [e.upn_unknown for e in episodes_in(tmp_path / "o.xml")] == ["UN1", None]


def test_without_the_day_of_the_referral_a_child_is_left_out_and_named(tmp_path: Path) -> None:
    store = in_memory()
    ref = recorded(store, referral=False)
    recorded(store, "999-N2")
    made = out(store, tmp_path / "o.xml", authority="999")
    assert [e.child_id for e in episodes_in(tmp_path / "o.xml")] == ["N2"]
    assert [(n.case, n.child, n.element) for n in made.notes if n.left_out] == [(ref, "N1", "CINreferralDate")]


@pytest.mark.parametrize(
    ("start", "end", "year", "written"),
    [
        (date(2023, 3, 31), None, 2024, []),  # open, and began before the year: no place for it
        (date(2023, 4, 3), None, 2024, [(date(2023, 4, 3), None)]),
        (date(2024, 3, 28), date(2024, 4, 9), 2024, [(date(2024, 3, 28), None)]),  # as it stood on 31 March
        (date(2023, 3, 1), date(2023, 4, 3), 2024, [(date(2023, 3, 1), date(2023, 4, 3))]),
        (date(2024, 3, 28), date(2024, 4, 9), 2025, [(date(2024, 3, 28), date(2024, 4, 9))]),
    ],
)
def test_a_year_holds_what_was_done_in_it(
    start: date, end: date | None, year: int, written: list[object], tmp_path: Path
) -> None:
    store = in_memory()
    ref = recorded(store, start=start, details=WHOLE)
    if end:
        authorise(store, ref, end)
    made = out(store, tmp_path / "o.xml", year, authority="999")
    (one,) = episodes_in(tmp_path / "o.xml")
    assert [(a.start, a.authorised) for a in one.assessments] == written
    assert any("8736" in n.says for n in made.notes) == (not written)


def test_what_ended_before_the_year_is_not_in_it(tmp_path: Path) -> None:
    store = in_memory()
    authorise(store, recorded(store, start=date(2023, 1, 9)), date(2023, 3, 31))
    with pytest.raises(NotFound, match="no assessment of the census year 2024"):
        out(store, tmp_path / "o.xml", authority="999")
    assert not (tmp_path / "o.xml").exists()


def test_a_second_assessment_of_a_child_from_a_file_joins_its_child(tmp_path: Path) -> None:
    store = in_memory()
    import_cin(desk(store), census(tmp_path / "in.xml", episode("N1", assessment(date(2024, 1, 8), date(2024, 2, 5)))))
    recorded(store, details=WHOLE)
    out(store, tmp_path / "o.xml")
    assert [(e.child_id, e.referral_date) for e in episodes_in(tmp_path / "o.xml")] == [
        ("N1", date(2023, 10, 1)), ("N1", date(2024, 1, 5)),
    ]  # fmt: skip


def test_an_imported_case_finished_here_is_finished_in_the_return(tmp_path: Path) -> None:
    store = in_memory()
    import_cin(desk(store, today=date(2024, 2, 1)), census(tmp_path / "in.xml", episode("A", assessment())))
    (case,) = cases(store)
    with desk(store, MO, date(2024, 2, 1)).reading() as work:
        assert work.case(DOT, case.ref)
    desk(store, CHI, date(2024, 2, 1)).do(case.ref, cmd.Assign(WREN, TEAM))
    for step, person in (("turn-to-analysis", WREN), ("submit", WREN), ("authorise", MO)):
        on = date(2024, 3, 4)
        if step == "submit":
            values = {"decision": "d", "grounds": "g", "enough_because": "e", "uncertain": "u", "would_change": "w",
                      "help": "early help", "decided_on": on}  # fmt: skip
            desk(store, WREN, on).do(case.ref, cmd.AddRecord("decision", values, on=on))
        definition = desk(store).catalogue.find("single-assessment-2013")
        for need in definition.steps[step].requirements:
            if need.strength == "expected":
                desk(store, MO, on).do(case.ref, cmd.SetRequirementAside(need.key, "Known.", step))
        desk(store, person, on).do(case.ref, cmd.TakeStep(step))
    out(store, tmp_path / "o.xml")
    (one,) = episodes_in(tmp_path / "o.xml")
    assert [a.authorised for a in one.assessments] == [date(2024, 3, 4)]


def test_sex_and_gender_are_carried_across_the_change_of_2025_and_that_is_said(tmp_path: Path) -> None:
    store = in_memory()
    given = assessment(date(2024, 9, 2), date(2025, 2, 3), factors=("1A",))
    sent = episode("A", given, sex_or_gender="F", referral_date=date(2024, 9, 2), disabilities=("NONE",))
    path = census(tmp_path / "in.xml", sent, header=synthetic_header(2025))
    import_cin(desk(store, today=date(2025, 6, 2)), path)
    same = export_cin(desk(store, today=date(2025, 6, 2)), 2025, tmp_path / "2025.xml")
    assert episodes_in(tmp_path / "2025.xml") == [sent] and not same.notes
    older = replace(sent, referral_date=date(2024, 3, 1))
    store = in_memory()
    row = replace(older, assessments=(assessment(date(2024, 3, 1)),))
    import_cin(desk(store, today=date(2025, 6, 2)), census(tmp_path / "b.xml", row, header=synthetic_header(2025)))
    crossed = export_cin(desk(store, today=date(2025, 6, 2)), 2024, tmp_path / "2024.xml")
    assert [e.sex_or_gender for e in episodes_in(tmp_path / "2024.xml")] == ["2"]
    assert [n.done for n in crossed.notes if n.element == "GenderCurrent"] == ["written as 2"]


def test_cases_from_another_authority_are_named_and_left_out(tmp_path: Path) -> None:
    store = in_memory()
    ours, theirs = episode("A"), replace(episode("B"), authority="301")
    import_cin(desk(store), census(tmp_path / "a.xml", ours))
    import_cin(desk(store), census(tmp_path / "b.xml", theirs, header=replace(synthetic_header(2024), authority="301")))
    with pytest.raises(CaseReviewError, match="files of 301, 999 were read in"):
        out(store, tmp_path / "o.xml")
    made = out(store, tmp_path / "o.xml", authority="999")
    assert [e.child_id for e in episodes_in(tmp_path / "o.xml")] == ["A"]
    assert [(n.child, n.element) for n in made.notes if n.left_out] == [("B", "LEA")]


def test_an_assessment_that_is_none_of_the_census_is_counted_and_not_in_it(tmp_path: Path) -> None:
    store = in_memory()
    recorded(store)
    own = tmp_path / "own.toml"
    text = desk(store).catalogue.find("single-assessment-2013").text
    begin, end = text.index("[import]"), text.index("[reopening]")
    own.write_text((text[:begin] + text[end:]).replace('"single-assessment-2013"', '"early-help"'), "utf-8")
    ref = desk(store, MO, date(2023, 10, 2)).open(
        OpenCase(str(own), "Early help", date(2023, 10, 2), TEAM, WREN, ("999-N1",))
    ).case.ref  # fmt: skip
    made = out(store, tmp_path / "o.xml", authority="999")
    assert made.assessments == 1 and ref not in {note.case for note in made.notes}
    assert any(line.startswith("1 case follows the workflow") for line in made.caveats)


# ---- who may know ----------------------------------------------------------------------------------------------------
def test_a_case_kept_to_others_is_not_in_it_and_nothing_says_so(store: Store, tmp_path: Path) -> None:
    recorded(store)
    alone = out(store, tmp_path / "alone.xml", authority="999")
    hidden = recorded(store, "999-N2", referral=False)
    desk(store, CHI, date(2023, 10, 2)).do(hidden, cmd.Restrict("A relative works here.", (CHI,)))
    beside = out(store, tmp_path / "beside.xml", authority="999")
    assert replace(beside, file="") == replace(alone, file="")
    assert (tmp_path / "alone.xml").read_bytes() == (tmp_path / "beside.xml").read_bytes()
    only_hidden = in_memory()
    ref = recorded(only_hidden)
    desk(only_hidden, CHI, date(2023, 10, 2)).do(ref, cmd.Restrict("A relative works here.", (CHI,)))
    with pytest.raises(NotFound):
        out(only_hidden, tmp_path / "none.xml", authority="999")


@pytest.mark.parametrize("person", [DOT, ADA])
def test_a_whole_return_takes_an_office(person: str, tmp_path: Path) -> None:
    store = in_memory()
    recorded(store)
    assert out(store, tmp_path / "o.xml", person=person, authority="999").children == 1
    for other in (SAM, WREN, MO, CHI):
        with pytest.raises(NotFound, match="office of auditor or data officer"):
            out(store, tmp_path / "no.xml", person=other, authority="999")
        made = out(store, tmp_path / "team.xml", person=other, authority="999", team=TEAM)
        assert made.children == 1 and any("not a return" in line for line in made.caveats)


# ---- what cannot be ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("year", "more", "says"),
    [
        (2016, {"authority": "999"}, "not a census year"),
        (2026, {"authority": "999"}, "begins on 2025-04-01"),
        (2024, {"authority": "99"}, "three digits"),
        (2024, {"authority": "٩٩٩"}, "three digits"),
        (2024, {}, "whose return"),
        (2024, {"team": "nowhere", "authority": "999"}, "no team"),
    ],
)
def test_bad_asking_is_told_in_a_line(year: int, more: dict[str, str], says: str, tmp_path: Path) -> None:
    store = in_memory()
    recorded(store)
    with pytest.raises(CaseReviewError, match=says):
        out(store, tmp_path / "o.xml", year, **more)
    assert not (tmp_path / "o.xml").exists()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    store = in_memory()
    recorded(store)
    (tmp_path / "o.xml").write_text("mine")
    with pytest.raises(CaseReviewError, match="cannot be made"):
        export_cin(desk(store), 2024, tmp_path / "o.xml", authority="999")
    assert (tmp_path / "o.xml").read_text() == "mine"
    assert export_cin(desk(store), 2024, None, authority="999").children == 1


def test_a_larger_file_goes_out_as_it_came(tmp_path: Path) -> None:
    store = in_memory()
    import_cin(desk(store), census(tmp_path / "in.xml", *many(300)))
    made = out(store, tmp_path / "o.xml")
    assert (made.children, made.assessments) == (300, 300)
    sent, back = (sorted(episodes_in(tmp_path / name), key=str) for name in ("in.xml", "o.xml"))
    assert back == sent


def test_the_census_year() -> None:
    assert date(2023, 4, 1) in CensusYear(2024) and date(2024, 3, 31) in CensusYear(2024)
    assert date(2023, 3, 31) not in CensusYear(2024) and date(2024, 4, 1) not in CensusYear(2024)
