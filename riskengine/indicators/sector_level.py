"""Was this bought in a market where modern slavery is more likely?"""

from __future__ import annotations

import polars as pl

from riskengine.policy import Policy
from riskengine.schemas import Evidence


def ask(evidence: Evidence, policy: Policy) -> pl.DataFrame:
    """One answer a purchase: its sector's level, named with the evidence it was read from."""
    names = {sector.id: sector.name for sector in policy.sectors.sectors}
    read_from = policy.wording.labels["read_from"]
    return evidence.sectors.select(
        subject_id="purchase_id",
        case=pl.col("level").cast(pl.String),
        value=pl.col("sector").replace(names),
        threshold=pl.col("level").cast(pl.String),
        detail=_evidence(read_from),
    )


def _evidence(read_from: dict[str, str]) -> pl.Expr:
    """Such as "the title or description: cleaning, window"."""
    where = pl.col("basis").cast(pl.String).replace(read_from)
    words = pl.when(pl.col("evidence").is_not_null()).then(pl.concat_str(pl.lit(": "), "evidence"))
    return pl.concat_str(where, words.otherwise(pl.lit("")))
