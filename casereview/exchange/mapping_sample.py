"""A mapping to begin with, written from the headings of a table: likely columns filled in, the others named."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from casereview.exchange.mapping import FIELDS, REQUIRED
from casereview.exchange.sheets_in import MAX_BYTES
from casereview.exchange.table_in import Table, open_table
from casereview.text import shown

# Words by which a heading is likely to be a field. A person looks at the mapping before it is used.
_LIKELY: tuple[tuple[str, str], ...] = (
    ("child", r"(child|person|client|pupil)( unique| record)? ?(id|identifier|number|ref\w*)|lachildid|unique id"),
    ("key", r"(case|episode|assessment|form|workflow)( step)? ?(id|identifier|number|ref\w*)"),
    ("referral", r"referral( received)?( date)?|date of referral|referred( on)?|cinreferraldate"),
    ("opened", r"(.*\b)?(start|started|opened|open|began)( date| on)?|date (opened|started)|assessmentactualstartdate"),
    ("closed", r"(.*\b)?(end|ended|closed|authorised|authorisation|completion|completed|completion date)( date| on)?|"
               r"(.*\b)?date of authorisation|date (closed|ended|authorised|completed)|assessmentauthorisationdate"),
    ("agreed", r"(.*\b)?(agreed|target|planned)( (end|completion))? date|agreed( for| on)?|date agreed"),
    ("stage", r"(case )?(status|stage)"),
    ("team", r"(allocated |current )?team"),
    ("worker", r"(allocated |current )?((social )?worker|case ?worker|practitioner)"),
    ("reason-effect", r"effect( on (the )?child)?"),
    ("reason-text", r"(reason|delay)( (text|comment|comments|details|narrative))"),
    ("reason", r"(delay )?reason( code| for delay)?"),
    ("seen", r"(date )?(child )?(last )?seen( on| date)?|(date of )?(last )?visit( date)?"),
    ("reviews", r"(.*\b)?review( date| on)?( \d)?|date of review|internal review date"),
)  # fmt: skip


def sample_mapping(path: str | os.PathLike[str], *, sheet: str = "", max_bytes: int = MAX_BYTES) -> str:
    """The text of a mapping for this table. Raises CaseReviewError where the table cannot be read."""
    return written_for(open_table(path, sheet=sheet, max_bytes=max_bytes), Path(path).name)


def written_for(table: Table, file: str) -> str:
    likely = likely_fields(table.headings)
    name = re.sub(r"[^a-z0-9]+", "-", Path(file).stem.casefold()).strip("-")[:40] or "table"
    head = [
        f"# A mapping for {shown(file, width=80)}, written from its headings. Look at every line before it is used.",
        "# Lines that begin with # are remarks. See docs/importing.md, “The mapping file”.",
        "", "format = 1",
        f"name = {_quoted(name)}   # later files with the same name are about the same cases",
        '# workflow = "single-assessment-2013"   # without it: the one in force on the day the work began',
        '# authority = "301"   # begins every child id, as in a census: 301-12345',
        *([f"sheet = {_quoted(table.sheet)}"] if table.sheet else []),
        '# date-format = "dd/mm/yyyy"   # without it: dd/mm/yyyy and yyyy-mm-dd',
        "", "[columns]",
    ]  # fmt: skip
    return "\n".join([*head, *_columns(likely), *_rest(table, likely)]) + "\n"


def likely_fields(headings: tuple[str, ...]) -> dict[str, list[str]]:
    """Each field with the headings that are likely to be it; a heading is never two fields."""
    found: dict[str, list[str]] = {}
    taken: set[str] = set()
    for name, words in _LIKELY:
        several = name in ("seen", "reviews")
        for heading in headings:
            plain = " ".join(re.sub(r"[^a-z0-9]+", " ", heading.casefold()).split())
            if heading in taken or headings.count(heading) > 1 or not re.fullmatch(words, plain):
                continue
            if name in found and not several:
                continue
            found.setdefault(name, []).append(heading)
            taken.add(heading)
    return found


def _columns(likely: dict[str, list[str]]) -> list[str]:
    lines = []
    for name, (_, says) in FIELDS.items():
        held = likely.get(name)
        value = _quoted(held[0]) if held and len(held) == 1 else f"[{', '.join(map(_quoted, held or ()))}]"
        if held:
            lines.append(f"{name} = {value}   # {says}")
        else:
            must = ", which is needed" if name in REQUIRED else ""
            lines.append(f'# {name} = ""   # {says}{must}')
    return lines


def _rest(table: Table, likely: dict[str, list[str]]) -> list[str]:
    taken = {heading for held in likely.values() for heading in held}
    left = [heading for heading in table.headings if heading and heading not in taken]
    lines = ["", "# A field of a record: the kind of record and the field, as the workflow names them.",
             '# "record.referral.source" = "Referral source"']  # fmt: skip
    if left:
        lines += ["", "# Columns without a place so far (also-keep, above [columns], keeps them as they are):"]
        lines += [f"# {_quoted(shown(heading, width=200))}" for heading in left]
    lines += ["", "# What stands in the table = what is meant.", "# [values.stage]", '# "In progress" = "in-progress"',
              "", "# What is the same for every row.", "# [constants]", '# team = "North"',
              "", "# About the child, apart from the journal; taken only with --with-details.",
              "# [details]", '# born = "Date of birth"']  # fmt: skip
    return lines


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
