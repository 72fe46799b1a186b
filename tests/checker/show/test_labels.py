"""Words and number formats."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from checker.records import Summary
from checker.show import frame, labels
from checker.show.labels import Labels
from riskengine import policy


@pytest.mark.parametrize(
    ("amount", "exact", "rounded"),
    [
        pytest.param(Decimal("1234.50"), "£1,234.50", "£1,234", id="thousands"),
        pytest.param(Decimal("-20.00"), "−£20.00", "−£20", id="a refund"),
        pytest.param(Decimal("4200000"), "£4,200,000.00", "£4.2 million", id="millions"),
        pytest.param(Decimal("1300000000"), "£1,300,000,000.00", "£1.3 billion", id="billions"),
        pytest.param(Decimal("999999.99"), "£999,999.99", "£1.0 million", id="just under a million"),
        pytest.param(None, "Not known", "Not known", id="not known"),
    ],
)
def test_pounds(amount: Decimal | None, exact: str, rounded: str) -> None:
    assert (labels.pounds(amount), labels.round_pounds(amount)) == (exact, rounded)


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "0%"), (0.004, "under 1%"), (0.5, "50%"), (0.994, "over 99%"), (1.0, "100%"), (None, "Not known")],
)
def test_a_share_is_all_or_nothing_only_when_it_is(share: float | None, words: str) -> None:
    assert labels.percent(share) == words


def test_a_day_is_written_in_full() -> None:
    assert labels.day(date(2026, 4, 1)) == "1 April 2026"


@pytest.mark.parametrize(("number", "words"), [(0, "0 lines"), (1, "1 line"), (1234, "1,234 lines")])
def test_a_count_agrees_with_its_noun(number: int, words: str) -> None:
    assert labels.count(number, "line") == words


@pytest.mark.parametrize(("words", "told"), [([], ""), (["a"], "a"), (["a", "b", "c"], "a, b and c")])
def test_a_list_reads_as_a_sentence(words: list[str], told: str) -> None:
    assert labels.listed(words) == told


@pytest.mark.parametrize(
    ("sheet", "told"),
    [("(text)", "spend.csv, row 3"), ("Place", "spend.csv, Place, row 3")],
    ids=["text file", "sheet"],
)
def test_a_place_names_the_sheet_where_there_are_sheets(sheet: str, told: str) -> None:
    assert labels.place({"file": "spend.csv", "sheet": sheet, "row": 3}) == told


def test_a_sector_has_its_name_and_unknown_is_said_so() -> None:
    words = Labels(policy.load())
    assert words.sector("care_home_care") == "Home care and supported living for adults"
    assert words.sector("unknown") == "Sector not known"


def test_two_assessments_of_the_same_lists_are_told_apart() -> None:
    first = Summary("a" * 12, datetime(2026, 6, 1, 9, 5, tzinfo=UTC), ("spend.csv",), date(2026, 6, 1), 3, 1, False)
    second = replace(first, id="b" * 12)
    assert frame.told(first) == "spend.csv, as of 1 June 2026, 3 lines, draft aaaaaa kept 1 June 2026, 09:05 UTC"
    assert frame.told(first) != frame.told(second)
