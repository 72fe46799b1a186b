"""Assessments one after another: which follow each other, and what is compared of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from checker import done, records, trend
from checker.records import Summary
from checker.show import answers
from checker.show.labels import Labels
from checker.trend import Point, Trend
from checker.views import glance, lines
from riskengine import policy
from tests.checker.records.made import built_in

LABELS = Labels(policy.load())
NOW = Point({"paid": 0.4}, 0.5, 0.1, 0.6, 0.8)
BEFORE = Point({"paid": 0.45}, 0.5, 0.2, 0.7, 0.8)


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))


def entry(name: str, day: int, **changes: Any) -> Summary:
    made = datetime(2026, 6, day, tzinfo=UTC)
    told = Summary(name, made, ("spend.csv",), date(2026, 6, day), 3, 1, False, "published", (name,), "p", "r", made)
    return replace(told, **changes)


def test_published_assessments_follow_each_other_by_day() -> None:
    chosen = entry("c", 3, state="draft")
    others = [entry("b", 2), entry("a", 1), entry("draft", 2, state="draft"), entry("gone", 2, state="withdrawn")]
    found = trend.series([chosen, *others, entry("later", 9), entry("sample", 1, sample_register=True)], chosen)
    assert [one.id for one in found] == ["a", "b", "c"]


def test_of_the_same_question_the_latest_answer_stands() -> None:
    first, second, chosen = entry("a", 1), entry("b", 1, inputs=("a",)), entry("c", 3)
    second = replace(second, created=datetime(2026, 6, 2, tzinfo=UTC))
    assert [one.id for one in trend.series([chosen, first, second], chosen)] == ["b", "c"]


def test_a_point_says_the_same_as_the_assessment_itself() -> None:
    made = built_in()
    found = trend.point(records.save(made))
    rows = glance.markets(lines.ranked(made).lazy()).filter(pl.col("market") == "higher")
    assert found.lines == pytest.approx(rows["lines"].sum() / made.lines.height)
    assert found.answered == pytest.approx(made.scores["checked_share"].mean())
    assert 0 <= found.unknown <= 1


def test_changes_are_called_better_only_where_they_plainly_are() -> None:
    pair = Trend((entry("a", 1), entry("b", 2)), (BEFORE, NOW))
    assert [one.change for one in answers.measures(pair, LABELS)] == [
        "5 percentage points less",
        "About the same",
        "10 percentage points less: worse",
        "About the same",
        "10 percentage points less: better",
    ]


def test_what_is_not_known_is_not_compared() -> None:
    lacking = replace(BEFORE, statements=None, money={})
    said = answers.better(Trend((entry("a", 1), entry("b", 2)), (lacking, NOW)), LABELS)
    assert not [sentence for sentence in said if "Statements found" in sentence or "£" in sentence]


def test_lists_of_another_kind_are_not_compared() -> None:
    """Payments tell nothing of whether contract values are better."""
    entries, contracts = [entry("a", 1), entry("b", 2), entry("c", 3)], replace(NOW, money={"whole_contract": 0.4})
    assert [one.id for one in trend.of(entries, [BEFORE, contracts, NOW]).entries] == ["a", "c"]
    assert [one.id for one in trend.of(entries, [BEFORE, BEFORE, contracts]).entries] == ["c"]
    unpriced = replace(NOW, money={})
    assert trend.of(entries, [unpriced, BEFORE, unpriced]).points == (unpriced, unpriced)


def test_of_several_assessments_of_a_day_the_chart_shows_the_latest() -> None:
    pair = Trend((entry("a", 1), entry("b", 1)), (BEFORE, NOW))
    rows = answers.trend_rows(pair, LABELS)
    assert rows["title"].is_unique().all()
    assert NOW.money["paid"] in rows["share"].to_list()


def test_the_figures_at_the_top_answer_how_much_last_time_and_what_was_done() -> None:
    made = built_in()
    rows = lines.ranked(made).lazy()
    pair, what = Trend((entry("a", 1), entry("b", 2)), (replace(BEFORE, money={"paid": 0.45}), NOW)), done.done(made)
    told = answers.at_a_glance(glance.markets(rows), "paid", pair, what, LABELS)
    assert [one[0] for one in told] == [
        "To higher-risk markets",
        "The same last time",
        "Market not known",
        "Suppliers flagged",
        "Of these, followed up",
    ]
    assert told[1][1:] == ("45%", "on 1 June 2026")
    assert told[3][1:] == (f"{what.flagged}", f"of {made.suppliers.height} suppliers")
    assert [one[0] for one in answers.at_a_glance(glance.markets(rows), None, pair, what, LABELS)] == [
        "Suppliers flagged",
        "Of these, followed up",
    ]


def test_without_an_earlier_one_nothing_is_claimed() -> None:
    assert answers.better(Trend((entry("a", 1),), (NOW,)), LABELS) == [answers.NO_TREND]


def test_other_lists_and_rules_are_named_beside_a_comparison() -> None:
    said = answers.cautions(entry("a", 1), entry("b", 2, policy_hash="q"))
    assert ["lists" in sentence for sentence in said] == [True, False]
    assert answers.cautions(entry("a", 1), entry("a", 2)) == []


def test_where_nothing_was_done_no_zeros_are_told() -> None:
    nothing = done.Done(0, 0, 0, 0, 0, (), 3, 0, 0)
    assert answers.what_was_done(nothing) == ["Nothing was recorded, and nothing waits."]
    assert answers.what_was_done(replace(nothing, flagged=2)) == [
        "A note or a reply is held on 0 of 2 flagged suppliers."
    ]


def test_what_was_done_is_counted() -> None:
    made = built_in()
    records.note("acme cleaning", "Called them", "A")
    records.reply("acme cleaning", "We publish in June", "A")
    records.note("someone else", "Not here", "A")
    found = done.done(made)
    assert (found.notes, [one.text for one in found.replies]) == (1, ["We publish in June"])
    assert found.flagged == made.supplier_scores["flagged"].sum()
    assert found.followed == 1
    assert "1 note and 1 reply from suppliers were recorded." in answers.what_was_done(found)
