"""One sheet to contract lines: its rows split into lines and rows set aside, its columns parsed."""

from __future__ import annotations

from collections.abc import Callable
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
    body, dropped = _without_tail(sheet.cells.filter(pl.col("row") > layout.header_row))
    columns, remarks = _columns(body, layout, policy)
    cells = body.with_columns(columns["amount"])
    aside = rows.reasons(cells, layout.headings, f"c{layout.number('supplier')}", policy)
    counted = columns.filter(~body["row"].is_in(aside.filter(pl.col("reason").is_in(_WITHOUT_MONEY))["row"]))
    kept = columns.with_columns(body["row"]).filter(~body["row"].is_in(aside["row"]))
    notes = [*sheet.notes, *layout.notes, *remarks, *_unread(kept)]
    notes += kinds.amount_notes(layout, [heading for heading in layout.headings if heading], policy)
    if dropped:
        notes.append(f"{dropped:,} empty rows at the end of the sheet were left out.")
    known = kept["amount"].null_count() < kept.height
    if not known:
        notes.append("No amounts could be read: £ are not known for these lines.")
    kind = kinds.amount_kind(layout, policy) if known else "unknown"
    return SheetRead(
        sheet=sheet,
        layout=layout,
        columns=layout.columns,
        lines=_lines(kept, sheet, kind),
        set_aside=_aside(cells, aside, sheet),
        rows_read=body.height,
        amount_kind=kind,
        amount_read=_total(counted["amount"]),
        notes=tuple(notes),
        left_out=None if kept.height else "No row below the headings names a supplier.",
    )


_WITHOUT_MONEY = (rows.TOTALS, rows.REPEATED, rows.BLANK)


def _total(values: pl.Series) -> Decimal:
    return Decimal(str(values.sum() or 0)).quantize(Decimal("0.01"))


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


def _columns(body: pl.DataFrame, layout: Layout, policy: LinesPolicy) -> tuple[pl.DataFrame, list[str]]:
    """Every field of a contract line as a column of its own, null where the sheet has none, and remarks on them.

    The texts that money and dates were read from stay beside them as `amount_text`, `date_text` and so on.
    """
    texts = body.select(_text(layout, field) for field in _FIELDS).to_dict()
    amount = amounts.parse(texts["amount"], policy)
    remarks = ["Amounts are written with a decimal comma (1.234,50)."] if amount.comma_decimals else []
    frame = {"amount": amount.values} | _dates(texts, remarks, policy) | _codes(texts, policy)
    frame |= {field: texts[field] for field in TEXTS} | {"supplier_text": texts["supplier"]}
    frame |= {f"{field}_text": texts[field] for field in _PARSED}
    frame["description"] = _described(texts["title"], texts["description"])
    return pl.DataFrame({name: values.rename(name) for name, values in frame.items()}), remarks


_PARSED = ("amount", "date", "start", "end")
_FIELDS = (
    *("supplier", "amount", "date", "start", "end", "period", "title", *TEXTS, "cpv", "sic"),
    *("company_number", "charity_number", "vat_number", "postcode"),
)


def _text(layout: Layout, field: str) -> pl.Expr:
    number = layout.number(field)
    if number is None:
        return pl.repeat(None, pl.len(), dtype=pl.String).alias(field)
    text = pl.col(f"c{number}").str.strip_chars()
    return pl.when(text != "").then(text).alias(field)


def _dates(texts: dict[str, pl.Series], remarks: list[str], policy: LinesPolicy) -> dict[str, pl.Series]:
    found: dict[str, pl.Series] = {}
    for field in ("date", "start", "end"):
        read = dates.parse(texts[field], policy, "last" if field == "end" else "first")
        if read.month_first:
            remarks.append(f"The dates of the {field} column have the month first, as in the United States.")
        found[field] = read.values
    if not _is_empty(texts["period"]):
        start, end = dates.period(texts["period"], policy)
        found["start"] = pl.select(pl.coalesce(found["start"], start)).to_series()
        found["end"] = pl.select(pl.coalesce(found["end"], end)).to_series()
    return found


def _codes(texts: dict[str, pl.Series], policy: LinesPolicy) -> dict[str, pl.Series]:
    readers: dict[str, Callable[[pl.Series], pl.Series]] = {
        "cpv": lambda found: codes.cpv(found, policy),
        "sic": lambda found: codes.sic(found, policy),
        "company_number": lambda found: codes.company_numbers(found, policy),
        "charity_number": codes.charity_numbers,
        "vat_number": codes.vat_numbers,
        "postcode": codes.postcodes,
    }
    return {field: texts[field] if _is_empty(texts[field]) else read(texts[field]) for field, read in readers.items()}


def _is_empty(values: pl.Series) -> bool:
    return values.null_count() == len(values)


def _described(title: pl.Series, description: pl.Series) -> pl.Series:
    """The title and what the description adds to it."""
    if _is_empty(title):
        return description
    adds = title.is_not_null() & description.is_not_null() & (title != description)
    both = title + ": " + description
    return pl.select(pl.when(adds).then(both).otherwise(pl.coalesce(description, title))).to_series()


def _unread(kept: pl.DataFrame) -> list[str]:
    """What could not be read as money or dates among the lines, with an example."""
    notes = []
    for field in _PARSED:
        lost = kept.filter(pl.col(field).is_null() & pl.col(f"{field}_text").is_not_null())[f"{field}_text"]
        if len(lost):
            notes.append(f'{len(lost):,} cells of the {field} column could not be read, such as "{lost[0][:40]}".')
    return notes


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


_ASIDE: dict[str, pl.DataType | type[pl.DataType]] = {
    "file": pl.String,
    "sheet": pl.String,
    "row": pl.UInt32,
    "reason": pl.String,
    "text": pl.String,
    "amount": MONEY,
}
