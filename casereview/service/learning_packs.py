"""Other boards' learning packs: checked before one is kept, told apart for ever, taken out with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.events import KeptSet
from casereview.learning import pack as form
from casereview.learning.pack_check import read_pack
from casereview.people import Kept
from casereview.ports import Reading, Writing
from casereview.service.desk import Desk
from casereview.service.impersonal import EVERYONES, impersonal
from casereview.service.learning import PACK
from casereview.service.learning_sending import require_sender
from casereview.text import NAME_LIMIT, clean, required, shown


@dataclass(frozen=True, slots=True)
class Received:
    """A pack that is kept here. `seal`: fits, not checked, or none."""

    key: str
    board: str
    contact: str
    made: str
    hash: str
    received_on: date
    by: str
    file: str
    reviews: int
    findings: int
    seal: str
    pack: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """What reading a pack in brought about. `again`: since when it was here already, if it was."""

    received: Received
    again: date | None
    overlaps: int  # reviews that another pack here holds as well
    dry_run: bool


def take(desk: Desk, path: str, *, dry_run: bool = False, secret: str = "") -> Taken:
    """Keeps another board's pack beside one's own. The same pack again changes nothing and is said to be known.

    Raises CaseReviewError for a pack that is cut short, altered or none at all, or whose seal does not fit.
    """
    pack = read_pack(path)
    if secret and not form.seal_fits(pack, secret):
        says = "its seal does not fit this word" if "seal" in pack else "bears no seal, and one was asked for"
        raise CaseReviewError(says, where=shown(path, width=200), remedy="Nothing was taken in. Ask who sent it.")
    seal = "fits" if secret else "not checked" if "seal" in pack else "none"
    key = form.short(pack["hash"])
    with desk.writing() as work:
        require_sender(desk, work, "Taking a learning pack in")
        before = work.kept_one(PACK, key)
        if before is not None:
            old = _received(desk, work, before)
            return Taken(old, old.received_on, 0, dry_run)
        held = {r["id"] for kept in work.kept(PACK) for r in kept.body["pack"]["reviews"]}
        overlaps = sum(one["id"] in held for one in pack["reviews"])
        kept = _kept(desk, pack, Path(path).name, seal)
        if not dry_run:
            desk.register(work, kept)
        return Taken(_received(desk, work, Kept(PACK, key, "", kept.body)), None, overlaps, dry_run)


def keep_in(desk: Desk, work: Writing, pack: dict[str, Any], file: str, seal: str) -> None:
    """Keeps a pack that was checked already, inside a transaction that is open."""
    desk.register(work, _kept(desk, pack, file, seal))


def _kept(desk: Desk, pack: dict[str, Any], file: str, seal: str) -> KeptSet:
    body = {
        "pack": pack, "hash": pack["hash"], "received_on": desk.today.isoformat(), "by": desk.person,
        "file": clean(file, limit=NAME_LIMIT), "seal": seal,
    }  # fmt: skip
    return KeptSet(PACK, form.short(pack["hash"]), "", body)


def packs(desk: Desk) -> list[Received]:
    """Packs kept here, the newest received first."""
    with desk.reading() as work:
        found = [_received(desk, work, kept) for kept in work.kept(PACK)]
    return sorted(found, key=lambda one: (one.received_on, one.key), reverse=True)


def one_pack(desk: Desk, key: str) -> Received:
    """A pack by the beginning of its hash. Raises NotFound."""
    with desk.reading() as work:
        return _received(desk, work, _known(work, key))


def remove(desk: Desk, key: str, reason: str) -> Received:
    """Takes a pack out of what is looked at, with a reason. The journal still holds that it was here, and what."""
    with desk.writing() as work:
        require_sender(desk, work, "Taking a learning pack out")
        kept = _known(work, key)
        why = impersonal(desk, work, required(reason, "why it is taken out", limit=EVERYONES))
        body = {**kept.body, "removed": {"on": desk.today.isoformat(), "by": desk.person, "text": why}}
        desk.register(work, KeptSet(PACK, kept.key, "", body, gone=True))
        return _received(desk, work, kept)


def _known(work: Reading, key: str) -> Kept:
    wanted = form.short(key.strip().casefold())
    every = work.kept(PACK)
    found = [one for one in every if wanted and one.key.startswith(wanted)]
    if len(found) != 1:
        says = "there is no pack" if not found else "there are several packs that begin with"
        near = did_you_mean(wanted, [one.key for one in every])
        raise NotFound(f"{says} {shown(key, width=80)!r}", remedy=near or "See: casereview pack list")
    return found[0]


def _received(desk: Desk, work: Reading, kept: Kept) -> Received:
    body, pack = kept.body, kept.body["pack"]
    return Received(
        kept.key, pack["board"]["name"], pack["board"]["contact"], pack["made"], body["hash"],
        date.fromisoformat(body["received_on"]), desk.known(work).names.person(body["by"]), body["file"],
        len(pack["reviews"]), sum(len(r["findings"]) for r in pack["reviews"]), body["seal"], pack,
    )  # fmt: skip
