"""The text model: each term found in a text adds its weight to the sums of the sectors it speaks for."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from riskengine.policy.sectors import Word

LONGEST = 3
"""Words in the longest term."""


def sums(texts: pl.Series, words: Iterable[Word]) -> pl.DataFrame:
    """What each text says for each sector. `texts` holds distinct texts.

    Columns text (position in `texts`), sector, sum, words (the terms that spoke for the sector, strongest first).
    """
    weights = pl.DataFrame([(word.term, word.sector, word.weight) for word in words], _WEIGHTS, orient="row")
    found = _terms(texts, weights["term"].unique()).join(weights, on="term")
    return (
        found.sort("text", "sector", pl.col("weight"), "term", descending=[False, False, True, False])
        .group_by("text", "sector", maintain_order=True)
        .agg(sum=pl.col("weight").sum(), words=pl.col("term").filter(pl.col("weight") > 0))
    )


_WEIGHTS = {"term": pl.String, "sector": pl.String, "weight": pl.Float64}


def best(sums: pl.DataFrame) -> pl.DataFrame:
    """The leading sector of each text: columns text, sector, sum, lead (over the second), words, second."""
    ranked = sums.sort("text", "sum", "sector", descending=[False, True, False])
    return ranked.group_by("text", maintain_order=True).agg(
        pl.col("sector", "sum", "words").first(),
        lead=pl.col("sum").first() - pl.col("sum").get(1, null_on_oob=True).fill_null(0).clip(lower_bound=0),
        second=pl.col("sector").filter(pl.col("sum") > 0).get(1, null_on_oob=True),
    )


def _terms(texts: pl.Series, known: pl.Series) -> pl.DataFrame:
    """Each known term once a text it stands in: columns text, term."""
    plain = texts.str.to_lowercase().str.replace_all("['’]", "").str.replace_all("[^a-z0-9]+", " ").str.strip_chars()
    words = plain.str.split(" ").alias("word").to_frame().with_row_index("text").explode("word")
    longer = [pl.col("word").shift(-step).over("text") for step in range(1, LONGEST)]
    terms = [pl.concat_str("word", *longer[:count], separator=" ") for count in range(LONGEST)]
    wide = words.select("text", *[term.alias(str(count)) for count, term in enumerate(terms)])
    long = pl.concat([wide.select("text", term=str(count)) for count in range(LONGEST)])
    return long.join(known.alias("term").to_frame(), on="term", how="semi").unique()
