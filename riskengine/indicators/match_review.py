"""Is there a registry entry that may or may not be this supplier?"""

from __future__ import annotations

import polars as pl

from riskengine.policy import Policy
from riskengine.schemas import Evidence


def ask(evidence: Evidence, policy: Policy) -> pl.DataFrame:  # noqa: ARG001 every indicator takes the same two
    """One answer a supplier, from its best candidate."""
    best = evidence.matches.filter(pl.col("rank") == 1)
    match = pl.col("match").cast(pl.String)
    settled = pl.when(match.is_in(["same", "none"])).then(pl.lit("settled")).otherwise(match)
    return best.select(
        subject_id="supplier_id",
        case=settled,
        value="matched_name",
        detail="reason",
        register=pl.lit(evidence.register.name if evidence.register else None, pl.String),
        record="entry_id",
    )
