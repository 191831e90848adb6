"""Learning packs on the screen: what other boards sent, taking one in, sending one once it is looked through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.errors import CaseReviewError
from casereview.method.lines import counted
from casereview.service.learning import board_kept
from casereview.service.learning_packs import Received, Taken, packs, remove, take
from casereview.service.learning_sending import Asked, Leaving, prepare, send
from casereview.text import parse_ref, shown
from tui.commands.packs import leaving_text, pack_text, taken_text
from tui.screens.asks import Answers, Ask, Pairs, typed
from tui.screens.doing import sure
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import QUIET, data, day
from tui.screens.page import Offer, Page
from tui.screens.paths import new, there
from tui.screens.picking import Choice, PickScreen
from tui.screens.rows import RowsPage
from tui.screens.sheet import TextScreen
from tui.screens.table import Column

TRY, DO = "try", "do"
IN: Pairs = (("only check it: nothing is kept", TRY), ("keep it", DO))
OUT: Pairs = (("only look through it: nothing is written", TRY), ("write it", DO))
READ_IT = "No scan sees everything: read the file before you send it."


def show_packs(page: Page) -> None:
    page.app.push_screen(PacksScreen())


class PacksScreen(RowsPage[Received]):
    heading = "Learning packs"
    about = (
        "What other boards found, answered, tried and saw change, beside our own and always told apart. Nobody is in "
        "a pack. n takes one in, s sends one of our own, x takes one out with a reason. A hash shows that nothing was "
        "changed only to somebody who got it by another way than the file: let it be read out."
    )
    columns = (
        Column("Pack", 11),
        Column("Board", 18, grow=2),
        Column("Made", 8),
        Column("Received", 11),
        Column("Reviews", 8, right=True),
        Column("Findings", 9, right=True),
        Column("How to reach them", 18, grow=3),
    )
    header = ("pack", "board", "made", "received", "reviews", "findings", "contact", "hash", "seal")
    file_name = "packs"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "send", "Send", id="packs.send", tooltip="Write a pack of chosen reviews, looked through first"),
        Binding("x", "out", "Take out", id="packs.out", tooltip="Take the pack out of what is looked at"),
    ]  # fmt: skip

    def reader(self) -> Callable[[], list[Received]]:
        return partial(packs, self.desk)

    def cells(self, row: Received) -> Sequence[str | Text]:
        return (row.key, row.board, row.made, day(row.received_on), str(row.reviews), str(row.findings),
                Text(shown(row.contact), QUIET))  # fmt: skip

    def exported(self, row: Received) -> Sequence[object]:
        return (row.key, row.board, row.made, row.received_on, row.reviews, row.findings, row.contact, row.hash,
                row.seal)  # fmt: skip

    def says(self) -> str:
        return "of other boards · enter: what is in it"

    def nothing(self) -> str:
        return "No pack of another board is kept here.\n\nn takes one in; s sends one of our own."

    def choose(self, row: Received) -> None:
        choices = [Choice("read", "What is in it"), Choice("findings", "Its findings", "in full, and similar ones"),
                   Choice("out", "Take it out", "with a reason")]  # fmt: skip

        def chosen(name: str | None) -> None:
            if name == "read":
                self.app.push_screen(TextScreen(data(pack_text(row), lines=True), wide=True))
            elif name == "findings":
                from tui.screens.pool import FindingsScreen

                keys = {f"{row.key}/{at}#{n}" for at, review in enumerate(row.pack["reviews"], 1)
                        for n in range(1, len(review["findings"]) + 1)}  # fmt: skip
                self.app.push_screen(FindingsScreen(frozenset(keys), row.board))
            elif name == "out":
                self._take_out(row)

        self.app.push_screen(PickScreen(f"{row.key}  {shown(row.board, width=60)}", choices), chosen)

    def action_new(self) -> None:
        ask_pack_in(self)

    def action_send(self) -> None:
        ask_pack_out(self)

    def action_out(self) -> None:
        row = self.table.row()
        if row is not None:
            self._take_out(row)

    def _take_out(self, row: Received) -> None:
        desk = self.desk
        asks = (Ask("reason", "Why is it taken out?", "long", True, says="it stays in the journal"),)

        def submit(answers: Answers, seen: int | None) -> Received:
            return remove(desk, row.key, typed(asks, answers, desk.today)["reason"])

        form = FormScreen(f"Take out {row.key}", asks, submit)
        offer_form(self, form, lambda one: self.kept((f"{one.key} is taken out.",)))

    def offers(self) -> Iterator[Offer]:
        yield from super().offers()
        yield Offer("Send a pack", "Of chosen reviews, looked through first", self.action_send)


# ---- in ---------------------------------------------------------------------------------------------------------
def ask_pack_in(page: Page, start: Answers | None = None) -> None:
    desk, began = page.desk, start or {}
    asks = (
        Ask("file", "Which file?", required=True, start=began.get("file")),
        Ask("secret", "The word you both know, for its seal", start=began.get("secret"), says="if there is one"),
        Ask("what", "What is to be done?", "choice", True, IN, start=TRY),
    )

    def submit(answers: Answers, seen: int | None) -> Taken:
        given = typed(asks, answers, desk.today)
        path = there(given["file"], "file")
        return take(desk, path, dry_run=given["what"] == TRY, secret=given.get("secret", ""))

    def told(taken: Taken) -> None:
        if not taken.dry_run:
            page.kept(())
        page.app.push_screen(TextScreen(data(taken_text(taken), lines=True)))

    says = "It is checked to the last letter, kept beside our own findings, and told apart from them for ever."
    offer_form(page, FormScreen("Take a learning pack in", asks, submit, keep_word="Begin", says=says), told)


# ---- out --------------------------------------------------------------------------------------------------------
def ask_pack_out(page: Page, start: Answers | None = None) -> None:
    desk = page.desk
    page.ask("board", lambda: board_kept(desk), lambda board: _ask_out(page, board, start or {}))


def _ask_out(page: Page, board: tuple[str, str], began: Answers) -> None:
    desk = page.desk
    asks = (
        Ask("cases", "Which reviews?", required=True, start=began.get("cases") or page.case_in_hand(),
            says="references with spaces between them"),
        Ask("name", "Your board's name", required=True, start=began.get("name") or board[0]),
        Ask("contact", "How other boards reach you", required=True, start=began.get("contact") or board[1],
            says="an office, not a person"),
        Ask("without", "Which findings stay at home?", start=began.get("without"), says="such as LT-2024-7K3QX#12"),
        Ask("vaguer", "Say days and months in texts in a vaguer way?", "yes-no", start=began.get("vaguer") or "no"),
        Ask("secret", "A word you both know, for a seal", start=began.get("secret"), says="if you agreed one"),
        Ask("file", "Into which new file?", required=True, start=began.get("file") or f"learning-{desk.today}.json"),
        Ask("what", "What is to be done?", "choice", True, OUT, start=began.get("what") or TRY),
    )  # fmt: skip

    def submit(answers: Answers, seen: int | None) -> tuple[Answers, Leaving, bool]:
        given = typed(asks, answers, desk.today)
        refs = tuple(parse_ref(ref) for ref in given["cases"].replace(",", " ").split())
        without = tuple(given.get("without", "").replace(",", " ").split())
        asked = Asked(refs, given["name"], given["contact"], without, given.get("vaguer", False),
                      given.get("secret", ""))  # fmt: skip
        path = new(given["file"], "file")
        made = prepare(desk, asked)
        if given["what"] == TRY or made.blocked or made.to_look_at:
            return answers, made, False
        return answers, send(desk, asked, path), True

    form = FormScreen("Send a learning pack", asks, submit, keep_word="Begin",
                      says="Every text is looked through first; nobody may be in it. " + READ_IT)  # fmt: skip
    offer_form(page, form, lambda done: _sent(page, *done))


def _sent(page: Page, answers: Answers, made: Leaving, written: bool) -> None:
    """What was found; and where only a person's word is missing, the question for it."""
    if written:
        says = f"{counted(made.findings, 'finding')} in {answers['file']}.\nHash: {made.pack['hash']}\n{READ_IT}"
        page.app.push_screen(TextScreen(data(says, lines=True)))
        return
    text = data(leaving_text(made), lines=True)
    keys = {"w": "it may go: write it", "a": "change what is sent"}
    if made.blocked or not made.findings:
        keys.pop("w")

    def pressed(key: str | None) -> None:
        if key == "a":
            ask_pack_out(page, answers)
        elif key == "w":
            question = "Has somebody looked at everything that may point to a person?"
            sure(page, question, lambda: _write(page, answers), READ_IT)

    page.app.push_screen(TextScreen(text, keys, wide=True), pressed)


def _write(page: Page, answers: Answers) -> None:
    desk = page.desk
    refs = tuple(parse_ref(ref) for ref in str(answers["cases"]).replace(",", " ").split())
    without = tuple(str(answers.get("without") or "").replace(",", " ").split())
    vaguer = answers.get("vaguer") in ("yes", True)
    asked = Asked(refs, answers["name"], answers["contact"], without, vaguer, str(answers.get("secret") or ""))

    def done(made: Leaving) -> None:
        _sent(page, answers, made, True)

    def failed(error: CaseReviewError) -> None:
        page.app.push_screen(TextScreen(data(str(error), lines=True)))

    page.ask("send", lambda: send(desk, asked, str(answers["file"]), looked=True), done, failed=failed)
