"""A small assessment made by hand, so that what shows one can be tested apart from the steps that find it.

Three lines of two files: cleaning (high band, no statement found), consultancy (low band, statement current) and a
payment to a person; one totals row and one row without a supplier are set aside.
"""

from __future__ import annotations

import dataclasses
from datetime import date
from functools import cache
from typing import Any

from riskengine import policy
from riskengine.pipeline import Assessment
from riskengine.policy import Policy
from riskengine.policy.indicators import IndicatorPolicy
from riskengine.schemas import (
    ContractLines,
    Decisions,
    Findings,
    FoundStatements,
    Headings,
    Intake,
    Links,
    Matches,
    Purchases,
    RegisterFacts,
    Scores,
    Sectors,
    SetAside,
    SourceFile,
    Statements,
    Suppliers,
    SupplierScores,
)
from tests.frames import frame

AS_OF = date(2026, 4, 1)
REGISTER = RegisterFacts(
    date=date(2026, 3, 1), years=(2024, 2025, 2026), partial_reason=None, sample=True, sha256="c" * 64
)
FILES = (
    SourceFile("register.xlsx", "a" * 64, 12_000, "xlsx"),
    SourceFile("spend.csv", "b" * 64, 3_000, "csv", "cp1252"),
)
SUMMARY = "https://registry.example/statement-summary/acme/2025"

_INDICATORS = [
    {
        "id": "market",
        "version": 1,
        "title": "Sector of the contract",
        "question": "Is it in a higher-risk sector?",
        "subject": "purchase",
        "group": "industry",
        "why": "w",
        "source": "s",
        "cases": {
            "high": {
                "outcome": "raised",
                "sentence": "A contract in a higher-risk sector: {value}.",
                "points": {"value": 60, "why": "w", "source": "s", "since": AS_OF},
            },
            "low": {"outcome": "clear", "sentence": "The sector is {value}."},
        },
    },
    {
        "id": "ending",
        "version": 1,
        "title": "Contract ending soon",
        "question": "Does it end soon?",
        "subject": "line",
        "group": "record",
        "why": "w",
        "source": "s",
        "cases": {"no_end": {"outcome": "not_checked", "sentence": "The list gives no end date for this line."}},
    },
    {
        "id": "statement",
        "version": 1,
        "title": "Statement",
        "question": "Is there a statement?",
        "subject": "supplier",
        "group": "record",
        "why": "w",
        "source": "s",
        "cases": {
            "none": {
                "outcome": "raised",
                "sentence": "No statement found in the registry copy dated {snapshot_date}.",
                "points": {"value": 3, "weak": True, "why": "w", "source": "s", "since": AS_OF},
            },
            "found": {"outcome": "clear", "sentence": "Statement found for {value}."},
            "person": {"outcome": "not_checked", "sentence": "Not asked of {value}."},
        },
    },
]


def assessment(**changes: Any) -> Assessment:
    """The assessment described above, with the given parts changed."""
    return dataclasses.replace(_made(), **changes)


@cache
def policy_of_tests() -> Policy:
    """The built-in policy with three indicators of our own."""
    indicators = [IndicatorPolicy.model_validate(given) for given in _INDICATORS]
    return dataclasses.replace(
        policy.load(), name="of the tests", hash="d" * 64, indicators={given.id: given for given in indicators}
    )


