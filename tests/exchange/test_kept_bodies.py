"""What is kept for the whole authority and comes from elsewhere: it can be read, or nothing of its bundle comes in."""

from __future__ import annotations

import copy
import hashlib
import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casereview.chain import GENESIS, Link, make_link
from casereview.codec import dumps
from casereview.commands import Appoint
from casereview.decide.opening import OpenCase
from casereview.errors import CaseReviewError
from casereview.events import ChildSet, KeptSet
from casereview.exchange.bundle import export_bundle, import_bundle, restore_bundle
from casereview.exchange.dfe_keep import import_dfe
from casereview.exchange.population import import_population
from casereview.kept import SETTINGS, SHAPES, readable
from casereview.learning.pack import as_text
from casereview.oversight import published, questions, service_information
from casereview.oversight.published_compare import compare
from casereview.people import Kept
from casereview.ports import Store
from casereview.profiles import WHAT as PROFILE
from casereview.service import (
    blockages,
    identities,
    learning,
    learning_packs,
    method_settings,
    morning,
    profiles,
    quality_local,
    quality_themes,
    reviewers,
    views,
)
from casereview.service import reports_papers as papers
from casereview.service.child_story import WHAT as ANNEX
from casereview.service.desk import Desk
from casereview.service.figure_notes import add_story, set_smallest, smallest, stories
from casereview.service.journey import journey
from casereview.service.learning_links import link
from casereview.service.record_reads import reads
from casereview.simulation import learned
from casereview.testing import FixedClock, MemoryStore
from casereview.views import Scope
from storage import open_store
from tests.exchange.support import TODAY, desk, head, in_memory, with_people
from tests.exchange.test_dfe import c2, england, place
from tests.exchange.test_profiles import FLOW, adopted
from tests.exchange.test_service_information import entered
from tests.stories import ADA, CHI, CHO, DOT, MO, TEAM, WREN

CHILD = "999-A"
LINE = {"list": 3, "on": "2024-01-05", "read_from": "annex.xlsx", "source_words": "School", "nfa": False}


def filled(store: Store, folder: Path) -> None:
    """One of everything that is kept for the authority, each by the service that keeps it."""
    adopted(store)
    with (first := desk(store, DOT)).writing() as work:
        first.register(work, ChildSet(CHILD))
    for number in range(2):
        desk(store, MO).open(OpenCase(FLOW, f"Matter {number}", TODAY, TEAM, WREN, (CHILD,)))
    views.save_view(desk(store, MO), "Long ones", "beyond>10", shared=True)
    questions.answer(desk(store, MO), "bunching", "Sign-off meets on Thursdays")
    add_story(desk(store, MO), "2024-03", "Two posts were empty")
    blockages.raise_blockage(desk(store, MO), "No interpreters", team=TEAM, weight="two days a week")
    to = papers.set_recipient(desk(store, CHI), "Lee Leader", "Leader of the council")
    papers.record_sent(desk(store, CHI), "Board pack", [to], "pack.md", b"x")
    papers.judge_help(desk(store, CHI), 2023, "Early help reached most.")
    quality_themes.sample(desk(store, CHI), "Voices", "Fathers were not asked", number=2, seed=7)
    csv = folder / "population.csv"
    csv.write_text("area,year,measure,value,source\nTestshire,2024,Children in poverty,21.4%,Census\n", "utf-8")
    import_population(desk(store, CHI), str(csv))
    entered(store)
    import_dfe(desk(store, CHI), [c2(folder / "c2.csv", england(), place())])
    set_smallest(desk(store, CHI), 4)
    quality_local.set_look_back_weeks(desk(store, CHI), 8, 20)
    morning.set_rules(desk(store, CHI), silent_after=12)
    file = folder / "pack.json"
    file.write_text(as_text(learned.pack()), "utf-8", newline="\n")
    learning_packs.take(desk(store, DOT), str(file))
    link(desk(store, CHI), "wiltshire-family-m#1", "wiltshire-family-m#2", "Both are about what is known")
    with (other := desk(store, DOT)).writing() as work:  # as `export pack` and `import annex-a` keep them
        other.register(work, KeptSet(learning.BOARD, "own", "", {"name": "A board", "contact": "Its office"}))
        other.register(work, KeptSet(ANNEX, CHILD, body={"lines": {"3/2024-01-05/1": LINE}}))
    reviewers.add(desk(store, CHI), WREN, {"training": "Course", "works_for": ["Another board"]})
    method_settings.change_settings(desk(store, CHI), add={"should have": ""}, leave_out=("clearly",), share=50)
    about_a_review(store)


