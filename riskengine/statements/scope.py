"""Whether a supplier likely has the duty to publish a statement, and on what ground."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from riskengine.policy.statements import Duty, StatementsPolicy
from riskengine.schemas import Inputs
from riskengine.statements.wording import DAY, in_words, said

BY_TURNOVER = "by_turnover"
SMALL = "likely_not_required"


def known(numbers: pl.Series, inputs: Inputs, policy: StatementsPolicy) -> pl.DataFrame:
    """What lists and Companies House hold of company numbers: `accounts_category` and `listed` (a day), or null.

    One row a distinct number. Data and lists that are younger than the as-of date are left out, Companies House data
    also when it is older than policy allows.
    """
    asked = numbers.drop_nulls().unique().sort().to_frame("company_number")
    listed = inputs.presumed_in_scope.filter(pl.col("listed") <= inputs.as_of)
    listed = listed.group_by("company_number").agg(pl.col("listed").max())
    found = asked.join(listed, on="company_number", how="left")
    oldest = inputs.as_of - timedelta(days=int(policy.companies_days.value))
    if inputs.companies is None or not oldest <= inputs.companies.facts.date <= inputs.as_of:
        return found.with_columns(accounts_category=pl.lit(None, pl.String))
    wanted = inputs.companies.companies.select("company_number", "accounts_category")
    accounts = wanted.join(asked.lazy(), on="company_number", how="semi").unique("company_number").collect()
    return found.join(accounts, on="company_number", how="left")


def judge(inputs: Inputs, policy: StatementsPolicy) -> tuple[pl.Expr, pl.Expr]:
    """`scope` and `scope_reason`, by the law in force at the as-of date.

    Columns asked: `kind`, `turnover`, `parent`, `accounts_category`, `listed`. The kind of body comes first, then the
    registry's turnover band, then lists and Companies House. On rows of a group statement (`parent` set) the band is
    that of the whole group: below the threshold it settles the question for every member, at or above it settles
    nothing, because only a body's own subsidiaries count.
    """
    duty = policy.duty(inputs.as_of)
    if duty is None:
        words = policy.sentences.not_in_force.format(as_of=in_words(inputs.as_of))
        return pl.lit("not_known").alias("scope"), pl.lit(words).alias("scope_reason")
    rules = {row.kind: row.rule if row.rule != BY_TURNOVER else "not_known" for row in duty.kinds}
    accounts = {row.category: row.scope for row in duty.accounts}
    ground = _ground(duty, policy)
    scope = (
        pl.when(ground == "kind")
        .then(pl.col("kind").cast(pl.String).replace_strict(rules))
        .when(ground == "below")
        .then(pl.lit(SMALL))
        .when(ground.is_in(["at_least", "presumed"]))
        .then(pl.lit("likely_required"))
        .when(ground == "accounts")
        .then(pl.col("accounts_category").replace_strict(accounts, default="not_known"))
        .otherwise(pl.lit("not_known"))
    )
    return scope.alias("scope"), _reason(ground, duty, inputs).alias("scope_reason")


def _ground(duty: Duty, policy: StatementsPolicy) -> pl.Expr:
    """What decides: `kind`, a turnover side, `presumed`, `accounts`, or `accounts_disagree` with a list."""
    by_kind = pl.col("kind").cast(pl.String).is_in([row.kind for row in duty.kinds if row.rule != BY_TURNOVER])
    settling = [row.category for row in duty.accounts if row.scope != "not_known"]
    small = [row.category for row in duty.accounts if row.scope == SMALL]
    side, listed, accounts = _side(duty, policy), pl.col("listed").is_not_null(), pl.col("accounts_category")
    return (
        pl.when(by_kind)
        .then(pl.lit("kind"))
        .when(side.is_in(["below", "at_least"]))
        .then(side)
        .when(listed & accounts.is_in(small))
        .then(pl.lit("accounts_disagree"))
        .when(listed)
        .then(pl.lit("presumed"))
        .when(accounts.is_in(settling))
        .then(pl.lit("accounts"))
        .when(side.is_not_null())
        .then(side)
        .when(accounts.is_in([row.category for row in duty.accounts]))
        .then(pl.lit("accounts"))
        .otherwise(pl.lit("kind"))
    )


def _side(duty: Duty, policy: StatementsPolicy) -> pl.Expr:
    """`at_least`, `below`, `straddles` or `of_group`; null where no turnover is known."""
    threshold = duty.turnover.value
    sides = {
        band.label: "at_least"
        if band.least >= threshold
        else "below"
        if band.below is not None and band.below <= threshold
        else "straddles"
        for band in policy.turnover_bands
    }
    side = pl.col("turnover").replace_strict(sides, default=None, return_dtype=pl.String)
    of_group = pl.col("parent").is_not_null() & side.is_in(["at_least", "straddles"])
    return pl.when(of_group).then(pl.lit("of_group")).otherwise(side)


def _reason(ground: pl.Expr, duty: Duty, inputs: Inputs) -> pl.Expr:
    sentences = duty.sentences
    reasons = {row.category: row.reason for row in duty.accounts}
    values = {
        "turnover": pl.col("turnover"),
        "listed": pl.col("listed").dt.strftime(DAY),
        "accounts_category": pl.col("accounts_category"),
        "accounts_reason": pl.col("accounts_category").replace_strict(reasons, default=None, return_dtype=pl.String),
        "companies_date": pl.lit(in_words(inputs.companies.facts.date) if inputs.companies else None, pl.String),
    }
    words = pl.col("kind").cast(pl.String).replace_strict({row.kind: row.reason for row in duty.kinds})
    for name in ("at_least", "below", "straddles", "of_group", "presumed", "accounts", "accounts_disagree"):
        words = pl.when(ground == name).then(said(getattr(sentences, name), values)).otherwise(words)
    return words
