"""Part of the board pack: the longer ones, each with its reason, the manager's answer and what the family knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from casereview.reports.document import NOT_RECORDED, Block, Column, Heading, Note, Pair, Pairs, Paragraph, Table
from casereview.reports.namesout import NamesOut
from casereview.reports.saying import counted, plain_dates, short_date
from casereview.views import OVERDUE, RegisterRow
from casereview.words import standing_word

DECISIONS = {"agreed": "agreed", "not agreed": "not agreed", "tell me more": "asked to hear more"}


@dataclass(frozen=True, slots=True)
class Longer:
    """One running expectation that is late, with what stands beside its time. No child or family is named.

    reason      the title of the reason's code; reason_by: "the worker" or the like is never a name
    answer_by   the manager who answered, who puts their name to it
    """

    row: RegisterRow
    reason: str
    answer_by: str
    beside: str
    purpose: str
    told: str
    hide: NamesOut


def longer(found: Sequence[Longer], total: int) -> Iterator[Block]:
    """total: how many there are, where fewer are told one by one."""
    yield Heading("The longer ones, one by one")
    if not total:
        yield Paragraph("Nothing is past its date, and no planned look was missed.")
        return
    if not found:
        yield Note(f"{counted(total, 'is', 'are')} in the register; none was asked to be told here.", "caveat")
        return
    yield Paragraph(
        "Each is named by its reference only. Longer and justified does not mean hidden: such a case stays on the "
        "list, with its reason and its end, until it is done. Time waited is shown and never taken off."
    )
    columns = (Column("Case", weight=2), Column("Team", weight=2), Column("Stage", weight=1.9),
               Column("Standing", weight=1.9), Column("Working days", right=True, weight=1.35),
               Column("of them beyond", right=True, weight=1.35), Column("Look again on", weight=1.5))  # fmt: skip
    rows = tuple(
        (r.row.case, r.row.team_name or "no team", r.row.stage_title, standing_word(r.row.standing).words,
         f"{r.working_days:,}", f"{r.beyond:,}", _look_again(r))
        for r in (one.row for one in found)
    )  # fmt: skip
    yield Table("In order of concern", columns, rows)
    if total > len(found):
        yield Note(
            f"{counted(total - len(found), 'further one is', 'further ones are')} in the register and not told here: "
            "these are the ones of most concern, and among them those longest beyond their date.", "caveat",
        )  # fmt: skip
    late = [one for one in found if one.row.row.standing in OVERDUE]
    if len(late) < len(found):
        yield Paragraph("Where only a planned look was missed, the list above says all; the others follow one by one.")
    for one in late:
        yield Heading(f"{one.row.row.case} · {standing_word(one.row.row.standing).words}", 2)
        yield Pairs(tuple(_story(one)))


def _look_again(row: RegisterRow) -> str:
    until = (row.expectation.details.get("answer") or {}).get("until")
    return plain_dates(until or "–")


def _story(one: Longer) -> Iterator[Pair]:
    row, seen = one.row, one.row.expectation
    yield "What takes longer", f"{seen.title}, in {row.row.workflow}"
    yield "Time so far", _time(row)
    yield "What the standing means", standing_word(row.row.standing).means
    yield from _lane(row)
    yield from _reason(one, seen.details)
    yield from _answer(one, seen.details)
    if seen.details.get("missing"):
        yield "What no longer holds", "It needs " + "; ".join(seen.details["missing"])
    yield "Family", plain_dates(one.told)
    waiting = seen.details.get("waiting") or ()
    if waiting:
        said = [f"{one.hide(w['on'])}: {one.hide(w['for'])}, since {plain_dates(w['since'])}" for w in waiting]
        yield "Waiting now", "; ".join(said)
    yield "Help and quality", plain_dates(one.beside)
    yield "Last purposeful event", plain_dates(one.purpose)


def _time(row: RegisterRow) -> str:
    seen = row.expectation
    dates = [f"usually by {short_date(seen.indicative)}" if seen.indicative else "no usual time"]
    dates.append(f"agreed for {short_date(seen.agreed)}" if seen.agreed else "no date agreed for this child")
    if seen.statutory:
        dates.append(f"by law, or statutory guidance, {short_date(seen.statutory)}")
    beyond = f", {counted(row.beyond, 'working day')} beyond" if row.beyond else ""
    return f"{counted(row.working_days, 'working day')} since {short_date(seen.started)}{beyond} ({'; '.join(dates)})"


def _lane(row: RegisterRow) -> Iterator[Pair]:
    if row.expectation.target:
        yield "Urgent", f"its target is {short_date(row.expectation.target)}"


def _reason(one: Longer, details: dict[str, Any]) -> Iterator[Pair]:
    reason = details.get("reason")
    if reason is None:
        yield "Reason", NOT_RECORDED
        return
    said = one.hide(reason["text"]) or "without further words"
    yield "Reason", f"{one.reason} ({reason['group']}), given {plain_dates(reason['on'])}: {said}"
    yield "Effect on the child", one.hide(reason["effect"]) or NOT_RECORDED
    if reason.get("action"):
        by = f", by {plain_dates(reason['action_due'])}" if reason.get("action_due") else ""
        owned = "owned by somebody named" if reason.get("action_owner") else "owned by nobody"
        yield "Action", f"{one.hide(reason['action'])}{by} ({owned})"
    newer = details.get("newer_reason")
    if newer:
        yield "A newer reason, not answered", f"given {plain_dates(newer['on'])}: {one.hide(newer['text'])}"


def _answer(one: Longer, details: dict[str, Any]) -> Iterator[Pair]:
    answer = details.get("answer")
    if answer is None:
        yield "Manager's answer", NOT_RECORDED
        return
    said = f": {one.hide(answer['text'])}" if answer.get("text") else ""
    decision = DECISIONS.get(answer["decision"], answer["decision"])
    yield "Manager's answer", f"{decision}, {one.answer_by}, {plain_dates(answer['on'])}{said}"
    if answer.get("until"):
        yield "Until", f"{plain_dates(answer['until'])}: the manager looks again on that day, and the agreement ends"
