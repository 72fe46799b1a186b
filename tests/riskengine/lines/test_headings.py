"""Where the headings stand and what they mean."""

from __future__ import annotations

import pytest

from riskengine import lines
from riskengine.errors import InputError
from tests.riskengine.lists import HEADINGS, LINE, column, fields, policy, read, sheet

BLANK = (None,) * len(HEADINGS)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Supplier Name", "supplier"),
        ("SUPPLIER_NAME", "supplier"),
        ("SupplierName", "supplier"),
        ("* SUPPLIER FINAL", "supplier"),
        ("6 Supplier", "supplier"),
        ("(01) Supplier Name", "supplier"),
        ("Supplier ID(T)", "supplier"),
        ("Supplier (Beneficiary) Name", "supplier"),
        ("Suplier", "supplier"),
        ("Suppklier", "supplier"),
        ("Suppkuer", "supplier"),
        ("Contractor/\nProvider", "supplier"),
        ("ï»¿Vendor Name", "supplier"),
        ("Name of successful contractor", "supplier"),
        ("Payee", "supplier"),
    ],
)
def test_supplier_headings(heading: str, field: str) -> None:
    found = read(sheet([(heading, "Amount"), ("Ashdown Care Ltd", "5.00")]))
    assert fields(found)[field] == heading


@pytest.mark.parametrize(
    ("heading", "value", "field"),
    [
        ("Directotate", "Adults", "department"),
        ("Expense Area", "Adults", "department"),
        ("Exepnse Area", "Adults", "department"),
        ("Organisatonal Unit", "Adults", "department"),
        ("Expence Type", "Care", "category"),
        ("SeRCOP Expenditure Category", "Care", "category"),
        ("Proclass Details Level 1", "Social care", "proclass"),
        ("CPV code(s)", "85311000", "cpv"),
        ("Transation number", "T12", "reference"),
        ("Purpose of Spend", "Home care", "description"),
        ("Original Start/Commencement Date", "01/04/2024", "start"),
        ("Current Expiry Date", "31/03/2027", "end"),
        ("Company Reg No", "01234567", "company_number"),
        ("Supplier Registered Charity Number", "1012345", "charity_number"),
        ("VAT_REGISTRATION_NUM", "980780684", "vat_number"),
        ("Supplier Post Code", "ZZ1 1ZZ", "postcode"),
        ("Amount (œ)", "5.00", "amount"),
        ("Est Total Awarded Contract value £'s (exc VAT) including allowed extensions", "5.00", "amount"),
    ],
)
def test_other_headings(heading: str, value: str, field: str) -> None:
    found = read(sheet([("Supplier", heading), ("Ashdown Care Ltd", value)]))
    assert fields(found)[field] == heading


@pytest.mark.parametrize("depth", [0, 1, 4, 89, 199])
def test_heading_row_below_titles(depth: int) -> None:
    titles = [("Spend over £500", *BLANK[1:]), *([BLANK] * depth)][:depth]
    found = read(sheet([*titles, HEADINGS, LINE]))
    assert found.intake["header_row"].to_list() == [depth + 1]
    assert column(found, "row") == [depth + 2]


def test_heading_row_deeper_than_200_rows_is_not_found() -> None:
    found = read(sheet([*([BLANK] * 199), ("notes", *BLANK[1:]), HEADINGS, LINE]))
    assert "No heading row" in found.intake["left_out"][0]


@pytest.mark.parametrize(
    ("upper", "lower", "names"),
    [
        (
            (None, "Transaction", None, "Supplier", "Supplier"),
            ("Date paid", "number", "Amount", "Name", "Postcode"),
            {"supplier": "Supplier Name", "postcode": "Supplier Postcode", "reference": "Transaction number"},
        ),
        (
            ("Contract", None, None, "Supplier", None),
            ("Title", "Start Date", "Value", "Name", "Postcode"),
            {"supplier": "Supplier Name", "title": "Contract Title"},
        ),
        (
            (None, "Payment", "Supplier", "Net", "Category Level"),
            ("Entity", "Date", "Name", "Amount", "1"),
            {"supplier": "Supplier Name", "date": "Payment Date", "amount": "Net Amount"},
        ),
    ],
    ids=["wrapped", "merged", "numbered"],
)
def test_two_row_headings(upper: tuple[str, ...], lower: tuple[str, ...], names: dict[str, str]) -> None:
    values = {"Date paid": "31/01/2024", "number": "T1", "Amount": "5.00", "Name": "Ashdown Care Ltd"}
    values |= {"Postcode": "ZZ1 1ZZ", "Title": "Home care", "Start Date": "01/04/2024", "Value": "9.00"}
    values |= {"Entity": "Ambleford", "Date": "31/01/2024", "1": "Agency staff"}
    found = read(sheet([("Register", None, None, None, None), upper, lower, tuple(values[name] for name in lower)]))
    assert found.intake["header_row"].to_list() == [3]
    assert names.items() <= fields(found).items()
    assert column(found, "supplier_text") == ["Ashdown Care Ltd"]