@cache
def _made() -> Assessment:
    return Assessment(
        files=FILES,
        as_of=AS_OF,
        register=REGISTER,
        decisions=frame(
            Decisions,
            [
                {
                    "key": "acme",
                    "entry_name": "ACME LIMITED",
                    "decision": "same",
                    "who": "An Officer",
                    "when": AS_OF,
                    "why": "Same address",
                }
            ],
        ),
        found_statements=FoundStatements.create_empty(),
        mapping={"supplier": "Payee"},
        policy=policy_of_tests(),
        intake=_intake(),
        headings=frame(
            Headings,
            [
                {
                    "file": "spend.csv",
                    "sheet": "spend",
                    "column": 1,
                    "heading": "Payee",
                    "field": "supplier",
                    "confidence": 1.0,
                    "reason": "Chosen by hand",
                }
            ],
        ),
        lines=_lines(),
        set_aside=frame(
            SetAside,
            [
                {"file": "spend.csv", "sheet": "spend", "row": 4, "reason": "A totals row", "text": "Total | 220.50"},
                {
                    "file": "spend.csv",
                    "sheet": "spend",
                    "row": 5,
                    "reason": "The amount can't be read",
                    "text": "JANE  EXAMPLE | see invoice",
                    "amount": "0.00",
                },
            ],
        ),
        suppliers=_suppliers(),
        purchases=frame(
            Purchases,
            [
                {"purchase_id": "B1", "supplier_id": "S-ACME", "description": "Office cleaning"},
                {"purchase_id": "B2", "supplier_id": "S-BOLT", "description": "=HYPERLINK(1)"},
                {"purchase_id": "B3", "supplier_id": "P0001", "description": "Allowance Jane Example"},
            ],
        ),
        links=frame(
            Links,
            [
                {"line_id": "a-1-2", "supplier_id": "S-ACME", "purchase_id": "B1"},
                {"line_id": "b-1-2", "supplier_id": "S-BOLT", "purchase_id": "B2"},
                {"line_id": "b-1-3", "supplier_id": "P0001", "purchase_id": "B3"},
            ],
        ),
        matches=_matches(),
        statements=_statements(),
        sectors=frame(
            Sectors,
            [
                {"purchase_id": "B1", "sector": "cleaning", "level": "high", "basis": "text", "evidence": "cleaning"},
                {"purchase_id": "B2", "sector": "consultancy", "level": "low", "basis": "cpv", "evidence": "79410000"},
                {"purchase_id": "B3", "sector": "unknown", "level": "unknown", "basis": "none", "confidence": 0.0},
            ],
            confidence=0.9,
        ),
        findings=_findings(),
        scores=frame(
            Scores,
            [
                {"line_id": "a-1-2", "points": 63, "band": "high", "checked_share": 0.75, "flagged": True},
                {"line_id": "b-1-2", "points": 0, "band": "low", "checked_share": 1.0, "flagged": False},
                {"line_id": "b-1-3", "points": 0, "band": "unknown", "checked_share": 0.0, "flagged": False},
            ],
        ),
        supplier_scores=frame(
            SupplierScores,
            [
                {"supplier_id": "S-ACME", "points": 63, "band": "high", "checked_share": 0.75, "flagged": True},
                {"supplier_id": "S-BOLT", "points": 0, "band": "low", "checked_share": 1.0, "flagged": False},
                {"supplier_id": "P0001", "points": 0, "band": "unknown", "checked_share": 0.0, "flagged": False},
            ],
        ),
    )


def _lines() -> Any:
    return frame(
        ContractLines,
        [
            {
                "line_id": "a-1-2",
                "file": "register.xlsx",
                "sheet": "Contracts",
                "row": 2,
                "supplier_text": "Acme Cleaning Ltd",
                "company_number": "01234567",
                "description": "Office cleaning",
                "start": date(2025, 4, 1),
                "amount": "120000.00",
                "amount_kind": "yearly",
            },
            {
                "line_id": "b-1-2",
                "file": "spend.csv",
                "sheet": "spend",
                "row": 2,
                "supplier_text": "Bolt Advisers LLP",
                "description": "=HYPERLINK(1)",
                "date": date(2026, 3, 31),
                "amount": "200.50",
                "amount_kind": "paid",
            },
            {
                "line_id": "b-1-3",
                "file": "spend.csv",
                "sheet": "spend",
                "row": 3,
                "supplier_text": "Jane Example",
                "description": "Allowance Jane Example",
                "postcode": "ZZ1 1ZZ",
                "amount": "20.00",
                "amount_kind": "paid",
            },
        ],
    )


