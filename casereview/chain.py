"""The hash chain of the journal: tamper-evident against an anchor held elsewhere, never "tamper-proof"."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime

GENESIS = "0" * 64
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
_BODY = b"cr-body-v1\0"
_ENTRY = b"cr-event-v1\0"
SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Link:
    """A journal entry as chained and kept: no name in it, its body only as a salted digest.

    body and salt are None once a body has been disposed of under a recorded decision.
    """

    seq: int
    stream: str
    number: int
    kind: str
    on: str  # ISO date
    recorded_at: str  # UTC, microseconds, "Z"
    actor: str
    acting_as: str
    commitment: str
    prev: str
    hash: str
    salt: str | None  # hex
    body: str | None  # canonical JSON


def instant(moment: datetime) -> str:
    """The one spelling of an instant in the chain: UTC with six decimals. Refuses a naive time."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_instant(text: str) -> datetime:
    """The instant that `instant` spelt. Raises ValueError for any other spelling."""
    if not _INSTANT.fullmatch(text):
        raise ValueError(f"not an instant of the chain: {text!r}")
    return datetime.fromisoformat(text).astimezone(UTC)  # many times as fast as strptime: a history has thousands


def new_salt() -> str:
    return secrets.token_hex(SALT_BYTES)


def commitment(salt: str, body: str) -> str:
    """What the chain holds of a body: guessing it needs the salt, which goes when the body goes."""
    return hashlib.sha256(_BODY + bytes.fromhex(salt) + body.encode()).hexdigest()


def link_hash(link: Link) -> str:
    """The digest of everything chained, in a fixed order; `hash`, `salt` and `body` are not part of it."""
    chained = [
        link.seq, link.stream, link.number, link.kind, link.on, link.recorded_at,
        link.actor, link.acting_as, link.commitment, link.prev,
    ]  # fmt: skip
    text = json.dumps(chained, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(_ENTRY + text.encode()).hexdigest()


def make_link(
    *,
    seq: int,
    stream: str,
    number: int,
    kind: str,
    on: date,
    recorded_at: str,
    actor: str,
    acting_as: str,
    body: str,
    prev: str,
    salt: str,
) -> Link:
    """The next entry of the chain; `body` must already be canonical JSON."""
    pledge = commitment(salt, body)
    bare = Link(
        seq, stream, number, kind, on.isoformat(), recorded_at, actor, acting_as, pledge, prev, "", salt, body
    )
    digest = link_hash(bare)
    return Link(
        seq, stream, number, kind, bare.on, recorded_at, actor, acting_as, pledge, prev, digest, salt, body
    )


def fault_of(link: Link, expected_seq: int, expected_prev: str) -> str | None:
    """What is wrong with this entry as the next of the chain, in words; None when it is whole."""
    if link.seq != expected_seq:
        return f"entry {expected_seq} is missing"
    if link.prev != expected_prev:
        return "does not follow the entry before it"
    if link_hash(link) != link.hash:
        return "its place, time, author or kind was changed"
    if link.body is not None and link.salt is not None:
        if commitment(link.salt, link.body) != link.commitment:
            return "its body was changed"
    return None
