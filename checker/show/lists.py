"""Lines, suppliers and findings as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from checker.show import links
from checker.show.labels import Labels, count, percent, place, pounds
from checker.show.tables import Cell, Column, Table

_FINDING = [Column("Answer"), Column("What we found"), Column("Points", number=True)]
_OUTCOME_TONES = {"raised": "high", "not_checked": "unknown", "clear": "low"}


def lines(rows: pl.DataFrame, labels: Labels, caption: str, here: str) -> Table:
    """Contract lines (rows of `views.lines.ranked`); each links to its evidence."""
    columns = [
        Column("Supplier and place in the file"),
        Column("What was bought"),
        Column("Sector"),
        Column("Statement"),
        Column("£", number=True),
        Column("Band"),
    ]
    return Table(caption, columns, [_line(row, labels, here) for row in rows.iter_rows(named=True)])


def _line(row: dict[str, Any], labels: Labels, here: str) -> list[Cell]:
    address = links.to("supplier", assessment=here, supplier=row["supplier_id"], line=row["line_id"])
    return [
        Cell(row["supplier"], note=place(row), href=address, label=f"Evidence for {row['supplier']}, {place(row)}"),
        Cell(row["description"] or row["category"] or "No description", note=row["department"]),
        Cell(labels.sector(row["sector"]), note=_level(row["level"], labels)),
        Cell(labels.of("statement", row["statement"])),
        Cell(pounds(row["amount"]), note=labels.of("amount_kind", row["amount_kind"])),
        band(row, labels),
    ]


def band(row: dict[str, Any], labels: Labels) -> Cell:
    """A band as a tag in words, with points and the share of questions answered."""
    note = f"{count(row['points'], 'point')}, {percent(row['checked_share'])} answered"
    return Cell(labels.of("band", row["band"]), note=note, tone=row["band"])


def _level(level: str, labels: Labels) -> str | None:
    return None if level == "unknown" else f"Market risk: {labels.of('level', level).lower()}"


def suppliers(rows: pl.DataFrame, labels: Labels, caption: str, here: str) -> Table:
    """Suppliers (rows of `views.evidence.search`); each links to its page."""
    columns = [
        Column("Supplier"),
        Column("Kind of body"),
        Column("Statement"),
        Column("Statement required?"),
        Column("£", number=True),
        Column("Highest band"),
    ]
    cells = [
        [
            Cell(row["name"], href=links.to("supplier", assessment=here, supplier=row["supplier_id"])),
            Cell(labels.of("kind", row["kind"])),
            Cell(labels.of("statement", row["statement"])),
            Cell(labels.of("scope", row["scope"])),
            _paid(row, labels),
            band(row, labels),
        ]
        for row in rows.iter_rows(named=True)
    ]
    return Table(caption, columns, cells)


def _paid(row: dict[str, Any], labels: Labels) -> Cell:
    """The kind of £ of which a supplier has most, and its lines of every kind."""
    counted, kind = count(row["lines"] or 0, "line"), row["amount_kind"]
    note = f"{labels.of('amount_kind', kind)}; {counted}" if kind else counted
    return Cell(pounds(row["amount"]), note=note)


def findings(
    rows: pl.DataFrame, labels: Labels, caption: str, replies: Mapping[str, str], ids: Mapping[str, str]
) -> Table:
    """Findings of a supplier with their sentences, and of how many lines each holds (`views.evidence.of_supplier`).

    `replies` holds what the supplier answered to the finding of an indicator; it stands beside the finding. `ids` name
    the assessment and the supplier: each outcome is a link to its finding alone, fit to be sent to somebody.
    """
    columns = [*_FINDING, Column("Lines", number=True)]
    cells = []
    for row in rows.iter_rows(named=True):
        outcome, *others = _finding(row, labels, replies)
        label = f"{outcome.text}: {row['title']}, this finding alone"
        address = links.to("supplier", **ids, finding=row["indicator"])
        cells.append([replace(outcome, href=address, label=label), *others, Cell(f"{row['lines']:,}")])
    return Table(caption, columns, cells, row_headings=False)


def points(rows: pl.DataFrame, labels: Labels, line: dict[str, Any], replies: Mapping[str, str]) -> Table:
    """The findings that add up to a line's points (rows of `views.evidence.of_line`), with the supplier's replies."""
    caption = f"What adds up to its {count(line['points'], 'point')}"
    cells = [_finding(row, labels, replies) for row in rows.iter_rows(named=True)]
    return Table(caption, _FINDING, cells, row_headings=False)


def _finding(row: dict[str, Any], labels: Labels, replies: Mapping[str, str]) -> list[Cell]:
    reply = replies.get(row["indicator"])
    return [
        Cell(labels.of("outcome", row["outcome"]), tone=_OUTCOME_TONES[row["outcome"]]),
        Cell(row["sentence"], note=f"{row['title']}. {reply}" if reply else row["title"]),
        Cell(str(row["points"])),
    ]


def facts(pairs: list[tuple[str, str]], caption: str) -> Table:
    """Names and values, two columns."""
    return Table(
        caption,
        [Column("Fact"), Column("Value")],
        [[Cell(name), Cell(value)] for name, value in pairs],
        look="facts",
    )
