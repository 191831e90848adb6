"""Profiles as other programs read them, and what the commands on profiles share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from casereview.errors import CaseReviewError, did_you_mean
from casereview.text import shown

if TYPE_CHECKING:
    from datetime import date

    from casereview.events import ProfileChanged
    from casereview.profiles import Adopted, Adoption
    from workflows.profile import Profile
    from workflows.trust import Trust


def one_of(given: str, known: Sequence[str], what: str) -> None:
    """Refuses a word that is none of those known, with the nearest spelling. Raises CaseReviewError."""
    if given and given not in known:
        raise CaseReviewError(f"there is no {what} {shown(given, width=60)!r}", remedy=did_you_mean(given, known))


def in_force(one: Adopted, adoption: Adoption, today: date) -> bool:
    """Whether a case of whoever adopted it would start under the profile today."""
    return adoption.holds(adoption.team, today) and one.valid_during(today, today)


def adopted_json(one: Adopted, today: date) -> dict[str, Any]:
    return {
        "profile": one.name, "version": one.version, "title": one.title, "authority": one.authority,
        "edition": one.edition, "workflows": list(one.workflows), "hash": one.hash,
        "valid_from": one.valid_from, "valid_to": one.valid_to,
        "adopted": [{"team": a.team or None, "from": a.since, "to": a.until, "by": a.by, "on": a.on,
                     "in_force": in_force(one, a, today)} for a in one.adoptions],
        "story": [{"on": a.on, "by": a.by, "act": a.act, "text": a.text} for a in one.acts],
    }  # fmt: skip


FILES = ("profile", "version", "title", "authority", "edition", "workflows", "valid_from", "valid_to", "trust", "hash")
ADOPTIONS = (*FILES[:-2], "team", "team_name", "from", "to", "in_force", "by", "on", "hash")


def adoptions_of(found: Iterable[dict[str, Any]], names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """A row for each team or authority that adopted a profile; one without a team where nobody has it any more."""
    for one in found:
        adoptions: list[dict[str, Any]] = one["adopted"] or [{}]
        for adoption in adoptions:
            team = adoption.get("team")
            yield {**one, **adoption, "team_name": names.get(team, "") if team else "everyone" if adoption else ""}


def profile_json(one: Profile) -> dict[str, Any]:
    return {
        "profile": one.name, "version": one.version, "title": one.title, "authority": one.authority,
        "edition": one.edition, "says": one.says or None, **_grounds(one.source, one.trust), "hash": one.hash,
        "valid_from": one.valid_from, "valid_to": one.valid_to,
        "exemptions": [
            {"exemption": e.name, "what": e.what, "granted_by": e.granted_by, "granted_on": e.granted_on,
             "until": e.until, "lifts": list(e.lifts), **_grounds(e.source, e.trust)}
            for e in one.exemptions.values()
        ],
        "workflows": [
            {"workflow": o.workflow, "says": o.says or None,
             "expectations": [
                 {"expectation": t.expectation, "indicative": str(t.indicative) if t.indicative else None,
                  "no_indicative": t.no_indicative, "look_after": str(t.look_after) if t.look_after else None,
                  "checkpoints": None if t.checkpoints is None else [str(s) for s in t.checkpoints],
                  "child_seen": str(t.child_seen) if t.child_seen else None, **_grounds(t.source, t.trust)}
                 for t in o.expectations.values()],
             "lanes": [{"lane": n.lane, "expect": {k: str(v) for k, v in n.expect.items()},
                        **_grounds(n.source, n.trust)} for n in o.lanes.values()],
             "section_47_concludes": o.section_47.concludes if o.section_47 else None}
            for o in one.workflows.values()
        ],
    }  # fmt: skip


def _grounds(source: str, trust: Trust) -> dict[str, Any]:
    return {"source": source, "trust": trust.label, "checked": trust.checked}


def moved(event: ProfileChanged) -> list[str]:
    """Each date that moved, with both values."""
    lines = []
    for clock in event.clocks:
        was = event.dates.get(clock.expectation, {}).get("indicative") or "none"
        lines.append(f"{clock.expectation}: indicative {was}, now {clock.indicative or 'none'}")
    return lines
