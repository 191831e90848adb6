"""Makes text from people and files safe to keep and to show; reads dates and references without guessing."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from casereview.errors import CaseReviewError

NAME_LIMIT = 200
"""Characters in a name or a title."""
LINE_LIMIT = 2_000
"""Characters in a one-line answer."""
TEXT_LIMIT = 200_000
"""Bytes, as UTF-8, in a note or a narrative."""
REF_LIMIT = 40
"""Characters in a reference."""
MARKS_KEPT = 4
"""Combining marks kept on one letter: real writing needs no more, and a tall stack hides its neighbours."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Nothing here is writing. Some of it drives a terminal (controls, ESC, C1), some reorders or hides what a
# person reads (bidi controls, zero-width space, tags, invisible letters), some cannot be stored or put in
# XML at all (NUL, surrogates, noncharacters). The Arabic and Kaithi number signs are format characters too,
# but visible ones, and stay.
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    + "".join(f"\\U{plane:04x}fffe-\\U{plane:04x}ffff" for plane in range(1, 17))
    + "]"
)
# A joiner is writing only after emoji or a letter of the Arabic, Indic and neighbouring scripts; between
# Latin letters it would make two names that look the same differ.
_STRAY_JOINER = re.compile(
    r"(?<![\u0600-\u1cff\u20d0-\u20ff\u2190-\u2bff\u3030\u303d\ua840-\uabff\ufb50-\ufdff\ufe0f\ufe70-\ufefc"
    r"\U00010a00-\U00011fff\U0001f000-\U0001faff])[\u200c\u200d]"
)
_LINE_BREAK = re.compile("\r\n|[\r\u2028\u2029]")
_PLAIN_NOTE = re.compile(r"[\n\x20-\x7e]*")
# Combining marks are never word characters, so a run too short to hold too many is skipped unread.
_MAYBE_MARKS = re.compile(rf"[^\w\x00-\x7f]{{{MARKS_KEPT + 1},}}")
# Unicode's stream-safe limit (UAX 15). Without it normalising a long run of marks takes quadratic time.
_STREAM_SAFE_MARKS = 30
_JOINERS = "\u200c\u200d"


def clean(
    text: str,
    *,
    one_line: bool = True,
    limit: int | None = None,
    what: str | None = None,
) -> str:
    """Text as it is kept: one spelling of each letter (NFC), nothing that can drive a terminal or hide.

    A one-line text has its breaks and tabs turned into spaces and its ends stripped; its limit is in
    characters (default LINE_LIMIT). A note keeps its lines; its limit is in bytes (default TEXT_LIMIT).
    Empty text is allowed: see `required`. `what` names the field in a refusal.

    Raises CaseReviewError, naming the limit, when the text is longer than that.
    """
    most = limit if limit is not None else (LINE_LIMIT if one_line else TEXT_LIMIT)
    # Cleaning shortens ordinary text a little, never tenfold: refuse a huge one before working through it.
    if len(text) > 10 * most:
        raise _too_long(len(text), most, one_line, what)
    cleaned = _safe(text, one_line)
    length = len(cleaned) if one_line else len(cleaned.encode())
    if length > most:
        raise _too_long(length, most, one_line, what)
    return cleaned


def required(
    text: str | None,
    what: str,
    *,
    one_line: bool = True,
    limit: int | None = None,
) -> str:
    """`clean(text)`, refusing what says nothing: None, empty, only spaces, only invisible characters.

    Raises CaseReviewError naming `what`.
    """
    cleaned = clean(text or "", one_line=one_line, limit=limit, what=what)
    if not any(map(_says_something, cleaned)):
        raise CaseReviewError("This is required and was left empty.", where=what, remedy="Fill it in.")
    return cleaned


def shown(text: str, *, width: int | None = None, one_line: bool = True) -> str:
    """Text from elsewhere made safe to display; any length, and any str at all, is accepted.

    `width` cuts it to that many terminal columns, ending in "…" when something was left out.
    """
    safe = _safe(text, one_line)
    return safe if width is None else _cut(safe, width)


def _safe(text: str, one_line: bool) -> str:
    if text.isascii() and (text.isprintable() if one_line else _PLAIN_NOTE.fullmatch(text)):
        return text.strip() if one_line else text
    text = _LINE_BREAK.sub("\n", text).replace("\t", " ")
    if one_line:
        text = text.replace("\n", " ")
    text = _UNSAFE.sub(REPLACEMENT, text)
    if not text.isascii():
        text = _cap_marks(text, _STREAM_SAFE_MARKS)
        text = _cap_marks(unicodedata.normalize("NFC", text), MARKS_KEPT)
        text = _STRAY_JOINER.sub(REPLACEMENT, text)
    return text.strip() if one_line else text


def _cap_marks(text: str, most: int) -> str:
    def cap(run: re.Match[str]) -> str:
        kept, marks = [], 0
        for character in run.group():
            if unicodedata.category(character)[0] == "M":
                marks += 1
            elif character not in _JOINERS:
                marks = 0
            if marks <= most:
                kept.append(character)
        return "".join(kept)

    return _MAYBE_MARKS.sub(cap, text)


