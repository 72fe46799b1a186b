"""The tables of the record, the same in SQLite and PostgreSQL. Frames and input files lie beside the database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no time zone, so that it is given back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy calls it so
        """The moment in UTC; one without a time zone is a fault of ours."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy calls it so
        """The moment with its time zone, whatever the database kept of it."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Table(DeclarativeBase):
    """The parent of all tables."""

    type_annotation_map = {datetime: Moment, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


class AssessmentRow(Table):
    """One assessment. `frames` names each file of its folder with its SHA-256; `request` is what it was asked."""

    __tablename__ = "assessments"

    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    state: Mapped[str] = mapped_column(String(12))
    created: Mapped[datetime]
    kept: Mapped[datetime]
    changed: Mapped[datetime]
    who: Mapped[str] = mapped_column(Text)
    as_of: Mapped[date]
    files: Mapped[list[Any]]
    policy_name: Mapped[str] = mapped_column(Text)
    policy_hash: Mapped[str] = mapped_column(String(64))
    register: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    totals: Mapped[dict[str, Any]]
    request: Mapped[dict[str, Any]]
    frames: Mapped[dict[str, Any]]


class RunRow(Table):
    """One run, from its start: how it ended (empty while it goes on), and the assessment it led to."""

    __tablename__ = "runs"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    started: Mapped[datetime]
    ended: Mapped[datetime | None]
    who: Mapped[str] = mapped_column(Text)
    files: Mapped[list[Any]]
    as_of: Mapped[date]
    process: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(String(12))
    assessment: Mapped[str | None] = mapped_column(String(12))


class DecisionRow(Table):
    """A person's word on a possible match, insert-only: a change of mind is a new version, undoing one is a row too."""

    __tablename__ = "decisions"
    __table_args__ = (UniqueConstraint("key", "entry_name", "entry_number", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text)
    entry_name: Mapped[str] = mapped_column(Text)
    entry_number: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    decision: Mapped[str] = mapped_column(String(12))
    who: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    why: Mapped[str] = mapped_column(Text)


class FoundStatementRow(Table):
    """A statement seen on a supplier's own site, insert-only; `state` "withdrawn" takes an earlier row back."""

    __tablename__ = "found_statements"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(Text)
    seen: Mapped[date]
    state: Mapped[str] = mapped_column(String(12))
    who: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class NoteRow(Table):
    """An officer's note, or a supplier's own reply, where need be about one indicator's finding."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(12))
    indicator: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class MappingRow(Table):
    """Which heading holds a field in lists of one layout, insert-only: the last row holds, an empty one forgets."""

    __tablename__ = "mappings"

    id: Mapped[int] = mapped_column(primary_key=True)
    layout: Mapped[str] = mapped_column(String(64))
    headings: Mapped[list[Any]]
    mapping: Mapped[dict[str, Any]]
    who: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class SavedViewRow(Table):
    """Filters of the Audit page under a name; `shared` ones are seen by everybody who may filter."""

    __tablename__ = "saved_views"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(Text)
    shared: Mapped[bool]
    filters: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class SnapshotRow(Table):
    """A register copy that an assessment used. `files` are name and SHA-256; their content lies with the inputs."""

    __tablename__ = "snapshots"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    taken: Mapped[date]
    facts: Mapped[dict[str, Any]]
    files: Mapped[list[Any]]
    first_used: Mapped[datetime]


class TrailRow(Table):
    """One entry of the audit trail. `before` is the hash of the entry before; `detail` is JSON with sorted keys."""

    __tablename__ = "trail"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    detail: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
