"""The agenda of a meeting of a review: what it is to look at, told only as far as those who come may read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casereview.method.agencies import agencies
from casereview.method.episodes import Episode, episodes
from casereview.method.findings import AGREED, EVIDENCE, NOT_TAKEN, POSITION, STATES, Anatomy, findings
from casereview.method.lists import Lists
from casereview.method.meetings import MEETING, Meeting, comments
from casereview.method.processes import processes
from casereview.method.review import Review
from casereview.reports.document import Answer, Block, Heading, Items, Note, Paragraph, Table, long_date
from casereview.reports.review.columns import wide
from casereview.reports.review.practice import months_of
from casereview.reports.saying import counted, short_date

LINES = 2  # left free under each thing to be looked at
DECIDED = STATES.index(AGREED)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of meeting: who comes, the stage it belongs to, what it is for, and what it looks at."""

    audience: tuple[str, ...]
    stages: tuple[str, ...]
    says: str
    parts: tuple[str, ...]


TEAM = ("lead-reviewer", "review-team", "supervisor")
GROUP = ("case-group",)
BOARD = ("chair", "board-member")
JOINT_1 = Kind(GROUP, ("follow-on-1", "interim-report"), "Is the account right; what is missing? Views that differ are "
               "kept.", ("questions", "episodes", "comments"))  # fmt: skip
JOINT_2 = Kind(GROUP, ("follow-on-1", "follow-on-2", "report-drafting"), "Do the patterns ring true, and how usual are "
               "they? Views that differ are kept.", ("findings", "comments"))  # fmt: skip
BOTH = Kind(GROUP, (*JOINT_1.stages, *JOINT_2.stages), "The account and the patterns, on one day for everybody.",
            ("questions", "episodes", "findings", "comments"))  # fmt: skip
INVITED = Kind(GROUP, (), "What the review is for, how it goes, what is asked of those who take part, and what will be "
               "shared with whom. Nobody has to take part.", ("questions", "how"))  # fmt: skip
