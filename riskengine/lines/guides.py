"""The row right below the headings that numbers the columns or says how to fill them in."""

from __future__ import annotations

import re

import polars as pl

NUMBERS = "the columns numbered, not a contract line"
GUIDE = "a note on how to fill in the columns"
_NUMBER = re.compile(r"\(?(\d{1,2})[).]?")
_PATTERN = re.compile(r"(?i)\(?(?:[dmy]{1,4}[/.\-\s]){1,2}[dmy]{2,4}\)?")
_FEWEST = 3
"""Columns that must be numbered, so that no list of two numbers is taken for their numbering."""
_SCHEMA = {"row": pl.UInt32, "at": pl.UInt32, "reason": pl.String}


def reasons(body: pl.DataFrame) -> pl.DataFrame:
    """Give `row`, `at` (its place, 0) and `reason` for the first row of `body` where it is such a row, else nothing."""
    first = body.head(1)
    cells = [name for name in first.columns if name.startswith("c") and name[1:].isdigit()]
    texts = [text.strip() for text in first.select(cells).row(0) if text and text.strip()] if first.height else []
    reason = _reason(texts)
    if reason is None:
        return pl.DataFrame(schema=_SCHEMA)
    return first.select(pl.col("row").cast(pl.UInt32), at=pl.lit(0, pl.UInt32), reason=pl.lit(reason))


def _reason(texts: list[str]) -> str | None:
    numbers = [int(found[1]) for text in texts if (found := _NUMBER.fullmatch(text))]
    if len(numbers) == len(texts) >= _FEWEST and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return NUMBERS
    return GUIDE if any(_PATTERN.fullmatch(text) for text in texts) else None
