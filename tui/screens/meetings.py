"""The meetings of a review and what was said at them: comments to answer one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.method.gathering_said import comment_said, meeting_said
from casereview.method.lines import Say
from casereview.method.meetings import COMMENT, MEETING, UNANSWERED, Comment, Meeting
from casereview.service.gathering import Gathered
from tui.screens.gathering import GatheredRows, sheet
from tui.screens.look import MISSING, short
from tui.screens.page import Page
from tui.screens.review_rows import add_in, correct_in
from tui.screens.table import Column


def show_meetings(page: Page, ref: str) -> None:
    page.app.push_screen(MeetingsScreen(ref))


def show_comments(page: Page, ref: str) -> None:
    page.app.push_screen(CommentsScreen(ref))


class MeetingsScreen(GatheredRows[Meeting]):
    heading = "Meetings"
    behind = (MEETING,)
    about = (
        "Every meeting of the review: who came, what was looked at, what was decided, and what changed in the analysis "
        "because of it. Enter reads one with what was said at it; m adds a comment made there; n adds a meeting."
    )
    columns = (
        Column("On", 10),
        Column("Meeting", 22, grow=1),
        Column("Came", 6),
        Column("Decided", 20, grow=3),
        Column("Changed", 14, grow=2, from_width=100),
        Column("Unanswered", 10),
    )
    header = ("record", "on", "kind", "came", "could not", "looked at", "decided", "changed", "comments unanswered")
    file_name = "meetings"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "comment", "Comment", id="meetings.comment", tooltip="Something said at this meeting"),
    ]

    def lines(self, found: Gathered) -> list[Meeting]:
        return list(found.meetings)

    def record(self, row: Meeting) -> int | None:
        return row.rec.number

    def cells(self, row: Meeting) -> Sequence[str | Text]:
        on = short(row.on, self.desk.today) if row.on else "no date"
        waits = Text(str(row.open), MISSING) if row.open else "–"
        return on, row.kind, str(len(row.attended)), row.decided or "–", "; ".join(row.changed) or "–", waits

    def exported(self, row: Meeting) -> Sequence[object]:
        return (
            row.rec.number, row.on, row.kind, "; ".join(row.attended), "; ".join(row.absent), "; ".join(row.looked_at),
            row.decided, "; ".join(row.changed), row.open,
        )  # fmt: skip

    def nothing(self) -> str:
        if self.kept_back():
            return f"{self.kept_back()}."
        return "No meeting is written down yet.\n\nn  adds one, such as the introductory meeting"

    def choose(self, row: Meeting) -> None:
        said = [*meeting_said(row), *(line for one in row.comments for line in (Say(""), *comment_said(one, self.ref)))]
        self.app.push_screen(sheet(self, said))

    def action_new(self) -> None:
        add_in(self, self.ref, MEETING)

    def action_comment(self) -> None:
        row = self.table.row() if self.listed else None
        if row is not None:
            start = {"meeting": row.rec.number, "outcome": UNANSWERED}
            add_in(self, self.ref, COMMENT, {**start, **({"on": row.on.isoformat()} if row.on else {})})


class CommentsScreen(GatheredRows[Comment]):
    heading = "Comments"
    behind = (COMMENT,)
    about = (
        "What people said about the account, the episodes, the findings and the draft, answered one by one: accepted, "
        "kept as a differing view, or not accepted with the reason. A view that differs is kept, whatever comes of it. "
        "Enter answers; n adds one; x leaves only those that wait."
    )
    columns = (
        Column("From", 16, grow=1),
        Column("On", 9),
        Column("About", 16, grow=2),
        Column("What they said", 24, grow=4),
        Column("What became of it", 18, grow=2),
    )
    header = ("record", "from", "on", "about", "comment", "outcome", "answer")
    file_name = "comments"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "only", "Waiting", id="comments.only", tooltip="Only those that wait for an answer, or all"),
    ]

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self.only = False

    def lines(self, found: Gathered) -> list[Comment]:
        return [one for one in found.comments if one.open or not self.only]

    def record(self, row: Comment) -> int | None:
        return row.rec.number

    def cells(self, row: Comment) -> Sequence[str | Text]:
        on = short(row.on, self.desk.today) if row.on else "–"
        became = row.outcome + (f": {row.answer}" if row.answer else "")
        return row.from_whom, on, row.about, row.text, Text(became, MISSING if row.open else "")

    def exported(self, row: Comment) -> Sequence[object]:
        return row.rec.number, row.from_whom, row.on, row.about, row.text, row.outcome, row.answer

    def says(self) -> str:
        waiting = sum(1 for one in self.rows if one.open)
        return f"{waiting} wait{'s' if waiting == 1 else ''} for an answer"

    def nothing(self) -> str:
        if self.kept_back():
            return f"{self.kept_back()}."
        return "Every comment has an answer." if self.only else "Nothing is written down yet.\n\nn  adds a comment"

    def choose(self, row: Comment) -> None:
        correct_in(self, self.ref, row.rec.number)

    def action_new(self) -> None:
        add_in(self, self.ref, COMMENT)

    def action_only(self) -> None:
        self.only = not self.only
        self.look_again()
