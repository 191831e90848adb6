"""Writes a report as Markdown: CommonMark with the tables of GitHub, and nothing of people's text as markup."""

from __future__ import annotations

import re

from casereview.reports.document import (
    Answer,
    Block,
    Chart,
    Document,
    Figure,
    Heading,
    Items,
    Line,
    NewPage,
    Note,
    Pair,
    Pairs,
    Paragraph,
    Table,
    Words,
    line_of,
    long_date,
    text_of,
)

# Whatever can begin or end markup inside a line. A backslash before punctuation is always plain punctuation.
_INLINE = re.compile(r"([\\`*_{}\[\]<>&#|~^$@])")
_ADDRESS = re.compile(r"(?i)(?<=https)(:)|(?<=http)(:)|(?<=ftp)(:)|(?<=mailto)(:)|(?<=xmpp)(:)|(?<=www)(\.)")
_STARTS = re.compile(r"^([0-9]{0,9})([-+=.)])")
BAR = 30  # characters of the longest bar


def inline(text: str) -> str:
    """One line of text that stays text."""
    return _escape(line_of(text))


def _escape(text: str) -> str:
    safe = _ADDRESS.sub(lambda found: f"\\{found[0]}", _INLINE.sub(r"\\\1", text))
    return _STARTS.sub(r"\1\\\2", safe)  # the start of a list, a rule or a heading


def lines(text: str) -> str:
    """Text of several lines: each stays a line, an empty one ends a paragraph."""
    kept = [line.strip() for line in text_of(text).split("\n")]
    parts = re.split(r"\n{2,}", "\n".join(kept).strip("\n"))
    return "\n\n".join("  \n".join(_escape(line) for line in part.split("\n")) for part in parts)


def write(document: Document) -> bytes:
    """The whole report, as UTF-8."""
    marking = f"**{inline(document.marking)}**" if document.marking else ""
    parts = [marking, f"# {inline(document.title)}"]
    if document.subtitle:
        parts.append(f"**{inline(document.subtitle)}**")
    if document.facts:
        parts.append(_pairs(document.facts))
    parts += [_block(block) for block in document.blocks]
    parts += ["---", marking]
    parts.append(inline(document.foot or f"{document.title}, {long_date(document.day)}"))
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {inline(block.text)}"
        case Paragraph():
            lead = f"**{inline(block.lead)}** " if block.lead else ""
            return lead + lines(block.text)
        case Items():
            marks = [f"{at}." if block.numbered else "-" for at in range(1, len(block.items) + 1)]
            return "\n".join(f"{mark} {inline(item)}" for mark, item in zip(marks, block.items, strict=True))
        case Table():
            return _table(block)
        case Pairs():
            return _pairs(block.pairs)
        case Note():
            return _quoted(f"**{block.label}.** {lines(block.text)}")
        case Words():
            return _quoted(f"{lines(block.text)}\n\n— {inline(block.by)}")
        case Answer():
            return f"**{inline(block.question)}**\n\n" + "\n\n".join(["\\_" * 40] * block.lines)
        case Chart():
            return _chart(block)
        case Figure():
            told = f"**{inline(block.title)}**\n\n{lines(block.tells)}"
            return f"{told}\n\n{_table(block.numbers)}"
        case Line():
            return f"```text\n{line_of(block.text).replace('`', chr(39))}\n```"
        case NewPage():
            return ""


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _pairs(pairs: tuple[Pair, ...]) -> str:
    told = [(inline(name), " ".join(_escape(part) for part in _parts(said))) for name, said in pairs]
    return "\n".join(f"- **{name}:** {said}" for name, said in told)


def _parts(text: str) -> list[str]:
    """Lines of a text, run together where there is only one line for them."""
    return [part for line in text_of(text).split("\n") if (part := line.strip())]


def _cell(text: str) -> str:
    return "<br>".join(_escape(part) for part in _parts(text)) or " "


def _table(table: Table) -> str:
    caption = f"**{inline(table.caption)}**"
    if not table.rows:
        return f"{caption}\n\n{inline(table.empty)}"
    rows = ["| " + " | ".join(inline(column.title) for column in table.columns) + " |"]
    rows.append("|" + "|".join("---:" if column.right else "---" for column in table.columns) + "|")
    rows += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in table.rows]
    return f"{caption}\n\n" + "\n".join(rows)


def _chart(chart: Chart) -> str:
    """The same in letters: a fenced block is shown as it stands, so nothing in it is escaped."""
    top = max((value for value in chart.values if value is not None), default=0) or 1.0
    wide = max((len(line_of(label)) for label in chart.labels), default=0)
    drawn = []
    for at, label in enumerate(chart.labels):
        value = chart.values[at]
        bar = "█" * (0 if value is None or value <= 0 else max(round(BAR * value / top), 1))
        drawn.append(f"{line_of(label):>{wide}} │{bar} {chart.value(at)}".replace("`", "'"))
    told = [f"**{inline(chart.title)}** ({inline(chart.unit)})", lines(chart.tells)]
    told.append("\n".join(["```text", *drawn, "```"]))
    told += [f"- Level drawn across, {inline(name)}: {value:,.10g}" for name, value in chart.lines]
    told += [f"- {inline(chart.labels[at - 1])}: {inline(note)}" for at, note in chart.notes]
    return "\n\n".join(told)