KINDS = {
    "introductory, review team": Kind(TEAM, (), "Learning how the review goes, and shaping its questions.",
                                      ("questions", "how", "agencies", "processes")),
    "introductory, case group": INVITED,
    "introductory, participants": INVITED,
    "analysis": Kind(TEAM, (), "Thinking it through together: what mattered, why it made sense, what is underneath.",
                     ("questions", "episodes", "findings", "comments", "agencies", "processes")),
    "first joint meeting": JOINT_1,
    "on the interim report": JOINT_1,
    "second joint meeting": JOINT_2,
    "on the draft of the final report": JOINT_2,
    "further joint meeting": BOTH,
    "one-day event": BOTH,
    "board": Kind(BOARD, ("board-consideration", "board-response"), "Receiving the findings. The analysis is the "
                  "reviewers’, the answer will be the board’s.", ("findings", "positions", "limitations")),
    "family": Kind((), (), "Hearing the family, and how they are told of in the report.", ("questions", "family")),
    "other processes": Kind(TEAM, (), "What other processes touch, and what is agreed about going on.", ("processes",)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agenda:
    """review: as far as everybody who comes may read it; last: the meeting of this kind before, if there was one."""

    review: Review
    lists: Lists
    today: date
    kind: str
    meeting: Meeting | None
    last: Meeting | None
    unanswered: int  # comments that wait for an answer, whoever may read them
    new: dict[str, int]  # kind of record -> how many were written or changed since the last meeting


def agenda(found: Agenda) -> Iterator[Block]:
    kind = KINDS.get(found.kind, KINDS["analysis"])
    yield Paragraph(kind.says, "What it is for.")
    if found.meeting is not None and found.meeting.looked_at and MEETING in found.review.recs:
        yield Heading("Put down for it already", 2)
        yield Items(found.meeting.looked_at)
    yield from _since(found)
    writers = {"questions": _questions, "how": _how, "episodes": _episodes, "findings": _findings,
               "comments": _comments, "agencies": _agencies, "processes": _processes, "positions": _positions,
               "limitations": _limitations, "family": _family}  # fmt: skip
    for part in kind.parts:
        yield from writers[part](found)
    yield Heading("Decided, and who does what", 2)
    yield Answer("Decided", LINES)
    yield Answer("What changes in the analysis because of it", LINES)


def _since(found: Agenda) -> Iterator[Block]:
    yield Heading("Since the last", 2)
    if found.last is None:
        yield Paragraph(f"No meeting of this kind ({found.kind}) is written down yet.")
        return
    yield Paragraph(f"The last was held on {long_date(found.last.on)}." if found.last.on else "The last has no date.")
    if found.last.decided and MEETING in found.review.recs:
        yield Paragraph(found.last.decided, "Decided then.")
    titles = {name: kind.title.lower() for name, kind in found.review.definition.records.items()}
    said = tuple(f"{titles[kind]}: {count}" for kind, count in found.new.items())
    if said:
        yield Paragraph("Written down or changed since then:")
        yield Items(said)
    else:
        yield Paragraph("Nothing that this meeting looks at was written down or changed since then.")


def _questions(found: Agenda) -> Iterator[Block]:
    scope = found.review.newest("scope")
    asked = scope.many("questions") if scope else ()
    if asked:
        yield Heading("The questions of this review", 2)
        yield Items(asked, numbered=True)


def _how(found: Agenda) -> Iterator[Block]:
    yield Heading("How it goes", 2)
    option = found.review.definition.option(found.review.option)
    said = [found.review.definition.says]
    said += [option.says, f"Conversations: {option.conversations}.", f"Meetings: {option.meetings}."] if option else []
    yield Items(tuple(one for one in said if one.strip()))


# ---- the account and the patterns ------------------------------------------------------------------------------------
def _episodes(found: Agenda) -> Iterator[Block]:
    rows = episodes(found.review)
    if not rows:
        return
    yield Heading("Key practice episodes, as drafted", 2)
    for at, one in enumerate(rows, 1):
        yield from _episode(found, at, one)


def _episode(found: Agenda, at: int, one: Episode) -> Iterator[Block]:
    rec = one.rec
    yield Heading(f"{at}. {rec.text('title')}", 3)
    when = months_of(rec)
    yield Paragraph(rec.text("description"), f"{when}." if when else "")
    if rec.text("local_rationality"):
        yield Paragraph(rec.text("local_rationality"), "How it made sense then.")
    asks = tuple(dict.fromkeys(ask.asks for ask in one.open))
    if asks and _is_team(found):
        yield Note(" ".join(asks), "question")
    yield Answer("Is it right? What is missing? Who saw it differently?", LINES)


def _findings(found: Agenda) -> Iterator[Block]:
    rows = [one for one in findings(found.review, found.lists) if one.state != NOT_TAKEN]
    if not rows:
        return
    yield Heading("The patterns, as drafted", 2)
    for at, one in enumerate(rows, 1):
        yield from _finding(found, at, one)


def _finding(found: Agenda, at: int, one: Anatomy) -> Iterator[Block]:
    rec = one.rec
    yield Heading(f"{at}. {rec.text('category')} ({one.state})", 3)
    yield Paragraph(rec.text("statement"))
    if rec.text("manifested_in_case"):
        yield Paragraph(rec.text("manifested_in_case"), "How it showed in this case.")
    if EVIDENCE in found.review.recs:
        yield Paragraph(one.grade.says, "How usual it is.")
    if _is_board(found):
        yield from [Items(rec.many("questions"))] if rec.many("questions") else []
        return
    asks = tuple(answer.ask for answer in one.open_questions)
    if asks:
        yield Note(f"Not answered yet: {' '.join(asks)}", "question")
    yield Answer("Does it ring true? How usual is it where you work, and what speaks against it?", LINES)


def _positions(found: Agenda) -> Iterator[Block]:
    taken = {rec.link("finding") for rec in found.review.of(POSITION)}
    rows = [one for one in findings(found.review, found.lists) if one.state != NOT_TAKEN and one.number not in taken]
    if rows:
        yield Heading("The board takes a position on", 2)
        for one in rows:
            yield Answer(f"{one.rec.text('statement')} (accepted, accepted with comment, not accepted, and why)", 2)


def _limitations(found: Agenda) -> Iterator[Block]:
    rec = found.review.newest("limitations")
    if rec is not None:
        yield Heading("What the review cannot say", 2)
        yield Paragraph(rec.text("cannot_say"))


def _comments(found: Agenda) -> Iterator[Block]:
    """In full for whoever may read them; for others, that there are some."""
    if not found.unanswered:
        return
    waiting = [one for one in comments(found.review) if one.open]
    yield Heading("Comments that wait for an answer", 2)
    if not waiting:
        yield Paragraph(f"{counted(found.unanswered, 'comment')} made so far will be answered one by one.")
        return
    rows = tuple((one.from_whom, short_date(one.on), one.about, one.text) for one in waiting)
    yield Table("Each is answered: accepted, kept as a differing view, or not accepted and why",
                wide(("From", 1.3), ("On", 0.9), ("About", 1.6), ("What was said", 3.2)), rows)  # fmt: skip


# ---- around it -------------------------------------------------------------------------------------------------------
def _agencies(found: Agenda) -> Iterator[Block]:
    rows = agencies(found.review, found.today)
    if rows:
        yield Heading("What came from agencies", 2)
        yield Table("Agency by agency", wide(("Agency", 2), ("Stands", 1.4), ("Documents", 1), ("Missing", 3)), tuple(
            (one.name, one.state, str(one.documents), "\n".join(one.missing) or "–") for one in rows
        ))  # fmt: skip


def _processes(found: Agenda) -> Iterator[Block]:
    rows = [one for one in processes(found.review) if not one.over]
    if rows:
        yield Heading("Other processes", 2)
        yield Table("What runs beside the review", wide(("Kind", 1.6), ("Stands", 1.6), ("Touches", 2), ("Agreed", 2.2),
                    ("Look again", 1)), tuple(
            (one.kind, one.status, "; ".join(one.touches) or "–", one.plan or "–", short_date(one.review_on))
            for one in rows
        ))  # fmt: skip


def _family(found: Agenda) -> Iterator[Block]:
    yield Heading("With the family", 2)
    yield Answer("What would they have wished the services to know?", LINES)
    yield Answer("What should the review ask?", LINES)
    yield Answer("How do they wish to be told of in the report?", LINES)


def _is_team(found: Agenda) -> bool:
    return KINDS.get(found.kind, KINDS["analysis"]).audience == TEAM


def _is_board(found: Agenda) -> bool:
    return KINDS.get(found.kind, KINDS["analysis"]).audience == BOARD


