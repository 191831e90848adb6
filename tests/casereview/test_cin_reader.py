"""A census file gives every good entry it holds, and a list, by line, of everything else."""

from __future__ import annotations

import io
import re
import sys
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from casereview.errors import CaseReviewError
from casereview.exchange import cin_records as codes
from casereview.exchange.cin import (
    CinAssessment,
    CinEpisode,
    CinHeader,
    CinPlan,
    CinProtectionPlan,
    CinSection47,
    Problem,
    queries,
    read_cin,
)
from casereview.exchange.cin_write import synthetic_header, write_cin
from casereview.text import clean

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
SCHEMA = SHARED / "cin_census_xsd" / "CIN_schema_2024.xsd"
SAMPLES = SHARED / "cin_census_samples"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample census files are not here")
needs_schema = pytest.mark.skipif(not SCHEMA.is_file(), reason="the published census schema is not here")
in_one_directory = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)

HEADER = synthetic_header(2024)
YEAR_END = date(2024, 3, 31)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "census.xml"


def read(path: Path, data: bytes | str) -> tuple[list[CinHeader], list[CinEpisode], list[Problem]]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    found = list(read_cin(path))
    return (
        [one for one in found if isinstance(one, CinHeader)],
        [one for one in found if isinstance(one, CinEpisode)],
        [one for one in found if isinstance(one, Problem)],
    )


def written(episodes: list[CinEpisode], header: CinHeader = HEADER) -> bytes:
    out = io.BytesIO()
    write_cin(out, header, episodes)
    return out.getvalue()


def any_of(values: frozenset[str], *but: str) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(values - set(but)))


T = TypeVar("T")


