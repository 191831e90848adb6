"""Writes a report as one HTML page that needs nothing else: for the eye, for print and for a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from casereview.reports.chart import Box, Dot, Label, Picture, Stroke
from casereview.reports.document import (
    Answer,
    Block,
    Chart,
    Column,
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
from casereview.reports.figure import drawn

# No script, no picture, font or style from elsewhere, and nothing may be sent: text of people can do nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

LONGEST_WORD = 24  # letters that a narrow column still holds
STYLE = """
:root{--ink:#1a1a1a;--quiet:#555;--line:#c8c8c8;--deep:#1f4e79;--soft:#f2f5f9}
*{box-sizing:border-box}
body{margin:0 auto;max-width:52rem;padding:2rem 1.25rem 4rem;color:var(--ink);background:#fff;
font:1rem/1.5 "Segoe UI","Helvetica Neue",Arial,"DejaVu Sans",sans-serif}
a{color:var(--deep)}a:focus{outline:3px solid #ffbf47}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem}
header.title{border-bottom:4px solid var(--deep);padding:1rem 0 1.5rem;margin-bottom:1.5rem}
h1{font-size:2.1rem;line-height:1.2;margin:0 0 .25rem;color:var(--deep)}
.subtitle{font-size:1.2rem;margin:0 0 1.25rem}
h2{font-size:1.5rem;color:var(--deep);border-bottom:1px solid var(--line);padding-bottom:.2rem;margin:2.5rem 0 .75rem}
h3{font-size:1.15rem;margin:1.75rem 0 .5rem}
h4{font-size:1rem;margin:1.5rem 0 .25rem}
p,ul,ol,dl{margin:.5rem 0 .9rem}
.text{white-space:pre-line;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;margin:.75rem 0 1.25rem;font-size:.93rem}
caption{text-align:left;font-weight:600;padding-bottom:.35rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line);white-space:pre-line}
.long{overflow-wrap:anywhere}
thead th{background:var(--soft);border-bottom:2px solid var(--deep)}
tbody th{font-weight:400}
.num{text-align:right;font-variant-numeric:tabular-nums}
dl{display:grid;grid-template-columns:minmax(9rem,14rem) 1fr;gap:.2rem 1rem}
dt{font-weight:600}dd{margin:0;white-space:pre-line;overflow-wrap:anywhere}
.note,blockquote{border-left:4px solid var(--line);margin:1rem 0;padding:.5rem 1rem;background:#fafafa}
.caveat{border-left-color:#8a5a00}.question{border-left-color:var(--deep);background:var(--soft)}
blockquote footer{color:var(--quiet);font-size:.9rem}
figure{margin:1.25rem 0}figcaption{font-weight:600}
figure svg{display:block;width:100%;max-width:44rem;height:auto}
details{margin:.4rem 0;font-size:.93rem}
pre{font-size:.8rem;overflow-x:auto;background:#fafafa;padding:.5rem .75rem;border-left:4px solid var(--line)}
.answer{margin:1rem 0}.answer div{border-bottom:1px solid var(--quiet);height:2rem}
.marking{position:sticky;top:0;margin:0 0 1rem;padding:.4rem .75rem;background:#fff4e0;border:2px solid #8a5a00;
font-weight:700;text-align:center}
.foot{margin-top:3rem;border-top:1px solid var(--line);padding-top:.75rem;color:var(--quiet);font-size:.85rem}
@media print{
@page{size:A4;margin:20mm 18mm}
body{max-width:none;padding:0;font-size:10.5pt}table,dl{font-size:9pt}
a{color:inherit;text-decoration:none}.skip{display:none}
.marking{position:fixed;top:45%;left:0;right:0;margin:0;border:0;background:none;color:#ece6dc;font-size:44pt;
line-height:1.2;transform:rotate(-45deg);z-index:-1}nav{break-after:page}
thead{display:table-header-group}
tr,figure,.note,.answer{break-inside:avoid}h2,h3,h4,caption{break-after:avoid}.page{break-before:page}
}
@media (max-width:36rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}
"""


def write(document: Document) -> bytes:
    """The whole report, as UTF-8."""
    return "\n".join(_page(document)).encode()


def _text(text: str) -> str:
    return escape(text_of(text))


def _line(text: str) -> str:
    return escape(line_of(text))


def _page(document: Document) -> Iterator[str]:
    numbered = list(enumerate(document.blocks))
    yield "<!DOCTYPE html>"
    yield f'<html lang="{escape(document.language)}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{_line(document.named)}</title>"
    if document.marking:
        yield f'<meta name="keywords" content="{_line(document.marking)}">'
    yield f"<style>{STYLE}</style>"
    yield "</head>"
    yield "<body>"
    yield '<a class="skip" href="#report">Skip to the report</a>'
    if document.marking:
        yield f'<p class="marking" role="note">{_line(document.marking)}</p>'
    yield '<header class="title">'
    yield f"<h1>{_line(document.title)}</h1>"
    if document.subtitle:
        yield f'<p class="subtitle">{_line(document.subtitle)}</p>'
    if document.facts:
        yield _pairs(document.facts)
    yield "</header>"
    if document.contents:
        yield from _contents(document)
    yield '<main id="report">'
    for at, block in numbered:
        yield _block(block, at)
    yield "</main>"
    yield f'<p class="foot">{_line(document.foot or f"{document.title}, {long_date(document.day)}")}</p>'
    yield "</body>"
    yield "</html>"
    yield ""


def _contents(document: Document) -> Iterator[str]:
    heads = [(at, b) for at, b in enumerate(document.blocks) if isinstance(b, Heading) and b.level == 1]
    yield '<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>'
    for at, head in heads:
        yield f'<li><a href="#b{at}">{_line(head.text)}</a></li>'
    yield "</ol></nav>"


def _block(block: Block, at: int) -> str:
    match block:
        case Heading():
            return f'<h{block.level + 1} id="b{at}">{_line(block.text)}</h{block.level + 1}>'
        case Paragraph():
            lead = f"<strong>{_line(block.lead)}</strong> " if block.lead else ""
            return f'<p class="text">{lead}{_text(block.text)}</p>'
        case Items():
            kind = "ol" if block.numbered else "ul"
            return f"<{kind}>{''.join(f'<li>{_line(item)}</li>' for item in block.items)}</{kind}>"
        case Table():
            return _table(block)
        case Pairs():
            return _pairs(block.pairs)
        case Note():
            says = f"<strong>{block.label}.</strong> {_text(block.text)}"
            return f'<div class="note {block.kind} text" role="note">{says}</div>'
        case Words():
            said = f'<p class="text">{_text(block.text)}</p>'
            return f"<blockquote>{said}<footer>— {_line(block.by)}</footer></blockquote>"
        case Answer():
            lines = '<div aria-hidden="true"></div>' * block.lines
            return f'<div class="answer"><strong>{_line(block.question)}</strong>{lines}</div>'
        case Chart():
            return _chart(block, at)
        case Figure():
            return _figure(block, at)
        case Line():
            return f"<pre>{_line(block.text)}</pre>"
        case NewPage():
            return '<div class="page"></div>'


def _pairs(pairs: tuple[Pair, ...]) -> str:
    return f"<dl>{''.join(f'<dt>{_line(name)}</dt><dd>{_text(said)}</dd>' for name, said in pairs)}</dl>"


def _table(table: Table) -> str:
    if not table.rows:
        return f"<p><strong>{_line(table.caption)}</strong><br>{_line(table.empty)}</p>"
    classes = [' class="num"' if column.right else "" for column in table.columns]
    head = "".join(
        f'<th scope="col"{kind}>{_line(column.title)}</th>'
        for column, kind in zip(table.columns, classes, strict=True)
    )
    rows = []
    for row in table.rows:
        first, *rest = [_cell(cell, column) for cell, column in zip(row, table.columns, strict=True)]
        rows.append(f'<tr><th scope="row"{first}</th>{"".join(f"<td{cell}</td>" for cell in rest)}</tr>')
    caption = f"<caption>{_line(table.caption)}</caption>"
    body = "\n".join(rows)
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"


def _cell(text: str, column: Column) -> str:
    """A cell from its attributes on: words too long for any line are cut where they must be, others never."""
    long = any(len(word) > LONGEST_WORD for word in text.split())
    kinds = " ".join(kind for kind, is_so in (("num", column.right), ("long", long)) if is_so)
    attribute = f' class="{kinds}"' if kinds else ""
    return f"{attribute}>{_text(text)}"


# ---- charts ------------------------------------------------------------------------------------------------------
def _chart(chart: Chart, at: int) -> str:
    """The picture, what it tells in words, and its numbers in a table that can be opened."""
    heads = f'<th scope="col">Point</th><th scope="col" class="num">{_line(chart.unit)}</th>'
    rows = "".join(
        f'<tr><th scope="row">{_line(label)}</th><td class="num">{_line(chart.value(n))}</td></tr>'
        for n, label in enumerate(chart.labels)
    )
    levels = "".join(f"<li>{_line(name)}: {value:,.10g}</li>" for name, value in chart.lines)
    notes = "".join(f"<li>{_line(chart.labels[n - 1])}: {_line(note)}</li>" for n, note in chart.notes)
    return (
        f"<figure><figcaption>{_line(chart.title)}</figcaption>"
        f"{svg(drawn(chart), chart.title, chart.tells, f'c{at}')}"
        f'<p class="text">{_text(chart.tells)}</p>'
        f"{f'<ul>{levels}</ul>' if levels else ''}{f'<ol>{notes}</ol>' if notes else ''}"
        f"<details><summary>The numbers of this chart</summary>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></details></figure>"
    )


def _figure(figure: Figure, at: int) -> str:
    """The picture, what it tells in words, and the same as a table that can be opened."""
    return (
        f"<figure><figcaption>{_line(figure.title)}</figcaption>"
        f"{svg(drawn(figure), figure.title, figure.tells, f'c{at}')}"
        f'<p class="text">{_text(figure.tells)}</p>'
        f"<details><summary>The same as a table</summary>{_table(figure.numbers)}</details></figure>"
    )


def svg(shapes: Picture, title: str, tells: str, name: str) -> str:
    """A picture as SVG with its title and its description, for whoever hears it read out."""
    inside = "".join(_shape(shape) for shape in shapes.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(shapes.width)} {_n(shapes.height)}" role="img" '
        f'aria-labelledby="{name}t {name}d" font-family="Segoe UI,Arial,DejaVu Sans,sans-serif">'
        f'<title id="{name}t">{_line(title)}</title><desc id="{name}d">{_line(tells)}</desc>{inside}</svg>'
    )


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _shape(shape: Box | Stroke | Dot | Label) -> str:
    match shape:
        case Box():
            at = f'x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
            return f'<rect {at} fill="{shape.fill}"/>'
        case Stroke():
            points = " ".join(f"{_n(x)},{_n(y)}" for x, y in shape.points)
            dashed = ' stroke-dasharray="5 4"' if shape.dashed else ""
            return (
                f'<polyline points="{points}" fill="none" stroke="{shape.colour}" '
                f'stroke-width="{_n(shape.width)}"{dashed}/>'
            )
        case Dot():
            at = f'cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}"'
            ring = f' stroke="{shape.fill if shape.fill != "#ffffff" else "#1a1a1a"}"'
            return f'<circle {at} fill="{shape.fill}"{ring}/>'
        case Label():
            at = f'x="{_n(shape.x)}" y="{_n(shape.y)}" font-size="{_n(shape.size)}" text-anchor="{shape.anchor}"'
            bold = ' font-weight="700"' if shape.bold else ""
            return f'<text {at} fill="{shape.colour}"{bold}>{escape(shape.text)}</text>'
