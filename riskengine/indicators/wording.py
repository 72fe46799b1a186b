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
    """One answer a purchase: `found` with the words as `value`, `counted`, `not_<found>`, or `no_text`.

    Words of the list `not_<words>` are put aside first. One fact counts once: in the indicator's own sectors those of
    `own_<words>` give no more than `counted`. Distinct texts are read once.
    """
    asked = evidence.purchases.select(
        subject_id="purchase_id", text=pl.concat_str(TEXTS, separator=f" {SEARCHED} ", ignore_nulls=True)
    ).with_columns(own=evidence.sectors["sector"].is_in(indicator.own_sectors))
    rest = pl.col("text").str.replace_all(indicator.pattern(f"not_{words}"), " ").alias("rest")
    distinct = asked.select(pl.col("text").unique()).with_columns(rest)
    told = distinct.with_columns(value=_first(indicator.pattern(words, f"own_{words}"))).drop_nulls("value")
    told = told.with_columns(more=_first(indicator.pattern(words))).drop("rest")
    return asked.join(told, on="text", how="left", maintain_order="left").select(
        "subject_id",
        value=pl.when("own").then(pl.coalesce("more", "value")).otherwise("value"),
        case=pl.when(pl.col("text") == "")
        .then(pl.lit("no_text"))
        .when(pl.col("value").is_null())
        .then(pl.lit(f"not_{found}"))
        .when(pl.col("own") & pl.col("more").is_null())
        .then(pl.lit("counted"))
        .otherwise(pl.lit(found)),
    )


def _first(pattern: str) -> pl.Expr:
    """The first words of `rest` that fit."""
    return pl.col("rest").str.extract(f"({pattern})", 1).str.replace_all(SEARCHED, SHOWN, literal=True)
