"""The checks run before a return is sent: each finds what it should, is explained, and a simulated year passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casereview.calendar import calendar_for
from casereview.clock import PinnedClock
from casereview.events import ChildSet
from casereview.exchange.cin_export import export_cin
from casereview.exchange.cin_precheck import Finding, check_return
from casereview.exchange.cin_precheck_words import RULES
from casereview.exchange.cin_records import CinAssessment, CinEpisode, CinPlan, CinSection47
from casereview.exchange.cin_write import synthetic_header
from casereview.service.desk import Desk
from casereview.simulation.assessments import put_in
from casereview.simulation.authority import facts, staff_of
from casereview.simulation.generator import generate
from casereview.simulation.playing import Player
from casereview.testing import FixedClock, MemoryStore
from tests.exchange.support import assessment, desk, episode, in_memory
from tests.exchange.test_cin_out import recorded
from workflows.catalogue import Catalogue

HEADER = synthetic_header(2024)
DONE = CinAssessment(date(2023, 6, 2), None, date(2023, 7, 3), ("3A",))
SOUND = episode("C1", DONE, disabilities=("NONE",), referral_date=date(2023, 6, 1))
ENQUIRY = CinSection47(date(2023, 6, 5), date(2023, 6, 26), date(2023, 6, 23), False)
NO_MEETING = CinSection47(date(2023, 6, 5), None, None, False)
OPEN = CinAssessment(date(2024, 2, 1))


def found(*episodes: CinEpisode) -> list[str]:
    return [one.rule for one in check_return(HEADER, episodes)]


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, []),
        ({"section47s": (ENQUIRY,)}, []),
        ({"referral_date": date(2023, 6, 5)}, ["1103"]),
        ({"assessments": (replace(DONE, authorised=date(2023, 6, 1)),)}, ["8608"]),
        ({"assessments": (replace(DONE, factors=("18A",)),)}, ["8945Q"]),
        ({"assessments": (replace(DONE, factors=("19A",)),)}, ["8950Q"]),
        ({"assessments": (DONE, replace(DONE, start=date(2023, 7, 3), authorised=date(2023, 8, 1)))}, ["8863Q"]),
        ({"section47s": (replace(ENQUIRY, start=date(2023, 5, 31)),)}, ["2889"]),
        ({"section47s": (replace(ENQUIRY, conference=date(2023, 6, 2)),)}, ["8615"]),
        ({"section47s": (replace(ENQUIRY, conference=date(2024, 4, 2)),)}, ["8715"]),
        ({"section47s": (replace(ENQUIRY, conference=date(2023, 6, 24)),)}, ["8875"]),
        ({"section47s": (replace(ENQUIRY, conference_target=date(2023, 6, 25)),)}, ["8870Q"]),
        ({"section47s": (replace(NO_MEETING, start=date(2024, 3, 20)),)}, []),
        ({"section47s": (NO_MEETING,)}, ["8675Q"]),
        ({"section47s": (NO_MEETING,), "closure_date": date(2023, 9, 1)}, ["8868", "8675Q"]),
        ({"section47s": (replace(NO_MEETING, start=date(2024, 3, 18)), replace(NO_MEETING, start=date(2024, 3, 20)))},
         ["8839", "8890"]),
        ({"section47s": (ENQUIRY, replace(ENQUIRY, start=date(2023, 6, 23)))}, ["8890"]),
        ({"section47s": (ENQUIRY, replace(ENQUIRY, start=date(2023, 6, 26), conference=date(2023, 7, 3)))}, []),
        ({"section47s": (replace(NO_MEETING, start=date(2023, 3, 31)),), "referral_date": date(2023, 3, 1)},
         ["8740", "8675Q"]),
        ({"section47s": (ENQUIRY,), "initial_cpc_date": date(2023, 6, 23)}, ["2884"]),
        ({"birth_date": None}, ["8525"]),
        ({"expected_birth_date": date(2023, 9, 1)}, ["8525"]),
        ({"disabilities": ()}, ["8540"]),
        ({"upn": None}, ["8770Q"]),
        ({"upn": None, "upn_unknown": "UN1"}, ["8770Q"]),
        ({"upn": None, "upn_unknown": "UN2"}, []),
        ({"upn": None, "birth_date": date(2018, 4, 1)}, []),
        ({"upn": None, "disabilities": (), "referral_nfa": True, "assessments": ()}, []),
        ({"cin_plans": (CinPlan(date(2023, 7, 3)),), "referral_nfa": True}, ["8831"]),
    ],
)  # fmt: skip
def test_each_check_finds_what_it_should(changes: dict[str, Any], rules: list[str]) -> None:
    assert found(replace(SOUND, **changes)) == rules


def test_every_rule_is_explained_in_words() -> None:
    for code, rule in RULES.items():
        assert code == rule.code and all((rule.says, rule.right, rule.wrong, rule.do))
        assert rule.weight == ("warning" if code == "8670Q" else "query" if code.endswith("Q") else "error")


@pytest.mark.parametrize(
    ("start", "asked", "days"),
    [(date(2024, 1, 29), False, 43), (date(2024, 1, 26), True, 44), (date(2024, 1, 25), True, 45)],
)
def test_the_question_about_long_work_is_a_warning_and_counts_as_the_check_does(
    start: date, asked: bool, days: int
) -> None:
    """The days are those found by running the sector's own check on a year that ends on a Sunday."""
    one = replace(SOUND, referral_date=start, assessments=(CinAssessment(start),))
    (finding,) = check_return(HEADER, [one]) or (None,)
    assert calendar_for("england-wales").working_days(start, date(2024, 3, 31)) == days
    assert (finding is not None) == asked
    if finding is not None:
        assert (finding.rule, finding.weight) == ("8670Q", "warning")
        assert f"{days} working days to 2024-03-31 by the count used here" in finding.what
        assert "no standing" in finding.do


