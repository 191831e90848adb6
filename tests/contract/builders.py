"""Cases, projected rows, facts and queries for tests: made by hand, or by hypothesis in every shape they allow."""

from __future__ import annotations

import types
import uuid
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from casereview import events as facts
from casereview.case import Case, Visit
from casereview.chain import GENESIS, Link, fault_of
from casereview.events import REGISTRY, Event, Happening, Opened, PersonSet, TeamSet, WaitingEnded
from casereview.ports import Store
from casereview.text import clean
from casereview.views import BY_CONCERN, CaseQuery, Projected, RegisterQuery

T = TypeVar("T")

DAY = date(2024, 6, 14)
AT = datetime(2024, 6, 14, 9, 30, 15, 123456, tzinfo=UTC)
PEOPLE = {"p-amira": "Amira Khan", "p-ben": "Ben O'Neill", "p-cleo": "Cleo Weißmann", "p-vy": "Đặng Vy"}
TEAMS = {"t-north": "North team", "t-duty": "100% duty_team"}
STRANGER = "p-stranger"
CHILDREN = ("child-a", "child-b", "child-c")
WORKFLOWS = ("single-assessment", "learning-together")
KINDS = ("assessment", "review")
STAGES = ("planning", "analysis", "closed")
EXPECTATIONS = ("decision", "report", "visit")
# Sorted by a person's language, "CR1-2" would come before "CR-9": a store must not depend on that.
REFS = ("CR-9", "CR1-2", "SA-2024-7K3QX", "SA-2024-A0000", "CRA-1", "SA-2023-ZZZZZ")
UNUSUAL = (
    "100% sure_thing", "back\\slash", "Straße", "İstanbul", "שלום עליכם", "\N{WOMAN}\u200d\N{GIRL}", "café",
    "Robert'); DROP TABLE cases;--", '"quoted"', "[b]bold[/b]", "{}", "ﬁrst", "a\nb", "", "   ", "null",
)  # fmt: skip


# ---- by hand ----------------------------------------------------------------------------------------
def case_id(n: int) -> str:
    return str(uuid.UUID(int=n))


def make_case(n: int = 1, **changes: Any) -> Case:
    """The n-th case: its id, reference and title follow from n, anything can be given otherwise."""
    stage = changes.pop("stage", "planning")
    plain = Case(
        id=case_id(n), ref=f"SA-2024-{n:05}", title=f"Matter {n}", workflow="single-assessment",
        version="1", hash="ab" * 32, opened=date(2024, 1, 1), number=1, main=Visit(stage, 1, DAY, 1),
    )  # fmt: skip
    return replace(plain, **changes)


def make_row(expectation: str = "decision", **changes: Any) -> Projected:
    """An expectation on the register that started on 1 January 2024 and has no dates but those given.

    `beyond_after` follows from `asks_from`, `measured` and `statutory`, as it always must.
    """
    row = Projected(expectation, expectation.title(), on_register=True, started=date(2024, 1, 1))
    row = replace(row, **changes)
    dates = [day for day in (row.asks_from, row.measured, row.statutory) if day]
    return replace(row, beyond_after=min(dates, default=None))


def opened(case: Case) -> Happening:
    event = Opened(case.ref, case.title, case.workflow, case.version, case.hash, case.nation)
    return Happening(event, case.opened)


def noted(note: str) -> Happening:
    """A short fact, where a test only needs some fact or other."""
    return Happening(WaitingEnded(1, note), DAY)


def seed(store: Store) -> None:
    """Puts PEOPLE and TEAMS into the registry."""
    known: list[Event] = [PersonSet(person, name) for person, name in PEOPLE.items()]
    known += [TeamSet(team, name) for team, name in TEAMS.items()]
    with store.write() as writing:
        writing.append(REGISTRY, 0, [Happening(fact, DAY) for fact in known], actor="p-amira", at=AT)


def tell_registry(store: Store, *facts: Event) -> None:
    with store.write() as writing:
        writing.append(REGISTRY, 0, [Happening(fact, DAY) for fact in facts], actor="p-amira", at=AT)


def keep(store: Store, *cases: Case, rows: Sequence[Projected] = (), kind: str = "assessment") -> None:
    """Saves cases, all with the same expectations, without any journal."""
    with store.write() as writing:
        for case in cases:
            writing.save(case, rows, kind=kind, stage_title=case.main.stage.title())


def add(store: Store, stream: str, number: int, *notes: str, actor: str = "p-amira") -> None:
    with store.write() as writing:
        writing.append(stream, number, [noted(note) for note in notes], actor=actor, at=AT)


def chain(store: Store) -> list[Link]:
    with store.read() as reading:
        return list(reading.links())


def assert_whole(links: list[Link]) -> None:
    before = GENESIS
    for seq, link in enumerate(links, 1):
        assert fault_of(link, seq, before) is None
        before = link.hash


# ---- by hypothesis ----------------------------------------------------------------------------------
def _kept(text: str) -> str:
    return clean(text, one_line=False)


texts = st.one_of(st.sampled_from(UNUSUAL), st.text(max_size=12)).map(_kept)
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
near = st.integers(-4, 4).map(lambda n: DAY + timedelta(days=n))
instants = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)


def anything(cls: type[T]) -> st.SearchStrategy[T]:
    """Any value one of our dataclasses can hold, fields added later included."""
    hints = get_type_hints(cls)
    parts = {f.name: _of(hints[f.name]) for f in fields(cls)}  # type: ignore[arg-type]
    return st.builds(cls, **parts)