def _intake() -> Any:
    return frame(
        Intake,
        [
            {
                "file": "register.xlsx",
                "sheet": "Contracts",
                "header_row": 1,
                "rows_read": 1,
                "rows_assessed": 1,
                "rows_set_aside": 0,
                "amount_kind": "yearly",
                "amount_read": "120000.00",
                "amount_assessed": "120000.00",
                "amount_set_aside": "0.00",
                "notes": ["Two headings say supplier"],
            },
            {
                "file": "spend.csv",
                "sheet": "spend",
                "header_row": 1,
                "rows_read": 4,
                "rows_assessed": 2,
                "rows_set_aside": 2,
                "amount_kind": "paid",
                "amount_read": "220.50",
                "amount_assessed": "220.50",
                "amount_set_aside": "0.00",
            },
        ],
    )


def _suppliers() -> Any:
    return frame(
        Suppliers,
        [
            {
                "supplier_id": "S-ACME",
                "name": "Acme Cleaning Ltd",
                "spellings": ["Acme Cleaning Ltd", "ACME CLEANING LIMITED"],
                "key": "acme cleaning",
                "kind": "company",
                "company_number": "01234567",
            },
            {
                "supplier_id": "S-BOLT",
                "name": "Bolt Advisers LLP",
                "spellings": ["Bolt Advisers LLP"],
                "key": "bolt advisers",
                "kind": "company",
            },
            {
                "supplier_id": "P0001",
                "name": "Jane Example",
                "spellings": ["Jane Example"],
                "key": "jane example",
                "kind": "individual",
                "personal": True,
                "postcode": "ZZ1 1ZZ",
            },
        ],
        kind_reason="",
        personal=False,
    )


def _matches() -> Any:
    terms = [{"term": "name", "left": "acme", "right": "acme", "points": 1.0}]
    return frame(
        Matches,
        [
            {"supplier_id": "S-ACME", "rank": 1, "match": "none", "basis": "name"},
            {
                "supplier_id": "S-BOLT",
                "rank": 1,
                "match": "same",
                "basis": "exact_name",
                "entry_id": "E9",
                "matched_name": "BOLT ADVISERS LLP",
                "matched_number": "OC123456",
                "score": 1.0,
                "terms": terms,
            },
            {"supplier_id": "P0001", "rank": 1, "match": "not_checked", "basis": "kind"},
        ],
        reason="",
    )


def _statements() -> Any:
    return frame(
        Statements,
        [
            {"supplier_id": "S-ACME", "statement": "none_found", "scope": "not_known"},
            {
                "supplier_id": "S-BOLT",
                "statement": "current",
                "scope": "likely_required",
                "entry_id": "E9",
                "year": 2025,
                "statement_url": "https://bolt.example/statement",
                "summary_url": SUMMARY,
            },
            {"supplier_id": "P0001", "statement": "not_checked", "scope": "likely_not_required"},
        ],
        reason="",
        scope_reason="",
    )


def _findings() -> Any:
    asked = [
        ("purchase", "B1", "market", "raised", "high", 60, "cleaning"),
        ("purchase", "B2", "market", "clear", "low", 0, "consultancy"),
        ("line", "a-1-2", "ending", "not_checked", "no_end", 0, None),
        ("line", "b-1-2", "ending", "not_checked", "no_end", 0, None),
        ("supplier", "S-ACME", "statement", "raised", "none", 3, None),
        ("supplier", "S-BOLT", "statement", "clear", "found", 0, "2025"),
        ("supplier", "P0001", "statement", "not_checked", "person", 0, "Jane Example"),
    ]
    names = ["subject", "subject_id", "indicator", "outcome", "case", "points", "value"]
    register = {"register": REGISTER.name, "snapshot_date": REGISTER.date}
    return frame(
        Findings,
        [dict(zip(names, given, strict=True)) | (register if given[2] == "statement" else {}) for given in asked],
    )
