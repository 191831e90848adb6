"""What a review gathers, list by list: agencies to chase, people spoken with, meetings, comments to answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.method.agencies import BEHIND, CHASE, OPEN, RETURN, Agency, Asked, to_chase
from casereview.method.conversations import CONVERSATION, PARTICIPANT, TURNING, Person, Talk, counted
from casereview.method.gathering_said import talk_said
from casereview.method.lines import Say, laid_out
from casereview.service.gathering import Gathered, conversation, gathered
from casereview.service.identities import next_pseudonym
from tui.screens.asks import Answers, Ask, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import MISSING, QUIET, short
from tui.screens.page import Page
from tui.screens.review_rows import R, ReviewRows, add_in, correct_in
from tui.screens.sheet import TextScreen
from tui.screens.table import Column

Line = tuple[Agency, Asked | None]


def show_agencies(page: Page, ref: str) -> None:
    page.app.push_screen(AgenciesScreen(ref))


def show_conversations(page: Page, ref: str) -> None:
    page.app.push_screen(ConversationsScreen(ref))


def sheet(page: Page, said: Iterable[Say]) -> TextScreen:
    """A page of text over the screen, as wide as the window."""
    from tui.screens.said import WIDEST, styled

    width = min(max(page.app.size.width - 10, 30), WIDEST)
    return TextScreen(styled(laid_out(said, width)), wide=True, hang=False)


class GatheredRows(ReviewRows[R]):
    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self.found: Gathered | None = None

    behind: ClassVar[tuple[str, ...]] = ()  # kinds of record that what is listed is from

    def lines(self, found: Gathered) -> list[R]:
        raise NotImplementedError

    def kept_back(self) -> str:
        """What is kept to others is said to be, and never to be missing."""
        return self.found.review.kept(*self.behind) if self.found else ""

    def reader(self) -> Callable[[], list[R]]:
        desk, ref = self.desk, self.ref

        def read() -> list[R]:
            self.found = gathered(desk, ref)
            return self.lines(self.found)

        return read


class AgenciesScreen(GatheredRows[Line]):
    heading = "Agencies"
    behind = BEHIND
    about = (
        "What each agency was asked for, and what came: late ones first, then those that wait longest. A gap is a fact "
        "about what can be known, and nobody's fault. n writes down something asked of the agency under the cursor; "
        "h that it was asked again; c corrects it when it comes; x leaves only what is still to come; e writes the "
        "list out, to print or send."
    )
    columns = (
        Column("Agency", 16, grow=2),
        Column("Asked for", 18, grow=3),
        Column("Stands", 18),
        Column("Asked", 9),
        Column("Waits", 9),
        Column("By", 9),
        Column("Again", 6, from_width=100),
        Column("Missing", 14, grow=2, from_width=120),
    )
    header = (
        "agency", "asked for", "stands", "of whom", "asked on", "calendar days", "hoped or promised by", "asked again",
        "received on", "missing", "record",
    )  # fmt: skip
    file_name = "agencies"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "chase", "Asked again", id="agencies.chase", tooltip="Write down that it was asked for again"),
        Binding("x", "only", "To come", id="agencies.only", tooltip="Only what is still to come, or everything"),
    ]

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self.only = False

    def lines(self, found: Gathered) -> list[Line]:
        open_first = list(to_chase(found.agencies, found.day))
        if self.only:
            return open_first
        rest: list[Line] = [(a, one) for a in found.agencies for one in a.asked if one.state not in OPEN]
        there = {agency.name for agency, _ in (*open_first, *rest)}
        return [*open_first, *rest, *((a, None) for a in found.agencies if a.name not in there)]

    def record(self, row: Line) -> int | None:
        return row[1].rec.number if row[1] else None

    def cells(self, row: Line) -> Sequence[str | Text]:
        (agency, one), today = row, self.desk.today
        if one is None:
            return agency.name, Text("nothing asked yet", QUIET), "–", "–", "–", "–", "–", "–"
        by = one.promised_on or one.hoped_by
        style = MISSING if one.late(today) else ""
        return (
            agency.name, "; ".join(one.what), Text(one.state, style), short(one.asked_on, today),
            f"{one.waits} days" if one.state in OPEN else "–", Text(short(by, today) if by else "–", style),
            str(len(one.chased)) if one.chased else "–", "; ".join(one.gaps) or "–",
        )  # fmt: skip

    def exported(self, row: Line) -> Sequence[object]:
        agency, one = row
        if one is None:
            return agency.name, "nothing asked yet", "", "", None, "", None, 0, None, "", ""
        return (
            agency.name, "; ".join(one.what), one.state, one.rec.text("contact"), one.asked_on,
            one.waits if one.state in OPEN else "", one.promised_on or one.hoped_by, len(one.chased), one.received_on,
            "; ".join(one.gaps), one.rec.number,
        )  # fmt: skip

    def says(self) -> str:
        coming = sum(1 for _, one in self.rows if one is not None and one.state in OPEN)
        kept = f" · {self.kept_back()}" if self.kept_back() else ""
        return f"{coming} still to come" + (" · only these" if self.only else "") + kept

    def nothing(self) -> str:
        if self.kept_back():
            return f"{self.kept_back()}."
        if self.only:
            return "Nothing that was asked for is still to come.\n\nx  shows everything"
        return "No agency is named yet.\n\nThe scope of the review lists those that take part.\n\nn  asks one"

    def choose(self, row: Line) -> None:
        if row[1] is not None:
            correct_in(self, self.ref, row[1].rec.number)
        else:
            self.action_new()

    def action_new(self) -> None:
        row = self.table.row() if self.listed else None
        add_in(self, self.ref, RETURN, {"agency": row[0].name} if row else None)

    def action_chase(self) -> None:
        row = self.table.row() if self.listed else None
        if row is not None and row[1] is not None:
            add_in(self, self.ref, CHASE, {"return": row[1].rec.number, "on": self.desk.today.isoformat()})
        else:
            self.app.notify("Nothing was asked of it yet: n asks.")

    def action_only(self) -> None:
        self.only = not self.only
        self.look_again()


class ConversationsScreen(GatheredRows[Person]):
    heading = "Conversations"
    behind = (PARTICIPANT, CONVERSATION)
    about = (
        "Everyone who worked with the family and is listed, and what became of asking them. Not wishing to speak, not "
        "being able to, or being advised to wait are answers, and are counted against nobody. Enter reads what was "
        "said, part by part, and that you read it is written down; v begins a conversation with the person under the "
        "cursor; t adds one of its turning points; n lists somebody else."
    )
    columns = (
        Column("Who", 18, grow=2),
        Column("Agency", 14, grow=2),
        Column("Stands", 16),
        Column("Told what it is", 15, from_width=100),
        Column("Support", 14, grow=1, from_width=100),
        Column("Agreed the note", 15),
    )
    header = ("record", "who", "role", "agency", "stands", "invited on", "told on", "support", "agreed the note")
    file_name = "conversations"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "talk", "Conversation", id="talks.talk", tooltip="Write down a conversation with this person"),
        Binding("t", "moment", "Turning point", id="talks.moment", tooltip="One of the conversation's turning points"),
    ]

    def lines(self, found: Gathered) -> list[Person]:
        return list(found.people)

    def record(self, row: Person) -> int | None:
        return row.rec.number

    def cells(self, row: Person) -> Sequence[str | Text]:
        today = self.desk.today
        agreed = {None: "–", True: "yes", False: "not yet"}[row.read_back]
        told = short(row.told_on, today) if row.told_on else "not yet"
        return row.name, row.agency, Text(row.state, QUIET if row.respected else ""), told, row.support or "–", agreed

    def exported(self, row: Person) -> Sequence[object]:
        return (
            row.rec.number, row.name, row.role, row.agency, row.state, row.invited_on, row.told_on, row.support,
            row.read_back,
        )  # fmt: skip

    def says(self) -> str:
        return counted(self.rows) if self.rows or not self.kept_back() else ""

    def nothing(self) -> str:
        if self.kept_back():
            return f"{self.kept_back()}."
        return "Nobody is listed yet.\n\nn  lists somebody by position, never by name"

    def choose(self, row: Person) -> None:
        if not row.talks:
            self.action_talk()
            return
        desk, ref, numbers = self.desk, self.ref, [talk.number for talk in row.talks]
        self.ask("talk", lambda: [conversation(desk, ref, number) for number in numbers], self._show_talks)

    def _show_talks(self, talks: list[Talk]) -> None:
        said = [line for talk in talks for line in (*talk_said(talk), Say(""))]
        self.app.push_screen(sheet(self, said))

    def action_new(self) -> None:
        """Asks the position first: the next free made-up name then stands in the form already."""
        desk, ref, known = self.desk, self.ref, [person.role for person in self.rows]
        position = Ask("position", "In which position?", "line", required=True, says="such as health visitor")

        def submit(answers: Answers, seen: int | None) -> dict[str, str]:
            role = str(typed([position], answers, desk.today)["position"])
            return {"role": role, "pseudonym": next_pseudonym(desk, ref, role)}

        says = f"Listed so far: {', '.join(dict.fromkeys(known))}" if known else "By position, never by name."
        form = FormScreen(f"Somebody else: {ref}", (position,), submit, says=says, keep_word="Go on")
        offer_form(self, form, lambda start: add_in(self, ref, PARTICIPANT, start))

    def action_talk(self) -> None:
        row = self.table.row() if self.listed else None
        if row is not None:
            add_in(self, self.ref, CONVERSATION, {"participant": row.rec.number})

    def action_moment(self) -> None:
        row = self.table.row() if self.listed else None
        if row is not None and row.talks:
            add_in(self, self.ref, TURNING, {"conversation": row.talks[-1].number})
        else:
            self.app.notify("There is no conversation with them yet: v begins one.")
