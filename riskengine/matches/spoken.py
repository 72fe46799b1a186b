"""What each term of a score speaks of: the words or letters of the two names that it is about, for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl
from rapidfuzz import fuzz

from riskengine.matches import readings, words
from riskengine.matches.lexicon import KINDS
from riskengine.matches.overlap import ALIKE, SHORTEST
from riskengine.policy import Policy
from riskengine.policy.names import NamesPolicy

_WORDS = {"left_share", "right_share", "shared", "shared_rarest", "first", "order", "initials"}
_LETTERS = {"whole", "core", "sorted", "set", "partial", "bare", "start"}
_LEFT_OVER = {"left_alone", "right_alone", "left_alone_sum", "right_alone_sum", "left_words", "right_words"}
_PARTS = {"form", "trading"}
_KNOWN = _WORDS | _LETTERS | _LEFT_OVER | _PARTS | {"whole_name"}
"""The measures of words and letters; besides them there are those of one kind of word, and leads over other entries."""


@dataclass(frozen=True)
class Sides:
    """The parts of the name in the list (`left`) and of the register's (`right`) that a term speaks of."""

    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Name:
    """One name in its normal form: its words, what kind each is, its legal form, and the other name it holds."""

    core: str
    words: tuple[str, ...]
    kinds: dict[str, str]
    form: str | None
    other: str | None


def of_pair(left: str, right: str, policy: Policy) -> dict[str, Sides]:
    """By term, what it speaks of in two names as written.

    A term that is left out speaks of no word of the two: it compares them with the other entries of the register.
    """
    mine, theirs = _names([left, right], policy.names)
    told: dict[str, Sides] = {}
    for term in dict.fromkeys(row.term for row in policy.matches.points):
        measures = {row.measure for row in policy.matches.points if row.term == term}
        if any(measure in _KNOWN or measure.startswith("kind_") for measure in measures):
            told[term] = Sides(_of_measures(measures, mine, theirs), _of_measures(measures, theirs, mine))
    return told


def _of_measures(measures: set[str], name: _Name, other: _Name) -> tuple[str, ...]:
    """What some measures speak of in one name beside the other."""
    met = [word for word in name.words if word in other.words]
    like = [word for word in name.words if word not in met and _like(word, other)]
    alone = [word for word in name.words if word not in met and word not in like]
    if "whole_name" in measures:
        return (name.core,)
    if measures & _LETTERS:
        return tuple(like) or (name.core,)
    if measures & _WORDS:
        return tuple(word for word in name.words if word not in alone)
    if measures & _LEFT_OVER:
        return tuple(alone)
    if measures & _PARTS:
        part = name.form if "form" in measures else name.other
        return (part,) if part else ()
    kinds = {measure.removeprefix("kind_") for measure in measures}
    return tuple(word for word in alone if name.kinds.get(word) in kinds)


def _like(word: str, other: _Name) -> bool:
    """Whether a word is in the other name under another spelling, as `overlap` sees it."""
    cut = any(
        (len(word) >= SHORTEST and one.startswith(word)) or (len(one) >= SHORTEST and word.startswith(one))
        for one in other.words
    )
    return cut or any(fuzz.ratio(word, one) >= 100 * ALIKE for one in other.words)


def _names(texts: Iterable[str], policy: NamesPolicy) -> list[_Name]:
    known = {row.word: row.kind for row in policy.word_kinds if row.kind in KINDS}
    return [_name(text, known, policy) for text in texts]


def _name(text: str, known: Mapping[str, str], policy: NamesPolicy) -> _Name:
    read = readings.of_suppliers(pl.DataFrame({"spellings": [[text]]}), policy).head(1)
    row = read.row(0, named=True)
    spelt = tuple(words.of(read, policy)["word"])
    kinds = {word: "number" if word.isdigit() else known.get(word, "other") for word in spelt}
    return _Name(row["core"], spelt, kinds, row["form"], row["trading"] or row["aside"])
