"""Step 8: a line's points are the sum of its findings' points, and nothing else may add to them."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from riskengine.policy import Policy
from riskengine.policy.bands import BandsPolicy
from riskengine.schemas import BANDS, Findings, Links, Scores, Sectors, SupplierScores

_TALLY = {"points": pl.Int64, "asked": pl.UInt32, "checked": pl.UInt32}


def add_up(
    findings: dy.DataFrame[Findings], links: dy.DataFrame[Links], sectors: dy.DataFrame[Sectors], policy: Policy
) -> tuple[dy.DataFrame[Scores], dy.DataFrame[SupplierScores]]:
    """Points, band and share of questions answered of each line, then of each supplier (those of its highest line)."""
    lines = _tally_lines(findings, links, sectors)
    unknown = pl.col("level") == "unknown"
    scored = lines.with_columns(
        band=_band(policy.bands, unknown),
        checked_share=(pl.col("checked") / pl.col("asked")).fill_nan(0.0),
    ).with_columns(flagged=pl.col("band") == policy.bands.flagged_band)
    scores = Scores.validate(scored.select(Scores.column_names()), cast=True)
    return scores, _score_suppliers(scored, findings, policy)


def _tally_lines(
    findings: dy.DataFrame[Findings], links: dy.DataFrame[Links], sectors: dy.DataFrame[Sectors]
) -> pl.DataFrame:
    """Each line with its points and its questions asked and checked, over its own, its purchase's and supplier's."""
    tallies = findings.group_by("subject", "subject_id").agg(
        points=pl.col("points").cast(pl.Int64).sum(),
        asked=pl.len().cast(pl.UInt32),
        checked=(pl.col("outcome") != "not_checked").sum().cast(pl.UInt32),
    )
    lines = links.join(sectors.select("purchase_id", "level"), on="purchase_id", how="left", maintain_order="left")
    for subject, key in (("line", "line_id"), ("purchase", "purchase_id"), ("supplier", "supplier_id")):
        tally = tallies.filter(pl.col("subject") == subject).select(
            pl.col("subject_id").alias(key), pl.col(*_TALLY).name.suffix(f"_{subject}")
        )
        lines = lines.join(tally, on=key, how="left", maintain_order="left")
    return lines.with_columns(
        pl.sum_horizontal(pl.col(f"{name}_{subject}").fill_null(0) for subject in ("line", "purchase", "supplier"))
        .cast(kind)
        .alias(name)
        for name, kind in _TALLY.items()
    )


def _band(bands: BandsPolicy, unknown: pl.Expr) -> pl.Expr:
    """Thresholds are inclusive; a line whose sector is not known is never called medium or low."""
    return (
        pl.when(pl.col("points") >= bands.high.value)
        .then(pl.lit("high"))
        .when(unknown)
        .then(pl.lit("unknown"))
        .when(pl.col("points") >= bands.medium.value)
        .then(pl.lit("medium"))
        .otherwise(pl.lit("low"))
        .cast(pl.Enum(BANDS))
    )


def _score_suppliers(
    lines: pl.DataFrame, findings: dy.DataFrame[Findings], policy: Policy
) -> dy.DataFrame[SupplierScores]:
    """The highest line of each supplier; it is flagged when any line is, or by a register finding that flags."""
    flagging = [indicator.id for indicator in policy.indicators.values() if indicator.flags]
    flagged = findings.filter(
        (pl.col("subject") == "supplier") & (pl.col("outcome") == "raised") & pl.col("indicator").is_in(flagging)
    ).get_column("subject_id")
    ranks = {band: rank for rank, band in enumerate(["high", "medium", "unknown", "low"])}
    rank = pl.col("band").cast(pl.String).replace_strict(ranks, return_dtype=pl.Int8)
    ordered = lines.sort(pl.col("points"), -rank, descending=True, maintain_order=True)
    best = ordered.group_by("supplier_id", maintain_order=True)
    suppliers = best.agg(
        pl.col("points").first(),
        pl.col("band").first(),
        pl.col("flagged").any(),
        checked_share=pl.col("checked").sum() / pl.col("asked").sum(),
    ).with_columns(
        pl.col("flagged") | pl.col("supplier_id").is_in(flagged.implode()), pl.col("checked_share").fill_nan(0.0)
    )
    return SupplierScores.validate(suppliers.sort("supplier_id").select(SupplierScores.column_names()), cast=True)
