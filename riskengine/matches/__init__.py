"""Step 4: suppliers are looked up in the statement registry: same, possible or none, with the terms of the score.

Known facts come before names: a person's decision, then the company number, then the whole name in its normal form.
A likeness of names alone is never more than possible.
"""

from __future__ import annotations

import dataframely as dy
import polars as pl

from riskengine.matches import candidates, decided, likeness, readings
from riskengine.matches.likeness import LETTERS, WORDS, Readings
from riskengine.policy import Policy
from riskengine.policy.matches import MatchesPolicy
from riskengine.schemas import Decisions, Matches, StatementRegister, Suppliers

TERMS = Matches.create_empty().schema["terms"]
NOT_ASKED = ["individual", "redacted", "internal"]
"""Kinds that are never looked up: personal data, and names that stand for nobody or for the council."""


def find(
    suppliers: dy.DataFrame[Suppliers],
    register: StatementRegister | None,
    decisions: dy.DataFrame[Decisions],
    policy: Policy,
) -> dy.DataFrame[Matches]:
    """Look every supplier up; the order of suppliers and entries makes no difference."""
    left_out = pl.col("kind").cast(pl.String).is_in(NOT_ASKED)
    why = "Persons, withheld names and the council's own accounts are not looked up."
    rows = [_unanswered(suppliers.filter(left_out), "not_checked", "kind", why)]
    asked = suppliers.filter(~left_out)
    if register is None:
        rows.append(_unanswered(asked, "not_checked", "no_register", "There is no copy of the registry at hand."))
        return _sorted(rows)
    told = decided.find(decisions, register.entries, policy.names)
    answered = _answers(_compared(asked, register, told, policy), policy.matches)
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
        terms=pl.lit([], TERMS),
        reason=pl.lit(reason),
    )


def _sorted(rows: list[pl.DataFrame]) -> dy.DataFrame[Matches]:
    return Matches.validate(pl.concat(rows, how="vertical_relaxed").sort("supplier_id", "rank"), cast=True)


