"""How well lists of bodies that nobody has seen would be understood: each body's files without its own spellings.

    python bench/unseen_report.py FOLDER MANIFEST

Every file is read twice: with the policy as it is, and with all spellings taken out of the list of headings that
only this file's body uses. What is still understood then is understood by words, likeness and values. FOLDER, MANIFEST
and the corrections are those of intake_report.py.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import intake_report
from headings_report import without
from intake_report import Figures, Reading, Truth

from riskengine import lines
from riskengine.errors import InputError
from riskengine.lines.wording import normal
from riskengine.policy import BUILT_IN
from riskengine.policy.files import Folder
from riskengine.policy.lines import LinesPolicy


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder of the files")
    parser.add_argument("manifest", type=Path, help="JSON list of files with their true header rows and columns")
    parser.add_argument("--corrections", type=Path, default=intake_report.CORRECTIONS, help="CSV of corrections")
    asked = parser.parse_args()
    manifest = json.loads(asked.manifest.read_text("utf-8"))
    corrections = intake_report.read_corrections(asked.corrections)
    seen = intake_report.read_all(asked.folder, manifest)
    unseen = read_unseen(manifest, seen, LinesPolicy.load(Folder(BUILT_IN, None)))
    figures = [intake_report.compare(manifest, readings, corrections) for readings in (seen, unseen)]
    for miss in figures[1].misses:
        print(f"MISS {miss}")
    _print_figures(*figures)
    for name, key in (("Files", "file"), ("Bodies", "body")):
        listed, left_out = (_whole(manifest, found, key) for found in figures)
        print(f"{name} wholly right: {listed} listed, {left_out} left out")


def read_unseen(manifest: list[Truth], seen: dict[str, Reading], policy: LinesPolicy) -> dict[str, Reading]:
    """Understand the sheets of every file again, without the spellings that only its body uses."""
    users: dict[str, set[str]] = defaultdict(set)
    for entry in manifest:
        for heading in _headings(entry, seen[entry["file"]]):
            users[normal(heading)].add(entry["body"])
    readings = {}
    for entry in manifest:
        reading = seen[entry["file"]]
        own = [heading for heading in _headings(entry, reading) if users[normal(heading)] == {entry["body"]}]
        readings[entry["file"]] = _again(reading, _less(policy, own))
    return readings


def _headings(entry: Truth, reading: Reading) -> list[str]:
    found = []
    for truth in entry["sheets"]:
        sheet = next((sheet for sheet in reading.sheets if sheet.name == truth["sheet"]), None)
        if sheet is not None and truth["header_row"] is not None:
            found += [cell for cell in sheet.cells.drop("row").row(truth["header_row"]) if cell]
    return found


def _less(policy: LinesPolicy, headings: list[str]) -> LinesPolicy:
    for heading in headings:
        policy = without(policy, heading)
    return policy


def _again(reading: Reading, policy: LinesPolicy) -> Reading:
    if not reading.sheets:
        return reading
    try:
        return Reading(reading.sheets, lines.understand(reading.sheets, policy, {}), None)
    except InputError as error:
        return Reading(reading.sheets, None, str(error))


def _print_figures(seen: Figures, unseen: Figures) -> None:
    print(f"\n{'':20}{'listed':>18}{'left out':>20}")
    for name in ("header row", *intake_report.ASKED, "left out in words"):
        print(f"{name:20}" + "".join(intake_report.share(name, side) for side in (seen, unseen)))


def _whole(manifest: list[dict[str, Any]], figures: Figures, key: str) -> str:
    missed = {miss.split(" [")[0] for miss in figures.misses}
    asked = {entry[key] for entry in manifest}
    wrong = {entry[key] for entry in manifest if entry["file"] in missed}
    return f"{len(asked - wrong)}/{len(asked)}"


if __name__ == "__main__":
    main()
