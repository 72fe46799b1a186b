"""Does the wording name goods whose supply chains are known for forced labour?"""

from __future__ import annotations

import polars as pl

from riskengine.indicators import wording
from riskengine.policy import Policy
from riskengine.schemas import Evidence


def ask(evidence: Evidence, policy: Policy) -> pl.DataFrame:
    """One answer a purchase, with the words found, and as `detail` the origin that the list gives."""
    found = wording.find(evidence, policy.indicators["at_risk_goods"], "goods", "named")
    told = found.hstack([evidence.purchases["origin"].alias("detail")])
    placed = pl.col("case").is_in(["named", "counted"]) & pl.col("detail").is_not_null()
    return told.with_columns(case=pl.when(placed).then(pl.col("case") + "_from").otherwise("case"))
