"""How well published lists are understood: header row and columns against a manifest made beforehand.

    python bench/intake_report.py FOLDER MANIFEST

MANIFEST is a JSON list of {"file", "sheets": [{"sheet", "header_row", "rows", "columns": {field: heading}}]} with
header_row counted from 0 over physical rows. Figures stand against the manifest as it is (raw) and with the
corrections of bench/manifest_corrections.csv, each of which names the row of the file it rests on.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from riskengine import lines, spreadsheet
from riskengine.errors import InputError
from riskengine.policy import BUILT_IN
from riskengine.policy.files import Folder
from riskengine.policy.lines import LinesPolicy
from riskengine.schemas import Sheet

CORRECTIONS = Path(__file__).with_name("manifest_corrections.csv")
ASKED = {
    "supplier": ("supplier",),
    "amount": ("amount",),
    "date": ("date",),
    "description": ("description", "title"),
    "department": ("department",),
    "category": ("category", "proclass", "cpv"),
    "reference": ("reference",),
    "start": ("start", "period"),
    "end": ("end", "period"),
    "postcode": ("postcode",),
    "company_no": ("company_number",),
    "vat_reg": ("vat_number",),
}
"""The fields of the manifest and the fields of ours that answer them (a CPV column is a category there)."""
TARGETS = {"header row": 1.0, "supplier": 1.0, "amount": 0.99, "date": 0.99} | dict.fromkeys(
    ("description", "department", "category", "reference", "start", "end"), 0.95
)

Truth = dict[str, Any]


@dataclass
class Figures:
    """Right and asked by field, the misses in words, and files that could not be read."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def count(self, name: str, right: bool, miss: str) -> None:
        self.asked[name] += 1
        self.right[name] += right
        if not right:
            self.misses.append(miss)


@dataclass(frozen=True)
class Reading:
    """What became of one file: its sheets and how they were understood, or the sentence it ended in."""

    sheets: list[Sheet]
    found: Any
    error: str | None


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder of the files")
    parser.add_argument("manifest", type=Path, help="JSON list of files with their true header rows and columns")
    parser.add_argument("--corrections", type=Path, default=CORRECTIONS, help="CSV of corrections to the manifest")
    asked = parser.parse_args()
    manifest = json.loads(asked.manifest.read_text("utf-8"))
    corrections = read_corrections(asked.corrections)
    readings = read_all(asked.folder, manifest)
    raw, corrected = compare(manifest, readings, []), compare(manifest, readings, corrections)
    _print_files(manifest, readings, corrected)
    _print_corrections(manifest, corrections)
    _print_figures(raw, corrected)


def read_all(folder: Path, manifest: list[Truth]) -> dict[str, Reading]:
    """Read every file of the manifest."""
    policy = LinesPolicy.load(Folder(BUILT_IN, None))
    return {entry["file"]: _read(folder, entry["file"], policy) for entry in manifest}


def compare(manifest: list[Truth], readings: dict[str, Reading], corrections: list[dict[str, str]]) -> Figures:
    """Count what was understood as the manifest, with its corrections, has it."""
    figures = Figures()
    for entry in manifest:
        for truth in entry["sheets"]:
            right = _correct(entry["file"], truth, corrections)
            _compare(entry["file"], right, readings[entry["file"]], figures)
    return figures


def _read(folder: Path, name: str, policy: LinesPolicy) -> Reading:
    if not (folder / name).is_file():
        return Reading([], None, f"FAULT: {name} is not in {folder}")
    try:
        sheets = spreadsheet.read(folder / name, name)
        return Reading(sheets, lines.understand(sheets, policy, {}), None)
    except InputError as error:
        return Reading([], None, str(error))
    except Exception as error:  # noqa: BLE001
        return Reading([], None, f"FAULT: {error!r}")


def _compare(file: str, truth: Truth, reading: Reading, figures: Figures) -> None:
    place = f"{file} [{truth['sheet']}]"
    if reading.error is not None:
        good = not truth["columns"].get("supplier") and not reading.error.startswith("FAULT")
        figures.count("left out in words" if good else "header row", good, f"{place}: {reading.error}")
        return
    intake = reading.found.intake.filter(pl.col("sheet") == truth["sheet"]).row(0, named=True)
    if not truth["columns"].get("supplier"):
        figures.count("left out in words", bool(intake["left_out"]), f"{place}: taken for a list of contract lines")
        return
    header = (intake["header_row"] or 0) - 1
    figures.count(
        "header row", header == truth["header_row"], f"{place}: header row {header}, not {truth['header_row']}"
    )
    for name in ASKED.keys() & truth["columns"].keys():
        _compare_column(place, name, truth, reading, figures)


