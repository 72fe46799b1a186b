"""Each sample list gives the results that were kept of it (tests/golden; `python -m tests.golden.update`)."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

import sample_contracts
from checker import records
from checker.cli import riskcheck
from sample_contracts import Sample
from tests.golden.update import FOLDER, answers, produce

SAMPLES = sample_contracts.samples()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.path.stem)
def test_a_sample_gives_its_golden_files(sample: Sample, tmp_path: Path) -> None:
    produced = {path.name: path.read_text("utf-8").splitlines() for path in produce(sample, tmp_path)}
    golden = FOLDER / sample.path.stem
    assert produced == {path.name: path.read_text("utf-8").splitlines() for path in sorted(golden.glob("*.csv"))}


def test_there_are_no_golden_files_without_a_sample() -> None:
    kept = {path.name for path in FOLDER.iterdir() if path.is_dir() and not path.name.startswith("__")}
    assert kept == {sample.path.stem for sample in SAMPLES}


def test_the_indicators_give_the_answers_that_were_kept(tmp_path: Path) -> None:
    assert answers(tmp_path).read_text("utf-8").splitlines() == (FOLDER / "answers.csv").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `riskcheck check --samples` writes."""
    out = tmp_path_factory.mktemp("samples") / "out"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RISKCHECK_DATA_DIR", str(out.parent / "data"))
        result = CliRunner().invoke(riskcheck, ["check", "--samples", "--out", str(out)])
        (out.parent / "printed.txt").write_text(result.stdout, "utf-8")
        assert (result.exit_code, result.stderr) == (0, "")
        assert [len(entry.files) for entry in records.recent()] == [len(SAMPLES)]
    return out


def test_all_samples_are_checked_together_offline(checked: Path) -> None:
    run = json.loads((checked / "run.json").read_text("utf-8"))
    assert [file["name"] for file in run["files"]] == [sample.path.name for sample in SAMPLES]
    assert (run["as_of"], run["register"]["sample"]) == (sample_contracts.as_of().isoformat(), True)
    assert run["totals"]["adds_up"] is True


def test_the_summary_says_that_the_registry_is_the_sample(checked: Path) -> None:
    assert "fictional SAMPLE registry" in (checked.parent / "printed.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("table", "column", "values"),
    [
        ("lines", "band", {"high", "medium", "low", "unknown"}),
        ("lines", "amount_kind", {"paid", "yearly", "whole_contract", "unknown"}),
        ("lines", "sector_level", {"very_high", "high", "medium", "low", "unknown"}),
        (
            "suppliers",
            "statement",
            {"current", "ageing", "out_of_date", "group", "possible", "none_found", "not_checked"},
        ),
        ("suppliers", "scope", {"likely_required", "likely_not_required", "not_known"}),
        ("suppliers", "match", {"same", "possible", "none", "not_checked"}),
        ("suppliers", "kind", {"company", "public_body", "charity", "education", "individual", "redacted", "internal"}),
        ("findings", "outcome", {"raised", "not_checked"}),
    ],
)
def test_the_samples_show_every_answer(checked: Path, table: str, column: str, values: set[str]) -> None:
    assert values <= set(pl.read_parquet(checked / f"{table}.parquet")[column])


def test_points_of_each_flagged_line_are_the_sum_of_its_findings(checked: Path) -> None:
    lines, findings = (pl.read_parquet(checked / f"{table}.parquet") for table in ("lines", "findings"))
    own = findings.group_by("subject_id").agg(pl.col("points").sum())
    flagged = lines.filter("flagged").select("line_id", "supplier_id", "points")
    summed = flagged.join(own, left_on="line_id", right_on="subject_id", how="left", suffix="_line").join(
        own, left_on="supplier_id", right_on="subject_id", how="left", suffix="_supplier"
    )
    total = pl.col("points_line").fill_null(0) + pl.col("points_supplier").fill_null(0)
    assert summed.filter(pl.col("points") != total).height == 0
