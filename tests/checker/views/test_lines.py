"""Lines joined with what was found of them, filtered and cut into pages."""

from __future__ import annotations

import polars as pl
import pytest

from checker.views import lines
from checker.views.lines import Wanted
from riskengine.report import withhold
from tests.assessment_factory import assessment


def test_lines_with_most_points_come_first_then_the_largest() -> None:
    ranked = lines.ranked(assessment())
    assert ranked.get_column("line_id").to_list() == ["a-1-2", "b-1-2", "b-1-3"]
    assert ranked.row(0, named=True)["statement"] == "none_found"


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        pytest.param(Wanted(), ["a-1-2", "b-1-2", "b-1-3"], id="everything"),
        pytest.param(Wanted(bands=("high", "low")), ["a-1-2", "b-1-2"], id="bands"),
        pytest.param(Wanted(sectors=("cleaning",)), ["a-1-2"], id="sector"),
        pytest.param(Wanted(statements=("current",)), ["b-1-2"], id="statement"),
        pytest.param(Wanted(departments=("Housing",)), [], id="department of no line"),
        pytest.param(Wanted(text="OFFICE acme"), ["a-1-2"], id="words in any order and case"),
        pytest.param(Wanted(text="hyperlink("), ["b-1-2"], id="words are not patterns"),
        pytest.param(Wanted(bands=("high",), text="bolt"), [], id="all of them must fit"),
    ],
)
def test_the_wanted_lines_are_kept(wanted: Wanted, kept: list[str]) -> None:
    assert lines.kept(lines.ranked(assessment()), wanted).get_column("line_id").to_list() == kept


def test_a_persons_name_cannot_be_searched_for() -> None:
    ranked = lines.ranked(withhold(assessment()))
    assert lines.kept(ranked, Wanted(text="jane")).is_empty()
    assert lines.kept(ranked, Wanted(text="withheld")).height == 1


@pytest.mark.parametrize(
    ("number", "first"), [(1, 0), (2, 10), (3, 20), (9, 20), (0, 0)], ids=["first", "second", "last", "past", "before"]
)
def test_a_page_is_cut(number: int, first: int) -> None:
    frame = pl.DataFrame({"row": range(25)})
    assert lines.page(frame, number, size=10).get_column("row").to_list() == list(range(first, min(first + 10, 25)))


@pytest.mark.parametrize(("rows", "pages"), [(0, 1), (10, 1), (11, 2)])
def test_pages_are_counted(rows: int, pages: int) -> None:
    assert lines.pages(rows, size=10) == pages
