"""Figures of one assessment for the council's own annual statement and for pledges 7, 8 and 10 of the Charter.

Pledge 7: review contractual spending regularly. Pledge 8: highlight risks to suppliers. Pledge 10: report publicly.
Source: Co-operative Party Charter against Modern Slavery, ten pledges.
"""

from __future__ import annotations

import polars as pl

from riskengine.pipeline import Assessment
from riskengine.report import totals
from riskengine.schemas import AMOUNT_KINDS, HIGHER_LEVELS, STATEMENTS_HELD


def figures(assessment: Assessment) -> pl.DataFrame:
    """`pledge, figure, value, unit`: one row a figure; an amount of a kind that no list gives is left out."""
    rows = [*_reviewed(assessment), *_risks(assessment), *_reported(assessment)]
    return pl.DataFrame(rows, schema=["pledge", "figure", "value", "unit"], orient="row")


def _reviewed(assessment: Assessment) -> list[tuple[str, str, str, str]]:
    labels = assessment.policy.wording.labels["amount_kind"]
    kinds = {row["amount_kind"]: row for row in totals.kinds(assessment).to_dicts()}
    spend = [
        ("7", f"Spend reviewed, {labels[kind].lower()}", f"{kinds[kind]['assessed']:.2f}", "£")
        for kind in AMOUNT_KINDS
        if kind in kinds and kinds[kind]["assessed"]
    ]
    return [
        *spend,
        ("7", "Contract lines assessed", str(assessment.lines.height), "lines"),
        ("7", "Rows set aside with a reason", str(assessment.set_aside.height), "rows"),
        ("7", "Suppliers looked at", str(assessment.suppliers.height), "suppliers"),
    ]


def _risks(assessment: Assessment) -> list[tuple[str, str, str, str]]:
    higher = assessment.sectors.filter(pl.col("level").cast(pl.String).is_in(HIGHER_LEVELS)).select("purchase_id")
    purchases = assessment.purchases.join(higher, on="purchase_id", how="semi")
    lines = assessment.links.join(higher, on="purchase_id", how="semi")
    unknown = assessment.sectors.filter(pl.col("level").cast(pl.String) == "unknown").select("purchase_id")
    unread = assessment.links.join(unknown, on="purchase_id", how="semi")
    suppliers = purchases.get_column("supplier_id").n_unique()
    flagged = int(assessment.supplier_scores.get_column("flagged").sum())
    return [
        (
            "8",
            "Suppliers with a contract in a higher-risk sector",
            str(suppliers),
            "suppliers",
        ),
        ("8", "Contract lines in a higher-risk sector", str(lines.height), "lines"),
        ("8", "Contract lines whose sector is not known", str(unread.height), "lines"),
        ("8", "Suppliers flagged for proportionate due diligence", str(flagged), "suppliers"),
    ]


def _reported(assessment: Assessment) -> list[tuple[str, str, str, str]]:
    counts = dict(totals.statements(assessment).iter_rows())
    old = assessment.policy.wording.labels["statement"]["out_of_date"]
    known = {*STATEMENTS_HELD, "out_of_date", "none_found"}
    keys = assessment.suppliers.select("key")
    decided = assessment.decisions.join(keys, on="key", how="semi").height
    elsewhere = assessment.found_statements.join(keys, on="key", how="semi").height
    return [
        ("10", "Statement found", str(sum(counts[one] for one in STATEMENTS_HELD)), "suppliers"),
        ("10", old, str(counts["out_of_date"]), "suppliers"),
        ("10", "No statement found in the registry copy", str(counts["none_found"]), "suppliers"),
        ("10", "Statement not known", str(sum(n for one, n in counts.items() if one not in known)), "suppliers"),
        ("10", "Matches decided by a person", str(decided), "decisions"),
        ("10", "Statements recorded by an officer", str(elsewhere), "statements"),
    ]
