"""Reading somebody else's learning pack: everything is checked, and nothing is believed, before it is kept."""

from __future__ import annotations

import hmac
import json
import re
from pathlib import Path
from typing import Any

from casereview.errors import CaseReviewError
from casereview.learning import pack as form
from casereview.text import clean, shown

WHAT = "Nothing was taken in. Ask the board that sent it for another copy."
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_MADE = re.compile(r"(?:19|20)[0-9]{2} Q[1-4]")
_ID = re.compile(r"[0-9a-f]{24}")
_HASH = re.compile(r"sha256:[0-9a-f]{64}")
_SEAL = re.compile(r"hmac-sha256:[0-9a-f]{64}")
# A tag of HTML or XML, a style of a terminal library: a pack is plain words. "[sic]" and "under < 5" are words.
_MARKUP = re.compile(
    r"<[!/?]?[a-zA-Z][^<>]*>|\[/[^\[\]]*\]|\[(?:@|#|link=|bold\b|blink\b|on |reverse\b)[^\[\]]*\]"
)
EDITIONS = ("2008", "later")


def read_pack(path: str) -> dict[str, Any]:
    """A pack from a file. Raises CaseReviewError: one sentence on what is wrong and where."""
    where = shown(path, width=200)
    try:
        file = Path(path).expanduser()
        if not file.is_file():
            raise CaseReviewError("there is no such file", where=where, remedy="Check the path.")
        with file.open("rb") as stream:
            raw = stream.read(form.LARGEST + 1)
    except (OSError, ValueError, RuntimeError):
        raise CaseReviewError("this file cannot be read", where=where, remedy="Check the path.") from None
    if len(raw) > form.LARGEST:
        raise _fault(where, f"is larger than {form.LARGEST // 1_000_000} MB: no learning pack is")
    return checked(raw, where)


def checked(raw: bytes, where: str) -> dict[str, Any]:
    """The content of a file as a pack. Raises CaseReviewError."""
    try:
        text = raw.decode("utf-8")
        data = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_no_number)
    except UnicodeDecodeError:
        raise _fault(where, "is not text: no learning pack, or damaged on the way") from None
    except RecursionError:
        raise _fault(where, "is no learning pack") from None
    except _Twice as twice:
        raise _fault(where, f"says {shown(str(twice), width=40)!r} twice in one place") from None
    except ValueError:
        raise _fault(where, "cannot be read to its end: cut short, or no learning pack") from None
    if not isinstance(data, dict) or data.get("format") != form.FORMAT:
        raise _fault(where, "is no learning pack")
    if data.get("version") != form.VERSION or isinstance(data.get("version"), bool):
        version = shown(str(data.get("version")), width=20)
        raise _fault(where, f"is a pack of version {version}; this product reads version {form.VERSION}")
    _Check(where).pack(data)
    if not hmac.compare_digest(data["hash"], form.hash_of(data)):
        raise _fault(where, "was altered after it was made: its content does not fit its hash")
    return data


def is_sound(data: Any) -> bool:
    """Whether something kept here earlier is a pack, whole and unchanged."""
    try:
        known = isinstance(data, dict) and data.get("format") == form.FORMAT and data.get("version") == form.VERSION
        if known:
            _Check("").pack(data)
        return known and hmac.compare_digest(str(data["hash"]), form.hash_of(data))
    except (CaseReviewError, ValueError, TypeError, RecursionError):
        return False


class _Twice(ValueError):
    pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Twice(name)
        found[name] = value
    return found


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _fault(where: str, says: str) -> CaseReviewError:
    return CaseReviewError(says, where=where, remedy=WHAT)


def plain_words(text: str) -> str:
    """What is wrong with a text a pack may carry, in a few words; "" where nothing is."""
    if len(text) > form.LONGEST:
        return f"is longer than {form.LONGEST:,} characters"
    try:
        if clean(text, one_line=False) != text:
            return "holds control or hidden characters"
    except CaseReviewError as wrong:
        return wrong.says
    if _MARKUP.search(text):
        return "holds markup; a pack carries plain words"
    return ""


