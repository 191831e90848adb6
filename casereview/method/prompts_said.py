"""Prompts in words: each feature with what supports it, and what is asked; never a score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casereview.method.features import Supported
from casereview.method.lines import Say, counted
from casereview.method.lists import shipped
from casereview.method.prompts import Prompt

ABOUT = (
    "Prompts are questions to think by. None of them blocks, scores or changes a word; each can be answered, kept or "
    "silenced, with a reason."
)
NOTHING = "Nothing is asked about it now."


def features_said(found: Iterable[Supported], *, everything: bool = False) -> Iterator[Say]:
    """The four features, each with its open prompts; `everything`: answered ones as well."""
    for one in found:
        yield Say(one.feature.title, "head")
        yield Say(f"{one.feature.says} ({one.feature.source})", "quiet")
        for line in one.there:
            yield Say(f"+ {line}", "text", 2)
        asked = [prompt for prompt in one.prompts if everything or prompt.open]
        for prompt in asked:
            yield from prompt_said(prompt)
        done = sum(not prompt.open for prompt in one.prompts)
        if not asked:
            yield Say(NOTHING, "quiet", 2)
        if done and not everything:
            yield Say(f"{counted(done, 'prompt')} answered, kept or silenced.", "quiet", 2)
        yield Say("")


def prompt_said(prompt: Prompt, *, with_title: bool = True) -> Iterator[Say]:
    """One prompt: what was noticed, what is asked, what waits for it elsewhere, and what was done with it."""
    if with_title:
        yield Say(f"? {title_of(prompt)}", "title", 2)
    yield Say(prompt.says, "text", 4)
    yield Say(prompt.asks, "ask" if prompt.open else "quiet", 4)
    if prompt.needs:
        yield Say(prompt.needs, "quiet", 4)
    if prompt.before:
        yield Say(f"asked again: the words have changed since it was {prompt.before.outcome} ({prompt.before.reason})",
                  "quiet", 4)  # fmt: skip
    if prompt.answer:
        yield Say(f"{prompt.answer.outcome}: {prompt.answer.reason}", "label", 4)
    yield Say(prompt.id, "quiet", 4)


def title_of(prompt: Prompt) -> str:
    """Of its check, and the record it is about."""
    where = f" (no. {prompt.number})" if prompt.number is not None else ""
    return f"{shipped().checks[prompt.check].title}{where}"