def maybe(values: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.one_of(st.none(), values)


IDS = st.text("ABCDE0123456789-/ <>&'\"éŁ李", min_size=1, max_size=8).map(clean).filter(bool)
DAYS = st.dates(date(2013, 4, 15), YEAR_END)


@st.composite
def spans(draw: st.DrawFn, since: date | None = None) -> tuple[date, date | None]:
    start = draw(st.dates(since, YEAR_END) if since else DAYS)
    return start, draw(maybe(st.dates(start, start + timedelta(400))))


@st.composite
def assessments(draw: st.DrawFn, referral: date) -> CinAssessment:
    start, authorised = draw(spans(referral))
    review = draw(maybe(st.dates(start, authorised or start + timedelta(60))))
    factors = draw(st.lists(any_of(codes.FACTORS, "18A", "19A"), max_size=4))
    return CinAssessment(start, review, authorised, tuple(factors))


@st.composite
def section47s(draw: st.DrawFn) -> CinSection47:
    return CinSection47(draw(DAYS), draw(maybe(DAYS)), draw(maybe(DAYS)), draw(st.booleans()))


@st.composite
def protection_plans(draw: st.DrawFn) -> CinProtectionPlan:
    abuse = any_of(codes.ABUSE_CATEGORIES)
    reviews = tuple(draw(st.lists(DAYS, max_size=3)))
    return CinProtectionPlan(*draw(spans()), draw(abuse), draw(abuse), draw(st.integers(1, 20)), reviews)


@st.composite
def children(draw: st.DrawFn, sexes: frozenset[str] = codes.GENDERS) -> list[CinEpisode]:
    person = CinEpisode(
        child_id=draw(IDS),
        authority="999",
        birth_date=draw(maybe(DAYS)),
        expected_birth_date=draw(maybe(DAYS)),
        death_date=draw(maybe(DAYS)),
        sex_or_gender=draw(any_of(sexes)),
        ethnicity=draw(any_of(codes.ETHNICITIES)),
        disabilities=tuple(draw(st.lists(any_of(codes.DISABILITIES), max_size=2))),
        upn=draw(st.sampled_from([None, "A123456789012", "z12345678901Z"])),
        former_upn=draw(st.sampled_from([None, "B123456789012"])),
        upn_unknown=draw(maybe(any_of(codes.UPN_UNKNOWNS))),
    )
    return numbered([draw(episodes(person)) for _ in range(draw(st.integers(1, 2)))])


@st.composite
def episodes(draw: st.DrawFn, person: CinEpisode) -> CinEpisode:
    referral, closure = draw(spans())
    return replace(
        person,
        referral_date=referral,
        referral_source=draw(any_of(codes.REFERRAL_SOURCES)),
        primary_need=draw(maybe(any_of(codes.PRIMARY_NEEDS))),
        closure_date=closure,
        closure_reason=draw(maybe(any_of(codes.CLOSURE_REASONS))),
        initial_cpc_date=draw(maybe(DAYS)),
        referral_nfa=draw(st.booleans()),
        assessments=tuple(draw(st.lists(assessments(referral), max_size=3))),
        cin_plans=tuple(CinPlan(*span) for span in draw(st.lists(spans(), max_size=1))),
        section47s=tuple(draw(st.lists(section47s(), max_size=2))),
        cp_plans=tuple(draw(st.lists(protection_plans(), max_size=1))),
    )


def numbered(of_child: list[CinEpisode]) -> list[CinEpisode]:
    """Ordinals as the reader must give them: within one child, referral and start."""
    earlier: list[tuple[date | None, date]] = []
    result = []
    for episode in of_child:
        kept = []
        for assessment in episode.assessments:
            earlier.append((episode.referral_date, assessment.start))
            kept.append(replace(assessment, ordinal=earlier.count(earlier[-1])))
        result.append(replace(episode, assessments=tuple(kept)))
    return result


def files(sexes: frozenset[str] = codes.GENDERS) -> st.SearchStrategy[list[CinEpisode]]:
    several = st.lists(children(sexes), min_size=1, max_size=3, unique_by=lambda child: child[0].child_id)
    return several.map(lambda found: [episode for child in found for episode in child])


# --- what is written is read -----------------------------------------------------------------------------


@in_one_directory
@given(files())
def test_what_is_written_is_read_again_with_nothing_to_report(file: Path, given: list[CinEpisode]) -> None:
    headers, found, problems = read(file, written(given))
    assert headers == [HEADER]
    assert found == given
    assert problems == []


@in_one_directory
@given(files(codes.SEXES))
def test_the_newer_layout_with_sex_is_read_as_well(file: Path, given: list[CinEpisode]) -> None:
    newer = synthetic_header(2025)
    data = written(given, newer)
    assert b"<Sex>" in data and b"<GenderCurrent>" not in data
    assert read(file, data) == ([newer], given, [])


@in_one_directory
@given(files())
def test_a_key_tells_every_assessment_of_a_file_from_every_other(given: list[CinEpisode]) -> None:
    keys = [assessment.key(episode) for episode in given for assessment in episode.assessments]
    assert len(set(keys)) == len(keys)
    assert all(key.startswith("999/") for key in keys)


@needs_schema
@in_one_directory
@given(files())
def test_what_is_written_is_valid_by_the_published_schema(given: list[CinEpisode]) -> None:
    schema = _schema()
    assert schema.validate(etree.fromstring(written(given))), schema.error_log


_SCHEMAS: list[etree.XMLSchema] = []


def _schema() -> etree.XMLSchema:
    if not _SCHEMAS:
        _SCHEMAS.append(etree.XMLSchema(etree.parse(SCHEMA)))
    return _SCHEMAS[0]


# --- one small file, and what may be wrong with it -------------------------------------------------------

FULL = CinEpisode(
    child_id="C1",
    authority="999",
    birth_date=date(2015, 5, 1),
    expected_birth_date=date(2015, 5, 2),
    death_date=date(2024, 3, 1),
    sex_or_gender="2",
    ethnicity="WBRI",
    disabilities=("HAND", "HEAR"),
    upn_unknown="UN1",
    referral_date=date(2023, 6, 1),
    referral_source="1A",
    primary_need="N1",
    closure_date=date(2024, 2, 1),
    closure_reason="RC7",
    initial_cpc_date=date(2023, 7, 1),
    referral_nfa=False,
    assessments=(
        CinAssessment(date(2023, 6, 2), date(2023, 6, 20), date(2023, 7, 3), ("3A", "16A")),
        CinAssessment(date(2023, 9, 4), None, date(2023, 10, 2), ("4B",)),
    ),
    cin_plans=(CinPlan(date(2023, 7, 5), date(2023, 9, 1)),),
    section47s=(CinSection47(date(2023, 6, 5), date(2023, 6, 26), date(2023, 6, 23), False),),
    cp_plans=(CinProtectionPlan(date(2023, 6, 23), date(2023, 12, 1), "NEG", "EMO", 1, (date(2023, 9, 20),)),),
)
OTHER = replace(FULL, child_id="C2")
LINES = written([FULL, OTHER]).decode().splitlines()
START = LINES.index("<Message>") + 1
CHILDREN = LINES.index("<Children>") + 1

LEAF = re.compile(r"<(\w+)>([^<]+)</\w+>")
# A text of any kind may stand in these, or the whole file is another one.
FREE = {"LAchildID", "UPN", "FormerUPN", "Collection", "SoftwareCode", "Release", "SerialNo", "DateTime"}
REQUIRED = {
    *("Year", "ReferenceDate", "LEA", "LAchildID", "GenderCurrent", "Ethnicity", "CINreferralDate"),
    *("ReferralSource", "ReferralNFA", "AssessmentActualStartDate", "CINPlanStartDate", "S47ActualStartDate"),
    *("ICPCnotRequired", "CPPstartDate", "InitialCategoryOfAbuse", "LatestCategoryOfAbuse"),
    "NumberOfPreviousCPP",
}
# Refusing these refuses what they stand in; everything else keeps its entry.
REFUSE = {"AssessmentActualStartDate", "CINPlanStartDate", "S47ActualStartDate", "CPPstartDate", "LAchildID"}
LEAVES = [(number, found[1]) for number, line in enumerate(LINES) if (found := LEAF.fullmatch(line))]


def changed(line: int, to: str | None) -> str:
    """The small file with one line (from 0) replaced, or left out."""
    return "\n".join([*LINES[:line], *([] if to is None else [to]), *LINES[line + 1 :]])


@pytest.mark.parametrize(
    "value", ["nonsense", "2023-02-30", "9999", "", " ", "20230101", "2023-W13-5", "0001-01-01", "९"]
)
def test_a_value_that_cannot_be_used_is_listed_and_the_rest_kept(file: Path, value: str) -> None:
    for line, name in LEAVES:
        if name in FREE:
            continue
        _, found, problems = read(file, changed(line, f"<{name}>{value}</{name}>"))
        [problem] = problems
        assert problem.line == line + 1 and name in problem.says and problem.done
        assert problem.refused == (name in REFUSE)
        assert [episode.child_id for episode in found] == ["C1", "C2"]
        # Whichever child was not touched is read as ever.
        sound = [replace(episode, authority="999") in (FULL, OTHER) for episode in found]
        assert sound == [problem.child != "C1", problem.child != "C2"]
        assert sum(map(entries, found)) == entries(FULL) * 2 - problem.refused


def entries(episode: CinEpisode) -> int:
    return sum(map(len, (episode.assessments, episode.cin_plans, episode.section47s, episode.cp_plans)))


@pytest.mark.parametrize(("line", "name"), [leaf for leaf in LEAVES if leaf[1] in REQUIRED])
def test_a_required_value_left_out_is_listed(file: Path, line: int, name: str) -> None:
    _, found, problems = read(file, changed(line, None))
    [problem] = problems
    assert f"{name} is missing" in problem.says and problem.refused == (name in REFUSE)
    assert len(found) == (1 if name == "LAchildID" else 2)


ODD = st.sampled_from(
    [
        ("odd words", "stray text “odd words”"),
        ("<Odd>words</Odd>", "Odd has no place"),
        ("<Odd/>", "Odd has no place"),
        ("<Odd><Child/><Year>2</Year></Odd>", "Odd has no place"),
    ]
)


@in_one_directory
@given(st.integers(START, len(LINES) - 1), ODD)
def test_nothing_strange_is_dropped_without_a_word(file: Path, at: int, odd: tuple[str, str]) -> None:
    source, says = odd
    headers, found, problems = read(file, "\n".join([*LINES[:at], source, *LINES[at:]]))
    assert (headers, found) == ([HEADER], [FULL, OTHER])
    [problem] = problems
    assert problem.line == at + 1 and says in problem.says and problem.done == "left out"


@in_one_directory
@given(st.sampled_from([at for at in range(START, len(LINES)) if LINES[at].startswith("<AssessmentActualStartDate>")]))
def test_a_misspelt_element_is_told_with_the_nearest_spelling(file: Path, at: int) -> None:
    _, _, problems = read(file, changed(at, LINES[at].replace("Assessment", "Assesment")))
    says = [problem.says for problem in problems if problem.line == at + 1]
    assert says == [
        "the element AssesmentActualStartDate has no place in Assessments (did you mean “AssessmentActualStartDate”?)"
    ]


@in_one_directory
@given(st.integers(START - 1, len(LINES) - 1))
def test_an_attribute_is_listed_and_a_note_where_the_schema_lies_is_not(file: Path, at: int) -> None:
    assume(not LINES[at].startswith("</"))
    instance = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="cin.xsd"'
    plain = read(file, changed(at, LINES[at].replace(">", f" {instance}>", 1)))
    assert plain == ([HEADER], [FULL, OTHER], [])
    headers, found, [problem] = read(file, changed(at, LINES[at].replace(">", ' odd="yes">', 1)))
    assert (headers, found) == ([HEADER], [FULL, OTHER])
    assert problem.line == at + 1 and "attribute “odd”" in problem.says


@in_one_directory
@given(st.integers(START, len(LINES)), st.sampled_from(["<!-- note -->", "<?note?>", "", "\t"]))
def test_comments_and_space_change_nothing(file: Path, at: int, note: str) -> None:
    assert read(file, "\n".join([*LINES[:at], note, *LINES[at:]])) == ([HEADER], [FULL, OTHER], [])


def one(lines: str, header: CinHeader = HEADER) -> str:
    """A file of one child whose episode holds `lines` beside what is required."""
    child = written([replace(FULL, assessments=(), cin_plans=(), section47s=(), cp_plans=())], header).decode()
    return child.replace("<ReferralNFA>", lines + "\n<ReferralNFA>")


def assessment(start: str, end: str = "", factors: str = "", review: str = "") -> str:
    inside = f"<AssessmentActualStartDate>{start}</AssessmentActualStartDate>"
    if review:
        inside += f"<AssessmentInternalReviewDate>{review}</AssessmentInternalReviewDate>"
    if end:
        inside += f"<AssessmentAuthorisationDate>{end}</AssessmentAuthorisationDate>"
    if factors:
        listed = "".join(f"<AssessmentFactors>{code}</AssessmentFactors>" for code in factors.split())
        inside += f"<FactorsIdentifiedAtAssessment>{listed}</FactorsIdentifiedAtAssessment>"
    return f"<Assessments>{inside}</Assessments>"


def test_an_end_before_the_start_is_refused_and_the_next_assessment_kept(file: Path) -> None:
    wrong, right = assessment("2023-06-09", "2023-06-08"), assessment("2023-06-09", "2023-06-09")
    _, [episode], [problem] = read(file, one(wrong + right))
    assert problem.refused and "ends on 2023-06-08, before it starts on 2023-06-09" in problem.says
    # Numbered as the second of that day, so that its key stays when the first is put right.
    assert episode.assessments == (CinAssessment(date(2023, 6, 9), None, date(2023, 6, 9), (), 2),)


def test_a_start_before_the_referral_is_kept_and_listed(file: Path) -> None:
    _, [episode], [problem] = read(file, one(assessment("2023-05-31", "2023-06-30")))
    assert not problem.refused and "before the referral on 2023-06-01" in problem.says
    assert episode.assessments == (CinAssessment(date(2023, 5, 31), None, date(2023, 6, 30)),)


def test_an_unreadable_end_leaves_the_assessment_in_sight_as_open(file: Path) -> None:
    _, [episode], [problem] = read(file, one(assessment("2023-06-09", "30/06/2023")))
    assert problem.done == "kept as not yet authorised" and "“30/06/2023” is not a date" in problem.says
    assert episode.assessments[0].authorised is None


def test_unknown_factors_are_left_out_and_those_of_another_year_kept(file: Path) -> None:
    _, [episode], problems = read(file, one(assessment("2023-06-09", "2023-06-30", "3A RB 18A 3A")))
    assert episode.assessments[0].factors == ("3A", "18A", "3A")
    assert [(p.says, p.done) for p in problems] == [
        ("AssessmentFactors “RB” is not a code of the census", "kept without the factor"),
        ("AssessmentFactors “18A” is used only up to the 2020 census, and this file is for 2024", "kept"),
    ]
    older = synthetic_header(2019)
    early = one(assessment("2023-06-09", "2023-06-30", "18A 24A"), older)
    said = [problem.says for problem in read(file, early)[2]]
    assert any("24A” is used from the 2022 census on" in says for says in said)
    assert not any("18A" in says for says in said)


@pytest.mark.parametrize("day", ["2023-06-09Z", "2023-06-09+01:00", " 2023-06-09\n"])
def test_every_way_xml_may_write_a_day_is_read(file: Path, day: str) -> None:
    _, [episode], problems = read(file, one(assessment(day)))
    assert episode.assessments[0].start == date(2023, 6, 9)
    assert [problem.refused for problem in problems] == ([] if day[0] == " " else [False])


@pytest.mark.parametrize("name", ["Child", "CINdetails", "Assessments", "Section47", "ChildProtectionPlans"])
def test_an_entry_in_a_place_it_cannot_have_is_counted_as_refused(file: Path, name: str) -> None:
    at = LINES.index("<ChildIdentifiers>") + 1
    _, found, [problem] = read(file, "\n".join([*LINES[:at], f"<{name}/>", *LINES[at:]]))
    assert found == [FULL, OTHER] and problem.refused and problem.done == "left out"


def test_a_child_without_an_identifier_is_refused_and_the_next_kept(file: Path) -> None:
    data = written([FULL, OTHER]).decode().replace("<LAchildID>C1</LAchildID>", "<LAchildID> </LAchildID>")
    _, found, [problem] = read(file, data)
    assert found == [OTHER] and problem.refused and problem.done == "refused this child"


def test_an_identifier_given_twice_is_listed_and_both_kept(file: Path) -> None:
    again = replace(FULL, referral_date=date(2023, 6, 2))
    _, found, [problem] = read(file, written([FULL, OTHER, again]))
    assert found == [FULL, OTHER, again]
    assert problem.child == "C1" and "given to an earlier child" in problem.says and not problem.refused


def test_an_identifier_with_what_cannot_be_shown_is_cleaned_and_listed(file: Path) -> None:
    _, [episode], [problem] = read(file, written([FULL]).replace(b">C1<", "> C\u202e1 <".encode()))
    assert episode.child_id == "C\ufffd1" and "cannot be shown" in problem.says


def test_a_file_without_a_header_is_read_and_says_so(file: Path) -> None:
    source = "\n".join(["<Message>", *LINES[CHILDREN - 1 :]])
    [header], found, [problem] = read(file, source)
    assert header == CinHeader(collection="") and "no Header" in problem.says
    assert [episode.child_id for episode in found] == ["C1", "C2"]


def test_a_header_after_the_children_is_refused_not_mixed_in(file: Path) -> None:
    source = "\n".join(["<Message>", *LINES[CHILDREN - 1 : -1], *LINES[START : CHILDREN - 1], "</Message>"])
    headers, found, problems = read(file, source)
    assert headers == [CinHeader(collection="")] and len(found) == 2
    assert [problem.refused for problem in problems] == [False, True]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("<Year>2024<", "<Year>2016<", "older than the layouts known here"),
        ("<Year>2024<", "<Year>24<", "“24” is not a census year"),
        ("<LEA>999<", "<LEA>9999<", "not a code of three digits"),
        ("<LEA>999<", "<LEA>٣٣٣<", "not a code of three digits"),
        ("<SourceLevel>L<", "<SourceLevel>S<", "SourceLevel “S”"),
        ("-03-31</ReferenceDate>", "-03-30</ReferenceDate>", "is not 31 March of the Year 2024"),
        ("<Message>", '<Message xmlns="urn:x">', "uses the namespace “urn:x”"),
    ],
)
def test_a_fault_in_the_header_is_listed_and_the_children_kept(file: Path, old: str, new: str, says: str) -> None:
    [_], found, problems = read(file, written([FULL, OTHER]).decode().replace(old, new))
    assert any(says in problem.says for problem in problems)
    assert [replace(episode, authority="999") for episode in found] == [FULL, OTHER]


