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
class Unknowns:
    """What is not known, counted: `sector` and `amount` in lines, the others in suppliers."""

    lines: int
    suppliers: int
    sector: int
    amount: int
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


def unpriced(lines: pl.LazyFrame) -> int:
    """How many lines have no known amount."""
    return int(lines.select(pl.col("amount").null_count()).collect().item())


def unchecked(assessment: Assessment) -> str | None:
    """The commonest reason, where statements were checked for no supplier at all; None where they were for some."""
    if (assessment.statements.get_column("statement") != "not_checked").any():
        return None
    reasons = assessment.statements.group_by("reason").len().sort("len", "reason", descending=[True, False])
    return None if reasons.is_empty() else str(reasons.item(0, "reason"))


def answered(assessment: Assessment) -> float | None:
    """The mean share of questions answered over all lines, 0 to 1; None when there are no lines."""
    shares = assessment.scores.get_column("checked_share")
    return None if shares.is_empty() else float(shares.sum()) / shares.len()


def kinds(bands: pl.DataFrame) -> list[str]:
    """The kinds of amount in a frame, in their fixed order."""
    held = set(bands.get_column("amount_kind").cast(pl.String))
    return [kind for kind in AMOUNT_KINDS if kind in held]


def unknown_sectors(assessment: Assessment) -> int:
    """How many lines are of a sector that is not known."""
    unknown = assessment.sectors.filter(pl.col("level") == "unknown").select("purchase_id")
    return assessment.links.join(unknown, on="purchase_id", how="semi").height


def unknowns(assessment: Assessment, unpriced: int) -> Unknowns:
    """Count what is not known; `unpriced` lines have no known amount."""
    statements = assessment.statements
    return Unknowns(
        lines=assessment.scores.height,
        suppliers=assessment.suppliers.height,
        sector=unknown_sectors(assessment),
        amount=unpriced,
        scope=statements.filter(pl.col("scope") == "not_known").height,
        possible=statements.filter(pl.col("statement") == "possible").height,
        not_checked=statements.filter(pl.col("statement") == "not_checked").height,
        withheld=assessment.suppliers.filter(pl.col("kind") == "redacted").height,
    )


def _rank(column: str, order: list[str]) -> pl.Expr:
    return pl.col(column).cast(pl.String).cast(pl.Enum(order)).to_physical()
