"""One case: where it is and its next steps, its times with help beside them, its family, records and journal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import ContentSwitcher, OptionList, Static, Tab, Tabs
from textual.widgets.option_list import Option

from casereview.errors import CaseReviewError
from casereview.service.reading import CaseView, HistoryLine, StepView, records, show
from casereview.text import shown
from casereview.views import RecordRow
from tui.screens import case_text, journal, record_view
from tui.screens.acts import ACTS, act_named, open_acts
from tui.screens.hanging import Hanging
from tui.screens.helping import Helped, read_help
from tui.screens.look import MISSING, day
from tui.screens.messages import PageWanted, RowChosen
from tui.screens.page import Offer, Page
from tui.screens.table import PAGE, PageTable

TABS = {
    "next": "1 Next", "time": "2 Time and help", "family": "3 Family", "records": "4 Records", "journal": "5 Journal",
}  # fmt: skip
IN_FOOTER = {"reason": "Reason", "answer": "Answer", "tell": "Tell"}
WIDE = 110
AS_IT_WAS = "\nAs it was: nothing can be recorded here. Records are shown as they stand today."


class CaseScreen(Page):
    heading = "Case"
    about = (
        "One case. Next: where it is and every step open now, each with what it asks. Time and help: what the times "
        "look like, with the decision, the quality of the work and the goals beside them. Family: who must be told, "
        "and what they were told. Records and journal: everything written down. A duty (must) holds a step back; "
        "what is expected can be set aside with a reason. No date ever does."
    )
    CSS_PATH = "case.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"tab('{tab}')", title[2:], id=f"case.{tab}", show=False, tooltip=f"Show: {title[2:]}")
          for n, (tab, title) in enumerate(TABS.items(), 1)),
        Binding("r", "record", "Record", id="case.record", tooltip="Add a record: its form comes from the workflow"),
        Binding("f", "meet", "Meet", id="case.meet", tooltip="Do what the step under the cursor still asks for"),
        *(Binding(act.key, f"act('{act.name}')", IN_FOOTER.get(act.name, act.label), id=f"case.{act.key}",
                  show=act.name in IN_FOOTER, tooltip=f"{act.label}. {act.says}") for act in ACTS if act.key),
        Binding("D", "decision", "Decision", id="case.decision", show=False, tooltip="Record the decision"),
        Binding("c", "journey", "Child", id="case.child", show=False, tooltip="The child's journey across cases"),
        Binding("L", "ledger", "Ledger", id="case.ledger", show=False, tooltip="Who was told what, and promised what"),
        Binding("b", "workbench", "Workbench", id="case.workbench", tooltip="The review as a whole: its views"),
        Binding("h", "history", "History", id="case.history", show=False, tooltip="The journal on a screen of its own"),
        Binding("k", "as_at", "As it was", id="case.as_at", show=False, tooltip="Look at the case as it was on a day"),
        Binding("e", "explain", "Dates", id="case.explain", show=False, tooltip="Every date, counted day by day"),
        Binding("m", "map", "Map", id="case.map", show=False, tooltip="The map of its workflow, with where it stands"),
        Binding("E", "bundle", "Bundle", id="case.bundle", show=False, tooltip="The case, every entry, into a file"),
        Binding("full_stop", "acts", "All acts", id="case.acts", key_display=".", tooltip="All that can be done"),
    ]  # fmt: skip

    def __init__(self, ref: str, as_at: date | None = None, *, as_happened: bool | None = None) -> None:
        """as_happened: by what had happened that day, not by what was recorded then; None: as its kind asks."""
        super().__init__()
        self.ref, self.as_at, self.as_happened = ref, as_at, as_happened
        self.view: CaseView | None = None
        self._steps: tuple[StepView, ...] = ()

    def body(self) -> ComposeResult:
        yield Static("Reading…", id="head", markup=False)
        yield Tabs(*(Tab(title, id=tab) for tab, title in TABS.items()))
        with ContentSwitcher(initial="pane-next", id="panes"):
            with Vertical(id="pane-next"):
                with Container(id="where-box"):
                    yield Static(id="where", markup=False)
                yield OptionList(id="steps", markup=False)
            with VerticalScroll(id="pane-time"), Container(id="beside"):
                yield Static(id="times", markup=False)
                yield Static(id="help", markup=False)
            with VerticalScroll(id="pane-family"):
                yield Static(id="family", markup=False)
            with Vertical(id="pane-records"):
                yield PageTable[RecordRow](record_view.COLUMNS, self._record_cells, id="records")
            with Vertical(id="pane-journal"):
                yield PageTable[HistoryLine | None](journal.COLUMNS, journal.cells, id="journal")

    # ---- reading -----------------------------------------------------------------------------------------------
    def on_mount(self) -> None:
        self.query_one("#steps").focus()
        self.look_again()

    def look_again(self) -> None:
        desk, ref, as_at, happened = self.desk, self.ref, self.as_at, self.as_happened

        def read() -> tuple[CaseView, Helped]:
            view = show(desk, ref, as_at=as_at, as_happened=happened)
            return view, read_help(desk, view)

        self.ask("case", read, self._show, failed=self._cannot_show)

    def _cannot_show(self, error: CaseReviewError) -> None:
        self.view = None
        self.query_one("#head", Static).update(Text(shown(str(error), one_line=False), style=MISSING))
        self.refresh_bindings()

    def _show(self, read: tuple[CaseView, Helped]) -> None:
        view, helped = read
        self.view = view
        self.say_where(f"Case {view.case.ref}" + (f" as it was on {day(self.as_at)}" if self.as_at else ""))
        head = case_text.head(view).append(AS_IT_WAS if self.as_at else "", MISSING)
        self.query_one("#head", Static).update(head)
        self.query_one("#where", Static).update(Hanging(case_text.where_it_is(view)))
        self.query_one("#times", Static).update(Hanging(case_text.times(view)))
        self.query_one("#help", Static).update(Hanging(case_text.help_beside(view, helped)))
        self.query_one("#family", Static).update(Hanging(case_text.family(view)))
        self._show_steps(view)
        self._page("journal", 0)
        self._page("records", 0)
        self.refresh_bindings()

    def _show_steps(self, view: CaseView) -> None:
        self._steps = view.steps
        options = self.query_one("#steps", OptionList)
        at = options.highlighted
        options.clear_options()
        options.add_options(Option(Hanging(case_text.step_text(view, step))) for step in view.steps)
        if not view.steps:
            words = "This case is closed. R opens it again." if view.definition.reopening else "This case is closed."
            options.add_option(Option(Text(words), disabled=True))
        else:
            options.highlighted = min(at or 0, len(view.steps) - 1)

    # ---- the two tables ----------------------------------------------------------------------------------------
    def _record_cells(self, row: RecordRow) -> tuple[str | Text, ...]:
        return record_view.cells(row, self.view)

    def _page(self, which: str, offset: int) -> None:
        """Reads a page of the records or the journal into its table; the first page begins it anew."""
        if self.view is None:
            return
        desk, ref, number = self.desk, self.ref, self.view.case.number
        table = self.query_one(f"#{which}", PageTable)

        def show_rows(read: tuple[list[object], int]) -> None:
            table.begin(*read, keep=True) if offset == 0 else table.fill(offset, read[0])

        def read() -> tuple[list[object], int]:
            if which == "journal":
                return list(journal.reader(desk, ref, number, offset, PAGE)()), number
            page = records(desk, ref, offset=offset, limit=PAGE)
            return list(page.rows), page.total

        self.ask(which, read, show_rows, again=offset == 0)

    def on_page_wanted(self, message: PageWanted) -> None:
        self._page(message.table, message.offset)

    def on_row_chosen(self, message: RowChosen) -> None:
        row = self.query_one(f"#{message.table}", PageTable).row(message.index)
        if isinstance(row, RecordRow):
            record_view.show_record(self, row)
        elif isinstance(row, HistoryLine):
            from tui.screens.sheet import TextScreen

            self.app.push_screen(TextScreen(journal.whole_entry(row)))

    # ---- tabs --------------------------------------------------------------------------------------------------
    def action_tab(self, tab: str) -> None:
        self.query_one(Tabs).active = tab

    def on_tabs_tab_activated(self, message: Tabs.TabActivated) -> None:
        tab = message.tab.id or "next"
        self.query_one("#panes", ContentSwitcher).current = f"pane-{tab}"
        inside = {"next": "#steps", "time": "#pane-time", "family": "#pane-family"}
        self.query_one(inside.get(tab, f"#{tab}")).focus()

    def on_resize(self) -> None:
        self.set_class(self.app.size.width >= WIDE, "wide")

    # ---- acts --------------------------------------------------------------------------------------------------
    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        if self._acting() is not None and message.option_index < len(self._steps):
            self._take(message.option_index)

    def _acting(self) -> CaseView | None:
        """The case as it is now, or None where nothing can be recorded."""
        if self.view is not None and self.as_at is None:
            return self.view
        self.app.notify("Nothing can be recorded here.", severity="warning")
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what makes sense now is offered."""
        if action == "act":
            act = act_named(str(parameters[0]))
            return self.view is not None and self.as_at is None and act.applies(self.view)
        if action in ("record", "decision", "acts", "meet"):
            return self.view is not None and self.as_at is None
        return action != "workbench" or (self.view is not None and self.view.definition.kind == "review")

    def action_act(self, name: str) -> None:
        view = self._acting()
        if view is not None:
            from tui.screens.doing import do_act

            do_act(self, view, act_named(name))

    def action_record(self) -> None:
        view = self._acting()
        if view is not None:
            from tui.screens.recording import choose_record_kind

            choose_record_kind(self, view)

    def action_decision(self) -> None:
        view = self._acting()
        if view is not None and (kind := view.definition.records.get("decision")) is not None:
            from tui.screens.recording import add_record

            add_record(self, view, kind)

    def action_meet(self) -> None:
        view, at = self._acting(), self.query_one("#steps", OptionList).highlighted
        if view is not None and at is not None and at < len(self._steps):
            from tui.screens.meeting import meet

            meet(self, view, self._steps[at])

    def action_acts(self) -> None:
        from tui.screens.case_menu import show_menu

        show_menu(self)

    # ---- looking -----------------------------------------------------------------------------------------------
    def action_journey(self) -> None:
        from tui.screens.case_menu import choose_child

        if self.view is not None:
            choose_child(self, self.view)

    def action_workbench(self) -> None:
        from tui.screens.workbench import WorkbenchScreen

        self.app.push_screen(WorkbenchScreen(self.ref))

    def action_history(self) -> None:
        self.house.open_history(self.ref)

    def action_ledger(self) -> None:
        from tui.screens.ledger import LedgerScreen

        self.app.push_screen(LedgerScreen(self.ref))

    def action_explain(self) -> None:
        from tui.screens.case_menu import explain

        explain(self)

    def action_map(self) -> None:
        from tui.screens.flows import show_map

        if self.view is not None:
            show_map(self, self.view)

    def action_bundle(self) -> None:
        from tui.screens.bundles import ask_bundle_out

        ask_bundle_out(self)

    def case_in_hand(self) -> str:
        return self.ref

    def action_as_at(self) -> None:
        from tui.screens.case_menu import look_back

        look_back(self)

    def offers(self) -> Iterator[Offer]:
        if self.view is not None and self.as_at is None:
            for at, step in enumerate(self._steps):
                says = "ready" if step.ready else "asks for more"
                yield Offer(f"Step: {step.step.title}", says, partial(self._take, at))
            for act in open_acts(self.view):
                yield Offer(act.label, act.says, partial(self.action_act, act.name))
            yield Offer("Add a record", "Its form comes from the workflow", self.action_record)
        yield Offer("History", "The journal on a screen of its own", self.action_history)
        yield Offer("Family ledger", "Who was told what, and what was promised", self.action_ledger)
        yield Offer("As it was", "The case on an earlier day", self.action_as_at)
        yield Offer("Map", "Its workflow, with where it stands", self.action_map)
        yield Offer("Explain the dates", "Counted day by day", self.action_explain)

    def _take(self, at: int) -> None:
        from tui.screens.recording import take_step

        if self.view is not None:
            take_step(self, self.view, self._steps[at])
