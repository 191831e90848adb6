"""An assessment takes longer: reason, answer, telling the family, and what becomes of it as days go by."""

from __future__ import annotations

from typing import Any

from tests.journeys.program import Program

OPENED = "2012-03-05"


class Assessment:
    def __init__(self, program: Program) -> None:
        self.program, self.day = program, OPENED
        done = self.act(
            "amina", "open", "single-assessment", "--title", "Assessment 1", "--team", "North", "--worker", "Amina Shah"
        )
        self.ref = done.out.strip()

    def act(self, person: str, *line: str, status: int = 0) -> Any:
        done = self.program.run(*line, "--as", person, "--today", self.day)
        assert done.status == status, (person, line, done.out, done.err)
        return done

    def overdue(self, *options: str) -> list[dict[str, Any]]:
        found = self.act("ben", "overdue", *options, "--json").json
        return [row for row in (found if isinstance(found, list) else found["rows"]) if row["case"] == self.ref]

    def standing(self) -> str:
        return str(self.act("ben", "show", self.ref, "--json").json["standing"])

    def begin(self) -> None:
        self.act("amina", "tell", self.ref, "--add", "Mother", "--relation", "mother", "--pr")
        self.act("amina", "tell", self.ref, "--kind", "started", "--promised", "2012-03-30")
        self.act("ben", "agree-date", self.ref, "30 March 2012")
        self.act("amina", "seen", self.ref, "--alone", "--where", "at home")
        self.act("amina", "step", self.ref, "begin-at-once", "--reason", "seen today")


def test_an_assessment_takes_longer_is_justified_and_lapses(program: Program) -> None:
    case = Assessment(program)
    case.begin()
    assert case.overdue() == []

    case.day = "2012-04-02"  # past the date agreed for this child
    assert [row["standing"] for row in case.overdue()] == ["past_agreed"]
    case.act("amina", "seen", case.ref, "--with", "Mother")
    case.act("amina", "reason", case.ref, "HIST", "--text", "Two old files arrived",
             "--effect", "seen weekly meanwhile", "--proposed", "2012-04-20")  # fmt: skip
    assert case.standing() == "longer_explained"  # a reason alone is no justification

    refused = case.act("amina", "answer", case.ref, "--agree-until", "2012-04-23", status=1)
    assert "Team manager" in refused.err
    agreed = case.act("ben", "answer", case.ref, "--agree-until", "2012-04-23", "--text", "Read both files")
    assert "Two old files arrived" in agreed.out and "casereview tell" in agreed.out
    assert case.standing() == "longer_lapsed"  # the family does not know yet
    [row] = case.overdue("--lapsed")
    assert any("family" in lacking for lacking in row["missing"])

    case.act("amina", "tell", case.ref, "--kind", "delay explained", "--promised", "2012-04-20", "--by-way", "visit")
    [row] = case.overdue("--justified")
    assert row["reason"]["code"] == "HIST" and row["answer"]["until"] == "2012-04-23"
    assert row["family"]["told_on"] == "2012-04-02"

    before = case.act("amina", "why", case.ref, "--json").json
    case.day = "2012-04-22"  # the last day it holds
    assert [row["standing"] for row in case.overdue()] == ["longer_justified"]
    case.day = "2012-04-23"  # every justification ends (law 2)
    assert [row["standing"] for row in case.overdue()] == ["longer_lapsed"]
    assert case.act("amina", "why", case.ref, "--json").json == before  # and time moved no step (law 1)

    case.act("ben", "answer", case.ref, "--not-agreed", "Decide with what is known")
    assert case.standing() == "longer_of_concern"
    case.act("amina", "reason", case.ref, "JUDG", "--text", "One question is open", "--effect", "none")
    assert case.standing() == "longer_of_concern"  # a new reason alone improves nothing
    decide_and_close(case)


