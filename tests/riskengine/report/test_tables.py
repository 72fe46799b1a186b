"""The output tables: their columns are a contract, and every figure in them is that of the assessment."""

from __future__ import annotations

import dataclasses

import polars as pl
import pytest

from riskengine import report
from riskengine.schemas import ContractLines, Findings
from tests.assessment_factory import SUMMARY, assessment
from tests.frames import frame

CONTRACT = {
    "lines": "line_id, file, sheet, row, supplier_text, supplier_id, company_number, description, reference, "
    "department, category, date, start, end, amount, amount_kind, sector, sector_level, sector_basis, points, band, "
    "checked_share, flagged, reasons",
    "suppliers": "supplier_id, name, spellings, kind, match, matched_name, matched_number, matched_record, "
    "match_score, statement, statement_year, statement_url, scope, lines, spend, points, band, checked_share, "
    "flagged, reasons",
    "findings": "subject, subject_id, indicator, outcome, points, sentence, value, threshold, register, record, "
    "snapshot_date",
    "set_aside": "file, sheet, row, reason, text, amount",
}


@pytest.mark.parametrize("table", CONTRACT)
def test_a_table_has_the_columns_of_the_contract_in_their_order(table: str) -> None:
    assert ", ".join(getattr(report.build(assessment()), table).columns) == CONTRACT[table]


def test_lines_keep_their_order_and_carry_sector_and_score() -> None:
    lines = report.build(assessment()).lines
    shown = lines.select("line_id", "supplier_id", "sector", "sector_level", "points", "band", "flagged")
    assert shown.rows() == [
        ("a-1-2", "S-ACME", "cleaning", "high", 63, "high", True),
        ("b-1-2", "S-BOLT", "consultancy", "low", 0, "low", False),
        ("b-1-3", "P0001", "unknown", "unknown", 0, "unknown", False),
    ]


def test_reasons_are_the_sentences_of_what_was_raised_most_points_first() -> None:
    reasons = report.build(assessment()).lines["reasons"].to_list()
    assert reasons == [
        "A contract in a higher-risk sector: cleaning. No statement found in the registry copy dated 1 March 2026.",
        None,
        None,
    ]


def test_of_several_findings_on_a_purchase_the_one_with_most_points_is_told_first() -> None:
    made = assessment()
    more = made.findings.head(1).with_columns(points=pl.lit(70, pl.Int32), value=pl.lit("catering"))
    changed = dataclasses.replace(made, findings=Findings.cast(pl.concat([made.findings, more])))
    first, second = (f"A contract in a higher-risk sector: {market}." for market in ("catering", "cleaning"))
    assert report.build(changed).lines["reasons"][0].startswith(f"{first} {second}")


def test_a_supplier_carries_the_reasons_of_its_highest_line() -> None:
    tables = report.build(assessment())
    assert tables.suppliers["reasons"][0] == tables.lines["reasons"][0]


def test_a_match_names_the_page_of_its_record() -> None:
    supplier = report.build(assessment()).suppliers.row(1, named=True)
    assert (supplier["match"], supplier["matched_number"], supplier["matched_record"], supplier["match_score"]) == (
        "same",
        "OC123456",
        SUMMARY,
        1.0,
    )


def test_the_nearest_of_names_that_are_not_it_stays_out_of_the_suppliers_row() -> None:
    made = assessment()
    none = made.matches.with_columns(match=pl.lit("none", made.matches.schema["match"]))
    nobody = made.statements.with_columns(summary_url=pl.lit(None, pl.String))
    suppliers = report.build(dataclasses.replace(made, matches=none, statements=nobody)).suppliers
    assert suppliers.select("matched_name", "matched_number", "matched_record", "match_score").row(1) == (None,) * 4


def test_a_match_without_a_page_names_its_entry() -> None:
    made = assessment()
    statements = made.statements.with_columns(summary_url=pl.lit(None, pl.String))
    supplier = report.build(dataclasses.replace(made, statements=statements)).suppliers.row(1, named=True)
    assert supplier["matched_record"] == "E9"


def test_spend_of_different_kinds_is_never_added_together() -> None:
    made = assessment()
    yearly = made.lines.head(1)
    paid = yearly.with_columns(
        line_id=pl.lit("a-1-9"),
        amount_kind=pl.lit("paid", yearly.schema["amount_kind"]),
        amount=pl.lit("5.50").cast(pl.Decimal(18, 2)),
    )
    links, scores = (
        pl.concat([frame, frame.head(1).with_columns(line_id=pl.lit("a-1-9"))]) for frame in (made.links, made.scores)
    )
    lines = ContractLines.cast(pl.concat([made.lines, paid]))
    changed = dataclasses.replace(made, lines=lines, links=links, scores=scores)
    assert report.flat(report.build(changed).suppliers)["spend"][0] == "paid 5.50; yearly 120000.00"


def test_spend_is_empty_where_no_amount_is_known() -> None:
    made = assessment()
    unknown = dataclasses.replace(made, lines=made.lines.with_columns(amount=pl.lit(None, pl.Decimal(18, 2))))
    assert report.flat(report.build(unknown).suppliers)["spend"].to_list() == [None, None, None]


def test_findings_are_those_raised_or_not_checked_of_flagged_lines_and_suppliers() -> None:
    findings = report.build(assessment()).findings
    assert findings.select("subject", "subject_id", "indicator", "outcome", "points").rows() == [
        ("line", "a-1-2", "market", "raised", 60),
        ("line", "a-1-2", "ending", "not_checked", 0),
        ("supplier", "S-ACME", "statement", "raised", 3),
    ]


def test_points_of_a_flagged_line_are_the_sum_of_its_findings_and_its_suppliers() -> None:
    tables = report.build(assessment())
    assert tables.findings["points"].sum() == tables.lines["points"][0]


def test_what_holds_of_a_purchase_stands_at_each_of_its_flagged_lines() -> None:
    made = assessment()
    twice = ContractLines.cast(pl.concat([made.lines, made.lines.head(1).with_columns(line_id=pl.lit("a-1-9"))]))
    links = pl.concat([made.links, made.links.head(1).with_columns(line_id=pl.lit("a-1-9"))])
    scores = pl.concat([made.scores, made.scores.head(1).with_columns(line_id=pl.lit("a-1-9"))])
    findings = report.build(dataclasses.replace(made, lines=twice, links=links, scores=scores)).findings
    assert findings.filter(pl.col("indicator") == "market")["subject_id"].to_list() == ["a-1-2", "a-1-9"]


def test_a_finding_that_rests_on_no_register_has_no_snapshot_date() -> None:
    findings = report.build(assessment()).findings
    assert findings.select("indicator", "snapshot_date").rows()[0] == ("market", None)


def test_an_assessment_without_findings_has_empty_reasons() -> None:
    tables = report.build(assessment(findings=frame(Findings, [])))
    assert (tables.findings.height, tables.lines["reasons"].null_count()) == (0, 3)
