"""Learning packs out: gathered from the reviews chosen, looked through, and written only when nobody is in them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from casereview.case import Case
from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.events import KeptSet
from casereview.learning import pack as form
from casereview.learning.leaving import Find, look_through, with_vaguer_dates
from casereview.method.scan import Passage, Protected, scan
from casereview.people import holds_any
from casereview.ports import Reading
from casereview.reports.namesout import names_in, names_on_roster
from casereview.service.desk import Desk
from casereview.service.identities import keeps_key
from casereview.service.identities import protected as key_of
from casereview.service.impersonal import impersonal
from casereview.service.learning import BOARD, edition_of
from casereview.service.record_reads import IDENTITY, note_other
from casereview.service.review import review_in
from casereview.text import NAME_LIMIT, clean, shown
from casereview.views import Scope

Keys = Sequence[tuple[Case, Sequence[Protected]]]  # the identity key of each review somebody may know of
SENDERS = ("chair", "business-manager", "data-officer")


@dataclass(frozen=True, slots=True)
class Leaving:
    """A pack as it would leave. `found`: what was found in its texts; `findings` that travel, `stays` that do not."""

    pack: dict[str, Any]
    found: tuple[Find, ...]
    findings: int
    stays: tuple[str, ...]
    empty: tuple[str, ...]  # reviews without a finding that travels

    @property
    def blocked(self) -> tuple[Find, ...]:
        return tuple(one for one in self.found if one.blocks)

    @property
    def to_look_at(self) -> tuple[Find, ...]:
        return tuple(one for one in self.found if not one.blocks)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to go into a pack.

    refs      reviews, by reference; without  findings that stay, as REF#number
    vaguer    days and months in texts are said in a vaguer way
    secret    a word both boards know, for the seal
    """

    refs: tuple[str, ...]
    name: str = ""
    contact: str = ""
    without: tuple[str, ...] = ()
    vaguer: bool = False
    secret: str = ""


def require_sender(desk: Desk, work: Reading, doing: str) -> None:
    if not holds_any(desk.me(work), SENDERS, desk.today):
        raise NotFound(f"{doing} takes an office", remedy="Ask the chair, the business manager or a data officer.")


def prepare(desk: Desk, asked: Asked) -> Leaving:
    """The pack as it would leave, and everything found in it. Nothing is written or kept.

    Raises NotFound for a review nobody knows of or without the office, CaseReviewError without a board's name.
    """
    if not asked.refs:
        raise CaseReviewError("no review is chosen", remedy="Name one or several by reference.")
    with desk.reading() as work:
        require_sender(desk, work, "Sending a learning pack")
        sender = _sender(desk, work, asked)
        cases = list({case.id: case for case in (desk.case(work, ref) for ref in asked.refs)}.values())
        parts: list[dict[str, Any]] = []
        named: dict[str, str] = {}
        stays, empty = [], []
        for case in cases:
            review = review_in(desk, work, case)
            without = frozenset(n for one in asked.without if (n := _number(one, case)) is not None)
            part = form.review_part(review, edition_of(review.definition), without=without)
            ids = {form.opaque(case.id, str(rec.number)): f"{case.ref}#{rec.number}" for rec in review.of("finding")}
            gone = {one["id"] for one in part["findings"]}
            named |= ids
            stays += [ref for key, ref in ids.items() if key not in gone]
            empty += [] if gone else [case.ref]
            parts.append(part)
        _all_known(asked.without, set(named.values()))
        pack = form.pack_of(sender, form.quarter(desk.today), parts, asked.secret)
        if asked.vaguer:
            pack = with_vaguer_dates(pack)
            pack = form.pack_of(sender, pack["made"], pack["reviews"], asked.secret)
        keys = [(case, key_of(desk, work, case)) for case in work.every_case(desk.me(work).id, Scope(kind="review"))]
        found = look_through(pack, _protected(desk, work, cases, keys), named)
        found, read = _of_keys(desk, work, found, keys)
    for case_id in read:
        note_other(desk, case_id, IDENTITY, "looking through a learning pack")
    size = len(form.as_text(pack).encode())
    if size > form.LARGEST:
        raise CaseReviewError(
            f"the pack would be {size:,} bytes; at most {form.LARGEST:,} can be read", remedy="Choose fewer reviews."
        )
    return Leaving(pack, found, sum(len(p["findings"]) for p in parts), tuple(stays), tuple(empty))


def _number(one: str, case: Case) -> int | None:
    """The number of a finding of this case; records that were read in have numbers below 1."""
    ref, _, number = one.strip().rpartition("#")
    return int(number) if ref.upper() == case.ref and re.fullmatch(r"-?[0-9]{1,9}", number) else None


def _all_known(without: Sequence[str], known: set[str]) -> None:
    for one in without:
        if one.strip().upper() not in known:
            says = f"{shown(one, width=60)!r} is no finding of the reviews chosen"
            raise NotFound(says, where="--without", remedy=did_you_mean(one.strip().upper(), known))


