"""Where goods were made, as a list tells it."""

from __future__ import annotations

import pytest

from tests.riskengine.lists import column, read, sheet

ROW = ("Ashdown Supplies Ltd", "Solar panels", "£1,200.00", "Malaysia")


@pytest.mark.parametrize(
    ("heading", "origin"),
    [
        ("Country of Origin", "Malaysia"),
        ("Country of manufacture", "Malaysia"),
        ("Place of Manufacture", "Malaysia"),
        ("Origin of goods", "Malaysia"),
        ("National origin", None),
        ("Ethnic origin", None),
        ("Supplier country", None),
        ("Origin", None),
    ],
)
def test_the_origin_of_goods_is_read_and_that_of_people_is_not(heading: str, origin: str | None) -> None:
    found = read(sheet([("Supplier", "Description", "Amount", heading), ROW]))
    assert column(found, "origin") == [origin]