class _Check:
    """Every name and every kind of value, exactly as they are written; what is not known is refused."""

    def __init__(self, where: str) -> None:
        self.where = where

    def pack(self, data: dict[str, Any]) -> None:
        self._names(data, form.TOP, "the pack", optional=("seal",))
        board = self._object(data["board"], "board")
        self._names(board, form.BOARD, "board")
        for name in form.BOARD:
            self._text(board[name], f"board, {name}")
        if not board["name"].strip():
            raise _fault(self.where, "does not say which board it is from")
        self._form(data["made"], _MADE, "made")
        self._form(data["hash"], _HASH, "hash")
        if "seal" in data:
            self._form(data["seal"], _SEAL, "seal")
        reviews = self._list(data["reviews"], "reviews", form.MOST_REVIEWS)
        ids: set[str] = set()
        for at, review in enumerate(reviews, 1):
            self._review(self._object(review, f"review {at}"), f"review {at}", ids)

    def _review(self, data: dict[str, Any], label: str, ids: set[str]) -> None:
        self._names(data, form.REVIEW, label)
        self._id(data["id"], label, ids)
        self._form(data["year"], _YEAR, f"{label}, year")
        if data["edition"] not in EDITIONS:
            raise _fault(self.where, f"{label}, edition is neither of {' and '.join(EDITIONS)}")
        self._text(data["model"], f"{label}, model")
        self._text(data["option"], f"{label}, option")
        for at, finding in enumerate(self._list(data["findings"], f"{label}, findings", form.MOST_FINDINGS), 1):
            self._finding(self._object(finding, f"{label}, finding {at}"), f"{label}, finding {at}", ids)

    def _finding(self, data: dict[str, Any], label: str, ids: set[str]) -> None:
        self._names(data, ("id", "year", *form.FINDING, "evidence", "recommended", "responses", "tried"), label)
        self._id(data["id"], label, ids)
        self._form(data["year"], _YEAR, f"{label}, year")
        for name in form.FINDING:
            if name in form.LISTS:
                for one in self._list(data[name], f"{label}, {name}", form.MOST_ROWS):
                    self._text(one, f"{label}, {name}")
            else:
                self._text(data[name], f"{label}, {name}")
        self._rows(data["evidence"], form.EVIDENCE, f"{label}, evidence")
        self._rows(data["recommended"], form.RECOMMENDED, f"{label}, recommended")
        self._rows(data["responses"], form.RESPONSE, f"{label}, responses")
        for row in self._list(data["tried"], f"{label}, tried", form.MOST_ROWS):
            tried = self._object(row, f"{label}, tried")
            self._row({k: v for k, v in tried.items() if k != "helped"}, form.ACTION, f"{label}, tried")
            self._rows(tried.get("helped"), form.IMPACT, f"{label}, helped")

    def _rows(self, value: Any, names: tuple[str, ...], label: str) -> None:
        for row in self._list(value, label, form.MOST_ROWS):
            self._row(self._object(row, label), names, label)

    def _row(self, row: dict[str, Any], names: tuple[str, ...], label: str) -> None:
        self._names(row, names, label)
        for name in names:
            self._text(row[name], f"{label}, {name}")

    # ---- single values -----------------------------------------------------------------------------------------
    def _names(self, data: dict[str, Any], names: tuple[str, ...], label: str, optional: tuple[str, ...] = ()) -> None:
        more = next((name for name in data if name not in names), None)
        if more is not None:
            raise _fault(self.where, f"{label} holds {shown(more, width=40)!r}, which no pack has")
        missing = next((name for name in names if name not in data and name not in optional), None)
        if missing is not None:
            raise _fault(self.where, f"{label} lacks {missing!r}")

    def _object(self, value: Any, label: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise _fault(self.where, f"{label} is not as a pack has it")
        return value

    def _list(self, value: Any, label: str, most: int) -> list[Any]:
        if not isinstance(value, list):
            raise _fault(self.where, f"{label} is not as a pack has it")
        if len(value) > most:
            raise _fault(self.where, f"{label}: {len(value):,} of them; at most {most:,} are read")
        return value

    def _text(self, value: Any, label: str) -> None:
        if not isinstance(value, str):
            raise _fault(self.where, f"{label} is not text")
        wrong = plain_words(value)
        if wrong:
            raise _fault(self.where, f"{label} {wrong}")

    def _form(self, value: Any, pattern: re.Pattern[str], label: str) -> None:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise _fault(self.where, f"{label} is not as a pack has it")

    def _id(self, value: Any, label: str, ids: set[str]) -> None:
        self._form(value, _ID, f"{label}, id")
        if value in ids:
            raise _fault(self.where, f"{label} has an id that another has already")
        ids.add(value)