def _says_something(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS" and character != REPLACEMENT


def _too_long(length: int, most: int, one_line: bool, what: str | None) -> CaseReviewError:
    unit = "characters" if one_line else "bytes"
    return CaseReviewError(
        f"This is too long: {length:,} {unit}, and at most {most:,} are kept.",
        where=what,
        remedy="Shorten it; nothing was saved.",
    )


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _cut(text: str, width: int) -> str:
    if len(text) <= width and text.isascii():
        return text
    used = fits = 0
    for index, character in enumerate(text):
        used += _columns(character)
        if used <= width - 1:
            fits = index + 1
        if used > width:
            return text[:fits].rstrip(_JOINERS + " ") + "…" if width > 0 else ""
    return text


# --- dates -----------------------------------------------------------------------------------------------

EARLIEST = date(1900, 1, 1)
LATEST = date(2100, 12, 31)
# Not from the locale: the same file must read the same on every machine.
_MONTHS = [
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
]
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_BRITISH = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_NAMED = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]+([a-z]{3,9})\.?,?[ -]+([0-9]{4})", re.IGNORECASE)
_WORDS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_HOW = "Write it as 2026-11-20, 20/11/2026 or 20 Nov 2026."


def parse_date(
    text: str,
    what: str = "date",
    *,
    today: date | None = None,
    earliest: date = EARLIEST,
    latest: date = LATEST,
) -> date:
    """The day a person wrote: ISO 2026-11-20, or day first as in 20/11/2026 and 20 Nov 2026.

    "today", "yesterday" and "tomorrow" are read only when `today` is given. Nothing is guessed: a month
    written first, a year of two digits and a day that does not exist are refused.

    Raises CaseReviewError for anything else, and for a day before `earliest` or after `latest`.
    """
    written = clean(text, what=what)
    if today is not None and written.lower() in _WORDS:
        day = today + timedelta(days=_WORDS[written.lower()])
    else:
        day = _calendar_day(written, what)
    if not earliest <= day <= latest:
        raise CaseReviewError(
            f"{_plain(day)} is outside {_plain(earliest)} to {_plain(latest)}.",
            where=what,
            remedy="Check the day, the month and the year.",
        )
    return day


def _calendar_day(written: str, what: str) -> date:
    year, month, number = _parts(written, what)
    if day := _day(year, month, number):
        return day
    turned = _day(year, number, month)
    if turned and _BRITISH.fullmatch(written):
        raise CaseReviewError(
            f"“{written}” puts the month first; here the day comes first.",
            where=what,
            remedy=f"Write {turned:%d/%m/%Y} or {turned.isoformat()}.",
        )
    raise CaseReviewError(f"There is no such day as “{written}”.", where=what, remedy=_HOW)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _parts(written: str, what: str) -> tuple[int, int, int]:
    """Year, month and day as written, not yet checked against the calendar."""
    if found := _ISO.fullmatch(written):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _BRITISH.fullmatch(written):
        return int(found[4]), int(found[3]), int(found[1])
    if (found := _NAMED.fullmatch(written)) and (month := _month(found[2])):
        return int(found[3]), month, int(found[1])
    raise CaseReviewError(f"“{shown(written, width=40)}” is not a date.", where=what, remedy=_HOW)


def _month(word: str) -> int | None:
    name = "sep" if word.lower() == "sept" else word.lower()
    matches = [number for number, month in enumerate(_MONTHS, 1) if name in (month, month[:3])]
    return matches[0] if matches else None


def _plain(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1].title()} {day.year}"


# --- references ------------------------------------------------------------------------------------------

# What word processors put in place of a hyphen, and what web pages hide inside a copied reference.
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-")
_HIDDEN = dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\xad", "")
_PASTED = str.maketrans(_DASHES | _HIDDEN)
_REF = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


def parse_ref(text: str, what: str = "reference") -> str:
    """A reference in its one spelling: capital letters A-Z, digits and single hyphens.

    Small letters are accepted; a letter of another alphabet that only looks right is refused and named.

    Raises CaseReviewError.
    """
    written = text[: REF_LIMIT * 10].translate(_PASTED).strip()
    if len(written) <= REF_LIMIT and _REF.fullmatch(written):
        return written.upper()
    remedy = "Use letters A to Z, digits and single hyphens, as in SA-2024-7K3QX."
    if not written:
        raise CaseReviewError("A reference is required.", where=what, remedy=remedy)
    odd = next((character for character in written if not character.isascii()), None)
    says = f"“{shown(written, width=REF_LIMIT)}” is not a reference."
    if odd is not None:
        name = unicodedata.name(odd, f"U+{ord(odd):04X}").lower()
        says = f"“{shown(written, width=REF_LIMIT)}” holds a character references never have: {name}."
    elif len(written) > REF_LIMIT:
        says = f"This is too long for a reference: at most {REF_LIMIT} characters."
    raise CaseReviewError(says, where=what, remedy=remedy)
