"""A parent or group that a person confirmed: whose statement counts, in which words, and when it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from riskengine import statements
from riskengine.schemas import Decisions, Inputs, RegisterEntries, StatementRegister
from tests.frames import frame
from tests.riskengine.test_statements import AS_OF, OWN_OLD, POLICY, RECORD, matches, register, suppliers

PARENT = {**RECORD, "entry_id": "E2", "group": True, "year": 2026}
WORD = {"key": "ACME", "entry_name": "Acme Holdings plc", "entry_number": "99100002", "decision": "parent"}
SAID = {"who": "A. Officer", "when": date(2026, 5, 3), "why": "Companies House lists it as the owner."}
NONE = {"match": "none", "entry_id": None}
OLD = {"year": 2024, "period_end": date(2024, 3, 31)}


def held(*records: dict[str, Any]) -> StatementRegister:
    entries = [
        {"entry_id": "E1", "name": "Acme Limited", "company_number": "99100001"},
        {
            "entry_id": "E2",
            "name": "ACME HOLDINGS PLC",
            "company_number": "99100002",
            "previous_names": ["Acme Group Limited"],
        },
    ]
    return replace(register(*records), entries=frame(RegisterEntries, entries))


def judged(
    *records: dict[str, Any], match: dict[str, Any] | None = None, kind: str = "company", **word: Any
) -> dict[str, Any]:
    """The position of one supplier of which a person confirmed the parent."""
    decisions = frame(Decisions, [{**WORD, **SAID, **word}])
    inputs = Inputs(AS_OF, held(*records), decisions=decisions)
    return statements.judge(suppliers(kind), matches(**(NONE if match is None else match)), inputs, POLICY).row(
        0, named=True
    )


def test_statement_of_a_confirmed_parent_counts_as_a_groups() -> None:
    row = judged(PARENT)
    assert (row["statement"], row["parent"], row["entry_id"], row["year"]) == ("group", "Acme Holdings plc", "E2", 2026)
    assert row["statement_url"] == RECORD["statement_url"]
    assert row["reason"] == (
        "The statement of Acme Holdings plc, confirmed as its parent or group, covers the period to 31 March 2026, "
        "3 months before 30 June 2026. Confirmed by A. Officer on 3 May 2026: Companies House lists it as the owner."
    )


def test_statement_that_is_not_marked_as_a_groups_asks_to_be_read() -> None:
    assert judged({**PARENT, "group": False})["reason"].endswith(
        "The registry does not mark it as a group statement, so read whether it covers this supplier."
    )


@pytest.mark.parametrize(
    ("records", "match", "statement", "parent"),
    [
        pytest.param([PARENT, {}], {}, "current", None, id="own current before the parent's"),
        pytest.param([PARENT, OWN_OLD], {}, "group", "Acme Holdings plc", id="current parent before ageing own"),
        pytest.param([{**PARENT, **OLD}, OWN_OLD], {}, "ageing", None, id="ageing own before an older parent's"),
        pytest.param(
            [{**PARENT, **OLD}], NONE, "out_of_date", "Acme Holdings plc", id="an old statement of the parent"
        ),
        pytest.param([PARENT], {"match": "possible"}, "group", "Acme Holdings plc", id="whatever is possible besides"),
        pytest.param(
            [{**PARENT, **OLD}], {"match": "possible"}, "possible", "Acme Holdings plc", id="old and possible"
        ),
        pytest.param([{**RECORD, "entry_id": "E3"}], NONE, "none_found", None, id="a parent without statement"),
    ],
)
def test_best_evidence_of_supplier_and_parent(
    records: list[dict[str, Any]], match: dict[str, Any], statement: str, parent: str | None
) -> None:
    row = judged(*records, match=match)
    assert (row["statement"], row["parent"]) == (statement, parent)


@pytest.mark.parametrize(
    "word",
    [
        pytest.param({"entry_number": None, "entry_name": "Acme Holdings PLC"}, id="by its name"),
        pytest.param({"entry_number": None, "entry_name": "ACME GROUP LIMITED"}, id="by an earlier name"),
        pytest.param({"entry_name": "Another Name"}, id="by its number"),
    ],
)
def test_the_entry_is_found_again_in_another_copy(word: dict[str, Any]) -> None:
    assert judged(PARENT, **word)["statement"] == "group"


@pytest.mark.parametrize("number", ["99100099", None])
def test_a_parent_that_is_not_in_the_copy_is_told(number: str | None) -> None:
    row = judged(PARENT, entry_number=number, entry_name="Vanished plc")
    assert row["statement"] == "none_found"
    assert row["reason"].endswith("A decision names Vanished plc as its parent or group, which is not in this copy.")


def test_a_parent_of_another_supplier_changes_nothing() -> None:
    assert judged(PARENT, key="SOMEBODY ELSE")["statement"] == "none_found"


@pytest.mark.parametrize("decision", ["same", "not_same"])
def test_other_decisions_make_no_parent(decision: str) -> None:
    assert judged(PARENT, decision=decision)["statement"] == "none_found"


def test_a_person_is_not_looked_up_by_a_parent() -> None:
    row = judged(PARENT, match={"match": "not_checked", "entry_id": None, "basis": "kind"}, kind="individual")
    assert row["statement"] == "not_checked"


def test_without_a_copy_nothing_is_checked() -> None:
    decisions = frame(Decisions, [{**WORD, **SAID}])
    found = statements.judge(suppliers("company"), matches(**NONE), Inputs(AS_OF, decisions=decisions), POLICY)
    assert found["statement"].to_list() == ["not_checked"]
    assert "Vanished" not in found["reason"][0]


def test_turnover_of_the_group_does_not_settle_the_duty_of_its_member() -> None:
    row = judged({**PARENT, "turnover": "Over £500 million"})
    assert row["scope"] == "not_known"
    assert "that of the whole group" in row["scope_reason"]


def test_two_parents_the_best_statement_counts() -> None:
    other = {**WORD, **SAID, "entry_name": "Acme Limited", "entry_number": "99100001"}
    decisions = frame(Decisions, [{**WORD, **SAID}, other])
    inputs = Inputs(AS_OF, held({**PARENT, **OLD}, {}), decisions=decisions)
    row = statements.judge(suppliers("company"), matches(**NONE), inputs, POLICY).row(0, named=True)
    assert (row["statement"], row["parent"]) == ("group", "Acme Limited")


def test_a_match_takes_a_parent_as_another_organisation() -> None:
    decisions = frame(Decisions, [{**WORD, **SAID}, {**WORD, **SAID, "key": "B", "decision": "same"}])
    assert statements.other_bodies(decisions)["decision"].to_list() == ["not_same", "same"]
