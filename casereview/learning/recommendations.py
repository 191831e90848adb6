"""A recommendation as it is followed: answers, positions, actions, promised dates in a chain, and the gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from casereview.method.review import Rec

KIND = "recommendation"
ANSWERS = ("accepted", "accepted in principle", "locally determined", "not adopted as asked")
NOT_SAID = "answered, but not said which of these"
NONE_YET = "no answer recorded"
NATIONAL, LOCAL = "national", "local"
WHOLE_SET = "the set as a whole"


@dataclass(frozen=True, slots=True)
class Said:
    """An answer or a position. `when`: as the paper says it; `on`: the last day of that, to put them in order."""

    whose: str
    who: str
    text: str
    on: date
    when: str = ""
    source: str = ""
    answer: str = ""
    ours: bool = False  # that it belongs to this recommendation is our reading; the paper does not name it


@dataclass(frozen=True, slots=True)
class Doing:
    """An action, or one agreed in a meeting (then `meeting` and `minute` say where)."""

    what: str
    whose: str
    place: str
    owner: str
    by: date | None
    by_words: str
    status: str
    on: date
    source: str = ""
    shows: str = ""
    meeting: str = ""
    minute: str = ""

    @property
    def when(self) -> str:
        return self.by_words or (self.by.isoformat() if self.by else "")

    @property
    def open(self) -> bool:
        return self.status not in ("done", "abandoned")


@dataclass(frozen=True, slots=True)
class Promise:
    """Once that a date was given. `latest`: the last day of the time that was named."""

    what: str
    for_words: str
    latest: date
    said_by: str
    said_when: str
    on: date
    why: str = ""
    kept: str = ""
    kept_says: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """Every date that was given for one thing, in the order in which they were said."""

    what: str
    links: tuple[Promise, ...]

    @property
    def slips(self) -> int:
        """How often a later date took the place of an earlier one."""
        days = [link.latest for link in self.links]
        return sum(1 for before, after in pairwise(days) if after > before)

    @property
    def newest(self) -> Promise:
        return self.links[-1]

    @property
    def kept(self) -> bool:
        return self.newest.kept == "kept"

    @property
    def says(self) -> str:
        return " → ".join(link.for_words for link in self.links)


@dataclass(frozen=True, slots=True)
class Impact:
    on: date
    done: str
    helped: str
    evidence: str
    unintended: str = ""


@dataclass(frozen=True, slots=True)
class Tracked:
    """One recommendation with everything that is known of it; each list oldest first."""

    ref: str
    title: str
    stage: str
    closed: bool
    text: str
    set: str
    number: str
    about: str = ""
    made_by: str = ""
    made_when: str = ""
    addressed_to: str = ""
    source: str = ""
    answers: tuple[Said, ...] = ()
    positions: tuple[Said, ...] = ()
    actions: tuple[Doing, ...] = ()
    minutes: tuple[Doing, ...] = ()
    chains: tuple[Chain, ...] = ()
    impacts: tuple[Impact, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it stands for a set of recommendations together."""
        return self.about == WHOLE_SET

    @property
    def answer(self) -> str:
        """The newest national answer, or a local one where nobody answered nationally."""
        found = [one for one in self.answers if one.whose == NATIONAL] or list(self.answers)
        return found[-1].answer if found else NONE_YET

    @property
    def slipped(self) -> tuple[Chain, ...]:
        return tuple(chain for chain in self.chains if chain.slips)

    def newest(self, whose: str) -> tuple[Said, ...]:
        """The newest position of each body or place, those that spoke last first."""
        found: dict[str, Said] = {}
        for one in self.positions:
            if one.whose == whose:
                found[one.who] = one
        return tuple(sorted(found.values(), key=lambda one: (-one.on.toordinal(), one.who)))

    def earlier(self, whose: str) -> tuple[Said, ...]:
        """Positions that another of the same body or place came after, the newest first."""
        newest = self.newest(whose)
        return tuple(one for one in reversed(self.positions) if one.whose == whose and one not in newest)

    @property
    def national(self) -> Said | None:
        """The newest national position, whoever it is of."""
        return next(iter(self.newest(NATIONAL)), None)

    @property
    def places(self) -> tuple[str, ...]:
        """Every place with a local position or action, in order of the alphabet."""
        found = {one.who for one in (*self.positions, *self.answers) if one.whose == LOCAL}
        return tuple(sorted(found | {one.place for one in self.actions if one.place}))


