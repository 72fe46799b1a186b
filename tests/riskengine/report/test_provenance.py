"""Every register that had a say is named in the run record and in the workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from riskengine.report import about, record
from riskengine.schemas import PresumedFacts, RegisterFacts
from tests.assessment_factory import assessment

COMPANIES = RegisterFacts(date(2026, 6, 1), (), None, sample=True, sha256="c" * 64, name="Companies House company data")


def test_companies_house_data_and_presumed_lists_are_named() -> None:
    made = replace(assessment(), company_register=COMPANIES, presumed_in_scope=PresumedFacts(12, date(2020, 12, 1)))
    run = {**record.describe(made), "personal_names": "withheld"}
    assert run["company_register"]["sha256"] == "c" * 64
    assert run["presumed_in_scope"] == {"organisations": 12, "listed": "2020-12-01"}
    told = dict(about.facts(made, run, []))
    assert "copy of 2026-06-01" in told["Companies House"]
    assert told["Presumed in scope by the Home Office"] == "12 organisations, latest list of 2020-12-01"


def test_a_run_without_them_says_so() -> None:
    made = assessment()
    run = {**record.describe(made), "personal_names": "withheld"}
    told = dict(about.facts(made, run, []))
    assert told["Companies House"] == "No copy of Companies House data was at hand."
