"""Step 4: suppliers are looked up in the statement registry: same, possible or none, with the terms of the score.

Known facts come before names: a person's decision, then the company number, then a charity number that the register
holds in its place, then the whole name in its normal form.
Names that are only alike are the same from a cut-off that was chosen on names the points had not been fitted on.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import dataframely as dy
import polars as pl

from riskengine.matches import decided, doubts, pairs, points
from riskengine.matches.index import Index, build
from riskengine.matches.overlap import ONLY_LEFT, ONLY_RIGHT
from riskengine.policy import Policy
from riskengine.policy.matches import MatchesPolicy
from riskengine.schemas import Decisions, Matches, StatementRegister, Suppliers

TERMS = Matches.create_empty().schema["terms"]
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
        terms=pl.lit([], TERMS),
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
        return _answers(_scored(part, index, told, policy), policy)

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


def _answers(rows: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """The answer for each pair and the order of the candidates of a supplier."""
    rules = policy.matches.rules
    numbers = pl.col("company_number").is_not_null() & pl.col("company_number_entry").is_not_null()
    same_number = (numbers & (pl.col("company_number") == pl.col("company_number_entry"))).fill_null(value=False)
    other_number = numbers & ~same_number
    named = pl.col("name").str.contains(r"\p{L}{3}")
    named_alike = (pl.col("sorted") >= rules.unlike.value) | ~named
    facts = {
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


MOST = 20
"""Holders of one name beyond this many say no more to a person than the first ones."""

_MATCH = {
    "decided_same": "same",
    "decided_other": "none",
    "number": "same",
    "number_unlike": "possible",
    "charity": "same",
    "other_number": "none",
    "holder_there": "same",
    "short_name": "possible",
    "trading_name": "possible",
    "one_holder": "same",
    "several_holders": "possible",
    "very_alike": "same",
    "alike": "possible",
    "unlike": "none",
}
_BASIS = {
    "decided_same": "decision",
    "decided_other": "decision",
    "number": "company_number",
    "number_unlike": "company_number",
    "charity": "charity_number",
    "other_number": "company_number",
    "holder_there": "exact_name",
    "short_name": "exact_name",
    "trading_name": "exact_name",
    "one_holder": "exact_name",
    "several_holders": "exact_name",
    "very_alike": "name",
    "alike": "name",
    "unlike": "name",
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
