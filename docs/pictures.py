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
from contextlib import chdir
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from textual.events import Paste  # noqa: E402

from casereview.exchange.cin_records import CinAssessment, CinEpisode  # noqa: E402
from casereview.exchange.cin_write import SYNTHETIC_AUTHORITY, synthetic_header, write_cin  # noqa: E402
from casereview.reports.document import Figure  # noqa: E402
from casereview.reports.figure import drawn  # noqa: E402
from casereview.reports.html import svg  # noqa: E402
from casereview.service.desk import Desk  # noqa: E402
from casereview.service.reading import cases, register  # noqa: E402
from casereview.service.registry import add_person  # noqa: E402
from casereview.service.reports_review import REPORT, paper  # noqa: E402
from casereview.simulation.demo import build_demo  # noqa: E402
from casereview.testing.clock import FixedClock  # noqa: E402
from casereview.views import CaseQuery, RegisterQuery  # noqa: E402
from storage import open_store  # noqa: E402
from tui.screens.app import CaseReviewApp  # noqa: E402
from tui.screens.office_menu import entries_of  # noqa: E402
from tui.screens.workbench_menu import TOOLS  # noqa: E402
from workflows.catalogue import Catalogue  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
TODAY = date(2024, 6, 14)
SIZE = (120, 40)
TYPED = "type: "  # what follows is typed, not one key
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def demo(path: Path) -> Desk:
    """A desk of the person who runs the demo, on a small store made for these pictures."""
    clock = FixedClock(TODAY)
    store = open_store(str(path), create=True, practice=True, clock=clock)
    desk = Desk(store, clock, Catalogue(), "you", chance=random.Random(2))
    add_person(desk, "Sam Rivers", person_id="you", login="you")
    build_demo(desk, today=TODAY, scale=0.12)
    return desk


def census(path: Path) -> None:
    """A made-up census file in which four children are given twice."""
    plain = CinEpisode(
        "", SYNTHETIC_AUTHORITY, birth_date=date(2015, 5, 5), sex_or_gender="2", ethnicity="WBRI",
        upn="A123456789012", referral_source="6", referral_nfa=False, primary_need="N1",
    )  # fmt: skip
    children = []
    for number in range(40):
        begun = date(2024, 1, 2) + timedelta(days=number)
        given = (CinAssessment(begun, authorised=begun + timedelta(days=30)),)
        children.append(replace(plain, child_id=f"C{number:03}", referral_date=begun, assessments=given))
    write_cin(path, synthetic_header(2024), [*children, *children[3::10]])


def to(name: str, group: str = "office") -> list[str]:
    """The keys from a list to a line of the office, of oversight or of learning across reviews."""
    names = [entry.name for entry in entries_of(group)]
    return [{"office": "o", "oversight": "f7", "learning": "f9"}[group], *["down"] * names.index(name)]


async def draw(desk: Desk, name: str, first: str, *keys: str) -> None:
    app = CaseReviewApp(desk, first)
    async with app.run_test(size=SIZE) as pilot:
        await _settle(app)
        for key in keys:
            if key.startswith(TYPED):
                app.post_message(Paste(key.removeprefix(TYPED)))
            else:
                await pilot.press(key)
            await _settle(app)
        await pilot.pause()
        (PICTURES / f"{name}.svg").write_text(tidied(app.export_screenshot(title="casereview")), "utf-8")


async def the_managers_side(desk: Desk) -> None:
    """What a manager looks at: the morning, the families, the blockages, and a figure with what stands beside it."""
    await draw(desk, "morning", "today", "down", "down")
    await draw(desk, "oversight", "today", *to("figures", "oversight"))
    await draw(desk, "ledger", "today", *to("families", "oversight"), "enter", "w", "4", "enter")
    await draw(desk, "blockages", "today", *to("blockages", "oversight"), "enter")
    await draw(desk, "figure", "today", *to("figures", "oversight"), "enter", "enter")
    await draw(desk, "trend", "today", *to("figures", "oversight"), "enter", *["down"] * 9, "enter")


async def the_reviewers_side(desk: Desk) -> None:
    """The made-up Lantern review: its workbench, the case as one person could see it, an episode, a finding; and F9."""
    lantern = next(row.case for row in cases(desk, CaseQuery(kind="review")).rows if "Lantern" in row.title)
    await draw(desk, "workbench", lantern, "b", *to_tool("tunnel"))
    await draw(desk, "tunnel", lantern, "b", *to_tool("tunnel"), "enter", "down", "down", "right", "right")
    await draw(desk, "episode", lantern, "b", *to_tool("episodes"), "enter", "down", "down", "enter", "space")
    await draw(desk, "finding", lantern, "b", *to_tool("findings"), "enter", "enter")
    await draw(desk, "learning", "cases", *to("pool", "learning"))


def figures_of_a_report(desk: Desk) -> None:
    """The figures of the Lantern's review report, as they stand in its HTML form."""
    lantern = next(row.case for row in cases(desk, CaseQuery(kind="review")).rows if "Lantern" in row.title)
    lead = Desk(desk.store, desk.clock, desk.catalogue, "lead-one")
    blocks = paper(lead, lantern, REPORT).document.blocks
    figures = [block for block in blocks if isinstance(block, Figure)]
    for name, figure in zip(("report-episodes", "report-factors"), figures, strict=False):
        picture = svg(drawn(figure), figure.title, figure.tells, name)
        paper_white = picture.replace("</desc>", '</desc><rect width="100%" height="100%" fill="#fff"/>')
        (PICTURES / f"{name}.svg").write_text(f"{paper_white}\n", "utf-8")


def to_tool(name: str) -> list[str]:
    """The keys from the first line of the workbench to one of its views."""
    return ["down"] * [tool.name for tool in TOOLS].index(name)


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
            await draw(desk, "register", "overdue", "end", "r")
            await draw(desk, "cases", "cases", "m")
            await draw(desk, "case", case)
            await draw(desk, "time-and-help", case, "2")
            await draw(desk, "answer", "overdue", "end", "a", "1")
            await draw(desk, "office", "overdue", *to("closures"))
            await draw(desk, "report", "overdue", *to("import-cin"), "enter", f"{TYPED}census.xml", "ctrl+s")
            await draw(desk, "help", "overdue", "question_mark")
            await the_managers_side(desk)
            await the_reviewers_side(desk)

        census(Path(folder) / "census.xml")
        figures_of_a_report(desk)
        with chdir(folder):  # so that only its name is in the picture
            asyncio.run(all_of_them())
        desk.store.close()


if __name__ == "__main__":
    main()
