"""What a decision changed, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from checker.effects import Effect, Standing
from checker.records import Decision
from checker.show import decisions
from checker.show.labels import Labels
from checker.views.review import Taken
from riskengine import policy

LABELS = Labels(policy.load())
HELD = Decision("acme", "ACME LIMITED", None, 1, "same", "A", datetime(2026, 6, 1, tzinfo=UTC), "x")
BEFORE = Standing("possible", "possible", 60, "high")


def told(state: str, after: Standing) -> tuple[str, str | None]:
    effects = {("acme", "ACME LIMITED", None): Effect(BEFORE, after)}
    cell = decisions.table([Taken(HELD, "Acme Ltd", state)], effects, LABELS).rows[0][-1]
    return cell.text, cell.note


def test_what_changed_is_told_with_before_and_after() -> None:
    state, note = told("used", Standing("same", "current", 40, "medium"))
    assert state == "Used in this assessment"
    assert note == (
        "Statement: possible match, needs review before, statement found now. Band: high before, medium now. "
        "Points: 60 before, 40 now. Match: possible match, needs review before, same organisation now"
    )


def test_what_stayed_as_it_was_is_told_too() -> None:
    assert told("used", BEFORE)[1] == "Nothing changed for this supplier"


@pytest.mark.parametrize("state", ["next", "unused", "open"])
def test_a_decision_without_effect_claims_none(state: str) -> None:
    assert told(state, replace(BEFORE, points=1))[1] is None
