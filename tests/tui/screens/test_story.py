"""The story, the tunnel and the episodes on the screens and the command line, over real stores."""

from __future__ import annotations

import contextlib
import io
import json
import re
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from casereview import commands as cmd
from casereview.service.review import read_review
from tests.method.stories import Made, known_from, made_up, named, resolve
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import AMIRA, BEN, CATALOGUE, EFUA, HOSTILE, HOSTILE_SHOWN
from tests.tui.screens.playing import Player, play
from tests.tui.screens.test_acts import fill, form
from tests.tui.screens.test_around import (
    test_every_key_of_ours_says_what_it_does,
    test_no_screen_gives_one_key_to_two_things,
)
from tui.commands.index import COMMANDS
from tui.screens.episodes import EpisodeScreen, EpisodesScreen
from tui.screens.narrative import StoryScreen
from tui.screens.side_by_side import SideBySideScreen
from tui.screens.timeline import TimelineScreen
from tui.screens.tunnel import TunnelScreen
from tui.start import main

SCREENS = (StoryScreen, TunnelScreen, SideBySideScreen, TimelineScreen, EpisodesScreen, EpisodeScreen)
TALL = (120, 160)


def led(world: World) -> str:
    """The review of the fiction, with somebody who leads it."""
    ref = world.refs["review"]
    world.desk(EFUA).do(ref, cmd.Appoint(AMIRA, "lead-reviewer"))
    return ref


def written(world: World, ref: str, *records: tuple[str, dict[str, Any]]) -> list[int]:
    """Records one after another; a link is the place of an earlier one."""
    numbers: dict[int, int] = {}
    for place, (kind, values) in enumerate(records):
        done = world.desk(AMIRA).do(ref, cmd.AddRecord(kind, resolve(values, numbers)))
        numbers[place] = done.entries[0].number
    return list(numbers.values())


def made(world: World, ref: str, seed: int) -> tuple[Made, list[int]]:
    """The first story from that chance on in which there is something to hide."""
    story = next(s for n in range(seed, seed + 500) if len((s := made_up(Random(n))).facts) > 4 and len(s.records) > 15)
    return story, written(world, ref, *story.records)


def run(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str, person: str = AMIRA) -> Any:
    monkeypatch.setenv("CASEREVIEW_STORE", str(tmp_path / "world.db"))
    monkeypatch.setenv("CASEREVIEW_TODAY", world.clock.today().isoformat())
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main((*arguments, "--as", person))
    return status, out.getvalue(), err.getvalue()


# ---- nobody is shown a fact too early ------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", [3, 21])
def test_on_the_screen_nobody_is_shown_a_fact_before_they_knew_it(world: World, seed: int) -> None:
    ref = led(world)
    story, numbers = made(world, ref, seed)
    looked = []

    async def walk(p: Player) -> None:
        p.app.push_screen(TunnelScreen(ref))
        await p.settle()
        screen = p.app.screen
        assert isinstance(screen, TunnelScreen)
        for _ in screen.people:
            screen.action_choose_day = lambda: screen._to(date(2022, 12, 1))  # type: ignore[method-assign]
            await p.press("d")
            while screen.seen is not None and screen.seen.later():
                await p.press("right")
                looked.append(check(p.text, screen))
            await p.press("down")

    def check(text: str, screen: TunnelScreen) -> int:
        assert screen.seen is not None and screen.day is not None
        whose = screen.seen.whose
        person = numbers.index(whose.number) if whose.number is not None else whose.key[1:]
        for place, word in story.facts.items():
            since = known_from(story, person, place)
            assert (word in text) == (since is not None and since <= screen.day), (whose, screen.day, word)
        return sum(word in text for word in story.facts.values())

    play(world.desk(AMIRA), walk, size=TALL)
    assert sum(looked) > 3


