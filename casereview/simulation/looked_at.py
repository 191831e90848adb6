"""A thematic sample in the made-up authority: drawn some weeks ago, most of it looked at, and what was found."""

from __future__ import annotations

import random
from datetime import date, timedelta

from casereview.commands import AddRecord
from casereview.oversight.questions import answer, figure_of
from casereview.service import quality_themes as themes
from casereview.simulation.helped import ASPECTS
from casereview.simulation.phrases import nested, pick
from casereview.simulation.playing import Player
from casereview.simulation.telling import Act

SIZE, SEED, NOT_YET_LOOKED_AT = 24, 7, 3
DRAWN, LOOKED, GATHERED = timedelta(days=35), timedelta(days=32), timedelta(days=9)
HISTORY = (
    "We take the history first. The north and south teams ask for old files on the day of the referral now; we look "
    "at the same questions again in the spring."
)
ANSWERS = {
    "quality": "A child is heard best where somebody met them alone more than once. We ask the teams what made that "
    "possible, and take what stood in the way to the board.",
    "look-back": "Most of those we reached say that help in the mornings lasted. We do not know about the families "
    "who moved, and that is where we ask next.",
}  # fmt: skip


def put_in(player: Player, today: date) -> int:
    """How many cases were drawn; none in an authority too small to have any that were closed by then."""
    chance = random.Random(f"theme {SEED}")
    auditor = player.as_if("auditor", today - DRAWN)
    query = f"closed opened:..{today - 2 * DRAWN}"
    if not themes.preview(auditor, query, 1, SEED)[1]:
        return 0
    theme = themes.sample(
        auditor, pick("theme", "name", chance), pick("theme", "reason", chance), number=SIZE, seed=SEED, query=query,
        given=("auditor",),
    )  # fmt: skip
    for number, one in enumerate(theme.cases[: max(len(theme.cases) - NOT_YET_LOOKED_AT, 1)]):
        with player.writing() as work:
            case = work.case("auditor", one.about.id)
            if case is not None:
                day = today - LOOKED + timedelta(days=number // 2)
                player.act(work, case, Act(day, "auditor", _look(theme.theme, day, chance)))
    themes.conclude(player.as_if("auditor", today - GATHERED), theme.key, pick("theme", "found", chance))
    for figure, text in ((figure_of(theme.key), HISTORY), *ANSWERS.items()):
        answer(player.as_if("service-manager", today - GATHERED), figure, text)
    return len(theme.cases)


def _look(theme: str, day: date, chance: random.Random) -> AddRecord:
    values: dict[str, object] = {"looked_on": day, "theme": theme}
    for aspect in ASPECTS:
        word = chance.choices(("clearly", "in part", "not yet"), (5, 4, 2))[0]
        values |= {aspect: word, f"{aspect}_seen": chance.choice(nested("seen", aspect)[word])}
    return AddRecord("quality-look", values)