def test_a_title_above_the_first_heading_is_no_part_of_it() -> None:
    rows = [("Grants to voluntary organisations", None, None), ("Name of organisation", "Grant", "Date awarded")]
    found = read(sheet([*rows, ("Ash Youth Club", "£500", "01/04/2024"), ("Elm Trust", "£900", "01/05/2024")]))
    assert fields(found)["supplier"] == "Name of organisation"


def test_headings_one_column_left_of_their_values_are_moved() -> None:
    rows = [
        ("Entity", "Date", "Category", "Supplier", "Amount", None),
        ("Dept. for Tests", "QX", "29/09/2011", "Professional services", "Beech LLP", "100,564.56"),
        ("Dept. for Tests", "QX", "05/09/2011", "Temporary staff", "Birch Ltd", "88,627.81"),
    ]
    found = read(sheet(rows))
    assert column(found, "supplier_text") == ["Beech LLP", "Birch Ltd"]
    assert "one column to the left" in " ".join(found.intake["notes"][0])


def test_of_two_columns_of_the_same_name_the_filled_one_is_read() -> None:
    rows = [("Supplier", "Gross", "Gross"), ("Ashdown Care Ltd", None, "5.00"), ("Elm Ltd", None, "6.00")]
    found = read(sheet(rows))
    assert found.intake["amount_read"].to_list() == [11]


def test_values_decide_where_a_heading_stands_over_the_wrong_column() -> None:
    rows = [
        ("Supplier ID", "Supplier", "Total", "Amount"),
        ("204", "Elm Ltd", "5.00", "see total"),
        ("9", "Ash", "6", "x"),
    ]
    found = read(sheet(rows))
    assert fields(found)["amount"] == "Total"
    assert fields(found)["supplier"] == "Supplier"


@pytest.mark.parametrize(
    ("name", "taken"), [("D T Z", "Supplier"), ("B & Q", "Supplier"), ("#N/A", "Supplier OBS Type")]
)
def test_initials_are_a_name_and_what_is_missing_is_none(name: str, taken: str) -> None:
    rows = [("Supplier OBS Type", "Supplier", "Amount"), *3 * [("Supplier", name, "5.00")]]
    assert fields(read(sheet(rows)))["supplier"] == taken


def test_net_amount_goes_before_gross_and_is_told() -> None:
    rows = [("Supplier", "Gross Amount", "VAT", "Net Amount"), ("Elm Ltd", "12.00", "2.00", "10.00")]
    found = read(sheet(rows))
    assert column(found, "amount") == [10]
    assert "net of VAT" in " ".join(found.intake["notes"][0])


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("Amount including VAT", True),
        ("Gross Amount", True),
        ("Value (VAT inclusive)", True),
        ("Total value (exc VAT) including allowed extensions", False),
        ("Contract Value excluding VAT, incl. extensions", False),
        ("Net Amount", False),
        ("Amount", False),
    ],
)
def test_vat_is_told_where_the_amounts_include_it(heading: str, told: bool) -> None:
    found = read(sheet([("Supplier", heading), ("Elm Ltd", "12.00"), ("Ash Ltd", "10.00")]))
    assert fields(found)["amount"] == heading
    assert ("include VAT" in " ".join(found.intake["notes"][0])) == told


def test_every_column_has_a_reason() -> None:
    found = read(sheet([("Supplier", "Amount", "VAT", "Colour", None), ("Elm Ltd", "5.00", "1.00", "red", "x")]))
    assert found.headings["column"].to_list() == [1, 2, 3, 4, 5]
    assert all(found.headings["reason"].to_list())
    assert found.headings["confidence"].to_list()[:2] == [0.97, 0.95]


