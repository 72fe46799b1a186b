"""What the registry says of the records that suppliers were compared with."""

from __future__ import annotations

from pathlib import Path

import pytest

import registries.sample
import sample_contracts
from checker import assessments, records, register_records
from checker.assessments import Request, Source
from tests.checker.records.made import built_in


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))


def test_each_record_compared_is_told_with_place_years_and_parent() -> None:
    sample = next(one.path for one in sample_contracts.samples() if one.path.name == "contracts_with_codes.csv")
    request = Request((Source(sample, sample.name),), sample_contracts.as_of(), registry=(registries.sample.FOLDER,))
    made = assessments.keep(assessments.run(request), request)
    found = register_records.of(made)
    compared = records.load(made).matches["entry_id"].drop_nulls().unique()
    assert set(found["entry_id"]) == set(compared)
    assert found["entry_id"].is_unique().all()
    assert found["postcode"].drop_nulls().len() > 0
    assert found["years"].list.len().min() >= 1
    assert found.filter(found["parents"].list.len() > 0).height > 0


def test_without_the_copy_nothing_is_told() -> None:
    assert register_records.of(records.save(built_in())).is_empty()
