"""What is kept closest in a case: who read it, and the identity key with whoever may read that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.service.desk import Desk
from casereview.service.identities import (
    KINDS,
    WHO,
    Identity,
    add_identity,
    change_identity,
    dispose_of_key,
    identities,
    remove_identity,
    standing_to_key,
)
from casereview.service.record_reads import Read, reads
from casereview.service.registry import people
from casereview.text import shown
from tui.screens.asks import Answers, Ask, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import day
from tui.screens.page import Page
from tui.screens.rows import RowsPage
from tui.screens.sheet import TextScreen
from tui.screens.table import Column

PURPOSE = Ask("purpose", "What is it needed for?", "line", required=True, says="it is written down")
POSITION = Ask("position", "Or in which position are they?", "line", says="the next free made-up name is then taken")
REASON = Ask("reason", "Why is it taken out?", "line", required=True)
BASIS = Ask("reason", "On which decision?", "line", required=True, says="it is kept")
FOR_GOOD = "Every line of it goes, and every earlier version, for good. That it is gone, and on which decision, stays."


# ---- who read what ---------------------------------------------------------------------------------------------
def show_reads(page: Page, ref: str) -> None:
    page.app.push_screen(ReadsScreen(ref))


class ReadsScreen(RowsPage[Read]):
    heading = "Who read what"
    about = (
        "Everybody but its author who read a conversation, or the identity key: on which day, and for what where that "
        "was asked. Once for each person, thing and day. For the lead reviewers, the chair and the auditor."
    )
    columns = (
        Column("On", 12), Column("Who", 16, grow=1), Column("What", 18, grow=1), Column("No.", 5, right=True),
        Column("For what", 14, grow=2),
    )  # fmt: skip
    header = ("on", "who", "what", "number", "for what")
    file_name = "reads"

    def __init__(self, ref: str) -> None:
        super().__init__()
        self.ref = ref

    def case_in_hand(self) -> str:
        return self.ref

    def reader(self) -> Callable[[], list[Read]]:
        return partial(reads, self.desk, self.ref)

    def cells(self, row: Read) -> Sequence[str | Text]:
        return day(row.on), row.by_name, row.title, str(row.number or "–"), row.purpose or "–"

    def choose(self, row: Read) -> None:
        text = Text().append(f"{shown(row.by_name)}, {day(row.on)}\n", "bold")
        text.append(f"{shown(row.title)}{f', no. {row.number}' if row.number else ''}\n")
        self.app.push_screen(TextScreen(text.append(shown(row.purpose))))

    def nothing(self) -> str:
        return "Nothing that is kept closest has been read by anybody but its author."


# ---- the identity key ------------------------------------------------------------------------------------------
def show_identities(page: Page, ref: str) -> None:
    """Opens the key for whoever keeps it; asks the review team what for."""
    desk = page.desk

    def read(purpose: str) -> None:
        page.app.push_screen(IdentityScreen(ref, purpose, keeps=False))

    def may(standing: str) -> None:
        if standing == "keeps":
            page.app.push_screen(IdentityScreen(ref, "", keeps=True))
        elif standing:
            form = FormScreen(f"The identity key of {ref}", (PURPOSE,), _purpose(desk), keep_word="Read it")
            offer_form(page, form, read)
        else:
            page.app.notify(f"The identity key is for {WHO}.", severity="warning", markup=False)

    page.ask("key", lambda: standing_to_key(desk, ref), may)


def _purpose(desk: Desk) -> Callable[[Answers, int | None], str]:
    def submit(answers: Answers, seen: int | None) -> str:
        return str(typed([PURPOSE], answers, desk.today)["purpose"])

    return submit


class IdentityScreen(RowsPage[Identity]):
    heading = "Identity key"
    about = (
        "Who the made-up names stand for, and what else must never be in what is published. It is kept apart from the "
        "case: nothing here is in its records, journal, lists, reports or bundle. That it was read is written down. "
        "Enter changes a line or takes it out; n adds one."
    )
    columns = (
        Column("Kind", 14), Column("What", 18, grow=2), Column("Written as", 16, grow=1),
        Column("Also", 12, grow=1, from_width=90), Column("Person", 10, from_width=100),
    )  # fmt: skip
    header = ("kind", "what", "written as", "also", "person")
    file_name = "identity-key"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "dispose", "Dispose of it", id="identity.dispose", show=False,
                tooltip="The whole key, for good, on a recorded decision"),
    ]  # fmt: skip

    def __init__(self, ref: str, purpose: str, *, keeps: bool) -> None:
        super().__init__()
        self.ref, self.purpose, self.keeps = ref, purpose, keeps

    def case_in_hand(self) -> str:
        return self.ref

    def reader(self) -> Callable[[], list[Identity]]:
        return partial(identities, self.desk, self.ref, self.purpose)

    def cells(self, row: Identity) -> Sequence[str | Text]:
        return row.kind, row.text, row.stands_for or "–", "; ".join(row.variants) or "–", row.person or "–"

    def says(self) -> str:
        return f"of {self.ref}; that it is read is written down"

    def nothing(self) -> str:
        return "The identity key is empty.\n\nn adds a name, a date of birth, a place."

    def choose(self, row: Identity) -> None:
        keys = {"c": "change it", "w": "take it out"} if self.keeps else {}
        lines = Text().append(f"{row.kind}: {shown(row.text)}\n", "bold")
        lines.append(f"written as: {shown(row.stands_for) or '–'}\nalso: {shown('; '.join(row.variants)) or '–'}\n")

        def after(key: str | None) -> None:
            if key == "c":
                self._form(row)
            elif key == "w":
                self._remove(row)

        self.app.push_screen(TextScreen(lines, keys), after)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "export":
            return False  # it stays where its reading is written down
        return self.keeps if action in ("new", "dispose") else super().check_action(action, parameters)

    def action_export(self) -> None:
        self.app.notify("The identity key is not put into files.", severity="warning")

    def action_new(self) -> None:
        if self.keeps:
            self._form(None)

    def action_dispose(self) -> None:
        desk, ref = self.desk, self.ref

        def submit(answers: Answers, seen: int | None) -> Sequence[str]:
            dispose_of_key(desk, ref, typed([BASIS], answers, desk.today)["reason"])
            return (f"The identity key of {ref} is gone. Older backups still hold it.",)

        form: FormScreen[Sequence[str]] = FormScreen(
            f"Dispose of the identity key of {ref}", (BASIS,), submit, keep_word="Take it away", says=FOR_GOOD
        )
        offer_form(self, form, lambda says: self.kept(tuple(says)))

    def _form(self, old: Identity | None) -> None:
        desk, ref = self.desk, self.ref

        def shown_form(known: tuple[tuple[str, str], ...]) -> None:
            asks = _asks(old, known)

            def submit(answers: Answers, seen: int | None) -> Sequence[str]:
                given = typed(asks, answers, desk.today)
                also, kind, text = given.get("also", ""), given["kind"], given["text"]
                variants = also.splitlines() if isinstance(also, str) else tuple(also)
                written, person = given.get("for", ""), given.get("person", "")
                if old is None:
                    position = given.get("position", "")
                    made = add_identity(
                        desk, ref, kind, text, stands_for=written, variants=variants, person=person, position=position
                    )
                    written = f", written as {made.stands_for}" if made.stands_for else ""
                    return (f"Added to the identity key of {ref}{written}.",)
                change_identity(
                    desk, ref, old.key, kind=kind, text=text, stands_for=written, variants=variants, person=person
                )
                return (f"Changed in the identity key of {ref}.",)

            form: FormScreen[Sequence[str]] = FormScreen(f"The identity key of {ref}", asks, submit)
            offer_form(self, form, lambda says: self.kept(tuple(says)))

        self.ask("people", lambda: tuple((p.name, p.id) for p in people(desk) if not p.left), shown_form)

    def _remove(self, row: Identity) -> None:
        desk, ref = self.desk, self.ref

        def submit(answers: Answers, seen: int | None) -> Sequence[str]:
            remove_identity(desk, ref, row.key, typed([REASON], answers, desk.today)["reason"])
            return (f"Taken out of the identity key of {ref}.",)

        form: FormScreen[Sequence[str]] = FormScreen(f"Out of the identity key of {ref}", (REASON,), submit)
        offer_form(self, form, lambda says: self.kept(tuple(says)))


def _asks(old: Identity | None, known: tuple[tuple[str, str], ...]) -> tuple[Ask, ...]:
    kinds = tuple((kind, kind) for kind in KINDS)
    also = "\n".join(old.variants) if old else ""
    return (
        Ask("kind", "What is it?", "choice", required=True, options=kinds, start=old.kind if old else "name"),
        Ask("text", "What must never be in what is published?", "line", required=True, start=old.text if old else ""),
        Ask("for", "What is written instead?", "line", start=old.stands_for if old else "",
            says="such as Child E or Health Visitor 1"),
        *(() if old else (POSITION,)),
        Ask("also", "How else is it said or spelt? One to a line", "lines", start=also),
        Ask("person", "Who is it, if they are known here?", "choice", options=known,
            start=old.person if old else "", says="they may then read what was said with them"),
    )  # fmt: skip
