"""The tests of the record run on SQLite and on a PostgreSQL server of their own on loopback."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text

from checker.records import database


def programs() -> Path | None:
    """The folder of the newest PostgreSQL server programs, installed from Debian where we may and they are missing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"]
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            subprocess.run(command, check=True, capture_output=True, timeout=240)
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def as_server(folder: Path) -> dict[str, Any]:
    """How to start the server: it refuses to run as root, so there as the user that Debian made for it."""
    if os.geteuid() != 0:
        return {}
    with contextlib.suppress(KeyError):
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    pytest.skip("PostgreSQL does not run as root, and there is no user postgres")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a server that is stopped and removed after the tests."""
    pytest.importorskip("psycopg", reason="psycopg is not installed, so the record was not tested on PostgreSQL")
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed, so the record was not tested on it")
    folder = Path(tempfile.mkdtemp(prefix="riskcheck-pg-"))
    user = as_server(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **user}
    settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    subprocess.run(
        [found / "initdb", "-D", folder / "data", "-U", "riskcheck", "-A", "trust", "-E", "UTF8"], check=True, **options
    )
    subprocess.run([found / "pg_ctl", "-D", folder / "data", "-w", "-o", settings, "start"], check=True, **options)
    try:
        yield f"postgresql://riskcheck@127.0.0.1:{port}"
    finally:
        subprocess.run([found / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], check=True, **options)
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def new_database(server: str) -> Iterator[str]:
    """A database of its own on the server."""
    name = f"t{uuid.uuid4().hex}"
    admin = create_engine(f"{server.replace('postgresql:', 'postgresql+psycopg:')}/postgres").execution_options(
        isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield f"{server}/{name}"
    finally:
        database.close()
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(autouse=True)
def own_data_folder(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A data folder and a database of its own for each test."""
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("RISKCHECK_DATABASE_URL", raising=False)
    if kind == "sqlite":
        yield tmp_path / "data"
        return
    with new_database(request.getfixturevalue("postgresql")) as address:
        monkeypatch.setenv("RISKCHECK_DATABASE_URL", address)
        yield tmp_path / "data"


@pytest.fixture
def engine(own_data_folder: Path) -> Engine:
    """Straight access to the database, as its owner has."""
    return database._ready().execution_options(writes=True)
