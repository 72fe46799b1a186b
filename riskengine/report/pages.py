"""The sheets of the audit workbook: which frame stands on which, in which order, and what is left to the files."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from riskengine.pipeline import Assessment
from riskengine.report import totals
from riskengine.report.tables import Tables, flat

OTHER_LINES = 100_000
"""How many lines that are not flagged a workbook holds; the CSV and Parquet files hold them all."""

ROWS = 1_048_575
"""Rows below the heading row of a sheet (the limit of the XLSX format)."""


@dataclass(frozen=True)
class Page:
    """One sheet: its title, the table in columns.csv that describes it, its rows, and how many rows it leaves out."""

    title: str
    table: str
    frame: pl.DataFrame
    left_out: int = 0


def pages(assessment: Assessment, tables: Tables) -> list[Page]:
    """Flagged suppliers and lines first and in full, then one sheet a frame in flow order."""
    suppliers = flat(tables.suppliers)
    everything = [
        *_parts("Flagged suppliers", "suppliers", suppliers.filter("flagged")),
        *_parts("Flagged lines", "lines", tables.lines.filter("flagged")),
        Page("Intake", "intake", _joined(totals.sheets(assessment))),
        Page("Headings", "headings", assessment.headings),
        _lines(tables.lines),
        Page("Set aside", "set_aside", tables.set_aside),
        Page("Suppliers", "suppliers", suppliers),
        Page("Matches", "matches", _matches(assessment)),
        Page("Statements", "statements", _joined(assessment.statements)),
        Page("Sectors", "sectors", assessment.sectors.join(assessment.purchases, on="purchase_id", how="left")),
        Page("Findings", "findings", tables.findings),
        Page("Decisions", "decisions", assessment.decisions),
        Page("Found statements", "found_statements", assessment.found_statements),
        Page("Policy", "policy", _policy(assessment)),
    ]
    return [_cut(page) for page in everything]


def _lines(lines: pl.DataFrame) -> Page:
    """All flagged lines and the first of the others, in the order of the files."""
    numbered = lines.with_columns(other=(~pl.col("flagged")).cum_sum())
    kept = numbered.filter(pl.col("flagged") | (pl.col("other") <= OTHER_LINES)).drop("other")
    return Page("Lines", "lines", kept, lines.height - kept.height)


def _parts(title: str, table: str, frame: pl.DataFrame) -> list[Page]:
    """As many sheets as the rows need."""
    pieces = list(frame.iter_slices(ROWS)) or [frame]
    return [Page(title if number == 1 else f"{title} {number}", table, piece) for number, piece in enumerate(pieces, 1)]


def _cut(page: Page) -> Page:
    """Frames other than those of flagged lines and suppliers are held to the number of other lines."""
    if page.title.startswith(("Flagged", "Lines")) or page.frame.height <= OTHER_LINES:
        return page
    return Page(page.title, page.table, page.frame.head(OTHER_LINES), page.frame.height - OTHER_LINES)


def _joined(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists as text."""
    return frame.with_columns(pl.col(pl.List(pl.String)).list.join(" | "))


def _matches(assessment: Assessment) -> pl.DataFrame:
    """Matches with the terms of the score as text: "left / right: letters 0.31; legal form -0.02"."""
    term = pl.element().struct
    parts = pl.col("terms").list.eval(pl.format("{} {}", term.field("term"), term.field("points").round(3)))
    first = pl.col("terms").list.first().struct
    told = pl.format("{} / {}: {}", first.field("left"), first.field("right"), parts.list.join("; "))
    return assessment.matches.with_columns(
        terms=pl.when(pl.col("terms").list.len() > 0).then(told).otherwise(pl.lit(""))
    )


def _policy(assessment: Assessment) -> pl.DataFrame:
    """Every answer that a question can have, with its points and where they come from: what a finding rests on."""
    rows = [
        {
            "indicator": indicator.id,
            "question": indicator.question,
            "case": name,
            "outcome": case.outcome,
            "points": int(case.points.value) if case.points else 0,
            "sentence": case.sentence,
            "why": case.points.why if case.points else indicator.why,
            "source": case.points.source if case.points else indicator.source,
            "since": case.points.since if case.points else None,
            "version": indicator.version,
        }
        for indicator in assessment.policy.indicators.values()
        for name, case in indicator.cases.items()
    ]
    return pl.DataFrame(rows, schema_overrides={"since": pl.Date}, infer_schema_length=None)
