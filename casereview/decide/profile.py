"""Moving a running case to another timescale profile: a recorded decision, never something that just happens."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.case import Case
from casereview.commands import ChangeProfile
from casereview.decide.context import Context, Decision, Refusal, happened, not_yours, note
from casereview.decide.time import all_at_once, own_work
from casereview.events import ProfileChanged
from casereview.profiles import redated
from workflows.definition import Definition


@dataclass(frozen=True, slots=True)
class Offered:
    """The profile a case is to move to, looked up. `before`: how the one it is under is called.

    hash, label   "" and "none" where the case is to follow its workflow as written
    unfit         why it cannot be this one; "" where it can
    """

    hash: str
    label: str
    before: str
    definition: Definition
    unfit: str = ""


def change_profile(case: Case, command: ChangeProfile, context: Context) -> Decision:
    """A case keeps the profile it started under until whoever oversees it says why another one fits.

    Open times are worked out afresh, with both values kept; what has ended is never touched.
    """
    offered = context.offered
    if not isinstance(offered, Offered):
        raise TypeError("the profile was not looked up")
    if not context.oversees(case):
        return not_yours("Changing the timescale profile of a case", context.overseers())
    if case.closed is not None:
        return Refusal("The case is closed: its dates stay as they were when it ended.")
    if offered.hash == case.profile:
        return Refusal(f"The case is under {offered.before} already." if case.profile else "It is under none already.")
    reason = note(command.reason)
    found = own_work(case, context)
    if not reason:
        found.append(Refusal("A change of profile asks for a reason.", remedy="Give it with --reason."))
    if offered.unfit:
        found.append(Refusal(offered.unfit, remedy="The profiles there are: casereview profile list"))
    refusal = all_at_once(found)
    if refusal is not None:
        return refusal
    new = redated(case, context.definition, offered.definition, context.calendar, context.today)
    event = ProfileChanged(
        offered.hash, offered.label, case.profile, offered.before, reason, context.calendar.version,
        new.clocks, new.targets, new.before,
    )  # fmt: skip
    return happened(event, context.today)
