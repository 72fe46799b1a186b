"""Headings chosen by hand are remembered for the layout of the list."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import polars as pl
import pytest

from checker import records
from checker.records import RecordError, mappings
from riskengine import lines, policy
from riskengine.pipeline import Assessment
from riskengine.schemas import Sheet, SourceFile
from tests.checker.records.made import built_in

HEADINGS = ["Zzz", "Description", "Amount"]
ROWS = [["Acme Ltd", "Cleaning", "5.00"], ["Bolt LLP", "Advice", "6.00"]]
POLICY = policy.load().lines


def sheet(headings: list[str], name: str = "spend") -> Sheet:
    rows = [["Payments", None, None], headings, *ROWS]
    cells = pl.DataFrame(rows, schema=["c1", "c2", "c3"], orient="row").with_row_index("row", 1)
    return Sheet(SourceFile("spend.csv", "b" * 64, 10, "csv"), name, cells)


def run(sheets: list[Sheet], mapping: Mapping[str, str]) -> tuple[list[Sheet], Assessment]:
    """Read the sheets as a run does, and remember what was chosen."""
    given, chosen = mappings.apply(sheets, mapping), mappings.chosen(mapping)
    read = lines.understand(given, POLICY, chosen)
    found = dataclasses.replace(built_in(), mapping=chosen, intake=read.intake, headings=read.headings)
    found = dataclasses.replace(found, lines=read.lines)
    mappings.remember(given, found, "An Officer", mapping)
    return given, found


def test_a_chosen_heading_is_applied_to_the_next_list_of_the_layout_and_said() -> None:
    run([sheet(HEADINGS)], {"supplier": "Zzz"})
    (given,), found = run([sheet(HEADINGS)], {})
    day = records.remembered()[0].at
    assert f'A mapping remembered from {day.day} {day:%B %Y} was applied: supplier = "Zzz".' in given.notes
    assert given.notes[0] in found.intake["notes"].to_list()[0]
    assert found.lines["supplier_text"].to_list() == ["Acme Ltd", "Bolt LLP"]


@pytest.mark.parametrize(
    ("headings", "applied"),
    [(["ZZZ ", "description:", " Amount"], True), (["Zzz", "Amount", "Description"], False)],
    ids=["written another way", "in another order"],
)
def test_a_layout_is_known_by_its_headings(headings: list[str], applied: bool) -> None:
    run([sheet(HEADINGS)], {"supplier": "Zzz"})
    assert bool(mappings.apply([sheet(headings)], {})[0].mapping) is applied


def test_a_heading_chosen_now_goes_before_one_that_is_remembered() -> None:
    run([sheet(HEADINGS)], {"supplier": "Zzz"})
    (given,), found = run([sheet(HEADINGS)], {"supplier": "Description"})
    assert (dict(given.mapping), given.notes) == ({}, ())
    assert found.lines["supplier_text"].to_list() == ["Cleaning", "Advice"]
    assert records.remembered()[0].mapping == {"supplier": "Description"}


def test_that_no_column_holds_a_field_is_remembered_and_said() -> None:
    run([sheet(HEADINGS)], {"supplier": "Zzz", "amount": ""})
    (given,), found = run([sheet(HEADINGS)], {})
    assert 'was applied: no column for the amount, supplier = "Zzz".' in given.notes[0]
    assert found.lines["amount"].to_list() == [None, None]
    assert "An officer said that no column holds the amount." in found.intake["notes"].to_list()[0]
    _, found = run([sheet(HEADINGS)], {"amount": "Amount"})
    assert [str(amount) for amount in found.lines["amount"]] == ["5.00", "6.00"]


def test_as_understood_undoes_what_is_remembered_of_a_field() -> None:
    run([sheet(HEADINGS)], {"supplier": "Zzz", "amount": ""})
    _, found = run([sheet(HEADINGS)], {"amount": mappings.UNDONE})
    assert [str(amount) for amount in found.lines["amount"]] == ["5.00", "6.00"]
    assert (found.mapping, records.remembered()[0].mapping) == ({}, {"supplier": "Zzz"})
    run([sheet(HEADINGS)], {"supplier": mappings.UNDONE})
    assert records.remembered() == []
    assert records.trail()[0].action == "forgot a mapping"


def test_each_sheet_has_the_mapping_of_its_own_layout() -> None:
    other = ["Amount", "Qqq", "Description"]
    run([sheet(HEADINGS)], {"supplier": "Zzz"})
    run([sheet(other)], {"supplier": "Qqq"})
    given = mappings.apply([sheet(HEADINGS, "one"), sheet(other, "two"), sheet(ROWS[0], "three")], {})
    assert [dict(one.mapping) for one in given] == [{"supplier": "Zzz"}, {"supplier": "Qqq"}, {}]


def test_a_heading_that_the_sheet_lacks_is_not_remembered() -> None:
    run([sheet(["Supplier", "Description", "Amount"])], {"department": "Team"})
    assert records.remembered() == []


def test_the_same_choice_is_remembered_once() -> None:
    run([sheet(HEADINGS)], {"supplier": "Zzz"})
    run([sheet(HEADINGS)], {"supplier": "Zzz"})
    assert len(records.trail()) == 1


def test_a_mapping_can_be_forgotten() -> None:
    run([sheet(HEADINGS)], {"supplier": "Zzz"})
    records.forget(records.remembered()[0].layout[:8], "An Officer")
    assert records.remembered() == []
    assert mappings.apply([sheet(HEADINGS)], {})[0].notes == ()


def test_an_unknown_layout_cannot_be_forgotten() -> None:
    with pytest.raises(RecordError, match="No mapping"):
        records.forget("abc", "An Officer")
