"""Reads a workflow file into a `Definition`, with every fault at once."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path as FilePath

from workflows import around, grammar, parts, recording
from workflows.definition import (
    Definition,
    Hold,
    Stage,
    Step,
    Track,
)
from workflows.errors import Fault, quoted
from workflows.lines import Path
from workflows.page import Page, Table

LARGEST = 1_000_000
"""Bytes; the longest shipped file is well under a tenth of it."""

_AT = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)")
_MEND = (
    "Look there for a missing or curly quote (straight ones are needed), a missing bracket, a name used twice, "
    "or a table in { } broken over lines."
)
_PREFIX = re.compile(r"[A-Z]{2,6}")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,31}")


def parse(text: str, where: str) -> tuple[Definition | None, list[Fault]]:
    """The definition when the text has no fault, otherwise None and every fault. Never raises for bad text.

    `where` names the file in the faults; nothing is read from disk.
    """
    definition, page = read(text, where)
    if definition is not None:
        from workflows import check  # not loaded for a text that is only kept

        check.check(definition, page)
    return (definition, []) if definition is not None and not page.faults else (None, page.faults)


def load(path: FilePath) -> tuple[Definition | None, list[Fault]]:
    """Parse a file on disk. A file that cannot be read is a fault like any other."""
    text, faults = text_of(path)
    return (None, faults) if faults else parse(text, str(path))


def text_of(path: FilePath) -> tuple[str, list[Fault]]:
    """The text of a file, its line ends untouched so that its hash is that of its bytes."""
    where = str(path)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            return "", [_too_large(where)]
        return content.decode("utf-8"), []
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        return "", [Fault(where, line, "", "The file is not UTF-8 text.", "Save it again as UTF-8.")]
    except OSError as wrong:
        return "", [Fault(where, None, "", f"The file cannot be read: {wrong.strerror}.", "Check the path.")]


def read(text: str, where: str) -> tuple[Definition | None, Page]:
    """Build a definition as far as the text allows, without asking whether it makes sense.

    For a text that was checked when it was first used and is kept with the cases that follow it.
    """
    page = Page(where, text)
    try:
        content = text.encode("utf-8")
        if len(content) > LARGEST:
            page.fault((), _too_large(where).says, _too_large(where).remedy)
            return None, page
        data = tomllib.loads(text.removeprefix("\ufeff"))
        return _definition(page, data, text, hashlib.sha256(content).hexdigest()), page
    except UnicodeEncodeError:
        page.fault((), "The text holds characters that cannot be stored.", "Save it again as UTF-8.")
    except RecursionError:
        page.fault((), "Lists or tables are nested too deeply.", "A workflow needs only a few levels.")
    except ValueError as wrong:
        not_toml(page, str(wrong), text)
    return None, page


def _too_large(where: str) -> Fault:
    return Fault(where, None, "", f"The file is larger than {LARGEST:,} bytes.", "A workflow is a page or two of text.")


def not_toml(page: Page, message: str, text: str) -> None:
    """Note what the TOML reader said, with the line it named."""
    found = _AT.search(message)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1 if found else None
    says = f"This is not well-formed TOML: {quoted(_AT.sub('', message))[1:-1]}."
    page.add(Fault(page.where, line, "", says, _MEND))


def _definition(page: Page, data: Table, text: str, digest: str) -> Definition | None:
    if data.get("format") != grammar.FORMAT or isinstance(data.get("format"), bool):
        given = quoted(data["format"]) if "format" in data else "none"
        says = f"The format should be {grammar.FORMAT}, and is {given}."
        page.fault(("format",) if "format" in data else (), says, f"Begin the file with format = {grammar.FORMAT}.")
        return None
    page.only(data, (), grammar.TOP)
    name = page.text(data, (), "name", needed="a short name, such as single-assessment")
    stages = _stages(page, data, ())
    if not stages:
        page.fault(
            ("stages",), "No stage is declared.", 'Add [stages] with a first stage, such as accepted = "Accepted".'
        )
    tracks, steps = _tracks_and_steps(page, data)
    set_aside = page.table(data, (), "set-aside")
    page.only(set_aside, ("set-aside",), grammar.SET_ASIDE)
    needed = "the roles that may set an expectation aside" if "set-aside" in data else ""
    return Definition(
        name=name,
        version=_version(page, data),
        title=page.text(data, (), "title", needed="what people call this workflow"),
        kind=page.text(data, (), "kind", needed='what a case of it is, such as "assessment" or "review"'),
        says=page.text(data, (), "says"),
        source=page.text(data, (), "source"),
        prefix=_prefix(page, data, name),
        profile=page.text(data, (), "profile"),
        start=next(iter(stages), ""),
        roles=around.roles(page, data),
        stages=stages,
        steps=steps,
        tracks=tracks,
        records=recording.records(page, data),
        expectations={
            n: parts.expectation(page, t, ("expectations", n), n)
            for n, t in page.tables(data, (), "expectations").items()
        },
        lanes=around.lanes(page, data),
        reasons=around.reasons(page, data),
        set_aside_by=page.texts(set_aside, ("set-aside",), "by", needed=needed),
        importing=around.importing(page, data),
        reopening=around.reopening(page, data),
        choose=page.text(data, (), "choose"),
        option_of=page.text(data, (), "option-of"),
        options=recording.options(page, data),
        text=text,
        hash=digest,
    )


def _version(page: Page, data: Table) -> str:
    version = page.text(data, (), "version", needed="an edition of your own, such as 1 or 2.1")
    if version and not _VERSION.fullmatch(version):
        page.fault(("version",), f"The version {quoted(version)} cannot be used.", 'Write version = "2" or "2.1".')
    return version


def _prefix(page: Page, data: Table, name: str) -> str:
    """The first part of a reference; without one, the first letters of the name's words."""
    prefix = page.text(data, (), "prefix")
    if prefix and not _PREFIX.fullmatch(prefix):
        page.fault(("prefix",), f"The prefix {quoted(prefix)} cannot be used.", "Use 2 to 6 capital letters A to Z.")
    if prefix:
        return prefix
    words = [word for word in re.split("[^A-Za-z]+", name) if word]
    letters = "".join(word[0] for word in words)[:6] if len(words) > 1 else "".join(words)[:2]
    return letters.upper() if len(letters) > 1 else "CR"


