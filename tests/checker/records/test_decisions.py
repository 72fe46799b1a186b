"""A person's word on a match: versions, undoing, and what a run is handed."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from checker import records
from checker.records import RecordError, decided

ACME = ("acme", "ACME LIMITED", "01234567")


def words() -> list[tuple[str, str]]:
    return [(row["key"], row["decision"]) for row in records.decisions().iter_rows(named=True)]


def test_a_decision_is_handed_to_the_next_run() -> None:
    records.decide(*ACME, "same", "An Officer", "Same address")
    (row,) = records.decisions().to_dicts()
    assert row == {
        "key": "acme",
        "entry_name": "ACME LIMITED",
        "entry_number": "01234567",
        "decision": "same",
        "who": "An Officer",
        "when": date.today(),  # noqa: DTZ011 - midnight apart, the days of the two clocks are the same
        "why": "Same address",
    }


def test_the_last_word_holds_and_all_are_kept() -> None:
    records.decide(*ACME, "same", "A", "x")
    records.decide(*ACME, "not_same", "B", "y")
    assert words() == [("acme", "not_same")]
    assert [(one.version, one.decision) for one in decided.history("acme")] == [(1, "same"), (2, "not_same")]


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        (["same", "undo"], []),
        (["same", "not_same", "undo"], [("acme", "same")]),
        (["same", "not_same", "undo", "undo"], []),
        (["same", "undo", "not_same"], [("acme", "not_same")]),
        (["not_sure"], []),
        (["same", "not_sure"], []),
    ],
    ids=lambda value: " ".join(value) if value and isinstance(value[0], str) else "",
)
def test_undoing_brings_back_what_held_before(said: list[str], holds: list[tuple[str, str]]) -> None:
    for word in said:
        records.undo(*ACME, "A") if word == "undo" else records.decide(*ACME, word, "A", "")
    assert words() == holds


def test_not_sure_is_shown_though_no_run_uses_it() -> None:
    records.decide(*ACME, "not_sure", "A", "Ask the supplier")
    assert [(one.decision, one.why) for one in records.holding()] == [("not_sure", "Ask the supplier")]


def test_entries_of_one_name_and_another_number_are_decided_apart() -> None:
    records.decide("acme", "ACME LIMITED", None, "not_same", "A", "")
    records.decide(*ACME, "same", "A", "")
    assert words() == [("acme", "not_same"), ("acme", "same")]


def test_many_are_decided_in_one_act_and_each_stands_in_the_trail() -> None:
    pairs = [ACME, ("bolt", "BOLT LIMITED", "")]
    records.decide_each(pairs, "not_same", "A", "Plainly other firms")
    assert words() == [("acme", "not_same"), ("bolt", "not_same")]
    assert len({one.at for one in records.holding()}) == 1
    assert [entry.action for entry in records.trail()].count("decided on a match") == 2
    with pytest.raises(RecordError, match="no decision to undo"):
        records.undo_each([*pairs, ("coal", "COAL LIMITED", "")], "A")
    assert len(words()) == 2
    records.undo_each(pairs, "A")
    assert words() == []


def test_nothing_to_undo_is_said() -> None:
    with pytest.raises(RecordError, match="no decision to undo"):
        records.undo(*ACME, "A")


def test_another_word_is_refused() -> None:
    with pytest.raises(RecordError, match='"maybe" is not a decision'):
        records.decide(*ACME, "maybe", "A", "")


@pytest.mark.parametrize("change", ["UPDATE decisions SET why = 'z'", "DELETE FROM decisions"])
def test_a_decision_cannot_be_changed_or_deleted(engine: Engine, change: str) -> None:
    records.decide(*ACME, "same", "A", "x")
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(change))
