"""Comma, semicolon, tab and pipe separated text to a grid of cells."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import polars as pl

from riskengine.spreadsheet.encodings import Text
from riskengine.spreadsheet.quotes import mended

DELIMITERS = ",;\t|"
_SAMPLE_LINES = 300
_CHUNK = 1 << 18
_AT_ONCE = 2
"""Pieces read at once: one alone waits for the thread that decodes at each of its steps."""
_RETURN, _FEED = b"\r\n"
_WIDTH_BYTES = 500_000
"""Bytes from which the number of columns is told; a wider line after them is found by the reader."""
_WIDEST = 1_000
"""Columns beyond this many hold no contract lines; a wider text is refused."""

csv.field_size_limit(10_000_000)


class TooWideError(ValueError):
    """A line has more cells than any list has columns."""


def grid(text: Text) -> tuple[pl.DataFrame, str, list[str]]:
    """Give cells (`row`, `c1`..`cN`), the delimiter and notes from a text.

    Row numbers count records: a quoted line end is text, a blank line is a row. Raises TooWideError.
    """
    try:
        cells, delimiter = _in_pieces(text)
    except (_UnusualError, pl.exceptions.ComputeError, pl.exceptions.SchemaError):
        return _as_a_whole(text.whole())
    return cells, delimiter, []


class _UnusualError(ValueError):
    """The text can't be read piece by piece."""


def _in_pieces(text: Text) -> tuple[pl.DataFrame, str]:
    """While pieces are read, the next is decoded."""
    reading: list[Future[pl.DataFrame]] = []
    delimiter, width = "", 0
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for piece in text.pieces():
            delimiter = delimiter or _delimiter(piece)
            width = width or _width(piece[:_WIDTH_BYTES], delimiter)
            reading.append(pool.submit(_sound_records, piece, delimiter, width))
            if len(reading) > _AT_ONCE:
                reading[-1 - _AT_ONCE].result()
    if not reading:
        raise _UnusualError
    cells = pl.concat([read.result() for read in reading])
    return _narrowed(cells.with_row_index("row", 1)), delimiter


def _sound_records(piece: bytes, delimiter: str, width: int) -> pl.DataFrame:
    if _has_lone_returns(piece) or not _quotes_are_sound(piece, delimiter):
        raise _UnusualError
    return _read_wide(piece, delimiter, width)


def _as_a_whole(content: bytes) -> tuple[pl.DataFrame, str, list[str]]:
    if _has_lone_returns(content):
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    delimiter = _delimiter(content)
    if _quotes_are_sound(content, delimiter):
        return _narrowed(_read(content, delimiter).with_row_index("row", 1)), delimiter, []
    rows, notes = mended(content.decode("utf-8", "replace").replace("\r\n", "\n"), delimiter)
    return cells(rows), delimiter, notes


def _has_lone_returns(content: bytes) -> bool:
    """Whether a carriage return stands without a line feed after it, as old Macintosh programs ended lines."""
    data = np.frombuffer(content, dtype=np.uint8)
    for start in range(0, len(data), _CHUNK):
        part = data[start : start + _CHUNK + 1]
        if ((part[:-1] == _RETURN) & (part[1:] != _FEED)).any():
            return True
    return content.endswith(b"\r")


def no_cells() -> pl.DataFrame:
    """The cells of an empty sheet."""
    return pl.DataFrame(schema={"row": pl.UInt32, "c1": pl.String})


def _delimiter(content: bytes) -> str:
    """The delimiter that splits the first lines most evenly into most cells; a comma when none splits them."""
    lines = content[:200_000].decode("utf-8", "replace").split("\n")[:_SAMPLE_LINES]
    sample = [line for line in lines if line.strip()]
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: list[str], delimiter: str) -> float:
    try:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=delimiter))
    except csv.Error:
        return 0.0
    return max(((width - 1) ** 0.5 * count for width, count in widths.items()), default=0.0)


def _quotes_are_sound(content: bytes, delimiter: str) -> bool:
    """Whether each quoted cell opens after a delimiter or line end and closes before one, as RFC 4180 has it."""
    data = np.frombuffer(content, dtype=np.uint8)
    quotes = _places(data, ord('"'))
    if not len(quotes):
        return True
    if len(quotes) % 2:
        return False
    edges = np.zeros(256, dtype=bool)
    edges[[ord(delimiter), ord("\n"), ord("\r")]] = True
    opens, closes = quotes[::2], quotes[1::2]
    escaped = closes[:-1] + 1 == opens[1:]
    opens_well = edges[data[opens[1:] - 1]] | escaped
    closes_well = edges[data[closes[:-1] + 1]] | escaped
    first = opens[0] == 0 or edges[data[opens[0] - 1]]
    last = closes[-1] == len(data) - 1 or edges[data[closes[-1] + 1]]
    return bool(first and last and opens_well.all() and closes_well.all())


def _places(data: np.typing.NDArray[np.uint8], byte: int) -> np.typing.NDArray[np.intp]:
    starts = range(0, len(data), _CHUNK)
    return np.concatenate([np.flatnonzero(data[start : start + _CHUNK] == byte) + start for start in starts])


def _read(content: bytes, delimiter: str) -> pl.DataFrame:
    try:
        return _read_wide(content, delimiter, _width(content[:_WIDTH_BYTES], delimiter))
    except (pl.exceptions.ComputeError, pl.exceptions.SchemaError):
        return _read_wide(content, delimiter, _width(content, delimiter))


def _read_wide(content: bytes, delimiter: str, width: int) -> pl.DataFrame:
    """Read by headings of our own, so that short lines are filled up and none is taken as headings."""
    if width > _WIDEST:
        raise TooWideError(width)
    return pl.read_csv(
        content,
        has_header=False,
        schema=dict.fromkeys((f"c{number}" for number in range(1, width + 1)), pl.String),
        separator=delimiter,
        missing_columns="insert",
    )


def _width(content: bytes, delimiter: str) -> int:
    """The most cells a line has."""
    try:
        lines = io.StringIO(content.decode("utf-8", "replace"), newline="")
        return max((len(row) for row in csv.reader(lines, delimiter=delimiter)), default=1) or 1
    except csv.Error:
        return max(line.count(delimiter.encode()) for line in content.split(b"\n")) + 1


def cells(rows: Sequence[Sequence[str | None]]) -> pl.DataFrame:
    """Rows of cells as a frame (`row`, `c1`..`cN`). Raises TooWideError."""
    width = max((len(row) for row in rows), default=1) or 1
    if width > _WIDEST:
        raise TooWideError(width)
    columns = {
        f"c{number + 1}": pl.Series([row[number] if number < len(row) else None for row in rows], dtype=pl.String)
        for number in range(width)
    }
    return _narrowed(pl.DataFrame(columns).with_row_index("row", 1))


def _narrowed(cells: pl.DataFrame) -> pl.DataFrame:
    """Without the columns at the right that hold nothing."""
    used = [at for at, name in enumerate(cells.columns) if at and cells[name].null_count() < cells.height]
    return cells[:, : used[-1] + 1 if used else 2]
