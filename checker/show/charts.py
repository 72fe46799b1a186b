"""Charts. Each stands beside a table with the same figures, and names its bands in words."""

from __future__ import annotations

import altair as alt
import polars as pl

from checker.show.labels import Labels, count, round_pounds
from riskengine.schemas import BANDS

BAND_COLOURS = {"high": "#ca3535", "medium": "#ffdd00", "low": "#0f7a52", "unknown": "#858686"}
"""Near the GOV.UK palette; a dark rule parts neighbours, so that the parts show without colour."""


def bands(totals: pl.DataFrame, labels: Labels, value: str) -> alt.LayerChart:
    """One bar a kind of amount, parted by band. `value`: "amount" (£) or "lines"; bars share no scale across kinds."""
    share = pl.col(value).cast(pl.Float64)
    data = (
        totals.filter(share.fill_null(0) > 0)
        .with_columns((share / share.sum().over("amount_kind")).alias("share"))
        .with_columns(
            pl.col("amount_kind").cast(pl.String).replace_strict(labels.all("amount_kind")).alias("kind"),
            pl.col("band").cast(pl.String).replace_strict(labels.all("band")).alias("word"),
            pl.col("band").cast(pl.String).replace_strict({band: at for at, band in enumerate(BANDS)}).alias("order"),
            pl.Series("said", [_said(row[value], value) for row in _rows(totals, value)], dtype=pl.String),
        )
        .select("kind", "word", "order", "share", "said")
    )
    words = [labels.of("band", band) for band in BANDS]
    base = alt.Chart(data).encode(
        x=alt.X("share:Q", stack="normalize", title=None, axis=alt.Axis(format="%", tickCount=5, grid=False)),
        y=alt.Y("kind:N", title=None, axis=alt.Axis(labelLimit=220, labelFontSize=14)),
        order=alt.Order("order:Q"),
        tooltip=[
            alt.Tooltip("kind", title="Kind"),
            alt.Tooltip("word", title="Band"),
            alt.Tooltip("said", title="Sum"),
        ],
    )
    colours = alt.Scale(domain=words, range=[BAND_COLOURS[band] for band in BANDS])
    legend = alt.Legend(title="Band", orient="top", labelFontSize=14, titleFontSize=14)
    bars = base.mark_bar(stroke="#0b0c0c", strokeWidth=1, height={"band": 0.7}).encode(
        color=alt.Color("word:N", scale=colours, legend=legend, sort=words)
    )
    return alt.layer(bars).properties(height=alt.Step(46))


def _rows(totals: pl.DataFrame, value: str) -> list[dict[str, object]]:
    return totals.filter(pl.col(value).cast(pl.Float64).fill_null(0) > 0).to_dicts()


def _said(amount: object, value: str) -> str:
    return round_pounds(float(str(amount))) if value == "amount" else count(int(str(amount)), "line")
