"""What an officer should know of a sheet that was read: cells that could not be, and why; how its amounts are given."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from riskengine.lines import fields, kinds
from riskengine.lines.amounts import why_not
from riskengine.lines.layout import Layout
from riskengine.lines.texts import Texts
from riskengine.lines.wording import counted, normal
from riskengine.policy.lines import LinesPolicy

_SEVERAL = r"(?i)\b(?:ltd|limited|plc|llp|cic)\b\.?\s*(?:[;,/&+\n]|\band\b)\s*\S.*\b(?:ltd|limited|plc|llp|cic)\b"
"""Two names of firms one after the other: A Ltd; B Ltd."""
_NUMBER = re.compile(r"\d+(?:/\d+)?")
_FEWEST_CELLS, _FEWEST_ROWS = 4, 3
"""Less than this is a title, a note or a heading in two rows."""
_NOT_KNOWN = "The amount of such a line is not known, and it counts in no total."


def of(kept: pl.DataFrame, layout: Layout, dropped: int, policy: LinesPolicy) -> list[str]:
    """Notes on the lines `kept` (fields and `row`) of a sheet; `dropped` empty rows stood below them."""
    notes = [*_unread_amounts(kept), *_unread_others(kept)]
    if kept["amount"].null_count() == kept.height:
        notes.append("No amounts could be read: £ are not known for these lines.")
    notes += kinds.amount_notes(layout, [heading for heading in layout.headings if heading], policy)
    if dropped:
        notes.append(f"{counted(dropped, 'empty row')} at the end of the sheet left out.")
    return notes


def of_rows_above(cells: pl.DataFrame, layout: Layout) -> Iterator[str]:
    """Rows above the headings that hold as much as a line does: another list may stand there."""
    least = max(_FEWEST_CELLS, sum(column.field is not None for column in layout.columns))
    above = cells.filter(pl.col("row") < layout.header_row)
    filled = above.select(pl.sum_horizontal(pl.exclude("row").str.contains(r"\S").fill_null(False)))
    full = int((filled.to_series() >= least).sum())
    if full >= _FEWEST_ROWS:
        yield (
            f"{counted(full, 'row')} above the headings in row {layout.header_row} are filled as lines are and were "
            "not read: if they are lines, hand them in as a list of their own."
        )


def of_other_lists(headed: pl.Series) -> Iterator[str]:
    """Rows below the headings that head another list, whose own rows were read by the first headings."""
    if len(headed):
        yield (
            f"Row {headed[0]} holds the headings of another list: the rows below it were read by the first headings "
            "and may be wrong. Give each list a sheet of its own."
        )


def of_suppliers(names: Texts, rows: pl.Series, layout: Layout) -> Iterator[str]:
    """Cells that name several firms, and further columns of suppliers: none is taken apart by guessing."""
    joined = names.placed(names.distinct.str.contains(_SEVERAL)).fill_null(False).arg_true()
    if len(joined):
        cells = f"{len(joined):,} {'cell seems' if len(joined) == 1 else 'cells seem'}"
        yield (
            f'{cells} to name several suppliers, such as "{names.rows[joined[0]][:60]}" in row {rows[joined[0]]}: each '
            "was read as one. Give each supplier a row of its own to have all of them looked up."
        )
    yield from _of_twins("Suppliers", layout.heading("supplier"), layout.headings)


def of_amounts(layout: Layout) -> Iterator[str]:
    """Further columns of amounts, as of other years, and credits in a column of their own."""
    taken = layout.heading("amount")
    yield from _of_twins("Amounts", taken, layout.headings)
    credit = next((one for one in layout.headings if one and "credit" in normal(one).split()), None)
    if credit and "debit" in normal(taken):
        yield f'Amounts were read from "{taken}" alone; what stands in "{credit}" was not taken off.'


def _of_twins(what: str, taken: str, headings: list[str | None]) -> Iterator[str]:
    others = [one for one in headings if one and taken and one != taken and _stem(one) == _stem(taken)]
    if others:
        named = ", ".join(f'"{one}"' for one in others)
        yield f'{what} were read from "{taken}" alone, not from {named}.'


def _stem(heading: str) -> str:
    """A heading without its numbers: Supplier 2 is another Supplier 1, 2023/24 spend another 2022/23 spend."""
    return " ".join(_NUMBER.sub(" ", normal(heading)).split())


def _unread_amounts(kept: pl.DataFrame) -> Iterator[str]:
    """Each reason for which amounts could not be read, with the first row it holds of."""
    unread = kept["amount"].is_null() & kept["amount_text"].is_not_null()
    if not unread.any():
        return
    lost = kept.select("row", text="amount_text").filter(unread)
    reasons = lost["text"].unique().to_frame()
    reasons = reasons.with_columns(reason=pl.Series([why_not(text) for text in reasons["text"]], dtype=pl.String))
    by_reason = lost.join(reasons, on="text", maintain_order="left").group_by("reason", maintain_order=True)
    for (reason,), rows in by_reason:
        first = rows.row(0, named=True)
        told = f"{counted(rows.height, 'amount')} {'is' if rows.height == 1 else 'are'} {reason}"
        yield f'{told}, such as "{first["text"][:40]}" in row {first["row"]}.'
    yield _NOT_KNOWN


def _unread_others(kept: pl.DataFrame) -> Iterator[str]:
    for field in fields.PARSED:
        lost = kept[field].is_null() & kept[f"{field}_text"].is_not_null()
        if field != "amount" and lost.any():
            first = kept.filter(lost).row(0, named=True)
            cells, named = counted(int(lost.sum()), "cell"), field.replace("_", " ")
            example = f'such as "{first[f"{field}_text"][:40]}" in row {first["row"]}'
            yield f"{cells} of the {named} column could not be read, {example}."
