"""The coloured matrix, and what is not known. Sums by band and sheet are those of `riskengine.report.totals`."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from riskengine.pipeline import Assessment
from riskengine.report import totals as sums
from riskengine.schemas import AMOUNT_KINDS, STATEMENTS

_CONCERN = {"high": 3, "medium": 2, "unknown": 1, "low": 0}
_LEVELS = ["very_high", "high", "medium", "unknown", "low"]


@dataclass(frozen=True)
class Counts:
    """Contract lines, counted: all, those in the `high` band, and those whose `sector` or `amount` is not known.

    `answered` is the mean share of questions answered, 0 to 1; None when there are no lines.
    """

    lines: int
    high: int
    sector: int
    amount: int
    answered: float | None


@dataclass(frozen=True)
class Unknowns:
    """What is not known, counted: of `lines` in lines, the others in suppliers."""

    lines: Counts
    suppliers: int
    scope: int
    possible: int
    not_checked: int
    withheld: int


def matrix(lines: pl.LazyFrame) -> pl.DataFrame:
    """One row a sector and statement status that occurs: `level`, `lines`, `suppliers` and the highest `band`.

    Sectors of the highest level come first, within a level those with most lines. `lines` are rows of `lines.ranked`.
    """
    concern = pl.col("band").cast(pl.String).replace_strict(_CONCERN, return_dtype=pl.Int8)
    return (
        lines.select("supplier_id", "sector", "level", "statement", "band")
        .group_by("sector", "level", "statement")
        .agg(
            pl.len().alias("lines"),
            pl.col("supplier_id").n_unique().alias("suppliers"),
            pl.col("band").cast(pl.String).sort_by(concern).last(),
        )
        .with_columns(pl.col("lines").sum().over("sector").alias("sector_lines"))
        .sort(
            _rank("level", _LEVELS),
            "sector_lines",
            "sector",
            _rank("statement", STATEMENTS),
            descending=[False, True, False, False],
        )
        .collect()
    )


def bands(lines: pl.LazyFrame) -> pl.DataFrame:
    """As `riskengine.report.totals.bands`, of rows of `lines.ranked`."""
    return sums.bands_of(lines.select("amount_kind", "amount", "band")).collect()


def counts(lines: pl.LazyFrame) -> Counts:
    """Count rows of `lines.ranked`."""
    share = pl.col("checked_share")
    figures = lines.select(
        lines=pl.len(),
        high=(pl.col("band") == "high").sum(),
        sector=(pl.col("level") == "unknown").sum(),
        amount=pl.col("amount").null_count(),
        answered=pl.when(pl.len() > 0).then(share.sum() / pl.len()),
    )
    return Counts(**figures.collect().row(0, named=True))


def unchecked(assessment: Assessment) -> str | None:
    """The commonest reason, where statements were checked for no supplier at all; None where they were for some."""
    if (assessment.statements.get_column("statement") != "not_checked").any():
        return None
    reasons = assessment.statements.group_by("reason").len().sort("len", "reason", descending=[True, False])
    return None if reasons.is_empty() else str(reasons.item(0, "reason"))


def kinds(bands: pl.DataFrame) -> list[str]:
    """The kinds of amount in a frame, in their fixed order."""
    held = set(bands.get_column("amount_kind").cast(pl.String))
    return [kind for kind in AMOUNT_KINDS if kind in held]


def unknowns(assessment: Assessment, lines: Counts) -> Unknowns:
    """Count what is not known of the suppliers, beside the lines."""
    statements = assessment.statements
    return Unknowns(
        lines=lines,
        suppliers=assessment.suppliers.height,
        scope=statements.filter(pl.col("scope") == "not_known").height,
        possible=statements.filter(pl.col("statement") == "possible").height,
        not_checked=statements.filter(pl.col("statement") == "not_checked").height,
        withheld=assessment.suppliers.filter(pl.col("kind") == "redacted").height,
    )


def _rank(column: str, order: list[str]) -> pl.Expr:
    return pl.col(column).cast(pl.String).cast(pl.Enum(order)).to_physical()
