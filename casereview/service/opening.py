"""Opening a case: the one act that has no case yet, with everything it names looked up first."""

from __future__ import annotations

from dataclasses import replace

from casereview.case import Case
from casereview.decide import decide_open
from casereview.decide.opening import OpenCase
from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.ports import Reading, Writing
from casereview.roles import roles_of
from casereview.service.desk import Desk, Done
from casereview.service.profiles import profile_of, starting
from workflows.definition import Definition


def open_case(desk: Desk, work: Writing, command: OpenCase) -> Done:
    """Opens a case following the newest version of a workflow, by name or by the path of a file."""
    me = desk.me(work)
    _check_names(desk, work, command)
    definition = desk.catalogue.find(command.workflow)
    _check_version(work, definition)
    nation = command.nation or desk.known(work).info.nation
    calendar = desk.calendar(work, nation, command.team)
    opened = command.opened or desk.today
    if opened.year < 1990:
        raise CaseReviewError(f"a case cannot have been opened on {opened}", remedy="Check the year.")
    if opened > desk.today:
        raise CaseReviewError("a case cannot be opened in the future", remedy=f"Today is {desk.today}.")
    definition = starting(desk, work, desk.keep(work, definition), command.team, opened)
    ref = desk.new_reference(work, definition, opened)
    happenings = decide_open(command, ref, definition, calendar, opened, nation)
    case = Case(desk.new_id())
    done = desk.land(work, case, happenings, definition)
    profile = profile_of(work, case)
    if profile is not None:
        done = replace(done, says=(*done.says, f"Its times are those of {profile.title} ({profile.label})."))
    if not roles_of(me, case, definition, desk.today):
        return Done(done.case, done.entries, (*done.says, "You have no role in it yet: see casereview appoint."))
    return done


def _check_version(work: Reading, definition: Definition) -> None:
    """A version in use never changes: another text needs a version of its own (law 10)."""
    for digest, name, version, _ in work.definitions():
        if (name, version) == (definition.name, definition.version) and digest != definition.hash:
            raise CaseReviewError(
                f"workflow {name} version {version} is in use here with another text",
                remedy="Give the changed file a new version, then open the case again.",
            )


def _check_names(desk: Desk, work: Reading, command: OpenCase) -> None:
    teams = desk.known(work).teams
    if command.team is not None and command.team not in teams:
        raise NotFound(f"there is no team {command.team!r}", remedy=did_you_mean(command.team, teams))
    if command.worker is not None and command.worker not in desk.known(work).people:
        raise NotFound(f"nobody is known as {command.worker!r}", remedy="See: casereview people")
    if command.worker is not None and desk.known(work).people[command.worker].left:
        raise NotFound(f"{command.worker!r} has left", remedy="Choose someone else: casereview people")
    known = {c.id for c in work.known_children(desk.person, command.children)}  # no other child exists (law 7)
    for child in command.children:
        if child not in known:
            raise NotFound(f"no child is known as {child!r}", remedy="Add them first: casereview child add")
