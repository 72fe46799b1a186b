"""Which register names are worth comparing with a supplier's name."""

from __future__ import annotations

import polars as pl


def pairs(left: pl.DataFrame, right: pl.DataFrame, rare: int) -> pl.DataFrame:
    """Readings that share a normal form or a word that at most `rare` register names hold.

    Columns left, right: positions in the two frames of readings, sorted.
    """
    mine, theirs = left.with_row_index("left"), right.with_row_index("right")
    same = mine.select("left", "key").join(theirs.select("right", "key"), on="key").select("left", "right")
    held = theirs.select("right", word=pl.col("core").str.split(" ")).explode("word").unique(maintain_order=True)
    looked_up = held.filter(pl.len().over("word") <= rare)
    asked = mine.select("left", word=pl.col("core").str.split(" ")).explode("word")
    return pl.concat([same, asked.join(looked_up, on="word").select("left", "right")]).unique().sort("left", "right")
