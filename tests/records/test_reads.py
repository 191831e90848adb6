"""Readings of what is kept closest are written down, once, for those who answer for it; lists are no reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import cast

import pytest

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.exchange.bundle import export_bundle
from casereview.service.asof import PastDesk, desk_at
from casereview.service.desk import Desk
from casereview.service.identities import (
    add_identity,
    change_identity,
    dispose_of_key,
    identities,
    next_pseudonym,
    protected,
    remove_identity,
    standing_to_key,
)
from casereview.service.reading import history, records
from casereview.service.record_reads import NotForYou, Read, reads
from casereview.service.refold import rebuild
from casereview.service.review import read_review
from casereview.service.versions import versions
from casereview.service.whole import verify
from casereview.service.written import record
from casereview.testing import FixedClock, MemoryStore
from storage import open_store
from tests.records.keeping import DAY, NAMES, Review
from tests.support import postgres_url


@pytest.fixture
def review() -> Review:
    return Review(MemoryStore(practice=True, clock=FixedClock(DAY))).fill(str)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Review]:
    """The same on a store of each kind, and no practice."""
    if request.param == "memory":
        yield Review(MemoryStore(practice=False, clock=FixedClock(DAY))).fill(str)
        return
    place = postgres_url() if request.param == "postgresql" else str(tmp_path / "x.db")
    store = open_store(place, create=True, practice=False, clock=FixedClock(DAY))
    yield Review(store).fill(str)
    store.close()


def noted(review: Review) -> list[tuple[str, str, int]]:
    return [(one.person, one.what, one.number) for one in reads(review.desk("cho"), review.ref)]


def test_a_conversation_is_read_where_its_words_are_given_out_and_nowhere_else(stored: Review) -> None:
    talk, sue = stored.number["conversation"], stored.desk("sue")
    listed = {row.kind: row for row in records(sue, stored.ref, limit=500).rows}
    assert listed["conversation"].outline and "overview" not in listed["conversation"].values
    assert listed["conversation"].values["status"] == "planned"  # how it stands is no account of anything
    assert read_review(sue, stored.ref).review.of("conversation")[0].text("overview") == ""
    history(sue, stored.ref, limit=500)
    assert noted(stored) == []
    assert record(sue, stored.ref, talk).values["overview"].startswith("conversation")
    for _ in range(3):
        record(sue, stored.ref, talk)
        assert read_review(sue, stored.ref, showing=("conversation",)).review.of("conversation")[0].text("overview")
    assert noted(stored) == [("sue", "record", talk)]
    record(stored.desk("lex"), stored.ref, talk)  # its author
    with pytest.raises(NotForYou):
        versions(stored.desk("biz"), stored.ref, talk)
    assert record(stored.desk("biz"), stored.ref, talk).values == {}
    assert noted(stored) == [("sue", "record", talk)]


def test_each_way_of_reading_in_full_is_a_reading(review: Review, tmp_path: Path) -> None:
    talk = review.number["conversation"]
    versions(review.desk("sue"), review.ref, talk)
    assert noted(review) == [("sue", "record", talk)]
    review.clock.advance()
    found = records(review.desk("sue"), review.ref, kind="conversation", in_full=True).rows
    assert found[0].values["overview"] and not found[0].outline
    assert noted(review) == [("sue", "record", talk)] * 2  # once a day
    review.do("cho", cmd.EndAppointment("biz", "business-manager", "now a reviewer"))
    review.do("cho", cmd.Appoint("biz", "lead-reviewer"))
    export_bundle(review.desk("biz"), str(tmp_path / "out.jsonl"), review.ref)
    assert noted(review)[0] == ("biz", "case bundle", 0)
    words = (tmp_path / "out.jsonl").read_text("utf-8")
    assert "conversation on overview" in words  # it is the whole case
    assert not any(name in words for name in NAMES.values())  # and not its key


def test_an_earlier_day_is_read_today(stored: Review) -> None:
    later = Desk(stored.store, FixedClock(DAY + timedelta(9)), stored.desk("sue").catalogue, "sue")
    stored.clock.advance(9)
    with closing(cast(PastDesk, desk_at(later, DAY, as_happened=False))) as past:
        seen = record(past, stored.ref, stored.number["conversation"])
        assert seen.values["overview"].startswith("conversation")
    assert [(one.person, one.on) for one in reads(stored.desk("cho"), stored.ref)] == [("sue", DAY + timedelta(9))]


def test_reading_changes_nothing_of_the_case(review: Review) -> None:
    """Or whoever is writing in it would be told that it has changed."""
    seen, before = review.case.number, review.case
    record(review.desk("sue"), review.ref, review.number["conversation"])
    identities(review.desk("lex"), review.ref)
    assert review.case == before
    assert review.case.number == seen
    assert verify(review.desk("ada")).ok


def test_who_read_what_is_for_those_who_answer_for_it(review: Review) -> None:
    record(review.desk("sue"), review.ref, review.number["conversation"])
    for person in ("lex", "cho", "ada"):
        assert [type(one) for one in reads(review.desk(person), review.ref)] == [Read]
    for person in ("biz", "rio", "gus", "sam", "sue"):
        with pytest.raises(NotForYou):
            reads(review.desk(person), review.ref)


# ---- the identity key ------------------------------------------------------------------------------------------
def test_the_key_is_read_by_few_and_each_reading_with_what_for(review: Review) -> None:
    assert [one.text.rpartition(" ")[0] for one in identities(review.desk("lex"), review.ref)] == list(NAMES.values())
    with pytest.raises(CaseReviewError, match="what for"):
        identities(review.desk("rio"), review.ref)
    identities(review.desk("rio"), review.ref, "to find a file")
    for person in ("sue", "gus", "bod", "biz", "ada", "sam"):
        assert standing_to_key(review.desk(person), review.ref) == ""
        with pytest.raises(NotForYou):
            identities(review.desk(person), review.ref, "to look")
    found = reads(review.desk("cho"), review.ref)
    assert {(one.person, one.what, one.purpose) for one in found} == {
        ("lex", "identity key", ""), ("rio", "identity key", "to find a file"),
    }  # fmt: skip


def test_the_key_is_kept_by_reviewers_and_chair_and_is_what_a_scan_looks_for(stored: Review) -> None:
    desk = stored.desk("lex")
    made = add_identity(desk, stored.ref, "date of birth", "9 March 2016", stands_for="Child E", variants=["9/3/16"])
    assert made.text == "2016-03-09" and made.variants == ("9/3/16",)
    with pytest.raises(CaseReviewError, match="already"):
        add_identity(desk, stored.ref, "date of birth", "9 March 2016", stands_for="Child E")
    for kind, text in (("shoe size", "9"), ("date of birth", "some time"), ("name", "  ")):
        with pytest.raises(CaseReviewError):
            add_identity(desk, stored.ref, kind, text)
    changed = change_identity(desk, stored.ref, made.key, stands_for="Child F")
    assert (changed.text, changed.stands_for, changed.variants) == ("2016-03-09", "Child F", ("9/3/16",))
    with pytest.raises(CaseReviewError, match="nothing would change"):
        change_identity(desk, stored.ref, made.key, stands_for="Child F")
    with desk.reading() as work:
        kept = protected(desk, work, desk.case(work, stored.ref))
    assert ("date of birth", "2016-03-09", "Child F", ("9/3/16",)) in [
        (one.kind, one.text, one.stands_for, one.variants) for one in kept
    ]
    with pytest.raises(CaseReviewError):
        remove_identity(desk, stored.ref, made.key, " ")
    remove_identity(desk, stored.ref, made.key, "entered twice")
    assert made.key not in [one.key for one in identities(desk, stored.ref)]
    for person in ("rio", "biz", "sam"):
        with pytest.raises(NotForYou):
            add_identity(stored.desk(person), stored.ref, "name", "Somebody")


def test_a_key_disposed_of_is_gone_and_the_journal_still_holds(stored: Review, tmp_path: Path) -> None:
    desk = stored.desk("lex")
    change_identity(desk, stored.ref, identities(desk, stored.ref)[0].key, text="Perpetua Q. Quillfeather")
    with pytest.raises(NotForYou):
        dispose_of_key(stored.desk("rio"), stored.ref, "x")
    assert dispose_of_key(desk, stored.ref, "six years after publication") == len(NAMES)
    assert identities(desk, stored.ref) == []
    with stored.store.read() as work:
        said = [link.body or "" for link in work.links()]
    assert not any("Quillfeather" in body for body in said) and any("six years after" in body for body in said)
    assert verify(stored.desk("ada")).ok
    with pytest.raises(NotFound):
        dispose_of_key(desk, stored.ref, "again")
    with stored.store.write() as work:
        rebuild(stored.desk("ada"), work)
    assert verify(stored.desk("ada")).ok
    add_identity(desk, stored.ref, "name", "Perpetua", stands_for="Child E")
    assert [one.text for one in identities(desk, stored.ref)] == ["Perpetua"]


def test_nothing_of_the_key_is_in_the_case(review: Review) -> None:
    add_identity(review.desk("lex"), review.ref, "place", "Quiddle-under-Moss", stands_for="the town")
    case_id = review.case.id
    with review.store.read() as work:
        journal = [link.body for link in work.links(stream=case_id)]
    assert not any("Quiddle" in (body or "") or "Quillfeather" in (body or "") for body in journal)


def test_whoever_took_part_reads_their_own_account(review: Review) -> None:
    talk, point = review.number["conversation"], review.number["turning-point"]
    gus = review.desk("gus")
    assert record(gus, review.ref, talk).kept_to and record(gus, review.ref, point).kept_to
    pseudonym = record(review.desk("lex"), review.ref, review.number["participant"]).values["pseudonym"]
    add_identity(review.desk("lex"), review.ref, "name", "Gus Hollow", stands_for=pseudonym.upper(), person="gus")
    assert record(gus, review.ref, talk).values["overview"].startswith("conversation")
    assert record(gus, review.ref, point).values["going_on"].startswith("turning-point")
    assert record(gus, review.ref, review.number["finding"]).kept_to
    assert record(review.desk("sam"), review.ref, talk).kept_to
    assert ("gus", "record", talk) in noted(review)


def test_today_set_on_a_real_store_never_dates_a_reading(tmp_path: Path) -> None:
    """--today may look at a real store: what is read is still written down, on the day it really is."""

    class Pinned(FixedClock):
        def today(self) -> date:
            return DAY + timedelta(400)

    place = str(tmp_path / "real.db")
    review = Review(open_store(place, create=True, practice=False, clock=FixedClock(DAY))).fill(str)
    desk = Desk(review.store, Pinned(DAY), review.desk("sue").catalogue, "sue", today_set=True)
    record(desk, review.ref, review.number["conversation"])
    assert [one.on for one in reads(review.desk("cho"), review.ref)] == [DAY]
    review.store.close()


def test_the_next_made_up_name_is_for_whoever_reads_who_takes_part(review: Review) -> None:
    made = {next_pseudonym(review.desk(person), review.ref, "Child") for person in ("lex", "biz")}
    assert len(made) == 1 and "Child E" not in made
    for person in ("gus", "sam"):
        with pytest.raises(NotForYou):
            next_pseudonym(review.desk(person), review.ref, "Child")
