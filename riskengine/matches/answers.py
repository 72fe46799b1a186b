"""The answer to each pair of names: the fact that decides it, the order of the candidates, the terms and the reason."""

from __future__ import annotations

import polars as pl

from riskengine.matches import decided, doubts, points
from riskengine.matches.overlap import ONLY_LEFT, ONLY_RIGHT
from riskengine.policy import Policy
from riskengine.policy.matches import MatchesPolicy
from riskengine.schemas import Matches

TERMS = Matches.create_empty().schema["terms"]
MOST = 20
"""Holders of one name beyond this many say no more to a person than the first ones."""

ANSWERS = {
    "decided_same": ("same", "decision"),
    "decided_other": ("none", "decision"),
    "number": ("same", "company_number"),
    "number_unlike": ("possible", "company_number"),
    "charity": ("same", "charity_number"),
    "other_number": ("none", "company_number"),
    "holder_there": ("same", "exact_name"),
    "short_name": ("possible", "exact_name"),
    "trading_name": ("possible", "exact_name"),
    "one_holder": ("same", "exact_name"),
    "several_holders": ("possible", "exact_name"),
    "very_alike": ("same", "name"),
    "alike": ("possible", "name"),
    "unlike": ("none", "name"),
}
"""By the fact that decides a pair: the answer, and what it rests on."""


def of(rows: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """The answer for each pair and the order of the candidates of a supplier."""
    rules = policy.matches.rules
    facts = _facts(policy)
    fact = pl.lit("unlike")
    for name, holds in reversed(facts.items()):
        fact = pl.when(holds.fill_null(value=False)).then(pl.lit(name)).otherwise(fact)
    match, basis = ({name: answer[at] for name, answer in ANSWERS.items()} for at in (0, 1))
    told = rows.with_columns(fact=fact).with_columns(
        match=pl.col("fact").replace_strict(match), basis=pl.col("fact").replace_strict(basis)
    )
    order = pl.col("match").replace_strict({"same": 0, "possible": 1, "none": 2}, return_dtype=pl.Int8)
    place = pl.col("fact").replace_strict(
        {name: at for at, name in enumerate([*facts, "unlike"])}, return_dtype=pl.Int8
    )
    ordered = told.sort("supplier", order, place, -pl.col("score"), "name", "entry_id")
    rank = pl.int_range(1, pl.len() + 1).over("supplier")
    ranked = ordered.with_columns(rank=rank).filter(
        (pl.col("rank") <= rules.kept.value) | ((pl.col("fact") == "several_holders") & (pl.col("rank") <= MOST))
    )
    return _with_terms(ranked, policy.matches).select(
        "supplier_id",
        pl.col("rank").cast(pl.UInt8),
        "match",
        "basis",
        "entry_id",
        matched_name="name",
        matched_number="company_number_entry",
        score=pl.col("score").round(4),
        terms="terms",
        reason=_reason(),
    )


def _facts(policy: Policy) -> dict[str, pl.Expr]:
    """What may decide a pair, the weightiest first."""
    rules = policy.matches.rules
    numbers = pl.col("company_number").is_not_null() & pl.col("company_number_entry").is_not_null()
    same_number = (numbers & (pl.col("company_number") == pl.col("company_number_entry"))).fill_null(value=False)
    other_number = numbers & ~same_number
    named = pl.col("name").str.contains(r"\p{L}{3}")
    named_alike = (pl.col("sorted") >= rules.unlike.value) | ~named
    return {
        "decided_same": pl.col("decision") == "same",
        "decided_other": pl.col("decision") == "not_same",
        "number": same_number & named_alike,
        "number_unlike": same_number,
        "charity": (pl.col("charity") == pl.col("company_number_entry")) & named_alike,
        "other_number": other_number,
        "holder_there": pl.col("exact") & pl.col("there") & (pl.col("holders_there") == 1),
        "short_name": pl.col("exact") & (pl.col("holders") == 1) & doubts.of_a_short_name(policy.names),
        "trading_name": pl.col("exact") & (pl.col("holders") == 1) & doubts.of_a_trading_name(),
        "one_holder": pl.col("exact") & (pl.col("holders") == 1),
        "several_holders": pl.col("exact"),
        "very_alike": (pl.col("score") >= rules.same.value) & (pl.col("namesakes") == 1) & ~doubts.of_likeness(),
        "alike": (pl.col("score") >= rules.possible.value) & (pl.col("kind_number") < ONLY_LEFT + ONLY_RIGHT),
    }


def _with_terms(rows: pl.DataFrame, policy: MatchesPolicy) -> pl.DataFrame:
    """Add `terms`: the parts of the score that are not nought, each with the two names compared."""
    names, texts = points.terms(policy), ["left_text", "right_text"]
    placed = rows.with_row_index("row")
    parts = placed.select("row", *texts, pl.col(names).round(4)).unpivot(
        names, index=["row", *texts], variable_name="term", value_name="points"
    )
    told = parts.filter(pl.col("points") != 0).sort("row", maintain_order=True)
    part = pl.struct("term", left="left_text", right="right_text", points="points")
    listed = told.group_by("row", maintain_order=True).agg(terms=part)
    joined = placed.join(listed, on="row", how="left", maintain_order="left")
    return joined.with_columns(pl.col("terms").fill_null(pl.lit([], TERMS))).drop("row")


def _reason() -> pl.Expr:
    """Why the answer is what it is."""
    score = pl.col("score").round(2).cast(pl.String)
    holders = pl.col("holders").cast(pl.String)
    earlier = pl.when(pl.col("right_text") != pl.col("name")).then(pl.lit("the earlier name ")).otherwise(pl.lit(""))
    both = pl.concat_str(
        pl.lit('"'), "left_text", pl.lit('" and '), earlier, pl.lit('"'), "right_text", pl.lit('" are ')
    )
    words = {
        "number": pl.lit("The company number is the same."),
        "number_unlike": pl.lit("The company number is the same, but the names are unlike: please check the number."),
        "charity": pl.lit("The charity number is the same; the register holds it in place of a company number."),
        "other_number": pl.lit("The company numbers differ."),
        "one_holder": pl.lit("The whole name is the same in its normal form, and one entry bears it."),
        "several_holders": pl.concat_str(
            pl.lit("The whole name is the same, but "), holders, pl.lit(" entries bear it: please choose.")
        ),
        "short_name": pl.lit("The whole name is the same, but one such word tells little: please check."),
        "trading_name": pl.lit("Another company trades under this company's name, so the list says: please check."),
        "holder_there": pl.concat_str(
            pl.lit("The whole name is the same in its normal form, and of "),
            holders,
            pl.lit(" entries that bear it one has the same postcode."),
        ),
        "very_alike": pl.concat_str(
            both, pl.lit("so alike that they are taken to be the same (score "), score, pl.lit(").")
        ),
        "alike": pl.concat_str(both, pl.lit("alike (score "), score, pl.lit("): please check.")),
        "unlike": pl.concat_str(pl.lit("The nearest name is too unlike (score "), score, pl.lit(").")),
        "decided_same": decided.said("Found to be the same by"),
        "decided_other": decided.said("Found not to be the same by"),
    }
    return pl.coalesce(*[pl.when(pl.col("fact") == fact).then(text) for fact, text in words.items()])
