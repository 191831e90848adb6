"""A learning pack: what a board's reviews found, answered, tried and saw change, without saying about whom.

One JSON file. Its form is described in docs/learning-across-reviews.md and has a version. Nothing in it names a
case, a title, a person or a day: only the year or quarter. The hash is SHA-256 over the canonical form of everything
else; it shows that nothing was changed only to somebody who got the hash by another way than the file. With a word
known to both boards the pack can also carry a seal (HMAC) that nobody else can make.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casereview.errors import CaseReviewError
from casereview.method.review import Rec, Review

FORMAT = "casereview learning pack"
VERSION = 1
LARGEST = 2_000_000
"""Bytes of a whole pack: some hundred reviews with long texts. Anything larger is refused before it is read."""
MOST_REVIEWS, MOST_FINDINGS, MOST_ROWS = 500, 100, 200
SHORTEST_SECRET = 16
LONGEST = 20_000
"""Characters of one text."""
CARRIED = ("agreed", "accepted by the board", "responded to", "evaluated")
"""States of findings that leave: what is still being thought through stays at home."""

# Which fields of which records travel, under which name. What shows itself in the case, who is named as its owner, and
# every day stay behind. The names are those of the workflow files, so that nothing is renamed on the way.
FINDING = (
    "statement", "category", "also_category", "underlying_not_specific", "geographic_spread", "how_usual", "confidence",
    "implications", "summary", "questions", "effect", "level", "strength", "against", "state",
)  # fmt: skip
LISTS = ("also_category", "questions")
EVIDENCE = ("kind", "shows", "number", "out_of", "against")
RECOMMENDED = ("kind", "text", "why_kind")
RESPONSE = (
    "position", "reasoning", "options", "kind", "difference", "how_known", "already_done", "no_action_reason",
)  # fmt: skip
ACTION = ("what", "difference", "signal", "status", "evidence")
IMPACT = ("done", "helped", "evidence", "unintended", "adjust")
REVIEW = ("id", "year", "edition", "model", "option", "findings")
BOARD = ("name", "contact")
TOP = ("format", "version", "board", "made", "reviews", "hash", "seal")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a pack. `contact`: an office and how to reach it, never a person."""

    name: str
    contact: str


@dataclass(frozen=True, slots=True)
class Place:
    """A text of a pack and where it stands, in words for whoever has to mend it.

    finding  REF#number of the finding here
    """

    path: tuple[str | int, ...]
    says: str
    text: str
    finding: str = ""


def quarter(day: Any) -> str:
    """Such as 2026 Q4: the finest time a pack carries."""
    return f"{day.year} Q{(day.month - 1) // 3 + 1}"


def opaque(*parts: str) -> str:
    """A name that is the same each time and cannot be turned back: made from ids that are themselves random."""
    return hashlib.sha256("\0".join(("learning pack", *parts)).encode()).hexdigest()[:24]


def review_part(
    review: Review, edition: str, *, without: frozenset[int] = frozenset(), states: Iterable[str] = CARRIED
) -> dict[str, Any]:
    """A review as it travels. `without`: numbers of findings that stay at home."""
    wanted = tuple(states)
    findings = [
        finding_part(review, rec)
        for rec in review.of("finding")
        if rec.number not in without and rec.text("state") in wanted
    ]
    return {
        "id": opaque(review.case.id), "year": str(review.case.opened.year), "edition": edition,
        "model": review.definition.name, "option": review.option, "findings": findings,
    }  # fmt: skip


def finding_part(review: Review, rec: Rec) -> dict[str, Any]:
    """A finding with its evidence, responses, what was tried and what helped."""
    part: dict[str, Any] = {"id": opaque(review.case.id, str(rec.number)), "year": str(rec.on.year)}
    part |= {name: list(rec.many(name)) if name in LISTS else rec.text(name) for name in FINDING}
    part["evidence"] = [_row(row, EVIDENCE) for row in review.pointing("prevalence-evidence", "finding", rec.number)]
    asked = _recommended(review, rec)
    part["recommended"] = [_row(row, RECOMMENDED) for row in asked]
    part["responses"] = [_row(row, RESPONSE) for row in _belonging(review, "board-response", rec, asked)]
    part["tried"] = [_tried(review, row) for row in _belonging(review, "action", rec, asked)]
    return part


def _recommended(review: Review, rec: Rec) -> tuple[Rec, ...]:
    """What the edition of 2008 recommends for a pattern; later practice puts questions to the board instead."""
    found = review.pointing("system-recommendation", "finding", rec.number)
    return tuple(one for one in found if one.text("state") != "withdrawn")


