"""Codes of a public scheme (CPV, SIC): the longest prefix in policy decides."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from riskengine.policy.sectors import Code

SHORTEST = 2
"""No scheme has a code for a market in fewer digits."""


def classify(codes: pl.Series, table: Iterable[Code], confidence: float) -> pl.DataFrame:
    """Columns text (distinct, not null), sector, evidence (the code that decided), confidence.

    A cell may hold several codes between blanks: the first that names a sector decides.
    """
    prefixes = {code.prefix: code.sector for code in table}
    rows = [(cell, *_decide(cell, prefixes)) for cell in codes.drop_nulls().unique().sort()]
    schema = {"text": pl.String, "sector": pl.String, "evidence": pl.String}
    named = pl.DataFrame(rows, schema=schema, orient="row").filter(pl.col("sector").is_not_null())
    return named.with_columns(confidence=pl.lit(confidence))


def _decide(cell: str, prefixes: dict[str, str]) -> tuple[str | None, str | None]:
    for code in cell.split():
        lengths = range(len(code), SHORTEST - 1, -1)
        sector = next((prefixes[code[:length]] for length in lengths if code[:length] in prefixes), None)
        if sector is not None:
            return sector, code
    return None, None