def about_a_review(store: Store) -> None:
    """What is kept of one case besides its records: its identity key, and who read it."""
    ref = desk(store, MO).open(OpenCase("learning-together", "A review", TODAY)).case.ref
    desk(store, CHO).do(ref, Appoint(WREN, "lead-reviewer"))
    identities.add_identity(desk(store, WREN), ref, "name", "Perpetua Quill", stands_for="Child E", variants=["Pip"])
    identities.identities(desk(store, CHO), ref)


def closest(person: Desk) -> list[object]:
    """Who is on the key of the review, and who read it."""
    with person.reading() as work:
        ref = next((case.ref for case in work.every_case(None, Scope(kind="review"))), "")
    return [*identities.identities(person, ref), *reads(person, ref)] if ref else []


def everything(store: Store) -> list[Kept]:
    with store.read() as work:
        return [work_kept for _, work_kept in sorted(work.registry().kept.items())]


LISTS: tuple[Callable[[Desk], object], ...] = (
    views.views, questions.answers, stories, blockages.board, lambda d: blockages.debrief(d), papers.recipients,
    papers.sent, lambda d: papers.judgements(d, 2023), quality_themes.all_themes, service_information.information,
    service_information.population, service_information.service_page, published.sets, published.areas, published.years,
    profiles.adopted, smallest, quality_local.look_back_weeks, morning.rules, morning.morning,
    learning.pool, learning.board_kept, learning_packs.packs, lambda d: journey(d, CHILD),
    lambda d: [published.durations(d, area, 2024) for area in published.areas(d)],
)  # fmt: skip


def opened(store: Store) -> None:
    """Every list there is: each opens, or says in a sentence why not."""
    for person in (MO, CHI):
        for read in LISTS:
            assert read(desk(store, person)) is not None
        assert reviewers.register(desk(store, person)) is not None
        assert method_settings.settings(desk(store, person)) is not None
        try:
            compare(desk(store, person), ["England"], 2024)
        except CaseReviewError as error:  # the published figures are what could not be read
            assert "published" in str(error) or "England" in str(error)
    assert closest(desk(store, CHO)) is not None


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("filled")
    store = in_memory()
    filled(store, folder)
    assert all(map(readable, everything(store)))
    opened(store)
    export_bundle(desk(store, ADA), str(folder / "all"))
    return [json.loads(line) for line in (folder / "all").read_text("utf-8").splitlines()]


def test_every_kind_that_has_a_shape_is_tried(lines: list[dict[str, Any]]) -> None:
    kept = [json.loads(line["entry"]["body"]) for line in lines if is_kept(line)]
    assert {one["what"] for one in kept} == {*SHAPES, "setting", "published"}
    assert {one["key"] for one in kept if one["what"] == "setting"} == set(SETTINGS)


def is_kept(line: dict[str, Any]) -> bool:
    return bool(line.get("entry", {}).get("kind") == KeptSet.kind)


# ---- as a careful forger would write it ----------------------------------------------------------------------------
JUNK: tuple[Any, ...] = (None, True, 0, -1, 3.5, 10**400, "", "nobody", "2024-13-99", "\ud800", "²", [],
                         {}, [None], {"": None}, [[[]]])  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        yield from places(one, (*path, name))


