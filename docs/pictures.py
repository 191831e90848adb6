"""Draws the pictures of the screens in docs/pictures out of the made-up authority of the demo.

    python docs/pictures.py            a small authority, the same pictures each time

Nobody in them exists. Run it again after a change that shows, and look at what changed.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from casereview.service.desk import Desk  # noqa: E402
from casereview.service.reading import register  # noqa: E402
from casereview.service.registry import add_person  # noqa: E402
from casereview.simulation.demo import build_demo  # noqa: E402
from casereview.testing.clock import FixedClock  # noqa: E402
from casereview.views import RegisterQuery  # noqa: E402
from storage import open_store  # noqa: E402
from tui.screens.app import CaseReviewApp  # noqa: E402
from workflows.catalogue import Catalogue  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
TODAY = date(2024, 6, 14)
SIZE = (120, 40)
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def demo(path: Path) -> Desk:
    """A desk of the person who runs the demo, on a small store made for these pictures."""
    clock = FixedClock(TODAY)
    store = open_store(str(path), create=True, practice=True, clock=clock)
    desk = Desk(store, clock, Catalogue(), "you", chance=random.Random(2))
    add_person(desk, "Sam Rivers", person_id="you", login="you")
    build_demo(desk, today=TODAY, scale=0.12)
    return desk


async def draw(desk: Desk, name: str, first: str, *keys: str) -> None:
    app = CaseReviewApp(desk, first)
    async with app.run_test(size=SIZE) as pilot:
        await _settle(app)
        for key in keys:
            await pilot.press(key)
            await _settle(app)
        await pilot.pause()
        (PICTURES / f"{name}.svg").write_text(tidied(app.export_screenshot(title="casereview")), "utf-8")


async def _settle(app: CaseReviewApp) -> None:
    for _ in range(4):
        await app.workers.wait_for_complete()
        await asyncio.sleep(0.05)


def tidied(svg: str) -> str:
    """Without fonts fetched from elsewhere, with the spaces at the beginning of a line kept, ids without chance."""
    svg = FONTS.sub("", svg).replace("<text ", '<text xml:space="preserve" ')
    return re.sub(r"terminal-\d+-", "terminal-", svg)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = demo(Path(folder) / "demo.db")
        agreed = register(desk, RegisterQuery(standings=("longer_justified",), workflow="single-assessment-2013")).rows
        case = agreed[-1].row.case

        async def all_of_them() -> None:
            await draw(desk, "cases", "cases", "m")
            await draw(desk, "register", "overdue", "end", "r")
            await draw(desk, "case", case)
            await draw(desk, "time-and-help", case, "2")
            await draw(desk, "answer", "overdue", "end", "a", "1")
            await draw(desk, "help", "overdue", "question_mark")

        asyncio.run(all_of_them())
        desk.store.close()


if __name__ == "__main__":
    main()
