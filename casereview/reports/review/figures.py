"""The figures of a review report: episodes on an axis of time, factors by level, findings by pattern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from casereview.method.episodes import FACTOR, begun, ended
from casereview.method.factors import BY_NAME, LEVELS
from casereview.method.review import Rec
from casereview.reports.document import Column, Figure, Paragraph, Shares, Span, Spans, Table
from casereview.reports.review.times import month, months, place
from casereview.reports.review.told import Told
from casereview.reports.saying import counted, listed

MOST = 24  # episodes in one picture: more are told over several, on the same axis
EFFECTS = ("supports", "hinders", "both")
EFFECT_WORDS = ("supports good work", "hinders it", "does both")
LONG = 60  # letters of a title in a sentence


def short(text: str, most: int = LONG) -> str:
    """The beginning of a text, cut where a word ends."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rsplit(' ', 1)[0]}…"


# ---- episodes ----------------------------------------------------------------------------------------------------
def timeline(told: Told) -> Iterator[Figure | Paragraph]:
    """The episodes that have a date, in order; those without one are said beside it."""
    numbered = [(at, rec) for at, rec in enumerate(told.episodes, 1)]
    dated = [(at, rec, first, ended(rec) or first) for at, rec in numbered if (first := begun(rec))]
    if not dated:
        return
    begin, end = min(first for _, _, first, _ in dated), max(last for *_, last in dated)
    for start in range(0, len(dated), MOST):
        some = dated[start : start + MOST]
        more = f" ({some[0][0]} to {some[-1][0]} of {len(dated)})" if len(dated) > MOST else ""
        yield _timeline(some, begin, end, more)
    if len(dated) < len(numbered):
        yield Paragraph(f"{counted(len(numbered) - len(dated), 'episode')} without a date cannot be shown in it.")


def _timeline(some: Sequence[tuple[int, Rec, date, date]], begin: date, end: date, more: str) -> Figure:
    spans = tuple(
        Span(f"{at}  {rec.text('title')}", place(first), place(last, end=True), rec.text("judgement"))
        for at, rec, first, last in some
    )
    drawn = Spans(spans, place(begin), place(end, end=True), _ticks(begin, end), "practice was")
    said = [
        f"{at}, {short(rec.text('title'))}: {months(first, last)}, {rec.text('judgement') or 'not appraised yet'}"
        for at, rec, first, last in some
    ]
    tells = f"From {month(begin)} to {month(end)}. {'; '.join(said)}."
    rows = tuple(
        (str(at), rec.text("title"), months(first, last), rec.text("judgement") or "–")
        for at, rec, first, last in some
    )
    columns = (Column("", weight=0.4), Column("Episode", weight=3), Column("When", weight=1.6), Column("Practice"))
    title = f"The key practice episodes in time{more}"
    return Figure(title, drawn, tells, Table("The episodes in order", columns, rows))


def _ticks(begin: date, end: date) -> tuple[tuple[float, str], ...]:
    """Months while there are few, quarters or years otherwise; each where it begins."""
    first, last = int(place(begin)), int(place(end, end=True))
    step = next((step for step in (1, 3, 6, 12, 24, 60, 120) if (last - first) / step <= 8), 240)
    start = first if step == 1 else -(-first // step) * step
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return tuple(
        (float(at), str(at // 12) if step >= 12 else f"{names[at % 12]} {at // 12}") for at in range(start, last, step)
    )


# ---- factors -----------------------------------------------------------------------------------------------------
def factors(told: Told) -> Iterator[Figure]:
    """How many factors at each level supported good work, and how many hindered it."""
    found = told.review.of(FACTOR)
    if not found:
        return
    levels = [_level(rec) for rec in found]
    names = [name for name in LEVELS if name != LEVELS[-1] or name in levels]
    counts = Counter(zip(levels, (rec.text("effect") for rec in found), strict=True))
    rows = tuple((name, tuple(counts[name, effect] for effect in EFFECTS)) for name in names)
    empty = [name.lower() for name, some in rows if not sum(some)]
    said = [f"{name.lower()}: {_effects(some)}" for name, some in rows if sum(some)]
    none = f" None is named for {listed(empty)}." if empty else ""
    tells = f"{counted(len(found), 'contributory factor')} in {counted(len(told.episodes), 'episode')}; "
    tells += f"{'; '.join(said)}.{none}"
    yield Figure("What surrounded the work, by level", Shares(EFFECT_WORDS, rows), tells,
                 _table("Contributory factors by level", "Level", rows))  # fmt: skip


def _level(rec: Rec) -> str:
    head = BY_NAME.get(rec.text("head"))
    return head.level if head else LEVELS[-1]


def _effects(some: Sequence[int]) -> str:
    words = ("supporting good work", "hindering it", "doing both")
    return listed([f"{count} {word}" for count, word in zip(some, words, strict=True) if count])


def _table(caption: str, first: str, rows: Sequence[tuple[str, tuple[int, ...]]]) -> Table:
    columns = (Column(first, weight=2.4), *(Column(word, right=True) for word in EFFECT_WORDS))
    return Table(caption, columns, tuple((name, *map(str, some)) for name, some in rows))


# ---- findings ----------------------------------------------------------------------------------------------------
def patterns(told: Told) -> Iterator[Figure]:
    """How many findings of each pattern the workflow knows, and what they do to good practice."""
    if not told.findings:
        return
    kind = told.review.definition.records["finding"]
    offered = kind.fields["category"].options if "category" in kind.fields else ()
    found = Counter((one.rec.text("category"), one.rec.text("effect")) for one in told.findings)
    strays = dict.fromkeys(one.rec.text("category") for one in told.findings if one.rec.text("category") not in offered)
    rows = tuple((name or "no pattern named", tuple(found[name, effect] for effect in EFFECTS))
                 for name in (*offered, *strays))  # fmt: skip
    said = [f"{name}: {_effects(some)}" for name, some in rows if sum(some)]
    none = [name for name, some in rows if not sum(some)]
    tells = f"{counted(len(told.findings), told.called)}; {'; '.join(said)}."
    tells += f" None under {listed(none)}." if none else ""
    yield Figure(f"{told.called.capitalize()}s by kind", Shares(EFFECT_WORDS, rows), tells,
                 _table(f"{told.called.capitalize()}s by kind of pattern", "Kind of pattern", rows))  # fmt: skip

