"""What a file is, by its content. The extension is not asked: councils publish CSV and HTML named .xls."""

from __future__ import annotations

import zipfile
from pathlib import Path

from riskengine.errors import InputError
from riskengine.spreadsheet.archives import BROKEN

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KNOWN = {b"%PDF": "a PDF", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture",
          b"{\\rtf": "a Word document", b"Rar!": "a RAR archive", b"7z\xbc\xaf": "a 7-Zip archive",
          b"\x1f\x8b": "a gzip archive", b"PAR1": "a Parquet file"}  # fmt: skip
_SAVE_AS = "Save the list as CSV or XLSX and hand that in."


def format_of(path: Path, name: str) -> str:
    """One of xlsx, xlsm, xlsb, ods, xls, zip, html, json, text. Raises InputError for anything else."""
    with path.open("rb") as file:
        head = file.read(8_192)
    if not head.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise InputError(name, "The file is empty.", "Hand in a file that holds the list.")
    if head.startswith(b"PK"):
        return _zipped(path, name)
    if head.startswith(_OLE):
        return _ole(path, name)
    for mark, what in _KNOWN.items():
        if head.startswith(mark):
            raise InputError(name, f"This is {what}, not a spreadsheet.", _SAVE_AS)
    return _text(head, name)


def _zipped(path: Path, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = set(archive.namelist())
            kind = archive.read("mimetype").decode("ascii", "replace") if "mimetype" in parts else ""
    except BROKEN as error:
        raise InputError(
            name, "The file is cut short or damaged.", "Download or save it again and hand in the whole file."
        ) from error
    if "xl/workbook.bin" in parts:
        return "xlsb"
    if "xl/workbook.xml" in parts:
        return "xlsm" if "xl/vbaProject.bin" in parts else "xlsx"
    if "opendocument.spreadsheet" in kind:
        return "ods"
    if "opendocument" in kind or "word/document.xml" in parts or "ppt/presentation.xml" in parts:
        raise InputError(name, "This is a document, not a spreadsheet.", _SAVE_AS)
    if "[Content_Types].xml" in parts:
        raise InputError(
            name, "The workbook is damaged: it has no sheets.", "Open it in Excel, save it again and hand in that file."
        )
    return "zip"


def _ole(path: Path, name: str) -> str:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise InputError(
            name, "The workbook is protected by a password.", "Remove the password in Excel and save it again."
        )
    if any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
        return "xls"
    raise InputError(name, "This is not a spreadsheet.", _SAVE_AS)


def _text(head: bytes, name: str) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = start[:4_096].lower()
    if start[:1] == b"<" and any(
        tag in lower for tag in (b"<html", b"<table", b"<!doctype html", b"<workbook", b"<tr")
    ):
        return "html"
    if lower.startswith(b"<?xml"):
        raise InputError(name, "This is an XML document, not a spreadsheet.", _SAVE_AS)
    if start[:1] in (b"{", b"["):
        return "json"
    odd = sum(1 for byte in head if byte < 32 and byte not in b"\t\r\n\f\v\0\x1a\x1c\x1d\x1e\x1f")
    if odd > len(head) * 0.02:
        raise InputError(name, "This is not a spreadsheet.", _SAVE_AS)
    return "text"
