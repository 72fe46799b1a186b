"""What only comparing sheets tells: summaries, lookups and hidden sheets beside a list, and lines given twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import polars as pl

from riskengine.lines.sheets import SheetRead
from riskengine.lines.wording import counted, normal

_SUMMARY_WORDS = ("row labels", "sum of", "count of", "column labels", "values")
_ROUNDED = 1
"""£ by which a sum that was rounded may differ."""
_OF_A_LIST = {"amount", "date", "description", "title", "reference", "start", "end", "period"}
_KEY = ("supplier_text", "amount", "date", "reference", "description", "start", "end")


def compared(found: Sequence[SheetRead]) -> list[SheetRead]:
    """The sheets with those left out that only repeat another of their file, and with notes on lines given twice."""
    return _told_of_twins(_told_apart([_judged(read, found) for read in found]))


def _judged(read: SheetRead, found: Sequence[SheetRead]) -> SheetRead:
    lists = [
        other
        for other in found
        if other.sheet.file == read.sheet.file and other is not read and other.left_out is None and other.sheet.visible
    ]
    if read.left_out is not None or not lists:
        return read
    if not read.sheet.visible:
        return read.without_lines("The sheet is hidden in the workbook.")
    if not read.held & _OF_A_LIST and any(other.held & _OF_A_LIST for other in lists):
        return read.without_lines("The sheet is a lookup: it names suppliers, but no contract, payment or amount.")
    if _is_summary(read) and any(len(other.held) > len(read.held) for other in lists):
        return read.without_lines("The sheet is a summary (pivot table) of another sheet.")
    summed = next((other for other in lists if _sums_up(read, other)), None)
    if summed is not None:
        return read.without_lines(f'The sheet is a summary: it gives the sums of sheet "{summed.sheet.name}".')
    return read


def _is_summary(read: SheetRead) -> bool:
    headings = [normal(column.heading) for column in read.columns if column.heading]
    return any(heading.startswith(_SUMMARY_WORDS) for heading in headings) and len(read.held) <= 3


def _sums_up(read: SheetRead, other: SheetRead) -> bool:
    """Whether a sheet of suppliers and £ alone gives for each, once, the sum of its lines in the other."""
    names = read.lines["supplier_text"]
    if not read.held <= {"supplier", "amount"} or len(other.held) <= len(read.held) or names.is_duplicated().any():
        return False
    sums = other.lines.group_by("supplier_text").agg(pl.col("amount").sum().alias("sum"))
    both = read.lines.join(sums, on="supplier_text", how="left")
    return len(names) > 1 and bool(((both["amount"] - both["sum"]).abs() <= _ROUNDED).fill_null(value=False).all())


def _told_apart(found: Sequence[SheetRead]) -> list[SheetRead]:
    """A file handed in twice: its line numbers are told apart by ~2, and both are pointed out."""
    seen: Counter[tuple[str, int]] = Counter()
    first: dict[tuple[str, int], str] = {}
    told = []
    for read in found:
        key = (read.sheet.file.sha256, read.sheet.position)
        seen[key] += 1
        if seen[key] > 1:
            suffix = f"~{seen[key]}"
            lines = read.lines.with_columns(pl.col("line_id") + suffix)
            note = f'The same file was also handed in as "{first[key]}": its lines are counted again.'
            read = SheetRead(**{**vars(read), "lines": lines}).told(note)  # noqa: PLW2901
        first.setdefault(key, read.sheet.file.name)
        told.append(read)
    return told


def _told_of_twins(found: Sequence[SheetRead]) -> list[SheetRead]:
    """Notes on lines that also stand in an earlier sheet (same supplier, amount, dates, reference and wording)."""
    with_lines = [read for read in found if read.lines.height]
    if len(with_lines) < 2:
        return list(found)
    keyed = [read.lines.select(key=pl.struct(_KEY).hash(), at=pl.lit(at)) for at, read in enumerate(with_lines)]
    first = pl.concat(keyed).group_by("key").agg(pl.col("at").min())
    told: dict[int, list[str]] = {}
    for at, keys in enumerate(keyed):
        twins = keys.join(first, on="key", suffix="_first").filter(pl.col("at_first") < at)
        for (earlier,), lines in sorted(twins.group_by("at_first"), key=lambda group: group[0]):
            told.setdefault(id(with_lines[at]), []).append(_twins(lines.height, with_lines[int(str(earlier))]))
    return [read.told(*told.get(id(read), [])) for read in found]


def _twins(lines: int, earlier: SheetRead) -> str:
    where = f'"{earlier.sheet.name}" of {earlier.sheet.file.name}'
    return f"{counted(lines, 'line')} also in sheet {where} (same supplier, amount, dates, reference and wording)."
