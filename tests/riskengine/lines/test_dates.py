"""Dates in every style of published lists."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from riskengine.lines import dates, texts
from tests.riskengine.lists import column, policy, read, sheet

CASES = {
    "04/01/2017": date(2017, 1, 4),
    "4/1/17": date(2017, 1, 4),
    "01.09.2014": date(2014, 9, 1),
    "01-12-2020": date(2020, 12, 1),
    "12-Jan-11": date(2011, 1, 12),
    "11-Dec-2012": date(2012, 12, 11),
    "17 July 2023": date(2023, 7, 17),
    "1st September 2024": date(2024, 9, 1),
    "3rd of May 2024": date(2024, 5, 3),
    "Monday 3 June 2024": date(2024, 6, 3),
    "Tue, 04 Jun 2024": date(2024, 6, 4),
    "May 3, 2024": date(2024, 5, 3),
    "2019-09-19": date(2019, 9, 19),
    "2019-09-19 00:00:00": date(2019, 9, 19),
    "2024-03-01T00:00:00Z": date(2024, 3, 1),
    "31/01/2024 14:05": date(2024, 1, 31),
    "20240131": date(2024, 1, 31),
    "202403": date(2024, 3, 1),
    "Mar-24": date(2024, 3, 1),
    "Sep 2014": date(2014, 9, 1),
    "03/2024": date(2024, 3, 1),
    "45352": date(2024, 3, 1),
    "45352.5": date(2024, 3, 1),
    "31/01/2024*": date(2024, 1, 31),
    "31/01/2024 (3 years)": date(2024, 1, 31),
    "31/01/2024 (extended to 2026)": None,
    "31/01/2024 (was 31/01/23)": None,
    "31/01/2024 + 2 years": date(2024, 1, 31),
    "From 31/01/2024": date(2024, 1, 31),
    "w/e 31/01/2024": date(2024, 1, 31),
    "Expires 31 January 2024": date(2024, 1, 31),
    "before 31/01/2024": None,
    "31/02/2024": None,
    "01/01/1900": None,
    "31/12/9999": None,
    "######": None,
    "TBC": None,
    "2023/24": None,
    "Rolling": None,
}


@pytest.mark.parametrize(("text", "day"), CASES.items())
def test_one_date(text: str, day: date | None) -> None:
    assert dates.parse(texts.of(pl.Series("date", [text])), policy()).values.to_list() == [day]


@pytest.mark.parametrize(
    ("dated", "month_first"),
    [
        (["4/30/2020", "4/12/2020", "5/31/2020"], True),
        (["30/04/2020", "12/04/2020"], False),
        (["01/02/2020", "03/04/2020"], False),
        (["01/02/2020", "04/13/2020", "03/04/2020"], False),
        (["4/13/2020", "4/14/2020", "25/03/2020"], False),
        (["4/30/2020"] * 45 + ["25/03/2020"] * 2, True),
    ],
    ids=["us", "uk", "ambiguous", "one cell", "contradicted", "rarely contradicted"],
)
def test_order_of_day_and_month_is_told_from_the_whole_column(dated: list[str], month_first: bool) -> None:
    assert dates.parse(texts.of(pl.Series("date", dated)), policy()).month_first == month_first


def test_us_dates_are_told() -> None:
    rows = [("Supplier", "Payment Date"), ("Elm Ltd", "4/30/2020"), ("Ash Ltd", "4/12/2020"), ("Oak", "4/29/2020")]
    found = read(sheet(rows))
    assert column(found, "date") == [date(2020, 4, 30), date(2020, 4, 12), date(2020, 4, 29)]
    assert "month first" in " ".join(found.intake["notes"][0])


def test_a_month_alone_ends_on_its_last_day() -> None:
    rows = [("Supplier", "Start Date", "End Date"), ("Elm Ltd", "Apr-24", "Feb-28")]
    found = read(sheet(rows))
    assert column(found, "start") == [date(2024, 4, 1)]
    assert column(found, "end") == [date(2028, 2, 29)]


@pytest.mark.parametrize(
    "text",
    [
        "01/04/2024 - 31/03/2027",
        "01/04/2024-31/03/2027",
        "01/04/2024 to 31/03/2027",
        "1 April 2024 – 31 March 2027",
        "From 01/04/2024 until 31/03/2027",
        "Apr-24 to Mar-27",
        "2024-04-01 - 2027-03-31",
        "2024-04-01 to 2027-03-31",
        "April 2024 – March 2027",
        "01 Apr 2024 / 31 Mar 2027",
        "01/04/2024 to 31/03/2027 (3 years)",
        "01.04.24 - 31.03.27 (+2)",
        "1/4/24-31/3/27 + 1 + 1",
        "01/04/2024 – 31/03/2027 with option to extend by 12 months",
    ],
)
def test_a_period_gives_start_and_end(text: str) -> None:
    found = read(sheet([("Supplier", "Contract Period"), ("Elm Ltd", text)]))
    assert (column(found, "start"), column(found, "end")) == ([date(2024, 4, 1)], [date(2027, 3, 31)])


def test_what_is_no_period_is_told() -> None:
    found = read(sheet([("Supplier", "Contract Period", "Start Date"), ("Elm Ltd", "as agreed 3", "01/04/2024")]))
    assert (column(found, "start"), column(found, "end")) == ([date(2024, 4, 1)], [None])
    assert '1 cell of the period column could not be read, such as "as agreed 3" in row 2.' in found.intake["notes"][0]
