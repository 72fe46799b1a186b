"""Which register names are worth comparing with a supplier's name."""

from __future__ import annotations

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from riskengine.matches import readings, words
from riskengine.matches.index import Index
from riskengine.policy.names import NamesPolicy

STRANGE = 2
"""A word that no more register readings hold may be a misspelling of another, or two run into each other."""
WEAK = 0.5
"""How much the rarity of initials that both names have counts beside that of a word they share."""
FIRST = 60
"""So many that share rare words are looked at more closely for each reading."""


def find(left: pl.DataFrame, index: Index, policy: NamesPolicy, common: int, kept: int) -> pl.DataFrame:
    """For each reading of `left` the `kept` register readings that are most like it.

    A word that stands in more than `common` register readings leads to no candidates, unless it is the rarest there is.
    Columns left, right: positions in the two frames of readings, sorted.
    """
    met, same = _met(left, index, policy, common), _same(left, index)
    near = pl.max_horizontal("near", "near_same")
    found = met.join(same, on=["left", "right"], how="full", suffix="_same", coalesce=True).with_columns(near)
    words = process.cpdist(*_texts("ordered", left, index, found), scorer=fuzz.ratio, workers=-1)
    starts = process.cpdist(*_texts("core", left, index, found), scorer=JaroWinkler.similarity, workers=-1)
    alike = pl.Series("alike", words / 100 + starts) + found["near"]
    return _highest(found.with_columns(alike.round(4)), "alike", kept).select("left", "right").sort("left", "right")


def _texts(column: str, left: pl.DataFrame, index: Index, found: pl.DataFrame) -> tuple[list[str], list[str]]:
    """A column of both sides for each pair."""
    mine = readings.gathered(left[column], found["left"].to_numpy())
    return mine, readings.gathered(index.readings[column], found["right"].to_numpy())


def _highest(pairs: pl.DataFrame, measure: str, kept: int) -> pl.DataFrame:
    """Of each left reading the `kept` pairs with the highest measure, to six places; of equals the lower right one."""
    placed = (pl.col(measure) * 1e6).round().cast(pl.Int64) * 2**32 - pl.col("right")
    return pairs.filter(placed >= placed.top_k(kept).min().over("left"))


def _met(left: pl.DataFrame, index: Index, policy: NamesPolicy, common: int) -> pl.DataFrame:
    """Readings that share words: left, right and near (the rarity they share, less for long names)."""
    asked = lookups(left, index, policy)
    rarest = pl.col("stands") == pl.col("stands").min().over("left")
    led = asked.filter((pl.col("stands") <= common) | (rarest & (pl.col("stands") <= 8 * common)))
    met = _added_up(led.join(index.postings, on="number"))
    weight = index.readings["weight"].gather(met["right"])
    near = (pl.col("rarity") / (weight + 0.2).sqrt()).round(6)
    return _highest(met.select("left", "right", near=near), "near", FIRST)


def _added_up(shared: pl.DataFrame) -> pl.DataFrame:
    """Each pair once with the sum of its rarities: left, right, rarity."""
    pair = shared["left"].to_numpy().astype(np.int64) << 32 | shared["reading"].to_numpy()
    order = np.argsort(pair, kind="stable")
    pair = pair[order]
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    rarity = np.add.reduceat(shared["rarity"].to_numpy()[order], first) if first.size else np.zeros(0)
    sides = {"left": pair[first] >> 32, "right": pair[first] & 0xFFFFFFFF}
    return pl.DataFrame({**sides, "rarity": rarity}).cast({"left": pl.UInt32, "right": pl.UInt32})


def _same(left: pl.DataFrame, index: Index) -> pl.DataFrame:
    """Readings that differ in nothing but blanks."""
    letters = pl.col("core").str.replace_all(" ", "", literal=True).alias("letters")
    mine, theirs = left.select(letters).with_row_index("left"), index.readings.select(letters).with_row_index("right")
    return mine.join(theirs, on="letters").select("left", "right", near=pl.lit(2.0))


def lookups(left: pl.DataFrame, index: Index, policy: NamesPolicy) -> pl.DataFrame:
    """The register's words to look each reading up by: left, number, stands, rarity."""
    vocabulary = index.vocabulary.select("word", "number", "held", "stands", "rarity")
    spelt = words.of(left, policy).select("reading", "word")
    known = spelt.join(vocabulary, on="word", how="left")
    strange = known.filter(pl.col("held").fill_null(0) <= STRANGE).select("reading", "word")
    initials = words.initials(spelt)
    other = pl.concat(
        [
            words.joined(spelt),
            words.as_initials(spelt),
            words.unmarked(initials),
            _halves(strange, index),
            _near(strange, index),
        ]
    )
    found = pl.concat([spelt, other]).unique().with_columns(worth=pl.lit(1.0))
    found = pl.concat([found, initials.with_columns(worth=pl.lit(WEAK))]).join(vocabulary, on="word")
    return found.select("number", "stands", pl.col("rarity") * pl.col("worth"), left="reading")


def _halves(strange: pl.DataFrame, index: Index) -> pl.DataFrame:
    """Both halves of a strange word where the register holds both."""
    held = index.vocabulary.filter(pl.col("held") > 0).select("word")
    cut = words.halves(strange).join(held, left_on="first", right_on="word", how="semi")
    cut = cut.join(held, left_on="second", right_on="word", how="semi")
    parts = cut.unpivot(["first", "second"], index="word", value_name="half")
    return strange.join(parts, on="word").select("reading", word="half")


def _near(strange: pl.DataFrame, index: Index) -> pl.DataFrame:
    """Words of the register that differ from a strange word by a letter."""
    shared = words.pieces(strange).join(index.pieces, on="piece").select("word", "number").unique()
    named = shared.join(index.vocabulary.select("number", near="word"), on="number")
    return strange.join(named, on="word").select("reading", word="near")
