"""The closed grammar of a workflow file: which keys each table takes, and what a step may ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from workflows.definition import FieldType, ReasonClass, RequirementKind

FORMAT = 1

TOP = frozenset({
    "format", "name", "version", "title", "kind", "prefix", "profile", "says", "source",
    "roles", "stages", "steps", "tracks", "expectations", "lanes", "records", "reasons",
    "import", "reopening", "set-aside", "choose", "option-of", "options",
})  # fmt: skip
ROLE = frozenset({"title", "assigned", "office", "says", "apart-from"})
STAGE = frozenset({"title", "says", "end", "void"})
STEP = frozenset({
    "title", "from", "to", "by", "loop", "reason", "enough-known", "says", "must", "expected", "when",
})  # fmt: skip
TRACK = frozenset({"title", "start", "says", "stages", "steps", "hold"})
HOLD = frozenset({"while", "says", "who", "except"})
EXPECTATION = frozenset({
    "title", "from", "to", "agreed", "indicative", "look-after", "checkpoints", "checkpoint-record",
    "plans-checkpoint", "justified", "statutory", "statutory-from", "statutory-to", "shown-only", "restart", "clock",
    "says", "source",
})  # fmt: skip
JUSTIFIED = frozenset({"manager", "family-told", "child-seen"})
LANE = frozenset({"title", "when", "expect"})
RECORD = frozenset({
    "title", "by", "fields", "says", "source", "readers", "readers-from", "logged", "own-reads", "only-with",
    "published",
})  # fmt: skip
ONLY_WITH = frozenset({"where", "fields", "pointed", "says", "source"})
OPTION = frozenset({"title", "answer", "says", "conversations", "meetings", "strength", "source"})
FIELD = frozenset({"ask", "type", "required", "options", "of", "reader", "says"})
REASON = frozenset({"title", "class", "asks", "says"})
IMPORT = frozenset({"open", "done", "starts-from", "starts-until"})
REOPENING = frozenset({"to", "by"})
SET_ASIDE = frozenset({"by"})
REQUIREMENT = frozenset({"says", "who", "source", "name", "when"})  # every kind takes these

FIELD_TYPES: tuple[str, ...] = get_args(FieldType)
REASON_CLASSES: tuple[str, ...] = get_args(ReasonClass)

# What a family or referrer can be told; the engine's contacts are of these kinds.
TELLINGS = ("started", "progress", "delay explained", "new date", "decision", "copy given")

LOOP = "asks a reason"
REASON_ASKED = "asked"
THIS_VISIT = "this visit"
NOT_THE_AUTHOR = "not the author"
SINCE_THE_ANSWER = "since the answer"


@dataclass(frozen=True, slots=True)
class Asking:
    """One kind of requirement. `names` is what may stand after its key; `takes` the further keys it knows."""

    kind: RequirementKind
    names: str
    asks: str
    takes: tuple[str, ...]
    example: str


REGISTRY: Mapping[str, Asking] = {
    asking.kind: asking
    for asking in (
        Asking(
            "has",
            "agreed-date, worker, team, child, roster",
            "The case has it: a date agreed for this child or review, a named worker, a team, "
            "at least one child, a list of who must be told",
            (),
            'has = "agreed-date"',
        ),
        Asking(
            "told",
            "family, referrer",
            "Everyone who must be told has been told, or a manager has recorded a lawful exception",
            ("since", "about"),
            'told = "family", about = "decision", since = "this visit"',
        ),
        Asking(
            "record",
            "a kind of record",
            "At least one such record exists",
            ("since", "where", "at-least", "newest"),
            'record = "checkpoint-review", where = { outcome = "carry on" }, since = "this visit"',
        ),
        Asking("seen", "child", "The child has been seen", ("since",), 'seen = "child", since = "this visit"'),
        Asking(
            "track",
            "a track",
            "The work beside the path has reached one of these stages",
            ("at",),
            'track = "publication", at = ["published", "not-published"]',
        ),
        Asking(
            "field",
            "a field of a kind of record, as KIND.FIELD",
            "There is such a record, and every one has the field filled in, or filled in with one of these; "
            "with if-any, having none at all will do",
            ("among", "where", "if-any"),
            'field = "conversation.status", among = ["held", "declined"], if-any = true',
        ),
        Asking(
            "each",
            "a kind of record",
            "There is such a record, and to every one points at least one of another kind, named with in as "
            "KIND.FIELD; with if-any, having none at all will do",
            ("in", "where", "except-where", "at-least", "if-any"),
            'each = "finding", in = "board-response.finding", except-where = { state = ["not taken forward"] }',
        ),
        Asking(
            "appointed",
            "a role",
            "Somebody is appointed to the role in this case",
            ("at-least",),
            'appointed = "lead-reviewer", at-least = 2',
        ),
        Asking(
            "scanned",
            "publication",
            "What would be published was looked through for whoever could be known from it, nothing of it was changed "
            "since, and nobody of the identity key stands in it",
            (),
            'scanned = "publication"',
        ),
    )
}
assert tuple(REGISTRY) == get_args(RequirementKind)

# Words that would let time decide (law 1). Refused wherever they stand as a key, with the reason.
TIME_WORDS = frozenset({
    "deadline", "deadlines", "timeout", "timeouts", "timer", "limit", "limits", "due", "expires", "expire", "expiry",
    "within", "after", "before", "until", "overdue", "sla", "days", "hours", "weeks", "months", "max", "maximum",
    "escalate", "auto", "automatic", "automatically", "breach", "target", "duration", "timescale",
})  # fmt: skip
TIME_NEVER_DECIDES = "Time never moves, blocks or closes a case."
TIME_REMEDY = "Write it as an indicative time, an agreed date or a checkpoint under [expectations]."


def speaks_of_time(key: str) -> bool:
    """Whether a key, such as close-after or max_days, would make time decide."""
    words = key.lower().replace("_", "-").split("-")
    return any(word in TIME_WORDS for word in words)
