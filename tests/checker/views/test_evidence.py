"""One supplier, or one of its lines, with all that was found of it."""

from __future__ import annotations

import polars as pl

from checker.views import evidence, lines
from riskengine.pipeline import Assessment
from riskengine.report import withhold
from tests.assessment_factory import assessment


def test_the_findings_of_a_line_add_up_to_its_points() -> None:
    made = assessment()
    for line in lines.ranked(made).iter_rows(named=True):
        assert evidence.of_line(made, line).get_column("points").sum() == line["points"]


def test_findings_come_raised_first_then_not_checked_then_clear() -> None:
    made = assessment()
    found = evidence.of_supplier(made, "S-ACME").select("outcome", "sentence", "lines").rows()
    assert found == [
        ("raised", "A contract in a higher-risk sector: cleaning.", 1),
        ("raised", "No statement found in the registry copy dated 1 March 2026.", 1),
        ("not_checked", "The list gives no end date for this line.", 1),
    ]


def test_a_sentence_that_holds_of_several_lines_is_told_once() -> None:
    made = assessment()
    twice = made.links.with_columns(supplier_id=made.links["supplier_id"].replace("S-BOLT", "S-ACME"))
    found = evidence.of_supplier(assessment(links=twice), "S-ACME")
    told = dict(found.select("sentence", "lines").iter_rows())
    assert told["The list gives no end date for this line."] == 2


def search(made: Assessment, text: str) -> pl.DataFrame:
    return evidence.search(made, lines.by_supplier(lines.ranked(made).lazy()), text)


def test_a_supplier_is_found_by_name_or_number() -> None:
    made = assessment()
    for text in ("acme", "01234567", "ltd CLEANING"):
        assert search(made, text).get_column("supplier_id").to_list() == ["S-ACME"]


def test_suppliers_with_most_points_come_first() -> None:
    assert search(assessment(), "").get_column("supplier_id").to_list()[0] == "S-ACME"


def test_a_supplier_bears_the_kind_of_money_of_which_it_has_most() -> None:
    made = assessment()
    row = search(made, "acme").row(0, named=True)
    own = lines.ranked(made).filter(supplier_id="S-ACME").group_by("amount_kind").agg(pl.col("amount").sum())
    assert (row["amount"], row["lines"]) == (own["amount"].max(), made.links.filter(supplier_id="S-ACME").height)


def test_a_persons_profile_bears_no_name() -> None:
    profile = evidence.profile(withhold(assessment()), "P0001")
    assert profile.name == "Name withheld (P0001)"
    assert profile.facts["spellings"] == ["Name withheld (P0001)"]
    assert profile.facts["postcode"] is None


def test_the_register_records_come_best_first() -> None:
    assert evidence.candidates(assessment(), "S-BOLT").get_column("matched_name").to_list() == ["BOLT ADVISERS LLP"]