def _belonging(review: Review, kind: str, rec: Rec, asked: tuple[Rec, ...]) -> list[Rec]:
    """Records that point to a finding, or to a recommendation for it; each once, as they were written down."""
    found = {one.number: one for one in review.pointing(kind, "finding", rec.number)}
    for recommendation in asked:
        found |= {one.number: one for one in review.pointing(kind, "recommendation", recommendation.number)}
    return [found[number] for number in sorted(found)]


def _row(rec: Rec, names: Iterable[str]) -> dict[str, str]:
    return {name: rec.text(name) for name in names}


def _tried(review: Review, action: Rec) -> dict[str, Any]:
    helped = [_row(row, IMPACT) for row in review.pointing("impact", "action", action.number)]
    return {**_row(action, ACTION), "helped": helped}


def pack_of(sender: Sender, made: str, reviews: Iterable[Mapping[str, Any]], secret: str = "") -> dict[str, Any]:
    """The whole pack with its hash; with a secret also its seal."""
    pack: dict[str, Any] = {
        "format": FORMAT, "version": VERSION, "board": {"name": sender.name, "contact": sender.contact}, "made": made,
        "reviews": sorted((dict(one) for one in reviews), key=lambda one: str(one["id"])),
    }  # fmt: skip
    pack["hash"] = hash_of(pack)
    if secret:
        pack["seal"] = seal_of(pack, secret)
    return pack


def canonical(pack: Mapping[str, Any]) -> bytes:
    """Everything but hash and seal, as bytes that depend on nothing but the content."""
    rest = {name: value for name, value in pack.items() if name not in ("hash", "seal")}
    return json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def hash_of(pack: Mapping[str, Any]) -> str:
    return f"sha256:{hashlib.sha256(canonical(pack)).hexdigest()}"


def seal_of(pack: Mapping[str, Any], secret: str) -> str:
    """Raises CaseReviewError for a word that could be guessed."""
    if len(secret.strip()) < SHORTEST_SECRET:
        says = f"the word for the seal is shorter than {SHORTEST_SECRET} characters"
        raise CaseReviewError(says, remedy="Agree a longer one, such as five words drawn at random.")
    return f"hmac-sha256:{hmac.new(secret.encode(), canonical(pack), hashlib.sha256).hexdigest()}"


def seal_fits(pack: Mapping[str, Any], secret: str) -> bool:
    return hmac.compare_digest(str(pack.get("seal", "")), seal_of(pack, secret))


def as_text(pack: Mapping[str, Any]) -> str:
    """As it is written into a file: for people to read through before it leaves."""
    return json.dumps(pack, ensure_ascii=False, indent=1) + "\n"


def short(digest: str) -> str:
    """The first letters of a hash, by which a pack is called here."""
    return digest.removeprefix("sha256:")[:10]


# ---- every text in it -----------------------------------------------------------------------------------------------
def texts(pack: Mapping[str, Any], named: Mapping[str, str] | None = None) -> tuple[Place, ...]:
    """Every text of a pack that somebody wrote, with its place. `named`: id of a finding -> REF#number here."""
    found = [Place(("board", name), f"board, {name}", pack["board"][name]) for name in BOARD]
    for at, review in enumerate(pack["reviews"]):
        where = ("reviews", at)
        found += [Place((*where, n), f"review {at + 1}, {n}", review[n]) for n in ("model", "option")]
        for row, finding in enumerate(review["findings"]):
            ref = (named or {}).get(finding["id"], "")
            label = f"finding {ref}" if ref else f"review {at + 1}, finding {row + 1}"
            found += _within(finding, (*where, "findings", row), label, ref)
    return tuple(one for one in found if one.text)


def _within(value: Any, path: tuple[str | int, ...], label: str, ref: str) -> list[Place]:
    if isinstance(value, str):
        return [] if path[-1] in ("id", "year") else [Place(path, label, value, ref)]
    if isinstance(value, list):
        return [p for n, one in enumerate(value) for p in _within(one, (*path, n), f"{label} {n + 1}", ref)]
    return [
        place for name, one in value.items()
        for place in _within(one, (*path, name), f"{label}, {name.replace('_', ' ')}", ref)
    ]  # fmt: skip


def put(pack: dict[str, Any], path: tuple[str | int, ...], text: str) -> None:
    """Puts another text in a place."""
    at: Any = pack
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = text
