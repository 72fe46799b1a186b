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

    `findings` is the frame of that name with the columns `order` and `sentence`; `lines` has line_id, supplier_id,
    purchase_id and reasons; `suppliers` has supplier_id and the reasons of its highest line, whose points it carries.
    `reasons` holds the sentences of all raised findings, those with most points first, and is empty where nothing
    was raised.
    """

    findings: pl.DataFrame
    lines: pl.DataFrame
    suppliers: pl.DataFrame


def tell(assessment: Assessment) -> Told:
    """Make every sentence once, and gather those of what was raised."""
    said = assessment.findings.with_columns(
        findings.sentences(assessment.findings, assessment.policy.indicators).alias("sentence")
    ).with_row_index("order")
    raised = said.filter(pl.col("outcome") == "raised").sort("points", "order", descending=[True, False])
    lines = _hand_on(assessment.links, raised)
    return Told(said, lines, _highest(lines, assessment.scores))


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
    return (
        lines.join(scores.select("line_id", "points"), on="line_id", how="left", maintain_order="left")
        .sort("points", descending=True, nulls_last=True, maintain_order=True)
        .unique("supplier_id", keep="first", maintain_order=True)
        .select("supplier_id", "reasons")
    )
