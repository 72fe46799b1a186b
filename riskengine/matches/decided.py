"""A person's word: it comes before every rule and survives other spellings, re-runs and new copies of the register."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from riskengine import names
from riskengine.policy.names import NamesPolicy
from riskengine.schemas import Decisions, RegisterEntries


def find(
    decisions: dy.DataFrame[Decisions], entries: dy.DataFrame[RegisterEntries], policy: NamesPolicy
) -> pl.DataFrame:
    """Each decision beside the entry it points to, by company number or else by normal form.

    Columns of Decisions and entry_id, which is null when the record is not in this copy.
    """
    looked_at = entries.head(0) if decisions.is_empty() else entries
    keyed = looked_at.select("entry_id", "company_number").with_columns(
        entry_key=names.keys(looked_at["name"], policy)["key"]
    )
    asked = decisions.with_columns(entry_key=names.keys(decisions["entry_name"], policy)["key"]).with_row_index("place")
    numbered = keyed.filter(pl.col("company_number").is_not_null()).unique("company_number", keep="first")
    named = keyed.unique("entry_key", keep="first", maintain_order=True)
    found = asked.join(
        numbered.select("company_number", by_number="entry_id"),
        left_on="entry_number",
        right_on="company_number",
        how="left",
    ).join(named.select("entry_key", by_name="entry_id"), on="entry_key", how="left")
    known = pl.when(pl.col("entry_number").is_not_null()).then("by_number").otherwise("by_name")
    latest = found.sort("when", "place").unique(["key", "entry_key", "entry_number"], keep="last", maintain_order=True)
    return latest.select(*Decisions.column_names(), entry_id=known)


def said(decision: str) -> pl.Expr:
    """Who decided what, when and why, as a sentence."""
    when = pl.col("when").dt.strftime("%-d %B %Y")
    parts = [
        pl.lit(f"{decision} "),
        pl.col("who"),
        pl.lit(" on "),
        when,
        pl.lit(": "),
        pl.col("why").str.strip_chars_end("."),
    ]
    return pl.concat_str([*parts, pl.lit(".")])
