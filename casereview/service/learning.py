"""Findings of every review somebody may know of, laid beside other boards' packs and published reviews."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.learning import pack as form
from casereview.learning.patterns import patterns
from casereview.learning.pool import (
    Asked,
    By,
    Pooled,
    PooledReview,
    Recurrence,
    findings_left,
    recurrence,
    reviews_left,
)
from casereview.learning.similar import Alike, Index, index, similar
from casereview.method.findings import grade_of
from casereview.method.lists import shipped
from casereview.method.review import Rec, Review
from casereview.ports import Reading
from casereview.service.desk import Desk
from casereview.service.learning_links import Link, links_in
from casereview.service.review import KIND, review_in
from casereview.text import shown
from casereview.views import Scope
from workflows.definition import Definition

PACK, BOARD = "learning-pack", "learning-board"
PUBLISHED = "published:"
OURS = "this board"
SHOWN = (
    ("summary", "In short"), ("manifested_in_case", "How it showed itself in the case"),
    ("underlying_not_specific", "What makes it underlying"), ("geographic_spread", "How widespread"),
    ("how_usual", "How usual"), ("confidence", "How sure"), ("implications", "What it means"),
    ("questions", "What the board should weigh"), ("against", "What speaks against it"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pool:
    """Everything somebody may look at, and what people linked in it as the same pattern."""

    reviews: tuple[PooledReview, ...]
    links: tuple[Link, ...]

    @property
    def findings(self) -> tuple[Pooled, ...]:
        return tuple(finding for review in self.reviews for finding in review.findings)

    def find(self, key: str) -> Pooled:
        """A finding by its key. Raises NotFound; what is hidden answers as what never was."""
        wanted = key.strip().casefold()
        found = next((one for one in self.findings if one.key.casefold() == wanted), None)
        if found is None:
            near = did_you_mean(key, [one.key for one in self.findings])
            says = f"there is no finding {shown(key, width=60)!r} in the pool"
            raise NotFound(says, remedy=near or "See: casereview pool findings")
        return found

    def linked(self, finding: Pooled) -> tuple[tuple[Link, Pooled], ...]:
        """What people linked with a finding, and the findings at the other end."""
        by_key = {one.key: one for one in self.findings}
        return tuple(
            (link, by_key[other]) for link in self.links if finding.key in link.both
            for other in link.both if other != finding.key
        )  # fmt: skip


def pool(desk: Desk) -> Pool:
    """The whole pool, as far as this person may read it."""
    with desk.reading() as work:
        return pool_in(desk, work)


def pool_in(desk: Desk, work: Reading) -> Pool:
    here = tuple(_here(desk, work))
    packs = tuple(_packs(work, {one.id for one in here}))
    reviews = (*here, *packs, *_published())
    return Pool(reviews, links_in(desk, work, lasting(reviews)))


def lasting(reviews: tuple[PooledReview, ...]) -> dict[str, str]:
    """Lasting id of a finding -> its key in this pool: links are kept by it, so that no reference is kept in them."""
    return {
        f"{review.id or review.key}#{finding.key.rpartition('#')[2]}": finding.key
        for review in reviews for finding in review.findings
    }  # fmt: skip


def recur(desk: Desk, by: By, asked: Asked | None = None) -> tuple[Recurrence, Pool]:
    """The pool by one thing, with what each number is counted against."""
    found = pool(desk)
    return recurrence(reviews_left(found.reviews, asked or Asked()), by), found


def listed(desk: Desk, asked: Asked | None = None) -> tuple[Pooled, ...]:
    """The findings asked for."""
    return findings_left(pool(desk).reviews, asked or Asked())


def similar_to(desk: Desk, key: str, most: int = 10) -> tuple[Pooled, tuple[tuple[Pooled, Alike], ...]]:
    """The findings most like one, with the words that make them so. Raises NotFound."""
    found = pool(desk)
    wanted = found.find(key)
    by_key = {one.key: one for one in found.findings}
    known = weighed(found)
    near = similar(known, wanted.key, sorted(by_key), most)
    return wanted, tuple((by_key[one.other], one) for one in near)


def weighed(found: Pool) -> Index:
    """The words of every finding of the pool, weighed against each other."""
    return index({one.key: one.words for one in found.findings})


# ---- our reviews ------------------------------------------------------------------------------------------------
def _here(desk: Desk, work: Reading) -> Iterator[PooledReview]:
    """Reviews this person may know of whose workflow has findings; published ones read in stand on their own."""
    me, board = desk.me(work).id, board_name(work)
    for case in work.every_case(me, Scope(kind=KIND)):
        if case.import_key.startswith(PUBLISHED):
            continue
        definition = desk.definition_of(work, case)
        if "finding" in definition.records and not definition.stages[case.main.stage].void:
            yield _of_case(review_in(desk, work, case), board)


def board_name(work: Reading) -> str:
    kept = work.kept_one(BOARD, "own")
    return str(kept.body.get("name") or OURS) if kept else OURS


def edition_of(definition: Definition) -> str:
    """Which edition of the kinds of patterns a workflow's findings are coded by."""
    field = definition.records["finding"].fields.get("category") if "finding" in definition.records else None
    return patterns().edition_of(definition.name, field.options if field else ())


def _of_case(review: Review, board: str) -> PooledReview:
    case, edition = review.case, edition_of(review.definition)
    findings = tuple(_finding(review, rec, board, edition) for rec in review.of("finding"))
    year = str((case.closed or case.opened).year)
    return PooledReview(
        case.ref, "here", case.ref, board, edition, year, findings, review.withheld.get("finding", 0), case.id
    )  # fmt: skip


