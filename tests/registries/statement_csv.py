"""Builds yearly registry files in the official layout, for tests."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from registries.statement_columns import OFFICIAL, TOPIC_COLUMNS

ROW = {
    "StatementYear": "2026",
    "OrganisationName": "Tarnleigh Homecare Limited",
    "Address": "1 Market Street\r\nTarnleigh\r\nZZ97 1AA",
    "SectorType": "Private",
    "CompanyNumber": "99100011",
    "LastUpdated": "20/05/2026",
    "GroupSubmission": "No",
    "StatementURL": "https://tarnleigh.example/statement",
    "StatementSummaryURL": "https://registry.example/statement-summary/AbCd1234/2026",
    "StatementStartDate": "01/04/2025",
    "StatementEndDate": "31/03/2026",
    "DateApproved": "15/05/2026",
    **dict.fromkeys(TOPIC_COLUMNS, "Yes"),
    "OrganisationSectors": "Healthcare and pharmaceuticals",
    "Turnover": "£36 million to £60 million",
}
"""A statement with every core column filled."""


def write(
    path: Path, rows: Sequence[dict[str, str]], columns: Sequence[str] = OFFICIAL, encoding: str = "utf-8-sig"
) -> Path:
    """Write rows, each ROW with the given cells changed, and hand back the path."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({**ROW, **row} for row in rows)
    return path
