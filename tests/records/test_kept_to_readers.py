"""What a kind of record is kept to is kept: whoever may not read it is told the same whatever it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.case import Case, Visit
from casereview.ports import Store
from casereview.record_readers import been_at, open_to
from casereview.service.desk import Desk
from casereview.service.gathering import gathered
from casereview.service.method import quality_markers
from casereview.service.publishing import beside
from casereview.service.reading import history, records
from casereview.service.record_access import may_read
from casereview.service.review import read_review
from casereview.testing import FixedClock, MemoryStore
from storage import open_store
from tests.records.answers import bundled, told
from tests.records.keeping import DAY, FLOW, HOLDS, NAMES, SAM, Review, kept_from
from tests.stories import CATALOGUE
from tests.support import postgres_url
from workflows.definition import RecordKind

MARK = "Zyzzyvine"  # in the words of what is withheld, and nowhere else


def store_of(kind: str, folder: Path, name: str) -> Store:
    if kind == "memory":
        return memory()
    place = postgres_url() if kind == "postgresql" else str(folder / f"{name}.db")
    return open_store(place, create=True, practice=True, clock=FixedClock(DAY))


def memory() -> MemoryStore:
    return MemoryStore(practice=True, clock=FixedClock(DAY))


def plain(found: object) -> str:
    """What was said, without instants (they are the same) and digests (they are salted)."""
    return re.sub(r"\b(?:0x)?[0-9a-f]{8,64}\b", "#", repr(found))


def twins(kind: str, folder: Path, person: str) -> tuple[Review, Review]:
    """Two reviews that differ only in the words of what this person may not read."""
    first = Review(store_of(kind, folder, f"{person}-1"))
    kept = kept_from(first, person)
    first.fill(lambda name: f"{MARK} one {name}" if name in kept | hidden_key(person) else name)
    second = Review(store_of(kind, folder, f"{person}-2"))
    second.fill(lambda name: f"{MARK} the other way {name}" if name in kept | hidden_key(person) else name)
    return first, second


def hidden_key(person: str) -> set[str]:
    return set() if HOLDS.get(person) in ("lead-reviewer", "chair") else {"identity"}


def told_alike(first: Review, second: Review, person: str) -> None:
    ours, theirs = told(first.desk(person), first.ref), told(second.desk(person), second.ref)
    assert first.ref == second.ref
    for name, answer in ours.items():
        assert plain(answer) == plain(theirs[name]), name
        assert MARK not in repr(answer), name


@pytest.mark.parametrize("person", ["sam", "biz", "rio"])
def test_what_is_withheld_says_nothing_of_itself(person: str, tmp_path: Path) -> None:
    first, second = twins("memory", tmp_path, person)
    assert kept_from(first, person)
    told_alike(first, second, person)


@pytest.mark.parametrize("kind", ["postgresql"])  # commands are tried on SQLite
def test_nor_on_a_server(kind: str, tmp_path: Path) -> None:
    first, second = twins(kind, tmp_path, "biz")
    told_alike(first, second, "biz")
    for review in (first, second):
        said = bundled(review.desk("biz"), review.ref, str(tmp_path / f"{review is first}.jsonl"))
        assert "kept to others" in str(said) and not list(tmp_path.glob("*.jsonl"))
        review.store.close()


def test_whoever_may_read_is_told() -> None:
    """Or the tests above would hold of a desk that shows nothing."""
    review = Review(memory()).fill(lambda name: f"{MARK} {name}")
    found = told(review.desk("lex"), review.ref)
    for name in ("records", "records in full", "each record", "a review as a whole", "versions", "the key"):
        assert MARK in repr(found[name]), name
    assert all(name in repr(found["the key"]) for name in NAMES.values())
    assert MARK not in repr(told(review.desk("lex"), review.ref)["cases"])


def test_what_is_withheld_is_a_line_that_says_to_whom(tmp_path: Path) -> None:
    review = Review(memory()).fill(lambda name: f"{MARK} {name}")
    rows = {row.kind: row for row in records(review.desk("biz"), review.ref, limit=500).rows}
    talk = rows["conversation"]
    assert talk.kept_to == "Lead reviewer or Methodological supervisor"
    assert talk.values == {} and talk.corrected == 0
    assert not rows["participant"].kept_to  # the arrangements of the review are for whoever makes them
    whole = read_review(review.desk("biz"), review.ref).review
    assert whole.withheld["conversation"] == 1 and not whole.of("conversation")
    assert any("(kept to Lead reviewer" in line.says for line in history(review.desk("biz"), review.ref, limit=500))


def test_one_reads_what_one_wrote_and_no_more() -> None:
    review = Review(memory()).fill(lambda name: name)
    values = review.values(review.definition.records["conversation"], "rio's own")
    own = review.do("rio", cmd.AddRecord("conversation", values))
    rows = {row.number: row for row in records(review.desk("rio"), review.ref, kind="conversation").rows}
    assert rows[own].values["overview"] == "rio's own on overview" and not rows[own].kept_to
    assert [row.kept_to for row in rows.values() if row.number != own] == ["Lead reviewer or Methodological supervisor"]
    for stranger in ("gus", "bod", SAM):
        assert all(row.kept_to for row in records(review.desk(stranger), review.ref, kind="conversation").rows)


def test_a_role_that_ended_reads_no_more_not_even_as_it_was() -> None:
    review = Review(memory()).fill(lambda name: f"{MARK} {name}")
    review.clock.advance(9)
    assert MARK in repr(told(review.desk("sue"), review.ref)["records then"])
    review.do("cho", cmd.EndAppointment("sue", "supervisor", "her work is done"))
    kept = kept_from(review, SAM) - {k.name for k in review.definition.records.values() if k.by[0] == "supervisor"}
    rows = {row.kind: row for row in records(review.desk("sue"), review.ref, limit=500).rows}
    assert all(rows[kind].kept_to for kind in kept)
    found = told(review.desk("sue"), review.ref)
    for name in ("records then", "a review then"):
        assert not any(f"{MARK} {kind} on" in repr(found[name]) for kind in kept)


# ---- the gate itself --------------------------------------------------------------------------------------------
DEFINITION = CATALOGUE.find(FLOW)
PATH = [name for name, stage in DEFINITION.stages.items() if not stage.end]
ROLES = sorted(DEFINITION.roles)
roles_held = st.frozensets(st.sampled_from(ROLES), max_size=4)
lives = st.lists(st.sampled_from(sorted(DEFINITION.stages)), max_size=12)


def been(stages: list[str]) -> Case:
    case = Case("c", workflow=FLOW, hash=DEFINITION.hash)
    case.visits = {PATH[0]: 1}
    for stage in stages:
        case.visits[stage] = case.visits.get(stage, 0) + 1
        case.main = Visit(stage, case.visits[stage], case.opened, 1)
    return case


@given(roles_held, lives, st.lists(st.sampled_from(PATH), max_size=6))
def test_a_way_back_changes_nothing_of_who_reads_what(roles: frozenset[str], life: list[str], back: list[str]) -> None:
    """Invariant 7: going again through stages the review has been at opens nothing, and takes nothing away."""
    before = been_at(been(life), DEFINITION)
    again = been_at(been([*life, *(stage for stage in back if stage in before)]), DEFINITION)
    for kind in DEFINITION.records.values():
        assert open_to(kind, roles, again) == open_to(kind, roles, before)


@given(roles_held, roles_held, lives, lives)
def test_more_roles_and_more_of_the_path_never_read_less(
    roles: frozenset[str], also: frozenset[str], life: list[str], further: list[str]
) -> None:
    before, after = been_at(been(life), DEFINITION), been_at(been([*life, *further]), DEFINITION)
    for kind in DEFINITION.records.values():
        assert not open_to(kind, roles, before) or open_to(kind, roles | also, after)


@given(st.sampled_from(sorted(DEFINITION.records.values(), key=lambda k: k.name)), lives)
def test_with_no_role_only_what_is_for_everyone_is_read(kind: RecordKind, life: list[str]) -> None:
    assert open_to(kind, frozenset(), been_at(been(life), DEFINITION)) == (not kind.readers)


@settings(max_examples=8)
@given(st.lists(st.tuples(st.sampled_from(sorted(HOLDS)), st.sampled_from(ROLES)), max_size=5), st.data())
def test_the_gate_and_a_second_opinion_agree(more: list[tuple[str, str]], data: st.DataObject) -> None:
    """Random people in random roles: a record is read by a role that reads it, or by its author, and by nobody else."""
    review = Review(memory())
    holds = {(person, role) for person, role in HOLDS.items()}
    for person, role in more:
        if not _refused(review, cmd.Appoint(person, role)):
            holds.add((person, role))
    review.fill(lambda name: name)
    person = data.draw(st.sampled_from([*HOLDS, SAM]))
    roles = {role for holder, role in holds if holder == person}
    desk, kinds = review.desk(person), review.definition.records
    with desk.reading() as work:
        case = desk.case(work, review.ref)
        for row in work.records(case.id, limit=500).rows:
            kind = kinds[row.kind]
            wanted = row.by == person or not kind.readers or bool(set(kind.readers) & roles)
            assert may_read(desk, work, case, row) == wanted, (row.kind, person, roles)


def _refused(review: Review, command: Any) -> bool:
    from casereview.errors import CaseReviewError

    try:
        review.do("cho", command)
    except CaseReviewError:
        return True
    return False


# ---- nothing goes round it ------------------------------------------------------------------------------------
ROOT = Path(__file__).resolve().parents[2]
ASKS = re.compile(r"\b(?:work|writing|now|copy|reading)\.(records|record|every_record|history|entries_of_kind)\(")
# Modules that read records or entries without the gate, and why no word of a record comes out of them.
ROUND_IT = {
    "casereview/service/record_access.py": "the gate",
    "casereview/service/record_entries.py": "the gate of the journal",
    "casereview/service/written.py": "hands every row and entry to the gate",
    "casereview/service/review.py": "hands every row to the gate",
    "casereview/service/versions.py": "asks the gate for the record before it reads its entries",
    "casereview/service/journey.py": "hands every entry to the gate",
    "casereview/service/reports_sampled.py": "hands every row and entry to the gate",
    "casereview/exchange/bundle.py": "asks the gate before anything leaves; the whole store takes an office",
    "casereview/service/desk.py": "folds what is written, and shows nothing",
    "casereview/service/reading.py": "folds the past of a case into dates and counts",
    "casereview/service/whole.py": "compares what is kept with the journal, for an auditor",
    "casereview/service/families.py": "what the family was told, which no record holds",
    "casereview/service/quality_stories.py": "what the family was told, which no record holds",
    "casereview/service/profiles.py": "moves to another timescale profile",
    "casereview/service/overrides.py": "what was set aside",
    "casereview/service/findings.py": "hands every row to the gate",
    "casereview/service/publishing.py": "on which days a track was suspended, by its steps",
    "casereview/service/method.py": "hands every row to the gate",
    "casereview/service/recommendations.py": "hands every row to the gate",
    "casereview/service/commissioning.py": "conflicts of interest",
    "casereview/service/review_numbers.py": "how a review was done, in numbers that are the same for everyone",
    "casereview/service/identities.py": "the next free made-up name, for whoever reads who takes part",
    "casereview/exchange/landing.py": "whether anybody worked on a case since it was read in",
    "casereview/exchange/landing_rows.py": "days on which reviews were held before an import",
    "casereview/exchange/landing_own.py": "the day of a referral, to find the case a file means",
    "casereview/exchange/table_in_facts.py": "compares a row of a file with what it said before",
    "casereview/exchange/table_in_land.py": "whether anybody worked on a case since it was read in",
    "casereview/exchange/cin_export_rows.py": "coded answers a return by law asks for, written by a data officer",
    "casereview/exchange/cin_factors.py": "coded answers a return by law asks for, written by a data officer",
    "casereview/exchange/cin_export_said.py": "what a file said of a case it brought",
}


def test_every_module_that_reads_records_comes_through_the_gate() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for package in ("casereview", "tui")
        for path in (ROOT / package).rglob("*.py")
        if ASKS.search(path.read_text("utf-8"))
    }
    assert sorted(found - set(ROUND_IT)) == [], "read records through casereview.service.record_access or .written"
    assert sorted(set(ROUND_IT) - found) == []


LOOKS: list[Callable[[Desk, str], str]] = [
    lambda desk, ref: gathered(desk, ref).review.kept("meeting"),
    lambda desk, ref: beside(desk, ref).review.kept("parallel-process"),
    lambda desk, ref: quality_markers(desk, ref).kept,
]


@pytest.mark.parametrize("look", LOOKS)
def test_what_is_kept_to_others_is_said_to_be_and_never_to_be_missing(look: Callable[[Desk, str], str]) -> None:
    made = Review(memory()).fill(lambda kind: kind)
    assert look(made.desk(SAM), made.ref).startswith("1 record kept to others")
    assert not look(made.desk("lex"), made.ref)
