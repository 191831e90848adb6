"""The page on the query language says what the program takes, and every example on it can be asked."""

from __future__ import annotations

import re
from pathlib import Path

from casereview.query import QueryFault, parse
from casereview.query.terms import CLASSES, GROUPS, SORTS, STANDINGS, TERMS
from casereview.words import STANDING_WORDS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "queries.md").read_text("utf-8")


def test_every_term_and_word_is_on_the_page() -> None:
    for term in TERMS.values():
        assert f"| `{term.example}` | {term.says} |" in PAGE, term.name
    for word, standing in STANDINGS.items():
        said = STANDING_WORDS[standing]
        assert f"| `{word}` | {said.words} | {said.means} |" in PAGE, word
    for word in (*CLASSES, *SORTS, *GROUPS):
        assert f"`{word}`" in PAGE, word


def test_every_query_on_the_page_can_be_read() -> None:
    shown = re.findall(r"casereview (?:overdue|cases) '([^\n]*)'$", PAGE, re.MULTILINE)
    shown += re.findall(r"casereview view save '[^']*' '([^']*)'", PAGE)
    assert len(shown) >= 4
    for text in shown:
        assert str(parse(text.replace("'\\''", "'"))), text


def test_the_mistake_on_the_page_is_said_as_the_page_says() -> None:
    block = PAGE.split("## Mistakes")[1].split("```")[1].splitlines()
    try:
        parse(block[2].strip().replace("nroth", "north") + " overdu:x")
    except QueryFault as fault:
        assert fault.pointed[1].index("^") == fault.at
    assert block[3].index("^") - 2 == "team:nroth beyond>3".index("nroth")
