"""Where the heading row of a sheet stands and what its columns hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from riskengine.lines import looks as look
from riskengine.lines.columns import Column, Columns
from riskengine.lines.looks import Looks
from riskengine.policy.lines import LinesPolicy

_LOOKED_BELOW = 1_500
_TRIED = 3
_GAIN = 0.5
"""Two rows are joined to one heading, or headings moved by a column, only when clearly more is understood."""
_MOST_COLUMNS = 400
_DATA = look.MONEY, look.DATE

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
    def understood(self) -> float:
        """How much of the sheet is understood: the confidences added up."""
        return sum(column.confidence or 0.0 for column in self.columns)


def find(cells: pl.DataFrame, columns: Columns, policy: LinesPolicy) -> Layout | None:
    """Find the heading row among the first rows; None when no row reads as headings."""
    names = [name for name in cells.columns if name != "row"][:_MOST_COLUMNS]
    depth = int(policy.settings.search_rows.value)
    top = [_texts(row) for row in cells.head(depth + 1).select(names).rows()]
    scores = [_score(row, columns) for row in top[:depth]]
    order = sorted((-score, at) for at, score in enumerate(scores) if score > 0)[:_TRIED]
    best: Layout | None = None
    for _, at in order:
        for found in _readings(cells, names, top, at, columns, policy):
            if best is None or found.understood > best.understood + _GAIN:
                best = found
    return best


def _readings(
    cells: pl.DataFrame, names: list[str], top: list[Row], at: int, columns: Columns, policy: LinesPolicy  # noqa: PLR0917
) -> list[Layout]:
    """The ways to read the row `at` as headings: alone, joined with the row above or below, or moved by a column."""
    physical = cells["row"]
    looked = _looks(cells, names, at + 1, policy)
    found = [Layout(int(physical[at]), tuple(columns.understand(top[at], looked)))]
    if at > 0 and _is_upper(top[at - 1], top[at]):
        for joined in _joins(top[at - 1], top[at]):
            found.append(Layout(int(physical[at]), tuple(columns.understand(joined, looked)), (_TWO_ROWS,)))
    if at + 1 < len(top) and _is_upper(top[at], top[at + 1]):
        below = _looks(cells, names, at + 2, policy)
        for joined in _joins(top[at], top[at + 1]):
            found.append(Layout(int(physical[at + 1]), tuple(columns.understand(joined, below)), (_TWO_ROWS,)))
    moved = (None, *top[at][:-1])
    if top[at][-1:] != (None,) or looked[-1].count:
        found.append(Layout(int(physical[at]), tuple(columns.understand(moved, looked)), (_MOVED,)))
    return found


_TWO_ROWS = "The headings stand in two rows and were joined."
_MOVED = "The headings stand one column to the left of their values and were moved."


def _texts(row: Sequence[str | None]) -> Row:
    return tuple((cell.strip() or None) if cell is not None else None for cell in row)


def _looks(cells: pl.DataFrame, names: list[str], below: int, policy: LinesPolicy) -> list[Looks]:
    body = cells.slice(below)
    most = int(policy.settings.sample_values.value)
    return [look.of(body[name].head(_LOOKED_BELOW) if _early(body[name]) else body[name], most) for name in names]


def _early(values: pl.Series) -> bool:
    return values.head(_LOOKED_BELOW).null_count() < min(len(values), _LOOKED_BELOW)


def _score(row: Row, columns: Columns) -> float:
    """How much a row reads as headings: the points of the distinct fields it names, known but unused headings a little."""
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
    alone = len(cells) == 1 and len(row) == 1 and "supplier" in best
    if not alone and len(best) + min(unused, 1) < 2:
        return 0.0
    return sum(best.values()) + 0.2 * unused - 0.3 * (len(cells) - known)


def _is_upper(upper: Row, lower: Row) -> bool:
    """Whether two rows can be one heading: both hold words only, and the lower fills what the upper leaves open."""
    both = [cell for row in (upper, lower) for cell in row if cell is not None]
    if not any(upper) or not any(lower):
        return False
    values = pl.Series(both, dtype=pl.String)
    return not any(values.str.contains(pattern).any() for pattern in _DATA)


def _joins(upper: Row, lower: Row) -> tuple[Row, Row]:
    """Upper and lower headings with a blank between: column by column, and with merged upper headings carried on."""
    carried: list[str | None] = []
    for cell in upper:
        carried.append(cell or (carried[-1] if carried else None))
    over = [above if below else own for above, own, below in zip(carried, upper, lower, strict=True)]
    return _join(upper, lower), _join(tuple(over), lower)


def _join(upper: Row, lower: Row) -> Row:
    return tuple(" ".join(filter(None, pair)) or None for pair in zip(upper, lower, strict=True))
