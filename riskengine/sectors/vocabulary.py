"""The terms of policy as a tree of words, so that all terms of all texts are found by looking up whole numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from riskengine.sectors import keys, numbers, tokens
from riskengine.sectors.keys import Places, Words
from riskengine.sectors.numbers import NONE, Numbers, Table

LONGEST = 4
"""Words in the longest term."""

EMPTY = np.int32(-2)
"""The number of words that are read over."""


@dataclass(frozen=True)
class Vocabulary:
    """Terms as stems, numbered by their place in `terms`; words first, each the term it is by itself.

    `words` leads from the key of any spelling to its stem, and `steps` from a term and the next word to the term one
    word longer; `begins` tells the terms that go on.
    """

    terms: tuple[str, ...]
    numbers: dict[str, int]
    words: Table
    steps: tuple[Table, ...]
    begins: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Found:
    """The terms that stand in texts, one row each time: the term's number, the places of its first and last word.

    Terms of one word come first, then those of two, and so on, each in the order of the words.
    """

    term: Numbers
    first: Places
    last: Places


def build(terms: Iterable[str], empty: Collection[str], whole: Sequence[str]) -> Vocabulary:
    """Number all terms, given as stems between blanks, and the beginnings they share.

    Words in `empty` are no terms; words in `whole` have no shorter stem.
    """
    given = [term.split() for term in terms]
    known = {word: number for number, word in enumerate(sorted({word for words in given for word in words}))}
    words = _words(known, empty, whole)
    steps, going_on = [], []
    for length in range(2, LONGEST + 1):
        longer = sorted({" ".join(words[:length]) for words in given if len(words) >= length})
        parts = [term.rpartition(" ") for term in longer]
        begin = np.array([known[begin] for begin, _, _ in parts], dtype=np.int32)
        last = np.array([known[last] for _, _, last in parts], dtype=np.int32)
        known |= {term: number for number, term in enumerate(longer, start=len(known))}
        steps.append(numbers.table(keys.pair(begin, last), np.array([known[term] for term in longer])))
        going_on.append(begin)
    begins = np.zeros(len(known), dtype=bool)
    begins[np.concatenate(going_on)] = True
    return Vocabulary(tuple(known), known, words, tuple(steps), begins)


def _words(known: Mapping[str, int], empty: Collection[str], whole: Sequence[str]) -> Table:
    """From every spelling of the known words to their numbers, and from empty words to EMPTY."""
    spelt = tokens.spellings(pl.Series(list(known), dtype=pl.String), whole).filter(~pl.col("word").is_in(list(empty)))
    number = spelt["stem"].replace_strict(known, return_dtype=pl.Int32)
    read_over = np.full(len(empty), EMPTY)
    return numbers.table(keys.of([*spelt["word"], *empty]), np.concatenate([number.to_numpy(), read_over]))


def stems(terms: pl.Series, empty: Collection[str], whole: Sequence[str]) -> list[str]:
    """Each term as its stems between blanks; empty words and numbers are left out."""
    cut = tokens.cut(terms)
    told = cut.with_columns(stem=tokens.stem(cut["word"], whole)).filter(_speaks(empty))
    joined = told.group_by("text").agg(pl.col("stem").str.join(" "))
    whole_terms = dict(zip(joined["text"], joined["stem"], strict=True))
    return [whole_terms.get(place, "") for place in range(len(terms))]


def find(words: Words, vocabulary: Vocabulary) -> Found:
    """The terms that stand in each text, as often as they stand there. Empty words and numbers are read over."""
    word = vocabulary.words.numbers_of(words.key)
    speaks = np.flatnonzero(words.letters & (word != EMPTY))
    word, text = word.take(speaks), words.text.take(speaks)
    stands = np.flatnonzero(word != NONE)
    term = word.take(stands)
    found = [(term, stands, stands)]
    for place, step in enumerate(vocabulary.steps, start=1):
        last = np.searchsorted(stands, len(word) - place)
        goes_on = np.flatnonzero(vocabulary.begins.take(term[:last]))
        stands, term = stands.take(goes_on), term.take(goes_on)
        following = word.take(stands + place)
        follows = np.flatnonzero((following != NONE) & (text.take(stands) == text.take(stands + place)))
        stands = stands.take(follows)
        term = step.numbers_of(keys.pair(term.take(follows), following.take(follows)))
        longer = np.flatnonzero(term != NONE)
        stands, term = stands.take(longer), term.take(longer)
        found.append((term, stands, stands + place))
    terms, begins, ends = (np.concatenate(column) for column in zip(*found, strict=True))
    return Found(terms, speaks.take(begins), speaks.take(ends))


def _speaks(empty: Collection[str]) -> pl.Expr:
    """Words that are neither numbers nor in `empty`."""
    return ~pl.col("word").is_in(list(empty)) & pl.col("word").str.contains("[a-z]")
