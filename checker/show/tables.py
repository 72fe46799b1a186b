"""Tables as real tables: text cells with links, tags in words and colours, and a caption.

Streamlit's data grid is drawn on a canvas and its plain table follows no links within a session, so this small
component (table.js, table.css) draws a `<table>` that keyboards and screen readers know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
import streamlit as st

from checker.views import lines

Row = TypeVar("Row")

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Column:
    """A column's heading; `number` sets its cells to the right."""

    title: str
    number: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell's text, with a smaller `note` under it.

    `tone` colours the text as a tag and `fill` the whole cell: high, medium, low, unknown or info. `href` is an
    address within the app ("supplier?supplier=..."), `label` its full text for a screen reader.
    """

    text: str
    note: str | None = None
    tone: str | None = None
    fill: str | None = None
    href: str | None = None
    label: str | None = None
    chosen: bool = False


@dataclass(frozen=True)
class Table:
    """A whole table. `look` is "" (rows), "matrix" (coloured cells) or "facts" (two columns, no heading row).

    When `arrive` changes to another text, the reader is taken to the table: it is scrolled to and its caption focused.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    look: str = ""
    caption_hidden: bool = False
    row_headings: bool = True
    arrive: str | None = None


def draw(table: Table, key: str) -> str | None:
    """Draw the table; the address that was clicked since the last run of the page, or None."""
    rows = [[_given(cell) for cell in row] for row in table.rows]
    data = _given(replace(table, rows=())) | {"columns": [asdict(column) for column in table.columns], "rows": rows}
    result = _component()(key=key, data=data, on_followed_change=_nothing)
    followed: str | None = result.followed
    return followed


def page_of(frame: pl.DataFrame, key: str) -> pl.DataFrame:
    """One page of a frame, and the row of page numbers to choose it by: nothing more goes to the browser."""
    return lines.page(frame, _chosen(lines.pages(frame.height), key))


def rows_of(rows: pl.LazyFrame, found: int, key: str) -> pl.DataFrame:
    """The same of `found` rows that are not read yet."""
    return lines.sliced(rows, found, _chosen(lines.pages(found), key)).collect()


def _chosen(pages: int, key: str) -> int:
    if pages > 1:
        return st.pagination(pages, key=f"{key}_page")
    st.empty()  # the place of the page numbers, so that what stands below keeps its own
    return 1


def some_of(rows: Sequence[Row], key: str) -> Sequence[Row]:
    """One page of a list of rows, with the same row of page numbers."""
    held = page_of(pl.DataFrame({"at": range(len(rows))}), key)
    return [rows[at] for at in held["at"]]


def _given(part: Cell | Table) -> dict[str, Any]:
    """What is set of a cell or table: most is not, and all of it goes to the browser."""
    return {name: value for name, value in vars(part).items() if value or name == "text"}


def _nothing() -> None:
    """Streamlit hands over a trigger only where a callback is named."""


@cache
def _component() -> Any:
    return st.components.v2.component(
        "riskcheck_table",
        html='<div class="box"></div>',
        css=(HERE / "table.css").read_text("utf-8"),
        js=(HERE / "table.js").read_text("utf-8"),
    )
