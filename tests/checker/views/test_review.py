"""The order of possible matches, which of them are open, and what became of decisions."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from checker.records import Decision
from checker.views import lines, review
from riskengine.pipeline import Assessment
from riskengine.schemas import Decisions, Matches, Statements
from tests.assessment_factory import AS_OF, assessment
from tests.frames import frame

ACME = {"supplier_id": "S-ACME", "match": "possible", "matched_name": "ACME HYGIENE LIMITED", "matched_number": None}
OTHER = ACME | {"rank": 2, "matched_name": "ACME CLEANING (NORTH) LIMITED", "matched_number": "09999999"}
BOLT = {"supplier_id": "S-BOLT", "match": "possible", "matched_name": "BOLT LIMITED"}


def made(*rows: dict[str, Any], **changes: Any) -> Assessment:
    return assessment(matches=frame(Matches, list(rows), rank=1, basis="name", reason="", score=0.8), **changes)


def queue(of: Assessment, held: list[Decision]) -> pl.DataFrame:
    return review.queue(of, lines.largest(lines.ranked(of).lazy()), held)


def word(decision: str, record: dict[str, Any] = ACME, key: str = "acme cleaning") -> Decision:
    at = datetime(2026, 6, 1, tzinfo=UTC)
    return Decision(key, record["matched_name"], record["matched_number"], 1, decision, "A", at, "x")


def test_most_pounds_times_points_come_first() -> None:
    rows = queue(made(BOLT, ACME), [])
    assert rows.select("supplier_id", "amount_kind").rows() == [("S-ACME", "yearly"), ("S-BOLT", "paid")]


@pytest.mark.parametrize(
    ("held", "left"),
    [
        pytest.param([], [("S-ACME", False)], id="nothing said"),
        pytest.param([word("same", OTHER)], [], id="same as one of two"),
        pytest.param([word("not_same")], [("S-ACME", False)], id="not the same as one of two"),
        pytest.param([word("not_same"), word("not_same", OTHER)], [], id="not the same as either"),
        pytest.param([word("parent"), word("not_same", OTHER)], [], id="the parent"),
        pytest.param([word("not_sure"), word("not_same", OTHER)], [("S-ACME", True)], id="not sure of one"),
        pytest.param([word("same", key="someone else")], [("S-ACME", False)], id="said of another supplier"),
    ],
)
def test_a_supplier_leaves_the_queue_when_its_records_are_decided(
    held: list[Decision], left: list[tuple[str, bool]]
) -> None:
    assert queue(made(ACME, OTHER), held).select("supplier_id", "unsure").rows() == left


def test_what_one_is_not_sure_of_comes_last() -> None:
    assert queue(made(ACME, BOLT), [word("not_sure")])["supplier_id"].to_list() == ["S-BOLT", "S-ACME"]


@pytest.mark.parametrize(
    ("acme", "bolt", "order"),
    [
        pytest.param({"score": 0.6}, {"score": 0.42}, ["S-BOLT", "S-ACME"], id="a lower score first"),
        pytest.param(
            {"score": 0.6}, {"score": 0.1, "basis": "company_number"}, ["S-ACME", "S-BOLT"], id="the same number last"
        ),
    ],
)
def test_least_alike_come_first(acme: dict[str, Any], bolt: dict[str, Any], order: list[str]) -> None:
    rows = review.least_alike(queue(made(ACME | acme, BOLT | bolt), []))
    assert rows["supplier_id"].to_list() == order
    assert rows.filter("by_name")["supplier_id"].to_list() == [
        one for one in order if one == "S-ACME" or "basis" not in bolt
    ]


def test_none_of_these_speaks_of_every_record_not_decided_yet() -> None:
    third = OTHER | {"rank": 3, "matched_name": "ACME LIMITED", "match": "none"}
    held = [word("not_same")]
    assert queue(made(OTHER, third, ACME), held)["open"].to_list() == [["ACME CLEANING (NORTH) LIMITED"]]
    pairs = review.open_pairs(made(OTHER, third, ACME, BOLT), ["S-ACME"], held)
    assert pairs == [("acme cleaning", "ACME CLEANING (NORTH) LIMITED", "09999999")]


def test_what_was_decided_in_one_act_is_taken_back_in_one() -> None:
    later = dataclasses.replace(word("same"), at=datetime(2026, 6, 2, tzinfo=UTC))
    found = review.taken(made(ACME, OTHER, BOLT), [word("not_same"), word("not_same", OTHER)])
    assert review.last(found) == found
    assert review.last([review.Taken(later, "Bolt", "next"), *found])[1:] == []
    assert review.last([]) == []


def test_each_record_bears_the_word_held_on_it() -> None:
    rows = review.candidates(
        made(OTHER, ACME), "S-ACME", [word("not_same")], pl.DataFrame(schema={"entry_id": pl.String})
    )
    assert rows.select("matched_name", "word").rows() == [
        ("ACME HYGIENE LIMITED", "not_same"),
        ("ACME CLEANING (NORTH) LIMITED", None),
    ]


def test_likely_persons_are_not_reviewed() -> None:
    person = {"supplier_id": "P0001", "match": "possible", "matched_name": "JANE LIMITED"}
    assert queue(made(person), []).is_empty()
    assert "P0001" not in review.ids(made(person))


def handed(decision: Decision) -> pl.DataFrame:
    row = dataclasses.asdict(decision) | {"when": AS_OF}
    return frame(Decisions, [{name: row[name] for name in Decisions.column_names()}])


@pytest.mark.parametrize(
    ("decision", "given", "register", "state"),
    [
        pytest.param("same", False, True, "next", id="not handed to the run"),
        pytest.param("same", True, True, "unused", id="handed to the run, without effect"),
        pytest.param("not_same", True, True, "unused", id="not the same, and still possible"),
        pytest.param("same", True, False, "unchecked", id="handed to a run without a register"),
        pytest.param("not_sure", False, True, "open", id="not sure"),
    ],
)
def test_the_state_of_a_decision(decision: str, given: bool, register: bool, state: str) -> None:
    held = word(decision)
    changes: dict[str, Any] = {"decisions": handed(held)} if given else {}
    changes |= {} if register else {"register": None}
    assert [one.state for one in review.taken(made(ACME, **changes), [held])] == [state]


@pytest.mark.parametrize(
    ("decision", "found"),
    [("same", {"match": "same", "basis": "decision"}), ("not_same", {"match": "none"})],
)
def test_a_decision_that_shows_in_the_matches_was_used(decision: str, found: dict[str, Any]) -> None:
    held = word(decision)
    assert [one.state for one in review.taken(made(ACME | found, decisions=handed(held)), [held])] == ["used"]


@pytest.mark.parametrize(
    ("position", "state"),
    [
        ({"parent": "ACME HYGIENE LIMITED"}, "used"),
        ({"reason": "A decision names ACME HYGIENE LIMITED as its parent or group."}, "vanished"),
        ({}, "unused"),
    ],
    ids=["its statement counts", "not in the copy", "own statement is better"],
)
def test_the_state_of_a_confirmed_parent(position: dict[str, str], state: str) -> None:
    held = word("parent")
    row = {"supplier_id": "S-ACME", "statement": "group", "reason": "", "scope": "not_known", "scope_reason": ""}
    run = made(ACME, decisions=handed(held), statements=frame(Statements, [{**row, **position}]))
    assert [one.state for one in review.taken(run, [held])] == [state]


def test_a_decision_whose_record_vanished_is_told() -> None:
    gone = word("same", ACME | {"matched_name": "ACME OLD NAME LIMITED"})
    (found,) = review.taken(made(ACME, decisions=handed(gone)), [gone])
    assert (found.state, found.supplier) == ("vanished", "Acme Cleaning Ltd")


def test_decisions_on_suppliers_of_other_lists_are_left_out() -> None:
    assert review.taken(made(ACME), [word("same", key="someone else")]) == []
