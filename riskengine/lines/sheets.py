"""One sheet to contract lines: its rows split into lines and rows set aside, its columns parsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from riskengine.lines import amounts, codes, dates, kinds, rows
from riskengine.lines.columns import Column, Columns
from riskengine.lines.layout import Layout, find
from riskengine.policy.lines import LinesPolicy
from riskengine.schemas import MONEY, ContractLines, Sheet

TEXTS = ("description", "reference", "department", "category", "proclass")


@dataclass(frozen=True)
class SheetRead:
    """What one sheet gave. `understood` tells full lists from lookups when a file has several sheets."""

    sheet: Sheet
    layout: Layout | None
    columns: tuple[Column, ...]
    lines: pl.DataFrame
    set_aside: pl.DataFrame
    rows_read: int
    amount_kind: str
    amount_read: Decimal
    notes: tuple[str, ...]
    left_out: str | None


def read(sheet: Sheet, policy: LinesPolicy, columns: Columns) -> SheetRead:
    """Read one sheet; a sheet without contract lines says why in `left_out`."""
    if sheet.cells.is_empty():
        return _left_out(sheet, None, sheet.notes[0] if sheet.notes else "The sheet is empty.")
    layout = find(sheet.cells, columns, policy)
    if layout is None:
        return _left_out(sheet, None, "No heading row was found: no row names a supplier, an amount or a date column.")
    if layout.number("supplier") is None:
        found = ", ".join(column.heading or "" for column in layout.columns if column.field)
        return _left_out(sheet, layout, f"No column holds supplier names; the headings understood are: {found}.")
    return _with_lines(sheet, layout, policy)


def leave_out(read: SheetRead, reason: str) -> SheetRead:
    """The same sheet without its lines, for a reason found by comparing sheets."""
    return _left_out(read.sheet, read.layout, reason)


def _left_out(sheet: Sheet, layout: Layout | None, reason: str) -> SheetRead:
    empty = ContractLines.create_empty()
    return SheetRead(
        sheet=sheet,
        layout=layout,
        columns=layout.columns if layout else (),
        lines=empty,
        set_aside=_aside(pl.DataFrame(schema={"row": pl.UInt32}), pl.DataFrame(schema=_REASONS), sheet),
        rows_read=0,
        amount_kind="unknown",
        amount_read=Decimal(0),
        notes=sheet.notes,
        left_out=reason,
    )


_REASONS = {"row": pl.UInt32, "reason": pl.String}


def _with_lines(sheet: Sheet, layout: Layout, policy: LinesPolicy) -> SheetRead:
    body = sheet.cells.filter(pl.col("row") > layout.header_row)
    body, dropped = _without_tail(body)
    columns, notes = _columns(body, layout, policy)
    body = body.with_columns(columns["amount"])
    headings = [column.heading for column in layout.columns]
    headings += [None] * (len(body.columns) - 2 - len(headings))
    aside = rows.reasons(body, headings, f"c{layout.number('supplier')}", policy)
    counted = body.join(aside.filter(pl.col("reason").is_in(_WITHOUT_MONEY)), on="row", how="anti")
    kept = columns.with_columns(body["row"]).join(aside, on="row", how="anti", maintain_order="left")
    kind = kinds.amount_kind(layout, policy)
    if columns["amount"].null_count() == len(columns):
        kind = "unknown"
        notes.append("No amounts could be read: £ are not known for these lines.")
    heads = [heading for heading in headings if heading]
    notes += kinds.amount_notes(layout, heads, policy)
    if dropped:
        notes.append(f"{dropped:,} empty rows at the end of the sheet were left out.")
    return SheetRead(
        sheet=sheet,
        layout=layout,
        columns=layout.columns,
        lines=_lines(kept, sheet, kind),
        set_aside=_aside(body, aside, sheet),
        rows_read=body.height,
        amount_kind=kind,
        amount_read=_total(counted["amount"]),
        notes=(*sheet.notes, *layout.notes, *notes),
        left_out=None if kept.height else "No row below the headings names a supplier.",
    )


_WITHOUT_MONEY = (rows.TOTALS, rows.REPEATED, rows.BLANK)


def _total(values: pl.Series) -> Decimal:
    return Decimal(values.sum() or 0).quantize(Decimal("0.01"))


def _without_tail(body: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """The rows down to the last that holds anything, and how many empty ones came after it."""
    cells = [name for name in body.columns if name != "row"]
    if body.is_empty() or body.tail(1).select(_filled(cells)).item():
        return body, 0
    filled = body.select(_filled(cells)).to_series()
    last = int(filled.arg_true().max() or 0) + 1 if filled.any() else 0
    return body.head(last), body.height - last


def _filled(cells: list[str]) -> pl.Expr:
    return pl.any_horizontal(pl.col(cells).str.contains(r"\S").fill_null(False))


def _columns(body: pl.DataFrame, layout: Layout, policy: LinesPolicy) -> tuple[pl.DataFrame, list[str]]:
    """Every field of a contract line as a column of its own, null where the sheet has none."""
    texts = {field: _text(body, layout, field) for field in _FIELDS}
    notes: list[str] = []
    amount = amounts.parse(texts["amount"], policy)
    notes += _unread("amount", amount.unread, amount.example)
    if amount.comma_decimals:
        notes.append("Amounts are written with a decimal comma (1.234,50).")
    frame = {"amount": amount.values} | _dates(texts, notes, policy) | _codes(texts, policy)
    frame |= {field: texts[field] for field in TEXTS} | {"supplier_text": texts["supplier"]}
    frame["description"] = _described(texts["title"], texts["description"])
    return pl.DataFrame({name: values.rename(name) for name, values in frame.items()}), notes


_FIELDS = (
    *("supplier", "amount", "date", "start", "end", "period", "title", *TEXTS, "cpv", "sic"),
    *("company_number", "charity_number", "vat_number", "postcode"),
)


def _text(body: pl.DataFrame, layout: Layout, field: str) -> pl.Series:
    number = layout.number(field)
    if number is None:
        return pl.Series(field, [None] * body.height, dtype=pl.String)
    text = pl.col(f"c{number}").str.strip_chars()
    return body.select(pl.when(text != "").then(text).alias(field)).to_series()


def _dates(texts: dict[str, pl.Series], notes: list[str], policy: LinesPolicy) -> dict[str, pl.Series]:
    found: dict[str, pl.Series] = {}
    for field in ("date", "start", "end"):
        read = dates.parse(texts[field], policy, "last" if field == "end" else "first")
        notes += _unread(field, read.unread, read.example)
        if read.month_first:
            notes.append(f"The dates of the {field} column have the month first, as in the United States.")
        found[field] = read.values
    if texts["period"].null_count() < len(texts["period"]):
        start, end = dates.period(texts["period"], policy)
        found["start"] = pl.select(pl.coalesce(found["start"], start)).to_series()
        found["end"] = pl.select(pl.coalesce(found["end"], end)).to_series()
    return found


def _codes(texts: dict[str, pl.Series], policy: LinesPolicy) -> dict[str, pl.Series]:
    return {
        "cpv": codes.cpv(texts["cpv"], policy),
        "sic": codes.sic(texts["sic"], policy),
        "company_number": codes.company_numbers(texts["company_number"], policy),
        "charity_number": codes.charity_numbers(texts["charity_number"]),
        "vat_number": codes.vat_numbers(texts["vat_number"]),
        "postcode": codes.postcodes(texts["postcode"]),
    }


def _described(title: pl.Series, description: pl.Series) -> pl.Series:
    """The title and what the description adds to it."""
    if title.null_count() == len(title):
        return description
    adds = title.is_not_null() & description.is_not_null() & (title != description)
    both = title + ": " + description
    return pl.select(pl.when(adds).then(both).otherwise(pl.coalesce(description, title))).to_series()


def _unread(field: str, unread: int, example: str | None) -> list[str]:
    if not unread:
        return []
    return [f'{unread:,} cells of the {field} column could not be read, such as "{(example or "")[:40]}".']


def _lines(kept: pl.DataFrame, sheet: Sheet, kind: str) -> pl.DataFrame:
    stem = f"{sheet.file.sha256[:8]}-{sheet.position}-"
    return kept.select(
        line_id=pl.concat_str(pl.lit(stem), pl.col("row").cast(pl.String)),
        file=pl.lit(sheet.file.name),
        sheet=pl.lit(sheet.name),
        row=pl.col("row"),
        **{name: pl.col(name) for name in ContractLines.column_names()[4:-1]},
        amount_kind=pl.lit(kind, ContractLines.amount_kind.dtype),
    )


def _aside(body: pl.DataFrame, aside: pl.DataFrame, sheet: Sheet) -> pl.DataFrame:
    if aside.is_empty():
        return pl.DataFrame(schema=_ASIDE)
    found = body.join(aside, on="row", how="inner", maintain_order="left")
    return found.select(
        file=pl.lit(sheet.file.name),
        sheet=pl.lit(sheet.name),
        row=pl.col("row"),
        reason=pl.col("reason"),
        text=rows.texts(found),
        amount=pl.when(~pl.col("reason").is_in(_WITHOUT_MONEY)).then(pl.col("amount")).cast(MONEY),
    )


_ASIDE = {"file": pl.String, "sheet": pl.String, "row": pl.UInt32, "reason": pl.String, "text": pl.String, "amount": MONEY}
