"""The first parts of a review report: why this case, in short, the family, the time, the questions, how it was done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from casereview.method.agencies import agency_named
from casereview.reports.document import Column, Heading, Items, Note, Paragraph, Table
from casereview.reports.review.told import Part, Told, months, text
from casereview.reports.saying import counted, listed

METHOD = (
    "The review looks at one case as a window on the local system. It asks how the work looked to those who did it, "
    "with what they knew then, and why what they did made sense to them; then which of the explanations are patterns "
    "that would show in other cases too. Those patterns are what it brings out. It is not for this review to say who "
    "is to blame, how anybody died, or whether anybody should be disciplined: courts and employers do that."
)
TIMES = "Times are given to the month, people by their position or a made-up name, so that nobody can be known by them."


def why(told: Told) -> Iterator[Part]:
    yield Heading("Why this case was chosen")
    if told.scope is None:
        yield from told.add("scope", "why this case, and the questions", must=True)
    else:
        yield from told.field(told.scope, "why_this_case", "why this case", must=True)


def summary(told: Told) -> Iterator[Part]:
    yield Heading("Succinct summary of the case")
    yield from told.own("succinct summary", "a summary in a few lines", must=True)


def family(told: Told) -> Iterator[Part]:
    yield Heading("Family composition")
    yield from told.own("family composition", "who belongs to the family, by made-up names and as little as will do")


def time_frame(told: Told) -> Iterator[Part]:
    yield Heading("Time frame")
    if told.scope is None:
        return
    first, last = told.scope.day("period_from"), told.scope.day("period_to")
    if first or last:
        yield Paragraph(f"The review looks at {months(first, last)}. {TIMES}")
    else:
        yield from told.field(told.scope, "period_from", "from when until when the case is looked at")


def questions(told: Told) -> Iterator[Part]:
    yield Heading("Research questions")
    if told.scope is None:
        return
    asked = told.scope.many("questions")
    if asked:
        yield Paragraph("The review set itself questions about the system that reach past this case:")
        yield Items(asked, numbered=True)
    else:
        yield from told.field(told.scope, "questions", "the questions about the system", must=True)
    if text(told.scope, "family_influence"):
        yield Paragraph(text(told.scope, "family_influence"), "How the family shaped what was asked.")


# ---- how it was done ---------------------------------------------------------------------------------------------
def methodology(told: Told) -> Iterator[Part]:
    review = told.review
    yield Heading("Methodology")
    model = f"This is a {review.definition.title} ({review.definition.profile})." if review.definition.profile else (
        f"This is a {review.definition.title}.")  # fmt: skip
    yield Paragraph(f"{model} {METHOD}")
    option = review.definition.option(review.option)
    if option is not None:
        yield Paragraph(f"{option.title}. {option.says}", "How full a review.")
    elif review.option:
        yield Paragraph(review.option, "How full a review.")
    if told.scope is not None:
        yield from told.field(told.scope, "why_proportionate", "why this is in proportion to what there is to learn",
                              lead="Why that is in proportion.")  # fmt: skip
        named = [name for line in told.scope.many("agencies_in") if (name := agency_named(line))]
        if named:
            yield Paragraph(f"{listed(named)}.", "Agencies that took part.")
    yield Paragraph(done(told), "What it rests on.")


def done(told: Told) -> str:
    """How the review was done, in a few sentences of numbers."""
    found = told.counts
    held = sum(count for kind, count in found.meetings.items() if kind not in ("board", "family", "other processes"))
    said = [
        f"{counted(found.held, 'one-to-one conversation')} {'was' if found.held == 1 else 'were'} held",
        f"the review team, or the review team and the case group together, met {_times(held)}",
        f"{counted(found.documents, 'document')} {'was' if found.documents == 1 else 'were'} asked for from agencies",
    ]
    talks = found.family.get("conversation", 0)
    said.append(f"there {'was' if talks == 1 else 'were'} {counted(talks, 'conversation')} with the family")
    return f"{'; '.join(said).capitalize()}. How each was done stands in the appendix on the process."


def _times(count: int) -> str:
    return {0: "not once", 1: "once", 2: "twice"}.get(count, f"{count} times")


def expertise(told: Told) -> Iterator[Part]:
    yield Heading("Reviewing expertise and independence")
    rows = tuple(
        (told.review.definition.roles[role].title, str(count))
        for role, count in told.counts.roles.items()
        if role in ("lead-reviewer", "review-team", "supervisor", "champion")
    )
    if rows:
        yield Table("Who carried the review", (Column("Part", weight=3), Column("People", right=True)), rows)
    said = _looked_after(told)
    if said:
        yield Paragraph(said)
    what = "who led the review, by what they bring, and how they stand to the case and the agencies"
    yield from told.own("the reviewers and their independence", what)


def _looked_after(told: Told) -> str:
    found, said = told.counts, []
    if told.scope is not None and told.scope.yes("conflicts_considered"):
        said.append("Independence and conflicts of interest were looked at for everyone who took part.")
    if found.supervision:
        said.append(f"The method was supervised {_times(found.supervision)}.")
    if found.looked_at:
        said.append(f"Somebody who knows the method looked at the quality of the review {_times(found.looked_at)}.")
    return " ".join(said)


# ---- acronyms ----------------------------------------------------------------------------------------------------
_EXPLAINED = re.compile(r"\b((?:[A-Z][\w’'&-]*|of|and|for|the|in)(?:[ -](?:[A-Z][\w’'&-]*|of|and|for|the|in)){1,7}) "
                        r"\(([A-Z][A-Z&]{1,7})s?\)")  # fmt: skip
_USED = re.compile(r"(?<![\w&])([A-Z]{2,7})s?(?![\w&])")
KNOWN = frozenset(["UK", "GP", "TV", "IT", "OK", "AM", "PM", "NHS", "II", "III", "IV"])


def acronyms(told: Told) -> Iterator[Part]:
    """Those explained where they are used, and whatever the writers add; a draft lists the ones nobody explains."""
    yield Heading("Acronyms")
    texts = public_texts(told)
    meant = {short: long for one in texts for long, short in _EXPLAINED.findall(one)}
    own = told.written("acronyms")
    if meant:
        rows = tuple((short, meant[short]) for short in sorted(meant))
        yield Table("Short words used here", (Column("Short", weight=1), Column("What it stands for", weight=4)), rows)
    if own:
        yield Paragraph(own)
    used = {short for one in texts for short in _USED.findall(one)} - set(meant) - KNOWN
    left = sorted(short for short in used if not re.search(rf"\b{short}\b", own))
    if left and not told.final:
        yield Note(f"Used, and explained nowhere: {', '.join(left[:30])}.")


def public_texts(told: Told) -> list[str]:
    kinds: Mapping[str, object] = told.review.recs
    return [rec.text(name) for kind in kinds for rec in told.review.of(kind) for name in rec.values]


# ---- what it cannot say ------------------------------------------------------------------------------------------
_LIMITS = (
    ("professionals", "Participation of professionals.", "who could not take part, and what that means", True),
    ("family", "Perspectives of the family.", "whose view in the family is missing", True),
    ("sources", "Sources.", "which sources were missing or thin", False),
    ("method", "The method.", "where the method had to be bent", False),
    ("cannot_say", "What this review cannot say.", "what this review cannot say", True),
)


def limitations(told: Told) -> Iterator[Part]:
    yield Heading("Methodological comment and limitations")
    found, rec = told.counts, told.review.newest("limitations")
    if found.case_group:
        heard = f"{found.heard} of {found.case_group} in the case group"
        yield Paragraph(f"Heard in a conversation or at a joint meeting: {heard}. To decline is everybody’s right and "
                        "is held against nobody.")  # fmt: skip
    if rec is None:
        yield from told.add("limitations", "what this review cannot say, and why", must=True)
        return
    for name, lead, what, must in _LIMITS:
        yield from told.field(rec, name, what, lead=lead, must=must)


FRONT = (why, summary, family, time_frame, questions, methodology, expertise, acronyms, limitations)
