"""Is this line in a higher-risk sector and at or above the value at which closer checks are proportionate?"""

from __future__ import annotations

import polars as pl

from riskengine.policy import Policy
from riskengine.schemas import HIGHER_LEVELS, MONEY, Evidence


def ask(evidence: Evidence, policy: Policy) -> pl.DataFrame:
    """One answer a line whose sector is of a higher level or not known; thresholds (£) by amount kind, inclusive."""
    limits = {kind: figure.value for kind, figure in policy.indicators["contract_value"].thresholds.items()}
    levels = evidence.links.select("line_id", "purchase_id").join(
        evidence.sectors.select("purchase_id", "level"), on="purchase_id", how="left", maintain_order="left"
    )
    asked = evidence.lines.select("line_id", "amount", "amount_kind").with_columns(levels["level"])
    asked = asked.filter(pl.col("level").cast(pl.String).is_in([*HIGHER_LEVELS, "unknown"])).with_columns(
        limit=pl.col("amount_kind").cast(pl.String).replace_strict(limits, default=None, return_dtype=pl.Float64)
    )
    case = (
        pl.when(pl.col("level") == "unknown")
        .then(pl.lit("no_sector"))
        .when(pl.col("amount").is_null() | pl.col("limit").is_null())
        .then(pl.lit("no_amount"))
        .when(pl.col("amount") >= pl.col("limit").cast(MONEY))
        .then(pl.lit("large"))
        .otherwise(pl.lit("below"))
    )
    return asked.select(
        subject_id="line_id",
        case=case,
        value=pl.col("amount").cast(pl.String),
        threshold=pl.col("limit").cast(pl.Int64).cast(pl.String),
    )
