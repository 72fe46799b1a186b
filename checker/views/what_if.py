"""Which lines would change band if one case of one indicator earned other points. Nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from checker.views import lines
from riskengine import what_if
from riskengine.pipeline import Assessment
from riskengine.policy import Policy

Weight = tuple[str, str]
"""An indicator and one of its cases."""


@dataclass(frozen=True)
class Moved:
    """What changes: how many lines of how many; `moves` by kind of £ and band; the first lines themselves.

    Columns of `moves`: amount_kind, band_before, band_after, lines, amount. Those of `first`: the ones of
    `lines.ranked`, and points_before, band_before, points_after, band_after.
    """

    changed: int
    lines: int
    moves: pl.DataFrame
    first: pl.DataFrame


def weights(policy: Policy) -> dict[Weight, float]:
    """The points of every case that earns any."""
    return {
        (indicator.id, name): case.points.value
        for indicator in policy.indicators.values()
        for name, case in indicator.cases.items()
        if case.points is not None
    }


def moved(assessment: Assessment, ranked: pl.LazyFrame, weight: Weight, points: float) -> Moved:
    """The lines that change band under other points, in the order of `ranked` (rows of `lines.ranked`)."""
    changed = what_if.changed_bands(assessment, {weight: points})
    rows = ranked.join(changed.lazy(), on="line_id", maintain_order="left")
    amount = pl.col("amount")
    moves = (
        rows.group_by("amount_kind", "band_before", "band_after")
        .agg(pl.len().alias("lines"), pl.when(amount.count() > 0).then(amount.sum()).alias("amount"))
        .sort("amount_kind", "band_before", "band_after")
        .collect()
    )
    return Moved(changed.height, assessment.scores.height, moves, rows.head(lines.PAGE).collect())
