"""Texts cut into plain words, and words into stems: small letters, no signs, no numbers, no plural."""

from __future__ import annotations

import string
from collections.abc import Sequence

import polars as pl
import pyarrow as pa

_LETTERS = (string.ascii_lowercase + string.digits).encode()
_PLAIN = bytes(
    code if code in _LETTERS else code + 32 if chr(code) in string.ascii_uppercase else ord(" ") for code in range(256)
)
"""What each byte of a text becomes: letters small, everything else a blank. Signs beyond ASCII are blanks too."""


def cut(texts: pl.Series) -> pl.DataFrame:
    """Every word of every text: columns text (position in `texts`, UInt32) and word, in the order of reading."""
    words = _plain(texts).str.split(" ").alias("word").to_frame().with_row_index("text").explode("word")
    return words.filter(pl.col("word") != "")


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


def _plain(texts: pl.Series) -> pl.Series:
    """The texts in small letters, digits and blanks, by one pass over their bytes: faster than any pattern."""
    array = texts.fill_null("").to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, letters = array.buffers()
    if letters is None:
        return texts.fill_null("")
    plain = pa.py_buffer(letters.to_pybytes().translate(_PLAIN))
    return pl.Series(pa.LargeStringArray.from_buffers(len(array), offsets, plain))