def _compare_column(place: str, name: str, truth: Truth, reading: Reading, figures: Figures) -> None:
    wanted = truth["columns"][name]
    sheet = next(sheet for sheet in reading.sheets if sheet.name == truth["sheet"])
    headings = reading.found.headings.filter(pl.col("sheet") == truth["sheet"], pl.col("field").is_in(ASKED[name]))
    taken = {row["column"]: row["heading"] for row in headings.iter_rows(named=True)}
    right = bool(taken.keys() & _places(sheet, truth["header_row"], wanted))
    right |= _fold(wanted) in {_fold(heading or "") for heading in taken.values()}
    figures.count(name, right, f"{place}: {name} taken from {list(taken.values())}, not {wanted!r}")


def _places(sheet: Sheet, header_row: int, heading: str) -> set[int]:
    row = sheet.cells.drop("row").row(header_row)
    return {number for number, cell in enumerate(row, start=1) if _fold(cell or "") == _fold(heading)}


def _fold(heading: str) -> str:
    return " ".join(heading.replace("\ufeff", "").split()).lower()


def read_corrections(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _correct(file: str, truth: Truth, corrections: list[dict[str, str]]) -> Truth:
    mine = [row for row in corrections if (row["file"], row["sheet"]) == (file, truth["sheet"])]
    columns = dict(truth["columns"])
    corrected = {**truth, "columns": columns}
    for row in mine:
        if row["field"] == "header_row":
            corrected["header_row"] = int(row["right"])
        elif row["right"]:
            columns[row["field"]] = row["right"]
        else:
            columns.pop(row["field"], None)
    return corrected


def _print_files(manifest: list[Truth], readings: dict[str, Reading], corrected: Figures) -> None:
    for entry in manifest:
        reading = readings[entry["file"]]
        print(entry["file"])
        if reading.error:
            print(f"    {reading.error}")
        for row in _intake_rows(reading):
            print(f"    {_told(row)}")
        for miss in corrected.misses:
            if miss.startswith(entry["file"] + " ["):
                print(f"    MISS {miss}")


def _intake_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    if reading.found is not None:
        yield from reading.found.intake.iter_rows(named=True)


def _told(row: dict[str, Any]) -> str:
    if row["left_out"]:
        return f"{row['sheet']}: left out. {row['left_out']}"
    reconciles = row["rows_read"] == row["rows_assessed"] + row["rows_set_aside"]
    reconciles &= row["amount_read"] == row["amount_assessed"] + row["amount_set_aside"]
    return (
        f"{row['sheet']}: headings in row {row['header_row']}; {row['rows_read']:,} rows read, "
        f"{row['rows_assessed']:,} assessed, {row['rows_set_aside']:,} set aside; £{row['amount_read']:,} "
        f"{row['amount_kind']}; {'reconciles' if reconciles else 'DOES NOT RECONCILE'}"
    )


def _print_corrections(manifest: list[Truth], corrections: list[dict[str, str]]) -> None:
    files = {entry["file"] for entry in manifest}
    print("\nCorrections to the manifest")
    for row in corrections:
        if row["file"] in files:
            change = f"{row['manifest']!r} -> {row['right']!r}"
            print(f"    {row['file']} [{row['sheet']}] {row['field']}: {change}; row {row['row']}: {row['why']}")


def _print_figures(raw: Figures, corrected: Figures) -> None:
    print(f"\n{'':20}{'raw':>18}{'corrected':>20}  target")
    for name in ["header row", *ASKED, "left out in words"]:
        figures = "".join(share(name, side) for side in (raw, corrected))
        print(f"{name:20}{figures}  {TARGETS.get(name, '')}")
    missed = [name for name, share in TARGETS.items() if corrected.right[name] < share * corrected.asked[name]]
    print("\nAll targets are met." if not missed else f"\nBelow target: {', '.join(missed)}")


def share(name: str, figures: Figures) -> str:
    asked = figures.asked[name]
    return f"{figures.right[name]:>6}/{asked:<4}{figures.right[name] / asked:>9.1%}" if asked else f"{'none':>20}"


if __name__ == "__main__":
    main()
