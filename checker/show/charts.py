"""Charts. Each stands beside a table with the same figures, and names its bands in words."""

from __future__ import annotations

import altair as alt
import polars as pl

from checker.show.labels import Labels, count, percent, round_pounds

COLOURS = {"high": "#b8432f", "medium": "#f0c85a", "low": "#5a9e83", "unknown": "#b1b4b6"}
"""Calm shades of the band colours; dark rules part neighbours, so that the parts show without colour."""
INK = "#0b0c0c"
ALL_LINES = "All lines, counted"


LEVEL_COLOURS = {
    "very_high": "#8a2a1b",
    "high": "#cf6a55",
    "medium": "#f0c85a",
    "low": "#5a9e83",
    "unknown": "#b1b4b6",
}
MARKET_COLOURS = {"higher": "#b8432f", "other": "#a9c6de", "unknown": "#b1b4b6"}
BLUE = "#1d70b8"
SHORT = 12
"""Letters of a word in a legend, of which three stand side by side on a narrow screen."""
BAR, BELOW, STEP = 18, 11, 50
"""Pixels: how thick a bar is, how far it lies below the middle of its row, and how high a row is."""
FIGURE = 96
"""Pixels kept free for the figure behind the longest bar."""
MOST = 10
"""Bars in a chart of sectors; the table beside it holds them all."""


def bands(totals: pl.DataFrame, labels: Labels) -> alt.LayerChart:
    """One bar for all lines and one for each kind of £, each parted by band (rows of `report.totals.bands`).

    Every bar is the whole of its kind: £ of different kinds are never added together or set against each other.
    """
    colours = {words: COLOURS[band] for band, words in labels.all("band").items()}
    return _wholes(parts(totals, "band", labels), colours, "Band")


def levels(totals: pl.DataFrame, labels: Labels) -> alt.LayerChart:
    """The same, parted by market risk (rows of `views.glance.levels`)."""
    colours = {words: LEVEL_COLOURS[level] for level, words in labels.all("level").items()}
    return _wholes(parts(totals, "level", labels), colours, "Market risk")


def _wholes(shares: pl.DataFrame, colours: dict[str, str], title: str) -> alt.LayerChart:
    order = shares.sort("place").get_column("bar").unique(maintain_order=True).to_list()
    share = alt.Axis(format="%", tickCount=5, labelColor=INK, labelFontSize=13, title=None, gridColor="#e5e6e7")
    bars = (
        alt.Chart(shares.drop("place"))
        .mark_bar(stroke=INK, strokeWidth=0.75, size=BAR, yOffset=BELOW)
        .encode(
            x=alt.X("share:Q", stack="zero", scale=alt.Scale(domain=[0, 1]), axis=share),
            y=alt.Y("bar:N", sort=order, axis=None),
            color=_colours("word:N", colours, title),
            order=alt.Order("rank:Q"),
            tooltip=_told(bar="Of", word="Part", said="Sum"),
        )
    )
    return _layered(alt.Step(STEP), bars, _names(order))


def sectors(rows: pl.DataFrame, labels: Labels) -> alt.LayerChart:
    """£ of the first higher-risk sectors (rows of `views.glance.higher_sectors`, of one kind of £)."""
    first = rows.filter(pl.col("amount") > 0).head(MOST)
    named = [labels.sector(sector) for sector in first.get_column("sector")]
    amounts = first.get_column("amount").cast(pl.Float64).to_list()
    data = pl.DataFrame({"bar": named, "amount": amounts, "said": [round_pounds(one) for one in amounts]})
    bars = alt.Chart(data).encode(
        x=alt.X("amount:Q", axis=None, scale=alt.Scale(range=[0, alt.ExprRef(f"width - {FIGURE}")])),
        y=alt.Y("bar:N", sort=named, axis=None),
        tooltip=_told(bar="Sector", said="£"),
    )
    return _layered(
        alt.Step(STEP),
        bars.mark_bar(color=BLUE, size=BAR, yOffset=BELOW),
        bars.mark_text(align="left", dx=6, dy=BELOW, color=INK, fontSize=14).encode(text="said:N"),
        _names(named),
    )


def departments(rows: pl.DataFrame, words: dict[str, str]) -> alt.LayerChart:
    """£ of each department, parted by market (rows of `views.glance.departments`, of one kind of £)."""
    order = rows.get_column("department").unique(maintain_order=True).to_list()
    ranks = {market: rank for rank, market in enumerate(words)}
    data = rows.filter(pl.col("amount") > 0).select(
        bar="department",
        amount=pl.col("amount").cast(pl.Float64),
        word=pl.col("market").replace_strict(words, return_dtype=pl.String),
        rank=pl.col("market").replace_strict(ranks, return_dtype=pl.Int8),
    )
    data = data.with_columns(pl.Series("said", [round_pounds(one) for one in data["amount"]], dtype=pl.String))
    bars = (
        alt.Chart(data)
        .mark_bar(stroke=INK, strokeWidth=0.75, size=BAR, yOffset=BELOW)
        .encode(
            x=alt.X("amount:Q", stack="zero", axis=_pounds()),
            y=alt.Y("bar:N", sort=order, axis=None),
            color=_colours("word:N", {words[market]: colour for market, colour in MARKET_COLOURS.items()}),
            order=alt.Order("rank:Q"),
            tooltip=_told(bar="Department", word="Market", said="£"),
        )
    )
    return _layered(alt.Step(STEP), bars, _names(order))


