"""The audit pack: complete, the same bytes each time, without names of persons, and any change shows offline."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from checker import figures, packs, records
from checker.cli import riskcheck
from checker.records import Origin, RecordError, assessments, inputs, looked_up
from riskengine.pipeline import Assessment
from tests.checker.records.made import built_in
from tests.checker.test_reruns import kept_with_companies


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def kept(tmp_path: Path) -> str:
    (tmp_path / "spend.csv").write_text("Supplier,Amount\n", "utf-8")
    return records.save(built_in(), Origin((("spend.csv", tmp_path / "spend.csv"),)))


@pytest.fixture
def pack(kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack in the hands of a stranger, whose machine has no record."""
    records.publish(kept, "An Officer")
    packs.write(kept, tmp_path / "pack.zip")
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "stranger"))
    return tmp_path / "pack.zip"


def changed(pack: Path, name: str, change: Callable[[bytes], bytes | None]) -> Path:
    """A copy with one file changed, left out (None) or added."""
    target = pack.with_name("changed.zip")
    with zipfile.ZipFile(pack) as old, zipfile.ZipFile(target, "w") as new:
        files = {one: old.read(one) for one in old.namelist()}
        made = change(files.pop(name, b""))
        for one, content in ({**files, name: made} if made is not None else files).items():
            new.writestr(one, content)
    return target


def test_a_pack_holds_notes_up_to_its_sign_off(kept: str, tmp_path: Path) -> None:
    records.reply("acme cleaning", "We publish in June", "B")
    records.publish(kept, "An Officer")
    records.note("acme cleaning", "Written later", "A")
    packs.write(kept, tmp_path / "pack.zip")
    told = zipfile.ZipFile(tmp_path / "pack.zip").read("notes.csv").decode("utf-8")
    assert "We publish in June" in told
    assert "Written later" not in told


def test_a_pack_that_nobody_changed_is_whole(pack: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(riskcheck, ["audit", "verify", str(pack)])
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Signed off: published by An Officer on " in done.stdout
    assert not (tmp_path / "stranger").exists()


def test_a_pack_holds_all_that_an_auditor_asks_for(pack: Path) -> None:
    names = set(zipfile.ZipFile(pack).namelist())
    wanted = {"audit.xlsx", "lines.csv", "suppliers.csv", "findings.csv", "set_aside.csv", "run.json", "inputs.json"}
    wanted |= {"register.json", "decisions.csv", "found_statements.csv", "figures.csv", "trail.json", "README.txt"}
    assert wanted | {"MANIFEST.json", "policy/bands.toml", "policy/indicators/sector_level.toml"} <= names


def test_inputs_are_named_by_their_hash(pack: Path, tmp_path: Path) -> None:
    told = json.loads(zipfile.ZipFile(pack).read("inputs.json"))
    digest = hashlib.sha256((tmp_path / "spend.csv").read_bytes()).hexdigest()
    assert told["handed_in"] == [{"name": "spend.csv", "sha256": digest}]


def test_a_pack_has_the_same_bytes_each_time(kept: str, tmp_path: Path) -> None:
    first = packs.write(kept, tmp_path / "one.zip")
    records.note("acme", "Later", "A")
    assert packs.write(kept, tmp_path / "two.zip") == first
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_draft_is_said_not_to_be_signed_off(kept: str, tmp_path: Path) -> None:
    packs.write(kept, tmp_path / "pack.zip")
    assert packs.check(tmp_path / "pack.zip").signed_off == "Not signed off: this assessment is a draft."


@pytest.mark.parametrize(("names", "shown"), [("withheld", False), ("shown", True)])
def test_names_of_persons_are_withheld_unless_asked_for(
    kept: str, tmp_path: Path, names: packs.report.PersonalNames, shown: bool
) -> None:
    packs.write(kept, tmp_path / "pack.zip", names)
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        told = b"".join(archive.read(name) for name in archive.namelist() if not name.startswith("policy/"))
    assert (b"Jane Example" in told) is shown
    assert json.loads(records.trail(1)[0].detail)["personal_names"] == names


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("lines.csv", lambda old: old + b" ", "lines.csv was changed after the pack was made."),
        ("decisions.csv", lambda old: None, "decisions.csv is missing."),
        ("extra.txt", lambda old: b"x", "extra.txt is not in the manifest: it was added later."),
        ("policy/bands.toml", lambda old: old + b"\n", "The policy files are not those that run.json names."),
        ("trail.json", lambda old: old.replace(b"An Officer", b"Nobody"), "was changed after it was written."),
        ("trail.json", lambda old: b"[]", "The trail does not end with the entry that the manifest names."),
    ],
)
def test_every_change_is_named(pack: Path, name: str, change: Callable[[bytes], bytes | None], sentence: str) -> None:
    done = CliRunner().invoke(riskcheck, ["audit", "verify", str(changed(pack, name, change))])
    assert (done.exit_code, done.stdout) == (2, "")
    assert sentence in done.stderr


