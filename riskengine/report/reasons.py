"""The sentences of what was raised, gathered once a purchase and once a supplier, then handed to their lines."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from riskengine import findings
from riskengine.pipeline import Assessment

_KEYS = {"purchase": "purchase_id", "line": "line_id", "supplier": "supplier_id"}


@dataclass(frozen=True)
class Told:
    """What was found, in words.

    `findings` has the findings that are told, with the columns `order` (their place among all) and `sentence`: what was
    raised, and what was not checked of flagged lines and suppliers. `lines` has line_id, supplier_id,
    purchase_id and reasons; `suppliers` has supplier_id and the reasons of its highest line, whose points it carries.
    `reasons` holds the sentences of all raised findings: what holds of the purchase, of the line, then of the supplier,
    each with most points first. It is empty where nothing was raised.
    """

    findings: pl.DataFrame
    lines: pl.DataFrame
    suppliers: pl.DataFrame


def tell(assessment: Assessment) -> Told:
    """Make every sentence once, and gather those of what was raised."""
    told = _told(assessment)
    said = told.with_columns(findings.sentences(told, assessment.policy.indicators).alias("sentence"))
    raised = said.filter(pl.col("outcome") == "raised").sort("points", "order", descending=[True, False])
    lines = _hand_on(assessment.links, raised)
    return Told(said, lines, _highest(lines, assessment.scores))


def _told(assessment: Assessment) -> pl.DataFrame:
    """The findings that are told, with their place among all."""
    lines = assessment.links.filter(assessment.scores["flagged"])
    suppliers = assessment.supplier_scores.filter("flagged")
    flagged = pl.concat([lines["line_id"], lines["purchase_id"].unique(), suppliers["supplier_id"]])
    asked = assessment.findings.with_row_index("order").filter(pl.col("outcome") != "clear")
    return asked.filter((pl.col("outcome") == "raised") | pl.col("subject_id").is_in(flagged.implode()))


def _hand_on(links: pl.DataFrame, raised: pl.DataFrame) -> pl.DataFrame:
    lines = links.select("line_id", "supplier_id", "purchase_id")
    for subject, key in _KEYS.items():
        lines = lines.join(_gather(raised, subject), on=key, how="left", maintain_order="left")
    text = pl.concat_str(*_KEYS, separator=" ", ignore_nulls=True)
    return lines.with_columns(reasons=pl.when(text != "").then(text)).drop(*_KEYS)


def _gather(raised: pl.DataFrame, subject: str) -> pl.DataFrame:
    return (
        raised.filter(pl.col("subject") == subject)
        .group_by(pl.col("subject_id").alias(_KEYS[subject]), maintain_order=True)
        .agg(pl.col("sentence").str.join(" ").alias(subject))
    )


def _highest(lines: pl.DataFrame, scores: pl.DataFrame) -> pl.DataFrame:
    """The reasons of each supplier's line with most points, the first of them where several are equal."""
    ranked = lines.select("supplier_id", "reasons").hstack([scores["points"]])
    highest = pl.col("reasons").get(pl.col("points").arg_max())
    return ranked.group_by("supplier_id", maintain_order=True).agg(highest)
