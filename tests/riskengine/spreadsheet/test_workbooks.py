"""Workbooks: sheets, kinds of cells, and files that are damaged, protected or hostile."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from riskengine import spreadsheet
from riskengine.errors import InputError
from riskengine.schemas import Sheet
from tests.riskengine import xlsb
from tests.riskengine.written import WRITERS, ods, xls, xlsx


def book(tmp_path: Path, fill: str = "") -> tuple[Path, openpyxl.Workbook]:
    workbook = openpyxl.Workbook()
    if fill:
        workbook.active["A1"] = fill
    return tmp_path / "list.xlsx", workbook


def read(path: Path, workbook: openpyxl.Workbook) -> list[Sheet]:
    workbook.save(path)
    return spreadsheet.read(path, path.name)


def rewritten(path: Path, part: str, content: bytes) -> Path:
    """The workbook at `path` with one part replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | {part: content}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in parts.items():
            archive.writestr(name, held)
    return path


def test_cells_are_text(tmp_path: Path) -> None:
    path, workbook = book(tmp_path)
    workbook.active.append(["Supplier", 1250.5, 7, datetime(2024, 1, 31), True, "007", None, 1e-7])  # noqa: DTZ001
    assert read(path, workbook)[0].cells.drop("row").row(0) == (
        *("Supplier", "1250.5", "7", "2024-01-31 00:00:00", "true", "007", None, "0.0000001"),
    )


def test_rows_above_the_first_filled_cell_are_counted(tmp_path: Path) -> None:
    path, workbook = book(tmp_path)
    workbook.active["B4"] = "Supplier"
    cells = read(path, workbook)[0].cells
    assert cells.filter(c1="Supplier")["row"].to_list() == [4]


def test_cells_merged_downwards_are_told_by_the_columns_that_are_read(tmp_path: Path) -> None:
    path, workbook = book(tmp_path)
    page = workbook.active
    assert page is not None
    for row in (["Contract", "Supplier"], ["Home care", "Oak Ltd"], [None, "Elm plc"], [None, "Ash Ltd"]):
        page.append([None, None, *row])
    page.merge_cells("C2:C4")
    page.merge_cells("C6:D6")
    found, *_ = read(path, workbook)
    assert (found.merged, found.cells["c1"].to_list()) == (((1, 2, 4),), ["Contract", "Home care", None, None])


