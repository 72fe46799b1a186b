"""Charts. Each stands beside a table with the same figures, and names its bands in words."""

from __future__ import annotations

import altair as alt
import polars as pl

from checker.show.labels import Labels, count, round_pounds
from checker.views.totals import kinds
from riskengine.schemas import BANDS

COLOURS = {"high": "#b8432f", "medium": "#f0c85a", "low": "#5a9e83", "unknown": "#b1b4b6"}
"""Calm shades of the band colours; dark rules part neighbours, so that the parts show without colour."""
INK = "#0b0c0c"
ALL_LINES = "All lines, counted"


def bands(totals: pl.DataFrame, labels: Labels) -> alt.Chart:
    """One bar for all lines and one for each kind of £, each parted by band (rows of `report.totals.bands`).

    Every bar is the whole of its kind: £ of different kinds are never added together or set against each other.
    """
    order = [ALL_LINES, *(labels.of("amount_kind", kind) for kind in kinds(totals))]
    words = [labels.of("band", band) for band in BANDS]
    axis = alt.Axis(labelColor=INK, labelFontSize=14, labelLimit=240, title=None, domain=False, ticks=False)
    share = alt.Axis(format="%", tickCount=5, labelColor=INK, labelFontSize=13, title=None, gridColor="#e5e6e7")
    legend = alt.Legend(
        title=None,
        orient="top",
        labelColor=INK,
        labelFontSize=14,
        symbolStrokeWidth=0,
        symbolSize=180,
        symbolType="square",
    )
    colours = alt.Scale(domain=words, range=[COLOURS[band] for band in BANDS])
    return (
        alt.Chart(_parts(totals, labels))
        .mark_bar(stroke=INK, strokeWidth=0.75, height={"band": 0.62})
        .encode(
            x=alt.X("share:Q", stack="zero", scale=alt.Scale(domain=[0, 1]), axis=share),
            y=alt.Y("bar:N", sort=order, axis=axis),
            color=alt.Color("word:N", scale=colours, legend=legend),
            order=alt.Order("rank:Q"),
            tooltip=[
                alt.Tooltip(name, title=title) for name, title in (("bar", "Of"), ("word", "Band"), ("said", "Sum"))
            ],
        )
        .properties(height=alt.Step(42))
    )


def _parts(totals: pl.DataFrame, labels: Labels) -> pl.DataFrame:
    """One row a bar and band: `bar, word, rank, share, said`."""
    counted = totals.group_by("band").agg(pl.col("lines").sum().cast(pl.Float64).alias("size"))
    counted = counted.select(pl.lit(ALL_LINES).alias("bar"), pl.col("band").cast(pl.String), "size")
    money = totals.select(
        pl.col("amount_kind").cast(pl.String).replace_strict(labels.all("amount_kind")).alias("bar"),
        pl.col("band").cast(pl.String),
        pl.col("amount").cast(pl.Float64).alias("size"),
    )
    both = pl.concat([counted, money]).filter(pl.col("size") > 0)
    ranks = {band: rank for rank, band in enumerate(BANDS)}
    return both.with_columns(
        pl.col("band").replace_strict(labels.all("band"), return_dtype=pl.String).alias("word"),
        pl.col("band").replace_strict(ranks, return_dtype=pl.Int8).alias("rank"),
        (pl.col("size") / pl.col("size").sum().over("bar")).alias("share"),
        pl.Series("said", [_said(*row) for row in both.select("bar", "size").iter_rows()], dtype=pl.String),
    ).sort("bar", "rank")


def _said(bar: str, size: float) -> str:
    return count(int(size), "line") if bar == ALL_LINES else round_pounds(size)
