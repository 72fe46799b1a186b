"""Category headings of a scheme known by its words alone (ProClass): the first row of policy that fits decides."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from riskengine.policy.sectors import UNKNOWN, Heading


def classify(headings: pl.Series, table: Sequence[Heading], confidence: float) -> pl.DataFrame:
    """Columns text (distinct, not null), sector, evidence (the words that decided), confidence."""
    distinct = headings.drop_nulls().unique().sort().alias("text").to_frame()
    plain = pl.col("text").str.to_lowercase().str.replace_all("['’]", "").str.replace_all("[^a-z0-9]+", " ")
    fits = [plain.str.contains(_pattern(heading)) for heading in table]
    sector = pl.coalesce([pl.when(fit).then(pl.lit(row.sector)) for fit, row in zip(fits, table, strict=True)])
    words = pl.coalesce([pl.when(fit).then(pl.lit(row.words)) for fit, row in zip(fits, table, strict=True)])
    named = distinct.with_columns(sector=sector, evidence=words, confidence=pl.lit(confidence))
    return named.filter(pl.col("sector").ne(UNKNOWN))


def _pattern(heading: Heading) -> str:
    return ".*".join(rf"\b{word}" for word in heading.words.split())