def test_another_collection_and_another_root_are_refused_whole(file: Path) -> None:
    data = written([FULL]).decode()
    with pytest.raises(CaseReviewError, match=r"line 5: .*“SC”, not of the CIN census"):
        read(file, data.replace("<Collection>CIN<", "<Collection>SC<"))
    with pytest.raises(CaseReviewError, match="<Annex> and should begin with <Message>"):
        read(file, data.replace("Message>", "Annex>"))


def test_a_file_without_children_says_so(file: Path) -> None:
    [_], [], [problem] = read(file, "\n".join([*LINES[:CHILDREN], "</Children>", "</Message>"]))
    assert problem.says == "there are no children in this file"


# --- damage ----------------------------------------------------------------------------------------------

SOUND = written([FULL, OTHER])


@in_one_directory
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_damaged_bytes_give_a_refusal_or_a_list_and_never_anything_else(
    file: Path, flips: list[tuple[int, int]]
) -> None:
    data = bytearray(SOUND)
    for at, value in flips:
        data[at] = value
    try:
        _, found, problems = read(file, bytes(data))
    except CaseReviewError as refused:
        assert "census.xml" in str(refused) and "\n" not in str(refused)
    else:
        assert all(episode.child_id for episode in found)
        assert all(problem.says and problem.done and problem.line > 0 for problem in problems)
        assert len(found) == 2 or any(problem.refused or problem.done == "left out" for problem in problems)


