"""A form built from a list of questions. What was typed stays until it is kept: through faults, refusals, conflicts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, Input, Static, TextArea

from casereview.errors import CaseReviewError, Conflict
from casereview.service.desk import Refused
from casereview.text import shown
from tui.screens.asks import Answers, Ask, FieldFaults
from tui.screens.background import Asking
from tui.screens.fields import FieldBox
from tui.screens.hanging import Hanging
from tui.screens.look import MISSING, QUIET, data
from tui.screens.noticing import Notices
from tui.screens.picking import ConfirmScreen
from tui.screens.refusal import unmet_lines

T = TypeVar("T")
Submit = Callable[[Answers, int | None], T]
Renew = Callable[[], int]  # the number of the case as it is now


class FormScreen(Asking, Generic[T]):
    """Gives back what `submit` returned, or None when it was left.

    submit  runs in a thread with the answers as typed and the number of the case as last seen
    renew   reads that number again after a conflict, so that a second try means what is now on show
    """

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Keep it", id="form.keep", priority=True, tooltip="Record this"),
        Binding("escape", "leave", "Leave", id="form.leave", tooltip="Leave without recording"),
        Binding("f1", "app.help", "Help", id="form.help"),
    ]
    heading = "A form"
    about = (
        "Answers are recorded with ctrl+s. Tab goes to the next question, shift+tab back. Questions marked • are "
        "needed. Dates are written day first, as in 20/11/2026, 20 Nov 2026 or 2026-11-20; today and yesterday "
        "are understood. When something is not right, what you typed stays where it is."
    )

    def __init__(
        self, title: str, asks: Sequence[Ask], submit: Submit[T], *,
        says: str | Text = "", seen: int | None = None, renew: Renew | None = None, keep_word: str = "Record it",
    ) -> None:  # fmt: skip
        super().__init__()
        self._title, self._says, self._keep_word = title, says, keep_word
        self.asks = tuple(asks)
        self.notices: Notices = {}  # what is asked about a text while it is typed, by field
        self._submit, self._renew, self.seen = submit, renew, seen
        self._busy = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(data(self._title), classes="title", markup=False)
            if self._says:
                says = self._says if isinstance(self._says, Text) else data(self._says, QUIET, lines=True)
                with VerticalScroll(id="says", can_focus=False):
                    yield Static(Hanging(says), markup=False)
            yield Static(id="trouble", markup=False)
            with VerticalScroll(id="fields", can_focus=False):
                for ask in self.asks:
                    yield FieldBox(ask)
            with Horizontal(classes="buttons"):
                yield Button(f"{self._keep_word} (ctrl+s)", id="keep", compact=True, variant="primary")
                yield Button("Leave (esc)", id="leave", compact=True)

    def on_mount(self) -> None:
        self.query_one("#trouble").display = False
        first = next(iter(self.query(FieldBox)), None)
        if first is not None:
            first.entry.focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.scroll_to_center(event.widget)

    def scroll_to_center(self, widget: Widget, *args: Any, **kwargs: Any) -> None:
        """Brings the whole question into view, not only the place to answer; called when one gets the focus."""
        box = next((one for one in widget.ancestors if isinstance(one, FieldBox)), None)
        if box is not None:
            box.scroll_visible(animate=False)

    # ---- answers -----------------------------------------------------------------------------------------------
    def box(self, name: str) -> FieldBox:
        return next(box for box in self.query(FieldBox) if box.ask.name == name)

    def answers(self) -> Answers:
        return {box.ask.name: box.value for box in self.query(FieldBox)}

    @property
    def touched(self) -> bool:
        return any(box.value != box.began for box in self.query(FieldBox))

    def on_input_changed(self, message: Input.Changed) -> None:
        self._notice(message.input, message.value)

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        self._notice(message.text_area, message.text_area.text)

    def _notice(self, entry: Widget, text: str) -> None:
        box = next((one for one in entry.ancestors if isinstance(one, FieldBox)), None)
        if box is not None and box.ask.name in self.notices:
            box.say_noticed(self.notices[box.ask.name](text))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        self.focus_next()

    def on_button_pressed(self, message: Button.Pressed) -> None:
        if message.button.id == "keep":
            self.action_keep()
        else:
            self.action_leave()

    def action_leave(self) -> None:
        if not self.touched:
            self.dismiss(None)
            return

        def decided(yes: bool | None) -> None:
            if yes:
                self.dismiss(None)

        self.app.push_screen(ConfirmScreen("Leave without recording?", "What you typed here will be gone."), decided)

    # ---- keeping -----------------------------------------------------------------------------------------------
    def action_keep(self) -> None:
        if self._busy:
            return
        self._busy = True
        for box in self.query(FieldBox):
            box.say_fault("")
        answers, seen, submit = self.answers(), self.seen, self._submit
        self.act(lambda: submit(answers, seen), self._kept, failed=self._not_kept)

    def _kept(self, result: T) -> None:
        self._busy = False
        self.dismiss(result)

    def _not_kept(self, error: CaseReviewError) -> None:
        self._busy = False
        if isinstance(error, FieldFaults):
            self._show_faults(error.faults)
        if isinstance(error, Refused):
            self.say(unmet_lines(error.refusal))
        elif isinstance(error, Conflict) and self._renew is not None:
            self.ask("renew", self._renew, self._renewed)
            again = "\n\nWhat you typed is still here. Record it again if it still holds."
            self.say(Text(shown(str(error), one_line=False) + again, style=MISSING))
        else:
            self.say(Text(shown(str(error), one_line=False), style=MISSING))

    def _show_faults(self, faults: dict[str, str]) -> None:
        for name, fault in faults.items():
            self.box(name).say_fault(fault)
        first = next(box for box in self.query(FieldBox) if box.ask.name in faults)
        first.entry.focus()

    def _renewed(self, seen: int) -> None:
        self.seen = seen

    def say(self, text: Text) -> None:
        trouble = self.query_one("#trouble", Static)
        trouble.update(text)
        trouble.display = True


def offer_form(screen: Screen[Any], form: FormScreen[T], then: Callable[[T], None]) -> None:
    """Shows a form; `then` hears of what was kept, and of nothing when it was left."""

    def done(result: object) -> None:
        if result is not None:
            then(result)  # type: ignore[arg-type]  # what the form's own submit returned

    screen.app.push_screen(form, done)
