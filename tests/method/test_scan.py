"""Before publication: a planted identity is found however it is written, and harmless text holds nothing back."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casereview.method.dates_said import dates_in, vaguer
from casereview.method.pointers import GENERIC, ORDINARY
from casereview.method.scan import Passage, Protected, scan

SYLLABLES = ("ka", "lo", "mé", "ri", "zu", "bra", "nö", "thi", "wen", "ço", "dal", "pø", "gri")
PART = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=4).map(lambda s: "".join(s).capitalize())
HARMLESS = ("the", "visit", "was", "made,", "and", "nobody", "knew:", "it", "rained.", "(again)", "7", "–")
FILLER = st.lists(st.sampled_from(HARMLESS), max_size=12).map(" ".join)
GLUE = st.sampled_from((" ", "-", "\u2011", "\n", "  ", " \n", "\u00a0"))


def lower(name: str) -> str:
    return name.lower()


def bare(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


WAYS: dict[str, Callable[[str], str]] = {
    "as it is": lambda name: name,
    "in capitals": str.upper,
    "small": lower,
    "without accents": bare,
    "taken apart": lambda name: unicodedata.normalize("NFD", name),
    "possessive": lambda name: f"{name}'s",
    "possessive, curly": lambda name: f"{name}’s",
    "plural": lambda name: f"{name}s",
    "divided at the end of a line": lambda name: f"{name[:2]}-\n{name[2:]}",
    "divided and set in": lambda name: f"{name[:3]}-\n    {name[3:]}",
    "broken by a line": lambda name: f"{name[:3]}\n{name[3:]}",
    "with a hyphen": lambda name: f"{name[:2]}-{name[2:]}",
    "soft hyphen": lambda name: f"{name[:2]}\u00ad{name[2:]}",
    "zero width": lambda name: f"{name[:2]}\u200b{name[2:]}",
    "spelt out": lambda name: " ".join(unicodedata.normalize("NFC", name)),
    "wide letters": lambda name: "".join(chr(ord(c) + 0xFEE0) if c.isascii() else c for c in name),
    "in brackets": lambda name: f"[{name}]",
    "before an at sign": lambda name: f"{name}@there",
    "look-alike": lambda name: name.replace("a", "а").replace("o", "о"),
}


@pytest.mark.parametrize("way", WAYS)
@given(PART, PART, FILLER, FILLER, st.sampled_from((" ", "\n", " (", " “")), st.sampled_from(("", ".", " ", "\n", ")")))
def test_a_planted_name_is_found_however_it_is_written(
    way: str, first: str, last: str, before: str, after: str, lead: str, tail: str
) -> None:
    key = [Protected("name", f"{first} {last}", "Child E")]
    for name in (first, last):
        text = f"{before}{lead}{WAYS[way](name)}{tail} {after}"
        hits = [hit for hit in scan([Passage("here", text)], key) if hit.blocks]
        assert hits, text
        assert all(hit.found == text[hit.start : hit.end] and hit.place == "here" for hit in hits)
        assert any(hit.offer == "Child E" for hit in hits)


@given(PART, PART, GLUE, FILLER)
def test_a_whole_name_is_one_hit_whatever_parts_it(first: str, last: str, glue: str, before: str) -> None:
    text = f"{before} {first}{glue}{last}, and so on"
    hits = [hit for hit in scan([Passage("here", text)], [Protected("name", f"{first} {last}")]) if hit.blocks]
    assert [hit.found for hit in hits] == [f"{first}{glue}{last}"]


@given(PART, FILLER)
def test_a_name_inside_another_word_is_not_the_name(name: str, before: str) -> None:
    hits = scan([Passage("here", f"{before} x{name.lower()}xx and {name.lower()}ingly")], [Protected("name", name)])
    assert not [hit for hit in hits if hit.blocks]


DATE_WAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%d/%m/%y", "%d%m%Y",
             "%dth of %B %Y", "%d-%m-%Y", "%m/%d/%Y")  # fmt: skip


@pytest.mark.parametrize("way", DATE_WAYS)
@given(st.dates(date(1970, 1, 1), date(2029, 12, 31)), FILLER)
def test_a_protected_date_of_birth_is_found_in_every_way_it_is_written(way: str, born: date, before: str) -> None:
    text = f"{before} born {born.strftime(way)} in"
    [hit] = [hit for hit in scan([Passage("p", text)], [Protected("date of birth", born.isoformat())]) if hit.blocks]
    assert hit.kind == "date of birth"
    assert str(born.year) in hit.offer
    assert str(born.day) not in hit.offer.replace(str(born.year), "")


@given(st.dates(date(1970, 1, 1), date(2029, 12, 31)))
def test_another_exact_date_is_shown_with_a_vaguer_offer_and_holds_nothing_back(day: date) -> None:
    [hit] = scan([Passage("p", f"on {day.day} {day:%B %Y}, she")], [])
    assert (hit.weight, hit.offer) == ("pointer", vaguer(day))
    assert next(dates_in(hit.found)).day == day


@given(st.text(max_size=300))
def test_any_text_can_be_scanned_and_every_hit_says_where_it_stands(text: str) -> None:
    key = [Protected("name", "Perpetua Quillfeather"), Protected("school", "Emberdown Primary School")]
    for hit in scan([Passage("p", text)], key):
        assert text[hit.start : hit.end] == hit.found != ""


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_a_text_without_anything_of_the_key_holds_nothing_back(text: str) -> None:
    assume("q" not in text.casefold())
    assert not [hit for hit in scan([Passage("p", text)], [Protected("name", "Quxbert Qazwin")]) if hit.blocks]


@pytest.mark.parametrize(
    "thing,text",
    [
        (Protected("school", "Emberdown Primary School"), "he went to Emberdown school"),
        (Protected("address", "14 Larkrise Close"), "near Larkrise, by the shop"),
        (Protected("practice", "Mossgate Surgery"), "the Mossgate practice"),
        (Protected("condition", "Vellum syndrome"), "she lives with vellum-syndrome"),
        (Protected("name", "Aoife Tan", variants=("Effie",)), "EFFIE said so"),
        (Protected("name", "Jürgen Groß"), "Juergen Gross came"),
    ],
)
def test_what_is_a_place_or_a_condition_of_the_key_is_found_by_what_is_its_own(thing: Protected, text: str) -> None:
    assert [hit for hit in scan([Passage("p", text)], [thing]) if hit.blocks]


def test_a_name_that_is_an_everyday_word_counts_where_it_is_written_as_a_name() -> None:
    assert "will" in ORDINARY
    key = [Protected("name", "Will Tamsworth")]
    assert not scan([Passage("p", "they will come, and it may rain")], key)
    assert [hit.found for hit in scan([Passage("p", "then Will came")], key)] == ["Will"]


def test_a_word_one_letter_from_a_name_is_shown_and_holds_nothing_back() -> None:
    [hit] = scan([Passage("p", "said Perpetwa, later")], [Protected("name", "Perpetua")])
    assert (hit.weight, hit.blocks, hit.found) == ("close", False, "Perpetwa")


@pytest.mark.parametrize(
    "text,kind",
    [
        ("at Emberdown Primary School they", "school"), ("in Larkrise Close, where", "street"),
        ("from Mossgate Medical Centre to", "practice or hospital"), ("as Dr Quill said", "titled name"),
        ("write to q.r@example.org now", "e-mail address"), ("with cystic fibrosis since", "rare condition"),
        ("aged 3 years and 2 months when", "exact age"), ("call 01632 960 123 if", "telephone number"),
    ],
)  # fmt: skip
def test_what_may_point_to_somebody_is_listed_for_a_person_to_look_at(text: str, kind: str) -> None:
    hits = scan([Passage("p", text)], [])
    assert kind in {hit.kind for hit in hits}
    assert not any(hit.blocks for hit in hits)


def test_words_that_all_schools_share_are_no_name() -> None:
    assert {"school", "primary", "road"} <= GENERIC
    hits = scan([Passage("p", "the primary school on the road")], [Protected("school", "Emberdown Primary School")])
    assert not [hit for hit in hits if hit.blocks]
