"""What the words of a purchase say: its description, then the council's category and department, then the name."""

from __future__ import annotations

import polars as pl

from riskengine.policy.sectors import SectorsPolicy
from riskengine.sectors import words

CONTEXT = ["category", "department"]


def decide(texts: pl.Series, policy: SectorsPolicy) -> pl.DataFrame:
    """The sector of each distinct text whose words decide: columns text, sector, evidence, confidence."""
    said = words.best(words.sums(texts, policy.words))
    decided = _decided(said, policy, policy.settings.minimum_sum.value)
    named = texts.gather(decided["text"]).cast(pl.String).alias("text")
    return decided.with_columns(named).select("text", "sector", "evidence", "confidence")


def add_context(bought: pl.DataFrame, policy: SectorsPolicy) -> pl.DataFrame:
    """Add category_* (description, category and department together) and name_* (the supplier's name beside them)."""
    for basis, fields in (("category", CONTEXT), ("name", [*CONTEXT, "name"])):
        fields = ["description", *fields]
        least = policy.settings.name_minimum_sum if basis == "name" else policy.settings.minimum_sum
        distinct = bought.filter(pl.col("text_sector").is_null()).select(fields).unique(maintain_order=True)
        joined = distinct.with_columns(text=pl.concat_str(fields, separator=" . ", ignore_nulls=True))
        said = words.best(words.sums(joined["text"], policy.words))
        said = _decided(said, policy, least.value).select(
            "text", **{f"{basis}_{column}": pl.col(column) for column in ("sector", "evidence", "confidence")}
        )
        told = joined.drop("text").with_row_index("text").join(said, on="text").drop("text")
        bought = bought.join(told, on=fields, how="left", nulls_equal=True, maintain_order="left")
    return bought


def _decided(said: pl.DataFrame, policy: SectorsPolicy, least: float) -> pl.DataFrame:
    sure = said.filter((pl.col("sum") >= least) & (pl.col("lead") >= policy.settings.minimum_lead.value))
    return sure.with_columns(
        evidence=pl.col("words").list.head(6).list.join(", "),
        confidence=(pl.col("lead") / (pl.col("lead") + 1)).round(2),
    )
