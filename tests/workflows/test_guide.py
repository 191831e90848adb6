"""The guide for whoever writes a workflow says what the code does: its examples work and its table is complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.workflows.support import faults_of
from workflows import grammar
from workflows.definition import HAS, OFFICES, TOLD
from workflows.grammar import REGISTRY, TELLINGS
from workflows.reading import parse

GUIDE = (Path(__file__).parents[2] / "docs" / "workflow-format.md").read_text(encoding="utf-8")
EXAMPLE = "\n".join(re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL))


def test_the_examples_together_are_one_workflow_that_works() -> None:
    assert faults_of(EXAMPLE) == []


def test_the_examples_show_every_key_of_the_format() -> None:
    definition, _ = parse(EXAMPLE, "guide")
    assert definition is not None
    written = set(re.findall(r"[\w-]+(?= *=)", GUIDE)) | set(re.findall(r"`([\w-]+)`", GUIDE))
    for keys in (
        grammar.TOP, grammar.STEP, grammar.EXPECTATION, grammar.FIELD, grammar.HOLD, grammar.IMPORT, grammar.RECORD,
        grammar.ONLY_WITH, grammar.OPTION, grammar.REQUIREMENT, grammar.ROLE,
    ):  # fmt: skip
        tables = set(re.findall(r"^\[([\w-]+)", EXAMPLE, re.MULTILINE))
        assert keys <= written | tables, keys - written - tables


def test_the_table_of_requirements_is_the_registry() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in GUIDE.splitlines()
        if line.startswith("| `") and line.count("|") == 6
    ]
    told = {row[0].strip("`"): row for row in rows}
    assert list(told) == list(REGISTRY)
    for kind, asking in REGISTRY.items():
        _, names, asks, takes, example = told[kind]
        assert (names, asks, example) == (asking.names, asking.asks, f"`{asking.example}`")
        assert takes == ", ".join(asking.takes)


def test_the_registry_names_what_the_code_knows() -> None:
    assert REGISTRY["has"].names == ", ".join(HAS)
    assert REGISTRY["told"].names == ", ".join(TOLD)
    for word in (*TELLINGS, *OFFICES, *grammar.FIELD_TYPES, *grammar.REASON_CLASSES):
        assert re.search(rf"[`\s]{re.escape(word)}[`,;\s]", GUIDE), word


@pytest.mark.parametrize("word", ["deadline", "close-after", "timeout"])
def test_what_the_guide_says_is_refused_is_refused(word: str) -> None:
    assert f"`{word}`" in GUIDE
    faults = faults_of(EXAMPLE.replace("agreed            = true", f'agreed = true\n{word} = "5 days"'))
    assert len(faults) == 1 and grammar.TIME_NEVER_DECIDES in faults[0].says
