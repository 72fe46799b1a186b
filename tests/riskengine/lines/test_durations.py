"""The end of a contract that is given by its start and how long it runs, as far as that is clear."""

from __future__ import annotations

from datetime import date

import pytest

from riskengine.lines.durations import Duration, duration
from tests.riskengine.lists import Rows, column, policy, read, sheet

DURATIONS = {
    "36 months": Duration(36),
    "Three years": Duration(36),
    "Initial term 2 years": Duration(24),
    "3 years (36 months)": Duration(36),
    "2 yrs + 1": Duration(24, True, 12),
    "3+1+1": Duration(36, True, 24),
    "24+12": Duration(24, True, 12),
    "2 years (2 year extension)": Duration(24, True, 24),
    "2 years with option to extend for 1 year": Duration(24, True, 12),
    "12 months, extendable": Duration(12, True),
    "4 years (2+2)": None,
    "Up to 4 years": None,
    "36": None,
    "rolling": None,
    "12 months rolling": None,
    "5 years from 1 April 2024": None,
}


@pytest.mark.parametrize(("text", "expected"), DURATIONS.items(), ids=DURATIONS)
def test_one_duration(text: str, expected: Duration | None) -> None:
    assert duration(text, None, policy()) == expected


def register(heading: str, *cells: str | None) -> Rows:
    rows = [("Oak Ltd", "01/04/2024", "£5,000", cell) for cell in cells]
    return [("Supplier", "Start Date", "Contract Value", heading), *rows]


@pytest.mark.parametrize(
    ("heading", "cell", "end", "latest"),
    [
        ("Duration (months)", "36", date(2027, 3, 31), None),
        ("Contract Term (Years)", "2 + 1", date(2026, 3, 31), date(2027, 3, 31)),
        ("Contract Length", "18 months", date(2025, 9, 30), None),
        ("Duration", "rolling", None, None),
        ("Extension (months)", "12", None, None),
    ],
)
def test_the_end_is_reckoned_where_a_list_has_no_column_of_ends(
    heading: str, cell: str, end: date | None, latest: date | None
) -> None:
    found = read(sheet(register(heading, cell)))
    assert (column(found, "end"), column(found, "latest_end")) == ([end], [latest])
    assert column(found, "duration") == [cell if end else None]
    assert ("1 contract: the end was reckoned from the start" in str(found.intake["notes"].to_list())) == (
        end is not None
    )


def test_nothing_is_reckoned_where_the_list_gives_ends() -> None:
    rows = [("Supplier", "Start", "End", "Duration"), ("Oak Ltd", "01/04/2024", "TBC", "3 years")]
    assert column(read(sheet(rows)), "end") == [None]
