"""Why a supplier has its statement value, in words: the sentences of the policy with their figures."""

from __future__ import annotations

import re
from datetime import date

import polars as pl

from riskengine.policy.statements import StatementsPolicy
from riskengine.schemas import Inputs, StatementRegister

DAY = "%-d %B %Y"


def unusable(register: StatementRegister | None, as_of: date, policy: StatementsPolicy) -> str | None:
    """Why the statement question can't be asked of any supplier, or None when it can."""
    sentences = policy.sentences
    if policy.duty(as_of) is None:
        return sentences.not_in_force.format(as_of=in_words(as_of))
    if register is None:
        return sentences.no_register
    return unusable_copy(register.facts.date, register.facts.partial_reason, as_of, policy)


def unusable_copy(taken: date, partial_reason: str | None, as_of: date, policy: StatementsPolicy) -> str | None:
    """Why a copy of the registry of that day, whole or partial, can't be asked as of a day, or None when it can."""
    sentences, days, allowed = policy.sentences, (as_of - taken).days, int(policy.snapshot_days.value)
    if days < 0:
        return sentences.taken_later.format(snapshot_date=in_words(taken), as_of=in_words(as_of))
    if partial_reason:
        return sentences.partial.format(partial_reason=partial_reason)
    if days > allowed:
        return sentences.too_old.format(
            snapshot_date=in_words(taken), days=days, as_of=in_words(as_of), allowed=allowed
        )
    return None


def reason(unusable_because: str | None, inputs: Inputs, policy: StatementsPolicy) -> pl.Expr:
    """The reason of each supplier. Columns asked: those of `judge` with `statement`, `basis` and `match_reason`."""
    sentences = policy.sentences
    values = _values(inputs, policy)
    by_kind = (pl.col("basis") == "kind").fill_null(value=False)
    state = pl.col("statement")
    position = (
        pl.when((state == "not_checked") & ~by_kind & pl.lit(unusable_because is not None))
        .then(pl.lit(unusable_because))
        .when(state == "not_checked")
        .then(said(sentences.not_looked_up, values))
        .when(state == "possible")
        .then(said(sentences.possible, values))
        .when(state == "found_elsewhere")
        .then(said(sentences.found_elsewhere, values))
        .when((state == "none_found") & pl.col("link").is_not_null())
        .then(said(sentences.found_elsewhere_old, values))
        .when((state == "none_found") & (pl.col("match") == "same"))
        .then(said(sentences.no_record, values))
        .when(state == "none_found")
        .then(said(sentences.none_found, values))
        .otherwise(_period(policy, values))
    )
    checked = state != "not_checked"
    gone = pl.when(checked & pl.col("parents_gone").is_not_null()).then(said(" " + sentences.parent_gone, values))
    return pl.concat_str(position, gone.otherwise(pl.lit(""))).alias("reason")


def said(sentence: str, values: dict[str, pl.Expr]) -> pl.Expr:
    """The sentence with its names in braces replaced; a value that is null leaves an empty place."""
    parts = re.split(r"\{(\w+)\}", sentence)
    return pl.concat_str(
        [pl.lit(part) if at % 2 == 0 else values[part].cast(pl.String).fill_null("") for at, part in enumerate(parts)]
    )


def in_words(day: date) -> str:
    """A day as "1 June 2026"."""
    return f"{day.day} {day:%B %Y}"


def _values(inputs: Inputs, policy: StatementsPolicy) -> dict[str, pl.Expr]:
    values = {
        "as_of": pl.lit(in_words(inputs.as_of)),
        "snapshot_date": pl.lit(in_words(inputs.register.facts.date) if inputs.register else None, pl.String),
        "match_reason": pl.col("match_reason"),
        "parent": pl.col("parent"),
        "year": pl.col("year"),
        "months": _months(),
        "period_end": pl.col("period_end").dt.strftime(DAY),
        "seen": pl.col("seen").dt.strftime(DAY),
        "parents_gone": pl.col("parents_gone"),
        "who": pl.col("parent_who"),
        "when": pl.col("parent_when").dt.strftime(DAY),
        "why": pl.col("parent_why"),
    }
    past = said(policy.sentences.age_past, values)
    ahead = said(policy.sentences.age_ahead, values)
    return {**values, "age": pl.when(pl.col("period_end") <= inputs.as_of).then(past).otherwise(ahead)}


def _months() -> pl.Expr:
    count = pl.col("months_old")
    return (
        pl.when(count == 0)
        .then(pl.lit("less than a month"))
        .when(count == 1)
        .then(pl.lit("1 month"))
        .otherwise(pl.format("{} months", count))
    )


def _period(policy: StatementsPolicy, values: dict[str, pl.Expr]) -> pl.Expr:
    sentences, of_group = policy.sentences, pl.col("parent").is_not_null()
    by_word = pl.col("parent_who").is_not_null()
    marked = pl.when("group").then(pl.lit("")).otherwise(pl.lit(" " + sentences.parent_not_group))
    return (
        pl.when(pl.col("period_given") & by_word)
        .then(pl.concat_str(said(f"{sentences.period_parent} {sentences.parent_word}", values), marked))
        .when(by_word)
        .then(pl.concat_str(said(f"{sentences.period_not_given_parent} {sentences.parent_word}", values), marked))
        .when(pl.col("period_given") & of_group)
        .then(said(sentences.period_group, values))
        .when("period_given")
        .then(said(sentences.period, values))
        .when(of_group)
        .then(said(sentences.period_not_given_group, values))
        .otherwise(said(sentences.period_not_given, values))
    )
