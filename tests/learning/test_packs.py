"""Learning packs: nobody is in one, nothing is lost in one, and a bad one lands nowhere."""

from __future__ import annotations

import json
import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.learning import pack as form
from casereview.learning.leaving import look_through
from casereview.learning.pack_check import checked, plain_words, read_pack
from casereview.method.scan import Protected
from casereview.service.asof import desk_at
from casereview.service.desk import Desk
from casereview.service.identities import add_identity
from casereview.service.learning import pool
from casereview.service.learning_packs import one_pack, packs, remove, take
from casereview.service.learning_sending import Asked, prepare, send
from casereview.service.record_reads import IDENTITY, reads
from casereview.simulation.learned import pack as made_up_pack
from tests.learning.boards import CONTACT, case, child, desk_of, finding, review, somebody
from tests.stories import ADA, WREN

TEXT = st.text(st.sampled_from(string.ascii_letters + "  \n.,éß’–"), max_size=40).map(str.strip)
SECRET = "five words drawn at random"


def evidence(of: int, shows: str) -> tuple[str, dict[str, Any]]:
    return "prevalence-evidence", {"finding": of, "kind": "audit", "shows": shows, "against": False}


def asked(*refs: str, **more: Any) -> Asked:
    return Asked(refs, "Northshire Board", CONTACT, **more)


def whole(desk: Desk, texts: list[str]) -> str:
    """A review in which every text that travels is one of these; entries 1, 0, -1, -2, -3."""
    one = iter(texts)
    return review(
        desk,
        finding(next(one), summary=next(one), questions=[next(one), next(one)], implications=next(one)),
        evidence(1, next(one)),
        ("board-response", {"finding": 1, "position": "accepted", "reasoning": next(one), "difference": next(one)}),
        ("action", {"finding": 1, "what": next(one), "status": "done", "owner": "Wren", "signal": next(one)}),
        ("impact", {"action": -2, "checked_on": "2026-01-05", "done": "yes", "helped": "no", "evidence": next(one)}),
    )  # fmt: skip


PLACES = 11


# ---- out and in -----------------------------------------------------------------------------------------------
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXT, min_size=PLACES, max_size=PLACES))
def test_what_a_pack_carries_arrives_as_it_was(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    ours, file = desk_of(), str(tmp_path_factory.mktemp("pack") / "pack.json")
    ref = whole(ours, [f"A word: {text}".strip() for text in texts])
    sent = send(ours, asked(ref, secret=SECRET), file, looked=True)
    theirs = desk_of()
    taken = take(theirs, file, secret=SECRET)
    assert taken.received.pack == sent.pack == read_pack(file) and taken.received.seal == "fits"
    [mine] = [f for f in pool(ours).findings if f.origin == "here"]
    [came] = [f for f in pool(theirs).findings if f.origin == "pack"]
    same = ("statement", "category", "also", "level", "strength", "effect", "state", "edition", "year")
    assert [getattr(came, name) for name in same] == [getattr(mine, name) for name in same]
    assert came.more == mine.more and (came.board, came.contact) == ("Northshire Board", CONTACT)


def test_a_pack_holds_no_reference_title_owner_or_day(tmp_path: Path) -> None:
    desk = desk_of()
    ref = whole(desk, ["A plain sentence"] * PLACES)
    send(desk, asked(ref), str(tmp_path / "p.json"))
    text = (tmp_path / "p.json").read_text("utf-8")
    for word in (ref, "A review", "Wren", "2026-", "11-20", "01-05"):
        assert word not in text


NAMES = ("Perpetua Quillfeather", "Quxbert", "Ólafía Þorsteinsdóttir")
SPELT = (
    lambda name: name, str.upper, str.lower, lambda name: f"{name}'s", lambda name: name.replace(" ", "\n"),
    lambda name: f"{name[:4]}-\n{name[4:]}", lambda name: name.replace("ó", "o").replace("í", "i"),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, PLACES - 1), st.sampled_from(NAMES), st.sampled_from(SPELT),
    st.sampled_from(["key", "child", "colleague"]),
)  # fmt: skip
def test_a_planted_name_never_leaves(place: int, name: str, spelt: Any, where: str) -> None:
    desk = desk_of()
    texts = ["They met twice a week"] * PLACES
    texts[place] = f"Then {spelt(name)} said so"
    if where == "child":
        child(desk, "kid-77", "fam-7", {"name": name})
    ref = whole(desk, texts)
    if where == "key":
        add_identity(desk, ref, "name", name, stands_for="Child E")
    elif where == "child":
        desk.do(ref, cmd.LinkChild("kid-77"))
    else:
        somebody(desk, "colleague-9", name)
    made = prepare(desk, asked(ref))
    assert any(one.why == "name" and one.blocks for one in made.found), texts[place]
    with pytest.raises(CaseReviewError, match="nothing was written"):
        send(desk, asked(ref), "/nowhere/pack.json", looked=True)


