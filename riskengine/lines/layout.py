"""Where the heading row of a sheet stands and what its columns hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from riskengine.lines import looks as look
from riskengine.lines.columns import Column, Columns
from riskengine.lines.looks import Looks
from riskengine.policy.lines import LinesPolicy

_LOOKED_BELOW = 1_500
_TRIED = 3
MOST_COLUMNS = 400
"""No list seen has more than 70 columns; cells further right are not looked at."""
_TWO_ROWS = "The headings stand in two rows and were joined."
_COMPLETED = "The headings stand in two rows and were joined, for the second tells apart what one of the first spans."
_MOVED_RIGHT = "The headings stand one column to the left of their values and were moved."
_MOVED_LEFT = "The headings stand one column to the right of their values and were moved."
_TOO_WIDE = f"Columns after the {MOST_COLUMNS}th were not looked at."

Row = tuple[str | None, ...]


@dataclass(frozen=True)
class Layout:
    """A heading row (1-based physical row, the lower one of two) and the columns under it."""

    header_row: int
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()

    def number(self, field: str) -> int | None:
        """The column (1-based) that holds a field."""
        return next((column.number for column in self.columns if column.field == field), None)

    def heading(self, field: str) -> str:
        """The heading over a field, empty when there is none."""
        return next((column.heading or "" for column in self.columns if column.field == field), "")

    @property
    def headings(self) -> list[str | None]:
        """The heading of every column."""
        return [column.heading for column in self.columns]

    @property
    def understood(self) -> float:
        """How much of the sheet is understood: the confidences added up."""
        return sum(column.confidence or 0.0 for column in self.columns)


def find(cells: pl.DataFrame, columns: Columns, policy: LinesPolicy) -> Layout | None:
    """Find the heading row among the first rows; None when no row reads as headings."""
    names = [name for name in cells.columns if name != "row"]
    top = _Top(cells.select("row", *names[:MOST_COLUMNS]), columns, policy)
    best: Layout | None = None
    for at in top.candidates():
        for found in top.readings(at):
            if best is None or found.understood > best.understood + _gain(found, policy):
                best = found
    if best is not None and len(names) > MOST_COLUMNS:
        return Layout(best.header_row, best.columns, (*best.notes, _TOO_WIDE))
    return best


def _gain(found: Layout, policy: LinesPolicy) -> float:
    """How much more must be understood for this reading to be taken before another."""
    settings = policy.settings
    if _COMPLETED in found.notes:
        return -settings.gain_of_two_rows.value
    return settings.gain_of_two_rows.value if _TWO_ROWS in found.notes else settings.gain.value


class _Top:
    """The first rows of a sheet, to be read as headings in one way or another."""

    def __init__(self, cells: pl.DataFrame, columns: Columns, policy: LinesPolicy) -> None:
        self._cells, self._columns, self._policy = cells, columns, policy
        self._depth = int(policy.settings.search_rows.value)
        self._rows = [_texts(row) for row in cells.head(self._depth + 1).drop("row").rows()]

    def candidates(self) -> list[int]:
        """The rows that read most as headings, the best first; of a heading row that is repeated the first alone."""
        first: dict[Row, int] = {}
        for at, row in enumerate(self._rows[: self._depth]):
            first.setdefault(row, at)
        scores = [(_score(row, self._columns), at) for row, at in first.items()]
        return [at for _, at in sorted((-score, at) for score, at in scores if score > 0)[:_TRIED]]

    def readings(self, at: int) -> Iterator[Layout]:
        """The row alone, its headings moved by a column, and joined with the row above or below."""
        row = self._rows[at]
        looked = self._looks(at)
        yield self._layout(at, row, looked)
        yield self._layout(at, (None, *row[:-1]), looked, _MOVED_RIGHT)
        yield self._layout(at, (*row[1:], None), looked, _MOVED_LEFT)
        if at > 0 and _are_one(self._rows[at - 1], row):
            for joined in _joins(self._rows[at - 1], row):
                yield self._layout(at, joined, looked, _TWO_ROWS)
        if at + 1 < len(self._rows) and _are_one(row, self._rows[at + 1]):
            looked = self._looks(at + 1)
            completes = _completes(row, self._rows[at + 1], self._columns)
            for joined in _joins(row, self._rows[at + 1]):
                yield self._layout(at + 1, joined, looked, _COMPLETED if completes else _TWO_ROWS)

    def _layout(self, at: int, headings: Row, looked: Sequence[Looks], *notes: str) -> Layout:
        return Layout(int(self._cells["row"][at]), tuple(self._columns.understand(headings, looked)), notes)

    def _looks(self, at: int) -> list[Looks]:
        """What the values below a row look like: in its first rows, in all where those are empty."""
        body = self._cells.slice(at + 1).drop("row")
        return look.of([_part(body[name]) for name in body.columns], self._policy)


def _part(values: pl.Series) -> pl.Series:
    early = values.head(_LOOKED_BELOW)
    return early if early.null_count() < len(early) else values


def _texts(row: Sequence[str | None]) -> Row:
    return tuple((cell.strip() or None) if cell is not None else None for cell in row)


def _score(row: Row, columns: Columns) -> float:
    """How much a row reads as headings: points of the distinct fields it names, known but unused headings a little."""
    best: dict[str, float] = {}
    known = unused = 0
    cells = [cell for cell in row if cell is not None]
    for cell in cells:
        meanings = columns.meanings(cell)
        known += bool(meanings)
        if meanings and meanings[0].field == "none":
            unused += 1
        elif meanings:
            best[meanings[0].field] = max(best.get(meanings[0].field, 0), meanings[0].points / 100)
    chosen = any(meaning.how == "officer" for cell in cells for meaning in columns.meanings(cell)[:1])
    only_suppliers = "supplier" in best and known == len(cells) and (len(cells) > 1 or len(row) == 1)
    if not chosen and not only_suppliers and len(best) + min(unused, 1) < 2:
        return 0.0
    return sum(best.values()) + 0.2 * unused - 0.3 * min(len(cells) - known, len(best))


def _are_one(upper: Row, lower: Row) -> bool:
    """Whether two rows can be one heading: neither is empty, neither holds money or dates, the upper is no title.

    A digit alone is the number of a level.
    """
    if not any(upper) or not any(lower) or (any(upper[:1]) and any(lower[:1]) and not any(upper[1:])):
        return False
    cells = pl.Series(
        [cell for row in (upper, lower) for cell in row if cell is not None and len(cell) > 1], dtype=pl.String
    )
    return not any(cells.str.contains(pattern).any() for pattern in (look.MONEY, look.DATE))


def _completes(upper: Row, lower: Row, columns: Columns) -> bool:
    """Whether the lower row tells apart what a heading above spans, as in "Contract value" over "Annual" and "Total".

    It holds words of headings alone, under that heading and under the gap to its right.
    """
    told = [at for at, cell in enumerate(lower) if cell is not None]
    gaps = [at for at in told if upper[at] is None and at - 1 in told]
    starts = [at for at in told if upper[at] is not None and at + 1 in gaps]
    return bool(gaps) and len(gaps) + len(starts) == len(told) and all(columns.worded(lower[at]) for at in told)


def _joins(upper: Row, lower: Row) -> tuple[Row, Row]:
    """Upper and lower headings with a blank between: column by column, and with merged upper headings carried on."""
    carried: list[str | None] = []
    for cell in upper:
        carried.append(cell or (carried[-1] if carried else None))
    over = [above if below else own for above, own, below in zip(carried, upper, lower, strict=True)]
    return _join(upper, lower), _join(tuple(over), lower)


def _join(upper: Row, lower: Row) -> Row:
    return tuple(" ".join(filter(None, pair)) or None for pair in zip(upper, lower, strict=True))
