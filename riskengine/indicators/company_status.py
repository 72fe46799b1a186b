"""Is the company newly formed, dormant, winding up, or late with its accounts?"""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from riskengine.policy import Policy
from riskengine.schemas import NO_COMPANY, Evidence


def ask(evidence: Evidence, policy: Policy) -> pl.DataFrame:
    """One answer a supplier that may be a company. Thresholds are inclusive of the as-of date."""
    figures = {name: int(figure.value) for name, figure in policy.indicators["company_status"].thresholds.items()}
    asked = evidence.suppliers.filter(~pl.col("kind").cast(pl.String).is_in(NO_COMPANY))
    listed = evidence.companies.select("company_number", "status", "accounts_category", "accounts_due", "incorporated")
    found = asked.join(listed, on="company_number", how="left", maintain_order="left")
    named = found.with_columns(case=_case(evidence, figures))
    day = {"new": pl.col("incorporated"), "late": pl.col("accounts_due")}
    return named.select(
        "case",
        subject_id="supplier_id",
        value=pl.coalesce(
            *[pl.when(pl.col("case") == name).then(date.dt.strftime("%-d %B %Y")) for name, date in day.items()],
            pl.when(pl.col("case").is_in(["not_listed", "not_asked"])).then("company_number"),
            "status",
        ),
        threshold=pl.lit(str(figures["new_months"])),
        register=pl.lit(evidence.company_register.name if evidence.company_register else None, pl.String),
        record="company_number",
    )


def _case(evidence: Evidence, figures: dict[str, int]) -> pl.Expr:
    """The first that holds; nothing is said without a copy of the right time, nor of a company that it lacks."""
    youngest = pl.lit(evidence.as_of).dt.offset_by(f"-{figures['new_months']}mo")
    return (
        pl.when(pl.lit(evidence.company_register is None))
        .then(pl.lit("no_register"))
        .when(pl.lit(not _usable(evidence, figures["snapshot_days"])))
        .then(pl.lit("other_time"))
        .when(pl.col("company_number").is_null())
        .then(pl.lit("no_number"))
        .when(pl.col("status").is_null() & pl.lit(_single(evidence)))
        .then(pl.lit("not_asked"))
        .when(pl.col("status").is_null())
        .then(pl.lit("not_listed"))
        .when(pl.col("status").str.to_lowercase() != "active")
        .then(pl.lit("ended"))
        .when(pl.col("accounts_category") == "DORMANT")
        .then(pl.lit("dormant"))
        .when(pl.col("incorporated") > youngest)
        .then(pl.lit("new"))
        .when(pl.col("accounts_due") < _taken(evidence))
        .then(pl.lit("late"))
        .otherwise(pl.lit("sound"))
    )


def _usable(evidence: Evidence, days: int) -> bool:
    """The copy was taken on or before the as-of date, and not too long before."""
    if evidence.company_register is None:
        return False
    return evidence.as_of - timedelta(days=days) <= evidence.company_register.date <= evidence.as_of


def _single(evidence: Evidence) -> bool:
    """The data holds some companies only, so that nothing follows from one that is not in it."""
    return evidence.company_register is not None and evidence.company_register.partial_reason is not None


def _taken(evidence: Evidence) -> pl.Expr:
    return pl.lit(evidence.company_register.date if evidence.company_register else None, pl.Date)
