"""The workflows there are, shipped and a board's own: read, seen as a map, and checked for faults."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.errors import CaseReviewError
from casereview.service.reading import CaseView
from casereview.text import shown
from tui.screens.asks import Answers, Ask, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import MET, MISSING, QUIET, data
from tui.screens.page import Page
from tui.screens.paths import new, write_new
from tui.screens.picking import Choice, PickScreen
from tui.screens.rows import RowsPage
from tui.screens.sheet import TextScreen
from tui.screens.table import Column
from workflows.catalogue import Catalogue
from workflows.definition import Definition
from workflows.errors import Fault, WorkflowError
from workflows.reading import load


@dataclass(frozen=True, slots=True)
class Flow:
    """A version of a workflow; `definition` is None where its file has faults."""

    name: str
    version: str
    shipped: bool
    path: str
    definition: Definition | None


def show_workflows(page: Page) -> None:
    page.app.push_screen(WorkflowsScreen())


class WorkflowsScreen(RowsPage[Flow]):
    heading = "Workflows"
    about = (
        "The paths cases follow: those that come with casereview, and your board's own. Enter reads one in plain "
        "words or shows its map. k checks a file before it is used and lists every fault at once, with what to write "
        "instead. A case stays with the version it began with."
    )
    columns = (
        Column("Workflow", 24, grow=1),
        Column("Version", 8),
        Column("Kind", 12),
        Column("Title", 20, grow=3),
        Column("Whose", 8),
    )
    header = ("workflow", "version", "kind", "title", "whose")
    file_name = "workflows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "check", "Check a file", id="flows.check", tooltip="Every fault of a workflow file at once"),
    ]

    def reader(self) -> Callable[[], list[Flow]]:
        return partial(_flows, self.house.own_workflows, self.desk.catalogue)

    def cells(self, row: Flow) -> Sequence[str | Text]:
        whose = "shipped" if row.shipped else "your own"
        if row.definition is None:
            return row.name, row.version, "–", Text("has faults: enter lists them", MISSING), whose
        return row.name, row.version, row.definition.kind, row.definition.title, whose

    def says(self) -> str:
        own = self.house.own_workflows
        return f"enter reads one{f' · your own go into {own}' if own else ''}"

    def choose(self, row: Flow) -> None:
        if row.definition is None:
            self.ask("faults", partial(_faults_in, row.path), partial(self._tell_faults, row.path))
            return
        definition = row.definition
        choices = [
            Choice("words", "Read it", "every stage, step, duty, time, record and reason"),
            Choice("map", "Its map", "the stages, and the steps between them"),
            Choice("mermaid", "Its map as Mermaid text", "into a new file, for a document"),
            Choice("check", "Check it", "every fault at once"),
        ]

        def chosen(what: str | None) -> None:
            if what == "check":
                self.ask("faults", partial(_faults_in, row.path), partial(self._tell_faults, row.path))
            elif what == "mermaid":
                _write_mermaid(self, definition)
            elif what is not None:
                self.app.push_screen(TextScreen(data(_text_of(definition, what), lines=True), wide=True))

        self.app.push_screen(PickScreen(f"{definition.title}, version {definition.version}", choices), chosen)

    def action_check(self) -> None:
        ask = Ask("file", "Which file?", required=True, says="the path of a workflow, such as ours.toml")

        def submit(answers: Answers, seen: int | None) -> tuple[str, list[Fault]]:
            path = typed([ask], answers, self.desk.today)["file"]
            return path, _faults_in(path)

        form = FormScreen("Check a workflow file", [ask], submit, keep_word="Check")
        offer_form(self, form, lambda found: self._tell_faults(*found))

    def _tell_faults(self, path: str, faults: list[Fault]) -> None:
        self.app.push_screen(TextScreen(faults_text(path, faults), wide=True))


def _flows(own: Path | None, known: Catalogue) -> list[Flow]:
    """Read afresh where the folder is known: a file may have been mended meanwhile."""
    catalogue = Catalogue(own) if own is not None else known
    found = []
    for entry in catalogue.entries():
        try:
            definition: Definition | None = catalogue.get(entry.name, entry.version)
        except WorkflowError:
            definition = None
        found.append(Flow(entry.name, entry.version, entry.shipped, str(entry.path), definition))
    listed = {flow.path for flow in found}
    unread = sorted({fault.where for fault in catalogue.faults()} - listed)
    return [*found, *(Flow(Path(where).name, "–", False, where, None) for where in unread)]


def _faults_in(path: str) -> list[Fault]:
    try:
        return load(Path(path).expanduser())[1]
    except (OSError, ValueError, RuntimeError):
        where = shown(path, width=200)
        raise CaseReviewError("This file cannot be read.", where=where, remedy="Check the path.") from None


def faults_text(path: str, faults: list[Fault]) -> Text:
    """Every fault of a file, with its line and what to write instead."""
    text = Text().append(f"{shown(path)}\n", "bold")
    if not faults:
        return text.append("No fault found.", MET)
    text.append(f"{'One fault' if len(faults) == 1 else f'{len(faults)} faults'}\n\n")
    for fault in faults:
        at = f"line {fault.line}" if fault.line else "the file"
        text.append("✗ ", MISSING).append(f"{at}{f', {shown(fault.place)}' if fault.place else ''}: ", QUIET)
        text.append(f"{shown(fault.says)}{f' {shown(fault.remedy)}' if fault.remedy else ''}\n")
    return text


def _text_of(definition: Definition, what: str) -> str:
    from workflows.diagram import as_terminal
    from workflows.shown import show

    return as_terminal(definition) if what == "map" else show(definition)


def _write_mermaid(page: Page, definition: Definition) -> None:
    from workflows.diagram import as_mermaid

    ask = Ask("file", "Into which new file?", required=True, start=f"{definition.name}.mmd")

    def submit(answers: Answers, seen: int | None) -> str:
        path = new(typed([ask], answers, page.desk.today)["file"], "file")
        write_new(path, as_mermaid(definition))
        return path

    form = FormScreen(f"The map of {definition.title} as Mermaid text", [ask], submit, keep_word="Write it")
    offer_form(page, form, lambda path: page.app.notify(f"The map is in {path}.", markup=False))


def show_map(page: Page, view: CaseView) -> None:
    """The map of a case's workflow, with where it stands."""
    from workflows.diagram import as_terminal

    tracks = {name: visit.stage for name, visit in view.case.tracks.items()}
    drawn = as_terminal(view.definition, view.case.main.stage, tracks)
    page.app.push_screen(TextScreen(data(drawn, lines=True), wide=True))
