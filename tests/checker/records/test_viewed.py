"""Saved views: one's own and shared ones, replaced by name, deleted by whom they belong to."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import records
from checker.records import RecordError, verification
from checker.records.backup import backup, restore

HIGH = {"bands": ["high"], "sectors": []}


def names(who: str) -> list[tuple[str, bool]]:
    return [(one.name, one.shared) for one in records.saved_views(who)]


def test_a_view_is_ones_own_unless_it_is_shared() -> None:
    records.save_view("Care", HIGH, "A", shared=False)
    records.save_view("All high", HIGH, "A", shared=True)
    assert names("A") == [("All high", True), ("Care", False)]
    assert names("B") == [("All high", True)]
    assert records.saved_views("B")[0].filters == {"bands": ["high"]}


def test_a_view_of_the_same_name_is_replaced() -> None:
    records.save_view("Care", HIGH, "A", shared=False)
    records.save_view("Care", {"bands": ["low"]}, "A", shared=False)
    records.save_view("Care", HIGH, "B", shared=False)
    assert [one.filters for one in records.saved_views("A")] == [{"bands": ["low"]}]


def test_only_ones_own_view_can_be_deleted_and_the_trail_says_so() -> None:
    kept = records.save_view("All high", HIGH, "A", shared=True)
    with pytest.raises(RecordError, match="no such view of yours"):
        records.delete_view(kept, "B")
    records.delete_view(kept, "A")
    assert names("A") == []
    assert [entry.action for entry in records.trail(2)] == ["deleted a view", "saved a view"]
    assert verification.verify().faults == ()


@pytest.mark.parametrize(("name", "filters"), [("", HIGH), ("x" * 81, HIGH), ("Nothing", {"bands": []})])
def test_a_view_needs_a_name_and_a_filter(name: str, filters: dict[str, list[str]]) -> None:
    with pytest.raises(RecordError):
        records.save_view(name, filters, "A", shared=False)


def test_views_come_back_from_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    if kind == "postgresql":
        pytest.skip("a second database is made in the tests of the backup")
    records.save_view("Care", HIGH, "A", shared=True)
    backup(tmp_path / "backup.zip")
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "other"))
    restore(tmp_path / "backup.zip")
    assert names("B") == [("Care", True)]
