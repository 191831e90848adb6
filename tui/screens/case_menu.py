"""What hangs on a case screen: the menu of all acts, its children, its dates explained, and the case as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from casereview.service.dates import DateStory, explain_dates
from casereview.service.reading import CaseView
from casereview.text import shown
from tui.screens.acts import open_acts
from tui.screens.asks import Answers, Ask, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import QUIET, day
from tui.screens.picking import Choice, PickScreen
from tui.screens.sheet import TextScreen

if TYPE_CHECKING:
    from tui.screens.case import CaseScreen

HOW = (("what was written down by then", "recorded"), ("what had happened by then", "happened"))


def show_menu(screen: CaseScreen) -> None:
    """Every act that makes sense on the case now, with its key."""
    view = screen.view
    if view is None:
        return
    choices = [Choice("record", "Add a record", "r")]
    choices += [Choice(act.name, act.label, f"{act.key}  {act.says}".strip()) for act in open_acts(view)]

    def chosen(name: str | None) -> None:
        if name == "record":
            screen.action_record()
        elif name is not None:
            screen.action_act(name)

    screen.app.push_screen(PickScreen(f"What is to be done?  {view.case.ref}", choices), chosen)


def choose_child(screen: CaseScreen, view: CaseView) -> None:
    children = view.case.children
    if not children:
        screen.app.notify("No child is linked to this case yet. l links one.")
    elif len(children) == 1:
        screen.house.open_journey(children[0])
    else:

        def chosen(child: str | None) -> None:
            if child is not None:
                screen.house.open_journey(child)

        screen.app.push_screen(PickScreen("Whose journey?", [Choice(c, c) for c in children]), chosen)


def explain(screen: CaseScreen) -> None:
    """Every date of the case: how it was counted, with each day that was skipped and why."""
    desk, ref = screen.desk, screen.ref

    def tell(stories: list[DateStory]) -> None:
        text = Text().append(f"Where the dates of {ref} come from\n", "bold")
        for story in stories:
            text.append_text(_told(story))
        if not stories:
            text.append("\nNo date is set or worked out on this case yet.")
        screen.app.push_screen(TextScreen(text, wide=True))

    screen.ask("dates", lambda: explain_dates(desk, ref), tell)


def _told(story: DateStory) -> Text:
    text = Text().append(f"\n{day(story.date)}  ", "bold").append(f"{story.what}: {shown(story.title)}\n")
    if story.counted is not None:
        counted = story.counted
        text.append(f"  {counted.amount} {counted.unit} from {day(counted.start)}\n", QUIET)
        skipped = [f"{day(s.date)} ({s.why})" for s in counted.skipped]
        if skipped:
            text.append(f"  not counted: {shown(', '.join(skipped))}\n", QUIET)
    if story.says:
        text.append(f"  {shown(story.says)}\n", QUIET)
    return text


def look_back(screen: CaseScreen) -> None:
    """The case as it was known at the end of a day."""
    from tui.screens.case import CaseScreen as Screen

    asks = (
        Ask("day", "As it was at the end of which day?", "date", required=True),
        Ask("how", "By what?", "choice", options=HOW, says="as is usual for its kind when left empty"),
    )

    def submit(answers: Answers, seen: int | None) -> Answers:
        return typed(asks, answers, screen.desk.today)

    form = FormScreen("Look back", asks, submit, keep_word="Look")

    def look(given: Answers) -> None:
        happened = {"recorded": False, "happened": True}.get(given.get("how", ""))
        screen.app.push_screen(Screen(screen.ref, given["day"], as_happened=happened))

    offer_form(screen, form, look)
