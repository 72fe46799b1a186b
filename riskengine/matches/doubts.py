"""What keeps two names from being taken for one body without a person's word, however alike or even equal they are."""

from __future__ import annotations

import polars as pl

from riskengine.matches.overlap import ONLY_LEFT, ONLY_RIGHT
from riskengine.policy.names import NamesPolicy

INCORPORATED_TRADER = r"(?i)\b(?:LTD|LIMITED|PLC|LLP)\b.*\b(?:T/AS?|TRADING AS)\b"
"""A name with its legal form, and the name it trades under."""
IN_BRACKETS = r"(?i)\(([^)]+)\) *(?:LTD|LIMITED|PLC|LLP)\b"
"""Companies of one group are told apart by what stands in brackets before the legal form."""


def of_likeness() -> pl.Expr:
    """What keeps names apart that are only alike.

    Another legal form, other names in them, a company's trading name, one word that an aside explains; or a number, a
    region, a charity's or a holding company's word, or a word in brackets that only one of them has.
    """
    other_name = (pl.col("left_trading") != pl.col("right_trading")).fill_null(value=False)
    other_form = (pl.col("same_form") == 0) & (pl.col("form") > 10) & (pl.col("form") % 10 > 0)
    charity, group = (pl.col(f"kind_{kind}").is_between(ONLY_LEFT, ONLY_RIGHT) for kind in ("charity", "group"))
    region, number, aside = pl.col("kind_region") > 0, pl.col("kind_number") > 0, pl.col("right_aside").is_not_null()
    bracketed = (pl.col(f"{side}_text").str.contains(IN_BRACKETS) for side in ("left", "right"))
    sister = pl.any_horizontal(bracketed) & (pl.col("kind_other") > 0)
    return (
        other_name
        | other_form
        | charity
        | group
        | region
        | number
        | aside
        | sister
        | _explained()
        | of_a_trading_name()
    )


def of_a_short_name(policy: NamesPolicy) -> pl.Expr:
    """One word that an aside explains ("RBS (Reliable British Scaffolding)"), or a place without the legal form that
    the entry bears."""
    places = [word.word for word in policy.word_kinds if word.kind == "place"]
    place = pl.col("left_key").is_in(places) & _entry_alone_has_a_form()
    return _explained() | (place & ~pl.col("left_key").str.contains(" "))


def of_a_trading_name() -> pl.Expr:
    """A company trades under what is another company's legal name."""
    trading = pl.col("left_trading").is_null() & pl.col("left_text").str.contains(INCORPORATED_TRADER)
    return trading & _entry_alone_has_a_form()


def _entry_alone_has_a_form() -> pl.Expr:
    return pl.col("form").is_between(1, 9)


def _explained() -> pl.Expr:
    return ~pl.col("left_key").str.contains(" ") & pl.col("left_aside").is_not_null()
