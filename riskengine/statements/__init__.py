"""The section 54 position of each supplier in the registry copy, and apart from it whether a duty is likely."""

from __future__ import annotations

from datetime import date

import dataframely as dy
import polars as pl

from riskengine.policy.statements import StatementsPolicy
from riskengine.schemas import Inputs, Matches, StatementRecords, Statements, Suppliers
from riskengine.statements import evidence, parents, scope, wording
from riskengine.statements.parents import other_bodies

__all__ = ["judge", "other_bodies"]


def judge(
    suppliers: dy.DataFrame[Suppliers],
    matches: dy.DataFrame[Matches],
    inputs: Inputs,
    policy: StatementsPolicy,
) -> dy.DataFrame[Statements]:
    """One row a supplier, in the order of `suppliers`.

    A supplier with match `same` gets its best record: the youngest age first, then its own before a group's, then the
    latest registry year. The statement of a parent that a person confirmed counts as a group's. Its age is that of the
    covered period's end at `inputs.as_of`. When the registry copy is missing, partial, too old, or taken after `as_of`,
    every statement is `not_checked`, and what a match holds is kept as information. Scope does not depend on the
    statement: it follows the kind of body, the turnover band in the registry, lists of organisations presumed in scope,
    and Companies House.
    """
    records = inputs.register.records if inputs.register else StatementRecords.create_empty()
    linked = parents.confirmed(inputs)
    matched = _matched(suppliers, matches)
    found = evidence.of_suppliers(matched, linked, evidence.best(records, inputs.as_of, policy))
    asked = (
        matched.join(found, on="supplier_id", how="left", maintain_order="left")
        .join(_seen(inputs, policy), on="key", how="left", maintain_order="left")
        .join(parents.vanished(linked), on="key", how="left", maintain_order="left")
    )
    companies = scope.known(asked["company_number"], inputs, policy)
    known = asked.join(companies, on="company_number", how="left", maintain_order="left")
    unusable = wording.unusable(inputs.register, inputs.as_of, policy)
    position = known.with_columns(statement=_position(unusable))
    told = position.with_columns(wording.reason(unusable, inputs, policy), *scope.judge(inputs, policy))
    own = pl.when(pl.col("match") == "same").then("entry_id")
    return told.with_columns(
        entry_id=pl.coalesce("evidence_entry", own),
        statement_url=pl.when(pl.col("statement") == "found_elsewhere").then("link").otherwise("statement_url"),
        topics=pl.col("topics").fill_null([]),
        topics_missing=pl.col("topics_missing").fill_null([]),
    ).pipe(Statements.validate, cast=True)


def _matched(suppliers: pl.DataFrame, matches: pl.DataFrame) -> pl.DataFrame:
    """Each supplier with its best candidate; its company number is its own, else that of the same organisation."""
    top = matches.filter(pl.col("rank") == 1).select(
        "supplier_id", "match", "basis", "entry_id", "matched_number", match_reason="reason"
    )
    asked = suppliers.select("supplier_id", "key", "kind", "company_number")
    joined = asked.join(top, on="supplier_id", how="left", maintain_order="left")
    same = pl.when(pl.col("match") == "same").then("matched_number")
    return joined.with_columns(company_number=pl.coalesce("company_number", same))


def _position(unusable: str | None) -> pl.Expr:
    """A current statement of a confirmed parent is enough, whatever a possible match may be."""
    match = pl.col("match").cast(pl.String)
    if unusable is not None:
        return pl.lit("not_checked")
    return (
        pl.when(match.is_null() | (match == "not_checked"))
        .then(pl.lit("not_checked"))
        .when((match == "possible") & pl.col("age").ne_missing("current"))
        .then(pl.lit("possible"))
        .when(pl.col("age").is_not_null())
        .then(
            pl.when((pl.col("age") == "current") & pl.col("parent").is_not_null())
            .then(pl.lit("group"))
            .otherwise("age")
        )
        .when(pl.col("link").is_not_null() & pl.col("recent"))
        .then(pl.lit("found_elsewhere"))
        .otherwise(pl.lit("none_found"))
    )


def _seen(inputs: Inputs, policy: StatementsPolicy) -> pl.DataFrame:
    """The latest statement an officer saw of each supplier `key` up to the as-of date, and whether it still counts."""
    oldest = _months_before(inputs.as_of, int(policy.found_elsewhere_months.value))
    return (
        inputs.found_statements.filter(pl.col("seen") <= inputs.as_of)
        .sort("seen", "link", descending=[True, False])
        .unique("key", keep="first", maintain_order=True)
        .select("key", "link", "seen", recent=pl.col("seen") >= oldest)
    )


def _months_before(day: date, months: int) -> date:
    moved = pl.Series([day]).dt.offset_by(f"-{months}mo").item()
    return date(moved.year, moved.month, moved.day)
