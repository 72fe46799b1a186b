"""What a decision changed, read from two assessments of the same question."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from checker import records
from checker.effects import Effect, Standing, effects
from checker.records import Decision
from riskengine.pipeline import Assessment
from riskengine.schemas import Decisions
from tests.assessment_factory import AS_OF
from tests.checker.records.made import built_in
from tests.frames import frame


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))


def decided(name: str = "ACME HYGIENE LIMITED") -> Decision:
    records.decide("acme cleaning", name, None, "same", "A", "Same number")
    return next(one for one in records.holding() if one.entry_name == name)


def given(*decisions: Decision, **changes: Any) -> Assessment:
    rows = [dataclasses.asdict(one) | {"when": AS_OF} for one in decisions]
    names = Decisions.column_names()
    handed = frame(Decisions, [{name: row[name] for name in names} for row in rows])
    return dataclasses.replace(built_in(), decisions=handed, **changes)


def scores(points: int) -> pl.DataFrame:
    acme = pl.col("supplier_id") == "S-ACME"
    return built_in().supplier_scores.with_columns(
        points=pl.when(acme).then(pl.lit(points, pl.Int32)).otherwise("points")
    )


def test_the_supplier_stands_before_and_after() -> None:
    records.save(given(supplier_scores=scores(70)))
    held = decided()
    after = records.save(given(held, supplier_scores=scores(30)))
    (effect,) = effects(after, [held]).values()
    assert (effect.before.points, effect.after.points) == (70, 30)
    assert dataclasses.replace(effect.before, points=30) == effect.after


def test_a_decision_that_changed_nothing_says_so() -> None:
    records.save(given())
    held = decided()
    (effect,) = effects(records.save(given(held)), [held]).values()
    assert effect == Effect(effect.after, effect.after)
    assert isinstance(effect.after, Standing)


def test_only_assessments_of_the_same_question_are_compared() -> None:
    other = dataclasses.replace(built_in(), as_of=AS_OF.replace(day=2))
    records.save(other)
    held = decided()
    assert effects(records.save(given(held)), [held]) == {}


def test_a_decision_that_was_not_handed_over_has_no_effect_yet() -> None:
    first = records.save(given())
    held = decided()
    records.save(given(held))
    assert effects(first, [held]) == {}


def test_each_of_two_decisions_is_compared_with_the_latest_without_it() -> None:
    records.save(given(supplier_scores=scores(90)))
    one = decided()
    records.save(given(one, supplier_scores=scores(60)))
    two = decided("ACME CLEANING (NORTH) LIMITED")
    found = effects(records.save(given(one, two, supplier_scores=scores(20))), [one, two])
    assert [effect.before.points for effect in found.values()] == [90, 60]
