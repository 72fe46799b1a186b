"""Names as they are compared: the name, the trading name within it, and the names borne before."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from riskengine import names
from riskengine.policy.names import NamesPolicy


def of_suppliers(suppliers: pl.DataFrame, policy: NamesPolicy) -> pl.DataFrame:
    """The readings of suppliers, in the columns that `_readings` gives; owner is a supplier's position."""
    return _readings(suppliers.select(text="spellings").with_row_index("owner").explode("text"), policy)


def of_entries(entries: pl.DataFrame, policy: NamesPolicy) -> pl.DataFrame:
    """The readings of register entries, in the columns that `_readings` gives; owner is an entry's position."""
    now = entries.select(text="name").with_row_index("owner")
    before = entries.select(text="previous_names").with_row_index("owner").explode("text").drop_nulls()
    return _readings(pl.concat([now, before]), policy)


def _readings(spelt: pl.DataFrame, policy: NamesPolicy) -> pl.DataFrame:
    """Columns owner, text (as written), folded, key, core, ordered (the words of the core by the alphabet), aside,
    form (the legal form) and trading (the other name in it), as in `names.keys`. A trading name is a reading of its
    own, without a legal form.
    """
    keyed = pl.concat([spelt, names.keys(spelt["text"], policy)], how="horizontal")
    none = pl.lit(None, pl.String)
    legal = keyed.select("owner", "text", "folded", "key", "core", "aside", form="legal_form", trading="trading_as")
    named = keyed.filter(pl.col("trading_as").is_not_null())
    trading = named.select(
        "owner", "text", folded="trading_as", key="trading_as", core="trading_as", aside=none, form=none, trading=none
    )
    found = pl.concat([legal, trading]).filter(pl.col("core") != "")
    found = found.with_columns(ordered=pl.col("core").str.split(" ").list.sort().list.join(" "))
    return found.unique(["owner", "key"], keep="first", maintain_order=True)


def gathered(texts: pl.Series, places: npt.NDArray[np.integer]) -> list[str]:
    """The text at each place; every text is read once, however many places name it."""
    asked = np.zeros(len(texts), bool)
    asked[places] = True
    read = np.array(texts.filter(pl.Series(asked)).to_list(), dtype=object)
    found: list[str] = read[(np.cumsum(asked) - 1)[places]].tolist()
    return found
