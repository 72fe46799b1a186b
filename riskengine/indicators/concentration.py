"""Does most of the money in a higher-risk sector go to this one supplier?"""

from __future__ import annotations

import polars as pl

from riskengine.policy import Policy
from riskengine.schemas import HIGHER_LEVELS, Evidence

MANY = ["redacted", "internal"]
"""Kinds under which several payees stand as one."""

CASES = ["concentrated", "too_little", "spread", "no_amount"]
"""Of a supplier's markets the first of these is told."""

MARKET = ["sector", "amount_kind"]
"""Shares are worked out within one sector and one kind of £."""


def ask(evidence: Evidence, policy: Policy) -> pl.DataFrame:
    """One answer a supplier that has lines in a higher-risk sector; its largest share decides (per cent, inclusive)."""
    figures = {name: figure.value for name, figure in policy.indicators["concentration"].thresholds.items()}
    names = {sector.id: sector.name for sector in policy.sectors.sectors}
    shares = _shares(evidence)
    counted = (pl.col("suppliers") >= figures["suppliers"]) & (pl.col("spend") >= figures["amount"])
    most = pl.col("share") >= figures["share"]
    case = (
        pl.when(pl.col("spend").is_null())
        .then(pl.lit("no_amount"))
        .when(most & counted)
        .then(pl.lit("concentrated"))
        .when(most)
        .then(pl.lit("too_little"))
        .otherwise(pl.lit("spread"))
        .cast(pl.Enum(CASES))
    )
    best = (
        shares.with_columns(case=case)
        .sort("supplier_id", "case", -pl.col("share"), *MARKET)
        .unique("supplier_id", keep="first", maintain_order=True)
    )
    return best.select(
        pl.col("case").cast(pl.String),
        subject_id="supplier_id",
        value=pl.col("share").round(0).cast(pl.Int64).cast(pl.String),
        threshold=pl.lit(f"{figures['share']:.0f}"),
        detail=pl.col("sector").replace(names),
    )


def _shares(evidence: Evidence) -> pl.DataFrame:
    """Spend (£) and share (per cent) of each supplier in each market of a higher level; null where no £ is known."""
    sectors = evidence.sectors.filter(pl.col("level").cast(pl.String).is_in(HIGHER_LEVELS)).select(
        "purchase_id", "sector"
    )
    many = evidence.suppliers.filter(pl.col("kind").cast(pl.String).is_in(MANY)).select("supplier_id")
    placed = evidence.links.with_columns(evidence.lines["amount"], evidence.lines["amount_kind"])
    placed = placed.join(many, on="supplier_id", how="anti")
    spend = (
        placed.join(sectors, on="purchase_id", how="inner")
        .group_by("supplier_id", *MARKET)
        .agg(spend=pl.when(pl.col("amount").count() > 0).then(pl.col("amount").sum().cast(pl.Float64)))
        .sort("supplier_id", *MARKET)
    )
    return spend.with_columns(
        suppliers=pl.col("supplier_id").n_unique().over(MARKET),
        share=100 * pl.col("spend").clip(0) / pl.col("spend").clip(0).sum().over(MARKET),
    ).with_columns(pl.col("share").fill_nan(0.0))
