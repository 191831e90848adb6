"""Text in and out: every bad input we know of by name, then properties over any text at all."""

from __future__ import annotations

import re
import sys
import time
import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casereview.errors import CaseReviewError
from casereview.text import (
    EARLIEST,
    LATEST,
    LINE_LIMIT,
    MARKS_KEPT,
    NAME_LIMIT,
    REF_LIMIT,
    TEXT_LIMIT,
    clean,
    parse_date,
    parse_ref,
    required,
    shown,
)

BAD = "\ufffd"

# Any str, surrogates included, with the troublesome characters much more often than chance would have them.
troublesome = st.sampled_from(
    "\x00\x07\x08\x1b\x7f\x85\x9b\t\r\n\u2028\xad\u0301\u0316\u093e\u094d\u200b\u200c\u200d\u200e\u202e\u2066"
    "\u3164\ufe0f\ufeff\ufffe\ud800\udfff\U000e0041\U0001f469\u0915\u0633ée =[/]"
)
any_character = st.one_of(troublesome, st.characters(exclude_categories=()))
any_text = st.text(any_character, max_size=60)


@pytest.mark.parametrize(
    "markup",
    [
        "[red]",
        "[/red]",
        "[/]",
        "[link=file:///etc/passwd]x[/link]",
        "[@click=app.quit]x[/]",
        "'; drop table case;--",
    ],
)
def test_text_that_looks_like_markup_or_sql_is_text(markup: str) -> None:
    assert clean(markup) == shown(markup) == markup


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param("\x1b[2J", f"{BAD}[2J", id="clear the screen"),
        pytest.param("\x1b]52;c;AAAA\x07", f"{BAD}]52;c;AAAA{BAD}", id="write the clipboard"),
        pytest.param("\x1b]0;title\x07", f"{BAD}]0;title{BAD}", id="set the window title"),
        pytest.param("\x1b]8;;x\x1b\\", f"{BAD}]8;;x{BAD}\\", id="terminal link"),
        pytest.param("\x9b2J", f"{BAD}2J", id="C1"),
        pytest.param("Case A\rCase B", "Case A Case B", id="carriage return"),
        pytest.param("abc\x08\x08x", f"abc{BAD}{BAD}x", id="backspace"),
        pytest.param("one\ntwo", "one two", id="newline"),
        pytest.param("one\r\ntwo", "one two", id="Windows newline is one space"),
        pytest.param("one\u2028two", "one two", id="line separator"),
        pytest.param("one\ttwo", "one two", id="tab"),
        pytest.param("a\x00b", f"a{BAD}b", id="NUL"),
        pytest.param("a\x7fb", f"a{BAD}b", id="DEL"),
        pytest.param("abc\u202egpj.exe", f"abc{BAD}gpj.exe", id="right-to-left override"),
        pytest.param("\u2066a\u2069", f"{BAD}a{BAD}", id="bidi isolates"),
        pytest.param("a\u200bb\ufeff", f"a{BAD}b{BAD}", id="zero-width space and BOM"),
        pytest.param("a\ud800b", f"a{BAD}b", id="lone surrogate"),
        pytest.param("a\U000e0041", f"a{BAD}", id="tag character"),
        pytest.param("a\uffffb\U0001fffe", f"a{BAD}b{BAD}", id="noncharacters"),
        pytest.param("a\u200db", f"a{BAD}b", id="a joiner between Latin letters"),
        pytest.param("e\u0301", "é", id="NFD"),
        pytest.param("  spaces  ", "spaces", id="ends"),
        pytest.param("", "", id="empty is allowed here"),
    ],
)
def test_one_line_inputs(written: str, kept: str) -> None:
    assert clean(written) == shown(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("one\r\ntwo\rthree\n\nfour", "one\ntwo\nthree\n\nfour"),
        ("a\tb", "a b"),
        ("  indented\n", "  indented\n"),
        ("a\u2029b", "a\nb"),
        ("\x1b[31mred\nblue", f"{BAD}[31mred\nblue"),
    ],
)
def test_a_note_keeps_its_lines(written: str, kept: str) -> None:
    assert clean(written, one_line=False) == shown(written, one_line=False) == kept


