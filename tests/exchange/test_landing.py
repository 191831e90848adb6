"""A census file becomes cases; nothing of it is lost in silence, and nothing in the store is overwritten."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.events import REGISTRY
from casereview.exchange.cin import CinEpisode
from casereview.exchange.cin_write import synthetic_header
from casereview.exchange.landing import ImportReport, import_cin
from casereview.ports import Store
from casereview.service.closures import add_closure
from casereview.views import CaseQuery
from tests.contract.conftest import Backend
from tests.exchange.support import (
    SHARED,
    TODAY,
    YEAR,
    alike,
    assessment,
    broken,
    cases,
    census,
    desk,
    episode,
    head,
    in_memory,
    many,
    verified,
    with_people,
)  # fmt: skip
from tests.stories import ADA, CHI, MO, SAM, WREN

SAMPLES = SHARED / "cin_census_samples"
SCHEMA = SHARED / "cin_census_xsd" / "CIN_schema_2024.xsd"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample census files are not here")
needs_schema = pytest.mark.skipif(not SCHEMA.is_file(), reason="the published census schema is not here")


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    """read, created, updated, unchanged, refused."""
    return report.read, report.created, report.updated, report.unchanged, report.refused


def says(report: ImportReport) -> str:
    return "\n".join(f"{problem.line}: {problem.says}; {problem.done}" for problem in report.problems)


# ---- the sample files ------------------------------------------------------------------------------------------
@needs_samples
@pytest.mark.parametrize(
    ("name", "workflow", "expected"),
    [
        ("CIN_Census_2021.xml", None, (1, 0, 0, 0, 1)),
        ("CIN_Census_2021.xml", "single-assessment", (1, 1, 0, 0, 0)),
        ("CIN_Census_2024.xml", None, (2, 1, 0, 0, 1)),
        ("liia_cin-2022.xml", None, (1, 0, 0, 0, 1)),
        ("liia_cin-2022.xml", "single-assessment-2013", (1, 1, 0, 0, 0)),
    ],
)
def test_the_samples_land_as_far_as_they_can(
    store: Store, name: str, workflow: str | None, expected: tuple[int, int, int, int, int]
) -> None:
    report = import_cin(desk(store), SAMPLES / name, workflow=workflow)
    assert counts(report) == expected
    assert all(problem.line > 0 and problem.says and problem.done for problem in report.problems)
    assert verified(store).ok
    assert len(cases(store)) == expected[1]


@needs_samples
def test_what_a_sample_holds_wrong_is_named_by_line() -> None:
    said = says(import_cin(desk(in_memory()), SAMPLES / "CIN_Census_2024.xml"))
    assert "41: the assessment ends on 2020-09-19, before it starts on 2028-04-28; refused this assessment" in said
    assert "92: the assessment starts on 2023-12-25, before the referral on 2024-10-24; kept" in said
    assert "46: AssessmentFactors “RB” is not a code of the census; kept without the factor" in said


@needs_schema
def test_a_file_valid_by_the_published_schema_lands_whole(store: Store, tmp_path: Path) -> None:
    path = census(tmp_path / "census.xml", *many(40))
    etree.XMLSchema(etree.parse(str(SCHEMA))).assertValid(etree.parse(str(path)))
    report = import_cin(desk(store), path)
    assert counts(report) == (40, 40, 0, 0, 0)
    assert (report.problems, report.missing) == ([], [])
    assert verified(store).ok


# ---- what a case holds -----------------------------------------------------------------------------------------
def test_an_open_assessment_lands_at_work_with_its_dates(store: Store, tmp_path: Path) -> None:
    import_cin(desk(store), census(tmp_path / "c.xml", episode()))
    (case,) = cases(store)
    run = case.runs["decision"]
    assert (case.main.stage, case.opened, case.closed) == ("in-progress", date(2024, 1, 8), None)
    assert (case.workflow, case.imported, case.children) == ("single-assessment-2013", True, ["999-C1"])
    assert (run.started, run.indicative, run.ended) == (date(2024, 1, 8), date(2024, 3, 11), None)
    assert all(day >= TODAY for day in run.checkpoints)  # looks planned before today are not asked for
    assert case.overrides == 0 and not case.roster  # nothing is claimed that the return does not say


def test_a_finished_one_keeps_the_standing_it_ended_with(store: Store, tmp_path: Path) -> None:
    in_time = assessment(date(2024, 1, 8), date(2024, 3, 11))
    longer = assessment(date(2024, 1, 8), date(2024, 3, 12))
    import_cin(desk(store), census(tmp_path / "c.xml", episode("A", in_time), episode("B", longer)))
    with store.read() as work:
        page = work.cases(ADA, CaseQuery(order="reference"), TODAY)
        standing = {work.cases_of(ADA, [f"999-{child}"], TODAY)[0].standing for child in "A"}
        late = work.cases_of(ADA, ["999-B"], TODAY)[0]
    assert standing == {"done_within"}
    assert (late.standing, late.imported, late.closed) == ("done_longer_unexplained", True, date(2024, 3, 12))
    assert all(case.runs["decision"].imported for case in cases(store))
    assert page.total == 2


def test_an_internal_review_is_a_look_held(tmp_path: Path) -> None:
    store = in_memory()
    seen = assessment(internal_review=date(2024, 1, 22))
    import_cin(desk(store), census(tmp_path / "c.xml", episode("A"), episode("B", seen)))
    assert [case.runs["decision"].held for case in cases(store)] == [0, 1]


def test_checkpoints_count_from_the_day_of_the_import_only(tmp_path: Path) -> None:
    store, day = in_memory(), date(2024, 1, 15)
    path = census(tmp_path / "c.xml", episode())
    import_cin(desk(store, today=day), path)
    (early,) = cases(store)
    assert early.runs["decision"].checkpoints and min(early.runs["decision"].checkpoints) >= day
    later = in_memory()
    import_cin(desk(later), path)
    (late,) = cases(later)
    assert late.runs["decision"].late == 0
    with later.read() as work:
        (row,) = work.cases(ADA, CaseQuery(), TODAY).rows
    assert row.standing == "longer_unexplained"  # by its date, never by a look nobody could have held here


def test_what_a_child_is_stays_out_of_the_chain(store: Store, tmp_path: Path) -> None:
    told = episode(disabilities=("MOB", "LD"), death_date=date(2024, 2, 2))
    import_cin(desk(store), census(tmp_path / "c.xml", told))
    with store.read() as work:
        (child,) = work.children(["999-C1"])
        links = list(work.links())
    details = dict(child.details)
    assert details == {
        "born": "2015-05-05", "died": "2024-02-02", "sex or gender": "2", "ethnicity": "WBRI",
        "disabilities": "MOB, LD", "UPN": "A123456789012",
    }  # fmt: skip
    for link in links:
        chained = " ".join(map(str, (link.stream, link.kind, link.actor, link.acting_as, link.commitment)))
        assert not [value for value in (*details.values(), "C1") if value in chained and len(value) > 1]


def test_two_authorities_may_use_one_identifier(store: Store, tmp_path: Path) -> None:
    here = census(tmp_path / "here.xml", episode("7"))
    there = replace(YEAR, authority="301")
    other = census(tmp_path / "there.xml", replace(episode("7"), authority="301", sex_or_gender="1"), header=there)
    assert counts(import_cin(desk(store), here)) == (1, 1, 0, 0, 0)
    report = import_cin(desk(store), other)
    assert (counts(report), report.missing) == ((1, 1, 0, 0, 0), [])  # the other's cases are not missed here
    with store.read() as work:
        found = {child.id: dict(child.details)["sex or gender"] for child in work.children(["999-7", "301-7"])}
    assert found == {"999-7": "2", "301-7": "1"}


# ---- what is refused, and what is kept and listed -----------------------------------------------------------------
def test_odd_rows_are_refused_or_kept_by_name(tmp_path: Path) -> None:
    path = census(tmp_path / "c.xml", *(episode(child) for child in "ABCD"))
    text = path.read_text()
    parts = text.split("<Child>")
    parts[1] = broken(parts[1], [("<AssessmentActualStartDate>2024-01-08</AssessmentActualStartDate>\n", "")])
    start = "<AssessmentActualStartDate>2024-01-08</AssessmentActualStartDate>"
    end = "<AssessmentAuthorisationDate>2024-01-02</AssessmentAuthorisationDate>"
    parts[2] = broken(parts[2], [(start, start + end)])
    parts[3] = broken(parts[3], [("2024-01-05</CINreferralDate>", "2024-02-05</CINreferralDate>")])
    parts[4] = broken(parts[4], [("<LAchildID>D</LAchildID>\n", ""), ("</CINdetails>", "<Assessments/></CINdetails>")])
    path.write_text("<Child>".join(parts))
    store = in_memory()
    report = import_cin(desk(store), path)
    assert counts(report) == (5, 1, 0, 0, 4)  # the child without an identifier had two
    assert "AssessmentActualStartDate is missing; refused this assessment" in says(report)
    assert "the assessment ends on 2024-01-02, before it starts on 2024-01-08; refused" in says(report)
    assert "before the referral on 2024-02-05; kept" in says(report)
    assert "LAchildID is missing; refused this child" in says(report)
    assert [case.children for case in cases(store)] == [["999-C"]]
    with store.read() as work:
        assert not work.children(["999-A", "999-B"])  # of whom nothing was taken in


def test_a_start_before_the_guidance_needs_a_workflow_to_be_named(tmp_path: Path) -> None:
    old = [assessment(date(2013, 4, 14)), assessment(date(2013, 4, 15))]
    path = census(tmp_path / "c.xml", episode("A", *old, referral_date=date(2013, 4, 1)))
    report = import_cin(desk(in_memory()), path)
    assert counts(report) == (2, 1, 0, 0, 1)
    assert "name one with --workflow" in says(report)
    assert counts(import_cin(desk(in_memory()), path, workflow="single-assessment")) == (2, 2, 0, 0, 0)


def test_a_future_start_and_a_second_row_of_one_key_are_refused(tmp_path: Path) -> None:
    ahead = assessment(TODAY + timedelta(days=1))
    path = census(tmp_path / "c.xml", episode("A"), episode("B", ahead), episode("A"))
    report = import_cin(desk(in_memory()), path)
    assert counts(report) == (3, 1, 0, 0, 2)
    assert "in the future" in says(report) and "in this file already" in says(report)


def test_a_workflow_for_something_else_is_refused_before_the_file_is_read(tmp_path: Path) -> None:
    with pytest.raises(CaseReviewError, match="holds assessments"):
        import_cin(desk(in_memory()), tmp_path / "absent.xml", workflow="learning-together")


@pytest.mark.parametrize("cut", [0, 40, 700])
def test_a_file_that_is_no_whole_census_changes_nothing(tmp_path: Path, cut: int) -> None:
    store, path = in_memory(), census(tmp_path / "c.xml", *many(3))
    path.write_bytes(path.read_bytes()[:cut])
    before = head(store)
    with pytest.raises(CaseReviewError):
        import_cin(desk(store), path)
    assert head(store) == before


def test_importing_takes_an_office(tmp_path: Path) -> None:
    store, path = in_memory(), census(tmp_path / "c.xml", episode())
    with pytest.raises(NotFound, match="office"):
        import_cin(desk(store, SAM), path)


# ---- the same file, and a later one ------------------------------------------------------------------------------
def test_the_same_file_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = census(tmp_path / "c.xml", *many(25))
    import_cin(desk(store), path)
    before = head(store)
    report = import_cin(desk(store, today=TODAY + timedelta(days=40)), path)
    assert (counts(report), report.problems) == ((25, 0, 0, 25, 0), [])
    assert head(store) == before


def test_a_child_given_twice_with_other_details_settles(tmp_path: Path) -> None:
    twice = [episode("A"), episode("B"), episode("A", referral_date=date(2024, 1, 3), ethnicity="MOTH")]
    store, path = in_memory(), census(tmp_path / "c.xml", *twice)
    import_cin(desk(store), path)
    before = head(store)
    import_cin(desk(store), path)
    assert head(store) == before
    with store.read() as work:
        assert dict(work.children(["999-A"])[0].details)["ethnicity"] == "WBRI"  # as first given


def test_a_later_file_moves_what_nobody_has_worked_on(store: Store, tmp_path: Path) -> None:
    import_cin(desk(store), census(tmp_path / "c.xml", episode()))
    done = episode("C1", assessment(authorised=date(2024, 3, 20)))
    later = desk(store, today=TODAY + timedelta(days=1))
    assert counts(import_cin(later, census(tmp_path / "c.xml", done))) == (1, 0, 1, 0, 0)
    (case,) = cases(store)
    assert (case.main.stage, case.closed, case.runs["decision"].ended) == ("closed", *2 * (date(2024, 3, 20),))
    corrected = episode("C1", assessment(authorised=date(2024, 3, 8)))
    assert counts(import_cin(later, census(tmp_path / "c.xml", corrected))) == (1, 0, 1, 0, 0)
    (case,) = cases(store)
    assert (case.closed, case.runs["decision"].ended) == 2 * (date(2024, 3, 8),)
    assert verified(store).ok


def test_one_that_was_authorised_and_is_open_again_is_kept_and_listed(tmp_path: Path) -> None:
    store = in_memory()
    import_cin(desk(store), census(tmp_path / "c.xml", episode("C1", assessment(authorised=date(2024, 3, 8)))))
    before = head(store)
    report = import_cin(desk(store), census(tmp_path / "c.xml", episode()))
    assert (counts(report), head(store)) == ((1, 0, 0, 1, 0), before)
    assert "open again in this one; the case was kept as it is" in says(report)


def test_a_file_of_an_earlier_day_is_not_asked_about_what_ended_since(tmp_path: Path) -> None:
    store = in_memory()
    ended = episode("C1", assessment(authorised=date(2024, 4, 8)))
    import_cin(desk(store), census(tmp_path / "c.xml", ended, header=synthetic_header(2025)))
    before = head(store)
    report = import_cin(desk(store), census(tmp_path / "c.xml", episode("C1", assessment())))
    assert (counts(report), says(report), head(store)) == ((1, 0, 0, 1, 0), "", before)


def test_a_case_worked_on_here_is_kept_and_listed(store: Store, tmp_path: Path) -> None:
    import_cin(desk(store), census(tmp_path / "c.xml", episode()))
    (case,) = cases(store)
    desk(store, CHI).do(case.ref, cmd.Assign(WREN))
    add_closure(desk(store), date(2024, 6, 20), "Flood")  # moves its dates: nobody's work, and the newest fact
    before = cases(store)
    report = import_cin(desk(store), census(tmp_path / "c.xml", episode("C1", assessment(authorised=date(2024, 3, 8)))))
    assert counts(report) == (1, 0, 0, 1, 0)
    assert f"{case.ref} has been worked on here" in says(report)
    assert cases(store) == before


def test_a_hidden_case_is_kept_in_silence(tmp_path: Path) -> None:
    store = in_memory()
    import_cin(desk(store), census(tmp_path / "c.xml", episode()))
    (case,) = cases(store)
    desk(store, CHI).do(case.ref, cmd.Restrict("a colleague is family", (MO,)))
    report = import_cin(desk(store), census(tmp_path / "c.xml", episode("C1", assessment(authorised=date(2024, 3, 8)))))
    assert (counts(report), report.problems) == ((1, 0, 0, 1, 0), [])
    gone = import_cin(desk(store), census(tmp_path / "c.xml", episode("C2")))
    assert gone.missing == []
    shown = import_cin(desk(store, MO), census(tmp_path / "c.xml", episode("C2")))
    assert shown.missing == [case.ref]


def test_rows_missing_from_a_later_file_are_told_never_removed(store: Store, tmp_path: Path) -> None:
    done = episode("B", assessment(authorised=date(2024, 3, 8)))
    import_cin(desk(store), census(tmp_path / "c.xml", episode("A"), done, episode("C")))
    open_a = next(case for case in cases(store) if case.children == ["999-A"])
    before = cases(store)
    report = import_cin(desk(store), census(tmp_path / "c.xml", episode("C")))
    assert report.missing == [open_a.ref]
    assert cases(store) == before


# ---- dry runs, counts, interruption -----------------------------------------------------------------------------
@st.composite
def small_files(draw: st.DrawFn) -> list[CinEpisode]:
    starts = st.dates(date(2013, 4, 10), date(2013, 4, 20)) | st.dates(date(2024, 1, 1), date(2024, 6, 10))
    found = []
    for child in draw(st.lists(st.sampled_from("ABCDE"), min_size=1, max_size=6)):
        held = []
        for start in draw(st.lists(starts, max_size=3)):
            end = draw(st.none() | st.dates(start - timedelta(days=2), start + timedelta(days=80)))
            held.append(assessment(start, end))
        found.append(episode(child, *held) if held else replace(episode(child), assessments=()))
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(small_files(), min_size=1, max_size=3), st.sampled_from([None, "single-assessment"]))
def test_a_dry_run_says_what_the_real_one_does_and_every_row_is_counted(
    tmp_path: Path, files: list[list[CinEpisode]], workflow: str | None
) -> None:
    store = in_memory()
    for found in files:
        path = census(tmp_path / "c.xml", *found)
        before = head(store)
        tried = import_cin(desk(store), path, dry_run=True, workflow=workflow)
        assert head(store) == before
        real = import_cin(desk(store), path, workflow=workflow)
        assert replace(real, dry_run=True) == tried
        assert real.read == real.created + real.updated + real.unchanged + real.refused
        assert real.read == path.read_text().count("<Assessments>")
        assert real.refused == sum(problem.lost for problem in real.problems)
        again = head(store)
        import_cin(desk(store), path, workflow=workflow)
        assert head(store) == again
    assert verified(store).ok


def test_a_dry_run_tells_the_same_on_every_store(backend: Backend, tmp_path: Path) -> None:
    store = with_people(backend.new(practice=False))
    import_cin(desk(store), census(tmp_path / "c.xml", *(episode(child) for child in "ABC")))
    (first, *_) = cases(store)
    desk(store, CHI).do(first.ref, cmd.Assign(WREN))
    done = assessment(authorised=date(2024, 3, 8))
    path = census(tmp_path / "c.xml", episode("A", done), episode("B", done), episode("D"))
    before = head(store)
    tried = import_cin(desk(store), path, dry_run=True)
    assert head(store) == before
    real = import_cin(desk(store), path)
    assert (counts(real), len(real.missing)) == ((3, 1, 1, 1, 0), 1)
    assert replace(real, dry_run=True) == tried


def test_batches_end_as_one_whole_run_wherever_it_was_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from casereview.exchange import landing

    path = census(tmp_path / "c.xml", *many(30))
    whole = in_memory()
    import_cin(desk(whole), path)
    monkeypatch.setattr(landing, "BATCH", 4)
    store = in_memory()

    def stop(what: str, done: int, total: int) -> None:
        if what == "landing" and done > total // 2:
            raise KeyboardInterrupt

    with suppress(KeyboardInterrupt):
        import_cin(desk(store), path, progress=stop)
    import_cin(desk(store), path)
    assert list(map(alike, cases(store))) == list(map(alike, cases(whole)))
    with store.read() as work:
        registered = [link.kind for link in work.links(stream=REGISTRY)]
    assert registered.count("child-set") == 30