def _finding(review: Review, rec: Rec, board: str, edition: str) -> Pooled:
    more = [(label, rec.text(name)) for name, label in SHOWN if rec.text(name)]
    more += _rows(form.finding_part(review, rec))
    return Pooled(
        f"{review.case.ref}#{rec.number}", "here", review.case.ref, board, rec.text("statement"), edition,
        rec.text("category"), rec.many("also_category"), rec.text("level"), rec.text("strength"),
        grade_of(review, rec, shipped()).word, rec.text("effect"), rec.text("state"), str(rec.on.year),
        more=tuple(more),
    )  # fmt: skip


def _of(row: Mapping[str, str]) -> str:
    """Such as “ (4 of 11)”."""
    many = f"{row['number']} of {row['out_of']}" if row["number"] and row["out_of"] else row["number"]
    return f" ({many})" if many else ""


def _rows(part: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Evidence, responses, what was tried and what helped, each in a line or two."""
    found = [("Evidence" + (" against" if row["against"] == "yes" else ""), f"{row['kind']}: {row['shows']}{_of(row)}")
             for row in part["evidence"]]  # fmt: skip
    found += [(f"Recommended: {row['kind']}" if row["kind"] else "Recommended", row["text"])
              for row in part["recommended"]]  # fmt: skip
    for row in part["responses"]:
        words = [row["position"], row["reasoning"], row["difference"] and f"Intended for children: {row['difference']}",
                 row["no_action_reason"]]  # fmt: skip
        found.append(("Response", "\n".join(word for word in words if word)))
    for row in part["tried"]:
        found.append(("Tried", f"{row['what']} ({row['status'] or 'not said where it stands'})"))
        for seen in row["helped"]:
            words = [f"done: {seen['done']}, made a difference: {seen['helped']}", seen["evidence"],
                     seen["unintended"] and f"Nobody intended: {seen['unintended']}"]  # fmt: skip
            found.append(("Did it help?", "\n".join(word for word in words if word)))
    return found


# ---- packs ------------------------------------------------------------------------------------------------------
def _packs(work: Reading, ours: set[str]) -> Iterator[PooledReview]:
    """Reviews in packs, the newest received first where two packs hold the same review; our own sent back left out."""
    mine = {form.opaque(case_id) for case_id in ours}
    seen: set[str] = set()
    for kept in sorted(work.kept(PACK), key=lambda one: (one.body["received_on"], one.key), reverse=True):
        pack = kept.body["pack"]
        for place, review in enumerate(pack["reviews"], 1):
            if review["id"] in mine or review["id"] in seen:
                continue
            seen.add(review["id"])
            yield of_pack(kept.key, pack, review, place)


def of_pack(key: str, pack: Mapping[str, Any], review: Mapping[str, Any], place: int) -> PooledReview:
    """A review of a pack, under its own name: the pack and a number."""
    board, name = pack["board"]["name"], f"{key}/{place}"
    findings = tuple(
        Pooled(
            f"{name}#{number}", "pack", name, board, one["statement"], review["edition"], one["category"],
            tuple(one["also_category"]), one["level"], one["strength"], "", one["effect"], one["state"], one["year"],
            f"{board}, in its pack", _pack_more(one), pack["board"]["contact"],
        )
        for number, one in enumerate(review["findings"], 1)
    )  # fmt: skip
    return PooledReview(name, "pack", f"{board}: review {place}", board, review["edition"], review["year"], findings)


def _pack_more(one: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    texts = {name: "\n".join(one[name]) if name in form.LISTS else one.get(name, "") for name in form.FINDING}
    return (*((label, texts[name]) for name, label in SHOWN if texts.get(name)), *_rows(one))


# ---- published --------------------------------------------------------------------------------------------------
def _published() -> Iterator[PooledReview]:
    """The shipped facts of published reviews, with the kinds read from their wording here."""
    from casereview.simulation.published import reviews

    for review in reviews():
        read = patterns().readings.get(review["key"])
        name, board = review["title"], read.board if read else ""
        findings = []
        for number, statement in enumerate(review["findings"], 1):
            code, other, sure = read.kinds.get(number, ("", "", "")) if read else ("", "", "")
            by = f"read from its wording here, {sure} confidence" if code else ""
            findings.append(
                Pooled(
                    f"{review['key']}#{number}", "published", review["key"], board, statement,
                    read.edition if read else "later", code, (other,) if other else (), year=read.year if read else "",
                    coded_by=by, more=(("Source", review["source"]),),
                )
            )  # fmt: skip
        edition, year = (read.edition, read.year) if read else ("later", "")
        yield PooledReview(review["key"], "published", name, board, edition, year, tuple(findings))


def board_kept(desk: Desk) -> tuple[str, str]:
    """This board's name and contact line, as packs carry them; empty where nobody has given them yet."""
    with desk.reading() as work:
        kept = work.kept_one(BOARD, "own")
        return (str(kept.body["name"]), str(kept.body["contact"])) if kept else ("", "")


def checked_by(by: str) -> By:
    """One of the things the pool is counted by. Raises CaseReviewError."""
    from casereview.learning.pool import BY

    found = next((one for one in BY if one == by.strip().casefold()), None)
    if found is None:
        says = f"the pool is not counted by {shown(by, width=40)!r}"
        raise CaseReviewError(says, where="--by", remedy=did_you_mean(by, BY))
    return found

