"""Writes a children in need census file, child by child, in the order the census schema asks for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape

from casereview.errors import CaseReviewError
from casereview.exchange.cin_records import (
    SEXES,
    SYNTHETIC_AUTHORITY,
    SYNTHETIC_SOFTWARE,
    CinAssessment,
    CinEpisode,
    CinHeader,
    CinPlan,
    CinProtectionPlan,
    CinSection47,
)
from casereview.text import shown

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Value = str | date | bool | int | None


def synthetic_header(year: int) -> CinHeader:
    """The header of a file about children who do not exist, for the census year that ends in `year`."""
    return CinHeader(
        year=year,
        reference_date=date(year, 3, 31),
        authority=SYNTHETIC_AUTHORITY,
        software=SYNTHETIC_SOFTWARE,
        serial="001",
    )


def write_cin(target: str | os.PathLike[str] | BinaryIO, header: CinHeader, episodes: Iterable[CinEpisode]) -> int:
    """Write the file, as UTF-8, and return how many children it holds; one child is held in memory at a time.

    `target` is a binary stream or the path of a file that does not exist yet: nothing is overwritten, nobody
    else may read it, and a file that could not be finished is removed. Episodes of one child stand together.

    Raises `CaseReviewError` naming the child and everything missing when an episode cannot be written, and
    when the file exists or cannot be made.
    """
    if not isinstance(target, str | os.PathLike):
        return _write(target, header, episodes)
    path = Path(target)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        file = os.fdopen(os.open(path, flags, 0o600), "wb")
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        where = shown(path.name, width=80)
        raise CaseReviewError(
            f"the file cannot be made ({reason}).", where=where, remedy="Choose the path of a new file."
        ) from None
    try:
        with file:
            return _write(file, header, episodes)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _write(out: BinaryIO, header: CinHeader, episodes: Iterable[CinEpisode]) -> int:
    def put(lines: Iterator[str]) -> None:
        out.write("".join(lines).encode())

    put(_header(header))
    children = 0
    for _, group in groupby(episodes, key=lambda episode: episode.child_id):
        put(_child(header, list(group)))
        children += 1
    if not children:
        raise CaseReviewError("there is no child to write.", remedy="A census file holds at least one child.")
    out.write(b"</Children>\n</Message>\n")
    return children


def _leaf(name: str, value: Value) -> str:
    """One element on a line of its own, or nothing when there is no value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return f"<{name}>{'true' if value else 'false'}</{name}>\n"
    text = value.isoformat() if isinstance(value, date) else str(value)
    if _NOT_XML.search(text):
        raise CaseReviewError(
            f"{name} “{shown(text, width=40)}” holds a character that XML does not allow.",
            remedy="Correct it in the record and export again.",
        )
    # A bare carriage return would come back as a line break.
    return f"<{name}>{escape(text, {chr(13): '&#13;'})}</{name}>\n"


def _header(header: CinHeader) -> Iterator[str]:
    if not (len(header.authority) == 3 and header.authority.isascii() and header.authority.isdigit()):
        raise CaseReviewError(
            f"the authority “{shown(header.authority, width=40)}” is not a code of three digits.",
            where="LEA",
            remedy="Give the code under which the authority sends its census.",
        )
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n<Header>\n<CollectionDetails>\n'
    yield _leaf("Collection", "CIN")
    yield _leaf("Year", header.year)
    yield _leaf("ReferenceDate", header.reference_date)
    yield "</CollectionDetails>\n<Source>\n"
    yield _leaf("SourceLevel", "L")
    yield _leaf("LEA", header.authority)
    yield _leaf("SoftwareCode", header.software)
    yield _leaf("Release", header.release)
    yield _leaf("SerialNo", header.serial)
    yield _leaf("DateTime", header.made_at)
    yield "</Source>\n</Header>\n<Children>\n"


def _child(header: CinHeader, episodes: list[CinEpisode]) -> Iterator[str]:
    child = episodes[0]
    for episode in episodes:
        _refuse_incomplete(episode)
    yield "<Child>\n<ChildIdentifiers>\n"
    yield _leaf("LAchildID", child.child_id)
    yield _leaf("UPN", child.upn)
    yield _leaf("FormerUPN", child.former_upn)
    yield _leaf("UPNunknown", child.upn_unknown)
    yield _leaf("PersonBirthDate", child.birth_date)
    yield _leaf("ExpectedPersonBirthDate", child.expected_birth_date)
    # The code says which of the two it is; where neither is known both layouts have a code for that.
    newer = header.year is not None and header.year >= 2025
    sex = child.sex_or_gender or ("U" if newer else "0")
    yield _leaf("Sex" if sex in SEXES else "GenderCurrent", sex)
    yield _leaf("PersonDeathDate", child.death_date)
    yield "</ChildIdentifiers>\n<ChildCharacteristics>\n"
    yield _leaf("Ethnicity", child.ethnicity)
    yield from _several("Disabilities", "Disability", child.disabilities)
    yield "</ChildCharacteristics>\n"
    for episode in episodes:
        yield from _episode(episode)
    yield "</Child>\n"


