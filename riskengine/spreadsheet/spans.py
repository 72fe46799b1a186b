"""Cells of an ods that are merged over several rows, which calamine does not tell."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from riskengine.spreadsheet.archives import BROKEN

_SEARCHED = 32 * 1024**2
"""Contents up to this many bytes are searched; in a larger list merged cells stay as they are."""
_TALL = re.compile(rb'number-rows-spanned="(?!1")')
_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>")
_NAME = re.compile(rb'table:name="([^"]*)"')
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,7})"')
_SPANNED = re.compile(rb'number-rows-spanned="(\d{1,7})"')

Merges = tuple[tuple[int, int, int], ...]
"""Cells merged downwards: column, first and last row, counted from 1."""


def merged(path: Path) -> Iterator[tuple[str, Merges]]:
    """The merged cells of each sheet (column, first and last row); columns count from the first that holds a value."""
    content = _content(path)
    if not _TALL.search(content):
        return
    sheets: list[tuple[str, _Cells]] = []
    for tag, attributes in _TAG.findall(content):
        if tag == b"table":
            name = _NAME.search(attributes)
            sheets.append((html.unescape(name[1].decode()) if name else "", _Cells()))
        elif sheets:
            sheets[-1][1].add(tag, attributes)
    yield from ((name, cells.merges()) for name, cells in sheets)


def _content(path: Path) -> bytes:
    """The sheets as they are written; nothing where they are large or damaged, which who reads the cells tells."""
    try:
        with zipfile.ZipFile(path) as archive:
            part = archive.getinfo("content.xml")
            return archive.read(part) if part.file_size <= _SEARCHED else b""
    except (*BROKEN, KeyError):
        return b""


class _Cells:
    """Where the cells of one sheet stand, tag by tag."""

    def __init__(self) -> None:
        self._row = self._column = self._repeats = 0
        self._first: int | None = None
        self._found: list[tuple[int, int, int]] = []

    def add(self, tag: bytes, attributes: bytes) -> None:
        repeated = _REPEATED.search(attributes)
        times = int(repeated[1]) if repeated else 1
        if tag == b"table-row":
            self._row, self._repeats, self._column = self._row + self._repeats, times, 0
            return
        spanned = _SPANNED.search(attributes)
        if spanned and int(spanned[1]) > 1:
            self._found.append((self._column + 1, self._row + 1, self._row + int(spanned[1])))
        if b"value-type" in attributes:
            self._first = min(self._column, self._first if self._first is not None else self._column)
        self._column += times

    def merges(self) -> Merges:
        before = self._first or 0
        return tuple((column - before, first, last) for column, first, last in self._found)