@in_one_directory
@given(st.integers(0, len(SOUND.rstrip()) - 1))
def test_a_file_cut_short_anywhere_is_refused(file: Path, length: int) -> None:
    with pytest.raises(CaseReviewError, match=r"census\.xml, line"):
        read(file, SOUND[:length])


# --- the files of others ---------------------------------------------------------------------------------


def sample(name: str) -> tuple[CinHeader, list[CinEpisode], list[tuple[int, str | None, str, str, bool]]]:
    found = list(read_cin(SAMPLES / name))
    [header] = [one for one in found if isinstance(one, CinHeader)]
    problems = [(one.line, one.child, one.says, one.done, one.refused) for one in found if isinstance(one, Problem)]
    return header, [one for one in found if isinstance(one, CinEpisode)], problems


LONG_AGO = CinAssessment(date(1970, 6, 3), date(1970, 6, 22), date(1971, 7, 18), ("2A", "2B"))
EARLY = "the assessment starts on 1970-06-03, before the referral on 1970-10-06"


@needs_samples
def test_the_sample_of_2022_is_read_whole() -> None:
    header, [episode], problems = sample("liia_cin-2022.xml")
    assert (header.year, header.authority, header.release) == (2022, "201", "ver 3.1.21")
    assert episode.assessments == (LONG_AGO,)
    assert episode.cp_plans[0].previous_plans == 10
    assert problems == [(43, "DfEX0000001", EARLY, "kept", False)]