def _refuse_incomplete(episode: CinEpisode) -> None:
    """All that is missing at once, so that it can be put right in one go."""
    needed: dict[str, Value] = {
        "LAchildID": episode.child_id or None,
        "Ethnicity": episode.ethnicity,
        "CINreferralDate": episode.referral_date,
        "ReferralSource": episode.referral_source,
        "ReferralNFA": episode.referral_nfa,
    }
    for enquiry in episode.section47s:
        needed[f"ICPCnotRequired of {enquiry.start}"] = enquiry.conference_not_required
    for plan in episode.cp_plans:
        needed[f"InitialCategoryOfAbuse of {plan.start}"] = plan.initial_category
        needed[f"LatestCategoryOfAbuse of {plan.start}"] = plan.latest_category
        needed[f"NumberOfPreviousCPP of {plan.start}"] = plan.previous_plans
    missing = [name for name, value in needed.items() if value is None]
    if missing:
        raise CaseReviewError(
            f"the census needs what is not recorded: {', '.join(missing)}.",
            where=f"child {shown(episode.child_id, width=40)}, referral {episode.referral_date}",
            remedy="Record it and export again.",
        )


def _several(container: str, item: str, values: Iterable[Value]) -> Iterator[str]:
    lines = [_leaf(item, value) for value in values]
    if lines:
        yield f"<{container}>\n{''.join(lines)}</{container}>\n"


def _episode(episode: CinEpisode) -> Iterator[str]:
    yield "<CINdetails>\n"
    yield _leaf("CINreferralDate", episode.referral_date)
    yield _leaf("ReferralSource", episode.referral_source)
    yield _leaf("PrimaryNeedCode", episode.primary_need)
    yield _leaf("CINclosureDate", episode.closure_date)
    yield _leaf("ReasonForClosure", episode.closure_reason)
    yield _leaf("DateOfInitialCPC", episode.initial_cpc_date)
    for assessment in episode.assessments:
        yield from _assessment(assessment)
    for plan in episode.cin_plans:
        yield from _plan(plan)
    for enquiry in episode.section47s:
        yield from _section47(enquiry)
    yield _leaf("ReferralNFA", episode.referral_nfa)
    for protection in episode.cp_plans:
        yield from _protection(protection)
    yield "</CINdetails>\n"


def _assessment(assessment: CinAssessment) -> Iterator[str]:
    yield "<Assessments>\n"
    yield _leaf("AssessmentActualStartDate", assessment.start)
    yield _leaf("AssessmentInternalReviewDate", assessment.internal_review)
    yield _leaf("AssessmentAuthorisationDate", assessment.authorised)
    yield from _several("FactorsIdentifiedAtAssessment", "AssessmentFactors", assessment.factors)
    yield "</Assessments>\n"


def _plan(plan: CinPlan) -> Iterator[str]:
    yield "<CINPlanDates>\n"
    yield _leaf("CINPlanStartDate", plan.start)
    yield _leaf("CINPlanEndDate", plan.end)
    yield "</CINPlanDates>\n"


def _section47(enquiry: CinSection47) -> Iterator[str]:
    yield "<Section47>\n"
    yield _leaf("S47ActualStartDate", enquiry.start)
    yield _leaf("InitialCPCtarget", enquiry.conference_target)
    yield _leaf("DateOfInitialCPC", enquiry.conference)
    yield _leaf("ICPCnotRequired", enquiry.conference_not_required)
    yield "</Section47>\n"


def _protection(plan: CinProtectionPlan) -> Iterator[str]:
    yield "<ChildProtectionPlans>\n"
    yield _leaf("CPPstartDate", plan.start)
    yield _leaf("CPPendDate", plan.end)
    yield _leaf("InitialCategoryOfAbuse", plan.initial_category)
    yield _leaf("LatestCategoryOfAbuse", plan.latest_category)
    yield _leaf("NumberOfPreviousCPP", plan.previous_plans)
    yield from _several("Reviews", "CPPreviewDate", plan.reviews)
    yield "</ChildProtectionPlans>\n"
