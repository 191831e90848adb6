"""One case of a sample, as it is recorded, with the names of children and families taken out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casereview.case import Case
from casereview.describe import Names
from casereview.errors import NotFound
from casereview.oversight.quality.beside import beside
from casereview.ports import Reading
from casereview.reports.document import NOT_RECORDED, Pair
from casereview.reports.namesout import NamesOut
from casereview.reports.parts_sample import Said, Sampled
from casereview.reports.saying import counted, plain_dates, short_date
from casereview.service.desk import Desk
from casereview.service.journey import Journey, journey
from casereview.service.reading import CaseView, view
from casereview.service.record_access import readable
from casereview.service.record_entries import told
from casereview.service.reports import names_out
from casereview.views import RecordRow
from casereview.words import standing_word
from workflows.definition import Definition

LONGEST = 300
"""Entries of a case's history that are listed."""
REVIEWS, SUPERVISION, LOOKS = ("checkpoint-review",), ("supervision",), ("quality-look", "quality-assurance")
DECIDED = ("decision", "review-decision", "goal", "goal-progress", "outcome-shared", "look-back")
HEARD = ("childs-words", "family-view")
# Where a record asks how the help felt: kind -> the fields, and whose words they are.
FELT: dict[str, tuple[tuple[str, str], ...]] = {
    "look-back": (("helped", "What helped, in the family's words"), ("lasted", "Whether it is better, and lasted")),
    "goal-progress": (("family_words", "The child and family on the goal"),),
    "outcome-shared": (("said", "The family when the decision was shared"),),
}
EMPTY: tuple[object, ...] = (None, "", [])


@dataclass(frozen=True, slots=True)
class _Reading:
    desk: Desk
    case: Case
    definition: Definition
    names: Names
    hide: NamesOut
    rows: tuple[RecordRow, ...]

    def of(self, kinds: tuple[str, ...]) -> list[RecordRow]:
        """Records of these kinds as they stand, oldest first."""
        return sorted((r for r in self.rows if r.kind in kinds), key=lambda row: (row.on, row.number))


def sampled(desk: Desk, ref: str) -> Sampled:
    """Everything a sample tells of one case. Raises NotFound where this person may not know of it (law 7)."""
    with desk.reading() as work:
        case = desk.case(work, ref)
        seen = view(desk, work, case, desk.today)
        rows = _rows(desk, work, case)
        read = _Reading(desk, case, seen.definition, desk.known(work).names, names_out(work, case), rows)
        happened, left_out = _happened(work, read)
        oversight = tuple(_oversight(desk, work, read, seen))
        team = read.names.team(case.team) if case.team else "no team"
    stories = [story for child in case.children if (story := _story(desk, child)) is not None]
    return Sampled(
        case.ref, tuple(_facts(seen, team)), _repeated(case, stories), _others(case, stories, read),
        happened, left_out, oversight, tuple(_said(read, REVIEWS)), tuple(_said(read, SUPERVISION)),
        tuple(_said(read, LOOKS)), tuple(_said(read, DECIDED)), tuple(_felt(read)), tuple(_said(read, HEARD)),
    )  # fmt: skip


def _rows(desk: Desk, work: Reading, case: Case) -> tuple[RecordRow, ...]:
    total = work.records(case.id, limit=1).total
    rows, _ = readable(desk, work, case, work.records(case.id, limit=max(total, 1)).rows)
    return tuple(row for row in rows if not row.withdrawn)


def _facts(seen: CaseView, team: str) -> Iterator[Pair]:
    case, definition = seen.case, seen.definition
    yield "Workflow", f"{definition.title} ({case.workflow} {case.version})"
    yield "Team", team
    yield "Opened", short_date(case.opened)
    yield "Closed", short_date(case.closed) if case.closed else "open"
    yield "Where it is", definition.stages[case.main.stage].title
    if case.imported:
        yield "Brought in", "from a census return: it carries dates, and nothing of what was said or decided"
    for one in seen.expectations:
        if not one.expectation.shown_only:
            beyond = f", {counted(one.beyond, 'working day')} beyond its date" if one.beyond else ""
            took = counted(one.working_days, "working day")
            yield one.expectation.title, f"{standing_word(one.standing).words}: {took}{beyond}"


# ---- the journey -------------------------------------------------------------------------------------------------
def _story(desk: Desk, child: str) -> Journey | None:
    try:
        return journey(desk, child)
    except NotFound:
        return None


