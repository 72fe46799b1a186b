"""Step 4: suppliers are looked up in the statement registry: same, possible or none, with the terms of the score.

Known facts come before names: a person's decision, then the company number, then a charity number that the register
holds in its place, then the whole name in its normal form.
Names that are only alike are the same from a cut-off that was chosen on names the points had not been fitted on.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import dataframely as dy
import polars as pl

from riskengine.matches import answers, decided, pairs, points
from riskengine.matches.index import Index, build
from riskengine.policy import Policy
from riskengine.schemas import Decisions, Matches, StatementRegister, Suppliers

NOT_ASKED = ["individual", "redacted", "internal"]
"""Kinds that are never looked up: personal data, and names that stand for nobody or for the council."""

PART, AT_ONCE = 8_000, 2
"""Suppliers looked up at a time at most, and how many such parts at once: more would take memory and gain little."""
FEWEST = 500
"""A shorter list is looked up as a whole."""


def find(
    suppliers: dy.DataFrame[Suppliers],
    register: StatementRegister | None,
    decisions: dy.DataFrame[Decisions],
    policy: Policy,
    index: Index | None = None,
) -> dy.DataFrame[Matches]:
    """Look every supplier up; the order of suppliers and entries makes no difference.

    `index` is that of the register's entries where it has been built before.
    """
    left_out = pl.col("kind").cast(pl.String).is_in(NOT_ASKED)
    why = "Persons, withheld names and the council's own accounts are not looked up."
    rows = [_unanswered(suppliers.filter(left_out), "not_checked", "kind", why)]
    asked = suppliers.filter(~left_out)
    if register is None:
        rows.append(_unanswered(asked, "not_checked", "no_register", "There is no copy of the registry at hand."))
        return _sorted(rows)
    told = decided.find(decisions, register.entries, policy.names)
    answered = _looked_up(asked, index or build(register.entries, policy), told, policy)
    silent = asked.join(answered, on="supplier_id", how="anti")
    rows += [answered, _unanswered(silent, "none", "name", "No entry of the register has a name like it.")]
    return _sorted([_with_vanished(pl.concat(rows, how="vertical_relaxed"), asked, told)])


def _unanswered(suppliers: pl.DataFrame, match: str, basis: str, reason: str) -> pl.DataFrame:
    return suppliers.select(
        "supplier_id",
        rank=pl.lit(1, pl.UInt8),
        match=pl.lit(match),
        basis=pl.lit(basis),
        entry_id=pl.lit(None, pl.String),
        matched_name=pl.lit(None, pl.String),
        matched_number=pl.lit(None, pl.String),
        score=pl.lit(None, pl.Float64),
        terms=pl.lit([], answers.TERMS),
        reason=pl.lit(reason),
    )


def _sorted(rows: list[pl.DataFrame]) -> dy.DataFrame[Matches]:
    return Matches.validate(pl.concat(rows, how="vertical_relaxed").sort("supplier_id", "rank"), cast=True)


def _looked_up(asked: pl.DataFrame, index: Index, told: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """Answers to all suppliers, a part of them at a time, so that memory does not grow with their number."""
    placed = asked.sort("supplier_id")
    rounds = max(1, -(-placed.height // (PART * AT_ONCE)))
    size = max(1, placed.height) if placed.height < FEWEST else -(-placed.height // (rounds * AT_ONCE))
    parts = [placed[start : start + size] for start in range(0, placed.height, size)] or [placed]

    def answered(part: pl.DataFrame) -> pl.DataFrame:
        return answers.of(_scored(part, index, told, policy), policy)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return pl.concat(pool.map(answered, parts))


def _scored(part: pl.DataFrame, index: Index, told: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """Each pair with the facts known of both sides and its score."""
    entries = index.entries.with_row_index("entry")
    charity = pl.col("charity_number").str.zfill(8)
    mine = part.select("supplier_id", "key", "company_number", "postcode", charity=charity).with_row_index("supplier")
    word = told.select("key", "entry_id", "decision", "who", "when", "why").drop_nulls("entry_id")
    word = word.join(entries.select("entry_id", "entry"), on="entry_id")
    numbered = entries.select("entry", "company_number").drop_nulls()
    numbers = mine.join(numbered, on="company_number")
    charities = mine.join(numbered, left_on="charity", right_on="company_number")
    met = (numbers, charities, mine.join(word, on="key"))
    known = pl.concat([side.select("supplier", "entry") for side in met])
    rows = (
        pairs.compare(part, index, known.unique(), policy)
        .join(mine, on="supplier", maintain_order="left")
        .join(entries, on="entry", suffix="_entry", maintain_order="left")
        .join(word.drop("entry"), on=["key", "entry_id"], how="left", maintain_order="left")
    )
    rows = rows.with_columns(
        ruled_out=(pl.col("decision") == "not_same").fill_null(value=False),
        there=(pl.col("postcode") == pl.col("postcode_entry")).fill_null(value=False),
    )
    holders = pl.col("exact") & ~pl.col("ruled_out")
    return points.score(rows, policy.matches).with_columns(
        holders=holders.sum().over("supplier"),
        holders_there=(holders & pl.col("there")).sum().over("supplier"),
        namesakes=pl.len().over("supplier", "right_key"),
    )


def _with_vanished(rows: pl.DataFrame, suppliers: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """A decision whose record is not in this copy is shown in the reason of the answer."""
    vanished = told.filter(pl.col("entry_id").is_null() & (pl.col("decision") == "same"))
    named = pl.concat_str(
        pl.lit(' A decision names the record "'), pl.col("entry_name"), pl.lit('", which is not in this copy.')
    )
    notes = suppliers.select("supplier_id", "key").join(
        vanished.select("key", note=named).group_by("key", maintain_order=True).agg(pl.col("note").str.join("")),
        on="key",
    )
    noted = rows.join(notes.select("supplier_id", "note"), on="supplier_id", how="left", maintain_order="left")
    first = (pl.col("rank") == 1) & pl.col("note").is_not_null()
    return noted.with_columns(reason=pl.when(first).then(pl.concat_str("reason", "note")).otherwise("reason")).drop(
        "note"
    )
