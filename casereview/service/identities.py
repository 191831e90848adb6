"""The identity key of a case: who the made-up names stand for, and what else must never be in what is published.

It is kept apart from the case: no title, record, journal, list, report, search or bundle of the case holds any of it.
Lead reviewers and the chair read it; the review team when they say what for; every reading is written down. It travels
only with the whole store, in a backup or a bundle of everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from casereview.case import Case
from casereview.chain import Link
from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.events import REGISTRY, BodiesDisposed, Happening, KeptSet, KeyChanged
from casereview.method.pseudonyms import pseudonym
from casereview.method.scan import Protected, ProtectedKind
from casereview.people import Kept
from casereview.ports import Reading, Writing
from casereview.roles import roles_of
from casereview.service.desk import Desk
from casereview.service.record_access import KEY, access_of
from casereview.service.record_reads import IDENTITY, NotForYou, note_other
from casereview.service.refold import event_of
from casereview.service.registry import find_person
from casereview.text import LINE_LIMIT, clean, parse_date, required

KINDS: tuple[ProtectedKind, ...] = get_args(ProtectedKind)
DATES = ("date of birth", "date")
PARTICIPANT = "participant"
KEEPERS = ("lead-reviewer", "chair")
AS_NEEDED = ("review-team",)  # once they say what for
WHO = "the lead reviewers, the chair, and the review team when they say what for"


@dataclass(frozen=True, slots=True)
class Identity:
    """One line of the key.

    kind, text   what must not be published, such as a name; dates are ISO
    stands_for   what is written instead, such as "Health Visitor 1"
    variants     other ways it is said or spelt
    person       the id of somebody known here, who may then read what was said with them
    """

    key: str
    kind: ProtectedKind
    text: str
    stands_for: str = ""
    variants: tuple[str, ...] = ()
    person: str = ""


# ---- who may ---------------------------------------------------------------------------------------------------
def standing_to_key(desk: Desk, ref: str) -> str:
    """ "keeps" it, reads it "for a purpose", or "" where it is not for them: so that a screen can ask first."""
    with desk.reading() as work:
        return _standing(desk, work, desk.case(work, ref))


def _standing(desk: Desk, work: Reading, case: Case) -> str:
    live = desk.live
    if live is not desk:
        return standing_to_key(live, case.ref)
    definition = desk.definition_of(work, case)
    roles = roles_of(desk.me(work), case, definition, desk.today)
    if roles & {*KEEPERS, *definition.set_aside_by}:
        return "keeps"
    return "for a purpose" if roles & set(AS_NEEDED) else ""


def keeps_key(desk: Desk, work: Reading, case: Case) -> bool:
    """Whether they are among those who keep the key of a case, and read it without saying what for."""
    return _standing(desk, work, case) == "keeps"


def _require(desk: Desk, work: Reading, case: Case, doing: str, *, keeper: bool = True) -> str:
    found = _standing(desk, work, case)
    if not found or (keeper and found != "keeps"):
        who = "the lead reviewers and the chair" if keeper else WHO
        raise NotForYou(f"{doing} is for {who}.", where=case.ref, remedy="Ask one of them.")
    return found


# ---- reading ---------------------------------------------------------------------------------------------------
def identities(desk: Desk, ref: str, purpose: str = "") -> list[Identity]:
    """The key of a case, by kind and text; the reading is written down first, with its purpose.

    Raises NotForYou, and CaseReviewError where a purpose is asked and none is given.
    """
    purpose = clean(purpose, what="the purpose", limit=LINE_LIMIT).strip()
    with desk.reading() as work:
        case = desk.case(work, ref)
        if _require(desk, work, case, "The identity key", keeper=False) != "keeps" and not purpose:
            raise CaseReviewError(
                "the review team reads the identity key as needed: what for?", where=case.ref,
                remedy="Say it with --purpose TEXT; it is written down.",
            )  # fmt: skip
        found = _held(work, case.id)
    note_other(desk, case.id, IDENTITY, purpose)
    return found


def _held(work: Reading, case_id: str) -> list[Identity]:
    found = [_identity(kept) for kept in work.kept(KEY, case_id)]
    return sorted(found, key=lambda one: (KINDS.index(one.kind), one.stands_for.casefold(), one.text.casefold()))


def _identity(kept: Kept) -> Identity:
    body, key = kept.body, kept.key.rpartition("/")[2]
    return Identity(key, body["kind"], body["text"], body["pseudonym"], tuple(body["variants"]), body["person"])


def protected(desk: Desk, work: Reading, case: Case) -> list[Protected]:
    """What must not be in what is published of a case, for looking through texts: never to be shown as a list."""
    return [Protected(one.kind, one.text, one.stands_for, one.variants) for one in _held(work, case.id)]


# ---- keeping it ------------------------------------------------------------------------------------------------
def next_pseudonym(desk: Desk, ref: str, position: str) -> str:
    """The next free made-up name for somebody in a position, such as "Health Visitor 2"; nothing is kept.

    Raises CaseReviewError where the position is none, or no letter is left; NotForYou for whoever neither keeps the
    key nor reads who takes part: which names are taken tells how many there are.
    """
    with desk.reading() as work:
        case = desk.case(work, ref)
        gate = access_of(desk, work, case)
        if gate is not None and not gate.open(PARTICIPANT):
            _require(desk, work, case, "The next made-up name")
        return _made_up(work, case, position, "")


def _made_up(work: Reading, case: Case, position: str, real: str) -> str:
    listed = work.records(case.id, kind=PARTICIPANT, limit=500).rows
    taken = [*(str(row.values.get("pseudonym", "")) for row in listed), *(o.stands_for for o in _held(work, case.id))]
    try:
        return pseudonym(clean(position, what="the position", limit=LINE_LIMIT), taken, real)
    except ValueError as error:
        raise CaseReviewError(str(error), where="--position", remedy="Or give your own with --for.") from None


def add_identity(
    desk: Desk, ref: str, kind: str, text: str, *, stands_for: str = "", variants: Sequence[str] = (),
    person: str = "", position: str = "",
) -> Identity:  # fmt: skip
    """Adds a line. Raises NotForYou, or CaseReviewError for what is none of the kinds, no date or nobody.

    position   where no `stands_for` is given: the next free made-up name of that position stands for it
    """
    with desk.writing() as work:
        case = desk.case(work, ref)
        if position and not stands_for and _require(desk, work, case, "Adding to the identity key"):
            stands_for = _made_up(work, case, position, text if kind == "name" else "")
        return add_in(desk, work, case, kind, text, stands_for=stands_for, variants=variants, person=person)


def add_in(
    desk: Desk, work: Writing, case: Case, kind: str, text: str, *, stands_for: str = "",
    variants: Sequence[str] = (), person: str = "",
) -> Identity:  # fmt: skip
    """The same in a transaction that is open already."""
    _require(desk, work, case, "Adding to the identity key")
    made = _checked(work, desk, Identity(desk.new_id()[:6], "name", ""), kind, text, stands_for, variants, person)
    same = (made.kind, made.text, made.stands_for)
    if any((one.kind, one.text, one.stands_for) == same for one in _held(work, case.id)):
        raise CaseReviewError("the identity key holds that line already", where=case.ref)
    desk.register(work, _kept(case, made))
    _look_again(desk, work, case)
    return made


def _look_again(desk: Desk, work: Writing, case: Case) -> None:
    """Looks and answers that were kept say nothing about somebody who was not looked for: they are asked for again."""
    if case.scan is not None or case.finds_answered:
        desk.land(work, case, [Happening(KeyChanged(), desk.today)], desk.definition_of(work, case))


def change_identity(
    desk: Desk, ref: str, key: str, *, kind: str | None = None, text: str | None = None,
    stands_for: str | None = None, variants: Sequence[str] | None = None, person: str | None = None,
) -> Identity:  # fmt: skip
    """Changes what is given of a line; what it said before stays in the store's journal."""
    with desk.writing() as work:
        case = desk.case(work, ref)
        _require(desk, work, case, "Changing the identity key")
        old = _one(work, case, key)
        made = _checked(
            work, desk, old, kind if kind is not None else old.kind, text if text is not None else old.text,
            stands_for if stands_for is not None else old.stands_for,
            variants if variants is not None else old.variants, person if person is not None else old.person,
        )  # fmt: skip
        if made == old:
            raise CaseReviewError("nothing would change", where=case.ref, remedy="Give something that differs.")
        desk.register(work, _kept(case, made))
        if (made.kind, made.text, made.variants) != (old.kind, old.text, old.variants):
            _look_again(desk, work, case)
    return made


