"""The database: migrations fit the tables, moments keep their time zone, and faults are told in a sentence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from checker import records
from checker.records import RecordError, database, migrations
from checker.records.tables import Moment, Table


def test_the_migrations_make_the_tables_as_they_are_declared(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []


def test_the_latest_migration_is_the_one_the_product_expects() -> None:
    assert migrations.scripts().get_current_head() == database.HEAD


def test_a_record_of_a_later_version_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RecordError, match="made by a later version"):
        records.recent()


def test_a_moment_keeps_its_time_zone() -> None:
    records.note("acme", "Text", "A")
    (note,) = records.notes("acme")
    assert note.at.tzinfo is UTC
    assert timedelta() <= datetime.now(UTC) - note.at < timedelta(minutes=1)


@pytest.mark.parametrize("moment", [datetime(2026, 4, 1, 1, tzinfo=timezone(timedelta(hours=1))), None])
def test_a_moment_is_kept_in_utc(moment: datetime | None, engine: Engine) -> None:
    kept = Moment().process_bind_param(moment, engine.dialect)
    assert kept == moment
    assert kept is None or kept.utcoffset() == timedelta()


def test_a_moment_without_a_time_zone_is_a_fault(engine: Engine) -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        Moment().process_bind_param(datetime(2026, 4, 1), engine.dialect)  # noqa: DTZ001 - that is what is tested


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("postgresql://nobody:secret@127.0.0.1:1/none", "can't be used"),
        ("sqlite:///x", "is for PostgreSQL"),
        ("nonsense", "can't be read"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_in_a_sentence(
    address: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RISKCHECK_DATABASE_URL", address)
    with pytest.raises(RecordError, match=sentence) as told:
        records.recent()
    assert "secret" not in str(told.value)


def test_a_file_that_is_no_database_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RISKCHECK_DATABASE_URL", raising=False)
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path))
    (tmp_path / "record.sqlite").write_text("no database " * 100, "utf-8")
    with pytest.raises(RecordError, match="can't be used: file is not a database"):
        records.recent()
