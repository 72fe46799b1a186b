"""What is written into the folder, and that the same assessment gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from riskengine import report
from tests.assessment_factory import assessment

TABLES = ["lines", "suppliers", "findings", "set_aside"]


def hashes(paths: tuple[Path, ...]) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def test_all_formats_give_every_file(tmp_path: Path) -> None:
    written = report.write(assessment(), tmp_path)
    tables = [f"{table}.{ending}" for table in TABLES for ending in ("csv", "json", "parquet")]
    assert [path.name for path in written] == ["audit.xlsx", *tables, "run.json"]


@pytest.mark.parametrize(
    ("formats", "names"),
    [
        (("xlsx",), ["audit.xlsx", "run.json"]),
        (("csv",), [*(f"{table}.csv" for table in TABLES), "run.json"]),
    ],
    ids=["workbook", "csv"],
)
def test_only_what_was_asked_for_is_written(tmp_path: Path, formats: tuple[str, ...], names: list[str]) -> None:
    report.write(assessment(), tmp_path / "new" / "folder", formats)
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == sorted(names)


def test_the_same_assessment_gives_the_same_bytes(tmp_path: Path) -> None:
    first = hashes(report.write(assessment(), tmp_path / "1"))
    assert hashes(report.write(assessment(), tmp_path / "2")) == first


def test_the_run_record_names_what_was_asked_and_what_was_written(tmp_path: Path) -> None:
    *files, run = report.write(assessment(), tmp_path, ("csv",))
    told = json.loads(run.read_text("utf-8"))
    assert told["as_of"] == "2026-04-01"
    assert told["formats"] == ["csv"]
    assert told["personal_names"] == "withheld"
    assert told["policy"] == {"name": "of the tests", "hash": "d" * 64}
    assert [file["sha256"] for file in told["files"]] == ["a" * 64, "b" * 64]
    assert {entry["name"]: entry["sha256"] for entry in told["outputs"]} == hashes(tuple(files))


def test_the_run_record_holds_the_totals(tmp_path: Path) -> None:
    told = json.loads(report.write(assessment(), tmp_path, ())[-1].read_text("utf-8"))
    totals = told["totals"]
    assert (totals["rows_read"], totals["lines"], totals["set_aside"], totals["adds_up"]) == (5, 3, 2, True)
    assert [(row["amount_kind"], row["read"]) for row in told["kinds"]] == [("paid", 220.5), ("yearly", 120000.0)]
    assert told["register"]["sample"] is True


def test_a_run_without_a_register_says_so(tmp_path: Path) -> None:
    told = json.loads(report.write(assessment(register=None), tmp_path, ())[-1].read_text("utf-8"))
    assert told["register"] is None


def test_a_folder_that_cannot_be_made_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(OSError, match="file"):
        report.write(assessment(), tmp_path / "file")


def test_a_folder_never_holds_half_of_a_run(tmp_path: Path) -> None:
    """Somebody holds the workbook open: the files of the run before stay as they are."""
    report.write(assessment(), tmp_path, ("csv",))
    before = hashes(tuple(tmp_path.iterdir()))
    (tmp_path / "audit.xlsx").mkdir()
    with pytest.raises(OSError, match=r"audit\.xlsx"):
        report.write(assessment(register=None), tmp_path)
    (tmp_path / "audit.xlsx").rmdir()
    assert hashes(tuple(tmp_path.iterdir())) == before
