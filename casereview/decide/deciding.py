"""Which decider answers which command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casereview import commands as cmd
from casereview.case import Case
from casereview.commands import Command
from casereview.decide import family, life, people, profile, publishing, records, reviewing, time
from casereview.decide.context import Context, Decision

_DECIDERS: dict[type[Command], Callable[[Case, Any, Context], Decision]] = {
    cmd.TakeStep: life.take_step,
    cmd.SetRequirementAside: life.set_aside,
    cmd.Reopen: life.reopen,
    cmd.AddRecord: records.add_record,
    cmd.CorrectRecord: records.correct_record,
    cmd.SeeChild: records.see_child,
    cmd.Assign: people.assign,
    cmd.MarkLooked: people.mark_looked,
    cmd.Appoint: people.appoint,
    cmd.EndAppointment: people.end_appointment,
    cmd.LinkChild: people.link_child,
    cmd.Restrict: people.restrict,
    cmd.Unrestrict: people.unrestrict,
    cmd.Admit: people.admit,
    cmd.EndAccess: people.end_access,
    cmd.DeclareConflict: people.declare_conflict,
    cmd.GiveReason: time.give_reason,
    cmd.GiveAnswer: time.give_answer,
    cmd.AgreeDate: time.agree_date,
    cmd.HoldReview: reviewing.hold_review,
    cmd.SetLane: time.set_lane,
    cmd.ChangeProfile: profile.change_profile,
    cmd.KeepScan: publishing.keep_scan,
    cmd.AnswerFind: publishing.answer_find,
    cmd.StartWaiting: time.start_waiting,
    cmd.EndWaiting: time.end_waiting,
    cmd.SetRoster: family.set_roster,
    cmd.Tell: family.tell,
    cmd.ExceptTelling: family.except_telling,
}


def decide(case: Case, command: Command, context: Context) -> Decision:
    """The facts a command brings about, or why it cannot be done.

    Raises CaseReviewError for bad input (a date that cannot be, text past its limit). Never reads a clock:
    `context.today` says which day it is, and no requirement of a step looks at it (law 1).
    """
    return _DECIDERS[type(command)](case, command, context)
