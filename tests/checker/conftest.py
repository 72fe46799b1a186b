"""The samples checked once, and a copy of that record for each test that asks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker import records
from checker.cli import riskcheck


@pytest.fixture(scope="session")
def samples_checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the assessment of the samples."""
    folder = tmp_path_factory.mktemp("samples") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RISKCHECK_DATA_DIR", str(folder))
        assert CliRunner().invoke(riskcheck, ["check", "--samples"]).exit_code == 0
    return folder


@pytest.fixture
def samples(samples_checked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of the assessment of the samples, in a data folder of the test's own."""
    shutil.copytree(samples_checked, tmp_path / "data")
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
    return records.recent()[0].id
