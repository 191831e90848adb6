"""Fields into which more than is ever kept cannot be pasted: the screen would stand still, and it would be refused."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from casereview.text import TEXT_LIMIT


class TooMuch(Message):
    """Somebody pasted more than is kept; what stood in the field stands there still."""

    def __init__(self, field: Widget, size: int) -> None:
        super().__init__()
        self.field = field
        self.says = f"What was pasted is {size:,} bytes, and at most {TEXT_LIMIT:,} are kept; nothing was pasted."


def _hold_back(field: Widget, event: events.Paste) -> None:
    size = len(event.text) if len(event.text) > TEXT_LIMIT else len(event.text.encode("utf-8", "surrogatepass"))
    if size > TEXT_LIMIT:
        event.stop()
        event.prevent_default()
        field.post_message(TooMuch(field, size))


class LongText(TextArea):
    """A text of several lines."""

    def on_paste(self, event: events.Paste) -> None:
        _hold_back(self, event)


class OneLine(Input):
    """A text of one line."""

    def on_paste(self, event: events.Paste) -> None:
        _hold_back(self, event)
