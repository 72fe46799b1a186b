"""Hostile files, each read by the guarded reader: what came of it, in which time and with how much memory.

    python bench/hostile_files.py

Every file must end in sheets or in one sentence, within the limits that checker/reading.py states.
"""

from __future__ import annotations

import io
import resource
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from checker import reading
from riskengine import lines
from riskengine.errors import InputError
from riskengine.policy import BUILT_IN
from riskengine.policy.files import Folder
from riskengine.policy.lines import LinesPolicy

LIST = b"Supplier Name,Net Amount,Payment Date,Description\r\n"
LINE = b"Ashdown Care Ltd,1250.50,31/01/2024,Home care\r\n"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def zip_bomb(path: Path) -> None:
    """40 MB that unpack to 4 thousand million bytes."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("list.csv", "w", force_zip64=True) as part,
    ):
        for _ in range(4_000):
            part.write(b"\0" * 1_000_000)


def shared_strings_bomb(path: Path) -> None:
    """A workbook whose texts unpack to 1.5 thousand million bytes."""
    _workbook(path, _sheet(_row(1, ("A1",))))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/sharedStrings.xml", "w") as part,
    ):
        part.write(f'<sst xmlns="{_MAIN}">'.encode())
        for _ in range(1_500):
            part.write(b"<si><t>" + b"x" * 1_000_000 + b"</t></si>")
        part.write(b"</sst>")


def last_corner(path: Path) -> None:
    """A workbook with cells at A1 and XFD1048576."""
    _workbook(path, _sheet(_row(1, ("A1",)) + _row(1_048_576, ("XFD1048576",))))


def last_corner_unsaid(path: Path) -> None:
    """The same, which claims to fill A1 alone."""
    _workbook(path, _sheet(_row(1, ("A1",)) + _row(1_048_576, ("XFD1048576",)), "A1"))


def last_corner_binary(path: Path) -> None:
    """An xlsb that holds such a cell and claims to fill one."""
    row = struct.Struct("<BBIIHHBI")
    cell = struct.Struct("<BBIId")
    cells = b"".join(
        row.pack(0, 17, at, 0, 300, 0, 0, 0) + cell.pack(5, 16, column, 0, 1.0)
        for at, column in ((0, 0), (1_048_575, 16_383))
    )
    sheet = b"\x81\x01\0\x94\x01\x10" + b"\0" * 16 + b"\x91\x01\0" + cells + b"\x92\x01\0\x82\x01\0"
    names = struct.pack("<II", 0, 1) + b"".join(
        struct.pack("<I", len(text)) + text.encode("utf-16-le") for text in ("rId1", "Payments")
    )
    book = b"\x83\x01\0\x8f\x01\0\x9c\x01" + bytes([len(names)]) + names + b"\x90\x01\0\x84\x01\0"
    _parts(path, {"xl/workbook.bin": book, "xl/worksheets/sheet1.bin": sheet}, "bin")


def million_empty_rows(path: Path) -> None:
    """A workbook of two cells above a million styled, empty rows."""
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (at, at) for at in range(3, 1_048_577))
    _workbook(path, _sheet(_row(1, ("A1",)) + _row(2, ("A2",)) + rows))


def repeated_cells(path: Path) -> None:
    """An ods whose one cell is repeated over a million rows and 16,384 columns."""
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p>'
    _document(
        path, f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-cell></table:table-row>'
    )


def expanding_entities(path: Path) -> None:
    """Entities that would expand to a thousand million letters."""
    named = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    document = f'<!DOCTYPE x [<!ENTITY l0 "lol">{named}]><worksheet xmlns="{_MAIN}"><sheetData>'
    _workbook(path, f'{document}<row r="1"><c r="A1" t="str"><v>&l9;</v></c></row></sheetData></worksheet>'.encode())


def fetching_entities(path: Path) -> None:
    """An entity that asks for a file of the machine."""
    document = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet xmlns="{_MAIN}"><sheetData>'
    _workbook(path, f'{document}<row r="1"><c r="A1" t="str"><v>&e;</v></c></row></sheetData></worksheet>'.encode())


def paths_in_a_zip(path: Path) -> None:
    """Names that lead out of the folder."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("../../../../tmp/hostile.csv", "/tmp/hostile.csv", "C:\\hostile.csv"):
            archive.writestr(name, LIST + LINE)


