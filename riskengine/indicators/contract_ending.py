"""Does this contract end within the notice period, so that clauses can be added to the next one?"""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from riskengine.policy import Policy
from riskengine.schemas import Evidence


def ask(evidence: Evidence, policy: Policy) -> pl.DataFrame:
    """One answer a line that is a contract (not a payment) and runs, or may run, on the as-of date; inclusive.

    The end without extensions decides; what the list says of an extension is told beside it.
    """
    days = int(policy.indicators["contract_ending"].thresholds["days"].value)
    end, latest = pl.col("end"), pl.col("latest_end")
    passed = end < evidence.as_of
    asked = evidence.lines.filter(
        (pl.col("amount_kind") != "paid")
        & (end.is_null() | ~passed | (latest >= evidence.as_of))
        & (end.is_not_null() | pl.col("start").is_not_null() | (pl.col("amount_kind") != "unknown"))
    )
    later = latest.is_not_null() & (latest > end)
    soon = pl.when(pl.col("extension").is_not_null() | later).then(pl.lit("soon_extension")).otherwise(pl.lit("soon"))
    case = (
        pl.when(end.is_null())
        .then(pl.lit("no_end"))
        .when(passed)
        .then(pl.lit("perhaps_extended"))
        .when(end <= evidence.as_of + timedelta(days=days))
        .then(soon)
        .otherwise(pl.lit("later"))
    )
    day = end.dt.strftime("%-d %B %Y")
    reckoned = pl.format('{} (reckoned from its start and the duration "{}")', day, "duration")
    until = pl.when(later).then(pl.format("to {}", latest.dt.strftime("%-d %B %Y")))
    return asked.select(
        subject_id="line_id",
        case=case,
        value=pl.coalesce(reckoned, day),
        threshold=pl.lit(str(days)),
        detail=pl.concat_str("extension", until, separator=", ", ignore_nulls=True).replace("", None),
    )
