"""Options to extend a contract: kept as written, and added to its end where they say clearly how long."""

from __future__ import annotations

from datetime import date

import pytest

from riskengine.lines.extensions import months
from tests.riskengine.lists import Rows, column, fields, policy, read, sheet

MONTHS = {
    "12 months": 12,
    "2 x 12 months": 24,
    "12 + 12 months": 24,
    "1+1+1 years": 36,
    "Up to 2 years (1+1)": 24,
    "Yes (2 x 12 months)": 24,
    "two further periods of 12 months": 24,
    "2 extensions of 12 months": 24,
    "12 month x 2": 24,
    "1 x 24 month extension": 24,
    "One year and 6 months": 18,
    "36m": 36,
    "1y + 1y": 24,
    "two further one-year periods": 24,
    "2 no. 12 month extensions": 24,
    "1 extension of 12 months": 12,
    "12 further months": 12,
    "+ 24 months": 24,
    "1+1+1": 36,
    "12+12": 24,
    "3+1+1": None,
    "2 extensions": None,
    "12-24 months": None,
    "12 24 months": None,
    "2 (12 months each)": None,
    "12/24 months": None,
    "12 months from 2027": None,
    "24": None,
    "Y": None,
    "None": None,
}


@pytest.mark.parametrize(("text", "expected"), MONTHS.items(), ids=MONTHS)
def test_months_of_an_extension(text: str, expected: int | None) -> None:
    assert months(text, None, policy()) == expected


def register(heading: str, *cells: str | None, end: str = "End Date") -> Rows:
    rows = [("Oak Ltd", "01/04/2024", "31/03/2026", cell) for cell in cells]
    return [("Supplier", "Start Date", end, heading), *rows]


@pytest.mark.parametrize(
    ("heading", "cell", "latest"),
    [
        ("Extension (months)", "12", date(2027, 3, 31)),
        ("Extension Option", "12", None),
        ("Option to Extend", "Until 30/09/2027", date(2027, 9, 30)),
        ("Options to extend", "6 months", date(2026, 9, 30)),
        ("Extension available", "Yes", None),
    ],
)
def test_an_extension_is_kept_as_written_and_added_where_it_is_clear(
    heading: str, cell: str, latest: date | None
) -> None:
    found = read(sheet(register(heading, cell, None)))
    assert column(found, "extension") == [cell, None]
    assert column(found, "latest_end") == [latest, None]
    assert column(found, "end") == [date(2026, 3, 31)] * 2


@pytest.mark.parametrize(
    ("cell", "option", "latest"),
    [
        ("31/03/2026 + 1 year", "+ 1 year", date(2027, 3, 31)),
        ("31/03/2026 (plus 2 x 12 months)", "plus 2 x 12 months", date(2028, 3, 31)),
        ("31/03/2026 with option to extend", "with option to extend", None),
        ("31/03/2026", None, None),
    ],
)
def test_an_extension_beside_the_end_is_told_apart_from_it(cell: str, option: str | None, latest: date | None) -> None:
    found = read(sheet([("Supplier", "Start Date", "Contract Finish"), ("Oak Ltd", "01/04/2024", cell)]))
    assert (column(found, "end"), column(found, "latest_end")) == ([date(2026, 3, 31)], [latest])
    assert column(found, "extension") == [option]


@pytest.mark.parametrize("heading", ["Latest End Date", "Contract End Date (incl. extension options)", "Extended to"])
def test_the_latest_end_stands_beside_the_end(heading: str) -> None:
    found = read(sheet(register(heading, "31/03/2028")))
    assert (column(found, "end"), column(found, "latest_end")) == ([date(2026, 3, 31)], [date(2028, 3, 31)])


def test_the_latest_end_alone_is_the_end_and_nothing_is_added_to_it() -> None:
    found = read(sheet(register("Extension Period", "12 months", end="End date including extensions")))
    assert fields(found)["end"] == "End date including extensions"
    assert (column(found, "end"), column(found, "latest_end")) == ([date(2026, 3, 31)], [None])
    told = 'The end dates count extensions ("End date including extensions"); the list gives no earlier end.'
    assert told in found.intake["notes"][0]


def test_an_officer_may_say_which_column_holds_the_extension() -> None:
    found = read(sheet(register("Further term", "24 months")), mapping={"extension": "Further term"})
    assert column(found, "latest_end") == [date(2028, 3, 31)]
