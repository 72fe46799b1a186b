"""Notes and replies as they leave the product."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from checker import notes, records
from tests.checker.records.made import built_in


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))


def test_notes_on_the_suppliers_of_the_assessment_leave_in_order() -> None:
    records.note("acme cleaning", "Called them", "A")
    records.reply("acme cleaning", "We publish in June", "B", "section_54_statement")
    records.note("someone else", "Not in this list", "A")
    rows = notes.table(built_in())
    assert rows.select("supplier_id", "kind", "indicator", "text", "who").rows() == [
        ("S-ACME", "note", None, "Called them", "A"),
        ("S-ACME", "reply", "section_54_statement", "We publish in June", "B"),
    ]


def test_what_was_recorded_later_is_left_out() -> None:
    records.note("acme cleaning", "Called them", "A")
    assert notes.table(built_in(), datetime.now(UTC) - timedelta(hours=1)).is_empty()


def test_of_likely_persons_nothing_leaves() -> None:
    (person,) = built_in().suppliers.filter("personal")["key"]
    records.note(person, "A person", "A")
    assert notes.table(built_in()).is_empty()


def test_without_notes_the_columns_stay() -> None:
    assert notes.table(built_in()).columns == notes.COLUMNS
