"""One case, its steps and a child's journey as pages of text, and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from casereview.help_and_quality import ASKED_FOR, HELP_AND_QUALITY
from casereview.text import shown
from casereview.words import STOPPED_EARLY, often, promised_words
from tui.commands.output import bold, case_row_json, columns, standing_cell, wrapped

if TYPE_CHECKING:
    from casereview.service.desk import Desk
    from casereview.service.journey import Journey
    from casereview.service.reading import CaseView, ExpectationView, StepView
    from casereview.views import RecordRow


# ---- JSON --------------------------------------------------------------------------------------------------------
def case_json(desk: Desk, seen: CaseView) -> dict[str, Any]:
    """The case row and everything on the page."""
    case, names = seen.case, seen.names
    return {
        **case_row_json(seen.row),
        "as_at": seen.day, "roles": list(seen.roles), "visit": case.main.visit, "stage_since": case.main.since,
        "children": list(case.children),
        "expectations": [_expectation_json(one) for one in seen.expectations],
        "seen": {"first": case.seen_first, "last": case.seen_on, "times": case.seen_count},
        "tracks": {name: {"stage": visit.stage, "since": visit.since} for name, visit in case.tracks.items()},
        "roster": [{"person": key, "label": one.label, "must_be_told": one.must_be_told, "referrer": one.referrer,
                    "told_on": one.told_on, "told": dict(one.told), "promised_on": one.promised_on,
                    "exception": one.excepted or None} for key, one in case.roster.items()],
        "waiting": [{"number": int(key), "on": one.on_whom, "for": one.what, "since": one.since}
                    for key, one in case.waiting.items()],
        "waited": [{"on": w.on_whom, "for": w.what, "since": w.since, "until": w.until} for w in case.waited],
        "lane": case.lane.lane if case.lane else None, "profile": seen.profile or None,
        "appointments": [{"person": a.person, "name": names.person(a.person), "role": a.role, "since": a.since,
                          "until": a.until} for a in case.appointments if not a.ended],
        "records": {kind: len(tally.live) for kind, tally in case.records.items() if tally.live},
        "set_aside": [{"step": s.step, "requirement": s.requirement, "by": s.by, "reason": s.reason}
                      for s in case.set_asides],
        "steps": [{"step": one.step.name, "to": one.step.to, "ready": one.ready, "yours": one.yours}
                  for one in seen.steps],
    }  # fmt: skip


def _expectation_json(one: ExpectationView) -> dict[str, Any]:
    run = one.run
    return {
        "expectation": one.expectation.name, "title": one.expectation.title, "standing": one.standing,
        "started": run.started, "ended": run.ended, "indicative_date": run.indicative, "agreed_date": run.agreed,
        "working_days": one.working_days, "beyond": one.beyond, "urgent_target": one.target,
        "statutory_date": run.statutory, "missing": list(one.missing), "shown_only": one.expectation.shown_only,
        "reasons": [{"code": r.code, "class": r.group, "text": r.text, "effect": r.effect, "by": r.by, "on": r.on}
                    for r in run.reasons],
        "answers": [{"decision": a.decision, "text": a.text, "by": a.by, "on": a.on, "until": a.until}
                    for a in run.answers],
        "checkpoints": {"planned": list(run.checkpoints), "held": run.held, "late": run.late},
    }  # fmt: skip


def why_json(seen: CaseView) -> dict[str, Any]:
    from casereview.service.reading import unmet_of

    def step(one: StepView) -> dict[str, Any]:
        unmet = [
            {key: getattr(missing, key) for key in ("requirement", "strength", "says", "who", "command", "set_aside")}
            for missing in unmet_of(seen.case, one, seen.definition)
        ]
        met = [a.requirement for a in one.asked if a.met or a.set_aside]
        return {"step": one.step.name, "to": one.step.to, "ready": one.ready, "unmet": unmet, "met": met,
                "title": one.step.title, "track": one.step.track, "yours": one.yours,
                "asks_reason": one.asks_reason}  # fmt: skip

    return {"case": seen.case.ref, "stage": seen.case.main.stage, "steps": [step(one) for one in seen.steps]}


def journey_json(story: Journey) -> dict[str, Any]:
    return {
        "child": story.child.id, "family": story.child.family or None, "siblings": [one.id for one in story.siblings],
        "cases": [case_row_json(row) for row in story.cases], "repeated": list(story.repeated),
        "worker_changes": story.worker_changes,
        "story": [{"on": one.on, "case": one.case, "says": one.says, "child": one.child or None, "kind": one.kind}
                  for one in story.lines],
    }  # fmt: skip


# ---- a case on one page ---------------------------------------------------------------------------------------------
def case_page(desk: Desk, seen: CaseView, *, as_at: date | None) -> str:
    parts = [_head(seen, as_at), _section("Time", _times(seen)), _section("Help and quality", _help(desk, seen, as_at)),
             _section("Children and family", _family(seen)), _section("Beside the main path", _beside(seen)),
             _section("Next", _next(seen))]  # fmt: skip
    return "\n\n".join(part for part in parts if part)


def _section(title: str, lines: Iterable[str]) -> str:
    body = [wrapped(line, "    ", "  ") for line in lines]
    return "\n".join([bold(title), *body]) if body else ""


def _head(seen: CaseView, as_at: date | None) -> str:
    case, row, names = seen.case, seen.row, seen.names
    marks = [word for on, word in ((case.restricted, "restricted"), (case.imported, "imported")) if on]
    lines = [bold(f"{row.case}  {shown(row.title)}") + (f"  [{', '.join(marks)}]" if marks else "")]
    if as_at is not None:
        lines.append(f"As it was at the end of {as_at}.")
    also = (f", closed {row.closed}" if row.closed else "") + (f"; under {seen.profile}" if seen.profile else "")
    lines.append(wrapped(f"{seen.definition.title}, version {row.version}; opened {row.opened}{also}"))
    visit = f", visit {case.main.visit}" if case.main.visit > 1 else ""
    lines.append(wrapped(f"At “{row.stage_title}” since {case.main.since}{visit}"))
    who = f"{row.worker_name or 'nobody yet'}{f' since {case.worker_since}' if case.worker_since else ''}"
    lines.append(wrapped(f"Worker: {who}; team: {row.team_name or 'none yet'}"))
    roles = [f"{seen.definition.roles[a.role].title if a.role in seen.definition.roles else a.role}: "
             f"{names.person(a.person)}" for a in case.appointments if not a.ended]  # fmt: skip
    if roles:
        lines.append(wrapped("; ".join(roles)))
    yours = [seen.definition.roles[role].title for role in seen.roles]
    lines.append(wrapped(f"You act here as: {', '.join(yours) or 'nobody; you may look'}"))
    return "\n".join(lines)


def _times(seen: CaseView) -> list[str]:
    lines: list[str] = []
    for one in seen.expectations:
        run = one.run
        dates = [(run.indicative, "usual by"), (run.agreed, "agreed for"), (one.target, "urgent target")]
        dates += [(run.statutory, "legal time limit")]
        by = ", ".join(f"{word} {day}" for day, word in dates if day) or "no date agreed"
        also = (f", done {run.ended}" if run.ended else "", f", {one.beyond} beyond" if one.beyond else "")
        lines.append(f"{standing_cell(one.standing)}: {one.expectation.title}: since {run.started}{also[0]}, "
                     f"{one.working_days} working days{also[1]} ({by})")  # fmt: skip
        lines += [f"  - {line}" for line in _beside_time(one, seen)]
    if seen.case.enough_known:
        lines.append(STOPPED_EARLY)
    lane = seen.case.lane
    if lane:
        lines.append(f"In the urgent lane “{lane.lane}” since {lane.since}: {lane.because}")
    lines += [f"Waiting on {w.on_whom} for {w.what} since {w.since} (number {key})"
              for key, w in seen.case.waiting.items()]  # fmt: skip
    return lines


def _beside_time(one: ExpectationView, seen: CaseView) -> list[str]:
    run, names = one.run, seen.names
    lines = []
    if run.reason:
        code = seen.definition.reasons.get(run.reason.code)
        title = code.title if code else run.reason.code
        lines.append(f"why ({names.person(run.reason.by)}, {run.reason.on}): {title}. {run.reason.text}")
        if run.reason.effect or seen.definition.kind == "assessment":
            lines.append(f"effect on the child: {run.reason.effect or 'not said'}")
    if run.answer:
        until = f", look again on {run.answer.until}" if run.answer.until else ""
        says = f": {run.answer.text}" if run.answer.text else ""
        lines.append(f"manager ({names.person(run.answer.by)}, {run.answer.on}): {run.answer.decision}{until}{says}")
    if one.missing:
        lines.append(f"missing now: {'; '.join(one.missing)}")
    if run.agreed_changes:
        lines.append(f"first agreed for {run.agreed_first}, changed {often(run.agreed_changes)}")
    if run.checkpoints and not run.ended:
        lines.append(f"next look together: {run.checkpoints[0]}")
    return [*lines, one.warning] if one.warning else lines


def _help(desk: Desk, seen: CaseView, as_at: date | None) -> list[str]:
    """What was decided and how well the work was done; the newest of each in full when looking at today."""
    from casereview.service.reading import records

    lines = []
    for kind in HELP_AND_QUALITY:
        definition = seen.definition.records.get(kind)
        tally = seen.case.records.get(kind)
        if definition is None:
            continue
        if not tally or not tally.live:
            if kind in ASKED_FOR:
                lines.append(f"{definition.title}: none yet")
            continue
        lines.append(f"{definition.title}: {len(tally.live)}, newest {tally.newest_on}")
        if as_at is None and kind in ASKED_FOR:
            newest = next((r for r in records(desk, seen.case.ref, kind=kind, limit=5).rows if not r.withdrawn), None)
            lines += _values(newest, seen) if newest else []
    others = {k: t for k, t in seen.case.records.items() if t.live and k not in HELP_AND_QUALITY}
    titles = [f"{seen.definition.records[k].title if k in seen.definition.records else k} ({len(t.live)})"
              for k, t in others.items()]  # fmt: skip
    if titles:
        lines.append(f"Also recorded: {'; '.join(titles)}. In full: casereview records {seen.case.ref}")
    return lines


def _values(row: RecordRow, seen: CaseView) -> list[str]:
    kind = seen.definition.records.get(row.kind)
    fields = kind.fields if kind else {}
    order = [name for name in fields if name in row.values] + [name for name in row.values if name not in fields]
    return [f"  - {fields[name].ask if name in fields else name} {answer(row.values[name])}" for name in order]


def answer(value: object) -> str:
    """A field's value as a person reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _family(seen: CaseView) -> list[str]:
    case = seen.case
    lines = [f"About: {', '.join(case.children)}" if case.children else "No child is named yet."]
    if case.seen_count:
        lines.append(f"Child last seen {case.seen_on} ({case.seen_count} times since {case.seen_first})")
    elif seen.definition.kind == "assessment":
        lines.append("No sight of the child is recorded yet.")
    for one in case.roster.values():
        told = ", ".join(f"{kind} {day}" for kind, day in one.told.items()) or "nothing yet"
        must = "must be told" if one.must_be_told else "referrer" if one.referrer else "may be told"
        promised = promised_words(one.promised_on, seen.day)
        excepted = f"; lawfully not told ({one.excepted}) until {one.excepted_until}" if one.excepted else ""
        lines.append(f"{one.label} ({must}): told {told}{promised}{excepted}")
    return lines


