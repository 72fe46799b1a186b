"""Contract registers as councils keep them: headings in two or three rows, guidance rows, sections of a list."""

from __future__ import annotations

import pytest

from tests.riskengine.lists import Rows, column, fields, read, sheet

LINES = (
    ("C001", "Home care", "Adults", "01/04/2024", "31/03/2027", "100,000", "300,000", "Ashdown Care Ltd", "01234567"),
    ("C002", "Roof repairs", "Housing", "01/05/2024", "30/04/2026", "50,000", "90,000", "Birch & Sons", "07654321"),
    ("C003", "Agency staff", "HR", "01/06/2023", "31/05/2026", "20,000", "60,000", "Cedar plc", "09876543"),
)
ONE_ROW = (
    *("Contract Ref", "Contract Title", "Department", "Start Date", "End Date"),
    *("Annual Value", "Total Value", "Supplier", "Company Number"),
)
BLANK = (None,) * len(ONE_ROW)
TOLD = {
    "reference": "C001",
    "department": "Adults",
    "supplier_text": "Ashdown Care Ltd",
    "company_number": "01234567",
    "description": "Home care",
}
HEADINGS: dict[str, Rows] = {
    "one row": [ONE_ROW],
    "notes above": [("Contracts register", *BLANK[1:]), ("Updated each quarter.", *BLANK[1:]), BLANK, ONE_ROW],
    "letters of the columns above": [tuple("ABCDEFGHI"), ONE_ROW],
    "a total above": [("Total", *BLANK[1:5], "170,000", "450,000", None, None), ONE_ROW],
    "groups above": [
        ("Contract details", None, None, "Contract dates", None, "Value (£)", None, "Supplier", None),
        ("Ref", "Title", "Department", "Start", "End", "Annual", "Total", "Name", "Company No"),
    ],
    "words parted": [
        ("Contract", "Contract", "Council", "Start", "End", "Annual", "Total", "Supplier", "Company"),
        ("Ref", "Title", "Department", "Date", "Date", "Value", "Value", "Name", "Number"),
    ],
    "three rows": [
        ("Contract details", None, None, "Dates", None, "Value", None, "Supplier details", None),
        ("Contract", "Contract", "Lead", "Start", "End", "Per", "Whole", "Supplier", "Company"),
        ("Ref", "Title", "Department", "Date", "Date", "Annum", "Life", "Name", "Number"),
    ],
    "one heading over two values": [
        (*ONE_ROW[:5], "Contract value", None, *ONE_ROW[7:]),
        (*BLANK[:5], "per annum", "total", None, None),
    ],
    "one heading over two dates": [
        (*ONE_ROW[:3], "Contract period", None, *ONE_ROW[5:]),
        (*BLANK[:3], "From", "To", *BLANK[5:]),
    ],
}


@pytest.mark.parametrize("name", HEADINGS)
def test_headings_of_a_register(name: str) -> None:
    found = read(sheet([*HEADINGS[name], *LINES]))
    assert found.lines.height == len(LINES)
    assert {field: column(found, field)[0] for field in TOLD} == TOLD
    assert [str(value) for value in column(found, "amount")] == ["300000.00", "90000.00", "60000.00"]
    assert [str(day) for day in (column(found, "start")[0], column(found, "end")[0])] == ["2024-04-01", "2027-03-31"]
    assert column(found, "amount_kind") == ["whole_contract"] * len(LINES)


@pytest.mark.parametrize("first", [("Oak Ltd", "Housing", "Housing"), ("Oak Trust", "Roads", "Roads")])
def test_a_line_below_a_gap_in_the_headings_stays_a_line(first: tuple[str, ...]) -> None:
    found = read(sheet([("Supplier", None, "Team"), first, ("Elm plc", "Roads", "Roads")]))
    assert column(found, "supplier_text") == [first[0], "Elm plc"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (tuple("123456789"), "the columns numbered, not a contract line"),
        (tuple(f"({at})" for at in range(1, 10)), "the columns numbered, not a contract line"),
        (
            (
                "Unique number",
                "Free text",
                "From the list",
                "dd/mm/yyyy",
                "dd/mm/yyyy",
                "£",
                "£",
                "Legal name",
                "8 signs",
            ),
            "a note on how to fill in the columns",
        ),
    ],
)
def test_a_row_that_explains_the_columns_is_set_aside(row: tuple[str, ...], reason: str) -> None:
    found = read(sheet([ONE_ROW, row, *LINES]))
    assert found.set_aside.select("row", "reason").rows() == [(2, reason)]
    assert column(found, "row") == [3, 4, 5]
    assert str(found.intake["amount_read"][0]) == "450000.00"


def test_a_first_line_of_numbers_that_do_not_count_up_is_a_line() -> None:
    found = read(sheet([("Supplier Name", "Amount", "Reference"), ("3663", "5", "9"), ("Oak Ltd", "6", "10")]))
    assert column(found, "supplier_text") == ["3663", "Oak Ltd"]


def test_sections_of_a_register_are_no_lines() -> None:
    found = read(sheet([ONE_ROW, ("Adult Services", *BLANK[1:]), *LINES[:2], ("Corporate", *BLANK[1:]), LINES[2]]))
    assert column(found, "row") == [3, 4, 6]
    assert found.set_aside["text"].to_list() == ["Adult Services", "Corporate"]


def test_merged_cells_hold_for_their_rows_and_amounts_are_not_multiplied() -> None:
    headings = ("Contract", "Supplier", "Start", "End", "Value")
    rows = [("Home care", "Oak Ltd", "01/04/2024", "31/03/2027", "300"), (None, "Elm plc", *BLANK[:3]), BLANK[:5]]
    found = read(sheet([headings, *rows, ("Roofs", *rows[0][1:])], merged=tuple((at, 2, 4) for at in (1, 2, 3, 4, 5))))
    assert column(found, "supplier_text") == ["Oak Ltd", "Elm plc", "Oak Ltd"]
    assert column(found, "description") == ["Home care", "Home care", "Roofs"]
    assert [str(day) for day in column(found, "end")] == ["2027-03-31"] * 3
    assert [str(value) for value in column(found, "amount")] == ["300.00", "None", "300.00"]
    note = "3 cells below the first of merged cells were given its value; amounts stay where they stand."
    assert note in found.intake["notes"][0]


def test_a_sheet_for_each_directorate_is_read_whole() -> None:
    sheets = [sheet([ONE_ROW, line], name=str(line[2])) for line in LINES]
    found = read(*sheets)
    assert column(found, "supplier_text") == ["Ashdown Care Ltd", "Birch & Sons", "Cedar plc"]
    assert found.intake["left_out"].to_list() == [None] * 3


def test_the_reference_of_a_register_is_the_contract_and_not_the_supplier() -> None:
    headings = ("Supplier Ref", "Contract Ref", "Supplier", "Start Date", "End Date")
    found = read(sheet([headings, ("S1", "C1", "Oak Ltd", "01/04/2024", "31/03/2027")]))
    assert fields(found)["reference"] == "Contract Ref"
