"""Columns known by their values, headings with misspelt words, and columns that name the publishing body."""

from __future__ import annotations

import pytest

from tests.riskengine.lists import fields, read, sheet

FIRMS = ("Ashdown Care Ltd", "Birch & Sons", "Cedar plc", "Oak Day Nursery", "Ambleford Borough Council")
AMOUNTS = ("1,250.50", "£900.00", "-20.00", "12.50", "7.00")
DATES = ("31/01/2024", "01/02/2024", "15/02/2024", "03/03/2024", "04/03/2024")
WORDS = ("Home care", "Roof repairs", "Agency staff", "Printing", "Home care")
NUMBERS = ("51000123", "51000124", "51000125", "51000126", "51000127")


def listed(headings: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return fields(read(sheet([tuple(headings), *zip(*headings.values(), strict=True)])))


def test_a_column_of_firms_is_the_supplier_where_no_heading_says_so() -> None:
    found = listed({"Zzyx": FIRMS, "Wvut": WORDS, "Amount": AMOUNTS, "Date": DATES})
    assert found["supplier"] == "Zzyx"


def test_the_reason_says_what_was_seen() -> None:
    found = read(sheet([("Zzyx", "Amount", "Date"), *zip(FIRMS, AMOUNTS, DATES, strict=True)]))
    row = next(row for row in found.headings.iter_rows(named=True) if row["field"] == "supplier")
    assert row["reason"] == "The heading is not known; 80% of the values end as names of firms do."
    assert row["confidence"] == 0.4


def test_a_heading_that_says_supplier_goes_before_the_values() -> None:
    found = listed({"Zzyx": FIRMS, "Supplier": WORDS, "Amount": AMOUNTS, "Date": DATES})
    assert found["supplier"] == "Supplier"


@pytest.mark.parametrize("heading", ["Buyer", "Body Name", "Contact Name"])
def test_a_heading_known_for_something_else_is_no_supplier(heading: str) -> None:
    found = read(sheet([(heading, "Amount", "Date"), *zip(FIRMS, AMOUNTS, DATES, strict=True)]))
    assert "supplier" not in fields(found)
    assert "No column holds supplier names" in found.intake["left_out"][0]


def test_one_value_all_the_way_down_is_no_supplier() -> None:
    body = ("Ambleford Borough Council",) * 60
    columns = {"Zzyx": body, "Amount": AMOUNTS * 12, "Date": DATES * 12}
    found = read(sheet([tuple(columns), *zip(*columns.values(), strict=True)]))
    assert "supplier" not in fields(found)


def test_words_alone_are_no_supplier() -> None:
    found = read(sheet([("Zzyx", "Amount", "Date"), *zip(WORDS, AMOUNTS, DATES, strict=True)]))
    assert "supplier" not in fields(found)


def test_one_column_of_money_and_one_of_dates_are_taken_without_a_known_heading() -> None:
    found = listed({"Supplier": FIRMS, "Zzyx": AMOUNTS, "Wvut": DATES, "Department": WORDS})
    assert (found["amount"], found["date"]) == ("Zzyx", "Wvut")


def test_of_two_unknown_columns_of_money_none_is_taken() -> None:
    found = listed({"Supplier": FIRMS, "Zzyx": AMOUNTS, "Wvut": AMOUNTS, "Department": WORDS})
    assert "amount" not in found


def test_whole_numbers_are_no_amount_without_a_heading() -> None:
    found = listed({"Supplier": FIRMS, "Zzyx": NUMBERS, "Department": WORDS})
    assert "amount" not in found


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Suplier Nmae", "supplier"),
        ("Venodr Name", "supplier"),
        ("Ammount (£)", "amount"),
        ("Payement Date", "date"),
        ("Departmnet", "department"),
        ("Expediture Catagory", "category"),
        ("Transcation Refrence", "reference"),
        ("Descritpion of Goods", "description"),
    ],
)
def test_misspelt_words(heading: str, field: str) -> None:
    values = {"supplier": FIRMS, "amount": AMOUNTS, "date": DATES, "reference": NUMBERS}
    columns = {"Supplier": FIRMS, "Amount": AMOUNTS} if field not in ("supplier", "amount") else {}
    columns |= {"Transaction Date": DATES} if field != "date" else {"Invoice No": NUMBERS}
    assert listed({**columns, heading: values.get(field, WORDS)})[field] == heading


@pytest.mark.parametrize(
    "heading", ["Quality", "Contact", "County", "Building", "Older", "Value Band", "Please send us a note"]
)
def test_words_that_are_spelt_well_are_left_alone(heading: str) -> None:
    found = listed({"Supplier": FIRMS, "Amount": AMOUNTS, "Transaction Date": DATES, heading: NUMBERS})
    assert heading not in found.values()


@pytest.mark.parametrize("heading", ["A", "The", "And", "Of the"])
def test_little_words_alone_say_nothing(heading: str) -> None:
    assert heading not in listed({"Supplier": FIRMS, "Amount": AMOUNTS, heading: WORDS}).values()


def test_the_same_words_in_another_order() -> None:
    found = listed({"Supplier": FIRMS, "Annual Value": AMOUNTS, "Total Value of the Contract": AMOUNTS})
    assert found["amount"] == "Total Value of the Contract"


def test_dept_names_the_department_unless_it_holds_one_body_all_the_way_down() -> None:
    columns = {"Supplier": FIRMS, "Amount": AMOUNTS}
    assert listed({"Dept": WORDS, **columns})["department"] == "Dept"
    assert listed({"Dept": ("DfE",) * 5, "Entity": WORDS, **columns})["department"] == "Entity"


def test_an_effective_date_is_the_start_where_only_the_end_is_named() -> None:
    columns = {"Supplier": FIRMS, "Contract Value": AMOUNTS, "Effective Date": DATES}
    assert listed({**columns, "Expiry Date": DATES})["start"] == "Effective Date"
    assert listed({**columns, "Start Date": DATES, "Expiry Date": DATES})["date"] == "Effective Date"
    assert listed({**columns, "Invoice No": NUMBERS})["date"] == "Effective Date"


def test_a_net_amount_goes_before_the_total_of_the_invoice() -> None:
    found = listed({"Supplier": FIRMS, "Invoice Total": AMOUNTS, "Invoice Amount exc Vat": AMOUNTS})
    assert found["amount"] == "Invoice Amount exc Vat"
