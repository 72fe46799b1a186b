"""The figures of a whole run: what was read, whether it adds up, and what was found, in £, lines and suppliers."""

from __future__ import annotations

import polars as pl

from riskengine.pipeline import Assessment
from riskengine.schemas import AMOUNT_KINDS, BANDS, MONEY, SCOPES, STATEMENTS


def sheets(assessment: Assessment) -> pl.DataFrame:
    """One row a sheet: the intake frame with `adds_up`.

    A sheet adds up when rows and £ read are those assessed and set aside, and when the contract lines and set-aside
    rows themselves, counted and summed anew, give the same figures.
    """
    return sheets_of(assessment.intake, by_sheet(assessment.lines.lazy()), by_sheet(assessment.set_aside.lazy()))


def by_sheet(rows: pl.LazyFrame) -> pl.DataFrame:
    """`file, sheet, counted, summed`: lines or set-aside rows by sheet, with their £."""
    summed = pl.col("amount").sum().cast(MONEY)
    return rows.group_by("file", "sheet").agg(pl.len().alias("counted"), summed.alias("summed")).collect()


def sheets_of(intake: pl.DataFrame, lines: pl.DataFrame, set_aside: pl.DataFrame) -> pl.DataFrame:
    """The same of the intake frame, with what `by_sheet` counted of lines and of set-aside rows."""
    counted = intake
    for part, rows in (("assessed", lines), ("set_aside", set_aside)):
        named = rows.rename({name: f"{name}_{part}" for name in ("counted", "summed")})
        counted = counted.join(named, on=["file", "sheet"], how="left", maintain_order="left")
    counted = counted.with_columns(pl.col("^counted_.*$", "^summed_.*$").fill_null(0))
    return counted.with_columns(
        adds_up=pl.all_horizontal(
            pl.col("rows_read") == pl.col("rows_assessed") + pl.col("rows_set_aside"),
            pl.col("amount_read") == pl.col("amount_assessed") + pl.col("amount_set_aside"),
            *(pl.col(f"rows_{part}") == pl.col(f"counted_{part}") for part in ("assessed", "set_aside")),
            *(pl.col(f"amount_{part}") == pl.col(f"summed_{part}") for part in ("assessed", "set_aside")),
        )
    ).drop("^counted_.*$", "^summed_.*$")


def kinds(assessment: Assessment) -> pl.DataFrame:
    """`amount_kind, read, assessed, set_aside, adds_up`: £ by kind over all sheets, each of which has one kind."""
    amounts = {part: pl.col(f"amount_{part}").sum() for part in ("read", "assessed", "set_aside")}
    held = sheets(assessment).filter(pl.col("left_out").is_null())
    return held.group_by("amount_kind").agg(**amounts, adds_up=pl.col("adds_up").all()).sort("amount_kind")


def bands(assessment: Assessment) -> pl.DataFrame:
    """`amount_kind, band, lines, amount`: lines and £ by kind and band; amount is empty where no £ is known."""
    priced = assessment.lines.lazy().select("line_id", "amount_kind", "amount")
    scored = assessment.scores.lazy().select("line_id", "band")
    return bands_of(priced.join(scored, on="line_id", how="left")).collect()


def bands_of(lines: pl.LazyFrame) -> pl.LazyFrame:
    """The same of lines that have their `band` with them."""
    amount = pl.col("amount")
    return (
        lines.group_by("amount_kind", "band")
        .agg(pl.len().alias("lines"), pl.when(amount.count() > 0).then(amount.sum()).cast(MONEY).alias("amount"))
        .sort("amount_kind", "band")
    )


def set_aside(assessment: Assessment) -> pl.DataFrame:
    """`reason, rows, amount`: set-aside rows by reason, the commonest first."""
    return (
        assessment.set_aside.group_by("reason")
        .agg(pl.len().alias("rows"), pl.col("amount").sum().cast(MONEY))
        .sort("rows", "reason", descending=[True, False])
    )


def statements(assessment: Assessment) -> pl.DataFrame:
    """`statement, suppliers`: suppliers by the position of their statement, every value named."""
    return _every(assessment.statements.get_column("statement"), STATEMENTS)


def scopes(assessment: Assessment) -> pl.DataFrame:
    """`scope, suppliers`: suppliers by whether a statement is likely required, every value named."""
    return _every(assessment.statements.get_column("scope"), SCOPES)


def questions(assessment: Assessment) -> pl.DataFrame:
    """`indicator, raised, clear, not_checked`: answers by indicator, in the order of the indicators."""
    return questions_of(assessment.findings.lazy()).collect()


def questions_of(findings: pl.LazyFrame) -> pl.LazyFrame:
    """The same of findings that are not read yet."""
    outcomes = [(pl.col("outcome") == outcome).sum().alias(outcome) for outcome in ("raised", "clear", "not_checked")]
    return findings.group_by("indicator", maintain_order=True).agg(outcomes)


def _every(values: pl.Series, known: list[str]) -> pl.DataFrame:
    """How often each known value stands in a column."""
    counts = dict(values.cast(pl.String).value_counts().iter_rows())
    return pl.DataFrame({values.name: known, "suppliers": [counts.get(value, 0) for value in known]})


__all__ = ["AMOUNT_KINDS", "BANDS", "bands", "questions", "scopes", "set_aside", "sheets", "statements"]
