"""Profiles and clocks as files: every fault at once with its line, nothing shipped as a rule that was not checked."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows import clocks
from workflows.catalogue import Catalogue
from workflows.definition import Definition
from workflows.errors import Fault, WorkflowError, WorkflowFaulty, WorkflowNotFound
from workflows.profile import Profile, unchecked, under
from workflows.profile_reading import EXEMPTION, EXPECTATION, LANE, SECTION_47, TOP, WORKFLOW, from_text, parse
from workflows.profile_shown import show, show_clock
from workflows.profiles import SHIPPED_PROFILES, Profiles
from workflows.trust import NOT_CHECKED, TRUST

CATALOGUE = Catalogue()
PROFILES = Profiles(CATALOGUE)
KNOWN = PROFILES.known()
GUIDE = (Path(__file__).parents[2] / "docs" / "profiles.md").read_text(encoding="utf-8")
EXAMPLE = "\n".join(re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL))
SHIPPED = sorted(SHIPPED_PROFILES.glob("*.toml"))


def example() -> Profile:
    profile, faults = parse(EXAMPLE, "guide", KNOWN)
    assert faults == [] and profile is not None
    return profile


def faults_of(text: str) -> list[Fault]:
    profile, faults = parse(text, "ours.toml", KNOWN)
    assert (profile is None) == bool(faults)
    return faults


# ---- the guide and what is shipped ------------------------------------------------------------------------------
def test_the_guides_example_works_and_shows_every_key() -> None:
    profile = example()
    assert profile.valid_on(date(2026, 3, 31)) and not profile.valid_on(date(2026, 4, 1))
    for keys in (TOP, EXEMPTION, WORKFLOW, EXPECTATION, LANE, SECTION_47):
        written = set(re.findall(r"[\w-]+(?= *=)", EXAMPLE)) | set(re.findall(r"[\[.]([\w-]+)", EXAMPLE))
        assert keys <= written, keys - written


def test_the_guides_table_of_trust_is_the_codes() -> None:
    rows = re.findall(r"^\| `(\w)` \| (.+?) \| (yes|no) \|$", GUIDE, re.MULTILINE)
    assert {mark: (means, said == "yes") for mark, means, said in rows} == {
        mark: (one.means.removesuffix(" of ours"), one.checked) for mark, one in TRUST.items()
    }


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
class TestEveryShippedProfile:
    def test_has_no_fault_and_is_called_as_it_is_named(self, path: Path) -> None:
        profile, faults = PROFILES.load(path)
        assert faults == [] and profile is not None and profile.name == path.stem

    def test_is_an_example_by_its_own_words(self, path: Path) -> None:
        profile = PROFILES.find(str(path))
        assert "(example)" in profile.authority
        assert not profile.trust.checked  # nothing shipped claims to be anybody's own decision
        text = show(profile)
        figures = sum(len(overlay.expectations) for overlay in profile.workflows.values())
        assert text.count("[") >= figures and (not unchecked(profile) or "not checked" in " ".join(text.split()))

    def test_lies_over_every_workflow_it_speaks_of(self, path: Path) -> None:
        profile = PROFILES.find(str(path))
        for name in profile.workflows:
            laid = under(CATALOGUE.get(name), profile)
            assert laid.under == profile.hash and laid.hash == CATALOGUE.get(name).hash
            assert laid.key != CATALOGUE.get(name).key

    def test_blames_nobody(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8").lower()
        for word in ("failed to", "breach", "deadline", "should have", "at fault"):
            assert word not in text, word


def test_wandsworth_has_no_limit_and_the_trial_none_either() -> None:
    for name in ("trial-without-limit", "trial-exemption"):
        profile = PROFILES.find(name)
        assert under(CATALOGUE.get("single-assessment"), profile).expectations["decision"].indicative is None
        assert profile.exemptions["two-stages"].granted_by.startswith("Department")


# ---- clocks ------------------------------------------------------------------------------------------------------
TABLE = {
    "ref-decision", "ia", "ca", "sa-max", "sa-indicative", "icpc", "core-group", "rcpc-first", "rcpc-next",
    "prebirth-rcpc", "s47-visit", "early-help", "mash", "care-proceedings", "notification", "rapid-review",
}  # fmt: skip


def test_every_clock_of_the_table_is_there_with_its_mark_beside_it() -> None:
    known = clocks.shipped().clocks
    assert set(known) >= TABLE
    for clock in known.values():
        text = " ".join(show_clock(clock).split())
        for time in clock.times:
            assert time.trust.mark in TRUST and time.source and time.start and time.end
            assert time.trust.label in text
            assert time.trust.checked or NOT_CHECKED in text


def test_only_what_was_checked_is_called_set_by_law() -> None:
    for clock in clocks.shipped().clocks.values():
        for time in clock.times:
            if time.kind == "statutory" and not time.trust.checked:
                assert "as read" in show_clock(clock)
    assert clocks.shipped().find("IA").times[0].amount == "10 working days"
    assert clocks.shipped().find("CORE_GROUP") is clocks.shipped().clocks["core-group"]
    with pytest.raises(WorkflowNotFound, match="core-group"):
        clocks.shipped().find("core-grup")


def test_a_clock_file_says_what_is_wrong_with_it() -> None:
    text = '[clocks.one]\ntitle = "x"\n[[clocks.one.times]]\ntime = "5 wrking days"\nkind = "statutry"\n'
    _, faults = clocks.parse(text, "clocks.toml")
    said = " ".join(map(str, faults))
    assert 'Did you mean "statutory"?' in said and "line 4" in said and '"source" is missing' in said


# ---- faults --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ('edition    = "local"', 'edition = "lcal"', "edition", 'Did you mean "local"?'),
        ("format     = 1", "format = 2", "format", "should be 1"),
        ('name       = "north-borough"', 'name = "North Borough"', "name", "cannot be used"),
        ('version    = "1"', 'version = "one of them!"', "version", "cannot be a version"),
        ("valid-to   = 2026-03-31", "valid-to = 2023-03-31", "valid-to", "comes before valid-from"),
        ("until      = 2025-02-28", "until = 2023-02-28", "exemptions.core-group.until", "comes before granted-on"),
        ('lifts      = ["core-group"]', 'lifts = ["core-grup"]', "exemptions.core-group.lifts[0]", "core-group"),
        ('trust      = "L"\n\n[exemptions', 'trust = "Z"\n\n[exemptions', "trust", "no trust mark"),
        ("[workflows.single-assessment-2013", "[workflows.single-assesment-2013",
         "workflows.single-assesment-2013", 'Did you mean "single-assessment-2013"?'),
        (".expectations.decision]", ".expectations.decison]", "expectations.decison", 'Did you mean "decision"?'),
        ('indicative  = "45 working days"', 'indicative = "45 workin days"', "indicative", "no unit of time"),
        ('indicative  = "45 working days"', 'indicative = "none"', "look-after", "there is none"),
        ('indicative  = "45 working days"', 'statutory = "45 working days"', "statutory", "cannot set a time by law"),
        ('indicative  = "45 working days"', 'deadline = "45 working days"', "deadline", "Time never moves"),
        ('"10 working days", "20 working days"]', '"20 working days", "10 working days"]', "checkpoints[1]",
         "does not come after"),
        ('child-seen  = "within 10 working days"', 'child-seen = "10 working days"', "child-seen", "cannot be read"),
        (".lanes.urgent]", ".lanes.urgnt]", "lanes.urgnt", 'Did you mean "urgent"?'),
        ("first-sight =", "first-site =", "expect.first-site", 'Did you mean "first-sight"?'),
        ('step      = "to-section-47"', 'step = "to-section-74"', "section-47.step", 'Did you mean "to-section-47"?'),
        ('step      = "to-section-47"', 'step = "allocate"', "section-47.step", "does not end the case"),
        ("concludes = false ", "concludes = 1 ", "section-47.concludes", "true or false"),
    ],
)  # fmt: skip
def test_one_slip_is_one_fault_in_its_place(old: str, new: str, place: str, says: str) -> None:
    assert EXAMPLE.count(old) >= 1
    (fault,) = faults_of(EXAMPLE.replace(old, new) if old.startswith("[workflows") else EXAMPLE.replace(old, new, 1))
    assert fault.place.endswith(place) and says in f"{fault.says} {fault.remedy}"
    assert fault.line is not None


def test_all_faults_at_once_in_the_order_of_the_file() -> None:
    text = EXAMPLE.replace('edition    = "local"', 'edition = "x"').replace(
        'trust  = "L"\n\n[workflows', "\n[workflows"
    )
    text = text.replace(".lanes.urgent]", ".lanes.quick]")
    faults = faults_of(text)
    assert len(faults) == 3
    assert [fault.line for fault in faults] == sorted(fault.line or 0 for fault in faults)


def test_a_profile_that_speaks_of_nothing_and_one_that_is_no_toml() -> None:
    head = EXAMPLE[: EXAMPLE.index("[exemptions")]
    assert "speaks of no workflow" in faults_of(head)[0].says
    assert faults_of("name = 'x")[0].line == 1
    assert faults_of("\udcff")[0].says.startswith("The text holds characters")


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200), st.integers(0, len(EXAMPLE)), st.integers(0, 60))
def test_any_text_ends_in_faults_and_never_in_a_traceback(text: str, at: int, cut: int) -> None:
    for candidate in (text, EXAMPLE[:at] + text + EXAMPLE[at + cut :]):
        profile, faults = parse(candidate, "any.toml", KNOWN)
        assert (profile is None) == bool(faults)
        assert all(fault.says for fault in faults)


# ---- kept, and laid over -------------------------------------------------------------------------------------------
def test_a_kept_text_is_held_to_its_hash_only() -> None:
    profile = example()
    assert from_text(profile.text, profile.hash) == profile
    gone = profile.text.replace("single-assessment-2013", "a-workflow-of-long-ago")
    other, _ = parse(gone, "x", KNOWN)
    assert other is None  # today's checker would not take it
    from workflows.profile_reading import digest_of

    assert from_text(gone, digest_of(gone)).workflows.keys() == {"a-workflow-of-long-ago"}
    with pytest.raises(WorkflowError, match="not the one"):
        from_text(profile.text + " ", profile.hash)


def test_only_what_a_profile_names_is_another(tmp_path: Path) -> None:
    base = CATALOGUE.get("single-assessment-2013")
    laid = under(base, example())
    for field in fields(Definition):
        if field.name not in ("expectations", "lanes", "steps", "under"):
            assert getattr(laid, field.name) == getattr(base, field.name)
    assert {n: e for n, e in laid.expectations.items() if n != "decision"} == {
        n: e for n, e in base.expectations.items() if n != "decision"
    }
    decision, before = laid.expectations["decision"], base.expectations["decision"]
    assert (decision.start, decision.end, decision.agreed) == (before.start, before.end, before.agreed)
    assert str(decision.look_after) == "5 working days" and str(decision.justified.child_seen) == "10 working days"
    assert str(laid.lanes["urgent"].expect["decision"]) == "8 working days"
    assert laid.steps["to-section-47"].sources == () and laid.stages == base.stages
    assert under(CATALOGUE.get("learning-together"), example()) is CATALOGUE.get("learning-together")


def test_own_files_stand_beside_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    own = tmp_path / "profiles" / "ours.toml"
    own.write_text(EXAMPLE, "utf-8")
    files = Profiles(Catalogue(tmp_path), tmp_path)
    assert files.find("north-borough").label == "north-borough@1" and files.faults() == ()
    own.write_text(EXAMPLE.replace('"local"', '"lcal"'), "utf-8")
    assert len(files.faults()) == 1
    with pytest.raises(WorkflowFaulty, match="profile cannot be used"):
        files.find(str(own))
    with pytest.raises(WorkflowNotFound, match="no such file"):
        files.find(str(tmp_path / "absent.toml"))
    with pytest.raises(WorkflowNotFound, match="trial-exemption"):
        files.find("trial-exemtion")