@pytest.mark.parametrize("office", ["chair", "data-officer"])
def test_what_stands_for_whom_is_said_to_keepers_of_the_key_and_every_find_is_a_reading(office: str) -> None:
    desk = desk_of()
    ref = whole(desk, ["They met"] * PLACES)
    add_identity(desk, ref, "name", "Perpetua Quillfeather", stands_for="Child E")
    somebody(desk, "sender", "Sandhya Oduya", office)
    sender = desk_of(desk.store, "sender")  # type: ignore[arg-type]
    made = prepare(sender, Asked((ref,), "The Quillfeather Board", CONTACT))
    assert [one.offer for one in made.blocked] == (["Child E"] if office == "chair" else [""])
    assert [(one.person, one.what) for one in reads(desk, ref)] == [("sender", IDENTITY)]


@pytest.mark.parametrize(("said", "why"), [
    ("on 5 March 2024 they met", "date"), ("in March 2024 they met", "date"), ("on 05/03/2024", "date"),
    ("on 5th of March they met", "date"), ("in 03/2024", "date"), ("see LT-2024-7K3QX", "reference"),
    ("see lt – 2024 – 7k3qx", "reference"), ("the [bold]child[/bold]", "form"), ("<b>read</b>", "form"),
])  # fmt: skip
def test_what_says_too_much_is_in_the_way(said: str, why: str) -> None:
    desk = desk_of()
    ref = whole(desk, [said, *["They met"] * (PLACES - 1)])
    made = prepare(desk, asked(ref))
    assert {one.why for one in made.blocked} == {why}
    if why == "date":
        vaguer = prepare(desk, asked(ref, vaguer=True))
        assert not vaguer.blocked
        statement = vaguer.pack["reviews"][0]["findings"][0]["statement"]
        assert statement != said and not look_through(vaguer.pack, ())


def test_only_what_is_agreed_travels_and_a_finding_can_stay_at_home(tmp_path: Path) -> None:
    desk = desk_of()
    ref = review(desk, finding("One"), finding("Two"), finding("Three", state="drafted"))
    made = prepare(desk, asked(ref, without=(f"{ref}#0",)))
    assert [one["statement"] for one in made.pack["reviews"][0]["findings"]] == ["One"]
    assert set(made.stays) == {f"{ref}#0", f"{ref}#-1"}
    with pytest.raises(NotFound, match="no finding of the reviews chosen"):
        prepare(desk, asked(ref, without=("LT-2026-77777#1",)))
    with pytest.raises(NotFound, match="takes an office"):
        prepare(desk_of(desk.store, WREN), asked(ref))  # type: ignore[arg-type]
    drafts = review(desk, finding("Three", state="drafted"))
    with pytest.raises(CaseReviewError, match="no finding of these reviews is ready"):
        send(desk, asked(drafts), str(tmp_path / "p.json"))
    assert not list(tmp_path.iterdir())


def test_a_contact_is_an_office_and_not_a_person() -> None:
    desk = desk_of()
    ref = whole(desk, ["They met"] * PLACES)
    with pytest.raises(CaseReviewError, match="is named in it"):
        prepare(desk, Asked((ref,), "Northshire Board", "Ask for Wren"))
    with pytest.raises(CaseReviewError, match="how to reach it"):
        prepare(desk, Asked((ref,), "Northshire Board"))


# ---- bad packs --------------------------------------------------------------------------------------------------
GOOD = form.as_text(made_up_pack())