def trend(rows: pl.DataFrame) -> alt.LayerChart:
    """Shares over time (`day`, `title`, `share`): a row a figure, from 0 % at its lower line to 100 % at its upper one.

    Nothing is told by colour, and there is no legend, which a narrow screen has no room for.
    """
    titles = rows.get_column("title").unique(maintain_order=True).to_list()
    days = rows.get_column("day").unique().sort()
    at = pl.col("title").replace_strict({title: place for place, title in enumerate(titles)}, return_dtype=pl.Float64)
    said = pl.Series("said", [percent(share) for share in rows["share"]], dtype=pl.String)
    data = rows.with_columns(said, at=at + 1 - LOW - pl.col("share") * (1 - LOW - HIGH))
    marks = [alt.DateTime(year=day.year, month=day.month, date=day.day) for day in days]
    dates = alt.Axis(format="%b %Y", values=marks, title=None, labelColor=INK, labelFontSize=13, labelOverlap=True)
    x = alt.X("day:T", axis=dates, scale=alt.Scale(nice=False))
    place = alt.Y("at:Q", scale=alt.Scale(domain=[0, len(titles)], reverse=True, nice=False), axis=None)
    line = alt.MarkDef(type="line", color=BLUE, strokeWidth=2.5, point=alt.OverlayMarkDef(size=90, color=BLUE))
    ends = [
        alt.Chart(data.filter(pl.col("day") == day))
        .mark_text(align=align, dy=-12, color=INK, fontSize=14)
        .encode(x=x, y=place, text="said:N")
        for day, align in ((days[0], "left"), (days[-1], "right"))
    ]
    edges = pl.DataFrame({"at": [row + edge for row in range(len(titles)) for edge in (HIGH, 1 - LOW)]})
    return _layered(
        ROW * len(titles),
        alt.Chart(edges).mark_rule(color="#b1b4b6").encode(y=place),
        alt.Chart(data, mark=line).encode(x=x, y=place, detail="title:N", tooltip=_told(title="Figure", said="Share")),
        *ends,
        alt.Chart(pl.DataFrame({"name": titles, "at": [row + 0.12 for row in range(len(titles))]}))
        .mark_text(align="left", color=INK, fontSize=14, limit=alt.ExprRef("width"))
        .encode(x=alt.value(0), y=place, text="name:N"),
    )


ROW, HIGH, LOW = 104, 0.42, 0.08
"""Pixels of a row of the trend, and how far below its top and above its end (0 to 1) the lines of 100 % and 0 % lie."""


def _layered(height: int | alt.Step, *layers: alt.Chart) -> alt.LayerChart:
    """The layers as one drawing. Its marks are not named one by one, which a screen reader would read as raw data."""
    silent = {part: {"aria": False} for part in ("axis", "legend", "mark")}
    return alt.layer(*layers).properties(height=height).configure(**silent)


def _names(order: list[str]) -> alt.Chart:
    """The name of each bar above it, so that a narrow screen has room for both."""
    return (
        alt.Chart(pl.DataFrame({"bar": order}, schema={"bar": pl.String}))
        .mark_text(align="left", dy=-BELOW, color=INK, fontSize=14, limit=alt.ExprRef("width"))
        .encode(x=alt.value(0), y=alt.Y("bar:N", sort=order, axis=None), text="bar:N")
    )


def _pounds() -> alt.Axis:
    written = "datum.value >= 1e6 ? '£' + format(datum.value / 1e6, ',.3~f') + 'm' : '£' + format(datum.value, ',.0f')"
    return alt.Axis(labelExpr=written, tickCount=5, labelColor=INK, labelFontSize=13, title=None, gridColor="#e5e6e7")


def _colours(field: str, colours: dict[str, str], title: str | None = None) -> alt.Color:
    legend = alt.Legend(
        title=title,
        titleColor=INK,
        titleFontSize=14,
        titleLimit=0,
        orient="top",
        columns=2 if max(map(len, colours)) > SHORT else 3,
        labelColor=INK,
        labelFontSize=14,
        symbolStrokeWidth=0,
        symbolSize=180,
        symbolType="square",
    )
    return alt.Color(field, scale=alt.Scale(domain=list(colours), range=list(colours.values())), legend=legend)


def _told(**titles: str) -> list[alt.Tooltip]:
    return [alt.Tooltip(name, title=title) for name, title in titles.items()]


def parts(totals: pl.DataFrame, column: str, labels: Labels) -> pl.DataFrame:
    """One row a bar and part of it: `bar, place, word, rank, share, said`."""
    counted = totals.group_by(column).agg(pl.col("lines").sum().cast(pl.Float64).alias("size"))
    counted = counted.select(pl.lit(ALL_LINES).alias("bar"), pl.col(column).cast(pl.String), "size")
    money = totals.select(
        pl.col("amount_kind").cast(pl.String).replace_strict(labels.all("amount_kind")).alias("bar"),
        pl.col(column).cast(pl.String),
        pl.col("amount").cast(pl.Float64).alias("size"),
    )
    both = pl.concat([counted, money]).filter(pl.col("size") > 0)
    ranks = {value: rank for rank, value in enumerate(labels.all(column))}
    places = {words: place for place, words in enumerate([*labels.all("amount_kind").values(), ALL_LINES])}
    return (
        both.with_columns(
            pl.col(column).replace_strict(labels.all(column), return_dtype=pl.String).alias("word"),
            pl.col(column).replace_strict(ranks, return_dtype=pl.Int8).alias("rank"),
            pl.col("bar").replace_strict(places, return_dtype=pl.Int8).alias("place"),
            (pl.col("size") / pl.col("size").sum().over("bar")).alias("share"),
            pl.Series("said", [_said(*row) for row in both.select("bar", "size").iter_rows()], dtype=pl.String),
        )
        .drop(column)
        .sort("place", "rank")
    )


def _said(bar: str, size: float) -> str:
    return count(int(size), "line") if bar == ALL_LINES else round_pounds(size)
