"""Relations of two names as whole numbers: order of words, legal forms, initials, other names, a cut-off end."""

from __future__ import annotations

import polars as pl

CUT_OFF = 28
"""Finance systems cut names off at 30, 32, 35 or 40 signs."""

GROUPS = {
    "ltd": 1,
    "plc": 1,
    "llp": 1,
    "lp": 1,
    "foreign": 1,
    "cic": 2,
    "cio": 2,
    "nhs": 3,
    "council": 4,
    "county_council": 4,
    "parish_council": 4,
}
"""Legal forms that are alike: of companies and partnerships, of community companies and charities, of public bodies."""


def relations() -> dict[str, pl.Expr]:
    """The relations of `<part>_left` and `<part>_right` by name; parts: those of `measures.SIDES`."""
    same_form = (pl.col("form_left") == pl.col("form_right")).fill_null(value=False)
    aside = pl.col("aside_left").is_not_null().cast(pl.Int8) + 2 * pl.col("aside_right").is_not_null().cast(pl.Int8)
    told = {
        "cut": _cut(),
        "order": _order(),
        "form": _form(),
        "same_form": same_form,
        "initials": _initials(),
        "trading": _trading(pl.col("trading_left"), pl.col("trading_right")),
        "aside": aside,
    }
    return {name: relation.cast(pl.Float32) for name, relation in told.items()}


def _order() -> pl.Expr:
    """0 the same, 1 to 4 one begins or ends the other at a word, 5 and 6 within a word, 8 but for blanks, 7 neither."""
    a, b = pl.col("core_left"), pl.col("core_right")
    blank = pl.lit(" ")
    return (
        pl.when(a == b)
        .then(0)
        .when(b.str.starts_with(a + blank))
        .then(1)
        .when(a.str.starts_with(b + blank))
        .then(2)
        .when(b.str.ends_with(blank + a))
        .then(3)
        .when(a.str.ends_with(blank + b))
        .then(4)
        .when(b.str.starts_with(a))
        .then(5)
        .when(a.str.starts_with(b))
        .then(6)
        .when(pl.col("bare_left") == pl.col("bare_right"))
        .then(8)
        .otherwise(7)
    )


def _form() -> pl.Expr:
    """The groups of the two forms as two digits, 0 for none."""
    sides = [pl.col(f"form_{side}").replace_strict(GROUPS, return_dtype=pl.Int8) for side in ("left", "right")]
    return pl.coalesce(sides[0], 0) * 10 + pl.coalesce(sides[1], 0)


def _initials() -> pl.Expr:
    """1 where the left name is made of the first letters of the right, 2 the reverse, 0 neither."""
    cores = [pl.col("core_left"), pl.col("core_right")]
    short = [core.str.len_chars().is_between(3, 7) for core in cores]
    of_right, of_left = (
        short[0] & (cores[0] == pl.col("initials_right")),
        short[1] & (cores[1] == pl.col("initials_left")),
    )
    return pl.when(of_right).then(1).when(of_left).then(2).otherwise(0)


def _trading(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """0 neither has another name, 1 the same one, 2 only the right, 3 only the left, 4 different ones."""
    return (
        pl.when(a.is_null() & b.is_null())
        .then(0)
        .when(a == b)
        .then(1)
        .when(a.is_null())
        .then(2)
        .when(b.is_null())
        .then(3)
        .otherwise(4)
    )


def _cut() -> pl.Expr:
    """1 where the left name may be the right one cut off, 2 the reverse, 0 neither."""
    a, b = pl.col("core_left"), pl.col("core_right")
    long = [pl.col(f"folded_{side}").str.len_chars() >= CUT_OFF for side in ("left", "right")]
    left, right = b.str.starts_with(a) & (a != b) & long[0], a.str.starts_with(b) & (a != b) & long[1]
    return pl.when(left).then(1).when(right).then(2).otherwise(0)
