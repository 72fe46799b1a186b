"""The audit trail: append-only, and any change or gap is found, in it and in what it speaks of."""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from checker import records
from checker.cli import riskcheck
from checker.records import chain, verification
from checker.settings import Settings
from tests.checker.records.made import built_in

ACME = ("acme", "ACME LIMITED", "01234567")


@pytest.fixture
def filled() -> str:
    """A record with a decision, a note, a published assessment: five entries."""
    records.decide(*ACME, "same", "A", "x")
    records.note("acme", "Called them", "A")
    kept = records.save(built_in())
    records.publish(kept, "A")
    return kept


@pytest.fixture
def owner(engine: Engine, kind: str) -> Engine:
    """The database's owner, who can take the triggers away."""
    with engine.begin() as connection:
        for table in ("trail", "decisions"):
            if kind == "sqlite":
                connection.execute(text(f"DROP TRIGGER {table}_update"))
                connection.execute(text(f"DROP TRIGGER {table}_delete"))
            else:
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
    return engine


def change(engine: Engine, statement: str) -> tuple[str, ...]:
    """Run a statement as the owner and tell what the verification finds."""
    with engine.begin() as connection:
        connection.execute(text(statement))
    return verification.verify().faults


def test_nothing_is_found_where_nothing_was_changed(filled: str) -> None:
    found = verification.verify()
    assert (found.entries, found.faults) == (5, ())


def test_each_entry_carries_the_hash_of_the_one_before(filled: str) -> None:
    entries = records.trail()[::-1]
    assert [one.before for one in entries] == [chain.FIRST, *(one.hash for one in entries[:-1])]
    assert [one.number for one in entries] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("statement", ["UPDATE trail SET who = 'B'", "DELETE FROM trail"])
def test_the_trail_cannot_be_changed(filled: str, engine: Engine, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE trail SET who = 'B' WHERE number = 2", "Entry 2 was changed after it was written."),
        ("UPDATE trail SET before = hash WHERE number = 3", "Entry 3 does not follow the entry before it."),
        ("DELETE FROM trail WHERE number = 2", "Entries 2 to 2 are missing."),
        ("DELETE FROM trail WHERE number = 1", "Entries 1 to 1 are missing."),
        ("DELETE FROM trail WHERE number = 5", "Entry 5, which was once written, is missing or was changed."),
        ("UPDATE decisions SET decision = 'not_same'", "Row 1 of decisions was changed after it was written."),
        ("DELETE FROM decisions", "Row 1 of decisions is missing, and no entry says that it was erased."),
        ("UPDATE notes SET text = 'Nothing'", "Row 1 of notes was changed after it was written."),
        ("UPDATE assessments SET state = 'draft'", "is draft, but the trail says published."),
        ("DELETE FROM assessments", "is missing, and no entry says that it was deleted."),
    ],
)
def test_every_change_by_the_owner_of_the_database_is_found(
    filled: str, owner: Engine, statement: str, sentence: str
) -> None:
    assert any(sentence in fault for fault in change(owner, statement))


def test_a_row_that_was_slipped_in_is_found(filled: str, engine: Engine) -> None:
    slipped = (
        "INSERT INTO decisions (key, entry_name, entry_number, version, decision, who, at, why) "
        "SELECT 'bolt', entry_name, entry_number, 1, decision, who, at, why FROM decisions"
    )
    assert change(engine, slipped) == ("Row 2 of decisions was added without an entry in the trail.",)


def test_a_changed_frame_is_found(filled: str) -> None:
    (Settings().assessments_dir / filled / "scores.parquet").write_bytes(b"better")
    assert verification.verify().faults == (f"scores.parquet of assessment {filled} was changed.",)


def test_a_missing_frame_is_found(filled: str) -> None:
    (Settings().assessments_dir / filled / "scores.parquet").unlink()
    assert verification.verify().faults == (f"scores.parquet of assessment {filled} is missing.",)


def test_a_hash_noted_earlier_is_looked_for(filled: str) -> None:
    early = records.trail()[-1].hash
    assert verification.verify(early).faults == ()
    assert "No entry has the hash" in verification.verify("f" * 64).faults[0]


def test_an_erased_note_is_no_fault(filled: str) -> None:
    records.erase_note(records.notes("acme")[0].id, "A", "Personal data")
    assert verification.verify().faults == ()


def test_writers_at_the_same_time_keep_one_chain() -> None:
    def decide(number: int) -> None:
        records.decide(f"supplier {number}", "ACME LIMITED", None, "same", f"Officer {number}", "")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(decide, range(20)))
    assert (verification.verify().entries, verification.verify().faults) == (20, ())


def test_verify_on_the_command_line_ends_with_0_when_all_is_well(filled: str) -> None:
    done = CliRunner().invoke(riskcheck, ["audit", "verify"])
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("Nothing was changed: 5 entries, the last has the hash ")


def test_verify_on_the_command_line_ends_with_2_and_a_sentence(filled: str, owner: Engine) -> None:
    change(owner, "UPDATE trail SET who = 'B' WHERE number = 2")
    done = CliRunner().invoke(riskcheck, ["audit", "verify"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Entry 2 was changed after it was written." in done.stderr


def test_the_trail_is_shown_on_the_command_line(filled: str) -> None:
    told = CliRunner().invoke(riskcheck, ["audit", "trail", "--limit", "2"]).stdout
    assert "published an assessment" in told
    assert "decided" not in told


def test_an_empty_trail_is_said(own_data_folder: Path) -> None:
    assert CliRunner().invoke(riskcheck, ["audit", "trail"]).stdout == "The trail has no entries yet.\n"


def test_an_entry_without_a_change_of_the_text_has_the_same_hash(filled: str) -> None:
    entry = records.trail(1)[0]
    assert chain.faults([dataclasses.replace(entry, before=chain.FIRST)], chain.FIRST, entry.number) != []
    assert chain.faults([entry], entry.before, entry.number) == []
