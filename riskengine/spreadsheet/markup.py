"""Tables in HTML and in the XML that Excel 2003 wrote, both published with the extension .xls.

Read with a parser that knows no entities of the document's own, so that none can expand or fetch anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_TABLE, _ROW, _CELL = {"table"}, {"tr", "row"}, {"td", "th", "cell"}
_SKIPPED = {"script", "style"}
_WIDEST = 1_000
_WIDEST_GAP = 10_000
"""Rows that an index may skip; more are no list."""

Grid = list[list[str | None]]


@dataclass
class Table:
    """The rows of a table, and its cells merged downwards: column, first and last row, counted from 1."""

    name: str
    rows: Grid = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)


def tables(text: str) -> list[Table]:
    """Every table that has cells, named after its worksheet, else by its number."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    for number, table in enumerate(parser.found, start=1):
        table.name = table.name or f"table {number}"
    return [table for table in parser.found if table.rows]


class _Tables(HTMLParser):
    """Collects rows and cells; a table within a cell adds its text to that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Table] = []
        self._sheet = ""
        self._depth = self._skipped = 0
        self._cell: list[str] | None = None
        self._span = 1
        self._taken: dict[int, int] = {}
        """The last row (from 0) of each column (from 0) that a cell from above reaches down to."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self._skipped += tag in _SKIPPED
        if tag == "worksheet":
            self._sheet = known.get("ss:name") or ""
        elif tag in _TABLE:
            self._depth += 1
            if self._depth == 1:
                self.found.append(Table(self._sheet))
                self._taken = {}
        elif self._depth == 1 and tag in _ROW:
            self._start_row(_number(known.get("ss:index")))
        elif self._depth == 1 and tag in _CELL:
            self._start_cell(_number(known.get("ss:index")), known)
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= tag in _SKIPPED and self._skipped > 0
        if tag in _TABLE and self._depth:
            self._depth -= 1
            self._end_cell()
        elif self._depth == 1 and tag in _CELL | _ROW:
            self._end_cell()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _CELL | _ROW | _TABLE | _SKIPPED:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._skipped:
            self._cell.append(data)

    def _rows(self) -> Grid:
        return self.found[-1].rows

    def _start_row(self, index: int) -> None:
        self._end_cell()
        rows = self._rows()
        rows.extend([] for _ in range(min(index - 1 - len(rows), _WIDEST_GAP)))
        rows.append([])

    def _start_cell(self, index: int, known: dict[str, str | None]) -> None:
        self._end_cell()
        if not self._rows():
            self._rows().append([])
        row = self._rows()[-1]
        row.extend([None] * (min(index, _WIDEST) - 1 - len(row)))
        at = len(self._rows()) - 1
        while self._taken.get(len(row), -1) >= at:
            row.append(None)
        self._span = min(max(_number(known.get("colspan")), _number(known.get("ss:mergeacross")) + 1, 1), _WIDEST)
        if (down := _number(known.get("rowspan"))) > 1:
            self._taken |= dict.fromkeys(range(len(row), len(row) + self._span), at + down - 1)
        if (last := at + max(down, _number(known.get("ss:mergedown")) + 1)) > at + 1:
            self.found[-1].merged.append((len(row) + 1, at + 1, last))
        self._cell = []

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        text = " ".join("".join(self._cell).split())
        row = self._rows()[-1]
        row.extend([text or None, *[None] * (self._span - 1)])
        self._cell = None


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else 0
