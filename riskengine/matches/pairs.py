"""Suppliers beside the register entries worth comparing with them, and what is measured of each pair."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from riskengine.matches import candidates, measures, readings
from riskengine.matches.index import Index
from riskengine.policy import Policy

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

LEADS = {"whole": 0.72, "core": 0.77, "left_share": 0.74, "right_share": 0.76, "shared": 1.2}
"""Measures of which the lead over the next entry counts too, and the least that a next entry is taken to have.

In a register of 50,000 names the next one reaches as much for half of the names that bench/fit_matching.py is given;
without it a name that stands alone in a small register would seem to lead by far.
"""
TELLING = 0.1
"""Words that tell so many of their names from another name of the register make a sister company of it."""


def compare(suppliers: pl.DataFrame, index: Index, known: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """One row for each supplier and entry: the pair of readings that is most alike, and its measures.

    `known` has pairs that are compared in any case (supplier and entry, by position). Columns: supplier, entry,
    left_text, right_text, left_key, right_key, left_trading, right_trading, right_aside, exact, whole_name, the
    measures of `measures.table`, lead_* (how far a measure lies above the next entry's, or else below the best), and
    ahead_* (the same among groups: how far the best of an entry and its sister companies lies above the next group's).
    """
    left = readings.of_suppliers(suppliers, policy.names)
    rules = policy.matches.rules
    found = candidates.find(left, index, policy.names, int(rules.common_word.value), int(rules.compared.value))
    found = pl.concat([found, _first(known, left, index)]).unique().sort("left", "right")
    used = found["right"].unique().sort()
    right = index.readings[used]
    placed = found.with_columns(right=used.search_sorted(found["right"]))
    sides = ("text", "key", "trading", "aside")
    mine = left.select(pl.col("owner").alias("supplier"), pl.col(*sides).name.prefix("left_"))[placed["left"]]
    group = _group(policy).alias("group")
    theirs = right.select(pl.col("owner").alias("entry"), group, pl.col(*sides).name.prefix("right_"))[placed["right"]]
    measured = measures.table(left, right, placed, index, policy)
    return _with_leads(_closest(pl.concat([mine, theirs, measured], how="horizontal")))


def _first(known: pl.DataFrame, left: pl.DataFrame, index: Index) -> pl.DataFrame:
    """The first readings of the suppliers and entries of `known`."""
    first = [
        side.select("owner").with_row_index(at).unique("owner", keep="first", maintain_order=True)
        for side, at in ((left, "left"), (index.readings, "right"))
    ]
    met = known.join(first[0], left_on="supplier", right_on="owner").join(first[1], left_on="entry", right_on="owner")
    return met.select("left", "right")


def _closest(rows: pl.DataFrame) -> pl.DataFrame:
    """Of several readings of a supplier and an entry the pair that has most in common."""
    equal = pl.col("left_key") == pl.col("right_key")
    other = (pl.col("left_trading") != pl.col("right_trading")).fill_null(value=False)
    aside = (pl.col("left_aside") == pl.col("right_aside")).fill_null(value=False)
    told = rows.with_columns(
        exact=equal & ~other & (pl.col("right_aside").is_null() | aside),
        whole_name=equal.cast(pl.Float32),
        near=(equal.cast(pl.Int8) * 5 + pl.col("sorted") + pl.col("left_share") + pl.col("right_share")).round(4),
    )
    order = told.sort(
        "supplier", "entry", "exact", "near", "right_key", "left_key",
        descending=[False, False, True, True, False, False],
    )  # fmt: skip
    again = (pl.col("supplier") == pl.col("supplier").shift()) & (pl.col("entry") == pl.col("entry").shift())
    return order.filter(~again.fill_null(value=False)).drop("near")


def _group(policy: Policy) -> pl.Expr:
    """A number for the name less the words at its end that make a sister company of it (No 2, Wales, Holdings)."""
    telling = sorted((row.word for row in policy.matches.words if row.apart >= TELLING), key=lambda word: -len(word))
    less = pl.col("core").str.replace(rf"(?: (?:{'|'.join(['NO', *telling])}))+$", "")
    return less.rank("dense").cast(pl.UInt32)


def _with_leads(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows stand in the order of their suppliers."""
    supplier = rows["supplier"].to_numpy()
    group = np.unique(supplier.astype(np.int64) << 32 | rows["group"].to_numpy(), return_inverse=True)[1]
    starts = np.flatnonzero(np.diff(supplier, prepend=-1)) if rows.height else np.zeros(0, np.int64)
    sizes = np.diff(starts, append=rows.height)
    leads: dict[str, Floats] = {}
    for name, least in LEADS.items():
        value = rows[name].to_numpy()
        lead, ahead = _leads(value, group, (starts, sizes), np.float32(least)) if rows.height else (value, value)
        leads |= {f"lead_{name}": lead, f"ahead_{name}": ahead}
    return rows.with_columns(**{name: pl.Series(values, dtype=pl.Float32) for name, values in leads.items()}).drop(
        "group"
    )


def _leads(value: Floats, group: Places, suppliers: tuple[Places, Places], least: np.float32) -> tuple[Floats, Floats]:
    """How far each value lies above the next of its supplier, or else below the best: of entries, and of groups."""
    starts, sizes = suppliers
    best = np.repeat(np.maximum.reduceat(value, starts), sizes)
    is_best = value == best
    among_entries = _next(value, is_best, suppliers, tied=np.add.reduceat(is_best.astype(int), starts) > 1)
    first = np.minimum.reduceat(np.where(is_best, group, np.iinfo(np.int64).max), starts)
    last = np.maximum.reduceat(np.where(is_best, group, -1), starts)
    of_best = np.zeros(value.size, bool)
    of_best[group[is_best]] = True
    in_best = of_best[group]
    among_groups = _next(value, in_best, suppliers, tied=first != last)
    found = [
        np.where(top, value - np.maximum(following, least), value - best)
        for top, following in ((is_best, among_entries), (in_best, among_groups))
    ]
    return found[0], found[1]


def _next(value: Floats, top: Flags, suppliers: tuple[Places, Places], tied: Flags) -> Floats:
    """The best value of a supplier beside the top, which is the top again where two share it, and 0 where none is."""
    starts, sizes = suppliers
    beside = np.maximum.reduceat(np.where(top, np.float32(0), value), starts)
    found: Floats = np.repeat(np.where(tied, np.maximum.reduceat(value, starts), beside), sizes)
    return found
