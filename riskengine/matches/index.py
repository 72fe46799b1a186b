"""The register as names are looked up in it: its readings, its words with their rarity, and where each word stands.

Built once for a copy of the register, and kept on disk where that copy is large; it knows nothing of who is looked up.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import dataframely as dy
import polars as pl

from riskengine.matches import readings, words
from riskengine.policy import Policy
from riskengine.policy.matches import MatchesPolicy
from riskengine.schemas import RegisterEntries


@dataclass(frozen=True)
class Index:
    """Five tables.

    - `entries`: those of the register, in the order of their ids; an entry's place is its position.
    - `readings`: those of `readings.of_entries`, and `weight` (sum of the rarities of their words).
    - `vocabulary`: word (or marked initials of a longer name), number, held (readings that have the word, 0 for
      initials), stands (its rows in `postings`), rarity (from 0 for a word that all have to 1 for one that none has).
    - `postings`: number (of a word or of initials), reading (position).
    - `pieces`: piece, number: the words that are left of a word less one letter.
    """

    entries: pl.DataFrame
    readings: pl.DataFrame
    vocabulary: pl.DataFrame
    postings: pl.DataFrame
    pieces: pl.DataFrame

    def save(self, folder: Path) -> None:
        """Write the tables as Parquet files into `folder`, which is made where it is missing."""
        folder.mkdir(parents=True, exist_ok=True)
        for field in fields(self):
            getattr(self, field.name).write_parquet(folder / f"{field.name}.parquet")

    @classmethod
    def load(cls, folder: Path) -> Index:
        """Read what `save` wrote. Raises OSError where a file is missing."""
        return cls(**{field.name: pl.read_parquet(folder / f"{field.name}.parquet") for field in fields(cls)})


def build(entries: dy.DataFrame[RegisterEntries], policy: Policy) -> Index:
    """Index the register."""
    placed = entries.sort("entry_id")
    read = readings.of_entries(placed, policy.names)
    spelt = words.of(read, policy.names).select("reading", "word")
    stands = pl.concat([spelt, words.initials(spelt)]).unique()
    held = spelt.group_by("word").agg(held=pl.len())
    counted = stands.group_by("word").agg(stands=pl.len()).join(held, on="word", how="left")
    vocabulary = counted.sort("word").with_row_index("number").with_columns(pl.col("held").fill_null(0))
    vocabulary = _with_rarity(vocabulary, read.height, policy.matches)
    postings = stands.join(vocabulary.select("word", "number"), on="word").select("number", "reading")
    weighed = spelt.join(vocabulary.select("word", "rarity"), on="word")
    weights = weighed.group_by("reading").agg(weight=pl.sum("rarity").round(6))
    heavy = read.with_row_index("reading").join(weights, on="reading", how="left", maintain_order="left")
    spelt_nearly = words.pieces(held).join(vocabulary.select("word", "number"), on="word").select("piece", "number")
    return Index(
        placed.select("entry_id", "name", "company_number", "postcode"),
        heavy.drop("reading").with_columns(pl.col("weight").fill_null(0.0)),
        vocabulary,
        postings.sort("number", "reading"),
        spelt_nearly.sort("piece", "number"),
    )


def _with_rarity(vocabulary: pl.DataFrame, readings: int, policy: MatchesPolicy) -> pl.DataFrame:
    """Words that policy knows to be common are common in a small register too."""
    most = pl.lit(max(readings, policy.fit.entries) + 2, pl.Float64).log()
    own = ((most - (pl.col("stands") + 1).log()) / most).clip(0.0, 1.0).round(6)
    common = pl.DataFrame(
        {"word": [row.word for row in policy.words], "common": [row.rarity for row in policy.words]},
        schema={"word": pl.String, "common": pl.Float64},
    )
    told = vocabulary.join(common, on="word", how="left", maintain_order="left")
    return told.with_columns(rarity=pl.min_horizontal(own, "common")).drop("common")
