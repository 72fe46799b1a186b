"""Lists of random layout: what was written is what is read, whatever the columns, titles, styles and encoding."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskengine import lines, spreadsheet
from tests.riskengine.lists import policy

SUPPLIERS = st.builds(
    "{} {} {}".format,
    st.sampled_from(["Ashdown", "Élan", "O'Brien", "Fen & Son", "3D", "“Quoted”", "Total Care"]),
    st.sampled_from(["Cleaning", "Foods", "Works, Roads", 'Print "Shop"', "Security"]),
    st.sampled_from(["Ltd", "LLP", "CIC", "Group plc"]),
)
AMOUNTS = st.decimals(-10_000_000, 10_000_000, places=2)
DATES = st.dates(date(2000, 1, 1), date(2049, 12, 31))
WORDS = st.sampled_from(["Home care", "Office cleaning; nights", "Lunches\nfor schools", "ICT – support", "Works 4/5"])
TITLES = ["", "Ambleford Borough Council", "Payments over £500", "Published under the Transparency Code 2015", "March"]
HEADINGS = {
    "supplier": [
        "Supplier Name",
        "SUPPLIER",
        "Supplier(T)",
        "Suplier",
        "Vendor Name",
        "* Supplier Final",
        "Payee Name",
    ],
    "amount": ["Net Amount", "Amount (£)", "AMOUNT_PAID", "NetAmount", "Payment Value", "Invoiced Value", "Nett"],
    "date": ["Payment Date", "Date", "DatePaid", "Date of Payment", "TRANS_DATE", "3 Date", "Clearing Date"],
    "description": ["Description", "Purpose of Spend", "Narrative", "Desciption", "PO Line Description"],
    "department": ["Directorate", "Expense Area", "Directotate", "Service Area", "Organisational Unit"],
    "category": ["Expense Type", "Expenditure Category", "Expence Type", "Category"],
    "reference": ["Transaction Number", "Trans No", "Document No.", "Invoice Number", "TransactionNumber"],
    "none": ["VAT", "Supplier Type", "Body Name", "Irrecoverable VAT", "Publish/Redact?"],
}
MONEY: list[Callable[[Decimal], str]] = [
    str,
    lambda value: f"{value:,}",
    lambda value: f"-£{-value:,}" if value < 0 else f"£{value:,}",
    lambda value: f"({-value:,})" if value < 0 else f"{value:,}",
    lambda value: f"{-value:,}-" if value < 0 else f" {value:,} ",
    lambda value: f"{value:,}".translate(str.maketrans(",.", ".,")),
]
DAYS = ["%d/%m/%Y", "%Y-%m-%d", "%d-%b-%y", "%d %B %Y", "%d.%m.%Y", "%Y-%m-%d 00:00:00", "%Y%m%d", "%a %d %b %Y"]
STYLES = st.tuples(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]), st.sampled_from(",;\t|"))


@dataclass(frozen=True)
class Layout:
    """Columns in order, titles above, and how money and dates are written."""

    columns: list[str]
    headings: dict[str, str]
    titles: list[str]
    money: Callable[[Decimal], str]
    day: str
    blanks: list[int]


Record = tuple[str, Decimal, date, str, str, str, str]


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    more = draw(
        st.lists(st.sampled_from(["date", "description", "department", "category", "reference", "none"]), unique=True)
    )
    columns = draw(st.permutations(["supplier", "amount", *more]))
    headings = {column: draw(st.sampled_from(HEADINGS[column])) for column in columns}
    titles = draw(st.lists(st.sampled_from(TITLES), max_size=6))
    blanks = draw(st.lists(st.integers(0, 9), max_size=3, unique=True))
    return Layout(columns, headings, titles, draw(st.sampled_from(MONEY)), draw(st.sampled_from(DAYS)), blanks)


RECORDS = st.lists(
    st.tuples(SUPPLIERS, AMOUNTS, DATES, WORDS, WORDS, WORDS, st.integers(1, 10**8).map(lambda number: f"T{number}")),
    min_size=2,
    max_size=12,
)


def cells(layout: Layout, record: Record) -> list[str]:
    supplier, amount, day, description, department, category, reference = record
    texts = {"supplier": supplier, "amount": layout.money(amount), "date": day.strftime(layout.day), "none": "x"}
    texts |= {"description": description, "department": department, "category": category, "reference": reference}
    return [texts[column] for column in layout.columns]


def table(layout: Layout, records: list[Record]) -> list[list[str]]:
    """Titles, headings and records, with blank rows among them."""
    rows = [[title] for title in layout.titles] + [[layout.headings[column] for column in layout.columns]]
    for number, record in enumerate(records):
        rows += [[""]] * (number in layout.blanks)
        rows.append(cells(layout, record))
    return rows


def check(path: Path, layout: Layout, records: list[Record]) -> None:
    """What is read is what was written, row by row, and rows and £ reconcile."""
    found = lines.read(spreadsheet.read(path, path.name), policy(), {})
    wanted = [
        row
        for row, record in enumerate(table(layout, records), start=1)
        if record in [cells(layout, one) for one in records]
    ]
    assert found.lines["row"].to_list() == wanted
    assert found.lines["supplier_text"].to_list() == [record[0] for record in records]
    assert found.lines["amount"].to_list() == [record[1] for record in records]
    if "date" in layout.columns:
        assert found.lines["date"].to_list() == [record[2] for record in records]
    for field, place in (("description", 3), ("department", 4), ("category", 5), ("reference", 6)):
        if field in layout.columns:
            assert found.lines[field].to_list() == [record[place] for record in records]
    intake = found.intake.row(0, named=True)
    assert intake["rows_read"] == intake["rows_assessed"] + intake["rows_set_aside"]
    assert intake["amount_read"] == sum(record[1] for record in records)


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(layout=layouts(), records=RECORDS, style=STYLES, line_end=st.sampled_from(["\n", "\r\n"]))
def test_text(layout: Layout, records: list[Record], style: tuple[str, str], line_end: str) -> None:
    encoding, delimiter = style
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=line_end).writerows(table(layout, records))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_bytes(out.getvalue().encode(encoding))
        check(path, layout, records)


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(layout=layouts(), records=RECORDS)
def test_workbooks(layout: Layout, records: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(table(layout, records)):
                for place, cell in enumerate(row):
                    sheet.write_string(number, place, cell)
        check(path, layout, records)
