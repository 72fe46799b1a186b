"""The coloured matrix of sectors against statement status. Each cell is a count in words and a link."""

from __future__ import annotations

import polars as pl

from checker.show import links
from checker.show.labels import Labels, count
from checker.show.tables import Cell, Column, Table
from riskengine.schemas import STATEMENTS

CAPTION = "Lines by sector and statement"


def table(cells: pl.DataFrame, labels: Labels, here: str, chosen: tuple[str | None, str | None]) -> Table:
    """The matrix of `views.totals.matrix`. `chosen` is the (sector, statement) whose lines are shown."""
    held = set(cells.get_column("statement").cast(pl.String))
    statements = [status for status in STATEMENTS if status in held]
    found = {(row["sector"], str(row["statement"])): row for row in cells.iter_rows(named=True)}
    sectors = dict(cells.select("sector", pl.col("level").cast(pl.String)).iter_rows())
    rows = [
        [
            Cell(labels.sector(sector), href=links.to("dashboard", assessment=here, sector=sector)),
            Cell(labels.of("level", level)),
            *(_cell(found.get((sector, status)), labels, here, (sector, status) == chosen) for status in statements),
        ]
        for sector, level in sectors.items()
    ]
    columns = [
        Column("Sector"),
        Column("Market risk"),
        *(Column(labels.of("statement", status)) for status in statements),
    ]
    return Table(CAPTION, columns, rows, look="matrix", caption_hidden=True)


def _cell(found: dict[str, object] | None, labels: Labels, here: str, chosen: bool) -> Cell:
    if found is None:
        return Cell("0")
    band, sector, statement = str(found["band"]), str(found["sector"]), str(found["statement"])
    number = int(str(found["lines"]))
    said = f"{count(number, 'line')}, highest band {labels.of('band', band).lower()}: {labels.sector(sector)}"
    return Cell(
        f"{number:,}",
        note=labels.of("band", band),
        fill=band,
        href=links.to("dashboard", assessment=here, sector=sector, statement=statement),
        label=f"{said}, {labels.of('statement', statement)}",
        chosen=chosen,
    )


def title(labels: Labels, sector: str | None, statement: str | None) -> str:
    """What a chosen cell holds, in words."""
    words = [labels.sector(sector)] if sector else []
    return ", ".join(words + ([labels.of("statement", statement).lower()] if statement else []))
