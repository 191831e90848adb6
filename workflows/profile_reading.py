"""Reads a profile file into a `Profile`, with every fault at once: where it stands and what to write instead."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath

from workflows import profile_check
from workflows.clocks import EDITIONS, read_trust
from workflows.definition import Definition
from workflows.errors import Fault, WorkflowError, did_you_mean, quoted
from workflows.lines import Path
from workflows.page import Page, Table
from workflows.profile import NO_TIME, Exemption, LaneTimes, Overlay, Profile, SectionFortySeven, Times
from workflows.reading import LARGEST, not_toml, text_of
from workflows.span import Span
from workflows.trust import Trust, trust

FORMAT = 1
TOP = frozenset({
    "format", "name", "version", "title", "authority", "edition", "valid-from", "valid-to", "says", "source", "trust",
    "exemptions", "workflows",
})  # fmt: skip
EXEMPTION = frozenset({"what", "granted-by", "granted-on", "until", "lifts", "source", "trust", "says"})
WORKFLOW = frozenset({"says", "expectations", "lanes", "section-47"})
EXPECTATION = frozenset({"indicative", "look-after", "checkpoints", "child-seen", "source", "trust", "says"})
LANE = frozenset({"expect", "source", "trust", "says"})
SECTION_47 = frozenset({"concludes", "step", "source", "trust", "says"})
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,31}")


@dataclass(frozen=True, slots=True)
class Known:
    """The workflows a profile may speak of: their names, and each by name (None where it has faults itself)."""

    names: Collection[str]
    find: Callable[[str], Definition | None]


def parse(text: str, where: str, known: Known) -> tuple[Profile | None, list[Fault]]:
    """The profile when the text has no fault, otherwise None and every fault. Never raises for bad text."""
    profile, page = read(text, where)
    if profile is not None:
        profile_check.check(profile, page, known.names, known.find)
    return (profile, []) if profile is not None and not page.faults else (None, page.faults)


def load(path: FilePath, known: Known) -> tuple[Profile | None, list[Fault]]:
    """Parse a file on disk. A file that cannot be read is a fault like any other."""
    text, faults = text_of(path)
    return (None, faults) if faults else parse(text, str(path), known)


def from_text(text: str, digest: str) -> Profile:
    """The profile whose text is kept with the cases that started under it, held to its hash only.

    Raises WorkflowError when the text is not the one the hash was taken of, or cannot be read at all.
    """
    if digest_of(text) != digest:
        raise WorkflowError("The text of this profile is not the one its cases started under.",
                            remedy="Run: casereview verify")  # fmt: skip
    profile, page = read(text, "the profile kept with its cases")
    if profile is None:
        raise WorkflowError("The profile kept with its cases cannot be read.", remedy=str(page.faults[0]))
    return profile


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read(text: str, where: str) -> tuple[Profile | None, Page]:
    """Build a profile as far as the text allows, without asking whether its workflows know what it names."""
    page = Page(where, text)
    try:
        if len(text.encode("utf-8")) > LARGEST:
            page.fault((), f"The file is larger than {LARGEST:,} bytes.", "A profile is a page of text.")
            return None, page
        return _profile(page, tomllib.loads(text.removeprefix("\ufeff")), text), page
    except UnicodeEncodeError:
        page.fault((), "The text holds characters that cannot be stored.", "Save it again as UTF-8.")
    except RecursionError:
        page.fault((), "Lists or tables are nested too deeply.", "A profile needs only a few levels.")
    except ValueError as wrong:
        not_toml(page, str(wrong), text)
    return None, page


def _profile(page: Page, data: Table, text: str) -> Profile | None:
    if data.get("format") != FORMAT or isinstance(data.get("format"), bool):
        given = quoted(data["format"]) if "format" in data else "none"
        where: Path = ("format",) if "format" in data else ()
        page.fault(where, f"The format should be {FORMAT}, and is {given}.", f"Begin the file with format = {FORMAT}.")
        return None
    page.only(data, (), TOP)
    edition = page.text(data, (), "edition", needed="which guidance it belongs to (wt2010, trial, wt2013 or local)")
    if edition and edition not in EDITIONS:
        page.fault(("edition",), f"There is no edition {quoted(edition)}.", did_you_mean(edition, EDITIONS))
    source, mark = _grounds(page, data, ())
    valid_from, valid_to = _from_to(page, data, (), "valid-from", "valid-to")
    return Profile(
        name=_name(page, data),
        version=_version(page, data),
        title=page.text(data, (), "title", needed="what people call this profile"),
        authority=page.text(data, (), "authority", needed="whose profile it is"),
        edition=edition,
        says=page.text(data, (), "says"),
        source=source,
        trust=mark,
        valid_from=valid_from,
        valid_to=valid_to,
        exemptions={n: _exemption(page, t, n) for n, t in page.tables(data, (), "exemptions").items()},
        workflows={n: _overlay(page, t, n) for n, t in page.tables(data, (), "workflows").items()},
        text=text,
        hash=digest_of(text),
    )


def _name(page: Page, data: Table) -> str:
    name = page.text(data, (), "name", needed="a short name, such as north-borough")
    if name:
        page.name(name, ("name",))
    return name


def _version(page: Page, data: Table) -> str:
    version = page.text(data, (), "version", needed='which version this is, such as "1"')
    if version and not _VERSION.fullmatch(version):
        page.fault(("version",), f"{quoted(version)} cannot be a version.", 'Write version = "1", or "1.2".')
    return version


def _grounds(page: Page, table: Table, path: Path) -> tuple[str, Trust]:
    """No figure without where it was read and how far it can be relied on."""
    source = page.text(table, path, "source", needed="where this was read, or who decided it")
    return source, read_trust(page, table, path) or trust("")


def _from_to(page: Page, table: Table, path: Path, first: str, last: str) -> tuple[date | None, date | None]:
    start, end = page.date(table, path, first), page.date(table, path, last)
    if start is not None and end is not None and end < start:
        page.fault((*path, last), f"It comes before {first}.", "Exchange the two dates.")
    return start, end


def _exemption(page: Page, table: Table, name: str) -> Exemption:
    path: Path = ("exemptions", name)
    page.only(table, path, EXEMPTION)
    source, mark = _grounds(page, table, path)
    granted, until = _from_to(page, table, path, "granted-on", "until")
    return Exemption(
        name,
        page.text(table, path, "what", needed="what the authority is freed of"),
        page.text(table, path, "granted-by", needed="who granted it"),
        granted,
        until,
        page.texts(table, path, "lifts"),
        source,
        mark,
        page.text(table, path, "says"),
    )


def _overlay(page: Page, table: Table, name: str) -> Overlay:
    path: Path = ("workflows", name)
    page.only(table, path, WORKFLOW)
    times = page.tables(table, path, "expectations")
    lanes = page.tables(table, path, "lanes")
    return Overlay(
        name,
        {n: _times(page, t, (*path, "expectations", n), n) for n, t in times.items()},
        {n: _lane(page, t, (*path, "lanes", n), n) for n, t in lanes.items()},
        _section_47(page, table, path),
        page.text(table, path, "says"),
    )


def _times(page: Page, table: Table, path: Path, name: str) -> Times:
    if "statutory" in table:
        says = "A profile cannot set a time by law; only a workflow can name one, with the rule and its years."
        page.fault((*path, "statutory"), says, "Take the line out, or give the time as indicative.")
    page.only(table, path, EXPECTATION | {"statutory"})
    none = table.get("indicative") == NO_TIME
    seen = page.text(table, path, "child-seen")
    if seen and not seen.startswith("within "):
        page.fault((*path, "child-seen"), f"{quoted(seen)} cannot be read.", 'Write "within 20 working days".')
        seen = ""
    source, mark = _grounds(page, table, path)
    return Times(
        name,
        None if none else _span(page, table, path, "indicative"),
        none,
        _span(page, table, path, "look-after"),
        page.spans(table, path, "checkpoints") if "checkpoints" in table else None,
        page.span(seen.removeprefix("within "), (*path, "child-seen")) if seen else None,
        source,
        mark,
        page.text(table, path, "says"),
    )


def _span(page: Page, table: Table, path: Path, key: str) -> Span | None:
    return page.span(table[key], (*path, key)) if key in table else None


def _lane(page: Page, table: Table, path: Path, name: str) -> LaneTimes:
    page.only(table, path, LANE)
    expect = page.table(table, path, "expect")
    if not expect:
        page.fault(path, "The lane expects nothing.", 'Add expect = { decision = "8 working days" }.')
    spans = {e: page.span(v, (*path, "expect", e), hours=True) for e, v in expect.items()}
    source, mark = _grounds(page, table, path)
    found = {e: span for e, span in spans.items() if span is not None}
    return LaneTimes(name, found, source, mark, page.text(table, path, "says"))


def _section_47(page: Page, holder: Table, path: Path) -> SectionFortySeven | None:
    if "section-47" not in holder:
        return None
    here = (*path, "section-47")
    table = page.table(holder, path, "section-47")
    page.only(table, here, SECTION_47)
    if "concludes" not in table:
        page.fault(here, "It does not say whether an enquiry ends the assessment.", "Add concludes = true, or false.")
    source, mark = _grounds(page, table, here)
    return SectionFortySeven(
        page.flag(table, here, "concludes"),
        page.text(table, here, "step", needed="the step that ends the assessment where an enquiry begins"),
        source,
        mark,
        page.text(table, here, "says"),
    )
