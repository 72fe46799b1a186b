"""Opens the record's database: SQLite in the data folder, or PostgreSQL where RISKCHECK_DATABASE_URL names one."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.orm import Session

from checker.records.errors import RecordError
from checker.settings import Settings

HEAD = "0002"
"""The latest migration; a test compares it with the migrations folder."""
BUSY = 60
"""Seconds to wait for another process that is writing."""

_ENGINES: dict[URL, Engine] = {}


@contextlib.contextmanager
def reading() -> Iterator[Session]:
    """A session that sees one state of the record. Raises RecordError where the database can't be opened."""
    with _told(), Session(_unchanging(_ready()), expire_on_commit=False) as session, session.begin():
        yield session


@contextlib.contextmanager
def writing() -> Iterator[Session]:
    """A session that alone writes; all it does is kept, or nothing. Raises RecordError and OSError."""
    with _told(), Session(_ready().execution_options(writes=True), expire_on_commit=False) as session, session.begin():
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("LOCK TABLE trail IN EXCLUSIVE MODE"))
        yield session


def _unchanging(engine: Engine) -> Engine:
    """What others write meanwhile is not seen: SQLite's way, and PostgreSQL's where it is asked for."""
    return engine.execution_options(isolation_level="REPEATABLE READ") if engine.name == "postgresql" else engine


def place() -> str:
    """Where the record is, in words without a password."""
    url = _url()
    return str(url.database) if url.drivername == "sqlite" else url.render_as_string(hide_password=True)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if not (isinstance(error, OperationalError) or type(error.orig) is sqlite3.DatabaseError):
            raise
        wrong = str(error.orig).strip().splitlines()[0]
        advice = "Check RISKCHECK_DATA_DIR and RISKCHECK_DATABASE_URL, and that the database is running."
        raise RecordError(f"The record ({place()}) can't be used: {wrong}. {advice}") from error


def _url() -> URL:
    given = Settings().database_url
    if given is None:
        return URL.create("sqlite", database=str(Settings().data_dir / "record.sqlite"))
    try:
        url = make_url(given)
    except ArgumentError:
        raise RecordError(
            "RISKCHECK_DATABASE_URL can't be read. It should look like postgresql://user:password@host/database."
        ) from None
    if url.get_backend_name() == "sqlite":
        raise RecordError("RISKCHECK_DATABASE_URL is for PostgreSQL. For SQLite, set RISKCHECK_DATA_DIR alone.")
    return url.set(drivername="postgresql+psycopg")


def _ready() -> Engine:
    url = _url()
    Settings().data_dir.mkdir(parents=True, exist_ok=True)
    engine = _engine(url)
    with engine.connect() as connection:
        current = _version(connection)
    if current != HEAD:
        _migrate(engine)
    return engine


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _migrate(engine: Engine) -> None:
    """Bring the tables up to date; another process that does the same waits and then finds nothing to do."""
    from checker.records import migrations  # noqa: PLC0415 - alembic takes time to load and is seldom needed

    with engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(726163)"))
        migrations.upgrade(connection, _version(connection))


def close() -> None:
    """Close every connection of this process."""
    while _ENGINES:
        _ENGINES.popitem()[1].dispose()


def _engine(url: URL) -> Engine:
    if url not in _ENGINES:
        _ENGINES[url] = _made(url)
    return _ENGINES[url]


def _made(url: URL) -> Engine:
    if url.drivername == "sqlite":
        engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": BUSY})
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine
    try:
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except (ModuleNotFoundError, NoSuchModuleError):
        raise RecordError(
            "PostgreSQL needs a driver. Install it in riskcheck's folder with: pip install '.[postgres]'."
        ) from None


def _prepare(connection: Any, _record: object) -> None:
    """What is committed outlives a power cut (synchronous FULL); readers do not wait for the writer (WAL)."""
    connection.isolation_level = None
    for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {setting}").close()


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once: two that read first and write later would refuse each other."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