@needs_samples
def test_the_sample_of_2021_keeps_its_row_beside_stray_text() -> None:
    _, [episode], problems = sample("CIN_Census_2021.xml")
    assert episode.assessments == (LONG_AGO,)
    assert episode.disabilities == ("HAND", "HEAR") and episode.expected_birth_date is None
    stray = "the stray text “PersonBirthDate” stands between the elements of ChildIdentifiers"
    born = "ExpectedPersonBirthDate “1066-04-13” is outside the years 1900 to 2100"
    assert problems == [
        (23, "DfEX0000001", stray, "left out", False),
        (25, "DfEX0000001", born, "kept without it", False),
        (43, "DfEX0000001", EARLY, "kept", False),
    ]


@needs_samples
def test_the_sample_of_2024_refuses_one_assessment_and_keeps_the_other() -> None:
    header, [first, second], problems = sample("CIN_Census_2024.xml")
    assert (header.year, header.reference_date) == (2023, date(2024, 3, 31))
    assert first.assessments == () and first.cin_plans and first.section47s and first.cp_plans
    assert second.assessments == (CinAssessment(date(2023, 12, 25), None, date(2024, 1, 27)),)
    backwards = "the assessment ends on 2020-09-19, before it starts on 2028-04-28"
    early = "the assessment starts on 2023-12-25, before the referral on 2024-10-24"
    assert [(line, says, refused) for line, _, says, _, refused in problems] == [
        (6, "ReferenceDate 2024-03-31 is not 31 March of the Year 2023", False),
        (23, "the stray text “PersonBirthDate” stands between the elements of ChildIdentifiers", False),
        (25, "Sex “1” is not a code of the census", False),
        (41, backwards, True),
        (46, "AssessmentFactors “RB” is not a code of the census", False),
        (87, "CINreferralDate 2024-10-24 is after the reference date 2024-03-31", False),
        (92, early, False),
        (95, "FactorsIdentifiedAtAssessment is empty", False),
    ]


