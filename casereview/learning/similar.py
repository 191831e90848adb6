"""Findings that use the same words, with the words that make them alike: a suggestion to read both, and no more.

TF-IDF weights and the cosine between them: each shared word adds a visible part, and the parts add up to the whole.
Fifty lines of arithmetic say the same of a few hundred short texts as a library for machine learning would, and
every number can be followed by hand. Nothing is ever merged.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]{3,}")
LEAST = 0.08
"""Below this, what two texts share is hardly more than chance."""
_DOUBLE = re.compile(r"([^aeiouls])\1$")


@dataclass(frozen=True, slots=True)
class Shared:
    """A word both texts have. `weight`: its part of the similarity; `forms`: as the two texts write it."""

    word: str
    weight: float
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """similarity: from 0 (no word in common) to 1 (the same words in the same proportion); the sum of the weights."""

    key: str
    other: str
    similarity: float
    shared: tuple[Shared, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """Weights of each text, of length 1 together; and how each stem was written there."""

    weights: Mapping[str, Mapping[str, float]]
    forms: Mapping[str, Mapping[str, str]]


@lru_cache(maxsize=1)
def left_out() -> frozenset[str]:
    """Words that stand in nearly every sentence, or in nearly every finding, and tell nothing apart."""
    text = (files(__package__) / "data" / "left_out.txt").read_text("utf-8")
    lines = (line.partition("#")[0] for line in text.splitlines())
    return frozenset(word for line in lines for word in line.split())


def stem(word: str) -> str:
    """A word without its commonest endings, so that assessment and assessments count as one. Only for comparing."""
    for ending, put, least in (
        ("ies", "y", 4), ("sses", "ss", 5), ("ing", "", 6), ("ed", "", 5), ("ly", "", 6), ("es", "e", 5), ("s", "", 4),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) >= least and not (ending == "s" and word.endswith(("ss", "us", "is"))):
            word = word[: len(word) - len(ending)] + put
            if ending in ("ing", "ed"):
                word = _DOUBLE.sub(r"\1", word)
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def index(texts: Mapping[str, str]) -> Index:
    """Weighs the words of every text: more where a text repeats one, less where many texts have it."""
    counts, forms = {}, {}
    for key, text in texts.items():
        words = [w for w in _WORD.findall(text.casefold()) if w not in left_out()]
        forms[key] = {stem(word): word for word in reversed(words)}
        counts[key] = Counter(stem(word) for word in words)
    among = Counter(word for found in counts.values() for word in found)
    rare = {word: math.log((1 + len(counts)) / (1 + n)) + 1 for word, n in among.items()}
    weights = {}
    for key, found in counts.items():
        raw = {word: (1 + math.log(n)) * rare[word] for word, n in found.items()}
        length = math.sqrt(sum(weight * weight for weight in raw.values()))
        weights[key] = {word: weight / length for word, weight in raw.items()}
    return Index(weights, forms)


def alike(found: Index, key: str, other: str) -> Alike:
    """How alike two texts of an index are, and which words make them so, the weightiest first."""
    mine, theirs = found.weights[key], found.weights[other]
    shared = [
        Shared(word, mine[word] * theirs[word], _forms(found.forms[key][word], found.forms[other][word]))
        for word in mine.keys() & theirs.keys()
    ]
    shared.sort(key=lambda one: (-one.weight, one.word))
    return Alike(key, other, math.fsum(one.weight for one in shared), tuple(shared))


def _forms(one: str, other: str) -> tuple[str, ...]:
    return (one,) if one == other else (one, other)


def similar(found: Index, key: str, among: Iterable[str], most: int = 10, least: float = LEAST) -> tuple[Alike, ...]:
    """The texts most like one, the likest first; ties in order of key."""
    others = [alike(found, key, other) for other in among if other != key]
    ranked = sorted((one for one in others if one.similarity >= least), key=lambda one: (-one.similarity, one.other))
    return tuple(ranked[:most])


def pairs(found: Index, apart: Sequence[tuple[str, str]], most: int = 20, least: float = LEAST) -> tuple[Alike, ...]:
    """Of these pairs, those most alike."""
    every = [alike(found, one, other) for one, other in apart]
    ranked = sorted((one for one in every if one.similarity >= least), key=lambda a: (-a.similarity, a.key, a.other))
    return tuple(ranked[:most])
