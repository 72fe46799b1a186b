"""`riskcheck parent`: a confirmed parent from the command line to the results, and through re-runs."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker import records
from checker.cli import riskcheck
from registries import sample

LIST = "Supplier,Description,Amount\nThistlebank Homecare Ltd,Home care,1200.00\nJane Doe,Personal assistant,300.00\n"
PARENT = "BRACKENHOLT CARE GROUP PLC"


@pytest.fixture(autouse=True)
def spend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "spend.csv"
    path.write_text(LIST, "utf-8")
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(riskcheck, list(arguments))


def confirm(
    supplier: str = "Thistlebank Homecare Ltd", parent: str = PARENT, why: str = "Its website says so."
) -> Result:
    return run("parent", "confirm", supplier, parent, "--why", why, "--registry", str(sample.FOLDER))


def checked(spend: Path) -> dict[str, str]:
    out = spend.parent / "out"
    call = ["check", str(spend), "--registry", str(sample.FOLDER), "--as-of", "2026-06-30", "--format", "csv"]
    result = run(*call, "--out", str(out))
    assert result.exit_code == 0, result.output
    with (out / "suppliers.csv").open(encoding="utf-8-sig", newline="") as file:
        return next(row for row in csv.DictReader(file) if row["name"].startswith("Thistlebank"))


def test_from_a_word_to_a_group_statement_and_back(spend: Path) -> None:
    assert checked(spend)["statement"] == "none_found"
    assert "It takes effect at the next run." in confirm().output
    found = checked(spend)
    assert found["statement"] == "group"
    assert found["match"] == "none"
    again = checked(spend)
    assert again == found
    key = records.decisions()["key"][0]
    assert "Taken back" in run("parent", "undo", key, PARENT).output
    assert checked(spend)["statement"] == "none_found"


def test_the_reason_says_who_when_and_why(spend: Path) -> None:
    checked(spend)
    confirm()
    checked(spend)
    newest = records.load(records.recent()[0].id)
    (reason,) = newest.statements.filter(newest.statements["statement"] == "group")["reason"]
    assert f"Confirmed by {records.me()} on " in reason
    assert reason.endswith("Its website says so.")


def test_parents_are_listed(spend: Path) -> None:
    assert run("parent", "list").output == "No parent is confirmed.\n"
    checked(spend)
    confirm(parent="99100028")
    told = run("parent", "list").output
    assert f"{PARENT} (99100028)" in told
    assert "Its website says so." in told


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        pytest.param({"supplier": "Nobody Ltd"}, '"Nobody Ltd" is not exactly one supplier', id="no such supplier"),
        pytest.param({"supplier": "Thistlebank"}, "Similar names: Thistlebank Homecare Ltd.", id="half a name"),
        pytest.param({"supplier": "Jane Doe"}, "is not exactly one supplier", id="a likely person"),
        pytest.param({"parent": "BRACKENHOLT"}, "is not exactly one organisation", id="half a parent's name"),
        pytest.param({"parent": "Zzz plc"}, "No name is like it.", id="no such parent"),
        pytest.param({"why": "  "}, "Give a short reason", id="no reason"),
    ],
)
def test_what_is_not_clear_is_refused(spend: Path, asked: dict[str, str], words: str) -> None:
    checked(spend)
    result = confirm(**asked)
    assert result.exit_code == 2
    assert words in result.output
    assert records.holding() == []


def test_without_an_assessment_there_is_no_supplier() -> None:
    assert "No assessment is kept yet" in confirm().output


def test_what_was_not_confirmed_cannot_be_taken_back() -> None:
    assert "No parent" in run("parent", "undo", "acme", PARENT).output
