"""Lists, figures and papers over many cases: what is withheld in an assessment says nothing there either."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from casereview import commands as cmd
from casereview.decide.opening import OpenCase
from casereview.service.desk import Desk
from casereview.service.registry import add_child
from casereview.testing import FixedClock, MemoryStore
from tests.oversight.answers import ANSWERS
from tests.oversight.lives import begin
from tests.records.keeping import Review
from tests.stories import CATALOGUE, CHI, MAX, MO, START, TEAM, WREN

MARK = "Zyzzyvine"
SHIPPED = Path(__file__).resolve().parents[2] / "workflows" / "single-assessment-2013.toml"


@pytest.fixture
def flow(tmp_path: Path) -> str:
    """The shipped workflow, in which every record is kept to the worker and the auditor."""
    text = re.sub(r'(?m)^(\[records\.[a-z-]+\]\n)', r'\1readers = ["worker", "auditor"]\n', SHIPPED.read_text("utf-8"))
    assert text.count("readers =") > 10
    place = tmp_path / "kept.toml"
    place.write_text(text, "utf-8")
    return str(place)


def lived(flow: str, words: str) -> tuple[MemoryStore, FixedClock]:
    store, clock, chance = MemoryStore(practice=True, clock=FixedClock(START)), FixedClock(START), random.Random(5)
    begin(store)

    def desk(person: str) -> Desk:
        return Desk(store, clock, CATALOGUE, person, chance=chance)

    add_child(desk(CHI), child_id="kid-1", family="f")
    ref = desk(MO).open(OpenCase(flow, "A matter", None, TEAM, WREN, ("kid-1",))).case.ref
    number: dict[str, int] = {}
    filler = Review.__new__(Review)
    filler.number = number
    for kind in CATALOGUE.find(flow).records.values():
        author = WREN if "worker" in kind.by else MO if "manager" in kind.by else CHI
        done = desk(author).do(ref, cmd.AddRecord(kind.name, filler.values(kind, words)))
        number[kind.name] = done.entries[0].number
        for text in [f.name for f in kind.fields.values() if f.type in ("long", "line")][:1]:
            change = cmd.CorrectRecord(number[kind.name], f"{words} because", {text: f"{words}, rather"})
            desk(author).do(ref, change)
    clock.advance(100)
    return store, clock


def test_nothing_over_many_cases_tells_what_is_withheld(flow: str) -> None:
    ours, theirs = lived(flow, f"{MARK} one"), lived(flow, f"{MARK} the other way")
    for name, answer in ANSWERS.items():
        first, second = (answer(Desk(store, clock, CATALOGUE, MAX)) for store, clock in (ours, theirs))
        assert plain(first) == plain(second), name
        assert MARK not in str(first), name


def test_whoever_wrote_it_is_told(flow: str) -> None:
    """Or the test above would hold of lists that show nothing."""
    store, clock = lived(flow, MARK)
    told = {name for name, answer in ANSWERS.items() if MARK in str(answer(Desk(store, clock, CATALOGUE, WREN)))}
    assert "voices" in told


def plain(found: object) -> str:
    return re.sub(r"\b(?:0x)?[0-9a-f]{8,64}\b", "#", str(found))
