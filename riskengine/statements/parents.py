"""Parents confirmed by a person: whose group a supplier belongs to, and who said so, when and why."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from riskengine.schemas import Decisions, Inputs, RegisterEntries


def confirmed(inputs: Inputs) -> pl.DataFrame:
    """Each parent that a person confirmed for a supplier `key`, beside the entry it points to.

    Columns: key, parent_name, parent_entry (null where the entry is not in this copy), and whose word it is:
    parent_who, parent_when, parent_why. An entry is found by the company number of the decision; without one by its
    name, as it is or was, case ignored.
    """
    words = inputs.decisions.filter(pl.col("decision") == "parent").with_columns(
        name_key=pl.col("entry_name").str.to_uppercase()
    )
    entries = inputs.register.entries if inputs.register else RegisterEntries.create_empty()
    numbered = entries.select(entry_number="company_number", by_number="entry_id").drop_nulls()
    current = entries.select("entry_id", name_key="name")
    earlier = entries.select("entry_id", name_key="previous_names").explode("name_key").drop_nulls()
    named = pl.concat([current, earlier]).select(pl.col("name_key").str.to_uppercase(), by_name="entry_id")
    found = words.join(
        numbered.unique("entry_number", keep="first", maintain_order=True), on="entry_number", how="left"
    ).join(named.unique("name_key", keep="first", maintain_order=True), on="name_key", how="left")
    entry = pl.when(pl.col("entry_number").is_not_null()).then("by_number").otherwise("by_name")
    return found.sort("when", "entry_name", descending=[True, False]).select(
        "key",
        parent_name="entry_name",
        parent_entry=entry,
        parent_who="who",
        parent_when="when",
        parent_why=pl.col("why").str.strip_chars_end("."),
    )


def vanished(linked: pl.DataFrame) -> pl.DataFrame:
    """The confirmed parents of each `key` that are not in this copy: columns key, parents_gone (names in words)."""
    gone = linked.filter(pl.col("parent_entry").is_null())
    return gone.group_by("key", maintain_order=True).agg(parents_gone=pl.col("parent_name").str.join(", "))


def other_bodies(decisions: dy.DataFrame[Decisions]) -> dy.DataFrame[Decisions]:
    """The decisions as a match takes them: a parent is another organisation than the supplier, so `not_same`."""
    word = pl.col("decision").cast(pl.String)
    as_match = pl.when(word == "parent").then(pl.lit("not_same")).otherwise(word)
    return Decisions.validate(decisions.with_columns(decision=as_match), cast=True)
