"""Ledger notes, trading names and asides."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from riskengine.names import letters
from riskengine.policy.names import NamesPolicy, Split

ASIDE_IN_BRACKETS = r"\(([^()]+ [^()]+)\)?$"
"""Two and more words in brackets at the end; a single word there is often part of the name ("Acme (Leeds)")."""


def without_notes(folded: pl.Series, policy: NamesPolicy) -> pl.Series:
    """Notes are cut unless no letter would be left."""
    any_note = "|".join(note.pattern.replace("(?P<keep>", "(?:") for note in policy.rules.notes)
    text = pl.col("text")
    for note in policy.rules.notes:
        text = text.str.replace(note.pattern, " ${keep} ").str.strip_chars(" ")
    cut = pl.when(text.str.contains(r"\p{L}")).then(text).otherwise("text")
    return letters.where(folded, any_note, cut)


def split(text: pl.Series, policy: NamesPolicy) -> pl.DataFrame:
    """The legal name, the trading name and the aside of each text (columns legal, trading, aside), "" for none."""
    asides = _any(split for split in policy.rules.splits if split.kind == "aside")
    trading = _any(split for split in policy.rules.splits if split.kind == "trading_as")
    frame = _halves(text, asides, ("legal", "aside"))
    bracket = pl.col("legal").str.extract(rf".{ASIDE_IN_BRACKETS}").fill_null("")
    frame = frame.with_columns(
        legal=pl.when(bracket != "").then(pl.col("legal").str.replace(ASIDE_IN_BRACKETS, " ")).otherwise("legal"),
        aside=pl.when(pl.col("aside") == "").then(bracket).otherwise("aside"),
    )
    return _halves(frame["legal"], trading, ("legal", "trading")).with_columns(frame["aside"])


def _halves(text: pl.Series, between: str, names: tuple[str, str]) -> pl.DataFrame:
    """What stands before and after the first hit of a pattern that is not at the very start."""
    halves = text.str.replace(rf"(.)(?:{between})", "$1\n").str.splitn("\n", 2)
    return pl.DataFrame({name: halves.struct.field(f"field_{at}").fill_null("") for at, name in enumerate(names)})


def _any(splits: Iterable[Split]) -> str:
    return "|".join(split.pattern for split in splits)
