"""Records as rows of a table, and one record in full."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from casereview.service.reading import CaseView
from casereview.service.written import record
from casereview.text import shown
from casereview.views import RecordRow
from tui.screens.look import QUIET, day
from tui.screens.sheet import TextScreen
from tui.screens.table import Column

if TYPE_CHECKING:
    from tui.screens.case import CaseScreen

COLUMNS = (
    Column("No.", 5, right=True),
    Column("On", 11),
    Column("Record", 16, grow=1),
    Column("Says", 20, grow=4),
    Column("By", 12, grow=1, from_width=70),
)


LOGGED = "Enter opens it; that it was read is written down"


def title_of(row: RecordRow, view: CaseView | None) -> str:
    kind = view.definition.records.get(row.kind) if view else None
    return kind.title if kind else "The child was seen" if row.kind == "seen" else row.kind


def answer(value: object, view: CaseView | None = None, person: bool = False) -> str:
    """A field's value as a person reads it."""
    if person and view is not None:
        return view.names.person(str(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def cells(row: RecordRow, view: CaseView | None) -> tuple[str | Text, ...]:
    kind = view.definition.records.get(row.kind) if view else None
    long = [n for n, f in kind.fields.items() if f.type == "long"] if kind else []
    told = long or ("note", "where", "with_whom")  # the last three: a sight of the child
    first = next((row.values[n] for n in (*told, *row.values) if row.values.get(n)), "")
    mark = "(withdrawn) " if row.withdrawn else "(corrected) " if row.corrected else ""
    style = QUIET if row.withdrawn else ""
    title, says = title_of(row, view), answer(first).replace("\n", " ")
    if row.kept_to or row.outline:
        mark, says, style = "", f"Kept to: {row.kept_to}" if row.kept_to else LOGGED, QUIET
    return str(row.number), day(row.on), Text(title, style), Text(mark + says, style), row.by_name or row.by


def whole_record(row: RecordRow, view: CaseView | None) -> Text:
    """Every question with its answer, and for whom it was written."""
    kind = view.definition.records.get(row.kind) if view else None
    text = Text().append(f"{shown(title_of(row, view))}  ", "bold")
    text.append(f"no. {row.number}, {day(row.on)}, {shown(row.by_name or row.by)}\n", QUIET)
    if row.kept_to:
        return text.append(f"Kept to: {shown(row.kept_to)}.\n")
    if row.withdrawn:
        text.append("Withdrawn: it no longer counts.\n")
    elif row.corrected:
        times = "once" if row.corrected == 1 else f"{row.corrected} times"
        text.append(f"Corrected {times}; what was written first is in the journal.\n", QUIET)
    names = [*(kind.fields if kind else ()), *(n for n in row.values if not kind or n not in kind.fields)]
    for name in names:
        if row.values.get(name) in (None, "", []):
            continue
        field = kind.fields.get(name) if kind else None
        text.append(f"\n{shown(field.ask if field else name.replace('_', ' '))}", "bold")
        text.append(f"  read by {shown(field.reader)}" if field and field.reader else "", QUIET)
        person = field.type == "person" if field else name == "by"
        text.append(f"\n{shown(answer(row.values[name], view, person), one_line=False)}\n")
    return text


def show_record(screen: CaseScreen, row: RecordRow) -> None:
    """A record in full; from there it can be corrected or withdrawn."""
    from tui.screens.recording import correct_record, withdraw_record

    if row.outline:
        desk, ref = screen.desk, screen.ref
        screen.ask("record", lambda: record(desk, ref, row.number), partial(show_record, screen))
        return
    view = screen.view
    able = view is not None and screen.as_at is None and not row.withdrawn and not row.kept_to
    keys = {"c": "correct it", "w": "withdraw it"} if able else {}
    if view is not None and not row.kept_to:
        keys["v"] = "versions"
    if view is not None and row.kind not in view.definition.records:
        keys.pop("c", None)  # a sight of the child has no form of its own: withdraw it and record it again

    def after(key: str | None) -> None:
        acts = {"c": correct_record, "w": withdraw_record}
        if key in acts and view is not None:
            acts[key](screen, view, row)
        elif key == "v":
            from tui.screens.versions import open_versions

            open_versions(screen, screen.ref, row.number)

    screen.app.push_screen(TextScreen(whole_record(row, view), keys), after)