def _beside(seen: CaseView) -> list[str]:
    lines = []
    for name, visit in seen.case.tracks.items():
        track = seen.definition.tracks[name]
        lines.append(f"{track.title}: “{track.stages[visit.stage].title}” since {visit.since}")
    lines += [f"Set aside: {s.requirement} of {s.step}, by {seen.names.person(s.by)}, because: {s.reason}"
              for s in seen.case.set_asides]  # fmt: skip
    return lines


def _next(seen: CaseView) -> list[str]:
    lines = []
    for one in seen.steps:
        missing = sum(1 for a in one.asked if not a.met and not a.set_aside)
        state = "ready" if one.ready else f"{missing} still needed"
        lines.append(f"{'✓' if one.ready else '✗'} {one.step.title}: {state}"
                     f"{f'   casereview step {seen.case.ref} {one.step.name}' if one.ready else ''}")  # fmt: skip
    if any(not one.ready for one in seen.steps):
        lines.append(f"What is needed, from whom: casereview why {seen.case.ref}")
    return lines or ["This case is closed."]


# ---- steps -----------------------------------------------------------------------------------------------------------
def steps_page(seen: CaseView) -> str:
    blocks = [bold(f"{seen.case.ref}  at “{shown(seen.row.stage_title)}”")]
    for one in seen.steps:
        mark = "✓" if one.ready else "✗"
        beside = f" ({seen.definition.tracks[one.step.track].title})" if one.step.track else ""
        yours = "" if one.yours else f"  [for {_titles(one, seen)}]"
        reason = " --reason …" if one.asks_reason else ""
        lines = [wrapped(f"{mark} {one.step.title}{beside}{yours}", "    ", "  ")]
        lines += _asked(one, seen)
        if one.ready:
            lines.append(f"      casereview step {seen.case.ref} {one.step.name}{reason}")
        blocks.append("\n".join(lines))
    if not seen.steps:
        blocks.append("  No step leads on from here: the case is closed.")
    return "\n\n".join(blocks)


