"""Trying other points: which case, how many, and what would change."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from checker.show import links
from checker.show.labels import Labels, count, place, pounds
from checker.show.literal import literal
from checker.show.tables import Cell, Column, Table
from checker.views.what_if import Moved, Weight
from riskengine.policy import Policy

ABOUT = "Choose an answer and give it other points to see which lines would change band. Nothing is saved."
MOST = 200.0


def ask(policy: Policy, weights: dict[Weight, float]) -> tuple[Weight, float] | None:
    """The answer chosen and the points tried for it; None while they are those of the policy."""

    def told(weight: Weight) -> str:
        indicator = policy.indicators[weight[0]]
        return f"{indicator.title}: {indicator.cases[weight[1]].sentence}"

    wide, narrow = st.columns([3, 1])
    weight = wide.selectbox(
        "Answer", list(weights), index=None, format_func=told, placeholder="Choose an answer", key="what_if"
    )
    if weight is None:
        return None
    now = weights[weight]
    points = narrow.number_input(
        literal(f"Points ({now:g} now)"), 0.0, MOST, now, step=1.0, format="%g", key=f"points_{'_'.join(weight)}"
    )
    return None if points == now else (weight, points)


def result(found: Moved) -> str:
    """In a sentence, how many lines would change band."""
    return f"{found.changed:,} of {count(found.lines, 'line')} would change band. Nothing was saved."


def moves(rows: pl.DataFrame, labels: Labels) -> Table:
    """Lines and £ by kind and change of band (`Moved.moves`)."""
    columns = [Column("Kind of £"), Column("Band now"), Column("Band then"), Column("Lines", number=True)]
    cells = [
        [
            Cell(labels.of("amount_kind", row["amount_kind"])),
            *_bands(row, labels),
            Cell(f"{row['lines']:,}"),
            Cell(pounds(row["amount"])),
        ]
        for row in rows.iter_rows(named=True)
    ]
    return Table("Lines and £ that would change band", [*columns, Column("£", number=True)], cells)


def first(found: Moved, labels: Labels, here: str) -> Table:
    """The first of the lines that would change band (`Moved.first`); each links to its evidence."""
    columns = [Column("Supplier and place in the file"), Column("What was bought"), Column("£", number=True)]
    cells = [
        [
            Cell(
                row["supplier"],
                note=place(row),
                href=links.to("supplier", assessment=here, supplier=row["supplier_id"], line=row["line_id"]),
            ),
            Cell(row["description"] or row["category"] or "No description"),
            Cell(pounds(row["amount"]), note=labels.of("amount_kind", row["amount_kind"])),
            *_bands(row, labels, [count(row[f"points_{when}"], "point") for when in ("before", "after")]),
        ]
        for row in found.first.iter_rows(named=True)
    ]
    caption = f"The first {count(found.first.height, 'line')} of {found.changed:,}"
    return Table(caption, [*columns, Column("Band now"), Column("Band then")], cells)


def _bands(row: dict[str, Any], labels: Labels, notes: list[str] | tuple[None, None] = (None, None)) -> list[Cell]:
    """The band before and after, as tags in words."""
    return [
        Cell(labels.of("band", row[f"band_{when}"]), note=note, tone=row[f"band_{when}"])
        for when, note in zip(("before", "after"), notes, strict=True)
    ]
