"""Markup and control sequences in what people wrote, on the real screens: shown as they stand, never obeyed."""

from __future__ import annotations

from datetime import date

from casereview.decide.opening import OpenCase
from casereview.service.desk import Desk
from casereview.testing import FixedClock
from storage import open_store
from tests.bad_inputs.bed import TODAY, UNSAFE, Bed
from tests.tui.screens.playing import Player, play
from workflows.catalogue import Catalogue

# The number of the row in the table of bad inputs: what was typed, what is shown.
TITLES = {
    1: ("[red] one", "[red] one"), 2: ("[/red] two", "[/red] two"), 3: ("[/] three", "[/] three"),
    4: ("[link=file:///etc/passwd]x[/link]", "[link=file:///etc/passwd]x[/link]"),
    5: ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"), 6: ("\x1b[2J six", "\ufffd[2J six"),
    8: ("\x1b]0;title\x07 eight", "\ufffd]0;title\ufffd eight"), 10: ("\x9b2J ten", "\ufffd2J ten"),
    11: ("Case A\rCase B", "Case A Case B"), 17: ("abc\u202egpj.exe", "abc\ufffdgpj.exe"),
}  # fmt: skip


def test_what_people_wrote_is_shown_as_it_stands(bed: Bed) -> None:
    clock = FixedClock(date.fromisoformat(TODAY))
    store = open_store(str(bed.store), clock=clock)
    ben = Desk(store, clock, Catalogue(), "ben")
    refs = {
        row: ben.open(OpenCase("single-assessment", typed, None, "north", "ben")).case.ref
        for row, (typed, _) in TITLES.items()
    }

    async def look(player: Player) -> None:
        for _, kept in TITLES.values():
            assert kept in player.text
        assert not UNSAFE.search(player.text)
        await player.press("f3", "f2")  # the register, and back: nothing has gone
        for row, ref in refs.items():
            player.app.open_case(ref)
            await player.settle()
            assert TITLES[row][1] in player.words and not UNSAFE.search(player.text)
            await player.press("escape")
        await player.filter("[/red]")
        assert TITLES[2][1] in player.text and TITLES[1][1] not in player.text

    play(ben, look, size=(140, 40))
    store.close()