def _of(kind: Any) -> st.SearchStrategy[Any]:
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: texts, int: st.integers(0, 10_000), bool: st.booleans(), date: days, datetime: instants,
        Any: json_values, type(None): st.none(),
    }  # fmt: skip
    if kind in plain:
        return plain[kind]
    origin, args = get_origin(kind), get_args(kind)
    if origin is Literal:
        return st.sampled_from(args)
    if origin in (Union, types.UnionType):
        return st.one_of([_of(arg) for arg in args])
    if origin is tuple and args[-1] is not Ellipsis:
        return st.tuples(*map(_of, args))
    if origin in (tuple, list):
        return st.lists(_of(args[0]), max_size=2).map(origin)
    if origin is dict:
        return st.dictionaries(_of(args[0]), _of(args[1]), max_size=2)
    assert isinstance(kind, type) and is_dataclass(kind), f"no strategy for {kind!r}"
    cls: type[Any] = kind
    return anything(cls)


def _kinds_of_fact() -> list[type[Event]]:
    every = [one for one in vars(facts).values() if isinstance(one, type) and issubclass(one, Event) and one.kind]
    assert sorted(one.kind for one in every) == sorted(facts.known_kinds())
    return every


def events() -> st.SearchStrategy[Event]:
    """Any fact of any kind."""
    return st.sampled_from(_kinds_of_fact()).flatmap(anything)


@st.composite
def projected_rows(draw: st.DrawFn) -> tuple[Projected, ...]:
    """The expectations of one case, with dates close to DAY so that every standing comes up."""
    rows = []
    for expectation in draw(st.lists(st.sampled_from(EXPECTATIONS), unique=True)):
        done = draw(st.none() | st.sampled_from([one for one in BY_CONCERN if one.startswith("done")]))
        row = make_row(
            expectation,
            title=draw(texts),
            on_register=draw(st.sampled_from([True, True, False])),
            done=done,
            ended=draw(near) if done else None,
            details=draw(st.dictionaries(texts, json_values, max_size=1)),
            word=draw(st.sampled_from(["", "reason", "agreed", "not agreed"])),
            target=draw(st.none() | st.none() | near),
            statutory=draw(st.none() | st.none() | near),
            **{name: draw(st.none() | near) for name in _FREE_DATES},
        )
        rows.append(row)
    return tuple(rows)


_FREE_DATES = (
    "indicative", "asks_from", "agreed", "measured", "next_checkpoint", "live_until", "promised_on",
)  # fmt: skip


@st.composite
def listed_cases(draw: st.DrawFn, n: int) -> Case:
    """The n-th case (n < len(REFS)) with what lists show and filter by; known to everyone."""
    return make_case(
        n,
        ref=REFS[n],
        title=draw(texts),
        workflow=draw(st.sampled_from(WORKFLOWS)),
        stage=draw(st.sampled_from(STAGES)),
        opened=draw(near),
        closed=draw(st.none() | near),
        worker=draw(st.none() | st.sampled_from(sorted(PEOPLE))),
        team=draw(st.none() | st.sampled_from(sorted(TEAMS))),
        children=draw(st.lists(st.sampled_from(CHILDREN), unique=True)),
        imported=draw(st.booleans()),
        number=draw(st.integers(1, 99)),
    )


needles = st.sampled_from(
    ["%", "_", "\\", "STRASSE", "straße", "sa-2024", "CR", "WEISSMANN", "north", "CHILD-a", "đặng", "'"]
)
some_standings = st.just(()) | st.lists(st.sampled_from(BY_CONCERN), max_size=4).map(tuple)

_ORDERS = [sign + by for by in ("concern", "opened", "reference", "stage", "worker") for sign in ("", "-")]
_ASKED_OF_BOTH: dict[str, st.SearchStrategy[Any]] = {
    "text": needles,
    "workflow": st.sampled_from(WORKFLOWS),
    "team": st.sampled_from(sorted(TEAMS)),
    "worker": st.sampled_from(sorted(PEOPLE)),
    "standings": some_standings,
}
_ASKED_OF_CASES: dict[str, st.SearchStrategy[Any]] = {
    **_ASKED_OF_BOTH,
    "kind": st.sampled_from(KINDS),
    "stage": st.sampled_from(STAGES),
    "child": st.sampled_from(CHILDREN),
    "open": st.booleans(),
}
_ASKED_OF_REGISTER: dict[str, st.SearchStrategy[Any]] = {
    **_ASKED_OF_BOTH,
    "case": st.sampled_from([case_id(n) for n in range(len(REFS))]),
}


@st.composite
def _asking(draw: st.DrawFn, choices: dict[str, st.SearchStrategy[Any]], limit: int) -> dict[str, Any]:
    # One or two conditions at a time: more of them leave nothing over to judge an answer by.
    chosen = draw(st.lists(st.sampled_from(sorted(choices)), max_size=2, unique=True))
    paging = {"offset": draw(st.sampled_from([0, 0, 1, 3])), "limit": draw(st.integers(1, limit))}
    return {name: draw(choices[name]) for name in chosen} | paging


case_queries = st.builds(
    lambda asked, order: CaseQuery(order=order, **asked), _asking(_ASKED_OF_CASES, 4), st.sampled_from(_ORDERS)
)
register_queries = _asking(_ASKED_OF_REGISTER, 6).map(lambda asked: RegisterQuery(**asked))
