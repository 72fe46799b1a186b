"""The sample lists: made by their script, described in README.md, and instructive."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest

import registries.sample.make
import sample_contracts.make
from checker import assessments
from checker.assessments import Request, Source
from registries.sample import FOLDER as REGISTRY
from registries.statement_columns import OFFICIAL
from riskengine.pipeline import Assessment
from riskengine.schemas import KINDS, MATCHES, OUTCOMES, SCOPES, STATEMENTS
from sample_contracts import FOLDER, as_of, samples

YEARS = [REGISTRY / f"StatementSummaries{year}.csv" for year in (2024, 2025, 2026)]


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    sources = tuple(Source(sample.path, sample.path.name) for sample in samples())
    return assessments.run(Request(sources, as_of(), registry=(REGISTRY,))).assessment


def made(module: object, source: Path, into: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run a script on a copy of its tables alone."""
    for name in ("purchases.csv", "people.csv", "organisations.csv", "other_companies.csv"):
        if (source / name).exists():
            shutil.copy(source / name, into / name)
    monkeypatch.setattr(module, "FOLDER", into)
    module.main()  # type: ignore[attr-defined]
    return into


def test_lists_are_what_the_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made(sample_contracts.make, FOLDER, tmp_path, monkeypatch)
    for sample in samples():
        assert (folder / sample.path.name).read_bytes() == sample.path.read_bytes(), sample.path.name


def test_registry_is_what_the_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made(registries.sample.make, REGISTRY, tmp_path, monkeypatch)
    for path in (*YEARS, REGISTRY / "snapshot.toml", *(REGISTRY / "companies_house").iterdir()):
        again = folder / path.relative_to(REGISTRY)
        assert again.read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize("path", YEARS, ids=lambda path: path.name)
def test_registry_has_the_official_layout(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    assert tuple(rows[0]) == OFFICIAL
    assert {len(row) for row in rows} == {71}


def test_readme_names_every_list() -> None:
    named = re.findall(r"^\| `(.+?)` \|", (FOLDER / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert named == [sample.path.name for sample in samples()]


def test_all_is_invented() -> None:
    numbers = []
    for path in (FOLDER / "purchases.csv", REGISTRY / "organisations.csv", REGISTRY / "other_companies.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            numbers += [row["number"] for row in csv.DictReader(file) if row["number"]]
    assert [number for number in numbers if not re.match(r"(?:99|[A-Z]{2}99)", number)] == []
    links = {
        link for path in YEARS for link in re.findall(r"https?://[^/,\s\"]+", path.read_text(encoding="utf-8-sig"))
    }
    assert [link for link in links if not link.endswith(".example")] == []


def test_every_indicator_is_raised_cleared_and_not_checked(assessment: Assessment) -> None:
    outcomes = assessment.findings.select("indicator", "outcome").unique().rows()
    possible = {
        (name, case.outcome)
        for name, indicator in assessment.policy.indicators.items()
        for case in indicator.cases.values()
    }
    assert possible - set(outcomes) == set()
    assert {outcome for _, outcome in outcomes} == set(OUTCOMES)


@pytest.mark.parametrize(
    ("column", "values"),
    [
        pytest.param("statement", set(STATEMENTS) - {"found_elsewhere"}, id="statement"),
        pytest.param("scope", set(SCOPES), id="scope"),
    ],
)
def test_every_position_occurs(assessment: Assessment, column: str, values: set[str]) -> None:
    assert set(assessment.statements[column].cast(str).to_list()) == values


def test_every_kind_and_match_occurs(assessment: Assessment) -> None:
    assert set(assessment.suppliers["kind"].cast(str).to_list()) == set(KINDS)
    assert set(assessment.matches["match"].cast(str).to_list()) == set(MATCHES)


def test_a_missing_statement_counts_where_a_duty_is_likely(assessment: Assessment) -> None:
    raised = assessment.findings.filter(indicator="statement", case="none_found_required")
    named = raised.join(assessment.suppliers, left_on="subject_id", right_on="supplier_id")["name"].to_list()
    assert [name.upper().startswith("HAVENSTOW") for name in named] == [True]


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("Brackenholt Supported Living Limited", "group"),
        ("Ostlemere Nursing Homes Limited", "ageing"),
        ("Saltwick House Care Limited", "out_of_date"),
        ("Wychenford Staffing Solutions Limited", "possible"),
        ("Greenholm Grounds Maintenance Ltd", "none_found"),
        ("Gannetby Facilities Management plc", "current"),
        ("Quillmere Support Services Ltd", "none_found"),
    ],
)
def test_suppliers_named_in_the_readme(assessment: Assessment, name: str, statement: str) -> None:
    known = assessment.suppliers.explode("spellings").filter(spellings=name)
    found = known.join(assessment.statements, on="supplier_id")["statement"].cast(str).to_list()
    assert found == [statement]
