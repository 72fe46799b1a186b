"""Every figure and rule of the policy is shown."""

from __future__ import annotations

from checker.views import policy as views
from riskengine import policy


def test_figures_and_rules_of_every_step_are_found() -> None:
    assert {"lines", "names", "suppliers", "statements", "sectors", "bands"} <= {
        row.step for row in views.rows(policy.load())
    }


def test_a_figure_is_named_by_its_keys_and_bears_its_reason() -> None:
    rows = {(row.step, row.name): row for row in views.rows(policy.load())}
    months = rows["statements", "current months"]
    assert months.value == "18"
    assert months.why
    assert months.source
    assert months.since


def test_a_rule_tells_what_it_says() -> None:
    values = [row.value for row in views.rows(policy.load()) if row.step == "suppliers"]
    assert any(value.startswith("kind: redacted; ") for value in values)


def test_a_long_table_is_counted_and_read_in_its_file() -> None:
    built_in = policy.load()
    counted = {row.name: row.value for row in views.rows(built_in) if row.step == "sectors"}
    assert counted["words"] == f"{len(built_in.sectors.words):,} entries"


def test_every_policy_file_can_be_read() -> None:
    for path in views.names(policy.load()).values():
        text, lines = views.text(path)
        assert len(text.splitlines()) == min(lines, views.FIRST)
