"""Quantities and the price of one unit: 37.5, 120 hrs, £12.60 per hour, 245.00/tonne."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from riskengine.lines import amounts
from riskengine.lines.wording import normal
from riskengine.policy.lines import LinesPolicy

_VAT = r"(?:[(+,].*|(?:plus|exc?l?|incl?)\b.*)?"
_BESIDE = rf"(?i)^\s*([^a-z]*\d[^a-z]*?)\s*(?:(?:per|an?|/|@)\s*)?([a-z][a-z2 ]*?)\.?\s*{_VAT}$"
"""A number, the word for what it counts, and what is said of VAT."""
_LITTLE = ("per", "a", "an")


@dataclass(frozen=True)
class Rates:
    """A column of numbers (Decimal, two places) and the unit that stands beside each."""

    values: pl.Series
    units: pl.Series


def parse(texts: pl.Series, policy: LinesPolicy) -> Rates:
    """Read a column of quantities or of £ for one unit; null where a text is not one number."""
    if texts.null_count() == len(texts):
        return Rates(amounts.parse(texts, policy).values, texts)
    found = units(texts.str.extract(_BESIDE, 2), policy, known_only=True)
    number = pl.when(found.is_not_null()).then(texts.str.extract(_BESIDE, 1)).otherwise(texts)
    plain = pl.select(number).to_series().rename(texts.name)
    return Rates(amounts.parse(plain, policy).values, found)


def units(texts: pl.Series, policy: LinesPolicy, known_only: bool = False) -> pl.Series:
    """Units by the names of lines_units.csv; an unknown one as it is written, or null when `known_only`."""
    if texts.null_count() == len(texts):
        return texts
    distinct = texts.drop_nulls().unique()
    read = [_unit(text, policy) or (None if known_only else text) for text in distinct.to_list()]
    return texts.replace_strict(distinct, pl.Series(read, dtype=pl.String), default=None, return_dtype=pl.String)


def unit_in_heading(heading: str, policy: LinesPolicy) -> str | None:
    """The unit that a heading such as "Hourly rate" or "Price per tonne" names."""
    return next((policy.units[word] for word in _words(heading) if word in policy.units and len(word) > 1), None)


def _unit(text: str, policy: LinesPolicy) -> str | None:
    return policy.units.get(" ".join(word for word in _words(text) if word not in _LITTLE))


def _words(text: str) -> list[str]:
    return normal(text).replace("/", " ").split()
