"""Published reviews as cases to learn from: only what their sources say, and plainly what could not be read."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from typing import Any

from casereview.case import Case
from casereview.events import Happening, Imported
from casereview.ports import Writing
from casereview.service.desk import Desk
from workflows.definition import Definition

WORKFLOW = "learning-together"
READ_IN = (
    "The dates of this case, and where its publication stands, say when it was read in here and not when the review"
    " took place or was published."
)


def reviews() -> list[dict[str, Any]]:
    """The shipped facts; see the note in the file for how they were chosen."""
    found: list[dict[str, Any]] = json.loads(
        (files(__package__) / "data" / "published_reviews.json").read_text("utf-8")
    )["reviews"]
    return found


def land(desk: Desk, work: Writing) -> int:
    """Enters each as an imported case and returns how many.

    When a review began and ended is mostly not known, and a case must not claim it: the case is opened and
    closed here on the day it is read in, runs no expectation, and the known dates stand in its records.
    """
    definition = desk.keep(work, desk.catalogue.find(WORKFLOW))
    known = reviews()
    for review in known:
        _land(desk, work, definition, review)
    return len(known)


def _land(desk: Desk, work: Writing, definition: Definition, review: dict[str, Any]) -> None:
    read_on = desk.today
    assert definition.importing is not None  # the shipped workflow says where imported reviews land
    event = Imported(
        ref=desk.new_reference(work, definition, read_on),
        title=review["title"],
        workflow=definition.name,
        version=definition.version,
        hash=definition.hash,
        nation=desk.known(work).info.nation,
        stage=definition.importing.done,
        opened=read_on,
        closed=read_on,
        key=f"published:{review['key']}",
        source=f"Published review, facts in our own words: {review['source']}",
        records=tuple(_records(review, read_on)),
        tracks={"publication": "published"},  # that much is known of each: it was published
        row={"model": review["model"], "findings known here": len(review["findings"])},
    )
    desk.land(work, Case(desk.new_id()), (Happening(event, read_on),), definition)


def _records(review: dict[str, Any], read_on: date) -> list[tuple[str, dict[str, Any], date]]:
    """Only fields that are known. A required question whose answer could not be read stays unanswered."""
    found: list[tuple[str, dict[str, Any], date]] = []
    for document in review["documents"]:
        shows = f"{document['shows']} Model: {review['model']}. Source: {review['source']}"
        limits = f"{document.get('limits', '')} {READ_IN}".strip()
        found.append(("document", {**document, "shows": shows, "limits": limits}, read_on))
    found += [("finding", {"statement": text}, read_on) for text in review["findings"]]
    for record in review["records"]:
        on = date.fromisoformat(record["on"]) if "on" in record else read_on
        found.append((record["kind"], record["values"], on))
    return found
