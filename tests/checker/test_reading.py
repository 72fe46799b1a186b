"""The guarded child process: what it hands back, and that no file takes the parent down."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from checker import reading
from riskengine import spreadsheet
from riskengine.errors import InputError
from tests.riskengine.written import WRITERS, xlsx


@pytest.mark.parametrize("kind", ["csv cp1252", "xlsx", "zip"])
def test_it_hands_back_what_the_engine_reads(kind: str, tmp_path: Path) -> None:
    name, write = WRITERS[kind]
    path = write(tmp_path / name)
    for found, wanted in zip(reading.read(path, "my name"), spreadsheet.read(path, "my name"), strict=True):
        assert found.cells.equals(wanted.cells)
        assert {**vars(found), "cells": None} == {**vars(wanted), "cells": None}


def test_the_name_is_that_of_the_file_when_none_is_given(tmp_path: Path) -> None:
    assert reading.read(xlsx(tmp_path / "list.xlsx"))[0].file.name == "list.xlsx"


def test_an_error_of_the_engine_comes_back_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    with pytest.raises(InputError) as found:
        reading.read(tmp_path / "empty.csv")
    assert (found.value.file, found.value.wrong) == ("empty.csv", "The file is empty.")


def test_a_file_that_asks_for_too_much_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MEMORY", 700 * 1024**2)
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = workbook.active.cell(1_000_000, 50).value = "x"
    workbook.save(tmp_path / "far.xlsx")
    with pytest.raises(InputError, match="Reading the file asked for more than"):
        reading.read(tmp_path / "far.xlsx")


def test_a_file_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.01)
    with pytest.raises(InputError, match="took longer"):
        reading.read(xlsx(tmp_path / "list.xlsx"))


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_FILE", 100)
    with pytest.raises(InputError, match="larger than"):
        reading.read(xlsx(tmp_path / "list.xlsx"))


def test_there_is_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        reading.read(tmp_path / "none.csv")
