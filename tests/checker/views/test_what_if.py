"""Which lines change band when a weight is tried, and how they are told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checker.show import what_if as shown
from checker.show.labels import Labels
from checker.views import lines, what_if
from riskengine.pipeline import Assessment
from tests.assessment_factory import assessment, policy_of_tests

MARKET = ("market", "high")


def test_every_case_that_earns_points_can_be_tried() -> None:
    assert what_if.weights(policy_of_tests()) == {MARKET: 60, ("statement", "none"): 3}


@pytest.mark.parametrize(("points", "changed"), [(59, 0), (0, 1)], ids=["still high", "no points"])
def test_lines_that_change_band_are_counted_by_kind(points: float, changed: int) -> None:
    made = assessment()
    found = what_if.moved(made, lines.ranked(made).lazy(), MARKET, points)
    assert (found.changed, found.lines) == (changed, 3)
    amounts = [("yearly", "high", "low", 1, Decimal("120000.00"))] * changed
    assert found.moves.rows() == amounts


def told(made: Assessment) -> list[list[tuple[str, str | None]]]:
    found = what_if.moved(made, lines.ranked(made).lazy(), MARKET, 0)
    table = shown.first(found, Labels(made.policy), "abc")
    return [[(cell.text, cell.note) for cell in row] for row in table.rows]


def test_a_changed_line_bears_both_bands_in_words() -> None:
    ((supplier, _, _, before, after),) = told(assessment())
    assert supplier[0] == "Acme Cleaning Ltd"
    assert (before, after) == (("High", "63 points"), ("Low", "3 points"))
