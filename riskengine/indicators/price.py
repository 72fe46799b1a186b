"""Is the price of one unit far below that of comparable lines, or below a floor that the council set?

Only lines that give the price of one unit (£), or a quantity beside what was paid, can be compared. Comparable are
lines of one sector and one unit; where the unit is no stretch of time, the wording must be the same as well.
"""

from __future__ import annotations

import polars as pl

from riskengine.policy import Policy
from riskengine.policy.indicators import FLOOR, IndicatorPolicy
from riskengine.schemas import HIGHER_LEVELS, LEVELS, Evidence

CONSISTENT = 0.6745
"""Makes the median absolute deviation stand for a standard deviation (Iglewicz and Hoaglin 1993)."""

MARKET = ["sector", "unit", "wording"]
"""What comparable lines share."""


def ask(evidence: Evidence, policy: Policy) -> pl.DataFrame:
    """One answer a line whose sector is of a higher level, not known, or has a floor; thresholds are inclusive."""
    indicator = policy.indicators["price"]
    figures = {name: figure.value for name, figure in indicator.thresholds.items()}
    floors = _floors(indicator)
    levelled = pl.col("level").cast(pl.String).is_in([*HIGHER_LEVELS, "unknown"])
    asked = _placed(evidence, indicator).filter(levelled | pl.col("sector").is_in(floors["sector"].implode()))
    priced = _compared(asked).join(floors, on=["sector", "unit"], how="left", maintain_order="left")
    told = priced.with_columns(case=_case(figures))
    least = pl.lit(f"{figures['lines']:.0f}")
    limit = pl.when(pl.col("case").is_in(["below_floor", "at_floor"])).then("floor").otherwise("middle")
    return told.select(
        "case",
        subject_id="line_id",
        value=_pounds(pl.col("price")),
        threshold=pl.when(pl.col("case") == "few_lines").then(least).otherwise(_pounds(limit)),
        detail="unit",
    )


def _placed(evidence: Evidence, indicator: IndicatorPolicy) -> pl.DataFrame:
    """Lines with sector, level, supplier, price of one unit (£), unit and the wording that must be shared."""
    sectors = evidence.sectors.select("purchase_id", "sector", pl.col("level").cast(pl.Enum(LEVELS)))
    placed = evidence.links.join(sectors, on="purchase_id", how="left", maintain_order="left")
    wording = pl.col("description").str.to_lowercase().str.strip_chars()
    timed = pl.col("unit").is_in(indicator.words["time"])
    lines = evidence.lines.select(
        "unit", price=_price(), wording=pl.when(timed).then(pl.lit("")).otherwise(wording.fill_null(""))
    )
    return placed.hstack(lines)


def _price() -> pl.Expr:
    """The price of one unit in £: as the list gives it, else what was paid for the quantity. Null unless above 0."""
    paid = pl.when((pl.col("amount_kind") == "paid") & (pl.col("quantity") > 0)).then(
        pl.col("amount").cast(pl.Float64) / pl.col("quantity").cast(pl.Float64)
    )
    price = pl.coalesce(pl.col("rate").cast(pl.Float64), paid)
    return pl.when(price > 0).then(price)


def _compared(asked: pl.DataFrame) -> pl.DataFrame:
    """Lines with the middle price of the comparable ones, how many others and suppliers there are, and the distance.

    The distance below the middle is the modified z-score of the logarithm of the price: prices vary by shares.
    """
    known = pl.col("price").is_not_null() & pl.col("unit").is_not_null() & (pl.col("level") != "unknown")
    log = pl.col("price").log()
    market = (
        asked.filter(known)
        .with_columns(spread=(log - log.median().over(MARKET)).abs().median().over(MARKET))
        .group_by(MARKET)
        .agg(
            others=pl.len().cast(pl.Int64) - 1,
            suppliers=pl.col("supplier_id").n_unique(),
            middle=pl.col("price").median(),
            centre=log.median(),
            spread=pl.col("spread").first(),
        )
    )
    compared = asked.join(market, on=MARKET, how="left", maintain_order="left")
    below = CONSISTENT * (pl.col("centre") - log)
    return compared.with_columns(distance=pl.when(pl.col("spread") > 0).then(below / pl.col("spread")))


def _case(figures: dict[str, float]) -> pl.Expr:
    enough = (pl.col("others") >= figures["lines"]) & (pl.col("suppliers") >= figures["suppliers"])
    apart = pl.col("distance").is_null() | (pl.col("distance") >= figures["distance"])
    low = 100 * pl.col("price") <= figures["share"] * pl.col("middle")
    return (
        pl.when(pl.col("level") == "unknown")
        .then(pl.lit("no_sector"))
        .when(pl.col("price").is_null())
        .then(pl.lit("no_price"))
        .when(pl.col("unit").is_null())
        .then(pl.lit("no_unit"))
        .when(pl.col("price") < pl.col("floor"))
        .then(pl.lit("below_floor"))
        .when(enough & low & apart)
        .then(pl.lit("far_below"))
        .when(enough)
        .then(pl.lit("usual"))
        .when(pl.col("floor").is_not_null())
        .then(pl.lit("at_floor"))
        .otherwise(pl.lit("few_lines"))
    )


def _floors(indicator: IndicatorPolicy) -> pl.DataFrame:
    """The floors of the policy: columns sector, unit, floor (£)."""
    named = [name.split(" ", 2) for name in indicator.thresholds if name.startswith(FLOOR)]
    values = [figure.value for name, figure in indicator.thresholds.items() if name.startswith(FLOOR)]
    rows = [(sector, unit, value) for (_, sector, unit), value in zip(named, values, strict=True)]
    return pl.DataFrame(rows, schema={"sector": pl.String, "unit": pl.String, "floor": pl.Float64}, orient="row")


def _pounds(price: pl.Expr) -> pl.Expr:
    return price.round(2).cast(pl.Decimal(18, 2)).cast(pl.String)