def remove_identity(desk: Desk, ref: str, key: str, reason: str) -> None:
    """Takes a line out of the key, with a reason."""
    why = required(reason, "--reason", limit=LINE_LIMIT)
    with desk.writing() as work:
        case = desk.case(work, ref)
        _require(desk, work, case, "Taking out of the identity key")
        old = _one(work, case, key)
        desk.register(work, replace(_kept(case, old), body={"reason": why}, gone=True))


def dispose_of_key(desk: Desk, ref: str, basis: str) -> int:
    """Takes the whole key away for good, and every earlier version of it, on a recorded decision. Returns how many.

    The chain still verifies and says that something is gone; older backups hold it until they are destroyed.
    """
    why = required(basis, "--reason", limit=LINE_LIMIT)
    with desk.writing() as work:
        case = desk.case(work, ref)
        _require(desk, work, case, "Disposing of the identity key")
        held = work.kept(KEY, case.id)
        said = [link.seq for link in work.links(stream=REGISTRY) if _of_key(link, case.id)]
        if not said:
            raise NotFound("there is no identity key to dispose of", where=case.ref)
        desk.register(work, *(KeptSet(KEY, kept.key, case.id, {}, gone=True) for kept in held))
        desk.register(work, BodiesDisposed(tuple(said), f"the identity key of {case.ref}: {why}"))
        work.dispose(said)
    return len(held)