def _titles(one: StepView, seen: CaseView) -> str:
    return " or ".join(seen.definition.roles[r].title if r in seen.definition.roles else r for r in one.step.by)


def _asked(one: StepView, seen: CaseView) -> list[str]:
    from casereview.service.reading import unmet_of

    missing = {getattr(u, "requirement", ""): u for u in unmet_of(seen.case, one, seen.definition)}
    lines = []
    for asked in one.asked:
        mark = "✓" if asked.met else "–" if asked.set_aside else "✗"
        aside = " (set aside)" if asked.set_aside and not asked.met else ""
        lines.append(wrapped(f"{mark} {asked.says}  [{asked.strength}]{aside}", "          ", "      "))
        unmet = missing.get(asked.requirement)
        if unmet is not None:
            lines.append(wrapped(f"{getattr(unmet, 'who', '')}: {asked.command}", "          ", "        "))
    return lines


# ---- records and journeys -----------------------------------------------------------------------------------
def record_page(row: RecordRow, seen: CaseView) -> str:
    kind = seen.definition.records.get(row.kind)
    marks = " (withdrawn)" if row.withdrawn else f" (corrected {often(row.corrected)})" if row.corrected else ""
    marks += f"; kept to: {row.kept_to}" if row.kept_to else ""
    head = bold(shown(f"{row.number}  {kind.title if kind else 'Sight of the child'}, {row.on}, {row.by_name}{marks}"))
    return "\n".join([head, *(wrapped(line, "      ") for line in _values(row, seen))])


def journey_page(story: Journey) -> str:
    siblings = ", ".join(one.id for one in story.siblings) or "none known"
    lines = [bold(f"The journey of {shown(story.child.id)}"), wrapped(f"Siblings: {siblings}")]
    if story.repeated:
        lines.append(wrapped(f"Concern came back within a year: {', '.join(story.repeated)}"))
    lines.append(f"Changes of worker: {story.worker_changes}")
    if not story.lines:
        return "\n".join([*lines, "No case you may know of is about this child yet."])
    rows = [(one.on, one.case, one.says + (f" (about {one.child})" if one.child else "")) for one in story.lines]
    return "\n".join([*lines, "", columns(("happened", "case", "what"), rows, whole=2)])
