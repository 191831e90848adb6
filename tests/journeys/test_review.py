"""A reviewer steps a Learning Together review from referral to closed, loops, tracks and a suspension included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.journeys.program import BEGUN, Program, reference


@dataclass
class Review:
    """One review on its way; every act happens a week after the one before."""

    program: Program
    ref: str
    day: date

    def act(self, person: str, *line: str, status: int = 0) -> Any:
        done = self.program.run(*line, "--as", person, "--today", self.day.isoformat())
        assert done.status == status, (person, line, done.out, done.err)
        assert "Traceback" not in done.err
        return done

    def week(self) -> None:
        self.day += timedelta(weeks=1)

    def step(self, person: str, name: str, reason: str = "") -> None:
        self.week()
        done = self.act(person, "step", self.ref, name, *(["--reason", reason] if reason else []))
        assert self.ref in done.out

    def refused(self, person: str, name: str, *asked: str) -> str:
        """The step is refused, and everything that is missing is named with the command that meets it."""
        said = self.act(person, "step", self.ref, name, status=1).err
        for words in asked:
            assert words in said, said
        return str(said)

    def record(self, person: str, kind: str, *fields: str) -> int:
        done = self.act(person, "record", self.ref, kind, *fields, "--json")
        return int(done.json["record"])

    def stage(self) -> str:
        return str(self.act("ruth", "show", self.ref, "--json").json["stage"])


def opened(program: Program) -> Review:
    done = program.run("open", "learning-together", "--title", "Review 1", "--as", "ruth", "--today", BEGUN)
    assert done.status == 0, done.err
    assert done.out.strip() == reference(done.out)  # nothing but the reference: other programs read it
    return Review(program, done.out.strip(), date.fromisoformat(BEGUN))


def test_a_reviewer_steps_a_review_from_referral_to_closed(program: Program) -> None:
    review = opened(program)
    decide_to_review(review)
    set_up(review)
    understand(review)
    find_patterns(review)
    suspend_and_resume(review)
    report(review)
    respond(review)
    publish_and_put_into_practice(review)
    close(review)
    everything_is_there_and_whole(review)


def decide_to_review(review: Review) -> None:
    review.refused("sam", "recommend", "casereview record", "referral", "recommendation", "set it aside")
    day = review.day.isoformat()
    review.record("sam", "referral", f"received_on={day}", "referred_by=Health", "what_happened=A child was hurt")
    advice = ("recommended=serious case review", "reasons=Much to learn", f"recommended_on={day}")
    review.record("sam", "recommendation", *advice)
    review.step("sam", "recommend")
    review.refused("ruth", "ask-more", "a reason for this step")
    review.step("ruth", "ask-more", "Which agencies knew the family?")
    review.refused("sam", "recommend", "recommendation")  # of this visit
    review.record("sam", "recommendation", *advice)
    review.step("sam", "recommend")
    said = review.refused("ruth", "decide-review", "[must]", f"casereview record {review.ref} review-decision")
    assert "set it aside" not in said  # a duty
    review.record("ruth", "review-decision", "outcome=serious case review", "reasons=A window", f"decided_on={day}")
    review.step("ruth", "decide-review")
    assert review.stage() == "commissioning"


def set_up(review: Review) -> None:
    ref = review.ref
    review.refused("ruth", "agree-scope", "two-lead-reviewers", "appoint", "agree-date", "tell")
    for person, role in (("Lena Berg", "lead-reviewer"), ("omar", "lead-reviewer"), ("tess", "review-team"),
                         ("raj", "review-team"), ("sue", "supervisor")):  # fmt: skip
        review.act("ruth", "appoint", ref, person, role)
    review.record("lena", "scope", "why_this_case=It shows how agencies meet", "questions=How is information shared?",
                  "questions=What helps staff to stay curious?", "option=full", "agencies_in=Health; Police; School",
                  "other_processes=None", "conflicts_considered=yes",
                  "why_proportionate=Nobody knows yet why it goes so")  # fmt: skip
    review.act("ruth", "tell", ref, "--add", "Mother", "--relation", "mother", "--pr")
    review.act("ruth", "tell", ref, "--kind", "started", "--by-way", "visit", "--said", "Thank you for telling me")
    review.refused("ruth", "agree-scope", "a date agreed")
    review.act("ruth", "agree-date", ref, (review.day + timedelta(days=150)).isoformat())
    review.step("ruth", "agree-scope")
    review.step("lena", "rescope", "A second school came to light")
    review.step("ruth", "agree-scope")
    assert review.stage() == "preparation"


def understand(review: Review) -> None:
    day = review.day.isoformat()
    for kind in ("introductory, review team", "introductory, case group"):
        review.record("lena", "meeting", f"kind={kind}", f"on={day}")
    worker = review.record(
        "lena", "participant", "pseudonym=Health Visitor 1", "role=health visitor", "agency=Health", "in_case_group=yes"
    )
    review.record("sam", "agency-return", "agency=Health", "asked_for=Clinic notes", f"asked_on={day}")
    review.record("sam", "document", "agency=Health", "kind=clinic notes")
    said = review.refused("lena", "start-data", f"correct {review.ref} {worker} information_given_on")
    assert "support_person" in said
    review.act("tess", "correct", review.ref, str(worker), "support_person=x", "--reason", "heard so", status=1)
    review.act("lena", "correct", review.ref, str(worker), f"information_given_on={day}", "support_person=Matron",
               "--reason", "agreed by telephone")  # fmt: skip
    review.step("lena", "start-data")
    review.record("omar", "conversation", f"participant={worker}", "held_by=Lena; Omar", "status=held")
    review.record("lena", "family-involvement", "kind=invited", f"on={day}", "whom=Mother")
    look = ("gathering-look", f"looked_on={day}", "by_agency=Health: whole", "enough=yes")
    review.record("lena", *look)
    review.step("lena", "start-analysis")
    review.step("omar", "need-more-data", "The school was not asked")
    review.refused("lena", "start-analysis", "gathering-look")
    review.record("lena", *look)
    review.step("lena", "start-analysis")
    episode = review.record("tess", "key-practice-episode", "title=The first visit", "description=A visit was made",
                            "why_key=It set the direction", "sources=Health Visitor 1", "judgement=good")  # fmt: skip
    review.refused("lena", "share-case-analysis", f"correct {review.ref} {episode} local_rationality=…")
    review.act("tess", "correct", review.ref, str(episode), "local_rationality=The family seemed settled",
               "--reason", "learned in conversation")  # fmt: skip
    review.record("raj", "contributory-factor", f"episode={episode}", "head=conditions of work",
                  "factor=Forty families each", "effect=hinders")  # fmt: skip
    review.record("lena", "meeting", "kind=analysis", f"on={day}", "decided=One episode set the direction")
    part = review.record("tess", "narrative-segment", "order=1", "title=Before the birth", "agreed=Visits were kept")
    review.record("tess", "perspective", f"segment={part}", "whose=Health Visitor 1")
    review.step("lena", "share-case-analysis")
    assert review.stage() == "follow-on-1"


def find_patterns(review: Review) -> None:
    review.record("lena", "meeting", "kind=first joint meeting", f"on={review.day.isoformat()}")
    comment = review.record("sue", "comment", "from_whom=Health Visitor 1", f"on={review.day.isoformat()}",
                            "about=the account", "comment=We did know", "outcome=not yet answered")  # fmt: skip
    review.refused("lena", "go-to-patterns", f"correct {review.ref} {comment} outcome=…")
    review.act("sue", "correct", review.ref, str(comment), "outcome=kept as a differing view", "--reason", "answered")
    review.step("lena", "go-to-patterns")
    review.record(
        "lena", "finding", "statement=Information meets nobody", "category=tools", "effect=hinders",
        "level=local board and agencies", "strength=finding", "state=drafted", "manifested_in_case=Two notes, one desk",
        "underlying_not_specific=Every team works so", "geographic_spread=this area", "how_usual=Most weeks",
        "implications=Concerns arrive late",
    )  # fmt: skip
    review.step("lena", "share-patterns")
    review.record("lena", "meeting", "kind=second joint meeting", f"on={review.day.isoformat()}")
    review.step("lena", "draft")
    assert review.stage() == "report-drafting"


def suspend_and_resume(review: Review) -> None:
    day, ref = review.day.isoformat(), review.ref
    ahead = (review.day + timedelta(days=60)).isoformat()
    crown = ("kind=criminal investigation or trial", "lead_body=Police", "status=open")
    trial = review.record("ruth", "parallel-process", *crown)
    review.step("ruth", "note-proceedings")
    review.record("ruth", "suspension", "why=Witnesses", f"process={trial}", "may_continue=back-to-case-group",
                  f"suspended_on={day}", f"look_again={ahead}")  # fmt: skip
    review.step("ruth", "suspend")
    before = review.act("ruth", "show", ref, "--json").json["expectations"]
    review.refused("lena", "submit", "suspended in part", f"casereview step {ref} ")
    review.step("lena", "back-to-case-group", "One more question")  # it may continue
    review.step("ruth", "resume", "The police are content")
    review.record("lena", "meeting", "kind=further joint meeting", f"on={review.day.isoformat()}")
    review.step("lena", "draft")
    after = review.act("ruth", "show", ref, "--json").json["expectations"]
    days = [{e["expectation"]: e["working_days"] for e in seen}["review"] for seen in (before, after)]
    assert days[1] > days[0]  # a suspension is shown; nothing is subtracted


def report(review: Review) -> None:
    day = review.day.isoformat()
    review.refused("lena", "submit", "prevalence-evidence", "limitations", "quality-assurance", "anonymisation-check")
    finding = review.act("ruth", "show", review.ref, "--json")
    number = _newest(review, "finding")
    agree = ("correct", review.ref, str(number), "state=agreed", "--reason", "agreed by the review team")
    said = review.act("lena", *agree, status=1).err  # not before something shows how usual it is
    assert f"casereview record {review.ref} prevalence-evidence finding={number}" in said
    review.record("raj", "prevalence-evidence", f"finding={number}", "kind=audit", "shows=In 8 of 10 files")
    review.act("lena", *agree)
    review.record("lena", "limitations", "professionals=One had left", "family=The father", "cannot_say=Much")
    review.record("sue", "quality-assurance", f"looked_on={day}", "hindsight=yes", "beyond=yes", "working_out=yes",
                  "standards=yes", "family_kept=yes")  # fmt: skip
    review.record("lena", "family-involvement", "kind=draft shared", f"on={day}", "whom=Mother")
    review.record("sue", "supervision", f"held_on={day}", "kind=group", "themes=Whose voice is missing")
    for signed in ("no", "yes"):  # a check that found something is not yet one that nobody can be known
        review.record("lena", "anonymisation-check", f"checked_on={day}", "what=report", "looked_for=names, schools",
                      f"signed={signed}")  # fmt: skip
        if signed == "no":
            review.refused("lena", "submit", "anonymisation-check")
    review.step("lena", "submit")
    review.step("ruth", "return-report", "Please say how usual it is")
    review.step("lena", "submit")
    assert finding.json["stage"] == "report-drafting"


def respond(review: Review) -> None:
    day, finding = review.day.isoformat(), _newest(review, "finding")
    review.record("ruth", "board-position", f"finding={finding}", "position=accepted", f"taken_on={day}")
    review.step("ruth", "receive")
    review.record("ruth", "board-response", f"finding={finding}", "position=accepted", "reasoning=We see it",
                  "kind=clear answer, all can do it", "difference=Concerns meet a person",
                  f"responded_on={day}")  # fmt: skip
    review.refused("ruth", "respond", "the family knows", "casereview tell")
    review.act("ruth", "tell", review.ref, "--kind", "decision", "--by-way", "visit")
    review.step("ruth", "respond")
    assert review.stage() == "learning"


def publish_and_put_into_practice(review: Review) -> None:
    ref, day = review.ref, review.day.isoformat()
    review.refused("ruth", "close", "it is decided whether the report is published", f"casereview step {ref} hold-back")
    review.record("ruth", "publication-decision", "document=report", "decision=hold", "why=A trial", "effect=weighed",
                  f"decided_on={day}")  # fmt: skip
    review.step("ruth", "hold-back")
    review.record("ruth", "publication-decision", "document=report", "decision=publish", "why=The trial is over",
                  "effect=The family was asked", f"decided_on={day}")  # fmt: skip
    review.refused("ruth", "publish", "nobody of the identity key", f"casereview scan {ref} --keep")
    assert review.act("lena", "scan", ref, "--json").json["holds_back"] == 0
    review.act("lena", "scan", ref, "--keep")
    review.step("ruth", "publish")
    action = review.record("sam", "action", "what=One front door", "owner=Head of service", "status=under way",
                           "difference=Concerns meet a person")  # fmt: skip
    review.step("sam", "start-actions")
    review.record("sam", "impact", f"action={action}", f"checked_on={day}", "done=yes", "helped=in part",
                  "evidence=Twelve families were asked")  # fmt: skip
    review.refused("sam", "evaluate", f"correct {ref} {action} status=…")
    review.act("sam", "correct", ref, str(action), "status=done", "--reason", "done in May")
    review.step("sam", "evaluate")


def close(review: Review) -> None:
    review.refused("ruth", "close", "what those who took part learned", "the family knows how it ended")
    review.record("lena", "learning-of-participants", "whose=Health visitors", "learned=To ask twice")
    review.act("ruth", "tell", review.ref, "--kind", "decision", "--by-way", "letter")
    review.step("ruth", "close")
    assert review.stage() == "closed"
    said = review.refused("ruth", "close")
    assert f"casereview reopen {review.ref} --reason" in said
    review.week()
    review.act("lena", "reopen", review.ref, "--reason", "New evidence", status=1)
    review.act("ruth", "reopen", review.ref, "--reason", "New evidence")
    review.act("ruth", "tell", review.ref, "--kind", "progress")
    review.step("ruth", "close")


def everything_is_there_and_whole(review: Review) -> None:
    case = review.act("ruth", "show", review.ref, "--json").json
    assert case["stage"] == "closed" and case["closed"]
    history = review.act("ruth", "history", review.ref, "--json").json
    lines = history if isinstance(history, list) else history["entries"]
    assert any("Reopened" in line["says"] for line in lines)
    verified = review.program.run("verify", "--json")
    assert verified.status == 0 and verified.json["ok"], verified


def _newest(review: Review, kind: str) -> int:
    """The number of the newest record of a kind, as the case shows it."""
    rows = review.act("ruth", "records", review.ref, kind, "--json").json
    return max(int(row["number"]) for row in rows)
