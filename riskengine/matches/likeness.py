"""How alike two names are: terms that add up to a score."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from rapidfuzz import fuzz, process

from riskengine.policy.matches import Conflict, MatchesPolicy

WORDS, LETTERS = "words in common", "letters in common"


@dataclass(frozen=True)
class Readings:
    """The two lists of readings that pairs point into."""

    left: pl.DataFrame
    right: pl.DataFrame


def measure(pairs: pl.DataFrame, readings: Readings, policy: MatchesPolicy) -> pl.DataFrame:
    """Add to each pair its score (0 to 1) and one column for each term, in the order of the pairs.

    A score below 0 counts as 0; a term that takes more than is left is shortened, so that terms add up to the score.
    """
    left, right = readings.left["core"].gather(pairs["left"]), readings.right["core"].gather(pairs["right"])
    close = process.cpdist(left.to_list(), right.to_list(), scorer=fuzz.token_sort_ratio, workers=-1)
    compared = pairs.with_columns(
        left_words=left.str.split(" ").list.unique(maintain_order=True),
        right_words=right.str.split(" ").list.unique(maintain_order=True),
        **{LETTERS: pl.Series(close, dtype=pl.Float64) / 100 * policy.letters.value},
    ).with_columns(_covered(pairs, readings) * policy.words.value)
    found = compared.with_columns(score=pl.col(WORDS) + pl.col(LETTERS))
    for conflict in policy.conflicts:
        found = found.with_columns(_apart(conflict).alias(conflict.term))
        found = found.with_columns(score=pl.col("score") + pl.col(conflict.term))
    return found.drop("left_words", "right_words")


def _apart(conflict: Conflict) -> pl.Expr:
    """The points a conflict takes: all where both names hold other words of the kind, half where one holds any."""
    sides = [("left_words", "right_words"), ("right_words", "left_words")]
    held = [
        pl.col(own).list.set_difference(other).list.eval(pl.element().str.contains(conflict.pattern)).list.any()
        for own, other in sides
    ]
    points = (pl.sum_horizontal(*[side.cast(pl.Float64) for side in held])) / 2 * conflict.points
    return pl.max_horizontal(points, -pl.col("score")).fill_null(0.0)


def _covered(pairs: pl.DataFrame, readings: Readings) -> pl.Series:
    """The share (0 to 1) of the weight of both names' words that they have in common; rare words weigh more."""
    left, right = _words(readings.left), _words(readings.right)
    counts = right.group_by("word").agg(count=pl.len())
    weights = pl.concat([left, right]).select("word").unique().join(counts, on="word", how="left")
    rarity = ((readings.right.height + 1) / (pl.col("count").fill_null(0) + 1)).log() + 1
    weights = weights.select("word", weight=rarity)
    left, right = left.join(weights, on="word"), right.join(weights, on="word")
    met = pairs.select("left", "right").unique().join(left, left_on="left", right_on="reading")
    met = met.join(right.drop("weight"), left_on=["right", "word"], right_on=["reading", "word"])
    shared = met.group_by("left", "right").agg(shared=pl.col("weight").sum())
    sums = [words.group_by("reading").agg(total=pl.col("weight").sum()) for words in (left, right)]
    placed = pairs.select("left", "right").join(shared, on=["left", "right"], how="left", maintain_order="left")
    placed = placed.join(sums[0], left_on="left", right_on="reading", how="left", maintain_order="left")
    placed = placed.join(
        sums[1], left_on="right", right_on="reading", how="left", maintain_order="left", suffix="_right"
    )
    share = pl.col("shared").fill_null(0.0) / (pl.col("total") * pl.col("total_right")).sqrt()
    return placed.select(share.round(6).alias(WORDS)).to_series()


def _words(readings: pl.DataFrame) -> pl.DataFrame:
    words = readings.with_row_index("reading").select("reading", word=pl.col("core").str.split(" ")).explode("word")
    return words.unique(maintain_order=True)
