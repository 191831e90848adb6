"""The shipped workflows have no fault, and hold what the field needs of them: nothing is a sketch."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.workflows.support import SHIPPED_FILES, shipped
from workflows.definition import Definition, RecordKind, Requirement
from workflows.reading import load

ASSESSMENTS = ("single-assessment", "single-assessment-2013")
# Chapter and paragraph, or the method itself: what a duty may stand on.
VERIFIED = re.compile(r"Munro 2012, |SCIE |method: |what this stage |SCIE, ")
MARKED_LOCAL = re.compile(r"local default|to be checked locally|Munro 2012|SCIE|check your edition|Fish, Munro")


def requirements(definition: Definition) -> list[Requirement]:
    return [asked for step in definition.steps.values() for asked in step.requirements]


@pytest.mark.parametrize("path", SHIPPED_FILES, ids=lambda path: path.stem)
class TestEveryShippedFile:
    def test_has_no_fault_and_is_called_as_it_is_named(self, path: Path) -> None:
        definition, faults = load(path)
        assert faults == []
        assert definition is not None and definition.name == path.stem

    def test_every_requirement_names_its_source_and_no_duty_stands_on_a_local_default(self, path: Path) -> None:
        for asked in requirements(shipped(path.stem)):
            assert MARKED_LOCAL.search(asked.source) or VERIFIED.match(asked.source), asked
            if asked.strength == "must":
                assert VERIFIED.match(asked.source) and "local" not in asked.source, asked

    def test_every_stage_says_what_it_is_and_every_reason_but_none_asks(self, path: Path) -> None:
        definition = shipped(path.stem)
        for stage in definition.stages.values():
            assert stage.says, stage
        for reason in definition.reasons.values():
            assert reason.asks.endswith("?"), reason

    def test_every_question_is_a_question_and_forms_stay_short(self, path: Path) -> None:
        for kind in shipped(path.stem).records.values():
            assert 1 <= len(kind.fields) <= 20, kind.name
            assert any(field.required for field in kind.fields.values()), kind.name

    def test_whoever_takes_a_step_out_of_an_open_stage_exists(self, path: Path) -> None:
        definition = shipped(path.stem)
        for stage in definition.stages.values():
            assert stage.end or definition.steps_from(stage.name), stage

    def test_no_duty_can_be_read_as_depending_on_the_day(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8").lower()
        assert not re.search(r"^\s*(deadline|timeout|close-after|due)\b", text, re.MULTILINE)

    def test_language_does_not_blame(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8").lower()
        for word in (
            "failed to",
            "failure",
            "non-engagement",
            "culprit",
            "at fault",
            "should have",
            "breach",
            "perpetrator",
        ):
            assert word not in text, word


# ---- single assessments ------------------------------------------------------------------------------------

CODES = {
    "can justify": "JUDG HIST INTP CULT PLDN PREB NEWR",
    "only with an owned action": "RAPP UNAV DISE SIBS SPEC AGIN POLC CRTT XFER",
    "not a delay": "S47C",
    "system cause": "UNAL WKCH CAPA MGRQ RECL SYST DEAD",
    "none found": "NONE",
}
KINDS = {
    "referral": "received_on source said",
    "plan": "purpose decision_needed first_sight first_review history_sources child_should_know",
    "checkpoint-review": "child_seen known_now outcome next_review",
    "decision": "decision grounds enough_because uncertain would_change decided_on help",
    "goal": "goal agreed_with baseline how_known",
    "goal-progress": "goal on progress family_words",
    "quality-look": "childs_voice history_used analysis decision family_shared",
    "childs-words": "words",
    "family-view": "view",
    "supervision": "thought",
    "outcome-shared": "said",
    "look-back": "lasted",
}
STATES = "accepted allocated planned in-progress checkpoint analysis sign-off authorised shared closed section-47"
URGENT = ("red at the front door", "section 47", "unborn", "homeless 16-17", "police protection", "infant injury")


@pytest.mark.parametrize("name", ASSESSMENTS)
class TestAssessments:
    def test_every_reason_code_has_its_class(self, name: str) -> None:
        expected = {code: group for group, codes in CODES.items() for code in codes.split()}
        assert {r.code: r.group for r in shipped(name).reasons.values()} == expected

    def test_every_state_and_record_is_there(self, name: str) -> None:
        definition = shipped(name)
        assert set(STATES.split()) <= set(definition.stages)
        for kind, fields in KINDS.items():
            assert set(fields.split()) <= set(definition.records[kind].fields), kind
        assert definition.records["checkpoint-review"].fields["outcome"].options == (
            "enough is known", "carry on", "change direction",
        )  # fmt: skip
        assert definition.records["goal-progress"].fields["progress"].options == (
            "better",
            "same",
            "worse",
            "think again",
        )

    def test_any_open_stage_leads_at_once_to_a_section_47_enquiry(self, name: str) -> None:
        definition = shipped(name)
        step = definition.steps["to-section-47"]
        assert set(step.sources) == {stage.name for stage in definition.stages.values() if not stage.end}
        assert definition.stages[step.to].end and step.asks_reason and not step.requirements

    def test_stopping_early_is_a_success_from_every_stage_of_the_work(self, name: str) -> None:
        stopping = [step for step in shipped(name).steps.values() if step.enough_known]
        assert {source for step in stopping for source in step.sources} == {
            "allocated", "planned", "in-progress", "checkpoint",
        }  # fmt: skip

    def test_a_justification_needs_the_family_told_and_the_child_seen(self, name: str) -> None:
        main = shipped(name).main_expectation()
        assert main is not None and main.name == "decision" and main.agreed
        assert main.justified.family_told and str(main.justified.child_seen) == "20 working days"

    def test_the_urgent_lane_asks_for_sight_before_the_decision(self, name: str) -> None:
        lane = shipped(name).lanes["urgent"]
        for trigger in URGENT:
            assert any(trigger in when for when in lane.when), trigger
        assert str(lane.expect["first-sight"]) == "1 working day"
        assert lane.expect["decision"].unit == "working days" and lane.expect["decision"].amount <= 11

    def test_the_referral_and_the_managers_queue_are_shown_and_never_on_the_register(self, name: str) -> None:
        expectations = shipped(name).expectations
        for shown in ("from-referral", "manager-queue", "first-protection", "tell-family"):
            assert expectations[shown].shown_only and expectations[shown].indicative is None

    def test_the_decision_is_a_duty_and_the_two_looks_are_different(self, name: str) -> None:
        definition = shipped(name)
        duties = {(s.name, a.key) for s in definition.steps.values() for a in s.requirements if a.strength == "must"}
        assert {("submit", "record-decision"), ("authorise", "record-decision")} <= duties
        assert "auditor" in definition.records["quality-look"].by
        assert "worker" not in definition.records["quality-look"].by


def test_the_trial_authorities_have_no_yardstick_and_2013_has_45_days_labelled() -> None:
    trial, later = (shipped(name).expectations["decision"] for name in ASSESSMENTS)
    assert trial.indicative is None
    assert str(later.indicative) == "45 working days"
    assert "yardstick" in later.says and "Working Together 2013" in later.source


def test_the_import_windows() -> None:
    trial, later = (shipped(name).importing for name in ASSESSMENTS)
    assert trial is not None and (trial.starts_from, trial.starts_until) == (None, None)
    assert later is not None and later.starts_from == date(2013, 4, 15)
    assert (later.open, later.done) == (trial.open, trial.done) == ("in-progress", "closed")


def test_the_two_assessments_differ_only_in_time_and_head() -> None:
    trial, later = (shipped(name) for name in ASSESSMENTS)
    assert (trial.stages, trial.steps, trial.records, trial.reasons) == (
        later.stages, later.steps, later.records, later.reasons,
    )  # fmt: skip


# ---- Learning Together -------------------------------------------------------------------------------------

REVIEW_STATES = """referred decision commissioning preparation data-gathering case-analysis follow-on-1 pattern-analysis
follow-on-2 report-drafting board-consideration board-response publication-hold published not-published implementation
closed suspended discontinued"""
TRIGGERS = """recommend ask-more decide-review decide-no-review agree-scope start-data start-analysis need-more-data
share-case-analysis rework-case go-to-patterns share-patterns rework-patterns draft submit return-report receive respond
publish do-not-publish hold-back start-actions evaluate adjust close suspend resume discontinue"""
REVIEW_KINDS = """scope participant document conversation narrative-segment key-practice-episode finding
additional-learning board-response action impact meeting comment parallel-process suspension early-action
supervision quality-assurance limitations family-involvement publication-decision learning-of-participants"""
REVIEW_FIELDS = {
    "scope": """period_from period_to why_this_case questions out_of_scope agencies_in family_members option
        why_proportionate other_processes family_influence agreed_by agreed_on terms_of_reference""",
    "participant": """pseudonym role agency team contact_from contact_to in_case_group invited_on information_given_on
        response support_person attended experience""",
    "document": "agency kind period requested_on received_on gaps shows limits",
    "conversation": """participant held_by held_on place recorded minutes status introduction overview turning_points
        factors went_well queries suggested check_back""",
    "turning-point": "going_on reasons_felt foremost occupied worries hoped options_seen",
    "narrative-segment": "order date_from date_to agreed differences sources",
    "perspective": "saw knew did_not_know thought felt wanted pressures",
    "known-when": "known_to known_from",
    "key-practice-episode": """title date_from date_to agencies description why_key standard judgement appraisal
        local_rationality who_saw_what differing_views""",
    "contributory-factor": "episode head factor effect weight source",
    "finding": """statement category manifested_in_case underlying_not_specific geographic_spread how_usual confidence
        implications summary questions effect level strength state""",
    "board-response": "finding position reasoning options kind difference no_action_reason already_done",
    "action": "what owner by_about difference signal",
    "impact": "action checked_on done helped evidence unintended adjust",
    "meeting": "kind on attended absent looked_at decided changed",
    "parallel-process": "kind lead_body contact status next_date touches plan agreed_with agreed_on review_on",
    "suspension": "why may_continue look_again",
}
REVIEW_CODES = {
    "can justify": "FAMT NEWI PREV PUBR",
    "only with an owned action": "CRIM INQU FCRT PART DISA OTHR",
    "system cause": "REVW",
    "none found": "NONE",
}


class TestLearningTogether:
    definition = shipped("learning-together")

    def test_every_state_of_the_method_is_on_the_path_or_beside_it(self) -> None:
        stages = set(self.definition.stages) | {s for t in self.definition.tracks.values() for s in t.stages}
        assert set(REVIEW_STATES.split()) <= stages

    def test_every_trigger_is_a_step(self) -> None:
        assert set(TRIGGERS.split()) <= set(self.definition.steps)

    def test_every_record_has_its_fields(self) -> None:
        assert set(REVIEW_KINDS.split()) <= set(self.definition.records)
        for kind, fields in REVIEW_FIELDS.items():
            missing = set(fields.split()) - set(self.definition.records[kind].fields)
            assert not missing, (kind, missing)

    def test_the_nine_heads_and_the_six_categories(self) -> None:
        heads = self.definition.records["contributory-factor"].fields["head"].options
        assert len(heads) == 9 and heads == self.definition.records["conversation"].fields["factors"].options
        assert len(self.definition.records["finding"].fields["category"].options) == 6

    def test_every_option_of_the_sliding_scale(self) -> None:
        option = self.definition.records["scope"].fields["option"]
        assert option.options == ("full", "intensive", "speed+", "mid-range", "focused", "themed")

    def test_every_reason_code_has_its_class(self) -> None:
        expected = {code: group for group, codes in REVIEW_CODES.items() for code in codes.split()}
        assert {r.code: r.group for r in self.definition.reasons.values()} == expected

    def test_an_episode_is_explained_and_a_finding_is_underlying_before_they_go_on(self) -> None:
        duties = {
            (s.name, a.key) for s in self.definition.steps.values() for a in s.requirements if a.strength == "must"
        }
        assert ("share-case-analysis", "field-key-practice-episode-local_rationality") in duties
        assert ("submit", "field-finding-underlying_not_specific") in duties
        assert ("submit", "each-finding-prevalence-evidence") in duties
        assert ("close", "track-publication") in duties

    def test_suspension_holds_the_path_but_for_what_may_continue(self) -> None:
        hold = self.definition.tracks["proceedings"].hold
        assert hold is not None and hold.stages == ("suspended",)
        assert (hold.record, hold.field) == ("suspension", "may_continue")
        assert self.definition.records["suspension"].fields["look_again"].required

    def test_a_review_asks_for_the_family_and_never_for_sight_of_the_child(self) -> None:
        main = self.definition.main_expectation()
        assert main is not None and main.name == "review" and main.agreed
        assert main.justified.family_told and main.justified.child_seen is None
        assert "local default" in main.source and "not a rule" in main.says

    def test_nobody_is_asked_for_a_name(self) -> None:
        for kind in self.definition.records.values():
            for field in kind.fields.values():
                assert field.type not in ("person", "child"), (kind.name, field.name)


def every_field_points_somewhere(kind: RecordKind, definition: Definition) -> bool:
    return all(field.of in definition.records for field in kind.fields.values() if field.type == "record")


def test_records_point_to_records() -> None:
    for path in SHIPPED_FILES:
        definition = shipped(path.stem)
        assert all(every_field_points_somewhere(kind, definition) for kind in definition.records.values())