def test_title_and_description_are_joined() -> None:
    rows = [
        ("Supplier", "Contract Title", "Description"),
        ("Elm Ltd", "Cleaning", "Civic centre"),
        ("Ash", "Care", "Care"),
    ]
    assert column(read(sheet(rows)), "description") == ["Cleaning: Civic centre", "Care"]


class TestMapping:
    """The officer's own choice of columns."""

    rows = (("Supplier", "Trading as", "Amount", "Sum"), ("Elm Ltd", "Elm Care", "5.00", "7.00"))

    def test_wins_over_what_was_understood(self) -> None:
        found = read(sheet(self.rows), mapping={"supplier": "Trading as", "amount": "SUM"})
        assert column(found, "supplier_text") == ["Elm Care"]
        assert column(found, "amount") == [7]

    def test_is_told(self) -> None:
        found = read(sheet(self.rows), mapping={"supplier": "Trading as"})
        assert found.headings.filter(field="supplier")["reason"][0].startswith("Chosen by an officer")
        assert found.headings.filter(field="supplier")["confidence"][0] == 1

    def test_names_a_heading_row_that_nothing_else_tells(self) -> None:
        rows = [("Notes", None), ("Who", "Colour"), ("Elm Ltd", "red")]
        assert column(read(sheet(rows), mapping={"supplier": "Who"}), "supplier_text") == ["Elm Ltd"]

    def test_of_a_heading_that_another_list_has_is_told(self) -> None:
        other = sheet([("Nobody", "Amount"), ("Ash Ltd", "1.00")], file="other.csv")
        found = read(sheet(self.rows), other, mapping={"supplier": "Nobody"})
        assert 'no heading "Nobody"' in " ".join(found.intake["notes"][0])

    def test_of_a_heading_that_no_list_has_is_an_error_that_names_those_there_are(self) -> None:
        with pytest.raises(InputError, match=r"heading .Nobody., which .* Headings are: Supplier, Trading as, Amount"):
            lines.read([sheet(self.rows)], policy(), {"supplier": "Nobody"})

    def test_that_no_column_holds_a_field_is_followed_and_told(self) -> None:
        found = read(sheet(self.rows), mapping={"amount": ""})
        told = "An officer said that no column holds the amount."
        assert column(found, "amount") == [None]
        assert told in found.intake["notes"][0]
        assert found.headings.filter(heading="Amount").select("field", "reason").rows() == [(None, told)]
        assert found.headings.filter(heading="Supplier")["field"].to_list() == ["supplier"]

    def test_that_no_column_holds_a_field_goes_for_columns_known_by_their_values(self) -> None:
        rows = [("Supplier", "Description", "Zzz"), *((f"Elm {n} Ltd", "Care", f"£{n}.50") for n in range(1, 30))]
        assert read(sheet(rows)).lines["amount"].null_count() == 0
        assert read(sheet(rows), mapping={"amount": ""}).lines["amount"].null_count() == 29

    def test_of_an_unknown_field_is_an_error(self) -> None:
        with pytest.raises(InputError, match="not a field"):
            read(sheet(self.rows), mapping={"vendor": "Supplier"})


def test_a_sheet_of_very_many_columns_is_read_and_told() -> None:
    more = [f"h{number}" for number in range(598)]
    found = read(sheet([("Supplier", "Amount", *more), ("Elm Ltd", "5.00", *more)]))
    assert found.lines.height == 1
    assert "Columns after the 400th" in " ".join(found.intake["notes"][0])


def test_a_supplier_cell_of_several_parts_gives_the_name() -> None:
    heading = "Supplier [Name|Address|Ref type|Ref Number|Is SME|Is VCSE]"
    cells = ["[Ashdown Care Ltd|1 High Street, Ambleford|NONE||Yes|No]", "Birch & Sons"]
    found = read(sheet([("Title", heading, "Awarded Value"), *(("Care", cell, "5.00") for cell in cells)]))
    assert column(found, "supplier_text") == ["Ashdown Care Ltd", "Birch & Sons"]
    assert any("first part was read" in note for note in found.intake["notes"][0])
