"""What is gathered, and what comes before publication, on the screens: written down, answered, mended there."""

from __future__ import annotations

from typing import Any

import pytest

from casereview import commands as cmd
from casereview.service import identities
from casereview.service.gathering import gathered
from casereview.service.record_reads import reads
from casereview.service.scanning import look
from tests.method.stories import Ref
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import AMIRA, EFUA, HOSTILE, HOSTILE_SHOWN
from tests.tui.screens.playing import Player, play
from tests.tui.screens.test_acts import fill, form
from tests.tui.screens.test_around import (
    test_every_key_of_ours_says_what_it_does,
    test_no_screen_gives_one_key_to_two_things,
)
from tests.tui.screens.test_story import led, written
from tui.screens.gathering import AgenciesScreen, ConversationsScreen
from tui.screens.meetings import CommentsScreen, MeetingsScreen
from tui.screens.publishing import ProcessesScreen, PublicationScreen
from tui.screens.scanning import ScanScreen

SCREENS = (
    AgenciesScreen, ConversationsScreen, MeetingsScreen, CommentsScreen, ProcessesScreen, PublicationScreen, ScanScreen,
)  # fmt: skip


async def opened(p: Player, screen: Any, ref: str) -> None:
    p.app.push_screen(screen(ref))
    await p.settle()


def test_an_agency_is_asked_asked_again_and_its_return_written_down(world: World) -> None:
    ref = led(world)

    async def chase(p: Player) -> None:
        await opened(p, AgenciesScreen, ref)
        assert "No agency is named yet" in p.text
        await p.press("n")
        fill(p, agency="Police", asked_for="The log of two calls", asked_on="3 Jun 2024", hoped_by="4 Jun 2024")
        await p.press("ctrl+s")
        assert "1 still to come" in p.text
        await p.press("h")
        assert form(p).box("return").value  # the thing under the cursor
        fill(p, answer="With the records team")
        await p.press("ctrl+s")
        await p.press("c")
        fill(p, received_on="3 Jun 2024", __reason="it came")
        await p.press("ctrl+s")
        assert "0 still to come" in p.text and "received" in p.text
        await p.press("x")
        assert "Nothing that was asked for is still to come." in p.text

    play(world.desk(AMIRA), chase)
    [police] = gathered(world.desk(AMIRA), ref).agencies
    assert police.asked[0].chased[0].text("answer") == "With the records team"


def test_a_conversation_is_begun_with_the_person_under_the_cursor_and_read_in_its_parts(world: World) -> None:
    ref = led(world)
    written(world, ref, ("participant", _nurse("Nurse 1", "accepted")), ("participant", _nurse("Nurse 2", "declined")))

    async def talk(p: Player) -> None:
        await opened(p, ConversationsScreen, ref)
        assert "respected: 1 declined" in p.text
        await p.press("v")
        fill(p, held_by="Lead one", status="held", went_well="She asked twice")
        await p.press("ctrl+s")
        await p.press("t")
        fill(p, moment="The call", going_on="A full clinic")
        await p.press("ctrl+s")
        await p.press("home", "enter")
        for words in ("She asked twice", "A full clinic", "6 questions passed over", "passed over", "not agreed yet"):
            assert words in p.text, words

    play(world.desk(AMIRA), talk, size=(110, 60))


def _nurse(name: str, response: str) -> dict[str, Any]:
    return {"pseudonym": name, "role": "Nurse", "agency": "Health", "in_case_group": True, "response": response}


def test_reading_what_somebody_else_wrote_of_a_conversation_is_written_down(world: World) -> None:
    ref = led(world)
    world.desk(EFUA).do(ref, cmd.Appoint("ben", "lead-reviewer"))
    talk = {"participant": 0, "held_by": ["Lead one"], "status": "held", "went_well": "She asked twice"}
    written(world, ref, ("participant", _nurse("Nurse 1", "accepted")))
    [person] = gathered(world.desk(AMIRA), ref).people
    world.desk("ben").do(ref, cmd.AddRecord("conversation", {**talk, "participant": person.rec.number}))

    async def read(p: Player) -> None:
        await opened(p, ConversationsScreen, ref)
        assert "She asked twice" not in p.text
        await p.press("enter")
        assert "She asked twice" in p.text

    play(world.desk(AMIRA), read, size=(110, 60))
    assert any(one.person == AMIRA for one in reads(world.desk(EFUA), ref))


def test_a_comment_is_added_at_its_meeting_and_answered(world: World) -> None:
    ref = led(world)

    async def meet(p: Player) -> None:
        await opened(p, MeetingsScreen, ref)
        await p.press("n")
        fill(p, kind="first joint meeting", on="3 Jun 2024", attended="Nurse 1", decided="Go on")
        await p.press("ctrl+s")
        await p.press("m")
        fill(p, from_whom="Nurse 1", about="the account", comment="I did know")
        await p.press("ctrl+s")
        await p.press("enter")
        assert "I did know" in p.text and "1 waiting for an answer" in p.text
        await p.press("escape", "escape")
        await opened(p, CommentsScreen, ref)
        assert "1 waits for an answer" in p.text
        await p.press("enter")
        fill(p, outcome="kept as a differing view", answer="Both stand in it", __reason="answered")
        await p.press("ctrl+s")
        assert "0 wait for an answer" in p.text

    play(world.desk(AMIRA), meet, size=(110, 40))


