"""What a children in need census file holds, as plain values, and the codes it may use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

SYNTHETIC_AUTHORITY = "999"
SYNTHETIC_SOFTWARE = "casereview-synthetic"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in the file that is not as it should be, and what was done about it.

    `line` is the line of the file; `child` the identifier the authority uses, when known; `refused` is true
    when a whole entry (a child, an assessment, a plan) was left out, false when it was kept. `lost` counts the
    assessments that went with it: 1 for an assessment, all of its own for a child.
    """

    line: int
    child: str | None
    says: str
    done: str
    refused: bool = False
    lost: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CinHeader:
    """Who sent the file and about which year: `year` 2024 is the year that ends on 31 March 2024."""

    collection: str = "CIN"
    year: int | None = None
    reference_date: date | None = None
    authority: str = ""
    software: str | None = None
    release: str | None = None
    serial: str | None = None
    made_at: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CinAssessment:
    """One assessment: from `start` to `authorised` (None while it is open).

    `ordinal` numbers the assessments of one referral of one child that start on the same day, from 1, so that
    the key stays the same when a later file brings further assessments.
    """

    start: date
    internal_review: date | None = None
    authorised: date | None = None
    factors: tuple[str, ...] = ()
    ordinal: int = 1
    line: int = field(default=0, compare=False)

    def key(self, episode: CinEpisode) -> str:
        """What tells this assessment from every other, in this file and the next: no two share it.

        A child listed twice with the same referral (reported as a problem) is the one exception.
        """
        referral = episode.referral_date.isoformat() if episode.referral_date else "none"
        return f"{episode.authority}/{episode.child_id}/{referral}/{self.start.isoformat()}/{self.ordinal}"


@dataclass(frozen=True, slots=True)
class CinSection47:
    """One section 47 enquiry with the initial child protection conference it led to, if any."""

    start: date
    conference_target: date | None = None
    conference: date | None = None
    conference_not_required: bool | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CinPlan:
    """One child in need plan."""

    start: date
    end: date | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CinProtectionPlan:
    """One child protection plan and its reviews; `previous_plans` as the authority counts them."""

    start: date
    end: date | None = None
    initial_category: str | None = None
    latest_category: str | None = None
    previous_plans: int | None = None
    reviews: tuple[date, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CinEpisode:
    """One episode of need of one child, from referral to closure (None while it is open).

    `sex_or_gender` is the code as sent: 0, 1, 2 or 9 (gender, the older files) or M, F or U (sex, the newer).
    """

    child_id: str
    authority: str
    birth_date: date | None = None
    expected_birth_date: date | None = None
    death_date: date | None = None
    sex_or_gender: str | None = None
    ethnicity: str | None = None
    disabilities: tuple[str, ...] = ()
    upn: str | None = None
    former_upn: str | None = None
    upn_unknown: str | None = None
    referral_date: date | None = None
    referral_source: str | None = None
    primary_need: str | None = None
    closure_date: date | None = None
    closure_reason: str | None = None
    initial_cpc_date: date | None = None
    referral_nfa: bool | None = None
    assessments: tuple[CinAssessment, ...] = ()
    cin_plans: tuple[CinPlan, ...] = ()
    section47s: tuple[CinSection47, ...] = ()
    cp_plans: tuple[CinProtectionPlan, ...] = ()
    line: int = field(default=0, compare=False)


def _codes(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Source of the codes: the published census schemas of 2017 to 2024; sex: the collection of 2024-25.
GENDERS = frozenset("0129")
SEXES = frozenset("MFU")
ETHNICITIES = _codes(
    "WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT"
)
DISABILITIES = _codes("NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA")
REFERRAL_SOURCES = _codes("1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10")
PRIMARY_NEEDS = frozenset(f"N{n}" for n in range(10))
CLOSURE_REASONS = frozenset(f"RC{n}" for n in range(1, 10))
ABUSE_CATEGORIES = _codes("NEG PHY SAB EMO MUL")
UPN_UNKNOWNS = frozenset(f"UN{n}" for n in range(1, 8))
FACTORS = _codes(
    "1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A 15A 16A "
    "17A 18A 18B 18C 19A 19B 19C 20 21 22A 23A 24A"
)
# The census years a code belongs to, where not all: (first, last).
FACTOR_YEARS: dict[str, tuple[int, int]] = {
    "18A": (0, 2020),
    "19A": (0, 2020),
    "18B": (2021, 9999),
    "18C": (2021, 9999),
    "19B": (2021, 9999),
    "19C": (2021, 9999),
    "24A": (2022, 9999),
}
SOURCE_YEARS: dict[str, tuple[int, int]] = {"5D": (2023, 9999)}
CLOSURE_YEARS: dict[str, tuple[int, int]] = {"RC9": (2023, 9999)}