@pytest.fixture
def pack_with_companies(tmp_path: Path) -> Path:
    """The pack of a run that was given Companies House data and a presumed-in-scope list."""
    packs.write(kept_with_companies(tmp_path), tmp_path / "pack.zip")
    return tmp_path / "pack.zip"


def test_what_was_looked_up_is_in_the_pack_and_checked(pack_with_companies: Path) -> None:
    with zipfile.ZipFile(pack_with_companies) as archive:
        told = json.loads(archive.read("inputs.json"))["looked_up"]
        held = {name: archive.read(f"looked_up/{name}.parquet") for name in told}
    assert {name: hashlib.sha256(content).hexdigest() for name, content in held.items()} == told
    assert pl.read_parquet(held["companies"]).height > 0
    assert pl.read_parquet(held["presumed"]).height > 0
    assert packs.check(pack_with_companies).faults == ()


@pytest.mark.parametrize("change", [lambda old: old + b" ", lambda old: None], ids=["changed", "left out"])
def test_other_rows_than_were_looked_up_are_named(
    pack_with_companies: Path, change: Callable[[bytes], bytes | None]
) -> None:
    """Even where the manifest was made to fit."""
    name = "looked_up/companies.parquet"
    forged = changed(pack_with_companies, name, change)

    def fitting(manifest: bytes) -> bytes:
        told = json.loads(manifest)
        content = change(zipfile.ZipFile(pack_with_companies).read(name))
        told["files"].pop(name)
        told["files"] |= {} if content is None else {name: hashlib.sha256(content).hexdigest()}
        return json.dumps(told).encode()

    forged = changed(forged.rename(forged.with_name("forged.zip")), "MANIFEST.json", fitting)
    assert packs.check(forged).faults == (f"{name} is not the one that inputs.json names.",)


def test_a_changed_kept_row_shows_in_the_record(tmp_path: Path) -> None:
    made = kept_with_companies(tmp_path)
    digest = looked_up.digests(assessments.row(made).request)["companies"]
    (inputs.folder() / digest).write_bytes(b"other")
    done = CliRunner().invoke(riskcheck, ["audit", "verify"])
    assert done.exit_code == 2
    assert f"{digest} was changed after it was handed in. It belongs to assessment {made}." in done.stderr


def test_another_manifest_has_another_hash(pack: Path) -> None:
    known = packs.check(pack).manifest
    assert packs.check(changed(pack, "MANIFEST.json", lambda old: old + b" ")).manifest != known


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_stands_twice_is_told(pack: Path) -> None:
    with zipfile.ZipFile(pack, "a") as archive:
        archive.writestr("lines.csv", archive.read("lines.csv"))
    assert packs.check(pack).faults == ("Some file names stand twice in the pack.",)


@pytest.mark.parametrize("content", [b"no zip", b""], ids=["text", "empty"])
def test_a_file_that_is_no_pack_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "pack.zip").write_bytes(content)
    with pytest.raises(RecordError, match=r"pack\.zip is no audit pack"):
        packs.check(tmp_path / "pack.zip")


def test_a_pack_with_a_damaged_byte_is_told(pack: Path) -> None:
    whole = pack.read_bytes()
    with zipfile.ZipFile(pack) as archive:
        entries = archive.infolist()
    for entry in entries:
        for share in (0.0, 0.5, 0.9):
            content = bytearray(whole)
            begins = entry.header_offset + 30 + len(entry.filename)
            content[begins + int(entry.compress_size * share)] ^= 0x55
            pack.write_bytes(content)
            with pytest.raises(RecordError, match="is no audit pack of riskcheck, or it is damaged"):
                packs.check(pack)


def value(assessment: Assessment, figure: str) -> str:
    rows = figures.figures(assessment)
    return str(rows.filter(pl.col("figure") == figure)["value"][0])


@pytest.mark.parametrize(
    ("figure", "wanted"),
    [
        ("Contract lines assessed", "3"),
        ("Rows set aside with a reason", "2"),
        ("Spend reviewed, paid", "220.50"),
        ("Suppliers with a contract in a higher-risk sector", "1"),
        ("Contract lines whose sector is not known", "1"),
        ("Suppliers flagged for proportionate due diligence", "1"),
        ("Statement found", "1"),
        ("No statement found in the registry copy", "1"),
        ("Statement not known", "1"),
        ("Matches decided by a person", "0"),
        ("Statements recorded by an officer", "0"),
    ],
)
def test_figures_for_the_annual_statement(figure: str, wanted: str) -> None:
    assert value(built_in(), figure) == wanted


def test_found_not_found_and_not_known_add_up_to_all_suppliers() -> None:
    counted = (
        "Statement found",
        "Statement found, older than 24 months",
        "No statement found in the registry copy",
        "Statement not known",
    )
    assert sum(int(value(built_in(), figure)) for figure in counted) == built_in().suppliers.height


def test_decisions_on_suppliers_of_the_assessment_are_counted() -> None:
    made = built_in()
    own = made.decisions.with_columns(key=pl.lit("acme cleaning"))
    assert value(dataclasses.replace(made, decisions=own), "Matches decided by a person") == "1"
