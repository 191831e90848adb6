"""Who is owed news and who was not told, held to a second reading of the journal that shares no code with it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.errors import CaseReviewError
from casereview.events import CONTACT_KINDS, DateAgreed, Entry, FamilyTold, TellingExcepted
from casereview.service.desk import Refused
from casereview.service.families import FamilyRow, families, ledger
from casereview.service.reading import show
from tests.stories import CHI, MAX, MO, SAM, START, WREN, Story, new_store

DAY = timedelta(days=1)
PEOPLE = ("mother", "father", "aunt")
TELLS = {"progress", "delay explained", "new date", "decision"}


def story() -> Story:
    """Mother and father must be told, the aunt may be."""
    made = Story()
    made.do(CHI, cmd.SetRoster("father", "Father"))
    made.do(CHI, cmd.SetRoster("aunt", "Aunt", must_be_told=False))
    return made


def rows(of: Story, which: str = "all", person: str = MO) -> dict[str, FamilyRow]:
    return {row.person: row for row in families(of.desk(person), which).rows}


# ---- the second reading ----------------------------------------------------------------------------------------
@dataclass
class Reckoned:
    promised_on: date | None
    broken: bool
    late_or_never: int
    made: int
    untold_since: date | None


def reckoned(entries: Iterable[Entry], person: str, today: date, opened: date) -> Reckoned:
    """From the journal alone: every contact in the order of its day, every date and exception in the order written."""
    contacts, dates, until = [], dict[str, list[date]](), None
    for entry in entries:
        event = entry.event
        if isinstance(event, FamilyTold) and person in event.people:
            contacts.append((entry.on, entry.number, event.contact, event.promised_on))
        elif isinstance(event, DateAgreed):
            dates.setdefault(event.expectation, []).append(entry.on)
        elif isinstance(event, TellingExcepted) and event.person == person:
            until = event.until
    contacts.sort()
    promises = [(by, contacts[at + 1 :]) for at, (_, _, _, by) in enumerate(contacts) if by is not None]
    bad = sum((not later and by < today) or (bool(later) and later[0][0] > by) for by, later in promises)
    open_ = promises[-1][0] if promises and not promises[-1][1] else None
    excepted = until is not None and today < until
    since: date | None = None
    if person != "aunt" and not excepted:
        changed = [agreed[-1] for agreed in dates.values() if len(agreed) > 1]
        waits = [on for on in changed if not any(c[2] in TELLS and c[0] >= on for c in contacts)]
        since = opened if not contacts else min(waits, default=None)
    if excepted:
        open_ = None
    return Reckoned(open_, open_ is not None and open_ < today, bad, len(promises), since)


ACTS = st.one_of(
    st.tuples(
        st.just("tell"), st.sampled_from(CONTACT_KINDS), st.sets(st.sampled_from(PEOPLE), min_size=1),
        st.integers(0, 12), st.one_of(st.none(), st.integers(0, 15)),
    ),
    st.tuples(st.just("date"), st.integers(3, 30)),
    st.tuples(st.just("except"), st.sampled_from(PEOPLE), st.integers(1, 12)),
    st.tuples(st.just("see")),
)  # fmt: skip
LIVES = st.lists(st.tuples(st.integers(0, 6), ACTS), min_size=1, max_size=12)


def live(made: Story, act: tuple) -> None:  # type: ignore[type-arg]
    today = made.today
    match act:
        case ("tell", kind, people, back, ahead):
            promised = None if ahead is None else today + ahead * DAY
            made.do(WREN, cmd.Tell(kind, tuple(sorted(people)), max(today - back * DAY, START), promised_on=promised))
        case ("date", ahead):
            made.do(MO, cmd.AgreeDate(today + ahead * DAY, "as we agreed", "JUDG"))
        case ("except", person, ahead):
            made.do(MO, cmd.ExceptTelling(person, "police advice", today + ahead * DAY))
        case _:
            made.see()


@settings(max_examples=60)
@given(LIVES, st.integers(0, 10))
def test_told_owed_and_broken_are_what_a_second_reading_of_the_journal_says(
    life: list[tuple[int, tuple]], later: int  # type: ignore[type-arg]
) -> None:  # fmt: skip
    made = story()
    for gap, act in life:
        made.on(made.today + gap * DAY)
        with contextlib.suppress(Refused):
            live(made, act)
    made.on(made.today + later * DAY)
    entries = made.entries
    found = rows(made)
    for person in PEOPLE:
        owed, expected = found[person].owed, reckoned(entries, person, made.today, made.case.opened)
        assert (owed.promised_on, owed.broken) == (expected.promised_on, expected.broken), person
        assert (owed.broken_times, owed.made) == (expected.late_or_never, expected.made), person
        assert owed.untold_since == expected.untold_since, person
    assert set(rows(made, "broken")) == {p for p in PEOPLE if found[p].owed.broken}
    assert set(rows(made, "owed")) == {p for p in PEOPLE if found[p].owed.promised_on}
    assert set(rows(made, "not-told")) == {p for p in PEOPLE if found[p].owed.untold_since}
    made.check()


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 20), st.one_of(st.none(), st.integers(0, 25))), min_size=2, max_size=6,
             unique_by=lambda one: one[0]),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_the_order_in_which_contacts_are_written_down_changes_nothing(
    contacts: list[tuple[int, int | None]], chance: object
) -> None:
    """A visit written up late kept the same promises as one written up at once."""

    def told(order: list[tuple[int, int | None]]) -> object:
        made = story().on(START + 20 * DAY)
        for at, ahead in order:
            # a promise may be written down after its day only by being made on a day before it
            promised = None if ahead is None else made.today + ahead * DAY
            made.do(WREN, cmd.Tell("progress", ("mother",), START + at * DAY, promised_on=promised))
        mother = made.case.roster["mother"]
        return mother.promises, mother.contacts, mother.promised_on, mother.told

    shuffled = list(contacts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert told(sorted(contacts)) == told(shuffled)


SAME_DAY = {
    "tell": lambda s: s.do(WREN, cmd.Tell("new date", ("mother",))),
    "date": lambda s: s.do(MO, cmd.AgreeDate(s.today + 20 * DAY, "another week", "JUDG")),
    "except": lambda s: s.do(MO, cmd.ExceptTelling("father", "whereabouts unknown", s.today + 9 * DAY)),
    "see": lambda s: s.see(),
    "reason": lambda s: s.reason(),
}


@given(st.permutations(sorted(SAME_DAY)), st.integers(0, 12))
def test_what_happens_on_one_day_may_be_written_in_any_order(order: list[str], later: int) -> None:
    made = story()
    made.do(MO, cmd.AgreeDate(made.due(10)))
    made.on(made.due(4))
    for act in order:
        SAME_DAY[act](made)
    made.on(made.today + later * DAY)
    found = rows(made)
    assert found["mother"].owed.untold_since is None  # told on the very day the date was changed
    assert found["father"].owed.untold_since == (made.case.opened if later >= 9 else None)


# ---- a changed date ------------------------------------------------------------------------------------------
def test_a_changed_date_is_owed_until_everyone_is_told_or_excepted() -> None:
    made = story()
    made.tell("started")
    made.do(MO, cmd.AgreeDate(made.due(10)))
    assert rows(made, "not-told") == {}  # a first date changes nothing that was said
    made.on(made.due(5))
    made.do(MO, cmd.AgreeDate(made.due(15)))
    assert set(rows(made, "not-told")) == {"mother", "father"}
    assert rows(made)["mother"].command == f"casereview tell {made.ref} --to mother --kind 'new date'"
    made.do(WREN, cmd.Tell("new date", ("mother",)))
    assert set(rows(made, "not-told")) == {"father"}
    made.do(MO, cmd.ExceptTelling("father", "would increase risk", made.due(9)))
    assert rows(made, "not-told") == {}
    made.on(made.due(9))
    assert set(rows(made, "not-told")) == {"father"} and rows(made)["father"].owed.lapsed


def test_an_exception_is_a_managers_and_not_of_their_own_work() -> None:
    made = Story(worker=MO)
    no = made.refused(WREN, cmd.ExceptTelling("mother", "police advice", made.due(5)))
    assert "lawful exception is for" in no.says
    no = made.refused(MO, cmd.ExceptTelling("mother", "police advice", made.due(5)))
    assert "decides alone" in no.says and no.remedy
    made.do(MAX, cmd.ExceptTelling("mother", "police advice", made.due(5), "asked by the inspector"))
    (one,) = ledger(made.desk(MO), made.ref).people
    assert [(e.by, e.until, e.text) for e in one.exceptions] == [("Max", made.due(5), "asked by the inspector")]


def test_the_ledger_says_who_was_told_what_how_and_what_became_of_each_promise() -> None:
    made = story()
    made.do(WREN, cmd.SetRoster("mother", language="Polish", advocate="Ms Lee", relation="mother"))
    made.do(WREN, cmd.Tell("started", ("mother",), method="visit", said="Thank you", promised_on=made.due(3)))
    made.on(made.due(4))
    made.do(WREN, cmd.Tell("progress", ("mother", "aunt"), language="English", text="two more visits",
                           promised_on=made.due(6)))  # fmt: skip
    made.on(made.due(8))
    found = ledger(made.desk(WREN), made.ref)
    mother = next(one for one in found.people if one.person == "mother")
    assert [(c.kind, c.language, c.fate) for c in mother.contacts] == [
        ("progress", "English", "broken"), ("started", "Polish", "kept late"),
    ]  # fmt: skip
    assert (mother.owed.made, mother.owed.broken_times, mother.owed.broken) == (2, 2, True)
    assert len(found.contacts) == 2 and found.contacts[0].people == ("mother", "aunt")
    made.do(CHI, cmd.SetRoster("mother", left=True))
    assert len(ledger(made.desk(WREN), made.ref).contacts) == 2  # what was said stays, whoever left the list


def test_news_on_the_promised_day_itself_keeps_the_promise() -> None:
    made = Story()
    made.do(WREN, cmd.Tell("started", promised_on=made.due(3)))
    made.on(made.due(3)).tell("progress")
    made.on(made.due(9))
    assert rows(made)["mother"].owed.broken_times == 0 and rows(made, "broken") == {}


def test_of_two_contacts_on_a_day_the_promise_of_the_second_stands() -> None:
    made = Story()
    made.tell("started")
    made.do(WREN, cmd.Tell("progress", promised_on=made.due(2)))
    assert rows(made)["mother"].owed.promised_on == made.due(2)
    made.tell("progress")
    assert rows(made)["mother"].owed.promised_on is None


def test_a_promise_does_not_end_with_the_case() -> None:
    made = Story()
    made.do(WREN, cmd.Tell("started", promised_on=made.due(2)))
    made.finish().on(made.due(10))
    assert families(made.desk(MO), "broken").rows == ()
    (row,) = families(made.desk(MO), "broken", closed=True).rows
    assert row.case == made.ref and row.owed.untold_since is None


def test_the_longest_owed_comes_first_and_filters_leave_out_the_rest() -> None:
    store = new_store()
    first = Story(store=store)
    second = Story(store=store, worker=SAM, seed=5)
    for one, by in ((first, first.due(5)), (second, second.due(2))):
        one.do(MO, cmd.Tell("started", promised_on=by))
    first.on(first.due(10))
    desk = first.desk(MO)
    assert [row.case for row in families(desk, "broken").rows] == [second.ref, first.ref]
    assert [row.days for row in families(desk, "broken").rows] == [8, 5]
    assert [row.case for row in families(desk, "broken", worker=SAM).rows] == [second.ref]
    assert families(desk, "broken", team="south").rows == ()
    assert families(desk, "broken").broken == 2
    with pytest.raises(CaseReviewError, match="not one of the lists"):
        families(desk, "brokn")


def test_law_7_a_hidden_case_owes_nobody_anything() -> None:
    store = new_store()
    known, hidden = Story(store=store), Story(store=store, seed=5)
    for one in (known, hidden):
        one.do(WREN, cmd.Tell("started", promised_on=one.due(1)))
    before = families(known.desk(MAX), "broken")
    hidden.do(CHI, cmd.Restrict("a relative works here", (WREN,)))
    known.on(known.due(6))
    hidden.on(known.today)
    found = families(known.desk(MAX), "broken")
    assert before.cases == 2 and found.cases == 1
    assert {row.case for row in found.rows} == {known.ref}
    assert {row.case for row in families(hidden.desk(WREN), "broken").rows} == {known.ref, hidden.ref}


def test_looking_back_the_list_is_that_of_the_day() -> None:
    made = Story()
    made.do(WREN, cmd.Tell("started", promised_on=made.due(2)))
    made.on(made.due(5)).tell("progress")
    case = show(made.desk(MO), made.ref, as_at=made.due(4), as_happened=False).case
    assert case.roster["mother"].promises[0].kept_on is None
    assert made.case.roster["mother"].promises[0].kept_on == made.due(5)
