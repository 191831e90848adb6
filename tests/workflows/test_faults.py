"""Every kind of fault is found, at its place and line, with the others, and says what to write instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.workflows.support import FIXTURES, changed, faults_of, text_of
from workflows.reading import LARGEST, load, parse


def test_the_small_workflow_has_no_fault() -> None:
    assert faults_of(text_of("small")) == []


def test_all_faults_of_a_file_are_named_at_once_each_on_its_line() -> None:
    text = text_of("faulty")
    expected = {
        (number, found[1])
        for number, line in enumerate(text.splitlines(), 1)
        if (found := re.search(r"# fault: (\S+)", line))
    }
    faults = faults_of(text)
    assert {(fault.line, fault.place) for fault in faults} == expected
    assert len(expected) > 12
    assert [fault.line for fault in faults] == sorted(fault.line or 0 for fault in faults)


def test_every_fault_says_what_is_wrong_and_what_to_do() -> None:
    for fault in faults_of(text_of("faulty")):
        assert fault.says.endswith(".") and fault.remedy.rstrip('"').endswith((".", "?"))
        assert str(fault).startswith(f"test.toml, line {fault.line}: {fault.place}: ")


# (what stands there, what is written instead, the one place that is wrong, words of the message)
ONE_FAULT = {
    "unknown top key": ('kind = "review"', 'kind = "review"\ncolour = 1', "colour", "not known here"),
    "nearest key": ('title = "Call it"', 'title = "Call it"\nsay = "x"', "steps.call.say", 'Did you mean "says"?'),
    "missing kind": ('kind = "review"\n', "", "", '"kind" is missing'),
    "wrong type": ('title = "Call it"', "title = 3", "steps.call.title", "should be a text, not a number"),
    "wrong flag": ("agreed = true", 'agreed = "yes"', "expectations.whole.agreed", "true or false"),
    "bad name": ("[steps.call]", "[steps.Call]", "steps.Call", "cannot be used"),
    "bad field name": ("earlier = {", "Earlier = {", "records.note.fields.Earlier", "underscores"),
    "bad code": ("[reasons.MORE]", "[reasons.more]", "reasons.more", "capital letters"),
    "bad version": ('version = "1"', 'version = "one two"', "version", "cannot be used"),
    "bad prefix": ('prefix = "SM"', 'prefix = "sm1"', "prefix", "capital letters"),
    "empty title": ('title = "Call it"', 'title = " "', "steps.call.title", "is empty"),
    "unprintable": ('title = "Call it"', 'title = "Call \\u202e it"', "steps.call.title", "cannot be shown"),
    "unknown office": ('office = "chair"', 'office = "chiar"', "roles.chair.office", 'Did you mean "chair"?'),
    "unknown stage": ('from = "asked"', 'from = "askd"', "steps.call.from", 'Did you mean "asked"?'),
    "unknown role": ('by = ["worker", "chair"]', 'by = ["chairr"]', "steps.call.by", 'Did you mean "chair"?'),
    "unknown has": ('has = "agreed-date"', 'has = "agreeddate"', "steps.call.expected[0].has", "agreed-date"),
    "unknown told": ('told = "family"', 'told = "famly"', "steps.call.expected[1].told", '"family"'),
    "unknown telling": ('about = "progress"', 'about = "progres"', "steps.call.expected[1].about", '"progress"'),
    "unknown record": ('record = "note", where', 'record = "notes", where', "steps.close.must[0].record", '"note"'),
    "record seen": ('appointed = "worker", says', 'record = "seen", says', "steps.close.must[3].record", "built in"),
    "unknown where": ("where = { outcome", "where = { outcom", "steps.close.must[0].where.outcom", '"outcome"'),
    "unknown answer": ('outcome = "done"', 'outcome = "don"', "steps.close.must[0].where.outcome", '"done"'),
    "unknown among": ('among = ["done"', 'among = ["dne"', "steps.close.must[1].among", '"done"'),
    "compare text": (
        'field = "note.outcome", among = ["done", "more"]',
        'field = "note.said", among = ["done"]',
        "steps.close.must[1].among",
        "cannot be compared",
    ),
    "unknown field": ('field = "note.outcome"', 'field = "note.outcom"', "steps.close.must[1].field", '"outcome"'),
    "not a field": ('field = "note.outcome", ', 'field = "note", ', "steps.close.must[1].field", "KIND.FIELD"),
    "unknown track": ('track = "report"', 'track = "reports"', "steps.close.must[2].track", '"report"'),
    "unknown at": ('at = ["sent"]', 'at = ["send"]', "steps.close.must[2].at", '"sent"'),
    "no at": ('at = ["sent"], ', "", "steps.close.must[2]", '"at" is missing'),
    "unknown appointed": ('appointed = "worker"', 'appointed = "wrker"', "steps.close.must[3].appointed", '"worker"'),
    "two at once": (
        '{ appointed = "worker"',
        '{ has = "team", appointed = "worker"',
        "steps.close.must[3]",
        "two things at once",
    ),
    "nothing asked": ('appointed = "worker", ', "", "steps.close.must[3]", "does not say what is asked"),
    "no says": (', says = "a worker"', "", "steps.close.must[3]", '"says" is missing'),
    "no who": ('says = "a worker", who = "chair"', 'says = "a worker"', "steps.close.must[3]", '"who" is missing'),
    "unknown who": ('"a worker", who = "chair"', '"a worker", who = "x"', "steps.close.must[3].who", "Choose from"),
    "no meaning": (
        'appointed = "worker", ',
        'appointed = "worker", since = "this visit", ',
        "steps.close.must[3].since",
        "has no meaning beside appointed",
    ),
    "since what": ('since = "this visit"', 'since = "ever"', "steps.close.must[0].since", '"this visit"'),
    "at least": (
        'appointed = "worker", ',
        'appointed = "worker", at-least = 0, ',
        "steps.close.must[3].at-least",
        "1 to 99",
    ),
    "same key twice": (
        '{ appointed = "worker"',
        '{ record = "note", says = "x", who = "chair" },\n  { appointed = "worker"',
        "steps.close.must[3]",
        "already asks",
    ),
    "requirement no table": ("must = [\n", 'must = [\n  "note",\n', "steps.close.must[0]", "table in braces"),
    "unreachable": (
        "closed = { title",
        'lost = { title = "Lost", end = true }\nclosed = { title',
        "stages.lost",
        "No way leads",
    ),
    "exit from an end": (
        '[steps.again]\ntitle = "Ask again"\nfrom = "meeting"',
        '[steps.again]\ntitle = "Ask again"\nfrom = ["meeting", "closed"]',
        "steps.again.from",
        "nothing leaves an end",
    ),
    "undeclared loop": (
        'to = "asked"\nby = "chair"\nloop = "asks a reason"',
        'to = "asked"\nby = "chair"',
        "steps.again",
        "goes back",
    ),
    "undeclared loop in a track": (
        'to = "none"\nby = "worker"\nloop = "asks a reason"',
        'to = "none"\nby = "worker"',
        "tracks.report.steps.recall",
        "goes back",
    ),
    "no loop": (
        'to = "closed"\nby = "chair"',
        'to = "closed"\nby = "chair"\nloop = "asks a reason"',
        "steps.close.loop",
        "no loop",
    ),
    "loop phrase": (
        'to = "asked"\nby = "chair"\nloop = "asks a reason"',
        'to = "asked"\nby = "chair"\nloop = true',
        "steps.again.loop",
        "asks a reason",
    ),
    "step name twice": (
        "[tracks.report.steps.send]",
        "[tracks.report.steps.close]",
        "tracks.report.steps.close",
        "already a step",
    ),
    "title twice": ('title = "Close it"', 'title = "ask again"', "steps.close.title", "same title"),
    "stage title twice": ('asked = "Asked for"', 'asked = "meeting"', "stages.meeting", "same title"),
    "reason title twice": ('title = "None found"', 'title = "More to understand"', "reasons.NONE", "same title"),
    "listed twice": ('["worker", "chair"]', '["chair", "chair"]', "steps.call.by[1]", "stands here twice"),
    "option twice": (
        'options = ["done", "more"]',
        'options = ["done", "more", "done"]',
        "records.note.fields.outcome.options[2]",
        "twice",
    ),
    "deadline": (
        'title = "Call it"',
        'title = "Call it"\ndeadline = "5 days"',
        "steps.call.deadline",
        "Time never moves",
    ),
    "close after": (
        "agreed = true",
        'agreed = true\nclose-after = "5 days"',
        "expectations.whole.close-after",
        "Time never moves",
    ),
    "timeout": (
        'asked = "Asked for"',
        'asked = { title = "Asked for", timeout = 3 }',
        "stages.asked.timeout",
        "Time never moves",
    ),
    "due": ('says = "a worker"', 'says = "a worker", due_by = "x"', "steps.close.must[3].due_by", "Time never moves"),
    "hours": ('indicative = "6 weeks"', 'indicative = "60 hours"', "expectations.whole.indicative", "kept for lanes"),
    "no unit": ('indicative = "6 weeks"', "indicative = 6", "expectations.whole.indicative", "length of time"),
    "no time at all": (
        'indicative = "6 weeks"',
        'indicative = "0 weeks"',
        "expectations.whole.indicative",
        "says nothing",
    ),
    "margin of nothing": ('indicative = "6 weeks"\n', "", "expectations.whole.look-after", "there is none"),
    "checkpoints back": (
        '["10 working days", "20',
        '["30 working days", "20',
        "expectations.whole.checkpoints[1]",
        "does not come after",
    ),
    "checkpoints no list": (
        '["10 working days", "20 working days"]',
        '"10 working days"',
        "expectations.whole.checkpoints",
        "list of times",
    ),
    "checkpoint record": (
        'checkpoint-record = "note"',
        'checkpoint-record = "nte"',
        "expectations.whole.checkpoint-record",
        '"note"',
    ),
    "plans nothing": (
        '["field look_again of note"]',
        '["look_again"]',
        "expectations.whole.plans-checkpoint[0]",
        "names no field",
    ),
    "plans no date": (
        '["field look_again of note"]',
        '["field said of note"]',
        "expectations.whole.plans-checkpoint[0]",
        "no date",
    ),
    "statutory": ("agreed = true", 'agreed = true\nclock = "statutory"', "expectations.whole.clock", "its years"),
    "no anchor": ('from = "opened"', 'from = "start"', "expectations.whole.from", "start or end at"),
    "unknown anchor stage": ('"enters closed"', '"enters closd"', "expectations.whole.to", '"closed"'),
    "leaves an end": ('"enters closed"', '"leaves closed"', "expectations.whole.to", "it is an end"),
    "unknown anchor record": ('"enters closed"', '"record nte"', "expectations.whole.to", '"note"'),
    "anchor field no date": ('from = "field look_again', 'from = "field said', "expectations.queue.from", "no date"),
    "ends where it starts": ('to = "enters closed"', 'to = "opened"', "expectations.whole", "ends where it starts"),
    "own author": ('manager = "not the author"\n', "", "expectations.whole.justified", "nobody agrees"),
    "author": ('"not the author"', '"anyone"', "expectations.whole.justified.manager", "not the author"),
    "seen within": (
        '"within 20 working days"',
        '"20 working days"',
        "expectations.whole.justified.child-seen",
        "within",
    ),
    "shown and agreed": (
        "shown-only = true",
        "shown-only = true\nagreed = true",
        "expectations.queue.agreed",
        "no meaning",
    ),
    "unknown lane target": ("expect = { whole", "expect = { whol", "lanes.urgent.expect", '"whole"'),
    "lane expects nothing": ('expect = { whole = "24 hours" }\n', "", "lanes.urgent", "expects nothing"),
    "no reader": (', reader = "the family"', "", "records.note.fields.said", "Nobody is named who reads"),
    "options of a date": (
        'type = "date"',
        'type = "date", options = ["a"]',
        "records.note.fields.look_again.options",
        "no options",
    ),
    "unknown type": ('type = "long"', 'type = "lng"', "records.note.fields.said.type", '"long"'),
    "of nothing": (', of = "note"', "", "records.note.fields.earlier", "which kind of record"),
    "of unknown": (', of = "note"', ', of = "nte"', "records.note.fields.earlier.of", '"note"'),
    "of for a line": (
        'type = "long", reader',
        'type = "long", of = "note", reader',
        "records.note.fields.said.of",
        "points to no record",
    ),
    "built in": (
        "[reasons.MORE]",
        '[records.seen]\ntitle = "S"\nby = "chair"\nfields = { on = { ask = "?", type = "date" } }\n[reasons.MORE]',
        "records.seen",
        "built in",
    ),
    "no fields": (
        "[reasons.MORE]",
        '[records.empty]\ntitle = "E"\nby = "chair"\n[reasons.MORE]',
        "records.empty",
        "no fields",
    ),
    "unknown class": ('class = "can justify"', 'class = "can justfy"', "reasons.MORE.class", '"can justify"'),
    "hold stage": ('while = "none"', 'while = "nne"', "tracks.report.hold.while", '"none"'),
    "hold field": ('"field may_go_on of record note"', '"may_go_on"', "tracks.report.hold.except", "names no field"),
    "hold type": (
        '"field may_go_on of record note"',
        '"field said of note"',
        "tracks.report.hold.except",
        "should name steps",
    ),
    "track start": ('start = "none"', 'start = "non"', "tracks.report.start", '"none"'),
    "import into an end": ('open = "meeting"', 'open = "closed"', "import.open", "cannot land in an end"),
    "import done": ('done = "closed"', 'done = "meeting"', "import.done", "must land in an end"),
    "import nowhere": ('open = "meeting"', 'open = "meting"', "import.open", '"meeting"'),
    "import dates": (
        "starts-until = 2013-04-14",
        "starts-until = 2011-04-14",
        "import.starts-until",
        "before starts-from",
    ),
    "import no date": (
        "starts-from = 2012-01-01",
        'starts-from = "2012-01-01"',
        "import.starts-from",
        "should be a date",
    ),
    "reopen to an end": ('[reopening]\nto = "meeting"', '[reopening]\nto = "closed"', "reopening.to", "into an end"),
    "reopen by": ('to = "meeting"\nby = "chair"', 'to = "meeting"\nby = "chir"', "reopening.by", '"chair"'),
    "set aside by": ('[set-aside]\nby = "chair"', '[set-aside]\nby = "chir"', "set-aside.by", '"chair"'),
    "set aside by none": ('[set-aside]\nby = "chair"', "[set-aside]", "set-aside", '"by" is missing'),
    "not a table": ("[reopening]", "[set-aside2]\n[reopening]", "set-aside2", "not known here"),
    "format": ("format = 1", "format = 2", "format", "The format should be 1"),
    "format true": ("format = 1", "format = true", "format", "The format should be 1"),
    "format missing": ("format = 1\n", "", "", "The format should be 1"),
}


@pytest.mark.parametrize("kind", ONE_FAULT)
def test_one_fault_is_found_where_it_is_and_nothing_else(kind: str) -> None:
    old, new, place, words = ONE_FAULT[kind]
    text = changed(old, new)
    faults = faults_of(text)
    assert [fault.place for fault in faults] == [place], "\n".join(map(str, faults))
    assert words in f"{faults[0].says} {faults[0].remedy}"
    if place:
        first = text_of("small").partition(old)[0].count("\n") + 1
        line = faults[0].line or 0
        near = first - 1 <= line <= first + new.count("\n") + 1
        assert near or text.splitlines()[line - 1] == f"[{place}]"


def test_no_end_at_all_is_one_fault_of_the_whole_path() -> None:
    places = [fault.place for fault in faults_of(changed(", end = true }", " }"))]
    assert "stages" in places and "import.done" in places


def test_a_choice_without_options_has_nothing_to_choose_from() -> None:
    found = faults_of(changed(', options = ["done", "more"]', ""))
    assert found[-1].place == "records.note.fields.outcome" and "nothing to choose from" in found[-1].says


def test_a_stage_from_which_no_end_can_be_reached() -> None:
    added = '[steps.stray]\ntitle = "Stray"\nfrom = "meeting"\nto = "mire"\nby = "chair"\n\n[set-aside]'
    text = changed("[set-aside]", added, changed("\nclosed = {", '\nmire = "Mire"\nclosed = {'))
    assert [(fault.place, fault.says) for fault in faults_of(text)] == [
        ("stages.mire", 'From the stage "mire" no way leads to an end.')
    ]


def test_two_stages_of_one_name_cannot_both_be_timed() -> None:
    text = changed("[tracks.report.stages]\n", '[tracks.report.stages]\nclosed = "Shut"\n')
    assert "expectations.whole.to" in [fault.place for fault in faults_of(text)]


# ---- texts that are no workflow at all -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('format = 1\nname = "x\n', 2),
        ("format = 1\n[steps]\n[steps]\n", 3),
        ("format = 1\nx = [\n", 3),
        ("format = 1\nx = { a = 1,\n b = 2 }\n", 2),
        ("\x00", 1),
    ],
)
def test_malformed_toml_is_one_fault_with_its_line(text: str, line: int) -> None:
    faults = faults_of(text)
    assert len(faults) == 1 and faults[0].line == line and "TOML" in faults[0].says


@pytest.mark.parametrize(
    "text",
    ["x = " + "[" * 5000 + "]" * 5000, "x = " + "9" * 6000, "\ud800", "format = 1\n" + "# " + "x" * LARGEST, ""],
    ids=["nested", "number", "surrogate", "large", "empty"],
)
def test_hostile_texts_are_faults_and_never_exceptions(text: str) -> None:
    assert len(faults_of(text)) == 1


def test_a_file_is_read_with_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    content = b"\xef\xbb\xbf" + text_of("small").replace("\n", "\r\n").encode()
    path.write_bytes(content)
    definition, faults = load(path)
    assert definition is not None and faults == []
    assert definition.text.encode() == content


def test_lines_are_right_in_a_file_with_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "faulty.toml"
    path.write_bytes(text_of("faulty").replace("\n", "\r\n").encode())
    assert [fault.line for fault in load(path)[1]] == [fault.line for fault in faults_of(text_of("faulty"))]


def test_files_that_cannot_be_read_are_faults(tmp_path: Path) -> None:
    assert "cannot be read" in load(tmp_path / "none.toml")[1][0].says
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'format = 1\nname = "caf\xe9"\n')
    assert load(latin)[1][0].line == 2
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * (LARGEST + 1))
    assert "larger" in load(large)[1][0].says


def test_names_from_the_file_are_made_visible_in_messages() -> None:
    faults = parse('format = 1\n"\\u001b[31m" = 1\n', "x")[1]
    assert any("\\x1b[31m" in fault.says for fault in faults)
    assert all(c.isprintable() for fault in faults for c in str(fault))


def test_fixtures_are_where_they_are_looked_for() -> None:
    assert {"small", "faulty"} <= {path.stem for path in FIXTURES.glob("*.toml")}
