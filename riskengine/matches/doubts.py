"""What keeps two names from being taken for one body without a person's word, however alike or even equal they are."""

from __future__ import annotations

import polars as pl

from riskengine.matches.overlap import ONLY_LEFT, ONLY_RIGHT
from riskengine.policy.names import NamesPolicy

INCORPORATED_TRADER = r"(?i)\b(?:LTD|LIMITED|PLC|LLP)\b.*\b(?:T/AS?|TRADING AS)\b"
"""A name with its legal form, and the name it trades under."""
IN_BRACKETS = r"(?i)\(([^)]+)\) *(?:LTD|LIMITED|PLC|LLP)\b"
"""Companies of one group are told apart by what stands in brackets before the legal form."""
IN_FRONT, BOTH_MET = 2, 1
"""Values of the measures `left_place` and `first` (`overlap`)."""


def of_likeness() -> pl.Expr:
    """What keeps names apart that are only alike.

    Another legal form, other names in them, a company's trading name, one word that an aside explains, first words
    that begin with different letters; another number, region or kind of school; or a charity's or holding company's
    word, a word in brackets or a place in front that only one of them has.
    """
    other_name = (pl.col("left_trading") != pl.col("right_trading")).fill_null(value=False)
    other_form = (pl.col("same_form") == 0) & (pl.col("form") > 10) & (pl.col("form") % 10 > 0)
    ruling = (pl.col(f"kind_{kind}").is_between(ONLY_LEFT, ONLY_RIGHT) for kind in ("charity", "group"))
    told_apart = (pl.col(f"kind_{kind}") > 0 for kind in ("region", "number", "school"))
    bracketed = (pl.col(f"{side}_text").str.contains(IN_BRACKETS) for side in ("left", "right"))
    sister = pl.any_horizontal(bracketed) & (pl.col("kind_other") > 0)
    return (
        other_name
        | other_form
        | pl.any_horizontal(ruling)
        | pl.any_horizontal(told_apart)
        | pl.col("right_aside").is_not_null()
        | sister
        | _explained()
        | _begun_otherwise()
        | of_a_trading_name()
    )


def _begun_otherwise() -> pl.Expr:
    """A place in front that one name alone has ("York Board of Finance"), or another first letter ("Alark", "Lark")."""
    placed = (pl.col("kind_place") > 0) & ((pl.col("left_place") == IN_FRONT) | (pl.col("right_place") == IN_FRONT))
    letters = pl.col("left_key").str.slice(0, 1) != pl.col("right_key").str.slice(0, 1)
    return placed | ((pl.col("first") == BOTH_MET) & (pl.col("misspelt") > 0) & letters)


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