# --- size ------------------------------------------------------------------------------------------------


def many(count: int) -> Iterator[CinEpisode]:
    # Two identifiers by turns: what is kept for each identifier seen is left out of the measure.
    small = replace(FULL, assessments=FULL.assessments[1:], cin_plans=(), section47s=(), cp_plans=())
    return (replace(small, child_id=f"child {number % 2}") for number in range(count))


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = []
    for count in (1_000, 10_000):
        path = tmp_path / f"{count}.xml"
        assert write_cin(path, HEADER, many(count)) == count
        tracemalloc.start()
        seen = sum(isinstance(one, CinEpisode) for one in read_cin(path))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert seen == count
    assert peaks[1] < peaks[0] * 1.25


# --- writing ---------------------------------------------------------------------------------------------


def test_a_file_is_made_for_its_owner_alone_and_never_overwritten(file: Path) -> None:
    assert write_cin(file, HEADER, [FULL, OTHER]) == 2
    assert file.read_bytes() == SOUND
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CaseReviewError, match=r"census\.xml: the file cannot be made"):
        write_cin(file, HEADER, [FULL])
    assert file.read_bytes() == SOUND


def test_an_episode_that_lacks_something_names_all_of_it_and_leaves_no_file(file: Path) -> None:
    plan = replace(FULL.cp_plans[0], previous_plans=None)
    lacking = replace(FULL, ethnicity=None, referral_source=None, cp_plans=(plan,))
    with pytest.raises(CaseReviewError, match="Ethnicity, ReferralSource, NumberOfPreviousCPP of 2023-06-23") as said:
        write_cin(file, HEADER, [OTHER, lacking])
    assert said.value.where == "child C1, referral 2023-06-01"
    assert not file.exists()


