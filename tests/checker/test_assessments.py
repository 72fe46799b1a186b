"""From files to an assessment: what stops a run and what does not."""

from __future__ import annotations

import pickle
import shutil
from datetime import date
from pathlib import Path

import pytest

import registries.sample
from checker import assessments
from checker.assessments import NothingAssessedError, Request, Source
from checker.settings import Settings
from registries.errors import RegistryError
from riskengine.errors import InputError, PolicyError

AS_OF = date(2026, 6, 30)
LIST = "Supplier,Description,Amount,Date\nAcme Ltd,Office cleaning,120.00,01/05/2026\nBolt LLP,Advice,5.50,02/05/2026\n"


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def source(folder: Path, name: str, content: str = LIST) -> Source:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(content, "utf-8")
    return Source(folder / name, name)


def run(*sources: Source, **options: object) -> assessments.Outcome:
    return assessments.run(Request(sources, AS_OF, **options), lambda step, share: None)  # type: ignore[arg-type]


def test_a_list_becomes_an_assessment(tmp_path: Path) -> None:
    found = run(source(tmp_path, "list.csv")).assessment
    assert found.lines["supplier_text"].to_list() == ["Acme Ltd", "Bolt LLP"]
    assert (found.as_of, found.files[0].name) == (AS_OF, "list.csv")


def test_an_unusable_file_does_not_stop_the_others(tmp_path: Path) -> None:
    outcome = run(
        source(tmp_path, "empty.csv", ""), source(tmp_path, "list.csv"), source(tmp_path, "notes.csv", "a\nb\n")
    )
    assert outcome.assessment.lines.height == 2
    assert [error.file for error in outcome.unusable] == ["empty.csv", "notes.csv"]


def test_every_unusable_file_is_named_when_there_is_no_other(tmp_path: Path) -> None:
    sources = [
        source(tmp_path, "empty.csv", ""),
        source(tmp_path, "a.csv", "a\nb\n"),
        source(tmp_path, "c.csv", "c\nd\n"),
    ]
    with pytest.raises(NothingAssessedError) as caught:
        run(*sources)
    assert [error.file for error in caught.value.unusable] == ["empty.csv", "a.csv", "c.csv"]


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(NothingAssessedError, match=r"none\.csv: There is no such file"):
        run(Source(tmp_path / "none.csv", "none.csv"))


def test_files_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    found = run(source(tmp_path / "a", "list.csv"), source(tmp_path / "b", "list.csv")).assessment
    assert found.intake["file"].to_list() == ["list.csv", "list.csv (2)"]


def test_a_file_that_bears_such_a_number_keeps_its_name(tmp_path: Path) -> None:
    names = [("a", "list.csv"), ("b", "list.csv"), ("c", "list.csv (2)")]
    found = run(*(source(tmp_path / folder, name) for folder, name in names)).assessment
    assert found.intake["file"].to_list() == ["list.csv", "list.csv (3)", "list.csv (2)"]


def test_without_a_snapshot_statements_are_not_checked(tmp_path: Path) -> None:
    found = run(source(tmp_path, "list.csv")).assessment
    assert found.register is None
    assert set(found.statements["statement"]) == {"not_checked"}


def test_the_newest_snapshot_is_used_whatever_became_of_older_ones(tmp_path: Path, own_data_folder: Path) -> None:
    shutil.copytree(registries.sample.FOLDER, own_data_folder / "registry" / "2026-06-01")
    old = shutil.copytree(registries.sample.FOLDER, own_data_folder / "registry" / "2020-01-01")
    described = (old / "snapshot.toml").read_text("utf-8").replace("taken = 2026-06-01", "taken = 2020-01-01")
    (old / "snapshot.toml").write_text(described, "utf-8")
    with next(old.glob("StatementSummaries*.csv")).open("a", encoding="utf-8") as damaged:
        damaged.write(" ")
    found = run(source(tmp_path, "list.csv")).assessment
    assert found.register is not None
    assert found.register.date == date(2026, 6, 1)


def test_a_register_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="gone: there is no such file or folder"):
        run(source(tmp_path, "list.csv"), registry=(tmp_path / "gone",))


def test_a_policy_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="gone: there is no such policy folder"):
        run(source(tmp_path, "list.csv"), policy=tmp_path / "gone")


def test_a_chosen_heading_is_followed(tmp_path: Path) -> None:
    content = "Payee,Supplier,Amount\nAcme Ltd,Nobody,5.00\n"
    found = run(source(tmp_path, "list.csv", content), mapping={"supplier": "Payee"}).assessment
    assert found.lines["supplier_text"].to_list() == ["Acme Ltd"]


def test_a_field_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match='"colour" is not a field'):
        run(source(tmp_path, "list.csv"), mapping={"colour": "Payee"})


def test_progress_grows_from_nothing_to_all(tmp_path: Path) -> None:
    seen: list[float] = []
    assessments.run(Request((source(tmp_path, "list.csv"),), AS_OF), lambda step, share: seen.append(share))
    assert (seen[0], seen[-1]) == (0.0, 1.0)
    assert seen == sorted(seen)


def test_progress_can_cancel_a_run(tmp_path: Path) -> None:
    def cancel(step: str, share: float) -> None:
        if step == "matches":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assessments.run(Request((source(tmp_path, "list.csv"),), AS_OF), cancel)


def test_an_error_passes_between_processes() -> None:
    error = NothingAssessedError([InputError("a.csv", "It is empty.", "Choose another.")])
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_the_data_folder_is_that_of_the_environment(own_data_folder: Path) -> None:
    assert Settings().assessments_dir == own_data_folder / "assessments"
