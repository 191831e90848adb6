"""What returns say of a child beside any case: referrals, early help, section 47 enquiries, kept for the journey."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from casereview.describe import day
from casereview.ports import Reading

WHAT = "annex-a"
"""The kind under which they are kept: one for each child, by the child's id, each row of a list in its body."""
TITLES = {2: "Early help assessment", 3: "Referral", 5: "Strategy discussion"}


def story_of(work: Reading, child: str) -> list[tuple[date, str, str]]:
    """(day, what it was, what the return said), oldest first. Names of workers are not among it.

    Whoever calls has made sure that this child may be known of (law 7).
    """
    kept = work.kept_one(WHAT, child)
    lines = list(kept.body.get("lines", {}).values()) if kept else []
    found = [(date.fromisoformat(line["on"]), _title(line), _says(line)) for line in lines]
    return sorted(found)


def _title(line: Mapping[str, Any]) -> str:
    if line["list"] == 5 and not line.get("start"):
        return "Child protection conference"
    return TITLES.get(line["list"], "Said in a return")


def _says(line: Mapping[str, Any]) -> str:
    says = {2: _early_help, 3: _referral, 5: _enquiry}.get(line["list"], lambda held: "")(line)
    return f"{says} (from {line.get('read_from', 'a return')})"


def _early_help(line: Mapping[str, Any]) -> str:
    by = f" by {line['organisation']}" if line.get("organisation") else ""
    if line.get("end"):
        return f"Early help assessment begun{by}; completed on {day(date.fromisoformat(line['end']))}"
    return f"Early help assessment begun{by}; not said to be completed"


def _referral(line: Mapping[str, Any]) -> str:
    who = f" from: {line['source_words']}" if line.get("source_words") else ""
    nfa = {True: "; no further action was taken", False: "", None: ""}[_flag(line, "nfa")]
    count = line.get("earlier")
    many = "referral" if count == "1" else "referrals"
    before = f"; {count} {many} in the last 12 months, as counted there" if count and count != "0" else ""
    return f"Referral{who}{nfa}{before}"


def _enquiry(line: Mapping[str, Any]) -> str:
    says = ["Strategy discussion that began a section 47 enquiry"] if line.get("start") else []
    if line.get("conference"):
        says.append(f"initial child protection conference on {day(date.fromisoformat(line['conference']))}")
    elif _flag(line, "unnecessary"):
        says.append("a conference was not thought necessary")
    plan = _flag(line, "plan")
    if plan is not None and line.get("conference"):
        says.append("a child protection plan was made" if plan else "no child protection plan was made")
    return "; ".join(says)[:1].upper() + "; ".join(says)[1:]


def _flag(line: Mapping[str, Any], name: str) -> bool | None:
    value = line.get(name)
    return value if isinstance(value, bool) else None
