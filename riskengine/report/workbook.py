"""The audit workbook, written row by row so that memory stays flat.

No cell can be run as a formula: text is written as text, and a link only where a registry record gives an http(s)
address. Creation time is the as-of date, so that the same assessment gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from riskengine.pipeline import Assessment
from riskengine.report import about
from riskengine.report.columns import Column, columns, every_column
from riskengine.report.pages import Page, pages
from riskengine.report.tables import Tables

LINKS = 65_530
"""Links a sheet can hold (the limit of spreadsheet programs); further ones are written as text."""

CELL = 32_767
"""Characters a cell can hold (the limit of the XLSX format)."""

_ADDRESS = 2_079
_CUT = " … (cut)"
_FIRST_YEAR = 1900
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
_FORMATS: dict[str, dict[str, Any]] = {
    "heading": {"bold": True, "bg_color": "#1D70B8", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"},
    "title": {"bold": True, "font_size": 14},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "strong": {"bold": True, "valign": "top"},
    "money": {"num_format": "#,##0.00"},
    "whole": {"num_format": "0"},
    "number": {"num_format": "0.000"},
    "share": {"num_format": "0%"},
    "date": {"num_format": "yyyy-mm-dd"},
    "link": {"font_color": "#1A65A6", "underline": 1},
    "very_high": {"bg_color": "#F4CDC6"},
    "high": {"bg_color": "#F6D7D2"},
    "medium": {"bg_color": "#FFF2CC"},
    "low": {"bg_color": "#CCE2D8"},
    "unknown": {"bg_color": "#EEEFEF"},
}

Write = Callable[[int, int, Any], object]


def write(assessment: Assessment, tables: Tables, facts: dict[str, Any], path: Path) -> None:
    """Write the workbook of an assessment to `path`. Raises OSError where it can't be written."""
    book = xlsxwriter.Workbook(str(path), _OPTIONS)
    book.set_properties(
        {
            "title": "Modern slavery risk: audit workbook",
            "created": datetime(assessment.as_of.year, assessment.as_of.month, assessment.as_of.day),  # noqa: DTZ001
        }
    )
    formats = {name: book.add_format(settings) for name, settings in _FORMATS.items()}
    shown = pages(assessment, tables)
    for page in shown:
        _write_page(book.add_worksheet(page.title), page, formats)
    about.write(book.add_worksheet("About this run"), about.facts(assessment, facts, shown), formats)
    _write_guide(book.add_worksheet("Columns"), formats)
    book.close()


def _write_page(sheet: Worksheet, page: Page, formats: dict[str, Format]) -> None:
    described = columns(page.table)
    _write_head(sheet, described, page.frame.height, formats)
    writers = [_writer(sheet, column, formats) for column in described]
    _write_rows(page.frame.select(column.column for column in described), writers)


def _write_head(sheet: Worksheet, described: tuple[Column, ...], height: int, formats: dict[str, Format]) -> None:
    """Set widths, the frozen heading row and the filter; must come before any row is written."""
    sheet.freeze_panes(1, 0)
    for position, column in enumerate(described):
        sheet.set_column(position, position, column.width)
    for position, column in enumerate(described):
        sheet.write_string(0, position, column.column, formats["heading"])
    sheet.autofilter(0, 0, height, len(described) - 1)


def _write_rows(frame: pl.DataFrame, writers: list[Write]) -> None:
    exact = frame.with_columns(pl.col(pl.Decimal).cast(pl.Float64))
    for row, values in enumerate(exact.iter_rows(), start=1):
        for position, value in enumerate(values):
            if value is not None:
                writers[position](row, position, value)


def _writer(sheet: Worksheet, column: Column, formats: dict[str, Format]) -> Write:
    """How the values of a column are written, by its format."""
    match column.format:
        case "text":
            return partial(_write_text, sheet)
        case "link":
            return _Links(sheet, formats["link"])
        case "yesno":
            return partial(_write_flag, sheet)
        case "band" | "level":
            return lambda row, position, value: sheet.write_string(row, position, value, formats[value])
        case "date":
            return partial(_write_date, sheet, formats["date"])
        case number:
            return lambda row, position, value: sheet.write_number(row, position, value, formats[number])


def _write_text(sheet: Worksheet, row: int, position: int, value: str) -> None:
    sheet.write_string(row, position, value if len(value) <= CELL else value[: CELL - len(_CUT)] + _CUT)


def _write_date(sheet: Worksheet, format_: Format, row: int, position: int, value: date) -> None:
    """Spreadsheet dates begin in 1900; an earlier one is written as text."""
    if value.year < _FIRST_YEAR:
        sheet.write_string(row, position, value.isoformat())
    else:
        sheet.write_datetime(row, position, value, format_)


def _write_flag(sheet: Worksheet, row: int, position: int, value: bool) -> None:
    sheet.write_boolean(row, position, value)


class _Links:
    """Writes addresses as links while the sheet can hold more, then as text."""

    def __init__(self, sheet: Worksheet, format_: Format) -> None:
        self._sheet, self._format, self._left = sheet, format_, LINKS

    def __call__(self, row: int, position: int, value: str) -> None:
        if self._left and _is_address(value):
            self._left -= 1
            self._sheet.write_url(row, position, value, self._format, value)
        else:
            _write_text(self._sheet, row, position, value)


def _is_address(value: str) -> bool:
    """Whether a text is a plain http(s) address that a spreadsheet program can hold."""
    if len(value) > _ADDRESS or any(sign.isspace() or sign in '"<>' for sign in value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _write_guide(sheet: Worksheet, formats: dict[str, Format]) -> None:
    """What each column means, table by table."""
    sheet.freeze_panes(1, 0)
    for position, (head, width) in enumerate((("table", 18), ("column", 20), ("meaning", 110))):
        sheet.set_column(position, position, width)
        sheet.write_string(0, position, head, formats["heading"])
    for row, column in enumerate(every_column(), start=1):
        for position, text in enumerate((column.table, column.column, column.meaning)):
            sheet.write_string(row, position, text)
