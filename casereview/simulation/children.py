"""What a census asks of a made-up child: birth date, sex, origin and disability, as the family's story has them."""

from __future__ import annotations

import random
from datetime import date, timedelta

from casereview.simulation.generator import Assessment
from casereview.simulation.phrases import theme

AUTHORITY = "999"  # no authority has this number
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # of pupil numbers, by the remainder of their digits
YEAR, YOUNGEST, GROWN = 365, 90, 17 * 365  # days
APART = (450, 1100)  # days between brothers and sisters (assumption)
SCHOOL = 4 * YEAR  # old enough for a place in a school's reception class
# Shares of children in need at 31 March 2024 (Department for Education, table A7), rounded.
ETHNICITIES = (("WBRI", 63), ("WOTH", 5), ("MWBC", 3), ("MOTH", 6), ("APKN", 3), ("AOTH", 6), ("BAFR", 6), ("OOTH", 5))
DISABLED = 0.12  # about one in eight has a disability recorded


def details_of(one: Assessment, today: date) -> dict[str, str]:
    """The same for the same family, referral and day: nothing here moves any other draw."""
    family, place = one.family, one.family.children.index(one.child)
    chance = random.Random(f"family {family.number} {one.referral}")
    low, high = theme(family.theme)["ages"]
    first = chance.randint(low * YEAR + YOUNGEST, high * YEAR + YEAR - 1)
    ages = [first]
    for _ in family.children[1:]:
        gap = chance.randint(*APART)
        ages.append(min(ages) - gap if min(ages) - gap >= YOUNGEST else min(max(ages) + gap, GROWN))
    origin = chance.choices([code for code, _ in ETHNICITIES], [share for _, share in ETHNICITIES])[0]
    own = random.Random(f"child {one.child} {one.referral}")
    born = one.referral - timedelta(days=ages[place])
    found = {
        "born": born.isoformat(),
        "sex or gender": own.choice("MF"),
        "ethnicity": origin,
        "disabilities": own.choice(("LD", "AUT", "CON", "MOB", "COMM")) if own.random() < DISABLED else "NONE",
    }
    if today - born >= timedelta(days=SCHOOL):
        found["UPN"] = _pupil_number(family.number, place)
    return found


def _pupil_number(family: int, place: int) -> str:
    """In the form of a real one, with its check letter, of an authority and a school that do not exist."""
    digits = f"{AUTHORITY}0000{family % 10000:04d}{place}"
    return LETTERS[sum(int(digit) * weight for weight, digit in enumerate(digits, start=2)) % len(LETTERS)] + digits

