"""Names as they are compared: the name, the trading name within it, and the names borne before."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from riskengine import names
from riskengine.policy.names import NamesPolicy
from riskengine.schemas import RegisterEntries


def of_suppliers(suppliers: pl.DataFrame, policy: NamesPolicy) -> pl.DataFrame:
    """One row a reading: owner (supplier_id), text (as written), key, core, trading (another name in it), aside."""
    spelt = suppliers.select(owner="supplier_id", text="spellings").explode("text")
    keyed = pl.concat([spelt, names.keys(spelt["text"], policy)], how="horizontal")
    return _readings(keyed)


def of_entries(entries: dy.DataFrame[RegisterEntries], policy: NamesPolicy) -> pl.DataFrame:
    """One row a reading: owner (entry_id), text (as written), key, core, trading (another name in it), aside."""
    now = entries.select(owner="entry_id", text="name")
    before = entries.select(owner="entry_id", text="previous_names").explode("text").drop_nulls()
    spelt = pl.concat([now, before])
    return _readings(pl.concat([spelt, names.keys(spelt["text"], policy)], how="horizontal"))


def _readings(keyed: pl.DataFrame) -> pl.DataFrame:
    """A trading name is a reading of its own, without a legal form."""
    legal = keyed.select("owner", "text", "key", "core", "aside", trading="trading_as")
    none = pl.lit(None, pl.String)
    named = keyed.filter(pl.col("trading_as").is_not_null())
    trading = named.select("owner", "text", key="trading_as", core="trading_as", aside=none, trading=none)
    found = pl.concat([legal, trading]).filter(pl.col("core") != "")
    return found.unique(["owner", "key"], keep="first", maintain_order=True)
