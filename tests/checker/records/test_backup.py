"""A backup holds everything, and what is restored is what was there, in either database."""

from __future__ import annotations

import contextlib
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker import records
from checker.cli import riskcheck
from checker.records import Origin, RecordError, database, inputs, verification
from checker.records import backup as module
from checker.records.backup import FOLDERS, backup, restore
from checker.settings import Settings
from tests.checker.records.conftest import new_database
from tests.checker.records.made import built_in


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A backup of a record with something in every table."""
    (tmp_path / "spend.csv").write_text("Supplier,Amount\n", "utf-8")
    kept = records.save(built_in(), Origin((("spend.csv", tmp_path / "spend.csv"),)))
    records.publish(kept, "A")
    records.decide("acme", "ACME LIMITED", None, "same", "A", "Same £ address")
    records.record_found_statement("acme", "https://acme.example/s", date(2026, 5, 4), "A")
    records.note("acme", "Called them\u2028twice\u0085", "A")
    backup(tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


@pytest.fixture
def elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Path]]:
    """Moves to an empty data folder and database."""
    with contextlib.ExitStack() as stack:

        def move(kind: str) -> Path:
            monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "other"))
            monkeypatch.delenv("RISKCHECK_DATABASE_URL", raising=False)
            if kind == "postgresql":
                server = request.getfixturevalue("postgresql")
                monkeypatch.setenv("RISKCHECK_DATABASE_URL", stack.enter_context(new_database(server)))
            return tmp_path / "other"

        yield move
        database.close()


def everything() -> list[object]:
    """What a record holds, as its users see it."""
    return [
        records.recent(),
        records.trail(),
        records.holding(),
        records.found_statements().to_dicts(),
        records.notes("acme"),
        inputs.held(),
    ]


def files(folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("record.sqlite")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_what_is_restored_is_what_was_there(
    saved: Path, elsewhere: Callable[[str], Path], own_data_folder: Path, target: str
) -> None:
    before, lying = everything(), files(own_data_folder)
    other = elsewhere(target)
    assert restore(saved) == len(zipfile.ZipFile(saved).namelist()) - 1
    assert everything() == before
    assert files(other) == lying
    assert verification.verify().faults == ()


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_a_restored_record_goes_on(saved: Path, elsewhere: Callable[[str], Path], target: str) -> None:
    elsewhere(target)
    restore(saved)
    records.decide("bolt", "BOLT LIMITED", None, "same", "A", "")
    records.note("acme", "And again", "A")
    assert verification.verify().faults == ()


def test_what_is_written_while_a_backup_is_made_breaks_no_restored_record(
    saved: Path, elsewhere: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = module._contents

    def interrupted() -> Iterator[tuple[str, bytes | Path]]:
        said = False
        for name, content in contents():
            if name.startswith("files/assessments") and not said:
                records.note("acme", "While the backup copies files", "A")
                said = True
            yield name, content

    monkeypatch.setattr(module, "_contents", interrupted)
    backup(tmp_path / "busy.zip")
    elsewhere("sqlite")
    restore(tmp_path / "busy.zip")
    assert verification.verify().faults == ()


def test_every_folder_of_the_settings_is_in_a_backup_or_made_anew() -> None:
    folders = {name.removesuffix("_dir") for name in dir(Settings) if name.endswith("_dir") and name != "data_dir"}
    assert folders - {*FOLDERS} == {"pages", "ranked"}


def test_nothing_is_restored_over_a_record(saved: Path) -> None:
    with pytest.raises(RecordError, match="There is a record here already"):
        restore(saved)


def test_no_backup_is_overwritten(saved: Path) -> None:
    with pytest.raises(RecordError, match="exists already"):
        backup(saved)


def rewritten(source: Path, name: str, content: bytes, note: bool = False) -> Path:
    """A copy of a backup with one file changed, and with its hash noted too where asked for."""
    target = source.with_name("changed.zip")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for one in old.namelist():
            new.writestr(one, content if one == name else old.read(one))
        if note:
            new.writestr(name, content)
    return target


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("tables/trail.jsonl", b"", r"tables/trail\.jsonl in the backup was changed"),
        ("MANIFEST.json", b"{", "is no backup of riskcheck, or it is damaged"),
        ("MANIFEST.json", json.dumps({"files/gone": "0"}).encode(), "is no backup of riskcheck, or it is damaged"),
    ],
)
def test_a_changed_backup_is_refused_and_nothing_is_restored(
    saved: Path, elsewhere: Callable[[str], Path], name: str, content: bytes, sentence: str
) -> None:
    elsewhere("sqlite")
    with pytest.raises(RecordError, match=sentence):
        restore(rewritten(saved, name, content))
    assert everything()[:2] == [[], []]


@pytest.mark.parametrize(
    "evil", ["files/inputs/../../evil", "files/inputs/..\\..\\evil"], ids=["dots", "as on Windows"]
)
def test_a_backup_cannot_write_outside_of_the_data_folder(
    saved: Path, elsewhere: Callable[[str], Path], evil: str
) -> None:
    other = elsewhere("sqlite")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    told = json.dumps({evil: empty}).encode()
    changed = rewritten(saved, "MANIFEST.json", told)
    with zipfile.ZipFile(changed, "a") as archive:
        archive.writestr(evil, b"")
    with pytest.raises(RecordError, match="lies outside of the data folder"):
        restore(changed)
    assert not (other.parent / "evil").exists()


def test_backup_and_restore_are_one_command_each(saved: Path, elsewhere: Callable[[str], Path], tmp_path: Path) -> None:
    assert CliRunner().invoke(riskcheck, ["backup", str(tmp_path / "again.zip")]).exit_code == 0
    elsewhere("sqlite")
    done = CliRunner().invoke(riskcheck, ["restore", str(tmp_path / "again.zip")])
    assert (done.exit_code, done.stderr) == (0, "")
    assert "nothing in them was changed" in done.stdout
