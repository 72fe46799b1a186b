"""Makes the sample lists from purchases.csv and people.csv: `python -m sample_contracts.make`.

The council, its suppliers, their numbers and postcodes are invented. The same input gives the same bytes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import cycle
from pathlib import Path

import xlsxwriter

FOLDER = Path(__file__).parent
COUNCIL = "Ambleford Borough Council"
MADE = datetime(2026, 6, 1, 9, 0, tzinfo=UTC).replace(tzinfo=None)
PEOPLE = (
    "Adult Social Care",
    "Children's Services",
    "Education",
    "Housing Options",
    "Human Resources",
    "Public Health",
)
EXTENSIONS = ("2 x 12 months", None, "1 year", "By agreement")
Cell = str | int | float | date | None


@dataclass(frozen=True)
class Purchase:
    """A line of purchases.csv; `cpv` has its check digit, `yearly` is £ a year.

    `proclass` holds two headings with a bar between.
    """

    supplier: str
    spellings: str
    number: str
    postcode: str
    department: str
    title: str
    expense: str
    cpv: str
    proclass: str
    yearly: str

    def spelling(self, at: int) -> str:
        """The supplier's name, now and then as somebody else typed it."""
        names = [self.supplier, *filter(None, self.spellings.split("|"))]
        return names[at % len(names)]

    def start(self) -> date:
        """Contracts began between 2021 and 2025."""
        return date(2021 + _digest(self.title, 5), (4, 7, 10, 1)[_digest(self.supplier, 4)], 1)

    def years(self) -> int:
        """Contracts run for two to six years."""
        return 2 + _digest(self.title + self.supplier, 5)

    def end(self) -> date:
        """The day before an anniversary of the start; contracts that would have ended by May 2026 were extended."""
        end = self.start().replace(year=self.start().year + self.years()) - timedelta(days=1)
        return end if end > date(2026, 5, 1) else end.replace(year=2027)


def main() -> None:
    """Write every list beside this script."""
    purchases = _purchases()
    _contracts_register(purchases)
    _payments_over_500(purchases)
    _contracts_with_codes(purchases)
    _payments_by_proclass(purchases)
    _faulty_list(purchases)
    _care_payments()
    _suppliers_without_amounts(purchases)
    _care_rates()


def _contracts_register(purchases: Sequence[Purchase]) -> None:
    headings = ["Contract ref", "Contract title", "Supplier", "Service area", "Start date", "End date", "Annual value"]
    headings.append("Option to extend")
    people = [
        [f"P{100 + at}", p.title, p.spelling(at % 2), p.department, p.start(), p.end(), int(p.yearly), option]
        for at, (p, option) in enumerate(zip(purchases, cycle(EXTENSIONS)))
        if p.department in PEOPLE
    ]
    place = [
        [p.spelling(at % 3), p.title, p.department, f"L{200 + at}", int(p.yearly), p.start(), p.end()]
        for at, p in enumerate(purchases)
        if p.department not in PEOPLE
    ]
    place_headings = [
        "Contractor",
        "Description of goods/services",
        "Team",
        "Reference",
        "Value p.a. (£)",
        "From",
        "To",
    ]
    title = [[COUNCIL], ["Contracts register, updated 1 June 2026"], ["Contracts of £5,000 a year or more"], []]
    notes = [["Notes"], ["Values exclude VAT."], ["Questions: procurement team, Civic Centre, Ambleford."]]
    _workbook(
        "contracts_register.xlsx",
        {"People": [*title, headings, *people], "Place": [*title[:2], [], place_headings, *place], "Notes": notes},
    )


def _payments_over_500(purchases: Sequence[Purchase]) -> None:
    rows: list[list[str]] = []
    for at, p in enumerate(purchases):
        for month_part in range(2 + at % 2):
            amount = int(p.yearly) / 24 * (0.8 + _digest(f"{p.title}{month_part}", 40) / 100)
            rows.append(
                [
                    p.department,
                    p.expense,
                    f"{4 + (at * 3 + month_part * 11) % 25:02}/05/2026",
                    f"{5100000 + len(rows) * 37}",
                    _pounds(amount),
                    p.spelling(at + month_part),
                ]
            )
    rows[17][4] = _pounds(-float(rows[17][4].replace("£", "").replace(",", "")) / 4)
    rows[60][4] = "-£1,250.00"
    for at in range(9):
        rows.insert(at * 14 + 5, ["Children's Services", "Fostering allowances", "15/05/2026", f"{5200000 + at}"])
        rows[at * 14 + 5] += [_pounds(486.5 + at * 20), "REDACTED PERSONAL DATA"]
    headings = ["Directorate", "Expense type", "Date paid", "Transaction number", "Amount (£)", "Supplier name"]
    _text("payments_over_500.csv", [headings, *rows], ",", "cp1252")


def _contracts_with_codes(purchases: Sequence[Purchase]) -> None:
    headings = ["Reference", "Title", "Supplier", "Company number", "Supplier postcode", "CPV code", "Start", "End"]
    rows = [
        [
            f"AMB-{2021 + at % 5}-{at:03}",
            p.title,
            p.supplier,
            p.number,
            p.postcode,
            p.cpv if at % 3 == 0 else p.cpv[:8],
            f"{p.start():%d/%m/%Y}",
            f"{p.end():%d/%m/%Y}",
            f"{int(p.yearly) * p.years()}.00",
        ]
        for at, p in enumerate(purchases)
        if p.number or at % 2
    ]
    _text("contracts_with_codes.csv", [[*headings, "Total contract value"], *rows], ",", "utf-8-sig")