def _compared(suppliers: pl.DataFrame, register: StatementRegister, told: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """The best pair of readings of each supplier and entry, with what is known of both."""
    both = Readings(readings.of_suppliers(suppliers, policy.names), readings.of_entries(register.entries, policy.names))
    found = candidates.pairs(both.left, both.right, int(policy.matches.rare_word.value))
    found = pl.concat([found, _known(suppliers, register, told, both)]).unique().sort("left", "right")
    measured = likeness.measure(found, both, policy.matches)
    rows = pl.concat(
        [
            both.left[measured["left"]].select("trading", supplier_id="owner", left_text="text", left_key="key"),
            both.right[measured["right"]].select(
                "aside", entry_id="owner", right_text="text", right_key="key", right_trading="trading"
            ),
            measured.drop("left", "right"),
        ],
        how="horizontal",
    ).with_columns(exact=(pl.col("left_key") == pl.col("right_key")) & _whole())
    best = rows.sort(
        "supplier_id", "entry_id", "exact", "score", "right_text", descending=[False, False, True, True, False]
    ).unique(["supplier_id", "entry_id"], keep="first", maintain_order=True)
    entries = register.entries.select("entry_id", "name", "company_number")
    word = told.select("key", "entry_id", "decision", "who", "when", "why").drop_nulls("entry_id")
    return (
        best.join(suppliers.select("supplier_id", "key", "company_number"), on="supplier_id")
        .join(entries, on="entry_id", suffix="_entry")
        .join(word, on=["key", "entry_id"], how="left")
        .with_columns(holders=pl.col("entry_id").filter("exact").n_unique().over("supplier_id"))
    )


def _whole() -> pl.Expr:
    """Nothing beside the normal form tells the two apart: no other trading names, nobody else in the entry's name."""
    other = (pl.col("trading") != pl.col("right_trading")).fill_null(value=False)
    return ~other & pl.col("aside").is_null()


def _known(suppliers: pl.DataFrame, register: StatementRegister, told: pl.DataFrame, both: Readings) -> pl.DataFrame:
    """Pairs of first readings that a company number or a person's word brings together."""
    numbered = suppliers.select("supplier_id", "company_number").drop_nulls()
    numbers = numbered.join(register.entries.select("entry_id", "company_number").drop_nulls(), on="company_number")
    words = suppliers.select("supplier_id", "key").join(told.select("key", "entry_id").drop_nulls(), on="key")
    met = pl.concat([numbers.select("supplier_id", "entry_id"), words.select("supplier_id", "entry_id")])
    first = [
        side.with_row_index("at").unique("owner", keep="first", maintain_order=True) for side in (both.left, both.right)
    ]
    placed = met.join(first[0].select(left="at", supplier_id="owner"), on="supplier_id")
    return placed.join(first[1].select(right="at", entry_id="owner"), on="entry_id").select("left", "right")


def _answers(rows: pl.DataFrame, policy: MatchesPolicy) -> pl.DataFrame:
    """The answer for each pair and the order of the candidates of a supplier."""
    numbers = pl.col("company_number").is_not_null() & pl.col("company_number_entry").is_not_null()
    same_number = (numbers & (pl.col("company_number") == pl.col("company_number_entry"))).fill_null(value=False)
    other_number = numbers & ~same_number
    facts = {
        "decided_same": pl.col("decision") == "same",
        "decided_other": pl.col("decision") == "not_same",
        "number": same_number & (pl.col("score") >= policy.unlike.value),
        "number_unlike": same_number,
        "other_number": other_number,
        "one_holder": pl.col("exact") & (pl.col("holders") == 1),
        "several_holders": pl.col("exact"),
        "alike": pl.col("score") >= policy.possible.value,
    }
    fact = pl.lit("unlike")
    for name, holds in reversed(facts.items()):
        fact = pl.when(holds.fill_null(value=False)).then(pl.lit(name)).otherwise(fact)
    told = rows.with_columns(fact=fact).with_columns(
        match=pl.col("fact").replace_strict(_MATCH), basis=pl.col("fact").replace_strict(_BASIS)
    )
    order = pl.col("match").replace_strict({"same": 0, "possible": 1, "none": 2}, return_dtype=pl.Int8)
    place = pl.col("fact").replace_strict(
        {name: at for at, name in enumerate([*facts, "unlike"])}, return_dtype=pl.Int8
    )
    ordered = told.sort("supplier_id", order, place, -pl.col("score"), "name", "entry_id")
    rank = pl.int_range(1, pl.len() + 1).over("supplier_id")
    ranked = ordered.with_columns(rank=rank).filter(
        (pl.col("rank") <= policy.kept.value) | ((pl.col("fact") == "several_holders") & (pl.col("rank") <= MOST))
    )
    return ranked.select(
        "supplier_id",
        pl.col("rank").cast(pl.UInt8),
        "match",
        "basis",
        "entry_id",
        matched_name="name",
        matched_number="company_number_entry",
        score=pl.col("score").round(4),
        terms=_terms(policy),
        reason=_reason(),
    )


MOST = 20
"""Holders of one name beyond this many say no more to a person than the first ones."""

_MATCH = {
    "decided_same": "same",
    "decided_other": "none",
    "number": "same",
    "number_unlike": "possible",
    "other_number": "none",
    "one_holder": "same",
    "several_holders": "possible",
    "alike": "possible",
    "unlike": "none",
}
_BASIS = {
    "decided_same": "decision",
    "decided_other": "decision",
    "number": "company_number",
    "number_unlike": "company_number",
    "other_number": "company_number",
    "one_holder": "exact_name",
    "several_holders": "exact_name",
    "alike": "name",
    "unlike": "name",
}


def _terms(policy: MatchesPolicy) -> pl.Expr:
    """The parts of the score that are not nought, each with the two names compared."""
    parts = [
        pl.struct(term=pl.lit(term), left=pl.col("left_text"), right=pl.col("right_text"), points=pl.col(term).round(4))
        for term in (WORDS, LETTERS, *(conflict.term for conflict in policy.conflicts))
    ]
    return pl.concat_list(parts).list.filter(pl.element().struct.field("points") != 0)


def _reason() -> pl.Expr:
    """Why the answer is what it is."""
    score = pl.col("score").round(2).cast(pl.String)
    holders = pl.col("holders").cast(pl.String)
    words = {
        "number": pl.lit("The company number is the same."),
        "number_unlike": pl.lit("The company number is the same, but the names are unlike: please check the number."),
        "other_number": pl.lit("The company numbers differ."),
        "one_holder": pl.lit("The whole name is the same in its normal form, and one entry bears it."),
        "several_holders": pl.concat_str(
            pl.lit("The whole name is the same, but "), holders, pl.lit(" entries bear it: please choose.")
        ),
        "alike": pl.concat_str(pl.lit("The names are alike (score "), score, pl.lit("): please check.")),
        "unlike": pl.concat_str(pl.lit("The nearest name is too unlike (score "), score, pl.lit(").")),
        "decided_same": decided.said("Found to be the same by"),
        "decided_other": decided.said("Found not to be the same by"),
    }
    return pl.coalesce(*[pl.when(pl.col("fact") == fact).then(text) for fact, text in words.items()])


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
