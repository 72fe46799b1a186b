"""Which rows are contract lines, which are set aside and why, and that nothing is lost between."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from tests.riskengine.lists import HEADINGS, LINE, column, read, sheet

BLANK = (None,) * len(HEADINGS)


def reasons(*rows: tuple[str | None, ...]) -> list[tuple[int, str, Decimal | None]]:
    """Row, reason and amount of what is set aside of `rows` between two lines."""
    found = read(sheet([HEADINGS, LINE, *rows, LINE]))
    return found.set_aside.select("row", "reason", "amount").rows()


@pytest.mark.parametrize(
    ("row", "reason", "pounds"),
    [
        (BLANK, "blank row", None),
        (("  ", *BLANK[1:]), "blank row", None),
        (("Total", "1,250.00", *BLANK[2:]), "totals row", None),
        ((None, "1,250.00", None, "Grand Total", None, None), "totals row", None),
        (("Total for Adults", "1,250.00", *BLANK[2:]), "totals row", None),
        ((None, "1,250.00", *BLANK[2:]), "totals row", None),
        (("Ashdown Care Ltd Total", "1,250.00", *BLANK[2:]), "totals row", None),
        ((None, "1,250.00", None, None, "Adults Total", None), "totals row", None),
        (("Total", "1,250.00", "12", "1,250.00", "250.00", "1,500.00"), "totals row", None),
        (("-----", "-----", "----", "---", "---", "---"), "no supplier name", None),
        (HEADINGS, "heading row repeated", None),
        ((None, "77.00", "31/01/2024", "Home care", "Adults", "T9"), "no supplier name", Decimal(77)),
        (("n/a", "77.00", "31/01/2024", "Home care", "Adults", "T9"), "no supplier name", Decimal(77)),
        (("???", "77.00", "31/01/2024", "Home care", "Adults", "T9"), "no supplier name", Decimal(77)),
        ((None, None, None, "Payments below £500 are left out", None, None), "no supplier name", None),
    ],
)
def test_rows_set_aside(row: tuple[str | None, ...], reason: str, pounds: Decimal | None) -> None:
    assert reasons(row) == [(3, reason, pounds)]


@pytest.mark.parametrize(
    "note",
    [
        "Note: payments to individuals are withheld",
        "Amounts shown are net of recoverable VAT.",
        "* Names of individuals have been withheld",
        "Source: finance system, 3 May 2024",
        "For further information contact procurement@fictional.example",
        "This list was produced on 3 May 2024",
        "Printed on 03/05/2024 09:15",
        "Page 4",
    ],
)
def test_a_note_below_the_suppliers_is_no_supplier(note: str) -> None:
    assert reasons((note, *BLANK[1:])) == [(3, "a note, not a contract line", None)]


@pytest.mark.parametrize(
    "name",
    [
        "Ashdown Care Ltd",
        "The Governors of St Example's Church of England Primary School",
        "Notebook Supplies",
        "Data Ltd",
    ],
)
def test_a_supplier_with_nothing_beside_it_is_a_line(name: str) -> None:
    assert reasons((name, *BLANK[1:])) == []


def test_no_line_is_lost_above_a_repeated_heading_whose_values_fit_better() -> None:
    above = [(*LINE[:4], "Adults", f"T{at}") for at in range(150)]
    below = [(*LINE[:4], ("Highways", "Parks", "Housing")[at % 3], f"T{150 + at}") for at in range(30)]
    found = read(sheet([HEADINGS, *above, HEADINGS, *below]))
    assert (found.intake["header_row"][0], found.lines.height) == (1, 180)


def test_the_headings_of_another_list_are_no_line_and_are_told() -> None:
    other = ("Recipient", "Grant amount", "Date paid", "Purpose", "Service", None)
    found = read(sheet([HEADINGS, LINE, BLANK, other, LINE]))
    assert found.set_aside["reason"].to_list() == ["blank row", "headings of another list"]
    assert found.intake["notes"][0][-1].startswith("Row 4 holds the headings of another list")


@pytest.mark.parametrize("name", ["Agency", "Works", "Property Services"])
def test_a_supplier_named_as_a_heading_is_a_line(name: str) -> None:
    assert reasons((name, "5.00", "31/01/2024", "Service", "Works", "Reference")) == []


def test_lines_above_the_headings_are_pointed_out() -> None:
    found = read(sheet([*3 * [LINE], HEADINGS, LINE]))
    assert found.intake["notes"][0][-1].startswith("3 rows above the headings in row 4 are filled as lines are")
    assert not read(sheet([*2 * [LINE], HEADINGS, LINE])).intake["notes"][0].to_list()


@pytest.mark.parametrize(
    "names",
    [
        ("Adult Services", "Corporate Services"),
        ("Lot 1: Home care", "Lot 2 - Meals"),
        ("Department: Adults", "Cost Centre: Fleet"),
    ],
)
def test_headings_of_sections_between_suppliers_are_no_suppliers(names: tuple[str, str]) -> None:
    first, second = ((name, *BLANK[1:]) for name in names)
    reason = "the heading of a section, not a contract line"
    assert reasons(first, LINE, second) == [(3, reason, None), (5, reason, None)]


def test_a_supplier_that_reads_as_a_section_is_a_line_where_it_stands_alone_or_has_anything_beside_it() -> None:
    assert reasons(("Kerb Services", *BLANK[1:])) == []
    assert reasons(*(2 * [("Kerb Services", "5.00", *BLANK[2:]), LINE])) == []


def test_a_supplier_named_in_a_sentence_is_a_line_where_an_amount_stands_beside_it() -> None:
    assert reasons(("We Are What We Do Ltd", "5.00", *BLANK[2:])) == []


@pytest.mark.parametrize("name", ["Total Gas & Power Ltd", "REDACTED PERSONAL DATA", "3663", "Supplier Relations Ltd"])
def test_rows_that_only_look_odd_are_lines(name: str) -> None:
    assert reasons((name, *LINE[1:])) == []


def test_a_supplier_called_total_with_a_date_and_reference_is_a_line() -> None:
    assert reasons(("TOTAL", *LINE[1:])) == []


def test_a_supplier_whose_name_ends_in_total_is_a_line_where_its_row_is_filled() -> None:
    assert reasons(("Elf Total", *LINE[1:])) == []


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("Ashdown Care Ltd; Birch plc", True),
        ("Ashdown Care Limited\nBirch LLP", True),
        ("Ashdown Care Ltd and Birch Ltd.", True),
        ("Ashdown Care Ltd t/a Birch Ltd", False),
        ("Ashdown & Birch Ltd", False),
        ("Ashdown Care Ltd, Limited Lane, Ambleford", False),
    ],
)
def test_several_suppliers_in_a_cell_are_pointed_out_and_not_taken_apart(cell: str, told: bool) -> None:
    found = read(sheet([HEADINGS, LINE, (cell, *LINE[1:])]))
    assert column(found, "supplier_text")[1] == cell
    note = 'to name several suppliers, such as "Ashdown Care L'
    assert (note in " ".join(found.intake["notes"][0])) is told


def test_further_columns_of_suppliers_are_pointed_out() -> None:
    found = read(sheet([("Supplier 1", "Supplier 2", "Supplier ID", "Amount"), ("Oak Ltd", "Elm plc", "S1", "5")]))
    assert 'Suppliers were read from "Supplier 1" alone, not from "Supplier 2".' in found.intake["notes"][0]


def test_further_columns_of_amounts_are_pointed_out() -> None:
    rows = [("Supplier", "2022/23 spend", "2023/24 spend", "Ref"), ("Oak Ltd", "5", "6", "7")]
    assert (
        'Amounts were read from "2022/23 spend" alone, not from "2023/24 spend".'
        in read(sheet(rows)).intake["notes"][0]
    )
    rows = [("Supplier", "Debit", "Credit", "Date"), ("Oak Ltd", "5.00", None, "31/01/2024")]
    assert (
        'Amounts were read from "Debit" alone; what stands in "Credit" was not taken off.'
        in read(sheet(rows)).intake["notes"][0]
    )


def test_set_aside_rows_keep_their_text() -> None:
    found = read(sheet([HEADINGS, LINE, (None, "77.00", None, "Home care", None, "T9")]))
    assert found.set_aside["text"].to_list() == ["77.00 | Home care | T9"]


def test_rows_and_pounds_reconcile() -> None:
    rows = [
        HEADINGS,
        LINE,
        BLANK,
        ("Total", "1,250.00", *BLANK[2:]),
        HEADINGS,
        (None, "77.00", "31/01/2024", *BLANK[3:]),
        LINE,
    ]
    found = read(sheet(rows))
    intake = found.intake.row(0, named=True)
    assert (intake["rows_read"], intake["rows_assessed"], intake["rows_set_aside"]) == (6, 2, 4)
    assert intake["amount_read"] == Decimal("2577.00")
    assert intake["amount_read"] == intake["amount_assessed"] + intake["amount_set_aside"]
    assert intake["amount_set_aside"] == Decimal(77)


def test_empty_rows_at_the_end_are_dropped_and_told() -> None:
    found = read(sheet([HEADINGS, LINE, *[BLANK] * 40]))
    assert found.intake["rows_read"].to_list() == [1]
    assert "40 empty rows" in " ".join(found.intake["notes"][0])


def test_line_ids_name_file_sheet_and_row() -> None:
    found = read(sheet([HEADINGS, LINE]))
    digest = sheet([HEADINGS]).file.sha256
    assert column(found, "line_id") == [f"{digest[:8]}-1-2"]


@pytest.mark.parametrize(
    ("headings", "values", "kind"),
    [
        (("Supplier", "Payment Date", "Amount"), ("Elm", "31/01/2024", "5"), "paid"),
        (("Supplier", "Amount Paid"), ("Elm", "5"), "paid"),
        (("Supplier", "Annual Value", "Start Date"), ("Elm", "5", "01/04/2024"), "yearly"),
        (("Supplier", "Contract Value per annum"), ("Elm", "5"), "yearly"),
        (("Supplier", "Total Contract Value"), ("Elm", "5"), "whole_contract"),
        (("Supplier", "Value", "Start Date", "End Date"), ("Elm", "5", "01/04/2024", "31/03/2027"), "whole_contract"),
        (("Supplier", "Total Paid", "Start Date", "End Date"), ("Elm", "5", "01/04/2024", "31/03/2027"), "paid"),
        (("Supplier", "Value"), ("Elm", "5"), "unknown"),
        (("Supplier", "Total Contract Value"), ("Elm", "POA"), "unknown"),
        (("Supplier", "Description"), ("Elm", "Care"), "unknown"),
    ],
)
def test_amount_kind(headings: tuple[str, ...], values: tuple[str, ...], kind: str) -> None:
    found = read(sheet([headings, values]))
    assert found.intake["amount_kind"].cast(pl.String).to_list() == [kind]
    assert found.lines["amount_kind"].cast(pl.String).to_list() == [kind]


def test_a_list_without_amounts_is_assessed_and_says_so() -> None:
    found = read(sheet([("Supplier", "Description"), ("Elm Ltd", "Home care")]))
    assert found.lines.height == 1
    assert "£ are not known" in " ".join(found.intake["notes"][0])


@pytest.mark.parametrize("blanks", [3, 1_200], ids=["few", "many"])
def test_blank_rows_between_lines_are_set_aside_and_every_line_keeps_its_row(blanks: int) -> None:
    lines = [(f"Ash {number} Ltd", f"{number}.00") for number in range(blanks + 1)]
    rows = [row for line in lines for row in (line, (None, None))][:-1]
    found = read(sheet([("Supplier", "Amount"), *rows]))
    assert found.set_aside["reason"].to_list() == ["blank row"] * blanks
    assert found.lines["row"].to_list() == list(range(2, 2 * blanks + 3, 2))
    assert found.lines.select("supplier_text", pl.col("amount").cast(pl.String)).rows() == lines
