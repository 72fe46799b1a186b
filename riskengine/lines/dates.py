"""Dates as councils write them: 04/01/2017, 12-Jan-11, 17 July 2023, 2024-03-01 00:00:00, Mar-24, 202403, 45352.

Day before month, as in the UK, unless the whole column shows that the month comes first. A month alone is its first
day, or its last day where the column holds an end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from riskengine.lines.texts import Texts, nothing
from riskengine.policy.lines import LinesPolicy

Edge = Literal["first", "last"]
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}
_NOISE = (
    r"(?i)[\sT]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})?\s*$",
    r"(?i)^(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?[\s,./-]+",
    r"(?i)(\d)\s*(?:st|nd|rd|th)\b(?:\s+of\b)?",
)
_REMARK = r"(?:\s*(?:\*+|\((?:[^()\d/.\-]|\b\d{1,2}\b)*\)))+\s*$"
"""A star, or words in brackets that hold no other date, after a date."""
_BEFORE = (
    r"(?i)^(?:w/?e|(?:week|month|period) ending|w\.?e\.?f\.?|from|since|until|till|by|on|expire[sd]?|expiring"
    r"|end(?:s|ed|ing)?(?: of)?|commenc\w+|start(?:s|ed|ing)?)[\s:]+"
)
EXTENDED = r"(?i)[\s,(]*(?:\+|\b(?:with|plus)\b).*(?:\d|option|exten).*$"
"""What a text says of extensions after a date or two."""
_DAY_MONTH = r"^(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})$"
_DAY_NAME = r"^(\d{1,2})/?([a-z]{3,9})/?(\d{4}|\d{2})$"
_NAME_DAY = r"^([a-z]{3,9})/(\d{1,2})/(\d{4})$"
_NAME_YEAR = r"^([a-z]{3,9})/?(\d{4}|\d{2})$"
_ISO = r"^(\d{4})/(\d{1,2})/(\d{1,2})$"
_COMPACT = r"^((?:19|20)\d{2})(\d{2})(\d{2})$"
_MONTH_YEAR = r"^(\d{1,2})/(\d{4})$"
_YEAR_MONTH = r"^((?:19|20)\d{2})/?(\d{2})$"
_SERIAL = r"^([2-7]\d{4})(?:\.\d+)?$"
_SERIAL_DAYS_TO_1970 = 25_569
"""Excel counts 1 January 1970 as day 25,569 (its day 60, 29 February 1900, never was)."""


@dataclass(frozen=True)
class Dates:
    """A column of dates, and whether the month stands before the day in it."""

    values: pl.Series
    month_first: bool


def parse(texts: Texts, policy: LinesPolicy, edge: Edge = "first") -> Dates:
    """Read a column of texts. The order of day and month is told from the whole column, never from one cell."""
    if texts.blank:
        return Dates(nothing(len(texts.rows), pl.Date).rename("date"), month_first=False)
    tidy = _tidy(texts.distinct)
    month_first = _month_first(tidy, texts.cells, policy)
    years = (int(policy.settings.earliest_year.value), int(policy.settings.latest_year.value))
    return Dates(texts.placed(_dates(tidy, month_first, edge, years)).rename("date"), month_first)


def _tidy(texts: pl.Series) -> pl.Series:
    tidy = texts.str.replace(EXTENDED, "").str.replace(_REMARK, "").str.strip_chars().str.replace(_BEFORE, "")
    time, weekday, ordinal = _NOISE
    tidy = tidy.str.replace(time, "").str.replace(weekday, "").str.replace_all(ordinal, "$1")
    return tidy.str.to_lowercase().str.replace_all(r"[\s./,'’\\\-–]+", "/").str.strip_chars("/")


def _month_first(tidy: pl.Series, cells: pl.Series, policy: LinesPolicy) -> bool:
    """More than one cell must show it, and cells that contradict it must be rare."""
    first, second = (tidy.str.extract(_DAY_MONTH, place).cast(pl.Int32) for place in (1, 2))
    parts = pl.DataFrame({"cells": cells, "first": first, "second": second})
    month_first = int(parts.filter((pl.col("second") > 12) & (pl.col("first") <= 12))["cells"].sum())
    day_first = int(parts.filter((pl.col("first") > 12) & (pl.col("second") <= 12))["cells"].sum())
    return month_first > 1 and month_first > day_first * policy.settings.us_dates.value


def _dates(tidy: pl.Series, month_first: bool, edge: Edge, years: tuple[int, int]) -> pl.Series:
    day, month = (2, 1) if month_first else (1, 2)
    whole = [
        _date(tidy, _DAY_MONTH, 3, month, day),
        _date(tidy, _ISO, 1, 2, 3),
        _date(tidy, _DAY_NAME, 3, 2, 1),
        _date(tidy, _NAME_DAY, 3, 1, 2),
        _date(tidy, _COMPACT, 1, 2, 3),
        _serial(tidy),
    ]
    months = [_date(tidy, pattern, *places) for pattern, places in _MONTH_ONLY]
    ends = [value.dt.month_end() for value in months] if edge == "last" else months
    found = pl.select(pl.coalesce(*whole, *ends)).to_series()
    earliest, latest = years
    return pl.select(pl.when(found.dt.year().is_between(earliest, latest)).then(found)).to_series()


_MONTH_ONLY = ((_NAME_YEAR, (2, 1, 0)), (_MONTH_YEAR, (2, 1, 0)), (_YEAR_MONTH, (1, 2, 0)))


def _date(tidy: pl.Series, pattern: str, year: int, month: int, day: int) -> pl.Series:
    """The date whose parts stand in the numbered groups of `pattern`; group 0 for the day means the first."""
    years = tidy.str.extract(pattern, year)
    months = tidy.str.extract(pattern, month)
    names = months.str.slice(0, 3).replace_strict(
        list(_MONTHS), list(_MONTHS.values()), default=None, return_dtype=pl.Int32
    )
    numbers = pl.select(pl.coalesce(months.cast(pl.Int32, strict=False), names)).to_series()
    days = tidy.str.extract(pattern, day) if day else pl.Series(["1"] * len(tidy))
    century = (
        pl.when(years.str.len_chars() == 4)
        .then(0)
        .when(years.cast(pl.Int32, strict=False) < 70)
        .then(2000)
        .otherwise(1900)
    )
    full = pl.select(years.cast(pl.Int32, strict=False) + century).to_series()
    text = full.cast(pl.String) + "-" + numbers.cast(pl.String) + "-" + days
    return text.str.to_date("%Y-%m-%d", strict=False)


def _serial(tidy: pl.Series) -> pl.Series:
    days = tidy.str.replace("/", ".").str.extract(_SERIAL, 1).cast(pl.Int32, strict=False)
    return (days - _SERIAL_DAYS_TO_1970).cast(pl.Date)


_BETWEEN = (
    r"(?i)^(?:from\s+)?(.+?)\s+(?:-|–|—|/|to|until|till)\s+(.+?)$",
    r"(?i)^(?:from\s+)?(.*?\d{2,4})\s*[-–—]\s*(.*\d{2,4})$",
)


def period(texts: Texts, policy: LinesPolicy) -> tuple[pl.Series, pl.Series]:
    """Start and end of texts such as "01/04/2024 - 31/03/2027 + 1 year"; null where a text is not two dates."""
    texts = texts.changed(lambda period: period.str.replace(EXTENDED, ""))
    starts, ends = zip(*(_ends(texts, pattern, policy) for pattern in _BETWEEN), strict=True)
    return pl.select(pl.coalesce(*starts)).to_series(), pl.select(pl.coalesce(*ends)).to_series()


def _ends(texts: Texts, pattern: str, policy: LinesPolicy) -> tuple[pl.Series, pl.Series]:
    start = parse(texts.changed(lambda period: period.str.extract(pattern, 1)), policy).values
    end = parse(texts.changed(lambda period: period.str.extract(pattern, 2)), policy, "last").values
    both = start.is_not_null() & end.is_not_null()
    return start.set(~both, None), end.set(~both, None)