def _stages(page: Page, holder: Table, path: Path) -> dict[str, Stage]:
    stages = {}
    for name, table in page.tables(holder, path, "stages").items():
        here = (*path, "stages", name)
        page.only(table, here, grammar.STAGE)
        title = page.text(table, here, "title", needed="what people call the stage")
        end, void = page.flag(table, here, "end"), page.flag(table, here, "void")
        stages[name] = Stage(name, title, page.text(table, here, "says"), end, void)
    return stages


def _tracks_and_steps(page: Page, data: Table) -> tuple[dict[str, Track], dict[str, Step]]:
    steps: dict[str, Step] = {}
    tracks: dict[str, Track] = {}
    for name, table in page.tables(data, (), "steps").items():
        steps[name] = parts.step(page, table, ("steps", name), name, None)
    for track, table in page.tables(data, (), "tracks").items():
        path: Path = ("tracks", track)
        page.only(table, path, grammar.TRACK)
        tracks[track] = Track(
            name=track,
            title=page.text(table, path, "title", needed="what people call the work beside the path"),
            start=page.text(table, path, "start", needed="the stage it starts in"),
            stages=_stages(page, table, path),
            hold=_hold(page, table, path),
            says=page.text(table, path, "says"),
        )
        for name, inner in page.tables(table, path, "steps").items():
            here = (*path, "steps", name)
            if name in steps:
                other = f"the track {steps[name].track}" if steps[name].track else "the main path"
                page.fault(
                    here, f"{quoted(name)} is already a step of {other}.", "Give each step of the file its own name."
                )
            # kept all the same under another key, so that the track is still whole when it is checked
            steps[f"{track}.{name}" if name in steps else name] = parts.step(page, inner, here, name, track)
    return tracks, steps


def _hold(page: Page, table: Table, path: Path) -> Hold | None:
    if "hold" not in table:
        return None
    here = (*path, "hold")
    hold = page.table(table, path, "hold")
    page.only(hold, here, grammar.HOLD)
    words = page.text(hold, here, "except")
    exempt = parts.field_of(words) if words else None
    if words and exempt is None:
        remedy = 'Write except = "field may_continue of record suspension".'
        page.fault((*here, "except"), f"{quoted(words)} names no field.", remedy)
    return Hold(
        stages=page.texts(hold, here, "while", needed="the stages of this track in which the main path waits"),
        says=page.text(hold, here, "says", needed="what a person reads when a step waits"),
        who=page.texts(hold, here, "who", needed="the role or roles that can end it"),
        record=exempt[0] if exempt else None,
        field=exempt[1] if exempt else None,
    )