def tracked(
    ref: str, title: str, stage: str, closed: bool, recs: Mapping[str, Iterable[Rec]], until: date | None = None
) -> Tracked:
    """A recommendation from its records. `until`: only what had been said by that day, whenever it was entered here."""
    known = {kind: [r for r in rows if until is None or r.on <= until] for kind, rows in recs.items()}
    texts = list(recs.get(KIND, ()))  # what it asks is known from the beginning
    first = texts[-1] if texts else None

    def of(kind: str) -> list[Rec]:
        return sorted(known.get(kind, ()), key=lambda rec: (rec.on, rec.number if rec.number > 1 else -rec.number))

    def head(name: str) -> str:
        return first.text(name) if first else ""

    return Tracked(
        ref, title, stage, closed, head("text"), head("set"), head("number"), head("about"), head("made_by"),
        head("made_when"), head("addressed_to"), head("source"),
        tuple(_said(rec) for rec in of("response")), tuple(_said(rec) for rec in of("position")),
        tuple(_doing(rec) for rec in of("action")), tuple(_minute(rec) for rec in of("minutes-action")),
        chains(_promise(rec) for rec in of("promise")), tuple(_impact(rec) for rec in of("impact")),
    )  # fmt: skip


def _said(rec: Rec) -> Said:
    return Said(
        rec.text("whose") or LOCAL, rec.text("who") or "not said", rec.text("text"), rec.on, rec.text("when"),
        rec.text("source"), rec.text("answer"), rec.text("matched") == "our reading",
    )  # fmt: skip


def _doing(rec: Rec) -> Doing:
    return Doing(
        rec.text("what"), rec.text("whose") or LOCAL, rec.text("place"), rec.text("owner"), rec.day("by_about"),
        rec.text("by_words"), rec.text("status") or "not known", rec.on, rec.text("source"), rec.text("shows"),
    )  # fmt: skip


def _minute(rec: Rec) -> Doing:
    return Doing(
        rec.text("action"), "", "", rec.text("owner"), rec.day("by_about"), rec.text("by_words"),
        rec.text("status") or "not known", rec.on, "", "", rec.text("meeting"), rec.text("minute"),
    )  # fmt: skip


def _promise(rec: Rec) -> Promise:
    return Promise(
        rec.text("what"), rec.text("for_words"), rec.day("latest") or rec.on, rec.text("said_by"),
        rec.text("said_when"), rec.on, rec.text("why"), rec.text("kept"), rec.text("kept_says"), rec.text("source"),
    )  # fmt: skip


def _impact(rec: Rec) -> Impact:
    return Impact(
        rec.day("checked_on") or rec.on, rec.text("done"), rec.text("helped"), rec.text("evidence"),
        rec.text("unintended"),
    )  # fmt: skip


def chains(promises: Iterable[Promise]) -> tuple[Chain, ...]:
    """Dates about the same thing stand in one line, in the order in which they were said; same words, same thing."""
    found: dict[str, list[Promise]] = {}
    for one in promises:
        found.setdefault(" ".join(one.what.casefold().split()), []).append(one)
    lines = [sorted(links, key=lambda link: (link.on, link.latest)) for links in found.values()]
    return tuple(Chain(links[0].what, tuple(links)) for links in lines)


def short(text: str, most: int = 70) -> str:
    """The beginning of a text, cut between words."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rsplit(' ', 1)[0]}…"


def in_order(found: Iterable[Tracked]) -> tuple[Tracked, ...]:
    """By set and number; what stands for a whole set comes after the others of it."""
    return tuple(sorted(found, key=lambda one: (one.set.casefold(), one.whole, _number(one.number), one.ref)))


def _number(text: str) -> tuple[int, str]:
    digits = "".join(c for c in text if c.isdigit() and c.isascii())
    return (int(digits[:9]) if digits else 10**9, text)
