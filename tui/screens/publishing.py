"""What runs beside a review, and what of it is with the public, each line with its form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.method.processes import KIND as PROCESS
from casereview.method.processes import SUSPENSION, Process, suspended_words
from casereview.method.publication import KIND as DECISION
from casereview.method.publication import Artefact, detail
from casereview.service.publishing import Beside, Publishing, beside, publication
from tui.screens.look import MET, MISSING, QUIET, day, short
from tui.screens.page import Page
from tui.screens.review_rows import ReviewRows, add_in, correct_in
from tui.screens.table import Column

SUSPENDED = "suspended in part since {}; may continue: {}; look again {}"
STATE = {"published": MET, "held": MISSING, "not decided": QUIET}


def show_processes(page: Page, ref: str) -> None:
    page.app.push_screen(ProcessesScreen(ref))


def show_publication(page: Page, ref: str) -> None:
    page.app.push_screen(PublicationScreen(ref))


class ProcessesScreen(ReviewRows[Process]):
    heading = "Other processes"
    about = (
        "Trials, inquests, family courts, complaints: what each touches, what is agreed with those who lead it, and "
        "when to look at that again. No process outranks another by itself; a court's order does. A suspension is "
        "shown and never subtracted; what may continue is listed in it. Enter opens one; s suspends in part."
    )
    columns = (
        Column("Process", 20, grow=2),
        Column("Stands at", 16, grow=2),
        Column("Touches", 20, grow=3),
        Column("Look again", 12),
        Column("Not said yet", 14, grow=2, from_width=110),
    )
    header = ("record", "kind", "lead body", "status", "touches", "plan", "next date", "look again", "not said yet")
    file_name = "other-processes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "suspend", "Suspend", id="processes.suspend", tooltip="Why part waits, and what may continue"),
    ]

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self.found: Beside | None = None

    def reader(self) -> Callable[[], list[Process]]:
        def read() -> list[Process]:
            self.found = beside(self.desk, self.ref)
            return list(self.found.processes)

        return read

    def record(self, row: Process) -> int | None:
        return row.rec.number

    def cells(self, row: Process) -> Sequence[str | Text]:
        today = self.desk.today
        again = row.review_on or row.next_date
        looks = MISSING if row.look_now(today) else QUIET if row.over else ""
        name = f"{row.kind}: {row.lead}" + (" (part of the review waits for it)" if row.suspends else "")
        return (
            Text(name, QUIET if row.over else ""), row.status, ", ".join(row.touches) or "nothing for now",
            Text(short(again, today) if again else "no day set", looks), ", ".join(row.missing) or "–",
        )  # fmt: skip

    def exported(self, row: Process) -> Sequence[object]:
        return (
            row.rec.number, row.kind, row.lead, row.status, "; ".join(row.touches), row.plan, row.next_date,
            row.review_on, "; ".join(row.missing),
        )  # fmt: skip

    def says(self) -> str:
        now = self.found.suspended if self.found else None
        if now is None:
            times = suspended_words(self.found.suspensions, self.desk.today) if self.found else ""
            return "; ".join(one for one in (self.found.stage if self.found else "", times) if one)
        again = day(now.look_again) if now.look_again else "– no day is set"
        return SUSPENDED.format(day(now.since), ", ".join(now.may_continue) or "nothing is listed", again)

    def nothing(self) -> str:
        kept = self.found.review.kept(PROCESS) if self.found else ""
        if kept:
            return f"{kept}."
        return (
            "No other process is written down for this review.\n\nn adds one: a trial, an inquest, a family court, a "
            "complaint.\nTalk early with those who lead it, and agree what may go on."
        )

    def choose(self, row: Process) -> None:
        correct_in(self, self.ref, row.rec.number)

    def action_new(self) -> None:
        add_in(self, self.ref, PROCESS)

    def action_suspend(self) -> None:
        row = self.table.row() if self.listed else None
        add_in(self, self.ref, SUSPENSION, {"process": row.rec.number} if row is not None else None)


class PublicationScreen(ReviewRows[Artefact]):
    heading = "Publication"
    about = (
        "Each document of the review and where it stands with the public. Documents go their own ways: a learning "
        "brief may be out years before a report that a trial holds back. Enter or n decides; v looks through what "
        "would be published for anybody who could be known from it."
    )
    columns = (
        Column("Document", 20, grow=1),
        Column("Stands", 14),
        Column("Since", 12),
        Column("About it", 24, grow=4),
    )
    header = ("document", "state", "record", "since", "why", "look again", "where", "told beforehand")
    file_name = "publication"

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self.found: Publishing | None = None

    def reader(self) -> Callable[[], list[Artefact]]:
        def read() -> list[Artefact]:
            self.found = publication(self.desk, self.ref)
            return list(self.found.artefacts)

        return read

    def record(self, row: Artefact) -> int | None:
        return row.number

    def cells(self, row: Artefact) -> Sequence[str | Text]:
        today = self.desk.today
        return (
            row.document, Text(row.state, STATE.get(row.state, "")), short(row.since, today) if row.since else "–",
            Text(detail(row, today), MISSING if row.late(today) else ""),
        )  # fmt: skip

    def exported(self, row: Artefact) -> Sequence[object]:
        told = "; ".join(row.told_before)
        return row.document, row.state, row.number, row.since, row.why, row.look_again, row.where, told

    def says(self) -> str:
        return "; ".join((self.found.stage, *self.found.notes)) if self.found else ""

    def nothing(self) -> str:
        if self.found is not None and self.found.kept:
            return "Where each document stands is kept to those who do the review and those who decide on it."
        return "The workflow of this review keeps no decisions on publication."

    def choose(self, row: Artefact) -> None:
        add_in(self, self.ref, DECISION, {"document": row.document})

    def action_new(self) -> None:
        add_in(self, self.ref, DECISION)