@pytest.mark.parametrize(
    "name",
    [
        *("Ó Briain", "Łukasz", "Siân", "李", "नमस्ते", "سلام", "Nguyễn", "Ὀδυσσεύς"),
        *("می\u200cخواهم", "क्\u200dष", "👩\u200d👧", "👩🏽\u200d🚀", "❤️\u200d🔥", "🏳️\u200d🌈", "1️⃣"),
        "“quoted” – and dashed…",
    ],
)
def test_real_names_and_emoji_are_kept_exactly(name: str) -> None:
    assert clean(name) == name


def test_the_two_spellings_of_an_accent_are_one() -> None:
    assert clean(unicodedata.normalize("NFD", "Zoé Ångström")) == clean("Zoé Ångström")


def test_a_stack_of_marks_is_cut_to_four() -> None:
    assert clean("a" + "\u0316" * 200) == "a" + "\u0316" * MARKS_KEPT
    assert clean("x" + "\u0316\u200d" * 200).count("\u0316") == MARKS_KEPT


def test_a_tower_of_marks_takes_no_time() -> None:
    tower = "a" + "\u0301\u0316" * 50_000  # normalised as it stands, this takes about ten seconds
    begun = time.perf_counter()
    assert len(shown(tower)) <= 1 + MARKS_KEPT
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    ("text", "one_line", "limit", "named"),
    [
        pytest.param("x" * 100_000, True, NAME_LIMIT, "200 are kept", id="name"),
        pytest.param("x" * (NAME_LIMIT + 1), True, NAME_LIMIT, "201 characters", id="name, by one"),
        pytest.param("x" * (LINE_LIMIT + 1), True, None, "2,000 are kept", id="line"),
        pytest.param("x" * 10_000_000, False, None, "200,000 are kept", id="ten megabytes"),
        pytest.param("é" * 100_001, False, None, "200,002 bytes", id="note, counted in bytes"),
    ],
)
def test_too_long_is_refused_and_the_limit_named(
    text: str, one_line: bool, limit: int | None, named: str
) -> None:
    with pytest.raises(CaseReviewError, match=named) as refusal:
        clean(text, one_line=one_line, limit=limit, what="the title")
    assert refusal.value.where == "the title"
    assert refusal.value.remedy
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize("length", [NAME_LIMIT - 1, NAME_LIMIT])
def test_the_limit_itself_is_allowed(length: int) -> None:
    assert clean("x" * length, limit=NAME_LIMIT) == "x" * length
    assert clean("e\u0301" * length, limit=NAME_LIMIT) == "é" * length, "counted as kept, not as typed"
    assert clean("x" * TEXT_LIMIT, one_line=False) == "x" * TEXT_LIMIT


@pytest.mark.parametrize(
    "nothing", [None, "", "   ", "\n\t\r\n", "\u200b\ufeff", "\u2003", "\u0301", "\u3164", "\x00"]
)
@pytest.mark.parametrize("one_line", [True, False])
def test_required_refuses_what_says_nothing(nothing: str | None, one_line: bool) -> None:
    with pytest.raises(CaseReviewError, match="required") as refusal:
        required(nothing, "the reason", one_line=one_line)
    assert refusal.value.where == "the reason"
    assert refusal.value.status == 2


@pytest.mark.parametrize("something", ["x", "0", "-", "?", "👩", "李", " a "])
def test_required_keeps_what_says_something(something: str) -> None:
    assert required(something, "the reason") == something.strip()


# --- properties ------------------------------------------------------------------------------------------


@given(any_text, st.booleans())
def test_cleaning_twice_changes_nothing(text: str, one_line: bool) -> None:
    once = clean(text, one_line=one_line)
    assert clean(once, one_line=one_line) == once


@given(any_text, st.booleans())
def test_what_is_kept_is_plain_writing(text: str, one_line: bool) -> None:
    kept = clean(text, one_line=one_line)
    assert unicodedata.is_normalized("NFC", kept)
    kept.encode()  # no surrogate: this would raise
    controls = {character for character in kept if unicodedata.category(character) == "Cc"}
    assert controls <= (set() if one_line else {"\n"})
    if one_line:
        assert kept == kept.strip() and len(kept.splitlines()) <= 1