def decide_and_close(case: Assessment) -> None:
    said = case.act("amina", "step", case.ref, "turn-to-analysis", status=1).err
    assert "record-childs-words" in said or "childs-words" in said
    case.act("amina", "record", case.ref, "childs-words", "heard_on=today", "words=I like it at Nan's")
    case.act("amina", "step", case.ref, "turn-to-analysis")
    case.act("amina", "decide", case.ref, "decision=Help at home", "grounds=What we saw",
             "enough_because=All were heard", "uncertain=The summer",
             "would_change=A new partner", "help=early help", "decided_on=today")  # fmt: skip
    case.act("amina", "record", case.ref, "family-view", "heard_on=23/4/2012", "whose=Mother", "view=It is fair")
    case.act("amina", "step", case.ref, "submit")
    look = ["looked_on=today", *(f"{f}=clearly" for f in ("childs_voice", "history_used", "analysis", "decision",
                                                          "family_shared"))]  # fmt: skip
    case.act("ben", "record", case.ref, "quality-look", *look)
    case.act("ben", "step", case.ref, "authorise")
    assert case.standing() == "done_longer_unexplained"
    case.act("amina", "record", case.ref, "outcome-shared", "shared_on=today", "with_whom=Mother", "how=in person",
             "said=Good")  # fmt: skip
    case.act("amina", "tell", case.ref, "--kind", "decision", "--by-way", "visit", "--said", "Thank you")
    case.act("amina", "step", case.ref, "share")
    said = case.act("amina", "step", case.ref, "close", status=1).err
    assert f"casereview tell {case.ref} --add LABEL --referrer" in said
    case.act("amina", "tell", case.ref, "--add", "Head teacher", "--referrer", "--optional")
    case.act("amina", "tell", case.ref, "--to", "referrer", "--kind", "decision")
    assert "closed" in case.act("amina", "step", case.ref, "close", "--json").json["stage"]
    assert case.overdue() == []


def test_a_manager_agrees_a_long_date_in_good_time(program: Program) -> None:
    """Later than the indicative time, with the reason, before it passes: that is itself the justification."""
    case = Assessment(program)
    done = case.act("amina", "open", "single-assessment-2013", "--title", "Assessment 2", "--team", "north",
                    "--worker", "amina")  # fmt: skip
    case.ref = done.out.strip()
    case.begin()
    case.day = "2012-03-26"
    assert "say why" in case.act("ben", "agree-date", case.ref, "2012-07-13", status=1).err
    case.act("ben", "agree-date", case.ref, "2012-07-13", "--reason", "PREB", "--text", "Paced to the birth")
    case.day = "2012-06-04"
    case.act("amina", "seen", case.ref)
    assert [row["standing"] for row in case.overdue()] == ["longer_lapsed"]  # the family was not told of it
    case.act("amina", "tell", case.ref, "--kind", "new date", "--promised", "2012-07-13")
    assert [row["standing"] for row in case.overdue()] == ["longer_justified"]
    case.day = "2012-07-04"
    [row] = case.overdue("--lapsed")
    assert row["missing"] == ["the child seen within 20 working days"]
    case.act("amina", "seen", case.ref)
    case.day = "2012-07-13"
    assert [row["standing"] for row in case.overdue()] == ["longer_justified"]  # the agreed day itself still holds
    case.day = "2012-07-14"
    assert [row["standing"] for row in case.overdue()] == ["longer_lapsed"]


def test_some_need_it_faster(program: Program) -> None:
    case = Assessment(program)
    case.begin()
    listed = case.act("amina", "lane", case.ref)
    assert "urgent" in listed.out and "section 47" in listed.out
    assert "trigger" in case.act("amina", "lane", case.ref, "urgent", "--because", "busy", status=1).err
    case.act("amina", "lane", case.ref, "urgent", "--because", "infant injury")
    case.day = "2012-03-26"
    assert [row["standing"] for row in case.overdue("--urgent")] == ["urgent_late"]
    case.act("amina", "lane", case.ref, "--leave", "--because", "The child is safe with an aunt")
    assert case.overdue() == []


def test_a_worker_corrects_a_record(program: Program) -> None:
    """What was first written stays readable; a withdrawn sight of the child counts no longer."""
    case = Assessment(program)
    first = case.act("amina", "record", case.ref, "referral", "received_on=2012-03-01", "source=school", "said=Hungry",
                     "--json").json["record"]  # fmt: skip
    assert case.act("amina", "correct", case.ref, str(first), "source=police", status=1).err  # why?
    case.act("amina", "correct", case.ref, str(first), "source=health service", "--reason", "it was the school nurse")
    [row] = case.act("amina", "records", case.ref, "referral", "--json").json
    assert row["values"]["source"] == "health service" and row["corrected"] == 1
    entries = case.act("amina", "history", case.ref).out
    assert "it was the school nurse" in entries and "Recorded: Referral" in entries
    sight = case.act("amina", "seen", case.ref, "--where", "school", "--json").json["record"]
    assert case.act("amina", "correct", case.ref, str(sight), "where=home", "--reason", "x", status=1)
    withdraw = ("correct", case.ref, str(sight), "--withdraw", "--reason", "a sibling")
    assert "--yes" in case.act("amina", *withdraw, status=2).err
    case.act("amina", *withdraw, "--yes")
    assert case.act("amina", "show", case.ref, "--json").json["seen"]["times"] == 0
