"""`riskcheck policy`, as its user meets it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker.cli import riskcheck
from riskengine import policy


def run(*arguments: str) -> Result:
    return CliRunner().invoke(riskcheck, ["policy", *arguments])


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A council's folder that raises the threshold of the high band."""
    text = (policy.BUILT_IN / "bands.toml").read_text(encoding="utf-8")
    (tmp_path / "bands.toml").write_text(text.replace("value = 60", "value = 65"), encoding="utf-8")
    return tmp_path


def test_a_good_folder_is_named_with_its_hash(ours: Path) -> None:
    result = run("check", str(ours))
    assert result.exit_code == 0
    assert policy.load(ours).hash in result.output
    assert "that it changes: 1." in result.output


def test_a_faulty_folder_is_refused_in_one_sentence(ours: Path) -> None:
    (ours / "bands.toml").write_text("high = 3", encoding="utf-8")
    result = run("check", str(ours))
    assert result.exit_code == 2
    assert "bands.toml" in result.output
    assert "Traceback" not in result.output


def test_two_policies_are_compared_value_by_value(ours: Path) -> None:
    result = run("diff", "built-in", str(ours))
    assert result.exit_code == 0
    assert "bands.high.value\n  built-in: 60.0" in result.output
    assert result.output.endswith("Values that differ: 1.\n")


def test_an_indicator_is_explained() -> None:
    result = run("explain", "sector_level")
    assert result.exit_code == 0
    assert "very_high: raised, 50 points" in result.output


def test_an_indicator_that_is_not_there_is_refused_with_those_that_are() -> None:
    result = run("explain", "nonsense")
    assert result.exit_code == 2
    assert "sector_level" in result.output
