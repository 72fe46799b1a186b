"""An assessment is made again from what the record keeps of it, to the same bytes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import registries.sample
from checker import assessments, records, registers, reruns
from checker.assessments import Request, Source
from checker.cli import riskcheck
from checker.records import RecordError, inputs, retention
from checker.records import assessments as kept_assessments
from checker.settings import Settings
from registries import snapshots
from riskengine.schemas import PresumedInScope
from tests.checker.records.made import built_in

LIST = "Zzz,Description,Amount\nLarkfield Homecare Ltd,Home care,1200.00\nQuill Nowhere LLP,Legal advice,300.00\n"


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))


def kept(tmp_path: Path, **mapping: str) -> str:
    """Two lists of one name, assessed with the yearly files of a registry."""
    for number in (1, 2):
        (tmp_path / str(number)).mkdir(exist_ok=True)
        (tmp_path / str(number) / "spend.csv").write_text(LIST.replace("300", f"30{number}"), "utf-8")
    sources = tuple(Source(tmp_path / str(number) / "spend.csv", "spend.csv") for number in (1, 2))
    years = tuple(sorted(registries.sample.FOLDER.glob("StatementSummaries*.csv")))
    request = Request(sources, date(2026, 6, 30), registry=years, mapping=mapping)
    return assessments.keep(assessments.run(request), request)


def test_the_same_bytes_come_out_whatever_was_decided_since(tmp_path: Path) -> None:
    kept(tmp_path, supplier="Zzz")
    second = kept(tmp_path)
    records.decide("quill nowhere", "SOMEONE LIMITED", None, "same", "A", "")
    records.forget(records.remembered()[0].layout, "A")
    found = reruns.rerun(second)
    assert found.differing == ()
    assert "A mapping remembered from" in str(found.assessment.intake["notes"].to_list())


def test_a_file_that_comes_out_differently_is_named(tmp_path: Path) -> None:
    made = kept(tmp_path, supplier="Zzz")
    bands = Settings().assessments_dir / made / "policy" / "bands.toml"
    bands.write_text(bands.read_text("utf-8") + "\n# changed\n", "utf-8")
    done = CliRunner().invoke(riskcheck, ["rerun", made])
    assert done.exit_code == 2
    assert "come out differently: policy/bands.toml, run.json" in done.stderr


def test_without_its_input_an_assessment_cannot_be_made_again(tmp_path: Path) -> None:
    made = kept(tmp_path, supplier="Zzz")
    (inputs.folder() / snapshots.sha256(tmp_path / "1" / "spend.csv")).unlink()
    with pytest.raises(RecordError, match="is not kept any more"):
        reruns.rerun(made)


def test_changed_input_is_refused(tmp_path: Path) -> None:
    made = kept(tmp_path, supplier="Zzz")
    (inputs.folder() / snapshots.sha256(tmp_path / "1" / "spend.csv")).write_text("other", "utf-8")
    with pytest.raises(RecordError, match="was changed after it was handed in"):
        reruns.rerun(made)


def test_an_assessment_that_came_without_files_says_so() -> None:
    with pytest.raises(RecordError, match="are not kept, so it can't be made again"):
        reruns.rerun(records.save(built_in()))


def test_the_sample_lists_together_give_the_same_bytes_again() -> None:
    assert CliRunner().invoke(riskcheck, ["check", "--samples"]).exit_code == 0
    assert reruns.rerun(records.recent()[0].id).differing == ()


def kept_with_companies(tmp_path: Path) -> str:
    """A list assessed with the sample registry, and with it the sample of Companies House data and of the lists."""
    (tmp_path / "spend.csv").write_text(LIST.replace("Zzz", "Supplier"), "utf-8")
    request = Request(
        (Source(tmp_path / "spend.csv", "spend.csv"),), date(2026, 6, 30), None, (registries.sample.FOLDER,)
    )
    return assessments.keep(assessments.run(request), request)


def test_other_registers_come_back_as_they_were_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = kept_with_companies(tmp_path)
    before = records.load(made)
    assert before.company_register is not None
    assert before.presumed_in_scope is not None
    monkeypatch.setattr(registers, "sample_companies", lambda: None)
    monkeypatch.setattr(registers, "sample_presumed", PresumedInScope.create_empty)
    assert reruns.rerun(made).differing == ()


def test_a_changed_copy_of_another_register_is_refused(tmp_path: Path) -> None:
    made = kept_with_companies(tmp_path)
    held = inputs.folder() / kept_assessments.row(made).request["presumed"]
    held.write_bytes(b"other")
    with pytest.raises(RecordError, match="was changed"):
        reruns.rerun(made)


def test_what_a_rerun_needs_is_not_deleted_before_its_time(tmp_path: Path) -> None:
    kept_with_companies(tmp_path)
    assert retention.due() == []