def test_a_finding_leads_to_its_case_and_row() -> None:
    store = in_memory()
    first = recorded(store, details={"born": "2015-05-05", "disabilities": "NONE", "UPN": "A123456789012"})
    made = export_cin(desk(store), 2024, None, authority="999")
    assert [(f.rule, f.case, f.child, f.what.partition(";")[0]) for f in made.findings] == [
        ("8670Q", first, "N1", "assessment from 2023-10-02 to open")
    ]


def test_findings_come_errors_first_and_children_together() -> None:
    late = replace(SOUND, child_id="C2", assessments=(replace(DONE, factors=()),), disabilities=())
    both: tuple[Finding, ...] = check_return(HEADER, [replace(SOUND, referral_date=date(2023, 7, 1)), late])
    assert [(f.weight, f.rule, f.child) for f in both] == [
        ("error", "1103", "C1"), ("error", "8540", "C2"), ("query", "8897Q", "C2"),
    ]  # fmt: skip


# ---- a simulated year ----------------------------------------------------------------------------------------------
# Of what the checks ask, only this is open in a year that was lived here: the codes of factors have no place in the
# shipped workflows, and some work is truly long. Neither is an error.
EXPECTED = {"8897Q", "8670Q"}


def simulated(seed: int, ends: date) -> Desk:
    calendar, clock = calendar_for("england-wales"), PinnedClock(ends)
    here = Desk(MemoryStore(clock=FixedClock(ends), practice=True), clock, Catalogue(), "me")
    year = generate(ends, seed, 0.006, calendar)
    staff = staff_of("me", year.workers)
    player = Player(here, ends - timedelta(days=900), seed)
    with player.writing() as work:
        player.as_if("me", date(2020, 1, 1)).register(work, *facts(staff, None, "Ada Test", "ada", date(2020, 1, 1)))
    put_in(player, year, staff, calendar, seed, lambda *_: None)
    with player.writing() as work:  # the made-up children have no details; an authority knows them
        known = work.known_children("me")
        born = {"born": "2014-05-05", "disabilities": "NONE", "UPN": "A123456789012"}
        player.as_if("me", ends).register(work, *(ChildSet(child.id, child.family, born) for child in known))
    return here


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**6), ends=st.dates(date(2022, 3, 31), date(2024, 12, 31)))
def test_a_simulated_year_passes_the_checks(seed: int, ends: date) -> None:
    here = simulated(seed, ends)
    year = ends.year + (ends > date(ends.year, 3, 31))
    made = export_cin(here, year, None, authority="999")
    assert made.children > 0
    assert {f.rule for f in made.findings} <= EXPECTED, [f for f in made.findings if f.rule not in EXPECTED]
    assert not [f for f in made.findings if f.weight == "error"]


def test_assessments_given_in_support_are_sound() -> None:
    assert found(replace(SOUND, assessments=(assessment(date(2024, 3, 1)),))) == []
