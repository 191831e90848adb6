"""What is noticed in a review: the checks of the four features, each a plain question to its records."""

from __future__ import annotations

from collections.abc import Iterator

from casereview.method.factors import BY_NAME, LOCAL, NATIONAL, OTHER, PERSONAL
from casereview.method.findings import FINDING, Anatomy, anatomy
from casereview.method.hindsight import looking_back, mark_of, shortened, slug
from casereview.method.lists import Lists, any_of
from casereview.method.people import few_heard, persons_in
from casereview.method.prompts import Prompt, prompt
from casereview.method.review import Rec, Review

EPISODE, FACTOR = "key-practice-episode", "contributory-factor"
TEXTS = ("statement", "underlying_not_specific", "implications", "summary")  # of a finding, where a role may be named


def everything_noticed(review: Review, lists: Lists, names: tuple[str, ...]) -> Iterator[Prompt]:
    """All that is noticed, whatever the stage and whatever was answered."""
    yield from _context(review, lists)
    yield from _why(review, lists)
    yield from _scope(review, lists, names)
    for rec in review.of(FINDING):
        if rec.text("state") != "not taken forward":
            yield from _finding(review, anatomy(review, rec, lists), lists)
    yield from _method(review, lists)


# ---- the person in context --------------------------------------------------------------------------------------
def heads(review: Review) -> tuple[str, ...]:
    """The heads of contributory factors that this workflow has."""
    kind = review.definition.records.get(FACTOR)
    field = kind.fields.get("head") if kind else None
    return field.options if field else ()


def empty_heads(review: Review, episode: int | None = None) -> tuple[str, ...]:
    """The heads with nothing under them: of one episode, or in the whole review. "Other" is not missed."""
    factors = review.of(FACTOR) if episode is None else review.pointing(FACTOR, "episode", episode)
    used = {factor.text("head") for factor in factors}
    return tuple(head for head in heads(review) if head not in used and head != "other")


def level_of(factor: Rec) -> str:
    """Which of the three levels a factor is of; a head of a board's own stands under the last."""
    head = BY_NAME.get(factor.text("head"))
    return head.level if head else OTHER


def _context(review: Review, lists: Lists) -> Iterator[Prompt]:
    factors = review.of(FACTOR)
    for episode in review.of(EPISODE):
        own = review.pointing(FACTOR, "episode", episode.number)
        if own and all(factor.text("head") == PERSONAL for factor in own):
            says = f"Every factor of “{_title(episode)}” is about persons."
            mark = mark_of(*(str(factor.number) for factor in own))
            yield prompt(lists.checks["factors-only-personal"], says, episode, mark=mark)
    if not factors:
        return
    empty = empty_heads(review)
    if empty:
        says = f"In the whole review nothing stands under: {', '.join(empty)}."
        yield prompt(lists.checks["heads-empty"], says, mark=mark_of(*empty))
    if not any(level_of(factor) in (LOCAL, NATIONAL) for factor in factors):
        says = "No factor anywhere in the review is of the organisations or of the nation."
        yield prompt(lists.checks["no-higher-level"], says)


# ---- why, and not only what -------------------------------------------------------------------------------------
def _why(review: Review, lists: Lists) -> Iterator[Prompt]:
    for found in looking_back(review, lists):
        first, count = found.hits[0], len(found.hits)
        times = "" if count == 1 else f" ({count} times)"
        mark = mark_of(*(hit.sentence for hit in found.hits))
        quoted = all(hit.quoted for hit in found.hits)
        says = f"“{first.words}”{times}: {shortened(first)}"
        asks = f"{first.asks} {lists.quoted}" if quoted else first.asks
        yield prompt(
            lists.checks["hindsight"], says, found.rec, place=f"{found.field}.{slug(found.term)}",
            asks=asks, field=found.field, words=first.words, mark=mark, quoted=quoted,
        )  # fmt: skip
    for episode in review.of(EPISODE):
        yield from _episode(episode, review, lists)
    for fact in review.of("known-when"):
        came = review.pointing("came-to-know", "fact", fact.number)
        if not any(one.day("known_from") for one in (fact, *came)):
            says = f"“{_short(fact.text('fact'))}” has no day from which it was known."
            yield prompt(lists.checks["known-when-undated"], says, fact, mark=mark_of(fact.text("known_to")))


def _episode(episode: Rec, review: Review, lists: Lists) -> Iterator[Prompt]:
    title = _title(episode)
    if not episode.text("local_rationality").strip():
        says = f"“{title}” does not yet say how it made sense to those involved."
        yield prompt(lists.checks["why-missing"], says, episode, field="local_rationality")
    elif not episode.text("judgement"):
        says = f"“{title}” says why it made sense and not how the practice was."
        yield prompt(lists.checks["fell-short-alone"], says, episode, field="judgement")
    dated, ended = episode.day("standard_date"), episode.day("date_to") or episode.day("date_from")
    if dated and ended and dated > ended:
        says = f"“{title}” is looked at by guidance of {dated}, after the event ({ended})."
        mark = mark_of(f"{dated} {ended}")
        yield prompt(lists.checks["guidance-later"], says, episode, field="standard_date", mark=mark)
    known = [*episode.many("sources"), *review.pointing("episode-evidence", "episode", episode.number)]
    if len(known) == 1:
        says = f"“{title}” is known from one source."
        yield prompt(lists.checks["episode-one-source"], says, episode, field="sources", mark=mark_of(str(known[0])))


