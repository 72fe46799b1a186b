"""Text as it is published: encodings, line ends and quotation marks gone wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskengine import spreadsheet
from riskengine.errors import InputError
from riskengine.schemas import Sheet


def read(content: bytes, tmp_path: Path) -> Sheet:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    return spreadsheet.read(path, path.name)[0]


def rows(content: bytes, tmp_path: Path) -> list[tuple[str | None, ...]]:
    return read(content, tmp_path).cells.drop("row").rows()


@pytest.mark.parametrize(
    ("content", "cells"),
    [
        ("Supplier,£\n", ("Supplier", "£")),
        ("\ufeffSupplier,£\n", ("Supplier", "£")),
        ("ï»¿Supplier,Â£5\n", ("Supplier", "£5")),
        ("Supplier,Ashâ€™s CafÃ©\n", ("Supplier", "Ash’s Café")),
        ("Â,Ã,â€\n", ("Â", "Ã", "â€")),
    ],
    ids=["utf-8", "mark", "twice, with mark", "twice", "only looks twice"],
)
def test_utf8(content: str, cells: tuple[str, ...], tmp_path: Path) -> None:
    assert rows(content.encode(), tmp_path) == [cells]


@pytest.mark.parametrize(
    ("byte", "text"),
    [(b"\xa3", "£"), (b"\x9c", "œ"), (b"\x92", "’"), (b"\x81", "�")],
    ids=["£", "cp850 £", "quote", "none"],
)
def test_cp1252(byte: bytes, text: str, tmp_path: Path) -> None:
    sheet = read(b"Supplier," + byte + b"\n", tmp_path)
    assert sheet.file.encoding == "cp1252"
    assert sheet.cells["c2"].to_list() == [text]


def test_text_encoded_twice_is_told(tmp_path: Path) -> None:
    assert "encoded twice" in read("Supplier,Â£5\n".encode(), tmp_path).notes[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str, tmp_path: Path) -> None:
    text = end.join(["a,b", "", "c,d", '"e', 'f",g', ""])
    sheet = read(text.encode(), tmp_path)
    assert sheet.cells["row"].to_list() == [1, 2, 3, 4]
    assert sheet.cells["c2"].to_list() == ["b", None, "d", "g"]
    assert (sheet.cells["c1"][3] or "").split() == ["e", "f"]


def test_mixed_line_ends(tmp_path: Path) -> None:
    assert rows(b"a,b\rc,d\r\ne,f\ng,h", tmp_path) == [("a", "b"), ("c", "d"), ("e", "f"), ("g", "h")]


def test_lines_of_unlike_width(tmp_path: Path) -> None:
    assert rows(b"Title\n\na,b,c\n1,2,3,4\n", tmp_path) == [
        ("Title", None, None, None),
        (None, None, None, None),
        ("a", "b", "c", None),
        ("1", "2", "3", "4"),
    ]


def test_a_line_wider_than_the_first_thousands(tmp_path: Path) -> None:
    found = rows(b"a,b\n" + b"1,2\n" * 200_000 + b"1,2,3\n", tmp_path)
    assert (len(found), found[-1]) == (200_002, ("1", "2", "3"))


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('5" pipe,2', ('5" pipe', "2")),
        ('"Elm" Ltd,2', ("Elm Ltd", "2")),
        ('"Elm,2', ('"Elm', "2")),
        ('Elm"s,"2"', ('Elm"s', "2")),
        ('"He said ""hi""",2', ('He said "hi"', "2")),
        ('"a\nb",2', ("a\nb", "2")),
        ('"",2', ("", "2")),
    ],
)
def test_a_line_with_odd_quotation_marks_keeps_the_lines_after_it(
    line: str, cells: tuple[str, ...], tmp_path: Path
) -> None:
    found = rows(f"h,k\n{line}\nc,d\n".encode(), tmp_path)
    assert [tuple(cell or "" for cell in row) for row in found] == [("h", "k"), cells, ("c", "d")]


def test_stray_marks_on_lines_one_after_another_do_not_join_them(tmp_path: Path) -> None:
    assert rows(b'h,k\n"a,b\n"c,d\ne,f\n', tmp_path) == [("h", "k"), ('"a', "b"), ('"c', "d"), ("e", "f")]


def test_stray_quotation_marks_are_told(tmp_path: Path) -> None:
    assert "Stray quotation marks in 1 line were read as text." in read(b'h,k\n"Elm,2\nc,d\n', tmp_path).notes[0]


def test_nul_bytes_are_left_out_and_told(tmp_path: Path) -> None:
    sheet = read(b"Supplier,Am\0ount\nElm,5\n", tmp_path)
    assert sheet.cells["c2"].to_list() == ["Amount", "5"]
    assert sheet.notes == ("NUL characters were left out.",)


def test_ten_thousand_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="10000 cells"):
        read(b",".join([b"a"] * 10_000) + b"\n", tmp_path)


def test_a_cell_of_a_million_characters(tmp_path: Path) -> None:
    sheet = read(b"Supplier,Note\nElm," + b"x" * 1_000_000 + b"\n", tmp_path)
    assert len(sheet.cells["c2"][1]) == 1_000_000


@pytest.mark.parametrize("content", [b"", b" \n\r\n", b"\xef\xbb\xbf\n", b"\0\0\0"])
def test_an_empty_file(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="The file is empty"):
        read(content, tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 x",
        b"\x89PNG\r\n",
        b"\x7fELF\x02\x01\x01\x02\x03\x04\x05" * 20,
        b"{\\rtf1 x}",
        b'<?xml version="1.0"?>\n<office:document><text:p>Ash Ltd</text:p></office:document>',
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x",
    ],
)
def test_a_file_that_is_no_spreadsheet(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a spreadsheet"):
        read(content, tmp_path)
