"""A large text is read in pieces, and what is read does not depend on where it was cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskengine import spreadsheet
from riskengine.schemas import Sheet
from riskengine.spreadsheet import encodings

LINES = [f"Ash {number} Ltd,£{number}.50,Works" for number in range(60)]
PLAIN = "\n".join(["Supplier,Amount,Purpose", *LINES, ""])
TEXTS = {
    "plain": PLAIN,
    "CR LF": PLAIN.replace("\n", "\r\n"),
    "CR": PLAIN.replace("\n", "\r"),
    "blank lines": PLAIN.replace("\n", "\n\n\n"),
    "no last line end": PLAIN[:-1],
    "cells over lines": PLAIN.replace("Works", '"Works,\none\nand two"'),
    "cells over lines, in CR LF": PLAIN.replace("\n", "\r\n").replace("Works", '"Works,\none\nand two"'),
    "a wide line at the end": PLAIN + "a,b,c,d,e,f,g\n",
    "a wide line over lines": PLAIN + 'a,"b\n","c\n","d\n",e\n',
    "a stray quotation mark": PLAIN.replace("Ash 30", '"Ash 30'),
    "twice encoded": PLAIN.replace("£", "Â£"),
    "NUL": PLAIN.replace("Ash 50", "Ash\0 50"),
}
ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]


def read(content: bytes, folder: Path) -> Sheet:
    path = folder / "list.csv"
    path.write_bytes(content)
    return spreadsheet.read(path, path.name)[0]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_pieces_hold_what_the_whole_holds(
    text: str, encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = text.encode(encoding)
    whole = read(content, tmp_path)
    monkeypatch.setattr(encodings, "_CHUNK", 64)
    monkeypatch.setattr(encodings, "_PIECE", 200)
    pieces = read(content, tmp_path)
    assert pieces.file == whole.file
    assert pieces.notes == whole.notes
    assert pieces.cells.equals(whole.cells)


def test_a_text_is_cut_at_the_ends_of_its_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encodings, "_CHUNK", 64)
    monkeypatch.setattr(encodings, "_PIECE", 200)
    path = tmp_path / "list.csv"
    path.write_bytes(TEXTS["cells over lines, in CR LF"].encode("cp1252"))
    with path.open("rb") as file:
        pieces = list(encodings.Text(file).pieces())
    assert len(pieces) > 5
    assert all(piece.endswith(b"\r\n") for piece in pieces)
    assert b"".join(pieces) == TEXTS["cells over lines, in CR LF"].encode()


def test_a_line_may_be_wider_for_a_cell_that_runs_over_lines(tmp_path: Path) -> None:
    sheet = read(b'Supplier,Amount\nAsh Ltd,"1\n","2\n","3\n","4\n"\n', tmp_path)
    assert sheet.cells.drop("row").row(1) == ("Ash Ltd", "1\n", "2\n", "3\n", "4\n")
