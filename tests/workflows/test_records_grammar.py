"""What is asked only while an option is chosen, something for each record, readers, and the sliding scale."""

from __future__ import annotations

import pytest

from tests.workflows.support import changed, faults_of
from workflows.definition import Definition
from workflows.reading import parse
from workflows.shown import show

ADDED = """
[records.finding]
title = "Finding"
by = "chair"
readers = ["chair"]
readers-from = { worker = "meeting" }
logged = true
only-with = [
  { where = { state = "agreed" }, fields = ["summary"], pointed = "proof.about", says = "whole first" },
]

[records.finding.fields]
state = { ask = "Where does it stand?", type = "choice", options = ["draft", "agreed", "dropped"] }
size = { ask = "How full?", type = "choice", options = ["full", "light+"] }
summary = { ask = "In short?", type = "line" }
small = { ask = "Is it a small one?", type = "yes-no" }

[records.proof]
title = "Proof"
by = "chair"

[records.proof.fields]
about = { ask = "Of which finding?", type = "record", of = "finding" }
firm = { ask = "Is it firm?", type = "yes-no" }

[options.full]
title = "Full"
conversations = "with everyone"

[options.lighter]
title = "Lighter"
answer = "light+"
strength = "indicative only"
"""
EACH = (
    '{ each = "finding", in = "proof.about", where = { firm = true }, '
    'except-where = { state = "dropped", small = true }, '
    'at-least = 2, when = { "finding.size" = "full" }, says = "two proofs each", who = "chair" },'
)


def text(old: str = "", new: str = "") -> str:
    whole = changed("must = [\n", f"must = [\n  {EACH}\n", changed('kind = "review"', _HEAD) + ADDED)
    return changed(old, new, whole) if old else whole


_HEAD = 'kind = "review"\noption-of = "finding.size"\nchoose = "When there is much to learn"'


def whole() -> Definition:
    definition, faults = parse(text(), "test.toml")
    assert definition is not None, faults
    return definition


def test_all_of_it_is_read() -> None:
    definition = whole()
    asked = definition.steps["close"].requirements[0]
    assert (asked.key, asked.name, asked.points, asked.at_least) == ("each-finding-proof", "finding", "proof.about", 2)
    assert asked.where == (("firm", ("yes",)),) and asked.except_where == (("state", ("dropped",)), ("small", ("yes",)))
    assert asked.when == (("finding.size", ("full",)),)
    kind = definition.records["finding"]
    assert (kind.readers, kind.readers_from) == (("chair",), (("worker", "meeting"),))
    assert kind.logged and kind.own_reads and not definition.records["proof"].readers
    only = kind.only_with[0]
    assert (only.where, only.fields, only.pointed) == ((("state", ("agreed",)),), ("summary",), "proof.about")
    options = definition.options
    assert {name: o.answer for name, o in options.items()} == {"full": "full", "lighter": "light+"}
    assert definition.option("light+") is options["lighter"] and definition.option("none") is None


def test_a_when_may_be_written_without_quotes() -> None:
    definition, _ = parse(text('{ "finding.size" = "full" }', '{ finding.size = "full" }'), "test.toml")
    assert definition is not None and definition.steps["close"].requirements[0].when == (("finding.size", ("full",)),)


def test_a_person_reads_all_of_it() -> None:
    shown = " ".join(show(whole()).split())
    for words in (
        "When to choose it: When there is much to learn", "two proofs each, while “How full?” is full",
        "Read by Chair and whoever wrote it; Worker from “Meeting” on.", "Each reading is written down.",
        "“Where does it stand?” is agreed needs summary, an entry of “Proof”: whole first",
        "Full. Conversations: with everyone.", "Lighter. Strength: indicative only.",
    ):  # fmt: skip
        assert words in shown, words