def mutated(fact: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The same with one thing in it gone, or become something else."""
    fact = copy.deepcopy(fact)
    *way, last = chance.choice(list(places(fact)))
    held: Any = fact
    for name in way:
        held = held[name]
    if chance.random() < 0.4:
        del held[last]
    else:
        held[last] = copy.deepcopy(chance.choice(JUNK))
    return fact


def rewritten(lines: list[dict[str, Any]], which: int, fact: dict[str, Any]) -> str:
    """A whole store's bundle in which every digest fits, with one body of the forger's own."""
    prev, out, count = GENESIS, [], 0
    for at, line in enumerate(lines[:-1]):
        if "entry" in line:
            link = Link(**line["entry"])
            body = json.dumps(fact) if at == which else link.body or ""
            link = make_link(
                seq=link.seq, stream=link.stream, number=link.number, kind=link.kind, on=date.fromisoformat(link.on),
                recorded_at=link.recorded_at, actor=link.actor, acting_as=link.acting_as, body=body, prev=prev,
                salt=link.salt or "",
            )  # fmt: skip
            line, prev, count = {"entry": {name: getattr(link, name) for name in line["entry"]}}, link.hash, count + 1
        out.append(line)
    out[0] = {**out[0], "head": {**out[0]["head"], "hash": prev}}
    text = "".join(dumps(line) + "\n" for line in out)
    return text + dumps({"end": count, "digest": hashlib.sha256(text.encode()).hexdigest()}) + "\n"


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_a_body_is_refused_in_one_line_or_every_list_still_opens(
    lines: list[dict[str, Any]], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    which = chance.choice([at for at, line in enumerate(lines) if is_kept(line)])
    fact = mutated(json.loads(lines[which]["entry"]["body"]), chance)
    (tmp_path / "b").write_text(rewritten(lines, which, fact), "utf-8")
    empty, other = MemoryStore(clock=FixedClock(TODAY), empty=True), in_memory()
    before = head(empty), head(other)
    try:
        restore_bundle(desk(empty, "system"), str(tmp_path / "b"))
    except CaseReviewError as error:
        says = str(error)
        gone = "timescale profile of a? ?(this )?case"  # called something else: what is wrong is that it is missing
        assert re.search(f"b line {which + 1}|{gone}", says) and "\n" not in says and error.remedy
        with pytest.raises(CaseReviewError, match=f"b line {which + 1}|{gone}"):
            import_bundle(desk(other), str(tmp_path / "b"))
        assert (head(empty), head(other)) == before, "nothing landed"
    else:
        opened(empty)


def test_a_key_that_is_missing_is_named(lines: list[dict[str, Any]], tmp_path: Path) -> None:
    which, fact = next(
        (at, fact) for at, line in enumerate(lines) if is_kept(line)
        if (fact := json.loads(line["entry"]["body"]))["what"] == "blockage"
    )  # fmt: skip
    del fact["body"]["acts"][0]["on"]
    (tmp_path / "b").write_text(rewritten(lines, which, fact), "utf-8")
    with pytest.raises(CaseReviewError, match=r"the blockage “B1” cannot be read: acts\[0\]\.on is missing") as no:
        restore_bundle(desk(MemoryStore(clock=FixedClock(TODAY), empty=True), "system"), str(tmp_path / "b"))
    assert "Nothing was changed" in (no.value.remedy or "")
    unharmed = rewritten(lines, -1, {})
    (tmp_path / "c").write_text(unharmed, "utf-8")
    whole = MemoryStore(clock=FixedClock(TODAY), empty=True)
    assert restore_bundle(desk(whole, "system"), str(tmp_path / "c")).identical
    opened(whole)


# ---- what is in a store already -----------------------------------------------------------------------------------
@pytest.mark.parametrize("file", [False, True])
def test_a_store_that_holds_what_cannot_be_read_still_opens_every_list(
    lines: list[dict[str, Any]], tmp_path: Path, file: bool
) -> None:
    """It came in before bodies were looked at, or was written by another version."""
    chance = random.Random(5)
    clock = FixedClock(date(2001, 1, 1))
    store = with_people(open_store(str(tmp_path / "s.db"), create=True, clock=clock)) if file else in_memory()
    filled(store, tmp_path)
    facts = [json.loads(line["entry"]["body"]) for line in lines if is_kept(line)]
    spared = {PROFILE}  # what a case is under cannot be done without: that case says so
    for _ in range(6 if file else 40):
        with (writer := desk(store, DOT)).writing() as work:
            for fact in (fact for fact in facts if fact["what"] not in spared):
                body = mutated({"body": fact["body"]}, chance).get("body")
                if isinstance(body, dict) and "\\ud800" not in json.dumps(body):
                    writer.register(work, KeptSet(fact["what"], fact["key"], fact.get("owner", ""), body))
        opened(store)
