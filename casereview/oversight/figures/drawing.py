"""Plain text to draw figures with: bars, heights, a strip with limits, columns. Nothing is told by colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap

from casereview.oversight.figures.durations import Quartiles
from casereview.oversight.figures.months import Limits
from casereview.oversight.figures.suppress import Part
from casereview.text import shown

WIDTH = 80
BLOCKS = " ▏▎▍▌▋▊▉█"
HEIGHTS = "▁▂▃▄▅▆▇█"
NOT_SHOWN = "·"


def bar(share: float | None, width: int) -> str:
    """A bar of so many columns at most, in eighths; a dot where the number is hidden, and at least a sliver of any."""
    if share is None:
        return NOT_SHOWN
    eighths = round(min(max(share, 0.0), 1.0) * width * 8)
    if share > 0:
        eighths = max(eighths, 1)
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (BLOCKS[rest] if rest else "")


def heights(values: Sequence[float | None]) -> str:
    """One column for each value, the highest full; a space for nought, a dot where a number is hidden."""
    most = max((one for one in values if one is not None), default=0.0)
    drawn = []
    for one in values:
        if one is None:
            drawn.append(NOT_SHOWN)
        elif not one or not most:
            drawn.append(" ")
        else:
            drawn.append(HEIGHTS[min(int(one / most * len(HEIGHTS)), len(HEIGHTS) - 1)])
    return "".join(drawn)


def strip(value: float | None, limits: Limits | None, low: float, high: float, width: int, *, marked: bool) -> str:
    """Where a value lies between the lowest and the highest on the page, with the limits (┊) and the centre (│).

    ● is a month like others, ◆ one that asks for its story.
    """
    drawn = [" "] * width

    def place(at: float) -> int:
        return 0 if high <= low else min(max(round((at - low) / (high - low) * (width - 1)), 0), width - 1)

    if limits is not None:
        drawn[place(limits.centre)] = "│"
        drawn[place(limits.lower)] = drawn[place(limits.upper)] = "┊"
    if value is not None:
        drawn[place(value)] = "◆" if marked else "●"
    return "".join(drawn).rstrip()


# ---- words and numbers -----------------------------------------------------------------------------------------
def number(value: float | None, places: int = 0) -> str:
    """A number as people read it; a dot where it is hidden; no tail of noughts."""
    if value is None:
        return NOT_SHOWN
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if places and "." in text else text


def in_prose(value: float | None) -> str:
    """The same within a sentence, where a dot would be read as its end."""
    return "too few to show" if value is None else number(value)


def percent(share: float | None, places: int = 1) -> str:
    return NOT_SHOWN if share is None else f"{100 * share:.{places}f}%"


def several(count: int | None, one: str, many: str = "") -> str:
    """Such as "1 case" or "12 cases"; "too few … to show" where it is hidden."""
    words = many or f"{one}s"
    return f"too few {words} to show" if count is None else f"{count:,} {one if count == 1 else words}"


def part_says(found: Part, smallest: int) -> str:
    """Such as "12 of 30 (40%)", or in what way it is not shown."""
    match found.hidden:
        case "too few":
            return "too few cases to say"
        case "few":
            return f"fewer than {smallest}{_of(found)}"
        case "nearly all":
            return f"all but fewer than {smallest}{_of(found)}"
        case "veiled":
            return "hidden along with another"
    if not found.of:
        return "none to count among"
    return f"{found.count:,} of {found.of:,} ({percent(found.share, 0)})"


def _of(found: Part) -> str:
    return f" of {found.of:,}" if found.of is not None else ""


def part_short(found: Part, smallest: int) -> str:
    """The same for a narrow column."""
    match found.hidden:
        case "few":
            return f"<{smallest}{_of(found)}"
        case "nearly all":
            return f">{found.of - smallest:,}{_of(found)}" if found.of is not None else NOT_SHOWN
        case "":
            return f"{found.count:,} of {found.of:,}" if found.of else "–"
        case _:
            return NOT_SHOWN


def quartiles_say(found: Quartiles | None) -> str:
    if found is None:
        return "too few to show"
    return (
        f"a quarter within {number(found.lower, 1)}, half within {number(found.median, 1)}, "
        f"three quarters within {number(found.upper, 1)}"
    )


def said(text: str, width: int = WIDTH, indent: str = "") -> list[str]:
    """Text wrapped to the page; its own lines are kept, and it is safe to show whoever wrote it."""
    lines: list[str] = []
    for line in shown(text, one_line=False).splitlines():
        lines += wrap(line, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False) or [""]
    return lines


def columns(
    heads: Sequence[str], rows: Iterable[Sequence[object]], width: int = WIDTH, indent: str = "  "
) -> list[str]:
    """A table that fits the page: numbers to the right, the first column gives way where there is no room."""
    cells = [[_cell(value) for value in row] for row in rows]
    wide = [max([len(head), *(len(row[at]) for row in cells)]) for at, head in enumerate(heads)]
    spare = width - len(indent) - sum(wide) - 2 * (len(heads) - 1)
    wide[0] = max(wide[0] + min(spare, 0), 8)
    right = [bool(cells) and all(_is_number(row[at]) for row in cells) for at in range(len(heads))]
    return [indent + _line(row, wide, right) for row in [list(heads), *cells]]


def _cell(value: object) -> str:
    if value is None:
        return NOT_SHOWN
    if isinstance(value, float):
        return number(value, 1)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else shown(str(value))


def _is_number(text: str) -> bool:
    return text in (NOT_SHOWN, "–", "") or text[0].isdigit() or text[0] in "<>"


def _line(row: Sequence[str], wide: Sequence[int], right: Sequence[bool]) -> str:
    cut = [shown(text, width=room) for text, room in zip(row, wide, strict=True)]
    padded = [t.rjust(w) if r else t.ljust(w) for t, w, r in zip(cut, wide, right, strict=True)]
    return "  ".join(padded).rstrip()
