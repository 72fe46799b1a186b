"""Amounts whose heading says that they are thousands or millions of pounds: Value (£000), £'000s, £k, Total £m."""

from __future__ import annotations

import re

import polars as pl

from riskengine.schemas import MONEY

_NO_FIGURE = r"(?<!\d)(?<!\d\s)"
"""Over £1 million is a threshold."""
_SCALES = {
    "thousands": (re.compile(rf"(?i)£?\s?['’]?(?<![\d,.])000(?:['’]?s)?\b|£\s?k\b|{_NO_FIGURE}\bthousands?\b"), 10**3),
    "millions": (re.compile(rf"(?i)£\s?mi?l?n?\b|{_NO_FIGURE}\bmillions?\b"), 10**6),
}
_OWN = r"(?i)\d\s*(?:k|m|mn|mil|million|bn|billion|thousand)\b"
_LARGEST_MEDIAN = 10_000_000
"""£ beyond which the middle amount of no list lies: the cells are pounds then, whatever the heading says."""


def in_pounds(values: pl.Series, texts: pl.Series, heading: str) -> tuple[pl.Series, str]:
    """The amounts in £, and the scale of their heading where it was applied; a cell such as £250k says its own."""
    scale = next((name for name, (says, _) in _SCALES.items() if says.search(heading)), "")
    median = values.abs().cast(pl.Float64).median()
    if not scale or not isinstance(median, float) or median * _SCALES[scale][1] > _LARGEST_MEDIAN:
        return values, ""
    own = texts.str.contains(_OWN).fill_null(False)
    more = (values.cast(pl.Float64) * _SCALES[scale][1]).round(2).cast(MONEY, strict=False)
    return pl.select(pl.when(own).then(values).otherwise(more)).to_series(), scale