@given(any_text, st.booleans())
def test_no_letter_carries_more_than_four_marks(text: str, one_line: bool) -> None:
    kinds = "".join(unicodedata.category(character)[0] for character in clean(text, one_line=one_line))
    assert "M" * (MARKS_KEPT + 1) not in kinds


@given(any_text)
def test_spelling_does_not_matter(text: str) -> None:
    assume(not re.search("[\ud800-\udfff]", text))
    assert clean(unicodedata.normalize("NFD", text)) == clean(unicodedata.normalize("NFC", text))


@given(any_text, st.integers(0, 80), st.booleans())
def test_length_is_either_within_the_limit_or_refused(text: str, limit: int, one_line: bool) -> None:
    try:
        kept = clean(text, one_line=one_line, limit=limit)
    except CaseReviewError as refusal:
        assert f"at most {limit} " in str(refusal)
    else:
        assert (len(kept) if one_line else len(kept.encode())) <= limit


@given(any_text, st.one_of(st.none(), st.integers(0, 30)), st.booleans())
def test_anything_can_be_shown(text: str, width: int | None, one_line: bool) -> None:
    display = shown(text, width=width, one_line=one_line)
    display.encode()
    assert not any(unicodedata.category(character) == "Cc" and character != "\n" for character in display)
    assert width is None or _columns(display) <= width


def _columns(text: str) -> int:
    """Terminal columns, counted apart from the product's own way: wide characters two, marks none."""
    wide = sum(unicodedata.east_asian_width(character) in ("W", "F") for character in text)
    marks = [character for character in text if unicodedata.category(character) in ("Mn", "Me", "Cf")]
    wide_marks = sum(unicodedata.east_asian_width(character) in ("W", "F") for character in marks)
    return len(text) + wide - len(marks) - wide_marks


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), max_size=30), st.integers(1, 30))
def test_only_what_does_not_fit_is_cut_and_the_cut_is_visible(text: str, width: int) -> None:
    expected = text if len(text) <= width else text[: width - 1] + "…"
    assert shown(text, width=width) == expected


def test_a_wide_or_joined_character_is_not_cut_in_half() -> None:
    assert shown("李李李", width=4) == "李…"
    assert shown("abcde\u0301f", width=6) == "abcdéf"
    assert shown("👩\u200d👧👩\u200d👧", width=4) == "👩…"


def test_every_character_there_is() -> None:
    """All of Unicode, one character at a time between two letters: nothing that hides or drives survives."""
    visible_format = {0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06DD, 0x070F}
    visible_format |= {0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD}
    for point in range(sys.maxunicode + 1):
        character = chr(point)
        category = unicodedata.category(character)
        if category[0] == "C" and category not in ("Cn", "Co") and point not in visible_format:
            middle = clean(f"a{character}b")[1:-1]
            assert middle == (" " if character in "\t\r\n" else BAD), f"U+{point:04X}"
        if category[0] == "M":
            assert not character.isalnum(), f"U+{point:04X}: the search for long runs of marks would miss it"


# --- dates -----------------------------------------------------------------------------------------------

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "2026-11-20",
            " 2026-11-20 ",
            "20/11/2026",
            "20.11.2026",
            "20-11-2026",
            "20 Nov 2026",
            "20 nov 2026",
        ),
        *(
            "20 November 2026",
            "20th November 2026",
            "20 NOV 2026",
            "20-Nov-2026",
            "20 Nov. 2026",
            "20 November, 2026",
        ),
    ],
)
def test_ways_to_write_a_day(written: str) -> None:
    assert parse_date(written) == DAY


def test_day_comes_first() -> None:
    assert parse_date("01/07/2026") == parse_date("1/7/2026") == parse_date("1 July 2026") == date(2026, 7, 1)
    assert parse_date("3 Sept 2012") == date(2012, 9, 3)


