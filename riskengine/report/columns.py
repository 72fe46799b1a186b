"""What each column means and how it is shown: columns.csv, read once. The workbook and its guide both rest on it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from riskengine.policy.files import Strict, table

Format = Literal["text", "whole", "number", "share", "money", "date", "yesno", "band", "level", "link"]


class Column(Strict):
    """One column of a table: how its values are shown, its width in characters, and its meaning in words."""

    table: str
    column: str
    format: Format
    width: int
    meaning: str


@cache
def columns(name: str) -> tuple[Column, ...]:
    """The columns of one table, in their order."""
    return tuple(column for column in every_column() if column.table == name)


@cache
def every_column() -> tuple[Column, ...]:
    """The columns of all tables."""
    return table(Path(__file__).with_name("columns.csv"), Column)
