"""Does the wording say that labour is supplied by an agency or passed down a chain of subcontractors?"""

from __future__ import annotations

import polars as pl

from riskengine.policy import Policy
from riskengine.schemas import Evidence

TEXTS = ["description", "category", "department"]


def ask(evidence: Evidence, policy: Policy) -> pl.DataFrame:
    """One answer a purchase, read from its description, category and department; distinct texts are read once."""
    indicator = policy.indicators["labour_supply"]
    text = pl.concat_str(TEXTS, separator=" · ", ignore_nulls=True)
    asked = evidence.purchases.select(subject_id="purchase_id", text=text)
    found = (
        asked.select(pl.col("text").unique())
        .with_columns(pl.col("text").str.replace_all(indicator.pattern("not_labour"), " ").alias("rest"))
        .select("text", value=pl.col("rest").str.extract("(" + indicator.pattern("labour") + ")", 1))
    )
    return asked.join(found, on="text", how="left", maintain_order="left").select(
        "subject_id",
        "value",
        case=pl.when(pl.col("text") == "")
        .then(pl.lit("no_text"))
        .when(pl.col("value").is_not_null())
        .then(pl.lit("stated"))
        .otherwise(pl.lit("not_stated")),
    )
