"""What is noticed in a text about practice while it is typed: a kinder question under it, and never a changed word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from casereview.method.hindsight import Hit, hits
from casereview.method.lists import Lists
from casereview.service.desk import Desk
from casereview.service.method_settings import lists
from casereview.service.reading import CaseView
from workflows.definition import RecordKind

Notices = Mapping[str, Callable[[str], str]]  # field -> what is asked of the text in it, "" for nothing
MOST = 3  # questions under one field
READ = 20_000  # characters looked at while one types; the whole text is looked at once it is recorded


def noticing(desk: Desk, view: CaseView, kind: RecordKind) -> Notices:
    """For the fields of a review's record that hold text about practice; runs in a thread."""
    if view.definition.kind != "review":
        return {}
    words = lists(desk)
    texts = (name for name, field in kind.fields.items() if field.type in ("line", "lines", "long"))
    return {name: partial(asked_of, words) for name in texts if words.about_practice(kind.name, name)}


def asked_of(words: Lists, text: str) -> str:
    """A line for each of the first few words that look back; whoever writes decides."""
    found: dict[str, Hit] = {}
    for hit in hits(text[:READ], words):
        found.setdefault(hit.term, hit)
    lines = [f"“{hit.words}”: {hit.asks}{f' {words.quoted}' if hit.quoted else ''}" for hit in found.values()]
    more = [f"and {len(lines) - MOST} more words that look back"] if len(lines) > MOST else []
    return "\n".join([*lines[:MOST], *more])
