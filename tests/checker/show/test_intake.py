"""What the Upload page says of how headings were understood."""

from __future__ import annotations

from typing import Any

from checker.show import intake
from riskengine.schemas import Headings
from tests.frames import frame


def headings(*pairs: tuple[str, str | None]) -> Any:
    rows = [{"column": at, "heading": heading, "field": field} for at, (heading, field) in enumerate(pairs, start=1)]
    return frame(Headings, rows, file="list.csv", sheet="list", reason="Usual.")


def test_each_field_shows_the_headings_it_was_taken_from() -> None:
    found = headings(("Payee", "supplier"), ("Supplier", "supplier"), ("Net", "amount"), ("VAT", None))
    assert intake.understood(found) == {
        "supplier": "As understood: Payee and Supplier",
        "amount": "As understood: Net",
    }


def test_many_headings_are_counted() -> None:
    found = headings(("Payee", "supplier"), ("Supplier", "supplier"), ("Vendor", "supplier"))
    assert intake.understood(found) == {"supplier": "As understood: 3 headings, one a sheet"}
