"""The prompts of a review for those who do it: read, answered, kept or silenced; and its quality markers."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.case import Case
from casereview.commands import AddRecord
from casereview.decide.context import in_words, role_titles
from casereview.describe import Names
from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.method.features import Supported, features
from casereview.method.lists import Lists
from casereview.method.markers import LOOK, Looked, checklist
from casereview.method.prompts import ANSWER, OUTCOMES, Prompt, about, prompts
from casereview.method.review import Review
from casereview.ports import Reading
from casereview.roles import roles_of
from casereview.service.desk import Desk, Done
from casereview.service.method_settings import lists_in
from casereview.service.record_reads import NotForYou, note_reads
from casereview.service.review import review_in
from casereview.text import clean
from workflows.definition import Definition


@dataclass(frozen=True, slots=True)
class Thinking:
    """The prompts of a review and the four features. `yours`: this person may answer them."""

    ref: str
    title: str
    features: tuple[Supported, ...]
    names: Names
    yours: bool

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        return tuple(one for feature in self.features for one in feature.prompts)


# ---- the prompts of a review --------------------------------------------------------------------------------------
def reads_prompts(desk: Desk, work: Reading, case: Case, definition: Definition) -> bool:
    """Whether this person is one of those who do the review: prompts, and how many there are, are theirs alone."""
    return bool(roles_of(desk.me(work), case, definition, desk.today) & set(_readers(definition)))


def _readers(definition: Definition) -> tuple[str, ...]:
    kind = definition.records.get(ANSWER) or definition.records.get("finding")
    return kind.by if kind else ()


def thinking(desk: Desk, ref: str) -> Thinking:
    """Every prompt of a review, answered or not, by the four features. Raises NotForYou for whoever does not do it.

    Where a prompt shows words of a record whose reading is written down, it is.
    """
    with desk.reading() as work:
        case = desk.case(work, ref)
        definition = desk.definition_of(work, case)
        if not _readers(definition):
            says = "the workflow of this case has neither findings nor answers to prompts"
            raise CaseReviewError(says, where=case.ref, remedy="Prompts are for reviews by Learning Together.")
        if not reads_prompts(desk, work, case, definition):
            who = in_words(role_titles(definition, _readers(definition)))
            says = f"The prompts of a review are for those who do it: {who}."
            raise NotForYou(says, remedy="They are questions to think by, not figures about anybody's work.")
        words = lists_in(work)
        closely = _read_closely(definition, words)
        review = review_in(desk, work, case, showing=closely)
        found = _prompts(desk, work, review, words)
        quoted = {one.number for one in found if one.kind in closely and one.number is not None}
        rows = [row for number in sorted(quoted) if (row := work.record(case.id, number))]
        names, yours = desk.known(work).names, ANSWER in definition.records
    note_reads(desk, case.id, rows)
    return Thinking(case.ref, case.title, features(review, found, words), names, yours)


def _read_closely(definition: Definition, words: Lists) -> tuple[str, ...]:
    return tuple(kind for kind in words.texts if kind in definition.records and definition.records[kind].logged)


def _prompts(desk: Desk, work: Reading, review: Review, words: Lists) -> tuple[Prompt, ...]:
    people = [person.name for person in desk.known(work).people.values()]
    return prompts(review, words, people)


def prompts_about(desk: Desk, ref: str, number: int) -> tuple[Prompt, ...]:
    """The open prompts about one record; none for whoever does not do the review, or where the case is no review."""
    with desk.reading() as work:
        case = desk.case(work, ref)
        definition = desk.definition_of(work, case)
        if definition.kind != "review" or not reads_prompts(desk, work, case, definition):
            return ()
        words = lists_in(work)
        review = review_in(desk, work, case, showing=_read_closely(definition, words))
        found = about(_prompts(desk, work, review, words), number)
        return tuple(one for one in found if one.open)


def answer_prompt(desk: Desk, ref: str, prompt: str, outcome: str, reason: str, seen: int | None = None) -> Done:
    """Answers, keeps or silences one prompt, with the reason. Raises NotFound for a prompt there is not (any more)."""
    if outcome not in OUTCOMES:
        raise CaseReviewError(f"{clean(outcome)!r} is not an answer", remedy=did_you_mean(outcome, OUTCOMES))
    if not reason.strip():
        raise CaseReviewError("an answer to a prompt asks for a reason, in a line", remedy="Give it with --reason.")
    found = thinking(desk, ref)
    one = next((p for p in found.prompts if p.id == prompt), None)
    if one is None:
        says = f"there is no prompt {clean(prompt)!r} in {found.ref} now"
        known = [p.id for p in found.prompts if p.open]
        raise NotFound(says, remedy=f"{did_you_mean(prompt, known)} See: casereview prompts {found.ref}")
    values = {"prompt": one.id, "outcome": outcome, "reason": reason, "words": one.words, "mark": one.mark}
    if one.number is not None:
        values["about"] = str(one.number)
    return desk.do(found.ref, AddRecord(ANSWER, {name: value for name, value in values.items() if value}), seen=seen)


# ---- the quality markers ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Checklist:
    ref: str
    stage: str
    looked: tuple[Looked, ...]
    names: Names
    kept: str = ""  # that answers are kept to others, where they are


def quality_markers(desk: Desk, ref: str) -> Checklist:
    """The eighteen quality markers of a review, those of its stage marked."""
    with desk.reading() as work:
        case = desk.case(work, ref)
        review = review_in(desk, work, case)
        stage = review.definition.stages[case.main.stage].title
        return Checklist(case.ref, stage, checklist(review), desk.known(work).names, review.kept(LOOK))
