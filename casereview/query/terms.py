"""Every term of the language: what it is called, what may stand after it, and what it means in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from casereview.query.days import MAY_BE

Kind = Literal["flag", "choice", "name", "part", "number", "day", "sort", "group"]

# What people write after `standing:` and what it stands for; a row has exactly one of them.
STANDINGS: Mapping[str, str] = {
    "urgent": "urgent_late", "legal-limit": "past_statutory", "of-concern": "longer_of_concern",
    "lapsed": "longer_lapsed",
    "unexplained": "longer_unexplained", "explained": "longer_explained", "past-agreed": "past_agreed",
    "checkpoint-missed": "checkpoint_missed", "justified": "longer_justified", "on-course": "on_course",
    "done-unexplained": "done_longer_unexplained", "done-afterwards": "done_explained_afterwards",
    "done-justified": "done_longer_justified", "done-within": "done_within", "done-early": "done_early",
}  # fmt: skip
OVERDUE: tuple[str, ...] = (
    "justified", "unexplained", "explained", "lapsed", "of-concern", "past-agreed", "legal-limit", "urgent",
)  # fmt: skip
ANY = "any"
CLASSES: Mapping[str, str] = {
    "can-justify": "can justify", "owned-action": "only with an owned action", "system": "system cause",
    "not-a-delay": "not a delay", "none-found": "none found",
}  # fmt: skip
SORTS: Mapping[str, str] = {
    "concern": "most concern first", "beyond": "longest past its date first", "opened": "oldest first",
    "worker": "by worker", "stage": "by stage", "reference": "by reference",
}  # fmt: skip
GROUPS: Mapping[str, str] = {
    "team": "by team", "worker": "by worker", "reason": "by reason", "waiting": "by whom is waited for",
}  # fmt: skip
TOLD = ("yes", "no", "excepted")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A term. `bare`: it may also stand alone. `example` is shown where something is missing."""

    name: str
    kind: Kind
    says: str
    example: str
    values: tuple[str, ...] = ()
    bare: bool = False

    @property
    def may_be(self) -> str:
        """What may stand after it, in words."""
        if self.kind == "number":
            return "a number of working days: beyond>10, beyond:5..10"
        if self.kind == "day":
            return MAY_BE
        if self.values:
            return f"one of {', '.join(self.values)}"
        return f"for example {self.example}"


def _flag(name: str, says: str) -> Meaning:
    return Meaning(name, "flag", says, name, bare=True)


_ALL = (
    Meaning("overdue", "choice", "Takes longer than usual or agreed; with a word, in that way only",
          "overdue:justified", OVERDUE, bare=True),
    Meaning("standing", "choice", "Has this standing; `any` lists everything that runs", "standing:lapsed",
          (*STANDINGS, ANY)),
    Meaning("stage", "name", "Is at this stage (name or title)", "stage:analysis"),
    Meaning("team", "name", "Belongs to this team (id or name)", "team:north"),
    Meaning("worker", "name", "Has this worker (id, login, name or part of it)", "worker:amira"),
    _flag("mine", "You are the worker"),
    _flag("my-part", "You are the worker, or appointed to a role, such as lead reviewer"),
    _flag("my-teams", "Belongs to a team you manage today"),
    _flag("no-worker", "Nobody is the worker"),
    _flag("no-team", "Belongs to no team"),
    Meaning("workflow", "name", "Follows this workflow", "workflow:single-assessment"),
    Meaning("kind", "name", "Is of this kind of workflow", "kind:assessment"),
    Meaning("child", "name", "Is about this child (the id)", "child:child-7f3a"),
    Meaning("reason", "name", "The reason shown has this code", "reason:SPEC"),
    _flag("no-reason", "No reason is given"),
    Meaning("class", "choice", "The reason shown is of this class", "class:system", tuple(CLASSES)),
    Meaning("waiting", "part", "Is waited for; with words, on whom (part of it)", "waiting:clinic", bare=True),
    Meaning("beyond", "number", "Working days past the earlier of its agreed and usual date", "beyond>10"),
    Meaning("working-days", "number", "Working days since it began", "working-days>=30"),
    Meaning("opened", "day", "The case was opened on these days", "opened:2026-01..2026-03"),
    Meaning("started", "day", "Its time began on these days", "started>2026-01-01"),
    Meaning("agreed", "day", "The date agreed for this child or review", "agreed<2026-12-01"),
    _flag("no-date", "No date is agreed"),
    Meaning("look-again", "day", "The day a manager who agreed looks again", "look-again<7d"),
    Meaning("checkpoint", "day", "The next planned look together", "checkpoint<7d"),
    Meaning("promised", "day", "The family was promised news by", "promised<today"),
    Meaning("told", "choice", "Whether everyone who must be told has been; excepted: the rest lawfully not",
          "told:no", TOLD),
    Meaning("lane", "name", "Is in this urgent lane", "lane:urgent"),
    _flag("restricted", "Is restricted, among those you may know of"),
    _flag("imported", "Came in from a file"),
    _flag("open", "Is open"),
    _flag("closed", "Is closed"),
    Meaning("sort", "sort", "The order; a dash before the word turns it round", "sort:beyond", tuple(SORTS)),
    Meaning("group", "group", "Under headings, each with how many", "group:team", tuple(GROUPS)),
)  # fmt: skip
TERMS: Mapping[str, Meaning] = {one.name: one for one in _ALL}
NOT = "not"


def described() -> str:
    """The language on a page, as the help shows it."""
    width = max(len(one.example) for one in _ALL)
    rows = [f"  {one.example:<{width}}  {one.says}" for one in _ALL]
    lists = [
        f"  standing:  {', '.join((*STANDINGS, ANY))}",
        f"  overdue:   {', '.join(OVERDUE)}",
        f"  class:     {', '.join(CLASSES)}",
        f"  sort:      {', '.join(SORTS)}",
    ]
    return "\n".join([HEAD, *rows, "", "Words there are", *lists, "", FOOT])


HEAD = """A query is words and terms with spaces between; a row is listed when all of them hold.
  two words "a whole phrase"    looked for in reference, title, child, worker and team
  -mine   or   not mine         turns a term round
  team:north,south              either of them
"""
FOOT = f"""Numbers and days: beyond>10  beyond>=10  beyond:10  beyond:5..10  beyond:10..  opened:..2026-03
A day is {MAY_BE}.
A name with spaces or commas stands in quotes: worker:"Ben O'Neill". In a shell, put the whole query in quotes."""
