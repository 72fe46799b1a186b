"""Is there a current modern slavery statement of this supplier in the registry copy, where one is likely required?"""

from __future__ import annotations

import polars as pl

from riskengine.policy import Policy
from riskengine.schemas import Evidence


def ask(evidence: Evidence, policy: Policy) -> pl.DataFrame:  # noqa: ARG001 every indicator takes the same two
    """One answer a supplier. How statement and scope count together is fixed by the output contract."""
    name = evidence.register.name if evidence.register else None
    position = pl.col("statement").cast(pl.String)
    not_required = pl.col("scope") == "likely_not_required"
    required = pl.col("scope") == "likely_required"
    case = (
        pl.when(position.is_in(["current", "group", "found_elsewhere"]))
        .then(position)
        .when(not_required)
        .then(pl.lit("not_required"))
        .when((position == "none_found") & required)
        .then(pl.lit("none_found_required"))
        .when(position == "none_found")
        .then(pl.lit("none_found_not_known"))
        .otherwise(position)
    )
    by_scope = case.is_in(["not_required", "none_found_required"])
    return evidence.statements.select(
        subject_id="supplier_id",
        case=case,
        value=pl.col("year").cast(pl.String),
        detail=pl.when(by_scope).then("scope_reason").otherwise("reason"),
        register=pl.lit(name, pl.String),
        record="summary_url",
    )