def _sender(desk: Desk, work: Reading, asked: Asked) -> form.Sender:
    kept = work.kept_one(BOARD, "own")
    name = clean(asked.name, limit=NAME_LIMIT) or (kept.body["name"] if kept else "")
    contact = clean(asked.contact, limit=NAME_LIMIT) or (kept.body["contact"] if kept else "")
    if not name or not contact:
        raise CaseReviewError(
            "a pack says which board it is from and how to reach it", where="--board and --contact",
            remedy="Give both once, such as --contact 'Business office, 01632 960 001': an office, not a person.",
        )  # fmt: skip
    return form.Sender(impersonal(desk, work, name), impersonal(desk, work, contact))


def _of_keys(
    desk: Desk, work: Reading, found: Sequence[Find], keys: Keys
) -> tuple[tuple[Find, ...], tuple[str, ...]]:  # fmt: skip
    """What was found, and the cases whose identity keys it is from: that is a reading of them.

    What stands for somebody is said to whoever keeps the key of such a case and to nobody else.
    """
    said = [Passage(one.place, one.found) for one in found if one.why == "name"]
    read: list[str] = []
    theirs: set[str] = set()
    for case, key in keys:
        words = {hit.found for hit in scan(said, key) if hit.blocks}
        read += [case.id] if words else []
        theirs |= words if not keeps_key(desk, work, case) else set()
    left = (replace(one, offer="") if one.why == "name" and one.found in theirs else one for one in found)
    return tuple(left), tuple(read)


def _protected(desk: Desk, work: Reading, chosen: list[Case], keys: Keys) -> list[Protected]:
    """Whoever is known here: identity keys, family lists, children and colleagues of cases the sender may know of.

    Of cases they may not know of nothing is looked for: a find would tell that there is one (law 7).
    """
    found = [Protected("name", person.name) for person in desk.known(work).people.values()]
    children: dict[str, Any] = {}
    for case, key in keys:
        found += key
        found += [Protected("name", name) for name in sorted(names_on_roster(case))]
        found += [Protected("other", case.ref)]
        children |= {child.id: child for child in work.children(case.children)}
    found += [Protected("other", case.title) for case in chosen if len(case.title) > 3]
    for child in children.values():
        family = work.family(child.family) if child.family else ()
        for one in (child, *family):
            found += [Protected("other", one.id)] if len(one.id) > 3 else []
            found += [Protected("name", name) for name in sorted(names_in(one))]
            found += [Protected("date of birth", v) for kind, v in one.details if "birth" in kind.casefold() and v]
    return list(dict.fromkeys(found))


def send(desk: Desk, asked: Asked, target: str, *, looked: bool = False) -> Leaving:
    """Writes the pack into a new file, once nothing in it says about whom it is.

    looked: somebody has looked at what may point to a person, and it may go. The board's name and contact are kept
    for the next time. Raises CaseReviewError with the first of what is in the way.
    """
    made = prepare(desk, asked)
    refuse(made, looked=looked)
    path = _write(target, form.as_text(made.pack))
    try:
        _keep_board(desk, made.pack["board"])
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return made


def refuse(made: Leaving, *, looked: bool) -> None:
    """Raises CaseReviewError while a pack may not leave."""
    if made.blocked:
        first = made.blocked[0]
        more = f" (and {len(made.blocked) - 1} more)" if len(made.blocked) > 1 else ""
        what = f"“{shown(first.found, width=60)}” {first.says}" if first.found else first.says
        raise CaseReviewError(
            f"{what}{more}; nothing was written", where=first.place,
            remedy="Look at all of it with --dry-run. Correct the record, leave the finding out with --without, or "
            "say dates in a vaguer way with --vaguer.",
        )  # fmt: skip
    if not made.findings:
        raise CaseReviewError(
            "no finding of these reviews is ready to travel; nothing was written",
            remedy="Findings travel once they are agreed.",
        )
    if made.to_look_at and not looked:
        count = len(made.to_look_at)
        raise CaseReviewError(
            f"{count} {'place' if count == 1 else 'places'} may point to somebody; nothing was written",
            where=made.to_look_at[0].place,
            remedy="Look at them with --dry-run; when they may go, say so with --looked.",
        )


def _keep_board(desk: Desk, board: dict[str, str]) -> None:
    with desk.writing() as work:
        before = work.kept_one(BOARD, "own")
        if before is None or (before.body["name"], before.body["contact"]) != (board["name"], board["contact"]):
            body = {**board, "on": desk.today.isoformat(), "by": desk.person}
            desk.register(work, KeptSet(BOARD, "own", "", body))


def _write(target: str, text: str) -> Path:
    where = shown(target, width=200)
    try:
        path = Path(target).expanduser()
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise CaseReviewError("there is a file already", where=where, remedy="Choose another name.") from None
    except (OSError, ValueError, RuntimeError) as wrong:
        why = getattr(wrong, "strerror", None) or "not a name for a file"
        raise CaseReviewError(f"cannot be written ({why})", where=where, remedy="Name a new file.") from None
    return path