def test_cells_merged_downwards_in_an_old_workbook(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("Contracts")
    page.write(0, 2, "Contract")
    page.write_merge(1, 3, 2, 2, "Home care")
    page.write_merge(5, 5, 2, 3, "Note")
    book.save(str(tmp_path / "list.xls"))
    (found,) = spreadsheet.read(tmp_path / "list.xls", "list.xls")
    assert (found.merged, found.cells["c1"][1]) == (((1, 2, 4),), "Home care")


def test_cells_merged_downwards_in_an_open_document(tmp_path: Path) -> None:
    path = ods(tmp_path / "list.ods")
    blank = b'<table:table-cell table:number-columns-repeated="2"/>'
    cell = b'<table:table-cell office:value-type="string"%s><text:p>%s</text:p></table:table-cell>'
    rows = [
        b'<table:table-row table:number-rows-repeated="2">%s</table:table-row>' % blank,
        *(
            b"<table:table-row>%s%s%s</table:table-row>" % (blank, first, cell % (b"", name))
            for first, name in (
                (cell % (b' table:number-rows-spanned="2"', b"Home care"), b"Oak"),
                (b"<table:covered-table-cell/>", b"Elm"),
            )
        ),
    ]
    table = b'<table:table table:name="A &amp; B">%s</table:table>' % b"".join(rows)
    content = re.sub(
        rb"<table:table .*</table:table>", table, zipfile.ZipFile(path).read("content.xml"), flags=re.DOTALL
    )
    rewritten(path, "content.xml", content)
    (found,) = spreadsheet.read(path, path.name)
    assert (found.name, found.merged) == ("A & B", ((1, 3, 4),))
    assert found.cells.rows()[2:] == [(3, "Home care", "Oak"), (4, None, "Elm")]


@pytest.mark.parametrize(
    "table",
    [
        "<tr><td>Oak<td rowspan=3>Home care</tr><tr><td>Elm</tr><tr><td>Ash</tr>",
        '<Row><Cell>Oak</Cell><Cell ss:MergeDown="2">Home care</Cell></Row><Row><Cell>Elm</Cell></Row>',
    ],
    ids=["html", "xml"],
)
def test_cells_merged_downwards_in_markup(table: str, tmp_path: Path) -> None:
    (tmp_path / "list.xls").write_text(f"<html><table>{table}</table></html>", "utf-8")
    (found,) = spreadsheet.read(tmp_path / "list.xls", "list.xls")
    assert found.merged == ((2, 1, 3),)


def test_sheets_keep_order_and_visibility(tmp_path: Path) -> None:
    path, workbook = book(tmp_path, "x")
    workbook.create_sheet("Old").sheet_state = "hidden"
    workbook.create_sheet("Codes").sheet_state = "veryHidden"
    sheets = read(path, workbook)
    assert [(sheet.name, sheet.position, sheet.visible) for sheet in sheets] == [
        ("Sheet", 1, True),
        ("Old", 2, False),
        ("Codes", 3, False),
    ]


def test_formulas_are_read_by_their_saved_value_and_never_evaluated(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        for row, formula in enumerate(
            ["=1+1", "=cmd|' /C calc'!A1", "='[other.xlsx]Sheet1'!A1", '=WEBSERVICE("http://x")']
        ):
            sheet.write_formula(row, 0, formula, None, f"saved {row}")
    assert spreadsheet.read(path, path.name)[0].cells["c1"].to_list() == ["saved 0", "saved 1", "saved 2", "saved 3"]


def test_a_chart_sheet_is_no_list(tmp_path: Path) -> None:
    path, workbook = book(tmp_path, "x")
    workbook.create_chartsheet("Chart")
    sheets = read(path, workbook)
    assert sheets[0].cells["c1"].to_list() == ["x"]


@pytest.mark.parametrize("share", [0.3, 0.7, 0.99])
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xlsb"])
def test_a_truncated_file(kind: str, share: float, tmp_path: Path) -> None:
    name, write = WRITERS[kind]
    path = write(tmp_path / name)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(InputError, match="cut short or damaged"):
        spreadsheet.read(path, name)


def test_a_workbook_without_its_sheets(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(InputError, match="damaged: it has no sheets"):
        spreadsheet.read(path, path.name)


def test_a_part_that_cannot_be_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "list.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", b"application/vnd.oasis.opendocument.spreadsheet" * 9)
    content = bytearray(path.read_bytes())
    content[38:60] = b"\xff" * 22
    path.write_bytes(bytes(content))
    with pytest.raises(InputError, match="cut short or damaged"):
        spreadsheet.read(path, path.name)


def test_a_damaged_part(tmp_path: Path) -> None:
    path = rewritten(xlsx(tmp_path / "list.xlsx"), "xl/workbook.xml", b"<not xml")
    with pytest.raises(InputError, match="damaged"):
        spreadsheet.read(path, path.name)


def test_a_damaged_sheet_says_so_and_the_others_are_read(tmp_path: Path) -> None:
    path, workbook = book(tmp_path, "x")
    workbook.create_sheet("Second")["A1"] = "y"
    workbook.save(path)
    rewritten(path, "xl/worksheets/sheet2.xml", b"<worksheet><sheetData><row><c></row>")
    sheets = spreadsheet.read(path, path.name)
    assert sheets[0].cells["c1"].to_list() == ["x"]
    assert "can't be read" in sheets[1].notes[0]


def test_a_password(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(InputError, match="protected by a password"):
        spreadsheet.read(path, path.name)


def test_a_protected_zip(tmp_path: Path) -> None:
    path = tmp_path / "lists.zip"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.csv", "Supplier\nElm\n")
    content = bytearray(held.getvalue())
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        content[content.index(mark) + place] |= 1
    path.write_bytes(bytes(content))
    with pytest.raises(InputError, match="protected by a password"):
        spreadsheet.read(path, path.name)


@pytest.mark.parametrize("dimension", ["A1:XFD1048576", "A1:A1"])
def test_a_cell_in_the_last_corner(dimension: str, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "list.xlsx")
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="'
    rewritten(
        path,
        "xl/worksheets/sheet1.xml",
        head + dimension.encode() + b'"/><sheetData>' + far + b"</sheetData></worksheet>",
    )
    with pytest.raises(InputError, match="1,048,576 rows and 16,384 columns"):
        spreadsheet.read(path, path.name)


def test_a_cell_in_the_last_corner_of_a_binary_workbook(tmp_path: Path) -> None:
    path = xlsb.write(tmp_path / "list.xlsb", [["Supplier"]], reach=(1_048_575, 16_383))
    with pytest.raises(InputError, match="1,048,576 rows and 16,384 columns"):
        spreadsheet.read(path, path.name)


def test_a_cell_repeated_to_the_last_corner_of_an_open_document(tmp_path: Path) -> None:
    path = ods(tmp_path / "list.ods")
    content = zipfile.ZipFile(path).read("content.xml")
    cell = b"<table:table-row"
    assert cell in content
    far = cell + b' table:number-rows-repeated="1048576"'
    far += b'><table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p>'
    rewritten(path, "content.xml", content.replace(cell, far + b"</table:table-cell></table:table-row>" + cell, 1))
    with pytest.raises(InputError, match="more cells than can be read"):
        spreadsheet.read(path, path.name)


def test_a_million_empty_rows(tmp_path: Path) -> None:
    path, workbook = book(tmp_path, "Supplier")
    workbook.active["A2"] = "Elm"
    workbook.active.cell(1_048_576, 1).style = "Good"
    sheet = read(path, workbook)[0]
    assert sheet.cells["c1"].drop_nulls().to_list() == ["Supplier", "Elm"]


def test_a_zip_bomb(tmp_path: Path) -> None:
    path = rewritten(xlsx(tmp_path / "list.xlsx"), "xl/sharedStrings.xml", b"<sst>" + b" " * 60_000_000)
    with pytest.raises(InputError, match="unpacks to"):
        spreadsheet.read(path, path.name)


@pytest.mark.parametrize(
    "document",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>',
    ],
    ids=["expanding", "external"],
)
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_entities(document: bytes, part: str, tmp_path: Path) -> None:
    path = rewritten(xlsx(tmp_path / "list.xlsx"), part, document)
    with contextlib.suppress(InputError):
        read_text = [str(sheet.cells.rows()) for sheet in spreadsheet.read(path, path.name)]
        assert not any("root:" in text or "aaaaaaaaaaaaaaaaaaaa" in text for text in read_text)


def test_old_workbooks_hold_real_numbers_and_dates(tmp_path: Path) -> None:
    cells = spreadsheet.read(xls(tmp_path / "list.xls"), "list.xls")[0].cells
    assert cells.row(3) == (4, "Ashdown Care Ltd", "2024-01-31 00:00:00", "1250.5", "Home care, nights")


def test_there_is_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        spreadsheet.read(tmp_path / "none.csv", "none.csv")


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({}, "The zip file is empty"),
        ({"a.pdf": b"%PDF-1.7"}, "No file in the zip can be used"),
        ({f"{number}.csv": b"x" for number in range(201)}, "201 files"),
    ],
    ids=["empty", "no list", "too many"],
)
def test_zips_of_no_use(parts: dict[str, bytes], sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "lists.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(InputError, match=sentence):
        spreadsheet.read(path, path.name)


def test_a_zip_within_a_zip_is_told(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("b.csv", "Supplier\nElm\n")
    path = tmp_path / "lists.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "Supplier,Amount\nElm,5\n")
        archive.writestr("inner.zip", inner.getvalue())
    assert "zip within a zip" in spreadsheet.read(path, path.name)[1].notes[0]


def test_names_in_a_zip_never_become_paths_and_stay_apart(tmp_path: Path) -> None:
    path = tmp_path / "lists.zip"
    names = ["../../etc/cron.d/list.csv", "2024\\list.csv", "C:/list.csv", "/list.csv", "april\n.csv"]
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "Supplier,Amount\nElm,5\n")
    found = [sheet.file.name for sheet in spreadsheet.read(path, path.name)]
    assert found == [
        "lists.zip/etc/cron.d/list.csv",
        "lists.zip/2024/list.csv",
        "lists.zip/list.csv (3)",
        "lists.zip/list.csv (4)",
        "lists.zip/april?.csv",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["lists.zip"]


def test_a_page_without_a_table(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    path.write_text("<html><body>Not found</body></html>", "utf-8")
    with pytest.raises(InputError, match="no table"):
        spreadsheet.read(path, path.name)


def test_merged_cells_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    path.write_text("<table><tr><th colspan=2>Supplier<th>£</tr><tr><td>Elm<td>Ltd<td>5</table>", "utf-8")
    assert spreadsheet.read(path, path.name)[0].cells.drop("row").rows() == [
        ("Supplier", None, "£"),
        ("Elm", "Ltd", "5"),
    ]


def test_cells_of_a_page_that_reach_over_rows(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    rows = (
        "<th rowspan=2>Supplier<th colspan=2>Payment",
        "<th>Date<th>£",
        "<td>Elm<td rowspan=3>May<td>5",
        "<td>Ash<td>6",
    )
    path.write_text(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>", "utf-8")
    assert spreadsheet.read(path, path.name)[0].cells.drop("row").rows() == [
        ("Supplier", "Payment", None),
        (None, "Date", "£"),
        ("Elm", "May", "5"),
        ("Ash", None, "6"),
    ]


def test_an_index_far_down_a_page_makes_no_million_rows(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    path.write_text('<Workbook><Table><Row ss:Index="9999999"><Cell ss:Index="9999999">x', "utf-8")
    assert spreadsheet.read(path, path.name)[0].cells.height <= 10_001