def test_a_month_written_first_is_refused_with_the_way_out() -> None:
    with pytest.raises(CaseReviewError, match="month first") as refusal:
        parse_date("11/20/2026", "agreed date")
    assert refusal.value.where == "agreed date"
    assert "20/11/2026" in str(refusal.value) and "2026-11-20" in str(refusal.value)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            "  ",
            "soon",
            "2026",
            "11/2026",
            "20/11/26",
            "20 Nov 26",
            "2026-02-30",
            "31/04/2026",
            "2026-13-01",
        ),
        *(
            "0000-01-01",
            "45/45/2026",
            "20/11-2026",
            "20 Foo 2026",
            "Nov 20 2026",
            "2026-11-20T10:00",
            "20261120",
        ),
        *("٢٠/١١/٢٠٢٦", "２０/11/2026", "today", "tomorrow", "1e3", "\x1b[2J", "x" * 500, "x" * 100_000),
    ],
)
def test_never_guesses(written: str) -> None:
    with pytest.raises(CaseReviewError) as refusal:
        parse_date(written, "start")
    assert refusal.value.where == "start"
    assert refusal.value.remedy
    assert "\x1b" not in str(refusal.value) and len(str(refusal.value)) < 300


@pytest.mark.parametrize("written", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_days_out_of_range_are_refused(written: str) -> None:
    with pytest.raises(CaseReviewError, match="outside 1 January 1900 to 31 December 2100"):
        parse_date(written)


def test_a_birth_in_the_future_can_be_refused() -> None:
    assert parse_date("20/11/2026", "born", latest=DAY) == DAY
    with pytest.raises(CaseReviewError, match="born: 21 November 2026 is outside"):
        parse_date("21/11/2026", "born", latest=DAY)


def test_words_count_from_the_day_given() -> None:
    assert parse_date("today", today=DAY) == DAY
    assert parse_date("Yesterday", today=DAY) == date(2026, 11, 19)
    assert parse_date(" tomorrow ", today=DAY) == date(2026, 11, 21)


@given(st.dates(EARLIEST, LATEST))
def test_every_day_is_read_back_from_each_way_to_write_it(day: date) -> None:
    for written in (
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%Y}",
    ):
        assert parse_date(written) == day
    assert parse_date("tomorrow", today=day, latest=date.max) == day + timedelta(days=1)


@given(any_text)
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        assert EARLIEST <= parse_date(text) <= LATEST
    except CaseReviewError as refusal:
        assert refusal.remedy


# --- references ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        *("SA-2024-7K3QX", "sa-2024-7k3qx", " SA-2024-7K3QX\n", "SA\u20132024\u20117K3QX"),
        *("SA-2024-\u200b7K3QX", "\ufeffSA-2024-7K3QX"),
    ],
)
def test_a_reference_has_one_spelling(written: str) -> None:
    assert parse_ref(written) == "SA-2024-7K3QX"


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("S\u0410-2024-7K3QX", "cyrillic capital letter a"),
        ("\uff33A-2024-7K3QX", "fullwidth latin capital letter s"),
        ("\u0131-1", "dotless i"),
        ("SA-\u0661", "arabic-indic digit one"),
        ("", "required"),
        ("\u200b ", "required"),
        ("SA 2024", "not a reference"),
        ("../../etc/cron.d/x", "not a reference"),
        ("-rf", "not a reference"),
        ("SA--1", "not a reference"),
        ("A" * (REF_LIMIT + 1), "at most 40"),
        ("A" * 1_000_000, "at most 40"),
        ("\x1b]52;c;AAAA", "not a reference"),
    ],
)
def test_what_only_looks_like_a_reference_is_refused(written: str, named: str) -> None:
    with pytest.raises(CaseReviewError, match=named) as refusal:
        parse_ref(written)
    assert "\x1b" not in str(refusal.value) and len(str(refusal.value)) < 300


@given(any_text)
def test_any_text_is_a_reference_or_refused(text: str) -> None:
    try:
        reference = parse_ref(text)
    except CaseReviewError:
        return
    assert re.fullmatch("[A-Z0-9-]{1,40}", reference)
    assert parse_ref(reference.lower()) == reference
