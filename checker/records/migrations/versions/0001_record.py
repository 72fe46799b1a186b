"""The first tables of the record; what was once written of trail, decisions and statements can't be changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

APPEND_ONLY = ("trail", "decisions", "found_statements", "mappings")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables and forbid UPDATE and DELETE where a table is append-only."""
    _assessments()
    _people()
    _registers()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION riskcheck_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
    for table in APPEND_ONLY:
        _forbid(table)


def _assessments() -> None:
    op.create_table(
        "assessments",
        sa.Column("id", sa.String(12), primary_key=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("kept", MOMENT, nullable=False),
        sa.Column("changed", MOMENT, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("files", sa.JSON, nullable=False),
        sa.Column("policy_name", sa.Text, nullable=False),
        sa.Column("policy_hash", sa.String(64), nullable=False),
        sa.Column("register", sa.JSON, nullable=True),
        sa.Column("totals", sa.JSON, nullable=False),
        sa.Column("request", sa.JSON, nullable=False),
        sa.Column("frames", sa.JSON, nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("ended", MOMENT, nullable=True),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("files", sa.JSON, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("process", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(12), nullable=True),
        sa.Column("assessment", sa.String(12), nullable=True),
    )


def _people() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("entry_name", sa.Text, nullable=False),
        sa.Column("entry_number", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("decision", sa.String(12), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.UniqueConstraint("key", "entry_name", "entry_number", "version"),
    )
    op.create_table(
        "found_statements",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("seen", sa.Date, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("indicator", sa.Text, nullable=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "mappings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("layout", sa.String(64), nullable=False),
        sa.Column("headings", sa.JSON, nullable=False),
        sa.Column("mapping", sa.JSON, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _registers() -> None:
    op.create_table(
        "snapshots",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("taken", sa.Date, nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("files", sa.JSON, nullable=False),
        sa.Column("first_used", MOMENT, nullable=False),
    )
    op.create_table(
        "trail",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("before", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )


def _forbid(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for name, kind in (("rows", "UPDATE OR DELETE ON {} FOR EACH ROW"), ("all", "TRUNCATE ON {}")):
            op.execute(
                f"CREATE TRIGGER {table}_{name} BEFORE {kind.format(table)} EXECUTE FUNCTION riskcheck_append_only()"
            )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_{change.lower()} BEFORE {change} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
