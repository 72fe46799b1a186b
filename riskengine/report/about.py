"""The sheet "About this run": what was asked of which files, under which policy and register, and the notice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from riskengine.pipeline import Assessment
from riskengine.policy.bands import BandsPolicy
from riskengine.report.pages import Page

Fact = tuple[str, str]


def facts(assessment: Assessment, run: dict[str, Any], shown: list[Page]) -> list[Fact]:
    """Label and text of each row; a row without a label goes on from the one above."""
    wording = assessment.policy.wording
    return [
        ("Notice", wording.notice),
        ("", wording.evidence),
        ("If someone may be in danger", wording.help),
        ("As-of date", run["as_of"]),
        *_files(run),
        *_register(run),
        *_other_registers(run),
        ("Policy", f"{run['policy']['name']}, SHA-256 {run['policy']['hash']}"),
        ("Bands", _bands(assessment.policy.bands)),
        ("Engine version", run["engine_version"]),
        *_totals(run),
        *_questions(assessment, run),
        ("Names of likely persons", f"{run['personal_names']} in this workbook"),
        *_left_out(shown),
    ]


def write(sheet: Worksheet, rows: list[Fact], formats: dict[str, Format]) -> None:
    """Write the facts below a title."""
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 110)
    sheet.write_string(0, 0, "About this run", formats["title"])
    for row, (label, text) in enumerate(rows, start=1):
        sheet.write_string(row, 0, label, formats["strong"])
        sheet.write_string(row, 1, text, formats["wrapped"])


def _bands(bands: BandsPolicy) -> str:
    return (
        f"high from {bands.high.value:g} points, medium from {bands.medium.value:g}, low below; unknown where the "
        f"sector is not known and the band is not high. Lines of band {bands.flagged_band} are flagged."
    )


def _files(run: dict[str, Any]) -> Iterator[Fact]:
    for file in run["files"]:
        yield "File", f"{file['name']}, {file['size']:,} bytes, SHA-256 {file['sha256']}"
    for field, heading in run["mapping"].items():
        yield "Heading chosen by hand", f"{field} = {heading or '(no column)'}"


def _register(run: dict[str, Any]) -> Iterator[Fact]:
    register = run["register"]
    if register is None:
        yield "Statement registry", "No copy of the registry was at hand, so statements were not checked."
        return
    years = ", ".join(str(year) for year in register["years"])
    yield "Statement registry", f"{register['name']}, copy of {register['date']}, years {years}"
    yield "", f"SHA-256 {register['sha256']}"
    if register["sample"]:
        yield "", "This is the fictional sample registry: its answers say nothing about real organisations."
    if not register["whole"]:
        yield "", f"The copy is not whole: {register['partial_reason']}"


def _other_registers(run: dict[str, Any]) -> Iterator[Fact]:
    companies, presumed = run["company_register"], run["presumed_in_scope"]
    if companies is None:
        yield "Companies House", "No copy of Companies House data was at hand."
    else:
        yield "Companies House", f"{companies['name']}, copy of {companies['date']}, SHA-256 {companies['sha256']}"
    if presumed is not None:
        named = f"{presumed['organisations']:,} organisations, latest list of {presumed['listed']}"
        yield "Presumed in scope by the Home Office", named


def _totals(run: dict[str, Any]) -> Iterator[Fact]:
    totals = run["totals"]
    adds_up = "adds up" if totals["adds_up"] else "does not add up"
    yield (
        "Rows",
        f"{totals['rows_read']:,} read = {totals['lines']:,} assessed + {totals['set_aside']:,} set aside: {adds_up}",
    )
    yield "Suppliers", f"{totals['suppliers']:,}, of which {totals['flagged_suppliers']:,} flagged"
    yield "Flagged lines", f"{totals['flagged_lines']:,}"
    yield "Decisions by a person", f"{run['decisions']:,}"
    yield "Statements found elsewhere", f"{run['found_statements']:,}"


def _questions(assessment: Assessment, run: dict[str, Any]) -> Iterator[Fact]:
    share = run["totals"]["checked_share"]
    yield "Questions answered", "not known" if share is None else f"{share:.0%} over all lines"
    for row in run["questions"]:
        if row["not_checked"]:
            title = assessment.policy.indicators[row["indicator"]].title
            asked = row["raised"] + row["clear"] + row["not_checked"]
            yield "Not answered", f"{title}: {row['not_checked']:,} of {asked:,} times asked"


def _left_out(shown: list[Page]) -> Iterator[Fact]:
    for page in shown:
        if page.left_out:
            yield (
                "Rows left to the other files",
                f"{page.title}: {page.left_out:,} rows are not in this workbook; the CSV, JSON and Parquet files "
                "hold every line, supplier, finding and set-aside row.",
            )
