"""Does the list give a company number for this supplier?"""

from __future__ import annotations

import polars as pl

from riskengine.policy import Policy
from riskengine.schemas import Evidence

NO_NUMBER_EXPECTED = ["public_body", "education", "individual", "redacted", "internal"]


def ask(evidence: Evidence, policy: Policy) -> pl.DataFrame:  # noqa: ARG001 every indicator takes the same two
    """One answer a supplier; bodies that have no company number are not expected to give one."""
    case = (
        pl.when(pl.col("company_number").is_not_null())
        .then(pl.lit("given"))
        .when(pl.col("kind").cast(pl.String).is_in(NO_NUMBER_EXPECTED))
        .then(pl.lit("other_kind"))
        .otherwise(pl.lit("missing"))
    )
    return evidence.suppliers.select(subject_id="supplier_id", case=case, value="company_number", detail="kind_reason")
