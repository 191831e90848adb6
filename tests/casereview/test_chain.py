"""The chain: every change of an entry is noticed, and a body can go without breaking it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.chain import GENESIS, Link, fault_of, instant, make_link, new_salt, read_instant

AT = instant(datetime(2024, 6, 3, 12, tzinfo=UTC))


def link(seq: int = 1, prev: str = GENESIS, body: str = "{}") -> Link:
    return make_link(
        seq=seq, stream="s", number=seq, kind="opened", on=date(2024, 6, 3), recorded_at=AT, actor="wren",
        acting_as="", body=body, prev=prev, salt=new_salt(),
    )  # fmt: skip


@given(st.sampled_from(["stream", "number", "kind", "on", "recorded_at", "actor", "acting_as", "commitment", "body"]))
def test_any_change_is_noticed(name: str) -> None:
    whole = link()
    assert fault_of(whole, 1, GENESIS) is None
    value = getattr(whole, name)
    other: Any = value + 1 if isinstance(value, int) else f"{value}x"
    changed = replace(whole, **{name: other})
    assert fault_of(changed, 1, GENESIS) is not None


def test_a_missing_or_foreign_entry_is_noticed() -> None:
    one = link()
    assert fault_of(link(2, one.hash), 2, one.hash) is None
    assert "entry 2 is missing" in (fault_of(link(3, one.hash), 2, one.hash) or "")
    assert "does not follow" in (fault_of(link(2, "1" * 64), 2, one.hash) or "")


def test_a_body_disposed_of_breaks_nothing_but_a_body_put_back_does() -> None:
    one = link(body='{"a":1}')
    gone = replace(one, body=None, salt=None)
    assert fault_of(gone, 1, GENESIS) is None
    assert fault_of(replace(one, body='{"a":2}'), 1, GENESIS) == "its body was changed"


def test_equal_bodies_do_not_look_equal() -> None:
    assert link(body="{}").commitment != link(body="{}").commitment
    assert "wren" in link().actor and "{}" not in link().commitment


@given(st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)), st.integers(-12, 12))  # noqa: DTZ001
def test_an_instant_has_one_spelling_and_comes_back(moment: datetime, hours: int) -> None:
    here = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert read_instant(instant(here)) == here
    assert instant(here) == instant(here.astimezone(UTC)) and instant(here).endswith("Z")


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        instant(datetime(2024, 6, 3))  # noqa: DTZ001
