"""Ranked lines kept beside an assessment: the same as worked out anew, without names, and gone with it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from checker import apart, exports, ranked, records
from checker.records import frames, retention
from checker.records.errors import RecordError
from checker.settings import Settings
from checker.views import lines
from riskengine import report
from tests.checker.records.made import built_in


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))


def test_kept_lines_are_those_that_are_worked_out_anew() -> None:
    made = records.save(built_in())
    expected = lines.ranked(report.withhold(built_in()))
    assert_frame_equal(ranked.scan(made).collect(), expected)
    kept = ranked.keep(made, built_in())
    assert_frame_equal(pl.read_parquet(kept), expected)


def test_no_name_of_a_person_is_in_the_kept_lines() -> None:
    told = ranked.scan(records.save(built_in())).collect().write_json()
    assert "withheld" in told
    assert "Jane Example" not in told


def test_they_are_made_once() -> None:
    made = records.save(built_in())
    before = ranked.keep(made, built_in()).stat().st_mtime_ns
    assert ranked.keep(made, built_in()).stat().st_mtime_ns == before


def test_what_other_code_made_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names might be withheld otherwise since."""
    made = records.save(built_in())
    workbook, lines_before = exports.kept_workbook(made), ranked.keep(made, built_in())
    monkeypatch.setattr(ranked, "_code", lambda: "other")
    assert {exports.kept_workbook(made), ranked.keep(made, built_in())} == set(Settings().ranked_dir.iterdir())
    assert not workbook.exists()
    assert not lines_before.exists()


def test_the_kept_workbook_holds_nothing_that_can_change(tmp_path: Path) -> None:
    """Decisions, notes and views of later days are in no workbook: another one made after them is the same."""
    made, key = records.save(built_in()), built_in().suppliers["key"][0]
    kept = exports.kept_workbook(made).read_bytes()
    records.note(key, "Asked the contract manager", "An Officer")
    records.record_found_statement(key, "https://site.example/statement", built_in().as_of, "An Officer")
    exports.workbook(made, tmp_path, "withheld")
    assert (tmp_path / "audit.xlsx").read_bytes() == kept


def test_those_of_a_large_assessment_are_made_anew_in_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    made = records.save(built_in())
    monkeypatch.setattr(apart, "LARGE", 1)
    monkeypatch.setattr(ranked, "keep", lambda *_: pytest.fail("they were made in the server's own process"))
    assert_frame_equal(ranked.scan(made).collect(), lines.ranked(report.withhold(built_in())))


def test_they_are_deleted_with_the_assessment() -> None:
    kept = ranked.keep(records.save(built_in()), built_in())
    retention.clear("An Officer", datetime(2100, 1, 1, tzinfo=UTC))
    assert not kept.exists()
    assert list(Settings().ranked_dir.iterdir()) == []


def test_of_an_unknown_assessment_there_are_none() -> None:
    with pytest.raises(RecordError):
        ranked.scan("0" * 12)


def test_an_opened_assessment_reads_a_frame_when_it_is_asked_for() -> None:
    opened = records.load(records.save(built_in()))
    assert not set(vars(opened)) & set(frames.FRAMES)
    assert opened.suppliers.equals(built_in().suppliers)
    assert set(vars(opened)) & set(frames.FRAMES) == {"suppliers"}
    with pytest.raises(AttributeError):
        _ = opened.nothing_of_the_kind  # type: ignore[attr-defined]


def test_names_withheld_frame_by_frame_are_those_withheld_at_once() -> None:
    one_by_one, at_once = frames.withheld(built_in()), report.withhold(built_in())
    for name in frames.FRAMES:
        assert getattr(one_by_one, name).equals(getattr(at_once, name)), name


@pytest.mark.parametrize(
    ("name", "column"), [("links", "supplier_id"), ("findings", "subject_id"), ("lines", "line_id")]
)
def test_some_rows_are_read_without_the_rest_and_without_names(name: str, column: str) -> None:
    opened, whole = frames.withheld(records.load(records.save(built_in()))), getattr(report.withhold(built_in()), name)
    for wanted in whole[column].unique():
        assert frames.some(opened, name, pl.col(column) == wanted).equals(whole.filter(pl.col(column) == wanted))
    assert name not in vars(opened)
    assert frames.some(built_in(), name, pl.lit(value=True)).equals(getattr(built_in(), name))


def test_a_frame_damaged_after_opening_is_told_in_a_sentence() -> None:
    made = records.save(built_in())
    opened = records.load(made)
    (Settings().assessments_dir / made / "lines.parquet").write_bytes(b"other")
    with pytest.raises(RecordError, match=f"The assessment {made} can't be opened"):
        _ = opened.lines
    with pytest.raises(RecordError, match="can't be opened"):
        records.load(made)
