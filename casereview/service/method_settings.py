"""The words and heads the prompts go by in this authority: as shipped, with what was added, left out or settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casereview.errors import CaseReviewError
from casereview.events import KeptSet
from casereview.method.lists import Lists, plain, shipped, with_local
from casereview.ports import Reading
from casereview.service.desk import Desk
from casereview.service.registry import require_keeper
from casereview.text import clean

SETTINGS = "method-settings"
MOST_WORDS = 200  # a board's own words; the list is read with every form


@dataclass(frozen=True, slots=True)
class Settings:
    """What a board changed of the lists. `added`: word -> the question offered ("" for the usual one)."""

    added: dict[str, str]
    left_out: tuple[str, ...]
    share: int | None


def settings_in(work: Reading) -> Settings:
    kept = work.kept_one(SETTINGS, "all")
    body: dict[str, Any] = kept.body if kept else {}
    return Settings(dict(body.get("added", {})), tuple(body.get("left_out", ())), body.get("share"))


def lists_in(work: Reading) -> Lists:
    """The words and heads as shipped, with what this board added or left out."""
    local = settings_in(work)
    if not (local.added or local.left_out or local.share is not None):
        return shipped()
    return with_local(shipped(), added=local.added, left_out=local.left_out, share=local.share)


def lists(desk: Desk) -> Lists:
    with desk.reading() as work:
        return lists_in(work)


def settings(desk: Desk) -> Settings:
    with desk.reading() as work:
        return settings_in(work)


def change_settings(
    desk: Desk, *, add: dict[str, str] | None = None, leave_out: tuple[str, ...] = (),
    take_back: tuple[str, ...] = (), share: int | None = None,
) -> Settings:  # fmt: skip
    """Adds words, leaves some out, takes either back, or sets the share of participants below which it is asked.

    Raises NotFound for whoever keeps no people and teams, CaseReviewError for a share that is none.
    """
    if share is not None and not 0 <= share <= 100:
        raise CaseReviewError("a share is between 0 and 100 per cent", remedy="0 never asks.")
    with desk.writing() as work:
        require_keeper(desk, work)
        now = settings_in(work)
        back = {plain(clean(word)) for word in take_back}
        given = {plain(clean(word)): clean(asks) for word, asks in (add or {}).items() if plain(clean(word))}
        added = {word: asks for word, asks in {**now.added, **given}.items() if word not in back}
        out = {*now.left_out, *(plain(clean(word)) for word in leave_out)} - back - set(given)
        if len(added) > MOST_WORDS:
            raise CaseReviewError(f"a list of more than {MOST_WORDS} words of one's own helps nobody to think")
        share = now.share if share is None else share
        body = {"added": added, "left_out": sorted(out), "share": share, "by": desk.person, "on": str(desk.today)}
        desk.register(work, KeptSet(SETTINGS, "all", body=body))
        return Settings(added, tuple(sorted(out)), share)
