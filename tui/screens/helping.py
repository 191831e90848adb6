"""Help and quality, wherever a time is shown: what was decided and why, how good the work is, and whether it helped."""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text

from casereview.help_and_quality import ASKED_FOR, HELP_AND_QUALITY
from casereview.service.desk import Desk
from casereview.service.reading import CaseView, records
from casereview.text import shown
from casereview.views import RecordRow
from tui.screens.look import MISSING, QUIET, day
from workflows.definition import RecordKind

PROGRESS = "goal-progress"  # told with the goal it is about
KINDS = tuple(kind for kind in HELP_AND_QUALITY if kind != PROGRESS)
SHORT = {
    "decision": "decision", "review-decision": "decision to review", "goal": "goals", "quality-look": "quality looks",
    "childs-words": "child's words", "family-view": "family's view", "outcome-shared": "shared with family",
}  # fmt: skip
NEWEST = 8  # of each kind


@dataclass(frozen=True, slots=True)
class Helped:
    """What is recorded of help and quality, newest first, and the newest look at each goal (by its number)."""

    found: dict[str, tuple[RecordRow, ...]]
    progress: dict[int, RecordRow]


def read_help(desk: Desk, view: CaseView) -> Helped:
    """Runs in a thread."""
    ref, kinds, tallies = view.case.ref, view.definition.records, view.case.records

    def live(kind: str, limit: int = NEWEST) -> tuple[RecordRow, ...]:
        if kind not in kinds or kind not in tallies or not tallies[kind].live:
            return ()
        rows = records(desk, ref, kind=kind, limit=limit).rows
        return tuple(r for r in rows if not r.withdrawn and not r.kept_to)

    progress: dict[int, RecordRow] = {}
    for row in live(PROGRESS, 50):
        progress.setdefault(_number(row.values.get("goal")), row)
    return Helped({kind: live(kind) for kind in KINDS if kind in kinds}, progress)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def help_text(view: CaseView, helped: Helped) -> Text:
    """One paragraph for each kind."""
    text = Text()
    for kind, rows in helped.found.items():
        title = view.definition.records[kind].title
        if not rows:
            if kind in ASKED_FOR:
                text.append(f"{shown(title)}: ", "bold").append("none yet\n", MISSING)
            continue
        text.append(f"{shown(title)}", "bold")
        text.append(f"  {len(rows)}, newest {day(rows[0].on)} by {shown(rows[0].by_name)}\n", QUIET)
        for row in rows if kind == "goal" else rows[:1]:
            text.append_text(_told(view.definition.records[kind], row, helped))
    if not text.plain:
        text.append("Nothing is recorded yet of what help was decided, or of how good the work is.", MISSING)
    return text


def _told(kind: RecordKind, row: RecordRow, helped: Helped) -> Text:
    """The heart of a record: its choices in a line, and the first thing said in full."""
    text = Text()
    short = [
        f"{name.replace('_', ' ')}: {row.values[name]}"
        for name, f in kind.fields.items()
        if f.type == "choice" and row.values.get(name)
    ]
    said = next((str(row.values[n]) for n, f in kind.fields.items() if f.type == "long" and row.values.get(n)), "")
    if said:
        text.append(f"  {shown(said, width=400)}\n")
    if short:
        text.append(f"  {shown('; '.join(short))}\n", QUIET)
    if row.number in helped.progress:
        newest = helped.progress[row.number]
        text.append(f"  now: {shown(str(newest.values.get('progress', '')))} ({day(newest.on)})\n")
    return text


def help_line(view: CaseView) -> Text:
    """The same in one line, from the case alone: for the head of a case."""
    parts = []
    for kind in KINDS:
        tally, definition = view.case.records.get(kind), view.definition.records.get(kind)
        if definition is None:
            continue
        if tally and tally.live:
            parts.append((f"{SHORT.get(kind, definition.title)} {len(tally.live)}", ""))
        elif kind in ASKED_FOR:
            parts.append((f"{SHORT.get(kind, definition.title)}: none yet", MISSING))
    text = Text().append("Help and quality: ", QUIET)
    for number, (words, style) in enumerate(parts):
        text.append(" · " if number else "", QUIET).append(shown(words), style)
    return text if parts else text.append("nothing recorded yet", MISSING)
