"""Damaged files end in sheets that reconcile or in one sentence: 200 of the 5,000 of bench/mutated_files.py."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import sample_contracts
from bench import mutated_files
from tests.riskengine.written import NOTICE_TEXTS, WRITERS

SAMPLES = Path(sample_contracts.__file__).parent


def formats(folder: Path) -> Path:
    for kind, (name, write) in WRITERS.items():
        write(folder / f"{kind}{Path(name).suffix}")
    (folder / "notices.json").write_text(NOTICE_TEXTS["release package"](), "utf-8")
    return folder


def samples(folder: Path) -> Path:
    for path in SAMPLES.iterdir():
        if path.suffix in mutated_files.LISTS:
            shutil.copy(path, folder)
    return folder


@pytest.mark.parametrize("corpus", [samples, formats])
def test_damaged_files(corpus: object, tmp_path: Path) -> None:
    outcome = mutated_files.run(corpus(tmp_path), 100, seed=7)  # type: ignore[operator]
    assert outcome.counts.total() == 100
    assert outcome.faults == []
    assert outcome.counts["read"] > 10