def lands_nowhere(path: Path, says: str) -> None:
    desk = desk_of()
    with desk.reading() as work:
        before = work.head()
    with pytest.raises(CaseReviewError) as wrong:
        take(desk, str(path))
    assert says in wrong.value.says and "\n" not in str(wrong.value) and wrong.value.status == 2
    with desk.reading() as work:
        assert work.head() == before
    assert not packs(desk)


def altered(**more: Any) -> str:
    pack = made_up_pack() | more
    pack["hash"] = form.hash_of(pack)
    return form.as_text(pack)


def with_statement(text: str) -> str:
    pack = made_up_pack()
    pack["reviews"][0] = {**pack["reviews"][0], "findings": [*pack["reviews"][0]["findings"]]}
    whole_one = next(r for r in pack["reviews"] if r["findings"])
    whole_one["findings"][0]["statement"] = text
    pack["hash"] = form.hash_of(pack)
    return form.as_text(pack)


@pytest.mark.parametrize(("content", "says"), [
    (GOOD[: len(GOOD) // 2], "cut short"), ("", "cut short"), ("[]", "is no learning pack"),
    ("{}", "is no learning pack"),
    (GOOD.replace("heard", "herd", 1), "was altered after it was made"), ("[" * 100_000, "is no learning pack"),
    (GOOD.replace('"version": 1', '"version": 2'), "version 2"),
    (GOOD.replace('"version": 1', '"version": 1.0'), "cut short"),
    (with_statement("red \x1b[2J"), "control or hidden characters"), (with_statement("a\u202eb"), "control or hidden"),
    (with_statement("[bold]x[/bold]"), "markup"), (with_statement("<script>x</script>"), "markup"),
    (with_statement("x" * 20_001), "longer than"), (altered(more=1), "which no pack has"),
    (altered(made="2026-05-01"), "made is not as a pack has it"),
    (altered(board={"name": " ", "contact": ""}), "which board"),
    (altered(reviews=[1]), "not as a pack has it"), (altered(reviews=made_up_pack()["reviews"] * 2), "has already"),
    (GOOD.replace('"format"', '"format": "x", "format"', 1), "twice"),
    (GOOD.replace('"2025"', "NaN", 1), "cut short"),
])  # fmt: skip
def test_a_bad_pack_is_one_line_and_lands_nowhere(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content, "utf-8", newline="\n")
    lands_nowhere(path, says)


def test_a_huge_file_a_picture_and_none_at_all(tmp_path: Path) -> None:
    huge = tmp_path / "huge.json"
    with huge.open("wb") as stream:
        stream.truncate(50_000_000)
    lands_nowhere(huge, "is larger than 2 MB")
    picture = tmp_path / "picture.json"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    lands_nowhere(picture, "is not text")
    lands_nowhere(tmp_path / "none.json", "there is no such file")
    lands_nowhere(tmp_path, "there is no such file")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.characters(codec="utf-8"))
def test_no_letter_of_a_pack_can_be_changed_unseen(at: int, letter: str) -> None:
    changed = GOOD[:at] + letter + GOOD[at + 1 :]
    try:
        found = checked(changed.encode("utf-8"), "pack")
    except CaseReviewError:
        return
    assert found == json.loads(GOOD)  # only space between values may differ


@given(st.text(max_size=60))
def test_what_a_pack_may_carry_is_shown_as_it_is(text: str) -> None:
    if not plain_words(text):
        assert not any(c < " " and c not in "\n\t" for c in text) and "<script>" not in text


# ---- beside one's own -------------------------------------------------------------------------------------------
def made_up_file(tmp_path: Path, text: str = GOOD, name: str = "came.json") -> str:
    path = tmp_path / name
    path.write_text(text, "utf-8", newline="\n")
    return str(path)


def test_a_pack_is_kept_once_told_apart_and_taken_out_with_a_reason(tmp_path: Path) -> None:
    desk, file = desk_of(), made_up_file(tmp_path)
    tried = take(desk, file, dry_run=True)
    assert tried.again is None and not packs(desk)
    key = take(desk, file).received.key
    assert take(desk, file).again == desk.today and len(packs(desk)) == 1
    came = [one for one in pool(desk).findings if one.origin == "pack"]
    assert len(came) == 5 and all(one.key.startswith(f"{key}/") and "Harrowdale" in one.board for one in came)
    with pytest.raises(NotFound, match="takes an office"):
        remove(desk_of(desk.store, ADA), key, "old")  # type: ignore[arg-type]
    remove(desk, key[:5], "a newer one came")
    assert not packs(desk) and not [one for one in pool(desk).findings if one.origin == "pack"]
    with pytest.raises(NotFound, match="there is no pack"):
        one_pack(desk, key)
    assert take(desk, file).again is None


def test_the_same_review_in_two_packs_and_our_own_sent_back_are_counted_once(tmp_path: Path) -> None:
    desk, ours = desk_of(), str(tmp_path / "ours.json")
    ref = whole(desk, ["They met"] * PLACES)
    send(desk, asked(ref), ours)
    take(desk, ours)  # our own, sent back
    assert [one.origin for one in pool(desk).reviews if one.origin != "published"] == ["here"]
    take(desk, made_up_file(tmp_path))
    newer = take(desk, made_up_file(tmp_path, altered(made="2026 Q4"), "newer.json"))
    assert newer.overlaps == 4
    assert sum(one.origin == "pack" for one in pool(desk).reviews) == 4


def test_a_seal_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    desk, file = desk_of(), str(tmp_path / "sealed.json")
    ref = whole(desk, ["They met"] * PLACES)
    send(desk, asked(ref, secret=SECRET), file)
    for given_file, secret, says in (
        (file, "another word altogether", "does not fit"), (made_up_file(tmp_path), SECRET, "bears no seal"),
        (file, "short", "shorter than 16"),
    ):  # fmt: skip
        with pytest.raises(CaseReviewError, match=says):
            take(desk_of(), given_file, secret=secret)
    assert take(desk_of(), file).received.seal == "not checked"


def test_on_an_earlier_day_a_later_pack_is_not_there(tmp_path: Path) -> None:
    desk = desk_of()
    take(desk, made_up_file(tmp_path))
    desk.clock.set(desk.today.replace(day=25))  # type: ignore[attr-defined]
    assert packs(desk) and not packs(desk_at(desk, desk.today.replace(day=19)))


def test_a_look_finds_every_text_of_a_pack() -> None:
    """Planted in every place of the made-up pack, one at a time: found in each."""
    pack = made_up_pack()
    places = form.texts(pack)
    assert len(places) > 60
    for place in places:
        planted = json.loads(GOOD)
        form.put(planted, place.path, f"{place.text} Quillfeather")
        finds = look_through(planted, [Protected("name", "Perpetua Quillfeather")])
        assert [one.place for one in finds if one.blocks] == [place.says]


def test_what_2008_recommends_travels_with_the_answers_to_it() -> None:
    desk = desk_of()
    kind = "human-tool operation"
    records: tuple[tuple[str, dict[str, Any]], ...] = (
        ("finding", {"statement": "A form leaves no place for doubt", "category": kind, "state": "agreed"}),
        ("system-recommendation", {"finding": 1, "kind": "clear-cut", "text": "Leave room", "state": "agreed"}),
        ("system-recommendation", {"finding": 1, "kind": "clear-cut", "text": "Taken back", "state": "withdrawn"}),
        ("board-response", {"recommendation": 0, "position": "accepted", "reasoning": "Tried already"}),
        ("action", {"recommendation": 0, "finding": 1, "what": "A line for doubt", "status": "done"}),
    )
    ref = case(desk, "learning-together-2008", "closed", records, "Of 2008")
    [found] = prepare(desk, asked(ref)).pack["reviews"][0]["findings"]
    assert [one["text"] for one in found["recommended"]] == ["Leave room"]
    assert [one["reasoning"] for one in found["responses"]] == ["Tried already"]
    assert [one["what"] for one in found["tried"]] == ["A line for doubt"]  # once, though two records lead to it
    [mine] = [one for one in pool(desk).findings if one.origin == "here"]
    assert mine.edition == "2008" and ("Recommended: clear-cut", "Leave room") in mine.more
