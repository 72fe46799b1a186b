"""Is it known whether section 54 is likely to ask this supplier for a statement?"""

from __future__ import annotations

import polars as pl

from riskengine.policy import Policy
from riskengine.schemas import Evidence


def ask(evidence: Evidence, policy: Policy) -> pl.DataFrame:  # noqa: ARG001 every indicator takes the same two
    """One answer a supplier."""
    return evidence.statements.select(
        subject_id="supplier_id", case=pl.col("scope").cast(pl.String), detail="scope_reason"
    )
