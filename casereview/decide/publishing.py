"""Looking through what is to be published: kept as a fact, by whoever may read the identity key."""

from __future__ import annotations

from casereview.case import Case
from casereview.commands import AnswerFind, KeepScan
from casereview.decide.context import Context, Decision, Refusal, happened, no_part, note
from casereview.events import FindAnswered, Scanned


def keep_scan(case: Case, command: KeepScan, context: Context) -> Decision:
    if not context.has_part(case):
        return no_part(case)
    counted = (command.texts, command.digest, command.key, command.protected, command.close, command.pointers)
    return happened(Scanned(*counted), context.today)


def answer_find(case: Case, command: AnswerFind, context: Context) -> Decision:
    """A find stays found until somebody says why it is not the person of the identity key."""
    if not context.has_part(case):
        return no_part(case)
    reason = note(command.reason)
    if not reason:
        return Refusal("An answer asks why it is not who the identity key means.", remedy="Give it with --reason.")
    return happened(FindAnswered(command.find, reason), context.today)
