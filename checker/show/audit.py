"""What was asked, when, and under which policy; and the rows that were set aside."""

from __future__ import annotations

import polars as pl

from checker.show.labels import Labels, begun, count, day, place, pounds
from checker.show.tables import Cell, Column, Table
from riskengine import __version__
from riskengine.pipeline import Assessment

FILES = (
    "The workbook has one sheet for each step, flagged suppliers and lines first. The pack is a zip of the workbook, "
    "policy, hashes, decisions and audit trail; whoever is handed it can check it offline with "
    "`riskcheck audit verify audit_pack.zip`. Names of likely persons are withheld in both."
)


def run(assessment: Assessment) -> list[tuple[str, str]]:
    """The facts of a run as names and values."""
    labels = Labels(assessment.policy)
    mapping = [
        f"{labels.of('field', field)}: {heading or 'no column'}"
        for field, heading in sorted(assessment.mapping.items())
    ]
    return [
        ("As-of date", day(assessment.as_of)),
        *((f"File {at}", f"{file.name} (SHA-256 {file.sha256})") for at, file in enumerate(assessment.files, start=1)),
        *_register(assessment),
        *_companies(assessment),
        ("Policy", f"{assessment.policy.name} (SHA-256 {assessment.policy.hash})"),
        ("Version of riskcheck that shows this", __version__),
        ("Headings set by hand", "; ".join(mapping) or "None"),
        ("Decisions on possible matches", f"{assessment.decisions.height:,}"),
        ("Statements recorded by an officer", f"{assessment.found_statements.height:,}"),
    ]


def _register(assessment: Assessment) -> list[tuple[str, str]]:
    register = assessment.register
    if register is None:
        return [("Registry copy", "None: statements were not checked")]
    return [
        ("Registry copy", f"{register.name}{' (fictional sample)' if register.sample else ''}"),
        ("Date of the copy", day(register.date)),
        ("Years it covers", ", ".join(str(year) for year in register.years)),
        ("Is it whole?", register.partial_reason or "Yes"),
        ("SHA-256 of the copy", register.sha256),
    ]


def _companies(assessment: Assessment) -> list[tuple[str, str]]:
    """The other registers that were looked up: Companies House data and the lists of those presumed in scope."""
    register, presumed = assessment.company_register, assessment.presumed_in_scope
    pairs = [("Companies House data", "None: accounts and status were not checked")]
    if register is not None:
        name = register.name
        partial = f". Not whole: {register.partial_reason}" if register.partial_reason else ""
        pairs = [
            ("Companies House data", f"{name}, copy dated {day(register.date)}{partial}"),
            ("SHA-256 of the Companies House data", register.sha256),
        ]
    organisations = "None" if presumed is None else f"{presumed.organisations:,}, listed to {day(presumed.listed)}"
    return [*pairs, ("Organisations presumed in scope", organisations)]


def set_aside(rows: pl.DataFrame) -> Table:
    """Rows of SetAside."""
    columns = [Column("Place in the file"), Column("Why it was set aside"), Column("The row"), Column("£", number=True)]
    cells = [
        [
            Cell(place(row)),
            Cell(begun(row["reason"])),
            Cell(row["text"]),
            Cell("" if row["amount"] is None else pounds(row["amount"])),
        ]
        for row in rows.iter_rows(named=True)
    ]
    return Table(f"{count(rows.height, 'row')} on this page", columns, cells)


def reasons(rows: pl.DataFrame) -> Table:
    """Set-aside rows by reason (rows of `report.totals.set_aside`)."""
    columns = [Column("Why rows were set aside"), Column("Rows", number=True), Column("£", number=True)]
    cells = [
        [Cell(begun(row["reason"])), Cell(f"{row['rows']:,}"), Cell(pounds(row["amount"]))]
        for row in rows.iter_rows(named=True)
    ]
    return Table("Set-aside rows by reason", columns, cells)
