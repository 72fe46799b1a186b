"""Suppliers are looked up in the statement registry: same, possible or none, with the terms of the score."""

from __future__ import annotations

import dataframely as dy
import polars as pl
from rapidfuzz import fuzz, process

from riskengine import names
from riskengine.policy import Policy
from riskengine.schemas import Decisions, Matches, RegisterEntries, StatementRegister, Suppliers

TERMS = Matches.create_empty().schema["terms"]
ASKED = ["company", "public_body", "charity", "education", "unknown"]
"""Kinds of supplier that are looked up by name."""


def find(
    suppliers: dy.DataFrame[Suppliers],
    register: StatementRegister | None,
    decisions: dy.DataFrame[Decisions],
    policy: Policy,
) -> dy.DataFrame[Matches]:
    """Find each supplier in the register: decisions first, then company number, then the name."""
    asked = pl.col("kind").is_in(ASKED)
    left_out = _not_asked(
        suppliers.filter(~asked), "kind", "Not looked up: suppliers of this kind are not in the registry."
    )
    if register is None:
        none = _not_asked(suppliers.filter(asked), "no_register", "No copy of the registry was given.")
        return Matches.validate(pl.concat([none, left_out]).sort("supplier_id"), cast=True)
    found = _by_name(suppliers.filter(asked), register.entries, policy)
    return Matches.validate(pl.concat([found, left_out], how="diagonal_relaxed").sort("supplier_id", "rank"), cast=True)


def _not_asked(suppliers: pl.DataFrame, basis: str, reason: str) -> pl.DataFrame:
    return suppliers.select(
        "supplier_id",
        rank=pl.lit(1, pl.UInt8),
        match=pl.lit("not_checked"),
        basis=pl.lit(basis),
        entry_id=pl.lit(None, pl.String),
        matched_name=pl.lit(None, pl.String),
        matched_number=pl.lit(None, pl.String),
        score=pl.lit(None, pl.Float64),
        terms=pl.lit([], TERMS),
        reason=pl.lit(reason),
    )


def _by_name(suppliers: pl.DataFrame, entries: dy.DataFrame[RegisterEntries], policy: Policy) -> pl.DataFrame:
    left = suppliers.with_columns(names.keys(suppliers["name"], policy.names).select(pl.all().name.prefix("left_")))
    right = entries.select("entry_id", "name", pl.col("company_number").alias("number")).with_columns(
        names.keys(entries["name"], policy.names).select(pl.all().name.prefix("right_"))
    )
    pairs = pl.concat([_numbers(left, right), _blocks(left, right)]).unique(
        ["supplier_id", "entry_id"], keep="first", maintain_order=True
    )
    pairs = pairs.join(left, on="supplier_id").join(right, on="entry_id", suffix="_right")
    close = (
        process.cpdist(
            pairs["left_core"].to_list(), pairs["right_core"].to_list(), scorer=fuzz.token_sort_ratio, workers=-1
        )
        / 100
    )
    number = (pl.col("company_number") == pl.col("number")).fill_null(value=False)
    exact = pl.col("left_key") == pl.col("right_key")
    scored = pairs.with_columns(close=pl.Series(close, dtype=pl.Float64)).with_columns(
        basis=pl.when(number)
        .then(pl.lit("company_number"))
        .when(exact)
        .then(pl.lit("exact_name"))
        .otherwise(pl.lit("name")),
        score=pl.when(number | exact).then(1.0).otherwise("close"),
    )
    best = scored.filter(pl.col("score") >= 0.6).sort(
        "supplier_id", pl.col("basis") != "company_number", -pl.col("score"), "entry_id"
    )
    best = best.with_columns(rank=pl.int_range(1, pl.len() + 1, dtype=pl.UInt8).over("supplier_id")).filter(
        pl.col("rank") <= 3
    )
    match = (
        pl.when(pl.col("basis") != "name")
        .then(pl.lit("same"))
        .when(pl.col("score") >= 0.97)
        .then(pl.lit("same"))
        .when(pl.col("score") >= 0.85)
        .then(pl.lit("possible"))
        .otherwise(pl.lit("none"))
    )
    term = pl.concat_list(pl.struct(term="basis", left="name", right="name_right", points="score"))
    found = best.select(
        "supplier_id",
        "rank",
        match=match,
        basis="basis",
        entry_id="entry_id",
        matched_name="name_right",
        matched_number="number",
        score="score",
        terms=term,
        reason=pl.lit("Compared by name or number."),
    )
    missing = suppliers.join(found, on="supplier_id", how="anti")
    return pl.concat(
        [found, _not_asked(missing, "name", "No similar name in the registry.").with_columns(match=pl.lit("none"))],
        how="vertical_relaxed",
    )


def _numbers(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    return (
        left.filter(pl.col("company_number").is_not_null())
        .join(right, left_on="company_number", right_on="number")
        .select("supplier_id", "entry_id")
    )


def _blocks(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Pairs that share a word which few register names hold."""
    words = right.select("entry_id", word=pl.col("right_core").str.split(" ")).explode("word")
    rare = words.filter(pl.len().over("word") <= 200)
    return (
        left.select("supplier_id", word=pl.col("left_core").str.split(" "))
        .explode("word")
        .join(rare, on="word")
        .select("supplier_id", "entry_id")
        .unique(maintain_order=True)
    )