def _payments_by_proclass(purchases: Sequence[Purchase]) -> None:
    headings = ["Payment date", "Beneficiary", "ProClass level 1", "ProClass level 2", "Invoice number", "Net amount"]
    rows = [
        [
            f"2026-{4 + at % 3:02}-{1 + at * 7 % 28:02}",
            p.spelling(at + 1),
            *p.proclass.split("|"),
            f"INV{88000 + at * 13}",
            f"{int(p.yearly) / 12:.2f}",
        ]
        for at, p in enumerate(purchases)
        if p.proclass
    ]
    _text("payments_by_proclass.csv", [headings, *rows], "\t", "utf-8")


def _faulty_list(purchases: Sequence[Purchase]) -> None:
    headings = ["Supplier", "Contract", "Start", "Expiry", "Contract value"]
    rows: list[Sequence[Cell]] = [[COUNCIL + " - draft, do not quote"], [], headings]
    rows += [[p.supplier, p.title, p.start(), p.end(), int(p.yearly) * 3] for p in purchases[:6]]
    rows += [
        ["Subtotal adult social care", None, None, None, sum(int(p.yearly) * 3 for p in purchases[:6])],
        [],
        headings,
        [purchases[8].spelling(1), purchases[8].title, "31/02/2026", "rolling", "POA"],
        [purchases[9].supplier, purchases[9].title, "Apr-25", "TBC", "£6,240 per annum"],
        [purchases[10].spelling(1), purchases[10].title, "01.04.2024", "31st March 2027", "£6.4m"],
        [purchases[13].supplier, purchases[13].title, "1 September 2025", "30/11/2026", "(12,500.00)"],
        [purchases[18].spelling(1), purchases[18].title, 45748, 46477, "645,000 approx"],
        [None, "Window cleaning - supplier to be confirmed", "01/04/2026", "31/03/2027", 18000],
        ["", "", "", "", ""],
        ["N/A", "Placeholder for future lot 3", None, None, "TBC"],
        ['=HYPERLINK("https://click.example","Larkhanger")', "Agency staff", "01/07/2025", "30/06/2027", 310000],
        ["  Cawthermoor   Cleaning  Services Ltd ", "Office cleaning", "2026-13-01", "31/12/2026", "390000.5"],
        ["Unknownium Trading", "Misc", None, None, "-"],
        ["GRAND TOTAL", None, None, None, "£9,999,999.99"],
        [],
        ["Please send corrections to the procurement team."],
    ]
    _workbook("faulty_list.xlsx", {"Sheet1": rows})


def _care_payments() -> None:
    with (FOLDER / "people.csv").open(encoding="utf-8", newline="") as file:
        payees = list(csv.DictReader(file))
    rows = [
        [
            COUNCIL,
            payee["service"],
            payee["expense"],
            payee["description"],
            f"{2 + (at * 5 + time * 9) % 27:02}-Jun-26",
            payee["name"],
            f"{float(payee['amount']) + time * 12.5:.2f}",
        ]
        for at, payee in enumerate(payees)
        for time in range(int(payee["times"]))
    ]
    headings = ["Body name", "Service area", "Expense category", "Narrative", "Date", "Supplier", "Net"]
    _text("care_payments.csv", [headings, *rows], ",", "utf-8")


def _suppliers_without_amounts(purchases: Sequence[Purchase]) -> None:
    rows = [[p.supplier, p.title, p.department] for p in purchases[::3]]
    _text("suppliers_without_amounts.csv", [["Name of supplier", "What they do for us", "Team"], *rows], ";", "utf-8")


def _care_rates() -> None:
    homes = ["Tarnleigh Homecare Limited", "Brackenholt Supported Living Limited", "Fennimarsh Reablement C.I.C."]
    prices = [f"{23.5 + at % 4 * 0.6:.2f}" for at in range(12)]
    prices[6], prices[8] = "12.80", ""
    rows = [[homes[at % 3], "", "Home care", f"{20 + at * 3}", "hour", price] for at, price in enumerate(prices)]
    rows[3][1] = "99100011"
    rows.append(["Thrushcombe Homecare Limited", "99150015", "Home care", "30", "hour", "24.10"])
    headings = ["Supplier", "Company number", "Description", "Quantity", "Unit", "Unit price (£)", "Net amount (£)"]
    priced = [[*row, f"{float(row[3]) * float(row[5]):.2f}" if row[5] else ""] for row in rows]
    _text("care_rates.csv", [headings, *priced], ",", "utf-8")


def _purchases() -> list[Purchase]:
    with (FOLDER / "purchases.csv").open(encoding="utf-8", newline="") as file:
        return [Purchase(**row) for row in csv.DictReader(file)]


def _workbook(name: str, sheets: dict[str, Sequence[Sequence[Cell]]]) -> None:
    with xlsxwriter.Workbook(str(FOLDER / name), {"default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"author": COUNCIL, "created": MADE})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            sheet.set_column(0, 7, 28)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(at, column, cell)
                    elif cell is not None:
                        sheet.write(at, column, cell)


def _text(name: str, rows: Iterable[Sequence[str]], delimiter: str, encoding: str) -> None:
    with (FOLDER / name).open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(rows)


def _pounds(amount: float) -> str:
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.2f}"


def _digest(text: str, size: int) -> int:
    """A number below `size` that only depends on the text."""
    return int(sha256(text.encode()).hexdigest(), 16) % size


if __name__ == "__main__":
    main()
