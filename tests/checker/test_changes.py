"""Two copies of the registry compared for the suppliers of an assessment: new, renewed, lapsed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker import assessments, changes, records
from checker.assessments import Request, Source
from registries import statement_copies
from registries.errors import SnapshotError
from riskengine.pipeline import Assessment
from tests.registries.statement_csv import write

LIST = (
    "Supplier,Description,Amount\n"
    "Ashgrove Homecare Ltd,Home care,1.00\nBirchmoor Cleaning Ltd,Cleaning,1.00\n"
    "Cedarfell Waste Ltd,Waste,1.00\nDunmoss Catering Ltd,Catering,1.00\nEastwell Foods Ltd,Food,1.00\n"
)


def row(name: str, number: str, year: int, end: str) -> dict[str, str]:
    return {
        "OrganisationName": name,
        "CompanyNumber": number,
        "StatementYear": str(year),
        "StatementEndDate": end,
        "StatementSummaryURL": f"https://registry.example/{number}/{year}",
    }


def copy(tmp_path: Path, last: int, rows: list[dict[str, str]]) -> Path:
    """A copy taken on 1 June of the year `last`, whole by one organisation in each year."""
    folder = tmp_path / f"files{last}"
    folder.mkdir()
    paths = []
    for year in range(last - 2, last + 1):
        always = row("Filler Holdings Ltd", "99100999", year, f"31/03/{year}")
        found = [always, *(one for one in rows if one["StatementYear"] == str(year))]
        named = [{**one, "LastUpdated": f"01/06/{last}"} for one in found]
        paths.append(write(folder / f"StatementSummaries{year}.csv", named))
    return statement_copies.take_in(tmp_path / "data" / "registry", paths)


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Assessment, Path, Path]:
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "spend.csv").write_text(LIST, "utf-8")
    renewed = [row("Birchmoor Cleaning Ltd", "99100002", year, f"31/03/{year}") for year in (2025, 2026)]
    lapsed = row("Cedarfell Waste Ltd", "99100003", 2024, "30/04/2024")
    same = row("Dunmoss Catering Ltd", "99100004", 2025, "31/03/2025")
    new = row("Ashgrove Homecare Ltd", "99100001", 2026, "31/03/2026")
    before = copy(tmp_path, 2025, [renewed[0], lapsed, same])
    after = copy(tmp_path, 2026, [*renewed, lapsed, same, new])
    request = Request((Source(tmp_path / "spend.csv", "spend.csv"),), date(2026, 6, 30), registry=(after,))
    return assessments.run(request).assessment, before, after


def test_new_renewed_and_lapsed_per_supplier(held: tuple[Assessment, Path, Path]) -> None:
    found = changes.of_copies(*held)
    assert found.select("change", "name", "before", "after").rows() == [
        ("lapsed", "Cedarfell Waste Ltd", "current", "out_of_date"),
        ("new", "Ashgrove Homecare Ltd", "none_found", "current"),
        ("renewed", "Birchmoor Cleaning Ltd", "current", "current"),
    ]


def test_a_damaged_copy_is_refused(held: tuple[Assessment, Path, Path]) -> None:
    assessment, before, after = held
    (before / "StatementSummaries2025.csv").write_text("changed", "utf-8")
    with pytest.raises(SnapshotError, match="was changed after the snapshot was made"):
        changes.of_copies(assessment, before, after)
    assert records.holding() == []
