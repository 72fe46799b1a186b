"""Money in all the ways councils write it."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from riskengine.lines import amounts
from tests.riskengine.lists import column, one_column, policy, read, sheet

CASES = {
    "1250": "1250.00",
    "£1,234.50": "1234.50",
    "(1,234.50)": "-1234.50",
    "(£5.00)": "-5.00",
    "-£724,727.09": "-724727.09",
    "£-5.00": "-5.00",
    "1234-": "-1234.00",
    "£5,000.00-": "-5000.00",
    "−12.00": "-12.00",
    " 50,000.00 ": "50000.00",
    "1.234,50": "1234.50",
    "1241,32": "1241.32",
    "1 234 567.89": "1234567.89",
    "1.884.192.19": "1884192.19",
    "£1.2m": "1200000.00",
    "£100k": "100000.00",
    "circa £1.5 million": "1500000.00",
    "£2bn": "2000000000.00",
    "500 CR": "-500.00",
    "CR 500": "-500.00",
    "(5.00": "-5.00",
    "(est.) 5.00": "5.00",
    "£25,000 per annum": "25000.00",
    "25000 pa": "25000.00",
    "£1,234.50 + VAT": "1234.50",
    "GBP 12.50": "12.50",
    "œ50.00": "50.00",
    "�880,000.00": "880000.00",
    "?1,200": "1200.00",
    "£12.": "12.00",
    "£1,2345": None,
    "£1,2345.67": None,
    "1,234,56": None,
    "£1,250,00.00": None,
    "1,23,456.00": "123456.00",
    "1234,567.89": "1234567.89",
    "£5000 - paid": "5000.00",
    "Paid - £5000": "5000.00",
    "£5000- paid": None,
    "5000- CR": "-5000.00",
    "-£20 - refund": "-20.00",
    ".5": "0.50",
    "1,234.5678": "1234.57",
    "2.345": "2.35",
    "-2.345": "-2.35",
    "1E+05": "100000.00",
    "-9.09E-13": "0.00",
    "£ -": "0.00",
    "nil": "0.00",
    "POA": None,
    "TBC": None,
    "rolling": None,
    "£10,000 - £20,000": None,
    "£50,000 (3 years)": None,
    "£2,500 per month": None,
    "£500 pcm": None,
    "£15.50/hour": None,
    "£5,000/year": "5000.00",
    "£5,000 p/a": "5000.00",
    "3 years": None,
    "20%": None,
    "$5,000": None,
    "5,000 EUR": None,
    "2021/22": None,
    "#REF!": None,
    "99999999999999999": None,
}


@pytest.mark.parametrize(("text", "pounds"), CASES.items())
def test_one_amount(text: str, pounds: str | None) -> None:
    assert amounts.money(text, False, policy()) == (None if pounds is None else Decimal(pounds))


@pytest.mark.parametrize(("text", "pounds"), CASES.items())
def test_a_column_reads_as_its_cells_do(text: str, pounds: str | None) -> None:
    values = amounts.parse(pl.Series("amount", [text.strip(), "7.00", "8.50"]), policy()).values.to_list()
    assert values == [None if pounds is None else Decimal(pounds), Decimal(7), Decimal("8.5")]


def test_decimal_commas_are_told_from_the_whole_column() -> None:
    read = amounts.parse(pl.Series("amount", ["1.234", "2.000,50", "3.000,10", "1,5"]), policy())
    assert read.comma_decimals
    assert read.values.to_list() == [Decimal(1234), Decimal("2000.5"), Decimal("3000.1"), Decimal("1.5")]


def test_one_decimal_comma_does_not_turn_the_column() -> None:
    read = amounts.parse(pl.Series("amount", ["1,234", "1241,32", "5.10"]), policy())
    assert not read.comma_decimals
    assert read.values.to_list() == [Decimal(1234), Decimal("1241.32"), Decimal("5.1")]


@pytest.mark.parametrize(
    ("heading", "cells", "pounds"),
    [
        ("Contract Value (£000)", ("5", "2.5", "£250k"), (5_000, 2_500, 250_000)),
        ("Annual value £'000s", ("1,250", "POA", "(3)"), (1_250_000, None, -3_000)),
        ("Total £m", ("1.2", "0.35", "3"), (1_200_000, 350_000, 3_000_000)),
        ("Spend over £25,000", ("26,000", "30,000", "25,000"), (26_000, 30_000, 25_000)),
        ("Contract value over £1 million", ("1", "2", "3"), (1, 2, 3)),
        ("Contract Value (£000)", ("250,000", "300,000", "90"), (250_000, 300_000, 90)),
    ],
)
def test_amounts_in_thousands_or_millions(heading: str, cells: tuple[str, ...], pounds: tuple[int | None, ...]) -> None:
    assert one_column(heading, cells, "amount") == [None if one is None else Decimal(one) for one in pounds]


def test_amounts_in_thousands_are_told() -> None:
    found = read(sheet([("Supplier", "Value (£000)"), ("Oak Ltd", "5")]))
    told = 'Amounts are given in thousands of pounds ("Value (£000)") and were multiplied.'
    assert told in found.intake["notes"][0]


def test_unreadable_amounts_stay_lines() -> None:
    assert one_column("Contract Value", ["POA", "5.00"], "amount") == [None, Decimal(5)]


def test_an_amount_that_is_not_known_says_why_and_in_which_row() -> None:
    values = ["£10,000 - £25,000", "POA", "€500.00", "5.00", "TBC", "5 apples"]
    found = read(
        sheet([("Supplier Name", "Contract Value"), *((f"Supplier {at} Ltd", v) for at, v in enumerate(values))])
    )
    assert column(found, "amount") == [None, None, None, Decimal(5), None, None]
    notes = found.intake["notes"][0].to_list()
    assert '1 amount is a range or several figures, such as "£10,000 - £25,000" in row 2.' in notes
    assert '2 amounts are given in words alone, such as "POA" in row 3.' in notes
    assert '1 amount is not in pounds, such as "€500.00" in row 4.' in notes
    assert any("is not known, and it counts in no total" in note for note in notes)


@pytest.mark.parametrize(
    ("heading", "amounts"),
    [
        ("Amount", [Decimal(5), None, Decimal(7), Decimal(8)]),
        ("Amount in Sterling", [Decimal(n) for n in (5, 6, 7, 8)]),
    ],
)
def test_a_currency_column_tells_amounts_that_are_not_pounds(heading: str, amounts: list[Decimal | None]) -> None:
    cells = [("5.00", "GBP"), ("6.00", "EUR"), ("7.00", ""), ("8.00", "£")]
    rows = [(f"Supplier {at} Ltd", *values) for at, values in enumerate(cells)]
    found = read(sheet([("Supplier Name", heading, "Currency"), *rows]))
    assert column(found, "amount") == amounts
    told = '1 amount is not in pounds, such as "6.00 EUR" in row 3.'
    assert (told in found.intake["notes"][0].to_list()) == (None in amounts)
