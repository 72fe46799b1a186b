"""Several sheets and files together: what is left out and why, and what is pointed out."""

from __future__ import annotations

import pytest

from riskengine import lines
from riskengine.errors import NoContractLinesError
from riskengine.schemas import Sheet
from tests.riskengine.lists import HEADINGS, LINE, column, policy, read, sheet

LIST = (HEADINGS, LINE, ("Elm Ltd", "5.00", "01/02/2024", "Catering", "Schools", "T2"))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ((), "The sheet is empty."),
        ((("Notes on this list",), ("Payments below £500 are left out",)), "No heading row was found"),
        ((("Date", "Amount"), ("31/01/2024", "5.00")), "No column holds supplier names"),
        ((("Ports Logistics Authority", "Van Dyk Marine Services"), ("Oak", "Elm")), "No heading row was found"),
        ((HEADINGS,), "No row below the headings names a supplier."),
        ((HEADINGS, ("NIL return", *[None] * 5)), "No row below the headings names a supplier."),
    ],
    ids=["empty", "notes", "no supplier column", "payees alone", "no rows", "nil return"],
)
def test_a_sheet_without_lines_says_why(rows: tuple[tuple[str, ...], ...], sentence: str) -> None:
    found = read(sheet(rows))
    assert found.lines.is_empty()
    assert sentence in found.intake["left_out"][0]


def test_no_sheet_with_lines_is_an_error_that_names_the_file() -> None:
    with pytest.raises(NoContractLinesError, match=r"^other.xlsx: The sheet is empty\. "):
        lines.read([sheet([], file="other.xlsx")], policy(), {})


def test_one_file_without_lines_does_not_stop_the_others() -> None:
    found = lines.read([sheet([], file="empty.xlsx"), sheet(LIST)], policy(), {})
    assert found.lines.height == 2
    assert [error.file for error in lines.unusable(found.intake)] == ["empty.xlsx"]


def test_no_file_at_all_is_an_error() -> None:
    with pytest.raises(NoContractLinesError):
        lines.read([], policy(), {})


def test_headings_of_a_sheet_without_supplier_column_are_kept_for_a_person_to_map() -> None:
    found = read(sheet([("Date", "Amount", "Who"), ("31/01/2024", "5.00", "Elm Ltd")]))
    assert found.headings["heading"].to_list() == ["Date", "Amount", "Who"]


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ([("Supplier", "Supplier ID"), ("Elm Ltd", "204")], "a lookup"),
        ([("Row Labels", "Supplier", "Sum of Amount"), ("Adults", "Elm Ltd", "5.00")], "a summary"),
        ([("Supplier", "Total"), ("Ashdown Care Ltd", "1,250"), ("Elm Ltd", "5")], 'the sums of sheet "Sheet1"'),
    ],
    ids=["lookup", "pivot", "sums"],
)
def test_sheets_that_only_repeat_a_list_are_left_out(other: list[tuple[str, ...]], sentence: str) -> None:
    found = read(sheet(LIST), sheet(other, "Other", position=2))
    assert sentence in found.intake["left_out"][1]
    assert found.lines["sheet"].unique().to_list() == ["Sheet1"]


def test_a_sheet_of_suppliers_with_other_amounts_is_a_list_of_its_own() -> None:
    other = [("Supplier", "Total"), ("Ashdown Care Ltd", "1,250"), ("Elm Ltd", "7")]
    assert read(sheet(LIST), sheet(other, "Other", position=2)).lines.height == 4


def test_a_list_of_suppliers_alone_is_read() -> None:
    found = read(sheet([("Supplier", "Supplier ID"), ("Elm Ltd", "204")]))
    assert column(found, "supplier_text") == ["Elm Ltd"]


def test_a_hidden_sheet_beside_a_visible_list_is_left_out() -> None:
    found = read(sheet(LIST), sheet(LIST, "Old", position=2, visible=False))
    assert "hidden" in found.intake["left_out"][1]


def test_a_hidden_sheet_alone_is_read() -> None:
    assert read(sheet(LIST, visible=False)).lines.height == 2


def test_a_file_handed_in_twice_is_pointed_out_and_its_lines_are_told_apart() -> None:
    first = sheet(LIST, file="a.xlsx")
    again = Sheet(first.file, first.name, first.cells)
    found = read(first, again)
    assert found.lines["line_id"].n_unique() == 4
    assert found.lines["line_id"].to_list()[2].endswith("~2")
    assert "same file" in " ".join(found.intake["notes"][1])


def test_lines_that_stand_in_two_files_are_pointed_out_and_kept() -> None:
    found = read(sheet(LIST, file="a.xlsx"), sheet([HEADINGS, LINE], "March", file="b.xlsx"))
    assert found.lines.height == 3
    assert '1 line also in sheet "Sheet1" of a.xlsx' in " ".join(found.intake["notes"][1])
    assert not any("also in sheet" in note for note in found.intake["notes"][0])
