"""What changed for suppliers between two assessments of the same lists."""

from __future__ import annotations

import polars as pl

from riskengine.pipeline import Assessment
from riskengine.statements import changes


def between(before: Assessment, after: Assessment) -> pl.DataFrame:
    """Suppliers whose statement is new, renewed or lapsed, by change and name: change, name, before, after.

    Names of likely persons are left out: they are never looked up.
    """
    found = changes.compare(before.statements, after.statements)
    named = found.join(after.suppliers.select("supplier_id", "name", "personal"), on="supplier_id", how="left")
    told = named.filter(pl.col("change").is_in(["new", "renewed", "lapsed"]) & ~pl.col("personal"))
    return told.select("change", "name", "before", "after").sort("change", "name")
