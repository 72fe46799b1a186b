"""The audit trail: who did what and when, each entry with the hash of the one before, so that any change shows."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from checker.records.database import reading
from checker.records.tables import DecisionRow, FoundStatementRow, MappingRow, NoteRow, TrailRow
from checker.settings import Settings

FIRST = "0" * 64
"""What the first entry holds in the place of the hash of an entry before."""


Recorded = DecisionRow | FoundStatementRow | NoteRow | MappingRow
"""What people say; each row of it has an entry in the trail."""
RECORDED: tuple[type[Recorded], ...] = (DecisionRow, FoundStatementRow, NoteRow, MappingRow)


@dataclass(frozen=True)
class Entry:
    """One entry of the trail. `hash` is SHA-256 over all the other parts, `before` the hash of the entry before."""

    number: int
    at: datetime
    who: str
    action: str
    subject: str
    detail: str
    before: str
    hash: str

    @property
    def reason(self) -> str:
        """The reason that a person gave, where the action takes one."""
        return str(json.loads(self.detail).get("why", ""))

    @property
    def outcome(self) -> str:
        """How it ended, where the action says so."""
        return str(json.loads(self.detail).get("outcome", ""))

    def told(self) -> dict[str, Any]:
        """The entry as plain values."""
        return {**vars(self), "at": written(self.at)}


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def written(at: datetime) -> str:
    """A moment as it enters a hash."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def digest(parts: dict[str, Any]) -> str:
    """SHA-256 over the parts as JSON with sorted keys."""
    return hashlib.sha256(canonical(parts).encode()).hexdigest()


def canonical(parts: dict[str, Any]) -> str:
    """JSON with sorted keys and no blanks: the same parts give the same text."""
    return json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def append(session: Session, who: str, action: str, subject: str, detail: dict[str, Any]) -> None:
    """Add an entry within a writing session; it stands or falls with what else the session writes."""
    last = session.scalars(select(TrailRow).order_by(TrailRow.number.desc()).limit(1)).first()
    parts: dict[str, Any] = {
        "number": last.number + 1 if last else 1,
        "at": now(),
        "who": who,
        "action": action,
        "subject": subject,
        "detail": canonical(detail),
        "before": last.hash if last else FIRST,
    }
    session.add(TrailRow(**parts, hash=digest(parts)))
    session.flush()
    event.listen(session, "after_commit", partial(_note_head, parts["number"], digest(parts)), once=True)


def supplier(key: str) -> str:
    """How the trail names a supplier: by a digest, as a key may be a person's name and the trail can't be erased."""
    return f"supplier {hashlib.sha256(key.encode()).hexdigest()[:16]}"


def record(session: Session, row: Recorded, action: str, subject: str) -> None:
    """Add a row of a person's word to its table and an entry with its digest, so that a change of the row shows."""
    session.add(row)
    session.flush()
    append(session, row.who, action, subject, {"table": row.__tablename__, "row": row.id, "sha256": row_digest(row)})


def row_digest(row: Recorded) -> str:
    """SHA-256 over all columns of a row."""
    return digest({column.key: getattr(row, column.key) for column in row.__table__.columns})


def trail(limit: int | None = None, subject: str | None = None) -> list[Entry]:
    """The entries, the latest first; with a subject, those that speak of it."""
    wanted = select(TrailRow).order_by(TrailRow.number.desc()).limit(limit)
    with reading() as session:
        rows = session.scalars(wanted.where(TrailRow.subject == subject) if subject else wanted)
        return [entry(row) for row in rows]


def entries(session: Session) -> list[Entry]:
    """All entries in order."""
    return [entry(row) for row in session.scalars(select(TrailRow).order_by(TrailRow.number))]


def entry(row: TrailRow) -> Entry:
    """A row of the table as an entry."""
    return Entry(row.number, row.at, row.who, row.action, row.subject, row.detail, row.before, row.hash)


def faults(entries: Iterable[Entry], first: str = FIRST, number: int = 1) -> list[str]:
    """What does not fit in a chain of entries in order, one sentence each; `first` is the hash before it."""
    found = []
    before = first
    for one in entries:
        if one.number != number:
            found.append(f"Entries {number} to {one.number - 1} are missing.")
        elif one.before != before:
            found.append(f"Entry {one.number} does not follow the entry before it.")
        parts = {key: value for key, value in vars(one).items() if key != "hash"}
        if digest(parts) != one.hash:
            found.append(f"Entry {one.number} was changed after it was written.")
        before, number = one.hash, one.number + 1
    return found


def head() -> tuple[int, str]:
    """Number and hash of the last entry, (0, FIRST) while there is none."""
    latest = trail(1)
    return (latest[0].number, latest[0].hash) if latest else (0, FIRST)


def _note_head(number: int, value: str, _session: Session) -> None:
    """Keep the last number and hash beside the database, so that entries cut off at the end are missed."""
    path = head_file()
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=".head-", delete=False) as beside:
        beside.write(f"{number} {value}\n")
    Path(beside.name).replace(path)


def head_file() -> Path:
    """Where the last number and hash are kept."""
    return Settings().data_dir / "trail_head.txt"


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return written(value)
    return str(value)