def test_a_process_is_written_down_and_part_of_the_review_suspended_for_it(world: World) -> None:
    ref = led(world)

    async def suspend(p: Player) -> None:
        await opened(p, ProcessesScreen, ref)
        await p.press("n")
        fill(p, kind="coroner's inquest", lead_body="The coroner", status="opened")
        await p.press("ctrl+s")
        assert "what it touches" in p.text or "no day set" in p.text
        await p.press("s")
        assert form(p).box("process").value
        fill(p, why="The coroner asks for it", suspended_on="3 Jun 2024", look_again="8 Jul 2024")
        await p.press("ctrl+s")

    play(world.desk(EFUA), suspend, size=(120, 40))
    assert [one.lead for one in _beside(world, ref)] == ["The coroner"]


def _beside(world: World, ref: str) -> Any:
    from casereview.service.publishing import beside

    return beside(world.desk(EFUA), ref).processes


def test_a_find_is_mended_where_it_stands_or_answered_and_the_look_is_kept(world: World) -> None:
    ref = led(world)
    identities.add_identity(world.desk(AMIRA), ref, "name", "Perpetua Quillfeather", stands_for="Child E")
    scope = {"why_this_case": "Perpetua was hungry", "questions": ["How?"], "option": "full", "agencies_in": ["Health"]}
    written(world, ref, ("scope", {**scope, "impasse": "Ask Quillfeather and partners"}))

    async def mend(p: Player) -> None:
        await opened(p, ScanScreen, ref)
        assert "2 finds of the identity key hold it back" in p.text and "Child E" in p.text
        await p.press("enter")
        fill(p, why_this_case="Child E was hungry", __reason="no names")
        await p.press("ctrl+s")
        assert "1 find of the identity key holds it back" in p.text
        await p.press("a")
        fill(p, reason="a firm of that name")
        await p.press("ctrl+s", "k")
        assert "not theirs" in p.text and "; written down\n" in p.text

    play(world.desk(AMIRA), mend, size=(120, 40))
    assert look(world.desk(AMIRA), ref).current


def test_each_document_is_decided_on_from_its_line(world: World) -> None:
    ref = led(world)

    async def decide(p: Player) -> None:
        await opened(p, PublicationScreen, ref)
        await p.press("down", "down", "enter")
        assert form(p).box("document").value == "learning brief"
        fill(p, decision="hold", why="A trial", decided_on="3 Jun 2024", look_again="1 Jul 2024")
        await p.press("ctrl+s")
        assert "held" in p.text and "A trial" in p.text

    play(world.desk(EFUA), decide, size=(120, 40))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_what_people_wrote_is_never_markup_and_drives_no_terminal(world: World, size: tuple[int, int]) -> None:
    ref = led(world)
    identities.add_identity(world.desk(AMIRA), ref, "name", "Quillfeather")
    said = f"Quillfeather {HOSTILE}"
    talk = {"participant": Ref(0), "held_by": [said], "status": "held", "went_well": said}
    written(
        world, ref, ("participant", _nurse(said, "accepted")), ("conversation", talk),
        ("meeting", {"kind": "analysis", "on": "2024-06-03", "decided": said, "attended": [said]}),
        ("comment", {"from_whom": said, "on": "2024-06-03", "about": "the account", "comment": said,
                     "outcome": "not yet answered", "meeting": Ref(2)}),
        ("agency-return", {"agency": said, "asked_for": [said], "asked_on": "2024-06-03"}),
        ("parallel-process", {"kind": "other", "lead_body": said, "status": said}),
        ("scope", {"why_this_case": said, "questions": [said], "option": "full", "agencies_in": [said]}),
    )  # fmt: skip

    async def every(p: Player) -> None:
        for screen in SCREENS:
            await opened(p, screen, ref)
            assert "\x1b[2J" not in p.text and "\u202e" not in p.text
            if screen in (ConversationsScreen, MeetingsScreen):
                await p.press("enter")
                assert HOSTILE_SHOWN[:20] in p.text
                await p.press("escape")
            await p.press("escape")

    play(world.desk(AMIRA), every, size=size)


@pytest.mark.parametrize("screen", SCREENS)
def test_their_keys_are_their_own_and_say_what_they_do(screen: type) -> None:
    test_no_screen_gives_one_key_to_two_things(screen)
    test_every_key_of_ours_says_what_it_does(screen)


def test_somebody_is_listed_by_position_with_the_next_free_made_up_name(world: World) -> None:
    ref = led(world)
    written(world, ref, ("participant", _nurse("Nurse 1", "accepted")))

    async def add(p: Player) -> None:
        await opened(p, ConversationsScreen, ref)
        await p.press("n")
        fill(p, position="nurse")
        await p.press("ctrl+s")
        assert form(p).box("pseudonym").value == "Nurse 2"
        fill(p, agency="Health", in_case_group="yes")
        await p.press("ctrl+s")
        assert "Nurse 2" in p.text

    play(world.desk(AMIRA), add, size=(110, 40))


def test_a_line_of_the_key_may_take_the_next_free_name_with_a_letter_that_gives_nothing_away(world: World) -> None:
    ref = led(world)
    made = identities.add_identity(world.desk(AMIRA), ref, "name", "Ada Brook", position="child")
    other = identities.add_identity(world.desk(AMIRA), ref, "name", "Cy Brook", position="child")
    assert (made.stands_for, other.stands_for) == ("Child C", "Child A")
    assert identities.next_pseudonym(world.desk(AMIRA), ref, "child") == "Child B"
