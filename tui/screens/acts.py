"""The acts on a case, in one table: what each is called on the command line, its key, and what it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from casereview import commands as c
from casereview.events import CONTACT_KINDS, EXCEPTION_CODES
from casereview.service.reading import CaseView
from tui.screens import act_asks as a
from tui.screens import reviewing as r
from tui.screens.asks import Ask, Known, pairs
from tui.screens.picking import Choice


@dataclass(frozen=True, slots=True)
class Pick:
    """What is chosen before the form; it goes to the command's parameter `name`."""

    name: str
    title: str
    choices: Callable[[CaseView, Known], list[Choice]]


@dataclass(frozen=True, slots=True)
class Act:
    """name: as on the command line · fixed: what the command always gets · applies: whether it makes sense now
    sure: asked before it is done, for what cannot be taken back quietly.
    """

    name: str
    label: str
    key: str
    says: str
    command: Callable[..., c.Command]
    asks: a.Asks
    pick: Pick | None = None
    fixed: tuple[tuple[str, Any], ...] = ()
    applies: Callable[[CaseView], bool] = lambda view: view.case.closed is None
    sure: str = ""
    with_story: bool = False  # the whole story of the time stands above the form

    def build(self, picked: str, given: dict[str, Any]) -> c.Command:
        chosen: dict[str, Any] = {self.pick.name: picked} if self.pick else {}
        return self.command(**dict(self.fixed), **chosen, **given)


def _kinds(view: CaseView, known: Known) -> list[Choice]:
    return [Choice(kind, kind) for kind in CONTACT_KINDS]


def _runs(view: CaseView) -> bool:
    return any(e.run.ended is None for e in view.expectations if not e.expectation.shown_only)


def _always(view: CaseView) -> bool:
    return True


ACTS: tuple[Act, ...] = (
    Act("reason", "Give a reason", "g", "Why it takes longer, and what that means for the child", c.GiveReason,
        a.reason, Pick("code", "Which reason?", a.reason_choices), applies=lambda v: bool(a.expectations(v)),
        with_story=True),
    Act("answer", "Answer the reason", "a", "The manager's word: agree until a day, not agreed, or tell me more",
        c.GiveAnswer, a.answer, Pick("decision", "Your answer", a.answers),
        applies=lambda v: any(e.run.reason and not e.run.ended for e in v.expectations), with_story=True),
    Act("review", "Checkpoint review", "v", "What is now known: enough, carry on, or change direction",
        r.command, r.asks, Pick("picked", "What comes of it?", r.choices), applies=r.applies, with_story=True),
    Act("agree-date", "Agree a date", "d", "This child's own date, or this review's", c.AgreeDate, a.agree,
        applies=_runs, with_story=True),
    Act("tell", "Tell the family", "t", "Who was told what, how, and what they said", c.Tell, a.tell,
        Pick("contact", "Told about what?", _kinds), applies=lambda v: bool(v.case.roster)),
    Act("tell --add", "Who must be told", "y", "Add somebody to the list, or change what is known of them", c.SetRoster,
        a.listed, applies=_always),
    Act("tell --remove", "Take off the list", "", "Somebody no longer to be told", c.SetRoster, a.NONE,
        Pick("person", "Whom?", lambda v, k: [Choice(key, label) for label, key in a.roster(v)]),
        fixed=(("left", True),), applies=lambda v: bool(v.case.roster), sure="Take them off the list?"),
    Act("tell --except", "Lawfully not told", "", "A manager's decision not to tell somebody, until a day",
        c.ExceptTelling,
        a.plain(Ask("code", "On which ground?", "choice", True, pairs(EXCEPTION_CODES)),
                Ask("until", "Look at it again on", "date", True, length="today"), Ask("text", "Why?", "long")),
        Pick("person", "Whom?", lambda v, k: [Choice(key, label) for label, key in a.roster(v)]),
        applies=lambda v: bool(v.case.roster)),
    Act("seen", "The child was seen", "s", "When, by whom, where, and whether alone", c.SeeChild, a.seen),
    Act("waiting", "Waiting on somebody", "w", "For whom and for what; time goes on counting", c.StartWaiting,
        a.plain(Ask("on_whom", "On whom?", required=True), Ask("what", "For what?", required=True),
                Ask("since", "Since when?", "date", says="today when left empty"))),
    Act("waiting --end", "Waiting has ended", "W", "It came, or nobody waits any more", a.end_waiting,
        a.plain(Ask("on", "On which day?", "date", says="today when left empty"), Ask("note", "A note", "long")),
        Pick("number", "Which?", a.waits), applies=lambda v: bool(v.case.waiting)),
    Act("set-aside", "Set an expectation aside", "x", "With a reason everyone can see; a duty cannot be set aside",
        a.set_aside, a.plain(a.WHY), Pick("pair", "What is set aside?", a.unmet),
        applies=lambda v: bool(a.unmet(v, Known()))),
    Act("lane", "Urgent lane", "u", "Some need it faster", c.SetLane, a.lane, Pick("lane", "Which lane?", a.lanes),
        applies=lambda v: v.case.closed is None and bool(v.definition.lanes)),
    Act("profile change", "Timescale profile", "", "Measure it by another edition or protocol: a recorded decision",
        c.ChangeProfile, a.plain(a.WHY), Pick("profile", "Which profile?", a.profiles)),
    Act("assign", "Give it to somebody", "i", "The worker, the team, or both", c.Assign, a.assign),
    Act("appoint", "Appoint to a role", "p", "Somebody to one of the roles of this workflow", c.Appoint, a.appoint,
        applies=_always),
    Act("appoint --end", "End an appointment", "", "", a.end_appointment, a.plain(Ask("reason", "Why?", "long")),
        Pick("pair", "Whose?", a.appointments), applies=lambda v: any(not x.ended for x in v.case.appointments)),
    Act("child link", "Link a child", "l", "The case is also about this child", c.LinkChild,
        a.plain(Ask("child", "The id of the child", required=True)), applies=_always),
    Act("reopen", "Reopen the case", "R", "At the stage its workflow declares", c.Reopen, a.plain(a.WHY),
        applies=lambda v: v.case.closed is not None, sure="Open this closed case again?"),
    Act("conflict", "Conflict of interest", "C", "Declare one, or decide on one", c.DeclareConflict, a.conflict,
        applies=_always, sure="Somebody with a conflict of interest may no longer see this case. Record it?"),
    Act("restrict", "Restrict the case", "", "Only named people know that it exists", c.Restrict, a.people_ask,
        applies=lambda v: not v.case.restricted, sure="Hide this case from everyone who is not named?"),
    Act("restrict --admit", "Admit somebody", "", "To a restricted case", c.Admit, a.admit,
        applies=lambda v: v.case.restricted),
    Act("restrict --end-access", "End somebody's access", "", "To a restricted case", c.EndAccess, a.plain(a.WHY),
        Pick("person", "Whose?", a.admitted), applies=lambda v: v.case.restricted,
        sure="End their access to this case?"),
    Act("restrict --lift", "Lift the restriction", "", "Everyone may know of it again", c.Unrestrict, a.plain(a.WHY),
        applies=lambda v: v.case.restricted, sure="Let everyone know of this case again?"),
)  # fmt: skip


def act_named(name: str) -> Act:
    return next(act for act in ACTS if act.name == name)


def open_acts(view: CaseView) -> list[Act]:
    """The acts that make sense on the case as it is."""
    return [act for act in ACTS if act.applies(view)]
