"""Does this contract end within the notice period, so that clauses can be added to the next one?"""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from riskengine.policy import Policy
from riskengine.schemas import Evidence


def ask(evidence: Evidence, policy: Policy) -> pl.DataFrame:
    """One answer a line that is a contract (not a payment) and has not ended by the as-of date; inclusive."""
    days = int(policy.indicators["contract_ending"].thresholds["days"].value)
    asked = evidence.lines.filter(
        (pl.col("amount_kind") != "paid")
        & (pl.col("end").is_null() | (pl.col("end") >= evidence.as_of))
        & (pl.col("end").is_not_null() | pl.col("start").is_not_null() | (pl.col("amount_kind") != "unknown"))
    )
    case = (
        pl.when(pl.col("end").is_null())
        .then(pl.lit("no_end"))
        .when(pl.col("end") <= evidence.as_of + timedelta(days=days))
        .then(pl.lit("soon"))
        .otherwise(pl.lit("later"))
    )
    return asked.select(
        subject_id="line_id",
        case=case,
        value=pl.col("end").dt.strftime("%-d %B %Y"),
        threshold=pl.lit(str(days)),
    )
