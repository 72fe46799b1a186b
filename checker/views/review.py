"""Possible matches in the order in which they are worth a person's time, and what was decided of them so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from checker.records import Decision
from checker.records.decided import APPLIED, WORDS, Pair
from riskengine.pipeline import Assessment

_WORDS = {"key": pl.String, "matched_name": pl.String, "matched_number": pl.String, "word": pl.String, "why": pl.String}
_PAIR = ["key", "matched_name", "matched_number"]


@dataclass(frozen=True)
class Taken:
    """A decision on a supplier of this assessment.

    `state`: next (takes effect at the next run), used (in this assessment), unused (handed to it without effect),
    vanished (its record is not in the registry copy), unchecked (this run looked nothing up) or open (not sure: it
    stays a possible match).
    """

    decision: Decision
    supplier: str
    state: str


def ids(assessment: Assessment) -> pl.Series:
    """The suppliers that can be reviewed: of likely persons nothing is recorded."""
    return assessment.suppliers.filter(~pl.col("personal")).get_column("supplier_id")


def waiting(assessment: Assessment, held: Sequence[Decision]) -> pl.DataFrame:
    """Suppliers with a possible match not decided yet, in no order.

    Columns: supplier_id, matched_name and score (0 to 1) of its best record, open (the names of all records to decide
    on), by_name (they were found by likeness of the names alone, not by a number or the whole name), unsure.
    """
    rows = _worded(assessment, held)
    asked = pl.col("match") == "possible"
    best = pl.col("rank") == 1
    word = pl.col("word").fill_null("")
    state = (
        rows.sort("rank")
        .group_by("supplier_id")
        .agg(
            pl.col("matched_name", "score").filter(best).first(),
            open=pl.col("matched_name").filter(_open()),
            by_name=(pl.col("basis").filter(_open()) == "name").all(),
            wanted=(best & asked).any(),
            told=(word == "same").any() | word.filter(asked).is_in(APPLIED).all(),
            unsure=(word.filter(asked) != "").all(),
        )
    )
    return state.filter(pl.col("wanted") & ~pl.col("told")).drop("wanted", "told")


def queue(assessment: Assessment, amounts: pl.DataFrame, held: Sequence[Decision]) -> pl.DataFrame:
    """Suppliers with a possible match not decided yet, most £ times points first, those not sure of last.

    `amounts`: `lines.largest`.
    Columns: those of `waiting`, name, amount_kind and amount (the kind of £ of which it has most: kinds are never added
    together), points, band, checked_share.
    """
    ranked = (
        waiting(assessment, held)
        .join(assessment.suppliers.select("supplier_id", "name"), on="supplier_id")
        .join(assessment.supplier_scores, on="supplier_id")
        .join(amounts, on="supplier_id", how="left")
    )
    at_stake = pl.col("amount").cast(pl.Float64).fill_null(0) * pl.col("points")
    return ranked.sort(
        "unsure", at_stake, "points", "name", "supplier_id", descending=[False, True, True, False, False]
    )


def least_alike(queue: pl.DataFrame) -> pl.DataFrame:
    """The queue with the lowest score first, so that records that are plainly another organisation stand together.

    A record with the same number or the whole name comes after those, however unlike the rest of it is.
    """
    return queue.sort("unsure", ~pl.col("by_name"), "score", maintain_order=True)


def open_pairs(assessment: Assessment, supplier_ids: Sequence[str], held: Sequence[Decision]) -> list[Pair]:
    """Every possible match of these suppliers that is not decided yet."""
    rows = _worded(assessment, held).filter(pl.col("supplier_id").is_in(supplier_ids) & _open())
    return rows.sort("supplier_id", "rank").select(pl.col(_PAIR).fill_null("")).rows()


def candidates(assessment: Assessment, supplier_id: str, held: Sequence[Decision], known: pl.DataFrame) -> pl.DataFrame:
    """The register records compared with a supplier, best first: rows of Matches with the `word` held on each.

    Joined with what the registry says of each (`known`: rows of `register_records.of`).
    """
    rows = _worded(assessment, held).filter(pl.col("supplier_id") == supplier_id)
    named = rows.filter(pl.col("matched_name").is_not_null())
    return named.join(known, on="entry_id", how="left", maintain_order="left").sort("rank")


def amounts(lines: pl.LazyFrame) -> list[dict[str, Any]]:
    """£ of a supplier's lines by kind of amount (rows of `lines.ranked`): `amount_kind, amount`."""
    summed = lines.filter(pl.col("amount").is_not_null()).group_by("amount_kind").agg(pl.col("amount").sum())
    return summed.sort("amount_kind").collect().to_dicts()