def _scope(review: Review, lists: Lists, names: tuple[str, ...]) -> Iterator[Prompt]:
    scope = review.newest("scope")
    if scope is None:
        return
    for place, question in enumerate(scope.many("questions"), 1):
        found = persons_in(question, review, lists, names)
        if found:
            says = f"Question {place} speaks of a person or of who is at fault (“{found}”): {_short(question)}"
            yield prompt(lists.checks["scope-question"], says, scope, place=str(place), field="questions", words=found,
                         mark=mark_of(question))  # fmt: skip


# ---- this case, or wider ------------------------------------------------------------------------------------------
def _finding(review: Review, one: Anatomy, lists: Lists) -> Iterator[Prompt]:
    rec, checks, short = one.rec, lists.checks, _short(one.rec.text("statement"))
    yield from _role_named(review, rec, lists)
    if one.open_questions:
        names = [answer.field for answer in one.open_questions]
        says = f"{short}: not answered yet: {' '.join(answer.ask for answer in one.open_questions)}"
        yield prompt(checks["sub-question-empty"], says, rec, mark=mark_of(*names))
    if not one.grade.speaks_for and not one.grade.speaks_against:
        yield prompt(checks["no-prevalence"], f"{short}: no evidence of how usual it is.", rec)
    elif one.grade.kinds and not one.grade.beyond:
        says = f"{short}: all that speaks for it comes from people in this review ({', '.join(one.grade.kinds)})."
        yield prompt(checks["this-case-only"], says, rec, mark=mark_of(*one.grade.kinds))
    if one.grade.more:
        claimed = " and ".join(word for word in (one.grade.claimed, one.grade.sure) if word)
        says = f"{short}: its author says “{claimed}”; the evidence written down is {one.grade.word}."
        yield prompt(checks["claims-more"], says, rec, mark=mark_of(claimed, *one.grade.kinds))
    if one.rests.one_agency:
        says = f"{short}: it rests on one agency ({one.rests.agencies[0]})."
        yield prompt(checks["one-agency"], says, rec, mark=mark_of(*one.rests.agencies))
    if one.rests.one_source:
        named = f"it rests on one source ({one.rests.sources[0]})" if one.rests.sources else "no source is named"
        yield prompt(checks["one-source"], f"{short}: {named}.", rec, mark=mark_of(*one.rests.sources))
    if not rec.text("against").strip() and not one.grade.speaks_against:
        yield prompt(checks["nothing-against"], f"{short}: nothing says where evidence against it was looked for.", rec)


def _role_named(review: Review, rec: Rec, lists: Lists) -> Iterator[Prompt]:
    """A sentence of a finding in which a position stands before what is said to have caused it."""
    own = [p.text(name) for p in review.of("participant") for name in ("pseudonym", "role") if p.text(name)]
    words = [*lists.roles, *own]
    roles, causes = any_of((*words, *(f"{word}s" for word in words))), any_of(lists.causes)
    for field in TEXTS:
        for sentence in rec.text(field).replace("!", ".").replace("?", ".").replace("\n", ".").split("."):
            role = roles.search(sentence)
            if role and causes.search(sentence, role.end()):
                says = f"“{role[0]}” stands as the cause: {_short(sentence.strip())}"
                yield prompt(lists.checks["role-as-cause"], says, rec, place=field, field=field, words=role[0],
                             mark=mark_of(sentence))  # fmt: skip
                break


# ---- reliable and valid -------------------------------------------------------------------------------------------
def _method(review: Review, lists: Lists) -> Iterator[Prompt]:
    checks = lists.checks
    for talk in review.of("conversation"):
        if talk.text("status") == "held" and len(talk.many("held_by")) < 2:
            with_whom = review.one("participant", talk.link("participant"))
            name = with_whom.text("pseudonym") if with_whom else f"no. {talk.number}"
            says = f"The conversation with {name} was heard by one."
            yield prompt(checks["heard-by-one"], says, talk, field="held_by")
    lacking = list(_meetings_lacking(review, lists))
    if lacking:
        says = f"No meeting is recorded with those who were there about {' or about '.join(lacking)}."
        yield prompt(checks["no-joint-meeting"], says, mark=mark_of(*lacking))
    if not review.of("supervision"):
        yield prompt(checks["no-supervision"], "No supervision of the method is recorded.")
    few = few_heard(review, lists)
    if few:
        yield prompt(checks["few-took-part"], few.says, mark=mark_of(f"{few.heard}/{few.of}"))
    if not review.of("limitations"):
        yield prompt(checks["no-limitations"], "What this review cannot say is not written down yet.")


def _meetings_lacking(review: Review, lists: Lists) -> Iterator[str]:
    """The account is looked at together before patterns are; patterns before the report goes to the board."""
    held = {meeting.text("kind") for meeting in review.of("meeting")}
    if not held & set(lists.first):
        yield "the account"
    before_report = "follow-on-2" in review.definition.stages  # in the guide of 2008 the draft is what they look at
    past = {"board-consideration", *({"report-drafting"} if before_report else ())}
    if past & set(review.case.visits) and not held & set(lists.second):
        yield "the patterns"


# ---- words --------------------------------------------------------------------------------------------------------
def _title(rec: Rec) -> str:
    return _short(rec.text("title") or f"no. {rec.number}")


def _short(text: str, most: int = 90) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
