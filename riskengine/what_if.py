"""What would change if a weight were another: nothing is asked again, only added up again, and nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import dataframely as dy
import polars as pl

from riskengine import scores
from riskengine.pipeline import Assessment
from riskengine.schemas import Findings

Weights = Mapping[tuple[str, str], float]
"""Points by indicator and case."""


@dataclass(frozen=True)
class Stability:
    """How still the ranking stands when one weight moves: `kept` is the share (0 to 1) of the top lines that stay."""

    indicator: str
    case: str
    moved: float
    kept: float


def changed_bands(assessment: Assessment, weights: Weights) -> pl.DataFrame:
    """The lines whose band would be another under `weights`.

    Columns: line_id, points_before, band_before, points_after, band_after; in the order of the lines. Points are
    rounded to whole points.
    """
    moved = _moved(assessment.findings, weights)
    after, _ = scores.add_up(moved, assessment.links, assessment.sectors, assessment.policy)
    return (
        assessment.scores.select("line_id", points_before="points", band_before="band")
        .with_columns(points_after=after["points"], band_after=after["band"])
        .filter(pl.col("band_before") != pl.col("band_after"))
    )


def stability(assessment: Assessment, share: float = 0.2, top: int = 50) -> list[Stability]:
    """Move each weight that was used up and down by `share`, and say how many of the `top` lines stay on top.

    Lines are ranked by points, then by the order of the list, so that equal points change places for no reason.
    """
    used = assessment.findings.filter(pl.col("points") > 0).select("indicator", "case", "points").unique()
    before = _top(_ranked(assessment, assessment.findings), top)
    found = []
    for indicator, case, points in used.sort("indicator", "case").iter_rows():
        for moved in (1 - share, 1 + share):
            after = _top(_ranked(assessment, _moved(assessment.findings, {(indicator, case): points * moved})), top)
            found.append(Stability(indicator, case, moved - 1, len(before & after) / len(before) if before else 1.0))
    return found


def _moved(findings: dy.DataFrame[Findings], weights: Weights) -> dy.DataFrame[Findings]:
    """The same findings with other points for the raised cases named."""
    table = pl.DataFrame(
        [(indicator, case, points) for (indicator, case), points in weights.items()],
        schema={"indicator": pl.String, "case": pl.String, "other": pl.Float64},
        orient="row",
    )
    joined = findings.join(table, on=["indicator", "case"], how="left", maintain_order="left")
    raised = pl.col("outcome") == "raised"
    points = pl.when(raised & pl.col("other").is_not_null()).then(pl.col("other")).otherwise(pl.col("points"))
    return Findings.validate(joined.with_columns(points=points.round(0)).select(Findings.column_names()), cast=True)


def _ranked(assessment: Assessment, findings: dy.DataFrame[Findings]) -> pl.DataFrame:
    summed, _ = scores.add_up(findings, assessment.links, assessment.sectors, assessment.policy)
    return summed.with_row_index("place").sort("points", "place", descending=[True, False])


def _top(ranked: pl.DataFrame, top: int) -> set[str]:
    return set(ranked["line_id"].head(top))
