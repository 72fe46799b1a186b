"""Cells merged over several rows, whose value stands in the first of them alone: it holds for the others too.

Figures are left where they stand, for the £ of a contract with three suppliers are not three times that. A row that
holds nothing of its own stays blank.
"""

from __future__ import annotations

import polars as pl

from riskengine.lines.layout import Layout
from riskengine.lines.wording import counted
from riskengine.schemas import Sheet

_FIGURES = ("amount", "quantity", "rate")
_MOST_ROWS = 2_000_000
"""Rows of all merged cells together; a workbook that claims more holds no list."""


def filled_down(body: pl.DataFrame, sheet: Sheet, layout: Layout) -> tuple[pl.DataFrame, list[str]]:
    """The rows below the headings with merged cells of the columns that are read filled down, and a note on it."""
    read = {column.number for column in layout.columns if column.field and column.field not in _FIGURES}
    wanted = [merge for merge in sheet.merged if merge[0] in read and merge[1] > layout.header_row]
    if not wanted or sum(last - first for _, first, last in wanted) > _MOST_ROWS:
        return body, []
    cells = [name for name in body.columns if name != "row"]
    own = body.filter(pl.any_horizontal(pl.col(cells).str.contains(r"\S"))).select("row")
    below = _below(wanted).join(own, on="row", how="semi")
    count = 0
    for (column,), rows in below.group_by("column"):
        name = f"c{column}"
        given = body.select(pl.col(name).alias("given"), first="row").drop_nulls()
        filled = rows.join(given, on="first").select("row", "given").unique("row")
        joined = body.select("row", name).join(filled, on="row", how="left", maintain_order="left")
        count += joined.filter(pl.col(name).is_null() & pl.col("given").is_not_null()).height
        body = body.with_columns(joined.select(pl.coalesce(name, "given").alias(name)).to_series())
    told = (
        f"{counted(count, 'cell')} below the first of merged cells were given its value; amounts stay where they stand."
    )
    return body, [told] if count else []


def _below(merges: list[tuple[int, int, int]]) -> pl.DataFrame:
    """Each row below the first of a merged cell: `column`, `first` and `row`."""
    frame = pl.DataFrame(merges, schema={"column": pl.UInt32, "first": pl.UInt32, "last": pl.UInt32}, orient="row")
    rows = pl.int_ranges(pl.col("first") + 1, pl.col("last") + 1, dtype=pl.UInt32)
    return frame.select("column", "first", row=rows).explode("row")
