"""One sheet to contract lines: its headings understood, its rows split into lines and rows set aside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate, pairwise

import polars as pl

from riskengine.lines import fields, guides, kinds, merges, remarks, rows
from riskengine.lines.columns import Column, Columns
from riskengine.lines.fields import Fields
from riskengine.lines.layout import Layout, find
from riskengine.policy.lines import LinesPolicy
from riskengine.schemas import MONEY, ContractLines, Sheet

_WITHOUT_MONEY = (rows.TOTALS, rows.REPEATED, rows.OTHER, rows.BLANK, guides.NUMBERS)
_MOST_CUTS = 1_000
"""Rows set aside up to which cutting a frame between them takes less time than filtering it."""
_ASIDE: dict[str, pl.DataType | type[pl.DataType]] = {
    "file": pl.String,
    "sheet": pl.String,
    "row": pl.UInt32,
    "reason": pl.String,
    "text": pl.String,
    "amount": MONEY,
}


@dataclass(frozen=True)
class SheetRead:
    """What one sheet gave; `left_out` says in words why it holds no contract lines."""

    sheet: Sheet
    layout: Layout | None
    lines: pl.DataFrame
    set_aside: pl.DataFrame
    rows_read: int = 0
    amount_kind: str = "unknown"
    amount_read: Decimal = Decimal("0.00")
    notes: tuple[str, ...] = ()
    left_out: str | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """How its headings were understood."""
        return self.layout.columns if self.layout else ()

    @property
    def held(self) -> set[str]:
        """The fields its headings name."""
        return {column.field for column in self.columns if column.field}

    def without_lines(self, reason: str) -> SheetRead:
        """The same sheet left out, for a reason found by comparing sheets."""
        return _left_out(self.sheet, self.layout, reason)

    def told(self, *notes: str) -> SheetRead:
        """The same sheet with more notes."""
        return replace(self, notes=(*self.notes, *notes))


def read(sheet: Sheet, policy: LinesPolicy, columns: Columns) -> SheetRead:
    """Read one sheet; a sheet without contract lines says why in `left_out`."""
    if sheet.cells.is_empty():
        return _left_out(sheet, None, sheet.notes[0] if sheet.notes else "The sheet is empty.")
    layout = find(sheet.cells, columns, policy)
    named = [column.heading for column in layout.columns if column.field and column.heading] if layout else []
    named = [heading for heading in named if columns.worded(heading)]  # any other may be the name of a payee
    if layout is None or not named:
        return _left_out(sheet, None, "No heading row was found: no row names a supplier, an amount or a date column.")
    if layout.number("supplier") is None:
        told = ", ".join(named)
        return _left_out(sheet, layout, f"No column holds supplier names; the headings understood are: {told}.")
    return _with_lines(sheet, layout, policy).told(*columns.told(layout.headings))


def _left_out(sheet: Sheet, layout: Layout | None, reason: str) -> SheetRead:
    return SheetRead(
        sheet=sheet,
        layout=layout,
        lines=ContractLines.create_empty(),
        set_aside=pl.DataFrame(schema=_ASIDE),
        notes=sheet.notes,
        left_out=reason,
    )


def _with_lines(sheet: Sheet, layout: Layout, policy: LinesPolicy) -> SheetRead:
    body, dropped = _without_tail(sheet.cells.filter(pl.col("row") > layout.header_row))
    body, merged = merges.filled_down(body, sheet, layout)
    found = fields.read(body, layout, policy)
    cells = body.with_columns(found.frame["amount"])
    aside = rows.reasons(cells, layout.headings, f"c{layout.number('supplier')}", found.suppliers, policy)
    kept = _without(found.frame.with_columns(body["row"]), aside["at"])
    kind = kinds.amount_kind(layout, policy) if kept["amount"].null_count() < kept.height else "unknown"
    told = [
        *merged,
        *remarks.of_rows_above(sheet.cells, layout),
        *remarks.of_other_lists(aside.filter(reason=rows.OTHER)["row"]),
        *remarks.of_suppliers(found.suppliers, body["row"], layout),
        *remarks.of_amounts(layout),
        *remarks.of(kept, layout, dropped, policy),
    ]
    return SheetRead(
        sheet=sheet,
        layout=_less_sure(layout, found),
        lines=_lines(kept, sheet, kind),
        set_aside=_aside(cells, aside, sheet),
        rows_read=body.height,
        amount_kind=kind,
        amount_read=_amount_read(cells, aside),
        notes=(*sheet.notes, *layout.notes, *found.remarks, *told),
        left_out=None if kept.height else "No row below the headings names a supplier.",
    )


def _without_tail(body: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """The rows down to the last that holds anything, and how many empty ones came after it."""
    cells = [name for name in body.columns if name != "row"]
    if body.is_empty() or body.tail(1).select(_filled(cells)).item():
        return body, 0
    filled = body.select(_filled(cells)).to_series().arg_true()
    last = int(filled[-1]) + 1 if len(filled) else 0
    return body.head(last), body.height - last


def _filled(cells: list[str]) -> pl.Expr:
    return pl.any_horizontal(pl.col(cells).str.contains(r"\S").fill_null(False))


def _less_sure(layout: Layout, found: Fields) -> Layout:
    """A column of codes is as sure as the share of its cells that hold a code of the list."""
    columns = []
    for column in layout.columns:
        share = found.listed.get(column.field or "", 1.0)
        if column.confidence is not None and share < 1:
            reason = f"{column.reason} {share:.0%} of its filled cells hold a code of the list."
            column = replace(column, confidence=round(column.confidence * share, 2), reason=reason)  # noqa: PLW2901
        columns.append(column)
    return replace(layout, columns=tuple(columns))


def _without(frame: pl.DataFrame, places: pl.Series) -> pl.DataFrame:
    """The frame without the rows at these places: where they are few what lies between them is not copied."""
    if len(places) > _MOST_CUTS:
        return frame.filter(~pl.int_range(frame.height, eager=True).is_in(places.implode()))
    cuts = pairwise((-1, *places.to_list(), frame.height))
    return pl.concat([frame.slice(before + 1, after - before - 1) for before, after in cuts])


def _amount_read(cells: pl.DataFrame, aside: pl.DataFrame) -> Decimal:
    """£ of all rows below the headings but totals and repeated headings."""
    without = cells["amount"].gather(aside.filter(pl.col("reason").is_in(_WITHOUT_MONEY))["at"])
    return (Decimal(cells["amount"].sum() or 0) - Decimal(without.sum() or 0)).quantize(Decimal("0.01"))


def _lines(kept: pl.DataFrame, sheet: Sheet, kind: str) -> pl.DataFrame:
    stem = f"{sheet.file.sha256[:8]}-{sheet.position}-"
    named = (
        kept["row"]
        .to_frame()
        .select(
            line_id=pl.format(f"{stem}{{}}", "row"),
            file=pl.lit(sheet.file.name),
            sheet=pl.lit(sheet.name),
            row="row",
            amount_kind=pl.lit(kind, ContractLines.amount_kind.dtype),
        )
    )
    columns = [kept[name] if name in kept.columns else named[name] for name in ContractLines.column_names()]
    return _in_chunks(pl.DataFrame(columns), kept["row"].chunk_lengths())


def _in_chunks(frame: pl.DataFrame, lengths: list[int]) -> pl.DataFrame:
    """The frame in chunks of these lengths: every step brings columns of other chunks to one size first, by a copy."""
    ends = list(accumulate(lengths))
    chunks = [frame.slice(end - length, length) for end, length in zip(ends, lengths, strict=True)]
    return pl.concat(chunks) if chunks else frame


def _aside(cells: pl.DataFrame, aside: pl.DataFrame, sheet: Sheet) -> pl.DataFrame:
    if aside.is_empty():
        return pl.DataFrame(schema=_ASIDE)
    found = cells[aside["at"]].with_columns(aside["reason"])
    return found.select(
        file=pl.lit(sheet.file.name),
        sheet=pl.lit(sheet.name),
        row=pl.col("row"),
        reason=pl.col("reason"),
        text=rows.texts(found),
        amount=pl.when(~pl.col("reason").is_in(_WITHOUT_MONEY)).then(pl.col("amount")).cast(MONEY),
    )