def _of_key(link: Link, case_id: str) -> bool:
    event = event_of(link) if link.kind == KeptSet.kind else None
    return isinstance(event, KeptSet) and (event.what, event.owner) == (KEY, case_id) and bool(event.body)


def _one(work: Reading, case: Case, key: str) -> Identity:
    kept = work.kept_one(KEY, f"{case.id}/{key}")
    if kept is None:
        raise NotFound(
            f"the identity key has no line {clean(key, limit=40)!r}", where=case.ref,
            remedy=f"See: casereview identity list {case.ref}",
        )  # fmt: skip
    return _identity(kept)


def _kept(case: Case, one: Identity) -> KeptSet:
    body: dict[str, Any] = {
        "kind": one.kind, "text": one.text, "pseudonym": one.stands_for, "variants": list(one.variants),
        "person": one.person,
    }  # fmt: skip
    return KeptSet(KEY, f"{case.id}/{one.key}", case.id, body)


def _checked(
    work: Reading, desk: Desk, old: Identity, kind: str, text: str, stands_for: str, variants: Sequence[str],
    person: str,
) -> Identity:  # fmt: skip
    found = next((one for one in KINDS if one == clean(kind, limit=LINE_LIMIT).strip().casefold()), None)
    if found is None:
        raise CaseReviewError(f"{clean(kind, limit=60)!r} is nothing the key holds", remedy=did_you_mean(kind, KINDS))
    said = required(text, "what is protected", limit=LINE_LIMIT)
    if found in DATES:
        said = parse_date(said, found, today=desk.today).isoformat()
    others = tuple(dict.fromkeys(v for one in variants if (v := clean(one, limit=LINE_LIMIT).strip())))
    return Identity(
        old.key, found, said, clean(stands_for, limit=LINE_LIMIT).strip(), others,
        find_person(work, person).id if person else "",
    )  # fmt: skip
