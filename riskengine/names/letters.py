"""Case, accents, blanks and punctuation."""

from __future__ import annotations

import re

import polars as pl

from riskengine.policy.names import NamesPolicy


def fold(names: pl.Series, policy: NamesPolicy) -> pl.Series:
    """Capitals without accents, one blank between words; of the signs only those that policy calls meaningful are left.

    Lower case comes first and upper case last, so that letters with several capitals (ß, dotted İ) meet in one form.
    """
    rules = policy.rules
    text = pl.col("text")
    plain = text.str.to_lowercase().str.normalize("NFKD").str.replace_all(r"\p{M}+", "")
    told = where(names.fill_null(""), r"[^\x00-\x7F]", plain).str.to_uppercase().alias("text").to_frame()
    told = told.select(text.str.replace_all(f"[{re.escape(rules.silent)}\ufffd]+", ""))
    told = told.select(text.str.replace_all(rf"[^\p{{L}}\p{{N}}{re.escape(rules.meaningful)}]+", " "))
    return where(told["text"], "AA", _decoded(text)).str.strip_chars(" ").alias("name")


def _decoded(text: pl.Expr) -> pl.Expr:
    """Several words that end in AA: what no-break blanks leave behind when they are decoded wrongly twice."""
    several = text.str.count_matches(r"\p{L}AA\b") > 1
    return pl.when(several).then(text.str.replace_all(r"(\p{L})AA\b", "$1")).otherwise(text)


def where(texts: pl.Series, pattern: str, change: pl.Expr) -> pl.Series:
    """Texts that fit a pattern changed by `change`, of a column text; the others, mostly many more, as they are."""
    fits = texts.str.contains(pattern)
    if not fits.any():
        return texts
    changed = texts.filter(fits).alias("text").to_frame().select(change.alias("text"))["text"]
    return texts.clone().scatter(fits.arg_true(), changed)
