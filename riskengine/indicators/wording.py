"""How the indicators that read a purchase's own words look for the words of a list."""

from __future__ import annotations

import polars as pl

from riskengine.policy.indicators import IndicatorPolicy
from riskengine.schemas import Evidence

TEXTS = ["description", "category"]
"""What was bought. A department says who paid: a cost centre named after carers or subcontractors buys much else."""

SHOWN, SEARCHED = "·", "\x1f"
"""What stands between the texts: a sign beyond ASCII would make the search for words many times slower."""


def find(evidence: Evidence, indicator: IndicatorPolicy, words: str, found: str) -> pl.DataFrame:
    """One answer a purchase: `found` with the words as `value`, `not_<found>`, or `no_text`.

    Words of the list `not_<words>` are put aside first. Distinct texts are read once.
    """
    asked = evidence.purchases.select(
        subject_id="purchase_id", text=pl.concat_str(TEXTS, separator=f" {SEARCHED} ", ignore_nulls=True)
    )
    rest = pl.col("text").str.replace_all(indicator.pattern(f"not_{words}"), " ")
    distinct = asked.select(pl.col("text").unique())
    value = rest.str.extract(f"({indicator.pattern(words)})", 1).str.replace_all(SEARCHED, SHOWN, literal=True)
    read = distinct.with_columns(value=value)
    return asked.join(read, on="text", how="left", maintain_order="left").select(
        "subject_id",
        "value",
        case=pl.when(pl.col("text") == "")
        .then(pl.lit("no_text"))
        .when(pl.col("value").is_not_null())
        .then(pl.lit(found))
        .otherwise(pl.lit(f"not_{found}")),
    )
