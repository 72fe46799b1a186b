"""Real published lists against their manifest: the targets of bench/intake_report.py."""

from __future__ import annotations

import json
from pathlib import Path

from bench import intake_report


def test_targets_are_met_against_the_manifest_as_it_is(real_data: Path) -> None:
    manifest = json.loads((real_data / "council" / "manifest.json").read_text("utf-8"))
    readings = intake_report.read_all(real_data / "council" / "files", manifest)
    figures = intake_report.compare(manifest, readings, [])
    missed = [
        name for name, target in intake_report.TARGETS.items() if figures.right[name] < target * figures.asked[name]
    ]
    assert missed == []
    assert figures.right["left out in words"] == figures.asked["left out in words"]
