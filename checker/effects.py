"""What decisions changed: an assessment beside the latest one of the same question that was made without them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from checker import records
from checker.records import Decision, Summary

Pair = tuple[str, str, str | None]
"""A supplier's key, and the name and number of a register entry."""


@dataclass(frozen=True)
class Standing:
    """How a supplier stands in one assessment."""

    match: str
    statement: str
    points: int
    band: str


@dataclass(frozen=True)
class Effect:
    """How a supplier stood without a decision, and how it stands with it."""

    before: Standing
    after: Standing


def effects(assessment_id: str, decisions: Iterable[Decision]) -> dict[Pair, Effect]:
    """The effect of each decision that was handed to an assessment, where one without it is kept.

    The two were asked the same: same files, day, policy and registry copy. Raises RecordError.
    """
    given = _given(assessment_id)
    earlier = [(one.id, _given(one.id)) for one in _comparable(assessment_id)]
    found: dict[Pair, Effect] = {}
    for pair in (_pair(one) for one in decisions):
        before = next((other for other, held in earlier if pair not in held), None)
        stood = _standing(before, pair[0]) if before and pair in given else None
        stands = _standing(assessment_id, pair[0]) if stood else None
        if stood and stands:
            found[pair] = Effect(stood, stands)
    return found


def _pair(one: Decision) -> Pair:
    return one.key, one.entry_name, one.entry_number


def _comparable(assessment_id: str) -> list[Summary]:
    """Assessments of the same question, the one kept last first."""
    held = records.recent()
    own = next(one for one in held if one.id == assessment_id)
    return [one for one in held if one.id != own.id and _question(one) == _question(own) and one.created < own.created]


def _question(one: Summary) -> tuple[object, ...]:
    return one.inputs, one.as_of, one.policy_hash, one.register


def _given(assessment_id: str) -> set[Pair]:
    rows = records.scan(assessment_id, "decisions").select("key", "entry_name", "entry_number").collect()
    return set(rows.iter_rows())


def _standing(assessment_id: str, key: str) -> Standing | None:
    own = records.scan(assessment_id, "suppliers").filter(pl.col("key") == key).select("supplier_id")
    parts = [
        records.scan(assessment_id, "matches").filter(pl.col("rank") == 1).select("supplier_id", "match"),
        records.scan(assessment_id, "statements").select("supplier_id", "statement"),
        records.scan(assessment_id, "supplier_scores").select("supplier_id", "points", "band"),
    ]
    for part in parts:
        own = own.join(part, on="supplier_id")
    rows = own.drop("supplier_id").collect()
    return Standing(*rows.row(0)) if rows.height else None
