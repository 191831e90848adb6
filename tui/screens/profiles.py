"""Timescale profiles on the screen: what is adopted, what could be, and the clocks their figures come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.profiles import Adopted, Adoption
from casereview.service.desk import Desk
from casereview.service.profiles import adopt, adopted, withdraw
from casereview.service.registry import teams
from tui.screens.asks import Answers, Ask, Pairs, typed
from tui.screens.flows import faults_text
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import QUIET, data, day
from tui.screens.page import Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.rows import RowsPage
from tui.screens.sheet import TextScreen
from tui.screens.table import Column
from workflows.errors import WorkflowError
from workflows.profile import Profile, unchecked
from workflows.profile_shown import show, span
from workflows.profiles import FOLDER, Profiles


def show_profiles(page: Page) -> None:
    page.app.push_screen(ProfilesScreen())


@dataclass(frozen=True, slots=True)
class Line:
    """A profile adopted by somebody, kept for cases only, or a file that could be adopted (`profile`)."""

    label: str
    title: str
    whose: str
    since: str
    until: str
    in_force: bool
    kept: Adopted | None = None
    adoption: Adoption | None = None
    profile: Profile | None = None


class ProfilesScreen(RowsPage[Line]):
    heading = "Timescale profiles"
    about = (
        "The edition of guidance and the figures you work by, laid over a workflow. A case keeps the profile it "
        "started under; moving one is a decision of its own, made on the case. Enter reads one, adopts it or "
        "withdraws it. The files that come with casereview are examples: how far each figure can be relied on stands "
        "beside it. n adopts a file, k checks one."
    )
    columns = (
        Column("Profile", 26, grow=1),
        Column("Title", 20, grow=2),
        Column("For", 14, grow=1),
        Column("From", 12),
        Column("To", 12),
        Column("In force", 9),
    )
    header = ("profile", "title", "for", "from", "to", "in force")
    file_name = "profiles"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "check", "Check a file", id="profiles.check", tooltip="Every fault of a profile file at once"),
    ]

    def reader(self) -> Callable[[], list[Line]]:
        return partial(_lines, self.desk, self.files)

    @property
    def files(self) -> Profiles:
        return Profiles(self.desk.catalogue, self.house.own_workflows)

    def cells(self, row: Line) -> Sequence[str | Text]:
        force = "yes" if row.in_force else ""
        whose: str | Text = row.whose if row.kept is not None else Text(row.whose, QUIET)
        return row.label, row.title, whose, row.since, row.until, force

    def says(self) -> str:
        own = self.house.own_workflows
        own = own / FOLDER if own else None
        return f"enter reads one{f' · your own go into {own}' if own else ''}"

    def nothing(self) -> str:
        return "There is no profile yet.\n\nn adopts one from a file."

    def choose(self, row: Line) -> None:
        choices = [Choice("read", "Read it", "exemptions and times, each with its source")]
        choices += [Choice("adopt", "Adopt it", "for everyone, or for a team")]
        if row.adoption is not None and row.kept is not None:
            choices += [Choice("withdraw", "Withdraw it", "nothing more starts under it")]
        choices += [Choice("story", "Its story", "who adopted it, and when")] if row.kept is not None else []

        def chosen(what: str | None) -> None:
            if what == "read":
                self.app.push_screen(TextScreen(data(show(_profile(row)), lines=True), wide=True))
            elif what == "adopt":
                self._adopt(_profile(row))
            elif what == "withdraw":
                self._withdraw(row)
            elif what == "story":
                self.app.push_screen(TextScreen(_story(row), wide=True))

        self.app.push_screen(PickScreen(f"{row.title}  {row.label}", choices), chosen)

    # ---- adopting ----------------------------------------------------------------------------------------------
    def action_new(self) -> None:
        ask = Ask("file", "Which file?", required=True, says="the path of a profile, or the name of an example")
        files = self.files

        def submit(answers: Answers, seen: int | None) -> Profile:
            return files.find(typed([ask], answers, self.desk.today)["file"])

        offer_form(self, FormScreen("Adopt a profile", [ask], submit, keep_word="Go on"), self._adopt)

    def _adopt(self, profile: Profile) -> None:
        desk = self.desk
        self.ask("teams", lambda: tuple((t.name, t.id) for t in teams(desk)), partial(self._ask_days, profile))

    def _ask_days(self, profile: Profile, known: Pairs) -> None:
        desk = self.desk
        asks = (
            Ask("team", "Only for one team?", "choice", options=known, says="everyone when left empty"),
            Ask("since", "From which day?", "date", says=f"as valid when left empty: {_valid(profile)}"),
            Ask("until", "To which day?", "date", says="the last day; as valid when left empty"),
            Ask("note", "Who decided it, and where is that written?"),
        )

        def submit(answers: Answers, seen: int | None) -> Adopted:
            return adopt(desk, profile, **typed(asks, answers, desk.today))

        form = FormScreen(f"Adopt {profile.title} ({profile.label})", asks, submit, keep_word="Adopt it")

        def tell(kept: Adopted) -> None:
            unsure = [f"Not checked, look it up: {one}" for one in unchecked(profile)]
            self.kept((f"{kept.label} is adopted {kept.acts[-1].text}.", *unsure))

        offer_form(self, form, tell)

    def _withdraw(self, row: Line) -> None:
        desk, adoption = self.desk, row.adoption
        assert adoption is not None
        asks = (
            Ask("on", "From which day on?", "date", says="today when left empty"),
            Ask("reason", "Why?", "long", required=True),
        )

        def submit(answers: Answers, seen: int | None) -> Adopted:
            given: dict[str, Any] = typed(asks, answers, desk.today)
            return withdraw(desk, row.label, team=adoption.team, **given)

        form = FormScreen(f"Withdraw {row.label} for {row.whose}", asks, submit, keep_word="Withdraw it")
        offer_form(self, form, lambda kept: self.kept((f"{kept.label} is withdrawn {kept.acts[-1].text}.",)))

    # ---- checking ----------------------------------------------------------------------------------------------
    def action_check(self) -> None:
        ask = Ask("file", "Which file?", required=True, says="the path of a profile, such as ours.toml")
        files = self.files

        def submit(answers: Answers, seen: int | None) -> Text:
            path = typed([ask], answers, self.desk.today)["file"]
            return faults_text(path, files.load(Path(path).expanduser())[1])

        def tell(found: Text) -> None:
            self.app.push_screen(TextScreen(found, wide=True))

        offer_form(self, FormScreen("Check a profile file", [ask], submit, keep_word="Check"), tell)


def _lines(desk: Desk, files: Profiles) -> list[Line]:
    """What is kept here first, each time it was adopted on a line of its own; then the files that could be."""
    kept, names = adopted(desk), {team.id: team.name for team in teams(desk)}
    lines = [_adopted_line(one, a, names, desk.today) for one in kept for a in one.adoptions]
    lines += [Line(one.label, one.title, "nobody here", "", "", False, one) for one in kept if not one.adoptions]
    taken = {one.hash for one in kept}
    for profile in files.usable():
        if profile.hash not in taken:
            first, last = profile.valid_from, profile.valid_to
            lines.append(Line(profile.label, profile.title, "an example, or your own file", day(first) if first else "",
                              day(last) if last else "", False, profile=profile))  # fmt: skip
    return lines


def _adopted_line(one: Adopted, adoption: Adoption, names: dict[str, str], today: date) -> Line:
    whose = names.get(adoption.team, adoption.team) if adoption.team else "everyone"
    force = adoption.holds(adoption.team, today) and one.valid_during(today, today)
    until = day(adoption.until) if adoption.until else ""
    return Line(one.label, one.title, whose, day(adoption.since), until, force, one, adoption)


def _profile(row: Line) -> Profile:
    from casereview.service.definitions import read_profile

    if row.profile is not None:
        return row.profile
    if row.kept is None:  # every line is one or the other
        raise WorkflowError("There is no such profile.")
    return read_profile(row.kept.text, row.kept.hash)


def _valid(profile: Profile) -> str:
    return span(profile.valid_from, profile.valid_to)


def _story(row: Line) -> Text:
    text = Text().append(f"{row.title}  {row.label}\n\n", "bold")
    for act in row.kept.acts if row.kept else ():
        text.append(f"{day(act.on)}  ", QUIET).append_text(data(f"{act.act} {act.text}\n"))
    return text
