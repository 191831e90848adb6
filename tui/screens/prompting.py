"""Prompts of a review on the screen: what the method asks, to be answered, kept or silenced; and the four features."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.method.lines import Say
from casereview.method.prompts import Prompt
from casereview.method.prompts_said import ABOUT, features_said, prompt_said, title_of
from casereview.service.desk import Done
from casereview.service.method import Thinking, answer_prompt, thinking
from casereview.text import shown
from tui.commands.prompts import COLUMNS, prompt_json
from tui.screens.asks import Answers, Ask, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import MISSING, QUIET
from tui.screens.page import Offer, Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.review_rows import ReviewRows, correct_in
from tui.screens.said import SaidPage
from tui.screens.table import Column

ANSWERS = (
    Choice("answered", "Answer it", "what was thought of it", key="a"),
    Choice("kept", "Keep the words as they are", "they say what is meant, or are somebody's own", key="k"),
    Choice("silenced", "Have it silent", "it does not fit here", key="s"),
)
WIDE = 400  # characters of what was noticed, over the answers
TO_RECORD = Choice("record", "Go to the record it is about", "to put it in other words", key="r")


def show_prompts(page: Page, ref: str) -> None:
    page.app.push_screen(PromptsScreen(ref))


class PromptsScreen(ReviewRows[Prompt]):
    heading = "Prompts"
    about = (
        f"{ABOUT} They are for those who do the review, and are no figures about anybody's work. Enter answers one, "
        "keeps its words or has it silent; c goes to the record it is about. f shows the four features with what "
        "supports each."
    )
    columns = (
        Column("Asked", 18, grow=1),
        Column("No.", 5, right=True),
        Column("What was noticed", 24, grow=4),
        Column("Question offered", 20, grow=3, from_width=100),
        Column("Stands", 9),
    )
    header = COLUMNS
    file_name = "prompts"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "features", "Features", id="prompts.features", tooltip="The four features and their support"),
        Binding("a", "everything", "All", id="prompts.all", tooltip="Also those answered, kept or silenced"),
    ]

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self.everything = False

    def reader(self) -> Callable[[], list[Prompt]]:
        def read() -> list[Prompt]:
            found = thinking(self.desk, self.ref).prompts
            return [one for one in found if self.everything or one.open]

        return read

    def record(self, row: Prompt) -> int | None:
        return row.number

    def cells(self, row: Prompt) -> Sequence[str | Text]:
        stands = Text(row.answer.outcome, QUIET) if row.answer else Text("again" if row.before else "open", MISSING)
        number = str(row.number) if row.number is not None else ""
        return title_of(row).partition(" (no.")[0], number, row.says, row.asks, stands

    def exported(self, row: Prompt) -> Sequence[object]:
        data = prompt_json(self.ref, row)
        return [data[name] for name in COLUMNS]

    def says(self) -> str:
        return "enter: answer, keep or silence it" + (" · answered ones too" if self.everything else "")

    def nothing(self) -> str:
        return "Nothing is asked now.\n\nf shows the four features; a shows what was answered, kept or silenced."

    def choose(self, row: Prompt) -> None:
        choices = [*ANSWERS, *([TO_RECORD] if row.number is not None else [])]

        def chosen(outcome: str | None) -> None:
            if outcome == "record" and row.number is not None:
                correct_in(self, self.ref, row.number)
            elif outcome is not None:
                self._answer(row, outcome)

        self.app.push_screen(PickScreen(shown(f"{row.says}  {row.asks}", width=WIDE), choices), chosen)

    def _answer(self, row: Prompt, outcome: str) -> None:
        desk, ref = self.desk, self.ref
        ask = Ask("reason", "Why, in a line?", "long", required=True)

        def submit(answers: Answers, seen: int | None) -> Done:
            return answer_prompt(desk, ref, row.id, outcome, typed([ask], answers, desk.today)["reason"])

        says = Text()
        for one in prompt_said(row, with_title=False):
            says.append(f"{shown(one.text, one_line=False)}\n", "" if one.look == "text" else QUIET)
        form: FormScreen[Done] = FormScreen(f"{outcome.capitalize()}: {title_of(row)}", (ask,), submit, says=says)
        offer_form(self, form, lambda done: self.kept(done.says))

    def action_features(self) -> None:
        self.app.push_screen(FeaturesScreen(self.ref))

    def action_everything(self) -> None:
        self.everything = not self.everything
        self.look_again()

    def offers(self) -> Iterator[Offer]:
        yield from super().offers()
        yield Offer("The four features", "With what supports each, and what is asked", self.action_features)
        yield Offer("All prompts", "Also those answered, kept or silenced", self.action_everything)


class FeaturesScreen(SaidPage):
    heading = "The four features"
    about = (
        "What makes an approach a systems approach: the person in context; why, and not only what; this case or wider; "
        "reliable and valid. Under each stands what this review holds for it, in plain counts, and what is still asked."
    )

    def read(self) -> Any:
        return thinking(self.desk, self.ref)

    def found(self, also: Any) -> None:
        self.thinking: Thinking = also

    def said(self) -> Iterable[Say]:
        return features_said(self.thinking.features)
