"""Two policies compared, and an indicator explained."""

from __future__ import annotations

from pathlib import Path

from riskengine import policy
from riskengine.policy import compare

BUILT_IN = policy.load()


def changed(tmp_path: Path, name: str, old: str, new: str) -> policy.Policy:
    target = tmp_path / name
    target.parent.mkdir(parents=True, exist_ok=True)
    text = (policy.BUILT_IN / name).read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new, 1), encoding="utf-8")
    return policy.load(tmp_path)


def test_a_policy_does_not_differ_from_itself() -> None:
    assert compare.diff(BUILT_IN, policy.load()) == []


def test_a_changed_figure_is_named_with_both_values(tmp_path: Path) -> None:
    ours = changed(tmp_path, "bands.toml", "value = 60", "value = 65")
    assert compare.diff(BUILT_IN, ours) == [compare.Change("bands.high.value", "60.0", "65.0")]


def test_a_changed_word_of_a_table_is_named(tmp_path: Path) -> None:
    ours = changed(tmp_path, "suppliers_given_names.csv", "AARON\n", "")
    [change] = compare.diff(BUILT_IN, ours)
    assert change.key == "suppliers.given_names"
    assert "AARON" in str(change.before)
    assert "AARON" not in str(change.after)


def test_an_indicator_is_explained_with_its_sentences_and_points() -> None:
    told = compare.explain(BUILT_IN.indicators["statement"], BUILT_IN.bands)
    assert "out_of_date: raised, 10 points" in told
    assert "possible: not checked" in told
    assert "high from 60" in told
