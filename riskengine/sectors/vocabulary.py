"""The terms of policy as a tree of words, so that all terms of all texts are found by a few joins on whole numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from riskengine.sectors import tokens

LONGEST = 4
"""Words in the longest term."""

_WORDS = 1 << 24
"""Room for the next word in a key made of a term and the word that follows it."""

_STEP = {"key": pl.UInt64, "longer": pl.UInt32}


@dataclass(frozen=True)
class Vocabulary:
    """Terms as stems, numbered by their place in `terms`; words first, each the term it is by itself.

    `steps` lead from a term and the next word (`key`) to the term one word longer. Words in `empty` are read over;
    words in `whole` have no shorter stem.
    """

    terms: tuple[str, ...]
    numbers: dict[str, int]
    steps: tuple[pl.DataFrame, ...]
    empty: Collection[str]
    whole: Sequence[str]


def build(terms: Iterable[str], empty: Collection[str], whole: Sequence[str]) -> Vocabulary:
    """Number all terms, given as stems between blanks, and the beginnings they share."""
    given = [term.split() for term in terms]
    numbers = {word: number for number, word in enumerate(sorted({word for words in given for word in words}))}
    steps = []
    for length in range(2, LONGEST + 1):
        longer = sorted({" ".join(words[:length]) for words in given if len(words) >= length})
        parts = [term.rpartition(" ") for term in longer]
        keys = [numbers[begin] * _WORDS + numbers[last] for begin, _, last in parts]
        numbers |= {term: number for number, term in enumerate(longer, start=len(numbers))}
        steps.append(pl.DataFrame({"key": keys, "longer": [numbers[term] for term in longer]}, _STEP))
    return Vocabulary(tuple(numbers), numbers, tuple(steps), empty, whole)


def stems(terms: pl.Series, empty: Collection[str], whole: Sequence[str]) -> list[str]:
    """Each term as its stems between blanks; empty words and numbers are left out."""
    cut = tokens.cut(terms)
    told = cut.with_columns(stem=tokens.stem(cut["word"], whole)).filter(_speaks(empty))
    joined = told.group_by("text").agg(pl.col("stem").str.join(" "))
    whole_terms = dict(zip(joined["text"], joined["stem"], strict=True))
    return [whole_terms.get(place, "") for place in range(len(terms))]


def find(texts: pl.Series, vocabulary: Vocabulary) -> pl.DataFrame:
    """The terms that stand in each text, each once: columns text (position in `texts`) and term (its number)."""
    cut = tokens.cut(texts)
    distinct = cut.select(pl.col("word").unique()).filter(_speaks(vocabulary.empty))
    stem = tokens.stem(distinct["word"], vocabulary.whole)
    number = stem.replace_strict(vocabulary.numbers, default=None, return_dtype=pl.UInt32)
    read = cut.join(distinct.with_columns(term=number), on="word", maintain_order="left").select("text", "term")
    following = [_following(step) for step in range(1, LONGEST)]
    found = [read.with_columns(following).drop_nulls("term")]
    for place, step in enumerate(vocabulary.steps, start=1):
        begun = found[-1].drop_nulls(f"next{place}")
        key = pl.col("term").cast(pl.UInt64) * _WORDS + pl.col(f"next{place}")
        found.append(begun.with_columns(key=key).join(step, on="key").with_columns(term="longer").drop("key", "longer"))
    return pl.concat([frame.select("text", "term") for frame in found]).unique().sort("text", "term")


def _speaks(empty: Collection[str]) -> pl.Expr:
    """Words that are neither numbers nor in `empty`."""
    return ~pl.col("word").is_in(list(empty)) & pl.col("word").str.contains("[a-z]")


def _following(step: int) -> pl.Expr:
    """The word `step` places on, if it stands in the same text."""
    return pl.when(pl.col("text").shift(-step) == pl.col("text")).then(pl.col("term").shift(-step)).alias(f"next{step}")
