"""Step 8: a line's points are the sum of its findings' points, and nothing else may add to them."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from riskengine.policy import Policy
from riskengine.policy.bands import BandsPolicy
from riskengine.schemas import BANDS, Findings, Links, Scores, Sectors, SupplierScores

_HEAVIEST = ["high", "medium", "unknown", "low"]
"""Bands of equal points, the weightiest first."""

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
    purchases = sectors.select("purchase_id", "level").join(_tally(findings, "purchase"), on="purchase_id", how="left")
    lines = links.join(purchases, on="purchase_id", how="left", maintain_order="left")
    for subject in ("line", "supplier"):
        lines = lines.join(_tally(findings, subject), on=f"{subject}_id", how="left", maintain_order="left")
    return lines.with_columns(
        pl.sum_horizontal(pl.col(f"{name}_{subject}").fill_null(0) for subject in ("line", "purchase", "supplier"))
        .cast(kind)
        .alias(name)
        for name, kind in _TALLY.items()
    )


def _tally(findings: pl.DataFrame, subject: str) -> pl.DataFrame:
    """Of each subject of a kind its points and its questions asked and checked: columns that end in the kind."""
    tally = findings.filter(pl.col("subject") == subject).group_by(pl.col("subject_id").alias(f"{subject}_id"))
    return tally.agg(
        pl.col("points").cast(pl.Int64).sum().alias(f"points_{subject}"),
        pl.len().cast(pl.UInt32).alias(f"asked_{subject}"),
        (pl.col("outcome") != "not_checked").sum().cast(pl.UInt32).alias(f"checked_{subject}"),
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
    rank = pl.col("band").cast(pl.Enum(_HEAVIEST)).to_physical().cast(pl.Int64)
    heights = lines.select(
        "supplier_id", "asked", "checked", "flagged", height=pl.col("points") * len(_HEAVIEST) - rank
    )
    best = heights.group_by("supplier_id").agg(
        pl.col("height").max(), pl.col("flagged").any(), checked_share=pl.col("checked").sum() / pl.col("asked").sum()
    )
    points = -(-pl.col("height") // len(_HEAVIEST))
    suppliers = best.with_columns(points=points).with_columns(
        pl.col("flagged") | pl.col("supplier_id").is_in(flagged.implode()),
        pl.col("checked_share").fill_nan(0.0),
        band=(pl.col("points") * len(_HEAVIEST) - pl.col("height")).replace_strict(
            dict(enumerate(_HEAVIEST)), return_dtype=pl.Enum(BANDS)
        ),
    )
    return SupplierScores.validate(suppliers.sort("supplier_id").select(SupplierScores.column_names()), cast=True)