def test_nothing_that_is_not_xml_or_not_a_census_is_written() -> None:
    with pytest.raises(CaseReviewError, match=r"LAchildID .* does not allow"):
        written([replace(FULL, child_id="a\x1bb")])
    with pytest.raises(CaseReviewError, match="three digits"):
        written([FULL], replace(HEADER, authority="<9>"))
    with pytest.raises(CaseReviewError, match="at least one child"):
        written([])


def test_an_unknown_sex_is_written_as_not_recorded() -> None:
    unknown = replace(FULL, sex_or_gender=None)
    assert b"<GenderCurrent>0<" in written([unknown])
    assert b"<Sex>U<" in written([unknown], synthetic_header(2025))


# --- what the sector's checks would ask ------------------------------------------------------------------

DONE = CinAssessment(date(2023, 6, 2), None, date(2023, 7, 3), ("3A",))
OPEN = CinAssessment(date(2023, 8, 1))


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"assessments": (DONE,)}, []),
        ({"assessments": (OPEN,), "closure_date": None}, []),
        ({"assessments": (OPEN,)}, ["8867"]),
        ({"assessments": (OPEN, replace(OPEN, start=date(2023, 9, 1))), "closure_date": None}, ["8896", "8863Q"]),
        ({"assessments": (DONE, replace(DONE, start=date(2023, 7, 2)))}, ["8863Q"]),
        ({"assessments": (DONE, replace(DONE, start=date(2023, 7, 3)))}, []),
        ({"assessments": (replace(OPEN, factors=("3A",)),), "closure_date": None}, ["8614"]),
        ({"assessments": (replace(DONE, factors=()),)}, ["8897Q"]),
        ({"assessments": (replace(DONE, factors=("3A", "3A")),)}, ["8898"]),
        ({"assessments": (replace(DONE, factors=("3A", "21")),)}, ["8869"]),
        ({"assessments": (replace(DONE, factors=("21",)),)}, ["8873Q"]),
        ({"assessments": (replace(DONE, factors=("21",)),), "closure_reason": "RC8"}, []),
        ({"assessments": (), "closure_reason": "RC9"}, ["8825Q"]),
        ({"assessments": (DONE,), "referral_nfa": True}, ["8831"]),
        ({"assessments": (replace(DONE, authorised=date(2024, 4, 1)),)}, ["8696"]),
        ({"assessments": (replace(DONE, authorised=date(2024, 3, 31)),)}, []),
        ({"assessments": (replace(OPEN, start=date(2023, 3, 31)),), "closure_date": None}, ["8736"]),
        ({"assessments": (replace(OPEN, start=date(2023, 4, 1)),), "closure_date": None}, []),
    ],
)
def test_the_sectors_queries_are_listed_and_change_nothing(changes: dict[str, Any], rules: list[str]) -> None:
    episode = replace(FULL, **changes)
    asked = list(queries(HEADER, episode))
    assert [problem.says.split(":")[0] for problem in asked] == rules
    assert all(problem.done == "kept" and not problem.refused for problem in asked)
