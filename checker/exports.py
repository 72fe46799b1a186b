"""The audit workbook, and flagged suppliers of a filtered view as XLSX, CSV or JSON with the columns of outputs."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import polars as pl
import xlsxwriter

from checker import apart, ranked, records
from checker.records import RecordError, frames
from checker.views import lines
from checker.views.lines import Wanted
from riskengine import report
from riskengine.pipeline import Assessment
from riskengine.report import files

FORMATS = ("xlsx", "csv", "json")
_MAKING = threading.Lock()
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}


def flagged(assessment: Assessment, rows: pl.LazyFrame, wanted: Wanted) -> pl.DataFrame:
    """The flagged suppliers that have a line in the filtered view: rows of the output table `suppliers`, by points.

    `rows` are those of `lines.ranked`. Nothing is read of other suppliers.
    """
    found = lines.with_one_of(assessment.supplier_scores.filter("flagged"), lines.kept(rows, wanted))
    part = frames.of_suppliers(assessment, found.get_column("supplier_id"))
    return report.build(part).suppliers.sort("points", "supplier_id", descending=[True, False])


def workbook(assessment_id: str, out: Path, personal_names: report.PersonalNames) -> None:
    """Write audit.xlsx into a folder. Raises RecordError and PolicyError."""
    report.write(records.load(assessment_id), out, ("xlsx",), personal_names)


def kept_workbook(assessment_id: str) -> Path:
    """The same with names withheld, made at the first question and kept beside the ranked lines.

    It holds what the assessment holds and nothing else: decisions and notes of later days are not in it. Those who ask
    at once wait for one making of it. Raises RecordError, PolicyError and OSError.
    """
    kept = ranked.place(assessment_id, "xlsx")
    with _MAKING:
        if not kept.is_file():
            kept.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
                apart.make(workbook, assessment_id, Path(folder), "withheld")
                ranked.put(Path(folder) / "audit.xlsx", kept)
    return kept


def made(assessment_id: str, options: Mapping[str, str], form: str) -> bytes:
    """The file of one form. `filters` of the options is JSON as `Wanted.told` gives it. Raises RecordError."""
    found, wanted = records.load(assessment_id), read(options.get("filters", "{}"))
    if options.get("names") == "shown":
        table = flagged(found, lines.ranked(found).lazy(), wanted)
    else:
        table = flagged(frames.withheld(found), ranked.scan(assessment_id), wanted)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"flagged_suppliers.{form}"
        if form == "xlsx":
            _workbook(table, path, found)
        else:
            files.WRITERS[form](table, path)
        return path.read_bytes()


def read(text: str) -> Wanted:
    """Filters from an address. Raises RecordError for what is not our own."""
    try:
        told = json.loads(text)
        return Wanted.of({str(key): [str(value) for value in values] for key, values in told.items()})
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise RecordError("The filters in this address can't be read. Go back to the page and choose again.") from error


def _workbook(table: pl.DataFrame, path: Path, found: Assessment) -> None:
    """One sheet; texts are written as texts, so that no cell is run as a formula. Made on the as-of date."""
    day = found.as_of
    book = xlsxwriter.Workbook(str(path), _OPTIONS)
    book.set_properties({"title": "Flagged suppliers", "created": datetime(day.year, day.month, day.day)})  # noqa: DTZ001
    sheet, bold = book.add_worksheet("Flagged suppliers"), book.add_format({"bold": True})
    rows = report.flat(table).with_columns(pl.selectors.enum().cast(pl.String), pl.selectors.decimal().cast(pl.Float64))
    sheet.write_row(0, 0, rows.columns, bold)
    for at, row in enumerate(rows.iter_rows(), start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(at, column, value[:32_767])
            elif value is not None:
                sheet.write(at, column, value)
    sheet.freeze_panes(1, 2)
    sheet.write_string(rows.height + 2, 0, found.policy.wording.notice)
    book.close()
