"""What the Upload page says of how headings were understood."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.runs import Run
from checker.show import intake
from checker.turns import Place
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


def test_a_run_that_waits_says_for_how_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(tmp_path)
    for place, words in (
        (None, "Starting"),
        (Place(1, 0), "Waiting for its turn: 1 run is at work, 0 runs wait before yours."),
        (Place(2, 1), "Waiting for its turn: 2 runs are at work, 1 run waits before yours."),
    ):
        monkeypatch.setattr(Run, "waiting", lambda _, place=place: place)
        assert intake.doing(run) == words
