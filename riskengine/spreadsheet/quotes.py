"""Text whose quotation marks went wrong: read line by line, so that one stray mark can't swallow the lines after it."""

from __future__ import annotations

import csv
from collections import Counter

_LONGEST_CELL = 60
"""Lines a quoted cell may run over (long descriptions in registers do); beyond it the mark is taken as text."""


def mended(text: str, delimiter: str) -> tuple[list[list[str]], list[str]]:
    """Give the records of `text` and a note that says how many lines held stray quotation marks."""
    lines = text.removesuffix("\n").split("\n")
    usual = _usual_width(lines, delimiter)
    rows: list[list[str]] = []
    stray = at = 0
    while at < len(lines):
        row, used = _record(lines, at, delimiter, usual)
        if row is None:
            row, used = lines[at].split(delimiter), 1
            stray += 1
        rows.append(row)
        at += used
    return rows, [
        f"Stray quotation marks in {stray:,} {'line' if stray == 1 else 'lines'} were read as text."
    ] if stray else []


def _usual_width(lines: list[str], delimiter: str) -> int:
    widths = Counter(line.count(delimiter) + 1 for line in lines if line and '"' not in line)
    return widths.most_common(1)[0][0] if widths else 0


def _record(lines: list[str], at: int, delimiter: str, usual: int) -> tuple[list[str] | None, int]:
    """One record from line `at` on and how many lines it took; None when its quotation marks don't pair up.

    Over several lines the marks must stand where they should: otherwise two stray marks would join two records.
    """
    row = _parsed(lines[at], delimiter)
    if row is not None:
        return row, 1
    for used in range(2, min(_LONGEST_CELL, len(lines) - at) + 1):
        row = _strictly("\n".join(lines[at : at + used]), delimiter)
        if row is not None:
            return (row, used) if not usual or len(row) <= usual else (None, 1)
    return None, 1


def _parsed(line: str, delimiter: str) -> list[str] | None:
    """The cells of a line whose quotation marks pair up, leniently where one stands in the middle of a cell."""
    row = _strictly(line, delimiter)
    if row is not None or line.count('"') % 2:
        return row
    try:
        return next(csv.reader([line], delimiter=delimiter), [""])
    except csv.Error:
        return None


def _strictly(record: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([record], delimiter=delimiter, strict=True), [""])
    except csv.Error:
        return None
