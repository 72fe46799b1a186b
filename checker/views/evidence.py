"""One supplier, or one of its lines, with all that was found of it. The assessment has personal names withheld."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from checker.records import frames
from riskengine import findings
from riskengine.pipeline import Assessment

_CONCERN = {"raised": 0, "not_checked": 1, "clear": 2}


@dataclass(frozen=True)
class Profile:
    """One supplier: its row of Suppliers, Statements and SupplierScores in one."""

    supplier_id: str
    name: str
    facts: dict[str, Any]


def ids(assessment: Assessment) -> pl.Series:
    """Every supplier_id of the assessment."""
    return assessment.suppliers.get_column("supplier_id")


def lines_of(lines: pl.LazyFrame, supplier_id: str) -> pl.LazyFrame:
    """The lines of one supplier (rows of `lines.ranked`, not read yet)."""
    return lines.filter(pl.col("supplier_id") == supplier_id)


def line_ids(lines: pl.LazyFrame) -> pl.Series:
    """The ids of lines."""
    return lines.select("line_id").collect().get_column("line_id")


def one(lines: pl.LazyFrame, line_id: str) -> dict[str, Any]:
    """One line as plain values."""
    return lines.filter(pl.col("line_id") == line_id).collect().row(0, named=True)


def profile(assessment: Assessment, supplier_id: str) -> Profile:
    """All that is known of one supplier."""
    row = (
        assessment.suppliers.filter(pl.col("supplier_id") == supplier_id)
        .join(assessment.statements, on="supplier_id", how="left")
        .join(assessment.supplier_scores, on="supplier_id", how="left")
    )
    facts = row.row(0, named=True)
    return Profile(supplier_id, facts["name"], facts)


def search(assessment: Assessment, counted: pl.DataFrame, text: str) -> pl.DataFrame:
    """Suppliers whose name or company number holds every word, most points first (`counted`: `lines.by_supplier`).

    Those with as many points come by their £. Columns: supplier_id, name, kind, statement, scope, points, band,
    checked_share, and those of `lines.by_supplier`.
    """
    named = assessment.suppliers.select("supplier_id", "name", "kind", "company_number")
    where = pl.concat_str("name", "company_number", separator=" ", ignore_nulls=True).str.to_lowercase()
    return (
        named.filter(*[where.str.contains(word, literal=True) for word in text.lower().split()])
        .join(assessment.statements.select("supplier_id", "statement", "scope"), on="supplier_id", how="left")
        .join(assessment.supplier_scores, on="supplier_id", how="left")
        .join(counted, on="supplier_id", how="left")
        .sort(["points", "amount", "lines", "name"], descending=[True, True, True, False], nulls_last=True)
    )


def of_supplier(assessment: Assessment, supplier_id: str) -> pl.DataFrame:
    """All findings of a supplier and of what it sells, one row a distinct sentence.

    Columns: those of Findings, `title`, `sentence` and `lines` (how many of its lines the sentence is about).
    """
    links = frames.some(assessment, "links", pl.col("supplier_id") == supplier_id)
    subjects = pl.concat(
        [
            links.select("line_id", pl.col(column).alias("subject_id"), pl.lit(subject).alias("subject"))
            for subject, column in (("line", "line_id"), ("purchase", "purchase_id"), ("supplier", "supplier_id"))
        ]
    )
    weights = subjects.group_by("subject", "subject_id").agg(pl.len().alias("lines"))
    told = _told(assessment, weights)
    summed = told.group_by("sentence", maintain_order=True).agg(pl.exclude("lines").first(), pl.col("lines").sum())
    return summed.select(told.columns)


def of_line(assessment: Assessment, line: dict[str, Any]) -> pl.DataFrame:
    """All findings that make up one line's points (`line` is a row of `lines.ranked`)."""
    asked = pl.DataFrame(
        {
            "subject": ["line", "purchase", "supplier"],
            "subject_id": [line["line_id"], line["purchase_id"], line["supplier_id"]],
            "lines": [1, 1, 1],
        }
    )
    return _told(assessment, asked)


def candidates(assessment: Assessment, supplier_id: str) -> pl.DataFrame:
    """The register records compared with a supplier, best first (rows of Matches)."""
    return assessment.matches.filter(pl.col("supplier_id") == supplier_id).sort("rank")


def _told(assessment: Assessment, asked: pl.DataFrame) -> pl.DataFrame:
    """The findings of some subjects with their sentences: raised first, then not checked, then clear."""
    named = pl.col("subject_id").is_in(asked.get_column("subject_id").implode())
    found = frames.some(assessment, "findings", named)
    found = found.with_columns(pl.col("subject").cast(pl.String)).join(
        asked, on=["subject", "subject_id"], how="inner", maintain_order="left"
    )
    titles = {one.id: one.title for one in assessment.policy.indicators.values()}
    return found.with_columns(
        findings.sentences(found, assessment.policy.indicators).alias("sentence"),
        pl.col("indicator").replace_strict(titles, return_dtype=pl.String).alias("title"),
        pl.col("outcome").cast(pl.String).replace_strict(_CONCERN, return_dtype=pl.Int8).alias("concern"),
    ).sort(["concern", "points"], descending=[False, True], maintain_order=True)
