"""Whether a supplier likely has the duty to publish a statement: its kind of body, then its turnover band."""

from __future__ import annotations

from datetime import date

import polars as pl

from riskengine.policy.statements import Duty, StatementsPolicy
from riskengine.statements.wording import in_words, said

BY_TURNOVER = "by_turnover"


def judge(as_of: date, policy: StatementsPolicy) -> tuple[pl.Expr, pl.Expr]:
    """`scope` and `scope_reason` from the columns `kind`, `turnover` and `parent`, by the law in force on `as_of`.

    On rows of a group statement (`parent` set) the band is that of the whole group: below the threshold it settles the
    question for every member, at or above it settles nothing, because only a body's own subsidiaries count.
    """
    duty = policy.duty(as_of)
    if duty is None:
        words = policy.sentences.not_in_force.format(as_of=in_words(as_of))
        return pl.lit("not_known").alias("scope"), pl.lit(words).alias("scope_reason")
    kind = pl.col("kind").cast(pl.String)
    rule = kind.replace_strict({row.kind: row.rule for row in duty.kinds})
    reason = kind.replace_strict({row.kind: row.reason for row in duty.kinds})
    side = _side(duty, policy)
    scope = (
        pl.when(rule != BY_TURNOVER)
        .then(rule)
        .when(side == "below")
        .then(pl.lit("likely_not_required"))
        .when(side == "at_least")
        .then(pl.lit("likely_required"))
        .otherwise(pl.lit("not_known"))
    )
    because = pl.when((rule != BY_TURNOVER) | side.is_null()).then(reason).otherwise(_reason(side, duty))
    return scope.alias("scope"), because.alias("scope_reason")


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


def _reason(side: pl.Expr, duty: Duty) -> pl.Expr:
    values, sentences = {"turnover": pl.col("turnover")}, duty.sentences
    return (
        pl.when(side == "at_least")
        .then(said(sentences.at_least, values))
        .when(side == "below")
        .then(said(sentences.below, values))
        .when(side == "of_group")
        .then(said(sentences.of_group, values))
        .otherwise(said(sentences.straddles, values))
    )
