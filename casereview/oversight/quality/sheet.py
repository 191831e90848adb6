"""Each line of these lists as other programs read it: flat, with stable keys, in JSON and in a spreadsheet alike."""

from __future__ import annotations

from typing import Any

from casereview.oversight.quality.continuity import Continuity
from casereview.oversight.quality.early import Ended
from casereview.oversight.quality.goals import Goal
from casereview.oversight.quality.listed import About
from casereview.oversight.quality.looking_back import LookBack
from casereview.oversight.quality.looks import Look
from casereview.oversight.quality.referrers import Referrer
from casereview.oversight.quality.repeats import Repeat
from casereview.oversight.quality.themes import Drawn, Theme
from casereview.oversight.quality.voices import Voice
from casereview.oversight.quality.words import ASPECTS


def _case(about: About) -> dict[str, Any]:
    return {
        "case": about.case, "title": about.title, "team": about.team or None, "children": list(about.children),
        "opened": about.opened, "closed": about.closed, "stage": about.stage, "workflow": about.workflow,
    }  # fmt: skip


def look(row: Look) -> dict[str, Any]:
    grades, seen = dict(row.grades), dict(row.seen)
    found: dict[str, Any] = {
        **_case(row.about), "state": row.state, "on": row.on, "record": row.number or None, "by": row.by or None,
        "by_name": row.by_name or None,
    }  # fmt: skip
    for aspect in ASPECTS:
        found |= {aspect: grades.get(aspect), f"{aspect}_seen": seen.get(aspect)}
    return found | {"good": row.good or None, "better": row.better or None, "theme": row.theme or None}


def ended(row: Ended) -> dict[str, Any]:
    again = [
        {"case": a.case, "title": a.title, "opened": a.opened, "after_days": a.after, "sibling": a.sibling}
        for a in row.again
    ]
    return {
        **_case(row.about), "state": row.state, "working_days": row.days, "early": list(row.how),
        "decided": row.decided, "child_seen": row.seen, "quality_look": row.looked, "again": again,
    }  # fmt: skip


def goal(row: Goal) -> dict[str, Any]:
    moved = row.newest
    return {
        **_case(row.about), "state": row.state, "record": row.number or None, "goal": row.goal, "agreed": row.agreed,
        "agreed_with": row.agreed_with, "baseline": row.baseline, "how_known": row.how_known, "set_on": row.set_on,
        "look_on": row.look_on, "last_look": row.looked, "looks": len(row.moved), "progress": row.progress or None,
        "progress_on": moved.on if moved else None, "seen_from": moved.seen_from if moved else None,
        "family_words": moved.family_words if moved else None,
    }  # fmt: skip


def look_back(row: LookBack) -> dict[str, Any]:
    return {
        **_case(row.about), "state": row.state, "due": row.due, "goals": row.goals, "stopped_early": row.early,
        "again": list(row.again), "looked_on": row.looked_on, "lasted": row.lasted or None,
        "from_whom": row.from_whom or None, "helped": row.helped or None, "keep_doing": row.keep_doing or None,
    }  # fmt: skip


def referrer(row: Referrer) -> dict[str, Any]:
    return {
        **_case(row.about), "state": row.state, "referrer": row.person or None, "label": row.label or None,
        "decided": row.decided, "days_since": row.days, "heard_on": row.heard_on, "heard": row.heard or None,
        "lawfully_not_told": row.excepted or None, "run": row.command,
    }  # fmt: skip


def repeat(row: Repeat) -> dict[str, Any]:
    concerns = [
        {**_case(c.about), "referrals": c.referrals, "concern": c.concern or None, "before": c.before or None,
         "help": c.help or None, "decision": c.decided or None}
        for c in row.concerns
    ]  # fmt: skip
    return {
        "family": row.family, "children": list(row.children), "state": row.state, "times": row.times,
        "cases": len(row.concerns), "open": row.open, "newest": row.newest, "first": row.first, "case": row.case,
        "concerns": concerns,
    }  # fmt: skip


def continuity(row: Continuity) -> dict[str, Any]:
    story = [
        {"case": w.case, "worker": w.worker, "worker_name": w.worker_name, "since": w.since, "until": w.until}
        for w in row.story
    ]
    return {
        "child": row.child, "state": row.state, "people": row.people, "changes": row.changes,
        "began_again": row.begins, "now": list(row.now), "now_names": row.now_names or None,
        "now_since": row.now_since, "cases": [about.case for about in row.cases], "case": row.case, "story": story,
    }  # fmt: skip


def voice(row: Voice) -> dict[str, Any]:
    return {
        **_case(row.about), "on": row.on, "voice": row.voice, "who": row.who, "kind": row.kind,
        "kind_title": row.kind_title, "text": row.text, "number": row.number,
    }  # fmt: skip


def drawn(row: Drawn) -> dict[str, Any]:
    return {
        **_case(row.about), "state": row.state, "given_to": row.given_to or None,
        "given_to_name": row.given_name or None, "looks": [look(one) for one in row.looks],
    }  # fmt: skip


def theme(row: Theme) -> dict[str, Any]:
    notes = [{"on": n.on, "by": n.by, "by_name": n.by_name, "act": n.act, "text": n.text or None} for n in row.notes]
    return {
        "theme": row.key, "name": row.theme, "reason": row.reason, "seed": row.seed, "from": row.asked, "by": row.by,
        "by_name": row.by_name, "on": row.on, "says": list(row.says), "notes": notes,
        "cases": [drawn(one) for one in row.cases],
    }  # fmt: skip


def in_a_cell(value: Any) -> Any:
    """A value as one cell of a spreadsheet: lists in words, everything else as it is."""
    return " | ".join(_words(item) for item in value) if isinstance(value, list) else value


def _words(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    return ", ".join(f"{name} {value}" for name, value in item.items() if value not in (None, [], ""))
