"""Does the list give a company number for this supplier, and does Companies House list it under that name?"""

from __future__ import annotations

import polars as pl

from riskengine import names
from riskengine.policy import Policy
from riskengine.policy.names import NamesPolicy
from riskengine.schemas import NO_COMPANY, Evidence

SHORTEST = 3
"""Letters of a word that two names must share: shorter ones are often initials or fillers."""

_PARTS = ["core", "trading_as", "aside"]


def ask(evidence: Evidence, policy: Policy) -> pl.DataFrame:
    """One answer a supplier; bodies that have no company number are not expected to give one."""
    given = pl.col("company_number").is_not_null()
    compared = _compared(evidence, policy.names)
    told = evidence.suppliers.join(compared, on="supplier_id", how="left", maintain_order="left").with_columns(
        case=pl.when(given & pl.lit(evidence.company_register is None))
        .then(pl.lit("no_register"))
        .when(given & pl.col("alike").is_null())
        .then(pl.lit("not_compared"))
        .when(given & pl.col("alike"))
        .then(pl.lit("same_name"))
        .when(given)
        .then(pl.lit("other_name"))
        .when(pl.col("kind").cast(pl.String).is_in(NO_COMPANY))
        .then(pl.lit("other_kind"))
        .otherwise(pl.lit("missing"))
    )
    register = evidence.company_register.name if evidence.company_register else None
    looked = pl.col("case").is_in(["same_name", "other_name"])
    return told.select(
        "case",
        subject_id="supplier_id",
        value="company_number",
        detail=pl.when(pl.col("case") == "other_kind").then("kind_reason").otherwise("listed"),
        register=pl.when(looked).then(pl.lit(register, pl.String)),
        record=pl.when(looked).then("company_number"),
    )


def _compared(evidence: Evidence, policy: NamesPolicy) -> pl.DataFrame:
    """Suppliers whose number the copy lists: supplier_id, listed (the name there), alike (with it or a former one)."""
    ours = evidence.suppliers.filter(~pl.col("personal")).select("supplier_id", "company_number", name="spellings")
    theirs = evidence.companies.select(
        "company_number", pl.concat_list("name", "previous_names").alias("name"), listed="name"
    )
    both = ours.join(theirs, on="company_number", how="inner", suffix="_there", maintain_order="left")
    said = _read(both.select("supplier_id", "name"), policy)
    there = _read(both.select("supplier_id", name="name_there"), policy)
    alike = both.select("supplier_id", "listed").join(said, on="supplier_id", how="left", maintain_order="left")
    alike = alike.join(there, on="supplier_id", how="left", suffix="_there", maintain_order="left")
    shared = pl.col("words").list.set_intersection("words_there").list.len() > 0
    squeezed = pl.col("squeezed").list.set_intersection("squeezed_there").list.len() > 0
    return alike.select("supplier_id", "listed", alike=shared | squeezed)


def _read(named: pl.DataFrame, policy: NamesPolicy) -> pl.DataFrame:
    """The telling words of all names of a supplier, and the names without blanks; words of trade and place aside."""
    each = named.explode("name", keep_nulls=False, empty_as_null=False)
    keys = names.keys(each["name"], policy).select(_PARTS)
    sides = each.select("supplier_id").hstack(keys).unpivot(on=_PARTS, index="supplier_id", value_name="side")
    usual = [row.word for row in policy.word_kinds]
    word = pl.element()
    told = sides.drop_nulls("side").with_columns(
        squeezed=pl.col("side").str.replace_all(" ", ""),
        words=pl.col("side")
        .str.split(" ")
        .list.eval(word.filter((word.str.len_chars() >= SHORTEST) & ~word.is_in(usual))),
    )
    return told.group_by("supplier_id", maintain_order=True).agg(
        pl.col("squeezed").unique(), pl.col("words").list.explode(keep_nulls=False, empty_as_null=False).unique()
    )
