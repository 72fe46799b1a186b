"""Quantities, units and the price of one unit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from tests.riskengine.lists import column, fields, read, sheet

NAMES = ("Ashdown Care Ltd", "Birch Care Ltd")


def listed(headings: Sequence[str], *cells: Sequence[str]) -> object:
    rows = [(name, *values) for name, values in zip(NAMES, cells, strict=False)]
    return read(sheet([("Supplier Name", *headings), *rows]))


@pytest.mark.parametrize(
    ("headings", "cells", "quantity", "unit", "rate"),
    [
        (("Quantity", "Unit of Measure", "Unit Price"), ("120", "Hours", "£12.60"), "120", "hour", "12.60"),
        (("Qty", "UOM", "Unit Cost"), ("3", "EA", "1,200.00"), "3", "item", "1200.00"),
        (("Hours Worked", "Hourly Rate"), ("37.5", "13.15"), "37.5", "hour", "13.15"),
        (("Rate per hour (£)",), ("12.60",), None, "hour", "12.60"),
        (("Charge Rate",), ("£12.60 per hour",), None, "hour", "12.60"),
        (("Charge Rate",), ("£12.60 per hour (ex VAT)",), None, "hour", "12.60"),
        (("Charge Rate",), ("12.60/hr",), None, "hour", "12.60"),
        (("Quantity", "Price per tonne"), ("12", "85"), "12", "tonne", "85"),
        (("Quantity", "Unit Price"), ("120 hrs", "12.60"), "120", "hour", "12.60"),
        (("Quantity", "Unit of Measure", "Price"), ("2", "Pallet load", "40"), "2", "Pallet load", None),
        (("Day Rate",), ("TBC",), None, None, None),
    ],
)
def test_one_price(
    headings: tuple[str, ...], cells: tuple[str, ...], quantity: str | None, unit: str | None, rate: str | None
) -> None:
    found = listed(headings, cells)
    expected = [None if number is None else Decimal(number) for number in (quantity, rate)]
    assert [column(found, "quantity")[0], column(found, "rate")[0]] == expected
    assert column(found, "unit")[0] == unit


@pytest.mark.parametrize(
    ("headings", "cells", "amount", "rate"),
    [
        (("Unit Price", "Amount"), ("12.60", "1,512.00"), "Amount", "Unit Price"),
        (("Quantity", "Price", "Total"), ("3", "2.00", "6.00"), "Total", "Price"),
        (("Quantity", "Cost", "Net Amount"), ("3", "2.00", "6.00"), "Net Amount", "Cost"),
        (("Hourly Rate", "Value"), ("12.60", "1,512.00"), "Value", "Hourly Rate"),
        (
            ("Unit cost excluding VAT", "Total cost excluding VAT"),
            ("1.00", "2.00"),
            "Total cost excluding VAT",
            "Unit cost excluding VAT",
        ),
        (("Unit value", "Line value"), ("1.00", "2.00"), "Line value", "Unit value"),
        (("Annual Cost", "Cost"), ("5.00", "6.00"), "Annual Cost", None),
        (("Cost", "Amount"), ("5.00", "6.00"), "Amount", None),
        (("Price",), ("5.00",), "Price", None),
        (("VAT Rate", "Amount"), ("20", "6.00"), "Amount", None),
        (("Tax Rate", "Amount"), ("20", "6.00"), "Amount", None),
        (("Rate", "Amount"), ("20", "6.00"), "Amount", None),
        (("Hourly Rate",), ("12.60",), None, "Hourly Rate"),
        (("Business Rates", "Amount"), ("12.60", "6.00"), "Amount", None),
    ],
)
def test_an_amount_is_never_taken_for_a_rate_nor_the_reverse(
    headings: tuple[str, ...], cells: tuple[str, ...], amount: str | None, rate: str | None
) -> None:
    found = fields(listed(headings, cells, cells))
    assert (found.get("amount"), found.get("rate")) == (amount, rate)


def test_a_unit_of_the_council_is_a_department() -> None:
    found = listed(("Amount", "Unit"), ("5.00", "Adult Services"), ("6.00", "Highways"))
    assert fields(found)["department"] == "Unit"
    assert column(found, "unit") == [None, None]


def test_a_list_without_such_columns_leaves_them_empty() -> None:
    found = listed(("Amount",), ("5.00",))
    assert [column(found, name) for name in ("quantity", "unit", "rate")] == [[None]] * 3


def test_a_rate_that_cannot_be_read_is_told() -> None:
    found = listed(("Hourly Rate", "Amount"), ("12.60", "5.00"), ("by grade", "6.00"))
    assert column(found, "rate") == [Decimal("12.60"), None]
    assert any("rate column could not be read" in note for note in found.intake["notes"][0])
