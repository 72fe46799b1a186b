"""Brings the tables of a record up to date. A change of `tables.py` is a new file in `versions`."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from checker.records.errors import RecordError


def scripts() -> ScriptDirectory:
    """The migrations, in order."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def upgrade(connection: Connection, current: str | None) -> None:
    """Run what is missing within the connection's transaction. Raises RecordError for a record of a later version."""
    found = scripts()
    if current is not None and current not in {script.revision for script in found.walk_revisions()}:
        raise RecordError("The record was made by a later version of riskcheck. Install that version to open it.")
    with EnvironmentContext(Config(), found) as environment:
        environment.configure(
            connection=connection,
            fn=lambda revision, _context: found._upgrade_revs("head", revision),
        )
        environment.run_migrations()
