"""Step 9: an assessment becomes the workbook, the CSV, JSON and Parquet files and run.json that leave the product.

Files written into a folder: `audit.xlsx`, then `lines`, `suppliers`, `findings` and `set_aside` in each format asked
for, and `run.json`. The same assessment gives the same bytes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from riskengine.pipeline import Assessment
from riskengine.report import record, workbook
from riskengine.report.files import WRITERS
from riskengine.report.masking import withhold
from riskengine.report.tables import Tables, build, flat

FORMATS = ("xlsx", *WRITERS)
"""The formats that can be asked for."""

PersonalNames = Literal["withheld", "shown"]


def write(
    assessment: Assessment,
    out: Path,
    formats: Sequence[str] = FORMATS,
    personal_names: PersonalNames = "withheld",
) -> tuple[Path, ...]:
    """Write the files of an assessment into the folder `out`, which is made where it is missing.

    Names of likely persons are withheld unless `personal_names` is "shown". The files are moved into place when all
    are written, so that no folder holds half of a run. Returns them, run.json last. Raises OSError where the folder
    can't be written to.
    """
    told = withhold(assessment) if personal_names == "withheld" else assessment
    facts = record.describe(told) | {"formats": list(formats), "personal_names": personal_names}
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".riskcheck-", dir=out, ignore_cleanup_errors=True) as beside:
        written = _write_all(told, facts, Path(beside), formats)
        return tuple(path.replace(out / path.name) for path in written)


def _write_all(told: Assessment, facts: dict[str, Any], folder: Path, formats: Sequence[str]) -> list[Path]:
    """The workbook, which somebody may hold open, comes first; run.json, which vouches for the others, last."""
    tables = build(told)
    written = _write_tables(tables, folder, formats)
    if "xlsx" in formats:
        written.insert(0, folder / "audit.xlsx")
        workbook.write(told, tables, facts, folder / "audit.xlsx")
    run = folder / "run.json"
    record.write(facts | {"outputs": record.outputs(written)}, run)
    return [*written, run]


def _write_tables(tables: Tables, out: Path, formats: Sequence[str]) -> list[Path]:
    written = []
    for name, table in vars(tables).items():
        for format_ in (chosen for chosen in WRITERS if chosen in formats):
            WRITERS[format_](table, out / f"{name}.{format_}")
            written.append(out / f"{name}.{format_}")
    return written


__all__ = ["FORMATS", "PersonalNames", "Tables", "build", "flat", "withhold", "write"]