# (what stands there, what is written instead, the one place that is wrong, words of the message)
FAULTS = {
    "each of nothing": ('each = "finding"', 'each = "findng"', "steps.close.must[0].each", '"finding"'),
    "in no field": ('in = "proof.about"', 'in = "proof.abut"', "steps.close.must[0].in", '"about"'),
    "in another": ('in = "proof.about"', 'in = "note.earlier"', "steps.close.must[0].in", "does not point"),
    "in missing": ('in = "proof.about", ', "", "steps.close.must[0]", '"in" is missing'),
    "each where": ("where = { firm", "where = { frm", "steps.close.must[0].where.frm", '"firm"'),
    "each except": ('"dropped", small', '"droped", small', "steps.close.must[0].except-where.state", '"dropped"'),
    "when no kind": ('"finding.size" = "full"', '"findng.size" = "full"', "steps.close.must[0].when.findng.size",
                     '"finding"'),
    "when no field": ('"finding.size" = "full"', '"finding" = "full"', "steps.close.must[0].when.finding",
                      "KIND.FIELD"),
    "when no answer": ('"finding.size" = "full"', '"finding.size" = "ful"',
                       "steps.close.must[0].when.finding.size", '"full"'),
    "when a date": ('"finding.size" = "full"', '"note.look_again" = "full"',
                    "steps.close.must[0].when.note.look_again", "cannot be compared"),
    "when empty": ('"finding.size" = "full"', '"finding.size" = []',
                   "steps.close.must[0].when.finding.size", "is empty"),
    "reader": ('readers = ["chair"]', 'readers = ["chiar"]', "records.finding.readers", '"chair"'),
    "no readers": ('readers = ["chair"]\n', "", "records.finding.readers-from", "from the start already"),
    "reader twice": ('readers = ["chair"]', 'readers = ["chair", "worker"]',
                     "records.finding.readers-from.worker", "from the start already"),
    "reader from": ('worker = "meeting" }', 'worker = "meting" }', "records.finding.readers-from.worker", '"meeting"'),
    "own reads": ('title = "Proof"\n', 'title = "Proof"\nown-reads = false\n', "records.proof.own-reads", "author"),
    "logged": ("logged = true", 'logged = "yes"', "records.finding.logged", "true or false"),
    "only with field": ('fields = ["summary"]', 'fields = ["sumary"]', "records.finding.only-with[0].fields",
                        '"summary"'),
    "only with answer": ('where = { state = "agreed" }', 'where = { state = "agred" }',
                         "records.finding.only-with[0].where.state", '"agreed"'),
    "only with where": ('where = { state = "agreed" }, ', "", "records.finding.only-with[0]", '"where" is missing'),
    "only with nothing": ('fields = ["summary"], pointed = "proof.about", ', "", "records.finding.only-with[0]",
                          "asks for nothing"),
    "pointed": ('pointed = "proof.about"', 'pointed = "proof.firm"', "records.finding.only-with[0].pointed",
                "does not point"),
    "option of": ('option-of = "finding.size"', 'option-of = "finding.sze"', "option-of", '"size"'),
    "option of no choice": ('option-of = "finding.size"', 'option-of = "finding.summary"', "option-of", "choice"),
    "option of missing": ('option-of = "finding.size"\n', "", "options", "option-of"),
    "answer of none": ('answer = "light+"', 'answer = "full"', "option-of", "chooses no option"),
    "no such answer": ('answer = "light+"', 'answer = "lite"', "option-of", "chooses no option"),
}  # fmt: skip
TWO = {"answer of none": "options.lighter.answer", "no such answer": "options.lighter.answer"}


@pytest.mark.parametrize("kind", FAULTS)
def test_one_fault_is_found_where_it_is(kind: str) -> None:
    old, new, place, words = FAULTS[kind]
    faults = faults_of(text(old, new))
    places = [place, TWO[kind]] if kind in TWO else [place]
    assert sorted(fault.place for fault in faults) == sorted(places), "\n".join(map(str, faults))
    found = next(fault for fault in faults if fault.place == place)
    assert words in f"{found.says} {found.remedy}" and found.line
