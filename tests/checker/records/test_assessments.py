"""Stored assessments: what is saved is what is opened again."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import polars as pl
import pytest

from checker import records
from checker.records import RecordError, frames, verification
from riskengine import report
from riskengine.report import record
from tests.checker.records.made import built_in


def test_an_assessment_is_opened_as_it_was_saved(tmp_path: Path) -> None:
    made = built_in()
    opened = records.load(records.save(made))
    for name in records.FRAMES:
        assert getattr(opened, name).equals(getattr(made, name)), name
    assert (opened.files, opened.as_of, opened.register, opened.mapping) == (
        made.files,
        made.as_of,
        made.register,
        made.mapping,
    )
    assert (opened.policy.name, opened.policy.hash) == (made.policy.name, made.policy.hash)


def test_what_is_written_of_an_opened_assessment_is_the_same_to_the_byte(tmp_path: Path) -> None:
    made = built_in()
    before = report.write(made, tmp_path / "before")
    after = report.write(records.load(records.save(made)), tmp_path / "after")
    assert [path.read_bytes() for path in before] == [path.read_bytes() for path in after]


def test_an_assessment_without_a_register_is_opened_again() -> None:
    made = dataclasses.replace(built_in(), register=None)
    assert records.load(records.save(made)).register is None


def test_the_same_run_is_kept_once() -> None:
    assert records.save(built_in()) == records.save(built_in())
    assert len(records.recent()) == 1


def test_another_decision_is_another_assessment() -> None:
    made = built_in()
    other = dataclasses.replace(made, decisions=made.decisions.with_columns(decision=pl.lit("not_same")))
    assert records.save(made) != records.save(other)


def test_a_run_that_cannot_be_kept_leaves_nothing_behind(
    own_data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(record, "write", full)
    with pytest.raises(OSError, match="No space left"):
        records.save(built_in())
    assert list((own_data_folder / "assessments").iterdir()) == []


def test_two_runs_that_end_at_once_keep_one_assessment(own_data_folder: Path) -> None:
    made = built_in()
    folder = own_data_folder / "assessments" / records.save(made)
    (folder.parent / ".partial-other").mkdir()
    frames.write(made, record.describe(made), folder.parent / ".partial-other")
    frames._move(folder.parent / ".partial-other", folder)
    assert records.load(folder.name).lines.equals(made.lines)


def test_another_answer_is_another_assessment() -> None:
    made = built_in()
    other = dataclasses.replace(made, supplier_scores=made.supplier_scores.with_columns(points=pl.lit(1, pl.Int32)))
    assert records.save(made) != records.save(other)


def test_the_list_begins_with_the_one_saved_last() -> None:
    made = built_in()
    first, second = records.save(made), records.save(dataclasses.replace(made, register=None))
    assert [entry.id for entry in records.recent()] == [second, first]
    records.save(made)
    assert [entry.id for entry in records.recent()] == [first, second]


def test_the_list_tells_the_main_figures() -> None:
    records.save(built_in())
    entry = records.recent()[0]
    assert (entry.files, entry.lines, entry.flagged_suppliers, entry.sample_register) == (
        ("register.xlsx", "spend.csv"),
        3,
        1,
        True,
    )


def test_the_list_is_empty_before_anything_was_saved() -> None:
    assert records.recent() == []


@pytest.mark.parametrize("wanted", ["0123456789ab", "../../etc", "", "..", "0123456789AB", "0123456789ab/.."])
def test_an_unknown_id_is_refused(wanted: str) -> None:
    with pytest.raises(RecordError, match="no such assessment"):
        records.load(wanted)


def test_a_damaged_assessment_is_told_in_one_sentence(own_data_folder: Path) -> None:
    kept = records.save(built_in())
    (own_data_folder / "assessments" / kept / "lines.parquet").write_bytes(b"no parquet")
    with pytest.raises(RecordError, match=f"The assessment {kept} can't be opened"):
        records.load(kept)


def test_an_assessment_kept_before_lines_had_prices_is_opened(own_data_folder: Path) -> None:
    made = built_in()
    kept = records.save(made)
    path = own_data_folder / "assessments" / kept / "lines.parquet"
    pl.read_parquet(path).drop("quantity", "unit", "rate").write_parquet(path)
    assert records.load(kept).lines.equals(made.lines)


def test_an_assessment_without_a_column_that_must_be_there_is_told(own_data_folder: Path) -> None:
    kept = records.save(built_in())
    path = own_data_folder / "assessments" / kept / "lines.parquet"
    pl.read_parquet(path).drop("supplier_text").write_parquet(path)
    with pytest.raises(RecordError, match=f"The assessment {kept} can't be opened"):
        records.load(kept)


def test_an_assessment_whose_policy_cannot_be_read_any_more_says_so(own_data_folder: Path) -> None:
    kept = records.save(built_in())
    (own_data_folder / "assessments" / kept / "policy" / "bands.toml").write_text("old = 1\n", "utf-8")
    with pytest.raises(RecordError, match="made by another version of riskcheck"):
        records.load(kept)


def test_an_assessment_opens_though_a_step_asks_for_more_figures_now(own_data_folder: Path) -> None:
    made = built_in()
    kept = records.save(made)
    folder = own_data_folder / "assessments" / kept / "policy"
    (folder / "sectors.toml").write_text("watched = []\n", "utf-8")
    (folder / "gone_since.csv").write_text("word\n", "utf-8")
    opened = records.load(kept)
    assert opened.sectors.equals(made.sectors)
    assert opened.policy.sectors == made.policy.sectors
    assert opened.policy.hash != made.policy.hash
    assert folder / "sectors.toml" in opened.policy.files


def test_a_half_written_assessment_is_not_listed(own_data_folder: Path) -> None:
    (own_data_folder / "assessments" / ".partial-x").mkdir(parents=True)
    assert records.recent() == []


def test_an_assessment_begins_as_a_draft() -> None:
    records.save(built_in())
    assert [entry.state for entry in records.recent()] == ["draft"]


def test_an_assessment_is_published_and_withdrawn() -> None:
    kept = records.save(built_in())
    records.publish(kept, "Officer")
    assert records.recent()[0].state == "published"
    records.withdraw(kept, "Officer", "Wrong list")
    assert records.recent()[0].state == "withdrawn"
    assert [(entry.action, entry.who) for entry in records.trail(2)] == [
        ("withdrew an assessment", "Officer"),
        ("published an assessment", "Officer"),
    ]


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_only_a_draft_is_published(state: str) -> None:
    kept = records.save(built_in())
    records.publish(kept, "Officer") if state == "published" else records.withdraw(kept, "Officer", "Wrong list")
    with pytest.raises(RecordError, match=f"is {state} and can't be published"):
        records.publish(kept, "Officer")


def test_an_assessment_is_withdrawn_with_a_reason() -> None:
    kept = records.save(built_in())
    with pytest.raises(RecordError, match="Say why"):
        records.withdraw(kept, "Officer", " ")


def test_saving_again_leaves_the_state_as_it_is() -> None:
    kept = records.save(built_in())
    records.publish(kept, "Officer")
    records.save(built_in())
    assert records.recent()[0].state == "published"


def test_a_withdrawn_assessment_becomes_a_draft_again_with_a_reason() -> None:
    kept = records.save(built_in())
    records.withdraw(kept, "Officer", "Wrong list")
    with pytest.raises(RecordError, match="Say why"):
        records.reopen(kept, "Officer", "")
    records.reopen(kept, "Officer", "It was the right list")
    records.publish(kept, "Officer")
    assert [entry.action for entry in records.history(kept)] == [
        "published an assessment",
        "made an assessment a draft again",
        "withdrew an assessment",
        "kept an assessment",
    ]
    assert verification.verify().faults == ()


def test_only_a_withdrawn_assessment_becomes_a_draft_again() -> None:
    kept = records.save(built_in())
    with pytest.raises(RecordError, match="is a draft and can't be a draft"):
        records.reopen(kept, "Officer", "Mistake")