@pytest.mark.parametrize("seed", [5])
def test_nor_by_the_command(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    ref = led(world)
    story, numbers = made(world, ref, seed)
    world.store.close()
    status, out, _ = run(world, tmp_path, monkeypatch, "tunnel", ref, "--json")
    assert status == 0
    seen = 0
    for whose in json.loads(out):
        name = whose["whose"].partition(" (which of")[0]
        person = numbers.index(whose["participant"]) if whose["participant"] else named(story, name)
        who = str(whose["participant"] or whose["whose"])
        for day in ("2023-01-10", "2023-01-25", "2023-02-20"):
            for as_json in ((), ("--json",)):
                arguments = ("tunnel", ref, "--as-seen-by", who, "--on", day, *as_json)
                status, out, err = run(world, tmp_path, monkeypatch, *arguments)
                assert status == 0, err
                for place, word in story.facts.items():
                    since = known_from(story, person, place)
                    assert (word in out) == (since is not None and since <= date.fromisoformat(day))
                    seen += word in out
    assert seen > 3


# ---- writing, from where it is looked at ---------------------------------------------------------------------------
def test_a_story_is_begun_where_it_is_empty(world: World) -> None:
    ref = led(world)

    async def write(p: Player) -> None:
        p.app.push_screen(StoryScreen(ref))
        await p.settle()
        assert "The story has no part yet" in p.words and "n writes down its first part" in p.words
        await p.press("n")
        fill(p, title="A cold room", agreed="The heater stopped.", date_from="2 Jan 2024")
        await p.press("ctrl+s")
        assert "A cold room" in p.words and "How it looked to anybody then is not written down yet" in p.words
        await p.press("p")
        fill(p, whose="Mother", saw="Four kind people")
        await p.press("ctrl+s")
        assert "Four kind people" in p.words
        await p.press("f")
        fill(p, fact="The heater had stopped", known_to="Mother", known_from="3 Jan 2024")
        await p.press("ctrl+s")
        await p.press("k", "1")
        fill(p, whose="Housing", known_from="9 Jan 2024", how="a telephone call")
        await p.press("ctrl+s", "end")
        assert "Mother: since 3 January 2024" in p.words
        assert "Housing: since 9 January 2024 (a telephone call)" in p.words

    play(world.desk(AMIRA), write, size=(100, 60))
    review = read_review(world.desk(AMIRA), ref).review
    [part] = review.of("narrative-segment")
    [view], [fact] = review.of("perspective"), review.of("known-when")
    assert (view.link("segment"), fact.link("segment")) == (part.number, part.number)


STORY = (
    ("participant", {"pseudonym": "Teacher 1", "role": "teacher", "agency": "School", "in_case_group": True}),
    ("narrative-segment", {"order": 1, "title": "SECRETTITLE", "date_from": "2024-01-02", "agreed": "LATERSEEN"}),
    ("known-when", {"fact": "A cold room", "known_to": ["Mother"], "known_from": "2024-01-05"}),
)


def test_what_is_added_in_the_tunnel_is_theirs_and_of_that_day(world: World) -> None:
    ref = led(world)
    teacher, part, fact = written(world, ref, *STORY)
    written(world, ref, ("came-to-know", {"fact": fact, "whose": "Teacher 1", "known_from": "2024-02-01"}))

    async def write(p: Player) -> None:
        p.app.push_screen(TunnelScreen(ref))
        await p.settle()
        assert "Teacher 1" in p.words and "A cold room" in p.words and "1 February 2024" in p.words
        assert "SECRETTITLE" not in p.words and "LATERSEEN" not in p.words
        await p.press("p")
        assert form(p).box("whose").value == "Teacher 1" and form(p).box("from_day").value
        fill(p, thought="It must be cold at home")
        await p.press("ctrl+s")
        assert "It must be cold at home" in p.words
        await p.press("c")
        assert "Came to know: A cold room" in p.words and "View: It must be cold" in p.words
        await p.press("escape", "down")
        assert "Mother" in p.words
        await p.press("s", "1")
        assert isinstance(p.app.screen, SideBySideScreen) and "Mother" in p.words and "Teacher 1" in p.words
        await p.press("o")
        assert "From outside the tunnel" in p.words and "since 1 February 2024" in p.words

    play(world.desk(AMIRA), write, size=(120, 50))
    [view] = read_review(world.desk(AMIRA), ref).review.of("perspective")
    assert (view.link("participant"), view.link("segment"), view.day("from_day")) == (teacher, part, date(2024, 2, 1))


def test_an_episode_is_written_explained_and_shown_on_its_page(world: World) -> None:
    ref = led(world)

    async def write(p: Player) -> None:
        p.app.push_screen(EpisodesScreen(ref))
        await p.settle()
        assert "No episode is chosen yet" in p.words
        await p.press("n")
        fill(p, title="The letter", description="A letter came", why_key="It set the direction", judgement="mixed")
        await p.press("ctrl+s")
        assert "not complete" in p.words
        await p.press("enter")
        assert isinstance(p.app.screen, EpisodeScreen)
        assert "not complete yet: how it made sense" in p.words
        assert "Not where people went wrong" in p.words and "own team: empty" in p.words
        await p.press("a", "5")
        assert form(p).box("head").value == "own team"
        fill(p, factor="Nobody to ask on a Friday", effect="hinders")
        await p.press("ctrl+s")
        assert "Nobody to ask on a Friday" in p.words and "own team: empty" not in p.words
        await p.press("c")
        fill(p, local_rationality="A heater has an address", __reason="learned in conversation")
        await p.press("ctrl+s")
        assert "complete, with" in p.words and "A heater has an address" in p.words

    play(world.desk(AMIRA), write, size=(110, 90))


# ---- around --------------------------------------------------------------------------------------------------------
def test_what_people_wrote_is_never_markup_and_drives_no_terminal(world: World) -> None:
    ref = led(world)
    values = {"order": 1, "title": HOSTILE, "agreed": HOSTILE, "date_from": "2024-01-02"}
    episode = {"title": HOSTILE, "description": HOSTILE, "why_key": HOSTILE, "date_from": "2024-01-02"}
    part, number = written(world, ref, ("narrative-segment", values), ("key-practice-episode", episode))
    view = {"segment": part, "whose": HOSTILE, "saw": HOSTILE}
    fact = {"fact": HOSTILE, "known_to": [HOSTILE], "segment": part}
    written(world, ref, ("perspective", view), ("known-when", fact))

    async def look(p: Player) -> None:
        for screen in (StoryScreen(ref), TunnelScreen(ref), TimelineScreen(ref), EpisodesScreen(ref),
                       EpisodeScreen(ref, number)):  # fmt: skip
            p.app.push_screen(screen)
            await p.settle()
            assert "\x1b" not in p.text and "\u202e" not in p.text
            assert HOSTILE_SHOWN[:9] in p.words
            await p.press("escape")

    play(world.desk(AMIRA), look, size=(120, 50))


def test_whoever_may_not_read_it_is_told_so_and_shown_nothing(world: World) -> None:
    ref = led(world)
    written(world, ref, *STORY)

    async def look(p: Player) -> None:
        for screen in (StoryScreen(ref), TunnelScreen(ref), TimelineScreen(ref)):
            p.app.push_screen(screen)
            await p.settle()
            assert "A cold room" not in p.words and "LATERSEEN" not in p.words and "Mother" not in p.words
            await p.press("escape")

    play(world.desk(BEN), look, size=(120, 50))


@pytest.mark.parametrize("screen", SCREENS)
def test_their_keys_are_their_own_and_say_what_they_do(screen: type) -> None:
    test_no_screen_gives_one_key_to_two_things(screen)
    test_every_key_of_ours_says_what_it_does(screen)


def test_the_commands_speak_of_the_same_things(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = led(world)
    written(world, ref, *STORY)
    world.store.close()

    def said(*arguments: str) -> str:
        status, out, err = run(world, tmp_path, monkeypatch, *arguments)
        assert status == 0, err
        return str(out)

    assert "SECRETTITLE" in said("story", ref) and "Mother: since 5 January 2024" in said("story", ref)
    assert json.loads(said("story", ref, "--json"))["facts_elsewhere"][0]["knew"][0]["whose"] == "Mother"
    assert "Mother" in said("tunnel", ref) and "2024-01-05" in said("tunnel", ref, "--as-seen-by", "mother")
    assert "SECRETTITLE" not in said("side-by-side", ref, "mother", "teacher", "--on", "2024-02-01")
    assert "not known, as far as is recorded" in said("side-by-side", ref, "mother", "teacher")
    assert json.loads(said("timeline", ref, "--json"))["of_the_case"]["bars"][0]["title"] == "SECRETTITLE"
    assert "No episode is chosen yet" in said("episodes", ref)
    for arguments, words in (
        (("episodes", ref, "99"), "Known: none yet"), (("tunnel", ref, "--as-seen-by", "nobody"), "Known: Teacher 1"),
        (("tunnel", ref, "--as-seen-by", "mother", "--on", "31/31/2024"), "no such day"),
        (("tunnel", ref, "--on", "2024-01-05"), "--as-seen-by"), (("story", world.refs["course"]), "kind:review"),
    ):  # fmt: skip
        status, out, err = run(world, tmp_path, monkeypatch, *arguments)
        assert status in (1, 2) and words in err and out == "", (arguments, err)


def test_the_page_about_it_names_keys_and_commands_that_there_are() -> None:
    page = (Path(__file__).parents[3] / "docs" / "story-and-episodes.md").read_text("utf-8")
    for heading, screen in (("## The view from the tunnel", TunnelScreen), ("## Key practice episodes", EpisodeScreen)):
        table = page.split(heading)[1].split("\n## ")[0]
        named_keys = set(re.findall(r"`(\w+)`(?=[^|\n]*\| )", "\n".join(re.findall(r"^\|.*$", table, re.MULTILINE))))
        bound = {key for cls in screen.__mro__ for b in vars(cls).get("BINDINGS", ()) for key in b.key.split(",")}
        assert named_keys - {"key"} <= bound | {"pgup", "pgdn"} and len(named_keys) > 5
    assert set(re.findall(r"casereview ([a-z-]+) CASE", page)) <= set(COMMANDS)
    kinds = set(re.findall(r"`([a-z]+(?:-[a-z]+)+|perspective)`", page.split("## The view")[0]))
    assert kinds <= set(CATALOGUE.find("learning-together").records) and len(kinds) > 5
