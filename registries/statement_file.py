"""Reads one yearly file of the statement registry: strict CSV, columns by heading name, cells cleaned and typed."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.csv

from registries.errors import MissingColumnsError, NotTheRegisterError, RegisterFileError
from registries.statement_columns import CORE, KNOWN

DATES = ("LastUpdated", "StatementStartDate", "StatementEndDate", "DateApproved")
NAMES = ("OrganisationName", "ParentName")
ONE_LINE = [column for column in CORE if column not in ("Address", "OrganisationSectors")]
BOM = b"\xef\xbb\xbf"
HEADING_BYTES = 65_536
BLOCK_BYTES = 8 << 20
AGAIN = "Download the file again from the registry's download page and hand it in unchanged."


def read(path: Path) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Read one yearly file: the CORE columns as text or dates, in file order, and notes in words.

    UTF-8 with or without BOM; RFC 4180 with line ends inside quoted cells. Empty cells are null. Unknown columns and
    dates that can't be read are noted. Raises RegisterFileError, and of it MissingColumnsError and
    NotTheRegisterError, which name the file.
    """
    content = _content(path)
    headings = _headings(path, content)
    missing = [column for column in CORE if column not in headings]
    if missing:
        raise MissingColumnsError(path.name, missing)
    unknown = sorted(set(headings) - KNOWN)
    notes = [f"{path.name}: columns not known here were left out: {', '.join(unknown)}."] if unknown else []
    text = _cells(path, content, headings)
    typed = _dates(text)
    return typed, tuple(notes + _unreadable_dates(path, text, typed))


def _content(path: Path) -> memoryview:
    try:
        content = path.read_bytes()
    except OSError:
        raise RegisterFileError(path.name, "the file can't be opened.", "Check that it is there.") from None
    start = content[:HEADING_BYTES].removeprefix(BOM).lstrip()
    if not start:
        raise RegisterFileError(path.name, "the file is empty.", AGAIN)
    if start.startswith(b"<"):
        raise NotTheRegisterError(path.name, "this is a web page, not the registry's CSV file.", AGAIN)
    if content.count(b'"') % 2:
        raise RegisterFileError(path.name, "a quoted cell is never closed: the file is cut short or damaged.", AGAIN)
    return memoryview(content)[len(BOM) if content.startswith(BOM) else 0 :]


def _headings(path: Path, content: memoryview) -> list[str]:
    text = str(content[:HEADING_BYTES], "utf-8", errors="replace")
    headings = [heading.strip() for heading in next(csv.reader(io.StringIO(text)))]
    if len(set(headings)) < len(headings):
        raise NotTheRegisterError(path.name, "two columns have the same heading.", AGAIN)
    return headings


def _cells(path: Path, content: memoryview, headings: list[str]) -> pl.DataFrame:
    """The CORE columns as text. PyArrow reads them because it refuses rows with too few cells; Polars fills them up."""
    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(content),
            read_options=pyarrow.csv.ReadOptions(column_names=headings, skip_rows=1, block_size=BLOCK_BYTES),
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(CORE, pa.string()),
                include_columns=list(CORE),
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid as error:
        if "UTF8" in str(error):
            raise RegisterFileError(path.name, "the text is not UTF-8, the registry's own encoding.", AGAIN) from None
        raise RegisterFileError(path.name, "a row has more or fewer cells than the heading row.", AGAIN) from None
    cleaned = pl.DataFrame(table).with_columns(_cleaned(column) for column in ONE_LINE)
    return cleaned.with_columns(pl.when(pl.col(column) != "").then(column).alias(column) for column in ONE_LINE)


def _cleaned(column: str) -> pl.Expr:
    """Tabs, line ends and quotation marks at the ends of cells are typing slips in the registry."""
    text = pl.col(column).str.strip_chars(' \t\r\n"')
    return text.str.replace_all(r"\s{2,}|[^\S ]", " ") if column in NAMES else text


def _dates(text: pl.DataFrame) -> pl.DataFrame:
    """Dates stand as dd/MM/yyyy; files that another program saved again may have ISO dates."""
    typed = text.with_columns(pl.col(DATES).str.to_date("%d/%m/%Y", strict=False))
    again = [column for column in DATES if typed[column].null_count() > text[column].null_count()]
    return typed.with_columns(
        typed[column].fill_null(text[column].str.to_date("%Y-%m-%d", strict=False)) for column in again
    )


def _unreadable_dates(path: Path, text: pl.DataFrame, typed: pl.DataFrame) -> list[str]:
    lost = {column: typed[column].null_count() - text[column].null_count() for column in DATES}
    return [f"{path.name}: {count} cells of {column} hold no date." for column, count in lost.items() if count]
