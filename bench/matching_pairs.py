"""Labelled names beside the register entries they are compared with, for fit_matching.py."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from matching_report import Asked

from riskengine.matches import index, lexicon, overlap, pairs, readings
from riskengine.policy import Policy

Floats = npt.NDArray[np.float64]

UNLISTED, SHARE = 8_000, 0.1
"""Register names taken for names that the register lacks, and how much each counts beside a labelled name: they teach
how near the nearest other organisation comes. Chosen out of fold among 0, 0.03, 0.1 and 0.3."""
SIDES = ("listed", "registered")
"""Whether the name in the list or the register's alone has a word."""
TOGETHER = "kinds"
"""In the place of a side: all kinds of words that one name alone has, in the place of a word."""


@dataclass(frozen=True)
class Labelled:
    """Pairs of names to be compared, which are right, how much each counts, and the words that one name alone has.

    `alone` has row (position of the pair), side (listed or registered) and word; and the kinds of all of them together.
    """

    rows: pl.DataFrame
    query: npt.NDArray[np.int64]
    right: npt.NDArray[np.bool_]
    counts: Floats
    folds: pl.Series
    alone: pl.DataFrame

    def joined(self, other: Labelled) -> Labelled:
        """Both, one after the other."""
        after = other.alone.with_columns(pl.col("row") + self.rows.height)
        return Labelled(
            pl.concat([self.rows, other.rows]),
            np.concatenate([self.query, other.query + self.query.max() + 1]),
            np.concatenate([self.right, other.right]),
            np.concatenate([self.counts, other.counts]),
            pl.concat([self.folds, other.folds]),
            pl.concat([self.alone, after]),
        )


def labelled(asked: Asked, given: Asked, policy: Policy) -> Labelled:
    """The names asked for, and after them names that the register lacks (drawn from the register as given)."""
    return _compared(asked, policy, 1.0).joined(_compared(_unlisted(given), policy, SHARE))


def _unlisted(asked: Asked) -> Asked:
    """Register names looked up in a register without them: none of the names they are compared with is right."""
    own = asked.registry.filter(pl.col("source") != "synthetic_sister")
    entities = own["entity_id"].unique().sort().sample(UNLISTED, seed=1).implode()
    out = own.filter(pl.col("entity_id").is_in(entities)).unique("entity_id", keep="first", maintain_order=True)
    names = out.select(
        "name", query_id=pl.lit("register ") + pl.col("reg_id"), part=pl.lit("unlisted"), klass=pl.lit(""),
        truth_entity=pl.lit(""),
    )  # fmt: skip
    return Asked.of(names, asked.registry.filter(~pl.col("entity_id").is_in(entities)))


def _compared(asked: Asked, policy: Policy, share: float) -> Labelled:
    built = index.build(asked.register.entries, policy)
    suppliers = asked.suppliers.sort("supplier_id")
    nobody = pl.DataFrame(schema={"supplier": pl.UInt32, "entry": pl.UInt32})
    rows = pairs.compare(suppliers, built, nobody, policy)
    ids = rows.select(
        query_id=suppliers["supplier_id"].gather(rows["supplier"]),
        entry_id=built.entries["entry_id"].gather(rows["entry"]),
    )
    told = ids.join(asked.truths, on=["query_id", "entry_id"], how="left", maintain_order="left")
    first = pl.col("truth_entity").str.split("|").list.first()
    entity = asked.queries.select("query_id", entity=pl.when(first == "").then("query_id").otherwise(first))
    return Labelled(
        pl.concat([ids, rows], how="horizontal"),
        rows["supplier"].to_numpy().astype(np.int64),
        told["right"].fill_null(value=False).to_numpy(),
        np.full(rows.height, share),
        ids.join(entity, on="query_id", how="left", maintain_order="left")["entity"],
        _alone(rows, readings.of_suppliers(suppliers, policy.names), built, policy),
    )


def _alone(rows: pl.DataFrame, left: pl.DataFrame, built: index.Index, policy: Policy) -> pl.DataFrame:
    """The words that only one name of a pair has: row, side, word; without regions and numbers, which have measures."""
    sides = [(left, "supplier", "left"), (built.readings, "entry", "right")]
    places = pl.DataFrame(
        {
            name: rows.join(
                side.select(pl.col("owner").alias(owner), pl.col("key").alias(f"{name}_key")).with_row_index("place"),
                on=[owner, f"{name}_key"], how="left", maintain_order="left",
            )["place"]
            for side, owner, name in sides
        }
    )  # fmt: skip
    found = overlap.alone(lexicon.of(left, built.readings, built, policy), places)
    measured = [row.word for row in policy.names.word_kinds if row.kind in ("region", "number")]
    told = pl.concat(
        pl.DataFrame({"row": pair, "word": words}).select("row", "word", side=pl.lit(side))
        for side, (pair, words) in zip(SIDES, found, strict=True)
    )
    kinds = rows.with_row_index("row").select("row", word="kinds", side=pl.lit(TOGETHER))
    kinds = kinds.cast({"row": pl.Int64, "word": pl.String})
    return pl.concat([told.filter(~pl.col("word").is_in(measured) & ~pl.col("word").str.contains(r"^\d+$")), kinds])
