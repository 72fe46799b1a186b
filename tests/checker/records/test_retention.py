"""What is over by the retention rules is deleted, and the trail keeps that it was."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest

from checker import records
from checker.records import Origin, chain, inputs, retention, verification
from riskengine.errors import PolicyError
from tests.checker.records.made import built_in


@pytest.fixture
def kept(tmp_path: Path) -> str:
    """An assessment with one input file."""
    (tmp_path / "spend.csv").write_text("Supplier,Amount\n", "utf-8")
    return records.save(built_in(), Origin((("spend.csv", tmp_path / "spend.csv"),)))


def due(days: float) -> list[tuple[str, str]]:
    return [(one.kind, one.rule) for one in retention.due(chain.now() + timedelta(days=days))]


def test_every_rule_has_its_reason() -> None:
    rules = retention.Retention.load()
    assert all(rule.why and rule.source and rule.value > 0 for rule in (rules.drafts, rules.withdrawn))


@pytest.mark.parametrize(("days", "over"), [(364, False), (366, True)])
def test_a_draft_is_kept_for_a_year(kept: str, days: float, over: bool) -> None:
    assert (("assessment", "draft for more than 365 days") in due(days)) is over


@pytest.mark.parametrize(("days", "over"), [(89, False), (91, True)])
def test_a_withdrawn_assessment_is_kept_for_a_quarter(kept: str, days: float, over: bool) -> None:
    records.withdraw(kept, "A", "Wrong list")
    assert (("assessment", "withdrawn for more than 90 days") in due(days)) is over


@pytest.mark.parametrize(("days", "over"), [(389, False), (391, True)])
def test_the_quarter_begins_when_the_assessment_is_withdrawn(
    kept: str, monkeypatch: pytest.MonkeyPatch, days: float, over: bool
) -> None:
    start = chain.now()
    monkeypatch.setattr(chain, "now", lambda: start + timedelta(days=300))
    records.withdraw(kept, "A", "Wrong list")
    assert [one.kind for one in retention.due(start + timedelta(days=days))] == ["assessment", "input file"] * over


def test_a_published_assessment_stays_and_its_input_goes_in_time(kept: str) -> None:
    records.publish(kept, "A")
    assert due(729) == []
    assert due(731) == [("input file", "handed in more than 730 days ago")]


@pytest.mark.parametrize("days", [(0, 100), (100, 0)], ids=["the later one read last", "the later one read first"])
def test_an_input_stays_while_the_latest_assessment_needs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: tuple[int, int]
) -> None:
    (tmp_path / "spend.csv").write_text("Supplier,Amount\n", "utf-8")
    start = chain.now()
    for number, day in enumerate(days, start=1):
        monkeypatch.setattr(chain, "now", lambda moved=timedelta(days=day): start + moved)
        asked = dataclasses.replace(built_in(), as_of=date(2026, 1, number))
        records.publish(records.save(asked, Origin((("spend.csv", tmp_path / "spend.csv"),))), "A")
    assert retention.due(start + timedelta(days=829)) == []
    assert [one.kind for one in retention.due(start + timedelta(days=831))] == ["input file"]


def test_what_is_due_is_deleted_and_recorded(kept: str) -> None:
    done = retention.clear("An Officer", chain.now() + timedelta(days=366))
    assert [one.kind for one in done] == ["assessment", "input file"]
    assert (records.recent(), inputs.held()) == ([], [])
    assert [(one.action, one.who) for one in records.trail(2)] == [
        ("deleted an input file", "An Officer"),
        ("deleted an assessment", "An Officer"),
    ]
    assert verification.verify().faults == ()


def test_a_deleted_assessment_can_be_kept_again(kept: str) -> None:
    retention.clear("A", chain.now() + timedelta(days=366))
    assert records.save(built_in()) == kept
    assert verification.verify().faults == ()


def test_a_council_sets_its_own_days(kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = retention.BUILT_IN.read_text("utf-8").replace("value = 365", "value = 10")
    (tmp_path / "own.toml").write_text(own, "utf-8")
    monkeypatch.setenv("RISKCHECK_RETENTION", str(tmp_path / "own.toml"))
    assert ("assessment", "draft for more than 10 days") in due(11)


def test_a_rule_that_is_missing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own.toml").write_text("", "utf-8")
    monkeypatch.setenv("RISKCHECK_RETENTION", str(tmp_path / "own.toml"))
    with pytest.raises(PolicyError, match=r"own\.toml: drafts"):
        retention.due()
