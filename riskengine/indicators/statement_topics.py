"""Does the registry summary of the statement mark all six recommended areas?"""

from __future__ import annotations

import polars as pl

from riskengine.policy import Policy
from riskengine.schemas import Evidence

IN_REGISTRY = ["current", "ageing", "out_of_date", "group"]
"""Answers whose statement has a summary in the registry, however old; one found elsewhere has none."""
NOT_LOOKED = ["possible", "not_checked"]


def ask(evidence: Evidence, policy: Policy) -> pl.DataFrame:  # noqa: ARG001 every indicator takes the same two
    """One answer a supplier that has a statement in the registry copy, or of which that is not known."""
    position = pl.col("statement").cast(pl.String)
    asked = evidence.statements.filter(position.is_in(IN_REGISTRY + NOT_LOOKED))
    answered = (pl.col("topics").list.len() + pl.col("topics_missing").list.len()) > 0
    case = (
        pl.when(pl.col("scope") == "likely_not_required")
        .then(pl.lit("not_required"))
        .when(position.is_in(NOT_LOOKED))
        .then(position)
        .when(~answered)
        .then(pl.lit("not_answered"))
        .when(pl.col("topics_missing").list.len() > 0)
        .then(pl.lit("missing"))
        .otherwise(pl.lit("all"))
    )
    return asked.select(
        subject_id="supplier_id",
        case=case,
        value=pl.col("topics_missing").list.len().cast(pl.String),
        detail=pl.when(case == "not_required").then("scope_reason").otherwise(pl.col("topics_missing").list.join(", ")),
        register=pl.lit(evidence.register.name if evidence.register else None, pl.String),
        record="summary_url",
    )
