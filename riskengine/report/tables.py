"""The four tables that leave the product: lines, suppliers, findings and set-aside rows.

Columns, their order and their values are a contract with whoever reads the files (columns.csv). Lists and £ by kind
are nested here; `flat` turns them into text for the formats that hold no nested values.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from riskengine.pipeline import Assessment
from riskengine.report import reasons
from riskengine.report.columns import columns
from riskengine.schemas import AMOUNT_KINDS, MONEY

LINES, SUPPLIERS, FINDINGS, SET_ASIDE = (
    [column.column for column in columns(table)] for table in ("lines", "suppliers", "findings", "set_aside")
)


@dataclass(frozen=True)
class Tables:
    """The output tables of one assessment, in the order of the contract."""

    lines: pl.DataFrame
    suppliers: pl.DataFrame
    findings: pl.DataFrame
    set_aside: pl.DataFrame


def build(assessment: Assessment) -> Tables:
    """Make all four tables; names are shown as they stand in the assessment."""
    told = reasons.tell(assessment)
    return Tables(
        lines=_lines(assessment, told),
        suppliers=_suppliers(assessment, told),
        findings=_findings(assessment, told),
        set_aside=assessment.set_aside.select(SET_ASIDE),
    )


def flat(table: pl.DataFrame) -> pl.DataFrame:
    """The same table without nested values: lists joined by " | ", £ by kind as "paid 1234.50; yearly 200.00"."""
    if "spend" not in table.columns:
        return table
    return table.with_columns(pl.col("spellings").list.join(" | "), _spend_text().alias("spend"))


def _lines(assessment: Assessment, told: reasons.Told) -> pl.DataFrame:
    sectors = assessment.sectors.select(
        "purchase_id", "sector", pl.col("level").alias("sector_level"), pl.col("basis").alias("sector_basis")
    )
    return (
        assessment.lines.hstack(told.lines.drop("line_id"))
        .join(sectors, on="purchase_id", how="left", maintain_order="left")
        .hstack(_rounded(assessment.scores).drop("line_id"))
        .select(LINES)
    )


def _suppliers(assessment: Assessment, told: reasons.Told) -> pl.DataFrame:
    table = assessment.suppliers.select("supplier_id", "name", "spellings", "kind")
    parts = [
        _matches(assessment),
        _statements(assessment),
        _spend(assessment),
        _rounded(assessment.supplier_scores),
        told.suppliers,
    ]
    for part in parts:
        table = table.join(part, on="supplier_id", how="left", maintain_order="left")
    return table.select(SUPPLIERS)


def _rounded(scores: pl.DataFrame) -> pl.DataFrame:
    """Shares to four places, so that every format shows the same figure."""
    return scores.with_columns(pl.col("checked_share").round(4))


def _best(assessment: Assessment) -> pl.DataFrame:
    """The answer for each supplier; the nearest of the names that are not it stays out of the supplier's row."""
    answers = assessment.matches.filter(pl.col("rank") == 1)
    answered = pl.col("match").is_in(["same", "possible"])
    register = ["entry_id", "matched_name", "matched_number", "score"]
    return answers.with_columns(pl.when(answered).then(pl.col(name)).alias(name) for name in register)


def _matches(assessment: Assessment) -> pl.DataFrame:
    return _best(assessment).select("supplier_id", "match", "matched_name", "matched_number", match_score="score")


def _statements(assessment: Assessment) -> pl.DataFrame:
    """The statement's facts; the matched record is the registry's own page of it, or the entry where it has none."""
    best = _best(assessment).select("supplier_id", matched_entry="entry_id")
    return assessment.statements.join(best, on="supplier_id", how="left", maintain_order="left").select(
        "supplier_id",
        "statement",
        "statement_url",
        "scope",
        statement_year="year",
        matched_record=pl.coalesce("summary_url", "matched_entry"),
    )


def _spend(assessment: Assessment) -> pl.DataFrame:
    """Lines and £ by kind of each supplier; £ of different kinds are never added together."""
    sums = (pl.col("amount").filter(pl.col("amount_kind") == kind) for kind in AMOUNT_KINDS)
    totals = [
        pl.when(amount.count() > 0).then(amount.sum()).cast(MONEY).alias(kind)
        for kind, amount in zip(AMOUNT_KINDS, sums, strict=True)
    ]
    lines = assessment.lines.select("amount", "amount_kind").hstack([assessment.links["supplier_id"]])
    return (
        lines.group_by("supplier_id", maintain_order=True)
        .agg(pl.len().alias("lines"), *totals)
        .select("supplier_id", "lines", pl.struct(AMOUNT_KINDS).alias("spend"))
    )


def _spend_text() -> pl.Expr:
    parts = [
        pl.concat_str(pl.lit(f"{kind} "), pl.col("spend").struct.field(kind).cast(pl.String)) for kind in AMOUNT_KINDS
    ]
    text = pl.concat_str(parts, separator="; ", ignore_nulls=True)
    return pl.when(text != "").then(text)


def _findings(assessment: Assessment, told: reasons.Told) -> pl.DataFrame:
    """What was raised or not checked for flagged lines and suppliers; what holds of a purchase stands at its lines."""
    found = told.findings.filter(pl.col("outcome") != "clear")
    flagged = assessment.scores.filter("flagged").select("line_id")
    lines = told.lines.select("line_id", "purchase_id").join(flagged, on="line_id", how="semi").with_row_index("place")
    suppliers = assessment.supplier_scores.filter("flagged").select("supplier_id").with_row_index("place")
    of_lines = [_of(found, "line", lines, "line_id"), _of(found, "purchase", lines, "line_id")]
    of_suppliers = _of(found, "supplier", suppliers, "supplier_id")
    return pl.concat([pl.concat(of_lines).sort("place", "order"), of_suppliers.sort("place", "order")]).select(FINDINGS)


def _of(found: pl.DataFrame, subject: str, flagged: pl.DataFrame, shown: str) -> pl.DataFrame:
    """The findings of one kind of subject, handed on to the flagged lines or suppliers (`shown`) they hold of."""
    handed = flagged.select("place", pl.col(f"{subject}_id").alias("key"), pl.col(shown).alias("shown"))
    return (
        found.filter(pl.col("subject") == subject)
        .join(handed, left_on="subject_id", right_on="key", maintain_order="left")
        .with_columns(
            subject=pl.lit(shown.removesuffix("_id")),
            subject_id=pl.col("shown"),
            snapshot_date=pl.when(pl.col("register").is_not_null()).then("snapshot_date"),
        )
        .select("place", "order", *FINDINGS)
    )