def taken(assessment: Assessment, held: Sequence[Decision]) -> list[Taken]:
    """Decisions held on suppliers of this assessment, the latest first."""
    named = dict(assessment.suppliers.filter(~pl.col("personal")).select("key", "name").iter_rows())
    found = [
        Taken(one, named[one.key], _state(assessment, one))
        for one in held
        if one.key in named and one.decision in WORDS
    ]
    return sorted(found, key=lambda one: (one.decision.at, one.decision.version), reverse=True)


def last(taken: Sequence[Taken]) -> list[Taken]:
    """What was decided last: one decision, or all that were made in one act."""
    act = [(one.decision.at, one.decision.who) for one in taken[:1]]
    return [one for one in taken if (one.decision.at, one.decision.who) in act]


def _state(assessment: Assessment, one: Decision) -> str:
    if one.decision == "not_sure":
        return "open"
    given = assessment.decisions.filter(
        (pl.col("key") == one.key)
        & (pl.col("entry_name") == one.entry_name)
        & pl.col("entry_number").eq_missing(pl.lit(one.entry_number))
        & (pl.col("decision") == one.decision)
    )
    if given.is_empty():
        return "next"
    if assessment.register is None:
        return "unchecked"
    return _effect(assessment, one)


def _effect(assessment: Assessment, one: Decision) -> str:
    """What a run that was handed a decision made of it, as its matches show."""
    own = assessment.suppliers.filter(pl.col("key") == one.key).select("supplier_id")
    rows = assessment.matches.join(own, on="supplier_id", how="semi")
    if one.decision == "parent":
        return _effect_of_parent(assessment.statements.join(own, on="supplier_id", how="semi"), one)
    record = (pl.col("matched_name") == one.entry_name) & pl.col("matched_number").eq_missing(pl.lit(one.entry_number))
    met = rows.filter(record)
    if one.decision == "not_same":
        return "unused" if met["match"].is_in(["same", "possible"]).any() else "used"
    if (rows["basis"] == "decision").any():
        return "used"
    return "vanished" if met.is_empty() else "unused"


def _effect_of_parent(position: pl.DataFrame, one: Decision) -> str:
    """Whether the statement of a confirmed parent counts; where it is not in the copy, the reason names it."""
    if (position["parent"] == one.entry_name).any():
        return "used"
    return "vanished" if position["reason"].str.contains(one.entry_name, literal=True).any() else "unused"


def _open() -> pl.Expr:
    return (pl.col("match") == "possible") & ~pl.col("word").fill_null("").is_in(APPLIED)


def _worded(assessment: Assessment, held: Sequence[Decision]) -> pl.DataFrame:
    """Rows of Matches with the supplier's `key`, and the `word` held on each record with its `why`."""
    rows = [(one.key, one.entry_name, one.entry_number, one.decision, one.why) for one in held]
    words = pl.DataFrame(rows, schema=_WORDS, orient="row")
    keys = assessment.suppliers.filter(~pl.col("personal")).select("supplier_id", "key")
    return assessment.matches.join(keys, on="supplier_id").join(words, on=_PAIR, how="left", nulls_equal=True)