def nested_zips(path: Path) -> None:
    """A zip in a zip, fifty deep."""
    held = LIST + LINE
    for depth in range(50):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("list.zip" if depth else "list.csv", held)
        held = out.getvalue()
    path.write_bytes(held)


def deep_json(path: Path) -> None:
    """A million brackets."""
    path.write_bytes(b'{"releases": ' + b"[" * 1_000_000)


def nul_bytes(path: Path) -> None:
    """A list with NUL bytes in its cells."""
    path.write_bytes(LIST + LINE.replace(b"Home", b"Ho\0me") * 1_000)


def only_nul_bytes(path: Path) -> None:
    """Ten million NUL bytes."""
    path.write_bytes(b"\0" * 10_000_000)


def many_columns(path: Path) -> None:
    """10,000 columns."""
    path.write_bytes(b",".join(b"Column %d" % at for at in range(10_000)) + b"\n" + b"x," * 9_999 + b"x\n")


def many_columns_workbook(path: Path) -> None:
    """10,000 columns in a workbook."""
    _workbook(path, _sheet(_row(1, tuple(f"{_letters(at)}1" for at in range(10_000)))))


def large_cell(path: Path) -> None:
    """A cell of one million letters among ordinary lines."""
    path.write_bytes(LIST + LINE.replace(b"Home care", b"x" * 1_000_000) + LINE * 1_000)


def open_quote(path: Path) -> None:
    """A quotation mark that is never closed, above 200,000 lines."""
    path.write_bytes(LIST + LINE.replace(b"Home", b'"Home') + LINE * 200_000)


def only_delimiters(path: Path) -> None:
    """Twenty million commas in 20,000 lines."""
    path.write_bytes((b"," * 999 + b"\n") * 20_000)


def formulas(path: Path) -> None:
    """Formulas that call programs and other files; the values saved with them are read."""
    calls = ("cmd|'/c calc'!A1", "WEBSERVICE(&quot;http://fictional.example&quot;)", "[1]Sheet1!A1")
    cells = "".join(
        f'<row r="{at}"><c r="A{at}" t="str"><f>{call}</f><v>Ashdown Care Ltd</v></c><c r="B{at}"><v>5</v></c></row>'
        for at, call in enumerate(calls, start=2)
    )
    head = '<row r="1"><c r="A1" t="str"><v>Supplier</v></c><c r="B1" t="str"><v>Amount</v></c></row>'
    _workbook(path, _sheet((head + cells).encode()))


