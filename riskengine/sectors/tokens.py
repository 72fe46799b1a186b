"""Texts cut into plain words, and words into stems: small letters, no signs, no numbers, no plural."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def cut(texts: pl.Series) -> pl.DataFrame:
    """Every word of every text: columns text (position in `texts`, UInt32) and word, in the order of reading."""
    words = texts.fill_null("").str.extract_all("[A-Za-z0-9]+").alias("word").to_frame().with_row_index("text")
    return words.explode("word").drop_nulls("word").with_columns(pl.col("word").str.to_lowercase())


def stem(words: pl.Series, whole: Sequence[str]) -> pl.Series:
    """The stem of each word: "homes" and "home", "cleaned", "cleans" and "cleaning" share one.

    Words of `whole`, and their plurals, stay as they are ("building" is not "build").
    """
    word = pl.col("word")
    one = (
        pl.when(word.str.ends_with("ies"))
        .then(word.str.replace("^(.{2,})ies$", "${1}y"))
        .otherwise(word.str.replace("^(.{2,}[^sui])s$", "${1}"))
    )
    root = pl.col("one").str.replace("^(.{4,}?)(?:ing|ed)$", "${1}").str.replace("^(.{4,})e$", "${1}")
    root = pl.when(root.str.contains("^.{3,}(?:bb|dd|gg|mm|nn|pp|rr|tt)$")).then(root.str.head(-1)).otherwise(root)
    kept = pl.when(word.is_in(whole)).then(word).when(pl.col("one").is_in(whole)).then(pl.col("one"))
    return words.alias("word").to_frame().with_columns(one=one).select(kept.otherwise(root)).to_series()


def spellings(stems: pl.Series, whole: Sequence[str]) -> pl.DataFrame:
    """Every word that has one of these stems: columns word, stem. It undoes `stem` step by step."""
    last = stems.str.tail(1)
    root = pl.concat([stems, (stems + last).filter(last.is_in(list("bdgmnprt")))])
    root = pl.concat([root, root + "e"])
    one = pl.concat([root, root + "ing", root + "ed"])
    many = pl.concat([one + "s", one.filter(one.str.ends_with("y")).str.head(-1) + "ies"])
    words = pl.concat([one, many]).unique().alias("word")
    told = words.to_frame().with_columns(stem=stem(words, whole))
    return told.filter(pl.col("stem").is_in(stems.to_list())).sort("word")
