"""The types of what is written down in a case: kinds of records, their fields, who reads them, the sliding scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FieldType = Literal[
    "line", "lines", "long", "date", "choice", "choices", "number", "yes-no", "person", "child", "record", "steps"
]
Answers = tuple[tuple[str, tuple[str, ...]], ...]  # (what is asked about, the answers that will do), all of them
# Record kinds every workflow has without declaring them.
BUILT_IN_RECORDS = ("seen",)


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    ask: str
    type: FieldType
    required: bool = False
    options: tuple[str, ...] = ()
    of: str = ""  # type "record": the kind it points to
    reader: str = ""  # whom this is written for; a field nobody reads should not exist
    says: str = ""


@dataclass(frozen=True, slots=True)
class OnlyWith:
    """What a record must hold before it may say something: a finding is not agreed with a part of it left empty.

    where    the answers this is about: {field: any of these}, all of them
    fields   must be filled in
    pointed  "KIND.FIELD": at least one live record of that kind points to it; "" where none is asked
    """

    where: Answers
    fields: tuple[str, ...]
    pointed: str
    says: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One kind of record, by the form it is written with.

    readers       roles that may read it; empty: everyone who may know of the case
    readers_from  (role, stage): this role too, once the case has ever come to that stage of the path
    logged        each reading of it is written down
    own_reads     whoever wrote it may read it
    published     its words go into what is published, and are looked through before they do
    """

    name: str
    title: str
    by: tuple[str, ...]
    fields: Mapping[str, Field]
    says: str = ""
    source: str = ""
    readers: tuple[str, ...] = ()
    readers_from: tuple[tuple[str, str], ...] = ()
    logged: bool = False
    own_reads: bool = True
    only_with: tuple[OnlyWith, ...] = ()
    published: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One way to hold a case of this workflow, fuller or lighter; steps ask accordingly, with `when`.

    answer         the answer that chooses it, in the field that `option-of` names
    conversations, meetings, strength   in words: how many, and how firm what is found can be
    """

    name: str
    title: str
    answer: str
    says: str = ""
    conversations: str = ""
    meetings: str = ""
    strength: str = ""
    source: str = ""