def macros(path: Path) -> None:
    """A workbook with a macro, which is never looked at."""
    formulas(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0Sub Auto_Open()")


def large_upload(path: Path) -> None:
    """A list of 300 MB."""
    with path.open("wb") as file:
        file.write(LIST)
        for _ in range(300):
            file.write(LINE * (1_000_000 // len(LINE)))


FILES: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "zip bomb": ("a.zip", zip_bomb, "unpacks to"),
    "bomb of shared texts": ("a.xlsx", shared_strings_bomb, "unpacks to"),
    "cell at XFD1048576": ("a.xlsx", last_corner, "spreads over 1,048,576 rows"),
    "cell at XFD1048576, unsaid": ("a.xlsx", last_corner_unsaid, "spreads over 1,048,576 rows"),
    "cell at XFD1048576, xlsb": ("a.xlsb", last_corner_binary, "asked for more than the 4 GB"),
    "a million empty rows": ("a.xlsx", million_empty_rows, "2 rows"),
    "cells repeated in an ods": ("a.ods", repeated_cells, "more cells than can be read"),
    "entities that expand": ("a.xlsx", expanding_entities, "0 rows"),
    "entities that fetch": ("a.xlsx", fetching_entities, "0 rows"),
    "path names in a zip": ("a.zip", paths_in_a_zip, "3 contract lines"),
    "zips in zips": ("a.zip", nested_zips, "zip within a zip"),
    "deeply nested JSON": ("a.json", deep_json, "nested too deeply|not valid JSON"),
    "NUL bytes": ("a.csv", nul_bytes, "1,000 contract lines"),
    "nothing but NUL bytes": ("a.csv", only_nul_bytes, "empty"),
    "10,000 columns": ("a.csv", many_columns, "10000 cells"),
    "10,000 columns, xlsx": ("a.xlsx", many_columns_workbook, "1 rows"),
    "a cell of 1 MB": ("a.csv", large_cell, "1,001 contract lines"),
    "a quotation mark never closed": ("a.csv", open_quote, "200,001 contract lines"),
    "nothing but commas": ("a.csv", only_delimiters, "20,000 rows, 0 contract lines"),
    "formulas and external links": ("a.xlsx", formulas, "3 contract lines"),
    "macros": ("a.xlsm", macros, "3 contract lines"),
    "300 MB": ("a.csv", large_upload, "6,382,800 contract lines"),
}
"""What the file is: its name, its writer, and a pattern of the outcome it must have."""


def main() -> None:
    """Print what came of each file."""
    if len(sys.argv) == 3:
        FILES[sys.argv[1]][1](Path(sys.argv[2]))
        return
    if len(sys.argv) == 2:
        _run(Path(sys.argv[1]))
        return
    print(f"{'':32}{'file':>10}{'seconds':>9}{'memory':>10}  outcome")
    for what, (name, _, _) in FILES.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            subprocess.run([sys.executable, __file__, what, str(path)], check=True)
            told = subprocess.run([sys.executable, __file__, str(path)], check=True, capture_output=True, text=True)
            size = path.stat().st_size / 1e6
        seconds, memory, outcome = told.stdout.strip().split("\t")
        print(f"{what:32}{size:>7.1f} MB{seconds:>9}{memory:>7} MB  {outcome}")


def outcome(path: Path) -> str:
    """The sentence the file ends in, or how many lines were read of it."""
    try:
        sheets = reading.read(path)
        found = lines.understand(sheets, LinesPolicy.load(Folder(BUILT_IN, None)), {})
    except InputError as error:
        return str(error)
    return f"{sum(sheet.cells.height for sheet in sheets):,} rows, {found.lines.height:,} contract lines"


def _run(path: Path) -> None:
    start = time.perf_counter()
    told = outcome(path)
    seconds = time.perf_counter() - start
    used = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{seconds:.1f}\t{used / 1024:.0f}\t{told}")


def _workbook(path: Path, sheet: bytes) -> None:
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="Payments" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    _parts(path, {"xl/workbook.xml": book.encode(), "xl/worksheets/sheet1.xml": sheet}, "xml")


def _parts(path: Path, parts: dict[str, bytes], kind: str) -> None:
    package = "http://schemas.openxmlformats.org/package/2006/"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    relation = f'<Relationships xmlns="{package}relationships"><Relationship Id="rId1" Type="{office}%s" Target="%s"/>'
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = (
        f'<Types xmlns="{package}content-types"><Override PartName="/xl/workbook.{kind}" ContentType="{main}"/></Types>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        book = relation % ("officeDocument", f"xl/workbook.{kind}") + "</Relationships>"
        archive.writestr("_rels/.rels", book)
        sheets = relation % ("worksheet", f"worksheets/sheet1.{kind}") + "</Relationships>"
        archive.writestr(f"xl/_rels/workbook.{kind}.rels", sheets)
        for name, content in parts.items():
            archive.writestr(name, content)


def _sheet(rows: bytes, reach: str = "") -> bytes:
    dimension = f'<dimension ref="{reach}"/>' if reach else ""
    return f'<worksheet xmlns="{_MAIN}">{dimension}<sheetData>'.encode() + rows + b"</sheetData></worksheet>"


def _row(number: int, places: tuple[str, ...]) -> bytes:
    cells = "".join(f'<c r="{place}" t="str"><v>x</v></c>' for place in places)
    return f'<row r="{number}">{cells}</row>'.encode()


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _document(path: Path, rows: str) -> None:
    names = " ".join(f'xmlns:{name}="{_OFFICE}{name}:1.0"' for name in ("office", "table", "text"))
    body = f'<office:body><office:spreadsheet><table:table table:name="Payments">{rows}</table:table>'
    content = f"<office:document-content {names}>{body}</office:spreadsheet></office:body></office:document-content>"
    manifest = f'<manifest:manifest xmlns:manifest="{_OFFICE}manifest:1.0"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)


if __name__ == "__main__":
    main()
