"""What people decided enters the next run, from the command line to the results."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker import assessments, records
from checker.assessments import Request, Source
from checker.cli import riskcheck
from registries import sample
from riskengine.pipeline import Assessment

LIST = "Zzz,Description,Amount\nLarkfield Homecare Ltd,Home care,1200.00\nQuill Nowhere LLP,Legal advice,300.00\n"


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "spend.csv").write_text(LIST, "utf-8")


def run(tmp_path: Path, **mapping: str) -> Assessment:
    source = Source(tmp_path / "spend.csv", "spend.csv")
    request = Request((source,), date(2026, 6, 30), registry=(sample.FOLDER,), mapping=mapping)
    outcome = assessments.run(request)
    return records.load(assessments.keep(outcome, request))


def key_of(found: Assessment, name: str) -> str:
    return str(found.suppliers.filter(found.suppliers["name"] == name)["key"][0])


def statement_of(found: Assessment, name: str) -> str:
    ids = found.suppliers.filter(found.suppliers["name"] == name)["supplier_id"].implode()
    return str(found.statements.filter(found.statements["supplier_id"].is_in(ids))["statement"][0])


def test_decisions_and_found_statements_enter_the_next_run(tmp_path: Path) -> None:
    first = run(tmp_path, supplier="Zzz")
    name = "Quill Nowhere LLP"
    assert statement_of(first, name) == "none_found"
    records.record_found_statement(key_of(first, name), "https://quill.example/statement", date(2026, 6, 1), "A")
    records.decide("someone else", "SOMEONE LIMITED", None, "same", "A", "Same address")
    second = run(tmp_path)
    assert statement_of(second, name) == "found_elsewhere"
    assert second.decisions["why"].to_list() == ["Same address"]


def test_a_mapping_given_on_the_command_line_is_remembered(tmp_path: Path) -> None:
    call = ["check", str(tmp_path / "spend.csv"), "--as-of", "2026-06-30"]
    assert CliRunner().invoke(riskcheck, [*call, "--map", "supplier=Zzz"]).exit_code == 0
    again = CliRunner().invoke(riskcheck, call)
    assert again.exit_code == 0
    assert "A mapping remembered from" in " ".join(again.stdout.split())


def test_that_no_column_holds_a_field_can_be_said_on_the_command_line(tmp_path: Path) -> None:
    call = ["check", str(tmp_path / "spend.csv"), "--as-of", "2026-06-30"]
    assert CliRunner().invoke(riskcheck, [*call, "--map", "supplier=Zzz", "--map", "amount="]).exit_code == 0
    again = " ".join(CliRunner().invoke(riskcheck, call).stdout.split())
    assert "no column for the amount" in again
    assert "An officer said that no column holds the amount." in again
    assert "no column for the amount" in CliRunner().invoke(riskcheck, ["mapping", "list"]).stdout


def test_remembered_mappings_are_listed_and_forgotten(tmp_path: Path) -> None:
    call = ["check", str(tmp_path / "spend.csv"), "--as-of", "2026-06-30", "--map", "supplier=Zzz"]
    assert CliRunner().invoke(riskcheck, call).exit_code == 0
    told = CliRunner().invoke(riskcheck, ["mapping", "list"]).stdout
    assert 'supplier = "Zzz"' in told
    assert "headings: Zzz | Description | Amount" in told
    assert CliRunner().invoke(riskcheck, ["mapping", "forget", told.split()[0]]).exit_code == 0
    assert CliRunner().invoke(riskcheck, ["mapping", "list"]).stdout == "No mapping is remembered.\n"


def test_a_layout_that_is_not_remembered_cannot_be_forgotten() -> None:
    done = CliRunner().invoke(riskcheck, ["mapping", "forget", "abc"])
    assert done.exit_code == 2
    assert "No mapping, or more than one, is remembered" in done.stderr