def _repeated(case: Case, stories: list[Journey]) -> str:
    if not case.children:
        return "No child is linked to this case."
    times = {ref for story in stories for ref in story.repeated}
    workers = max(len({one.worker for one in case.workers}), 1 if case.worker else 0)
    said = f"Workers so far in this case: {workers}. " if workers else "No worker is recorded. "
    if times:
        named = (["this case"] if case.ref in times else []) + sorted(times - {case.ref})
        return f"{said}Concern came again within a year of an earlier closing, with: {', '.join(named)}."
    return f"{said}No case of the same child or family that is known here began within a year of another's closing."


def _others(case: Case, stories: list[Journey], read: _Reading) -> tuple[tuple[str, ...], ...]:
    found: dict[str, tuple[str, ...]] = {}
    for story in stories:
        for row in story.cases:
            if row.id != case.id:
                whose = "the child" if any(line.case == row.case and not line.child for line in story.lines) else ""
                about = whose or "a brother or sister"
                before = found.get(row.case)
                closed = short_date(row.closed) if row.closed else "open"
                if before is None or about == "the child":
                    found[row.case] = (row.case, row.workflow, short_date(row.opened), closed, about)
    return tuple(found[ref] for ref in sorted(found))


def _happened(work: Reading, read: _Reading) -> tuple[tuple[tuple[str, str], ...], int]:
    entries = work.history(read.case.id)
    lines = [
        (short_date(entry.on), plain_dates(read.hide(says)))
        for entry, says in told(read.desk, work, read.case.id, read.case.hash, entries[:LONGEST])
    ]
    return tuple(lines), max(len(entries) - LONGEST, 0)


# ---- oversight ---------------------------------------------------------------------------------------------------
def _oversight(desk: Desk, work: Reading, read: _Reading, seen: CaseView) -> Iterator[Pair]:
    case, hide, names = read.case, read.hide, read.names
    for one in seen.expectations:
        run = one.run
        for reason in run.reasons:
            code = read.definition.reasons.get(reason.code)
            yield f"Reason, {short_date(reason.on)}", f"{code.title if code else reason.code}: {hide(reason.text)}"
            yield "Effect on the child", hide(reason.effect) or NOT_RECORDED
        for answer in run.answers:
            until = f", until {short_date(answer.until)}" if answer.until else ""
            says = f"{answer.decision}{until}, {names.person(answer.by)}. {hide(answer.text)}".strip()
            yield f"Manager's answer, {short_date(answer.on)}", says
        if not one.expectation.shown_only and (run.held or run.checkpoints):
            late = f", {run.late} of them late" if run.late else ""
            planned = f"; next planned for {short_date(run.checkpoints[0])}" if run.checkpoints else ""
            yield f"Planned looks at “{one.expectation.title}”", f"{run.held} held{late}{planned}"
    for look in case.looks:
        yield f"Looked at, {short_date(look.on)}", f"{names.person(look.by)}. {hide(look.note)}".strip()
    for let_go in case.set_asides:
        yield "Set aside", f"{hide(let_go.reason) or 'no reason recorded'} ({names.person(let_go.by)})"
    for waited in case.waited:
        days = f"{short_date(waited.since)} to {short_date(waited.until)}"
        yield "Waited", f"on {hide(waited.on_whom)}, for {hide(waited.what)}: {days}"
    yield "Help and quality", plain_dates(beside(desk, work, [case])[case.id].says)


# ---- records -----------------------------------------------------------------------------------------------------
def _said(read: _Reading, kinds: tuple[str, ...]) -> Iterator[Said]:
    for row in read.of(kinds):
        kind = read.definition.records.get(row.kind)
        title = kind.title if kind else row.kind
        asks = {name: f.ask for name, f in kind.fields.items()} if kind else {}
        answers = tuple(
            (asks.get(name, name), read.hide(_value(read, name, value, row)))
            for name, value in row.values.items()
            if value not in EMPTY
        )
        yield Said(f"{title}, {short_date(row.on)}, by {read.names.person(row.by)}", answers)


def _value(read: _Reading, name: str, value: Any, row: RecordRow) -> str:
    """An answer in words: people by name, children by nothing at all."""
    kind = read.definition.records.get(row.kind)
    field = kind.fields.get(name) if kind else None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field is not None and field.type == "person":
        return read.names.person(str(value))
    if field is not None and field.type == "child":
        return f"child {read.case.children.index(value) + 1}" if value in read.case.children else "a child"
    if isinstance(value, list | tuple):
        return "\n".join(str(one) for one in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {said}" for key, said in value.items())
    return plain_dates(str(value)) if field is not None and field.type == "date" else str(value)


def _felt(read: _Reading) -> Iterator[tuple[str, str]]:
    """What was said of the help itself, wherever a record asks for it."""
    for row in read.of(tuple(FELT)):
        for name, whose in FELT[row.kind]:
            value = row.values.get(name)
            if value not in EMPTY:
                yield f"{whose}, {short_date(row.on)}", read.hide(str(value))
