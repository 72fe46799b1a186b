"""Real published lists against their manifest: the targets of bench/intake_report.py."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bench import intake_report

DATA = Path(os.environ.get("RISKCHECK_REAL_DATA", ""))

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        "RISKCHECK_REAL_DATA" not in os.environ, reason="RISKCHECK_REAL_DATA names no folder of real files"
    ),
]


def test_targets_are_met_against_the_manifest_as_it_is() -> None:
    manifest = json.loads((DATA / "council" / "manifest.json").read_text("utf-8"))
    readings = intake_report.read_all(DATA / "council" / "files", manifest)
    figures = intake_report.compare(manifest, readings, [])
    missed = [
        name for name, target in intake_report.TARGETS.items() if figures.right[name] < target * figures.asked[name]
    ]
    assert missed == []
    assert figures.right["left out in words"] == figures.asked["left out in words"]
