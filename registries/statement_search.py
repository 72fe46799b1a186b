"""Looks a name or number up in the copy of the statement registry on this machine."""

from __future__ import annotations

import polars as pl

from registries import company_numbers
from riskengine.schemas import StatementRegister

MOST = 50
"""Rows shown; more means that the words are too common."""


def find(register: StatementRegister, text: str, most: int = MOST) -> pl.DataFrame:
    """Organisations whose name, earlier names or number hold every word of `text`, with their latest statement.

    Columns: name, company_number, previous_names, year, period_end, parent, statement_url, summary_url. Case makes no
    difference. A name that begins with the text comes first, then by name. At most `most` rows.
    """
    words = text.upper().split()
    named = register.entries.with_columns(
        upper=pl.col("name").str.to_uppercase(),
        all_names=pl.concat_str(
            pl.col("name"),
            pl.col("previous_names").list.join(" "),
            pl.col("company_number"),
            separator=" ",
            ignore_nulls=True,
        ).str.to_uppercase(),
    )
    number = pl.select(company_numbers.normal(pl.lit(text))).item()
    holds = pl.all_horizontal(pl.col("all_names").str.contains(word, literal=True) for word in words or ["\0"])
    found = named.filter(holds | pl.col("company_number").is_in([number] if number else []).fill_null(value=False))
    latest = register.records.sort("year", "period_end", descending=True, nulls_last=True, maintain_order=True).unique(
        "entry_id", keep="first", maintain_order=True
    )
    return (
        found.join(latest, on="entry_id", how="left")
        .sort(~pl.col("upper").str.starts_with(" ".join(words)), "upper", "entry_id")
        .head(most)
        .select(
            "name",
            "company_number",
            "previous_names",
            "year",
            "period_end",
            "parent",
            "statement_url",
            "summary_url",
        )
    )
